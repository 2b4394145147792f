//! Writing an index: articles come in with their claims, an unchanged one is
//! passed over, a changed one replaces itself.
//!
//! An article and its claims are handed to Tantivy as one batch of operations
//! and become visible in one commit. What [`Writer::commit`] has returned for
//! is on the disk; what came after is lost if the process dies, and ingesting
//! the same documents again completes it.

use std::path::Path;

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::indexer::UserOperation;
use tantivy::schema::Field;
use tantivy::{DocSet, IndexWriter, Searcher, SegmentReader, TantivyDocument, Term};

use super::analyzer::{Analyzer, Level};
use super::error::{Error, Result};
use super::folder::{Index, Lock};
use super::schema::{Fields, Kind};
use super::stored;
use crate::document::Document;
use crate::normalize::{Text, normalize};
use crate::record::{ClaimOut, DateOut, Record};
use crate::span::{Offsets, Units};

/// Memory of one indexing thread, in bytes.
const THREAD_MEMORY: usize = 96 << 20;
/// Documents after which [`Writer::put`] commits.
const COMMIT_DOCUMENTS: usize = 20_000;
/// Bytes of text after which [`Writer::put`] commits.
const COMMIT_BYTES: usize = 128 << 20;

/// How a document stands to the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its identifier is not there.
    New,
    /// The identifier is there with another content.
    Changed,
    /// It is there as it is.
    Same,
}

/// An article ready to be written: everything that costs time is done.
#[derive(Debug)]
pub struct Entry {
    id: String,
    digest: [u8; 32],
    bytes: usize,
    document: TantivyDocument,
    claims: Vec<TantivyDocument>,
}

/// One state of an index, to ask before a document is worked on.
pub struct Committed {
    digest: Field,
    searcher: Searcher,
}

impl Committed {
    /// Whether exactly this document is there.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn holds(&self, digest: &[u8; 32]) -> Result<bool> {
        is_alive(&self.searcher, &Term::from_field_bytes(self.digest, digest))
    }
}

/// Makes entries; one per thread.
#[derive(Debug)]
pub struct Preparer {
    fields: Fields,
    analyzer: Analyzer,
}

/// The one writer of an index.
pub struct Writer {
    index: Index,
    engine: IndexWriter,
    searcher: Searcher,
    /// Written since the last commit; `None` where deleted.
    pending: FxHashMap<String, Option<[u8; 32]>>,
    /// Documents after which it commits by itself.
    batch: usize,
    bytes: usize,
    _lock: Lock,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("index", &self.index).finish_non_exhaustive()
    }
}

impl Writer {
    /// Opens the index in folder `path` for writing with `threads` indexing
    /// threads, making it where there is none.
    ///
    /// # Errors
    /// When another process writes, the folder holds other things or another
    /// version's index, or the index is damaged.
    pub fn open(path: &Path, threads: usize) -> Result<Self> {
        let (index, lock) = Index::open_or_create(path)?;
        let threads = threads.clamp(1, 8);
        let engine = index.tantivy.writer_with_num_threads(threads, threads * THREAD_MEMORY);
        let engine = engine.map_err(|e| match e {
            tantivy::TantivyError::LockFailure(..) => Error::Locked(path.to_owned()),
            other => Error::Engine(other),
        })?;
        let searcher = index.searcher();
        Ok(Self {
            index,
            engine,
            searcher,
            pending: FxHashMap::default(),
            batch: COMMIT_DOCUMENTS,
            bytes: 0,
            _lock: lock,
        })
    }

    /// Commits by itself after `documents` documents.
    pub fn commit_after(&mut self, documents: usize) {
        self.batch = documents.max(1);
    }

    /// What was in the index when it was opened or last committed; can be
    /// asked on any thread.
    pub fn committed(&self) -> Committed {
        Committed { digest: self.index.fields.digest, searcher: self.searcher.clone() }
    }

    /// The index that is written.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// What makes entries for this index.
    pub fn preparer(&self) -> Preparer {
        self.preparers()()
    }

    /// The same for many threads, without holding the writer.
    pub fn preparers(&self) -> impl Fn() -> Preparer + Send + Sync + use<> {
        let fields = self.index.fields.clone();
        move || Preparer { fields: fields.clone(), analyzer: Analyzer::default() }
    }

    /// How the document with this identifier and [`stored::digest`] stands to
    /// the index, with what was written since the last commit.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn standing(&self, id: &str, digest: &[u8; 32]) -> Result<Standing> {
        match self.pending.get(id) {
            Some(Some(written)) if written == digest => return Ok(Standing::Same),
            Some(Some(_)) => return Ok(Standing::Changed),
            Some(None) => return Ok(Standing::New),
            None => {}
        }
        let fields = &self.index.fields;
        if is_alive(&self.searcher, &Term::from_field_bytes(fields.digest, digest))? {
            Ok(Standing::Same)
        } else if is_alive(&self.searcher, &Term::from_field_text(fields.id, id))? {
            Ok(Standing::Changed)
        } else {
            Ok(Standing::New)
        }
    }

    /// Writes an entry, in place of the one with its identifier; commits when
    /// much is uncommitted.
    ///
    /// # Errors
    /// When the disk is full or an indexing thread failed.
    pub fn put(&mut self, entry: Entry) -> Result<Standing> {
        let standing = self.standing(&entry.id, &entry.digest)?;
        if standing == Standing::Same {
            return Ok(standing);
        }
        let mut operations = Vec::with_capacity(entry.claims.len() + 2);
        if standing == Standing::Changed {
            operations.push(UserOperation::Delete(self.owner(&entry.id)));
        }
        operations.push(UserOperation::Add(entry.document));
        operations.extend(entry.claims.into_iter().map(UserOperation::Add));
        self.engine.run(operations)?;
        self.pending.insert(entry.id, Some(entry.digest));
        self.bytes += entry.bytes;
        if self.pending.len() >= self.batch || self.bytes >= COMMIT_BYTES {
            self.commit()?;
        }
        Ok(standing)
    }

    /// Deletes an article with its claims; tells whether it was there.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn delete(&mut self, id: &str) -> Result<bool> {
        let there = self.standing(id, &[0; 32])? != Standing::New;
        if there {
            self.engine.delete_term(self.owner(id));
            self.pending.insert(id.to_owned(), None);
        }
        Ok(there)
    }

    fn owner(&self, id: &str) -> Term {
        Term::from_field_text(self.index.fields.article, id)
    }

    /// Makes everything written so far lasting and visible.
    ///
    /// # Errors
    /// When the disk is full or an indexing thread failed.
    pub fn commit(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.engine.commit()?;
        self.index.reload()?;
        self.searcher = self.index.searcher();
        self.pending.clear();
        self.bytes = 0;
        Ok(())
    }

    /// Commits and waits for the merging of segments.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn close(mut self) -> Result<()> {
        self.commit()?;
        // An open state of the index would keep the files of merged segments.
        let Self { engine, index, searcher, _lock, .. } = self;
        drop((searcher, index));
        engine.wait_merging_threads()?;
        Ok(())
    }

    /// Merges all segments into one and removes what is no longer needed.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn compact(mut self) -> Result<()> {
        self.commit()?;
        let segments = self.index.tantivy.searchable_segment_ids()?;
        let Self { mut engine, index, searcher, _lock, .. } = self;
        if segments.len() > 1 || searcher.segment_readers().iter().any(SegmentReader::has_deletes) {
            engine.merge(&segments).wait()?;
        }
        // An open state of the index would keep the files of merged segments.
        drop((searcher, index));
        engine.garbage_collect_files().wait()?;
        engine.wait_merging_threads()?;
        Ok(())
    }
}

/// Whether a living entry has the term.
fn is_alive(searcher: &Searcher, term: &Term) -> Result<bool> {
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(term.field())?;
        let postings = inverted.read_postings(term, tantivy::schema::IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
        while postings.doc() != tantivy::TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                return Ok(true);
            }
            postings.advance();
        }
    }
    Ok(false)
}

impl Entry {
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
    /// The entry of `document`, whose text is `text` and whose record, with
    /// offsets in characters, is `record`.
    pub fn prepare(&mut self, document: &Document, text: &Text<'_>, record: &Record) -> Entry {
        let claims = self.claims(document, text, record);
        Entry {
            id: document.id.clone(),
            digest: stored::digest(document),
            bytes: document.text.len(),
            document: self.article(document, text, record),
            claims,
        }
    }

    fn article(&mut self, document: &Document, text: &Text<'_>, record: &Record) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        let fields = self.fields.clone();
        entry.add_text(fields.kind, Kind::Article.name());
        entry.add_text(fields.article, &document.id);
        entry.add_text(fields.id, &document.id);
        entry.add_bytes(fields.digest, &stored::digest(document));
        let (words, stems) = self.analyzer.both(text);
        entry.add_text(fields.words, words);
        entry.add_text(fields.stems, stems);
        self.add_stems(&mut entry, fields.title, document.title.as_deref());
        for name in [&document.source, &document.url].into_iter().flatten() {
            self.add_stems(&mut entry, fields.source, Some(name));
        }
        add_outlet(&mut entry, fields.outlet, document);
        self.add_entities(&mut entry, record);
        if let Some(day) = document.published.as_deref().and_then(day) {
            entry.add_i64(fields.published, day);
        }
        for (first, last) in mentions(&record.dates) {
            entry.add_i64(fields.mention_first, first);
            entry.add_i64(fields.mention_last, last);
        }
        entry.add_bytes(fields.stored, &stored::encode(document, record));
        entry
    }

    fn add_stems(&mut self, entry: &mut TantivyDocument, field: Field, text: Option<&str>) {
        if let Some(raw) = text.filter(|raw| !raw.is_empty()) {
            let text = normalize(raw);
            entry.add_text(field, self.analyzer.analyzed(&text, 0, text.tokens.len(), Level::Stems));
        }
    }

    fn add_entities(&mut self, entry: &mut TantivyDocument, record: &Record) {
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

    fn claims(&mut self, document: &Document, text: &Text<'_>, record: &Record) -> Vec<TantivyDocument> {
        let offsets = Offsets::new(text.raw, Units::Chars);
        let claims = record.claims.iter().enumerate();
        claims.map(|(number, claim)| self.claim(number, claim, document, text, record, &offsets)).collect()
    }

    fn claim(
        &mut self,
        number: usize,
        claim: &ClaimOut,
        document: &Document,
        text: &Text<'_>,
        record: &Record,
        offsets: &Offsets<'_>,
    ) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        let fields = self.fields.clone();
        entry.add_text(fields.kind, Kind::Claim.name());
        entry.add_text(fields.article, &document.id);
        entry.add_u64(fields.claim, number as u64);
        let [from, to] = claim.sentence.map(|at| text.token_at(offsets.byte(at)));
        entry.add_text(fields.sentence, self.analyzer.analyzed(text, from, to, Level::Stems));
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

    fn add_links(&mut self, entry: &mut TantivyDocument, claim: &ClaimOut, record: &Record) {
        let fields = self.fields.clone();
        let entity = |id: &str| record.entities.iter().find(|e| e.id == id);
        if let Some(actor) = claim.actor.as_deref().and_then(entity) {
            self.add_stems(entry, fields.actor, Some(actor.name.as_deref().unwrap_or(&actor.surface)));
        }
        let mut places = FxHashSet::default();
        for place in claim.place.iter().filter_map(|id| entity(id)) {
            let name = place.name.as_deref().unwrap_or(&place.surface);
            if places.insert(name) {
                self.add_stems(entry, fields.where_, Some(name));
                entry.add_text(fields.where_name, name);
            }
        }
        if let Some(attribution) = &claim.attribution {
            self.add_stems(entry, fields.said_by, Some(&attribution.source.surface));
        }
        let time = claim.time.as_deref().and_then(|id| record.dates.iter().find(|d| d.id == id));
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

fn add_values(entry: &mut TantivyDocument, fields: &Fields, claim: &ClaimOut) {
    let float = |exact: crate::record::Exact| exact.0.to_f64();
    if let Some(least) = claim.value.or(claim.min).and_then(float) {
        entry.add_f64(fields.least, least);
    }
    if let Some(most) = claim.value.or(claim.max).and_then(float) {
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

/// Days since 1970 of an ISO 8601 day or moment.
pub fn day(text: &str) -> Option<i64> {
    let date: Date = text.get(..10)?.parse().ok()?;
    Some(i64::from((date - Date::constant(1970, 1, 1)).get_days()))
}

/// First and last day of every date that is mentioned, each pair once.
fn mentions(dates: &[DateOut]) -> FxHashSet<(i64, i64)> {
    let days = |date: &DateOut| Some((day(date.earliest.as_deref()?)?, day(date.latest.as_deref()?)?));
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
