//! Gold: what a careful reader marked in a text, and how it is read from a
//! folder or from JSON Lines.
//!
//! A folder has `gold/NAME.json` beside `articles/NAME.txt`. A line of JSON
//! Lines has the fields of such a file and the text under `text`.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::document::Document;
use crate::input::options::Names;
use crate::input::{Inputs, Item, fields};
use crate::record::Exact;

/// The gold of one document. A layer that is not there was not marked.
#[derive(Debug, Deserialize)]
pub struct Gold {
    /// The document's identifier.
    pub id: String,
    /// Numeric claims.
    pub claims: Option<Vec<GoldClaim>>,
    /// Temporal expressions.
    pub dates: Option<Vec<GoldDate>>,
    /// Entities.
    pub entities: Option<Vec<GoldEntity>>,
}

/// A claim; fields have the record's meanings, offsets count characters.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the record's types say it")]
pub struct GoldClaim {
    pub id: String,
    pub start: usize,
    pub end: usize,
    pub surface: String,
    pub kind: String,
    pub value: Option<Exact>,
    pub min: Option<Exact>,
    pub max: Option<Exact>,
    pub magnitude: Option<Exact>,
    pub score: Option<[Exact; 2]>,
    pub comparator: String,
    pub unit: Option<String>,
    pub noun: Option<String>,
    pub change: Option<String>,
    pub part_of: Option<String>,
    pub source: Option<String>,
    pub modality: String,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
}

/// A temporal expression.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the record's types say it")]
pub struct GoldDate {
    pub start: usize,
    pub end: usize,
    pub surface: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub edtf: String,
    pub resolved: Option<String>,
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    pub relation: String,
    pub calendar: Option<String>,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
}

/// A mention of an entity.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the record's types say it")]
pub struct GoldEntity {
    pub start: usize,
    pub end: usize,
    pub surface: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// Start and end of the name that it stands inside.
    pub nested_in: Option<[usize; 2]>,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
}

/// Gold that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct GoldError {
    /// File, and line where there are lines.
    pub place: String,
    /// What is wrong.
    pub reason: String,
}

impl GoldError {
    fn new(place: impl std::fmt::Display, reason: impl std::fmt::Display) -> Self {
        Self { place: place.to_string(), reason: reason.to_string() }
    }
}

/// Reads the gold at `path`, each with its document, in order of name or line.
///
/// # Errors
/// When a file cannot be read, is not gold, or its article is missing.
pub fn read(path: &Path) -> Result<Vec<(Gold, Document)>, GoldError> {
    if path.is_dir() { read_folder(path) } else { read_lines(path) }
}

fn load(path: &Path) -> Result<String, GoldError> {
    fs::read_to_string(path).map_err(|error| GoldError::new(path.display(), error))
}

/// `folder` holds `gold/` and `articles/`, or is itself the former.
fn read_folder(folder: &Path) -> Result<Vec<(Gold, Document)>, GoldError> {
    let inner = folder.join("gold");
    let (marked, articles) = if inner.is_dir() {
        (inner, folder.join("articles"))
    } else {
        (folder.to_owned(), folder.join("../articles"))
    };
    let entries = fs::read_dir(&marked).map_err(|error| GoldError::new(marked.display(), error))?;
    let paths = entries.filter_map(|entry| entry.ok().map(|e| e.path()));
    let mut files: Vec<PathBuf> = paths.filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    files.iter().map(|file| read_file(file, &articles)).collect()
}

fn read_file(file: &Path, articles: &Path) -> Result<(Gold, Document), GoldError> {
    let fail = |error: serde_json::Error| GoldError::new(file.display(), error);
    let gold: Gold = serde_json::from_str(&load(file)?).map_err(fail)?;
    let name = file.file_stem().unwrap_or_default();
    let mut document = article(articles.join(name).with_extension("txt"))?;
    document.id.clone_from(&gold.id);
    check(&gold, &document.text, &file.display().to_string())?;
    Ok((gold, document))
}

/// The document of a text file, read as every command reads it.
fn article(path: PathBuf) -> Result<Document, GoldError> {
    let missing = GoldError::new(path.display(), "no article");
    let documents = Inputs::new(&[path]).filter_map(|item| match item {
        Item::Document(document) => Some(Ok(document)),
        Item::Rejected(error) => Some(Err(error)),
        Item::Warning(_) => None,
    });
    let read = documents.map(|result| result.map_err(|e| GoldError::new(&e.file, &e.reason))).next();
    read.unwrap_or(Err(missing))
}

fn read_lines(path: &Path) -> Result<Vec<(Gold, Document)>, GoldError> {
    let content = load(path)?;
    let lines = content.trim_start_matches('\u{FEFF}').lines().zip(1..);
    let filled = lines.filter(|(line, _)| !line.trim().is_empty());
    filled.map(|(line, number)| read_line(line, &format!("{}:{number}", path.display()))).collect()
}

fn read_line(line: &str, place: &str) -> Result<(Gold, Document), GoldError> {
    let fail = |error: serde_json::Error| GoldError::new(place, error);
    let gold: Gold = serde_json::from_str(line).map_err(fail)?;
    let mut rest: Map<String, Value> = serde_json::from_str(line).map_err(fail)?;
    let Some(Value::String(text)) = rest.shift_remove("text") else {
        return Err(GoldError::new(place, "no \"text\""));
    };
    let mut document = Document { text, origin: place.to_owned(), ..Document::default() };
    // What is odd about metadata is told when the text is extracted, not here.
    let _ = fields::fill(&mut document, rest, &Names::default());
    document.id.clone_from(&gold.id);
    check(&gold, &document.text, place)?;
    Ok((gold, document))
}

/// Every surface is what its offsets say.
fn check(gold: &Gold, text: &str, place: &str) -> Result<(), GoldError> {
    let claims = gold.claims.iter().flatten().map(|c| (c.start, c.end, &c.surface));
    let dates = gold.dates.iter().flatten().map(|d| (d.start, d.end, &d.surface));
    let entities = gold.entities.iter().flatten().map(|e| (e.start, e.end, &e.surface));
    let chars: Vec<char> = text.chars().collect();
    let holds = |start: usize, end: usize, surface: &str| {
        chars.get(start..end).is_some_and(|found| found.iter().copied().eq(surface.chars()))
    };
    match claims.chain(dates).chain(entities).find(|&(start, end, surface)| !holds(start, end, surface)) {
        None => Ok(()),
        Some((start, end, surface)) => {
            Err(GoldError::new(place, format!("«{surface}» does not stand at {start}..{end}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_text_and_offsets_are_checked() {
        let line = r#"{"id":"a","text":"وصل 12 وزيرًا","claims":[{"id":"c1","start":4,"end":6,"surface":"12","kind":"count","value":12,"comparator":"exact","modality":"asserted"}]}"#;
        let (gold, document) = read_line(line, "g:1").expect("gold");
        assert_eq!((document.text.as_str(), gold.dates.is_none()), ("وصل 12 وزيرًا", true));
        let error = read_line(&line.replace("\"end\":6", "\"end\":7"), "g:1").expect_err("moved");
        assert_eq!(error.to_string(), "g:1: «12» does not stand at 4..7");
    }
}
