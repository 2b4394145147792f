//! Ranking: a fielded BM25 of our own with the nearness of the query's words,
//! over candidates that Tantivy has chosen.
//!
//! Tantivy's BM25 has its constants in its source; with others news and
//! encyclopedic paragraphs alike rank better, and it knows neither the weight
//! of an exact form nor nearness. Only the candidates' postings are read.
//!
//! ```text
//! score = ( Σ field Σ word  weight(field) · max over the word's terms t of idf(t) · f·(k1+1) / (f + K)
//!           + nearness · Σ word  min(idf, 1) · n·(k1+1) / (n + K) ) · (1 + recency)
//! K       = k1 · (1 − b + b · length / average length)
//! n       = Σ idf(neighbour) / distance²   over neighbouring occurrences of two words of the query
//! recency = 1/2 ^ (days before the newest article / half-life), 0 where no half-life is asked for
//! ```

use std::ops::Range;

use tantivy::postings::Postings;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::error::Result;
use super::plan::Ranked;
use super::schema::{Fields, Kind};
use super::sentence::{self, Claims, inside};

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
    /// What the word as the counted noun adds to a claim's sentence.
    pub noun: f32,
    /// What a stem that is only possible counts beside the likeliest.
    pub possible: f32,
    /// What the nearness of the query's words adds.
    pub nearness: f32,
}

impl Default for Ranking {
    fn default() -> Self {
        Self { k1: 0.9, b: 0.25, form: 0.3, title: 1.0, noun: 2.0, possible: 0.7, nearness: 0.5 }
    }
}

/// An entry with its score.
#[derive(Clone, Debug)]
pub struct Scored {
    /// How well it matches.
    pub score: f32,
    /// Where it is.
    pub address: DocAddress,
    /// What the score is the sum of, where that was asked for.
    pub parts: Vec<Part>,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The word of the query; none for what words have together.
    pub word: Option<String>,
    /// Where it was found, or what else counts.
    pub what: &'static str,
    /// What it adds.
    pub score: f32,
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

    /// How many entries of the kind there are, those that were replaced included.
    pub const fn documents(&self) -> u64 {
        self.documents
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
        // Some terms stand in entries of both kinds; the engine wants no more than there are.
        Ok(self.searcher.doc_freq(term)?.min(self.documents))
    }
}

/// What is counted in one field.
struct Counted {
    name: &'static str,
    field: Field,
    weight: f32,
    /// The usual length.
    average: f32,
    /// Whether only a part of the article counts, the sentence of a claim.
    sentence: bool,
    /// Whether positions are read, for nearness.
    positions: bool,
    /// The terms of each word.
    words: Vec<Vec<Wanted>>,
}

/// One term of one word.
struct Wanted {
    term: Term,
    weight: f32,
}

/// One candidate while it is scored.
struct Candidate {
    doc: DocId,
    /// The entry that holds its text, and which words of it are the claim's sentence.
    text: DocId,
    sentence: Range<u32>,
    score: f32,
    /// Position and query word, in any order until all words are read.
    places: Vec<(u32, usize)>,
    /// K of the formula, for the field whose positions are read.
    length: f32,
    parts: Vec<Part>,
}

/// What candidates are scored by.
pub struct Scorer<'a> {
    searcher: &'a Searcher,
    ranking: &'a Ranking,
    words: &'a [Ranked],
    counted: Vec<Counted>,
    /// The rarity of each word's likeliest term.
    rarity: Vec<f32>,
    /// Day of the newest entry and half-life in days.
    recency: Option<(i64, f32)>,
    explains: bool,
}

impl<'a> Scorer<'a> {
    /// What entries of `kind` are scored by for `words`; with a half-life in
    /// days, newer articles count more.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn new(
        searcher: &'a Searcher,
        fields: &Fields,
        kind: Kind,
        ranking: &'a Ranking,
        words: &'a [Ranked],
        half_life: Option<f32>,
    ) -> Result<Self> {
        let statistics = KindStatistics::new(searcher, fields, kind)?;
        // A sentence is read from its article's words.
        let of_articles = KindStatistics::new(searcher, fields, Kind::Article)?;
        let stems = |word: &'a Ranked| &word.stems;
        let forms = |word: &'a Ranked| &word.forms;
        let counted =
            |name, field, weight, positions, terms: fn(&'a Ranked) -> &'a Vec<String>| -> Result<Counted> {
                let sentence = kind == Kind::Claim && field == fields.stems;
                let statistics = if sentence { &of_articles } else { &statistics };
                let words = words.iter().map(|word| wanted(statistics, field, word, terms(word), ranking));
                let average = if sentence {
                    sentence::USUAL_LENGTH
                } else {
                    statistics.total_num_tokens(field)? as f32 / (statistics.documents as f32).max(1.0)
                };
                let words = words.collect::<Result<_>>()?;
                Ok(Counted { name, field, weight, average: average.max(1.0), sentence, positions, words })
            };
        let counted: Vec<Counted> = match kind {
            Kind::Article => vec![
                counted("text", fields.stems, 1.0, true, stems)?,
                counted("form", fields.words, ranking.form, false, forms)?,
                counted("title", fields.title, ranking.title, false, stems)?,
            ],
            Kind::Claim => vec![
                counted("sentence", fields.stems, 1.0, true, stems)?,
                counted("noun", fields.noun, ranking.noun, false, stems)?,
            ],
        };
        let first = |number: usize| {
            let terms = counted.iter().filter_map(|c| c.words[number].first());
            terms.map(|t| t.weight).find(|weight| *weight > 0.0).unwrap_or(0.0)
        };
        let rarity = (0..words.len()).map(first).collect();
        let recency = half_life.and_then(|days| Some((newest(searcher)?, days.max(f32::MIN_POSITIVE))));
        Ok(Self { searcher, ranking, words, counted, rarity, recency, explains: false })
    }

    /// The same, and every score says what it is the sum of.
    #[must_use]
    pub const fn explaining(mut self, explains: bool) -> Self {
        self.explains = explains;
        self
    }

    /// Scores candidates; the best come first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn rank(&self, mut addresses: Vec<DocAddress>) -> Result<Vec<Scored>> {
        addresses.sort_unstable();
        let mut ranked = Vec::with_capacity(addresses.len());
        for run in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let ord = run[0].segment_ord;
            let candidates = self.segment(self.searcher.segment_reader(ord), run.iter().map(|a| a.doc_id))?;
            ranked.extend(candidates.into_iter().map(|c| Scored {
                score: c.score,
                address: DocAddress::new(ord, c.doc),
                parts: c.parts,
            }));
        }
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.address.cmp(&b.address)));
        Ok(ranked)
    }

    /// Scores the candidates of one segment, which come in ascending order.
    fn segment(&self, segment: &SegmentReader, docs: impl Iterator<Item = DocId>) -> Result<Vec<Candidate>> {
        let claims = if self.counted.iter().any(|c| c.sentence) { Claims::of(segment)? } else { None };
        let candidate = |doc| {
            let claim = claims.as_ref().and_then(|claims| Some((claims.owner(doc)?, claims.words(doc))));
            let (text, sentence) = claim.unwrap_or((doc, 0..u32::MAX));
            Candidate { doc, text, sentence, score: 0.0, places: Vec::new(), length: 1.0, parts: Vec::new() }
        };
        let mut candidates: Vec<Candidate> = docs.map(candidate).collect();
        for counted in self.counted.iter().filter(|counted| counted.weight > 0.0) {
            self.field(segment, counted, &mut candidates)?;
        }
        // Opening a column takes longer than reading a few days from it.
        let published = match self.recency {
            Some(_) => segment.fast_fields().column_opt::<i64>("published")?,
            None => None,
        };
        for candidate in &mut candidates {
            let near = self.ranking.nearness * self.nearness(candidate);
            self.add(candidate, None, "nearness", near);
            if let Some((newest, half_life)) = self.recency
                && let Some(day) = published.as_ref().and_then(|days| days.first(candidate.doc))
            {
                let gain = (-((newest - day) as f32) / half_life).exp2();
                self.add(candidate, None, "recency", candidate.score * gain);
            }
        }
        Ok(candidates)
    }

    fn add(&self, candidate: &mut Candidate, word: Option<usize>, what: &'static str, score: f32) {
        candidate.score += score;
        if self.explains && score > 0.0 {
            let word = word.and_then(|number| {
                let word = &self.words[number];
                word.forms.first().or_else(|| word.stems.first()).cloned()
            });
            candidate.parts.push(Part { word, what, score });
        }
    }

    fn field(&self, segment: &SegmentReader, counted: &Counted, candidates: &mut [Candidate]) -> Result<()> {
        let lengths = self.lengths(segment, counted, candidates)?;
        let inverted = segment.inverted_index(counted.field)?;
        let positions = counted.positions && self.ranking.nearness > 0.0 && self.words.len() > 1;
        let option = if positions || counted.sentence {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let mut shares = vec![0.0_f32; candidates.len()];
        let mut places = Vec::new();
        for (number, terms) in counted.words.iter().enumerate() {
            shares.fill(0.0);
            for wanted in terms {
                let postings = inverted.read_postings(&wanted.term, option);
                let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
                for (i, candidate) in candidates.iter_mut().enumerate() {
                    let doc = if counted.sentence { candidate.text } else { candidate.doc };
                    if postings.doc() < doc && postings.seek(doc) == TERMINATED {
                        break;
                    }
                    if postings.doc() != doc {
                        continue;
                    }
                    let frequency = if positions || counted.sentence {
                        postings.positions(&mut places);
                        let places = inside(&places, &candidate.sentence);
                        candidate.places.extend(places.iter().map(|&place| (place, number)));
                        places.len() as f32
                    } else {
                        postings.term_freq() as f32
                    };
                    let score =
                        wanted.weight * frequency * (self.ranking.k1 + 1.0) / (frequency + lengths[i]);
                    shares[i] = shares[i].max(score);
                }
            }
            for (candidate, share) in candidates.iter_mut().zip(&shares) {
                self.add(candidate, Some(number), counted.name, counted.weight * share);
            }
        }
        if counted.positions {
            for (candidate, length) in candidates.iter_mut().zip(lengths) {
                candidate.length = length;
            }
        }
        Ok(())
    }

    /// K of the formula for every candidate.
    fn lengths(
        &self,
        segment: &SegmentReader,
        counted: &Counted,
        candidates: &[Candidate],
    ) -> Result<Vec<f32>> {
        // A field without lengths counts as if all were alike.
        let norms = segment.fieldnorms_readers().get_field(counted.field)?;
        let length = |candidate: &Candidate| {
            let words = if counted.sentence {
                Some(candidate.sentence.len() as f32)
            } else {
                norms.as_ref().map(|norms| norms.fieldnorm(candidate.doc) as f32)
            };
            let relative = words.map_or(1.0, |words| words / counted.average);
            self.ranking.k1 * (1.0 - self.ranking.b + self.ranking.b * relative)
        };
        Ok(candidates.iter().map(length).collect())
    }

    /// How near the query's words stand to one another (after Büttcher and
    /// Clarke): neighbours add the other's rarity over the squared distance.
    fn nearness(&self, candidate: &mut Candidate) -> f32 {
        if candidate.places.len() < 2 {
            return 0.0;
        }
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

/// The terms of a word in a field, weighted by their rarity.
fn wanted(
    statistics: &KindStatistics<'_>,
    field: Field,
    word: &Ranked,
    terms: &[String],
    ranking: &Ranking,
) -> Result<Vec<Wanted>> {
    let documents = statistics.documents as f32;
    let mut wanted = Vec::with_capacity(terms.len());
    for (i, text) in terms.iter().enumerate() {
        let term = Term::from_field_text(field, text);
        let frequency = statistics.doc_freq(&term)? as f32;
        let rarity = (1.0 + (documents - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln() * word.weight;
        let weight = if i == 0 || word.equal { rarity } else { rarity * ranking.possible };
        wanted.push(Wanted { term, weight });
    }
    if word.equal {
        let least = wanted.iter().map(|w| w.weight).fold(f32::INFINITY, f32::min);
        for term in &mut wanted {
            term.weight = least;
        }
    }
    Ok(wanted)
}

/// The day of the newest entry.
fn newest(searcher: &Searcher) -> Option<i64> {
    let last = |segment: &SegmentReader| {
        let column = segment.fast_fields().column_opt::<i64>("published").ok()??;
        Some(column.max_value())
    };
    searcher.segment_readers().iter().filter_map(last).max()
}
