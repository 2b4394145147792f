//! Files that do not hold what was written, and disks that take nothing more.

use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

use super::disk::Failure;
use super::error::{Error, Result};

/// Names of files shown in an error.
const SHOWN: usize = 3;

/// The files of the last commit whose content is not what their checksum
/// says, among those that `asked` holds for; each with what is wrong.
///
/// # Errors
/// When it cannot be told which files there are.
pub fn damaged_files(
    path: &Path,
    engine: &tantivy::Index,
    asked: impl Fn(&Path) -> bool,
) -> Result<Vec<String>> {
    let meta = engine.load_metas().map_err(|e| Error::damaged(path, e))?;
    let mut wrong = Vec::new();
    for file in meta.list_segment_files().into_iter().filter(|file| asked(file)) {
        let reason = match engine.directory().validate_checksum(&file) {
            Ok(true) => continue,
            Ok(false) => "the checksum does not match".to_owned(),
            // Not all kinds of file have something to hold in every segment.
            Err(OpenReadError::FileDoesNotExist(_)) if is_spare(&file) => continue,
            Err(OpenReadError::FileDoesNotExist(_)) => "is missing".to_owned(),
            Err(OpenReadError::IoError { io_error, .. }) => format!("cannot be read: {io_error}"),
            Err(error) => error.to_string(),
        };
        wrong.push(format!("{}: {reason}", file.display()));
    }
    wrong.sort_unstable();
    Ok(wrong)
}

/// Whether a commit may be whole without the file.
fn is_spare(file: &Path) -> bool {
    let name = file.to_string_lossy();
    name.ends_with(".temp") || name.ends_with(".del")
}

/// Refuses an index of which a file is damaged.
pub(super) fn verify(path: &Path, engine: &tantivy::Index, asked: impl Fn(&Path) -> bool) -> Result<()> {
    let wrong = damaged_files(path, engine, asked)?;
    if wrong.is_empty() {
        return Ok(());
    }
    let more = if wrong.len() > SHOWN { " …" } else { "" };
    Err(Error::damaged(path, format!("{}{more}", wrong[..wrong.len().min(SHOWN)].join("; "))))
}

/// What tells why the engine has failed; its threads do not.
pub(super) struct Causes {
    pub path: PathBuf,
    pub engine: tantivy::Index,
    pub failure: Failure,
}

impl Causes {
    /// The error to be told: where the disk took nothing more, or a file is
    /// damaged, that is why.
    pub fn explain(&self, error: TantivyError) -> Error {
        if let Some(source) = self.failure.take() {
            return Error::Unwritable { path: self.path.clone(), source };
        }
        match verify(&self.path, &self.engine, |_| true) {
            Err(damaged) => damaged,
            Ok(()) => Error::Engine(error),
        }
    }
}
