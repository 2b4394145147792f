//! What an expression says before anything is filled in: values as they are
//! read, and the draft of a mention that rules make.
//!
//! Knows the calendar, not the document.

use jiff::civil::Date;

use super::calendar::{self, Length, Point, Unit, year};
pub(super) use super::words::Direction;
use super::words::Feast;
use super::{Calendar, Modifier, Relation};

/// How a year is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearRef {
    Unsaid,
    Said(i32),
    /// So many years from this one («من العام المقبل»).
    Shift(i32),
    /// So many years from the year spoken of («من العام نفسه»).
    Context(i32),
    /// The nearest on that side («شباط الماضي»).
    Toward(Direction),
    /// The one beyond the nearest on that side («شباط قبل الماضي»).
    Beyond(Direction),
}

impl YearRef {
    fn edtf(self) -> String {
        if let Self::Said(y) = self { year(y) } else { "XXXX".to_owned() }
    }
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Fields of the calendar, as far as said.
    Date { calendar: Calendar, year: YearRef, month: Option<u8>, day: Option<u8> },
    /// A weekday; on which side of now, and in which week counted from this, or
    /// how many weeks beyond the nearest on that side.
    Weekday { day: u8, toward: Option<Direction>, week: Option<i32> },
    /// A season, quarter or half in EDTF's code.
    Section { year: YearRef, code: u8 },
    /// A year divided by ten.
    Decade(i32),
    /// A year divided by a hundred.
    Century(i32),
    /// A year divided by a thousand.
    Millennium(i32),
    /// The period so many units from now, or from the time spoken of.
    Shift { unit: Unit, size: i32, count: i32, context: bool },
    /// So long before or after now, or the time spoken of.
    Away { length: Length, sign: i64, context: bool },
    /// A minute of this hour.
    MinuteOf(u8),
    /// A day of the month so many months from now.
    DayOfMonth { day: u8, months: i32 },
    /// The nth (-1: last) weekday (0: day, 8: week) of a month.
    Nth { nth: i8, weekday: u8, month: Box<Value> },
    /// A feast in a year.
    Feast(Feast, YearRef),
    /// A length of time.
    Length(Length),
    /// A length from the one to the other.
    Lengths(Length, Length),
    /// A recurring time: its period, and how often in it where said.
    Set(String, Option<u32>),
    /// Only a clock time or a part of the day.
    Clock,
    /// From the one to the other.
    Interval(Box<Value>, Box<Value>),
}

impl Value {
    /// Fields of the Gregorian calendar.
    pub(super) fn date(year: YearRef, month: Option<u8>, day: Option<u8>) -> Self {
        Self::Date { calendar: Calendar::Gregorian, year, month, day }
    }

    /// A day so many days from now.
    pub(super) fn days_away(count: i32) -> Self {
        Self::Shift { unit: Unit::Day, size: 1, count, context: false }
    }

    /// The value as the text gives it, `X` for what is not said.
    pub(super) fn edtf(&self) -> String {
        if let Some(point) = self.point() {
            return point.edtf();
        }
        match self {
            Self::Date { calendar: Calendar::Hijri, month, day, .. } => match (month, day) {
                (_, Some(_)) => "XXXX-XX-XX".to_owned(),
                (Some(_), None) => "XXXX-XX".to_owned(),
                _ => "XXXX".to_owned(),
            },
            Self::Date { year, month, day, .. } => {
                let mut text = year.edtf();
                if month.is_some() || day.is_some() {
                    text += &month.map_or("-XX".to_owned(), |m| format!("-{m:02}"));
                }
                text + &day.map_or(String::new(), |d| format!("-{d:02}"))
            }
            Self::Weekday { day, .. } => format!("XXXX-WXX-{day}"),
            Self::Section { year, code } => format!("{}-{code}", year.edtf()),
            Self::Shift { unit, .. } => unsaid(*unit).to_owned(),
            Self::Away { length, .. } => match length.grain() {
                Unit::Week => unsaid(Unit::Day).to_owned(),
                unit => unsaid(unit).to_owned(),
            },
            Self::MinuteOf(minute) => format!("XXXX-XX-XXTXX:{minute:02}"),
            Self::DayOfMonth { day, .. } => format!("XXXX-XX-{day:02}"),
            Self::Nth { weekday: 8, nth, month } => week_edtf(*nth, month),
            Self::Nth { .. } | Self::Feast(..) => feast_edtf(self),
            Self::Length(length) => length.iso(),
            Self::Lengths(from, to) => format!("{}/{}", from.iso(), to.iso()),
            Self::Set(period, _) => period.clone(),
            Self::Clock => String::new(),
            Self::Interval(from, to) => format!("{}/{}", from.edtf(), to.edtf()),
            Self::Decade(_) | Self::Century(_) | Self::Millennium(_) => "XXXX".to_owned(),
        }
    }

    /// The point of the calendar that the words alone say.
    pub(super) fn point(&self) -> Option<Point> {
        match *self {
            Self::Date { calendar, year: YearRef::Said(y), month, day } => {
                date_point(calendar, y, month, day)
            }
            Self::Section { year: YearRef::Said(y), code } => Some(Point::Section(y, code)),
            Self::Decade(d) => Some(Point::Decade(d)),
            Self::Century(c) => Some(Point::Century(c)),
            Self::Millennium(m) => Some(Point::Millennium(m)),
            Self::Nth { .. } => nth_point(self),
            Self::Feast(feast, YearRef::Said(y)) => feast_point(feast, y),
            Self::Interval(ref from, ref to) => from.point()?.until(to.point()?),
            _ => None,
        }
    }
}

/// Last Hijri year that is read as one; later years beside a Hijri month are Gregorian.
const LAST_HIJRI: i32 = 1700;

/// The point that said fields name; `None` where the calendar has none such.
pub(super) fn date_point(calendar: Calendar, y: i32, month: Option<u8>, day: Option<u8>) -> Option<Point> {
    match (calendar, month, day) {
        (Calendar::Gregorian, None, None) => Some(Point::Year(y)),
        (Calendar::Gregorian, Some(m @ 1..=12), None) => Some(Point::Month(y, m)),
        (Calendar::Gregorian, Some(m), Some(d)) => Point::day(y, m, d),
        (Calendar::Gregorian, _, _) => None,
        (Calendar::Hijri, Some(m), _) if y > LAST_HIJRI => {
            let year = hijri_year_in(y, m)?;
            date_point(calendar, year, month, day)
        }
        (Calendar::Hijri, None, _) => {
            let last = calendar::hijri_month(y, 12)?.1;
            Some(Point::Turned(calendar::from_hijri(y, 1, 1)?, last))
        }
        (Calendar::Hijri, Some(m), None) => calendar::hijri_month(y, m).map(|(a, b)| Point::Days(a, b)),
        (Calendar::Hijri, Some(m), Some(d)) => calendar::from_hijri(y, m, d).map(Point::Day),
    }
}

/// The Hijri year whose month `m` begins in the Gregorian year `y`.
pub(super) fn hijri_year_in(y: i32, m: u8) -> Option<i32> {
    let (middle, _, _) = calendar::to_hijri(calendar::date(y, 7, 1)?)?;
    let begins =
        |year: &i32| calendar::from_hijri(*year, m, 1).is_some_and(|d: Date| i32::from(d.year()) == y);
    (middle - 1..=middle + 1).find(begins)
}

/// The day of a feast in the Gregorian year `y`, or the Hijri one if it is early enough to be one.
pub(super) fn feast_point(feast: Feast, y: i32) -> Option<Point> {
    match feast {
        Feast::Fixed(calendar, month, day) => date_point(calendar, y, Some(month), Some(day)),
        feast => feast.moving(y).map(Point::Day),
    }
}

/// The day that the nth weekday of a said month is.
fn nth_point(value: &Value) -> Option<Point> {
    let Value::Nth { nth, weekday, month } = value else { return None };
    let (first, last) = month.point()?.bounds()?;
    if *weekday == 8 { iso_week_in(*nth, first, last) } else { nth_in(*nth, *weekday, first, last) }
}

/// The nth (-1: last) weekday, day (0) or week (8) from `first` to `last`.
pub(super) fn nth_in(nth: i8, weekday: u8, first: Date, last: Date) -> Option<Point> {
    if weekday == 8 {
        return week_in(nth, first, last);
    }
    let (from, sign) = if nth < 0 { (last, -1) } else { (first, 1) };
    let step = if weekday == 0 { 1 } else { 7 };
    let gap = if weekday == 0 {
        0
    } else if nth < 0 {
        (i64::from(calendar::weekday(from)) - i64::from(weekday)).rem_euclid(7)
    } else {
        (i64::from(weekday) - i64::from(calendar::weekday(from))).rem_euclid(7)
    };
    let count = i64::from(nth.unsigned_abs()).saturating_sub(1);
    let at = calendar::step(from.at(0, 0, 0, 0), Unit::Day, sign * (gap + count * step))?.date();
    (first <= at && at <= last).then_some(Point::Day(at))
}

/// The nth (-1: last) week from `first` to `last` as the calendar counts weeks,
/// which a said year gives a number: the last is the last whole one.
fn iso_week_in(nth: i8, first: Date, last: Date) -> Option<Point> {
    let shift = |from: Date, days: i64| Some(calendar::step(from.at(0, 0, 0, 0), Unit::Day, days)?.date());
    let monday = |day: Date| i64::from(calendar::weekday(day)) - 1;
    let at = if nth < 0 {
        shift(last, -6 - (monday(last) + 1) % 7)?
    } else {
        shift(first, (7 - monday(first)) % 7 + 7 * (i64::from(nth) - 1))?
    };
    Some(calendar::week_of(at))
}

/// The nth (-1: last) seven days from `first` to `last`.
fn week_in(nth: i8, first: Date, last: Date) -> Option<Point> {
    let shift = |from: Date, days: i64| Some(calendar::step(from.at(0, 0, 0, 0), Unit::Day, days)?.date());
    if nth < 0 {
        return Some(Point::Days(shift(last, -6)?, last));
    }
    let from = shift(first, 7 * (i64::from(nth) - 1))?;
    (from <= last).then(|| Some(Point::Days(from, shift(from, 6)?.min(last))))?
}

/// The days of the nth week of a month whose year is not said.
fn week_edtf(nth: i8, month: &Value) -> String {
    /// A year without a leap day stands for all.
    const COMMON: i32 = 2023;
    let days = match month {
        Value::Date { calendar: Calendar::Gregorian, month: Some(m), day: None, .. } => {
            calendar::month(COMMON, *m).and_then(|(first, last)| week_in(nth, first, last))
        }
        _ => None,
    };
    let unsaid = |point: Point| point.edtf().replace(&year(COMMON), "XXXX");
    days.map_or_else(|| "XXXX-WXX".to_owned(), unsaid)
}

fn feast_edtf(value: &Value) -> String {
    match value {
        Value::Feast(Feast::Fixed(Calendar::Gregorian, month, day), _) => format!("XXXX-{month:02}-{day:02}"),
        _ => "XXXX-XX-XX".to_owned(),
    }
}

/// EDTF of a unit of which nothing is said.
fn unsaid(unit: Unit) -> &'static str {
    match unit {
        Unit::Year => "XXXX",
        Unit::Month => "XXXX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Day => "XXXX-XX-XX",
        Unit::Hour | Unit::Minute | Unit::Second => "XXXX-XX-XXTXX:XX",
    }
}

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Clock {
    pub hour: u8,
    pub minute: u8,
    pub second: Option<u8>,
    /// Offset from Greenwich as ISO 8601 has it, empty where none is said.
    pub zone: &'static str,
}

impl Clock {
    /// `T18:00`, with seconds and offset where said.
    pub(super) fn iso(&self) -> String {
        let seconds = self.second.map_or(String::new(), |s| format!(":{s:02}"));
        format!("T{:02}:{:02}{seconds}{}", self.hour, self.minute, self.zone)
    }
}

/// A mention as a rule reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// First token.
    pub(super) start: usize,
    /// Token after the last.
    pub(super) end: usize,
    /// First byte of the span, after the proclitics.
    pub(super) from: usize,
    pub(super) value: Value,
    /// A weekday said beside a date.
    pub(super) weekday: Option<u8>,
    /// Days from now, said beside a weekday or date (اليوم، أمس).
    pub(super) days: Option<i32>,
    pub(super) clock: Option<Clock>,
    /// The end of an interval that begins at `clock`.
    pub(super) until: Option<Clock>,
    /// TIMEX3's code of a part of the day.
    pub(super) part: Option<&'static str>,
    pub(super) modifier: Option<Modifier>,
    /// Where the expression itself says it.
    pub(super) relation: Option<Relation>,
    /// Whether the words need something beside them to be a time.
    pub(super) weak: bool,
    pub(super) rule: &'static str,
}

impl Draft {
    /// A draft of tokens `start..end` that says `value`.
    pub(super) fn new(start: usize, end: usize, from: usize, value: Value) -> Self {
        Self {
            start,
            end,
            from,
            value,
            weekday: None,
            days: None,
            clock: None,
            until: None,
            part: None,
            modifier: None,
            relation: None,
            weak: false,
            rule: "",
        }
    }

    /// The same, named after the rule that found it.
    #[must_use]
    pub(super) fn by(mut self, rule: &'static str) -> Self {
        self.rule = rule;
        self
    }

    /// Whether it counts from another time.
    pub(super) fn relative(&self) -> bool {
        self.days.is_some()
            || match &self.value {
                Value::Shift { .. }
                | Value::Away { .. }
                | Value::DayOfMonth { .. }
                | Value::Weekday { .. } => true,
                Value::Date { year, .. } | Value::Section { year, .. } => {
                    matches!(
                        year,
                        YearRef::Shift(_) | YearRef::Context(_) | YearRef::Toward(_) | YearRef::Beyond(_)
                    )
                }
                _ => false,
            }
    }

    /// Whether it says a single day.
    pub(super) fn is_day(&self) -> bool {
        match &self.value {
            Value::Date { day, .. } => day.is_some(),
            Value::Weekday { .. } | Value::DayOfMonth { .. } | Value::Feast(..) => true,
            Value::Nth { weekday, .. } => *weekday != 8,
            Value::Shift { unit, .. } => *unit == Unit::Day,
            _ => false,
        }
    }
}
