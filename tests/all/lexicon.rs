//! Users' lexicons, from the file to the record.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::run;
use crate::program::project;

const ARTICLE: &str = "قال وزير الزراعة نوار الكيلاني إن 20 عاملًا من سنابل الغد وصلوا إلى وادي الغزلان. \
    وأضاف الكيلاني أن البصرة فازت على بغداد.";

fn here(lexicons: &[(&str, &str)]) -> TempDir {
    let here = tempfile::tempdir().expect("a folder");
    for (name, lines) in lexicons {
        fs::write(here.path().join(name), format!("name\ttype\taliases\tcode\tsubtype\n{lines}"))
            .expect("writes");
    }
    here
}

fn extracted(folder: &Path, lexicons: &[&str], article: &str) -> Value {
    let mut arguments = vec!["extract", "-"];
    arguments.extend(lexicons.iter().flat_map(|file| ["--lexicon", file]));
    let output = run(folder, &arguments, article);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Words, type, name and code of every entity.
fn entities(record: &Value) -> Vec<Value> {
    let entities = record["entities"].as_array().expect("entities");
    entities.iter().map(|e| json!([e["surface"], e["type"], e["name"], e["code"]])).collect()
}

#[test]
fn names_are_added_changed_and_taken_out() {
    let example = project("docs/lexicon-example.tsv");
    let record = extracted(&project(""), &[&example.to_string_lossy()], ARTICLE);
    assert_eq!(
        entities(&record),
        [
            json!(["نوار الكيلاني", "PER", "نوار الكيلاني", "person/77"]),
            json!(["سنابل الغد", "ORG", "حزب سنابل الغد", "org/sanabil"]),
            json!(["وادي الغزلان", "LOC", "وادي الغزلان", "geo/ghizlan"]),
            json!(["الكيلاني", "PER", "نوار الكيلاني", "person/77"]),
            json!(["البصرة", "ORG", "البصرة", "club/basra"]),
        ]
    );
    let person = &record["entities"][0];
    assert_eq!((&person["role"], &person["rule"]), (&json!("وزير الزراعة"), &json!("entity/user-lexicon")));
    assert_eq!(record["entities"][3]["entity_id"], person["entity_id"], "the short form is the same person");
}

#[test]
fn spelling_and_proclitics_make_no_difference() {
    let here = here(&[("l.tsv", "مؤسسة أفق\tORG\n")]);
    for text in ["التقى وفدًا لمؤسسه افق.", "وَمُؤَسَّسَةُ أُفُقٍ تعمل.", "تحدث مؤسســـة أفق."]
    {
        let record = extracted(here.path(), &["l.tsv"], text);
        assert_eq!(record["entities"][0]["name"], "مؤسسة أفق", "{text}");
    }
}

#[test]
fn a_name_wins_over_what_crosses_it_and_stands_inside_what_holds_it() {
    let here = here(&[("l.tsv", "الوزراء العرب\tEVENT\nالنخيل\tLOC\n")]);
    let record = extracted(here.path(), &["l.tsv"], "عقد مجلس الوزراء العرب جلسة، وزار الوفد جامعة النخيل.");
    let words: Vec<_> = entities(&record).into_iter().map(|mut e| e[0].take()).collect();
    assert!(words.contains(&json!("الوزراء العرب")), "{words:?}");
    let inner = record["entities"].as_array().expect("entities").iter().find(|e| e["surface"] == "النخيل");
    assert!(inner.is_some_and(|e| e["nested_in"].is_string()), "{words:?}");
}

#[test]
fn the_later_lexicon_counts() {
    let here = here(&[("a.tsv", "بغداد\tSTOP\nسنابل\tORG\n"), ("b.tsv", "بغداد\tORG\nسنابل\tSTOP\n")]);
    let kinds = |lexicons: &[&str]| {
        let record = extracted(here.path(), lexicons, "فازت بغداد. وحضرت سنابل.");
        entities(&record).into_iter().map(|mut e| (e[0].take(), e[1].take())).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&[]), [(json!("بغداد"), json!("LOC"))]);
    assert_eq!(kinds(&["a.tsv"]), [(json!("سنابل"), json!("ORG"))]);
    assert_eq!(kinds(&["a.tsv", "b.tsv"]), [(json!("بغداد"), json!("ORG"))]);
    assert_eq!(kinds(&["b.tsv", "a.tsv"]), [(json!("سنابل"), json!("ORG"))]);
}

#[test]
fn the_record_says_which_lexicons_made_it() {
    let here = here(&[("a.tsv", ""), ("b.tsv", "سنابل\tORG\n")]);
    assert_eq!(extracted(here.path(), &[], "نص.")["doc"]["lexicons"], json!([]));
    let record = extracted(here.path(), &["a.tsv", "./b.tsv"], "نص.");
    let lexicons = record["doc"]["lexicons"].as_array().expect("a list");
    let files: Vec<_> = lexicons.iter().map(|l| &l["file"]).collect();
    assert_eq!(files, ["a.tsv", "b.tsv"], "no folder of this machine");
    let digest = ghirbal::record::sha256(&fs::read_to_string(here.path().join("b.tsv")).expect("reads"));
    assert_eq!(lexicons[1]["sha256"], digest);
    crate::schemas::assert_valid("record", &record.to_string());
}

#[test]
fn a_lexicon_that_cannot_be_used_ends_the_command_with_all_its_faults() {
    let here = here(&[("wrong.tsv", "س\tPARTY\nص\tORG\n\tPER\nصٌ\tLOC\n"), ("right.tsv", "س\tORG\n")]);
    fs::write(here.path().join("latin.tsv"), b"name\ttype\n\xC7\xE1\tORG\n").expect("writes");
    fs::write(here.path().join("out.jsonl"), "old").expect("writes");
    for command in
        [&["extract", "-", "-o", "out.jsonl"][..], &["ingest", "--index", "ix", "-"], &["eval", "."]]
    {
        let arguments = [command, &["--lexicon", "right.tsv", "--lexicon", "wrong.tsv"]].concat();
        let output = run(here.path(), &arguments, ARTICLE);
        let text = said(&output);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{command:?}: {text}");
        for line in ["wrong.tsv:2: unknown type", "wrong.tsv:4: the column", "wrong.tsv:5: the form"] {
            assert!(text.contains(line), "{command:?}: {text}");
        }
    }
    assert_eq!(fs::read_to_string(here.path().join("out.jsonl")).expect("reads"), "old");
    assert!(!here.path().join("ix").exists());
    for (file, reason) in [("latin.tsv", "latin.tsv:2: not UTF-8"), ("none.tsv", "none.tsv: cannot be read")]
    {
        let output = run(here.path(), &["extract", "-", "--lexicon", file], ARTICLE);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(reason), "{}", said(&output));
    }
}

#[test]
fn a_check_tells_every_fault_and_its_status() {
    let here = here(&[("wrong.tsv", "س\tPARTY\n"), ("right.tsv", "س\tORG\tص|ع\nط\tSTOP\n")]);
    let output = run(here.path(), &["lexicon", "check", "right.tsv"], "");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("right.tsv: 1 name in 3 forms, 1 name taken out; sha256 "), "{text}");
    assert_eq!(output.status.code(), Some(0));
    let output = run(here.path(), &["lexicon", "check", "wrong.tsv", "right.tsv", "none.tsv"], "");
    assert_eq!((output.status.code(), said(&output).lines().count()), (Some(2), 2), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("right.tsv: "), "the others are checked too");
}

#[test]
fn the_example_on_the_page_is_the_example() {
    let page = fs::read_to_string(project("docs/lexicon.md")).expect("committed");
    let example = fs::read_to_string(project("docs/lexicon-example.tsv")).expect("committed");
    assert!(page.contains(&format!("<!-- lexicon -->\n```text\n{example}```\n")));
}
