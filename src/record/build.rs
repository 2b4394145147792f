//! Makes the record of what was found. Words of the text and of the lists are
//! borrowed, for a record is mostly written at once.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::lexicon::LexiconOut;
use super::{
    AttributionOut, ClaimOut, DateOut, Doc, EntityOut, Exact, Id, Label, Name, NounOut, Part, PredicateOut,
    Record, SCHEMA_VERSION, SourceOut, UID, UID_DIGITS, UnitOut, Words, names, sha256,
};
use crate::document::Document;
use crate::extract::claim::{self, Claim};
use crate::extract::date::DateMention;
use crate::extract::entity::Entity;
use crate::extract::number::{Amount, Number};
use crate::extract::stretch::Stretch;
use crate::extract::{Findings, Origin, Quote, unit};
use crate::normalize::Text;
use crate::span::{Offsets, Span, Units};

/// Decimal places kept of a fraction that has no finite decimal.
const FRACTION_PLACES: u32 = 12;

/// The record of `document`, whose text is `text` and in which `found` was found.
pub fn record<'a>(
    document: &'a Document,
    text: &'a Text<'_>,
    found: &'a Findings,
    units: Units,
) -> Record<'a> {
    let offsets = Offsets::new(text.raw, units);
    let empty = empty(document, &found.users, offsets.total(), units);
    let parts = Parts { text, uid: uid(&empty.doc.sha256), offsets, found, first: 0 };
    parts.fill(empty)
}

/// The record of `document`, whose text has `length` units, without what was
/// found; the lexicons of `users` had a part in it.
pub fn empty<'a>(document: &'a Document, users: &[Origin], length: usize, units: Units) -> Record<'a> {
    let mut doc = doc(document, length, units);
    doc.lexicons = users.iter().map(LexiconOut::of).collect();
    Record {
        schema_version: Cow::Borrowed(SCHEMA_VERSION),
        doc,
        claims: Vec::new(),
        dates: Vec::new(),
        entities: Vec::new(),
        warnings: Vec::new(),
    }
}

/// What the record says of `document` itself, whose text has `length` units,
/// but for the lexicons that had a part.
pub fn doc(document: &Document, length: usize, units: Units) -> Doc<'_> {
    let source = document.source.as_ref().or(document.url.as_ref()).unwrap_or(&document.origin);
    Doc {
        id: borrowed(&document.id),
        source: borrowed(source),
        title: document.title.as_ref().map(borrowed),
        published: document.published.as_ref().map(borrowed),
        url: document.url.as_ref().map(borrowed),
        language: Cow::Borrowed("ar"),
        encoding: document.encoding.clone(),
        chars: length,
        offsets: Cow::Borrowed(units.name()),
        sha256: sha256(&document.text).into(),
        lexicons: Vec::new(),
        extra: document.extra.clone(),
    }
}

/// The parts of a record that a text or a stretch of it gives, made one by one.
#[derive(Debug)]
pub struct Parts<'a> {
    text: &'a Text<'a>,
    /// What every claim's `uid` begins with.
    uid: Label<UID>,
    offsets: Offsets<'a>,
    found: &'a Findings,
    /// Units of the text before it.
    first: usize,
}

/// What is to be said beside a number's value.
fn note(number: &Number) -> Option<Name> {
    match number.amount {
        Amount::Vague { interval: Some((least, most)), .. } => Some(Cow::Owned(format!("{least} to {most}"))),
        _ => number.doubt.map(Cow::Borrowed),
    }
}

impl<'a> Parts<'a> {
    /// What `stretch` gives, which begins at unit `first` of the text that
    /// `doc` tells of.
    pub fn of(stretch: &'a Stretch<'_>, first: usize, doc: &Doc<'_>) -> Self {
        let units = Units::from_name(&doc.offsets).unwrap_or_default();
        let Stretch { text, found } = stretch;
        Self { text, uid: uid(&doc.sha256), offsets: Offsets::new(text.raw, units), found, first }
    }

    /// Puts them into a record without any.
    pub fn fill(&self, empty: Record<'a>) -> Record<'a> {
        Record {
            claims: self.claims().collect(),
            dates: self.dates().collect(),
            entities: self.entities().collect(),
            warnings: self.warnings().collect(),
            ..empty
        }
    }

    /// The claims, in order.
    pub fn claims(&self) -> impl Iterator<Item = ClaimOut<'a>> {
        self.found.claims.iter().enumerate().map(|(i, claim)| self.claim(i, claim))
    }

    /// The dates, in order.
    pub fn dates(&self) -> impl Iterator<Item = DateOut<'a>> {
        self.found.dates.iter().enumerate().map(|(i, date)| self.date(i, date))
    }

    /// The entities, in order.
    pub fn entities(&self) -> impl Iterator<Item = EntityOut<'a>> {
        self.found.entities.iter().enumerate().map(|(i, entity)| self.entity(i, entity))
    }

    /// The contradictions.
    pub fn warnings(&self) -> impl Iterator<Item = Words<'a>> {
        self.found.warnings.iter().map(borrowed)
    }

    /// The unit of the text after its last.
    pub fn end(&self) -> usize {
        self.first + self.offsets.total()
    }

    fn place(&self, span: Span) -> (usize, usize) {
        (self.first + self.offsets.at(span.start), self.first + self.offsets.at(span.end))
    }

    fn claim_id(&self, index: usize) -> Id {
        Id::new('c', self.found.before.claims + index)
    }

    fn date_id(&self, index: usize) -> Id {
        Id::new('d', self.found.before.dates + index)
    }

    fn entity_id(&self, index: usize) -> Id {
        Id::new('e', self.found.before.entities + index)
    }

    fn words(&self, span: Span) -> Words<'a> {
        Cow::Borrowed(span.of(self.text.raw))
    }

    fn part(&self, quote: &'a Quote) -> Part<'a> {
        let (start, end) = self.place(quote.span);
        Part { start, end, surface: borrowed(&quote.surface) }
    }

    fn claim(&self, index: usize, claim: &'a Claim) -> ClaimOut<'a> {
        let (start, end) = self.place(claim.number.span);
        let sentence = self.text.sentences[claim.sentence];
        let (from, to) = self.place(self.text.span(sentence.start, sentence.end));
        let amount = Amounts::of(&claim.reading.amount);
        ClaimOut {
            id: self.claim_id(index),
            uid: self.uid(claim),
            series_key: claim.series_key.as_ref().map(borrowed),
            start,
            end,
            surface: borrowed(&claim.number.surface),
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
            part_of: claim.part_of.map(|i| self.claim_id(i)),
            predicate: claim.predicate.as_ref().map(|p| self.predicate(p)),
            actor: claim.actor.map(|i| self.entity_id(i)),
            place: claim.place.iter().map(|&i| self.entity_id(i)).collect(),
            time: claim.time.map(|i| self.date_id(i)),
            anchor: claim.anchor.map(names::anchor),
            attribution: claim.attribution.as_ref().map(|a| self.attribution(a)),
            modality: names::modality(claim.modality),
            cites: claim.cites.iter().map(borrowed).collect(),
            rule: Cow::Borrowed(claim.rule),
            rules: claim.rules.iter().map(|&rule| Cow::Borrowed(rule)).collect(),
        }
    }

    fn uid(&self, claim: &Claim) -> Label<UID> {
        let mut uid = self.uid;
        uid.push(itoa::Buffer::new().format(self.found.before.bytes + claim.number.span.start));
        uid
    }

    fn unit(&self, unit: &'a unit::Unit) -> UnitOut<'a> {
        let (start, end) = self.place(unit.span);
        UnitOut {
            code: (!unit.code.is_empty()).then(|| borrowed(&unit.code)),
            candidates: (!unit.candidates.is_empty())
                .then(|| unit.candidates.iter().map(|&code| Cow::Borrowed(code)).collect()),
            system: names::system(unit.system),
            start,
            end,
            surface: self.words(unit.span),
        }
    }

    fn noun(&self, noun: &'a claim::Noun) -> NounOut<'a> {
        let Part { start, end, surface } = self.part(&noun.quote);
        let modifiers = noun.modifiers.iter().map(borrowed).collect();
        NounOut { start, end, surface, lemma: borrowed(&noun.lemma), modifiers }
    }

    fn predicate(&self, predicate: &'a claim::Predicate) -> PredicateOut<'a> {
        let Part { start, end, surface } = self.part(&predicate.quote);
        let (lemma, class) = (Cow::Borrowed(predicate.lemma), Cow::Borrowed(predicate.class));
        PredicateOut { start, end, surface, lemma, class }
    }

    fn attribution(&self, attribution: &'a claim::Attribution) -> AttributionOut<'a> {
        let Part { start, end, surface } = self.part(&attribution.source);
        let entity = attribution.entity.map(|i| self.entity_id(i));
        let stance = attribution.stance.map(names::stance);
        AttributionOut {
            source: SourceOut { start, end, surface, entity },
            cue: self.part(&attribution.cue),
            stance,
        }
    }

    fn date(&self, index: usize, date: &'a DateMention) -> DateOut<'a> {
        let (start, end) = self.place(date.span);
        DateOut {
            id: self.date_id(index),
            start,
            end,
            surface: self.words(date.span),
            kind: names::timex(date.kind),
            edtf: borrowed(&date.edtf),
            timex: borrowed(&date.timex),
            resolved: date.resolved.as_ref().map(borrowed),
            earliest: date.earliest.as_ref().map(borrowed),
            latest: date.latest.as_ref().map(borrowed),
            basis: date.basis.map(names::basis),
            modifier: date.modifier.map(names::modifier),
            quant: date.recurs.map(|_| Cow::Borrowed("EVERY")),
            freq: date.recurs.flatten().map(|times| Cow::Owned(format!("{times}X"))),
            relation: names::relation(date.relation),
            calendar: names::calendar(date.calendar),
            hijri: date.hijri.as_ref().map(borrowed),
            relative: date.relative,
            valid: date.valid,
            rule: Cow::Borrowed(date.rule),
        }
    }

    fn entity(&self, index: usize, entity: &'a Entity) -> EntityOut<'a> {
        let (start, end) = self.place(entity.span);
        EntityOut {
            id: self.entity_id(index),
            entity_id: Id::new('E', entity.identity),
            start,
            end,
            surface: self.words(entity.span),
            kind: names::entity_type(entity.kind),
            subtype: entity.subtype.map(names::subtype),
            name: entity.name.as_deref().map(Cow::Borrowed),
            code: entity.code.as_deref().map(Cow::Borrowed),
            role: entity.role.as_ref().map(borrowed),
            nested_in: entity.nested_in.and_then(|i| self.found.entities.get(i).map(|_| self.entity_id(i))),
            rule: Cow::Borrowed(entity.rule),
        }
    }
}

fn uid(digest: &str) -> Label<UID> {
    let mut uid = Label::default();
    uid.push(&digest[..UID_DIGITS]);
    uid.push("-");
    uid
}

#[expect(clippy::ptr_arg, reason = "a function over what is held, not over its letters")]
fn borrowed(words: &String) -> Words<'_> {
    Cow::Borrowed(words)
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
