//! Units of measure (UCUM), currencies (ISO 4217) and units of time, found
//! beside numbers. Knows no claims.

use super::Reading;
use super::number::Number;
use crate::lexicon::Vocabulary;
use crate::span::Span;

/// The code system of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// A currency.
    Iso4217,
    /// A physical unit.
    Ucum,
    /// A length of time, as an ISO 8601 duration (`P18M`).
    Iso8601,
    /// Of a hundred.
    Percent,
}

/// A unit beside a number.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The code; empty where several are possible and nothing decides.
    pub code: String,
    /// The system of the code.
    pub system: System,
    /// Where it stands.
    pub span: Span,
    /// Token after the last of the unit.
    pub end: usize,
}

/// Units and currencies.
#[derive(Debug, Default)]
pub struct Lists {}

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(_vocabulary: &mut Vocabulary) -> Self {
        Self {}
    }
}

/// The unit of each number of the reading, in the numbers' order.
pub fn read(reading: &Reading<'_>, _lists: &Lists) -> Vec<Option<Unit>> {
    reading.numbers.iter().map(|_: &Number| None).collect()
}
