//! The flat claim: one claim with the document's fields and with the date,
//! places, actor and source that it links to spelled out. Every field is a
//! single value, so that a line is a row of a table.

use std::borrow::Cow;
use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ClaimOut, DateOut, EntityOut, Exact, Id, Name, Record, Words};
use crate::span::{Offsets, Units};

/// Between several values of one field.
pub(super) const SEPARATOR: &str = "; ";

/// One claim as a row.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlatClaim<'a> {
    /// Identifier of the document.
    pub doc_id: Words<'a>,
    /// Outlet, address, or the file and line it came from.
    pub doc_source: Words<'a>,
    /// Headline.
    pub doc_title: Option<Words<'a>>,
    /// Day or moment of publication, ISO 8601.
    pub doc_published: Option<Words<'a>>,
    /// Address of the text.
    pub doc_url: Option<Words<'a>>,
    /// The unit of all offsets: `chars`, `bytes` or `utf16`.
    pub offsets: Name,
    /// The claim's identifier in its document.
    pub claim_id: Id,
    /// Offset of the number's first character.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// The number's words.
    pub surface: Words<'a>,
    /// As in the record.
    pub kind: Name,
    /// The value, exact; null for ranges, vague quantities and scores.
    pub value: Option<Exact>,
    /// What else the signs of the number could say.
    pub note: Option<Name>,
    /// Smallest value of a range.
    pub min: Option<Exact>,
    /// Largest value of a range.
    pub max: Option<Exact>,
    /// Order of magnitude of a vague quantity.
    pub magnitude: Option<Exact>,
    /// A fraction's numerator and denominator, `3/4`.
    pub ratio: Option<Words<'a>>,
    /// Points of two sides, `3-1`.
    pub score: Option<Words<'a>>,
    /// As in the record.
    pub comparator: Name,
    /// The words that say so.
    pub comparator_surface: Option<Words<'a>>,
    /// Code of the unit.
    pub unit: Option<Words<'a>>,
    /// The codes that are possible where nothing decides.
    pub unit_candidates: Option<Words<'a>>,
    /// System of the code.
    pub unit_system: Option<Name>,
    /// The unit's words.
    pub unit_surface: Option<Words<'a>>,
    /// What is counted, as it stands.
    pub noun: Option<Words<'a>>,
    /// Its dictionary form.
    pub noun_lemma: Option<Words<'a>>,
    /// Words that narrow it.
    pub noun_modifiers: Option<Words<'a>>,
    /// As in the record.
    pub change: Option<Name>,
    /// Identifier of the claim that this one is a part of.
    pub part_of: Option<Id>,
    /// The words of that claim's number.
    pub part_of_surface: Option<Words<'a>>,
    /// Its value.
    pub part_of_value: Option<Exact>,
    /// The governing verb or verbal noun, as it stands.
    pub predicate: Option<Words<'a>>,
    /// Its dictionary form.
    pub predicate_lemma: Option<Words<'a>>,
    /// Its class.
    pub predicate_class: Option<Words<'a>>,
    /// The entity that acts: its canonical name, or its words.
    pub actor: Option<Words<'a>>,
    /// The places where it holds: canonical names, or their words.
    pub place: Option<Words<'a>>,
    /// Their ISO 3166 codes.
    pub place_code: Option<Words<'a>>,
    /// The words of the date that anchors it.
    pub time: Option<Words<'a>>,
    /// That date, resolved as far as it could be: EDTF, or as the text gives it.
    pub time_edtf: Option<Words<'a>>,
    /// Where the resolved part comes from: `explicit` `document_date` `context` `weekday`.
    pub time_basis: Option<Name>,
    /// Its first day.
    pub time_earliest: Option<Words<'a>>,
    /// Its last day.
    pub time_latest: Option<Words<'a>>,
    /// `at` `since` `until` `before` `after` `during`.
    pub time_relation: Option<Name>,
    /// The words of who says it; null for the narrator.
    pub source: Option<Words<'a>>,
    /// The canonical name of the entity that this is.
    pub source_name: Option<Words<'a>>,
    /// The words that mark it as a source.
    pub source_cue: Option<Words<'a>>,
    /// As in the record.
    pub modality: Name,
    /// The footnote marks that follow.
    pub cites: Option<Words<'a>>,
    /// The sentence.
    pub sentence: Words<'a>,
    /// The rule that read it.
    pub rule: Name,
}

/// The claims of `record` as rows; `text` is the document's text.
pub fn flatten<'a>(record: &'a Record<'a>, text: &'a str) -> Vec<FlatClaim<'a>> {
    flatten_stretch(record, text, 0)
}

/// The same for the record of a stretch of the document, which begins at unit
/// `first`; `text` is the text of the stretch.
pub fn flatten_stretch<'a>(record: &'a Record<'a>, text: &'a str, first: usize) -> Vec<FlatClaim<'a>> {
    if record.claims.is_empty() {
        return Vec::new();
    }
    let linked = Linked::of(record, text, first);
    record.claims.iter().map(|claim| linked.row(claim)).collect()
}

/// What the claims of a record link to, by identifier.
struct Linked<'a> {
    record: &'a Record<'a>,
    text: &'a str,
    offsets: Offsets<'a>,
    /// The unit of the document at which `text` begins.
    first: usize,
    claims: HashMap<&'a str, &'a ClaimOut<'a>>,
    dates: HashMap<&'a str, &'a DateOut<'a>>,
    entities: HashMap<&'a str, &'a EntityOut<'a>>,
}

impl<'a> Linked<'a> {
    fn of(record: &'a Record<'a>, text: &'a str, first: usize) -> Self {
        Self {
            record,
            text,
            first,
            offsets: Offsets::new(text, Units::from_name(&record.doc.offsets).unwrap_or_default()),
            claims: record.claims.iter().map(|c| (c.id.as_str(), c)).collect(),
            dates: record.dates.iter().map(|d| (d.id.as_str(), d)).collect(),
            entities: record.entities.iter().map(|e| (e.id.as_str(), e)).collect(),
        }
    }

    fn row(&self, claim: &'a ClaimOut<'a>) -> FlatClaim<'a> {
        let row = FlatClaim { sentence: self.sentence(claim), ..self.about_document() };
        let row = about_number(claim, row);
        let row = about_said(claim, row);
        self.about_links(claim, row)
    }

    fn about_document(&self) -> FlatClaim<'a> {
        let doc = &self.record.doc;
        FlatClaim {
            doc_id: doc.id.clone(),
            doc_source: doc.source.clone(),
            doc_title: doc.title.clone(),
            doc_published: doc.published.clone(),
            doc_url: doc.url.clone(),
            offsets: doc.offsets.clone(),
            ..FlatClaim::default()
        }
    }

    fn sentence(&self, claim: &ClaimOut<'_>) -> Words<'a> {
        let [start, end] = claim.sentence.map(|offset| self.offsets.byte(offset - self.first));
        Cow::Borrowed(self.text.get(start..end).unwrap_or_default())
    }

    fn about_links(&self, claim: &'a ClaimOut<'a>, row: FlatClaim<'a>) -> FlatClaim<'a> {
        let date = claim.time.as_deref().and_then(|id| self.dates.get(id));
        let actor = claim.actor.as_deref().and_then(|id| self.entities.get(id));
        let places: Vec<_> = claim.place.iter().filter_map(|id| self.entities.get(id.as_str())).collect();
        let whole = claim.part_of.as_deref().and_then(|id| self.claims.get(id));
        let source = claim.attribution.as_ref().and_then(|a| a.source.entity.as_deref());
        let source = source.and_then(|id| self.entities.get(id));
        FlatClaim {
            part_of_surface: whole.map(|c| c.surface.clone()),
            part_of_value: whole.and_then(|c| c.value),
            actor: actor.map(|e| name(e)),
            place: join(places.iter().map(|e| name(e))),
            place_code: join(places.iter().filter_map(|e| e.code.clone())),
            time: date.map(|d| d.surface.clone()),
            time_edtf: date.map(|d| d.resolved.clone().unwrap_or_else(|| d.edtf.clone())),
            time_basis: date.and_then(|d| d.basis.clone()),
            time_earliest: date.and_then(|d| d.earliest.clone()),
            time_latest: date.and_then(|d| d.latest.clone()),
            time_relation: date.map(|d| d.relation.clone()),
            source_name: source.map(|e| name(e)),
            ..row
        }
    }
}

/// The fields that tell the number.
fn about_number<'a>(claim: &'a ClaimOut<'a>, row: FlatClaim<'a>) -> FlatClaim<'a> {
    FlatClaim {
        claim_id: claim.id,
        start: claim.start,
        end: claim.end,
        surface: claim.surface.clone(),
        kind: claim.kind.clone(),
        value: claim.value,
        note: claim.note.clone(),
        min: claim.min,
        max: claim.max,
        magnitude: claim.magnitude,
        ratio: claim.ratio.map(|[n, d]| format!("{n}/{d}").into()),
        score: claim.score.map(|[a, b]| format!("{}-{}", a.0, b.0).into()),
        comparator: claim.comparator.clone(),
        comparator_surface: claim.comparator_span.as_ref().map(|p| p.surface.clone()),
        unit: claim.unit.as_ref().and_then(|u| u.code.clone()),
        unit_candidates: claim.unit.as_ref().and_then(|u| join(u.candidates.iter().flatten().cloned())),
        unit_system: claim.unit.as_ref().map(|u| u.system.clone()),
        unit_surface: claim.unit.as_ref().map(|u| u.surface.clone()),
        ..row
    }
}

/// The fields that tell what is said of it.
fn about_said<'a>(claim: &'a ClaimOut<'a>, row: FlatClaim<'a>) -> FlatClaim<'a> {
    let (noun, predicate, attribution) =
        (claim.noun.as_ref(), claim.predicate.as_ref(), claim.attribution.as_ref());
    FlatClaim {
        noun: noun.map(|n| n.surface.clone()),
        noun_lemma: noun.map(|n| n.lemma.clone()),
        noun_modifiers: noun.and_then(|n| join(n.modifiers.iter().cloned())),
        change: claim.change.clone(),
        part_of: claim.part_of,
        predicate: predicate.map(|p| p.surface.clone()),
        predicate_lemma: predicate.map(|p| p.lemma.clone()),
        predicate_class: predicate.map(|p| p.class.clone()),
        source: attribution.map(|a| a.source.surface.clone()),
        source_cue: attribution.map(|a| a.cue.surface.clone()),
        modality: claim.modality.clone(),
        cites: join(claim.cites.iter().cloned()),
        rule: claim.rule.clone(),
        ..row
    }
}

/// The canonical name, or the words where there is none.
fn name<'a>(entity: &'a EntityOut<'a>) -> Words<'a> {
    entity.name.clone().unwrap_or_else(|| entity.surface.clone())
}

fn join<'a>(values: impl Iterator<Item = Words<'a>>) -> Option<Words<'a>> {
    let all: Vec<_> = values.collect();
    (!all.is_empty()).then(|| all.join(SEPARATOR).into())
}
