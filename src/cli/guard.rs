//! Panics over damaged files: the engine trusts what it reads, so that a
//! flipped bit may end it anywhere. Then the files are compared with their
//! checksums, and the damage is told as such.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use clap::ArgMatches;

use super::Status;
use crate::index;
use crate::index::folder::damaged_files;

/// What the last panic said.
static SAID: Mutex<String> = Mutex::new(String::new());

/// The index that a command works on.
pub fn index(matches: &ArgMatches) -> Option<PathBuf> {
    let own = matches.try_get_one::<PathBuf>("index").ok().flatten().cloned();
    own.or_else(|| matches.subcommand().and_then(|(_, inner)| index(inner)))
}

/// Runs a command that works on `index`.
///
/// # Errors
/// Those of the command, and damage that made it panic.
pub fn guarded(
    index: Option<&Path>,
    command: impl FnOnce() -> anyhow::Result<Status>,
) -> anyhow::Result<Status> {
    let Some(path) = index else { return command() };
    let print = take_hook();
    set_hook(Box::new(|panic| {
        *SAID.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
    }));
    let ended = catch_unwind(AssertUnwindSafe(command));
    let looked_over = ended.map_err(|panic| (panic, damaged_files(path)));
    set_hook(print);
    looked_over.unwrap_or_else(|(panic, damaged)| match damaged {
        Ok(wrong) if wrong.is_empty() => {
            let said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
            super::print::error(&format!("internal error: {said}"));
            resume_unwind(panic)
        }
        Ok(wrong) => Err(index::Error::Damaged { path: path.to_owned(), detail: wrong.join("; ") }.into()),
        Err(error) => Err(error.into()),
    })
}
