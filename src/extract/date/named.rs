//! Dates with a month's name, in every naming: day, month and year; month and
//! year; a month alone.

use super::atom;
use super::calendar::Unit;
use super::tense::{self, Tense};
use super::value::{Direction, Draft, Value, YearRef};
use super::words::{Lists, Many};
use super::{Calendar, RuleOf};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};

/// A day, a month's name and perhaps a year.
pub(super) const DAY: RuleOf = Rule {
    card: Card {
        id: "date/day-month-year",
        about: "A day in digits or as an ordinal word, a month in any naming or both its names, and perhaps a year.",
        yes: &[
            "وصل الوفد في [13 نوفمبر/تشرين الثاني] => XXXX-11-13",
            "بدأت الهدنة في [24 تشرين الثاني (نوفمبر) 2023] => 2023-11-24",
            "افتُتح المعرض في [05 فيفري 2017] => 2017-02-05",
            "أُعلن ذلك في [12 رمضان 1445 هـ] => 2024-03-22",
        ],
        no: &["اشترى 12 بابا", "سجل 5 لاعبين"],
    },
    starts: Bits::of(&[List::DateOpener]),
    digits: true,
    at: day_month,
};

/// A month and a year, or a month alone.
pub(super) const MONTH: RuleOf = Rule {
    card: Card {
        id: "date/month",
        about: "A month's name with a year or an adjective of time, or alone where it can only be a month.",
        yes: &[
            "ارتفعت الأسعار في [نوفمبر/تشرين الثاني 2023] => 2023-11",
            "منذ [كانون الثاني 2011] => 2011-01",
            "اجتمعوا في [دجنبر الماضي] => XXXX-12",
            "يبدأ التسجيل في [مارس] => XXXX-03",
        ],
        no: &["مارس الرجل مهنته سنوات", "خرج من باب المدرسة", "قال رمضان علي للصحيفة"],
    },
    starts: Bits::of(&[List::Month, List::TimeUnit]),
    digits: false,
    at: month,
};

/// A day of this, the last or the next month.
pub(super) const DAY_OF_MONTH: RuleOf = Rule {
    card: Card {
        id: "date/day-of-month",
        about: "A day of a month that is named only by its place before or after now.",
        yes: &["ينتهي التسجيل في [15 من الشهر الجاري] => XXXX-XX-15"],
        no: &["شارك 15 من الشباب"],
    },
    starts: Bits::of(&[List::DateOpener]),
    digits: true,
    at: day_of_month,
};

/// A day, a month and perhaps a year from token `i` on.
pub(super) fn day_month(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (day, number) = atom::day(r, i)?;
    let mut at = number.end + usize::from(r.is(number.end, &["."]));
    at += usize::from(r.is(at, &["من"]) && (number.ordinal || number.digits > 0));
    if !r.same_line(at) {
        return None;
    }
    let month = atom::month(r, l, at)?;
    let glued_before = month.from > r.span(at, at + 1).start;
    if glued_before || (month.month.number == 0) {
        return None;
    }
    let dot =
        usize::from(r.is(month.end, &["."]) && atom::is_digits(r, month.end + 1) && r.is(number.end, &["."]));
    let year = atom::year_behind(r, l, month.end + dot);
    let (said, end) = year.map_or((YearRef::Unsaid, month.end), |y| (y.year, y.end));
    // «12 صفر» is a score, «خمسة رجب» a name's neighbour.
    if !month.month.sure && month.month.calendar == Calendar::Hijri && number.digits == 0 && !number.ordinal {
        return None;
    }
    let calendar = calendar_of(month.month.calendar, year);
    let value = Value::Date { calendar, year: said, month: Some(month.month.number), day: Some(day) };
    Some(Draft::new(i, end, number.from, value).by(DAY.card.id))
}

fn calendar_of(month: Calendar, year: Option<atom::YearRead>) -> Calendar {
    match year.and_then(|y| y.calendar) {
        Some(Calendar::Gregorian) if month == Calendar::Hijri => Calendar::Hijri,
        Some(said) if month == Calendar::Gregorian => said,
        _ => month,
    }
}

/// A month with what says its year, from token `i` on.
pub(super) fn month(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let read = atom::month(r, l, i)?;
    if let Some(draft) = month_day_year(r, i, &read) {
        return Some(draft);
    }
    let year = atom::year_behind(r, l, read.end);
    // «الشهر الخامس» is also the fifth month of something.
    let counted = r.folded(i).ends_with("الشهر") || r.folded(i).ends_with("للشهر");
    if counted && year.is_none() && !r.is(i.wrapping_sub(1), &["من"]) {
        return None;
    }
    let paired = read.end > i + 1 && has_second_name(r, i, read.end);
    let sure = read.month.sure || paired || year.is_some();
    let (said, end) = year.map_or((YearRef::Unsaid, read.end), |y| (y.year, y.end));
    let calendar = calendar_of(read.month.calendar, year);
    let value = Value::Date { calendar, year: said, month: Some(read.month.number), day: None };
    let mut draft = Draft::new(i, end, read.from, value).by(MONTH.card.id);
    draft.weak = !sure;
    Some(draft)
}

fn has_second_name(r: &Reading<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|i| r.is(i, &["/", "("]))
}

/// «يناير 22، 2024» at token `i`.
pub(super) fn month_first(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    month_day_year(r, i, &atom::month(r, l, i)?)
}

/// «يناير 22، 2024».
fn month_day_year(r: &Reading<'_>, i: usize, read: &atom::MonthRead) -> Option<Draft> {
    let ordinal = || atom::spelled(r, read.end).filter(|d| d.ordinal);
    let day = atom::digits(r, read.end).or_else(ordinal);
    let day = day.filter(|d| d.digits <= 2 && (1..=31).contains(&d.value) && r.same_line(read.end))?;
    let comma = usize::from(r.is(day.end, &["،", ","]));
    let year = atom::bare_year(r, day.end + comma).filter(|y| matches!(y.year, YearRef::Said(1000..=2999)));
    let (year, end) = match year {
        Some(year) => (year.year, year.end),
        None if tense::of(r, i, day.end) == Tense::Alone => (YearRef::Unsaid, day.end),
        None => return None,
    };
    let month = read.month;
    let day = u8::try_from(day.value).ok();
    let value = Value::Date { calendar: month.calendar, year, month: Some(month.number), day };
    Some(Draft::new(i, end, read.from, value).by(DAY.card.id))
}

fn day_of_month(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (day, number) = atom::day(r, i)?;
    let of = usize::from(r.is(number.end, &["من"]));
    let at = number.end + of;
    let this = usize::from(atom::is_this(r, at));
    let direct = l.adjective(r, at).filter(|(_, context, f)| !context && f.cut.clitics == 0);
    if let Some((direction, _, found)) = direct
        && (number.digits > 0 || number.ordinal)
        && r.is(i.wrapping_sub(1), &["يوم", "في"])
    {
        let value = Value::DayOfMonth { day, months: direction.sign() };
        return Some(Draft::new(i, found.end, number.from, value).by(DAY_OF_MONTH.card.id));
    }
    let (unit, found) = atom::unit(r, l, at + this)?;
    if unit.unit != Unit::Month
        || unit.many != Many::One
        || found.cut.article == 0
        || (of == 0 && number.digits == 0)
    {
        return None;
    }
    let adjective = l.adjective(r, found.end);
    let (direction, end) = match adjective {
        Some((direction, _, adjective)) => (direction, adjective.end),
        None if this == 1 => (Direction::Now, found.end),
        None => return None,
    };
    let value = Value::DayOfMonth { day, months: direction.sign() };
    Some(Draft::new(i, end, number.from, value).by(DAY_OF_MONTH.card.id))
}
