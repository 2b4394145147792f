//! Rules: what every rule of every family has, so that one table gives the
//! extraction, the tests, `ghirbal rules` and the documentation.

use super::reading::Reading;
use crate::lexicon::Bits;

/// What a rule says of itself.
#[derive(Debug)]
pub struct Card {
    /// Stable name, `family/what-it-matches`.
    pub id: &'static str,
    /// What it matches, in a sentence.
    pub about: &'static str,
    /// Texts that hold: the match in square brackets, after `=>` its value.
    pub yes: &'static [&'static str],
    /// Texts in which this rule must not match.
    pub no: &'static [&'static str],
}

/// A rule that finds an `M` at a token, by its family's lists `L`.
#[derive(Debug)]
pub struct Rule<L: 'static, M: 'static> {
    /// What it says of itself.
    pub card: Card,
    /// It is tried only at tokens that begin an entry of one of these lists,
    /// or at digits if [`Rule::digits`].
    pub starts: Bits,
    /// Whether it is also tried at tokens of digits and at number words.
    pub digits: bool,
    /// What it finds at a token.
    pub at: fn(&Reading<'_>, &L, usize) -> Option<M>,
}
