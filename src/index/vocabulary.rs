//! The words that an index has: those that begin in a way, those that are
//! spelled nearly so, and what a searcher may have meant.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::analyzer::EXACT_MARK;
use super::error::{Error, Result};

/// Most suggestions for a word.
const SUGGESTIONS: usize = 3;
/// A closed set, as kinds and comparators are, has at most so many terms.
const FEW: usize = 16;

/// A word of the index and in how many entries it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The term.
    pub term: String,
    /// Entries, those that were replaced included.
    pub entries: u64,
}

/// The terms of `field` that begin with `prefix`, the most frequent first.
///
/// # Errors
/// When the index cannot be read.
pub fn beginning(searcher: &Searcher, field: Field, prefix: &str) -> Result<Vec<Known>> {
    gather(searcher, field, prefix, |term| term.starts_with(prefix))
}

/// The terms of `field` at most `edits` letters away from `word`, the most
/// frequent first.
///
/// # Errors
/// When the index cannot be read.
pub fn near(searcher: &Searcher, field: Field, word: &str, edits: usize) -> Result<Vec<Known>> {
    let mut spelling = Spelling::new(word, edits);
    gather(searcher, field, "", |term| spelling.distance(term).is_some())
}

/// Terms of `field` behind `before` that are nearest to `word`, the likeliest
/// first; all of them where they are few and `closed`.
///
/// # Errors
/// When the index cannot be read.
pub fn suggestions(
    searcher: &Searcher,
    field: Field,
    before: &str,
    word: &str,
    closed: bool,
) -> Result<Vec<String>> {
    let mut spelling = Spelling::new(word, if word.chars().count() < 5 { 1 } else { 2 });
    let found =
        gather(searcher, field, before, |term| closed || spelling.distance(&term[before.len()..]).is_some())?;
    let all = closed && found.len() <= FEW;
    let away = |known: Known| (spelling.distance(&known.term[before.len()..]), known);
    let mut ranked: Vec<_> = found.into_iter().map(away).collect();
    ranked.retain(|(away, _)| all || away.is_some());
    // Sorted by frequency already; the sort is stable.
    ranked.sort_by_key(|(away, _)| away.unwrap_or(usize::MAX));
    ranked.truncate(if all { FEW } else { SUGGESTIONS });
    Ok(ranked.into_iter().map(|(_, known)| known.term[before.len()..].to_owned()).collect())
}

/// Whether the index has the term at all.
///
/// # Errors
/// When the index cannot be read.
pub fn has(searcher: &Searcher, field: Field, text: &str) -> Result<bool> {
    Ok(searcher.doc_freq(&Term::from_field_text(field, text))? > 0)
}

/// The terms of all segments from `from` on that `wanted` takes; stops where
/// terms no longer begin with `from`.
fn gather(
    searcher: &Searcher,
    field: Field,
    from: &str,
    mut wanted: impl FnMut(&str) -> bool,
) -> Result<Vec<Known>> {
    let mut found: FxHashMap<String, u64> = FxHashMap::default();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let stream = inverted.terms().range().ge(from.as_bytes()).into_stream();
        let mut stream = stream.map_err(|e| Error::Engine(e.into()))?;
        while let Some((bytes, info)) = stream.next() {
            if !bytes.starts_with(from.as_bytes()) {
                break;
            }
            let Ok(term) = std::str::from_utf8(bytes) else { continue };
            if !term.starts_with(EXACT_MARK) && wanted(term) {
                *found.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().map(|(term, entries)| Known { term, entries }).collect();
    found.sort_by(|a, b| b.entries.cmp(&a.entries).then_with(|| a.term.cmp(&b.term)));
    Ok(found)
}

/// A word that others are compared with; keeps its working rows.
struct Spelling {
    letters: Vec<char>,
    most: usize,
    before: Vec<usize>,
    last: Vec<usize>,
    row: Vec<usize>,
}

impl Spelling {
    fn new(word: &str, most: usize) -> Self {
        let letters: Vec<char> = word.chars().collect();
        let [before, last, row] = [(); 3].map(|()| vec![0; letters.len() + 1]);
        Self { letters, most, before, last, row }
    }

    /// Letters to insert, drop, change or swap with the next between the word
    /// and `term`, where these are few enough.
    fn distance(&mut self, term: &str) -> Option<usize> {
        // A letter has at most four bytes: a cheap way to refuse most terms.
        if term.len() > 4 * (self.letters.len() + self.most) {
            return None;
        }
        let term: SmallVec<[char; 24]> = term.chars().collect();
        if term.len().abs_diff(self.letters.len()) > self.most {
            return None;
        }
        self.last.iter_mut().enumerate().for_each(|(j, cell)| *cell = j);
        for (i, letter) in term.iter().enumerate() {
            self.row[0] = i + 1;
            for (j, own) in self.letters.iter().enumerate() {
                let changed = self.last[j] + usize::from(own != letter);
                let mut best = changed.min(self.last[j + 1] + 1).min(self.row[j] + 1);
                if i > 0 && j > 0 && *letter == self.letters[j - 1] && term[i - 1] == *own {
                    best = best.min(self.before[j - 1] + 1);
                }
                self.row[j + 1] = best;
            }
            if self.row.iter().all(|&cell| cell > self.most) {
                return None;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.row);
        }
        self.last.last().copied().filter(|&away| away <= self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_counts_letters_changed_dropped_added_and_swapped() {
        let away = |a: &str, b: &str| Spelling::new(a, 2).distance(b);
        assert_eq!(away("اسير", "اسير"), Some(0));
        assert_eq!(away("اسير", "اسيرا"), Some(1));
        assert_eq!(away("اسير", "سير"), Some(1));
        assert_eq!(away("اسير", "اصير"), Some(1));
        assert_eq!(away("اسير", "اسري"), Some(1));
        assert_eq!(away("اسير", "وزير"), Some(2));
        assert_eq!(away("اسير", "حكومه"), None);
    }
}
