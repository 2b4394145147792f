//! What the sentence says of the quantity's course (rise, fall), by which
//! word the number is governed, and whether it is so.

use super::super::Quote;
use super::super::reading::{Article, Found, Reading};
use super::lists::{Lists, Position};
use super::scope::Scope;
use super::words::Role;
use super::{Change, Claim, Kind, Modality, Predicate};
use crate::lexicon::List;
use crate::span::Span;

/// How far before a number its verb may stand, in tokens.
const REACH: usize = 14;
/// How far before a number its verb of change may stand.
const CHANGE_REACH: usize = 40;

/// The change that the sentence reports of the number, if any; `cue` is its
/// comparator, `before` the claim before it in the sentence.
pub(super) fn change(
    reading: &Reading<'_>,
    lists: &Lists,
    scope: &Scope,
    cue: Option<Span>,
    kind: Kind,
    before: Option<&Claim>,
) -> Option<Change> {
    if matches!(kind, Kind::Ordinal | Kind::Score | Kind::Age) {
        return None;
    }
    let head = cue.map_or(scope.head, |span| reading.text.token_at(span.start).min(scope.head));
    if let Some(change) = before.and_then(|claim| beside(reading, claim, head)) {
        return Some(change);
    }
    let from = scope.start.max(head.saturating_sub(CHANGE_REACH));
    let word = (from..head).rev().find_map(|at| {
        let found = reading.find(List::Change, at, Article::Free).filter(|f| f.end <= head)?;
        Some((lists.rises[found.row], found))
    });
    let (rise, found) = word?;
    let definite = reading.folded(found.start).starts_with("ال") || found.cut.article > 0;
    if definite || reading.is(head, &["("]) || head > 0 && reading.is(head - 1, &["("]) {
        return None;
    }
    let link = link(reading, lists, &found, head)?;
    let governs = head.saturating_sub(found.end) <= 8;
    match (link, rise) {
        (Link::To, true) => Some(Change::RiseTo),
        (Link::To, false) => Some(Change::FallTo),
        (Link::By, true) => Some(Change::RiseBy),
        (Link::By, false) => Some(Change::FallBy),
        (Link::Direct, true) if governs => Some(Change::RiseBy),
        (Link::Direct, false) if governs => Some(Change::FallBy),
        (Link::Direct, _) => None,
    }
}

/// «2.4 دولار، أو 3%», «205 ملايين (12 بالمائة)»: the same amount again.
fn beside(reading: &Reading<'_>, before: &Claim, head: usize) -> Option<Change> {
    let from = before.unit.as_ref().map_or(before.reading.end, |u| u.end).max(before.reading.end);
    let noun = before.noun.as_ref().filter(|n| n.quote.span.start >= before.number.span.end);
    let from = noun.map_or(from, |n| reading.text.token_at(n.quote.span.end - 1) + 1).max(from);
    let gap = from..head.max(from);
    let again = !gap.is_empty()
        && gap.len() <= 3
        && gap.clone().all(|at| reading.is(at, &["،", "او", "(", "اي", "بما", "يعادل", "ما"]))
        || reading.is(head, &["("]) && head == from;
    before.change.filter(|change| again && matches!(change, Change::RiseBy | Change::FallBy))
}

/// How a number hangs on a verb of change.
enum Link {
    To,
    By,
    Direct,
}

fn link(reading: &Reading<'_>, lists: &Lists, verb: &Found, head: usize) -> Option<Link> {
    let verb_end = verb.end;
    let words = &lists.words;
    if reaches(reading, lists, verb_end, head) {
        return Some(Link::To);
    }
    let filler = |at: &usize| !words.is(reading, *at, Role::Filler) && !is_filler_cue(reading, lists, *at);
    let joint = (verb_end..head).rev().find(filler);
    let word = joint.map_or("", |at| reading.folded(at));
    let amount = joint.is_some_and(|at| words.is(reading, at, Role::Amount));
    let glued_by = |at: usize| {
        reading.folded(at).starts_with('ب')
            && (reading.number_at(at).is_some() || words.is(reading, at, Role::Amount))
    };
    if word == "الي" {
        return Some(Link::To);
    }
    if amount || (joint.map_or(verb_end, |at| at + 1)..=head).any(glued_by) {
        return Some(Link::By);
    }
    // «بتراجع قدره 1.4»: an amount of the change that a preposition brings in.
    if verb.cut.clitics > 0 && matches!(word, "قدره" | "قدرها" | "نسبته" | "نسبتها") {
        return Some(Link::By);
    }
    is_quiet(reading, lists, verb_end, head).then_some(Link::Direct)
}

/// Whether a word of reaching leads to the number at `head`: no other number
/// stands between them, and a mere preposition stands near.
fn reaches(reading: &Reading<'_>, lists: &Lists, from: usize, head: usize) -> bool {
    let Some(at) = (from..=head).rev().find(|&at| lists.words.is(reading, at, Role::Reaching)) else {
        return false;
    };
    let near = !reading.is(at, &["عند", "مستوي"]) || head - at <= 4;
    near && (at..head).all(|at| reading.number_at(at).is_none())
}

/// Whether only the subject stands in tokens `from..to`; what is in brackets
/// does not count.
fn is_quiet(reading: &Reading<'_>, lists: &Lists, from: usize, to: usize) -> bool {
    let mut bracketed = false;
    for at in from..to {
        bracketed = match reading.folded(at) {
            "(" => true,
            ")" => false,
            _ if bracketed => true,
            _ if lists.words.is(reading, at, Role::Parting) || reading.number_at(at).is_some() => {
                return false;
            }
            _ => false,
        };
    }
    !bracketed
}

fn is_filler_cue(reading: &Reading<'_>, lists: &Lists, at: usize) -> bool {
    let cue = reading.find(List::Comparator, at, Article::Kept);
    cue.is_some_and(|f| lists.comparators[f.row].position != Position::Verb && f.cut.clitics == 0)
}

/// The verb or verbal noun that governs the number.
pub(super) fn predicate(reading: &Reading<'_>, lists: &Lists, scope: &Scope) -> Option<Predicate> {
    let from = scope.clause.max(scope.head.saturating_sub(REACH));
    let before = (from..scope.head).rev();
    let after = scope.tail..scope.end.min(scope.tail + 4);
    let found = before.chain(after).find_map(|at| reading.find(List::Predicate, at, Article::Kept))?;
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
    // A cue may begin with the comma before the clause («، على أن»).
    let clause = scope.clause.saturating_sub(1).max(scope.start);
    let from = clause.max(scope.head.saturating_sub(REACH));
    let mut found_one = Modality::Asserted;
    for at in from..scope.head {
        if future(reading, at) {
            // What is said to follow a condition stays conditional.
            let conditional = found_one == Modality::Conditional;
            found_one = if conditional { found_one } else { Modality::Planned };
            continue;
        }
        let found = reading.find(List::Modality, at, Article::Kept);
        // «سلّم» is no «س» and «لم»: only a conjunction may stand before a cue.
        let Some(found) = found.filter(|f| f.cut.clitics == 0 || reading.folded(at).starts_with(['و', 'ف']))
        else {
            continue;
        };
        let cue = lists.modalities[found.row];
        let inside = taken.is_some_and(|span| span.overlaps(&reading.span_of(&found)));
        let near = cue.position != Position::Next || scope.head.saturating_sub(found.end) <= 8;
        // «قد» before a perfect only stresses it.
        let stresses = cue.modality == Modality::Estimated
            && cue.position == Position::Next
            && !reading.folded(found.end).starts_with(['ي', 'ت', 'ن', 'ا']);
        if stresses {
            continue;
        }
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
