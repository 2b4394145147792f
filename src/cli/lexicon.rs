//! `ghirbal lexicon`: checks users' lists of names.

use std::io::Write;
use std::path::PathBuf;

use clap::builder::ValueHint;

use super::progress::count;
use super::{Status, print};
use crate::extract::UserLexicon;
use crate::input::lexicon;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    action: Action,
}

/// What can be done with a lexicon.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Say all that is wrong with lexicons, with file and line.
    ///
    /// The exit status is 0 where all can be used, 2 where one cannot.
    #[command(after_help = EXAMPLES)]
    Check {
        /// The lexicons.
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
}

const EXAMPLES: &str = "\
Examples:
  ghirbal lexicon check names.tsv
  ghirbal extract --lexicon names.tsv articles/ -o records.jsonl";

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let Action::Check { files } = args.action;
    let mut status = Status::Success;
    let mut out = anstream::stdout().lock();
    for path in files {
        match lexicon::read(&path) {
            Ok(lexicon) => writeln!(out, "{}: {}", print::clean(&path.to_string_lossy()), summary(&lexicon))?,
            Err(errors) => {
                status = Status::Usage;
                for error in &errors {
                    print::error(&error.to_string());
                }
            }
        }
    }
    out.flush()?;
    Ok(status)
}

/// How much stands in a lexicon, and what marks it.
fn summary(lexicon: &UserLexicon) -> String {
    let (names, stops): (Vec<_>, Vec<_>) = lexicon.entries.iter().partition(|entry| entry.kind.is_some());
    let forms = names.iter().map(|entry| entry.forms().count()).sum();
    let stops = match stops.len() {
        0 => String::new(),
        some => format!(", {} taken out", count(some, "name")),
    };
    let names = count(names.len(), "name");
    format!("{names} in {}{stops}; sha256 {}", count(forms, "form"), lexicon.origin.sha256)
}
