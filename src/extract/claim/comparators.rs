//! How a value is to be taken: the cue before the number, after it, or in the
//! verb that governs it.

use super::super::reading::{Article, Found, Reading};
use super::lists::{ComparatorCue, Lists, Position};
use super::scope::Scope;
use super::words::{Role, Roles};
use super::{Comparator, Kind};
use crate::lexicon::List;
use crate::normalize::clitics::Cut;
use crate::span::Span;

/// Most tokens between a governing verb and its number.
const REACH: usize = 9;
/// Most tokens that a cue before the number has.
const LONGEST: usize = 6;

/// The comparator of a number and the words that say it.
pub(super) fn find(
    reading: &Reading<'_>,
    lists: &Lists,
    scope: &Scope,
    kind: Kind,
) -> Option<(Comparator, Span)> {
    let (cue, found) = before(reading, lists, scope, kind)
        .or_else(|| after(reading, lists, scope, kind))
        .or_else(|| parted(reading, lists, scope))
        .or_else(|| may_reach(reading, lists, scope))
        .or_else(|| governing(reading, lists, scope))
        .filter(|(cue, found)| !is_reached(reading, lists, scope, cue, found))?;
    let (comparator, found) = turned(reading, lists, scope, cue.comparator, found);
    (comparator != Comparator::Exact).then(|| (comparator, reading.span_of(&found)))
}

/// Most tokens between a negation and «أكثر من» with a verb, its subject and a
/// preposition: «لا يحصل الفرد على أكثر من».
const DENIAL: usize = 5;

/// What a negation before the cue makes of it: not more than is at most.
fn turned(
    reading: &Reading<'_>,
    lists: &Lists,
    scope: &Scope,
    comparator: Comparator,
    found: Found,
) -> (Comparator, Found) {
    let opposite = match comparator {
        Comparator::MoreThan => Comparator::AtMost,
        Comparator::LessThan => Comparator::AtLeast,
        _ => return (comparator, found),
    };
    let Some(before) = found.start.checked_sub(1).filter(|&at| at >= scope.start) else {
        return (comparator, found);
    };
    if lists.words.is(reading, before, Role::Denies) {
        let cut = Cut { clitics: 0, article: 0 };
        return (opposite, Found { start: before, cut, ..found });
    }
    let most = reading.folded(found.start).ends_with("كثر") && reading.is(before, &["علي", "بوجود", "من"])
        || reading.folded(found.start).starts_with("باكثر");
    let from = scope.clause.max(before.saturating_sub(DENIAL));
    let denied = most && (from..before).any(|at| lists.words.is(reading, at, Role::DeniesVerb));
    (if denied { opposite } else { comparator }, found)
}

/// «ارتفع ليصل إلى 832»: reached, and no bound.
fn is_reached(
    reading: &Reading<'_>,
    lists: &Lists,
    scope: &Scope,
    cue: &ComparatorCue,
    found: &Found,
) -> bool {
    let word = reading.folded(found.start);
    let reaches = cue.comparator == Comparator::AtMost && (word.contains("صل") || word.contains("بلغ"));
    // «تعداد سكانها يصل إلى 5 ملايين» counts; «قد يصل» bounds.
    let from = scope.clause.max(found.start.saturating_sub(4));
    let counts = word.contains("يصل") || word.contains("تصل");
    let counts = counts && (from..found.start).any(|at| lists.words.is(reading, at, Role::Counted));
    let rises = (scope.start..found.start).any(|at| reading.find(List::Change, at, Article::Kept).is_some());
    reaches && (counts || rises || word.starts_with('ل'))
}

fn cues(reading: &Reading<'_>, lists: &Lists, at: usize) -> impl Iterator<Item = (ComparatorCue, Found)> {
    let all = reading.entries(List::Comparator, at, Article::Kept);
    all.map(|found| (lists.comparators[found.row], found))
}

fn fits(cue: &ComparatorCue, kind: Kind) -> bool {
    match cue.about {
        "" => true,
        "age" => kind == Kind::Age,
        "money" => kind == Kind::Money,
        "measure" => matches!(kind, Kind::Measure | Kind::Money),
        "duration" => matches!(kind, Kind::Duration | Kind::Age),
        _ => matches!(kind, Kind::Count | Kind::Number),
    }
}

/// What ends the words around a number.
const ENDS: Roles = Roles::of(&[Role::Comma, Role::FullStop, Role::Colon, Role::Semicolon]);

/// The longest cue that ends where the number begins.
fn before(reading: &Reading<'_>, lists: &Lists, scope: &Scope, kind: Kind) -> Option<(ComparatorCue, Found)> {
    let from = scope.start.max(scope.head.saturating_sub(LONGEST));
    // «ما بين نحو 5»: a preposition glued to the number does not part them.
    (from..scope.head).find_map(|at| {
        cues(reading, lists, at).find(|(cue, found)| {
            let meets = found.end == scope.head
                || found.end + 1 == scope.head && lists.words.is(reading, found.end, Role::Dimension);
            meets && cue.position != Position::After && fits(cue, kind)
        })
    })
}

/// What completes a comparison.
const THAN: Roles = Roles::of(&[Role::Of, Role::About]);

/// A cue after the number, its unit or its noun: «على الأقل».
fn after(reading: &Reading<'_>, lists: &Lists, scope: &Scope, kind: Kind) -> Option<(ComparatorCue, Found)> {
    let noun = scope.tail..(scope.tail + 4).min(scope.end);
    let ends = |at: usize| lists.words.meets(reading, at, ENDS) && !reading.is(at + 1, &["علي", "تقريبا"]);
    let until = noun.clone().find(|&at| reading.number_at(at).is_some() || ends(at)).unwrap_or(noun.end);
    (noun.start..until).find_map(|at| {
        cues(reading, lists, at).find(|(cue, found)| {
            matches!(cue.position, Position::After | Position::Any)
                && fits(cue, kind)
                && reading.number_at(found.end).is_none()
                // «وأكثر من 20» is said of the next number.
                && (cue.comparator == Comparator::Approx || !lists.words.meets(reading, found.end, THAN))
        })
    })
}

/// Verbs that a preposition before the number completes, and whether they
/// say more.
const PARTED: [(&str, bool); 12] = [
    ("يزد", true),
    ("تزد", true),
    ("قل", false),
    ("قلت", false),
    ("يزيد", true),
    ("تزيد", true),
    ("زاد", true),
    ("زادت", true),
    ("يربو", true),
    ("تربو", true),
    ("يقل", false),
    ("تقل", false),
];

/// The prepositions of those verbs.
const PARTS: Roles = Roles::of(&[Role::About, Role::On]);

/// «ألا يقل عدد الأعضاء عن 50»: the subject stands between verb and
/// preposition.
fn parted(reading: &Reading<'_>, lists: &Lists, scope: &Scope) -> Option<(ComparatorCue, Found)> {
    let preposition = scope.head.checked_sub(1).filter(|&at| lists.words.meets(reading, at, PARTS))?;
    let from = scope.clause.max(preposition.saturating_sub(REACH));
    let (at, more) = (from..preposition).rev().find_map(|at| {
        let word = reading.folded(at);
        PARTED.iter().find(|(verb, _)| *verb == word).map(|&(_, more)| (at, more))
    })?;
    if (at..preposition).any(|at| reading.number_at(at).is_some()) {
        return None;
    }
    let negated = at > scope.start && lists.words.is(reading, at - 1, Role::Denies);
    let comparator = match (more, negated) {
        (true, false) => Comparator::MoreThan,
        (false, false) => Comparator::LessThan,
        (true, true) => Comparator::AtMost,
        (false, true) => Comparator::AtLeast,
    };
    let cue = ComparatorCue { comparator, position: Position::Verb, about: "" };
    let cut = Cut { clitics: 0, article: 0 };
    Some((cue, Found { row: 0, start: at - usize::from(negated), end: at + 1, cut }))
}

/// «قد يصل عدد الضحايا إلى 50»: a bound, with the subject between verb and
/// preposition.
fn may_reach(reading: &Reading<'_>, lists: &Lists, scope: &Scope) -> Option<(ComparatorCue, Found)> {
    let preposition = scope.head.checked_sub(1).filter(|&at| lists.words.is(reading, at, Role::To))?;
    let from = scope.clause.max(preposition.saturating_sub(REACH)) + 1;
    let at = (from..preposition).rev().find(|&at| {
        lists.words.is(reading, at, Role::MayReach) && lists.words.is(reading, at - 1, Role::Maybe)
    })?;
    let clear = (at..preposition).all(|at| reading.number_at(at).is_none());
    let cue = ComparatorCue { comparator: Comparator::AtMost, position: Position::Verb, about: "" };
    let cut = Cut { clitics: 0, article: 0 };
    clear.then_some((cue, Found { row: 0, start: at - 1, end: at + 1, cut }))
}

/// A verb before the number, with only its subject between them.
fn governing(reading: &Reading<'_>, lists: &Lists, scope: &Scope) -> Option<(ComparatorCue, Found)> {
    let from = scope.clause.max(scope.head.saturating_sub(REACH));
    (from..scope.head).rev().find_map(|at| {
        let verb = |at: usize| cues(reading, lists, at).find(|(cue, _)| cue.position == Position::Verb);
        let (cue, found) = verb(at)?;
        // «لم يتجاوز»: a negation before the verb turns it.
        let any = |at: usize| cues(reading, lists, at).next();
        let longer = at.checked_sub(1).and_then(any).filter(|(_, longer)| longer.end >= found.end);
        let (cue, found) = longer.unwrap_or((cue, found));
        let between = found.end..scope.head;
        let clear = between
            .clone()
            .all(|at| reading.number_at(at).is_none() && !lists.words.is(reading, at, Role::EndsReach));
        (found.end <= scope.head && clear).then_some((cue, found))
    })
}
