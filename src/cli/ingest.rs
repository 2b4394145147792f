//! `ghirbal ingest`: documents into an index, with their claims, once or
//! whenever files change.

use std::path::PathBuf;

use clap::builder::ValueHint;

use super::intake::{Acks, Intake, Rhythm, Workshop};
use super::lexicons::Lists;
use super::paths::Paths;
use super::pipeline::{self, Threads};
use super::progress::{Progress, count};
use super::report::{Errors, Report};
use super::status::Interrupted;
use super::watch::Watch;
use super::{Status, print, status};
use crate::index::writer::Writer;
use crate::input::Inputs;
use crate::input::options::WHOLE;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The index: a folder, made where there is none.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: PathBuf,
    #[command(flatten)]
    input: Paths,
    #[command(flatten)]
    lists: Lists,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    rhythm: Rhythm,
    /// Go on: the PATHs are folders, and files that are written there later are
    /// added too, until Ctrl-C. A file that is removed leaves its article.
    #[arg(long)]
    watch: bool,
    /// Append a line of JSON for every document to FILE (- for standard
    /// output) as soon as it is sure to last, with what was done and which
    /// articles it nearly repeats.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    acks: Option<PathBuf>,
    #[command(flatten)]
    report: Errors,
    /// No progress bar and no summary.
    #[arg(short, long)]
    quiet: bool,
}

const EXAMPLES: &str = "\
The same document again changes nothing; one with a known id and another content replaces it.
What a killed ingest has not acknowledged, the same ingest adds when it is run again.

Examples:
  ghirbal ingest --index news.ix articles/
  ghirbal ingest --index news.ix --watch incoming/
  zcat dump.jsonl.gz | ghirbal ingest --index news.ix - --errors errors.jsonl --acks acks.jsonl";

/// Runs the command.
///
/// # Errors
/// When there is nothing to read or the index cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    // Before the first reading, so that no change falls between.
    let watch = args.watch.then(|| Watch::begin(&args.input.paths)).transpose()?;
    let inputs = args.input.open(WHOLE)?;
    let lexicons = args.lists.load()?;
    let mut report = Report::new(args.report.errors.as_deref())?;
    let acks = Acks::open(args.acks.as_deref())?;
    let writer = Writer::open(&args.index, args.threads.number())?;
    let workshop = Workshop::new(&writer, lexicons);
    let progress = Progress::start(&inputs, args.quiet);
    let mut intake = Intake::new(writer, &workshop, args.rhythm, acks, &mut report, &progress);
    let mut worked = ingest(inputs, &args, &workshop, &mut intake);
    if let (Ok(()), Some(watch)) = (&worked, watch) {
        worked = go_on(&watch, &args, &workshop, &mut intake);
    }
    // What was written before an interruption stays.
    let ended = intake.end();
    drop(workshop);
    worked?;
    let (writer, totals) = ended?;
    writer.close()?;
    let rejected = report.rejected;
    report.commit()?;
    progress.finish(&count(totals.documents(), "document"), totals.bytes);
    if !args.quiet {
        print::note(&format!("{}, {rejected} rejected", totals.words()));
    }
    Ok(status::of_counts(totals.documents(), rejected))
}

fn ingest(inputs: Inputs, args: &Args, workshop: &Workshop, intake: &mut Intake<'_>) -> anyhow::Result<()> {
    pipeline::run_for(inputs, args.threads.threads, |document| workshop.work(document), intake)
}

/// Adds what is written in the folders, until Ctrl-C, which is the way to end it.
fn go_on(watch: &Watch, args: &Args, workshop: &Workshop, intake: &mut Intake<'_>) -> anyhow::Result<()> {
    intake.commit()?;
    if !args.quiet {
        print::note(&format!("{}; waiting for changes, Ctrl-C ends", intake.totals.words()));
    }
    while let Some(changes) = watch.wait()? {
        let inputs = args.input.open(WHOLE)?.only(|path| changes.hold(path));
        match ingest(inputs, args, workshop, intake) {
            Err(error) if error.is::<Interrupted>() => return Ok(()),
            done => done?,
        }
        intake.commit()?;
    }
    Ok(())
}
