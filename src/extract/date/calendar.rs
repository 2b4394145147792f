//! Arithmetic of calendars: units and lengths of time, points of the calendar
//! with their EDTF and TIMEX3 values and their first and last day, Hijri dates.
//!
//! Knows no words and no document.

use icu_calendar::cal::Hijri;
use icu_calendar::{Date as IcuDate, Iso};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use rust_decimal::Decimal;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// One amount of a length: a number of units, or `None` where it is vague.
pub(super) type Amount = (Unit, Option<Decimal>);

/// A length of time.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Length {
    /// Amounts, each unit at most once.
    pub amounts: Vec<Amount>,
}

impl Length {
    /// So many of one unit.
    pub(super) fn of(unit: Unit, count: Decimal) -> Self {
        Self { amounts: vec![(unit, Some(count))] }
    }

    /// Some of one unit, nobody says how many.
    pub(super) fn vague(unit: Unit) -> Self {
        Self { amounts: vec![(unit, None)] }
    }

    /// Adds an amount to what is there.
    pub(super) fn add(&mut self, unit: Unit, count: Decimal) {
        match self.amounts.iter_mut().find(|(u, _)| *u == unit) {
            Some((_, Some(sum))) => *sum = sum.saturating_add(count),
            Some(_) => {}
            None => self.amounts.push((unit, Some(count))),
        }
    }

    /// ISO 8601, with `X` for a number that is not said.
    pub(super) fn iso(&self) -> String {
        let write = |units: &[(Unit, char)]| {
            let parts = units.iter().filter_map(|&(unit, letter)| {
                let (_, count) = self.amounts.iter().find(|(u, _)| *u == unit)?;
                Some(count.map_or(format!("X{letter}"), |n| format!("{}{letter}", n.normalize())))
            });
            parts.collect::<String>()
        };
        let days = write(&[(Unit::Year, 'Y'), (Unit::Month, 'M'), (Unit::Week, 'W'), (Unit::Day, 'D')]);
        let time = write(&[(Unit::Hour, 'H'), (Unit::Minute, 'M'), (Unit::Second, 'S')]);
        if time.is_empty() { format!("P{days}") } else { format!("P{days}T{time}") }
    }

    /// The finest unit in it.
    pub(super) fn finest(&self) -> Unit {
        self.amounts.iter().map(|(unit, _)| *unit).min().unwrap_or(Unit::Day)
    }

    /// The unit in which a time so far away is told: a year and a half is months.
    pub(super) fn grain(&self) -> Unit {
        let part = self.amounts.iter().any(|(_, count)| count.is_some_and(|n| !n.fract().is_zero()));
        match self.finest() {
            Unit::Year if part => Unit::Month,
            Unit::Month if part => Unit::Day,
            unit => unit,
        }
    }

    /// `from` moved by this length, forward (1) or back (-1). `None` where the
    /// length is vague or leads out of the calendar.
    pub(super) fn shift(&self, from: DateTime, sign: i64) -> Option<DateTime> {
        let mut at = from;
        for &(unit, count) in &self.amounts {
            let count = count?;
            let whole = i64::try_from(count.trunc()).ok()?.checked_mul(sign)?;
            at = step(at, unit, whole)?;
            let rest = count.fract();
            if !rest.is_zero() {
                let (finer, of) = finer(unit)?;
                let rest = i64::try_from((rest * Decimal::from(of)).round()).ok()?;
                at = step(at, finer, rest * sign)?;
            }
        }
        Some(at)
    }
}

/// The next finer unit, and how many of it make one of `unit`.
fn finer(unit: Unit) -> Option<(Unit, i64)> {
    Some(match unit {
        Unit::Year => (Unit::Month, 12),
        Unit::Month => (Unit::Day, 30),
        Unit::Week => (Unit::Day, 7),
        Unit::Day => (Unit::Hour, 24),
        Unit::Hour => (Unit::Minute, 60),
        Unit::Minute => (Unit::Second, 60),
        Unit::Second => return None,
    })
}

/// `from` moved by `count` units.
pub(super) fn step(from: DateTime, unit: Unit, count: i64) -> Option<DateTime> {
    /// More of any unit than the calendar holds.
    const LIMIT: i64 = 20_000 * 366 * 86_400;
    if count.abs() > LIMIT {
        return None;
    }
    let span = jiff::Span::new();
    let span = match unit {
        Unit::Second => span.try_seconds(count),
        Unit::Minute => span.try_minutes(count),
        Unit::Hour => span.try_hours(count),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
    };
    from.checked_add(span.ok()?).ok()
}

/// A resolved time of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// A year; 0 is 1 BC.
    Year(i32),
    Month(i32, u8),
    Day(Date),
    /// ISO year and week.
    Week(i32, u8),
    /// A part of a year in EDTF's codes: seasons 21-24, quarters 33-36, halves 40-41.
    Section(i32, u8),
    /// The decade that begins with this year divided by ten.
    Decade(i32),
    /// Years that begin with these hundreds; -1 is the first century before Christ.
    Century(i32),
    /// Years that begin with these thousands; -1 is the first millennium before Christ.
    Millennium(i32),
    /// A day with a clock time, to the second if `true`.
    Moment(DateTime, bool),
    /// From the first to the last day.
    Days(Date, Date),
    Months((i32, u8), (i32, u8)),
    Years(i32, i32),
    Decades(i32, i32),
    Centuries(i32, i32),
    /// From the first to the last day of years of another calendar, told by the years they lie in.
    Turned(Date, Date),
}

impl Point {
    /// The day, if the calendar has it.
    pub(super) fn day(year: i32, month: u8, day: u8) -> Option<Self> {
        date(year, month, day).map(Self::Day)
    }

    /// The EDTF value; ISO 8601 for weeks.
    pub(super) fn edtf(&self) -> String {
        match *self {
            Self::Year(y) => year(y),
            Self::Month(y, m) => month_of(y, m),
            Self::Day(d) => day(d),
            Self::Week(y, w) => format!("{}-W{w:02}", year(y)),
            Self::Section(y, code) => format!("{}-{code}", year(y)),
            Self::Decade(d) => format!("{d:03}X"),
            Self::Century(c) => century(c),
            Self::Millennium(m) if m < 0 => format!("-{}XXX", -m - 1),
            Self::Millennium(m) => format!("{m}XXX"),
            Self::Decades(a, b) => format!("{a:03}X/{b:03}X"),
            Self::Centuries(a, b) => format!("{}/{}", century(a), century(b)),
            Self::Turned(a, b) => format!("{}/{}", year(a.year().into()), year(b.year().into())),
            Self::Moment(at, seconds) => moment(at, seconds),
            Self::Days(a, b) => format!("{}/{}", day(a), day(b)),
            Self::Months((y, m), (z, n)) => format!("{}-{m:02}/{}-{n:02}", year(y), year(z)),
            Self::Years(a, b) => format!("{}/{}", year(a), year(b)),
        }
    }

    /// The TIMEX3 value.
    pub(super) fn timex(&self) -> String {
        match *self {
            Self::Section(y, code) => format!("{}-{}", year(y), section(code)),
            Self::Decade(d) => format!("{d:03}"),
            Self::Century(c) if c >= 0 => format!("{c:02}"),
            Self::Millennium(m) if m >= 0 => m.to_string(),
            _ => self.edtf(),
        }
    }

    /// First and last day.
    pub(super) fn bounds(&self) -> Option<(Date, Date)> {
        match *self {
            Self::Year(y) => Some((date(y, 1, 1)?, date(y, 12, 31)?)),
            Self::Month(y, m) => month(y, m),
            Self::Day(d) => Some((d, d)),
            Self::Week(y, w) => week(y, w),
            Self::Section(y, code) => section_bounds(y, code),
            Self::Decade(d) => years_of(d, 10),
            Self::Century(c) => years_of(c, 100),
            Self::Millennium(m) => years_of(m, 1000),
            Self::Decades(a, b) => Some((years_of(a, 10)?.0, years_of(b, 10)?.1)),
            Self::Centuries(a, b) => Some((years_of(a, 100)?.0, years_of(b, 100)?.1)),
            Self::Moment(at, _) => Some((at.date(), at.date())),
            Self::Days(a, b) | Self::Turned(a, b) => Some((a, b)),
            Self::Months((y, m), (z, n)) => Some((month(y, m)?.0, month(z, n)?.1)),
            Self::Years(a, b) => Some((date(a, 1, 1)?, date(b, 12, 31)?)),
        }
    }

    /// The interval from this point to `to`, in the coarser grain of the two.
    pub(super) fn until(self, to: Self) -> Option<Self> {
        match (self, to) {
            (Self::Year(a), Self::Year(b)) => Some(Self::Years(a, b)),
            (Self::Month(y, m), Self::Month(z, n)) => Some(Self::Months((y, m), (z, n))),
            (Self::Decade(a), Self::Decade(b)) => Some(Self::Decades(a, b)),
            (Self::Century(a), Self::Century(b)) => Some(Self::Centuries(a, b)),
            (Self::Turned(a, _), Self::Turned(_, b)) => Some(Self::Turned(a, b)),
            _ => Some(Self::Days(self.bounds()?.0, to.bounds()?.1)),
        }
    }
}

/// First and last day of the years that begin with these digits; before Christ
/// they count down.
fn years_of(digits: i32, size: i32) -> Option<(Date, Date)> {
    let base = digits.checked_mul(size)?;
    // The first century before Christ is 100 to 1 BC, in astronomers' years -99 to 0.
    let (first, last) = if digits < 0 { (base + 1, base + size) } else { (base, base + size - 1) };
    Some((date(first, 1, 1)?, date(last, 12, 31)?))
}

/// EDTF of a century.
fn century(c: i32) -> String {
    if c < 0 { format!("-{:02}XX", -c - 1) } else { format!("{c:02}XX") }
}

/// A day of the proleptic Gregorian calendar, if there is one.
pub(super) fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    let month = i8::try_from(month).ok()?;
    Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()
}

/// `y` in four digits, with a sign before Christ.
pub(super) fn year(y: i32) -> String {
    let mut text = String::with_capacity("2024-03-22".len());
    if y < 0 {
        text.push('-');
    }
    digits(y.unsigned_abs(), 4, &mut text);
    text
}

/// ISO 8601 form of a day.
pub(super) fn day(d: Date) -> String {
    let mut text = year(d.year().into());
    for part in [d.month(), d.day()] {
        text.push('-');
        digits(part.unsigned_abs().into(), 2, &mut text);
    }
    text
}

/// Appends `n` in at least `width` digits: dates are written far more often than
/// anything else here, and without the machinery of formats.
pub(super) fn digits(n: u32, width: u32, text: &mut String) {
    for place in (0..10).rev().filter(|place| *place < width || n >= 10_u32.pow(*place)) {
        let digit = n / 10_u32.pow(place) % 10;
        text.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

fn moment(at: DateTime, seconds: bool) -> String {
    let minutes = format!("{}T{:02}:{:02}", day(at.date()), at.hour(), at.minute());
    if seconds { format!("{minutes}:{:02}", at.second()) } else { minutes }
}

/// TIMEX3's name of an EDTF section of a year.
pub(super) fn section(code: u8) -> &'static str {
    match code {
        21 => "SP",
        22 => "SU",
        23 => "FA",
        24 => "WI",
        33 => "Q1",
        34 => "Q2",
        35 => "Q3",
        36 => "Q4",
        40 => "H1",
        _ => "H2",
    }
}

/// Months of a section; a winter runs into the next year.
fn section_bounds(y: i32, code: u8) -> Option<(Date, Date)> {
    let (first, count) = match code {
        21 => (3, 3),
        22 => (6, 3),
        23 => (9, 3),
        24 => (12, 3),
        33..=36 => ((code - 33) * 3 + 1, 3),
        40 => (1, 6),
        _ => (7, 6),
    };
    let last = first + count - 1;
    let end = if last > 12 { month(y + 1, last - 12)? } else { month(y, last)? };
    Some((date(y, first, 1)?, end.1))
}

/// First and last day of a month.
pub(super) fn month(y: i32, m: u8) -> Option<(Date, Date)> {
    let first = date(y, m, 1)?;
    Some((first, first.last_of_month()))
}

/// Monday and Sunday of an ISO week.
fn week(y: i32, w: u8) -> Option<(Date, Date)> {
    let monday = ISOWeekDate::new(i16::try_from(y).ok()?, i8::try_from(w).ok()?, Weekday::Monday).ok()?;
    let monday = monday.date();
    Some((monday, monday.checked_add(6.days()).ok()?))
}

/// ISO 8601 form of a month.
fn month_of(y: i32, m: u8) -> String {
    let mut text = year(y);
    text.push('-');
    digits(m.into(), 2, &mut text);
    text
}

/// The ISO week that holds `d`.
pub(super) fn week_of(d: Date) -> Point {
    let week = d.iso_week_date();
    Point::Week(week.year().into(), week.week().unsigned_abs())
}

/// ISO number of a day's weekday, Monday is 1.
pub(super) fn weekday(d: Date) -> u8 {
    d.weekday().to_monday_one_offset().unsigned_abs()
}

/// Hijri years that the Umm al-Qura table covers.
pub(super) const TABLE: std::ops::RangeInclusive<i32> = 1300..=1600;

/// The Gregorian day of a Hijri day; outside [`TABLE`] it is an approximation.
pub(super) fn from_hijri(year: i32, month: u8, day: u8) -> Option<Date> {
    if !(1..=3000).contains(&year) {
        return None;
    }
    let hijri = IcuDate::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura()).ok()?;
    let iso = hijri.to_calendar(Iso);
    date(iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0)
}

/// Year, month and day of the Hijri calendar.
pub(super) fn to_hijri(d: Date) -> Option<(i32, u8, u8)> {
    let iso = IcuDate::try_new_iso(d.year().into(), d.month().unsigned_abs(), d.day().unsigned_abs()).ok()?;
    let hijri = iso.to_calendar(Hijri::new_umm_al_qura());
    Some((hijri.year().extended_year(), hijri.month().ordinal, hijri.day_of_month().0))
}

/// First and last Gregorian day of a Hijri month.
pub(super) fn hijri_month(year: i32, month: u8) -> Option<(Date, Date)> {
    let first = from_hijri(year, month, 1)?;
    let next = if month == 12 { from_hijri(year + 1, 1, 1)? } else { from_hijri(year, month + 1, 1)? };
    Some((first, next.yesterday().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hijri_days_convert_by_umm_al_qura() {
        assert_eq!(from_hijri(1445, 9, 12), date(2024, 3, 22));
        assert_eq!(from_hijri(1420, 11, 23), date(2000, 2, 29));
        assert_eq!(to_hijri(date(2013, 10, 15).expect("a day")), Some((1434, 12, 10)));
        assert_eq!(from_hijri(1445, 13, 1), None);
        assert_eq!(from_hijri(0, 1, 1), None);
        assert_eq!(from_hijri(i32::MAX, 1, 1), None);
    }

    #[test]
    fn points_write_their_codes_and_bounds() {
        let bounds = |point: Point| point.bounds().map(|(a, b)| (day(a), day(b)));
        assert_eq!(Point::Section(2024, 35).edtf(), "2024-35");
        assert_eq!(Point::Section(2024, 35).timex(), "2024-Q3");
        assert_eq!(bounds(Point::Section(2024, 35)), Some(("2024-07-01".into(), "2024-09-30".into())));
        assert_eq!(bounds(Point::Section(2024, 24)), Some(("2024-12-01".into(), "2025-02-28".into())));
        assert_eq!(Point::Decade(199).edtf(), "199X");
        assert_eq!(Point::Century(18).edtf(), "18XX");
        assert_eq!(Point::Century(-9).edtf(), "-08XX");
        assert_eq!(bounds(Point::Century(-1)), Some(("-0099-01-01".into(), "0000-12-31".into())));
        assert_eq!(Point::Millennium(-3).edtf(), "-2XXX");
        assert_eq!(Point::Year(-3299).edtf(), "-3299");
        assert_eq!(bounds(Point::Week(2021, 2)), Some(("2021-01-11".into(), "2021-01-17".into())));
        assert_eq!(Point::day(2023, 2, 30), None);
        assert_eq!(Point::Year(i32::MAX).bounds(), None);
        assert_eq!(Point::Decade(i32::MAX).bounds(), None);
    }

    #[test]
    fn lengths_are_iso_and_shift_a_moment() {
        let mut length = Length::of(Unit::Month, Decimal::from(2));
        length.add(Unit::Day, Decimal::from(5));
        assert_eq!(length.iso(), "P2M5D");
        assert_eq!(Length::of(Unit::Hour, Decimal::new(25, 1)).iso(), "PT2.5H");
        assert_eq!(Length::vague(Unit::Day).iso(), "PXD");
        let from = date(2024, 3, 31).expect("a day").at(0, 0, 0, 0);
        let back = Length::of(Unit::Month, Decimal::ONE).shift(from, -1).map(|at| day(at.date()));
        assert_eq!(back.as_deref(), Some("2024-02-29"));
        assert_eq!(Length::of(Unit::Year, Decimal::MAX).shift(from, -1), None);
    }
}
