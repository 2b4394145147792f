//! `ghirbal normalize`: the text with its spelling folded, nothing else changed.

use std::io::{self, IsTerminal, Write};

use clap::builder::PossibleValuesParser;

use super::paths::Paths;
use super::report::{Errors, Report};
use super::{Status, print, status};
use crate::normalize::letters::{Folder, Profile};
use crate::output::sink::Sink;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    input: Paths,
    /// How much is folded.
    ///
    /// exact: only invisible controls, tatweel and presentation forms; light:
    /// also vowel marks, digit shapes, alef forms, keyboard variants; search:
    /// also final ya and ta marbuta.
    #[arg(long, default_value = "search", value_parser = PossibleValuesParser::new(Profile::ALL.map(Profile::name)))]
    profile: String,
    #[command(flatten)]
    report: Errors,
}

const EXAMPLES: &str = "\
Examples:
  echo 'أُعلِنَ عن ٣٥٠ مَدرَسةً' | ghirbal normalize
  ghirbal normalize --profile light article.txt";

/// Runs the command.
///
/// # Errors
/// When there is nothing to read or standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let profile = Profile::ALL.into_iter().find(|p| p.name() == args.profile);
    let folder = Folder::new(profile.unwrap_or(Profile::Search));
    let mut report = Report::new(args.report.errors.as_deref())?;
    let mut out = Sink::stdout();
    let terminal = io::stdout().is_terminal();
    let documents =
        report.read(&args.input, |document| write(&folder.fold(&document.text), terminal, &mut out))?;
    out.commit()?;
    let rejected = report.rejected;
    report.commit()?;
    Ok(status::of_counts(documents, rejected))
}

/// Writes a text as it is, for people without what steers a terminal.
fn write(text: &str, terminal: bool, out: &mut Sink) -> io::Result<()> {
    if terminal {
        return text.lines().try_for_each(|line| writeln!(out, "{}", print::clean(line)));
    }
    out.write_all(text.as_bytes())?;
    if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
}
