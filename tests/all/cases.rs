//! Small cases of `corpus/cases`, each as it stands and under spelling noise.
//!
//! A layer that a case names holds exactly the mentions listed; of a mention
//! the fields listed are compared. What still fails stands in
//! `known-failures.txt`, which may only shrink: a case on it that holds is an
//! error like one that fails without being on it.

use std::collections::BTreeSet;
use std::fs;

use ghirbal::evaluate::words;
use ghirbal::span::Units;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use toml::Table;

use crate::noise::VARIANTS;
use crate::program::{bless, files, folded, project, read};

const KNOWN: &str = "corpus/cases/known-failures.txt";
const HEAD: &str = "# Cases that do not hold yet: file, variant, text. It may only shrink: GHIRBAL_BLESS=1 takes off what holds.\n";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

/// A text and what is found in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    published: Option<String>,
    claims: Option<Vec<Table>>,
    dates: Option<Vec<Table>>,
    entities: Option<Vec<Table>>,
}

fn cases() -> Vec<(String, Case)> {
    let read = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).expect("a file");
        let cases: Cases = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        cases.case.into_iter().map(move |case| (name.clone(), case))
    };
    files("corpus/cases", "toml").into_iter().flat_map(read).collect()
}

/// What is wrong with a case in this spelling.
fn broken(case: &Case, write: fn(&str) -> String) -> Vec<String> {
    let record = read(&write(&case.text), case.published.as_deref(), Units::Chars);
    let record = serde_json::to_value(record).expect("JSON");
    let mut broken = Vec::new();
    for (layer, wanted) in [("claims", &case.claims), ("dates", &case.dates), ("entities", &case.entities)] {
        if let Some(wanted) = wanted {
            let found = record[layer].as_array().expect("a list");
            broken.extend(compare(layer, wanted, found));
        }
    }
    broken
}

fn compare(layer: &str, wanted: &[Table], found: &[Value]) -> Vec<String> {
    let mut broken = Vec::new();
    let mut free: Vec<&Value> = found.iter().collect();
    for want in wanted {
        let surface = want["surface"].as_str().expect("a surface");
        let same = |got: &&Value| folded(text(&got["surface"])) == folded(surface);
        let Some(at) = free.iter().position(same) else {
            broken.push(format!("{layer} [{surface}] is missing"));
            continue;
        };
        let got = free.remove(at);
        for (field, value) in want.iter().filter(|(field, _)| *field != "surface") {
            if !holds(field, value, got, found) {
                let shown = match field.as_str() {
                    "source" => &got["attribution"]["source"]["surface"],
                    "lemma" => &got["noun"]["lemma"],
                    "unit" => &got["unit"]["code"],
                    "noun" => &got["noun"]["surface"],
                    "nested" => &got["nested_in"],
                    field => &got[field],
                };
                broken.push(format!("{layer} [{surface}] {field} is {shown}, not {value}"));
            }
        }
    }
    // Names inside names may be listed, and need not be.
    let outer = free.iter().filter(|got| layer != "entities" || got["nested_in"].is_null());
    let say =
        |got: &&Value| format!("{layer} [{}] is too many ({})", text(&got["surface"]), text(&got["rule"]));
    broken.extend(outer.map(say));
    broken
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// Whether a field of a mention is as the case has it; `all` are the layer's mentions.
fn holds(field: &str, want: &toml::Value, got: &Value, all: &[Value]) -> bool {
    match field {
        "value" | "min" | "max" | "magnitude" => number(&plain(want)) == number(&got[field].to_string()),
        "score" => {
            let ends = want.as_array().expect("two numbers").iter().map(|end| number(&plain(end)));
            let list = got["score"].as_array();
            list.is_some_and(|list| list.iter().map(|end| number(&end.to_string())).eq(ends))
        }
        "unit" => text(&got["unit"]["code"]) == plain(want),
        "noun" => words::share(text(&got["noun"]["surface"]), &plain(want)),
        "lemma" => folded(text(&got["noun"]["lemma"])) == folded(&plain(want)),
        "source" => words::share(text(&got["attribution"]["source"]["surface"]), &plain(want)),
        "role" => folded(text(&got["role"])) == folded(&plain(want)),
        "part_of" => {
            let whole = all.iter().find(|other| other["id"] == got["part_of"]);
            whole.is_some_and(|whole| folded(text(&whole["surface"])) == folded(&plain(want)))
        }
        "nested" => got["nested_in"].is_null() != want.as_bool().expect("true or false"),
        "relative" | "valid" => got[field].as_bool() == want.as_bool(),
        "cites" => {
            let marks = want.as_array().expect("marks").iter().map(|mark| folded(&plain(mark)));
            got["cites"].as_array().is_some_and(|list| list.iter().map(|mark| folded(text(mark))).eq(marks))
        }
        "kind" | "comparator" | "change" | "modality" | "type" | "subtype" | "edtf" | "resolved" | "mod"
        | "relation" | "calendar" | "hijri" | "timex" | "basis" | "code" => text(&got[field]) == plain(want),
        "name" => folded(text(&got["name"])) == folded(&plain(want)),
        other => panic!("cases know no field {other}"),
    }
}

/// A TOML value as it is written, a string without its quotes.
fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A number up to a millionth; a fraction as its value.
fn number(written: &str) -> Option<Decimal> {
    let value = match written.split_once('/') {
        Some((n, d)) => n.parse::<Decimal>().ok()? / d.parse::<Decimal>().ok()?,
        None => written.parse().ok()?,
    };
    Some(value.round_dp(6).normalize())
}

/// Every case in every spelling that does not hold, with what is wrong.
fn failures() -> Vec<(String, String)> {
    let mut failures = Vec::new();
    for (file, case) in cases() {
        for variant in VARIANTS {
            let broken = broken(&case, variant.write);
            if !broken.is_empty() {
                let line = format!("{file}\t{}\t{}", variant.name, case.text);
                failures.push((line, broken.join("\n    ")));
            }
        }
    }
    failures
}

#[test]
fn spelling_noise_changes_no_value() {
    let failures = failures();
    let path = project(KNOWN);
    let listed = fs::read_to_string(&path).unwrap_or_default();
    let known: BTreeSet<&str> = listed.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    let failing: BTreeSet<&str> = failures.iter().map(|(line, _)| line.as_str()).collect();
    let fresh: Vec<String> = failures
        .iter()
        .filter(|(line, _)| !known.contains(line.as_str()))
        .map(|(line, broken)| format!("{line}\n    {broken}"))
        .collect();
    let mut mended: Vec<&str> = known.difference(&failing).copied().collect();
    if bless() {
        // Takes off what holds now; a new failure is written down by hand or mended.
        let lines: Vec<&str> = known.intersection(&failing).copied().collect();
        fs::write(&path, format!("{HEAD}{}\n", lines.join("\n"))).expect("writes");
        mended.clear();
    }
    assert!(
        fresh.is_empty() && mended.is_empty(),
        "{} cases fail:\n{}\n{} on the list of known failures hold, or are gone; take them off:\n{}",
        fresh.len(),
        fresh.join("\n"),
        mended.len(),
        mended.join("\n")
    );
}

#[test]
fn there_are_enough_cases_and_none_twice() {
    let cases = cases();
    assert!(cases.len() >= 300, "{}", cases.len());
    let mut seen = BTreeSet::new();
    for (file, case) in &cases {
        assert!(seen.insert((&case.text, &case.published)), "{file}: {} stands twice", case.text);
        assert!(
            case.claims.is_some() || case.dates.is_some() || case.entities.is_some(),
            "{file}: {}",
            case.text
        );
    }
}
