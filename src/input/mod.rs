//! Input: files, folders, patterns and standard input become documents, one
//! at a time. Each format is a file of its own in [`FORMATS`].
//!
//! Never gives up: what cannot be read becomes one [`InputError`] and the rest
//! goes on. Knows nothing of what is done with a document.

// Flow order: each module uses only those above it.
// Bytes: counted, unpacked, looked at.
pub mod decode;
// Metadata fields of a JSON object.
pub mod fields;
// A file that is one text.
pub mod text;
// JSON Lines.
pub mod lines;
// Paths to files.
pub mod gather;
// Users' lists of names.
pub mod lexicon;

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::document::Document;
use crate::error::{InputError, Reason};
use gather::{Entry, Place};

/// The longest line of JSON Lines and the longest plain text, in bytes.
pub const LIMIT: usize = 256 << 20;

/// What is read, in the order of the input.
#[derive(Debug)]
pub enum Item {
    /// A document.
    Document(Document),
    /// A file or a line that was left out.
    Rejected(InputError),
    /// Something about the next document that could not be used.
    Warning(InputError),
}

/// The items of one file.
pub type Items = Box<dyn Iterator<Item = Item> + Send>;

/// A format of input files.
#[derive(Debug)]
pub struct Format {
    /// Short name.
    pub name: &'static str,
    /// Endings of file names by which folders are searched for it.
    pub extensions: &'static [&'static str],
    /// What it is.
    pub about: &'static str,
    /// How it is recognised where the name does not say.
    pub recognised: &'static str,
    /// Whether a file that begins so is one; byte order mark and white space are off.
    pub begins: fn(&[u8]) -> bool,
    /// Reads a file of it.
    pub read: fn(Source) -> Items,
}

/// All formats; the first that recognises a file reads it.
pub static FORMATS: &[Format] = &[lines::FORMAT, text::FORMAT];

/// An opened file.
pub struct Source {
    /// The name for messages.
    pub file: String,
    /// The name that does not depend on where the folder lies: identifies its documents.
    pub name: String,
    /// The unpacked bytes.
    pub reader: Box<dyn BufRead + Send>,
    /// Where the metadata of a plain text may stand.
    pub sidecar: Option<PathBuf>,
    /// The longest piece that is read at once, in bytes.
    pub limit: usize,
}

/// All inputs of a command: an iterator over their items.
pub struct Inputs {
    entries: std::vec::IntoIter<Result<Entry, InputError>>,
    current: Option<Items>,
    bytes: Option<u64>,
    read: Arc<AtomicU64>,
}

impl Inputs {
    /// Finds the files of `paths`: files, folders, patterns, `-` for standard
    /// input. Reads none of them yet.
    pub fn new(paths: &[PathBuf]) -> Self {
        let entries = gather::gather(paths);
        let sizes = entries.iter().map(|entry| entry.as_ref().map_or(Some(0), |e| e.bytes));
        Self { bytes: sizes.sum(), entries: entries.into_iter(), current: None, read: Arc::default() }
    }

    /// Leaves only the files for which `keep` holds, for themselves or for
    /// their metadata.
    #[must_use]
    pub fn only(self, keep: impl Fn(&Path) -> bool) -> Self {
        let wanted = |entry: &Entry| {
            let own = match &entry.place {
                Place::Stdin => false,
                Place::File(path) => keep(path),
            };
            own || entry.sidecar().is_some_and(|path| keep(&path))
        };
        let entries: Vec<_> = self.entries.filter(|entry| entry.as_ref().is_ok_and(wanted)).collect();
        Self { entries: entries.into_iter(), ..self }
    }

    /// Bytes of all files together; `None` where standard input is among them.
    pub fn bytes(&self) -> Option<u64> {
        self.bytes
    }

    /// Bytes read so far, packed as they are on disk; goes on counting while
    /// the inputs are read elsewhere.
    pub fn read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    fn open(&self, entry: Entry) -> Result<Items, InputError> {
        let fail = |error: io::Error| InputError::of(&entry.file, Reason::from(error));
        let raw: Box<dyn io::Read + Send> = match &entry.place {
            Place::Stdin => Box::new(io::stdin()),
            Place::File(path) => Box::new(std::fs::File::open(path).map_err(fail)?),
        };
        let counted = decode::Counted::new(raw, Arc::clone(&self.read));
        let mut reader = decode::unpack(counted).map_err(fail)?;
        let format = match entry.format {
            Some(format) => format,
            None => recognise(&mut reader).map_err(fail)?,
        };
        let sidecar = entry.sidecar();
        Ok((format.read)(Source { file: entry.file, name: entry.name, reader, sidecar, limit: LIMIT }))
    }
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.current = None;
            match self.entries.next()?.and_then(|entry| self.open(entry)) {
                Ok(items) => self.current = Some(items),
                Err(error) => return Some(Item::Rejected(error)),
            }
        }
    }
}

impl std::fmt::Debug for Inputs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let read = self.read.load(Ordering::Relaxed);
        f.debug_struct("Inputs").field("bytes", &self.bytes).field("read", &read).finish_non_exhaustive()
    }
}

/// The format of a file whose name does not tell it.
fn recognise(reader: &mut Box<dyn BufRead + Send>) -> io::Result<&'static Format> {
    let beginning = decode::beginning(reader)?;
    let known = FORMATS.iter().find(|format| (format.begins)(&beginning));
    Ok(known.unwrap_or(&text::FORMAT))
}
