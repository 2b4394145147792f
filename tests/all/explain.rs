//! `extract --explain`: every field of every claim is told, and the page that
//! shows a paragraph is what the program says.

use std::collections::BTreeSet;
use std::fs;

use ghirbal::record::ClaimOut;
use serde_json::Value;

use crate::cli::run;
use crate::program::{bless, project};

/// The article of the page; between them its claims have every field.
const ARTICLE: &str = "\
قالت وزارة الصحة العراقية، الأحد، إن عدد المصابين بالحمى النزفية في البصرة ارتفع إلى أكثر من 2300 مصاب، من بينهم \
412 طفلًا [2]. ومن المتوقع أن تنفق الوزارة نحو 3.5 مليار دينار عراقي على اللقاحات خلال العام المقبل. وسلّمت منظمة الصحة \
العالمية مستشفيات المدينة أمس 40 طنًا من الأدوية. وتوفيت مريضة تبلغ من العمر 71 عامًا.";

/// Fields that are told with others.
const TOLD: [&str; 13] = [
    "id",
    "rule",
    "start",
    "end",
    "surface",
    "sentence",
    "note",
    "min",
    "max",
    "magnitude",
    "ratio",
    "score",
    "comparator_span",
];

fn extracted(arguments: &[&str]) -> String {
    let here = tempfile::tempdir().expect("a folder");
    let line = serde_json::json!({"id": "basra", "published": "2024-03-17", "text": ARTICLE}).to_string();
    let output = run(here.path(), &[&["extract", "-"], arguments].concat(), &line);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn page() -> String {
    format!(
        "# How a claim comes about\n\n\
         `ghirbal extract --explain` tells for every field of every claim what it holds and why: the rule that read it, the \
         words that made it with their offsets, or that no word says otherwise. `ghirbal rules ID` shows a rule with its \
         examples; the cues stand in the lists of `src/extract/claim/`.\n\n\
         The words of number, comparator, unit, noun, governing word and source are those that the record has. For change, \
         part, modality and age the program tries which words matter: it reads the sentence again without each of them, and \
         a word without which the field comes out otherwise is a cue.\n\n\
         This article, published on 17 March 2024:\n\n```text\n{ARTICLE}\n```\n\ngives this, which the tests keep true:\n\n\
         ```text\n{}\n```\n",
        extracted(&["--explain"]).trim_end()
    )
}

#[test]
fn the_page_of_an_explained_paragraph_is_fresh() {
    let (path, page) = (project("docs/explained.md"), page());
    if bless() {
        fs::write(&path, &page).expect("writes");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "docs/explained.md is stale: run the tests with GHIRBAL_BLESS=1");
}

#[test]
fn every_field_of_a_claim_is_told_and_the_page_shows_each() {
    let record: Value = serde_json::from_str(&extracted(&[])).expect("JSON");
    let claims = record["claims"].as_array().expect("claims");
    let explained = extracted(&["--explain"]);
    let lines: Vec<_> = explained.lines().filter_map(|l| l.strip_prefix("    ")?.split_once(' ')).collect();
    let fields = claims[0].as_object().expect("an object").keys();
    let fields: BTreeSet<_> = fields.map(String::as_str).filter(|name| !TOLD.contains(name)).collect();
    for field in &fields {
        let told: Vec<_> = lines.iter().filter(|(name, _)| name == field).collect();
        assert_eq!(told.len(), claims.len(), "{field} is told for every claim");
    }
    for field in ["value", "kind", "comparator", "unit", "noun", "change", "part_of", "predicate", "actor"] {
        assert!(
            lines.iter().any(|(name, why)| *name == field && why.trim() != "-"),
            "{field} has an example"
        );
    }
    for field in ["place", "time", "attribution", "modality", "cites"] {
        assert!(
            lines.iter().any(|(name, why)| *name == field && why.trim() != "-"),
            "{field} has an example"
        );
    }
}

#[test]
fn the_words_told_stand_where_it_says() {
    let characters: Vec<char> = ARTICLE.chars().collect();
    let mut seen = 0;
    let explained = extracted(&["--explain"]);
    for (before, rest) in explained.match_indices(" «").map(|(at, _)| explained.split_at(at)) {
        let place = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let Some((start, end)) = place.split_once('-') else { continue };
        let (Ok(start), Ok(end)) = (start.parse::<usize>(), end.parse::<usize>()) else { continue };
        let words: String = characters[start..end].iter().collect();
        assert!(rest.starts_with(&format!(" «{words}»")), "{place}");
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn explanations_are_a_view_of_their_own() {
    let here = tempfile::tempdir().expect("a folder");
    for other in [&["--flat"][..], &["--format", "csv"], &["--bom"]] {
        let output = run(here.path(), &[&["extract", "-", "--explain"], other].concat(), ARTICLE);
        assert_eq!(output.status.code(), Some(2), "{other:?}");
    }
    let hostile = run(here.path(), &["extract", "-", "--explain"], "وصل\u{1b}[31m 3 وزراء\u{202E}.");
    assert!(!String::from_utf8_lossy(&hostile.stdout).contains(['\u{1b}', '\u{202E}']));
}

/// The fields of the wire type, so that a new one is thought of here.
#[test]
fn told_fields_are_fields() {
    let claim: Value = serde_json::from_str::<Value>(&extracted(&[])).expect("JSON")["claims"][0].take();
    let read: Result<ClaimOut<'_>, _> = serde_json::from_value(claim.clone());
    assert!(read.is_ok());
    assert!(TOLD.iter().all(|name| claim.get(name).is_some()), "{TOLD:?}");
}
