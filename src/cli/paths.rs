//! The inputs of a command: the PATH arguments that all reading commands share.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::bail;
use bytesize::ByteSize;
use clap::builder::ValueHint;
use encoding_rs::Encoding;

use crate::input::gather::endings;
use crate::input::language::Wanted;
use crate::input::options::{self, EXPANSION, Names, Options};
use crate::input::{FORMATS, Inputs};

/// What to read, and how.
#[derive(Debug, Default, clap::Args)]
pub struct Paths {
    /// Files, folders, quoted patterns, or - for standard input.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, long_help = help())]
    pub paths: Vec<PathBuf>,
    /// What the input calls the fields of a document: text=body,published=date.
    ///
    /// FIELD=NAME pairs for text, id, title, published, url, source; dots lead
    /// into objects: text=article.body.
    #[arg(long, value_name = "PAIRS", value_parser = Names::parse, help_heading = HEADING)]
    map: Option<Names>,
    /// The encoding of all texts, where it is not to be guessed.
    #[arg(long, value_name = "NAME", value_parser = options::encoding, help_heading = HEADING)]
    encoding: Option<&'static Encoding>,
    /// Pass over documents that are not in this language (ar, fa, en …), and count them.
    #[arg(long, value_name = "CODE", value_parser = Wanted::parse, help_heading = HEADING)]
    language: Option<Wanted>,
    /// How many times its size a packed file may unpack to; 0 for any.
    #[arg(long, value_name = "TIMES", default_value_t = EXPANSION, help_heading = HEADING)]
    max_expansion: u64,
    /// The longest document, line or row that is read (64MB, 1GiB).
    ///
    /// Without it 256MiB, and 32MiB where all that is found in a document is
    /// held at once: for an index, for --explain, and for all formats but jsonl,
    /// flat, csv and spreadsheet.
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = HEADING)]
    max_document: Option<u64>,
}

const HEADING: &str = "Input options";

/// The long help of PATH, from the table of formats.
fn help() -> String {
    let mut help = format!(
        "Files, folders, quoted patterns, or - for standard input.\n\n\
         Folders are searched for {}. Without PATH standard input is read, unless it is a terminal. \
         A format is recognised by the file's beginning or its name:\n",
        endings()
    );
    for format in FORMATS {
        let _ = write!(help, "\n{}: {}", format.name, format.about);
    }
    help
}

impl Paths {
    /// Finds the files; documents may have `limit` bytes where the user says
    /// nothing else.
    ///
    /// # Errors
    /// When no path is given and standard input is a terminal.
    pub fn open(&self, limit: usize) -> anyhow::Result<Inputs> {
        if !self.paths.is_empty() {
            return Ok(Inputs::with(&self.paths, self.options(limit)));
        }
        if io::stdin().is_terminal() {
            bail!("nothing to read: give files or folders, or - for standard input");
        }
        Ok(Inputs::with(&[PathBuf::from("-")], self.options(limit)))
    }

    fn options(&self, limit: usize) -> Options {
        let names = self.map.clone().unwrap_or_default();
        let Self { encoding, language, max_expansion: expansion, .. } = *self;
        // Places in a text are counted in 32 bits.
        let longest = |size: u64| usize::try_from(size.min(u32::MAX.into())).unwrap_or(usize::MAX);
        let limit = self.max_document.map_or(limit, longest);
        Options { names, encoding, language, limit, expansion }
    }
}

/// A size with its unit, in bytes.
pub(super) fn size(text: &str) -> Result<u64, String> {
    match text.parse::<ByteSize>() {
        Ok(size) if size.as_u64() > 0 => Ok(size.as_u64()),
        _ => Err("not a size: give a number with B, kB, MB, GB, KiB, MiB or GiB".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!((size("256MB"), size("1 GiB")), (Ok(256_000_000), Ok(1 << 30)));
        assert!(size("0").is_err() && size("many").is_err() && size("-1MB").is_err());
    }
}
