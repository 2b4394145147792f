//! Counting hits while something else is done: which hits are the best does
//! not depend on how many there are.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tantivy::Searcher;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{EnableScoring, Query};

use super::error::Result;

/// What a collector gives for a segment.
type Counted<C> = <<C as Collector>::Child as SegmentCollector>::Fruit;

/// Does `work` while another thread begins to count what matches `query`,
/// segment by segment; what is left of them then both count.
///
/// # Errors
/// When the index is damaged.
pub(super) fn count_beside<C: Collector, T>(
    searcher: &Searcher,
    query: &dyn Query,
    counter: &C,
    work: impl FnOnce() -> T,
) -> Result<(C::Fruit, T)> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let next = AtomicUsize::new(0);
    let count = || -> tantivy::Result<Vec<Counted<C>>> {
        let mut counted = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(segment) = searcher.segment_readers().get(number) else { return Ok(counted) };
            counted.push(counter.collect_segment(weight.as_ref(), number as u32, segment)?);
        }
    };
    thread::scope(|scope| {
        let other = scope.spawn(count);
        let done = work();
        let mut counted = count()?;
        counted.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        Ok((counter.merge_fruits(counted)?, done))
    })
}
