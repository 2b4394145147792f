//! Claims: what a number is said of, how it is compared, by what verb it is
//! governed, and who says it. Knows neither dates nor entities.

use super::number::{self, Number};
use super::unit::Unit;
use super::{Card, Lexicons, Quote, Reading};
use crate::lexicon::Vocabulary;

/// What a claim's number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the record")]
pub enum Kind {
    Count,
    Percent,
    Fraction,
    Money,
    Measure,
    Duration,
    Ratio,
    Multiplier,
    Ordinal,
    Score,
    Age,
    Number,
}

/// How the value is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the record")]
pub enum Comparator {
    Exact,
    Approx,
    MoreThan,
    LessThan,
    AtLeast,
    AtMost,
    Between,
    Vague,
}

/// What the sentence reports of the quantity's course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the record")]
pub enum Change {
    Rise,
    Fall,
    RiseTo,
    FallTo,
    RiseBy,
    FallBy,
}

/// Whether the text says that it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the record")]
pub enum Modality {
    Asserted,
    Negated,
    Planned,
    Conditional,
    Estimated,
}

/// The counted noun.
#[derive(Clone, Debug)]
pub struct Noun {
    /// The noun as it stands.
    pub quote: Quote,
    /// Its dictionary form.
    pub lemma: String,
    /// Adjectives and nationality words that narrow it, as they stand.
    pub modifiers: Vec<String>,
}

/// The governing verb or verbal noun.
#[derive(Clone, Debug)]
pub struct Predicate {
    /// The word as it stands.
    pub quote: Quote,
    /// Its dictionary form.
    pub lemma: String,
    /// Its class (`release`, `kill` …).
    pub class: String,
}

/// Who says it.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The source's words.
    pub source: Quote,
    /// The words that mark it as a source.
    pub cue: Quote,
    /// Index of the entity that the source is.
    pub entity: Option<usize>,
}

/// A number with what is said of it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The number's words.
    pub number: Quote,
    /// The number as it was read.
    pub reading: Number,
    /// Index of the sentence.
    pub sentence: usize,
    /// What the number is.
    pub kind: Kind,
    /// How the value is to be taken.
    pub comparator: Comparator,
    /// The words that say so.
    pub comparator_quote: Option<Quote>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// The counted noun.
    pub noun: Option<Noun>,
    /// What is said of its course.
    pub change: Option<Change>,
    /// Index of the claim that it is a part of.
    pub part_of: Option<usize>,
    /// The governing word.
    pub predicate: Option<Predicate>,
    /// Index of the entity that acts.
    pub actor: Option<usize>,
    /// Indices of the places where it holds.
    pub place: Vec<usize>,
    /// Index of the date that anchors it.
    pub time: Option<usize>,
    /// Who says it.
    pub attribution: Option<Attribution>,
    /// Whether the text says that it is so.
    pub modality: Modality,
    /// The footnote marks that follow.
    pub cites: Vec<String>,
    /// Identifier of the rule that read it.
    pub rule: &'static str,
}

/// Comparators, reporting verbs, predicates and other cues.
#[derive(Debug, Default)]
pub struct Lists {}

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(_vocabulary: &mut Vocabulary) -> Self {
        Self {}
    }
}

/// The cards of the claim rules.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    std::iter::empty()
}

/// Makes a claim of every number, in order, without links to other families.
pub fn read(_reading: &Reading<'_>, _lexicons: &Lexicons, _units: &[Option<Unit>]) -> Vec<Claim> {
    let _ = number::cards;
    Vec::new()
}
