//! What holds of every date, whatever stands around it: nothing is resolved that
//! no date of the text or of the document says, what is resolved has a first and
//! a last day, and only days that the calendar has are valid.

use ghirbal::record::{DateOut, Record};
use ghirbal::span::Units;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::select;

use crate::invariants::{anything, config, recombined};
use crate::program::read;

/// Names of the Gregorian months by their number, in several namings.
const MONTHS: &[(&str, i8)] = &[
    ("يناير", 1),
    ("كانون الثاني", 1),
    ("جانفي", 1),
    ("فبراير", 2),
    ("شباط", 2),
    ("فيفري", 2),
    ("مارس", 3),
    ("آذار", 3),
    ("أبريل", 4),
    ("نيسان", 4),
    ("أفريل", 4),
    ("مايو", 5),
    ("أيار", 5),
    ("ماي", 5),
    ("يونيو", 6),
    ("حزيران", 6),
    ("جوان", 6),
    ("يوليو", 7),
    ("تموز", 7),
    ("يوليوز", 7),
    ("جويلية", 7),
    ("أغسطس", 8),
    ("آب", 8),
    ("غشت", 8),
    ("أوت", 8),
    ("سبتمبر", 9),
    ("أيلول", 9),
    ("شتنبر", 9),
    ("أكتوبر", 10),
    ("تشرين الأول", 10),
    ("نوفمبر", 11),
    ("تشرين الثاني", 11),
    ("نونبر", 11),
    ("ديسمبر", 12),
    ("كانون الأول", 12),
    ("دجنبر", 12),
];

const HIJRI_MONTHS: &[&str] = &[
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذي القعدة",
    "ذي الحجة",
];

/// What every date mention of every record keeps.
fn check(record: &Record<'_>, dated: bool) -> Result<(), TestCaseError> {
    for date in &record.dates {
        let basis = date.basis.as_deref();
        prop_assert!(date.valid || date.resolved.is_none(), "resolved though impossible: {:?}", date);
        prop_assert_eq!(date.resolved.is_some(), basis.is_some(), "{:?}", date);
        prop_assert_eq!(date.earliest.is_some(), date.latest.is_some(), "{:?}", date);
        if date.kind != "DURATION" && date.kind != "SET" {
            prop_assert!(date.resolved.is_none() || date.earliest.is_some() || is_far(date), "{:?}", date);
        }
        prop_assert!(date.earliest <= date.latest || before_christ(date), "{:?}", date);
        if !dated {
            prop_assert!(
                !matches!(basis, Some("document_date" | "weekday")),
                "the clock was asked: {:?}",
                date
            );
        }
    }
    Ok(())
}

/// Years that the calendar of days does not reach have no first day.
fn is_far(date: &DateOut<'_>) -> bool {
    date.resolved.as_deref().is_some_and(|r| r.starts_with('-') || r.starts_with("99") || r.contains("XX"))
}

/// Before Christ the order of the letters is not that of time.
fn before_christ(date: &DateOut<'_>) -> bool {
    date.earliest.as_deref().is_some_and(|day| day.starts_with('-'))
}

/// The only date of `text`.
fn only(text: &str) -> Option<DateOut<'static>> {
    let mut dates = read(text, None, Units::Chars).dates;
    (dates.len() == 1).then(|| dates.remove(0))
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn what_is_resolved_has_a_basis_and_bounds(text in anything()) {
        check(&read(&text, Some("2024-02-29"), Units::Chars), true)?;
        check(&read(&text, None, Units::Chars), false)?;
    }

    #[test]
    fn a_named_day_is_valid_if_the_calendar_has_it(
        year in 1900..2100_i16, (name, month) in select(MONTHS), day in 1..=31_i8, of in select(&["", "من "][..])
    ) {
        let found = only(&format!("صدر القرار في {day} {of}{name} {year} عن الوزارة"));
        let date = found.expect("a date");
        let real = Date::new(year, month, day).ok();
        prop_assert_eq!(date.valid, real.is_some(), "{:?}", &date);
        prop_assert_eq!(&date.edtf, &format!("{year}-{month:02}-{day:02}"));
        prop_assert_eq!(date.earliest.clone(), real.map(|day| day.to_string().into()));
        prop_assert_eq!(date.edtf.as_ref(), date.resolved.as_deref().unwrap_or(&date.edtf));
    }

    #[test]
    fn a_day_in_digits_is_valid_if_the_calendar_has_it(
        year in 1900..2100_i16, month in 1..=12_i8, day in 1..=31_i8, separator in select(&["/", "-", ".", "\u{200F}/"][..])
    ) {
        let found = only(&format!("صدر القرار في {day}{separator}{month}{separator}{year} عن الوزارة"));
        let date = found.expect("a date");
        prop_assert_eq!(date.valid, Date::new(year, month, day).is_ok(), "{:?}", &date);
        prop_assert_eq!(&date.edtf, &format!("{year}-{month:02}-{day:02}"));
    }

    #[test]
    fn a_hijri_day_keeps_its_fields_beside_the_gregorian_day(
        year in 1300..1600_i32, index in 0..12_usize, day in 1..=29
    ) {
        let found = only(&format!("صدر القرار في {day} {} {year} هـ عن الوزارة", HIJRI_MONTHS[index]));
        let date = found.expect("a date");
        prop_assert_eq!(date.hijri, Some(format!("{year}-{:02}-{day:02}", index + 1).into()));
        prop_assert_eq!(&*date.calendar, "hijri");
        prop_assert!(date.valid && date.earliest.is_some() && date.earliest == date.latest);
        // Thirty-three Hijri years are about thirty-two of the Gregorian calendar, from July 622 on.
        let gregorian: i32 = date.edtf[..4].parse().expect("a year");
        prop_assert!((gregorian - (year * 32 / 33 + 622)).abs() <= 2, "{}", date.edtf);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn sentences_in_any_order_ask_no_clock(text in recombined()) {
        check(&read(&text, None, Units::Chars), false)?;
        check(&read(&text, Some("2024-02-29"), Units::Chars), true)?;
    }
}
