//! From a text as received to folded tokens and sentences, with offsets that
//! always point into the original.
//!
//! Total and pure: any string gives a [`Text`]. Knows no word lists.

// Flow order: each module uses only those above it.
pub mod letters;
// Raw text to tokens.
pub mod segment;
// What may be split off the front of a word.
pub mod clitics;
// Tokens to sentences.
pub mod sentences;

use crate::span::Span;

pub use segment::{Gap, Kind, Token};
pub use sentences::Sentence;

/// A text, its tokens and its sentences.
#[derive(Debug)]
pub struct Text<'a> {
    /// The original.
    pub raw: &'a str,
    /// Tokens in order; between two of them stand only white space and
    /// invisible controls.
    pub tokens: Vec<Token>,
    /// Sentences in order; together they hold every token once.
    pub sentences: Vec<Sentence>,
    /// The folded forms of all tokens, one after the other.
    folded: String,
}

impl<'a> Text<'a> {
    /// The folded form of token `i`.
    pub fn folded(&self, i: usize) -> &str {
        let token = &self.tokens[i];
        &self.folded[token.fold_start as usize..token.fold_end as usize]
    }

    /// The folded forms of token `i` and of all after it, without borders.
    pub(crate) fn folded_from(&self, i: usize) -> &str {
        &self.folded[self.tokens[i].fold_start as usize..]
    }

    /// The original spelling of token `i`.
    pub fn surface(&self, i: usize) -> &'a str {
        self.tokens[i].span().of(self.raw)
    }

    /// The sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= i)
    }

    /// The span of tokens `first` up to, not including, `end`.
    pub fn span(&self, first: usize, end: usize) -> Span {
        if first >= end {
            let at = self.tokens.get(first).map_or(self.raw.len(), |t| t.start as usize);
            return Span::new(at, at);
        }
        Span::new(self.tokens[first].start as usize, self.tokens[end - 1].end as usize)
    }

    /// Index of the first token that ends after byte `at`.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|t| t.end as usize <= at)
    }
}

/// Reads `raw` into tokens and sentences.
///
/// # Panics
/// When `raw` holds 4 GiB or more; inputs are bounded far below that.
///
/// ```
/// let text = ghirbal::normalize::normalize("أُفرج عن ٣٥٠ أسيرًا.");
/// assert_eq!(text.folded(2), "350");
/// assert_eq!(text.surface(3), "أسيرًا");
/// ```
pub fn normalize(raw: &str) -> Text<'_> {
    assert!(u32::try_from(raw.len()).is_ok(), "a text must be shorter than 4 GiB");
    let (tokens, folded) = segment::segment(raw);
    let sentences = sentences::split(raw, &tokens);
    Text { raw, tokens, sentences, folded }
}
