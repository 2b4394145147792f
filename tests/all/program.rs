//! The library as the tests use it: one set of word lists for all of them, and
//! a text's record in one call.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ghirbal::document::Document;
use ghirbal::extract::{Lexicons, extract};
use ghirbal::normalize::letters::SEARCH;
use ghirbal::normalize::normalize;
use ghirbal::output::{Format, format};
use ghirbal::record::{Record, record};
use ghirbal::span::Units;

/// The built-in lists; to load them takes longer than most tests.
pub static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::builtin);

/// What is found in `text`, published on this day.
pub fn read(text: &str, published: Option<&str>, units: Units) -> Record<'static> {
    read_with(&LEXICONS, text, published, units)
}

/// The same with these lists.
pub fn read_with(lexicons: &Lexicons, text: &str, published: Option<&str>, units: Units) -> Record<'static> {
    let mut document = Document::from_text(text);
    document.published = published.map(str::to_owned);
    let normal = normalize(&document.text);
    let found = extract(&normal, lexicons, published);
    let json = serde_json::to_string(&record(&document, &normal, &found, units)).expect("serializes");
    serde_json::from_str(&json).expect("what is written is read")
}

/// The same of a text that is read in stretches of at most `longest` bytes.
pub fn read_in_stretches(
    text: &str,
    published: Option<&str>,
    units: Units,
    longest: usize,
) -> Record<'static> {
    let mut document = Document::from_text(text);
    document.published = published.map(str::to_owned);
    let write = format("jsonl").and_then(Format::long).expect("lines of JSON are written so");
    let (pieces, _) = write(&document, &LEXICONS, units, longest);
    let mut json = Vec::new();
    for piece in &pieces {
        piece.write_to(&mut json).expect("memory takes all bytes");
    }
    serde_json::from_slice(&json).expect("what is written is read")
}

/// Words as they are compared: folded, white space as one space.
pub fn folded(words: &str) -> String {
    SEARCH.fold(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A path of this project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder with this ending, in order of name.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(project(folder)).expect("the folder is committed");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut found: Vec<_> = paths.filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
    found.sort();
    found
}

/// Whether files that are made from others are to be written anew.
pub fn bless() -> bool {
    std::env::var_os("GHIRBAL_BLESS").is_some()
}
