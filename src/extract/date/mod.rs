//! Dates: days, months, years, clock times, durations and recurring times, as
//! TIMEX3 types with EDTF values, resolved against the document's date.

use super::{Card, Reading, Rule};
use crate::lexicon::Vocabulary;
use crate::span::Span;

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
    /// How what is said relates to it.
    pub relation: Relation,
    /// Its calendar.
    pub calendar: Calendar,
    /// A Hijri date's own fields, `YYYY-MM-DD` as far as said.
    pub hijri: Option<String>,
    /// Whether it counts from another time (أمس).
    pub relative: bool,
    /// Whether the calendar has such a day.
    pub valid: bool,
    /// Identifier of the rule that found it.
    pub rule: &'static str,
}

/// The lists of the date grammar.
#[derive(Debug, Default)]
pub struct Lists {}

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(_vocabulary: &mut Vocabulary) -> Self {
        Self {}
    }
}

/// The rules, in the order in which they are tried.
pub static RULES: &[Rule<Lists, DateMention>] = &[];

/// The cards of the rules.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    RULES.iter().map(|rule| &rule.card)
}

/// Finds every temporal expression, in order, without overlaps.
pub fn read(_reading: &Reading<'_>, _lists: &Lists, _published: Option<&str>) -> Vec<DateMention> {
    Vec::new()
}
