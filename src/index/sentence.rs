//! Words in the sentence of a claim.
//!
//! A sentence is not indexed again for each of its claims. The entries of an
//! article's claims follow its own, in order, and each knows from which word of
//! the text to which its sentence goes: so the claims that a word is found in
//! are read from the positions of the article's own stems.

use std::ops::Range;

use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Words of a usual sentence with a claim: the length that others are measured by.
pub(super) const USUAL_LENGTH: f32 = 32.0;

/// The claims of one segment.
pub(super) struct Claims {
    number: Column<u64>,
    from: Column<u64>,
    to: Column<u64>,
    /// The entry after the last.
    end: DocId,
}

impl Claims {
    /// None where the segment has no claim.
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let column = |name| segment.fast_fields().column_opt::<u64>(name);
        let (Some(number), Some(from), Some(to)) = (column("claim")?, column("from")?, column("to")?) else {
            return Ok(None);
        };
        Ok(Some(Self { number, from, to, end: segment.max_doc() }))
    }

    /// The entry of the article that the claim `doc` belongs to; none where it is no claim.
    pub(super) fn owner(&self, doc: DocId) -> Option<DocId> {
        let number = if doc < self.end { self.number.first(doc)? } else { return None };
        doc.checked_sub(1)?.checked_sub(u32::try_from(number).ok()?)
    }

    /// Which words of the article are the sentence of the claim `doc`.
    pub(super) fn words(&self, doc: DocId) -> Range<u32> {
        let word = |column: &Column<u64>| column.first(doc).map_or(0, |word| word as u32);
        word(&self.from)..word(&self.to)
    }
}

/// Those of a word's sorted places that lie in a sentence.
pub(super) fn inside<'p>(places: &'p [u32], sentence: &Range<u32>) -> &'p [u32] {
    let end = places.partition_point(|&place| place < sentence.end);
    let start = places[..end].partition_point(|&place| place < sentence.start);
    &places[start..end]
}

/// Claims whose sentence has these words one after the other; `slop` is how
/// far out of place they may be.
#[derive(Clone, Debug)]
pub(super) struct InSentence {
    pub terms: Vec<Term>,
    pub slop: u32,
}

/// Claims whose sentence has any of these words.
#[derive(Clone, Debug)]
pub(super) struct AnyInSentence(pub Vec<Term>);

impl Query for InSentence {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut rarity = 0.0;
        if let EnableScoring::Enabled { statistics_provider, .. } = scoring {
            let entries = statistics_provider.total_num_docs()? as Score;
            for term in &self.terms {
                let with = statistics_provider.doc_freq(term)? as Score;
                rarity += (1.0 + (entries - with + 0.5).max(0.0) / (with + 0.5)).ln();
            }
        }
        Ok(Box::new(InSentenceWeight { asked: self.clone(), rarity }))
    }
}

impl Query for AnyInSentence {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AnyInSentenceWeight(self.clone())))
    }
}

struct InSentenceWeight {
    asked: InSentence,
    rarity: Score,
}

struct AnyInSentenceWeight(AnyInSentence);

/// The postings of a term with its positions.
fn postings(segment: &SegmentReader, term: &Term) -> tantivy::Result<Option<SegmentPostings>> {
    let inverted = segment.inverted_index(term.field())?;
    Ok(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?)
}

impl Weight for InSentenceWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(claims) = Claims::of(segment)? else { return Ok(Box::new(EmptyScorer)) };
        let mut each = Vec::with_capacity(self.asked.terms.len());
        for term in &self.asked.terms {
            let Some(postings) = postings(segment, term)? else { return Ok(Box::new(EmptyScorer)) };
            each.push(postings);
        }
        let mut matches = Matches {
            claims,
            places: vec![Vec::new(); each.len()],
            postings: each,
            slop: self.asked.slop,
            article: TERMINATED,
            doc: 0,
            frequency: 0,
            rarity: self.rarity * boost,
        };
        matches.go_to(0, 0);
        Ok(Box::new(matches))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, segment, doc)
    }
}

impl Weight for AnyInSentenceWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(claims) = Claims::of(segment)? else { return Ok(Box::new(EmptyScorer)) };
        let mut found = BitSet::with_max_value(segment.max_doc());
        let mut places = Vec::new();
        for term in &self.0.0 {
            let Some(mut postings) = postings(segment, term)? else { continue };
            while postings.doc() != TERMINATED {
                let article = postings.doc();
                postings.positions(&mut places);
                let of_article = (article + 1..).take_while(|&doc| claims.owner(doc) == Some(article));
                for doc in of_article.filter(|&doc| !inside(&places, &claims.words(doc)).is_empty()) {
                    found.insert(doc);
                }
                postings.advance();
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, segment, doc)
    }
}

fn explained(weight: &dyn Weight, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
    let mut scorer = weight.scorer(segment, 1.0)?;
    if scorer.doc() > doc || scorer.seek(doc) != doc {
        return Err(TantivyError::InvalidArgument(format!("entry {doc} does not match")));
    }
    Ok(Explanation::new("in the sentence", scorer.score()))
}

/// The claims that match, in order.
struct Matches {
    claims: Claims,
    /// Of each word.
    postings: Vec<SegmentPostings>,
    /// Where each stands in the article.
    places: Vec<Vec<u32>>,
    slop: u32,
    /// The article that they stand in.
    article: DocId,
    /// The current claim.
    doc: DocId,
    frequency: u32,
    rarity: Score,
}

impl Matches {
    /// The first match from the claim `doc` on, of the article `article` or one behind it.
    fn go_to(&mut self, mut article: DocId, mut doc: DocId) -> DocId {
        while self.reach(article) {
            doc = doc.max(self.article + 1);
            while self.claims.owner(doc) == Some(self.article) {
                self.frequency = self.times(&self.claims.words(doc));
                if self.frequency > 0 {
                    self.doc = doc;
                    return doc;
                }
                doc += 1;
            }
            article = self.article + 1;
        }
        self.doc = TERMINATED;
        TERMINATED
    }

    /// Goes to the first article from `article` on that has all words; `false`
    /// where there is none.
    fn reach(&mut self, article: DocId) -> bool {
        let (mut wanted, mut agreed) = (article, 0);
        while agreed < self.postings.len() {
            let postings = &mut self.postings[agreed];
            let at = if postings.doc() < wanted { postings.seek(wanted) } else { postings.doc() };
            if at == TERMINATED {
                return false;
            }
            (agreed, wanted) = if at == wanted { (agreed + 1, wanted) } else { (0, at) };
        }
        if self.article != wanted {
            self.article = wanted;
            for (postings, places) in self.postings.iter_mut().zip(&mut self.places) {
                postings.positions(places);
            }
        }
        true
    }

    /// How often the sentence has what is asked.
    fn times(&self, sentence: &Range<u32>) -> u32 {
        if let [places] = self.places.as_slice() {
            return inside(places, sentence).len() as u32;
        }
        let places = self.places.iter().map(|places| inside(places, sentence));
        phrases(places, self.slop)
    }
}

/// How often words at these places stand one after the other, at most `slop`
/// steps out of place together.
fn phrases<'p>(places: impl Iterator<Item = &'p [u32]>, slop: u32) -> u32 {
    // Where the phrase would begin, by any of the words so far, and the steps.
    let mut begun: Vec<(i64, u32)> = Vec::new();
    let mut ends = 0;
    for (number, places) in (0_i64..).zip(places) {
        let starts = places.iter().map(|&place| i64::from(place) - number);
        if number == 0 {
            begun.extend(starts.map(|start| (start, 0)));
            continue;
        }
        let mut next = Vec::new();
        ends = 0;
        for start in starts {
            let before = next.len();
            for &(other, steps) in &begun {
                let steps = u64::from(steps) + start.abs_diff(other);
                if steps <= u64::from(slop) {
                    next.extend([(start, steps as u32), (other, steps as u32)]);
                }
            }
            ends += u32::from(next.len() > before);
        }
        next.sort_unstable();
        next.dedup_by_key(|(start, _)| *start);
        begun = next;
    }
    ends
}

impl DocSet for Matches {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.go_to(self.article, self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        let article = self.claims.owner(target).unwrap_or(target);
        self.go_to(article, target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.postings.iter().map(DocSet::size_hint).min().unwrap_or(0)
    }
}

impl Scorer for Matches {
    fn score(&mut self) -> Score {
        const K1: Score = 1.2;
        const B: Score = 0.75;
        let length = self.claims.words(self.doc).len() as Score / USUAL_LENGTH;
        let frequency = self.frequency as Score;
        self.rarity * (K1 + 1.0) * frequency / (frequency + K1 * (1.0 - B + B * length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_counted_with_the_steps_it_is_out_of_place() {
        let count = |places: &[&[u32]], slop| phrases(places.iter().copied(), slop);
        assert_eq!(count(&[&[3, 9], &[4, 7], &[5]], 0), 1);
        assert_eq!(count(&[&[3], &[5]], 0), 0);
        assert_eq!(count(&[&[3], &[5]], 1), 1);
        // Neighbours that are swapped are two steps out of place.
        assert_eq!(count(&[&[4], &[3]], 1), 0);
        assert_eq!(count(&[&[4], &[3]], 2), 1);
        // One word out of place does not count for those behind it.
        assert_eq!(count(&[&[0], &[3], &[2]], 2), 1);
        assert_eq!(count(&[&[0, 10], &[1, 11]], 0), 2);
    }

    #[test]
    fn places_are_those_of_the_sentence() {
        assert_eq!(inside(&[1, 4, 6, 9], &(4..9)), [4, 6]);
        assert_eq!(inside(&[1, 4], &(5..9)), [0; 0]);
        let backwards = Range { start: 9, end: 5 };
        assert_eq!(inside(&[1, 4], &backwards), [0; 0]);
    }
}
