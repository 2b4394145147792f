//! Inputs that were made to break a reader: each ends in bounded time with a
//! record or one message. `benches/growth.py` has them in full size.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::cli::run;

/// Bytes of the texts; a small part of those of the script.
const SIZE: usize = 20_000;
/// More than a slow machine without optimisation needs, less than a square of the length takes.
const PATIENCE: Duration = Duration::from_mins(2);

fn fill(unit: &str) -> Vec<u8> {
    unit.repeat(SIZE / unit.len()).into_bytes()
}

fn around(before: &str, unit: &str) -> Vec<u8> {
    [before.as_bytes(), &fill(unit)].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).expect("writes to memory");
    writer.finish().expect("writes to memory")
}

/// A dump whose entities would expand to a thousand million words.
fn laughs() -> Vec<u8> {
    let entity = |i: usize| format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10));
    let entities: String = (1..10).map(entity).collect();
    let page = "<page><title>x</title><ns>0</ns><id>1</id><revision><text>نص &l9;</text></revision></page>";
    format!("<!DOCTYPE x [<!ENTITY l0 \"ha\">{entities}]><mediawiki>{page}</mediawiki>").into_bytes()
}

/// What is read whole: a record, which may be empty.
fn texts() -> Vec<(&'static str, Vec<u8>)> {
    let units = [
        ("digits", "7"),
        ("numbers", "350 "),
        ("number words", "ثلاثة وعشرون ألفًا و"),
        ("brackets", "("),
        ("quotes", "« كلمة "),
        ("marks", "\u{64b}"),
        ("clitics", "وبال"),
        ("tatweel", "ـ"),
        ("names", "محمد بن عبد الله "),
        ("dates", "7 أكتوبر "),
        ("nuls", "\0"),
        ("directions", "\u{202e}1\u{2066}"),
        ("joiners", "\u{1f468}\u{200d}"),
        ("at signs", "a.b@"),
    ];
    units.map(|(name, unit)| (name, fill(unit))).to_vec()
}

/// What is no document, by the ending of its file.
fn broken() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("deep.json", fill("[{\"text\":")),
        ("deep.jsonl", fill("[")),
        ("deeper.jsonl", fill("{\"a\":")),
        ("surrogate.jsonl", b"{\"text\":\"\\ud800\"}".to_vec()),
        ("columns.csv", fill("x,")),
        ("quote.csv", around("id,text\n1,\"", "\"\"x")),
        ("deep.html", around("<html>", "<div>")),
        ("attributes.html", around("<html><p ", "a ").repeat(3)),
        ("ands.html", around("<html>", "&").repeat(6)),
        ("deep.xml", around("<mediawiki>", "<a>")),
        ("heads.warc", around("WARC/1.0\r\n", "A: b\r\n")),
        ("torn.zip", around("PK\u{3}\u{4}", "x")),
        ("torn.parquet", around("PAR1", "x")),
        ("bomb.jsonl.gz", gzip(&vec![b' '; 80 << 20])),
        ("twice.txt.gz", gzip(&gzip(&vec![b'7'; 80 << 20]))),
    ]
}

fn ends(folder: &Path, name: &str, content: &[u8]) -> (i32, Vec<Value>, String) {
    fs::write(folder.join(name), content).expect("writes");
    let begun = Instant::now();
    let output = run(folder, &["extract", name], "");
    assert!(begun.elapsed() < PATIENCE, "{name}: {:?}", begun.elapsed());
    let status = output.status.code().unwrap_or_else(|| panic!("{name} ends by a signal"));
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let records = lines.lines().map(|line| serde_json::from_str(line).expect("a record"));
    (status, records.collect(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn texts_of_one_thing_again_and_again_are_records() {
    let here = tempfile::tempdir().expect("a folder");
    for (name, text) in texts() {
        let (status, records, said) = ends(here.path(), &format!("{name}.txt"), &text);
        assert_eq!((status, records.len()), (0, 1), "{name}: {said}");
    }
}

#[test]
fn numbers_between_separators_are_a_record() {
    let here = tempfile::tempdir().expect("a folder");
    let (status, records, said) = ends(here.path(), "separators.txt", &fill("1,2.3/"));
    assert_eq!((status, records.len()), (0, 1), "{said}");
}

#[test]
fn what_is_no_document_is_one_message() {
    let here = tempfile::tempdir().expect("a folder");
    for (name, bytes) in broken() {
        let (status, records, said) = ends(here.path(), name, &bytes);
        assert_eq!((status, records.len()), (4, 0), "{name}: {said}");
        assert!((1..=2).contains(&said.lines().count()), "{name}: {said}");
        assert!(said.len() < 1000, "{name}: a message is short");
    }
}

/// Files that were found by fuzzing; `status` is what reading each gives.
const ONCE_FAILED: &[(&str, &[u8], i32)] = &[];

#[test]
fn files_that_once_failed_do_no_more() {
    let here = tempfile::tempdir().expect("a folder");
    for &(name, bytes, expected) in ONCE_FAILED {
        let (status, _, said) = ends(here.path(), name, bytes);
        assert_eq!(status, expected, "{name}: {said}");
    }
}

#[test]
fn documents_with_traps_are_read() {
    let here = tempfile::tempdir().expect("a folder");
    let id = format!("{{\"text\":\"نص\",\"id\":{}}}\n", "9".repeat(1000));
    for (name, bytes) in [("number.jsonl", id.into_bytes()), ("laughs.xml", laughs())] {
        let (status, records, said) = ends(here.path(), name, &bytes);
        assert_eq!((status, records.len()), (0, 1), "{name}: {said}");
    }
}
