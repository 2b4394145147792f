//! The verb or verbal noun that governs a number.

use super::super::Quote;
use super::super::reading::{Article, Found, Reading};
use super::lists::Lists;
use super::scope::Scope;
use super::{Claim, Predicate};
use crate::lexicon::List;

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
    before: Option<&Claim>,
) -> Option<Predicate> {
    let from = scope.clause.max(scope.head.saturating_sub(REACH));
    let at = |i: usize| reading.find(List::Predicate, i, Article::Kept).filter(|f| governs(reading, f));
    let ahead = (from..scope.head).rev().filter_map(at);
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
    let found = found.or_else(|| behind.filter_map(at).find(|f| !definite(f)))?;
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
    found.cut.clitics <= 2
        && !reading.number_at(found.start).is_some_and(super::super::amount::Number::is_dual)
}
