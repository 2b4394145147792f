//! The inputs of a command: the PATH arguments that all reading commands share.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::bail;
use clap::builder::ValueHint;

use crate::input::Inputs;

/// What to read.
#[derive(Debug, Default, clap::Args)]
pub struct Paths {
    /// Files, folders, quoted patterns, or - for standard input.
    ///
    /// Folders are searched for .txt, .jsonl and .ndjson, packed with gzip or
    /// zstd or not. Plain text is one document a file; NAME.json beside
    /// NAME.txt gives its id, title, published, source, url and other fields.
    /// A line of JSON Lines needs a "text". Without PATH standard input is
    /// read, unless it is a terminal.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
}

impl Paths {
    /// Finds the files.
    ///
    /// # Errors
    /// When no path is given and standard input is a terminal.
    pub fn open(&self) -> anyhow::Result<Inputs> {
        if !self.paths.is_empty() {
            return Ok(Inputs::new(&self.paths));
        }
        if io::stdin().is_terminal() {
            bail!("nothing to read: give files or folders, or - for standard input");
        }
        Ok(Inputs::new(&[PathBuf::from("-")]))
    }
}
