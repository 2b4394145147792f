//! Finding articles and claims: candidates from Tantivy, ranked anew, with
//! their originals and the best passage.

use std::borrow::Cow;

use tantivy::collector::TopDocs;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, TantivyDocument, Term};

use super::analyzer::Analyzer;
use super::error::{Error, Result};
use super::folder::Index;
use super::plan::{self, Ranked};
use super::query::Query;
use super::rank::{self, KindStatistics, Ranking};
use super::schema::Kind;
use super::snippet::{self, Snippet, Wanted};
use super::stored::{self, Stored};

/// Fewest candidates that are ranked anew.
const CANDIDATES: usize = 200;
/// Candidates for each hit that is asked for.
const CANDIDATES_PER_HIT: usize = 4;

/// Searches one state of an index; remembers what it analyzed.
#[derive(Debug)]
pub struct Search<'a> {
    index: &'a Index,
    searcher: Searcher,
    analyzer: Analyzer,
    ranking: Ranking,
}

/// An article that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its identifier.
    pub id: String,
    /// How well it matches.
    pub score: f32,
    address: DocAddress,
}

/// Articles that match.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// How many match in all.
    pub total: usize,
    /// The best, in order.
    pub best: Vec<Hit>,
    /// The stems to mark in their texts.
    pub wanted: Wanted,
}

/// A claim that matches.
#[derive(Clone, Debug)]
pub struct ClaimHit {
    /// Its article.
    pub article: Stored,
    /// Its number among the article's claims, from 0.
    pub number: usize,
    /// How well it matches.
    pub score: f32,
}

/// Claims that match.
#[derive(Clone, Debug, Default)]
pub struct ClaimHits {
    /// How many match in all.
    pub total: usize,
    /// The best, in order.
    pub best: Vec<ClaimHit>,
    /// The stems to mark in their sentences.
    pub wanted: Wanted,
}

impl<'a> Search<'a> {
    /// Searches the last commit that `index` has seen.
    pub fn new(index: &'a Index) -> Self {
        Self::with_ranking(index, Ranking::default())
    }

    /// The same with other constants of ranking.
    pub fn with_ranking(index: &'a Index, ranking: Ranking) -> Self {
        Self { index, searcher: index.searcher(), analyzer: Analyzer::default(), ranking }
    }

    /// The `limit` articles that match `query` best.
    ///
    /// # Errors
    /// When the query has nothing to look for or the index is damaged.
    pub fn articles(&mut self, query: &Query, limit: usize) -> Result<Hits> {
        let fields = &self.index.fields;
        let plan = plan::articles(query, fields, &mut self.analyzer)?;
        let statistics = KindStatistics::new(&self.searcher, fields, Kind::Article)?;
        let entries = (self.searcher.num_docs() as usize).max(1);
        let count = CANDIDATES.max(limit.saturating_mul(CANDIDATES_PER_HIT)).min(entries);
        let collector = TopDocs::with_limit(count).order_by_score();
        let candidates =
            self.searcher.search_with_statistics_provider(&plan.query, &collector, &statistics)?;
        let total = plan.query.count(&self.searcher)?;
        let addresses = candidates.into_iter().map(|(_, address)| address).collect();
        let scored = rank::rescore(&self.searcher, fields, &self.ranking, &plan.words, addresses)?;
        let best = scored
            .into_iter()
            .take(limit)
            .map(|(score, address)| Ok(Hit { id: self.article_id(address)?.into_owned(), score, address }));
        Ok(Hits { total, best: best.collect::<Result<_>>()?, wanted: self.wanted(&plan.words)? })
    }

    /// The `limit` claims that match `query` best.
    ///
    /// # Errors
    /// As [`Search::articles`].
    pub fn claims(&mut self, query: &Query, limit: usize) -> Result<ClaimHits> {
        let fields = &self.index.fields;
        let plan = plan::claims(query, fields, &mut self.analyzer)?;
        let statistics = KindStatistics::new(&self.searcher, fields, Kind::Claim)?;
        let entries = (self.searcher.num_docs() as usize).max(1);
        let collector = TopDocs::with_limit(limit.clamp(1, entries)).order_by_score();
        let found = self.searcher.search_with_statistics_provider(&plan.query, &collector, &statistics)?;
        let total = plan.query.count(&self.searcher)?;
        let mut best = Vec::with_capacity(found.len());
        for (score, address) in found.into_iter().take(limit) {
            let id = self.article_id(address)?;
            let article = self.article(&id)?.ok_or_else(|| self.damaged("a claim's article is missing"))?;
            let column = self.searcher.segment_reader(address.segment_ord).fast_fields().u64("claim")?;
            let number =
                column.first(address.doc_id).ok_or_else(|| self.damaged("a claim has no number"))? as usize;
            if number >= article.record.claims.len() {
                return Err(self.damaged("a claim is not in its article's record"));
            }
            best.push(ClaimHit { article, number, score });
        }
        Ok(ClaimHits { total, best, wanted: self.wanted(&plan.words)? })
    }

    /// The article with this identifier.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn article(&self, id: &str) -> Result<Option<Stored>> {
        let term = Term::from_field_text(self.index.fields.id, id);
        for (segment, ord) in self.searcher.segment_readers().iter().zip(0..) {
            let inverted = segment.inverted_index(self.index.fields.id)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
            while postings.doc() != tantivy::TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    return self.stored(DocAddress::new(ord, postings.doc())).map(Some);
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// A hit's document and record.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn open(&self, hit: &Hit) -> Result<Stored> {
        self.stored(hit.address)
    }

    /// The best passage of `text` for what was searched.
    pub fn snippet(&mut self, text: &str, wanted: &Wanted) -> Snippet {
        snippet::snippet(text, wanted, &mut self.analyzer)
    }

    /// The whole of `text` with what was searched marked.
    pub fn snippet_whole(&mut self, text: &str, wanted: &Wanted) -> Snippet {
        snippet::whole(text, wanted, &mut self.analyzer)
    }

    fn stored(&self, address: DocAddress) -> Result<Stored> {
        let entry: TantivyDocument =
            self.searcher.doc(address).map_err(|e| Error::damaged(self.index.path(), e))?;
        let bytes = entry.get_first(self.index.fields.stored).and_then(|v| v.as_bytes());
        stored::decode(bytes.ok_or_else(|| self.damaged("an article is not stored"))?, self.index.path())
    }

    /// The identifier of the article that an entry is or belongs to.
    fn article_id(&self, address: DocAddress) -> Result<Cow<'static, str>> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let column = segment.fast_fields().str("article")?;
        let column = column.ok_or_else(|| self.damaged("the column of identifiers is missing"))?;
        let mut id = String::new();
        let ord = column.ords().first(address.doc_id);
        let ord = ord.ok_or_else(|| self.damaged("an entry has no identifier"))?;
        column.ord_to_str(ord, &mut id).map_err(|e| Error::damaged(self.index.path(), e))?;
        Ok(Cow::Owned(id))
    }

    /// The stems of the query's words with their rarity.
    fn wanted(&self, words: &[Ranked]) -> Result<Wanted> {
        let documents = self.searcher.num_docs().max(1) as f32;
        let mut wanted = Wanted::default();
        for (number, word) in words.iter().enumerate() {
            for stem in &word.stems {
                let term = Term::from_field_text(self.index.fields.stems, stem);
                let frequency = self.searcher.doc_freq(&term)? as f32;
                let rarity = (1.0 + documents / (1.0 + frequency)).ln();
                wanted.entry(stem.clone()).or_insert((number, rarity));
            }
        }
        Ok(wanted)
    }

    fn damaged(&self, detail: &str) -> Error {
        Error::damaged(self.index.path(), detail)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Document;
    use crate::extract::{Findings, Lexicons, extract};
    use crate::index::writer::{Standing, Writer};
    use crate::normalize::normalize;
    use crate::span::Units;

    fn document(id: &str, text: &str) -> Document {
        Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() }
    }

    fn put(writer: &mut Writer, document: &Document) -> Standing {
        let text = normalize(&document.text);
        let found: Findings = extract(&text, &Lexicons::builtin(), None);
        let record = crate::record::record(document, &text, &found, Units::Chars);
        let entry = writer.preparer().prepare(document, &text, &record);
        writer.put(entry).expect("written").standing
    }

    fn filled(path: &Path, texts: &[(&str, &str)]) {
        let mut writer = Writer::open(path, 1).expect("opened");
        for (id, text) in texts {
            put(&mut writer, &document(id, text));
        }
        writer.close().expect("committed");
    }

    fn ids(path: &Path, query: &str) -> Vec<String> {
        let index = Index::open(path).expect("opened");
        let query = Query::parse(query).expect("reads");
        let hits = Search::new(&index).articles(&query, 10).expect("searched");
        assert_eq!(hits.total, hits.best.len());
        hits.best.into_iter().map(|hit| hit.id).collect()
    }

    #[test]
    fn words_are_found_in_any_form_and_numbers_in_any_digits() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path();
        filled(
            path,
            &[
                ("a", "أُفرج عن 56 سيدة و350 طفلًا من السجن."),
                ("b", "بلغ الإنتاج ١٠٬٠٠٠ طن في المدينة القديمة."),
                ("c", "زار الوزير جامعةً على الساحل."),
            ],
        );
        assert_eq!(ids(path, "٣٥٠"), ["a"]);
        assert_eq!(ids(path, "10000"), ["b"]);
        assert_eq!(ids(path, "للمدينة"), ["b"]);
        assert_eq!(ids(path, "الجامعات"), ["c"]);
        assert_eq!(ids(path, "\"المدينة القديمة\""), ["b"]);
        assert_eq!(ids(path, "\"القديمة المدينة\""), [""; 0]);
        assert_eq!(ids(path, "طن سيدة -الإنتاج"), ["a"]);
        assert_eq!(ids(path, "exact:على"), ["c"]);
        assert_eq!(ids(path, "exact:علي"), [""; 0]);
        assert_eq!(ids(path, "exact:\"جامعةً على\""), ["c"]);
    }

    #[test]
    fn the_same_document_twice_changes_nothing_and_a_changed_one_replaces_itself() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path();
        let mut writer = Writer::open(path, 1).expect("opened");
        let first = document("a", "ارتفع السعر إلى 12 دينارًا.");
        let second = document("a", "انخفض السعر إلى 9 دنانير.");
        assert_eq!(put(&mut writer, &first), Standing::New);
        assert_eq!(put(&mut writer, &first), Standing::Same);
        assert_eq!(put(&mut writer, &second), Standing::Changed);
        writer.close().expect("committed");
        assert_eq!(ids(path, "انخفض"), ["a"]);
        assert_eq!(ids(path, "ارتفع"), [""; 0]);
        let mut writer = Writer::open(path, 1).expect("opened again");
        assert_eq!(put(&mut writer, &second), Standing::Same);
        assert_eq!(put(&mut writer, &first), Standing::Changed);
        assert!(writer.delete("a").expect("read"));
        assert!(!writer.delete("a").expect("read"));
        assert_eq!(put(&mut writer, &first), Standing::New);
        writer.close().expect("committed");
        assert_eq!(ids(path, "السعر"), ["a"]);
    }

    #[test]
    fn what_was_not_committed_is_not_there_and_can_be_completed() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path();
        let mut writer = Writer::open(path, 1).expect("opened");
        put(&mut writer, &document("a", "خبر أول عن الأمطار"));
        writer.commit().expect("committed");
        put(&mut writer, &document("b", "خبر ثانٍ عن الأمطار"));
        drop(writer);
        assert_eq!(ids(path, "الأمطار"), ["a"]);
        filled(path, &[("a", "خبر أول عن الأمطار"), ("b", "خبر ثانٍ عن الأمطار")]);
        assert_eq!(ids(path, "الأمطار").len(), 2);
    }

    #[test]
    fn originals_come_back_with_true_snippets() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let text = "قال المتحدث <إن> العدد بلغ و350 طفلًا.";
        filled(folder.path(), &[("a", text)]);
        let index = Index::open(folder.path()).expect("opened");
        let mut search = Search::new(&index);
        let hits = search.articles(&Query::words("350"), 5).expect("searched");
        let stored = search.open(&hits.best[0]).expect("stored");
        assert_eq!(stored.document.text, text);
        let html = search.snippet(text, &hits.wanted).html();
        assert!(html.contains("و<b>350</b>") && html.contains("&lt;إن&gt;"));
        assert!(search.article("a").expect("read").is_some());
        assert!(search.article("z").expect("read").is_none());
    }

    #[test]
    fn claims_come_with_their_articles() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let text = "أعلنت الوزارة افتتاح 12 مدرسة. وقال المحافظ إن 40 مستشفى تعمل.";
        filled(folder.path(), &[("a", text)]);
        let index = Index::open(folder.path()).expect("opened");
        let mut search = Search::new(&index);
        let hits = search.claims(&Query::words("المدارس مدرسة"), 5).expect("searched");
        // The claim rules may be missing from the build; then there is none.
        if let Some(hit) = hits.best.first() {
            assert_eq!(hit.article.record.claims[hit.number].surface, "12");
        }
    }
}
