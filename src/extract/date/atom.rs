//! The smallest parts of a date: whole numbers, days of a month, months with
//! both their names, years with their era.
//!
//! Reads forward from a token; decides nothing about the mention.

use super::calendar::Unit;
use super::value::{Direction, YearRef};
use super::words::{Lists, Many, Month, UnitWord};
use super::{Calendar, Modifier};
use crate::extract::Reading;
use crate::extract::number::Sort;
use crate::extract::reading::{Article, Found};
use crate::lexicon::List;
use crate::normalize::Kind;

/// A whole number read at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    pub value: i64,
    /// Token after the last.
    pub end: usize,
    /// First byte after the proclitics; the article is in.
    pub from: usize,
    /// How many digits it is written in, 0 for words.
    pub digits: usize,
    pub ordinal: bool,
}

/// The digits of token `i`, which no separator joins to other digits.
pub(super) fn digits(r: &Reading<'_>, i: usize) -> Option<Whole> {
    let whole = run(r, i)?;
    let joined_before =
        i >= 2 && r.glued(i) && is_separator(r, i - 1) && r.glued(i - 1) && is_digits(r, i - 2);
    let joined_after = r.glued(i + 1) && is_separator(r, i + 1) && r.glued(i + 2) && is_digits(r, i + 2);
    (!joined_before && !joined_after).then_some(whole)
}

/// The digits of token `i`, whatever stands beside them.
pub(super) fn run(r: &Reading<'_>, i: usize) -> Option<Whole> {
    if !is_digits(r, i) {
        return None;
    }
    let folded = r.folded(i);
    let value = folded.parse().ok()?;
    Some(Whole { value, end: i + 1, from: r.span(i, i + 1).start, digits: folded.len(), ordinal: false })
}

/// Whether token `i` is a run of digits.
pub(super) fn is_digits(r: &Reading<'_>, i: usize) -> bool {
    r.kind(i) == Some(Kind::Digits)
}

fn is_separator(r: &Reading<'_>, i: usize) -> bool {
    r.is(i, &["/", "-", ".", ",", "٫", "٬", "،", ":", "–"])
}

/// The whole number at token `i`, in digits or in words.
pub(super) fn whole(r: &Reading<'_>, i: usize) -> Option<Whole> {
    digits(r, i).or_else(|| spelled(r, i))
}

/// The whole number that is spelled out at token `i`.
pub(super) fn spelled(r: &Reading<'_>, i: usize) -> Option<Whole> {
    let number = r.number_at(i)?;
    let usable = matches!(number.sort, Sort::Cardinal | Sort::Ordinal) && r.kind(i) == Some(Kind::Word);
    let value = number.integer().filter(|_| usable)?;
    let ordinal = number.sort == Sort::Ordinal;
    Some(Whole { value, end: number.end, from: word_start(r, i, number.article), digits: 0, ordinal })
}

/// First byte of the number word at token `i` after its proclitics.
pub(super) fn word_start(r: &Reading<'_>, i: usize, article: bool) -> usize {
    let token = r.span(i, i + 1);
    let Some(number) = r.number_at(i) else { return token.start };
    if !article {
        return number.span.start.max(token.start);
    }
    let before = r.surface(i).get(..number.span.start.saturating_sub(token.start)).unwrap_or("");
    let at = before.rfind(['ا', 'ٱ']).or_else(|| before.rfind('ل')).unwrap_or(0);
    token.start + at
}

/// The day of a month at token `i`, from 1 to 31 (`فاتح` is the first).
pub(super) fn day(r: &Reading<'_>, i: usize) -> Option<(u8, Whole)> {
    if r.is(i, &["فاتح", "غره", "الفاتح"]) {
        let from = r.span(i, i + 1).start;
        return Some((1, Whole { value: 1, end: i + 1, from, digits: 0, ordinal: true }));
    }
    // A day's ordinal is masculine: «للمرة الأولى في نوفمبر» says none.
    let feminine = |w: &Whole| w.ordinal && (r.folded(i).ends_with('ه') || r.folded(i).ends_with("اولي"));
    let whole = whole(r, i).filter(|w| w.digits <= 2 && !feminine(w))?;
    let day = u8::try_from(whole.value).ok().filter(|d| (1..=31).contains(d))?;
    Some((day, whole))
}

/// A month read at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthRead {
    pub month: Month,
    pub end: usize,
    pub from: usize,
}

/// The month at token `i`: its name, both names, or a number behind شهر.
pub(super) fn month(r: &Reading<'_>, l: &Lists, i: usize) -> Option<MonthRead> {
    if let Some((unit, found)) = unit(r, l, i).filter(|(u, _)| u.unit == Unit::Month && u.many == Many::One) {
        return behind_month(r, l, i, unit, &found);
    }
    let (month, found) = l.month(r, i)?;
    Some(MonthRead { month, end: second_name(r, l, found.end, month), from: start(r, &found) })
}

/// The month named or numbered behind the word شهر.
fn behind_month(r: &Reading<'_>, l: &Lists, i: usize, _unit: UnitWord, found: &Found) -> Option<MonthRead> {
    let from = start(r, found);
    if let Some((month, named)) = l.month(r, i + 1).filter(|(_, f)| f.cut.clitics == 0) {
        let month = Month { sure: true, ..month };
        return Some(MonthRead { month, end: second_name(r, l, named.end, month), from });
    }
    let plain = |w: &Whole| w.from == r.span(i + 1, i + 2).start;
    let number =
        whole(r, i + 1).filter(|w| w.ordinal == (found.cut.article > 0) && r.same_line(i + 1) && plain(w))?;
    let number_of = u8::try_from(number.value).ok().filter(|n| (1..=12).contains(n))?;
    let month = Month { calendar: Calendar::Gregorian, number: number_of, sure: true };
    Some(MonthRead { month, end: number.end, from })
}

/// The end of `month` with its other name behind a slash or in parentheses.
fn second_name(r: &Reading<'_>, l: &Lists, end: usize, month: Month) -> usize {
    let same = |i: usize| l.month(r, i).filter(|(m, f)| m.number == month.number && f.cut.clitics == 0);
    if r.is(end, &["/", "-", "\\", "–"])
        && let Some((_, found)) = same(end + 1)
    {
        return found.end;
    }
    // «مارس آذار 2003»
    if r.same_line(end)
        && let Some((other, found)) = same(end)
        && other.sure
        && r.bits(found.end).is_empty()
    {
        return found.end;
    }
    if r.is(end, &["(", "["])
        && let Some((_, found)) = same(end + 1)
        && r.is(found.end, &[")", "]"])
    {
        return found.end + 1;
    }
    end
}

/// The unit of time at token `i`.
pub(super) fn unit(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(UnitWord, Found)> {
    l.unit(r, i)
}

/// First byte of an entry after its proclitics; the article is in.
pub(super) fn start(r: &Reading<'_>, found: &Found) -> usize {
    r.start_after(found.start, found.cut.clitics)
}

/// A year read at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct YearRead {
    pub year: YearRef,
    pub calendar: Option<Calendar>,
    pub end: usize,
    /// Whether a word says that it is a year (عام، م، هـ).
    pub marked: bool,
}

/// The year that belongs to the month or day before token `i`.
pub(super) fn year_behind(r: &Reading<'_>, l: &Lists, i: usize) -> Option<YearRead> {
    if !r.same_line(i) {
        return None;
    }
    if r.is(i, &["قبل", "بعد"])
        && let Some((direction, _, found)) = l.adjective(r, i + 1)
    {
        let year = YearRef::Beyond(direction);
        return Some(YearRead { year, calendar: None, end: found.end, marked: true });
    }
    if let Some((direction, _, found)) = l.adjective(r, i) {
        return Some(YearRead {
            year: YearRef::Toward(direction),
            calendar: None,
            end: found.end,
            marked: true,
        });
    }
    let comma = usize::from(r.is(i, &["،", ",", "/", "-"]));
    let at = i + comma + usize::from(r.is(i + comma, &["من", "في", "ل"]));
    if let Some(year) = named_year(r, l, at) {
        return Some(year);
    }
    let year = bare_year(r, if comma > 0 { i + comma } else { at })?;
    let plausible = matches!(year.year, YearRef::Said(1000..=2999)) || year.marked;
    plausible.then_some(year)
}

/// Kinds of years and other words between a period and what places it.
pub(super) const KINDS: [&str; 16] = [
    "الدراسي",
    "الدراسيه",
    "الجامعي",
    "الجامعيه",
    "المالي",
    "الماليه",
    "الميلادي",
    "الميلاديه",
    "الهجري",
    "الهجريه",
    "الرياضي",
    "الكروي",
    "الفلاحي",
    "الفلاحيه",
    "الزراعي",
    "الاقتصاديه",
];

/// A year behind the word year, or a year relative to this one.
pub(super) fn named_year(r: &Reading<'_>, l: &Lists, i: usize) -> Option<YearRead> {
    let this = usize::from(r.is(i, &["هذا", "هذه", "هاد", "هاي", "هذي"]));
    let (word, found) = unit(r, l, i + this)?;
    if word.unit != Unit::Year || word.size != 1 || word.many != Many::One {
        return None;
    }
    let kind = usize::from(found.cut.article > 0 && r.is(found.end, &KINDS));
    if let Some((direction, context, adjective)) =
        l.adjective(r, found.end + kind).filter(|_| found.cut.article > 0)
    {
        let sign = direction.sign();
        let year = if context { YearRef::Context(sign) } else { YearRef::Shift(sign) };
        return Some(YearRead { year, calendar: None, end: adjective.end, marked: true });
    }
    if this == 1 {
        return Some(YearRead { year: YearRef::Shift(0), calendar: None, end: found.end, marked: true });
    }
    // «العام المالي 2024»
    let mut year = bare_year(r, found.end + kind)?;
    year.marked = true;
    Some(year)
}

/// A year in digits or words, with the era behind it.
pub(super) fn bare_year(r: &Reading<'_>, i: usize) -> Option<YearRead> {
    if !r.same_line(i) {
        return None;
    }
    let spelled = || spelled(r, i).filter(|n| !n.ordinal).map(|n| hundreds_behind(r, n));
    let number = digits(r, i).filter(|n| n.digits <= 4).or_else(spelled)?;
    let (era, end) = era(r, number.end);
    let limit = if era == Some(Era::BeforeChrist) { 9999 } else { 2999 };
    let year = i32::try_from(number.value).ok().filter(|y| (1..=limit).contains(y))?;
    Some(match era {
        Some(Era::BeforeChrist) => {
            YearRead { year: YearRef::Said(1 - year), calendar: Some(Calendar::Gregorian), end, marked: true }
        }
        Some(Era::Christian) => {
            YearRead { year: YearRef::Said(year), calendar: Some(Calendar::Gregorian), end, marked: true }
        }
        Some(Era::Hijri) => {
            YearRead { year: YearRef::Said(year), calendar: Some(Calendar::Hijri), end, marked: true }
        }
        None => YearRead { year: YearRef::Said(year), calendar: None, end, marked: false },
    })
}

/// «خمس وأربعين ومائتين»: the hundreds and thousands behind a smaller number, as
/// old books count years.
fn hundreds_behind(r: &Reading<'_>, mut number: Whole) -> Whole {
    let mut limit = 100;
    while let Some(next) = spelled(r, number.end)
        && r.folded(number.end).starts_with('و')
        && number.value < limit
        && next.value % limit == 0
        && next.value < 3000
    {
        number = Whole { value: number.value + next.value, end: next.end, ..number };
        limit = 1000;
    }
    number
}

/// What a year is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Era {
    Christian,
    BeforeChrist,
    Hijri,
}

/// Whether a word for an era, or what one begins with, stands at token `i`.
pub(super) fn is_era(r: &Reading<'_>, i: usize) -> bool {
    let word = r.folded(i);
    matches!(word, "م" | "ه" | "ق" | "قم") || word.contains("هجر") || word.contains("ميلاد")
}

/// Whether token `i` can join the two ends of an interval.
pub(super) fn is_joint(r: &Reading<'_>, i: usize) -> bool {
    matches!(
        r.folded(i),
        "و" | "الي"
            | "حتي"
            | "-"
            | "–"
            | "—"
            | "وحتي"
            | "والي"
            | "ل"
            | "/"
            | ":"
            | "،"
            | "("
            | ")"
    )
}

/// The era at token `i`, and the token behind it (`i` where there is none).
pub(super) fn era(r: &Reading<'_>, i: usize) -> (Option<Era>, usize) {
    if !r.same_line(i) {
        return (None, i);
    }
    if r.is(i, &["ق"]) {
        let dot = usize::from(r.is(i + 1, &["."]));
        if r.is(i + 1 + dot, &["م"]) {
            return (Some(Era::BeforeChrist), i + 2 + dot);
        }
        if r.is(i + 1 + dot, &["ه"]) {
            return (None, i);
        }
    }
    match r.folded(i) {
        "م"
        | "ميلادي"
        | "ميلاديه"
        | "للميلاد"
        | "الميلادي"
        | "الميلاديه"
        | "الميلاديين"
        | "ميلاديين"
        | "بالميلادي" => (Some(Era::Christian), i + 1),
        "ه" | "هجري" | "هجريه" | "للهجره" | "الهجري" | "الهجريه" | "الهجريين" | "هجريين" | "الهجره"
        | "بالهجري" => (Some(Era::Hijri), i + 1),
        "قبل" if r.is(i + 1, &["الميلاد"]) => (Some(Era::BeforeChrist), i + 2),
        "قم" => (Some(Era::BeforeChrist), i + 1),
        "بعد" if r.is(i + 1, &["الميلاد"]) => (Some(Era::Christian), i + 2),
        _ => (None, i),
    }
}

/// The word for a part of a period at token `i` (مطلع).
pub(super) fn part(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(Modifier, Found)> {
    use super::words::Word;
    l.find(r, List::PeriodWord, i, Article::Kept, |word| {
        if let Word::Part(modifier) = word { Some(modifier) } else { None }
    })
}

/// Whether token `i` points to what is now (هذا).
pub(super) fn is_this(r: &Reading<'_>, i: usize) -> bool {
    r.is(i, &["هذا", "هذه", "هاد", "هاي", "هذي", "هالـ", "بهذا", "بهذه", "لهذا", "لهذه", "وهذا", "وهذه"])
}

/// The direction that an adjective at `i` gives, without the adjective's word.
pub(super) fn toward(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(Direction, usize)> {
    let (direction, _, found) = l.adjective(r, i).filter(|_| r.same_line(i))?;
    Some((direction, found.end))
}
