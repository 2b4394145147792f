//! The best entries by the engine's own scores, over all segments together:
//! what a segment finds need be no better than what those before it found, so
//! that the engine skips more of each further one.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::{Mutex, PoisonError};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// Finds the best entries, the best first; the earlier of two that are equal.
pub(super) struct Best {
    most: usize,
    found: Mutex<BinaryHeap<Reverse<Entry>>>,
}

impl Best {
    /// Finds at most `most`, which is at least one.
    pub(super) const fn of(most: usize) -> Self {
        Self { most, found: Mutex::new(BinaryHeap::new()) }
    }
}

struct Entry {
    score: Score,
    address: DocAddress,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.address.cmp(&self.address))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

/// Nothing is collected one by one.
pub(super) struct Nothing;

impl SegmentCollector for Nothing {
    type Fruit = ();

    fn collect(&mut self, _: DocId, _: Score) {}

    fn harvest(self) {}
}

impl Collector for Best {
    type Fruit = Vec<DocAddress>;
    type Child = Nothing;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Nothing> {
        Ok(Nothing)
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<()> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let worst = |found: &BinaryHeap<Reverse<Entry>>| match found.peek() {
            Some(Reverse(worst)) if found.len() == self.most => worst.score,
            _ => Score::MIN,
        };
        weight.for_each_pruning(worst(&found), reader, &mut |doc, score| {
            if !reader.is_deleted(doc) && score > worst(&found) {
                if found.len() == self.most {
                    found.pop();
                }
                found.push(Reverse(Entry { score, address: DocAddress::new(segment, doc) }));
            }
            worst(&found)
        })
    }

    fn merge_fruits(&self, _: Vec<()>) -> tantivy::Result<Vec<DocAddress>> {
        let found = std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(found.into_sorted_vec().into_iter().map(|Reverse(entry)| entry.address).collect())
    }
}
