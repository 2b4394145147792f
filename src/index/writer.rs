//! Writing an index: articles come in with their claims, an unchanged one is
//! passed over, a changed one replaces itself.
//!
//! An article and its claims are handed to Tantivy as one batch of operations
//! and become visible in one commit. What [`Writer::commit`] has returned for
//! is on the disk; what came after is lost if the process dies, and ingesting
//! the same documents again completes it.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::index::SegmentId;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{IndexWriter, Searcher, SegmentReader, Term};

use super::damage::{self, Causes};
use super::duplicates::{self, COMPARED, Near};
use super::entry::{Entry, Preparer};
use super::error::{Error, Result};
use super::folder::{Index, Lock};
use super::near::{ALIKE, Runs, TERM};
use super::stored::Fingerprint;

/// Memory of one indexing thread, in bytes.
const THREAD_MEMORY: usize = 96 << 20;
/// Entries up to which an index is kept in one segment.
const TINY: u32 = 20_000;
/// Segments that a small index may have, as one ingest leaves them.
const FEW: usize = 2;
/// Entries up to which an index is small.
const SMALL: u32 = 200_000;
/// Indexing threads at most.
const THREADS: usize = 8;

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

/// What became of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Put {
    /// How its document stood to the index.
    pub standing: Standing,
    /// Other articles that it resembles, the most alike first.
    pub near: Vec<Near>,
}

/// How much was written since the last commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uncommitted {
    /// Documents written or deleted.
    pub documents: usize,
    /// Bytes of text.
    pub bytes: usize,
}

/// One state of an index, to ask before a document is worked on.
pub struct Committed {
    index: Index,
    searcher: Searcher,
}

impl Committed {
    /// Whether the document with this identifier and
    /// [`digest`](super::stored::digest) is there.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn holds(&self, id: &str, digest: Fingerprint) -> Result<bool> {
        Ok(self.index.digest(&self.searcher, id)? == Some(digest))
    }
}

/// The one writer of an index.
pub struct Writer {
    index: Index,
    engine: IndexWriter,
    searcher: Searcher,
    pending: Pending,
    _lock: Lock,
}

/// What was written since the last commit.
#[derive(Default)]
struct Pending {
    /// By identifier; `None` where deleted.
    articles: FxHashMap<Arc<str>, Option<(Fingerprint, Runs)>>,
    /// Identifiers by the terms that near duplicates share.
    near: FxHashMap<[u8; TERM], Vec<Arc<str>>>,
    bytes: usize,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("index", &self.index).finish_non_exhaustive()
    }
}

impl Pending {
    fn put(&mut self, entry: (String, Fingerprint, Runs), bytes: usize) {
        let (id, digest, runs) = entry;
        let id: Arc<str> = id.into();
        for term in runs.terms() {
            self.near.entry(term).or_default().push(Arc::clone(&id));
        }
        self.articles.insert(id, Some((digest, runs)));
        self.bytes += bytes;
    }

    /// The articles that resemble one with this identifier and these runs.
    fn near(&self, id: &str, runs: &Runs) -> Vec<Near> {
        let sharing = runs.terms().filter_map(|term| Some(self.near.get(&term)?.iter().take(COMPARED)));
        let others: FxHashSet<&Arc<str>> = sharing.flatten().filter(|other| &***other != id).collect();
        let likeness = |other: &Arc<str>| {
            let (_, theirs) = self.articles.get(other)?.as_ref()?;
            Some(Near { id: other.to_string(), likeness: runs.likeness(theirs) })
        };
        others.into_iter().take(COMPARED).filter_map(likeness).filter(|near| near.likeness >= ALIKE).collect()
    }
}

impl Writer {
    /// Opens the index in folder `path` for writing with `threads` indexing
    /// threads, making it where there is none.
    ///
    /// # Errors
    /// When another process writes, the folder holds other things or another
    /// version's index, or the index is damaged: that is looked for, because
    /// merging segments gives what they hold new checksums.
    pub fn open(path: &Path, threads: usize) -> Result<Self> {
        let (index, lock) = Index::open_or_create(path)?;
        damage::verify(path, &index.tantivy, |_| true)?;
        Self::of(index, lock, threads)
    }

    pub(super) fn of(index: Index, lock: Lock, threads: usize) -> Result<Self> {
        let threads = threads.clamp(1, THREADS);
        let engine = index.tantivy.writer_with_num_threads(threads, threads * THREAD_MEMORY);
        let engine = engine.map_err(|e| match e {
            tantivy::TantivyError::LockFailure(..) => Error::Locked(index.path().to_owned()),
            other => index.causes().explain(other),
        })?;
        let searcher = index.searcher();
        Ok(Self { index, engine, searcher, pending: Pending::default(), _lock: lock })
    }

    /// What was in the index when it was opened or last committed; can be
    /// asked on any thread.
    pub fn committed(&self) -> Committed {
        Committed { index: self.index.clone(), searcher: self.searcher.clone() }
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
        let fields = self.index.fields;
        move || Preparer::new(fields)
    }

    /// How the document with this identifier and [`digest`](super::stored::digest)
    /// stands to the index, with what was written since the last commit.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn standing(&self, id: &str, digest: Fingerprint) -> Result<Standing> {
        match self.pending.articles.get(id) {
            Some(Some((written, _))) if *written == digest => return Ok(Standing::Same),
            Some(Some(_)) => return Ok(Standing::Changed),
            Some(None) => return Ok(Standing::New),
            None => {}
        }
        Ok(match self.index.digest(&self.searcher, id)? {
            Some(kept) if kept == digest => Standing::Same,
            Some(_) => Standing::Changed,
            None => Standing::New,
        })
    }

    /// Writes an entry, in place of the one with its identifier. It lasts from
    /// the next [`Writer::commit`] on.
    ///
    /// # Errors
    /// When the disk is full or an indexing thread failed.
    pub fn put(&mut self, entry: Entry) -> Result<Put> {
        let standing = self.standing(&entry.id, entry.digest)?;
        if standing == Standing::Same {
            return Ok(Put { standing, near: Vec::new() });
        }
        let near = self.near(&entry.id, &entry.runs)?;
        let bytes = entry.bytes();
        let mut operations = Vec::with_capacity(entry.claims.len() + 2);
        if standing == Standing::Changed {
            operations.push(UserOperation::Delete(self.owner(&entry.id)));
        }
        operations.push(UserOperation::Add(entry.document));
        operations.extend(entry.claims.into_iter().map(UserOperation::Add));
        self.engine.run(operations).map_err(|e| self.explain(e))?;
        self.pending.put((entry.id, entry.digest, entry.runs), bytes);
        Ok(Put { standing, near })
    }

    fn near(&self, id: &str, runs: &Runs) -> Result<Vec<Near>> {
        let mut near = self.pending.near(id, runs);
        let replaced = |other: &str| other == id || self.pending.articles.contains_key(other);
        near.extend(duplicates::of_runs(&self.index, &self.searcher, runs, COMPARED, replaced)?);
        duplicates::sort(&mut near);
        Ok(near)
    }

    /// Deletes an article with its claims from the next [`Writer::commit`] on;
    /// tells whether it was there.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn delete(&mut self, id: &str) -> Result<bool> {
        let there = match self.pending.articles.get(id) {
            Some(pending) => pending.is_some(),
            None => self.index.address(&self.searcher, id)?.is_some(),
        };
        if there {
            self.engine.delete_term(self.owner(id));
            self.pending.articles.insert(id.into(), None);
        }
        Ok(there)
    }

    fn explain(&self, error: tantivy::TantivyError) -> Error {
        self.index.causes().explain(error)
    }

    fn owner(&self, id: &str) -> Term {
        Term::from_field_text(self.index.fields.article, id)
    }

    /// How much the next commit would make lasting.
    pub fn uncommitted(&self) -> Uncommitted {
        Uncommitted { documents: self.pending.articles.len(), bytes: self.pending.bytes }
    }

    /// Makes everything written so far lasting and visible.
    ///
    /// # Errors
    /// When the disk is full or an indexing thread failed; then the index is
    /// as it was after the last commit.
    pub fn commit(&mut self) -> Result<()> {
        if self.pending.articles.is_empty() {
            return Ok(());
        }
        self.engine.commit().map_err(|e| self.explain(e))?;
        self.index.reload()?;
        self.searcher = self.index.searcher();
        self.pending = Pending::default();
        Ok(())
    }

    /// Commits and waits for the merging of segments.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn close(self) -> Result<()> {
        self.release().map(|_| ())
    }

    /// Closes, and keeps the right to write.
    pub(super) fn release(mut self) -> Result<Lock> {
        self.commit()?;
        let Self { engine, index, searcher, _lock: lock, .. } = self;
        let causes = index.causes();
        drop(searcher);
        // Merging that is under way would make one begun beside it void.
        engine.wait_merging_threads().map_err(|e| causes.explain(e))?;
        tidy(index, &causes)?;
        Ok(lock)
    }

    /// Merges all segments into one and removes what is no longer needed.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn compact(mut self) -> Result<()> {
        self.commit()?;
        let segments = self.index.tantivy.searchable_segment_ids()?;
        let Self { mut engine, index, searcher, _lock, .. } = self;
        let causes = index.causes();
        if segments.len() > 1 || searcher.segment_readers().iter().any(SegmentReader::has_deletes) {
            engine.merge(&segments).wait().map_err(|e| causes.explain(e))?;
        }
        // An open state of the index would keep the files of merged segments.
        drop((searcher, index));
        engine.garbage_collect_files().wait()?;
        engine.wait_merging_threads().map_err(|e| causes.explain(e))
    }
}

/// The segments of a small index, where one is not much larger than all
/// others together: each has a dictionary of its own, which makes a small
/// index much larger. An index that grows by little is not copied each
/// time, nor one that takes long to copy for the sake of one segment.
fn similar(searcher: &Searcher) -> Vec<SegmentId> {
    let segments = searcher.segment_readers();
    let largest = segments.iter().map(SegmentReader::num_docs).max().unwrap_or(0);
    let all: u32 = segments.iter().map(SegmentReader::num_docs).sum();
    let few = all > TINY && segments.len() <= FEW;
    if few || all > SMALL || (all - largest) * 3 < largest {
        return Vec::new();
    }
    segments.iter().map(SegmentReader::segment_id).collect()
}

/// Merges what is similar and removes files that nothing needs any more.
fn tidy(index: Index, causes: &Causes) -> Result<()> {
    index.reload()?;
    let similar = similar(&index.searcher());
    let engine = index.tantivy.writer_with_num_threads(1, THREAD_MEMORY);
    let mut engine: IndexWriter = engine.map_err(|e| causes.explain(e))?;
    engine.set_merge_policy(Box::new(NoMergePolicy));
    if similar.len() > 1 {
        // Where it fails, the segments stay as they are.
        let _ = engine.merge(&similar).wait();
    }
    // An open state of the index would keep the files of merged segments.
    drop(index);
    engine.garbage_collect_files().wait().map_err(|e| causes.explain(e))?;
    engine.wait_merging_threads().map_err(|e| causes.explain(e))
}
