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
// What of it quotes the text.
pub mod quotes;
// A run as a whole.
pub mod manifest;

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use lexicon::LexiconOut;

use crate::document::Document;
use crate::extract::claim::{self, Claim};
use crate::extract::date::DateMention;
use crate::extract::entity::Entity;
use crate::extract::number::{Amount, Number};
use crate::extract::{Findings, Quote, unit};
use crate::normalize::Text;
use crate::span::{Offsets, Span, Units};

pub use exact::Exact;

/// Version of the record's form; the first part changes when a reader breaks.
pub const SCHEMA_VERSION: &str = "1.0";

/// A word from a closed set, or a rule's identifier.
pub type Name = Cow<'static, str>;

/// How many digits of the text's SHA-256 begin a claim's `uid`.
const UID_DIGITS: usize = 12;

/// Decimal places kept of a fraction that has no finite decimal.
const FRACTION_PLACES: u32 = 12;

/// Everything found in one document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Version of this form.
    pub schema_version: String,
    /// What is known of the document.
    pub doc: Doc,
    /// Numeric claims, in the text's order.
    pub claims: Vec<ClaimOut>,
    /// Temporal expressions, in the text's order.
    pub dates: Vec<DateOut>,
    /// Entities, in the text's order, the outer before the inner.
    pub entities: Vec<EntityOut>,
    /// Contradictions found in the text.
    pub warnings: Vec<String>,
}

/// The document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Doc {
    /// Identifier of the document.
    pub id: String,
    /// Outlet, address, or the file and line it came from.
    pub source: String,
    /// Headline.
    pub title: Option<String>,
    /// Day or moment of publication, ISO 8601.
    pub published: Option<String>,
    /// Address of the text.
    pub url: Option<String>,
    /// BCP 47 language tag.
    pub language: String,
    /// The encoding that the text was read from, where that was not UTF-8.
    #[serde(default)]
    pub encoding: Option<Name>,
    /// Length of the text in `offsets` units.
    pub chars: usize,
    /// The unit of all offsets: `chars`, `bytes` or `utf16`.
    pub offsets: Name,
    /// SHA-256 of the text as read, in hexadecimal.
    pub sha256: String,
    /// The user's lexicons that had a part in the record, in their order.
    #[serde(default)]
    pub lexicons: Vec<LexiconOut>,
    /// Further fields of the input.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

/// A part of the text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words as they stand.
    pub surface: String,
}

/// A number with what is said of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimOut {
    /// `c1`, `c2` … in the text's order.
    pub id: String,
    /// The same for the same text on every machine: the beginning of the
    /// text's SHA-256 and the byte at which the number begins.
    #[serde(default)]
    pub uid: String,
    /// What is counted, of whom, where, by what event, in dictionary forms and
    /// codes: the same for claims of different articles about one quantity.
    #[serde(default)]
    pub series_key: Option<String>,
    /// Offset of the number's first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// The number's words.
    pub surface: String,
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
    pub comparator_span: Option<Part>,
    /// What is measured.
    pub unit: Option<UnitOut>,
    /// What is counted.
    pub noun: Option<NounOut>,
    /// `rise` `fall` `rise_to` `fall_to` `rise_by` `fall_by`.
    pub change: Option<Name>,
    /// The claim that this one is a part of.
    pub part_of: Option<String>,
    /// The governing verb or verbal noun.
    pub predicate: Option<PredicateOut>,
    /// The entity that acts.
    pub actor: Option<String>,
    /// The entities where it holds.
    pub place: Vec<String>,
    /// The date that anchors it.
    pub time: Option<String>,
    /// Where that date stands: `clause` `sentence` `paragraph`; `document`
    /// where the text says none and the document's own date holds.
    #[serde(default)]
    pub anchor: Option<Name>,
    /// Who says it; null for the narrator.
    pub attribution: Option<AttributionOut>,
    /// `asserted` `negated` `planned` `conditional` `estimated` `asked`.
    pub modality: Name,
    /// The footnote marks that follow.
    pub cites: Vec<String>,
    /// The rule that read it.
    pub rule: Name,
    /// The rules that filled its fields.
    #[serde(default)]
    pub rules: Vec<Name>,
}

/// A unit of measure or currency.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UnitOut {
    /// UCUM code, ISO 4217 code, ISO 8601 duration or `%`; null where several
    /// are possible.
    pub code: Option<String>,
    /// The codes that are possible where nothing decides; null where `code` is
    /// known.
    #[serde(default)]
    pub candidates: Option<Vec<String>>,
    /// `iso4217` `ucum` `iso8601` `percent`.
    pub system: Name,
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: String,
}

/// A counted noun.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NounOut {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Words that narrow it.
    pub modifiers: Vec<String>,
}

/// A governing word.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PredicateOut {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Its class.
    pub class: String,
}

/// Who says it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AttributionOut {
    /// The source.
    pub source: SourceOut,
    /// The words that mark it as one.
    pub cue: Part,
    /// How it stands to what it says: `claims` `denies` `opines` `estimates`;
    /// null where it just says so.
    #[serde(default)]
    pub stance: Option<Name>,
}

/// A source's words.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SourceOut {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: String,
    /// The entity that it is.
    pub entity: Option<String>,
}

/// A temporal expression.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateOut {
    /// `d1`, `d2` … in the text's order.
    pub id: String,
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: String,
    /// TIMEX3 type: `DATE` `TIME` `DURATION` `SET`.
    #[serde(rename = "type")]
    pub kind: Name,
    /// The value as the text gives it: EDTF, ISO 8601 for durations and weeks.
    pub edtf: String,
    /// The TIMEX3 value.
    pub timex: String,
    /// The value once the document's date or an earlier mention fills it.
    pub resolved: Option<String>,
    /// Its first day, ISO 8601.
    pub earliest: Option<String>,
    /// Its last day, ISO 8601.
    pub latest: Option<String>,
    /// `explicit` `document_date` `context` `weekday`.
    pub basis: Option<Name>,
    /// TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<Name>,
    /// TIMEX3's quantifier of a recurring time.
    pub quant: Option<Name>,
    /// How often a recurring time recurs in its period: `2X`.
    pub freq: Option<String>,
    /// `at` `since` `until` `before` `after` `during`.
    pub relation: Name,
    /// `gregorian` or `hijri`.
    pub calendar: Name,
    /// A Hijri date's own fields.
    pub hijri: Option<String>,
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
pub struct EntityOut {
    /// `e1`, `e2` … in the text's order.
    pub id: String,
    /// The same for all mentions of one entity: `E1`, `E2` …
    pub entity_id: String,
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: String,
    /// `PER` `ORG` `LOC` `NORP` `EVENT` `MISC`.
    #[serde(rename = "type")]
    pub kind: Name,
    /// For places: `country` `city` `region` `facility` `natural`.
    pub subtype: Option<Name>,
    /// Its canonical name.
    pub name: Option<String>,
    /// ISO 3166 code.
    pub code: Option<String>,
    /// A person's title or office.
    pub role: Option<String>,
    /// The mention that it stands inside.
    pub nested_in: Option<String>,
    /// The rule that found it.
    pub rule: Name,
}

/// The record of `document`, whose text is `text` and in which `found` was found.
pub fn record(document: &Document, text: &Text<'_>, found: &Findings, units: Units) -> Record {
    let offsets = Offsets::new(text.raw, units);
    let mut doc = doc(document, offsets.total(), units);
    doc.lexicons = found.users.iter().map(LexiconOut::of).collect();
    let writer = Writer { text, digest: doc.sha256.clone(), offsets, found };
    Record {
        schema_version: SCHEMA_VERSION.to_owned(),
        doc,
        claims: found.claims.iter().enumerate().map(|(i, c)| writer.claim(i, c)).collect(),
        dates: found.dates.iter().enumerate().map(|(i, d)| writer.date(i, d)).collect(),
        entities: found.entities.iter().enumerate().map(|(i, e)| writer.entity(i, e)).collect(),
        warnings: found.warnings.clone(),
    }
}

/// What the record says of `document` itself, whose text has `length` units,
/// but for the lexicons that had a part.
pub fn doc(document: &Document, length: usize, units: Units) -> Doc {
    let source = document.source.as_ref().or(document.url.as_ref()).unwrap_or(&document.origin);
    Doc {
        id: document.id.clone(),
        source: source.clone(),
        title: document.title.clone(),
        published: document.published.clone(),
        url: document.url.clone(),
        language: "ar".to_owned(),
        encoding: document.encoding.clone(),
        chars: length,
        offsets: Cow::Borrowed(units.name()),
        sha256: sha256(&document.text),
        lexicons: Vec::new(),
        extra: document.extra.clone(),
    }
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

struct Writer<'a> {
    text: &'a Text<'a>,
    /// SHA-256 of the text.
    digest: String,
    offsets: Offsets<'a>,
    found: &'a Findings,
}

/// What is to be said beside a number's value.
fn note(number: &Number) -> Option<Name> {
    match number.amount {
        Amount::Vague { interval: Some((least, most)), .. } => Some(Cow::Owned(format!("{least} to {most}"))),
        _ => number.doubt.map(Cow::Borrowed),
    }
}

impl Writer<'_> {
    fn place(&self, span: Span) -> (usize, usize) {
        (self.offsets.at(span.start), self.offsets.at(span.end))
    }

    fn part(&self, quote: &Quote) -> Part {
        let (start, end) = self.place(quote.span);
        Part { start, end, surface: quote.surface.clone() }
    }

    fn claim(&self, index: usize, claim: &Claim) -> ClaimOut {
        let (start, end) = self.place(claim.number.span);
        let sentence = self.text.sentences[claim.sentence];
        let (from, to) = self.place(self.text.span(sentence.start, sentence.end));
        let amount = Amounts::of(&claim.reading.amount);
        ClaimOut {
            id: id('c', index),
            uid: self.uid(claim),
            series_key: claim.series_key.clone(),
            start,
            end,
            surface: claim.number.surface.clone(),
            sentence: [from, to],
            kind: names::kind(claim.kind),
            value: amount.value,
            note: note(&claim.reading),
            min: amount.min,
            max: amount.max,
            magnitude: amount.magnitude,
            ratio: amount.ratio,
            score: amount.score,
            comparator: names::comparator(claim.comparator),
            comparator_span: claim.comparator_quote.as_ref().map(|q| self.part(q)),
            unit: claim.unit.as_ref().map(|u| self.unit(u)),
            noun: claim.noun.as_ref().map(|n| self.noun(n)),
            change: claim.change.map(names::change),
            part_of: claim.part_of.map(|i| id('c', i)),
            predicate: claim.predicate.as_ref().map(|p| self.predicate(p)),
            actor: claim.actor.map(|i| id('e', i)),
            place: claim.place.iter().map(|&i| id('e', i)).collect(),
            time: claim.time.map(|i| id('d', i)),
            anchor: claim.anchor.map(names::anchor),
            attribution: claim.attribution.as_ref().map(|a| self.attribution(a)),
            modality: names::modality(claim.modality),
            cites: claim.cites.clone(),
            rule: Cow::Borrowed(claim.rule),
            rules: claim.rules.iter().map(|&rule| Cow::Borrowed(rule)).collect(),
        }
    }

    fn uid(&self, claim: &Claim) -> String {
        format!("{}-{}", &self.digest[..UID_DIGITS], claim.number.span.start)
    }

    fn unit(&self, unit: &unit::Unit) -> UnitOut {
        let (start, end) = self.place(unit.span);
        UnitOut {
            code: (!unit.code.is_empty()).then(|| unit.code.clone()),
            candidates: (!unit.candidates.is_empty())
                .then(|| unit.candidates.iter().map(|&code| code.to_owned()).collect()),
            system: names::system(unit.system),
            start,
            end,
            surface: unit.span.of(self.text.raw).to_owned(),
        }
    }

    fn noun(&self, noun: &claim::Noun) -> NounOut {
        let Part { start, end, surface } = self.part(&noun.quote);
        NounOut { start, end, surface, lemma: noun.lemma.clone(), modifiers: noun.modifiers.clone() }
    }

    fn predicate(&self, predicate: &claim::Predicate) -> PredicateOut {
        let Part { start, end, surface } = self.part(&predicate.quote);
        PredicateOut { start, end, surface, lemma: predicate.lemma.to_owned(), class: predicate.class.to_owned() }
    }

    fn attribution(&self, attribution: &claim::Attribution) -> AttributionOut {
        let Part { start, end, surface } = self.part(&attribution.source);
        let entity = attribution.entity.map(|i| id('e', i));
        let stance = attribution.stance.map(names::stance);
        AttributionOut {
            source: SourceOut { start, end, surface, entity },
            cue: self.part(&attribution.cue),
            stance,
        }
    }

    fn date(&self, index: usize, date: &DateMention) -> DateOut {
        let (start, end) = self.place(date.span);
        DateOut {
            id: id('d', index),
            start,
            end,
            surface: date.span.of(self.text.raw).to_owned(),
            kind: names::timex(date.kind),
            edtf: date.edtf.clone(),
            timex: date.timex.clone(),
            resolved: date.resolved.clone(),
            earliest: date.earliest.clone(),
            latest: date.latest.clone(),
            basis: date.basis.map(names::basis),
            modifier: date.modifier.map(names::modifier),
            quant: date.recurs.map(|_| Cow::Borrowed("EVERY")),
            freq: date.recurs.flatten().map(|times| format!("{times}X")),
            relation: names::relation(date.relation),
            calendar: names::calendar(date.calendar),
            hijri: date.hijri.clone(),
            relative: date.relative,
            valid: date.valid,
            rule: Cow::Borrowed(date.rule),
        }
    }

    fn entity(&self, index: usize, entity: &Entity) -> EntityOut {
        let (start, end) = self.place(entity.span);
        EntityOut {
            id: id('e', index),
            entity_id: id('E', entity.identity),
            start,
            end,
            surface: entity.span.of(self.text.raw).to_owned(),
            kind: names::entity_type(entity.kind),
            subtype: entity.subtype.map(names::subtype),
            name: entity.name.clone(),
            code: entity.code.clone(),
            role: entity.role.clone(),
            nested_in: entity.nested_in.and_then(|i| self.found.entities.get(i).map(|_| id('e', i))),
            rule: Cow::Borrowed(entity.rule),
        }
    }
}

fn id(letter: char, index: usize) -> String {
    let mut id = String::with_capacity(8);
    id.push(letter);
    id.push_str(itoa::Buffer::new().format(index + 1));
    id
}

/// The value fields of a claim.
#[derive(Default)]
struct Amounts {
    value: Option<Exact>,
    min: Option<Exact>,
    max: Option<Exact>,
    magnitude: Option<Exact>,
    ratio: Option<[u32; 2]>,
    score: Option<[Exact; 2]>,
}

impl Amounts {
    fn of(amount: &Amount) -> Self {
        let exact = |value: Decimal| Exact(value.normalize());
        match *amount {
            Amount::Exact(value) => Self { value: Some(exact(value)), ..Self::default() },
            Amount::Range(min, max) => {
                Self { min: Some(exact(min)), max: Some(exact(max)), ..Self::default() }
            }
            Amount::Vague { magnitude, .. } => Self { magnitude: magnitude.map(exact), ..Self::default() },
            Amount::Fraction(n, d) => {
                let value = Decimal::from(n).checked_div(Decimal::from(d));
                let value = value.map(|v| exact(v.round_dp(FRACTION_PLACES)));
                Self { value, ratio: Some([n, d]), ..Self::default() }
            }
            Amount::Score(a, b) => Self { score: Some([exact(a), exact(b)]), ..Self::default() },
        }
    }
}
