//! `ghirbal search`: articles of an index that answer a query.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use clap::builder::ValueHint;

use super::answers::{Output, ask};
use super::asking::{FieldFlags, GRAMMAR, LIMIT, Wanted, WordFlags};
use super::{Status, articles, claims, print, status};
use crate::index::Index;
use crate::index::query::Query;
use crate::index::schema::Kind;
use crate::index::search::Search;
use crate::output::sink::Sink;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{GRAMMAR}\n\n{EXAMPLES}"))]
pub struct Args {
    #[command(flatten)]
    wanted: Wanted,
    /// Find claims, as the command `claims` does.
    #[arg(long)]
    claims: bool,
    #[command(flatten)]
    output: Output,
    /// Search for every line of FILE: a name, a tab, words of which any may match.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["form", "claims"])]
    queries: Option<PathBuf>,
    /// How to write the hits of --queries.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Trec, requires = "queries")]
    format: Format,
    #[command(flatten)]
    words: WordFlags,
    #[command(flatten)]
    fields: FieldFlags,
    /// Words, "phrases", -word, +word, field:word; --help has the grammar.
    #[arg(value_name = "QUERY", conflicts_with = "queries")]
    query: Vec<String>,
}

/// A format of hits for many queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Query, Q0, document, rank, score, program: what evaluation tools read.
    Trec,
}

const EXAMPLES: &str = "\
Examples:
  ghirbal search --index news.ix أسرى هدنة
  ghirbal search --index news.ix '\"وقف إطلاق النار\"~2 place:القاهرة -انتخابات'
  ghirbal search --index news.ix '(أسرى OR رهائن) AND published:2023-10..2024-01' --facets
  ghirbal search --index news.ix --phrase 'وقف إطلاق النار' --place القاهرة --none انتخابات
  ghirbal search --index news.ix --histogram month --count person:=\"أنطونيو غوتيريش\"
  ghirbal search --index news.ix --json --limit 50 'mentions:2023-11 أسرى' | jq '.hits[].id'
  ghirbal search --index news.ix --queries questions.tsv --limit 100 --format trec > run";

/// Runs the command.
///
/// # Errors
/// When the query cannot be read, or the index is not there or damaged.
pub fn run(args: Args) -> anyhow::Result<Status> {
    if let Some(file) = &args.queries {
        return batch(file, &args.wanted);
    }
    let shape = if args.claims { &claims::SHAPE } else { &articles::SHAPE };
    ask(shape, &args.query, &args.words, &args.fields, &args.wanted, &args.output)
}

fn batch(file: &Path, wanted: &Wanted) -> anyhow::Result<Status> {
    let queries = std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let index = Index::open(&wanted.index)?;
    let mut search = Search::new(&index);
    let page = wanted.page(Some(LIMIT));
    let mut out = Sink::stdout();
    let mut found = 0;
    for (number, line) in queries.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let Some((name, words)) = line.split_once('\t') else {
            bail!("{}:{}: a name, a tab and a query are wanted", file.display(), number + 1);
        };
        // A line without any word finds nothing; the others are searched.
        let hits = match search.find(&Query::words(words, Kind::Article), &page) {
            Err(crate::index::Error::Query(error)) => {
                print::warning(&format!("{}:{}: {error}", file.display(), number + 1));
                continue;
            }
            hits => hits?,
        };
        for (rank, hit) in hits.best.iter().enumerate() {
            let score = hit.score.unwrap_or_default();
            writeln!(out, "{name} Q0 {} {} {score:.5} ghirbal", hit.id, rank + 1)?;
        }
        found += hits.total;
    }
    out.commit()?;
    Ok(status::of_hits(found))
}
