//! Proclitics: the one-letter words that Arabic writes on to the next word.
//!
//! Whether a letter is one cannot be seen from the word alone («وجد» is
//! "found", «وجدّي» "and my grandfather"), so this only lists candidates; a
//! word list decides. Knows no words.

/// A way to read a folded word: so many bytes of proclitics, then perhaps the
/// article, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of proclitics at the front of the folded word.
    pub clitics: usize,
    /// Bytes after the proclitics that the article takes: 4 for «ال», 2 where
    /// «لل» swallowed its alef, 0 without article.
    pub article: usize,
}

impl Cut {
    /// Bytes before the rest.
    pub const fn stem(self) -> usize {
        self.clitics + self.article
    }
}

/// Bytes of one Arabic letter in UTF-8.
const LETTER: usize = 2;
/// Fewest letters that may be left of a word.
const REST: usize = 2 * LETTER;

/// The article «ال».
const ARTICLE: [u8; 4] = [0xD8, 0xA7, 0xD9, 0x84];
/// The letter «ل», which swallows the article's alef.
const LAM: [u8; 2] = [0xD9, 0x84];

/// Whether a letter may be a conjunction, which stands first: و ف.
const fn is_conjunction(letter: [u8; LETTER]) -> bool {
    matches!(letter, [0xD9, 0x88 | 0x81])
}

/// Whether a letter may be a preposition or the future particle, which stand
/// next to the word: ب س ل ك.
const fn is_preposition(letter: [u8; LETTER]) -> bool {
    matches!(letter, [0xD8, 0xA8 | 0xB3] | [0xD9, 0x84 | 0x83])
}

/// The cuts of the folded word `word`, the whole word first, at most seven.
///
/// ```
/// use ghirbal::normalize::clitics::cuts;
/// let found: Vec<_> = cuts("وبالمدرسه").iter().map(|c| (c.clitics, c.article)).collect();
/// assert_eq!(found, [(0, 0), (2, 0), (4, 0), (4, 4)]);
/// ```
pub fn cuts(word: &str) -> Cuts {
    let mut found = Cuts::default();
    let word = word.as_bytes();
    found.push(word, 0);
    let Some(first) = letter(word, 0) else { return found };
    let conjunction = is_conjunction(first);
    if conjunction || is_preposition(first) {
        found.push(word, LETTER);
    }
    if conjunction && letter(word, LETTER).is_some_and(is_preposition) {
        found.push(word, 2 * LETTER);
    }
    found
}

/// The two bytes at `at`, if the word has them.
fn letter(word: &[u8], at: usize) -> Option<[u8; LETTER]> {
    word.get(at..at + LETTER)?.try_into().ok()
}

/// Up to seven [`Cut`]s, without an allocation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cuts {
    /// Bytes of proclitics and of the article.
    cuts: [[u8; 2]; 7],
    count: u8,
}

impl Cuts {
    /// The cuts in order.
    pub fn iter(&self) -> impl Iterator<Item = Cut> + '_ {
        let cuts = self.cuts[..usize::from(self.count)].iter();
        cuts.map(|&[clitics, article]| Cut { clitics: clitics.into(), article: article.into() })
    }

    /// Adds the cut after `clitics` bytes, with and without an article there.
    fn push(&mut self, word: &[u8], clitics: usize) {
        let (before, rest) = word.split_at(clitics);
        if clitics == 0 || rest.len() >= REST {
            self.add(clitics, 0);
        }
        if rest.starts_with(&ARTICLE) && rest.len() >= 2 * LETTER + REST {
            self.add(clitics, 2 * LETTER);
        } else if before.ends_with(&LAM) && rest.starts_with(&LAM) && rest.len() >= LETTER + REST {
            self.add(clitics, LETTER);
        }
    }

    fn add(&mut self, clitics: usize, article: usize) {
        if let Some(cut) = self.cuts.get_mut(usize::from(self.count)) {
            *cut = [clitics as u8, article as u8];
            self.count += 1;
        }
    }
}

/// Byte offset in `surface` of the character after which `letters` folded
/// letters have been read, with the marks that belong to them.
///
/// ```
/// use ghirbal::normalize::clitics::skip;
/// assert_eq!(&"وَبِالقدس"[skip("وَبِالقدس", 2)..], "القدس");
/// ```
pub fn skip(surface: &str, letters: usize) -> usize {
    let mut seen = 0;
    for (at, c) in surface.char_indices() {
        if super::letters::is_silent(c) {
            continue;
        }
        if seen == letters {
            return at;
        }
        seen += 1;
    }
    surface.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swallowed_article_is_seen() {
        assert!(cuts("للامم").iter().any(|c| c == Cut { clitics: 2, article: 2 }));
        assert!(cuts("وللامم").iter().any(|c| c == Cut { clitics: 4, article: 2 }));
    }

    #[test]
    fn short_words_are_left_alone() {
        assert_eq!(cuts("ولد").iter().count(), 2);
        assert_eq!(cuts("لي").iter().count(), 1);
        assert_eq!(cuts("x").iter().count(), 1);
    }
}
