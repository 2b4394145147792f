//! How good the records are: gold against records, as precision, recall and F1
//! per layer, field, kind and rule.
//!
//! Reads gold files; extracts nothing itself and prints nothing.

// Flow order: each module uses only those above it.
// What a careful reader marked.
pub mod gold;
// Counts of what is right.
pub mod tally;
// Which prediction answers which gold item.
pub mod pairing;
// Words compared by their letters.
pub mod words;
// Claims against claims.
mod claims;
// Dates against dates.
mod dates;
// Entities against entities.
mod entities;

use crate::record::Record;
use gold::Gold;
use tally::Layer;

/// The scores of a collection.
#[derive(Debug)]
pub struct Scores {
    /// Documents scored.
    pub documents: usize,
    /// Claims, dates, entities.
    pub layers: [Layer; 3],
}

impl Default for Scores {
    fn default() -> Self {
        let layers = [
            Layer::new("claims", "kind", claims::MEASURES),
            Layer::new("dates", "type", dates::MEASURES),
            Layer::new("entities", "type", entities::MEASURES),
        ];
        Self { documents: 0, layers }
    }
}

impl Scores {
    /// Adds what `record` has right and wrong of `gold`. A layer that the gold
    /// does not mark is not scored.
    pub fn add(&mut self, gold: &Gold, record: &Record<'_>) {
        self.documents += 1;
        let [claims, dates, entities] = &mut self.layers;
        if let Some(marked) = &gold.claims {
            claims::score(&gold.id, marked, &record.claims, claims);
        }
        if let Some(marked) = &gold.dates {
            dates::score(&gold.id, marked, &record.dates, dates);
        }
        if let Some(marked) = &gold.entities {
            entities::score(&gold.id, marked, &record.entities, entities);
        }
    }
}
