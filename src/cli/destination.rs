//! Where the output of a command goes and in which form: the arguments, and
//! the output under way with its manifest.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::builder::{PossibleValue, PossibleValuesParser, ValueHint};

use super::journal::Journal;
use super::paths::size;
use super::progress::count;
use crate::error::{InputError, Reason};
use crate::extract::Origin;
use crate::input::Inputs;
use crate::output::parts::{Naming, Parts, Plan};
use crate::output::target::Made;
use crate::output::{self, FORMATS, Format, Layout, parquet};
use crate::packing::{Packing, unpacked};
use crate::record::manifest::{CountsOut, FailureOut, PartOut};
use crate::span::Units;

/// Where to write, and what.
#[derive(Debug, clap::Args)]
pub struct Destination {
    /// Write to FILE instead of standard output; it appears only when it is whole.
    ///
    /// A name that ends in .gz, .zst or .bz2 is packed so. Formats of several
    /// files write a new folder of that name.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub output: Option<PathBuf>,
    /// What to write.
    ///
    /// Without it the ending of --output decides, then jsonl.
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// Write a claim a line, with its links spelled out; short for --format flat.
    #[arg(long)]
    flat: bool,
    /// Write CSV for spreadsheets; short for --format spreadsheet.
    #[arg(long)]
    bom: bool,
    /// Write parts of about SIZE (256MB, 1GiB): NAME-00001.jsonl and so on,
    /// with --manifest.
    ///
    /// SIZE is that of the output before it is packed; a part ends with the
    /// document that fills it.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    split: Option<u64>,
    /// Write NAME.manifest.json beside the output: inputs, lexicons, arguments,
    /// counts, and digests of all files.
    #[arg(long)]
    manifest: bool,
    /// Go on with a run that was interrupted: parts that its manifest lists and
    /// that are whole are kept.
    #[arg(long)]
    resume: bool,
}

/// The formats with their descriptions.
fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|f| PossibleValue::new(f.name).help(f.about)))
}

impl Destination {
    /// The format that is asked for, by name or by the ending of the output.
    pub fn format(&self) -> &'static Format {
        let named = self.format.as_deref().and_then(output::format);
        let format = named.or_else(|| self.output.as_deref().and_then(by_ending)).unwrap_or(&FORMATS[0]);
        // A table is flat already.
        let short = match format.name {
            "jsonl" if self.flat => output::format("flat"),
            "csv" if self.bom => output::format("spreadsheet"),
            _ => None,
        };
        short.unwrap_or(format)
    }

    /// Refuses what the format cannot do.
    ///
    /// # Errors
    /// When it cannot.
    pub fn check(&self, format: &Format, units: Units) -> anyhow::Result<()> {
        if self.bom && format.name != "spreadsheet" {
            bail!("--bom is for --format csv");
        }
        let journaled = self.is_journaled();
        if matches!(format.layout, Layout::Tables) {
            self.check_tables()?;
        }
        match (format.needs_folder(), self.file()) {
            (true, None) => {
                bail!("--format {} writes several files: name a new folder with -o DIR", format.name)
            }
            (true, Some(_)) if journaled => {
                bail!("--split, --manifest and --resume are not for --format {}", format.name)
            }
            (false, None) if journaled => {
                bail!("--split, --manifest and --resume need a file: name it with -o FILE")
            }
            _ => {}
        }
        match format.units {
            Some(only) if only != units => {
                bail!(
                    "--format {} counts offsets in {} only, not in {}",
                    format.name,
                    only.name(),
                    units.name()
                )
            }
            _ => Ok(()),
        }
    }

    fn check_tables(&self) -> anyhow::Result<()> {
        match self.file() {
            _ if !parquet::AVAILABLE => {
                bail!("this program was built without Parquet: build it with --features parquet")
            }
            None => bail!("--format parquet writes several files: name them with -o NAME.parquet"),
            Some(path) if Packing::of_name(path).is_some() => {
                bail!("Parquet is packed inside: name it NAME.parquet")
            }
            Some(_) => Ok(()),
        }
    }

    fn is_journaled(&self) -> bool {
        self.split.is_some() || self.manifest || self.resume
    }

    /// The output, unless it is standard output.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }

    /// Begins to write what is read from `inputs`.
    ///
    /// # Errors
    /// When the output cannot be made, or not be resumed.
    pub fn begin(
        &self,
        format: &'static Format,
        inputs: &Inputs,
        lexicons: &[Origin],
    ) -> anyhow::Result<Writing> {
        let file = self.file().filter(|_| self.is_journaled());
        let begin = |file| {
            let manifest = Naming::of(file).manifest();
            Journal::begin(manifest, self.resume, inputs, lexicons, arguments(std::env::args_os().skip(1)))
        };
        let journal = file.map(begin).transpose()?;
        let kept = journal.as_ref().map_or(0, |journal| journal.manifest.parts.len());
        let skip = journal.as_ref().map_or(0, Journal::read);
        let plan = Plan { format, output: self.output.clone(), split: self.split };
        let parts = plan.begin(kept)?;
        Ok(Writing { parts, journal, skip, part: PartOut::default() })
    }
}

fn by_ending(path: &Path) -> Option<&'static Format> {
    let ending = unpacked(path);
    let ending = ending.extension()?;
    FORMATS.iter().find(|f| f.extensions.iter().any(|e| ending.eq_ignore_ascii_case(e)))
}

/// Arguments that the output does not depend on: whether a value follows.
const INDIFFERENT: [(&str, bool); 6] = [
    ("--threads", true),
    ("--errors", true),
    ("--color", true),
    ("--resume", false),
    ("--quiet", false),
    ("-q", false),
];

/// The arguments that the output depends on.
fn arguments(all: impl Iterator<Item = OsString>) -> Vec<String> {
    let (mut kept, mut value) = (Vec::new(), false);
    for argument in all.map(|argument| argument.to_string_lossy().into_owned()) {
        if std::mem::take(&mut value) {
            continue;
        }
        let name = argument.split('=').next().unwrap_or_default();
        match INDIFFERENT.iter().find(|(known, _)| *known == name) {
            Some((_, takes)) => value = *takes && !argument.contains('='),
            None => kept.push(argument),
        }
    }
    kept
}

/// An output under way; call [`Writing::end`] when everything is read.
#[derive(Debug)]
pub struct Writing {
    parts: Parts,
    journal: Option<Journal>,
    /// Documents that kept parts were made of, which are to be passed over.
    pub skip: usize,
    /// What the current part was made of.
    part: PartOut,
}

impl Writing {
    /// Writes what the next document gave.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, made: &Made, counts: CountsOut) -> anyhow::Result<()> {
        self.part.read += 1;
        self.part.counts.add(counts);
        match self.parts.put(made)? {
            Some(files) => self.finished(&files),
            None => Ok(()),
        }
    }

    /// Counts an input that was left out.
    pub fn leave_out(&mut self, error: &InputError) {
        if let Reason::Internal(what) = &error.reason {
            self.part.read += 1;
            self.part.failed.push(FailureOut { file: error.file.clone(), what: what.clone() });
        }
        if let Some(journal) = &mut self.journal {
            journal.leave_out(error.reason.kind());
        }
    }

    /// Counts the documents of kept parts on which the program failed, and
    /// returns them.
    pub fn failed_before(&mut self) -> Vec<InputError> {
        let Some(journal) = &mut self.journal else { return Vec::new() };
        let failed = journal.failed();
        for error in &failed {
            journal.leave_out(error.reason.kind());
        }
        failed
    }

    fn finished(&mut self, files: &[PathBuf]) -> anyhow::Result<()> {
        let part = std::mem::take(&mut self.part);
        self.journal.as_mut().map_or(Ok(()), |journal| journal.part(part, files))
    }

    /// Ends after Ctrl-C, and says where what was finished is.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_early(mut self) -> anyhow::Result<Option<String>> {
        let kept = self.parts.end_early()?.unwrap_or_default();
        let kept: Vec<_> = kept.iter().map(|path| path.display().to_string()).collect();
        let parts = self.journal.map_or(0, |journal| journal.manifest.parts.len());
        Ok(if parts > 0 {
            Some(format!("{} finished; --resume goes on after them", count(parts, "part")))
        } else if kept.is_empty() {
            None
        } else {
            let documents = count(self.part.counts.documents, "document");
            Some(format!("{documents} in {}; what was there before is as it was", kept.join(", ")))
        })
    }

    /// Ends where nothing could be read: what was there before stays as it was,
    /// as a mistyped input should not empty it. A run that has a manifest tells of it there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_unread(self) -> anyhow::Result<()> {
        if self.journal.is_some() { self.end() } else { Ok(()) }
    }

    /// Finishes everything.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end(mut self) -> anyhow::Result<()> {
        if let Some(files) = self.parts.end()? {
            self.finished(&files)?;
        }
        self.journal.map_or(Ok(()), Journal::end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_that_change_nothing_are_not_kept() {
        let all = ["extract", "-q", "--threads", "4", "a.txt", "--errors=e", "-o", "x", "--resume", "--flat"];
        assert_eq!(arguments(all.iter().map(OsString::from)), ["extract", "a.txt", "-o", "x", "--flat"]);
    }
}
