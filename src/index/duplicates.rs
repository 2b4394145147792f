//! Near duplicates in an index: those of one text, and all groups of them.
//!
//! Nothing is left out of an index because it resembles something; this only
//! tells what does.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use super::error::{Error, Result};
use super::folder::Index;
use super::near::{ALIKE, BANDS, Runs, TERM};
use crate::normalize::normalize;

/// Articles that a new one is compared with: what is there hundreds of times,
/// as bulletins are, is known by then, and must not hold up what comes.
pub(super) const COMPARED: usize = 8;
/// Articles that one is compared with whose duplicates are asked for.
const ASKED: usize = 1_000;

/// An article that resembles another.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Its identifier.
    pub id: String,
    /// How much of their runs of words both share, from 0 to 1.
    pub likeness: f32,
}

/// Puts the most alike first.
pub(super) fn sort(found: &mut [Near]) {
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.id.cmp(&b.id)));
}

/// The living articles that a term leads to.
fn candidates(index: &Index, searcher: &Searcher, term: &[u8], most: usize) -> Result<Vec<DocAddress>> {
    let field = index.fields.near;
    let term = Term::from_field_bytes(field, term);
    let mut found = Vec::new();
    for (segment, ord) in searcher.segment_readers().iter().zip(0..) {
        let inverted = segment.inverted_index(field)?;
        let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
        while postings.doc() != TERMINATED && found.len() < most {
            if !segment.is_deleted(postings.doc()) {
                found.push(DocAddress::new(ord, postings.doc()));
            }
            postings.advance();
        }
    }
    Ok(found)
}

/// The articles in `searcher` that resemble a text with these runs, the most
/// alike first, of the first `most` that may; those for which `skipped` holds
/// are passed over.
///
/// # Errors
/// When the index is damaged.
pub fn of_runs(
    index: &Index,
    searcher: &Searcher,
    runs: &Runs,
    most: usize,
    skipped: impl Fn(&str) -> bool,
) -> Result<Vec<Near>> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for term in runs.terms() {
        for address in candidates(index, searcher, &term, most)? {
            if seen.len() < most && seen.insert(address) {
                let other = index.document(searcher, address)?;
                let likeness = runs.likeness(&Runs::of(&normalize(&other.text)));
                if likeness >= ALIKE && !skipped(&other.id) {
                    found.push(Near { id: other.id, likeness });
                }
            }
        }
    }
    sort(&mut found);
    Ok(found)
}

/// The articles that resemble the one with this identifier; `None` where it is
/// not in the index.
///
/// # Errors
/// When the index is damaged.
pub fn of_article(index: &Index, searcher: &Searcher, id: &str) -> Result<Option<Vec<Near>>> {
    let Some(address) = index.address(searcher, id)? else { return Ok(None) };
    let own = index.document(searcher, address)?;
    let runs = Runs::of(&normalize(&own.text));
    of_runs(index, searcher, &runs, ASKED, |other| other == id).map(Some)
}

/// Every group of articles that resemble one another, of two
/// or more, by identifier. Whoever resembles one of a group belongs to it.
///
/// # Errors
/// When the index is damaged.
pub fn groups(index: &Index) -> Result<Vec<Vec<String>>> {
    let searcher = index.searcher();
    let mut sets = Sets::default();
    for band in 0..BANDS as u8 {
        let shared = sharing(index, &searcher, band)?;
        for addresses in shared.values().filter(|addresses| addresses.len() > 1) {
            join(index, &searcher, addresses, &mut sets)?;
        }
    }
    let mut named: BTreeMap<DocAddress, Vec<String>> = BTreeMap::new();
    for address in sets.parents.keys().copied().collect::<Vec<_>>() {
        let id = index.document(&searcher, address)?.id;
        named.entry(sets.root(address)).or_default().push(id);
    }
    let mut groups: Vec<_> = named.into_values().collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    Ok(groups)
}

/// The living articles by their term of this number.
fn sharing(index: &Index, searcher: &Searcher, band: u8) -> Result<FxHashMap<[u8; TERM], Vec<DocAddress>>> {
    let mut shared: FxHashMap<[u8; TERM], Vec<DocAddress>> = FxHashMap::default();
    for (segment, ord) in searcher.segment_readers().iter().zip(0..) {
        let inverted = segment.inverted_index(index.fields.near)?;
        let range = inverted.terms().range().ge([band]).lt([band + 1]);
        let mut terms = range.into_stream().map_err(|e| Error::damaged(index.path(), e))?;
        while terms.advance() {
            let Ok(term) = <[u8; TERM]>::try_from(terms.key()) else { continue };
            let postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            let mut postings = postings.map_err(|e| Error::damaged(index.path(), e))?;
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    shared.entry(term).or_default().push(DocAddress::new(ord, postings.doc()));
                }
                postings.advance();
            }
        }
    }
    Ok(shared)
}

/// Joins those of `addresses` that resemble the first, then of the others
/// those that resemble the next, and so on.
fn join(index: &Index, searcher: &Searcher, addresses: &[DocAddress], sets: &mut Sets) -> Result<()> {
    let read = |at| -> Result<Runs> { Ok(Runs::of(&normalize(&index.document(searcher, at)?.text))) };
    let mut rest: Vec<DocAddress> = addresses.to_vec();
    for _ in 0..COMPARED {
        let Some((&first, others)) = rest.split_first() else { return Ok(()) };
        let mut runs = None;
        let mut left = Vec::new();
        for &other in others {
            if sets.are_joined(first, other) {
                continue;
            }
            let own = match &mut runs {
                Some(own) => own,
                none => none.insert(read(first)?),
            };
            if own.likeness(&read(other)?) >= ALIKE {
                sets.join(first, other);
            } else {
                left.push(other);
            }
        }
        rest = left;
    }
    Ok(())
}

/// Disjoint sets of articles; one that is in none is alone.
#[derive(Default)]
struct Sets {
    parents: FxHashMap<DocAddress, DocAddress>,
}

impl Sets {
    fn root(&self, mut at: DocAddress) -> DocAddress {
        while let Some(&parent) = self.parents.get(&at).filter(|&&parent| parent != at) {
            at = parent;
        }
        at
    }

    fn are_joined(&self, a: DocAddress, b: DocAddress) -> bool {
        self.root(a) == self.root(b)
    }

    fn join(&mut self, a: DocAddress, b: DocAddress) {
        let (a, b) = (self.root(a), self.root(b));
        let root = a.min(b);
        for at in [a, b] {
            self.parents.insert(at, root);
        }
    }
}
