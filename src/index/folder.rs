//! The folder of an index: its version, its lock, its Tantivy index.
//!
//! ```text
//! DIR/ghirbal.json   what made the index; written last, so that its presence says the index is whole
//! DIR/writer.lock    held, while it lives, by the one process that writes
//! DIR/segments/      the Tantivy index; the label names the folder
//! ```
//!
//! An index that is made anew grows in another folder of segments beside the
//! old, and one renaming of the label puts it in the old one's place.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::schema::IndexRecordOption;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{DocAddress, DocSet, IndexReader, IndexSettings, ReloadPolicy, Searcher, TERMINATED, Term};

use super::analyzer::{self, Terms};
use super::damage::{self, Causes};
use super::disk::{Disk, Failure};
use super::error::{Error, Result};
use super::schema::{Fields, schema, tokenizer_name};
use super::stored::{self, Fingerprint, Stored};
use crate::document::Document;

/// The file that says what made the index.
const LABEL: &str = "ghirbal.json";
/// The file that a writer locks.
const LOCK: &str = "writer.lock";
/// The folder of a new index's Tantivy index; those made anew have a number behind it.
const SEGMENTS: &str = "segments";
/// Level of zstd for originals and records: the sixth takes twice as long
/// and saves a twentieth of them.
const COMPRESSION: i32 = 3;
/// Bytes that are compressed together; one hit costs the unpacking of one block.
const BLOCK: usize = 32 << 10;
/// Version of the folder's and the fields' form.
pub(super) const FORMAT: u32 = 5;

/// What made an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Label {
    format: u32,
    analyzer: String,
    analyzer_version: u32,
    /// The folder of the Tantivy index.
    #[serde(default = "first_segments")]
    segments: String,
}

fn first_segments() -> String {
    SEGMENTS.to_owned()
}

impl Label {
    fn ours() -> Self {
        Self::at(first_segments())
    }

    fn at(segments: String) -> Self {
        let analyzer = analyzer::NAME.to_owned();
        Self { format: FORMAT, analyzer, analyzer_version: analyzer::VERSION, segments }
    }

    fn read(path: &Path) -> Result<Self> {
        let label = fs::read(path.join(LABEL)).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Error::Missing(path.to_owned()),
            _ => Error::io(&path.join(LABEL))(e),
        })?;
        let label: Self = serde_json::from_slice(&label)
            .map_err(|e| Error::damaged(path, format!("{LABEL} cannot be read: {e}")))?;
        if is_segments(&label.segments) {
            Ok(label)
        } else {
            Err(Error::damaged(path, format!("{LABEL} names no folder of segments")))
        }
    }

    /// Whether this program would read the index right.
    fn is_ours(&self) -> bool {
        *self == Self::at(self.segments.clone())
    }

    /// The folder of segments that comes after this one.
    fn next(&self) -> Self {
        let number: u64 = self.segments[SEGMENTS.len()..].trim_start_matches('-').parse().unwrap_or(1);
        Self::at(format!("{SEGMENTS}-{}", number + 1))
    }

    fn write(&self, path: &Path) -> Result<()> {
        write_whole(path, LABEL, &serde_json::to_string(self).expect("strings and numbers serialize"))
    }

    fn describe(&self) -> String {
        format!("format {} and analyzer {} version {}", self.format, self.analyzer, self.analyzer_version)
    }
}

/// An open index.
#[derive(Clone)]
pub struct Index {
    path: PathBuf,
    pub(super) tantivy: tantivy::Index,
    pub(super) fields: Fields,
    reader: IndexReader,
    failure: Failure,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("path", &self.path).finish_non_exhaustive()
    }
}

/// The right to write, given up when dropped or when the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Index {
    /// Opens an index for reading.
    ///
    /// # Errors
    /// When there is none, another version made it, or it is damaged.
    pub fn open(path: &Path) -> Result<Self> {
        let label = Label::read(path)?;
        match Self::open_labelled(path, &label) {
            // It was made anew between the two readings.
            Err(Error::Damaged { .. }) if Label::read(path)? != label => {
                Self::open_labelled(path, &Label::read(path)?)
            }
            opened => opened,
        }
    }

    pub(super) fn open_labelled(path: &Path, label: &Label) -> Result<Self> {
        if !label.is_ours() {
            return Err(Error::Version {
                path: path.to_owned(),
                found: label.describe(),
                ours: Label::ours().describe(),
            });
        }
        Self::of(path, engine(path, label)?)
    }

    /// Opens the index for writing, making it where there is none yet.
    pub(super) fn open_or_create(path: &Path) -> Result<(Self, Lock)> {
        fs::create_dir_all(path).map_err(Error::io(path))?;
        if !path.join(LABEL).exists() && !is_free(path)? {
            return Err(Error::Occupied(path.to_owned()));
        }
        let lock = lock(path)?;
        if !path.join(LABEL).exists() {
            create(path, &Label::ours())?;
        }
        let label = Label::read(path)?;
        sweep(path, &label);
        Ok((Self::open_labelled(path, &label)?, lock))
    }

    fn of(path: &Path, (tantivy, failure): (tantivy::Index, Failure)) -> Result<Self> {
        let (wanted, fields) = schema();
        if tantivy.schema() != wanted {
            return Err(Error::damaged(path, "its fields are not those of this version"));
        }
        tantivy.tokenizers().register(&tokenizer_name(), Terms::default());
        let builder = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = builder.try_into().map_err(|e| Error::damaged(path, e))?;
        Ok(Self { path: path.to_owned(), tantivy, fields, reader, failure })
    }

    /// What tells why the engine has failed.
    pub(super) fn causes(&self) -> Causes {
        Causes { path: self.path.clone(), engine: self.tantivy.clone(), failure: self.failure.clone() }
    }

    /// Where the index is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The state of the last commit that this index has seen.
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// A living entry that has this term.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn find(searcher: &Searcher, term: &Term) -> Result<Option<DocAddress>> {
        for (segment, ord) in searcher.segment_readers().iter().zip(0..) {
            let inverted = segment.inverted_index(term.field())?;
            let postings = inverted.read_postings(term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    return Ok(Some(DocAddress::new(ord, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// Where the article with this identifier is.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn address(&self, searcher: &Searcher, id: &str) -> Result<Option<DocAddress>> {
        Self::find(searcher, &Term::from_field_text(self.fields.id, id))
    }

    /// Whether the article with this identifier is there, and if so, its digest.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn digest(&self, searcher: &Searcher, id: &str) -> Result<Option<Fingerprint>> {
        let Some(address) = self.address(searcher, id)? else { return Ok(None) };
        let column = searcher.segment_reader(address.segment_ord).fast_fields().u64("digest")?;
        Ok(column.first(address.doc_id))
    }

    /// The document of the article whose entry is at `address`.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(super) fn document(&self, searcher: &Searcher, address: DocAddress) -> Result<Document> {
        let line = stored::line_at(searcher, address).map_err(|e| Error::damaged(&self.path, e))?;
        stored::document(&line.ok_or_else(|| self.not_stored())?, &self.path)
    }

    /// The same with its record.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(super) fn stored(&self, searcher: &Searcher, address: DocAddress) -> Result<Stored> {
        let kept = stored::kept_at(searcher, &self.fields, address);
        let kept = kept.map_err(|e| Error::damaged(&self.path, e))?;
        stored::decode(&kept.ok_or_else(|| self.not_stored())?, &self.path)
    }

    fn not_stored(&self) -> Error {
        Error::damaged(&self.path, "an article is not stored")
    }

    /// Sees what was committed since it was opened.
    ///
    /// # Errors
    /// When files of the index are missing or damaged.
    pub fn reload(&self) -> Result<()> {
        self.reader.reload().map_err(|e| Error::damaged(&self.path, e))
    }
}

/// The Tantivy index of an index of any version.
fn engine(path: &Path, label: &Label) -> Result<(tantivy::Index, Failure)> {
    let directory = Disk::open(&path.join(&label.segments)).map_err(|e| Error::damaged(path, e))?;
    let failure = directory.failure();
    // The engine panics over some lists of segments that it did not write.
    let opened = catch_unwind(AssertUnwindSafe(|| tantivy::Index::open(directory)));
    let opened = opened.map_err(|_| Error::damaged(path, "its list of segments cannot be read"))?;
    Ok((opened.map_err(|e| Error::damaged(path, e))?, failure))
}

/// What is wrong with the files of the index in `path`, of any version.
///
/// # Errors
/// When there is none, or it cannot be told which files it has.
pub fn damaged_files(path: &Path) -> Result<Vec<String>> {
    damage::damaged_files(path, &engine(path, &Label::read(path)?)?.0, |_| true)
}

/// An index of any version, to be made anew, and the empty one that is to take
/// its place.
pub(super) struct Renewal {
    /// The engine of the old one.
    pub old: tantivy::Index,
    /// The new one.
    pub new: Index,
    /// The right to write to both.
    pub lock: Lock,
    /// What puts the new one in the old one's place, once it is written.
    pub label: Label,
}

impl Renewal {
    /// Begins beside the index in `path`, which stays as it is.
    pub fn begin(path: &Path) -> Result<Self> {
        // What is no index gets no lock.
        Label::read(path)?;
        let lock = lock(path)?;
        // Another process may have made it anew until now.
        let label = Label::read(path)?;
        sweep(path, &label);
        let (old, _) = engine(path, &label)?;
        let label = label.next();
        create_segments(path, &label)?;
        Ok(Self { old, new: Index::open_labelled(path, &label)?, lock, label })
    }
}

impl Label {
    /// Makes the folder of segments that it names the index in `path`.
    pub fn take_place(&self, path: &Path) -> Result<()> {
        self.write(path)?;
        sweep(path, self);
        Ok(())
    }
}

/// Whether a folder holds nothing, or only what an interrupted creation left.
fn is_free(path: &Path) -> Result<bool> {
    for entry in fs::read_dir(path).map_err(Error::io(path))? {
        let name = entry.map_err(Error::io(path))?.file_name();
        if name != LOCK && name != SEGMENTS && !name.to_string_lossy().starts_with(LABEL) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether this is the name of a folder of segments.
fn is_segments(name: &str) -> bool {
    name.strip_prefix(SEGMENTS).is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn lock(path: &Path) -> Result<Lock> {
    let name = path.join(LOCK);
    let options = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&name);
    let file = options.map_err(Error::io(&name))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(path.to_owned())),
        Err(TryLockError::Error(e)) => Err(Error::io(&name)(e)),
    }
}

/// Removes what a killed writer was about to rename and segments that no label
/// names. Nobody else writes, and what cannot be removed only takes place.
fn sweep(path: &Path, label: &Label) {
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries(path) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_segments(&name) && name != label.segments {
            let _ = fs::remove_dir_all(entry.path());
        } else if name.starts_with(LABEL) && name != LABEL {
            let _ = fs::remove_file(entry.path());
        }
    }
    for entry in entries(&path.join(&label.segments)) {
        if entry.file_name().to_string_lossy().starts_with(".tmp") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes the Tantivy index, then the label.
fn create(path: &Path, label: &Label) -> Result<()> {
    create_segments(path, label)?;
    label.write(path)
}

fn create_segments(path: &Path, label: &Label) -> Result<()> {
    let segments = path.join(&label.segments);
    fs::create_dir_all(&segments).map_err(Error::io(&segments))?;
    let directory = Disk::open(&segments).map_err(|e| Error::damaged(path, e))?;
    // Several articles are compressed together: short ones alone shrink little.
    let level = ZstdCompressor { compression_level: Some(COMPRESSION) };
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(level),
        docstore_blocksize: BLOCK,
        ..IndexSettings::default()
    };
    tantivy::Index::builder().schema(schema().0).settings(settings).open_or_create(directory)?;
    Ok(())
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(folder: &Path, name: &str, content: &str) -> Result<()> {
    let target = folder.join(name);
    let write = || {
        let mut file = tempfile::Builder::new().prefix(name).tempfile_in(folder)?;
        file.write_all(content.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&target)?;
        File::open(folder)?.sync_all()
    };
    write().map_err(Error::io(&target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_of_another_analyzer_is_refused_with_both_named() {
        let folder = tempfile::tempdir().expect("temporary folder");
        drop(Index::open_or_create(folder.path()).expect("created"));
        let label = Label { analyzer_version: analyzer::VERSION + 1, ..Label::ours() };
        let text = serde_json::to_string(&label).expect("serializes");
        fs::write(folder.path().join(LABEL), text).expect("written");
        let error = Index::open(folder.path()).expect_err("another version");
        assert!(matches!(error, Error::Version { .. }));
        assert!(error.to_string().contains(&format!("version {}", analyzer::VERSION + 1)));
    }

    #[test]
    fn a_second_writer_is_refused() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let first = Index::open_or_create(folder.path()).expect("created");
        assert!(matches!(Index::open_or_create(folder.path()), Err(Error::Locked(_))));
        drop(first);
        assert!(Index::open_or_create(folder.path()).is_ok());
    }

    #[test]
    fn other_folders_are_left_alone() {
        let folder = tempfile::tempdir().expect("temporary folder");
        assert!(matches!(Index::open(folder.path()), Err(Error::Missing(_))));
        fs::write(folder.path().join("notes.txt"), "x").expect("written");
        assert!(matches!(Index::open_or_create(folder.path()), Err(Error::Occupied(_))));
    }
}
