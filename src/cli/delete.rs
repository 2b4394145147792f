//! `ghirbal delete`: articles out of an index, with their claims.

use std::io::{self, BufRead};
use std::path::PathBuf;

use clap::builder::ValueHint;

use super::progress::count;
use super::{Status, print, status};
use crate::index::Index;
use crate::index::writer::Writer;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: PathBuf,
    /// No summary.
    #[arg(short, long)]
    quiet: bool,
    /// Identifiers of articles; - reads them from standard input, one a line.
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

const EXAMPLES: &str = "\
Exit status 0 says that none of them is there any more; 1 that one was not there before.

Examples:
  ghirbal delete --index news.ix 2024/exchange.txt
  ghirbal search --index news.ix --ids 'source:example.org' | ghirbal delete --index news.ix -";

/// Runs the command.
///
/// # Errors
/// When the index is not there, damaged or locked.
pub fn run(args: Args) -> anyhow::Result<Status> {
    // An index is not made only to delete from it.
    Index::open(&args.index)?;
    let mut writer = Writer::open(&args.index, 1)?;
    let (mut deleted, mut missing) = (0, 0);
    let mut delete = |id: &str| -> anyhow::Result<()> {
        if writer.delete(id)? {
            deleted += 1;
        } else {
            missing += 1;
            print::error(&format!("the index has no article {id:?}"));
        }
        Ok(())
    };
    for id in &args.ids {
        if id == "-" {
            io::stdin().lock().lines().try_for_each(|line| delete(line?.trim_end_matches('\r')))?;
        } else {
            delete(id)?;
        }
    }
    writer.close()?;
    if !args.quiet {
        print::note(&format!("{} deleted", count(deleted, "article")));
    }
    Ok(if missing == 0 { Status::Success } else { status::of_hits(0) })
}
