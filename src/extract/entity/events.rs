//! Events and works: a head noun with a name in quotation marks or a place.

use super::lists::{Announcer, Lists};
use super::shape::{self, goes_on, is_definite};
use super::{Entity, Type, words};
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

/// See the card.
pub(super) static KNOWN: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/event",
        about: "An event or a work that the list knows by name.",
        yes: &["شارك في [الحرب العالمية الثانية] شابا.", "يستعد المنتخب لتصفيات [كأس العالم]."],
        no: &["شرب كأس الماء."],
    },
    starts: Bits::of(&[List::EventHead]),
    digits: false,
    at: known,
};

/// See the card.
pub(super) static CONTEST: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/contest",
        about: "A cup, league or championship with what it is held for: a noun, a place, adjectives.",
        yes: &[
            "يشارك الفريق في [دوري أبطال العرب] لأول مرة.",
            "أحرز النادي [كأس السوبر المغربية] أمس.",
            "انطلق [الدوري الأردني الممتاز] مساء.",
        ],
        no: &["رفع القائد الكأس عاليا.", "شرب كأسا من الماء."],
    },
    starts: Bits::of(&[List::EventHead]),
    digits: false,
    at: contest,
};

fn contest(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let mut all = reading.entries(List::EventHead, i, Article::Kept);
    let head = all.find(|f| {
        let word = &reading.folded(i)[f.cut.clitics..];
        f.end == i + 1 && words::is(word.strip_prefix("ال").unwrap_or(word), words::Kind::Contest)
    })?;
    let definite = reading.folded(i)[head.cut.clitics..].starts_with("ال");
    let end = if definite { adjectives(reading, head.end) } else { held_for(reading, lists, head.end)? };
    let word = &reading.folded(i)[head.cut.clitics..];
    if end == head.end || word == "الانتخابات" || definite && !reading.bits(head.end).has(List::Nationality)
    {
        return None;
    }
    let span = shape::span_after(reading, i, end, head.cut.clitics);
    Some(Entity::new(Type::Event, i, end, span, CONTEST.card.id))
}

/// The end of what a contest is held for, its adjectives included.
fn held_for(reading: &Reading<'_>, lists: &Lists, from: usize) -> Option<usize> {
    let plural = reading.is(from, &["ابطال", "امم", "رابطه", "نخبه", "انديه"]);
    let at = from + usize::from(plural);
    let place = place_end(reading, lists, at);
    let noun = goes_on(reading, at) && is_definite(reading, at) && !shape::ends(reading, at);
    let end = place.or_else(|| noun.then_some(at + 1))?;
    let generic = shape::is_generic(reading, at) || reading.is(at, &["الماء", "العام", "الموسم"]);
    (!generic).then(|| adjectives(reading, end))
}

/// The end of the definite adjectives from `at` on.
fn adjectives(reading: &Reading<'_>, at: usize) -> usize {
    let adjective = |at: usize| {
        let word = reading.folded(at);
        goes_on(reading, at)
            && is_definite(reading, at)
            && (word.ends_with('ي') || word.ends_with("يه") || word.starts_with("الممتاز"))
            && !shape::is_generic(reading, at)
    };
    (at..at + 3).find(|&at| !adjective(at)).unwrap_or(at + 3)
}

fn known(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let mut all = reading.entries(List::EventHead, i, Article::Kept).map(|f| (f, lists.announcer(f.row)));
    let (found, announcer) = all.find(|(_, a)| a.name.is_some())?;
    let name = announcer.name.map(Into::into);
    let span = reading.span_of(&found);
    Some(Entity { name, ..Entity::new(announcer.kind, i, found.end, span, KNOWN.card.id) })
}

fn event(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let all = reading.entries(List::EventHead, i, Article::Free);
    let mut heads = all.map(|f| (f, lists.announcer(f.row)));
    let (head, announcer) = heads.find(|(_, a)| a.kind != Type::Location && a.name.is_none())?;
    if let Some((start, end)) = quotation(reading, head.end) {
        let span = reading.span(start, end);
        return Some(Entity::new(announcer.kind, start, end, span, EVENT.card.id));
    }
    let noun = &reading.folded(i)[head.cut.clitics..];
    if is_definite(reading, i) || announcer.kind == Type::Misc || !words::is(noun, words::Kind::NamedByPlace)
    {
        return None;
    }
    let facility = || super::places::announced(reading, lists, head.end).map(|place| place.end);
    let end = name_after(reading, lists, head.end, announcer).max(facility())?;
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

/// A place, or the year of a war («حرب 2023»).
fn name_after(reading: &Reading<'_>, lists: &Lists, i: usize, announcer: Announcer) -> Option<usize> {
    if !reading.same_line(i) {
        return None;
    }
    if reading.kind(i) == Some(Kind::Digits) {
        let year = reading.folded(i).len() == 4 && reading.folded(i).starts_with(['1', '2']);
        return (year && announcer.include).then_some(i + 1);
    }
    place_end(reading, lists, i)
}

/// The end of the known place at `i`.
fn place_end(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<usize> {
    if !goes_on(reading, i) {
        return None;
    }
    let of_lists = [List::Place, List::Country].map(|list| (list, reading.find_all(list, i, Article::Kept)));
    let sure = |list: List, row: usize| list == List::Country || lists.place(row).certain;
    let found = of_lists.iter().flat_map(|(list, all)| all.iter().map(move |f| (*list, f)));
    let found = found.filter(|(list, f)| {
        f.cut.stem() == 0 && (sure(*list, f.row) || !shape::is_ordinary(reading, reading.folded(i)))
    });
    found.map(|(_, f)| f.end).max()
}
