//! The inputs of a command: the PATH arguments that all reading commands share.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::bail;
use clap::builder::ValueHint;
use encoding_rs::Encoding;

use crate::input::gather::endings;
use crate::input::language::Wanted;
use crate::input::options::{self, EXPANSION, LIMIT, Names, Options};
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
    /// Finds the files.
    ///
    /// # Errors
    /// When no path is given and standard input is a terminal.
    pub fn open(&self) -> anyhow::Result<Inputs> {
        if !self.paths.is_empty() {
            return Ok(Inputs::with(&self.paths, self.options()));
        }
        if io::stdin().is_terminal() {
            bail!("nothing to read: give files or folders, or - for standard input");
        }
        Ok(Inputs::with(&[PathBuf::from("-")], self.options()))
    }

    fn options(&self) -> Options {
        let names = self.map.clone().unwrap_or_default();
        let Self { encoding, language, max_expansion: expansion, .. } = *self;
        Options { names, encoding, language, limit: LIMIT, expansion }
    }
}
