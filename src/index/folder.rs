//! The folder of an index: its version, its lock, its Tantivy index.
//!
//! ```text
//! DIR/ghirbal.json   what made the index; written last, so that its presence says the index is whole
//! DIR/writer.lock    held, while it lives, by the one process that writes
//! DIR/segments/      the Tantivy index
//! ```

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, Searcher};

use super::analyzer::{self, Terms};
use super::error::{Error, Result};
use super::schema::{Fields, schema, tokenizer_name};

/// The file that says what made the index.
const LABEL: &str = "ghirbal.json";
/// The file that a writer locks.
const LOCK: &str = "writer.lock";
/// The folder of the Tantivy index.
const SEGMENTS: &str = "segments";
/// Level of zstd for originals and records: beyond it ingest slows and little is gained.
const COMPRESSION: i32 = 3;
/// Bytes that are compressed together; one hit costs the unpacking of one block.
const BLOCK: usize = 32 << 10;
/// Version of the folder's and the fields' form.
const FORMAT: u32 = 2;

/// What made an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    format: u32,
    analyzer: String,
    analyzer_version: u32,
}

impl Label {
    fn ours() -> Self {
        Self { format: FORMAT, analyzer: analyzer::NAME.to_owned(), analyzer_version: analyzer::VERSION }
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
        let label = match fs::read(path.join(LABEL)) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::Missing(path.to_owned()));
            }
            Err(e) => return Err(Error::io(&path.join(LABEL))(e)),
        };
        let label: Label = serde_json::from_slice(&label)
            .map_err(|e| Error::damaged(path, format!("{LABEL} cannot be read: {e}")))?;
        if label != Label::ours() {
            return Err(Error::Version {
                path: path.to_owned(),
                found: label.describe(),
                ours: Label::ours().describe(),
            });
        }
        let directory = MmapDirectory::open(path.join(SEGMENTS)).map_err(|e| Error::damaged(path, e))?;
        let tantivy = tantivy::Index::open(directory).map_err(|e| Error::damaged(path, e))?;
        Self::of(path, tantivy)
    }

    /// Opens the index for writing, making it where there is none yet.
    pub(super) fn open_or_create(path: &Path) -> Result<(Self, Lock)> {
        fs::create_dir_all(path).map_err(Error::io(path))?;
        if !path.join(LABEL).exists() && !is_free(path)? {
            return Err(Error::Occupied(path.to_owned()));
        }
        let lock = lock(path)?;
        if !path.join(LABEL).exists() {
            create(path)?;
        }
        sweep(&path.join(SEGMENTS));
        Ok((Self::open(path)?, lock))
    }

    fn of(path: &Path, tantivy: tantivy::Index) -> Result<Self> {
        let (wanted, fields) = schema();
        if tantivy.schema() != wanted {
            return Err(Error::damaged(path, "its fields are not those of this version"));
        }
        tantivy.tokenizers().register(&tokenizer_name(), Terms::default());
        let builder = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = builder.try_into().map_err(|e| Error::damaged(path, e))?;
        Ok(Self { path: path.to_owned(), tantivy, fields, reader })
    }

    /// Where the index is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The state of the last commit that this index has seen.
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Sees what was committed since it was opened.
    ///
    /// # Errors
    /// When files of the index are missing or damaged.
    pub fn reload(&self) -> Result<()> {
        self.reader.reload().map_err(|e| Error::damaged(&self.path, e))
    }
}

/// Whether a folder holds nothing, or only what an interrupted creation left.
fn is_free(path: &Path) -> Result<bool> {
    for entry in fs::read_dir(path).map_err(Error::io(path))? {
        let name = entry.map_err(Error::io(path))?.file_name();
        let own =
            [LOCK, SEGMENTS].iter().any(|own| name == *own) || name.to_string_lossy().starts_with(LABEL);
        if !own {
            return Ok(false);
        }
    }
    Ok(true)
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

/// Removes what a killed writer was about to rename. Nobody else writes, and
/// a file that cannot be removed only takes place.
fn sweep(segments: &Path) {
    for entry in fs::read_dir(segments).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(".tmp") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes the Tantivy index, then the label.
fn create(path: &Path) -> Result<()> {
    let segments = path.join(SEGMENTS);
    fs::create_dir_all(&segments).map_err(Error::io(&segments))?;
    let directory = MmapDirectory::open(&segments).map_err(|e| Error::damaged(path, e))?;
    // Several articles are compressed together: short ones alone shrink little.
    let level = ZstdCompressor { compression_level: Some(COMPRESSION) };
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(level),
        docstore_blocksize: BLOCK,
        ..IndexSettings::default()
    };
    tantivy::Index::builder().schema(schema().0).settings(settings).open_or_create(directory)?;
    let label = serde_json::to_string(&Label::ours()).expect("strings and numbers serialize");
    write_whole(path, LABEL, &label)
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
