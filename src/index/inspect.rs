//! Looking an index over: how much is in it, and whether all of it holds.

use std::collections::BTreeMap;
use std::fs;

use rustc_hash::FxHashSet;
use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};

use super::damage::damaged_files;
use super::error::{Error, Result};
use super::folder::Index;
use super::schema::Kind;
use super::stored::{self, Pair};

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

/// Bytes of one field over all segments, by what they serve.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSpace {
    /// The field; `(stored)` for what articles keep.
    pub name: String,
    /// The dictionary of its terms.
    pub terms: u64,
    /// Which entries have a term, and how often.
    pub postings: u64,
    /// Where in the entry it stands.
    pub positions: u64,
    /// The column of its values.
    pub column: u64,
    /// Its length in each entry.
    pub lengths: u64,
    /// Documents and records, compressed.
    pub kept: u64,
}

impl FieldSpace {
    /// All of them.
    pub const fn total(&self) -> u64 {
        self.terms + self.postings + self.positions + self.column + self.lengths + self.kept
    }
}

/// What takes the space of an index, the largest field first.
///
/// # Errors
/// When the index is damaged.
pub fn space(index: &Index) -> Result<Vec<FieldSpace>> {
    type Column = fn(&mut FieldSpace) -> &mut u64;
    let usage = index.searcher().space_usage().map_err(|e| Error::damaged(index.path(), e))?;
    let mut fields: BTreeMap<String, FieldSpace> = BTreeMap::new();
    for segment in usage.segments() {
        let parts: [(_, Column); 5] = [
            (segment.termdict(), |f| &mut f.terms),
            (segment.postings(), |f| &mut f.postings),
            (segment.positions(), |f| &mut f.positions),
            (segment.fast_fields(), |f| &mut f.column),
            (segment.fieldnorms(), |f| &mut f.lengths),
        ];
        for (part, column) in parts {
            for field in part.fields() {
                *column(fields.entry(field.field_name().to_owned()).or_default()) +=
                    field.total().get_bytes();
            }
        }
        fields.entry("(stored)".to_owned()).or_default().kept += segment.store().total().get_bytes();
    }
    let mut rows: Vec<_> = fields.into_iter().map(|(name, field)| FieldSpace { name, ..field }).collect();
    rows.sort_by_key(|field| std::cmp::Reverse(field.total()));
    Ok(rows)
}

/// Verifies checksums, reads every stored article, and compares its digest and
/// the claims of its record with those in the index. Gives what is wrong, in
/// plain words.
///
/// # Errors
/// When the index cannot be read at all.
pub fn check(index: &Index) -> Result<Vec<String>> {
    let damaged = damaged_files(index.path(), &index.tantivy, |_| true)?;
    if !damaged.is_empty() {
        // What stands in such files is not worth reading.
        return Ok(damaged);
    }
    let searcher = index.searcher();
    let mut checked = Checked::default();
    for (segment, ord) in searcher.segment_readers().iter().zip(0..) {
        for doc in segment.doc_ids_alive() {
            match stored::kept_at(&searcher, &index.fields, DocAddress::new(ord, doc)) {
                Ok(None) => {}
                Ok(Some(kept)) => checked.article(index, &searcher, &kept)?,
                Err(error) => checked.wrong.push(format!("an entry cannot be read: {error}")),
            }
        }
    }
    let (articles, claims) = (count(index, &searcher, Kind::Article)?, count(index, &searcher, Kind::Claim)?);
    let Checked { mut wrong, ids, claims: recorded } = checked;
    if articles != ids.len() {
        wrong.push(format!("{articles} articles are indexed, {} are stored", ids.len()));
    }
    if claims != recorded {
        wrong.push(format!("{claims} claims are indexed, the records have {recorded}"));
    }
    Ok(wrong)
}

/// What was read so far.
#[derive(Default)]
struct Checked {
    wrong: Vec<String>,
    ids: FxHashSet<String>,
    claims: usize,
}

impl Checked {
    fn article(&mut self, index: &Index, searcher: &Searcher, kept: &Pair) -> Result<()> {
        let article = match stored::decode(kept, index.path()) {
            Ok(article) => article,
            Err(error) => {
                self.wrong.push(error.to_string());
                return Ok(());
            }
        };
        let (id, claims) = (article.document.id.clone(), article.record.claims.len());
        let fields = &index.fields;
        let entries = |term| searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &Count);
        self.claims += claims;
        if !self.ids.insert(id.clone()) {
            self.wrong.push(format!("{id}: the article is there twice"));
        } else if entries(Term::from_field_text(fields.article, &id))? != claims + 1 {
            self.wrong.push(format!("{id}: its claims in the index are not those of its record"));
        }
        if index.digest(searcher, &id)? != Some(stored::digest(&article.document)) {
            self.wrong.push(format!("{id}: the article is not as it was ingested"));
        }
        Ok(())
    }
}
