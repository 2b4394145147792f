//! What the program reads, from outside: formats, packings, encodings, languages.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::run;

const TEXT: &str = "أعلنت وزارة الصحة أن عدد المصابين بلغ 350 شخصًا في المدينة.";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn docs(output: &Output) -> Vec<Value> {
    let lines = std::str::from_utf8(&output.stdout).expect("UTF-8").lines();
    lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON")["doc"].take()).collect()
}

fn ids(output: &Output) -> Vec<String> {
    docs(output).iter().map(|doc| doc["id"].as_str().expect("text").to_owned()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A zip archive of these members, stored as they are.
fn zip(path: &Path, members: &[(&str, &[u8])]) {
    let mut writer = zip::ZipWriter::new(File::create(path).expect("creates"));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in members {
        writer.start_file(*name, options).expect("begins");
        writer.write_all(content).expect("writes");
    }
    writer.finish().expect("ends");
}

#[test]
fn every_format_is_found_in_a_folder_and_named_after_its_file() {
    let here = folder();
    let write = |name: &str, content: &str| fs::write(here.path().join(name), content).expect("writes");
    write("a.txt", TEXT);
    write("b.jsonl", &format!("{{\"text\":\"{TEXT}\"}}\n"));
    write("c.json", &format!("[{{\"text\":\"{TEXT}\"}},\n{{\"text\":\"{TEXT}\",\"id\":\"second\"}}]"));
    write("d.csv", &format!("published,text\n2024-01-29,{TEXT}\n"));
    write(
        "e.html",
        &format!("<html><title>عنوان</title><body><article><p>{TEXT}</p></article></body></html>"),
    );
    write(
        "f.xml",
        &format!(
            "<mediawiki><page><title>ص</title><ns>0</ns><id>7</id><revision><text>{TEXT}</text></revision></page></mediawiki>"
        ),
    );
    write(
        "g.wet",
        &format!("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {}\r\n\r\n{TEXT}\r\n\r\n", TEXT.len()),
    );
    let output = run(here.path(), &["extract", "."], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(
        ids(&output),
        ["a.txt", "b.jsonl:1", "c.json:1", "second", "d.csv:1", "e.html", "f.xml:7", "g.wet:1"]
    );
    let again = run(here.path(), &["extract", ".", "--threads", "1"], "");
    assert!(output.stdout == again.stdout, "the same for any number of threads");
}

#[test]
fn a_zip_archive_is_read_like_a_folder_and_nothing_leaves_it() {
    let here = folder();
    let packed = zstd::encode_all(format!("{{\"text\":\"{TEXT}\"}}\n").as_bytes(), 1).expect("packs");
    zip(
        &here.path().join("news.zip"),
        &[
            ("b/one.txt", TEXT.as_bytes()),
            ("../../out.txt", TEXT.as_bytes()),
            ("a.jsonl.zst", &packed),
            ("picture.png", b"\x89PNG"),
            ("inner.zip", b"PK\x03\x04"),
        ],
    );
    let before = fs::read_dir(here.path()).expect("reads").count();
    let output = run(here.path(), &["extract", "news.zip", "-o", "out.jsonl"], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("news.zip/inner.zip: not supported"), "{}", said(&output));
    let written = fs::read(here.path().join("out.jsonl")).expect("written");
    let output = Output { stdout: written, ..output };
    assert_eq!(ids(&output), ["news.zip/a.jsonl.zst:1", "news.zip/b/one.txt", "news.zip/out.txt"]);
    assert_eq!(fs::read_dir(here.path()).expect("reads").count(), before + 1);
    zip(&here.path().join("empty.zip"), &[("x.png", b"")]);
    assert_eq!(run(here.path(), &["extract", "empty.zip"], "").status.code(), Some(4));
    fs::write(here.path().join("torn.zip"), b"PK\x03\x04garbage").expect("writes");
    assert_eq!(run(here.path(), &["extract", "torn.zip"], "").status.code(), Some(4));
}

#[test]
fn encodings_are_guessed_or_named_and_told() {
    let here = folder();
    let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(here.path().join("a.txt"), utf16).expect("writes");
    fs::write(here.path().join("b.txt"), encoding_rs::WINDOWS_1256.encode(TEXT).0).expect("writes");
    let line = format!("id,text\n1,{TEXT}\n");
    fs::write(here.path().join("c.csv"), encoding_rs::WINDOWS_1256.encode(&line).0).expect("writes");
    fs::write(here.path().join("d.txt"), TEXT).expect("writes");
    let docs = docs(&run(here.path(), &["extract", "."], ""));
    let found: Vec<_> = docs.iter().map(|doc| doc["encoding"].as_str()).collect();
    assert_eq!(found, [Some("UTF-16LE"), Some("windows-1256"), Some("windows-1256"), None]);
    let digests: Vec<_> = docs.iter().map(|doc| &doc["sha256"]).collect();
    assert!(digests.iter().all(|digest| *digest == digests[0]), "the same text");
    fs::write(here.path().join("e.data"), encoding_rs::WINDOWS_1256.encode("سد").0).expect("writes");
    assert_eq!(run(here.path(), &["extract", "e.data"], "").status.code(), Some(4), "too little to guess");
    let named = run(here.path(), &["normalize", "e.data", "--encoding", "cp1256"], "");
    assert_eq!(named.stdout, "سد\n".as_bytes());
    assert_eq!(run(here.path(), &["normalize", "e.data", "--encoding", "none"], "").status.code(), Some(2));
}

#[test]
fn fields_are_found_under_the_names_of_the_input() {
    let here = folder();
    let input = format!("{{\"body\":\"{TEXT}\",\"meta\":{{\"date\":\"2024-01-29\"}}}}\n");
    let map = "text=body,published=meta.date";
    let output = run(here.path(), &["extract", "-", "--map", map], &input);
    assert_eq!(docs(&output)[0]["published"], "2024-01-29");
    let wrong = run(here.path(), &["extract", "-", "--map", "body=text"], &input);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn documents_in_other_languages_are_passed_over_and_counted() {
    let here = folder();
    let english = "The ministry said that the number of patients had risen to three hundred on Sunday.";
    let lines = [TEXT, english, TEXT].map(|t| format!("{{\"text\":\"{t}\"}}\n"));
    let input = lines.concat();
    let output = run(here.path(), &["extract", "-", "--language", "ar"], &input);
    assert_eq!(
        (output.status.code(), ids(&output)),
        (Some(0), vec!["stdin:1".to_owned(), "stdin:3".to_owned()])
    );
    assert_eq!(said(&output), "1 document in another language passed over\n");
}

#[test]
fn texts_in_archives_have_their_metadata_beside_them() {
    let here = folder();
    let path = here.path().join("news.zip");
    zip(&path, &[("a/1.txt", TEXT.as_bytes()), ("a/1.json", "{\"title\":\"عنوان\"}".as_bytes())]);
    let output = run(here.path(), &["extract", "news.zip"], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!((docs(&output).len(), &docs(&output)[0]["title"]), (1, &"عنوان".into()));
}

#[test]
fn lines_before_a_torn_end_are_read() {
    let here = folder();
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(format!("{{\"text\":\"{TEXT}\"}}\n").repeat(3).as_bytes()).expect("packs");
    let packed = writer.finish().expect("packs");
    fs::write(here.path().join("torn.jsonl.gz"), &packed[..packed.len() - 10]).expect("writes");
    let output = run(here.path(), &["extract", "torn.jsonl.gz"], "");
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(!docs(&output).is_empty() && said(&output).contains("torn.jsonl.gz:"), "{}", said(&output));
}

#[test]
fn what_is_no_input_is_named() {
    let here = folder();
    zip(&here.path().join("a.docx"), &[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>")]);
    let files: [(&str, &[u8], &str); 4] = [
        ("a.pdf", b"%PDF-1.7\n", "a PDF file"),
        ("a.jsonl.xz", b"\xFD7zXZ\0\0\0", "packed with xz"),
        ("feed.xml", b"<?xml version=\"1.0\"?><rss></rss>", "it begins with <rss>"),
        ("fields.jsonl", b"{\"meta\":{\"body\":\"x\"}}", "there are meta.body (--map text=NAME)"),
    ];
    for (name, content, _) in &files {
        fs::write(here.path().join(name), content).expect("writes");
    }
    for (name, words) in files.iter().map(|f| (f.0, f.2)).chain([("a.docx", "an Office document")]) {
        let output = run(here.path(), &["extract", name], "");
        assert_eq!(output.status.code(), Some(4), "{name}");
        assert!(said(&output).contains(words) && said(&output).lines().count() == 1, "{}", said(&output));
    }
}
