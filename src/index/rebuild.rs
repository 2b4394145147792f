//! An index of any version made anew from the documents that it keeps.
//!
//! The new one grows beside the old and takes its place at the very end: until
//! then readers find the old one, and a rebuilding that is interrupted leaves
//! nothing behind.

use std::path::{Path, PathBuf};

use tantivy::schema::Field;
use tantivy::{DocAddress, Searcher};

use super::error::{Error, Result};
use super::folder::{self, Label, Renewal};
use super::stored;
use super::writer::Writer;
use crate::document::Document;

/// Name of the field that keeps the documents, in every version.
const STORED: &str = "stored";

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

/// The documents of the old index.
pub struct Originals {
    path: PathBuf,
    searcher: Searcher,
    stored: Field,
    rest: Box<dyn Iterator<Item = DocAddress> + Send>,
}

impl std::fmt::Debug for Originals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Originals").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Iterator for Originals {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let address = self.rest.next()?;
            // Claims keep nothing.
            match stored::bytes_at(&self.searcher, self.stored, address) {
                Ok(None) => {}
                Ok(Some(bytes)) => return Some(stored::document(&bytes, &self.path)),
                Err(error) => return Some(Err(Error::damaged(&self.path, error))),
            }
        }
    }
}

impl Rebuild {
    /// Begins to make the index in `path` anew, with `threads` indexing threads.
    ///
    /// # Errors
    /// When there is none, another process writes, or its files are damaged.
    pub fn begin(path: &Path, threads: usize) -> Result<(Self, Originals)> {
        let Renewal { old, new, lock, label } = Renewal::begin(path)?;
        folder::verify(path, &old)?;
        let stored = old.schema().get_field(STORED).map_err(|e| Error::damaged(path, e))?;
        let searcher = old.reader().map_err(|e| Error::damaged(path, e))?.searcher();
        let addresses: Vec<Vec<u32>> =
            searcher.segment_readers().iter().map(|segment| segment.doc_ids_alive().collect()).collect();
        let rest = addresses.into_iter().zip(0..).flat_map(|(documents, segment)| {
            documents.into_iter().map(move |document| DocAddress::new(segment, document))
        });
        let originals = Originals { path: path.to_owned(), searcher, stored, rest: Box::new(rest) };
        let place = Place { path: path.to_owned(), label };
        Ok((Self { writer: Writer::of(new, lock, threads)?, place }, originals))
    }
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
