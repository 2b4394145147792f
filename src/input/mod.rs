//! Input: files, folders, patterns and standard input become documents, one
//! at a time. Each format is a file of its own in [`FORMATS`].
//!
//! Never gives up: what cannot be read becomes one [`InputError`] and the rest
//! goes on. Knows nothing of what is done with a document.

// Flow order: each module uses only those above it.
// Bytes: counted, unpacked, looked at.
pub mod decode;
// What is no input.
pub mod foreign;
// Which language a text is in.
pub mod language;
// What the user says about all inputs.
pub mod options;
// Bytes of a text to UTF-8.
pub mod encoding;
// The fields of a document.
pub mod fields;
// A file that is one text.
pub mod text;
// JSON Lines.
pub mod lines;
// JSON over several lines.
pub mod json;
// CSV and TSV.
pub mod table;
// What web pages say about their articles.
pub mod metadata;
// What of a web page is no article.
pub mod boilerplate;
// Web pages.
pub mod html;
// Web archives.
pub mod warc;
// The markup of wikis.
pub mod wikitext;
// Dumps of wikis.
pub mod wiki;
// Parquet.
pub mod parquet;
// Paths to files.
pub mod gather;
// Zip archives.
pub mod archive;
// Users' lists of names.
pub mod lexicon;

use std::fs::File;
use std::io::{self, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Map, Value};

use crate::document::Document;
use crate::error::{InputError, Reason};
use decode::{Budget, Reader};
use gather::{Entry, Place};
use options::Options;

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
    pub begins: fn(&str) -> bool,
    /// Whether such a beginning counts more than the file's name.
    pub certain: bool,
    /// A file of it with one document; empty where it is no text.
    pub example: &'static str,
    /// Reads a file of it.
    pub read: fn(Source) -> Items,
}

/// All formats; the first that recognises a file reads it.
pub static FORMATS: &[Format] = &[
    archive::FORMAT,
    parquet::FORMAT,
    warc::FORMAT,
    wiki::FORMAT,
    html::FORMAT,
    lines::FORMAT,
    json::FORMAT,
    table::FORMAT,
    text::FORMAT,
];

/// The file with the metadata of a plain text.
#[derive(Debug)]
pub struct Sidecar {
    /// The name for messages.
    pub file: String,
    /// What it holds.
    pub bytes: io::Result<Vec<u8>>,
}

/// An opened file.
pub struct Source {
    /// The name for messages.
    pub file: String,
    /// The name that does not depend on where the folder lies: identifies its documents.
    pub name: String,
    /// The unpacked bytes.
    pub reader: Reader,
    /// Where the bytes lie on disk as they are.
    pub path: Option<PathBuf>,
    /// The metadata of a plain text, where there is a file with it.
    pub sidecar: Option<Sidecar>,
    /// The format that the name says.
    pub named: Option<&'static Format>,
    /// The encoding that the bytes were read from, where that was not UTF-8.
    pub encoding: Option<&'static str>,
    /// What the user says about all inputs.
    pub options: Arc<Options>,
    /// How much the file may unpack to.
    pub budget: Budget,
    /// Whether it stands in an archive.
    pub nested: bool,
}

impl Source {
    /// A source of these bytes alone.
    pub fn of(file: &str, name: &str, reader: impl io::BufRead + Send + 'static, options: Options) -> Self {
        Self {
            file: file.to_owned(),
            name: name.to_owned(),
            reader: Box::new(reader),
            path: None,
            sidecar: None,
            named: None,
            encoding: None,
            budget: Budget::new(options.expansion),
            options: Arc::new(options),
            nested: false,
        }
    }

    /// The source of a member of this archive.
    fn inner(&self, file: String, name: String, reader: Reader) -> Self {
        let named = gather::format_of(name.as_ref());
        let (options, budget) = (Arc::clone(&self.options), self.budget.clone());
        let (path, sidecar, encoding, nested) = (None, None, None, true);
        Self { file, name, reader, path, sidecar, named, encoding, options, budget, nested }
    }

    /// Reads it as the format that its beginning or its name says.
    pub fn read(mut self) -> Items {
        let bytes = match decode::peek(&mut self.reader) {
            Ok(bytes) => bytes,
            Err(error) => return self.refuse(error.into()),
        };
        if let Some(what) = foreign::kind(&bytes) {
            return self.refuse(Reason::Unsupported(what));
        }
        let head = self.beginning(&bytes);
        let begins = |format: &&Format| (format.begins)(&head);
        let sure = FORMATS.iter().filter(|format| format.certain).find(begins);
        let format = sure.or(self.named).or_else(|| FORMATS.iter().find(begins));
        (format.unwrap_or(&text::FORMAT).read)(self)
    }

    /// The beginning as text, from its first visible character on.
    fn head(&mut self) -> io::Result<String> {
        let bytes = decode::peek(&mut self.reader)?;
        Ok(self.beginning(&bytes))
    }

    fn beginning(&self, bytes: &[u8]) -> String {
        let text = encoding::decode(bytes, self.options.encoding)
            .map_or_else(|| String::from_utf8_lossy(bytes), |(text, _)| text);
        text.trim_start_matches('\u{FEFF}').trim_start().to_owned()
    }

    /// Reads it in UTF-8 as `read` does.
    fn utf8(mut self, read: fn(Self) -> Items) -> Items {
        match encoding::to_utf8(self.take_reader(), self.options.encoding) {
            Ok((reader, encoding)) => read(Self { reader, encoding, ..self }),
            Err(error) => self.refuse(error.into()),
        }
    }

    fn take_reader(&mut self) -> Reader {
        std::mem::replace(&mut self.reader, Box::new(io::empty()))
    }

    /// One message instead of all that is in it.
    fn refuse(self, reason: Reason) -> Items {
        Box::new(std::iter::once(Item::Rejected(InputError::of(self.file, reason))))
    }

    /// A file in which one can jump about: itself, or a copy without a name.
    fn file(&mut self) -> io::Result<File> {
        if let Some(path) = &self.path {
            return File::open(path);
        }
        let mut file = tempfile::tempfile()?;
        io::copy(&mut self.reader, &mut file)?;
        file.rewind()?;
        Ok(file)
    }

    /// The document of these fields with warnings about it, or why it is none.
    /// It is the file's `number`th and stands at `line`.
    fn document(&self, fields: Map<String, Value>, number: usize, line: usize) -> Vec<Item> {
        let at = |reason| InputError::of(&self.file, reason).at(line, None);
        match fields::document(fields, format!("{}:{number}", self.name), &self.options) {
            Ok((mut document, warnings)) => {
                document.encoding = self.encoding.map(Into::into);
                let warnings = warnings.into_iter().map(|reason| Item::Warning(at(reason)));
                warnings.chain([Item::Document(document)]).collect()
            }
            Err(reason) => vec![Item::Rejected(at(reason))],
        }
    }
}

/// All inputs of a command: an iterator over their items.
pub struct Inputs {
    entries: std::vec::IntoIter<Result<Entry, InputError>>,
    options: Arc<Options>,
    current: Option<(String, Items)>,
    bytes: Option<u64>,
    read: Arc<AtomicU64>,
    skipped: Arc<AtomicU64>,
}

impl Inputs {
    /// Finds the files of `paths`: files, folders, patterns, `-` for standard
    /// input. Reads none of them yet.
    pub fn new(paths: &[PathBuf]) -> Self {
        Self::with(paths, Options::default())
    }

    /// The same with what the user says about them.
    pub fn with(paths: &[PathBuf], options: Options) -> Self {
        let entries = gather::gather(paths);
        let sizes = entries.iter().map(|entry| entry.as_ref().map_or(Some(0), |e| e.bytes));
        Self {
            bytes: sizes.sum(),
            entries: entries.into_iter(),
            options: Arc::new(options),
            current: None,
            read: Arc::default(),
            skipped: Arc::default(),
        }
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

    /// The files that are still to be read: the name and, but for standard
    /// input, the path.
    pub fn files(&self) -> Vec<(String, Option<PathBuf>)> {
        let found = self.entries.as_slice().iter().flatten();
        let path = |entry: &Entry| match &entry.place {
            Place::Stdin => None,
            Place::File(path) => Some(path.clone()),
        };
        found.map(|entry| (entry.file.clone(), path(entry))).collect()
    }

    /// Bytes read so far, packed as they are on disk; goes on counting while
    /// the inputs are read elsewhere.
    pub fn read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// Documents passed over so far because they are in another language.
    pub fn skipped(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.skipped)
    }

    fn open(&self, entry: Entry) -> Result<Items, InputError> {
        let fail = |error: io::Error| InputError::of(&entry.file, Reason::from(error));
        let raw: Box<dyn io::Read + Send> = match &entry.place {
            Place::Stdin => Box::new(io::stdin()),
            Place::File(path) => Box::new(File::open(path).map_err(fail)?),
        };
        let budget = Budget::new(self.options.expansion);
        let counted = decode::Counted::new(raw, [Arc::clone(&self.read), budget.packed()]);
        let (reader, packed) = decode::unpack(counted, &budget).map_err(fail)?;
        let path = match &entry.place {
            Place::File(path) if !packed && path.is_file() => Some(path.clone()),
            _ => None,
        };
        let sidecar = entry
            .sidecar()
            .map(|path| Sidecar { file: path.to_string_lossy().into_owned(), bytes: std::fs::read(path) });
        let (file, name, named) = (entry.file, entry.name, entry.format);
        let (options, encoding, nested) = (Arc::clone(&self.options), None, false);
        Ok(Source { file, name, reader, path, sidecar, named, encoding, options, budget, nested }.read())
    }

    /// The next item of the current file. A reader that breaks ends its file,
    /// not the run.
    fn within(&mut self) -> Option<Item> {
        let (file, items) = self.current.as_mut()?;
        if let Ok(next) = catch_unwind(AssertUnwindSafe(|| items.next())) {
            return next;
        }
        let reason = Reason::Internal("the reader of this format failed".to_owned());
        let error = InputError::of(std::mem::take(file), reason);
        // What is broken may break again when it is dropped.
        if let Some(broken) = self.current.take() {
            std::mem::forget(broken);
        }
        Some(Item::Rejected(error))
    }

    /// Whether a document is in another language than is wanted.
    fn is_foreign(&self, item: &Item) -> bool {
        let (Some(wanted), Item::Document(document)) = (self.options.language, item) else { return false };
        !wanted.takes(&document.text)
    }
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.within() {
                if self.is_foreign(&item) {
                    self.skipped.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                return Some(item);
            }
            self.current = None;
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Item::Rejected(error)),
            };
            let file = entry.file.clone();
            match self.open(entry) {
                Ok(items) => self.current = Some((file, items)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn every_format_recognises_and_reads_its_example() {
        for format in FORMATS.iter().filter(|format| !format.example.is_empty()) {
            let known = FORMATS.iter().find(|f| (f.begins)(format.example)).unwrap_or(&text::FORMAT);
            assert_eq!(known.name, format.name);
            let bytes = Cursor::new(format.example.as_bytes().to_vec());
            let items: Vec<_> = Source::of("x", "x", bytes, Options::default()).read().collect();
            assert!(matches!(&items[..], [Item::Document(_)]), "{}: {items:?}", format.name);
        }
    }

    #[test]
    fn endings_and_names_of_formats_are_theirs_alone() {
        let mut endings: Vec<_> = FORMATS.iter().flat_map(|f| f.extensions).copied().collect();
        endings.extend(crate::packing::endings());
        let count = endings.len();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), count);
    }
}
