//! `ghirbal extract`: documents in, records out.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::builder::{PossibleValue, PossibleValuesParser, ValueHint};

use super::explain::explain;
use super::lexicons::Lists;
use super::paths::Paths;
use super::pipeline::{self, Outcome, Threads};
use super::progress::{Progress, count};
use super::report::{Errors, Report};
use super::{Status, status};
use crate::document::Document;
use crate::extract::{Findings, Lexicons, extract};
use crate::normalize::{Text, normalize};
use crate::output::target::{Made, Target};
use crate::output::{self, FORMATS, Format};
use crate::record::{Record, record};
use crate::span::Units;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    input: Paths,
    /// Write to FILE instead of standard output; it appears only when it is whole.
    ///
    /// Formats of several files write a new folder of that name.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    output: Option<PathBuf>,
    /// What to write.
    ///
    /// Without it the ending of --output decides, then jsonl.
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// Write a claim a line, with its links spelled out; short for --format flat.
    #[arg(long)]
    flat: bool,
    /// Tell people how every field of every claim came about: rules and cues.
    #[arg(long, conflicts_with_all = ["format", "flat", "bom"])]
    explain: bool,
    /// Begin CSV with a byte order mark, for spreadsheets.
    #[arg(long)]
    bom: bool,
    /// The unit of offsets.
    #[arg(long, value_name = "UNIT", default_value = "chars", value_parser = PossibleValuesParser::new(Units::ALL.map(Units::name)))]
    offsets: String,
    #[command(flatten)]
    lists: Lists,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    report: Errors,
    /// No progress bar and no summary.
    #[arg(short, long)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  ghirbal extract articles/ -o records.jsonl --errors errors.jsonl
  ghirbal extract 'news/2024-*/**/*.txt' --format csv --bom -o claims.csv
  ghirbal extract article.txt --format timex3 > article.tml
  zcat dump.jsonl.gz | ghirbal extract - | jq '.claims[] | {value, noun: .noun.lemma}'
  echo 'أُفرج عن أكثر من 350 أسيرًا' | ghirbal extract --flat
  echo 'أُفرج عن أكثر من 350 أسيرًا' | ghirbal extract --explain";

/// The formats with their descriptions.
fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|f| PossibleValue::new(f.name).help(f.about)))
}

/// What a document gave.
struct Extracted {
    made: Made,
    claims: usize,
    text: usize,
}

/// Runs the command.
///
/// # Errors
/// When there is nothing to read or the output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let inputs = args.input.open()?;
    // What is told is a stream, as the first format is.
    let format = if args.explain { &FORMATS[0] } else { format(&args) };
    let units = Units::from_name(&args.offsets).unwrap_or_default();
    check(&args, format, units)?;
    let lexicons = args.lists.load()?;
    let mut report = Report::new(args.report.errors.as_deref())?;
    let mark = if args.bom { "\u{FEFF}" } else { "" };
    let mut target = Target::create(format, args.output.as_deref(), mark)?;
    let progress = Progress::start(&inputs, args.quiet);
    let mut totals = Totals::default();
    pipeline::run(
        inputs,
        args.threads.threads,
        |document| {
            work(&document, &lexicons, units, |record, text, found| {
                if args.explain {
                    Made::Piece(explain(record, text, &lexicons, found).into_bytes())
                } else {
                    format.make(record, text)
                }
            })
        },
        |outcome| {
            match outcome {
                Outcome::Done(extracted) => {
                    target.put(&extracted.made)?;
                    totals.add(&extracted);
                }
                Outcome::Rejected(error) => progress.around(|| report.add(&error, true))?,
                Outcome::Warning(error) => progress.around(|| report.add(&error, false))?,
            }
            progress.step(|| totals.words());
            Ok(())
        },
    )?;
    let rejected = report.rejected;
    target.commit()?;
    report.commit()?;
    progress.finish(&format!("{}, {rejected} rejected", totals.words()), totals.bytes);
    Ok(status::of_counts(totals.documents, rejected))
}

/// Refuses what the format cannot do.
fn check(args: &Args, format: &Format, units: Units) -> anyhow::Result<()> {
    if args.bom && format.name != "csv" {
        bail!("--bom is for --format csv");
    }
    let output = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    if format.needs_folder() && output.is_none() {
        bail!("--format {} writes several files: name a new folder with -o DIR", format.name);
    }
    match format.units {
        Some(only) if only != units => {
            bail!("--format {} counts offsets in {} only, not in {}", format.name, only.name(), units.name())
        }
        _ => Ok(()),
    }
}

fn work(
    document: &Document,
    lexicons: &Lexicons,
    units: Units,
    make: impl FnOnce(&Record, &Text<'_>, &Findings) -> Made,
) -> Extracted {
    let text = normalize(&document.text);
    let found = extract(&text, lexicons, document.published.as_deref());
    let record = record(document, &text, &found, units);
    let made = make(&record, &text, &found);
    Extracted { made, claims: record.claims.len(), text: document.text.len() }
}

/// What was done so far.
#[derive(Default)]
struct Totals {
    documents: usize,
    claims: usize,
    bytes: u64,
}

impl Totals {
    fn add(&mut self, extracted: &Extracted) {
        self.documents += 1;
        self.claims += extracted.claims;
        self.bytes += extracted.text as u64;
    }

    fn words(&self) -> String {
        format!("{}, {}", count(self.documents, "document"), count(self.claims, "claim"))
    }
}

/// The format that is asked for, by name or by the ending of the output.
fn format(args: &Args) -> &'static Format {
    let named = args.format.as_deref().and_then(output::format);
    let format = named.or_else(|| args.output.as_deref().and_then(by_ending)).unwrap_or(&FORMATS[0]);
    // A table is flat already.
    if args.flat && format.name == "jsonl" { output::format("flat").unwrap_or(format) } else { format }
}

fn by_ending(path: &Path) -> Option<&'static Format> {
    let ending = path.extension()?;
    FORMATS.iter().find(|f| f.extensions.iter().any(|e| ending.eq_ignore_ascii_case(e)))
}
