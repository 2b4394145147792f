//! `ghirbal index`: an index counted, verified, tidied; and the terms that it
//! finds words under.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::builder::ValueHint;
use clap::{Args as Arguments, Subcommand};
use serde_json::json;

use super::{Status, print, status};
use crate::index::analyzer::{Analyzer, exact_term, is_stop_word};
use crate::index::writer::Writer;
use crate::index::{Index, duplicates, inspect};
use crate::normalize::normalize;
use crate::output::sink::Sink;

/// Arguments.
#[derive(Debug, Arguments)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

const EXAMPLES: &str = "\
Examples:
  ghirbal index stats --index news.ix
  ghirbal index check --index news.ix
  ghirbal index duplicates --index news.ix
  ghirbal index compact --index news.ix";

/// What to do with an index.
#[derive(Debug, Subcommand)]
enum Action {
    /// Count what the index holds.
    Stats {
        #[command(flatten)]
        place: Place,
        /// What every field takes, in bytes.
        #[arg(long)]
        fields: bool,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Verify checksums, originals and claims.
    Check(Place),
    /// Show the groups of articles that nearly repeat one another.
    Duplicates {
        #[command(flatten)]
        place: Place,
        /// One JSON line for each.
        #[arg(long)]
        json: bool,
        /// Only what nearly repeats this article.
        #[arg(value_name = "ID")]
        id: Option<String>,
    },
    /// Merge all segments and give back the space of what was replaced.
    Compact(Place),
}

/// Which index.
#[derive(Debug, Arguments)]
struct Place {
    /// The index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// When the index is not there, damaged, or locked.
pub fn run(args: Args) -> anyhow::Result<Status> {
    match args.action {
        Action::Stats { place, fields: true, .. } => fields(&place.index),
        Action::Stats { place, json, .. } => stats(&place.index, json),
        Action::Check(place) => check(&place.index),
        Action::Duplicates { place, json, id: None } => groups(&place.index, json),
        Action::Duplicates { place, json, id: Some(id) } => duplicates(&place.index, &id, json),
        Action::Compact(place) => {
            // An index is not made only to be tidied.
            Index::open(&place.index)?;
            Writer::open(&place.index, 1)?.compact()?;
            stats(&place.index, false)
        }
    }
}

fn stats(path: &Path, as_json: bool) -> anyhow::Result<Status> {
    let stats = inspect::stats(&Index::open(path)?)?;
    let mut out = anstream::stdout().lock();
    if as_json {
        let object = json!({"articles": stats.articles, "claims": stats.claims, "segments": stats.segments,
                            "deleted": stats.deleted, "bytes": stats.bytes});
        writeln!(out, "{object}")?;
    } else {
        writeln!(out, "{:>12} articles\n{:>12} claims", stats.articles, stats.claims)?;
        writeln!(out, "{:>12} segments\n{:>12} deleted entries", stats.segments, stats.deleted)?;
        writeln!(out, "{:>12.1} MB", stats.bytes as f64 / 1e6)?;
    }
    out.flush()?;
    Ok(Status::Success)
}

fn fields(path: &Path) -> anyhow::Result<Status> {
    let mut out = anstream::stdout().lock();
    let names = ["terms", "postings", "positions", "column", "lengths", "kept", "total", "field"];
    let row = |cells: [&dyn std::fmt::Display; 7], name: &str| {
        let cells: Vec<_> = cells.iter().map(|cell| format!("{cell:>12}")).collect();
        format!("{}  {name}", cells.join(""))
    };
    writeln!(out, "{}", row(std::array::from_fn(|i| &names[i] as &dyn std::fmt::Display), names[7]))?;
    for field in inspect::space(&Index::open(path)?)? {
        let total = field.total();
        let cells: [&dyn std::fmt::Display; 7] = [
            &field.terms,
            &field.postings,
            &field.positions,
            &field.column,
            &field.lengths,
            &field.kept,
            &total,
        ];
        writeln!(out, "{}", row(cells, &field.name))?;
    }
    out.flush()?;
    Ok(Status::Success)
}

/// Groups of near duplicates: a paragraph each, or a line of JSON.
fn groups(path: &Path, as_json: bool) -> anyhow::Result<Status> {
    let groups = duplicates::groups(&Index::open(path)?)?;
    let mut out = anstream::stdout().lock();
    for group in &groups {
        if as_json {
            writeln!(out, "{}", json!(group))?;
        } else {
            let lines: Vec<_> = group.iter().map(|id| print::clean(id)).collect();
            writeln!(out, "{}\n", lines.join("\n"))?;
        }
    }
    out.flush()?;
    Ok(status::of_hits(groups.len()))
}

/// What nearly repeats one article: a line each, with how much of it.
fn duplicates(path: &Path, id: &str, as_json: bool) -> anyhow::Result<Status> {
    let index = Index::open(path)?;
    let Some(near) = duplicates::of_article(&index, &index.searcher(), id)? else {
        print::error(&format!("the index has no article {id:?}"));
        return Ok(status::of_hits(0));
    };
    let mut out = anstream::stdout().lock();
    for near in &near {
        if as_json {
            writeln!(out, "{}", json!({"id": near.id, "likeness": near.likeness}))?;
        } else {
            writeln!(out, "{:.2}  {}", near.likeness, print::clean(&near.id))?;
        }
    }
    out.flush()?;
    Ok(status::of_hits(near.len()))
}

fn check(path: &Path) -> anyhow::Result<Status> {
    let wrong = inspect::check(&Index::open(path)?)?;
    for line in &wrong {
        print::error(line);
    }
    if wrong.is_empty() {
        print::note(&format!("{}: the index is whole", path.display()));
        return Ok(Status::Success);
    }
    Ok(Status::IndexUnusable)
}

/// Shows the terms of every line of `paths`: with `tsv` the line, a tab and
/// its terms, otherwise each word with each step.
///
/// # Errors
/// When a file cannot be read or standard output cannot be written.
pub(super) fn analyze(paths: &[PathBuf], tsv: bool) -> anyhow::Result<Status> {
    let standard = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &standard } else { paths };
    let mut out = Sink::stdout();
    let mut analyzer = Analyzer::default();
    for path in paths {
        let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            Box::new(BufReader::new(File::open(path).with_context(|| format!("{}", path.display()))?))
        };
        for line in reader.lines() {
            let line = line.with_context(|| format!("{}", path.display()))?;
            if tsv { terms(&line, &mut analyzer, &mut out)? } else { steps(&line, &mut analyzer, &mut out)? }
        }
    }
    out.commit()?;
    Ok(Status::Success)
}

fn terms(line: &str, analyzer: &mut Analyzer, out: &mut Sink) -> io::Result<()> {
    let text = normalize(line);
    let words = analyzer.words(&text, 0, text.tokens.len());
    let terms: Vec<_> = words.iter().flat_map(|word| word.stems.iter().map(String::as_str)).collect();
    writeln!(out, "{line}\t{}", terms.join(" "))
}

fn steps(line: &str, analyzer: &mut Analyzer, out: &mut Sink) -> io::Result<()> {
    let text = normalize(line);
    for word in analyzer.words(&text, 0, text.tokens.len()) {
        let surface = text.span(word.token, word.end).of(text.raw);
        let exact = exact_term(surface, &word.folded).unwrap_or_default();
        let stop = if is_stop_word(&word.folded) { "stop word" } else { "" };
        let columns = [surface, &word.folded, &exact, &word.stems.join(" "), stop];
        writeln!(out, "{}", columns.map(print::clean).join("  ").trim_end())?;
    }
    Ok(())
}
