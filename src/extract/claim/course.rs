//! What the sentence says of the quantity's course: rise and fall, to what and
//! by how much.

use super::super::Lexicons;
use super::super::reading::{Article, Found, Reading};
use super::lists::{Lists, Position};
use super::scope::Scope;
use super::words::{Role, Roles};
use super::{Change, Claim, Kind};
use crate::lexicon::List;
use crate::span::Span;

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
    if let Some(change) = before.and_then(|claim| beside(reading, lists, claim, head)) {
        return Some(change);
    }
    if let Some(change) = before.and_then(|claim| joined(reading, claim, scope, kind)) {
        return Some(change);
    }
    let from = scope.start.max(head.saturating_sub(CHANGE_REACH));
    let word = (from..head).rev().find_map(|at| {
        let found = reading.find(List::Change, at, Article::Free).filter(|f| f.end <= head)?;
        Some((lists.rises[found.row], found))
    });
    let (rise, found) = word?;
    let definite = reading.folded(found.start).starts_with("ال") || found.cut.article > 0;
    let bracket = |at| lists.words.is(reading, at, Role::OpensBracket);
    let bracketed = bracket(head) || head > 0 && bracket(head - 1);
    let apart = (found.end..head).any(|at| parts(reading, lists, at));
    if definite || bracketed || apart || !suits(reading, lists, scope, kind, &found) {
        return None;
    }
    let link = link(reading, lists, &found, head);
    let doubles = kind == Kind::Multiplier || lists.words.is_cut(reading, found.start, Role::Doubles);
    if doubles && !matches!(link, Some(Link::To)) {
        return Some(if rise { Change::Rise } else { Change::Fall });
    }
    let compared = (found.end..head).any(|at| lists.words.is(reading, at, Role::Compared));
    let link = link.filter(|link| !compared || matches!(link, Link::To))?;
    // «صعود أسهم 149 شركة»: the number counts what rises.
    let noun = lists.words.is_cut(reading, found.start, Role::ChangeNoun);
    let counts = noun && matches!(kind, Kind::Count | Kind::Number) && !counts_points(reading, lists, scope);
    let governs = head.saturating_sub(found.end) <= 8 && !counts;
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

/// Whether another statement begins at token `at`, between a verb of change
/// and a number.
fn parts(reading: &Reading<'_>, lists: &Lists, at: usize) -> bool {
    lists.words.meets(reading, at, const { Roles::of(&[Role::Contrast, Role::Says, Role::Turns]) })
}

/// Whether the word can tell the change of such a number: a height is no
/// rise, and who loses 17 lines has no less of them.
fn suits(reading: &Reading<'_>, lists: &Lists, scope: &Scope, kind: Kind, found: &Found) -> bool {
    let height = kind == Kind::Measure && reading.folded(found.start).contains("ارتفاع");
    let loses = lists.words.is_cut(reading, found.start, Role::Loses);
    let gains = matches!(kind, Kind::Percent | Kind::Fraction) || counts_points(reading, lists, scope);
    !height && (!loses || gains)
}

/// «12 نقطة».
fn counts_points(reading: &Reading<'_>, lists: &Lists, scope: &Scope) -> bool {
    let points = |at| lists.words.is(reading, at, Role::Points);
    points(scope.tail.saturating_sub(1)) || points(scope.tail)
}

/// «2.4 دولار، أو 3%», «205 ملايين (12 بالمائة)»: the same amount again.
fn beside(reading: &Reading<'_>, lists: &Lists, before: &Claim, head: usize) -> Option<Change> {
    let from = before.unit.as_ref().map_or(before.reading.end, |u| u.end).max(before.reading.end);
    let noun = before.noun.as_ref().filter(|n| n.quote.span.start >= before.number.span.end);
    let from = noun.map_or(from, |n| reading.text.token_at(n.quote.span.end - 1) + 1).max(from);
    let gap = from..head.max(from);
    let again =
        !gap.is_empty() && gap.len() <= 3 && gap.clone().all(|at| lists.words.is(reading, at, Role::Again))
            || lists.words.is(reading, head, Role::OpensBracket) && head == from;
    before.change.filter(|change| again && matches!(change, Change::RiseBy | Change::FallBy))
}

/// «ارتفعت الحصيلة إلى 120 قتيلًا و300 جريح»: what is reached goes on behind the
/// noun.
fn joined(reading: &Reading<'_>, before: &Claim, scope: &Scope, kind: Kind) -> Option<Change> {
    let reached = before.change.filter(|change| matches!(change, Change::RiseTo | Change::FallTo))?;
    let noun = before.noun.as_ref().filter(|n| n.quote.span.start >= before.number.span.end)?;
    let end = reading.text.token_at(noun.quote.span.end - 1) + 1;
    let adjoins = scope.head >= end && scope.head - end <= noun.modifiers.len();
    let and = reading.folded(scope.head).starts_with('و');
    (kind == Kind::Count && before.kind == Kind::Count && adjoins && and).then_some(reached)
}

/// Whether token `at` begins what a value is compared with («مقارنة»).
pub(crate) fn begins_base(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> bool {
    lexicons.claims.words.is_cut(reading, at, Role::Base)
}

/// Whether token `at` after a change leads to what it is compared with («عن»).
pub(crate) fn leads_base(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> bool {
    lexicons.claims.words.meets(reading, at, const { Roles::of(&[Role::About, Role::On]) })
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
    // «بتراجع قدره 1.4», «زيادة بلغت 26%»: the amount of the change.
    let noun = verb.cut.clitics > 0 || words.is_cut(reading, verb.start, Role::ChangeNoun);
    if noun && joint.is_some_and(|at| words.is(reading, at, Role::Amounts)) {
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
    let near = !lists.words.is(reading, at, Role::Stays) || head - at <= 4;
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
