//! What could not be read: a message each on standard error, and a line each
//! in the file that `--errors` names.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::ValueHint;

use super::paths::Paths;
use super::print;
use super::progress::note_skipped;
use crate::document::Document;
use crate::error::{Error, InputError};
use crate::input::Item;
use crate::input::options::LIMIT;
use crate::output::jsonl;
use crate::output::sink::Sink;
use crate::record::rejection::Rejection;

/// Where to report.
#[derive(Debug, Default, clap::Args)]
pub struct Errors {
    /// Also write what could not be read to FILE, as JSON Lines.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub errors: Option<PathBuf>,
}

/// Collects what could not be read.
#[derive(Debug, Default)]
pub struct Report {
    lines: Option<Sink>,
    /// Inputs that were left out.
    pub rejected: usize,
}

impl Report {
    /// Begins a report, in the file `errors` too.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn new(errors: Option<&Path>) -> Result<Self, Error> {
        let lines = errors.map(|path| Sink::create(Some(path))).transpose()?;
        Ok(Self { lines, rejected: 0 })
    }

    /// Reports an input that was left out, or with `rejected` false one that
    /// was read without what is wrong.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, error: &InputError, rejected: bool) -> std::io::Result<()> {
        let say = if rejected { print::error } else { print::warning };
        say(&error.to_string());
        self.rejected += usize::from(rejected);
        let Some(lines) = &mut self.lines else { return Ok(()) };
        let mut line = Vec::new();
        jsonl::line(&Rejection::of(error, rejected), &mut line);
        lines.write_all(&line)
    }

    /// Hands every document of `input` to `take`, reports the rest, and returns
    /// how many were read.
    ///
    /// # Errors
    /// When there is nothing to read, or `take` or the report cannot write.
    pub fn read(
        &mut self,
        input: &Paths,
        mut take: impl FnMut(&Document) -> std::io::Result<()>,
    ) -> anyhow::Result<usize> {
        let mut documents = 0;
        let inputs = input.open(LIMIT)?;
        let skipped = inputs.skipped();
        for item in inputs {
            match item {
                Item::Document(document) => {
                    documents += 1;
                    take(&document)?;
                }
                Item::Rejected(error) => self.add(&error, true)?,
                Item::Warning(error) => self.add(&error, false)?,
            }
        }
        note_skipped(&skipped);
        Ok(documents)
    }

    /// Finishes the file of a run that has ended early, under a name of its own.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn commit_early(mut self) -> Result<(), Error> {
        self.lines.iter_mut().for_each(|lines| _ = lines.early());
        self.commit()
    }

    /// Finishes the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn commit(self) -> Result<(), Error> {
        self.lines.map_or(Ok(()), Sink::commit)
    }
}
