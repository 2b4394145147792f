//! Looking an index over: how much is in it, and whether all of it holds.

use std::fs;

use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Searcher, TantivyDocument, Term};

use super::error::{Error, Result};
use super::folder::Index;
use super::schema::Kind;
use super::stored;

/// How much an index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Articles.
    pub articles: usize,
    /// Claims of all articles.
    pub claims: usize,
    /// Segments; `compact` makes them one.
    pub segments: usize,
    /// Entries replaced or deleted that still take place.
    pub deleted: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Counts what the index holds.
///
/// # Errors
/// When the index is damaged.
pub fn stats(index: &Index) -> Result<Stats> {
    let searcher = index.searcher();
    Ok(Stats {
        articles: count(index, &searcher, Kind::Article)?,
        claims: count(index, &searcher, Kind::Claim)?,
        segments: searcher.segment_readers().len(),
        deleted: searcher.segment_readers().iter().map(|s| s.num_deleted_docs() as usize).sum(),
        bytes: bytes(index),
    })
}

fn count(index: &Index, searcher: &Searcher, kind: Kind) -> Result<usize> {
    let term = Term::from_field_text(index.fields.kind, kind.name());
    Ok(searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &Count)?)
}

fn bytes(index: &Index) -> u64 {
    let files = walkdir::WalkDir::new(index.path()).into_iter().filter_map(std::result::Result::ok);
    let sizes = files.map(|entry| fs::metadata(entry.path()).map(|m| if m.is_file() { m.len() } else { 0 }));
    // A file that a merge removes meanwhile is none.
    sizes.filter_map(std::result::Result::ok).sum()
}

/// Verifies checksums, reads every stored article, and compares the claims of
/// every record with those in the index. Gives what is wrong, in plain words.
///
/// # Errors
/// When the index cannot be read at all.
pub fn check(index: &Index) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let damaged = index.tantivy.validate_checksum().map_err(|e| Error::damaged(index.path(), e))?;
    wrong.extend(damaged.iter().map(|file| format!("{}: the checksum does not match", file.display())));
    let searcher = index.searcher();
    let mut ids = rustc_hash::FxHashSet::default();
    let mut claims = 0;
    for segment in searcher.segment_readers() {
        let store = segment.get_store_reader(1).map_err(|e| Error::damaged(index.path(), e))?;
        for doc in segment.doc_ids_alive() {
            let entry: TantivyDocument = match store.get(doc) {
                Ok(entry) => entry,
                Err(error) => {
                    wrong.push(format!("an entry cannot be read: {error}"));
                    continue;
                }
            };
            let Some(bytes) = entry.get_first(index.fields.stored).and_then(|v| v.as_bytes()) else {
                continue;
            };
            match stored::decode(bytes, index.path()) {
                Ok(article) => {
                    claims += article.record.claims.len();
                    let id = article.document.id;
                    if !ids.insert(id.clone()) {
                        wrong.push(format!("{id}: the article is there twice"));
                    }
                    let term = Term::from_field_text(index.fields.article, &id);
                    let own = TermQuery::new(term, IndexRecordOption::Basic);
                    let entries = searcher.search(&own, &Count)?;
                    if entries != article.record.claims.len() + 1 {
                        wrong.push(format!("{id}: its claims in the index are not those of its record"));
                    }
                }
                Err(error) => wrong.push(error.to_string()),
            }
        }
    }
    let (articles, indexed) =
        (count(index, &searcher, Kind::Article)?, count(index, &searcher, Kind::Claim)?);
    if articles != ids.len() {
        wrong.push(format!("{articles} articles are indexed, {} are stored", ids.len()));
    }
    if indexed != claims {
        wrong.push(format!("{indexed} claims are indexed, the records have {claims}"));
    }
    Ok(wrong)
}
