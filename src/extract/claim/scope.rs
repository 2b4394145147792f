//! Where a claim's cues may stand: its clause and its sentence, and the
//! tokens just before and after its number.

use std::ops::Range;

use super::super::Lexicons;
use super::super::amount::Number;
use super::super::reading::Reading;
use super::super::unit::Unit;
use super::words::{Role, Roles, Words};
use crate::normalize::Kind;

/// What parts clauses.
pub(super) const PAUSES: Roles = Roles::of(&[Role::Comma, Role::Semicolon, Role::Colon]);

/// A number with the borders that its cues stay in; all are token indices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    /// Index of the sentence.
    pub sentence: usize,
    /// First token of the sentence.
    pub start: usize,
    /// Token after the last of the sentence.
    pub end: usize,
    /// First token of the clause: after the last comma, or after the number
    /// before.
    pub clause: usize,
    /// First token of the number with what is glued before it (و, ب, ال, $).
    pub head: usize,
    /// Token after the number and its unit.
    pub tail: usize,
}

impl Scope {
    /// The scope of `number`.
    pub fn of(reading: &Reading<'_>, words: &Words, number: &Number, unit: Option<&Unit>) -> Self {
        let sentence = reading.text.sentence_of(number.start);
        let bounds = reading.text.sentences[sentence];
        // The base of a rate stands behind the noun.
        let unit_end = unit.filter(|u| u.start <= number.end).map_or(number.end, |u| u.end);
        // «$ 5»; a unit that was told with an earlier number stands far before.
        let before = unit.filter(|u| u.start < number.start && u.end + 1 >= number.start);
        let begin = before.map_or(number.start, |u| u.start).max(bounds.start);
        let head = head(reading, words, bounds.start, begin);
        Self {
            sentence,
            start: bounds.start,
            end: bounds.end,
            clause: clause(reading, words, bounds.start, head),
            head,
            tail: unit_end.max(number.end),
        }
    }
}

/// The first token of what is glued before token `begin`, not before `start`.
fn head(reading: &Reading<'_>, words: &Words, start: usize, begin: usize) -> usize {
    let mut at = begin;
    while at > start
        && words.is(reading, at - 1, Role::Glue)
        && (reading.glued(at) || words.is(reading, at - 1, Role::And))
    {
        at -= 1;
    }
    at
}

/// The first token after the last comma or semicolon before `head`.
fn clause(reading: &Reading<'_>, words: &Words, start: usize, head: usize) -> usize {
    let pause = |&at: &usize| words.meets(reading, at, PAUSES) && !reading.glued(at + 1);
    (start..head).rev().find(pause).map_or(start, |at| at + 1)
}

/// How many commas and semicolons, and colons where `colons`, stand in `tokens`.
pub(crate) fn pauses(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    tokens: Range<usize>,
    colons: bool,
) -> usize {
    let (with, without) = (PAUSES, const { Roles::of(&[Role::Comma, Role::Semicolon]) });
    let roles = if colons { with } else { without };
    tokens.filter(|&at| lexicons.claims.words.meets(reading, at, roles)).count()
}

/// Whether token `i` is a word that can be part of a noun phrase.
pub(super) fn is_word(reading: &Reading<'_>, i: usize) -> bool {
    matches!(reading.kind(i), Some(Kind::Word | Kind::Foreign)) && reading.same_line(i)
}
