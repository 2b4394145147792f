//! From a document and its record to the entries that an index is given: the
//! article with all that it is found by, and each of its claims.

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use rustc_hash::FxHashSet;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::analyzer::Analyzer;
use super::near::Runs;
use super::schema::{Fields, Kind};
use super::stored::{Fingerprint, Kept, Pair};
use crate::document::Document;
use crate::normalize::Text;
use crate::record::{ClaimOut, DateOut, Id, Record};
use crate::span::{Offsets, Units};

/// Bytes of a claim's entry, about.
const CLAIM: usize = 512;

/// An article ready to be written: everything that costs time is done.
#[derive(Debug)]
pub struct Entry {
    pub(super) id: String,
    pub(super) digest: Fingerprint,
    pub(super) runs: Runs,
    pub(super) document: TantivyDocument,
    pub(super) claims: Vec<TantivyDocument>,
    bytes: usize,
}

/// Makes entries; one per thread.
#[derive(Debug)]
pub struct Preparer {
    fields: Fields,
    analyzer: Analyzer,
}

impl Entry {
    /// Identifier of its document.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How many claims it has.
    pub fn claims(&self) -> usize {
        self.claims.len()
    }

    /// Bytes of its text.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl Preparer {
    pub(super) fn new(fields: Fields) -> Self {
        Self { fields, analyzer: Analyzer::default() }
    }

    /// The entry of `document`, whose text is `text` and whose record, with
    /// offsets in characters, is `record`.
    pub fn prepare(&mut self, document: &Document, text: &Text<'_>, record: Record<'_>) -> Entry {
        let kept = Kept::of(document);
        let (digest, runs) = (kept.digest(), Runs::of(text));
        let (words, stems, before) = self.analyzer.both(text);
        Entry {
            id: document.id.clone(),
            digest,
            bytes: document.text.len(),
            claims: self.claims(document, text, &before, &record),
            document: self.article(document, record, kept, &runs, (words, stems)),
            runs,
        }
    }

    fn article(
        &mut self,
        document: &Document,
        record: Record<'_>,
        kept: Kept,
        runs: &Runs,
        (words, stems): (String, String),
    ) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        let fields = self.fields;
        entry.add_text(fields.kind, Kind::Article.name());
        entry.add_text(fields.article, &document.id);
        entry.add_text(fields.id, &document.id);
        entry.add_u64(fields.digest, kept.digest());
        for term in runs.terms() {
            entry.add_bytes(fields.near, &term);
        }
        entry.add_text(fields.words, words);
        entry.add_text(fields.stems, stems);
        self.add_stems(&mut entry, fields.title, document.title.as_deref());
        for name in [&document.source, &document.url].into_iter().flatten() {
            self.add_stems(&mut entry, fields.source, Some(name));
        }
        add_outlet(&mut entry, fields.outlet, document);
        self.add_entities(&mut entry, &record);
        if let Some(day) = document.published.as_deref().and_then(day) {
            entry.add_i64(fields.published, day);
        }
        for (first, last) in mentions(&record.dates) {
            entry.add_i64(fields.mention_first, first);
            entry.add_i64(fields.mention_last, last);
        }
        let Pair { line, found } = kept.with(document, record);
        entry.add_text(fields.stored, line);
        entry.add_bytes(fields.found, &found);
        entry
    }

    fn add_stems(&mut self, entry: &mut TantivyDocument, field: Field, text: Option<&str>) {
        if let Some(raw) = text.filter(|raw| !raw.is_empty()) {
            entry.add_text(field, self.analyzer.stemmed(raw));
        }
    }

    fn add_entities(&mut self, entry: &mut TantivyDocument, record: &Record<'_>) {
        let (mut counted, mut seen) = (FxHashSet::default(), FxHashSet::default());
        for entity in &record.entities {
            let name = entity.name.as_deref().unwrap_or(&entity.surface);
            if counted.insert((entity.kind.clone(), name)) {
                entry.add_text(self.fields.entity, format!("{}\t{name}", entity.kind));
            }
            let Some(field) = self.entity_field(&entity.kind) else { continue };
            self.add_stems(entry, field, Some(name));
            if name != entity.surface && seen.insert((entity.kind.clone(), &entity.surface)) {
                self.add_stems(entry, field, Some(&entity.surface));
            }
        }
    }

    fn entity_field(&self, kind: &str) -> Option<Field> {
        match kind {
            "PER" => Some(self.fields.person),
            "ORG" => Some(self.fields.org),
            "LOC" => Some(self.fields.place),
            "NORP" => Some(self.fields.group),
            "EVENT" => Some(self.fields.event),
            _ => None,
        }
    }

    /// The entries of the claims; `before` is how many words stand before each token.
    fn claims(
        &mut self,
        document: &Document,
        text: &Text<'_>,
        before: &[u32],
        record: &Record<'_>,
    ) -> Vec<TantivyDocument> {
        let offsets = Offsets::new(text.raw, Units::Chars);
        let mut entries = Vec::with_capacity(record.claims.len());
        for (number, claim) in (0..).zip(&record.claims) {
            let mut entry = self.claim(claim, document, record);
            let [from, to] = claim.sentence.map(|at| before[text.token_at(offsets.byte(at))]);
            entry.add_u64(self.fields.claim, number);
            entry.add_u64(self.fields.from, u64::from(from));
            entry.add_u64(self.fields.to, u64::from(to));
            entries.push(entry);
        }
        entries
    }

    fn claim(&mut self, claim: &ClaimOut<'_>, document: &Document, record: &Record<'_>) -> TantivyDocument {
        let mut entry = TantivyDocument::with_capacity(CLAIM);
        let fields = self.fields;
        entry.add_text(fields.kind, Kind::Claim.name());
        entry.add_text(fields.article, &document.id);
        if let Some(noun) = &claim.noun {
            self.add_stems(&mut entry, fields.noun, Some(&noun.lemma));
            self.add_stems(&mut entry, fields.noun, Some(&noun.surface));
            for modifier in &noun.modifiers {
                self.add_stems(&mut entry, fields.noun, Some(modifier));
            }
        }
        add_values(&mut entry, &fields, claim);
        if let Some(unit) = &claim.unit {
            self.add_stems(&mut entry, fields.unit_words, Some(&unit.surface));
        }
        add_outlet(&mut entry, fields.outlet, document);
        self.add_links(&mut entry, claim, record);
        if let Some(day) = document.published.as_deref().and_then(day) {
            entry.add_i64(fields.published, day);
        }
        entry
    }

    fn add_links(&mut self, entry: &mut TantivyDocument, claim: &ClaimOut<'_>, record: &Record<'_>) {
        let fields = self.fields;
        let entity = |id: Id| named(&record.entities, id, |entity| entity.id);
        if let Some(actor) = claim.actor.and_then(entity) {
            self.add_stems(entry, fields.actor, Some(actor.name.as_deref().unwrap_or(&actor.surface)));
        }
        let mut places = FxHashSet::default();
        for place in claim.place.iter().filter_map(|&id| entity(id)) {
            let name = place.name.as_deref().unwrap_or(&place.surface);
            if places.insert(name) {
                self.add_stems(entry, fields.where_, Some(name));
                entry.add_text(fields.where_name, name);
            }
        }
        if let Some(attribution) = &claim.attribution {
            self.add_stems(entry, fields.said_by, Some(&attribution.source.surface));
        }
        let time = claim.time.and_then(|id| named(&record.dates, id, |date| date.id));
        if let Some(time) = time {
            if let Some(since) = time.earliest.as_deref().and_then(day) {
                entry.add_i64(fields.since, since);
            }
            if let Some(until) = time.latest.as_deref().and_then(day) {
                entry.add_i64(fields.until, until);
            }
        }
    }
}

fn add_values(entry: &mut TantivyDocument, fields: &Fields, claim: &ClaimOut<'_>) {
    let float = |exact: crate::record::Exact| exact.0.to_f64();
    let (least, most) =
        (claim.value.or(claim.min).and_then(float), claim.value.or(claim.max).and_then(float));
    if let Some(least) = least {
        entry.add_f64(fields.least, least);
    }
    if let Some(most) = most.filter(|_| most != least) {
        entry.add_f64(fields.most, most);
    }
    entry.add_text(fields.quantity, &claim.kind);
    entry.add_text(fields.comparator, &claim.comparator);
    entry.add_text(fields.modality, &claim.modality);
    if let Some(code) = claim.unit.as_ref().and_then(|unit| unit.code.as_deref()) {
        entry.add_text(fields.unit, code);
    }
    if let Some(predicate) = claim.predicate.as_ref().filter(|p| !p.class.is_empty()) {
        entry.add_text(fields.predicate, &predicate.class);
    }
}

/// The finding with this identifier, which most often tells its place.
fn named<T>(findings: &[T], id: Id, id_of: impl Fn(&T) -> Id) -> Option<&T> {
    let number = id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0_usize);
    let likely = findings.get(number.wrapping_sub(1)).filter(|finding| id_of(finding) == id);
    likely.or_else(|| findings.iter().find(|finding| id_of(finding) == id))
}

/// Days since 1970 of an ISO 8601 day or moment.
pub fn day(text: &str) -> Option<i64> {
    let date: Date = text.get(..10)?.parse().ok()?;
    Some(i64::from((date - Date::constant(1970, 1, 1)).get_days()))
}

/// First and last day of every date that is mentioned, each pair once.
fn mentions(dates: &[DateOut<'_>]) -> FxHashSet<(i64, i64)> {
    let days = |date: &DateOut<'_>| Some((day(date.earliest.as_deref()?)?, day(date.latest.as_deref()?)?));
    dates.iter().filter(|date| date.valid).filter_map(days).collect()
}

/// The outlet by its name, or by the host of its address.
fn add_outlet(entry: &mut TantivyDocument, field: Field, document: &Document) {
    let host = |url: &str| Some(url.split_once("://")?.1.split(['/', '?', '#']).next()?.to_owned());
    let name = document.source.clone().or_else(|| document.url.as_deref().and_then(host));
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        entry.add_text(field, name);
    }
}
