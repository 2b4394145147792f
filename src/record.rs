//! The record: what is written for a document, and nothing else. The only
//! types with `Serialize` and `JsonSchema`; `schemas/` is generated from them.
//!
//! Fields without a value are null, never left out, so that a reader's columns
//! are stable.

// What the values of closed sets are called.
pub(crate) mod names;
// What is read.
pub mod article;
// What could not be read.
pub mod rejection;
// The claims as rows of a table.
pub mod flat;
// The record as tables.
pub mod tables;
// A lexicon that had a part.
pub mod lexicon;
// Exact decimals.
pub mod exact;
// Short identifiers.
pub mod label;
// What of it quotes the text.
pub mod quotes;
// A run as a whole.
pub mod manifest;
// How it is made of what was found.
mod build;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use lexicon::LexiconOut;

pub use build::{Parts, doc, empty, record};
pub use exact::Exact;
pub use label::{Id, Label};

/// Version of the record's form; the first part changes when a reader breaks.
pub const SCHEMA_VERSION: &str = "1.0";

/// A word from a closed set, or a rule's identifier.
pub type Name = Cow<'static, str>;

/// Words: of the text or of a list where the record was just made.
pub type Words<'a> = Cow<'a, str>;

/// How many digits of the text's SHA-256 begin a claim's `uid`.
const UID_DIGITS: usize = 12;

/// Those, a sign and the digits of an offset.
const UID: usize = UID_DIGITS + 21;

/// Everything found in one document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record<'a> {
    /// Version of this form.
    pub schema_version: Words<'a>,
    /// What is known of the document.
    pub doc: Doc<'a>,
    /// Numeric claims, in the text's order.
    pub claims: Vec<ClaimOut<'a>>,
    /// Temporal expressions, in the text's order.
    pub dates: Vec<DateOut<'a>>,
    /// Entities, in the text's order, the outer before the inner.
    pub entities: Vec<EntityOut<'a>>,
    /// Contradictions found in the text.
    pub warnings: Vec<Words<'a>>,
}

/// The document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Doc<'a> {
    /// Identifier of the document.
    pub id: Words<'a>,
    /// Outlet, address, or the file and line it came from.
    pub source: Words<'a>,
    /// Headline.
    pub title: Option<Words<'a>>,
    /// Day or moment of publication, ISO 8601.
    pub published: Option<Words<'a>>,
    /// Address of the text.
    pub url: Option<Words<'a>>,
    /// BCP 47 language tag.
    pub language: Words<'a>,
    /// The encoding that the text was read from, where that was not UTF-8.
    #[serde(default)]
    pub encoding: Option<Name>,
    /// Length of the text in `offsets` units.
    pub chars: usize,
    /// The unit of all offsets: `chars`, `bytes` or `utf16`.
    pub offsets: Name,
    /// SHA-256 of the text as read, in hexadecimal.
    pub sha256: Words<'a>,
    /// The user's lexicons that had a part in the record, in their order.
    #[serde(default)]
    pub lexicons: Vec<LexiconOut>,
    /// Further fields of the input.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

impl Doc<'_> {
    /// The same, with words of its own.
    pub fn into_owned(self) -> Doc<'static> {
        let owned = |words: Words<'_>| Cow::Owned(words.into_owned());
        Doc {
            id: owned(self.id),
            source: owned(self.source),
            title: self.title.map(owned),
            published: self.published.map(owned),
            url: self.url.map(owned),
            language: owned(self.language),
            sha256: owned(self.sha256),
            ..self
        }
    }
}

/// A part of the text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Part<'a> {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words as they stand.
    pub surface: Words<'a>,
}

/// A number with what is said of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimOut<'a> {
    /// `c1`, `c2` … in the text's order.
    pub id: Id,
    /// The same for the same text on every machine: the beginning of the
    /// text's SHA-256 and the byte at which the number begins.
    #[serde(default)]
    pub uid: Label<UID>,
    /// What is counted, of whom, where, by what event, in dictionary forms and
    /// codes: the same for claims of different articles about one quantity.
    #[serde(default)]
    pub series_key: Option<Words<'a>>,
    /// Offset of the number's first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// The number's words.
    pub surface: Words<'a>,
    /// Start and end of the sentence.
    pub sentence: [usize; 2],
    /// `count` `percent` `fraction` `money` `measure` `duration` `ratio` `multiplier` `ordinal` `score` `age` `number`.
    pub kind: Name,
    /// The value, exact; null for ranges, vague quantities and scores.
    pub value: Option<Exact>,
    /// What else the signs of the number could say, where both readings stand
    /// and the likelier was taken; for a vague quantity the interval that its
    /// word has (`3 to 9`).
    #[serde(default)]
    pub note: Option<Name>,
    /// Smallest value of a range.
    pub min: Option<Exact>,
    /// Largest value of a range.
    pub max: Option<Exact>,
    /// Order of magnitude of a vague quantity.
    pub magnitude: Option<Exact>,
    /// Numerator and denominator of a fraction.
    pub ratio: Option<[u32; 2]>,
    /// Points of two sides, in the order of the text.
    pub score: Option<[Exact; 2]>,
    /// `exact` `approx` `more_than` `less_than` `at_least` `at_most` `between` `vague`.
    pub comparator: Name,
    /// The words that say so.
    pub comparator_span: Option<Part<'a>>,
    /// What is measured.
    pub unit: Option<UnitOut<'a>>,
    /// What is counted.
    pub noun: Option<NounOut<'a>>,
    /// `rise` `fall` `rise_to` `fall_to` `rise_by` `fall_by`.
    pub change: Option<Name>,
    /// The claim that this one is a part of.
    pub part_of: Option<Id>,
    /// The governing verb or verbal noun.
    pub predicate: Option<PredicateOut<'a>>,
    /// The entity that acts.
    pub actor: Option<Id>,
    /// The entities where it holds.
    pub place: Vec<Id>,
    /// The date that anchors it.
    pub time: Option<Id>,
    /// Where that date stands: `clause` `sentence` `paragraph`; `document`
    /// where the text says none and the document's own date holds.
    #[serde(default)]
    pub anchor: Option<Name>,
    /// Who says it; null for the narrator.
    pub attribution: Option<AttributionOut<'a>>,
    /// `asserted` `negated` `planned` `conditional` `estimated` `asked`.
    pub modality: Name,
    /// The footnote marks that follow.
    pub cites: Vec<Words<'a>>,
    /// The rule that read it.
    pub rule: Name,
    /// The rules that filled its fields.
    #[serde(default)]
    pub rules: Vec<Name>,
}

/// A unit of measure or currency.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UnitOut<'a> {
    /// UCUM code, ISO 4217 code, ISO 8601 duration or `%`; null where several
    /// are possible.
    pub code: Option<Words<'a>>,
    /// The codes that are possible where nothing decides; null where `code` is
    /// known.
    #[serde(default)]
    pub candidates: Option<Vec<Words<'a>>>,
    /// `iso4217` `ucum` `iso8601` `percent`.
    pub system: Name,
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: Words<'a>,
}

/// A counted noun.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NounOut<'a> {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: Words<'a>,
    /// Its dictionary form.
    pub lemma: Words<'a>,
    /// Words that narrow it.
    pub modifiers: Vec<Words<'a>>,
}

/// A governing word.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PredicateOut<'a> {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: Words<'a>,
    /// Its dictionary form.
    pub lemma: Words<'a>,
    /// Its class.
    pub class: Words<'a>,
}

/// Who says it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AttributionOut<'a> {
    /// The source.
    pub source: SourceOut<'a>,
    /// The words that mark it as one.
    pub cue: Part<'a>,
    /// How it stands to what it says: `claims` `denies` `opines` `estimates`;
    /// null where it just says so.
    #[serde(default)]
    pub stance: Option<Name>,
}

/// A source's words.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SourceOut<'a> {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: Words<'a>,
    /// The entity that it is.
    pub entity: Option<Id>,
}

/// A temporal expression.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateOut<'a> {
    /// `d1`, `d2` … in the text's order.
    pub id: Id,
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: Words<'a>,
    /// TIMEX3 type: `DATE` `TIME` `DURATION` `SET`.
    #[serde(rename = "type")]
    pub kind: Name,
    /// The value as the text gives it: EDTF, ISO 8601 for durations and weeks.
    pub edtf: Words<'a>,
    /// The TIMEX3 value.
    pub timex: Words<'a>,
    /// The value once the document's date or an earlier mention fills it.
    pub resolved: Option<Words<'a>>,
    /// Its first day, ISO 8601.
    pub earliest: Option<Words<'a>>,
    /// Its last day, ISO 8601.
    pub latest: Option<Words<'a>>,
    /// `explicit` `document_date` `context` `weekday`.
    pub basis: Option<Name>,
    /// TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<Name>,
    /// TIMEX3's quantifier of a recurring time.
    pub quant: Option<Name>,
    /// How often a recurring time recurs in its period: `2X`.
    pub freq: Option<Words<'a>>,
    /// `at` `since` `until` `before` `after` `during`.
    pub relation: Name,
    /// `gregorian` or `hijri`.
    pub calendar: Name,
    /// A Hijri date's own fields.
    pub hijri: Option<Words<'a>>,
    /// Whether it counts from another time.
    pub relative: bool,
    /// Whether the calendar has such a day.
    pub valid: bool,
    /// The rule that found it.
    pub rule: Name,
}

/// A mention of an entity.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntityOut<'a> {
    /// `e1`, `e2` … in the text's order.
    pub id: Id,
    /// The same for all mentions of one entity: `E1`, `E2` …
    pub entity_id: Id,
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: Words<'a>,
    /// `PER` `ORG` `LOC` `NORP` `EVENT` `MISC`.
    #[serde(rename = "type")]
    pub kind: Name,
    /// For places: `country` `city` `region` `facility` `natural`.
    pub subtype: Option<Name>,
    /// Its canonical name.
    pub name: Option<Words<'a>>,
    /// ISO 3166 code.
    pub code: Option<Words<'a>>,
    /// A person's title or office.
    pub role: Option<Words<'a>>,
    /// The mention that it stands inside.
    pub nested_in: Option<Id>,
    /// The rule that found it.
    pub rule: Name,
}

/// Hexadecimal SHA-256 of `text`.
pub fn sha256(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

/// Two hexadecimal digits a byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).expect("four bits");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
