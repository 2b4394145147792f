//! `ghirbal claims`: claims of an index whose noun or sentence answers a query.

use std::io::Write;
use std::path::PathBuf;

use clap::builder::ValueHint;
use serde_json::{Value, json};

use super::print::{self, BOLD, DIM};
use super::progress::count;
use super::{Status, search, status};
use crate::index::Index;
use crate::index::query::Query;
use crate::index::search::{ClaimHit, ClaimHits, Search};
use crate::index::snippet::Snippet;
use crate::record::ClaimOut;
use crate::span::{Offsets, Span, Units};

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: PathBuf,
    /// Most claims that are listed.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// One JSON object with the claims.
    #[arg(long)]
    json: bool,
    /// Words, "phrases", -word, +word, field:word.
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
}

const EXAMPLES: &str = "\
Words are looked for in the counted noun and the sentence. Fields: body source person org place.

Examples:
  ghirbal claims --index news.ix أسرى
  ghirbal claims --index news.ix --json 'طفل place:غزة' | jq '.hits[].claim.value'";

/// Runs the command.
///
/// # Errors
/// When the query cannot be read, or the index is not there or damaged.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let index = Index::open(&args.index)?;
    let mut search = Search::new(&index);
    let words = args.query.join(" ");
    let query = Query::parse(&words).map_err(crate::index::Error::from)?;
    let hits = search.claims(&query, args.limit)?;
    let mut out = anstream::stdout().lock();
    if args.json {
        let listed: Vec<_> = hits.best.iter().map(|hit| as_json(hit, &hits, &mut search)).collect();
        writeln!(out, "{}", json!({"query": words, "total": hits.total, "hits": listed}))?;
    } else {
        list(&hits, &mut search, &mut out)?;
    }
    out.flush()?;
    Ok(status::of_hits(hits.total))
}

/// The sentence of a claim, matching words marked; offsets are the text's.
fn sentence(hit: &ClaimHit, hits: &ClaimHits, search: &mut Search<'_>) -> Snippet {
    let text = &hit.article.document.text;
    let offsets = Offsets::new(text, Units::Chars);
    let [start, end] = hit.article.record.claims[hit.number].sentence.map(|at| offsets.byte(at));
    let inside = search.snippet_whole(&text[start..end], &hits.wanted);
    let moved = inside.marks.iter().map(|m| Span::new(m.start + start, m.end + start)).collect();
    Snippet { span: Span::new(start, end), marks: moved, ..inside }
}

fn list(hits: &ClaimHits, search: &mut Search<'_>, out: &mut impl Write) -> anyhow::Result<()> {
    for hit in &hits.best {
        let claim = &hit.article.record.claims[hit.number];
        let document = &hit.article.document;
        writeln!(out, "{BOLD}{}{BOLD:#}", print::clean(&headline(claim)))?;
        let about = [Some(document.id.as_str()), document.source.as_deref(), document.published.as_deref()];
        let about: Vec<_> = about.into_iter().flatten().map(print::clean).collect();
        writeln!(out, "   {DIM}{}  {}{DIM:#}", about.join("  "), claim.id)?;
        writeln!(out, "   {}\n", search::marked(&sentence(hit, hits, search)))?;
    }
    let (shown, total) = (hits.best.len(), count(hits.total, "claim"));
    let of = if shown < hits.total { format!("{shown} of {total}") } else { total };
    writeln!(out, "{of}")?;
    Ok(())
}

/// A claim in few words: what kind, how much, of what.
pub(super) fn headline(claim: &ClaimOut) -> String {
    let number = |exact: &crate::record::Exact| exact.0.to_string();
    let value = match (&claim.value, &claim.min, &claim.max) {
        (Some(value), ..) => number(value),
        (None, Some(min), Some(max)) => format!("{}–{}", number(min), number(max)),
        _ => claim.surface.clone(),
    };
    let comparator = if claim.comparator == "exact" { "" } else { &claim.comparator };
    let unit = claim.unit.as_ref().map_or("", |unit| unit.code.as_deref().unwrap_or(&unit.surface));
    let noun = claim.noun.as_ref().map_or("", |noun| noun.surface.as_str());
    let words = [&claim.kind, comparator, value.as_str(), unit, noun];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn as_json(hit: &ClaimHit, hits: &ClaimHits, search: &mut Search<'_>) -> Value {
    let document = &hit.article.document;
    let sentence = sentence(hit, hits, search);
    json!({
        "score": hit.score, "claim": hit.article.record.claims[hit.number],
        "sentence": search::snippet_json(&sentence, &document.text),
        "article": {"id": document.id, "title": document.title, "published": document.published,
                    "source": document.source, "url": document.url},
    })
}
