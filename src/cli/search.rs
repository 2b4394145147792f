//! `ghirbal search`: articles of an index that answer a query.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use clap::builder::ValueHint;
use serde_json::{Value, json};

use super::print::{self, BOLD, DIM, MATCH};
use super::progress::count;
use super::{Status, status};
use crate::index::Index;
use crate::index::query::Query;
use crate::index::search::{Hit, Hits, Search};
use crate::index::snippet::Snippet;
use crate::index::stored::Stored;
use crate::output::sink::Sink;
use crate::span::{Offsets, Units};

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: PathBuf,
    /// Most hits that are listed.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// One JSON object with the hits.
    #[arg(long, conflicts_with = "queries")]
    json: bool,
    /// Search for every line of FILE: a name, a tab, words of which any may match.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    queries: Option<PathBuf>,
    /// How to write the hits of --queries.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Trec, requires = "queries")]
    format: Format,
    /// Words, "phrases", -word, +word, field:word.
    #[arg(value_name = "QUERY", required_unless_present = "queries", conflicts_with = "queries")]
    query: Vec<String>,
}

/// A format of hits for many queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Query, Q0, document, rank, score, program: what evaluation tools read.
    Trec,
}

const EXAMPLES: &str = "\
Words are found in any form and may match; a \"phrase\", a +word and a field must, a -word must not.
Fields: body exact title source person org place event mentions.

Examples:
  ghirbal search --index news.ix أسرى هدنة
  ghirbal search --index news.ix '\"وقف إطلاق النار\" place:القاهرة -انتخابات'
  ghirbal search --index news.ix --json --limit 50 'mentions:2023-11 أسرى' | jq '.hits[].id'
  ghirbal search --index news.ix --queries questions.tsv --limit 100 --format trec > run";

/// Runs the command.
///
/// # Errors
/// When the query cannot be read, or the index is not there or damaged.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let index = Index::open(&args.index)?;
    let mut search = Search::new(&index);
    if let Some(file) = &args.queries {
        return batch(&mut search, file, args.limit);
    }
    let words = args.query.join(" ");
    let query = Query::parse(&words).map_err(crate::index::Error::from)?;
    let hits = search.articles(&query, args.limit)?;
    let mut out = anstream::stdout().lock();
    if args.json {
        writeln!(out, "{}", as_json(&words, &hits, &mut search)?)?;
    } else {
        list(&hits, &mut search, &mut out)?;
    }
    out.flush()?;
    Ok(status::of_hits(hits.total))
}

/// An article that matches, opened.
struct Opened {
    article: Stored,
    snippet: Snippet,
}

fn open(hit: &Hit, hits: &Hits, search: &mut Search<'_>) -> anyhow::Result<Opened> {
    let article = search.open(hit)?;
    let snippet = search.snippet(&article.document.text, &hits.wanted);
    Ok(Opened { article, snippet })
}

fn list(hits: &Hits, search: &mut Search<'_>, out: &mut impl Write) -> anyhow::Result<()> {
    for (rank, hit) in hits.best.iter().enumerate() {
        let Opened { article, snippet } = open(hit, hits, search)?;
        let document = &article.document;
        let title = document.title.as_deref().unwrap_or(&document.id);
        writeln!(out, "{BOLD}{}. {}{BOLD:#}", rank + 1, print::clean(title))?;
        let about = [Some(document.id.as_str()), document.source.as_deref(), document.published.as_deref()];
        let about: Vec<_> = about.into_iter().flatten().map(print::clean).collect();
        writeln!(out, "   {DIM}{}  {:.2}{DIM:#}", about.join("  "), hit.score)?;
        writeln!(out, "   {}\n", marked(&snippet))?;
    }
    let (shown, total) = (hits.best.len(), count(hits.total, "article"));
    let of = if shown < hits.total { format!("{shown} of {total}") } else { total };
    writeln!(out, "{of}")?;
    Ok(())
}

/// A passage for a terminal, matching words marked.
pub(super) fn marked(snippet: &Snippet) -> String {
    let mut line = String::with_capacity(snippet.text.len() + 64);
    if snippet.cut_before {
        line.push_str("… ");
    }
    for (piece, is_match) in snippet.pieces() {
        let piece = print::clean(piece);
        if is_match {
            // Writing to a string cannot fail.
            let _ = write!(line, "{MATCH}{piece}{MATCH:#}");
        } else {
            line.push_str(&piece);
        }
    }
    if snippet.cut_after {
        line.push_str(" …");
    }
    line
}

fn as_json(query: &str, hits: &Hits, search: &mut Search<'_>) -> anyhow::Result<Value> {
    let mut listed = Vec::with_capacity(hits.best.len());
    for (rank, hit) in hits.best.iter().enumerate() {
        let Opened { article, snippet } = open(hit, hits, search)?;
        let document = &article.document;
        listed.push(json!({
            "rank": rank + 1, "id": document.id, "score": hit.score, "title": document.title,
            "published": document.published, "source": document.source, "url": document.url,
            "claims": article.record.claims.len(), "snippet": snippet_json(&snippet, &document.text),
        }));
    }
    Ok(json!({"query": query, "total": hits.total, "hits": listed}))
}

/// A passage with its matches, in characters of the original.
pub(super) fn snippet_json(snippet: &Snippet, text: &str) -> Value {
    let offsets = Offsets::new(text, Units::Chars);
    let marks: Vec<_> = snippet.marks.iter().map(|m| [offsets.at(m.start), offsets.at(m.end)]).collect();
    json!({
        "start": offsets.at(snippet.span.start), "end": offsets.at(snippet.span.end), "text": snippet.text,
        "matches": marks, "html": snippet.html(),
    })
}

fn batch(search: &mut Search<'_>, file: &Path, limit: usize) -> anyhow::Result<Status> {
    let queries = std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let mut out = Sink::stdout();
    let mut found = 0;
    for (number, line) in queries.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let Some((name, words)) = line.split_once('\t') else {
            bail!("{}:{}: a name, a tab and a query are wanted", file.display(), number + 1);
        };
        // A line without any word finds nothing; the others are searched.
        let hits = match search.articles(&Query::words(words), limit) {
            Err(crate::index::Error::Query(error)) => {
                print::warning(&format!("{}:{}: {error}", file.display(), number + 1));
                continue;
            }
            hits => hits?,
        };
        for (rank, hit) in hits.best.iter().enumerate() {
            writeln!(out, "{name} Q0 {} {} {:.5} ghirbal", hit.id, rank + 1, hit.score)?;
        }
        found += hits.total;
    }
    out.commit()?;
    Ok(status::of_hits(found))
}
