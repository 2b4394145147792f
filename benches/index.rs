//! Indexing side by side with plain Tantivy: the same texts, the same stored
//! bytes, the same number of indexing threads, but its default tokenizer and
//! one field; and how large the index becomes.
//!
//! `cargo bench --bench index -- 50 a.jsonl` takes 50 MB, or the articles of
//! a file.

mod extracted;
mod generator;

use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use ghirbal::cli;
use ghirbal::document::Document;
use ghirbal::index::stored::Kept;
use ghirbal::index::writer::Writer;
use ghirbal::index::{Index, inspect};
use ghirbal::input::{Inputs, Item};
use ghirbal::normalize::normalize;
use ghirbal::record::Record;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::{IndexWriter, TantivyDocument};

use extracted::extracted;
use generator::Generator;

/// Megabytes of text where nothing else is asked for.
const MEGABYTES: usize = 20;
/// Times that everything is measured; the best counts.
const ROUNDS: usize = 3;
/// Memory of each of Tantivy's indexing threads, as this project gives it.
const MEMORY: usize = 96 << 20;

type Articles = Vec<(Document, Record<'static>)>;

fn main() {
    let mut documents = Vec::new();
    let mut megabytes = MEGABYTES;
    for argument in std::env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        if let Ok(number) = argument.parse() {
            megabytes = number;
        } else {
            documents.extend(read(Path::new(&argument)));
        }
    }
    if documents.is_empty() {
        documents = generated(megabytes);
    }
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let folder = tempfile::tempdir().expect("a folder");
    let lines = folder.path().join("articles.jsonl");
    std::fs::write(&lines, json_lines(&documents)).expect("is written");
    let articles = extracted(documents.into_iter());
    let claims: usize = articles.iter().map(|(_, record)| record.claims.len()).sum();
    println!(
        "{} articles, {:.1} MB, {claims} claims; MB/s, best of {ROUNDS}",
        articles.len(),
        bytes as f64 / 1e6
    );
    println!("threads   plain Tantivy   index alone   of plain   ingest   of plain");
    for threads in [1, 2] {
        let mut best = [0.0_f64; 3];
        for round in 0..ROUNDS {
            let place = |name: &str| folder.path().join(format!("{name}-{threads}-{round}"));
            let timed = |run: &dyn Fn(Articles)| {
                let articles = articles.clone();
                let begin = Instant::now();
                run(articles);
                bytes as f64 / 1e6 / begin.elapsed().as_secs_f64()
            };
            let rates = [
                timed(&|articles| plain(articles, &place("plain"), threads)),
                timed(&|articles| alone(articles, &place("alone"), threads)),
                timed(&|_| ingest(&lines, &place("ingest"), threads)),
            ];
            for (best, rate) in best.iter_mut().zip(rates) {
                *best = best.max(rate);
            }
        }
        let [plain, alone, ingest] = best;
        println!(
            "{threads:>7} {plain:>15.1} {alone:>13.1} {:>10.2} {ingest:>8.1} {:>10.2}",
            alone / plain,
            ingest / plain
        );
    }
    let index = Index::open(&folder.path().join("ingest-2-0")).expect("was just written");
    let size = inspect::stats(&index).expect("is whole").bytes;
    println!("index folder: {:.1} MB, {:.2} times the text", size as f64 / 1e6, size as f64 / bytes as f64);
}

fn generated(megabytes: usize) -> Vec<Document> {
    let articles = Generator::new(1).articles(megabytes * 1_000_000).into_iter().enumerate();
    articles.map(|(number, text)| Document { id: number.to_string(), ..Document::from_text(text) }).collect()
}

fn read(path: &Path) -> Vec<Document> {
    let items = Inputs::new(&[path.to_owned()]);
    items.filter_map(|item| if let Item::Document(document) = item { Some(document) } else { None }).collect()
}

fn json_lines(documents: &[Document]) -> String {
    let line = |document: &Document| {
        serde_json::json!({"id": document.id, "text": document.text, "published": document.published})
            .to_string()
    };
    documents.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Tantivy as it comes: an identifier, the text, the same bytes stored.
fn plain(articles: Articles, path: &Path, threads: usize) {
    std::fs::create_dir(path).expect("a new folder");
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING);
    let text = schema.add_text_field("text", TEXT);
    let line = schema.add_text_field("line", STORED);
    let found = schema.add_bytes_field("found", STORED);
    let index = tantivy::Index::create_in_dir(path, schema.build()).expect("a new index");
    let mut writer: IndexWriter =
        index.writer_with_num_threads(threads, threads * MEMORY).expect("a new index");
    for (document, record) in articles {
        let mut entry = TantivyDocument::default();
        entry.add_text(id, &document.id);
        entry.add_text(text, &document.text);
        let kept = Kept::of(&document).with(&document, record);
        entry.add_text(line, kept.line);
        entry.add_bytes(found, &kept.found);
        writer.add_document(entry).expect("is written");
    }
    writer.commit().expect("is written");
    writer.wait_merging_threads().expect("is merged");
}

/// Analysis and indexing of what is extracted already.
fn alone(mut articles: Articles, path: &Path, threads: usize) {
    let mut writer = Writer::open(path, threads).expect("a new index");
    let preparer = writer.preparers();
    let (entries, put) = sync_channel(256);
    std::thread::scope(|scope| {
        let size = articles.len().div_ceil(threads);
        while !articles.is_empty() {
            let part = articles.split_off(articles.len().saturating_sub(size));
            let (entries, mut preparer) = (entries.clone(), preparer());
            scope.spawn(move || {
                for (document, record) in part {
                    let entry = preparer.prepare(&document, &normalize(&document.text), record);
                    entries.send(entry).expect("is received");
                }
            });
        }
        drop(entries);
        for entry in put {
            writer.put(entry).expect("is written");
        }
    });
    writer.close().expect("is committed");
}

/// The whole command, from lines of JSON to the closed index.
fn ingest(lines: &Path, path: &Path, threads: usize) {
    let threads = threads.to_string();
    let arguments = ["ghirbal", "ingest", "--quiet", "--threads", &threads, "--index"].map(Into::into);
    let places = [path.as_os_str().to_owned(), lines.as_os_str().to_owned()];
    assert_eq!(cli::run(arguments.into_iter().chain(places)), cli::Status::Success);
}
