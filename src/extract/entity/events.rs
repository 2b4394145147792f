//! Events and works: a head noun with a name in quotation marks or a place.

use super::lists::{Announcer, Lists};
use super::shape::{self, goes_on, is_definite};
use super::{Entity, Type};
use crate::extract::reading::Article;
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// See the card.
pub(super) static EVENT: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/event-by-head",
        about: "A summit, war, agreement, operation or tournament with its place or its name in quotation marks.",
        yes: &["انتهت [قمة باريس] دون نتيجة.", "بدأت عملية «[الفجر الجديد]» صباحا."],
        no: &["تحدث عن قمة الجبل."],
    },
    starts: Bits::of(&[List::EventHead]),
    digits: false,
    at: event,
};

fn event(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let all = reading.find_all(List::EventHead, i, Article::Free);
    let head = all.iter().find(|f| lists.announcer(f.row).kind != Type::Location)?;
    let announcer = lists.announcer(head.row);
    if let Some((start, end)) = quotation(reading, head.end) {
        let span = reading.span(start, end);
        return Some(Entity::new(announcer.kind, start, end, span, EVENT.card.id));
    }
    if is_definite(reading, i) || announcer.kind == Type::Misc {
        return None;
    }
    let end = name_after(reading, lists, head.end, announcer)?;
    let (start, cut) = if announcer.include { (i, head.cut.clitics) } else { (head.end, 0) };
    Some(Entity::new(announcer.kind, start, end, shape::span_after(reading, start, end, cut), EVENT.card.id))
}

/// A short quotation after the head and its adjectives, that is a name and no
/// speech.
fn quotation(reading: &Reading<'_>, mut at: usize) -> Option<(usize, usize)> {
    for _ in 0..2 {
        if goes_on(reading, at) && (reading.bits(at).has(List::Nationality) || is_definite(reading, at)) {
            at += 1;
        }
    }
    if !shape::opens_quote(reading, at) {
        return None;
    }
    let (start, end) = shape::quoted(reading, at, 6)?;
    let name = matches!(reading.kind(start), Some(Kind::Word | Kind::Foreign))
        && !reading.is(start, &["ان", "انه", "انها", "لا", "لن", "لم", "قد"]);
    name.then_some((start, end))
}

/// A place, or for wars the year.
fn name_after(reading: &Reading<'_>, lists: &Lists, i: usize, _announcer: Announcer) -> Option<usize> {
    if !goes_on(reading, i) {
        return None;
    }
    let known = [List::Place, List::Country].into_iter().flat_map(|list| reading.find_all(list, i, Article::Kept));
    let found = known.filter(|f| f.cut.stem() == 0).max_by_key(|f| f.end)?;
    let _ = lists;
    Some(found.end)
}
