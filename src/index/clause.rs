//! What the engine is asked in the end, made of terms and columns. Knows no
//! query language.

use std::fmt::Debug;

use tantivy::columnar::{Column, DynamicColumn, HasAssociatedColumnType};
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as TantivyQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

use super::analyzer::Word;
use super::fields::Weighted;
use super::query::range::Days;
use super::schema::{Fields, Kind};
use super::sentence::{AnyInSentence, InSentence};

/// How much a stem that is only possible counts beside the likeliest, in
/// choosing candidates.
const POSSIBLE: f32 = 0.5;

/// A query as the engine takes it.
pub(super) type Found = Box<dyn TantivyQuery>;

/// The alternatives of a disjunction, so that they stand beside others.
pub(super) fn flatten(query: Found) -> Vec<Found> {
    match query.downcast_ref::<BooleanQuery>() {
        Some(any) if any.clauses().iter().all(|(occur, _)| *occur == Occur::Should) => {
            any.clauses().iter().map(|(_, q)| q.box_clone()).collect()
        }
        _ => vec![query],
    }
}

pub(super) fn term(field: Field, text: &str) -> TermQuery {
    TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs)
}

/// What matches without telling how well.
pub(super) fn silent(query: Found) -> Found {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

pub(super) fn boosted(query: Found, weight: f32) -> Found {
    // A boost of one would only stand between the engine and the term.
    let plain = (weight - 1.0).abs() < f32::EPSILON;
    if plain { query } else { Box::new(BoostQuery::new(query, weight)) }
}

/// Looks for terms in running text: of an article as a whole, or of the
/// sentence of a claim, which is read from its article's stems.
#[derive(Clone, Copy)]
pub(super) struct Look {
    stems: Field,
    kind: Kind,
}

impl Look {
    pub(super) const fn new(fields: &Fields, kind: Kind) -> Self {
        Self { stems: fields.stems, kind }
    }

    fn in_sentence(self, field: Field) -> bool {
        self.kind == Kind::Claim && field == self.stems
    }

    fn word(self, field: Field, text: &str) -> Found {
        if self.in_sentence(field) { self.phrase(field, &[text], 0) } else { Box::new(term(field, text)) }
    }

    /// One word under any of its stems in any of the fields.
    pub(super) fn any_stem(self, fields: &Weighted, word: &Word) -> Found {
        let mut parts: Vec<Found> = Vec::new();
        for (field, weight) in fields {
            for (i, stem) in word.stems.iter().enumerate() {
                let weight = if i == 0 { *weight } else { *weight * POSSIBLE };
                parts.push(boosted(self.word(*field, stem), weight));
            }
        }
        Box::new(BooleanQuery::union(parts))
    }

    pub(super) fn phrase<S: AsRef<str>>(self, field: Field, terms: &[S], slop: u32) -> Found {
        let terms: Vec<Term> = terms.iter().map(|t| Term::from_field_text(field, t.as_ref())).collect();
        if self.in_sentence(field) {
            return Box::new(InSentence { terms, slop });
        }
        if let [one] = terms.as_slice() {
            return Box::new(TermQuery::new(one.clone(), IndexRecordOption::WithFreqs));
        }
        Box::new(PhraseQuery::new_with_offset_and_slop(terms.into_iter().enumerate().collect(), slop))
    }

    /// Any of these terms, all alike.
    pub(super) fn any_term(self, terms: Vec<Term>) -> Found {
        let (inside, whole): (Vec<_>, Vec<_>) =
            terms.into_iter().partition(|term| self.in_sentence(term.field()));
        let whole: Found = Box::new(TermSetQuery::new(whole));
        let found = if inside.is_empty() {
            whole
        } else {
            Box::new(BooleanQuery::union(vec![whole, Box::new(AnyInSentence(inside))]))
        };
        Box::new(ConstScoreQuery::new(found, 1.0))
    }
}

pub(super) fn all(mut parts: Vec<Found>) -> Found {
    if parts.len() == 1 { parts.remove(0) } else { Box::new(BooleanQuery::intersection(parts)) }
}

/// Entries of which a span of days lies inside `days`.
pub(super) fn within(first: &'static str, last: &'static str, days: Days) -> Found {
    let inside = move |first: i64, last: i64| {
        days.from.is_none_or(|from| first >= from) && days.to.is_none_or(|to| last <= to)
    };
    columns(first, last, inside)
}

/// Entries that have a pair of values in two columns for which `test` holds;
/// the first is a pair with itself in entries that the second does not have.
pub(super) fn columns<T>(
    first: &'static str,
    last: &'static str,
    test: impl Fn(T, T) -> bool + Copy + Send + Sync + 'static,
) -> Found
where
    T: HasAssociatedColumnType + PartialOrd + Copy + Debug + Send + Sync + 'static,
    DynamicColumn: Into<Option<Column<T>>>,
{
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let column = |name: &str| segment.fast_fields().column_opt::<T>(name);
        let columns: (Option<Column<T>>, Option<Column<T>>) = (column(first)?, column(last)?);
        Ok(move |doc: DocId| {
            let (Some(first), last) = &columns else { return false };
            let mut last = last.iter().flat_map(|last| last.values_for_doc(doc)).peekable();
            if last.peek().is_none() {
                return first.values_for_doc(doc).any(|value| test(value, value));
            }
            first.values_for_doc(doc).zip(last).any(|(a, b)| test(a, b))
        })
    });
    silent(Box::new(DocPredicateQuery::from(predicate)))
}
