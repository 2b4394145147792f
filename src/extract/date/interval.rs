//! Intervals whose two ends share a month, a year or a head word.

use super::atom;
use super::value::{Draft, Value, YearRef};
use super::words::Lists;
use super::{RuleOf, STARTS, named};
use crate::extract::{Card, Reading, Rule};

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
        ],
        no: &["بين 5 و11 شخصا", "من 12 أبريل 2023 إلى 3 مايو 2024"],
    },
    starts: STARTS,
    digits: true,
    at: interval,
};

/// Heads of two days, months or years.
const HEADS: [&str; 14] = [
    "يومي",
    "عامي",
    "سنتي",
    "شهري",
    "اعوام",
    "سنوات",
    "ايام",
    "شهور",
    "اشهر",
    "ليلتي",
    "الاعوام",
    "السنوات",
    "اليومين",
    "العامين",
];

fn interval(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let word = r.folded(i);
    let stem = word.strip_prefix(['و', 'ف', 'ل', 'ب']).filter(|s| HEADS.contains(s)).unwrap_or(word);
    let headed = HEADS.contains(&stem);
    let at = i + usize::from(headed);
    let mut draft = days(r, l, at, headed)
        .or_else(|| month_days(r, l, at))
        .or_else(|| months(r, l, at, headed))
        .or_else(|| years(r, at, headed || is_between(r, i)))
        .or_else(|| dates(r, l, at))
        .or_else(|| weekdays(r, l, at, headed))?;
    if headed {
        draft.start = i;
        draft.from = r.start_after(i, word.len() - stem.len());
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
    // «14 و15 و16 أكتوبر»
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
    let shared = headed || !matches!(year, YearRef::Unsaid) || is_between(r, i);
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

/// «عامي 2015 و2018», «بين 2018 و2020».
fn years(r: &Reading<'_>, i: usize, headed: bool) -> Option<Draft> {
    let first = atom::digits(r, i).filter(|w| headed && w.digits == 4 && (1000..=2999).contains(&w.value))?;
    let second = joint(r, first.end)?;
    let last =
        atom::digits(r, second).filter(|w| w.digits == 4 && (first.value + 1..=2999).contains(&w.value))?;
    let value = |w: atom::Whole| Value::date(YearRef::Said(i32::try_from(w.value).unwrap_or(0)), None, None);
    let to = Draft::new(second, last.end, last.from, value(last));
    Some(both(value(first), to, i, first.from))
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
