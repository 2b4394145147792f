//! Dates: days, months, years, clock times, durations and recurring times, as
//! TIMEX3 types with EDTF values, resolved against the document's date.

// Flow order: each module uses only those above it.
// Units, lengths, points of the calendar, Hijri.
mod calendar;
// Feasts and the days on which they fall.
mod feast;
// The lists and what their words mean.
mod words;
// What an expression says.
mod value;
// Numbers, months, years.
mod atom;
// Told or to come.
mod tense;
// Dates in digits.
mod numeric;
// Dates with a month's name.
mod named;
// Years and their parts.
mod year;
// Lengths of time.
mod duration;
// Periods and moments from now.
mod relative;
// Weekdays, days from now, feasts.
mod day;
// Two ends with a common tail.
mod interval;
// Clock times, parts of the day.
mod clock;
// Two clock times.
mod hours;
// Recurring times.
mod set;
// What a draft becomes.
mod mention;
// Two mentions together.
mod relate;
// Document date and context.
mod resolve;
// Weekdays and counterparts that disagree.
mod check;

use super::number::Sort;
use super::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;
use crate::span::Span;

pub use check::contradictions;
pub use value::Draft;
pub use words::Lists;

/// TIMEX3's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A day or a longer time of the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// How a mention was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The text says it all.
    Explicit,
    /// Counted or completed from the document's date.
    DocumentDate,
    /// Completed from an earlier mention.
    Context,
    /// Found from the weekday and the document's date.
    Weekday,
}

/// TIMEX3's modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are TIMEX3's own")]
pub enum Modifier {
    Start,
    Mid,
    End,
    Approx,
    MoreThan,
    LessThan,
    EqualOrMore,
    EqualOrLess,
    Before,
    After,
}

/// How what is said relates to the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Relation {
    At,
    Since,
    Until,
    Before,
    After,
    During,
}

/// The calendar a date is said in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Gregorian, also for years BC (proleptic).
    Gregorian,
    /// Islamic, Umm al-Qura.
    Hijri,
}

/// A temporal expression.
#[derive(Clone, Debug)]
pub struct DateMention {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// Its words, without proclitics and prepositions.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: Type,
    /// The value as the text gives it (EDTF; ISO 8601 for durations and weeks).
    pub edtf: String,
    /// The TIMEX3 value, where it differs in form from EDTF.
    pub timex: String,
    /// The value once what is missing is filled in.
    pub resolved: Option<String>,
    /// First day of the resolved value, ISO 8601.
    pub earliest: Option<String>,
    /// Last day of the resolved value, ISO 8601.
    pub latest: Option<String>,
    /// How it was resolved.
    pub basis: Option<Basis>,
    /// Which part of the time is meant.
    pub modifier: Option<Modifier>,
    /// Of a recurring time: how often it recurs in its period, where said.
    pub recurs: Option<Option<u32>>,
    /// How what is said relates to it.
    pub relation: Relation,
    /// Its calendar.
    pub calendar: Calendar,
    /// A Hijri date's own fields, `YYYY-MM-DD` as far as said.
    pub hijri: Option<String>,
    /// The weekday said beside a date, by its ISO number.
    pub weekday: Option<u8>,
    /// Whether it counts from another time (أمس).
    pub relative: bool,
    /// Whether the calendar has such a day.
    pub valid: bool,
    /// Identifier of the rule that found it.
    pub rule: &'static str,
}

/// A rule of this family.
type RuleOf = Rule<Lists, Draft>;

/// The lists at whose words dates begin.
const STARTS: Bits = Bits::of(&[
    List::DateOpener,
    List::TimeUnit,
    List::DayWord,
    List::PeriodWord,
    List::Month,
    List::Weekday,
]);

/// The rules, in the order in which they are tried; the longest match wins.
pub static RULES: &[RuleOf] = &[
    numeric::NUMERIC,
    numeric::SHORT,
    interval::INTERVAL,
    named::DAY,
    named::MONTH,
    named::DAY_OF_MONTH,
    day::WEEKDAY,
    day::DEICTIC,
    day::FEAST,
    day::NTH,
    year::YEARS,
    year::YEAR,
    year::BARE_YEAR,
    year::DECADE,
    year::CENTURY,
    year::SECTION,
    relative::PART,
    relative::PERIOD,
    relative::AWAY,
    clock::CLOCK,
    clock::PART,
    hours::HOURS,
    set::SET,
    duration::LENGTH,
];

/// The rules whose finds a word for a part of a period may stand before.
static PERIODS: &[RuleOf] = &[
    interval::INTERVAL,
    named::MONTH,
    year::YEARS,
    year::YEAR,
    year::BARE_YEAR,
    year::DECADE,
    year::CENTURY,
    year::SECTION,
    relative::PERIOD,
    day::FEAST,
];

/// The cards of the rules.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    RULES.iter().map(|rule| &rule.card)
}

/// The longest period at token `i` that begins without a proclitic.
fn simple(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let start = r.token(i)?.start as usize;
    let found = PERIODS.iter().filter_map(|rule| (rule.at)(r, l, i)).filter(|d| d.from == start);
    longest(found)
}

/// The longest draft, the first of those that are.
fn longest(drafts: impl Iterator<Item = Draft>) -> Option<Draft> {
    let mut best: Option<Draft> = None;
    for draft in drafts {
        if best.as_ref().is_none_or(|best| best.end < draft.end) {
            best = Some(draft);
        }
    }
    best
}

/// Finds every temporal expression, in order, without overlaps.
pub fn read(reading: &Reading<'_>, lists: &Lists, published: Option<&str>) -> Vec<DateMention> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut i = 0;
    while i < reading.len() {
        match at(reading, lists, i) {
            Some(draft) => {
                i = draft.end.max(i + 1);
                drafts.push(draft);
            }
            None => i += 1,
        }
    }
    resolve::all(reading, lists, &drafts, published)
}

/// The mention that begins at token `i`.
fn at(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let bits = r.bits(i);
    let number = is_timely_number(r, i);
    if !number && !bits.meets(STARTS) {
        return None;
    }
    let starts = |rule: &&RuleOf| (number && rule.digits) || bits.meets(rule.starts);
    let tried = RULES.iter().filter(starts).filter_map(|rule| (rule.at)(r, l, i));
    let tried = tried.filter(|d| !d.weak || supported(r, l, d));
    longest(tried).map(|draft| clock::extend(r, l, set::recurring(r, l, draft)))
}

/// Whether a number stands at token `i` and something beside it can make a time
/// of it: most numbers count things, and no rule need look at them.
fn is_timely_number(r: &Reading<'_>, i: usize) -> bool {
    const TIMES: Bits = STARTS.or(Bits::of(&[List::DateWord]));
    let number = r.number_at(i);
    let end = number.map_or(i + 1, |n| n.end);
    let digits = r.kind(i) == Some(Kind::Digits);
    if number.is_none() && !digits {
        return false;
    }
    let part = number.is_some_and(|n| matches!(n.sort, Sort::Ordinal | Sort::Fraction));
    let year = digits && r.folded(i).len() >= 3 && (r.folded(i).len() == 4 || atom::is_era(r, end));
    // «2,9/2021» and the like may be one number of several tokens.
    let joined = digits && r.glued(i + 1) && r.kind(i + 1) == Some(Kind::Sign);
    part || year
        || joined
        || r.bits(end).meets(TIMES)
        || r.bits(end + 1).meets(TIMES)
        || (atom::is_joint(r, end) && r.same_line(end))
        || (digits && r.is(i.wrapping_sub(1), &["عند"]))
        || atom::is_era(r, end)
}

/// Whether something beside a month's doubtful name makes it a month.
fn supported(r: &Reading<'_>, l: &Lists, draft: &Draft) -> bool {
    let Some(before) = draft.start.checked_sub(1).filter(|_| r.same_line(draft.start)) else { return false };
    let glued = draft.from > r.span(draft.start, draft.start + 1).start;
    // «صفر فاصلة اثنين» is a number, not the month.
    let number = r.number_at(draft.start).is_some_and(|n| n.end > draft.end);
    // «بين حزيران وآب»
    let paired = || {
        r.folded(draft.start).starts_with('و')
            && [before, before.wrapping_sub(1)]
                .iter()
                .any(|&j| l.month(r, j).is_some_and(|(_, found)| found.end == draft.start))
    };
    if glued {
        return paired();
    }
    !number
        && (r.is(before, &["في", "خلال", "منذ", "حتي", "وفي", "بحلول"])
            || l.cue_before(r, draft.start).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Lexicons, extract};
    use crate::normalize::normalize;

    /// A text, its marked match and the value behind `=>`.
    fn parts(example: &str) -> (String, &str, Option<&str>) {
        let (text, value) = example.split_once(" => ").map_or((example, None), |(t, v)| (t, Some(v)));
        let (before, rest) = text.split_once('[').expect("an example marks its match");
        let (found, after) = rest.split_once(']').expect("an example marks its match");
        (format!("{before}{found}{after}"), found, value)
    }

    #[test]
    fn rules_find_what_their_examples_mark() {
        let lexicons = Lexicons::builtin();
        let mut wrong = Vec::new();
        for card in cards() {
            for example in card.yes {
                let (text, found, value) = parts(example);
                let dates = extract(&normalize(&text), &lexicons, None).dates;
                let hit = dates.iter().find(|d| d.rule == card.id && d.span.of(&text) == found);
                if hit.is_none_or(|hit| value.is_some_and(|value| hit.edtf != value)) {
                    wrong.push(format!("{} {example}: {dates:?}", card.id));
                }
            }
            for text in card.no {
                if extract(&normalize(text), &lexicons, None).dates.iter().any(|d| d.rule == card.id) {
                    wrong.push(format!("{} finds something in {text}", card.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn hostile_numbers_do_no_harm() {
        let lexicons = Lexicons::builtin();
        for text in [
            "99/99/9999",
            "0/0/0",
            "سنة 0",
            "عام 99999999999999999999",
            "31/12/0000 هـ",
            "القرن 0",
            "قبل 999999999999999999 عام",
            "بعد 9999999999 يوما",
            "كل 99999999999999999999999999 يوم",
            "الساعة 99:99",
            "25:61",
            "0 رمضان 0 هـ",
            "عام 1 ق.م",
            "2024-13-45T99:99",
            "الشهر الماضي 31/2",
            "آخر جمعة من شهر 12 سنة 9999",
            "منذ 20000 سنة",
            "من 30 إلى 31 شباط",
            "نهاية عام 9999",
            "القرن 30 قبل الميلاد",
            "قبل 9999 عقود",
            "بعد غد 9999-12-31",
            "-",
            "الساعة",
            "منتصف",
            "و",
        ] {
            for published in
                [None, Some("2024-02-29"), Some("9999-12-31T23:59:59"), Some("-9999-01-01"), Some("x")]
            {
                for date in extract(&normalize(text), &lexicons, published).dates {
                    assert!(date.span.end <= text.len() && date.span.start < date.span.end, "{text}");
                }
            }
        }
    }

    #[test]
    fn without_a_document_date_nothing_relative_is_resolved() {
        let text = normalize("وصل أمس، ويغادر الأسبوع المقبل، والثلاثاء يعود.");
        for date in extract(&text, &Lexicons::builtin(), None).dates {
            assert_eq!(date.resolved, None, "{date:?}");
        }
    }

    #[test]
    fn years_are_filled_in_from_the_document() {
        let lexicons = Lexicons::builtin();
        let resolved = |raw: &str, published: &str| {
            let text = normalize(raw);
            extract(&text, &lexicons, Some(published)).dates[0].resolved.clone()
        };
        assert_eq!(resolved("بدأت الهدنة في 22 نوفمبر واستمرت", "2024-01-29").as_deref(), Some("2023-11-22"));
        assert_eq!(resolved("وصل في شباط الماضي إلى البلاد", "2024-01-29").as_deref(), Some("2023-02"));
        assert_eq!(resolved("سيصل في الأول من آذار المقبل", "2024-03-02").as_deref(), Some("2025-03-01"));
        assert_eq!(resolved("غادر أمس الثلاثاء إلى عمان", "2024-03-20").as_deref(), Some("2024-03-19"));
    }
}
