//! `ghirbal show`: one article of an index with what was found in it.

use std::io::Write;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::builder::ValueHint;

use super::claims::headline;
use super::print::{self, BOLD, DIM};
use super::{Status, status};
use crate::index::Index;
use crate::index::search::Search;
use crate::index::stored::Stored;
use crate::output::page::{self, Mark};

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: PathBuf,
    /// A web page, right to left, that needs nothing else.
    #[arg(long, conflicts_with = "json")]
    html: bool,
    /// The record as `extract` writes it.
    #[arg(long)]
    json: bool,
    /// Identifier of the article.
    #[arg(value_name = "ID")]
    id: String,
}

const EXAMPLES: &str = "\
Examples:
  ghirbal show --index news.ix 2024/exchange.txt
  ghirbal show --index news.ix --html 2024/exchange.txt > exchange.html";

/// Runs the command.
///
/// # Errors
/// When the index is not there or damaged, or standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let index = Index::open(&args.index)?;
    let Some(article) = Search::new(&index).article(&args.id)? else {
        print::error(&format!("the index has no article {:?}", args.id));
        return Ok(status::of_hits(0));
    };
    let mut out = anstream::stdout().lock();
    if args.html {
        out.write_all(page::page(&article.document, &article.record).as_bytes())?;
    } else if args.json {
        writeln!(out, "{}", serde_json::to_string(&article.record)?)?;
    } else {
        show(&article, &mut out)?;
    }
    out.flush()?;
    Ok(Status::Success)
}

const fn style(mark: Mark) -> Style {
    let color = match mark {
        Mark::Claim => AnsiColor::Yellow,
        Mark::Date => AnsiColor::Green,
        Mark::Person => AnsiColor::Magenta,
        Mark::Organisation => AnsiColor::Blue,
        Mark::Place => AnsiColor::Cyan,
        Mark::Group | Mark::Other => AnsiColor::White,
    };
    let style = color.on_default();
    if matches!(mark, Mark::Claim) { style.bold() } else { style.underline() }
}

fn show(article: &Stored, out: &mut impl Write) -> anyhow::Result<()> {
    let (document, record) = (&article.document, &article.record);
    if let Some(title) = &document.title {
        writeln!(out, "{BOLD}{}{BOLD:#}", print::clean(title))?;
    }
    let about = [Some(document.id.as_str()), document.source.as_deref(), document.published.as_deref()];
    let about: Vec<_> = about.into_iter().flatten().map(print::clean).collect();
    writeln!(out, "{DIM}{}{DIM:#}\n", about.join("  "))?;
    for piece in page::pieces(&document.text, record) {
        // Lines stay lines; everything else is made harmless.
        for (i, line) in piece.text.split('\n').enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            match piece.mark.map(style) {
                Some(style) => write!(out, "{style}{}{style:#}", print::clean(line))?,
                None => write!(out, "{}", print::clean(line.trim_end_matches('\r')))?,
            }
        }
    }
    writeln!(out, "\n")?;
    section(out, "claims", record.claims.iter().map(|c| (c.id.as_str(), headline(c))))?;
    let dates = record.dates.iter().map(|d| {
        let value = d.resolved.as_ref().unwrap_or(&d.edtf);
        (d.id.as_str(), format!("{value}  {}", d.surface))
    });
    section(out, "dates", dates)?;
    let entities = record.entities.iter().map(|e| (e.id.as_str(), format!("{}  {}", e.kind, e.surface)));
    section(out, "entities", entities)
}

fn section<'a>(
    out: &mut impl Write,
    title: &str,
    rows: impl Iterator<Item = (&'a str, String)>,
) -> anyhow::Result<()> {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        writeln!(out, "{BOLD}{title}{BOLD:#}")?;
    }
    for (id, row) in rows {
        writeln!(out, "  {DIM}{id:>4}{DIM:#}  {}", print::clean(&row))?;
    }
    Ok(())
}
