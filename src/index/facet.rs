//! Counting what is in the hits: names, sources, months, and how hits spread
//! over time. Every count comes with the query that lists exactly its hits.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::schema::Kind;
use super::tally::{PUBLISHED, Table, Tally};

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

/// The columns of facets, in order and each once, with that of days where
/// they are `dated`.
pub(super) fn columns(facets: &[&Facet], dated: bool) -> Vec<&'static str> {
    let mut columns: Vec<_> = facets.iter().map(|facet| facet.column).collect();
    columns.extend(dated.then_some(PUBLISHED));
    columns.sort_unstable();
    columns.dedup();
    columns
}

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
    /// Hits of each place of the table, of which there is one where anything
    /// was counted by.
    places: Vec<u32>,
    table: Option<Arc<Table>>,
}

impl Counts {
    /// What was counted by `table`.
    pub(super) fn of(table: Arc<Table>, Tally { total, places }: Tally) -> Self {
        let dated: usize = places[table.first_day()..].iter().map(|count| *count as usize).sum();
        Self { total, undated: total - dated, places, table: Some(table) }
    }

    /// The `most` most frequent values of a facet, if it was counted by.
    pub fn values(&self, facet: &Facet, most: usize) -> Vec<Value> {
        let Some(table) = &self.table else { return Vec::new() };
        let mut counted: Vec<(String, usize)> = if facet.column == PUBLISHED {
            self.spread(Step::Month).into_iter().filter(|(_, count)| *count > 0).collect()
        } else {
            let has = |place: &usize| self.places[*place] > 0 && table.text(*place).starts_with(facet.before);
            let mut seen: Vec<usize> = table.places(facet.column).filter(has).collect();
            // Only the frequent ones are ordered by name.
            let order = |a: &usize, b: &usize| {
                self.places[*b].cmp(&self.places[*a]).then_with(|| table.text(*a).cmp(table.text(*b)))
            };
            if seen.len() > most && most > 0 {
                seen.select_nth_unstable_by(most - 1, order);
                seen.truncate(most);
            }
            seen.sort_unstable_by(order);
            let text = |place: usize| table.text(place)[facet.before.len()..].to_owned();
            seen.into_iter().map(|place| (text(place), self.places[place] as usize)).collect()
        };
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counted.truncate(most);
        let value = |(value, count): (String, usize)| Value { query: facet.query(&value), value, count };
        counted.into_iter().map(value).collect()
    }

    /// The hits of each day that has any; days since 1970.
    fn days(&self) -> impl Iterator<Item = (i64, usize)> {
        let table = self.table.iter();
        let counted = table.flat_map(|table| table.days().zip(&self.places[table.first_day()..]));
        counted.filter(|(_, count)| **count > 0).map(|(day, count)| (day, *count as usize))
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
        for (day, count) in self.days() {
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
