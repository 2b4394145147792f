//! `ghirbal eval`: gold against records, as a table, as JSON, or error by error.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::builder::ValueHint;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::lexicons::Lists;
use super::{Status, print};
use crate::document::Document;
use crate::evaluate::gold::Gold;
use crate::evaluate::tally::{Fault, Layer, Tally};
use crate::evaluate::{Scores, gold};
use crate::extract::{Findings, Lexicons, extract};
use crate::normalize::normalize;
use crate::record::{Record, record};
use crate::span::Units;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder with gold/NAME.json and articles/NAME.txt, or JSON Lines of gold with its text.
    #[arg(value_name = "GOLD", value_hint = ValueHint::AnyPath)]
    gold: PathBuf,
    /// Score these records, as extract writes them, in place of extracting now.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "lexicon")]
    pred: Option<PathBuf>,
    #[command(flatten)]
    lists: Lists,
    /// One JSON object.
    #[arg(long)]
    json: bool,
    /// List everything that is wrong: document, layer, what, words, wanted, got, rule.
    #[arg(long)]
    errors: bool,
}

const EXAMPLES: &str = "\
Examples:
  ghirbal eval corpus
  ghirbal eval corpus --errors | grep 'dates'
  ghirbal extract corpus/articles -o records.jsonl && ghirbal eval corpus --pred records.jsonl
  ghirbal eval gold.jsonl --json | jq '.claims.value.f1'";

/// Runs the command.
///
/// # Errors
/// When the gold or the records cannot be read, or standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let lexicons = args.lists.load()?;
    let marked = gold::read(&args.gold)?;
    if marked.is_empty() {
        print::error(&format!("{}: no gold", args.gold.display()));
        return Ok(Status::NothingRead);
    }
    let scores = match &args.pred {
        Some(path) => score_records(&marked, &read_records(path)?),
        None => score_now(&marked, &lexicons),
    };
    let page = match (args.json, args.errors) {
        (true, errors) => json(&scores, errors),
        (_, true) => faults(&scores),
        _ => table(&scores),
    };
    let mut out = anstream::stdout().lock();
    out.write_all(page.as_bytes())?;
    out.flush()?;
    Ok(Status::Success)
}

/// A gold file with its document.
type Marked = (Gold, Document);

fn score_records(marked: &[Marked], records: &FxHashMap<String, Record<'static>>) -> Scores {
    let mut scores = Scores::default();
    for (gold, document) in marked {
        if let Some(record) = find(records, &gold.id) {
            scores.add(gold, record);
        } else {
            print::warning(&format!("{}: no record", gold.id));
            score(document, &Findings::default(), gold, &mut scores);
        }
    }
    scores
}

fn score_now(marked: &[Marked], lexicons: &Lexicons) -> Scores {
    let mut scores = Scores::default();
    for (gold, document) in marked {
        let found = extract(&normalize(&document.text), lexicons, document.published.as_deref());
        score(document, &found, gold, &mut scores);
    }
    scores
}

/// Scores what was `found` in `document`.
fn score(document: &Document, found: &Findings, gold: &Gold, scores: &mut Scores) {
    scores.add(gold, &record(document, &normalize(&document.text), found, Units::Chars));
}

/// The records of a file by their document's identifier.
fn read_records(path: &Path) -> anyhow::Result<FxHashMap<String, Record<'static>>> {
    let content = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut records = FxHashMap::default();
    for (line, number) in content.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let place = || format!("{}:{number}", path.display());
        let record: Record<'static> = serde_json::from_str(line).with_context(place)?;
        if record.doc.offsets != Units::Chars.name() {
            bail!("{}: offsets count {}, gold counts chars", place(), record.doc.offsets);
        }
        records.insert(record.doc.id.clone().into_owned(), record);
    }
    Ok(records)
}

/// The record of a gold file's document: texts are known by their file's name.
fn find<'a>(records: &'a FxHashMap<String, Record<'static>>, id: &str) -> Option<&'a Record<'static>> {
    records.get(id).or_else(|| records.get(&format!("{id}.txt")))
}

/// Width of the column of names.
const NAMES: usize = 38;

/// How many sorts of errors the table tells.
const MOST_ERRORS: usize = 12;

fn table(scores: &Scores) -> String {
    let mut page = format!("{} documents\n", scores.documents);
    for layer in &scores.layers {
        let _ = writeln!(
            page,
            "\n{:<NAMES$}{:>7}{:>7}{:>7}{:>7}{:>7}{:>7}",
            layer.name, "P", "R", "F1", "right", "pred", "gold"
        );
        for (name, tally) in &layer.measures {
            row(&mut page, name, tally);
        }
        for (name, tally) in &layer.kinds {
            row(&mut page, &format!("{} {}", layer.divided_by, print::clean(name)), tally);
        }
        for (name, tally) in &layer.rules {
            let share = number(tally.precision());
            let rule = format!("rule {}", print::clean(name));
            let _ = writeln!(page, "  {rule:<36}{share:>7}{:>21}{:>7}", tally.right, tally.predicted);
        }
        for (sort, count) in layer.errors().iter().take(MOST_ERRORS) {
            let _ = writeln!(page, "  {:<36}{count:>42}", format!("error {}", print::clean(sort)));
        }
    }
    page
}

fn row(page: &mut String, name: &str, tally: &Tally) {
    let [precision, recall, f1] = [tally.precision(), tally.recall(), tally.f1()].map(number);
    let Tally { right, predicted, gold } = tally;
    let _ = writeln!(page, "  {name:<36}{precision:>7}{recall:>7}{f1:>7}{right:>7}{predicted:>7}{gold:>7}");
}

fn number(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{share:.3}"))
}

fn faults(scores: &Scores) -> String {
    let mut page = String::new();
    for layer in &scores.layers {
        for Fault { document, what, surface, want, got, rule } in &layer.faults {
            let cells = [document, layer.name, what, surface, want, got, rule].map(print::clean);
            let _ = writeln!(page, "{}", cells.join("\t"));
        }
    }
    page
}

fn json(scores: &Scores, errors: bool) -> String {
    let mut whole = Map::new();
    whole.insert("documents".to_owned(), json!(scores.documents));
    for layer in &scores.layers {
        whole.insert(layer.name.to_owned(), layer_json(layer, errors));
    }
    format!("{:#}\n", Value::Object(whole))
}

fn layer_json(layer: &Layer, errors: bool) -> Value {
    let object = |tallies: &mut dyn Iterator<Item = (&str, &Tally)>| {
        Value::Object(tallies.map(|(name, tally)| (name.to_owned(), tally_json(tally))).collect())
    };
    let mut measures = object(&mut layer.measures.iter().map(|(name, tally)| (*name, tally)));
    measures["by_kind"] = object(&mut layer.kinds.iter().map(|(name, tally)| (name.as_str(), tally)));
    let rule = |tally: &Tally| json!({"p": tally.precision(), "right": tally.right, "pred": tally.predicted});
    let rules: Map<_, _> = layer.rules.iter().map(|(name, tally)| (name.clone(), rule(tally))).collect();
    measures["by_rule"] = Value::Object(rules);
    if errors {
        let fault = |f: &Fault| json!({"doc": f.document, "what": f.what, "surface": f.surface, "want": f.want, "got": f.got, "rule": f.rule});
        measures["errors"] = layer.faults.iter().map(fault).collect();
    }
    measures
}

fn tally_json(tally: &Tally) -> Value {
    json!({"p": tally.precision(), "r": tally.recall(), "f1": tally.f1(),
        "right": tally.right, "pred": tally.predicted, "gold": tally.gold})
}
