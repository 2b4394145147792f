//! Counting what is in the hits: names, sources, months, and how hits spread
//! over time. Every count comes with the query that lists exactly its hits.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::error::Result;
use super::schema::Kind;

/// Longest run of empty buckets that a histogram shows.
const LONGEST_GAP: usize = 400;

/// What hits are counted by.
#[derive(Debug)]
pub struct Facet {
    /// As it is asked for and shown.
    pub name: &'static str,
    /// Whose facet it is.
    pub kind: Kind,
    /// The column of values, and what stands before those that count.
    column: &'static str,
    before: &'static str,
    /// The field that lists the hits of a value, and whether it wants `=`.
    field: &'static str,
    named: bool,
}

const fn facet(
    name: &'static str,
    kind: Kind,
    (column, before): (&'static str, &'static str),
    (field, named): (&'static str, bool),
) -> Facet {
    Facet { name, kind, column, before, field, named }
}

/// Every facet; months are counted beside them.
pub static FACETS: [Facet; 14] = [
    facet("person", Kind::Article, ("entity", "PER\t"), ("person", true)),
    facet("org", Kind::Article, ("entity", "ORG\t"), ("org", true)),
    facet("place", Kind::Article, ("entity", "LOC\t"), ("place", true)),
    facet("group", Kind::Article, ("entity", "NORP\t"), ("group", true)),
    facet("event", Kind::Article, ("entity", "EVENT\t"), ("event", true)),
    facet("source", Kind::Article, ("outlet", ""), ("source", true)),
    facet("month", Kind::Article, (PUBLISHED, ""), (PUBLISHED, false)),
    facet("kind", Kind::Claim, ("quantity", ""), ("kind", false)),
    facet("unit", Kind::Claim, ("unit", ""), ("unit", true)),
    facet("comparator", Kind::Claim, ("comparator", ""), ("comparator", false)),
    facet("predicate", Kind::Claim, ("predicate", ""), ("predicate", false)),
    facet("place", Kind::Claim, ("where_name", ""), ("place", true)),
    facet("outlet", Kind::Claim, ("outlet", ""), ("outlet", false)),
    facet("month", Kind::Claim, (PUBLISHED, ""), (PUBLISHED, false)),
];

/// The column of days of publication, and its field.
const PUBLISHED: &str = "published";

/// The facets of a kind.
pub fn facets(kind: Kind) -> impl Iterator<Item = &'static Facet> {
    FACETS.iter().filter(move |facet| facet.kind == kind)
}

/// A value with its count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The name, the code, the month.
    pub value: String,
    /// Hits that have it.
    pub count: usize,
    /// Added to the query with a `+`, it lists exactly these hits.
    pub query: String,
}

/// Lengths of time that a histogram counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// What was counted over all hits.
#[derive(Debug, Default)]
pub struct Counts {
    /// All hits.
    pub total: usize,
    /// Hits without a day of publication.
    pub undated: usize,
    days: BTreeMap<i64, usize>,
    /// For every column the counts of each segment's terms.
    columns: FxHashMap<&'static str, Vec<(SegmentOrdinal, Vec<u32>)>>,
}

impl Counts {
    /// The `most` most frequent values of a facet.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn values(
        &self,
        facet: &Facet,
        most: usize,
        terms: &mut Terms,
        searcher: &Searcher,
    ) -> Result<Vec<Value>> {
        let mut counted: Vec<(String, usize)> = if facet.column == PUBLISHED {
            self.spread(Step::Month).into_iter().filter(|(_, count)| *count > 0).collect()
        } else {
            let Some(segments) = self.columns.get(facet.column) else { return Ok(Vec::new()) };
            let column = terms.column(searcher, facet.column)?;
            let (mut counts, mut seen) = (vec![0_usize; column.names.len()], Vec::new());
            for (segment, of_segment) in segments {
                for (ord, count) in of_segment.iter().enumerate().filter(|(_, count)| **count > 0) {
                    let name = column.of_segment[*segment as usize][ord] as usize;
                    if counts[name] == 0 && column.names[name].starts_with(facet.before) {
                        seen.push(name);
                    }
                    counts[name] += *count as usize;
                }
            }
            // Only the frequent ones are ordered by name.
            let order = |a: &usize, b: &usize| {
                counts[*b].cmp(&counts[*a]).then_with(|| column.names[*a].cmp(&column.names[*b]))
            };
            if seen.len() > most && most > 0 {
                seen.select_nth_unstable_by(most - 1, order);
                seen.truncate(most);
            }
            seen.sort_unstable_by(order);
            let value = |name: usize| (column.names[name][facet.before.len()..].to_owned(), counts[name]);
            seen.into_iter().map(value).collect()
        };
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counted.truncate(most);
        let value = |(value, count): (String, usize)| Value { query: facet.query(&value), value, count };
        Ok(counted.into_iter().map(value).collect())
    }

    /// How many hits each day, month or year has, empty ones between included.
    pub fn histogram(&self, step: Step) -> Vec<Value> {
        let value =
            |(value, count): (String, usize)| Value { query: format!("{PUBLISHED}:{value}"), value, count };
        self.spread(step).into_iter().map(value).collect()
    }

    fn spread(&self, step: Step) -> Vec<(String, usize)> {
        let mut spread: Vec<(String, usize)> = Vec::new();
        let mut last: Option<Date> = None;
        for (&day, &count) in &self.days {
            let Ok(date) = Date::constant(1970, 1, 1).checked_add(day.days()) else { continue };
            let start = step.start(date);
            let empty = last.map(|last| step.between(last, start)).filter(|empty| empty.len() <= LONGEST_GAP);
            spread.extend(empty.into_iter().flatten().map(|date| (step.label(date), 0)));
            match spread.last_mut() {
                Some((label, so_far)) if *label == step.label(start) => *so_far += count,
                _ => spread.push((step.label(start), count)),
            }
            last = Some(start);
        }
        spread
    }
}

impl Step {
    fn start(self, date: Date) -> Date {
        match self {
            Self::Day => date,
            Self::Month => date.first_of_month(),
            Self::Year => date.first_of_year(),
        }
    }

    fn label(self, date: Date) -> String {
        let length = match self {
            Self::Day => 10,
            Self::Month => 7,
            Self::Year => 4,
        };
        date.to_string().chars().take(length).collect()
    }

    fn length(self) -> Span {
        match self {
            Self::Day => 1.day(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        }
    }

    /// The starts of the steps between two, as many as are worth showing.
    fn between(self, from: Date, to: Date) -> Vec<Date> {
        let mut starts = Vec::new();
        let mut at = from;
        while let Ok(next) = at.checked_add(self.length())
            && next < to
            && starts.len() <= LONGEST_GAP
        {
            starts.push(next);
            at = next;
        }
        starts
    }
}

impl Facet {
    fn query(&self, value: &str) -> String {
        let quoted = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        match (self.named, value.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')) {
            (true, _) => format!("{}:={quoted}", self.field),
            (false, true) => format!("{}:{value}", self.field),
            (false, false) => format!("{}:{quoted}", self.field),
        }
    }
}

/// The terms of columns over all segments; read once for one state of an index.
#[derive(Debug, Default)]
pub struct Terms {
    columns: FxHashMap<&'static str, Merged>,
}

/// The terms of one column.
#[derive(Debug, Default)]
struct Merged {
    names: Vec<String>,
    /// For every segment the place in `names` of each of its terms.
    of_segment: Vec<Vec<u32>>,
}

impl Terms {
    fn column(&mut self, searcher: &Searcher, name: &'static str) -> Result<&Merged> {
        if !self.columns.contains_key(name) {
            self.columns.insert(name, merged(searcher, name)?);
        }
        Ok(&self.columns[name])
    }
}

fn merged(searcher: &Searcher, name: &str) -> Result<Merged> {
    let mut merged = Merged::default();
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    for segment in searcher.segment_readers() {
        let mut places = Vec::new();
        if let Some(column) = segment.fast_fields().str(name)? {
            let mut stream = column.dictionary().stream().map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                let term = String::from_utf8_lossy(stream.key()).into_owned();
                let place = *known.entry(term).or_insert_with_key(|term| {
                    merged.names.push(term.clone());
                    merged.names.len() as u32 - 1
                });
                places.push(place);
            }
        }
        merged.of_segment.push(places);
    }
    Ok(merged)
}

/// Counts hits by the columns of facets.
pub(super) struct Counter {
    columns: Vec<&'static str>,
    dated: bool,
}

impl Counter {
    /// Counts what `facets` need, and days where `dated` says so.
    pub(super) fn new(facets: &[&Facet], dated: bool) -> Self {
        let mut columns: Vec<_> = facets.iter().map(|f| f.column).filter(|c| *c != PUBLISHED).collect();
        columns.sort_unstable();
        columns.dedup();
        Self { columns, dated: dated || facets.iter().any(|f| f.column == PUBLISHED) }
    }
}

/// Counts the hits of one segment, a block of them at a time.
pub(super) struct SegmentCounter {
    segment: SegmentOrdinal,
    total: usize,
    columns: Vec<(&'static str, Option<StrColumn>, Vec<u32>)>,
    days: Option<Days>,
    /// Room for the rows of a block and their values.
    docs: Vec<DocId>,
    rows: Vec<u32>,
    values: Vec<u64>,
}

/// Days of publication with their counts, from the first of the segment on.
struct Days {
    column: Column<i64>,
    first: i64,
    counts: Vec<u32>,
    undated: usize,
}

impl Days {
    fn of(reader: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let column = reader.fast_fields().column_opt::<i64>(PUBLISHED)?;
        Ok(column.map(|column| {
            let (first, last) = (column.min_value(), column.max_value());
            let counts = vec![0; usize::try_from(last - first + 1).unwrap_or_default()];
            Self { column, first, counts, undated: 0 }
        }))
    }

    fn count(&mut self, doc: DocId) {
        let day = self.column.first(doc).map(|day| (day - self.first) as usize);
        match day.and_then(|day| self.counts.get_mut(day)) {
            Some(count) => *count += 1,
            None => self.undated += 1,
        }
    }
}

impl Collector for Counter {
    type Fruit = Counts;
    type Child = SegmentCounter;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentCounter> {
        let column = |name: &&'static str| {
            let column = reader.fast_fields().str(name)?;
            let terms = column.as_ref().map_or(0, |column| column.num_terms());
            Ok((*name, column, vec![0; terms]))
        };
        let columns = self.columns.iter().map(column).collect::<tantivy::Result<_>>()?;
        let days = if self.dated { Days::of(reader)? } else { None };
        let (docs, rows, values) = (Vec::new(), Vec::new(), Vec::new());
        Ok(SegmentCounter { segment, total: 0, columns, days, docs, rows, values })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<SegmentCounter>) -> tantivy::Result<Counts> {
        let mut counts = Counts::default();
        for segment in segments {
            counts.total += segment.total;
            match segment.days {
                Some(days) => {
                    counts.undated += days.undated;
                    let counted = (days.first..).zip(days.counts).filter(|(_, count)| *count > 0);
                    counted.for_each(|(day, count)| *counts.days.entry(day).or_default() += count as usize);
                }
                None => counts.undated += segment.total,
            }
            for (name, _, terms) in segment.columns {
                counts.columns.entry(name).or_default().push((segment.segment, terms));
            }
        }
        Ok(counts)
    }
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Self;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.total += docs.len();
        for (_, column, counts) in &mut self.columns {
            let Some(column) = column else { continue };
            self.docs.clear();
            self.rows.clear();
            column.ords().row_ids_for_docs(docs, &mut self.docs, &mut self.rows);
            self.values.resize(self.rows.len(), 0);
            column.ords().values.get_vals(&self.rows, &mut self.values);
            for &ord in &self.values {
                counts[ord as usize] += 1;
            }
        }
        if let Some(days) = &mut self.days {
            for &doc in docs {
                days.count(doc);
            }
        }
    }

    fn harvest(self) -> Self {
        self
    }
}
