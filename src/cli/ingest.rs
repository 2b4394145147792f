//! `ghirbal ingest`: documents into an index, with their claims.

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::builder::ValueHint;

use super::lexicons::Lists;
use super::paths::Paths;
use super::pipeline::{self, Outcome, Threads};
use super::progress::{Progress, count};
use super::report::{Errors, Report};
use super::{Status, print, status};
use crate::document::Document;
use crate::extract::{Lexicons, extract};
use crate::index::stored;
use crate::index::write::{Committed, Entry, Preparer, Standing, Writer};
use crate::normalize::normalize;
use crate::record::record;
use crate::span::Units;

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
    /// Make what was added lasting after N documents; it is also after ten seconds.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    commit: usize,
    #[command(flatten)]
    report: Errors,
    /// No progress bar and no summary.
    #[arg(short, long)]
    quiet: bool,
}

const EXAMPLES: &str = "\
The same document again changes nothing; one with a known id and another content replaces it.

Examples:
  ghirbal ingest --index news.ix articles/
  zcat dump.jsonl.gz | ghirbal ingest --index news.ix - --errors errors.jsonl";

/// Time after which what was added is made lasting.
const COMMIT_EVERY: Duration = Duration::from_secs(10);

/// What a document gave.
enum Worked {
    /// An entry ready to be written.
    Entry(Box<Entry>),
    /// A document that was in the index already when it was looked up.
    Known(Box<Document>),
}

/// Works on documents: lists and analyzers that threads share or pass on.
struct Workshop {
    lexicons: Lexicons,
    committed: Committed,
    preparers: Mutex<Vec<Preparer>>,
    fresh: Box<dyn Fn() -> Preparer + Send + Sync>,
}

/// Runs the command.
///
/// # Errors
/// When there is nothing to read or the index cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let inputs = args.input.open()?;
    let lexicons = args.lists.load()?;
    let mut report = Report::new(args.report.errors.as_deref())?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if args.threads.threads == 0 { threads } else { args.threads.threads };
    let mut writer = Writer::open(&args.index, threads)?;
    writer.commit_after(args.commit);
    let mut committed = Instant::now();
    let progress = Progress::start(&inputs, args.quiet);
    let workshop = Workshop::new(&writer, lexicons);
    let mut totals = Totals::default();
    let worked = pipeline::run(
        inputs,
        args.threads.threads,
        |document| workshop.work(document),
        |outcome| {
            match outcome {
                Outcome::Done(worked) => totals.add(put(&mut writer, &workshop, worked)?),
                Outcome::Rejected(error) => progress.around(|| report.add(&error, true))?,
                Outcome::Warning(error) => progress.around(|| report.add(&error, false))?,
            }
            progress.step(|| totals.words());
            if committed.elapsed() >= COMMIT_EVERY {
                writer.commit()?;
                committed = Instant::now();
            }
            Ok(())
        },
    );
    drop(workshop);
    // What was written before an interruption stays.
    writer.close()?;
    worked?;
    let rejected = report.rejected;
    report.commit()?;
    progress.finish(&count(totals.documents(), "document"), totals.bytes);
    if !args.quiet {
        print::note(&format!("{}, {rejected} rejected", totals.words()));
    }
    Ok(status::of_counts(totals.documents(), rejected))
}

impl Workshop {
    fn new(writer: &Writer, lexicons: Lexicons) -> Self {
        Self {
            lexicons,
            committed: writer.committed(),
            preparers: Mutex::default(),
            fresh: Box::new(writer.preparers()),
        }
    }

    fn work(&self, document: Document) -> Worked {
        // An index that cannot be read is told of when it is written.
        if self.committed.holds(&stored::digest(&document)).unwrap_or(false) {
            return Worked::Known(Box::new(document));
        }
        Worked::Entry(Box::new(self.prepare(&document)))
    }

    fn prepare(&self, document: &Document) -> Entry {
        let text = normalize(&document.text);
        let found = extract(&text, &self.lexicons, document.published.as_deref());
        let record = record(document, &text, &found, Units::Chars);
        let rest = self.preparers.lock().ok().and_then(|mut resting| resting.pop());
        let mut preparer = rest.unwrap_or_else(|| (self.fresh)());
        let entry = preparer.prepare(document, &text, &record);
        if let Ok(mut resting) = self.preparers.lock() {
            resting.push(preparer);
        }
        entry
    }
}

/// One document, written.
struct Written {
    standing: Standing,
    claims: usize,
    bytes: usize,
}

fn put(writer: &mut Writer, workshop: &Workshop, worked: Worked) -> anyhow::Result<Written> {
    let entry = match worked {
        Worked::Entry(entry) => *entry,
        Worked::Known(document) => {
            let bytes = document.text.len();
            let standing = writer.standing(&document.id, &stored::digest(&document))?;
            if standing == Standing::Same {
                return Ok(Written { standing, claims: 0, bytes });
            }
            // Another document of this run took its place meanwhile.
            workshop.prepare(&document)
        }
    };
    let (claims, bytes) = (entry.claims(), entry.bytes());
    Ok(Written { standing: writer.put(entry)?, claims, bytes })
}

/// What was done so far.
#[derive(Default)]
struct Totals {
    added: usize,
    replaced: usize,
    unchanged: usize,
    claims: usize,
    bytes: u64,
}

impl Totals {
    fn add(&mut self, written: Written) {
        self.bytes += written.bytes as u64;
        match written.standing {
            Standing::New => self.added += 1,
            Standing::Changed => self.replaced += 1,
            Standing::Same => self.unchanged += 1,
        }
        if written.standing != Standing::Same {
            self.claims += written.claims;
        }
    }

    fn documents(&self) -> usize {
        self.added + self.replaced + self.unchanged
    }

    fn words(&self) -> String {
        let Self { added, replaced, unchanged, claims, .. } = self;
        format!("{added} added, {replaced} replaced, {unchanged} unchanged, {}", count(*claims, "claim"))
    }
}
