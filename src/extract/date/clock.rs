//! Clock times in digits and words, parts of the day, time zones.

use rust_decimal::Decimal;

use super::atom;
use super::calendar::Unit;
use super::day;
use super::numeric;
use super::tense::{self, Tense};
pub(super) use super::value::Clock;
use super::value::{Draft, Value};
use super::words::{DayPart, Half, Lists, Many, Word};
use super::{RuleOf, named};
use crate::extract::number::Sort;
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// A clock time.
pub(super) const CLOCK: RuleOf = Rule {
    card: Card {
        id: "time/clock",
        about: "A clock time in digits or words, with its part of the day and its time zone.",
        yes: &[
            "يبدأ اللقاء [الساعة 13:30] => T13:30",
            "وصل عند [3:07 م] => T15:07",
            "وقع الزلزال [السابعة صباحًا] => T07:00",
            "أُغلقت [الساعة الثالثة إلا ربعًا] => T02:45",
        ],
        no: &["فاز 3-1", "النسبة 1:2", "الدورة السابعة للمهرجان"],
    },
    starts: Bits::of(&[List::TimeUnit, List::DayWord, List::DateOpener]),
    digits: true,
    at: clock,
};

/// A part of a day.
pub(super) const PART: RuleOf = Rule {
    card: Card {
        id: "time/part-of-day",
        about: "A part of the day with the day it belongs to, midnight and noon.",
        yes: &["وقع الهجوم [فجر اليوم الثلاثاء] => XXXX-WXX-2", "غادر [مساء أمس] => XXXX-XX-XX"],
        no: &["صحيفة الفجر", "في الظهر آلام"],
    },
    starts: Bits::of(&[List::DayWord, List::PeriodWord]),
    digits: false,
    at: part_of_day,
};

/// A time read at a token.
#[derive(Debug)]
pub(super) struct ClockRead {
    pub clock: Clock,
    pub part: Option<&'static str>,
    pub end: usize,
    pub from: usize,
    /// Whether it is written in digits with a colon.
    pub colon: bool,
    /// Whether the word الساعة stands before it.
    pub named: bool,
    /// The half of the day that an adverb behind it says, not yet applied.
    pub half: Option<Half>,
}

/// A time as a part of an interval, certain or not: with the hour's word and
/// the adverb where they stand there.
pub(super) fn loose(r: &Reading<'_>, l: &Lists, i: usize) -> Option<ClockRead> {
    let named = hour_word(r, l, i).or_else(|| hours_word(r, l, i));
    let at = named.as_ref().map_or(i, |found| found.end);
    let mut time = digits_alone(r, at).or_else(|| in_words(r, at))?;
    if let Some(found) = &named {
        time.from = atom::start(r, found);
        time.named = true;
    }
    fraction(r, l, &mut time);
    if let Some((part, end)) = adverb(r, l, time.end, true) {
        time.half = Some(part.half);
        time.end = end;
    }
    Some(time)
}

/// «الساعتين» before two hours.
fn hours_word(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Found> {
    let (unit, found) = atom::unit(r, l, i)?;
    (unit.unit == Unit::Hour && unit.many == Many::Two && found.cut.article > 0).then_some(found)
}

/// A time in digits, with or without minutes.
fn digits_alone(r: &Reading<'_>, i: usize) -> Option<ClockRead> {
    in_digits(r, i, true).filter(|time| time.colon || atom::run(r, i).is_some_and(|w| w.end == time.end))
}

/// The clock time at token `i`.
pub(super) fn read(r: &Reading<'_>, l: &Lists, i: usize) -> Option<ClockRead> {
    let named = hour_word(r, l, i);
    let at = named.as_ref().map_or(i, |found| found.end);
    let mut time = in_digits(r, at, named.is_some()).or_else(|| in_words(r, at))?;
    if let Some(found) = &named {
        time.from = atom::start(r, found);
        time.named = true;
    }
    let words = !time.colon && !atom::is_digits(r, at);
    let fraction = fraction(r, l, &mut time);
    let part = adverb(r, l, time.end, time.colon || time.named);
    let certain = time.named || time.colon || part.is_some() || (words && fraction && is_introduced(r, i));
    if let Some((part, end)) = part {
        time.clock.hour = half_of_day(time.clock.hour, part.half);
        time.part = Some(part.code);
        time.end = end;
    }
    zone(r, l, &mut time);
    let eleven = words && time.end == at + 2 && is_eleven(r, at) && !r.is(time.end, &["من"]);
    let at_seven = !words
        && i > 0
        && r.is(i - 1, &["عند"])
        && r.kind(time.end) != Some(Kind::Word)
        && atom::digits(r, at).is_some()
        && tense::of(r, i, time.end) == Tense::Future;
    let certain = certain || eleven || at_seven || (words && is_hour_of_day(r, i));
    let of = usize::from(r.is(time.end, &["من"]));
    let of_day = !certain && words && day_part(r, l, time.end + of).is_some();
    ((certain || of_day) && (words || time.clock.hour < 24)).then_some(time)
}

/// «في الحادية عشرة»: the two hours that take two words.
fn is_eleven(r: &Reading<'_>, i: usize) -> bool {
    let alone = r.is(i, &["الحاديه", "الثانيه"]) && r.is(i + 1, &["عشر", "عشره"]);
    alone && i > 0 && r.is(i - 1, &["في", "عند", "تمام", "حتي", "قبل", "منذ"])
}

/// «صباح الخميس على العاشرة»: an hour behind a day that is spoken of.
fn is_hour_of_day(r: &Reading<'_>, i: usize) -> bool {
    const DAYS: Bits = Bits::of(&[List::Weekday, List::DayWord]);
    let feminine = super::year::is_ordinal(r, i) && r.folded(i).ends_with('ه');
    feminine && i > 0 && r.is(i - 1, &["علي"]) && (i.saturating_sub(3)..i).any(|j| r.bits(j).meets(DAYS))
}

fn is_introduced(r: &Reading<'_>, i: usize) -> bool {
    i == 0
        || !r.same_line(i)
        || r.is(i - 1, &["عند", "في", "تمام", "حتي", "الي", "من", "قبل", "بعد", "منذ", "انها"])
}

/// «الساعة» at token `i`, without an adjective behind it.
fn hour_word(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Found> {
    let (unit, found) = atom::unit(r, l, i)?;
    (unit.unit == Unit::Hour && unit.many == Many::One && found.cut.article > 0).then_some(found)
}

/// «14:30», «7.55» or, behind الساعة or before a part of the day, «7».
fn in_digits(r: &Reading<'_>, i: usize, named: bool) -> Option<ClockRead> {
    let hour = atom::run(r, i).filter(|w| w.digits <= 2 && w.value <= 24)?;
    if i >= 2
        && r.glued(i)
        && r.is(i - 1, &[":", "-", "/", ".", ","])
        && atom::is_digits(r, i - 2)
        && r.glued(i - 1)
    {
        return None;
    }
    let mut clock = Clock { hour: u8::try_from(hour.value).ok()?, ..Clock::default() };
    let mut end = hour.end;
    let joint = |at: usize| r.glued(at) && r.glued(at + 1) && r.is(at, &[":", ".", ",", "٫", "،"]);
    let two = |at: usize| atom::run(r, at).filter(|w| w.digits == 2 && w.value < 60);
    let mut colon = false;
    if joint(end)
        && let Some(minute) = two(end + 1)
    {
        colon = r.is(end, &[":"]);
        clock.minute = u8::try_from(minute.value).ok()?;
        end = minute.end;
        if colon
            && joint(end)
            && r.is(end, &[":"])
            && let Some(second) = two(end + 1)
        {
            clock.second = u8::try_from(second.value).ok();
            end = second.end;
        }
    }
    let more =
        r.glued(end) && r.glued(end + 1) && r.is(end, &[":", "/", "-", "."]) && atom::is_digits(r, end + 1);
    let counted = !named && !colon && !atom::is_digits(r, i);
    (!more && !counted).then_some(ClockRead {
        clock,
        part: None,
        end,
        from: hour.from,
        colon,
        named: false,
        half: None,
    })
}

/// The hour as a word: «السابعة», «ثلاثة»; the number stage may have read the
/// fraction behind it too.
fn in_words(r: &Reading<'_>, i: usize) -> Option<ClockRead> {
    let hour_sort = |sort| matches!(sort, Sort::Cardinal | Sort::Ordinal | Sort::Fraction);
    let first = r.folded(i).ends_with("اولي");
    let number = r.number_at(i).filter(|n| !atom::is_digits(r, i) && hour_sort(n.sort) && !first);
    let Some(number) = number else { return one(r, i) };
    // «واحد فاصلة خمسة», «لتر ونصف»: decimals and measures are no hours.
    if matches!(number.rule, "number/spoken-decimal" | "number/unit-and-part") {
        return None;
    }
    let value = number.value()?;
    let hour = u8::try_from(value.trunc()).ok().filter(|h| (1..=12).contains(h))?;
    let minute = u8::try_from((value.fract() * Decimal::from(60)).round()).ok()?;
    let clock = Clock { hour, minute, ..Clock::default() };
    let from = atom::word_start(r, i, number.article);
    Some(ClockRead { clock, part: None, end: number.end, from, colon: false, named: false, half: None })
}

/// «الواحدة», which counts nothing but the hour.
fn one(r: &Reading<'_>, i: usize) -> Option<ClockRead> {
    let word = r.folded(i);
    let stem = word.strip_prefix(['و', 'ف', 'ب']).unwrap_or(word);
    if stem != "الواحده" {
        return None;
    }
    let clock = Clock { hour: 1, ..Clock::default() };
    let from = r.start_after(i, word.len() - stem.len());
    Some(ClockRead { clock, part: None, end: i + 1, from, colon: false, named: false, half: None })
}

/// Minutes behind the hour: «والنصف», «إلا ربعًا», «و18 دقيقة».
fn fraction(r: &Reading<'_>, l: &Lists, time: &mut ClockRead) -> bool {
    let at = time.end;
    if !r.same_line(at) || time.colon {
        return time.clock.minute > 0;
    }
    if r.is(at, &["الا"])
        && let Some((minutes, end)) = minutes(r, l, at + 1)
    {
        let total = i32::from(time.clock.hour) * 60 - i32::from(minutes);
        time.clock.hour = u8::try_from(total.rem_euclid(12 * 60) / 60).unwrap_or(0);
        time.clock.hour += if time.clock.hour == 0 { 12 } else { 0 };
        time.clock.minute = u8::try_from(total.rem_euclid(60)).unwrap_or(0);
        time.end = end;
        return true;
    }
    let loose = usize::from(r.is(at, &["و"]));
    if (loose == 1 || r.folded(at).starts_with('و'))
        && let Some((minutes, end)) = minutes(r, l, at + loose)
        && time.clock.minute == 0
    {
        time.clock.minute = minutes;
        time.end = end;
        return true;
    }
    time.clock.minute > 0
}

/// Minutes at token `i`: a fraction of the hour, or a number of them.
fn minutes(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(u8, usize)> {
    let word = r.folded(i);
    let stem = word.strip_prefix('و').unwrap_or(word);
    let stem = stem.strip_prefix("ال").unwrap_or(stem);
    match stem {
        "نصف" | "نصفا" | "نص" => return Some((30, i + 1)),
        "ربع" | "ربعا" => return Some((15, i + 1)),
        "ثلث" | "ثلثا" => return Some((20, i + 1)),
        _ => {}
    }
    let number = atom::whole(r, i).filter(|n| n.value < 60)?;
    let (unit, found) = atom::unit(r, l, number.end)?;
    (unit.unit == Unit::Minute).then_some((u8::try_from(number.value).ok()?, found.end))
}

/// The hour from 0 to 23 that `hour` is in that half of the day.
pub(super) fn half_of_day(hour: u8, half: Half) -> u8 {
    match (half, hour) {
        (Half::Morning | Half::Night, 12) => 0,
        (Half::Afternoon, 1..=11) | (Half::Noon, 1..=4) | (Half::Night, 6..=11) => hour + 12,
        _ => hour,
    }
}

/// The adverb for a part of the day at token `i`; its one-letter forms only if
/// `letters`.
fn adverb(r: &Reading<'_>, l: &Lists, i: usize, letters: bool) -> Option<(DayPart, usize)> {
    if !r.same_line(i) {
        return None;
    }
    let pick = |word| if let Word::DayPart(part) = word { part.adverb.then_some(part) } else { None };
    let at = i + usize::from(r.is(i, &["من", "في"]));
    let (part, found) = l.find(r, List::DayWord, at, Article::Kept, pick)?;
    let short = r.folded(at).chars().count() == 1;
    // «من مساء الخميس» belongs to the day behind it.
    if at > i && any_day(r, l, found.end).is_some() {
        return None;
    }
    (found.cut.clitics == 0 && (letters || !short)).then_some((part, found.end))
}

/// Takes «بتوقيت …» into the time, in parentheses too.
fn zone(r: &Reading<'_>, l: &Lists, time: &mut ClockRead) {
    let open = usize::from(r.is(time.end, &["("]));
    let at = time.end + open;
    if !r.same_line(time.end) || !r.same_line(at) {
        return;
    }
    let (offset, end) = if r.is(at, &["بالتوقيت", "التوقيت"])
        && r.is(at + 1, &["المحلي", "العالمي", "الدولي"])
    {
        (if r.is(at + 1, &["المحلي"]) { "" } else { "Z" }, at + 2)
    } else if r.is(at, &["بتوقيت", "حسب", "بحسب", "وفق", "توقيت"]) {
        let name = at + 1 + usize::from(r.is(at, &["حسب", "بحسب", "وفق"]) && r.is(at + 1, &["توقيت"]));
        match l.zone(r, name).filter(|(_, f)| r.same_line(f.start) && name > at) {
            Some((offset, found)) => (offset, found.end),
            None if r.is(at, &["بتوقيت"]) && r.same_line(name) && name < r.len() => ("", name + 1),
            None => return,
        }
    } else if let Some(("Z", found)) = l.zone(r, at).filter(|(_, f)| f.cut.clitics == 0) {
        ("Z", found.end)
    } else {
        return;
    };
    if open == 1 && !r.is(end, &[")"]) {
        return;
    }
    time.clock.zone = offset;
    time.end = end + open;
}

/// «بعد الظهر الساعة 7»: a part of the day before its clock time.
fn after_part(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (part, end) = adverb(r, l, i, false).filter(|_| !r.is(i, &["من", "في"]))?;
    let time = read(r, l, end).filter(|t| (t.named || t.colon) && t.part.is_none())?;
    let hour = half_of_day(time.clock.hour, part.half);
    let mut draft = Draft::new(i, time.end, r.span(i, i + 1).start, Value::Clock);
    draft.clock = Some(Clock { hour, ..time.clock });
    draft.part = Some(part.code);
    Some(draft.by(CLOCK.card.id))
}

/// «الدقيقة الثالثة» said alone; in a sentence it is a match's or a film's.
fn minute_of_hour(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (unit, found) = atom::unit(r, l, i)?;
    if unit.unit != Unit::Minute || unit.many != Many::One || found.cut.article == 0 {
        return None;
    }
    let number = atom::whole(r, found.end).filter(|n| r.same_line(found.end) && n.value < 60)?;
    let value = Value::MinuteOf(u8::try_from(number.value).ok()?);
    let alone = tense::of(r, i, number.end) == Tense::Alone;
    alone.then(|| Draft::new(i, number.end, atom::start(r, &found), value).by(CLOCK.card.id))
}

fn clock(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(draft) = after_part(r, l, i).or_else(|| minute_of_hour(r, l, i)) {
        return Some(draft);
    }
    let time = read(r, l, i)?;
    let mut draft = Draft::new(i, time.end, time.from, Value::Clock);
    // «الرابعة والنصف من فجر الأحد» names its day.
    let day = time.end + usize::from(r.is(time.end, &["من"]));
    if time.part.is_none()
        && r.same_line(day)
        && let Some(part) = part_of_day(r, l, day).filter(|d| !matches!(d.value, Value::Clock))
    {
        let half = day_part(r, l, day).map_or(Half::Morning, |(p, _)| p.half);
        let hour = half_of_day(time.clock.hour, half);
        draft = Draft { start: i, from: time.from, clock: Some(Clock { hour, ..time.clock }), ..part };
        return Some(draft.by(CLOCK.card.id));
    }
    // «الرابعة عصر» without a day behind it is no time yet.
    if time.part.is_none() && day_part(r, l, day).is_some() && !time.named && !time.colon {
        return None;
    }
    draft.clock = Some(time.clock);
    draft.part = time.part;
    Some(draft.by(CLOCK.card.id))
}

/// The noun for a part of the day at token `i`.
pub(super) fn day_part(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(DayPart, Found)> {
    let pick = |word| if let Word::DayPart(part) = word { (!part.adverb).then_some(part) } else { None };
    l.find(r, List::DayWord, i, Article::Kept, pick)
}

fn part_of_day(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let middle = usize::from(r.is(i, &["منتصف", "ومنتصف"]));
    let at = i + 1 + usize::from(r.is(i + 1, &["-"]));
    if middle == 1 && r.is(at, &["الليل", "النهار", "الصباح"]) {
        let hour = match r.folded(at) {
            "الليل" => 0,
            "النهار" => 12,
            _ => 10,
        };
        let cut = r.folded(i).len() - "منتصف".len();
        let mut draft = Draft::new(i, at + 1, r.start_after(i, cut), Value::Clock).by(PART.card.id);
        draft.clock = Some(Clock { hour, ..Clock::default() });
        if let Some(day) = any_day(r, l, at + 1) {
            let (start, from) = (draft.start, draft.from);
            draft = Draft { start, from, clock: draft.clock, rule: PART.card.id, ..day };
        }
        return Some(draft);
    }
    let (part, found) = day_part(r, l, i + middle)?;
    let from = if middle == 1 { r.span(i, i + 1).start } else { atom::start(r, &found) };
    let day = any_day(r, l, found.end).filter(|d| d.start == found.end && r.same_line(found.end))?;
    let end = day.end.max(following_day(r, l, &day).filter(|_| part.half == Half::Night).unwrap_or(0));
    Some(Draft { start: i, end, from, part: Some(part.code), rule: PART.card.id, ..day })
}

/// «ليل السبت الأحد»: the token behind the weekday that follows `day`'s.
fn following_day(r: &Reading<'_>, l: &Lists, day: &Draft) -> Option<usize> {
    let Value::Weekday { day: first, .. } = day.value else { return None };
    let at = day.end + usize::from(r.is(day.end, &["-", "/", "–", "الي"]));
    let (second, bare, found) = l.weekday(r, at).filter(|_| r.same_line(day.end))?;
    (!bare && second == first % 7 + 1).then_some(found.end)
}

/// The day at token `i`, however it is said.
pub(super) fn any_day(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let start = r.token(i)?.span().start;
    let rules =
        [day::WEEKDAY.at, day::DEICTIC.at, numeric::NUMERIC.at, named::DAY.at, named::DAY_OF_MONTH.at];
    let found = rules.iter().filter_map(|rule| rule(r, l, i)).filter(|d| d.from == start);
    found.filter(|d| !d.weak && d.part.is_none()).max_by_key(|d| d.end)
}

/// Takes the clock time or the adverb that stands right behind a day into it.
pub(super) fn extend(r: &Reading<'_>, l: &Lists, mut draft: Draft) -> Draft {
    if !draft.is_day() || draft.clock.is_some() || !r.same_line(draft.end) {
        return draft;
    }
    if let Some((clock, end)) = iso_time(r, draft.end) {
        draft.clock = Some(clock);
        draft.end = end;
        return draft;
    }
    let comma = usize::from(r.is(draft.end, &["،", ","]));
    if let Some(time) = read(r, l, draft.end + comma).filter(|t| t.colon && !t.named) {
        draft.end = time.end;
        draft.part = time.part;
        draft.clock = Some(time.clock);
    } else if let Some((part, end)) = adverb(r, l, draft.end, false).filter(|_| draft.part.is_none()) {
        // «بعد الظهر» and the like stay with what follows them.
        if !r.is(draft.end, &["من", "في"]) {
            draft.part = Some(part.code);
            draft.end = end;
        }
    }
    draft
}

/// «T10:30» glued to the day before it.
fn iso_time(r: &Reading<'_>, i: usize) -> Option<(Clock, usize)> {
    let hour = r.folded(i).strip_prefix('t').filter(|_| r.glued(i))?;
    let hour = hour.parse().ok().filter(|h| *h < 24 && hour.len() == 2)?;
    let two = |at: usize| atom::run(r, at).filter(|w| r.glued(at) && w.digits == 2 && w.value < 60);
    let minute = two(i + 2).filter(|_| r.is(i + 1, &[":"]))?;
    let mut clock = Clock { hour, minute: u8::try_from(minute.value).ok()?, ..Clock::default() };
    let mut end = minute.end;
    if let Some(second) = two(end + 1).filter(|_| r.is(end, &[":"]) && r.glued(end)) {
        clock.second = u8::try_from(second.value).ok();
        end = second.end;
    }
    if r.is(end, &["z"]) && r.glued(end) {
        clock.zone = "Z";
        end += 1;
    }
    Some((clock, end))
}
