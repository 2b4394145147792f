//! How hits are written: for people, as JSON, as CSV, as identifiers or a
//! bare number; with facets and histograms. What one hit looks like is the
//! affair of the command that owns its `Shape`.

use std::io::Write;

use anyhow::bail;
use clap::ValueEnum;
use serde_json::{Value, json};

use super::asking::{FieldFlags, LIMIT, Wanted, WordFlags, query};
use super::print::{self, BOLD, DIM};
use super::progress::count;
use super::{Status, status};
use crate::index::Index;
use crate::index::facet::{self, Counts, Facet, facets};
use crate::index::query::Query;
use crate::index::schema::Kind;
use crate::index::search::{Hit, Hits, Search};
use crate::output::csv;

/// Longest bar of a histogram.
const BAR: usize = 50;

/// Most unknown words that something is suggested for: each costs a walk over
/// all words of the index.
const SUGGESTED: usize = 8;

/// What is written of the hits.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// One JSON object with the hits.
    #[arg(long, group = "form")]
    json: bool,
    /// Comma-separated rows under a header, all hits.
    #[arg(long, group = "form")]
    csv: bool,
    /// Only the number of hits.
    #[arg(long, group = "form")]
    count: bool,
    /// Only the identifiers, one a line, of all hits.
    #[arg(long, group = "form")]
    ids: bool,
    /// Count the values of all hits: `all`, or names such as `place,source,month`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', num_args = 0..=1, require_equals = true,
          default_missing_value = "all")]
    facets: Vec<String>,
    /// Most values of a facet.
    #[arg(long, value_name = "N", default_value_t = 10)]
    facet_limit: usize,
    /// Count hits by time of publication.
    #[arg(long, value_name = "STEP", value_enum)]
    histogram: Option<Step>,
}

/// A step of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// By days.
    Day,
    /// By months.
    Month,
    /// By years.
    Year,
}

/// What a hit of a kind looks like.
pub(super) struct Shape {
    pub(super) kind: Kind,
    /// What one is called.
    pub(super) noun: &'static str,
    /// Lines for people, of each hit.
    pub(super) list: fn(&Hits, &mut Search<'_>) -> anyhow::Result<Vec<String>>,
    pub(super) json: fn(usize, &Hit, &Hits, &mut Search<'_>) -> anyhow::Result<Value>,
    pub(super) id: fn(&Hit, &Search<'_>) -> anyhow::Result<String>,
    /// The columns of a row and its cells.
    pub(super) columns: fn() -> Vec<String>,
    pub(super) row: fn(usize, &Hit, &Hits, &mut Search<'_>) -> anyhow::Result<Vec<String>>,
}

/// What was counted beside the hits.
#[derive(Default)]
struct Counted {
    facets: Vec<(&'static str, Vec<facet::Value>)>,
    histogram: Option<Vec<facet::Value>>,
    undated: usize,
}

/// Searches for what the command line asks.
pub(super) fn ask(
    shape: &Shape,
    written: &[String],
    words: &WordFlags,
    fields: &FieldFlags,
    wanted: &Wanted,
    output: &Output,
) -> anyhow::Result<Status> {
    if written.is_empty() && words.is_empty() && fields.is_empty() {
        bail!("a query is missing: words, or flags such as --all and --place; `*` finds everything");
    }
    let query = query(written, words, fields, shape.kind)?;
    answer(shape, &written.join(" "), &query, wanted, output)
}

/// Searches and writes what was found; `asked` is the query as it was given.
pub(super) fn answer(
    shape: &Shape,
    asked: &str,
    query: &Query,
    wanted: &Wanted,
    output: &Output,
) -> anyhow::Result<Status> {
    let index = Index::open(&wanted.index)?;
    let mut search = Search::new(&index);
    let all = output.csv || output.ids;
    let limit = if output.count {
        Some(0)
    } else if all {
        None
    } else {
        Some(LIMIT)
    };
    let page = wanted.page(limit);
    let chosen = output.chosen(shape.kind)?;
    let (hits, counts) = if chosen.is_empty() && output.histogram.is_none() {
        (search.find(query, &page)?, Counts::default())
    } else {
        search.find_and_count(query, &page, &chosen, output.histogram.is_some())?
    };
    let mut counted = Counted::default();
    for facet in chosen {
        counted.facets.push((facet.name, counts.values(facet, output.facet_limit)));
    }
    counted.histogram = output.histogram.map(|step| counts.histogram(step.into()));
    counted.undated = counts.undated;
    output.write(shape, asked, &hits, &counted, &mut search)?;
    Ok(status::of_hits(hits.total))
}

impl From<Step> for facet::Step {
    fn from(step: Step) -> Self {
        match step {
            Step::Day => Self::Day,
            Step::Month => Self::Month,
            Step::Year => Self::Year,
        }
    }
}

impl Output {
    /// The facets that were asked for.
    fn chosen(&self, kind: Kind) -> anyhow::Result<Vec<&'static Facet>> {
        let mut chosen = Vec::new();
        for name in &self.facets {
            let found: Vec<_> = facets(kind).filter(|facet| name == "all" || facet.name == name).collect();
            if found.is_empty() {
                let known: Vec<_> = facets(kind).map(|facet| facet.name).collect();
                bail!("there is no facet {name}; there are {}", known.join(", "));
            }
            chosen.extend(found);
        }
        Ok(chosen)
    }

    fn write(
        &self,
        shape: &Shape,
        asked: &str,
        hits: &Hits,
        counted: &Counted,
        search: &mut Search<'_>,
    ) -> anyhow::Result<()> {
        let mut out = anstream::stdout().lock();
        if self.json {
            writeln!(out, "{}", as_json(shape, asked, hits, counted, search)?)?;
        } else {
            say_unknown(hits, search)?;
            if self.count {
                writeln!(out, "{}", hits.total)?;
            } else if self.ids {
                for hit in &hits.best {
                    writeln!(out, "{}", (shape.id)(hit, search)?)?;
                }
            } else if self.csv {
                write_csv(shape, hits, search, &mut out)?;
            } else {
                list(shape, hits, search, &mut out)?;
            }
            if !self.csv && !self.ids {
                draw(counted, &mut out)?;
            }
        }
        out.flush()?;
        Ok(())
    }
}

fn list(shape: &Shape, hits: &Hits, search: &mut Search<'_>, out: &mut impl Write) -> anyhow::Result<()> {
    for (hit, lines) in hits.best.iter().zip((shape.list)(hits, search)?) {
        write!(out, "{lines}")?;
        for part in &hit.parts {
            let word = part.word.as_deref().map(print::clean).unwrap_or_default();
            writeln!(out, "   {DIM}{:>8.3}  {:<9} {word}{DIM:#}", part.score, part.what)?;
        }
        writeln!(out)?;
    }
    let (shown, total) = (hits.best.len(), count(hits.total, shape.noun));
    writeln!(out, "{}", if shown < hits.total { format!("{shown} of {total}") } else { total })?;
    if let Some(next) = hits.next.filter(|_| shown > 0) {
        writeln!(out, "{DIM}more with --cursor {next}{DIM:#}")?;
    }
    Ok(())
}

fn write_csv(
    shape: &Shape,
    hits: &Hits,
    search: &mut Search<'_>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut rows = vec![(shape.columns)()];
    for (rank, hit) in hits.best.iter().enumerate() {
        rows.push((shape.row)(rank + 1, hit, hits, search)?);
    }
    let mut bytes = Vec::new();
    csv::rows(rows, &mut bytes);
    out.write_all(&bytes)?;
    Ok(())
}

/// Says which words the index lacks, and what may have been meant.
fn say_unknown(hits: &Hits, search: &Search<'_>) -> anyhow::Result<()> {
    for unknown in hits.unknown.iter().take(SUGGESTED) {
        let suggestions = search.suggestions(unknown)?;
        let meant = match suggestions.as_slice() {
            [] => String::new(),
            some => format!("; did you mean {}?", some.join(", ")),
        };
        print::note(&format!("the index has no {} (character {}){meant}", unknown.word, unknown.at));
    }
    Ok(())
}

fn as_json(
    shape: &Shape,
    asked: &str,
    hits: &Hits,
    counted: &Counted,
    search: &mut Search<'_>,
) -> anyhow::Result<Value> {
    let mut listed = Vec::with_capacity(hits.best.len());
    for (rank, hit) in hits.best.iter().enumerate() {
        let mut object = (shape.json)(rank + 1, hit, hits, search)?;
        if !hit.parts.is_empty() {
            let part = |part: &crate::index::rank::Part| json!({"word": part.word, "what": part.what, "score": part.score});
            object["explanation"] = hit.parts.iter().map(part).collect();
        }
        listed.push(object);
    }
    let mut unknown = Vec::with_capacity(hits.unknown.len());
    for word in hits.unknown.iter().take(SUGGESTED) {
        unknown.push(json!({"word": word.word, "at": word.at, "suggestions": search.suggestions(word)?}));
    }
    let value = |v: &facet::Value| json!({"value": v.value, "count": v.count, "query": v.query});
    let values = |values: &Vec<facet::Value>| -> Value { values.iter().map(value).collect() };
    let facets: serde_json::Map<String, Value> =
        counted.facets.iter().map(|(name, found)| ((*name).to_owned(), values(found))).collect();
    let histogram = counted.histogram.as_ref();
    Ok(json!({
        "query": asked, "total": hits.total, "hits": listed, "next": hits.next.map(|next| next.to_string()),
        "unknown": unknown, "facets": if facets.is_empty() { Value::Null } else { facets.into() },
        "histogram": histogram.map(values), "undated": histogram.map(|_| counted.undated),
    }))
}

/// Facets and histogram for people.
fn draw(counted: &Counted, out: &mut impl Write) -> anyhow::Result<()> {
    for (name, values) in counted.facets.iter().filter(|(_, values)| !values.is_empty()) {
        writeln!(out, "\n{BOLD}{name}{BOLD:#}")?;
        for value in values {
            writeln!(out, "{:>8}  {}", value.count, print::clean(&value.value))?;
        }
    }
    let Some(histogram) = &counted.histogram else { return Ok(()) };
    writeln!(out, "\n{BOLD}published{BOLD:#}")?;
    let most = histogram.iter().map(|bucket| bucket.count).max().unwrap_or(0).max(1);
    for bucket in histogram {
        let bar = "█".repeat((bucket.count * BAR).div_ceil(most));
        writeln!(out, "{:>10} {:>8}  {bar}", bucket.value, bucket.count)?;
    }
    if counted.undated > 0 {
        writeln!(out, "{:>10} {:>8}", "undated", counted.undated)?;
    }
    Ok(())
}
