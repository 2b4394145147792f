//! The verb or verbal noun that governs a number.

use super::super::Quote;
use super::super::reading::{Article, Found, Reading};
use super::lists::Lists;
use super::scope::Scope;
use super::words::Role;
use super::{Claim, Predicate};
use crate::lexicon::{Bits, List};
use crate::span::Span;

/// How far before a number its verb may stand, in tokens.
const REACH: usize = 14;
/// How far behind it.
const AHEAD: usize = 4;
/// Most tokens of a member of a list that shares the verb before it.
const MEMBER: usize = 5;

/// The governing word: the nearest verb or verbal noun of the clause before the
/// number, a definite noun («الإنفاق») only where there is no other; a member
/// of a list shares that of the claim `before` it.
pub(super) fn find(
    reading: &Reading<'_>,
    lists: &Lists,
    scope: &Scope,
    taken: Option<Span>,
    before: Option<&Claim>,
) -> Option<Predicate> {
    let from = scope.clause.max(scope.head.saturating_sub(REACH));
    // «أصيب ما لا يقل عن 16»: the verb of a bound governs nothing.
    let bound = taken.filter(|span| span.of(reading.text.raw).starts_with("ما "));
    let at = |i: usize| {
        let found = reading.find(List::Predicate, i, Article::Kept).filter(|f| governs(reading, f))?;
        let bounds = bound.is_some_and(|span| span.overlaps(&reading.span_of(&found)));
        (!bounds).then_some(found)
    };
    // «أعلنت أنه قُبض على 6»: what governs stands in what is said.
    let said = (from..scope.head).rev().find(|&i| lists.words.is(reading, i, Role::Says));
    let ahead = (said.unwrap_or(from)..scope.head).rev().filter_map(at);
    let definite = |f: &Found| reading.folded(f.start)[f.cut.clitics..].starts_with("ال");
    let found = ahead.clone().find(|f| !definite(f)).or_else(|| ahead.clone().next());
    if found.is_none()
        && scope.head - scope.clause <= MEMBER
        && scope.clause > scope.start
        && let Some(shared) = before.and_then(|claim| claim.predicate.clone())
    {
        return Some(shared);
    }
    let behind = scope.tail..scope.end.min(scope.tail + AHEAD);
    let found = found.or_else(|| behind.filter_map(at).find(|f| !definite(f)));
    let found = found.or_else(|| (from..said?).rev().find_map(at))?;
    let cue = lists.predicates[found.row];
    Some(Predicate {
        quote: Quote::of(reading.text, reading.span_of(&found)),
        lemma: cue.lemma,
        class: cue.class,
    })
}

/// Whether the entry is a word of its own here: a letter cut off must be a
/// conjunction, the future particle or a preposition of a verbal noun.
fn governs(reading: &Reading<'_>, found: &Found) -> bool {
    let start = found.start;
    // «بعد» is no «عد» with a preposition, «فجر اليوم» no verb.
    let other = found.cut.clitics > 0 && reading.is_whole(List::Function, start);
    let day = reading.is_whole(List::DayWord, start)
        && reading.bits(start + 1).meets(Bits::of(&[List::DayWord, List::Weekday, List::DateWord]));
    found.cut.clitics <= 2
        && !other
        && !day
        && !reading.number_at(found.start).is_some_and(super::super::amount::Number::is_dual)
}
