//! `ghirbal extract`: documents in, records out.

use clap::builder::PossibleValuesParser;

use super::destination::{Destination, Writing};
use super::explain::explain;
use super::lexicons::Lists;
use super::paths::Paths;
use super::pipeline::{self, Outcome, Threads};
use super::progress::{Progress, count};
use super::report::{Errors, Report};
use super::status::Interrupted;
use super::{Status, status};
use crate::document::Document;
use crate::extract::{Findings, Lexicons, extract, stretch};
use crate::input::Item;
use crate::input::options::{LIMIT, WHOLE};
use crate::normalize::{Text, normalize};
use crate::output::FORMATS;
use crate::output::pack::Held;
use crate::output::target::Made;
use crate::record::manifest::CountsOut;
use crate::record::{Record, record};
use crate::span::Units;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    input: Paths,
    #[command(flatten)]
    destination: Destination,
    /// Tell people how every field of every claim came about: rules and cues.
    #[arg(long, conflicts_with_all = ["format", "flat", "bom"])]
    explain: bool,
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
  ghirbal extract 'news/2024-*/**/*.txt' --format spreadsheet -o claims.csv
  ghirbal extract article.txt --format timex3 > article.tml
  ghirbal extract dump.jsonl.gz -o records.jsonl.zst --split 256MB --resume
  zcat dump.jsonl.gz | ghirbal extract - | jq '.claims[] | {value, noun: .noun.lemma}'
  echo 'أُفرج عن أكثر من 350 أسيرًا' | ghirbal extract --flat
  echo 'أُفرج عن أكثر من 350 أسيرًا' | ghirbal extract --explain";

/// What a document gave.
struct Extracted {
    made: Made,
    counts: CountsOut,
    text: usize,
}

/// Runs the command.
///
/// # Errors
/// When there is nothing to read or the output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    // What is told is a stream, as the first format is.
    let format = if args.explain { &FORMATS[0] } else { args.destination.format() };
    let long = format.long().filter(|_| !args.explain);
    let inputs = args.input.open(if long.is_some() { LIMIT } else { WHOLE })?;
    let units = Units::from_name(&args.offsets).unwrap_or_default();
    args.destination.check(format, units)?;
    let lexicons = args.lists.load()?;
    let mut report = Report::new(args.report.errors.as_deref())?;
    let mut writing = args.destination.begin(format, &inputs, &lexicons.users)?;
    writing.failed_before().iter().try_for_each(|error| report.add(error, true))?;
    let progress = Progress::start(&inputs, args.quiet);
    let mut totals = Totals::default();
    let mut skip = writing.skip;
    let inputs = inputs.filter(move |item| !passed_over(item, &mut skip));
    let ended = pipeline::run(
        inputs,
        args.threads.threads,
        |document| match long.filter(|_| document.text.len() > stretch::LONGEST) {
            Some(write) => work_long(&document, write(&document, &lexicons, units, stretch::LONGEST)),
            None => work(&document, &lexicons, units, |record, text, found| {
                if args.explain {
                    Made::Piece(explain(record, text, &lexicons, found).into_bytes())
                } else {
                    format.make(record, text)
                }
            }),
        },
        |outcome| {
            match outcome {
                Outcome::Done(extracted) => {
                    writing.put(&extracted.made, extracted.counts)?;
                    totals.add(&extracted);
                }
                Outcome::Rejected(error) => {
                    writing.leave_out(&error);
                    progress.around(|| report.add(&error, true))?;
                }
                Outcome::Warning(error) => progress.around(|| report.add(&error, false))?,
            }
            progress.step(|| totals.words());
            Ok(())
        },
    );
    if let Err(error) = ended {
        return Err(end_early(error, writing, report));
    }
    let rejected = report.rejected;
    let status = status::of_counts(totals.counts.documents + writing.skip, rejected);
    if status == Status::NothingRead {
        writing.end_unread()?;
    } else {
        writing.end()?;
    }
    report.commit()?;
    progress.finish(&format!("{}, {rejected} rejected", totals.words()), totals.bytes);
    Ok(status)
}

/// After Ctrl-C puts what is finished where it can be found, and says so.
fn end_early(error: anyhow::Error, writing: Writing, report: Report) -> anyhow::Error {
    if !error.is::<Interrupted>() {
        return error;
    }
    let ended = writing.end_early().and_then(|kept| report.commit_early().map(|()| kept).map_err(Into::into));
    match ended {
        Ok(kept) => Interrupted(kept).into(),
        Err(error) => error,
    }
}

/// Whether a document is one of the first `skip`, which are done already.
fn passed_over(item: &Item, skip: &mut usize) -> bool {
    let done = *skip > 0 && matches!(item, Item::Document(_));
    *skip -= usize::from(done);
    done
}

fn work(
    document: &Document,
    lexicons: &Lexicons,
    units: Units,
    make: impl FnOnce(&Record<'_>, &Text<'_>, &Findings) -> Made,
) -> Extracted {
    let text = normalize(&document.text);
    let found = extract(&text, lexicons, document.published.as_deref());
    let record = record(document, &text, &found, units);
    let made = make(&record, &text, &found);
    let counts = CountsOut {
        documents: 1,
        claims: record.claims.len(),
        dates: record.dates.len(),
        entities: record.entities.len(),
    };
    Extracted { made, counts, text: document.text.len() }
}

fn work_long(document: &Document, (parts, counts): (Vec<Held>, CountsOut)) -> Extracted {
    Extracted { made: Made::Long(parts), counts, text: document.text.len() }
}

/// What was done so far.
#[derive(Default)]
struct Totals {
    counts: CountsOut,
    bytes: u64,
}

impl Totals {
    fn add(&mut self, extracted: &Extracted) {
        self.counts.add(extracted.counts);
        self.bytes += extracted.text as u64;
    }

    fn words(&self) -> String {
        let CountsOut { documents, claims, .. } = self.counts;
        format!("{}, {}", count(documents, "document"), count(claims, "claim"))
    }
}
