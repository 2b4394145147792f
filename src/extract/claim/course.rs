//! What the sentence says of the quantity's course (rise, fall), by which
//! word the number is governed, and whether it is so.

use super::super::Quote;
use super::super::reading::{Article, Reading};
use super::lists::{Lists, Position};
use super::scope::Scope;
use super::{Change, Kind, Modality, Predicate};
use crate::lexicon::List;
use crate::span::Span;

/// How far before a number its verb may stand, in tokens.
const REACH: usize = 14;

/// The change that the clause reports, if any.
pub(super) fn change(
    reading: &Reading<'_>,
    lists: &Lists,
    scope: &Scope,
    cue: Option<Span>,
    kind: Kind,
) -> Option<Change> {
    let from = scope.start.max(scope.head.saturating_sub(REACH));
    let at = (from..scope.head).rev().find(|&at| reading.bits(at).has(List::Change))?;
    let found = reading.find(List::Change, at, Article::Free)?;
    let rise = lists.rises[found.row];
    let head = cue.map_or(scope.head, |span| reading.text.token_at(span.start).min(scope.head));
    let how = link(reading, scope, found.end, head);
    match (how?, rise) {
        (Link::To, true) => Some(Change::RiseTo),
        (Link::To, false) => Some(Change::FallTo),
        (Link::By, true) => Some(Change::RiseBy),
        (Link::By, false) => Some(Change::FallBy),
        (Link::Direct, rise) if matches!(kind, Kind::Percent | Kind::Money | Kind::Measure | Kind::Count) => {
            let near = head.saturating_sub(found.end) <= 5;
            near.then_some(if rise { Change::RiseBy } else { Change::FallBy })
        }
        _ => None,
    }
}

enum Link {
    To,
    By,
    Direct,
}

/// Words that begin a state reached after the change («ليبلغ»).
const REACHING: [&str; 14] = [
    "ليبلغ",
    "لتبلغ",
    "ليصل",
    "لتصل",
    "ليستقر",
    "لتستقر",
    "ليسجل",
    "لتسجل",
    "مسجلا",
    "مسجله",
    "بالغا",
    "بالغه",
    "ليتخطي",
    "ليتجاوز",
];

/// How the number is joined to the verb: by the words just before it.
fn link(reading: &Reading<'_>, scope: &Scope, verb_end: usize, head: usize) -> Option<Link> {
    let before =
        |back: usize| head.checked_sub(back).filter(|&at| at >= verb_end).map_or("", |at| reading.folded(at));
    if (verb_end..head).any(|at| reading.is(at, &REACHING))
        || before(1) == "الي"
        || before(2) == "الي" && before(1) == "ما"
    {
        return Some(Link::To);
    }
    if before(1) == "من"
        || before(1) == "عن"
        || before(1) == "مقابل"
        || before(1) == "ب" && head == scope.head && before(2) == "من"
    {
        return None;
    }
    let glued = scope.head.checked_sub(0).filter(|_| scope.head < head.max(scope.head + 1));
    let by = matches!(
        before(1),
        "بنسبه"
            | "بمقدار"
            | "بنحو"
            | "بحوالي"
            | "بواقع"
            | "بقيمه"
            | "بمعدل"
            | "بقرابه"
            | "باكثر"
            | "باقل"
    ) || before(2) == "بنسبه"
        || glued.is_some_and(|at| reading.folded(at).starts_with('ب') || reading.is(at, &["ب"]))
        || head < scope.head && reading.folded(head).starts_with('ب');
    if by {
        return Some(Link::By);
    }
    let quiet = (verb_end..head).all(|at| {
        !reading.is(at, &["من", "في", "علي", "بعد", "منذ", "،", "خلال", "ان", "عن", "بين"])
            && reading.number_at(at).is_none()
    });
    quiet.then_some(Link::Direct)
}

/// The verb or verbal noun that governs the number.
pub(super) fn predicate(reading: &Reading<'_>, lists: &Lists, scope: &Scope) -> Option<Predicate> {
    let from = scope.clause.max(scope.head.saturating_sub(REACH));
    let before = (from..scope.head).rev();
    let after = scope.tail..scope.end.min(scope.tail + 4);
    let at = before.chain(after).find(|&at| reading.bits(at).has(List::Predicate))?;
    let found = reading.find(List::Predicate, at, Article::Kept)?;
    let cue = lists.predicates[found.row];
    Some(Predicate {
        quote: Quote::of(reading.text, reading.span_of(&found)),
        lemma: cue.lemma.to_owned(),
        class: cue.class.to_owned(),
    })
}

/// Whether the text says that it is so; cues inside the comparator `taken` do
/// not count.
pub(super) fn modality(reading: &Reading<'_>, lists: &Lists, scope: &Scope, taken: Option<Span>) -> Modality {
    let from = scope.clause.max(scope.head.saturating_sub(REACH));
    let mut found_one = Modality::Asserted;
    for at in from..scope.head {
        if future(reading, at) {
            found_one = Modality::Planned;
        }
        let Some(found) = reading.find(List::Modality, at, Article::Kept) else { continue };
        let cue = lists.modalities[found.row];
        let inside = taken.is_some_and(|span| span.overlaps(&reading.span_of(&found)));
        let near = cue.position != Position::Next || scope.head.saturating_sub(found.end) <= 8;
        if !inside && near && cue.position != Position::After && found.end <= scope.head {
            found_one = cue.modality;
        }
    }
    found_one
}

/// Whether token `at` is a verb with the future particle («سيبلغ»).
fn future(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.folded(at);
    let word = word.strip_prefix('و').unwrap_or(word);
    let shape = word.starts_with("سي") || word.starts_with("ست");
    let verb = [List::Predicate, List::Change, List::Comparator, List::Modality];
    let known = |f: &super::super::reading::Form| {
        verb.iter().any(|&l| f.bits.has(l)) && reading.folded(at)[..f.cut.clitics].ends_with('س')
    };
    shape && (reading.forms(at).iter().any(known) || reading.forms(at).is_empty() && word.len() >= 10)
}
