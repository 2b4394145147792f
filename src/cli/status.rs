//! Exit statuses: what each means, and which one an error gives.

use std::fmt;
use std::io;
use std::process::ExitCode;

use super::print;
use crate::index;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Everything was read.
    Success = 0,
    /// A search found nothing.
    NothingFound = 1,
    /// The command line, a configuration or an output file is wrong.
    Usage = 2,
    /// Some inputs were rejected; the rest is written.
    SomeRejected = 3,
    /// No input could be read.
    NothingRead = 4,
    /// The index is damaged or locked.
    IndexUnusable = 5,
    /// Ended by Ctrl-C, as shells count it.
    Interrupted = 130,
}

/// The statuses for the long help and the manual.
pub const TABLE: &str = "\
Exit status:
  0    everything was read
  1    nothing found (search only)
  2    wrong usage or configuration, or the output cannot be written
  3    some inputs were rejected, the rest is written
  4    nothing could be read
  5    the index is damaged or locked
  130  ended by Ctrl-C; what was finished is in NAME.partial.ENDING, and
       output files are as they were

A closed pipe is success. Messages go to standard error.";

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// The error of a command that Ctrl-C ended, and where what was finished is.
#[derive(Clone, Debug, Default)]
pub struct Interrupted(pub Option<String>);

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted")?;
        self.0.as_ref().map_or(Ok(()), |kept| write!(f, ": {kept}"))
    }
}

impl std::error::Error for Interrupted {}

/// Whether the reader of an output has gone away.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(closed))
}

/// Says what went wrong and gives the status.
pub(super) fn of_error(error: &anyhow::Error) -> Status {
    if is_closed_pipe(error) {
        return Status::Success;
    }
    if let Some(interrupted) = error.downcast_ref::<Interrupted>() {
        print::note(&interrupted.to_string());
        return Status::Interrupted;
    }
    print::error(&format!("{error:#}"));
    match error.downcast_ref::<index::Error>() {
        Some(error) if error.is_damaged_or_locked() => Status::IndexUnusable,
        _ => Status::Usage,
    }
}

/// The status of a command that read `documents` and left out `rejected` inputs.
pub fn of_counts(documents: usize, rejected: usize) -> Status {
    match (documents, rejected) {
        (_, 0) => Status::Success,
        (0, _) => Status::NothingRead,
        _ => Status::SomeRejected,
    }
}

/// The status of a search that found `total`.
pub fn of_hits(total: usize) -> Status {
    if total == 0 { Status::NothingFound } else { Status::Success }
}
