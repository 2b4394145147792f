//! What a format makes of the documents of a run, put together: a stream in a
//! file or on standard output, or a folder. Whole at the end or not there.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::folder::Folder;
use super::long;
use super::pack::Held;
use super::parquet::{Rows, Tables};
use super::sink::{Sink, partial};
use super::{Format, Layout};
use crate::error::Error;
use crate::normalize::Text;
use crate::record::Record;
use crate::record::tables::TABLES;

/// What a document gave, ready to be written.
#[derive(Debug)]
pub enum Made {
    /// A piece of a stream.
    Piece(Vec<u8>),
    /// A long piece of a stream, in parts.
    Long(Vec<Held>),
    /// Files of a document: its identifier, endings and contents.
    Files(String, Vec<(&'static str, Vec<u8>)>),
    /// Rows of the tables.
    Rows(Rows),
}

impl Made {
    /// How much it is, before packing.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Piece(bytes) => bytes.len() as u64,
            Self::Long(parts) => parts.iter().map(Held::bytes).sum(),
            Self::Files(_, files) => files.iter().map(|(_, bytes)| bytes.len() as u64).sum(),
            Self::Rows(rows) => rows.iter().flatten().flatten().map(width).sum(),
        }
    }
}

/// Bytes of a cell, as they are before packing.
fn width(cell: &Value) -> u64 {
    cell.as_str().map_or(8, |text| text.len() as u64)
}

impl Format {
    /// Makes what this format writes for a document; the order of documents
    /// does not matter.
    pub fn make(&self, record: &Record<'_>, text: &Text<'_>) -> Made {
        let filled = |write: super::Write| {
            let mut bytes = Vec::new();
            write(record, text, &mut bytes);
            bytes
        };
        match &self.layout {
            Layout::Stream { write, .. } => Made::Piece(filled(*write)),
            Layout::Folder { each, .. } => {
                let files = each.iter().map(|&(ending, write)| (ending, filled(write)));
                Made::Files(record.doc.id.clone().into_owned(), files.collect())
            }
            Layout::Tables => Made::Rows(TABLES.iter().map(|table| (table.rows)(record, text.raw)).collect()),
        }
    }

    /// How a document is written that is too long to be read at once; nothing
    /// where it must be read whole.
    pub const fn long(&self) -> Option<long::Write> {
        if let Layout::Stream { long, .. } = &self.layout { *long } else { None }
    }

    /// Whether it needs a folder to write to.
    pub const fn needs_folder(&self) -> bool {
        matches!(self.layout, Layout::Folder { .. })
    }
}

/// Where all documents of a run go; call [`Target::commit`] at the end.
#[derive(Debug)]
pub enum Target {
    /// A file, and its name, or standard output.
    Stream(Sink, Option<PathBuf>),
    /// A folder and its name.
    Folder(Folder, PathBuf),
    /// A file for each table.
    Tables(Tables),
}

impl Target {
    /// Begins the output of `format` at `path`; `None` is standard output,
    /// which a folder cannot be.
    ///
    /// # Errors
    /// When the file or the folder cannot be made.
    pub fn create(format: &Format, path: Option<&Path>) -> Result<Self, Error> {
        match &format.layout {
            Layout::Stream { begin, .. } => {
                let mut head = Vec::new();
                begin(&mut head);
                let mut sink = Sink::create(path)?;
                sink.write_all(&head).map_err(|source| unwritable(path, source))?;
                Ok(Self::Stream(sink, path.map(Path::to_owned)))
            }
            Layout::Folder { shared, .. } => {
                let name = path.unwrap_or(Path::new("-"));
                let folder = Folder::create(name)?;
                for (name, content) in *shared {
                    folder.put(name, content().as_bytes()).map_err(|source| unwritable(path, source))?;
                }
                Ok(Self::Folder(folder, name.to_owned()))
            }
            Layout::Tables => Tables::create(path.unwrap_or(Path::new("-"))).map(Self::Tables),
        }
    }

    /// Writes what the next document gave.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, made: &Made) -> io::Result<()> {
        match (self, made) {
            (Self::Stream(sink, _), Made::Piece(bytes)) => sink.write_all(bytes),
            (Self::Stream(sink, _), Made::Long(parts)) => {
                parts.iter().try_for_each(|part| part.write_to(sink))
            }
            (Self::Folder(folder, _), Made::Files(id, files)) => {
                let name = folder.name(id);
                files.iter().try_for_each(|(ending, bytes)| folder.put(&format!("{name}.{ending}"), bytes))
            }
            (Self::Tables(tables), Made::Rows(rows)) => tables.put(rows),
            _ => unreachable!("one format makes and begins"),
        }
    }

    /// Is not the whole output: it will take another name, that of
    /// [`partial`], so that what is there stays.
    pub fn early(&mut self) {
        match self {
            Self::Stream(sink, path) => {
                let is_file = sink.early();
                *path = path.as_deref().filter(|_| is_file).map(partial);
            }
            Self::Folder(folder, path) => {
                folder.early();
                *path = partial(path);
            }
            Self::Tables(tables) => tables.early(),
        }
    }

    /// Finishes: a file or a folder takes its name, which is returned.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn commit(self) -> Result<Vec<PathBuf>, Error> {
        match self {
            Self::Stream(sink, path) => sink.commit().map(|()| path.into_iter().collect()),
            Self::Folder(folder, path) => folder.commit().map(|()| vec![path]),
            Self::Tables(tables) => tables.commit(),
        }
    }
}

/// The error of an output that cannot be written.
pub(super) fn unwritable(path: Option<&Path>, source: io::Error) -> Error {
    Error::Write { path: path.unwrap_or(Path::new("standard output")).to_owned(), source }
}
