//! Feasts and fixed days: how a list tells their day, and the day of those that
//! move in a given year.
//!
//! Hijri feasts are days of their calendar and stand in [`Feast::Fixed`].

use icu_calendar::types::Month;
use icu_calendar::{Date as IcuDate, Iso};
use jiff::civil::{Date, Weekday};

use super::Calendar;
use super::calendar::{self, Unit};

/// A feast or fixed day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day of a calendar.
    Fixed(Calendar, u8, u8),
    /// Month and day of the Hebrew calendar; months by their codes, Tishri is 1.
    Hebrew(u8, u8),
    /// The nth weekday of a month: month, n, ISO number of the weekday.
    Nth(u8, i8, u8),
    /// So many days after Western Easter.
    Easter(i32),
    /// So many days after Eastern Easter.
    Pascha(i32),
}

impl Feast {
    /// Reads the cells of a list: `12-25`, `11:4:4`, `easter-2`, `pascha+1`.
    pub(super) fn read(calendar: &str, cell: &str) -> Self {
        let days = |text: &str| text.trim_start_matches('+').parse().unwrap_or(0);
        if let Some(rest) = cell.strip_prefix("easter") {
            return Self::Easter(days(rest));
        }
        if let Some(rest) = cell.strip_prefix("pascha") {
            return Self::Pascha(days(rest));
        }
        let numbers: Vec<u8> = cell.split(['-', ':']).filter_map(|n| n.parse().ok()).collect();
        match (&numbers[..], calendar) {
            (&[month, nth, weekday], _) => Self::Nth(month, i8::try_from(nth).unwrap_or(1), weekday),
            (&[month, day], "hebrew") => Self::Hebrew(month, day),
            (&[month, day], "hijri") => Self::Fixed(Calendar::Hijri, month, day),
            (&[month, day], _) => Self::Fixed(Calendar::Gregorian, month, day),
            _ => Self::Fixed(Calendar::Gregorian, 1, 1),
        }
    }

    /// The feast so many days later, where its calendar tells one («ثاني أيام العيد»).
    pub(super) fn later(self, days: u8) -> Option<Self> {
        Some(match self {
            Self::Fixed(calendar, month, day) if day + days <= 28 => Self::Fixed(calendar, month, day + days),
            Self::Hebrew(month, day) if day + days <= 28 => Self::Hebrew(month, day + days),
            Self::Easter(from) => Self::Easter(from + i32::from(days)),
            Self::Pascha(from) => Self::Pascha(from + i32::from(days)),
            _ => return None,
        })
    }

    /// The day of a feast that moves in the Gregorian year `y`.
    pub(super) fn moving(self, y: i32) -> Option<Date> {
        let after = |day: Date, days: i32| {
            calendar::step(day.at(0, 0, 0, 0), Unit::Day, days.into()).map(jiff::civil::DateTime::date)
        };
        match self {
            Self::Fixed(..) => None,
            Self::Hebrew(month, day) => hebrew(y, month, day),
            Self::Nth(month, nth, weekday) => {
                let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
                calendar::date(y, month, 1)?.nth_weekday_of_month(nth, weekday).ok()
            }
            Self::Easter(days) => after(easter(y)?, days),
            Self::Pascha(days) => after(pascha(y)?, days),
        }
    }
}

/// The day of the Hebrew calendar that lies in the Gregorian year `y`.
fn hebrew(y: i32, month: u8, day: u8) -> Option<Date> {
    /// Years of the Hebrew count before the Gregorian year 1.
    const BEFORE: i32 = 3760;
    [y.checked_add(BEFORE)?, y.checked_add(BEFORE + 1)?].into_iter().find_map(|year| {
        let iso = IcuDate::try_new_hebrew_v2(year, Month::new(month), day).ok()?.to_calendar(Iso);
        let at = calendar::date(iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0)?;
        (i32::from(at.year()) == y).then_some(at)
    })
}

/// Western Easter Sunday (Meeus).
#[expect(clippy::many_single_char_names, reason = "the letters are the algorithm's own")]
fn easter(y: i32) -> Option<Date> {
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15).rem_euclid(30);
    let m = (a + 11 * h) / 319;
    let l = (2 * (b % 4) + 2 * (c / 4) - c % 4 - h + m + 32).rem_euclid(7);
    let month = (h - m + l + 90) / 25;
    let day = (h - m + l + month + 19) % 32;
    calendar::date(y, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Eastern Easter Sunday (Meeus, from the Julian calendar).
#[expect(clippy::many_single_char_names, reason = "the letters are the algorithm's own")]
fn pascha(y: i32) -> Option<Date> {
    let (a, b, c) = (y.rem_euclid(4), y.rem_euclid(7), y.rem_euclid(19));
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    let julian = calendar::date(y, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    // Days by which the Julian calendar is behind.
    let behind = y.div_euclid(100) - y.div_euclid(400) - 2;
    calendar::step(julian.at(0, 0, 0, 0), Unit::Day, behind.into()).map(jiff::civil::DateTime::date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_move() {
        let day = |calendar: &str, cell: &str, y: i32| {
            Feast::read(calendar, cell).moving(y).map(calendar::day).unwrap_or_default()
        };
        assert_eq!(day("gregorian", "easter+0", 2013), "2013-03-31");
        assert_eq!(day("gregorian", "easter-2", 2024), "2024-03-29");
        assert_eq!(day("gregorian", "pascha+0", 2024), "2024-05-05");
        assert_eq!(day("gregorian", "pascha+1", 2025), "2025-04-21");
        assert_eq!(day("gregorian", "11:4:4", 2023), "2023-11-23");
        assert_eq!(day("hebrew", "01-10", 1973), "1973-10-06");
        assert_eq!(day("hebrew", "07-15", 2024), "2024-04-23");
        assert_eq!(day("hebrew", "06-14", 2024), "2024-03-24");
        assert_eq!(Feast::Easter(0).moving(i32::MAX), None);
        assert_eq!(Feast::Hebrew(1, 1).moving(i32::MAX), None);
    }
}
