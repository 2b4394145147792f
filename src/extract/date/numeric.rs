//! Dates in digits: day, month and year in every order and with every
//! separator; day first where both orders are possible, as Arabic writes it.

use super::atom::{self, Era};
use super::tense::{self, Tense};
use super::value::{Draft, Value, YearRef};
use super::words::{Lists, Word};
use super::{Calendar, RuleOf};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// Two-digit years from here on are of the last century.
const PIVOT: i64 = 50;
/// Years that, in digits and without an era, are read as Hijri.
const HIJRI: std::ops::RangeInclusive<i64> = 1340..=1470;

/// Day, month and year in digits.
pub(super) const NUMERIC: RuleOf = Rule {
    card: Card {
        id: "date/numeric",
        about: "Day, month and year in digits, in any order and with any separator; day first where two orders are possible.",
        yes: &[
            "صدر القرار في [12/02/2024] => 2024-02-12",
            "نُشر بتاريخ [2023-11-05] => 2023-11-05",
            "وُقّع الاتفاق في [٢٣‏/١١‏/١٤٢٠ هـ] => 2000-02-29",
            "سُجلت الواقعة في [30/02/2024] => 2024-02-30",
        ],
        no: &["العنوان 192.168.1.1 على الشبكة", "القانون 40/2019 دخل حيز التنفيذ", "انتهت المباراة 3-1"],
    },
    starts: Bits::NONE,
    digits: true,
    at: numeric,
};

/// Month and year, or day and month, in digits.
pub(super) const SHORT: RuleOf = Rule {
    card: Card {
        id: "date/numeric-short",
        about: "Month and year, or behind a word of time day and month, in digits.",
        yes: &["بدأ العمل في [9/2021] => 2021-09", "تُعقد الجلسة بتاريخ [22/4] => XXXX-04-22"],
        no: &["القانون رقم 5/2019", "أيّد القرار 3/4 الأعضاء", "فاز الفريق 3-1"],
    },
    starts: Bits::NONE,
    digits: true,
    at: short,
};

/// Digits joined by one separator from token `i` on: the runs, and the token behind.
fn runs<'r>(r: &'r Reading<'_>, i: usize) -> Option<(Vec<atom::Whole>, &'r str, usize)> {
    let separator = if is_separator(r, i + 1) { r.folded(i + 1) } else { return None };
    // «1/9/2023-30/6/2024» are two dates.
    let other = |i: usize| r.is(i, &["-", "–"]) && separator == "/";
    if i >= 2
        && r.glued(i)
        && r.glued(i - 1)
        && atom::is_digits(r, i - 2)
        && is_separator(r, i - 1)
        && !other(i - 1)
    {
        return None;
    }
    let mut all = vec![atom::run(r, i)?];
    let mut at = i + 1;
    // «7 / 5 / 2019»: spaced out, but alike on both sides.
    let loose = separator == "/" && !r.glued(at) && !r.glued(at + 1) && r.same_line(at);
    let joined = |at: usize| {
        if loose {
            !r.glued(at) && !r.glued(at + 1) && r.same_line(at + 1)
        } else {
            r.glued(at) && r.glued(at + 1)
        }
    };
    while joined(at) && r.is(at, &[separator]) && all.len() < 4 {
        let Some(next) = atom::run(r, at + 1) else { break };
        all.push(next);
        at += 2;
    }
    Some((all, separator, at))
}

fn is_separator(r: &Reading<'_>, i: usize) -> bool {
    r.is(i, &["/", "-", ".", "–", "\\"])
}

fn numeric(r: &Reading<'_>, _: &Lists, i: usize) -> Option<Draft> {
    if !atom::is_digits(r, i) {
        return None;
    }
    let (runs, separator, end) = runs(r, i)?;
    let [first, second, third] = runs[..] else { return None };
    let century = if third.value < PIVOT { 2000 } else { 1900 };
    let glued = r.glued(i + 1);
    if !glued && third.digits != 4 {
        return None;
    }
    let (year, month, day) = match (first.digits, second.digits, third.digits) {
        (4, 1..=2, 1..=2) => order(first.value, third.value, second.value)?,
        (1..=2, 1..=2, 4) => order(third.value, first.value, second.value)?,
        (1..=2, 1..=2, 2) if separator != "." => order(third.value + century, first.value, second.value)?,
        _ => return None,
    };
    let (era, end) = atom::era(r, end);
    let calendar = match era {
        Some(Era::Hijri) => Calendar::Hijri,
        None if HIJRI.contains(&year) => Calendar::Hijri,
        _ => Calendar::Gregorian,
    };
    let year = YearRef::Said(i32::try_from(year).ok()?);
    let value = Value::Date { calendar, year, month: Some(month), day: Some(day) };
    Some(Draft::new(i, end, first.from, value).by(NUMERIC.card.id))
}

/// Year, month and day from a year and two numbers, the day first if it can be;
/// a month above twelve stays, for the date to be told as impossible.
fn order(year: i64, first: i64, second: i64) -> Option<(i64, u8, u8)> {
    let (day, month) = if second <= 12 || first > 12 { (first, second) } else { (second, first) };
    let fits = (1..=31).contains(&day) && (1..=31).contains(&month) && year > 0;
    Some((year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)).filter(|_| fits)
}

fn short(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if !atom::is_digits(r, i) || (i > 0 && l.neighbour(r, i - 1, Word::Identifier).is_some()) {
        return None;
    }
    let (runs, separator, end) = runs(r, i)?;
    let [first, second] = runs[..] else { return None };
    if let Some(draft) = year_behind(r, i, &runs, separator, end) {
        return Some(draft);
    }
    if !r.glued(i + 1) || is_negative(r, i) {
        return None;
    }
    // «1.5$», «3/4 كوب»: a measure; «م» after a date is the era.
    let unit = r.bits(end).has(List::Unit) && r.same_line(end) && !r.is(end, &["م", "ه"]);
    if unit || r.is(end, &["%", "٪", "‰", "$", "€", "£"]) {
        return None;
    }
    let year_of = |w: atom::Whole| w.digits == 4 && (1900..=2099).contains(&w.value);
    let small = |w: atom::Whole, limit: i64| w.digits <= 2 && (1..=limit).contains(&w.value);
    let tense = || tense::of(r, i, end);
    let timely = i > 0 && r.same_line(i) && is_timely(r, l, i - 1)
        || tense() == Tense::Alone
        || (tense() == Tense::Future && ends_sentence(r, end));
    let date = |year, month: i64, day: Option<i64>| {
        let day = day.and_then(|d| u8::try_from(d).ok());
        let value = Value::date(year, u8::try_from(month).ok(), day);
        Draft::new(i, end, first.from, value).by(SHORT.card.id)
    };
    let said = |w: atom::Whole| YearRef::Said(i32::try_from(w.value).unwrap_or(0));
    if small(first, 12) && year_of(second) && timely {
        return Some(date(said(second), first.value, None));
    }
    if year_of(first) && small(second, 12) && timely && second.digits == 2
        || (year_of(first) && small(second, 12) && separator == "." && timely && ends_sentence(r, end))
    {
        return Some(date(said(first), second.value, None));
    }
    if !timely || (separator == "." && r.is(i.wrapping_sub(1), &["في"])) {
        return None;
    }
    let firm = separator == "/"
        && !r.is(i.wrapping_sub(1), &["في"])
        && (tense() == Tense::Alone || i > 0 && is_timely(r, l, i - 1));
    if small(first, 31) && small(second, 12) && (firm || first.value > 12) {
        return Some(date(YearRef::Unsaid, second.value, Some(first.value)));
    }
    (small(first, 12) && small(second, 31) && second.value > 12)
        .then(|| date(YearRef::Unsaid, first.value, Some(second.value)))
}

/// Whether the number at token `i` has a minus before it («-1.2»).
fn is_negative(r: &Reading<'_>, i: usize) -> bool {
    i > 0 && r.glued(i) && r.is(i - 1, &["-", "−", "+"])
}

/// «08/12, 2015»: day and month with the year behind a comma.
fn year_behind(
    r: &Reading<'_>,
    i: usize,
    runs: &[atom::Whole],
    separator: &str,
    end: usize,
) -> Option<Draft> {
    let year = atom::digits(r, end + 1).filter(|y| y.digits == 4 && (1900..=2099).contains(&y.value));
    let year = year.filter(|_| separator == "/" && r.is(end, &[",", "،"]) && r.same_line(end + 1))?;
    let (year, month, day) = order(year.value, runs.first()?.value, runs.get(1)?.value)?;
    let value = Value::date(YearRef::Said(i32::try_from(year).ok()?), Some(month), Some(day));
    Some(Draft::new(i, end + 2, runs.first()?.from, value).by(SHORT.card.id))
}

fn ends_sentence(r: &Reading<'_>, end: usize) -> bool {
    !r.same_line(end) || r.kind(end).is_none_or(|kind| kind == Kind::Sign)
}

/// Whether the word at `i` lets a date in digits follow.
fn is_timely(r: &Reading<'_>, l: &Lists, i: usize) -> bool {
    r.is(i, &["في", "يوم", "بتاريخ", "تاريخ", "ليوم", "منذ", "حتي", "الموافق", "شهر", "بشهر"])
        || l.weekday(r, i).is_some_and(|(_, bare, _)| !bare)
}
