//! `ghirbal analyze`: how a text is read, a row a token.

use std::io::Write;

use clap::ValueEnum;

use super::paths::Paths;
use super::report::{Errors, Report};
use super::{Status, print, status};
use crate::document::Document;
use crate::normalize::clitics::{self, Cut};
use crate::normalize::{Kind, Text, normalize};
use crate::output::sink::Sink;
use crate::span::{Offsets, Units};

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    input: Paths,
    /// By whom the text is read.
    #[arg(long = "as", value_name = "READER", value_enum, default_value_t = Reader::Extract)]
    reader: Reader,
    /// Tab-separated columns under a header.
    #[arg(long, conflicts_with = "json")]
    tsv: bool,
    /// A JSON object a token.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    report: Errors,
}

/// Who reads a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Reader {
    /// The extraction rules: folded tokens with their proclitics.
    Extract,
    /// The search index: the terms of each word; with --tsv a line in, the
    /// line and its terms out.
    Index,
}

const EXAMPLES: &str = "\
Examples:
  echo 'أعلنت الوزارة إصابة و350 طفلًا' | ghirbal analyze
  ghirbal analyze --tsv article.txt | cut -f 6,7
  echo 'والأسرى' | ghirbal analyze --as index";

/// The columns; Arabic stands last, so that mixed directions confuse nobody.
const COLUMNS: [&str; 9] =
    ["doc", "sentence", "token", "start", "end", "kind", "folded", "proclitics", "surface"];

/// One token.
struct Row {
    sentence: usize,
    token: usize,
    start: usize,
    end: usize,
    kind: &'static str,
    folded: String,
    /// Ways to split proclitics and article off: `و+ال+حكومه`.
    proclitics: Vec<String>,
    surface: String,
}

/// Runs the command.
///
/// # Errors
/// When there is nothing to read or standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    if args.reader == Reader::Index {
        return super::index::analyze(&args.input.paths, args.tsv);
    }
    let write = match (args.json, args.tsv) {
        (true, _) => json,
        (_, true) => tsv,
        _ => table,
    };
    let mut report = Report::new(args.report.errors.as_deref())?;
    let mut out = Sink::stdout();
    if args.tsv {
        writeln!(out, "{}", COLUMNS.join("\t"))?;
    }
    let documents =
        report.read(&args.input, |document| write(document, &rows(&normalize(&document.text)), &mut out))?;
    out.commit()?;
    let rejected = report.rejected;
    report.commit()?;
    Ok(status::of_counts(documents, rejected))
}

fn rows(text: &Text<'_>) -> Vec<Row> {
    let offsets = Offsets::new(text.raw, Units::Chars);
    let row = |(i, token): (usize, &crate::normalize::Token)| Row {
        sentence: text.sentence_of(i) + 1,
        token: i + 1,
        start: offsets.at(token.start as usize),
        end: offsets.at(token.end as usize),
        kind: kind(token.kind),
        folded: text.folded(i).to_owned(),
        proclitics: proclitics(token.kind, text.folded(i)),
        surface: text.surface(i).to_owned(),
    };
    text.tokens.iter().enumerate().map(row).collect()
}

fn proclitics(kind: Kind, folded: &str) -> Vec<String> {
    if kind != Kind::Word {
        return Vec::new();
    }
    let split = |cut: Cut| {
        let parts = [&folded[..cut.clitics], &folded[cut.clitics..cut.stem()], &folded[cut.stem()..]];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("+")
    };
    clitics::cuts(folded).iter().skip(1).map(split).collect()
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Word => "word",
        Kind::Digits => "digits",
        Kind::Foreign => "foreign",
        Kind::Sign => "sign",
        Kind::Mark => "mark",
        Kind::Address => "address",
    }
}

fn table(document: &Document, rows: &[Row], out: &mut Sink) -> std::io::Result<()> {
    writeln!(out, "{}", print::clean(&document.id))?;
    for row in rows {
        let Row { sentence, token, start, end, kind, .. } = row;
        let words = [&row.surface, &row.folded, &row.proclitics.join(" ")]
            .map(|word| print::clean(word).into_owned());
        writeln!(
            out,
            "{sentence:>4} {token:>5} {start:>6} {end:>6}  {kind:<8} {}",
            words.join("  ").trim_end()
        )?;
    }
    Ok(())
}

fn tsv(document: &Document, rows: &[Row], out: &mut Sink) -> std::io::Result<()> {
    for row in rows {
        let numbers = [row.sentence, row.token, row.start, row.end].map(|n| n.to_string()).join("\t");
        let proclitics = row.proclitics.join(" ");
        let words = [row.kind, &row.folded, &proclitics, &row.surface].map(print::clean).join("\t");
        writeln!(out, "{}\t{numbers}\t{words}", print::clean(&document.id))?;
    }
    Ok(())
}

fn json(document: &Document, rows: &[Row], out: &mut Sink) -> std::io::Result<()> {
    for row in rows {
        let object = serde_json::json!({
            "doc": document.id, "sentence": row.sentence, "token": row.token, "start": row.start, "end": row.end,
            "kind": row.kind, "folded": row.folded, "proclitics": row.proclitics, "surface": row.surface,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}
