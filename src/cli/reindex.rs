//! `ghirbal reindex`: an index made anew from the articles that it keeps,
//! extracted and analyzed as this version does it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use clap::builder::ValueHint;

use super::intake::{Acks, Intake, Rhythm, Workshop};
use super::lexicons::Lists;
use super::pipeline::{self, Threads};
use super::progress::Progress;
use super::report::Report;
use super::{Status, print, status};
use crate::index;
use crate::index::rebuild::{Originals, Rebuild};
use crate::input::Item;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The index, of any version.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: PathBuf,
    #[command(flatten)]
    lists: Lists,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    rhythm: Rhythm,
    /// Where kept articles are damaged, leave those out and go on with the rest.
    #[arg(long)]
    salvage: bool,
    /// No summary.
    #[arg(short, long)]
    quiet: bool,
}

const EXAMPLES: &str = "\
The old index serves readers until the new one is whole. Interrupted, it leaves the old one.

Examples:
  ghirbal reindex --index news.ix";

/// What of the old index could not be read.
type Faults = Arc<Mutex<Vec<index::Error>>>;

/// Runs the command.
///
/// # Errors
/// When the index is not there, damaged or locked, or the disk is full.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let (Rebuild { writer, place }, originals) =
        Rebuild::begin(&args.index, args.threads.number(), args.salvage)?;
    let faults = Faults::default();
    let documents = documents(originals, args.salvage, Arc::clone(&faults));
    let workshop = Workshop::new(&writer, args.lists.load()?);
    let (mut report, progress) = (Report::default(), Progress::hidden());
    let mut intake = Intake::new(writer, &workshop, args.rhythm, Acks::default(), &mut report, &progress);
    pipeline::run_for(documents, args.threads.threads, |document| workshop.work(document), &mut intake)?;
    let faults = std::mem::take(&mut *faults.lock().unwrap_or_else(PoisonError::into_inner));
    let lost = faults.len();
    for fault in faults {
        if !args.salvage {
            return Err(fault.into());
        }
        print::error(&fault.to_string());
    }
    let (writer, totals) = intake.end()?;
    drop(workshop);
    if totals.documents() == 0 && lost > 0 {
        print::note("nothing could be read; the index stays as it was");
        return Ok(Status::NothingRead);
    }
    place.take(writer)?;
    if !args.quiet {
        print::note(&totals.words());
    }
    Ok(status::of_counts(totals.documents(), lost))
}

/// The documents that can be read: all, or those before the first fault.
fn documents(originals: Originals, salvage: bool, faults: Faults) -> impl Iterator<Item = Item> + Send {
    let readable = originals.map_while(move |original| match original {
        Ok(document) => Some(Some(Item::Document(document))),
        Err(error) => {
            faults.lock().unwrap_or_else(PoisonError::into_inner).push(error);
            salvage.then_some(None)
        }
    });
    readable.flatten()
}
