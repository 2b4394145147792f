//! What must not match, as the engine can ask it.
//!
//! Tantivy asks the excluded side about documents that it may have passed
//! already, which its phrases and intersections do not allow. This wrapper
//! answers such questions from where it stands.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader};

/// A query that is only used to exclude.
#[derive(Debug)]
pub struct Refusal(pub Box<dyn Query>);

impl Clone for Refusal {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Refusal {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(RefusalWeight(self.0.weight(scoring)?)))
    }
}

struct RefusalWeight(Box<dyn Weight>);

impl Weight for RefusalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Refused(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

/// Leaves `seek_danger` as the trait has it, which never goes back.
struct Refused(Box<dyn Scorer>);

impl DocSet for Refused {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }
}

impl Scorer for Refused {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
