//! An index of any version made anew from the documents that it keeps.
//!
//! The new one grows beside the old and takes its place at the very end: until
//! then readers find the old one, and a rebuilding that is interrupted leaves
//! nothing behind.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{DocId, Segment, TantivyDocument};

use super::damage;
use super::error::{Error, Result};
use super::folder::{Label, Renewal};
use super::stored;
use super::writer::Writer;
use crate::document::Document;

/// Names of the field that keeps the documents, in every version, and of that
/// which has their digests, since format 5.
const STORED: &str = "stored";
const FOUND: &str = "found";

/// A rebuilding under way.
#[derive(Debug)]
pub struct Rebuild {
    /// What the documents are to be written with.
    pub writer: Writer,
    /// Where it belongs in the end.
    pub place: Place,
}

/// The old index's place.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    label: Label,
}

/// The documents of the old index. Of its files only those are read that keep
/// documents or say which are deleted, so that damage to any other is healed.
pub struct Originals {
    path: PathBuf,
    stored: Field,
    found: Option<Field>,
    segments: std::vec::IntoIter<Segment>,
    current: Option<Current>,
}

/// A segment that is read.
struct Current {
    store: StoreReader,
    alive: Option<AliveBitSet>,
    rest: Range<DocId>,
}

impl std::fmt::Debug for Originals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Originals").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Originals {
    fn open(&self, segment: &Segment) -> Result<Current> {
        let read = |part| segment.open_read(part).map_err(|e| Error::damaged(&self.path, e));
        let damaged = |e: std::io::Error| Error::damaged(&self.path, e);
        let alive = if segment.meta().has_deletes() {
            let bytes = read(SegmentComponent::Delete)?.read_bytes().map_err(damaged)?;
            Some(AliveBitSet::open(bytes))
        } else {
            None
        };
        let store = StoreReader::open(read(SegmentComponent::Store)?, 1).map_err(damaged)?;
        Ok(Current { store, alive, rest: 0..segment.meta().max_doc() })
    }
}

impl Iterator for Originals {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(current) = &mut self.current else {
                let segment = self.segments.next()?;
                match survived(&self.path, || self.open(&segment)) {
                    Ok(opened) => self.current = Some(opened),
                    Err(error) => return Some(Err(error)),
                }
                continue;
            };
            let Some(entry) = current.rest.next() else {
                self.current = None;
                continue;
            };
            if current.alive.as_ref().is_none_or(|alive| alive.is_alive(entry)) {
                let (path, store) = (&self.path, &current.store);
                let read = survived(path, || {
                    let entry: TantivyDocument = store.get(entry).map_err(|e| Error::damaged(path, e))?;
                    stored::original(&entry, self.stored, self.found, path)
                });
                if let Some(document) = read.transpose() {
                    return Some(document);
                }
            }
        }
    }
}

/// The engine trusts what it reads: damage may end it anywhere.
fn survived<T>(path: &Path, read: impl FnOnce() -> Result<T>) -> Result<T> {
    let broken = |_| Err(Error::damaged(path, "what is stored cannot be read"));
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(broken)
}

impl Rebuild {
    /// Begins to make the index in `path` anew, with `threads` indexing
    /// threads. Unless `salvage`, the files that keep documents must be whole.
    ///
    /// # Errors
    /// When there is none, another process writes, or its files are damaged.
    pub fn begin(path: &Path, threads: usize, salvage: bool) -> Result<(Self, Originals)> {
        let Renewal { old, new, lock, label } = Renewal::begin(path)?;
        if !salvage {
            damage::verify(path, &old, keeps_documents)?;
        }
        let stored = old.schema().get_field(STORED).map_err(|e| Error::damaged(path, e))?;
        let found = old.schema().get_field(FOUND).ok();
        let segments = old.searchable_segments().map_err(|e| Error::damaged(path, e))?;
        let segments = segments.into_iter();
        let originals = Originals { path: path.to_owned(), stored, found, segments, current: None };
        let place = Place { path: path.to_owned(), label };
        Ok((Self { writer: Writer::of(new, lock, threads)?, place }, originals))
    }
}

fn keeps_documents(file: &Path) -> bool {
    file.extension().is_some_and(|kind| kind == "store" || kind == "del")
}

impl Place {
    /// Puts what `writer` has written in the old index's place.
    ///
    /// # Errors
    /// When the disk is full or an indexing thread failed; the old one stays.
    pub fn take(self, writer: Writer) -> Result<()> {
        let _lock = writer.release()?;
        self.label.take_place(&self.path)
    }
}
