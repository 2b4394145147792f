//! The date that anchors a claim: of its clause, else of its sentence, else of
//! the frame of its paragraph, else the document's. What a value is compared
//! with is no anchor.

use super::Around;
use crate::extract::claim::{self, Anchor, Claim};
use crate::extract::date::{DateMention, Type};

/// How many tokens before a date a word of comparison may stand.
const REACH: usize = 5;
/// How many sentences back a paragraph's frame is looked for.
const BACK: usize = 12;
/// How many tokens into a sentence a date still frames what follows it.
const FRAME: usize = 8;

/// The index of the date and where it stands; `published` says whether the
/// document has a date of its own.
pub(super) fn of(around: &Around<'_>, claim: &Claim, published: bool) -> (Option<usize>, Option<Anchor>) {
    if let Some((date, anchor)) = in_sentence(around, claim) {
        return (Some(date), Some(anchor));
    }
    if let Some(date) = frame(around, claim) {
        return (Some(date), Some(Anchor::Paragraph));
    }
    (None, published.then_some(Anchor::Document))
}

/// The nearest date of the clause, else of the sentence.
fn in_sentence(around: &Around<'_>, claim: &Claim) -> Option<(usize, Anchor)> {
    let number = claim.reading.start;
    let fits = |&i: &usize| anchors(&around.dates[i]) && !is_base(around, claim, &around.dates[i]);
    let apart = |i: usize| {
        let date = &around.dates[i];
        let (from, to) =
            if date.start < number { (date.end, number) } else { (claim.reading.end, date.start) };
        (claim::pauses(around.reading, around.lexicons, from..to, true), to.saturating_sub(from))
    };
    let best = around.view.dates.clone().filter(fits).min_by_key(|&i| apart(i))?;
    Some((best, if apart(best).0 == 0 { Anchor::Clause } else { Anchor::Sentence }))
}

fn anchors(date: &DateMention) -> bool {
    matches!(date.kind, Type::Date | Type::Time) && date.valid
}

/// «مقارنة بعام 2023», «على عام 2023» after a rise: what the value is compared
/// with, unless the number itself is the one compared with.
fn is_base(around: &Around<'_>, claim: &Claim, date: &DateMention) -> bool {
    let from = date.start.saturating_sub(REACH).max(claim.reading.end);
    let cue = (from..date.start).any(|at| claim::begins_base(around.reading, around.lexicons, at));
    let bare = date.start.checked_sub(1).filter(|&at| at >= claim.reading.end);
    let changed = claim.change.is_some()
        && bare.is_some_and(|at| claim::leads_base(around.reading, around.lexicons, at))
        && around.reading.text.sentence_of(date.start) == claim.sentence;
    cue || changed
}

/// The date at the head of an earlier sentence of the paragraph.
fn frame(around: &Around<'_>, claim: &Claim) -> Option<usize> {
    let sentences = &around.reading.text.sentences;
    let mut end = around.view.dates.start;
    for sentence in sentences[..=claim.sentence].windows(2).rev().take(BACK) {
        if sentence[1].paragraph {
            return None;
        }
        let first = around.dates[..end].partition_point(|d| d.start < sentence[0].start);
        let heads =
            |&i: &usize| anchors(&around.dates[i]) && around.dates[i].start < sentence[0].start + FRAME;
        if let Some(date) = (first..end).find(heads) {
            return Some(date);
        }
        end = first;
    }
    None
}
