//! What hits are counted by: the values that entries have in some columns.
//!
//! Every value has a *place* in one list, over all columns and segments of a
//! state of an index: the texts of each column, then the days. What is counted
//! once is read from the columns. What is counted again is read from lists
//! that are made then, a third of the time for each hit; and where most
//! entries are hits, the others are counted and taken from all.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED, Term};

use super::error::Result;
use super::schema::{Fields, Kind};

/// The column of days of publication.
pub(super) const PUBLISHED: &str = "published";
/// Most values that lists are made of: 64 MB.
const MOST_LISTED: usize = 16 << 20;
/// Entries that are listed at once.
const BLOCK: usize = 4096;

/// The tables of one state of an index.
#[derive(Debug, Default)]
pub(super) struct Tables(Vec<Arc<Table>>);

impl Tables {
    /// What entries of `kind` are counted by in these columns.
    pub(super) fn of(
        &mut self,
        searcher: &Searcher,
        fields: &Fields,
        kind: Kind,
        columns: &[&'static str],
    ) -> Result<Arc<Table>> {
        if let Some(table) = self.0.iter().find(|table| table.kind == kind && table.columns == columns) {
            table.list(searcher, fields)?;
            return Ok(Arc::clone(table));
        }
        let table = Arc::new(Table::of(searcher, kind, columns)?);
        self.0.push(Arc::clone(&table));
        Ok(table)
    }
}

/// The values of some columns over all segments.
#[derive(Debug)]
pub(super) struct Table {
    kind: Kind,
    columns: Vec<&'static str>,
    /// The texts of all columns, and the places of each column.
    texts: Vec<String>,
    ranges: Vec<(&'static str, Range<usize>)>,
    /// The days, whose places follow those of the texts; days since 1970.
    days: Range<i64>,
    segments: Vec<Columns>,
    /// For each segment, once they are made; none where they would be too long.
    lists: OnceLock<Option<Vec<Lists>>>,
}

impl Table {
    fn of(searcher: &Searcher, kind: Kind, columns: &[&'static str]) -> Result<Self> {
        let mut segments: Vec<Columns> = Vec::new();
        segments.resize_with(searcher.segment_readers().len(), Columns::default);
        let (mut texts, mut ranges) = (Vec::new(), Vec::new());
        for &name in columns.iter().filter(|name| **name != PUBLISHED) {
            let (first, mut known) = (texts.len(), FxHashMap::default());
            for (segment, reader) in segments.iter_mut().zip(searcher.segment_readers()) {
                let Some(column) = reader.fast_fields().str(name)? else { continue };
                let places = places(&column, &mut texts, &mut known)?;
                segment.texts.push((column.ords().clone(), places));
            }
            ranges.push((name, first..texts.len()));
        }
        let mut days: Option<Range<i64>> = None;
        if columns.contains(&PUBLISHED) {
            for (segment, reader) in segments.iter_mut().zip(searcher.segment_readers()) {
                let Some(column) = reader.fast_fields().column_opt::<i64>(PUBLISHED)? else { continue };
                let (first, end) = (column.min_value(), column.max_value() + 1);
                days = Some(days.map_or(first..end, |days| days.start.min(first)..days.end.max(end)));
                segment.published = Some(column);
            }
        }
        let (columns, days, lists) = (columns.to_vec(), days.unwrap_or_default(), OnceLock::new());
        Ok(Self { kind, columns, texts, ranges, days, segments, lists })
    }

    /// The places of a column's texts.
    pub(super) fn places(&self, column: &str) -> Range<usize> {
        let range = self.ranges.iter().find(|(name, _)| *name == column);
        range.map_or(0..0, |(_, range)| range.clone())
    }

    /// The text that has this place.
    pub(super) fn text(&self, place: usize) -> &str {
        &self.texts[place]
    }

    /// The days since 1970 of all places of days.
    pub(super) fn days(&self) -> Range<i64> {
        self.days.clone()
    }

    /// The place of the first day.
    pub(super) fn first_day(&self) -> usize {
        self.texts.len()
    }

    fn len(&self) -> usize {
        self.texts.len() + (self.days.end - self.days.start) as usize
    }

    /// Makes the lists, where they are not made yet.
    fn list(&self, searcher: &Searcher, fields: &Fields) -> Result<()> {
        if self.lists.get().is_none() {
            let (mut lists, mut room) = (Vec::new(), MOST_LISTED);
            for (number, reader) in searcher.segment_readers().iter().enumerate() {
                let entries = entries(reader, fields, self.kind)?;
                let Some(of_segment) = Lists::of(self, number, reader.max_doc(), &entries, room) else {
                    break;
                };
                room -= of_segment.places.len();
                lists.push(of_segment);
            }
            let whole = lists.len() == searcher.segment_readers().len();
            let _ = self.lists.set(whole.then_some(lists));
        }
        Ok(())
    }

    /// Calls `take` with each of these entries of a segment and the place of
    /// each of its values, column by column.
    fn read(&self, segment: usize, docs: &[DocId], buffers: &mut Buffers, mut take: impl FnMut(DocId, u32)) {
        let Columns { texts, published } = &self.segments[segment];
        for (column, places) in texts {
            buffers.rows_of(column, docs);
            buffers.ords.resize(buffers.rows.len(), 0);
            column.values.get_vals(&buffers.rows, &mut buffers.ords);
            buffers.docs.iter().zip(&buffers.ords).for_each(|(doc, ord)| take(*doc, places[*ord as usize]));
        }
        if let Some(column) = published {
            buffers.rows_of(column, docs);
            buffers.days.resize(buffers.rows.len(), 0);
            column.values.get_vals(&buffers.rows, &mut buffers.days);
            let place = |day: &i64| self.texts.len() as u32 + (day - self.days.start) as u32;
            buffers.docs.iter().zip(&buffers.days).for_each(|(doc, day)| take(*doc, place(day)));
        }
    }
}

/// The columns of one segment.
#[derive(Debug, Default)]
struct Columns {
    /// Terms of texts, and the place of each term.
    texts: Vec<(Column<u64>, Vec<u32>)>,
    published: Option<Column<i64>>,
}

/// Gives the terms of a segment's column places, new ones behind all `texts`.
fn places(
    column: &StrColumn,
    texts: &mut Vec<String>,
    known: &mut FxHashMap<String, u32>,
) -> Result<Vec<u32>> {
    let mut places = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream().map_err(tantivy::TantivyError::from)?;
    while stream.advance() {
        let text = String::from_utf8_lossy(stream.key()).into_owned();
        let place = *known.entry(text).or_insert_with_key(|text| {
            texts.push(text.clone());
            texts.len() as u32 - 1
        });
        places.push(place);
    }
    Ok(places)
}

/// The entries of one kind that are not deleted.
fn entries(segment: &SegmentReader, fields: &Fields, kind: Kind) -> Result<Vec<DocId>> {
    let term = Term::from_field_text(fields.kind, kind.name());
    let postings = segment.inverted_index(fields.kind)?.read_postings(&term, IndexRecordOption::Basic);
    let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { return Ok(Vec::new()) };
    let mut entries = Vec::with_capacity(postings.size_hint() as usize);
    while postings.doc() != TERMINATED {
        if !segment.is_deleted(postings.doc()) {
            entries.push(postings.doc());
        }
        postings.advance();
    }
    Ok(entries)
}

/// Room for the rows of some entries and their values.
#[derive(Default)]
struct Buffers {
    docs: Vec<DocId>,
    rows: Vec<u32>,
    ords: Vec<u64>,
    days: Vec<i64>,
}

impl Buffers {
    fn rows_of<T>(&mut self, column: &Column<T>, docs: &[DocId])
    where
        T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static,
    {
        self.docs.clear();
        self.rows.clear();
        column.row_ids_for_docs(docs, &mut self.docs, &mut self.rows);
    }
}

/// The places of every entry of one segment, and how often each is there.
#[derive(Debug)]
struct Lists {
    /// A bit for every entry that has a list.
    listed: Vec<u64>,
    /// How many have one before each word of bits.
    before: Vec<u32>,
    /// Where the list of each begins, and where the last ends.
    starts: Vec<u32>,
    places: Vec<u32>,
    /// How many entries have each place.
    totals: Vec<u32>,
}

impl Lists {
    /// The lists of `entries`; none where they have more than `most` values.
    fn of(table: &Table, segment: usize, end: DocId, entries: &[DocId], most: usize) -> Option<Self> {
        let mut listed = vec![0; end.div_ceil(64) as usize];
        let (mut starts, mut places) = (Vec::with_capacity(entries.len() + 1), Vec::<u32>::new());
        let mut totals = vec![0; table.len()];
        let (mut buffers, mut values) = (Buffers::default(), Vec::new());
        for block in entries.chunks(BLOCK) {
            values.clear();
            table.read(segment, block, &mut buffers, |doc, place| values.push((doc, place)));
            values.sort_unstable();
            for of_entry in values.chunk_by(|a, b| a.0 == b.0) {
                mark(&mut listed, of_entry[0].0);
                starts.push(places.len() as u32);
                places.extend(of_entry.iter().map(|(_, place)| *place));
            }
            if places.len() > most {
                return None;
            }
        }
        starts.push(places.len() as u32);
        for place in &places {
            totals[*place as usize] += 1;
        }
        let count =
            |so_far: &mut u32, word: &u64| Some(std::mem::replace(so_far, *so_far + word.count_ones()));
        let before = listed.iter().scan(0, count).collect();
        Some(Self { listed, before, starts, places, totals })
    }

    /// How many of the entries whose bits are set in `hits` have each place.
    fn count(&self, hits: &[u64]) -> Vec<u32> {
        let found: u32 =
            hits.iter().zip(&self.listed).map(|(hits, listed)| (hits & listed).count_ones()).sum();
        if found as usize * 2 < self.starts.len() {
            let mut counts = vec![0; self.totals.len()];
            self.each(|word, listed| hits[word] & listed, |place| counts[place] += 1);
            counts
        } else {
            let mut counts = self.totals.clone();
            self.each(|word, listed| !hits[word] & listed, |place| counts[place] -= 1);
            counts
        }
    }

    /// Calls `take` with every place of the entries whose bits `wanted` gives
    /// for a word of bits. The lists of neighbours are read as one.
    fn each(&self, wanted: impl Fn(usize, u64) -> u64, mut take: impl FnMut(usize)) {
        let mut run = 0..0;
        let mut read = |run: Range<usize>| self.places[run].iter().for_each(|place| take(*place as usize));
        for (word, (listed, before)) in self.listed.iter().zip(&self.before).enumerate() {
            let mut wanted = wanted(word, *listed);
            while wanted != 0 {
                let lower = (wanted & wanted.wrapping_neg()) - 1;
                let number = (before + (listed & lower).count_ones()) as usize;
                let [start, end] = [self.starts[number], self.starts[number + 1]].map(|at| at as usize);
                if start != run.end {
                    read(std::mem::replace(&mut run, start..start));
                }
                run.end = end;
                wanted &= wanted - 1;
            }
        }
        read(run);
    }
}

fn mark(bits: &mut [u64], doc: DocId) {
    bits[doc as usize / 64] |= 1 << (doc % 64);
}

/// Counts the hits of a search by a table.
pub(super) struct Counter(pub(super) Arc<Table>);

/// What was counted: all hits, and those of each place.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) total: usize,
    pub(super) places: Vec<u32>,
}

/// Counts the hits of one segment, a block of them at a time.
pub(super) struct SegmentCounter {
    table: Arc<Table>,
    segment: usize,
    tally: Tally,
    /// A bit for every hit, where the entries have lists.
    hits: Vec<u64>,
    buffers: Buffers,
}

impl Collector for Counter {
    type Fruit = Tally;
    type Child = SegmentCounter;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentCounter> {
        let (table, segment) = (Arc::clone(&self.0), segment as usize);
        let (mut hits, mut tally) = (Vec::new(), Tally::default());
        if matches!(table.lists.get(), Some(Some(_))) {
            hits.resize(reader.max_doc().div_ceil(64) as usize, 0);
        } else {
            tally.places.resize(table.len(), 0);
        }
        Ok(SegmentCounter { table, segment, tally, hits, buffers: Buffers::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Tally>) -> tantivy::Result<Tally> {
        let mut tally = Tally { total: 0, places: vec![0; self.0.len()] };
        for segment in segments {
            tally.total += segment.total;
            tally.places.iter_mut().zip(segment.places).for_each(|(sum, count)| *sum += count);
        }
        Ok(tally)
    }
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Tally;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Self { table, segment, tally, hits, buffers } = self;
        tally.total += docs.len();
        if hits.is_empty() {
            table.read(*segment, docs, buffers, |_, place| tally.places[place as usize] += 1);
        } else {
            for &doc in docs {
                mark(hits, doc);
            }
        }
    }

    fn harvest(mut self) -> Tally {
        if let Some(Some(lists)) = self.table.lists.get() {
            self.tally.places = lists[self.segment].count(&self.hits);
        }
        self.tally
    }
}
