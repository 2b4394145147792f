//! Contradictions inside what a text says of its dates: a weekday that the
//! date does not fall on, a Hijri date and its Gregorian counterpart apart.

use jiff::civil::Date;

use super::calendar;
use super::{Calendar, DateMention};

/// English names of the weekdays, Monday first.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Days by which a sighted month may differ from the computed one.
const SIGHTING: i32 = 1;
/// Tokens between a date and its counterpart in the other calendar.
const NEAR: usize = 3;

/// The contradictions among `dates`, which stand in the text's order and are
/// numbered from `first`, in plain words.
pub fn contradictions(dates: &[DateMention], first: usize) -> Vec<String> {
    let mut found: Vec<String> =
        (first..).zip(dates).filter_map(|(n, date)| wrong_weekday(n, date)).collect();
    found.extend((first..).zip(dates.windows(2)).filter_map(|(n, pair)| apart(n, &pair[0], &pair[1])));
    found
}

/// The first day of the Gregorian calendar: days before it are told in the
/// Julian one, which this program does not convert, so nothing can be compared.
const GREGORIAN: Date = Date::constant(1582, 10, 15);

/// The single day that a mention says.
fn day(date: &DateMention) -> Option<Date> {
    let first = date.earliest.as_deref().filter(|_| date.earliest == date.latest)?;
    first.parse().ok().filter(|day| *day >= GREGORIAN)
}

fn wrong_weekday(number: usize, date: &DateMention) -> Option<String> {
    let said = date.weekday?;
    let falls = calendar::weekday(day(date)?);
    let name = |n: u8| WEEKDAYS[usize::from(n.clamp(1, 7)) - 1];
    let day = date.earliest.as_deref()?;
    (said != falls).then(|| format!("d{number} says {}, but {day} is a {}", name(said), name(falls)))
}

fn apart(number: usize, first: &DateMention, second: &DateMention) -> Option<String> {
    let near = second.start.saturating_sub(first.end) <= NEAR;
    let whole = |date: &DateMention| date.edtf.len() == "2024-03-22".len() && !date.relative;
    let pair =
        first.calendar != second.calendar && [first, second].iter().any(|d| d.calendar == Calendar::Hijri);
    if !near || !pair || !whole(first) || !whole(second) {
        return None;
    }
    let days = day(first)?.until(day(second)?).ok()?.get_days().abs();
    (days > SIGHTING).then(|| format!("d{number} and d{} name days {days} days apart", number + 1))
}

#[cfg(test)]
mod tests {
    use crate::extract::{Lexicons, extract};
    use crate::normalize::normalize;

    fn warnings(raw: &str) -> Vec<String> {
        super::contradictions(&extract(&normalize(raw), &Lexicons::builtin(), None).dates, 1)
    }

    #[test]
    fn contradictions_are_told() {
        assert_eq!(warnings("وصل الاثنين 20 مارس 2024"), ["d1 says Monday, but 2024-03-20 is a Wednesday"]);
        assert_eq!(warnings("وصل الأربعاء 20 مارس 2024"), Vec::<String>::new());
        assert_eq!(warnings("في 12 شعبان سنة 648هـ (9 نوفمبر 1250م)"), Vec::<String>::new());
        assert_eq!(warnings("في 12 رمضان 1445 هـ (22 مارس 2024م)"), Vec::<String>::new());
        assert_eq!(warnings("في 12 رمضان 1445 هـ (29 مارس 2024م)"), ["d1 and d2 name days 7 days apart"]);
    }
}
