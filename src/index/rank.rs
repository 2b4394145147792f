//! Ranking: a fielded BM25 of our own with the nearness of the query's words,
//! over candidates that Tantivy has chosen.
//!
//! Tantivy's BM25 has its constants in its source; with others news and
//! encyclopedic paragraphs alike rank better, and it knows neither the weight
//! of an exact form nor nearness. Only the candidates' postings are read.

use tantivy::postings::Postings;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::error::Result;
use super::plan::Ranked;
use super::schema::{Fields, Kind};

/// The constants of ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// How fast further occurrences of a word lose worth.
    pub k1: f32,
    /// How much long articles are held back, 0 to 1.
    pub b: f32,
    /// What the word in the query's own form adds to its stem.
    pub form: f32,
    /// What the word in the headline adds.
    pub title: f32,
    /// What a stem that is only possible counts beside the likeliest.
    pub possible: f32,
    /// What the nearness of the query's words adds.
    pub nearness: f32,
}

impl Default for Ranking {
    fn default() -> Self {
        Self { k1: 0.9, b: 0.25, form: 0.3, title: 1.0, possible: 0.7, nearness: 0.5 }
    }
}

/// Statistics of one kind of entries, for Tantivy's own BM25: it would count
/// articles and claims together.
pub struct KindStatistics<'a> {
    searcher: &'a Searcher,
    documents: u64,
}

impl<'a> KindStatistics<'a> {
    /// Counts the entries of `kind`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn new(searcher: &'a Searcher, fields: &Fields, kind: Kind) -> Result<Self> {
        let documents = searcher.doc_freq(&Term::from_field_text(fields.kind, kind.name()))?;
        Ok(Self { searcher, documents })
    }
}

impl Bm25StatisticsProvider for KindStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.doc_freq(term)
    }
}

/// What is counted in one field.
struct Counted {
    field: Field,
    weight: f32,
    average: f32,
    /// Whether positions are read, for nearness.
    positions: bool,
}

/// One term of one word.
struct Wanted {
    term: Term,
    weight: f32,
}

/// A word's part of a candidate's score.
#[derive(Clone, Copy, Default)]
struct Share {
    score: f32,
}

/// One candidate while it is scored.
struct Candidate {
    doc: DocId,
    score: f32,
    /// Position and query word, in any order until all words are read.
    places: Vec<(u32, usize)>,
    length: f32,
}

/// Scores candidates; the best come first.
///
/// # Errors
/// When the index cannot be read.
pub fn rescore(
    searcher: &Searcher,
    fields: &Fields,
    ranking: &Ranking,
    words: &[Ranked],
    mut addresses: Vec<DocAddress>,
) -> Result<Vec<(f32, DocAddress)>> {
    let counts = KindStatistics::new(searcher, fields, Kind::Article)?;
    let scorer = Scorer::new(&counts, fields, ranking, words)?;
    addresses.sort_unstable();
    let mut ranked = Vec::with_capacity(addresses.len());
    for run in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let ord = run[0].segment_ord;
        let candidates = scorer.segment(searcher.segment_reader(ord), run.iter().map(|a| a.doc_id))?;
        ranked.extend(candidates.into_iter().map(|c| (c.score, DocAddress::new(ord, c.doc))));
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    Ok(ranked)
}

struct Scorer<'a> {
    ranking: &'a Ranking,
    /// For each field the terms of each word.
    counted: Vec<(Counted, Vec<Vec<Wanted>>)>,
    /// The rarity of each word's likeliest stem.
    rarity: Vec<f32>,
}

impl<'a> Scorer<'a> {
    fn new(
        statistics: &KindStatistics<'_>,
        fields: &Fields,
        ranking: &'a Ranking,
        words: &[Ranked],
    ) -> Result<Self> {
        let documents = statistics.documents as f32;
        let rare = |field: Field, text: &str| -> Result<(Term, f32)> {
            let term = Term::from_field_text(field, text);
            let frequency = statistics.doc_freq(&term)? as f32;
            Ok((term, (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln()))
        };
        let stems = |field| -> Result<Vec<Vec<Wanted>>> {
            let of_word = |word: &Ranked| -> Result<Vec<Wanted>> {
                let each = word.stems.iter().enumerate().map(|(i, stem)| {
                    let (term, idf) = rare(field, stem)?;
                    Ok(Wanted { term, weight: if i == 0 { idf } else { idf * ranking.possible } })
                });
                each.collect()
            };
            words.iter().map(of_word).collect()
        };
        let forms = words.iter().map(|word| {
            let (term, weight) = rare(fields.words, &word.folded)?;
            Ok(vec![Wanted { term, weight }])
        });
        let average = |field| -> Result<f32> {
            Ok((statistics.total_num_tokens(field)? as f32 / documents.max(1.0)).max(1.0))
        };
        let count = |field, weight, positions| -> Result<Counted> {
            Ok(Counted { field, weight, average: average(field)?, positions })
        };
        let in_stems = stems(fields.stems)?;
        let rarity = in_stems.iter().map(|terms| terms.first().map_or(0.0, |t| t.weight)).collect();
        let counted = vec![
            (count(fields.stems, 1.0, true)?, in_stems),
            (count(fields.words, ranking.form, false)?, forms.collect::<Result<_>>()?),
            (count(fields.title, ranking.title, false)?, stems(fields.title)?),
        ];
        Ok(Self { ranking, counted, rarity })
    }

    /// Scores the candidates of one segment, which come in ascending order.
    fn segment(&self, segment: &SegmentReader, docs: impl Iterator<Item = DocId>) -> Result<Vec<Candidate>> {
        let mut candidates: Vec<Candidate> =
            docs.map(|doc| Candidate { doc, score: 0.0, places: Vec::new(), length: 1.0 }).collect();
        for (counted, words) in &self.counted {
            if counted.weight > 0.0 {
                self.field(segment, counted, words, &mut candidates)?;
            }
        }
        for candidate in &mut candidates {
            candidate.score += self.ranking.nearness * self.nearness(candidate);
        }
        Ok(candidates)
    }

    fn field(
        &self,
        segment: &SegmentReader,
        counted: &Counted,
        words: &[Vec<Wanted>],
        candidates: &mut [Candidate],
    ) -> Result<()> {
        let norms = segment.get_fieldnorms_reader(counted.field)?;
        let inverted = segment.inverted_index(counted.field)?;
        let option = if counted.positions && self.ranking.nearness > 0.0 {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let lengths: Vec<f32> = candidates
            .iter()
            .map(|c| {
                let relative = norms.fieldnorm(c.doc) as f32 / counted.average;
                self.ranking.k1 * (1.0 - self.ranking.b + self.ranking.b * relative)
            })
            .collect();
        let mut shares = vec![Share::default(); candidates.len()];
        let mut positions = Vec::new();
        for (number, terms) in words.iter().enumerate() {
            shares.fill(Share::default());
            for wanted in terms {
                let postings = inverted.read_postings(&wanted.term, option);
                let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
                for (i, candidate) in candidates.iter_mut().enumerate() {
                    if postings.doc() < candidate.doc && postings.seek(candidate.doc) == TERMINATED {
                        break;
                    }
                    if postings.doc() != candidate.doc {
                        continue;
                    }
                    let frequency = postings.term_freq() as f32;
                    let score =
                        wanted.weight * frequency * (self.ranking.k1 + 1.0) / (frequency + lengths[i]);
                    shares[i].score = shares[i].score.max(score);
                    if option == IndexRecordOption::WithFreqsAndPositions {
                        postings.positions(&mut positions);
                        candidate.places.extend(positions.iter().map(|&p| (p, number)));
                    }
                }
            }
            for (candidate, share) in candidates.iter_mut().zip(&shares) {
                candidate.score += counted.weight * share.score;
            }
        }
        if counted.positions {
            for (candidate, length) in candidates.iter_mut().zip(lengths) {
                candidate.length = length;
            }
        }
        Ok(())
    }

    /// How near the query's words stand to one another (after Büttcher and
    /// Clarke): neighbours add the other's rarity over the squared distance.
    fn nearness(&self, candidate: &mut Candidate) -> f32 {
        let mut near = vec![0.0_f32; self.rarity.len()];
        candidate.places.sort_unstable();
        candidate.places.dedup();
        for pair in candidate.places.windows(2) {
            let ((at, a), (then, b)) = (pair[0], pair[1]);
            let distance = (then - at) as f32;
            if a != b && distance > 0.0 {
                near[a] += self.rarity[b] / (distance * distance);
                near[b] += self.rarity[a] / (distance * distance);
            }
        }
        let each = near.iter().zip(&self.rarity);
        each.map(|(near, rare)| rare.min(1.0) * near * (self.ranking.k1 + 1.0) / (near + candidate.length))
            .sum()
    }
}
