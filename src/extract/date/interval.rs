//! Intervals whose two ends share a month, a year or a head word.

use super::atom::{self, Era};
use super::value::{Draft, Value, YearRef};
use super::words::Lists;
use super::{Calendar, RuleOf, named, year};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};

/// Two ends that share a tail or a head.
pub(super) const INTERVAL: RuleOf = Rule {
    card: Card {
        id: "date/interval",
        about: "Two days, months or years that share a month, a year or a head word.",
        yes: &[
            "من [5 إلى 9 نيسان 2024] => 2024-04-05/2024-04-09",
            "أُقرّت بين [عامي 2015 و2018] => 2015/2018",
            "خلال [شهري جانفي وفيفري 2016] => 2016-01/2016-02",
            "تُقفل الطرق الجبلية [يومي 8 و9 كانون الثاني 2026] => 2026-01-08/2026-01-09",
            "ازدهرت في [القرنين الثاني عشر والثالث عشر الميلاديين] => 11XX/12XX",
            "عاش في عهد الوالي ([210-217هـ]) => 0825/0833",
        ],
        no: &["بين 5 و11 شخصا", "من 12 أبريل 2023 إلى 3 مايو 2024", "بين نيسان وحزيران"],
    },
    starts: Bits::of(&[List::Month, List::DateOpener, List::PeriodWord]),
    digits: true,
    at: interval,
};

fn interval(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let head = l.head(r, i);
    let at = head.map_or(i, |found| found.end);
    let headed = head.is_some();
    let mut draft = days(r, l, at, headed)
        .or_else(|| month_days(r, l, at))
        .or_else(|| months(r, l, at, headed))
        .or_else(|| years(r, at, headed || is_between(r, i)))
        .or_else(|| dates(r, l, at))
        .or_else(|| weekdays(r, l, at, headed))
        .or_else(|| centuries(r, l, at, headed))?;
    if let Some(found) = head {
        draft.start = i;
        draft.from = atom::start(r, &found);
    }
    Some(draft.by(INTERVAL.card.id))
}

fn is_between(r: &Reading<'_>, i: usize) -> bool {
    i > 0 && r.same_line(i) && r.is(i - 1, &["بين", "وبين", "مابين"])
}

/// What joins two ends at token `i`: the token behind, where the second begins.
fn joint(r: &Reading<'_>, i: usize) -> Option<usize> {
    if !r.same_line(i) {
        return None;
    }
    r.is(i, &["و", "الي", "حتي", "-", "–", "—", "وحتي", "والي", "ل"]).then_some(i + 1)
}

fn both(from: Value, to: Draft, start: usize, first: usize) -> Draft {
    let end = to.end;
    Draft::new(start, end, first, Value::Interval(Box::new(from), Box::new(to.value)))
}

/// «5 إلى 9 نيسان»; behind a head also weekdays before the days.
fn days(r: &Reading<'_>, l: &Lists, i: usize, headed: bool) -> Option<Draft> {
    let mut at = i;
    if headed && let Some((_, _, first)) = l.weekday(r, at) {
        let (_, _, second) = l.weekday(r, first.end)?;
        at = second.end;
    }
    let first = atom::run(r, at).filter(|w| w.digits <= 2 && (1..=31).contains(&w.value));
    let first = first.or_else(|| atom::day(r, at).map(|(_, whole)| whole))?;
    let mut second = joint(r, first.end)?;
    // «3 و4 و5 آذار»
    while let Some(next) =
        atom::run(r, second).and_then(|w| joint(r, w.end)).filter(|_| r.is(second - 1, &["و"]))
    {
        second = next;
    }
    let to = day_behind(r, l, second).filter(|d| !d.weak)?;
    let Value::Date { calendar, year, month, day: Some(last) } = to.value else { return None };
    let day = u8::try_from(first.value).ok()?;
    let minus = r.is(first.end, &["-"]) && day >= last;
    if minus || r.glued(at) && at > 0 && r.is(at - 1, &["-", "/", "."]) {
        return None;
    }
    let from = Value::Date { calendar, year, month, day: Some(day) };
    let start = if at > i { r.span(i, i + 1).start } else { first.from };
    Some(both(from, to, i, start))
}

/// «تموز 13 إلى 15».
fn month_days(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let read = atom::month(r, l, i)?;
    let day = |at: usize| atom::run(r, at).filter(|w| w.digits <= 2 && (1..=31).contains(&w.value));
    let first = day(read.end).filter(|_| r.same_line(read.end))?;
    let last = day(joint(r, first.end)?).filter(|last| last.value > first.value)?;
    // «تموز 13 إلى 15 آب» ends in another month.
    if atom::month(r, l, last.end).is_some() || r.is(first.end, &["و", "ل"]) {
        return None;
    }
    let year = atom::year_behind(r, l, last.end);
    let (year, end) = year.map_or((YearRef::Unsaid, last.end), |y| (y.year, y.end));
    let value = |w: atom::Whole| Value::Date {
        calendar: read.month.calendar,
        year,
        month: Some(read.month.number),
        day: u8::try_from(w.value).ok(),
    };
    Some(both(value(first), Draft::new(i, end, read.from, value(last)), i, read.from))
}

/// A day and month at token `i`, also where a dash glues it to the day before.
fn day_behind(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(draft) = named::day_month(r, l, i) {
        return Some(draft);
    }
    let day = atom::run(r, i).filter(|w| w.digits <= 2 && (1..=31).contains(&w.value))?;
    let at = day.end + usize::from(r.is(day.end, &["من"]));
    let month = atom::month(r, l, at).filter(|_| r.same_line(at))?;
    let year = atom::year_behind(r, l, month.end);
    let (year, end) = year.map_or((YearRef::Unsaid, month.end), |y| (y.year, y.end));
    let number = Some(month.month.number);
    let value = Value::Date {
        calendar: month.month.calendar,
        year,
        month: number,
        day: u8::try_from(day.value).ok(),
    };
    Some(Draft::new(i, end, day.from, value))
}

/// «جانفي وفيفري 2016».
fn months(r: &Reading<'_>, l: &Lists, i: usize, headed: bool) -> Option<Draft> {
    let first = atom::month(r, l, i)?;
    let mut end = first.end;
    // «جانفي، فيفري ومارس»
    while let Some(next) = atom::month(r, l, end + 1).filter(|_| headed && r.is(end, &["،", ","])) {
        end = next.end;
    }
    let loose = joint(r, end);
    let second = loose.unwrap_or(end);
    if loose.is_none() && !r.folded(second).starts_with('و') || !r.same_line(second) {
        return None;
    }
    let to = named::month(r, l, second)?;
    let Value::Date { calendar, year, month: Some(number), .. } = to.value else { return None };
    // «بين حزيران وآب» says two months, each of them whole.
    let shared = headed || !matches!(year, YearRef::Unsaid);
    if !shared || first.month.calendar != calendar || first.month.number == number {
        return None;
    }
    let from = match year {
        // «بين ديسمبر ومارس 2024» begins the year before.
        YearRef::Said(y) if first.month.number > number => YearRef::Said(y - 1),
        other => other,
    };
    let from = Value::Date { calendar, year: from, month: Some(first.month.number), day: None };
    Some(both(from, to, i, first.from))
}

/// «عامي 2015 و2018», «بين 2018 و2020», «648-655هـ».
fn years(r: &Reading<'_>, i: usize, headed: bool) -> Option<Draft> {
    let first = atom::run(r, i).filter(|w| (3..=4).contains(&w.digits) && (100..=2999).contains(&w.value))?;
    let joint = joint(r, first.end)?;
    let last =
        atom::run(r, joint).filter(|w| w.digits >= 3 && (first.value + 1..=2999).contains(&w.value))?;
    let (era, end) = atom::era(r, last.end);
    let calendar = if era == Some(Era::Hijri) { Calendar::Hijri } else { Calendar::Gregorian };
    let four = headed && first.digits == 4 && last.digits == 4;
    if !(four || matches!(era, Some(Era::Hijri | Era::Christian)))
        || atom::digits(r, i).is_none() && era.is_none()
    {
        return None;
    }
    let value = |w: atom::Whole| Value::Date {
        calendar,
        year: YearRef::Said(i32::try_from(w.value).unwrap_or(0)),
        month: None,
        day: None,
    };
    let to = Draft::new(joint, end, last.from, value(last));
    Some(both(value(first), to, i, first.from))
}

/// «القرنين الثامن عشر والتاسع عشر», «ستينيات وسبعينيات القرن الماضي».
fn centuries(r: &Reading<'_>, l: &Lists, i: usize, headed: bool) -> Option<Draft> {
    if let Some((first, found)) = l.decade(r, i) {
        let second = found.end + usize::from(joint(r, found.end).is_some());
        let (last, next) = l.decade(r, second).filter(|(last, f)| *last > first && r.same_line(f.start))?;
        let (hundreds, end) = year::hundreds(r, l, next.end).unwrap_or((19, next.end));
        let value = |tens: u8| Some(Value::Decade(hundreds.checked_mul(10)?.checked_add(i32::from(tens))?));
        return Some(both(
            value(first)?,
            Draft::new(second, end, 0, value(last)?),
            i,
            atom::start(r, &found),
        ));
    }
    let nth = |at: usize| atom::spelled(r, at).filter(|n| n.ordinal && (1..=30).contains(&n.value));
    let first = nth(i).filter(|_| headed && r.same_line(i))?;
    let second = first.end + usize::from(r.is(first.end, &["و"]));
    let last = nth(second).filter(|last| last.value > first.value)?;
    let (era, end) = atom::era(r, last.end);
    let value = |n: atom::Whole| Some(year::century_of(i32::try_from(n.value).ok()?, era));
    Some(both(value(first)?, Draft::new(second, end, 0, value(last)?), i, first.from))
}

/// «24 تشرين الثاني إلى 1 كانون الأول 2023»: the year is shared.
fn dates(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let first = named::day_month(r, l, i)?;
    let Value::Date { calendar, year: YearRef::Unsaid, month, day } = first.value else { return None };
    let second = joint(r, first.end)?;
    let to = named::day_month(r, l, second)?;
    let Value::Date { year: YearRef::Said(y), month: last, .. } = to.value else { return None };
    let year = YearRef::Said(if month > last { y - 1 } else { y });
    Some(both(Value::Date { calendar, year, month, day }, to, i, first.from))
}

/// «يومي الجمعة والسبت».
fn weekdays(r: &Reading<'_>, l: &Lists, i: usize, headed: bool) -> Option<Draft> {
    let (first, _, found) = l.weekday(r, i).filter(|_| headed)?;
    let (last, _, second) = l.weekday(r, found.end)?;
    let (toward, end) = atom::toward(r, l, second.end)
        .or_else(|| {
            r.is(second.end, &["الماضيين", "المقبلين"]).then_some((super::value::Direction::Now, second.end))
        })
        .map_or((None, second.end), |(direction, end)| (Some(direction), end));
    let value = |day| Value::Weekday { day, toward, week: None };
    let to = Draft::new(found.end, end, 0, value(last));
    Some(both(value(first), to, i, r.span(i, i + 1).start))
}
