//! How a value is to be taken: the cue before the number, after it, or in the
//! verb that governs it.

use smallvec::SmallVec;

use super::super::reading::{Article, Found, Reading};
use super::lists::{ComparatorCue, Lists, Position};
use super::scope::Scope;
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
        .or_else(|| parted(reading, scope))
        .or_else(|| may_reach(reading, scope))
        .or_else(|| governing(reading, lists, scope))
        .filter(|(cue, found)| !is_reached(reading, scope, cue, found))?;
    let (comparator, found) = turned(reading, scope, cue.comparator, found);
    (comparator != Comparator::Exact).then(|| (comparator, reading.span_of(&found)))
}

/// Words that deny what follows.
const NEGATIONS: [&str; 8] = ["لا", "لم", "لن", "الا", "ليس", "ليست", "وليس", "دون"];

/// Most tokens between a negation and «أكثر من» with a verb, its subject and a
/// preposition: «لا يحصل الفرد على أكثر من».
const DENIAL: usize = 5;

/// What a negation before the cue makes of it: not more than is at most.
fn turned(reading: &Reading<'_>, scope: &Scope, comparator: Comparator, found: Found) -> (Comparator, Found) {
    let opposite = match comparator {
        Comparator::MoreThan => Comparator::AtMost,
        Comparator::LessThan => Comparator::AtLeast,
        _ => return (comparator, found),
    };
    let Some(before) = found.start.checked_sub(1).filter(|&at| at >= scope.start) else {
        return (comparator, found);
    };
    if reading.is(before, &NEGATIONS) {
        let cut = Cut { clitics: 0, article: 0 };
        return (opposite, Found { start: before, cut, ..found });
    }
    let most = reading.folded(found.start).ends_with("كثر") && reading.is(before, &["علي", "بوجود", "من"])
        || reading.folded(found.start).starts_with("باكثر");
    let from = scope.clause.max(before.saturating_sub(DENIAL));
    let denied = most && (from..before).any(|at| reading.is(at, &["لا", "لم", "لن", "ولا", "ولم", "ولن"]));
    (if denied { opposite } else { comparator }, found)
}

/// «ارتفع ليصل إلى 832»: reached, and no bound.
fn is_reached(reading: &Reading<'_>, scope: &Scope, cue: &ComparatorCue, found: &Found) -> bool {
    let word = reading.folded(found.start);
    let reaches = cue.comparator == Comparator::AtMost && (word.contains("صل") || word.contains("بلغ"));
    // «تعداد سكانها يصل إلى 5 ملايين» counts; «قد يصل» bounds.
    let from = scope.clause.max(found.start.saturating_sub(4));
    let counts = word.contains("يصل") || word.contains("تصل");
    let counts = counts && (from..found.start).any(|at| reading.is(at, &COUNTED));
    let rises = (scope.start..found.start).any(|at| reading.find(List::Change, at, Article::Kept).is_some());
    reaches && (counts || rises || word.starts_with('ل'))
}

/// Nouns of which a text says how many there are.
const COUNTED: [&str; 10] =
    ["عدد", "تعداد", "بتعداد", "عددهم", "عددها", "اجمالي", "مجموع", "حصيله", "يبلغ", "سكانها"];

fn cues(reading: &Reading<'_>, lists: &Lists, at: usize) -> SmallVec<[(ComparatorCue, Found); 4]> {
    let all = reading.entries(List::Comparator, at, Article::Kept);
    all.map(|found| (lists.comparators[found.row], found)).collect()
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

/// What a measure is of, between a cue and its number: «تصل إلى ارتفاع 20».
const DIMENSIONS: [&str; 9] = ["ارتفاع", "طول", "عمق", "عرض", "وزن", "نسبه", "مستوي", "سرعه", "حدود"];

/// The longest cue that ends where the number begins.
fn before(reading: &Reading<'_>, lists: &Lists, scope: &Scope, kind: Kind) -> Option<(ComparatorCue, Found)> {
    let from = scope.start.max(scope.head.saturating_sub(LONGEST));
    // «ما بين نحو 5»: a preposition glued to the number does not part them.
    (from..scope.head).find_map(|at| {
        cues(reading, lists, at).into_iter().find(|(cue, found)| {
            let meets =
                found.end == scope.head || found.end + 1 == scope.head && reading.is(found.end, &DIMENSIONS);
            meets && cue.position != Position::After && fits(cue, kind)
        })
    })
}

/// A cue after the number, its unit or its noun: «على الأقل».
fn after(reading: &Reading<'_>, lists: &Lists, scope: &Scope, kind: Kind) -> Option<(ComparatorCue, Found)> {
    let noun = scope.tail..(scope.tail + 4).min(scope.end);
    let ends = |at: usize| reading.is(at, &["،", ".", ":", "؛"]) && !reading.is(at + 1, &["علي", "تقريبا"]);
    let until = noun.clone().find(|&at| reading.number_at(at).is_some() || ends(at)).unwrap_or(noun.end);
    (noun.start..until).find_map(|at| {
        cues(reading, lists, at).into_iter().find(|(cue, found)| {
            matches!(cue.position, Position::After | Position::Any)
                && fits(cue, kind)
                && reading.number_at(found.end).is_none()
                // «وأكثر من 20» is said of the next number.
                && (cue.comparator == Comparator::Approx || !reading.is(found.end, &["من", "عن"]))
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

/// «ألا يقل عدد الأعضاء عن 50»: the subject stands between verb and
/// preposition.
fn parted(reading: &Reading<'_>, scope: &Scope) -> Option<(ComparatorCue, Found)> {
    let preposition = scope.head.checked_sub(1).filter(|&at| reading.is(at, &["عن", "علي"]))?;
    let from = scope.clause.max(preposition.saturating_sub(REACH));
    let (at, more) = (from..preposition).rev().find_map(|at| {
        let word = reading.folded(at);
        PARTED.iter().find(|(verb, _)| *verb == word).map(|&(_, more)| (at, more))
    })?;
    if (at..preposition).any(|at| reading.number_at(at).is_some()) {
        return None;
    }
    let negated = at > scope.start && reading.is(at - 1, &NEGATIONS);
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
fn may_reach(reading: &Reading<'_>, scope: &Scope) -> Option<(ComparatorCue, Found)> {
    let preposition = scope.head.checked_sub(1).filter(|&at| reading.is(at, &["الي"]))?;
    let from = scope.clause.max(preposition.saturating_sub(REACH)) + 1;
    let at = (from..preposition).rev().find(|&at| {
        reading.is(at, &["يصل", "تصل", "يرتفع", "ترتفع"])
            && reading.is(at - 1, &["قد", "ربما", "وقد", "وربما"])
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
        let verb = |at: usize| {
            let found = cues(reading, lists, at);
            found.into_iter().find(|(cue, _)| cue.position == Position::Verb)
        };
        let (cue, found) = verb(at)?;
        // «لم يتجاوز»: a negation before the verb turns it.
        let any = |at: usize| cues(reading, lists, at).into_iter().next();
        let longer = at.checked_sub(1).and_then(any).filter(|(_, longer)| longer.end >= found.end);
        let (cue, found) = longer.unwrap_or((cue, found));
        let between = found.end..scope.head;
        let clear = between.clone().all(|at| {
            reading.number_at(at).is_none()
                && !reading.is(at, &["الي", "في", "من", "بعد", "قبل", "منذ", "علي", "ان", "مع", "بنسبه"])
        });
        (found.end <= scope.head && clear).then_some((cue, found))
    })
}
