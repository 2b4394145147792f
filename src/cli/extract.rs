//! `ghirbal extract`: documents in, records out.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::builder::{PossibleValuesParser, ValueHint};

use super::paths::Paths;
use super::pipeline::{self, Outcome, Threads};
use super::progress::{Progress, count};
use super::report::{Errors, Report};
use super::{Status, status};
use crate::document::Document;
use crate::extract::{Lexicons, extract};
use crate::normalize::normalize;
use crate::output::sink::Sink;
use crate::output::{self, FORMATS, Format};
use crate::record::record;
use crate::span::Units;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    input: Paths,
    /// Write to FILE instead of standard output; it appears only when it is whole.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// What to write: jsonl (a record a line), flat (a claim a line), csv,
    /// timex3 (the text with its dates tagged).
    ///
    /// Without it the ending of --output decides, then jsonl.
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name)))]
    format: Option<String>,
    /// Write a claim a line, with its links spelled out; short for --format flat.
    #[arg(long)]
    flat: bool,
    /// Begin CSV with a byte order mark, for spreadsheets.
    #[arg(long)]
    bom: bool,
    /// The unit of offsets.
    #[arg(long, value_name = "UNIT", default_value = "chars", value_parser = PossibleValuesParser::new(Units::ALL.map(Units::name)))]
    offsets: String,
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
  echo 'أُفرج عن أكثر من 350 أسيرًا' | ghirbal extract --flat";

/// What a document gave, ready to be written.
struct Extracted {
    bytes: Vec<u8>,
    claims: usize,
    text: usize,
}

/// Runs the command.
///
/// # Errors
/// When there is nothing to read or the output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let inputs = args.input.open()?;
    let format = format(&args);
    if args.bom && format.name != "csv" {
        bail!("--bom is for --format csv");
    }
    let units = Units::from_name(&args.offsets).unwrap_or_default();
    let mut report = Report::new(args.report.errors.as_deref())?;
    let mut sink = Sink::create(args.output.as_deref())?;
    let progress = Progress::start(&inputs, args.quiet);
    let mut totals = Totals::default();
    sink.write_all(&beginning(format, args.bom))?;
    let lexicons = Lexicons::builtin();
    pipeline::run(
        inputs,
        args.threads.threads,
        |document| work(&document, &lexicons, format, units),
        |outcome| {
            match outcome {
                Outcome::Done(extracted) => {
                    sink.write_all(&extracted.bytes)?;
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
    sink.commit()?;
    report.commit()?;
    progress.finish(&format!("{}, {rejected} rejected", totals.words()), totals.bytes);
    Ok(status::of_counts(totals.documents, rejected))
}

fn work(document: &Document, lexicons: &Lexicons, format: &Format, units: Units) -> Extracted {
    let text = normalize(&document.text);
    let found = extract(&text, lexicons, document.published.as_deref());
    let record = record(document, &text, &found, units);
    let mut bytes = Vec::new();
    (format.write)(&record, &document.text, &mut bytes);
    Extracted { bytes, claims: record.claims.len(), text: document.text.len() }
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

fn beginning(format: &Format, bom: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    if bom {
        bytes.extend("\u{FEFF}".bytes());
    }
    (format.begin)(&mut bytes);
    bytes
}
