//! Where a claim's cues may stand: its clause and its sentence, and the
//! tokens just before and after its number.

use super::super::amount::Number;
use super::super::reading::Reading;
use super::super::unit::Unit;
use crate::normalize::Kind;

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
    pub fn of(reading: &Reading<'_>, number: &Number, unit: Option<&Unit>) -> Self {
        let sentence = reading.text.sentence_of(number.start);
        let bounds = reading.text.sentences[sentence];
        // The base of a rate stands behind the noun.
        let unit_end = unit.filter(|u| u.start <= number.end).map_or(number.end, |u| u.end);
        let begin = unit.map_or(number.start, |u| u.start.min(number.start));
        let head = head(reading, bounds.start, begin.max(bounds.start));
        Self {
            sentence,
            start: bounds.start,
            end: bounds.end,
            clause: clause(reading, bounds.start, head),
            head,
            tail: unit_end.max(number.end),
        }
    }
}

/// The first token of what is glued before token `begin`, not before `start`.
fn head(reading: &Reading<'_>, start: usize, begin: usize) -> usize {
    let mut at = begin;
    while at > start
        && reading
            .is(at - 1, &["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "ول", "وب", "(", "\"", "«"])
        && (reading.glued(at) || reading.is(at - 1, &["و"]))
    {
        at -= 1;
    }
    at
}

/// The first token after the last comma or semicolon before `head`.
fn clause(reading: &Reading<'_>, start: usize, head: usize) -> usize {
    let comma = |&at: &usize| reading.is(at, &["،", ",", "؛", ";", ":"]) && !reading.glued(at + 1);
    (start..head).rev().find(comma).map_or(start, |at| at + 1)
}

/// Whether token `i` is a word that can be part of a noun phrase.
pub(super) fn is_word(reading: &Reading<'_>, i: usize) -> bool {
    matches!(reading.kind(i), Some(Kind::Word | Kind::Foreign)) && reading.same_line(i)
}
