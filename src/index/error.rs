//! What can go wrong with an index, in words for the person at the terminal.

use std::path::{Path, PathBuf};

use super::query::QueryError;

/// An error of the index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds no index.
    #[error("{}: there is no index here; `ghirbal ingest --index {} PATH` makes one", .0.display(), .0.display())]
    Missing(PathBuf),
    /// The folder holds other things.
    #[error("{}: the folder is not empty and holds no index; choose another", .0.display())]
    Occupied(PathBuf),
    /// Another process writes.
    #[error("{}: another ghirbal is writing to this index; try again when it has ended", .0.display())]
    Locked(PathBuf),
    /// Made by another analyzer.
    #[error("{}: the index was made with {found}, this program has {ours}; `ghirbal reindex --index {}` makes it anew from the articles that it keeps", path.display(), path.display())]
    Version {
        /// The index.
        path: PathBuf,
        /// What made it.
        found: String,
        /// What this program has.
        ours: String,
    },
    /// Files are missing or do not hold what they should.
    #[error("{}: the index is damaged: {detail}", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Its reason.
        source: std::io::Error,
    },
    /// Nothing more can be written.
    #[error("{}: {source}; what was committed before stands, and the same ingest completes it", path.display())]
    Unwritable {
        /// The index.
        path: PathBuf,
        /// The file system's reason.
        source: std::io::Error,
    },
    /// The query cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A page was asked for that follows none.
    #[error("the cursor is of another query, or the index has changed since; begin again without --cursor")]
    Cursor,
    /// The search engine refused.
    #[error("the search engine reports: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

/// A result of the index.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Whether the index is damaged, locked or of another version: what a
    /// script tells apart from a mistake of its own.
    pub fn is_damaged_or_locked(&self) -> bool {
        match self {
            // A full disk is no damage: the last commit stands.
            Self::Engine(tantivy::TantivyError::IoError(error)) => {
                use std::io::ErrorKind::{InvalidData, UnexpectedEof};
                matches!(error.kind(), InvalidData | UnexpectedEof)
            }
            Self::Locked(_) | Self::Version { .. } | Self::Damaged { .. } | Self::Engine(_) => true,
            Self::Missing(_)
            | Self::Occupied(_)
            | Self::Io { .. }
            | Self::Unwritable { .. }
            | Self::Query(_)
            | Self::Cursor => false,
        }
    }

    pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    pub(super) fn damaged(path: &Path, detail: impl std::fmt::Display) -> Self {
        Self::Damaged { path: path.to_owned(), detail: detail.to_string() }
    }
}
