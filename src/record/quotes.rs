//! Every part of a record that quotes the text, so that they can be worked on
//! alike: the index leaves out words that the text says already.

use super::{Record, Words};

/// Calls `take` with start, end and surface of everything that `record` quotes.
pub fn each_quote<'a>(record: &mut Record<'a>, mut take: impl FnMut(usize, &mut usize, &mut Words<'a>)) {
    for claim in &mut record.claims {
        take(claim.start, &mut claim.end, &mut claim.surface);
        if let Some(part) = &mut claim.comparator_span {
            take(part.start, &mut part.end, &mut part.surface);
        }
        if let Some(unit) = &mut claim.unit {
            take(unit.start, &mut unit.end, &mut unit.surface);
        }
        if let Some(noun) = &mut claim.noun {
            take(noun.start, &mut noun.end, &mut noun.surface);
        }
        if let Some(predicate) = &mut claim.predicate {
            take(predicate.start, &mut predicate.end, &mut predicate.surface);
        }
        if let Some(said) = &mut claim.attribution {
            take(said.source.start, &mut said.source.end, &mut said.source.surface);
            take(said.cue.start, &mut said.cue.end, &mut said.cue.surface);
        }
    }
    for date in &mut record.dates {
        take(date.start, &mut date.end, &mut date.surface);
    }
    for entity in &mut record.entities {
        take(entity.start, &mut entity.end, &mut entity.surface);
    }
}
