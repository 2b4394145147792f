//! Large runs: packed output, parts, manifests, resuming, Parquet.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::run;

/// Documents of the input; each gives the same amount of output.
const DOCUMENTS: usize = 60;

/// A folder with an input of which a line is no document.
fn here() -> TempDir {
    let here = tempfile::tempdir().expect("a folder");
    let line = |i: usize| {
        let text =
            format!("قالت وزارة الصحة إن {} من 40 جريحًا نُقلوا إلى بغداد منذ 7 أكتوبر 2023.", i % 9 + 3);
        let id = if i.is_multiple_of(2) { Value::from(i) } else { Value::from(format!("n/{i}")) };
        serde_json::json!({"id": id, "text": text}).to_string() + "\n"
    };
    let lines: String = (0..DOCUMENTS).map(line).collect();
    fs::write(here.path().join("in.jsonl"), format!("{{bad\n{lines}")).expect("writes");
    here
}

fn extract(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["extract", "in.jsonl"], arguments].concat(), "")
}

fn status(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn manifest(folder: &Path, name: &str) -> Value {
    let bytes = fs::read(folder.join(name)).expect("a manifest");
    let manifest = serde_json::from_slice::<Value>(&bytes).expect("JSON");
    crate::schemas::assert_valid("manifest", &manifest.to_string());
    manifest
}

/// Names of all files but the input, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("reads").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "in.jsonl");
    names.sort();
    names
}

#[test]
fn endings_say_how_a_file_is_packed() {
    let here = here();
    let plain = extract(here.path(), &["--format", "csv"]).stdout;
    for ending in ["gz", "bz2", "zst", "zstd"] {
        let file = format!("out.csv.{ending}");
        assert_eq!(status(&extract(here.path(), &["-o", &file])), Some(3), "{file}");
        let packed = fs::read(here.path().join(&file)).expect("written");
        let mut bytes = Vec::new();
        let mut reader: Box<dyn Read> = match ending {
            "gz" => Box::new(flate2::read::GzDecoder::new(packed.as_slice())),
            "bz2" => Box::new(bzip2::read::BzDecoder::new(packed.as_slice())),
            _ => Box::new(zstd::Decoder::new(packed.as_slice()).expect("a frame")),
        };
        reader.read_to_end(&mut bytes).expect("unpacks");
        assert!(bytes == plain, "{file} holds what is written without packing");
        assert_eq!(status(&extract(here.path(), &["-o", &file, "--threads", "3"])), Some(3));
        assert!(fs::read(here.path().join(&file)).expect("written") == packed, "{file} is the same again");
    }
}

#[test]
fn parts_together_are_the_whole_and_the_manifest_describes_them() {
    let here = here();
    let whole = extract(here.path(), &[]).stdout;
    let run = extract(here.path(), &["-o", "out.jsonl", "--split", "30kB"]);
    assert_eq!(status(&run), Some(3), "{}", said(&run));
    let manifest = manifest(here.path(), "out.manifest.json");
    let parts = manifest["parts"].as_array().expect("parts");
    assert!(parts.len() > 2);
    let mut joined = Vec::new();
    for (number, part) in (1..).zip(parts) {
        let output = &part["outputs"][0];
        assert_eq!(output["file"], format!("out-{number:05}.jsonl"));
        let bytes = fs::read(here.path().join(output["file"].as_str().expect("a name"))).expect("written");
        assert_eq!(output["bytes"], bytes.len());
        assert_eq!(output["sha256"], ghirbal::record::sha256(std::str::from_utf8(&bytes).expect("UTF-8")));
        assert_eq!(part["counts"]["documents"], memchr::memchr_iter(b'\n', &bytes).count());
        assert!(number == parts.len() || bytes.len() >= 30_000, "a part ends when it is full");
        joined.extend(bytes);
    }
    assert!(joined == whole);
    assert_eq!(names(here.path()).len(), parts.len() + 1);
    assert_eq!((&manifest["complete"], &manifest["rejected"]["bad_json"]), (&true.into(), &1.into()));
    assert_eq!(manifest["counts"]["documents"], DOCUMENTS);
    let input = fs::read_to_string(here.path().join("in.jsonl")).expect("reads");
    assert_eq!(manifest["inputs"][0]["sha256"], ghirbal::record::sha256(&input));
}

#[test]
fn a_run_that_was_interrupted_goes_on_after_its_last_whole_part() {
    let here = here();
    let split = ["-o", "out.csv.gz", "--split", "8kB", "--bom"];
    let resume = [&split[..], &["--resume", "--threads", "2"]].concat();
    // Without a manifest there is nothing to go on with.
    assert_eq!(status(&extract(here.path(), &resume)), Some(3));
    let contents = || {
        let read = |name: String| (fs::read(here.path().join(&name)).expect("reads"), name);
        names(here.path()).into_iter().map(read).collect::<Vec<_>>()
    };
    let whole = contents();
    let mut ended = manifest(here.path(), "out.manifest.json");
    let parts = ended["parts"].as_array_mut().expect("parts");
    assert!(parts.len() > 3);
    let kept = here.path().join("out-00001.csv.gz");
    let first = kept.metadata().and_then(|meta| meta.modified()).expect("a time");
    // As after a crash: two parts are known, of which the second is damaged.
    parts.truncate(2);
    ended["complete"] = false.into();
    fs::write(here.path().join("out.manifest.json"), ended.to_string()).expect("writes");
    fs::write(here.path().join("out-00002.csv.gz"), "damaged").expect("writes");
    fs::remove_file(here.path().join("out-00003.csv.gz")).expect("removes");
    assert_eq!(status(&extract(here.path(), &resume)), Some(3));
    assert!(contents() == whole, "the same files as from one run");
    assert_eq!(kept.metadata().and_then(|meta| meta.modified()).expect("a time"), first, "not written again");
    // All is there.
    assert_eq!(status(&extract(here.path(), &resume)), Some(3));
    assert!(contents() == whole);
}

#[test]
fn documents_on_which_the_program_failed_are_told_again() {
    let here = here();
    let split = ["-o", "out.jsonl", "--split", "20kB", "--errors", "errors.jsonl", "--resume"];
    assert_eq!(status(&extract(here.path(), &split)), Some(3));
    let mut ended = manifest(here.path(), "out.manifest.json");
    ended["parts"][0]["failed"] = serde_json::json!([{"file": "in.jsonl:2", "what": "a fault"}]);
    fs::write(here.path().join("out.manifest.json"), ended.to_string()).expect("writes");
    let again = extract(here.path(), &split);
    assert!(said(&again).contains("in.jsonl:2: internal error: a fault"), "{}", said(&again));
    let errors = fs::read_to_string(here.path().join("errors.jsonl")).expect("reads");
    assert_eq!(errors.lines().count(), 2, "that one and the line that is no document");
    let rejected = &manifest(here.path(), "out.manifest.json")["rejected"];
    assert_eq!(*rejected, serde_json::json!({"bad_json": 1, "internal": 1}));
}

#[test]
fn another_run_is_not_resumed_but_replaced() {
    let here = here();
    let small = ["-o", "out.jsonl", "--split", "20kB"];
    assert_eq!(status(&extract(here.path(), &small)), Some(3));
    let before = names(here.path());
    let other = extract(here.path(), &["-o", "out.jsonl", "--split", "40kB", "--resume"]);
    assert_eq!(status(&other), Some(2));
    assert!(said(&other).contains("the arguments of that run were others"), "{}", said(&other));
    fs::write(here.path().join("in.jsonl"), "{\"text\":\"نص\"}\n").expect("writes");
    let other = extract(here.path(), &[&small[..], &["--resume"]].concat());
    assert!(said(&other).contains("the inputs of that run were others"), "{}", said(&other));
    assert_eq!(names(here.path()), before, "nothing was touched");
    assert_eq!(status(&extract(here.path(), &small)), Some(0));
    assert_eq!(
        names(here.path()),
        ["out-00001.jsonl", "out.manifest.json"],
        "parts of the other run are gone"
    );
}

#[test]
fn one_file_has_a_manifest_when_it_is_asked_for() {
    let here = here();
    assert_eq!(status(&extract(here.path(), &["-o", "out.jsonl.zst", "--manifest"])), Some(3));
    let manifest = manifest(here.path(), "out.manifest.json");
    assert_eq!(manifest["parts"][0]["outputs"][0]["file"], "out.jsonl.zst");
    assert_eq!(names(here.path()), ["out.jsonl.zst", "out.manifest.json"]);
}

#[test]
fn an_empty_input_is_an_empty_part() {
    let here = here();
    fs::write(here.path().join("in.jsonl"), "{bad\n").expect("writes");
    assert_eq!(status(&extract(here.path(), &["-o", "out.csv", "--split", "1MB"])), Some(4));
    assert_eq!(names(here.path()), ["out-00001.csv", "out.manifest.json"]);
}

#[test]
fn wrong_usage_of_large_runs_is_told() {
    let here = here();
    for (arguments, words) in [
        (&["--split", "1MB"][..], "-o FILE"),
        (&["--manifest", "-o", "-"], "-o FILE"),
        (&["--split", "much", "-o", "x"], "not a size"),
        (&["--split", "0", "-o", "x"], "not a size"),
        (&["--format", "brat", "--split", "1MB", "-o", "x"], "not for --format brat"),
    ] {
        let output = extract(here.path(), arguments);
        assert_eq!(status(&output), Some(2), "{arguments:?}");
        assert!(said(&output).contains(words), "{}", said(&output));
    }
    let piped = run(here.path(), &["extract", "-", "-o", "x.jsonl", "--manifest"], "{\"text\":\"نص\"}");
    assert_eq!(status(&piped), Some(0), "{}", said(&piped));
    let again =
        run(here.path(), &["extract", "-", "-o", "x.jsonl", "--manifest", "--resume"], "{\"text\":\"نص\"}");
    assert_eq!(status(&again), Some(2), "standard input cannot be read again");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_so() {
    let here = here();
    let output = extract(here.path(), &["-o", "out.parquet"]);
    assert_eq!(status(&output), Some(2));
    assert!(said(&output).contains("--features parquet"), "{}", said(&output));
}

#[cfg(feature = "parquet")]
mod tables {
    use std::fs::File;

    use ghirbal::record::tables::TABLES;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;

    /// The rows of a table: the cells as text by the name of their column.
    fn rows(path: &Path) -> Vec<Vec<(String, Option<String>)>> {
        let reader = SerializedFileReader::new(File::open(path).expect("opens")).expect("Parquet");
        let cell = |(name, field): (&String, &Field)| {
            let text = match field {
                Field::Null => None,
                Field::Str(text) => Some(text.clone()),
                other => Some(other.to_string()),
            };
            (name.clone(), text)
        };
        let rows = reader.get_row_iter(None).expect("rows");
        rows.map(|row| row.expect("a row").get_column_iter().map(cell).collect()).collect()
    }

    fn cell<'a>(row: &'a [(String, Option<String>)], name: &str) -> Option<&'a str> {
        row.iter().find(|(column, _)| column == name).expect("a column").1.as_deref()
    }

    #[test]
    fn three_tables_hold_what_the_records_hold() {
        let here = here();
        let output = extract(here.path(), &["-o", "out.parquet", "--manifest"]);
        assert_eq!(status(&output), Some(3), "{}", said(&output));
        let manifest = manifest(here.path(), "out.manifest.json");
        for table in &TABLES {
            let found = rows(&here.path().join(format!("out.{}.parquet", table.name)));
            assert_eq!(manifest["counts"][table.name], found.len(), "{}", table.name);
            let names: Vec<_> = found[0].iter().map(|(name, _)| name.clone()).collect();
            assert_eq!(names, (table.columns)().into_iter().map(|c| c.name).collect::<Vec<_>>());
        }
        let flat = extract(here.path(), &["--flat"]).stdout;
        let claims = rows(&here.path().join("out.claims.parquet"));
        for (line, row) in String::from_utf8(flat).expect("UTF-8").lines().zip(&claims) {
            let flat: Value = serde_json::from_str(line).expect("JSON");
            for (name, value) in flat.as_object().expect("an object") {
                let told = match value {
                    Value::Null => None,
                    Value::String(text) => Some(text.clone()),
                    Value::Number(number) if matches!(name.as_str(), "value" | "part_of_value") => {
                        Some(format!("{number}.0"))
                    }
                    other => Some(other.to_string()),
                };
                assert_eq!(cell(row, name), told.as_deref(), "{name}");
            }
        }
        let dates = rows(&here.path().join("out.dates.parquet"));
        let (claim, date) = (&claims[0], &dates[0]);
        assert_eq!(cell(claim, "time_id"), cell(date, "id"));
        assert_eq!(cell(claim, "doc_id"), cell(date, "doc_id"));
        assert_eq!(names(here.path()).len(), 4);
    }

    #[test]
    fn tables_are_parted_and_resumed() {
        let here = here();
        let split = ["-o", "out.parquet", "--split", "20kB", "--resume"];
        assert_eq!(status(&extract(here.path(), &split)), Some(3));
        let before = names(here.path());
        assert!(before.contains(&"out-00002.entities.parquet".to_owned()), "{before:?}");
        fs::remove_file(here.path().join("out-00002.dates.parquet")).expect("removes");
        assert_eq!(status(&extract(here.path(), &split)), Some(3));
        assert_eq!(names(here.path()), before);
        assert_eq!(status(&extract(here.path(), &["-o", "out.parquet.gz"])), Some(2));
        assert_eq!(status(&extract(here.path(), &["--format", "parquet"])), Some(2));
    }
}
