//! Parts of wholes: which claim a claim is a part of, where words say so.

use rust_decimal::Decimal;

use super::super::amount::Sort;
use super::super::reading::{Article, Reading};
use super::lists::{Lists, SubsetKind};
use super::scope::Scope;
use super::{Claim, Kind};
use crate::lexicon::List;

/// How many tokens before its number a cue may stand.
const REACH: usize = 5;

/// Links the claims of a text; `scopes` are theirs.
pub(super) fn link(reading: &Reading<'_>, lists: &Lists, claims: &mut [Claim], scopes: &[Scope]) {
    for i in 0..claims.len() {
        let cued =
            cue_before(reading, lists, claims, scopes, i) || cue_after(reading, lists, claims, scopes, i);
        let whole = if cued { whole(claims, scopes, i) } else { carried(reading, claims, scopes, i) };
        claims[i].part_of = whole.filter(|&w| fits(&claims[w], &claims[i]));
    }
}

fn kind_at(reading: &Reading<'_>, lists: &Lists, at: usize) -> Option<(SubsetKind, usize)> {
    let found = reading.find(List::Subset, at, Article::Kept)?;
    Some((lists.subsets[found.row], found.end))
}

/// «من بينهم 56», or a share with a pronoun («ثلاثة أرباعهم»).
fn cue_before(reading: &Reading<'_>, lists: &Lists, claims: &[Claim], scopes: &[Scope], i: usize) -> bool {
    let (claim, scope) = (&claims[i], &scopes[i]);
    if claim.reading.sort == Sort::Fraction {
        let word = reading.span(claim.reading.start, claim.reading.end);
        if claim.reading.span.end < word.end {
            return true;
        }
    }
    let last = i.checked_sub(1).map_or(0, |b| scopes[b].tail);
    let from = scope.start.max(last).max(scope.head.saturating_sub(REACH));
    (from..scope.head).any(|at| {
        kind_at(reading, lists, at).is_some_and(|(kind, end)| {
            let joins = matches!(kind, SubsetKind::OfThem | SubsetKind::Including);
            // «منها» after its own number belongs to that one.
            let own = at > 0
                && i > 0
                && at <= scopes[i - 1].tail + 1
                && reading.is(at, &["منهم", "منها", "منهن"])
                && end < scope.head
                && reading.is(end, &["و"]);
            joins && end <= scope.head && !own
        })
    })
}

/// «410 منهم», «87 من الضحايا» does not say of which.
fn cue_after(reading: &Reading<'_>, lists: &Lists, claims: &[Claim], scopes: &[Scope], i: usize) -> bool {
    let scope = &scopes[i];
    let next = claims.get(i + 1).map_or(scope.end, |c| c.reading.start.min(scope.end));
    let until = next.min(scope.tail + 3);
    (scope.tail..until).any(|at| {
        let of_them = kind_at(reading, lists, at).is_some_and(|(kind, end)| {
            kind == SubsetKind::OfThem && (end >= next || !is_led(reading, end, next))
        });
        of_them
            && reading.is(at, &["منهم", "منها", "منهن", "بينهم", "من"])
            && !reading.is(at - 1, &["،", ":", "("])
    })
}

/// Whether tokens `from..to` lead to a number (so that the cue is its own).
fn is_led(reading: &Reading<'_>, from: usize, to: usize) -> bool {
    reading.number_at(to).is_some() && to.saturating_sub(from) <= 2 && !reading.folded(from).starts_with('و')
}

/// The nearest claim before `i` that can be a whole.
fn whole(claims: &[Claim], scopes: &[Scope], i: usize) -> Option<usize> {
    let near = |&w: &usize| scopes[i].sentence - scopes[w].sentence <= 1;
    let mut candidates = (0..i).rev().take_while(near);
    candidates.find(|&w| claims[w].part_of.is_none() && fits(&claims[w], &claims[i]))
}

/// A list goes on: «… و350 طفلًا».
fn carried(reading: &Reading<'_>, claims: &[Claim], scopes: &[Scope], i: usize) -> Option<usize> {
    let before = i.checked_sub(1)?;
    let whole = claims[before].part_of?;
    let same = scopes[before].sentence == scopes[i].sentence && claims[i].kind == claims[before].kind;
    let from = scopes[before].tail;
    let head = scopes[i].head;
    let short = head.saturating_sub(from) <= 5;
    let joined = reading.folded(head).starts_with('و') || head > 0 && reading.is(head - 1, &["،", "و"]);
    let verb = (from..head).any(|at| {
        let bits = reading.bits(at);
        bits.has(List::Predicate) || bits.has(List::Change) || bits.has(List::Reporting)
    });
    (same && short && joined && !verb && claims[i].reading.start > 0).then_some(whole)
}

/// Whether `part` can be a part of `whole`.
fn fits(whole: &Claim, part: &Claim) -> bool {
    let counts = matches!(whole.kind, Kind::Count | Kind::Number | Kind::Money | Kind::Measure);
    let share = matches!(part.kind, Kind::Percent | Kind::Fraction | Kind::Ratio);
    let least = |claim: &Claim| claim.reading.value().unwrap_or(Decimal::MAX);
    counts
        && (share
            || whole.kind == part.kind && (part.reading.value().is_none() || least(part) <= least(whole)))
}
