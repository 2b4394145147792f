//! The committed JSON Schemas: fresh, and true of what is read and written.

use std::fs;
use std::path::{Path, PathBuf};

use ghirbal::normalize::normalize;
use ghirbal::output::{self, Layout};
use ghirbal::record::Record;
use ghirbal::record::flat::flatten;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::cli::run;

const NAMES: [&str; 5] = ["document", "record", "flat", "manifest", "error"];

/// Where the committed schemas lie.
fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

/// A validator for the committed schema of this name.
pub fn validator(name: &str) -> Validator {
    let text = fs::read_to_string(schemas().join(name).with_extension("json")).expect("committed");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

/// Asserts that every line is valid.
pub fn assert_valid(name: &str, lines: &str) {
    let validator = validator(name);
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line).expect("JSON");
        let errors: Vec<_> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}\n{line}");
    }
}

/// The text of [`example`].
const TEXT: &str = "قالت الوزارة إن أكثر من 350 أسيرًا عادوا إلى غزة منذ الأحد.";

/// A record in which every field has a value.
fn example() -> Record<'static> {
    let part = |words: &str| {
        let start = TEXT[..TEXT.find(words).expect("in the text")].chars().count();
        json!({"start": start, "end": start + words.chars().count(), "surface": words})
    };
    let with = |words: &str, more: Value| {
        let mut whole = part(words);
        whole.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        whole
    };
    let claim = with(
        "350",
        json!({"id": "c1", "sentence": [0, TEXT.chars().count()], "kind": "count", "value": 350, "min": null,
            "max": 3.5, "magnitude": 1000, "ratio": [3, 4], "score": [3, 1], "comparator": "more_than",
            "comparator_span": part("أكثر من"), "unit": with("أسيرًا", json!({"code": "P1D", "system": "iso8601"})),
            "noun": with("أسيرًا", json!({"lemma": "أسير", "modifiers": ["فلسطيني", "جريح"]})), "change": "rise_to",
            "part_of": "c1", "predicate": with("عادوا", json!({"lemma": "عاد", "class": "return"})), "actor": "e1",
            "place": ["e2"], "time": "d1", "modality": "asserted", "cites": ["[4]", "[5]"], "rule": "claim/count",
            "attribution": {"source": with("الوزارة", json!({"entity": "e1"})), "cue": part("قالت")}}),
    );
    let date = with(
        "الأحد",
        json!({"id": "d1", "type": "DATE", "edtf": "XXXX-WXX-7", "timex": "XXXX-WXX-7", "resolved": "2024-01-28",
            "earliest": "2024-01-28", "latest": "2024-01-28", "basis": "weekday", "mod": "START",
            "quant": null, "freq": null, "relation": "since",
            "calendar": "gregorian", "hijri": "1445-07-16", "relative": false, "valid": true, "rule": "date/weekday"}),
    );
    let entity = |words: &str, id: &str, name: Value| {
        let more = json!({"id": id, "entity_id": id.to_uppercase(), "type": "ORG", "subtype": null, "name": name,
            "code": "PS", "role": null, "nested_in": null, "rule": "entity/organisation"});
        with(words, more)
    };
    let record = json!({"schema_version": "1.0",
        "doc": {"id": "a", "source": "a.txt", "title": "عنوان", "published": "2024-01-29", "url": null,
            "language": "ar", "chars": TEXT.chars().count(), "offsets": "chars", "sha256": "00",
            "lexicons": [{"file": "names.tsv", "sha256": "00"}], "extra": {"desk": 1}},
        "claims": [claim], "dates": [date],
        "entities": [entity("الوزارة", "e1", Value::Null), entity("غزة", "e2", json!("قطاع غزة"))],
        "warnings": ["w"]});
    serde_json::from_value(record).expect("has the record's form")
}

#[test]
fn schemas_are_fresh() {
    let here = tempfile::tempdir().expect("a folder");
    let bless = std::env::var_os("GHIRBAL_BLESS").is_some();
    for name in NAMES {
        let output = run(here.path(), &["schema", name], "");
        let path = schemas().join(name).with_extension("json");
        if bless {
            fs::create_dir_all(schemas()).expect("a folder");
            fs::write(&path, &output.stdout).expect("writes");
        }
        let committed = fs::read(&path).unwrap_or_default();
        assert!(committed == output.stdout, "{name} is stale: run the tests with GHIRBAL_BLESS=1");
    }
}

#[test]
fn every_schema_is_draft_2020_12() {
    for name in NAMES {
        let text = fs::read_to_string(schemas().join(name).with_extension("json")).expect("committed");
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema["$id"].is_string() && schema["title"].is_string(), "{name}");
    }
}

/// What a format writes for [`example`], its head first.
fn written(format: &str) -> Vec<u8> {
    let format = output::format(format).expect("known");
    let Layout::Stream { begin, write, .. } = &format.layout else { panic!("{} is no stream", format.name) };
    let mut bytes = Vec::new();
    begin(&mut bytes);
    write(&example(), &normalize(TEXT), &mut bytes);
    bytes
}

#[test]
fn all_formats_write_valid_lines() {
    for (format, schema) in [("jsonl", "record"), ("flat", "flat")] {
        let lines = written(format);
        assert!(!lines.is_empty());
        assert_valid(schema, std::str::from_utf8(&lines).expect("UTF-8"));
    }
}

#[test]
fn nothing_of_a_record_may_be_missing_or_added() {
    let whole = serde_json::to_value(example()).expect("JSON");
    let validator = validator("record");
    assert!(validator.is_valid(&whole));
    let mut less = whole.clone();
    less["claims"][0].as_object_mut().expect("an object").shift_remove("noun");
    assert!(!validator.is_valid(&less), "a field without a value is null, never left out");
    let mut more = whole;
    more["dates"][0]["other"] = json!(1);
    assert!(!validator.is_valid(&more));
}

#[test]
fn flat_rows_spell_out_every_link() {
    let record = example();
    let rows = flatten(&record, TEXT);
    let row = serde_json::to_value(&rows[0]).expect("JSON");
    for (column, expected) in [
        ("doc_id", json!("a")),
        ("value", json!(350)),
        ("ratio", json!("3/4")),
        ("score", json!("3-1")),
        ("noun", json!("أسيرًا")),
        ("noun_modifiers", json!("فلسطيني; جريح")),
        ("part_of_surface", json!("350")),
        ("actor", json!("الوزارة")),
        ("place", json!("قطاع غزة")),
        ("time_edtf", json!("2024-01-28")),
        ("time_relation", json!("since")),
        ("source", json!("الوزارة")),
        ("source_name", json!("الوزارة")),
        ("cites", json!("[4]; [5]")),
        ("sentence", json!(TEXT)),
    ] {
        assert_eq!(row[column], expected, "{column}");
    }
    let fields = row.as_object().expect("an object");
    assert!(fields.values().all(|value| !value.is_array() && !value.is_object()), "one value a column");
}

#[test]
fn csv_rows_have_the_columns_of_the_flat_claim() {
    let table = written("csv");
    let mut reader = csv::Reader::from_reader(table.as_slice());
    let columns: Vec<_> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let row = serde_json::to_value(&flatten(&example(), TEXT)[0]).expect("JSON");
    assert_eq!(columns, row.as_object().expect("an object").keys().cloned().collect::<Vec<_>>());
    let cells = reader.records().next().expect("a row").expect("well formed");
    let value = columns.iter().position(|c| c == "value").expect("a column");
    assert_eq!(&cells[value], "350");
}

#[test]
fn what_the_program_writes_is_valid() {
    let here = tempfile::tempdir().expect("a folder");
    let articles = "{\"id\":1,\"text\":\"ارتفع عدد الجرحى إلى 1,200 منذ 7 أكتوبر 2023، بحسب وزارة الصحة في غزة.\"}\n\
        {\"id\":\"b\",\"text\":\"\",\"published\":\"2024-02-01\",\"desk\":[1]}\n{\"x\":1}\n{\"text\":\"نص\",\"title\":3}\nnope\n";
    let output = run(here.path(), &["extract", "-", "--errors", "errors.jsonl"], articles);
    assert_valid("record", std::str::from_utf8(&output.stdout).expect("UTF-8"));
    let output = run(here.path(), &["extract", "-", "--flat"], articles);
    assert_valid("flat", std::str::from_utf8(&output.stdout).expect("UTF-8"));
    let errors = fs::read_to_string(here.path().join("errors.jsonl")).expect("written");
    assert_eq!(errors.lines().count(), 3);
    assert_valid("error", &errors);
    assert_valid("document", &articles.lines().take(2).collect::<Vec<_>>().join("\n"));
    let document = validator("document");
    assert!(!document.is_valid(&json!({"id": "x"})) && !document.is_valid(&json!({"text": 5})));
}
