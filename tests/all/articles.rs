//! The articles of `corpus/`: their gold, their scores, and what every record
//! of them must keep.

use std::fs;

use ghirbal::evaluate::gold;
use ghirbal::record::Record;
use ghirbal::span::Units;
use serde_json::Value;

use crate::cli::run;
use crate::program::{bless, files, project, read};
use crate::schemas::assert_valid;

/// Name, text and record of every article.
fn articles() -> Vec<(String, String, Record<'static>)> {
    let read_one = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let about = fs::read_to_string(path.with_extension("json")).expect("metadata stands beside it");
        let about: Value = serde_json::from_str(&about).expect("JSON");
        let record = read(&text, about["published"].as_str(), Units::Chars);
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), text, record)
    };
    files("corpus/articles", "txt").into_iter().map(read_one).collect()
}

#[test]
fn the_scores_are_those_that_are_committed() {
    let here = tempfile::tempdir().expect("a folder");
    let corpus = project("corpus");
    let output = run(here.path(), &["eval", corpus.to_str().expect("UTF-8")], "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let path = project("corpus/scores.txt");
    if bless() {
        fs::write(&path, &output.stdout).expect("writes");
    }
    let committed = fs::read(&path).unwrap_or_default();
    assert!(committed == output.stdout, "corpus/scores.txt is stale: run the tests with GHIRBAL_BLESS=1");
}

/// How often each sort of error of the claims occurs, by `corpus/scores.txt`.
fn claim_errors() -> Vec<(String, String)> {
    let scores = fs::read_to_string(project("corpus/scores.txt")).expect("UTF-8");
    let layer =
        scores.lines().skip_while(|line| !line.starts_with("claims")).take_while(|line| !line.is_empty());
    let errors = layer.filter_map(|line| line.strip_prefix("  error ")?.rsplit_once(' '));
    errors.map(|(sort, count)| (sort.trim().to_owned(), count.to_owned())).collect()
}

#[test]
fn the_table_of_errors_has_their_counts() {
    let errors = claim_errors();
    let path = project("corpus/errors.md");
    let committed = fs::read_to_string(&path).expect("UTF-8");
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (_, count) = errors.iter().find(|(sort, _)| cells.get(1) == Some(&sort.as_str()))?;
        Some(line.replacen(&format!("| {} |", cells[2]), &format!("| {count} |"), 1))
    };
    let page: String =
        committed.lines().map(|line| row(line).unwrap_or_else(|| line.to_owned()) + "\n").collect();
    if bless() {
        fs::write(&path, &page).expect("writes");
        return;
    }
    assert!(committed == page, "corpus/errors.md is stale: run the tests with GHIRBAL_BLESS=1 twice");
}

#[test]
fn a_record_scores_full_marks_against_itself() {
    let here = tempfile::tempdir().expect("a folder");
    let corpus = project("corpus");
    let articles = corpus.join("articles");
    let output = run(here.path(), &["extract", articles.to_str().expect("UTF-8"), "-o", "records.jsonl"], "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let corpus = corpus.to_str().expect("UTF-8");
    let now = run(here.path(), &["eval", corpus], "");
    let from_file = run(here.path(), &["eval", corpus, "--pred", "records.jsonl"], "");
    assert!(now.stdout == from_file.stdout, "--pred scores what extract writes");
    // Its own mentions as gold: every measure that is counted is full.
    let records = fs::read_to_string(here.path().join("records.jsonl")).expect("written");
    let lines = records.lines().map(|line| as_gold(&serde_json::from_str(line).expect("JSON")));
    fs::write(here.path().join("gold.jsonl"), lines.collect::<String>()).expect("writes");
    let output =
        run(here.path(), &["eval", "gold.jsonl", "--pred", "records.jsonl", "--json", "--errors"], "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let scores: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for layer in ["claims", "dates", "entities"] {
        assert_eq!(scores[layer]["errors"], Value::Array(Vec::new()), "{layer}");
        assert_eq!(scores[layer]["found"]["f1"], 1.0, "{layer}");
    }
}

/// A record as a line of gold.
fn as_gold(record: &Value) -> String {
    let name = record["doc"]["id"].as_str().expect("an id");
    let mut gold = record.clone();
    gold["id"] = name.into();
    gold["text"] = fs::read_to_string(project("corpus/articles").join(name)).expect("its text").into();
    for claim in gold["claims"].as_array_mut().expect("claims") {
        let unit = &claim["unit"];
        let unit = if unit["code"].is_null() { unit["surface"].clone() } else { unit["code"].clone() };
        let (noun, source) =
            (claim["noun"]["surface"].clone(), claim["attribution"]["source"]["surface"].clone());
        (claim["unit"], claim["noun"], claim["source"]) = (unit, noun, source);
    }
    for entity in gold["entities"].as_array_mut().expect("entities") {
        entity["nested_in"] = Value::Null;
    }
    format!("{gold}\n")
}

#[test]
fn gold_is_whole_and_knows_only_its_own_fields() {
    let marked = gold::read(&project("corpus")).expect("every surface stands where it is said to");
    assert!(marked.len() >= 15, "{}", marked.len());
    for path in files("corpus/gold", "json") {
        let whole: Value = serde_json::from_str(&fs::read_to_string(&path).expect("UTF-8")).expect("JSON");
        let about = path.file_stem().map(|name| project("corpus/articles").join(name).with_extension("json"));
        let about: Value =
            serde_json::from_str(&fs::read_to_string(about.expect("a name")).expect("metadata"))
                .expect("JSON");
        assert_eq!(whole["published"], about["published"], "{}", path.display());
        for (layer, known) in LAYERS {
            let list = whole[layer].as_array().expect("a list");
            for field in list.iter().flat_map(|item| item.as_object().expect("an object").keys()) {
                assert!(known.split(' ').any(|k| k == field), "{}: {layer} have no {field}", path.display());
            }
            let starts: Vec<_> = list.iter().map(|item| item["start"].as_u64()).collect();
            assert!(starts.is_sorted(), "{}: {layer} stand in the text's order", path.display());
        }
    }
}

/// The fields that a gold item may have.
const LAYERS: [(&str, &str); 3] = [
    (
        "claims",
        "id start end surface kind value min max magnitude score ratio comparator unit noun change part_of source modality predicate optional",
    ),
    ("dates", "start end surface type edtf resolved mod relation calendar relative valid hijri optional"),
    ("entities", "start end surface type subtype role nested_in optional"),
];

#[test]
fn articles_are_many_and_read_without_warnings() {
    let here = tempfile::tempdir().expect("a folder");
    let folder = project("corpus/articles");
    let output = run(here.path(), &["extract", folder.to_str().expect("UTF-8")], "");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let records = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(records.lines().count() >= 40, "{}", records.lines().count());
    assert_valid("record", &records);
}

#[test]
fn mentions_stand_in_order_and_contradict_nothing() {
    for (name, text, record) in articles() {
        assert_eq!(record.warnings, Vec::<String>::new(), "{name}");
        let claims: Vec<_> = record.claims.iter().map(|c| (c.start, c.end)).collect();
        let dates: Vec<_> = record.dates.iter().map(|d| (d.start, d.end)).collect();
        for spans in [&claims, &dates] {
            assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{name}: spans do not overlap");
        }
        assert!(record.entities.iter().map(|e| (e.start, usize::MAX - e.end)).is_sorted(), "{name}");
        let chars = text.chars().count();
        let ends = record.entities.iter().map(|e| e.end).chain(claims.iter().chain(&dates).map(|s| s.1));
        assert!(ends.max().is_none_or(|end| end <= chars), "{name}");
    }
}
