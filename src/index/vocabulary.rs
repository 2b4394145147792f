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
/// Terms that are refused by their beginnings one after the other before the rest
/// of them is leapt over.
const LEAP: usize = 100;
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
    let mut found: FxHashMap<String, u64> = FxHashMap::default();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut from = Some(Vec::new());
        while let Some(start) = from.take() {
            let stream = inverted.terms().range().ge(&start).into_stream();
            let mut stream = stream.map_err(|e| Error::Engine(e.into()))?;
            let mut refused = 0;
            while let Some((bytes, info)) = stream.next() {
                let Ok(term) = std::str::from_utf8(bytes) else { continue };
                if spelling.distance(term).is_some() && !term.starts_with(EXACT_MARK) {
                    *found.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
                }
                refused = if spelling.is_hopeless() { refused + 1 } else { 0 };
                if refused >= LEAP {
                    from = Some(spelling.behind());
                    break;
                }
            }
        }
    }
    Ok(sorted(found))
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
    Ok(sorted(found))
}

/// The most frequent first.
fn sorted(found: FxHashMap<String, u64>) -> Vec<Known> {
    let mut found: Vec<_> = found.into_iter().map(|(term, entries)| Known { term, entries }).collect();
    found.sort_by(|a, b| b.entries.cmp(&a.entries).then_with(|| a.term.cmp(&b.term)));
    found
}

/// A word that others are compared with. They come in order, so what two have
/// in common at their beginnings is compared once, and what begins hopelessly
/// is refused at a glance.
struct Spelling {
    letters: Vec<char>,
    most: usize,
    /// The letters that were compared.
    term: Vec<char>,
    /// For no letter, one letter and so on of `term`: the distance to no letter,
    /// one letter and so on of the word.
    rows: Vec<Row>,
    /// Whether whatever begins as `term` is too far away.
    hopeless: bool,
}

type Row = SmallVec<[usize; 16]>;

impl Spelling {
    fn new(word: &str, most: usize) -> Self {
        let letters: Vec<char> = word.chars().collect();
        let rows = vec![(0..=letters.len()).collect()];
        Self { letters, most, term: Vec::new(), rows, hopeless: false }
    }

    /// Letters to insert, drop, change or swap with the next between the word
    /// and `term`, where these are few enough.
    fn distance(&mut self, term: &str) -> Option<usize> {
        let shared = term.chars().zip(&self.term).take_while(|(a, b)| a == *b).count();
        if self.hopeless && shared == self.term.len() {
            return None;
        }
        self.hopeless = false;
        self.term.truncate(shared);
        self.rows.truncate(shared + 1);
        for letter in term.chars().skip(shared) {
            let row = self.next_row(letter);
            self.hopeless = row.iter().all(|&cell| cell > self.most);
            self.term.push(letter);
            self.rows.push(row);
            if self.hopeless {
                return None;
            }
        }
        self.rows.last()?.last().copied().filter(|&away| away <= self.most)
    }

    fn next_row(&self, letter: char) -> Row {
        let i = self.term.len();
        let last = &self.rows[i];
        let mut row = Row::with_capacity(last.len());
        row.push(i + 1);
        for (j, own) in self.letters.iter().enumerate() {
            let changed = last[j] + usize::from(*own != letter);
            let mut best = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && letter == self.letters[j - 1] && self.term[i - 1] == *own {
                best = best.min(self.rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        row
    }

    /// Whether `term` was refused by its beginning, as those that follow may be.
    const fn is_hopeless(&self) -> bool {
        self.hopeless
    }

    /// What stands behind everything that begins so.
    fn behind(&self) -> Vec<u8> {
        let mut bytes = self.term.iter().collect::<String>().into_bytes();
        // No character ends with the largest byte.
        if let Some(last) = bytes.last_mut() {
            *last += 1;
        }
        bytes
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

    #[test]
    fn what_is_remembered_of_one_term_does_not_change_the_next() {
        let terms = [
            "",
            "ا",
            "اب",
            "ابسير",
            "اسري",
            "اسير",
            "اسيرا",
            "اسيرات",
            "اسيراته",
            "اسيرر",
            "اصر",
            "ب",
            "سير",
        ];
        for most in 0..3 {
            let mut spelling = Spelling::new("اسير", most);
            for term in terms {
                assert_eq!(spelling.distance(term), Spelling::new("اسير", most).distance(term), "{term}");
            }
        }
    }
}
