//! What a number says: the value types that numbers, dates and claims share.
//! Knows no text and no grammar.

use std::fmt;

use rust_decimal::Decimal;

use crate::span::Span;

/// What a number says.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// An exact decimal, as written.
    Exact(Decimal),
    /// Anything from the first to the second.
    Range(Decimal, Decimal),
    /// A quantity without a value: its order of magnitude where the word gives
    /// one («آلاف» 1000), and an interval where the language fixes one («بضعة»
    /// 3 to 9).
    Vague {
        /// Power of ten, or `None`.
        magnitude: Option<Decimal>,
        /// Smallest and largest value meant.
        interval: Option<(Decimal, Decimal)>,
    },
    /// Numerator and denominator.
    Fraction(u32, u32),
    /// Two sides' points, in the order of the text.
    Score(Decimal, Decimal),
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(value) => write!(f, "{}", value.normalize()),
            Self::Range(min, max) => write!(f, "{}..{}", min.normalize(), max.normalize()),
            Self::Vague { magnitude: Some(m), .. } => write!(f, "~{}", m.normalize()),
            Self::Vague { magnitude: None, .. } => write!(f, "~"),
            Self::Fraction(n, d) => write!(f, "{n}/{d}"),
            Self::Score(a, b) => write!(f, "{}:{}", a.normalize(), b.normalize()),
        }
    }
}

/// What sort of number it is, by its own words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// How many or how much.
    Cardinal,
    /// Which in a sequence.
    Ordinal,
    /// So many of a hundred.
    Percent,
    /// A part of one.
    Fraction,
    /// So many of so many («واحد من كل ستة»).
    Ratio,
    /// So many times («ضعفا», «ثلاثة أضعاف»).
    Multiplier,
    /// A noun in the dual («أسيرين»): two of it.
    Dual,
    /// Points of two sides.
    Score,
    /// No value («عشرات»).
    Vague,
}

/// A number in a text.
#[derive(Clone, Debug)]
pub struct Number {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// The words of the value alone: without article, proclitics, pronoun.
    pub span: Span,
    /// What it says.
    pub amount: Amount,
    /// What sort it is.
    pub sort: Sort,
    /// Whether it is written in digits only (no scale word, no spelled part).
    pub digits: bool,
    /// Whether the article stands before it («الثلاثة», «الـ128»).
    pub article: bool,
    /// Identifier of the rule that read it.
    pub rule: &'static str,
    /// What else the signs could say, where both readings stand.
    pub doubt: Option<&'static str>,
    /// The base of a rate.
    pub base: Option<Base>,
}

/// What a rate counts for («لكل 100 ألف»).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Base {
    /// The base's value.
    pub value: Decimal,
    /// First token: «لكل».
    pub start: usize,
    /// Token after the last of its number.
    pub end: usize,
}

impl Number {
    /// Whether it counts by the ending of its noun.
    pub fn is_dual(&self) -> bool {
        self.sort == Sort::Dual
    }

    /// The value, where there is exactly one.
    pub fn value(&self) -> Option<Decimal> {
        match self.amount {
            Amount::Exact(value) => Some(value),
            Amount::Fraction(n, d) => Decimal::from(n).checked_div(Decimal::from(d)),
            _ => None,
        }
    }

    /// The value as a small whole number written as such, for the date rules.
    pub fn integer(&self) -> Option<i64> {
        match self.amount {
            Amount::Exact(value) if value.fract().is_zero() => i64::try_from(value).ok(),
            _ => None,
        }
    }
}

/// A cardinal as the number grammar reads it.
#[derive(Clone, Copy, Debug)]
pub struct Cardinal {
    /// Its value.
    pub value: Decimal,
    /// Token after the last.
    pub end: usize,
    /// Byte offset of its first letter, after proclitics and article.
    pub at: usize,
    /// Whether an article stands before it.
    pub article: bool,
    /// Whether it is digits only.
    pub digits: bool,
    /// Whether it is one run of so many digits, else 0.
    pub width: usize,
    /// The last scale word's value, 1 if there is none.
    pub scale: Decimal,
    /// Whether it is the single word واحد.
    pub one: bool,
    /// What else its signs could say.
    pub doubt: Option<&'static str>,
}
