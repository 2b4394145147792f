//! The words by which articles that resemble one are found.

use rustc_hash::FxHashMap;
use tantivy::{Searcher, Term};

use super::analyzer::{Analyzer, is_stop_word};
use super::error::Result;
use super::folder::Index;
use super::plan::Ranked;
use super::rank::KindStatistics;
use super::schema::Kind;
use crate::normalize::normalize;

/// Most words that articles which resemble one are found by.
const TELLING: usize = 25;

/// The words that tell most about the article with this identifier: frequent
/// in it and rare elsewhere.
pub(super) fn telling(
    index: &Index,
    searcher: &Searcher,
    id: &str,
    analyzer: &mut Analyzer,
) -> Result<Option<Vec<Ranked>>> {
    let Some(address) = index.address(searcher, id)? else { return Ok(None) };
    let document = index.document(searcher, address)?;
    let raw = [document.title.as_deref().unwrap_or_default(), &document.text].join("\n");
    let text = normalize(&raw);
    let mut counts: FxHashMap<String, (f32, Ranked)> = FxHashMap::default();
    for word in analyzer.words(&text, 0, text.tokens.len()) {
        if !is_stop_word(&word.folded) && word.folded.chars().any(char::is_alphabetic) {
            let new = || (0.0, Ranked::of(&word));
            counts.entry(word.stems[0].clone()).or_insert_with(new).0 += 1.0;
        }
    }
    let documents = KindStatistics::new(searcher, &index.fields, Kind::Article)?.documents() as f32;
    let mut words = Vec::with_capacity(counts.len());
    for (stem, (count, word)) in counts {
        let frequency = searcher.doc_freq(&Term::from_field_text(index.fields.stems, &stem))? as f32;
        // What stands in no other article finds none.
        if frequency > 1.0 {
            let rarity = (1.0 + (documents - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln();
            words.push(Ranked { weight: count.sqrt() * rarity, ..word });
        }
    }
    words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.stems.cmp(&b.stems)));
    words.truncate(TELLING);
    let most = words.first().map_or(1.0, |word| word.weight);
    for word in &mut words {
        word.weight /= most;
    }
    Ok(Some(words))
}
