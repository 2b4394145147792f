//! Finding articles and claims: candidates from Tantivy, ranked anew, with
//! their originals and the best passage.

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Order, Searcher, SegmentOrdinal, Term};

use super::analyzer::Analyzer;
use super::beside::count_beside;
use super::best::Best;
use super::duplicates;
use super::error::{Error, Result};
use super::facet::{self, Counts, Facet};
use super::folder::Index;
use super::page::{Cursor, Page, Sort};
use super::plan::{Plan, Planner, Ranked, Unknown};
use super::query::Query;
use super::rank::{KindStatistics, Part, Ranking, Scored, Scorer};
use super::schema::Kind;
use super::sentence::Claims;
use super::snippet::{self, Snippet, Wanted};
use super::stored::Stored;
use super::tally::{Counter, Tables};
use super::telling::telling;
use super::vocabulary;
use crate::document::Document;

/// Fewest candidates that are ranked anew together.
const CANDIDATES: usize = 100;
/// Candidates for each hit that is asked for.
const CANDIDATES_PER_HIT: usize = 4;

/// Searches one state of an index; remembers what it analyzed and counted.
#[derive(Debug)]
pub struct Search<'a> {
    index: &'a Index,
    searcher: Searcher,
    analyzer: Analyzer,
    /// For the other thread.
    second: Analyzer,
    ranking: Ranking,
    tables: Tables,
    ids: Ids,
}

/// An article or a claim that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Identifier of the article.
    pub id: String,
    /// How well it matches; none where hits are in another order.
    pub score: Option<f32>,
    /// What the score is the sum of, where that was asked for.
    pub parts: Vec<Part>,
    address: DocAddress,
}

/// Articles or claims that match.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// How many match in all.
    pub total: usize,
    /// Those of the page, in order.
    pub best: Vec<Hit>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// What to mark in their texts.
    pub wanted: Wanted,
    /// Words of the query that the index does not have.
    pub unknown: Vec<Unknown>,
}

/// A claim that matches, with its article.
#[derive(Clone, Debug)]
pub struct ClaimHit {
    /// Its article.
    pub article: Stored,
    /// Its number among the article's claims, from 0.
    pub number: usize,
}

impl<'a> Search<'a> {
    /// Searches the last commit that `index` has seen.
    pub fn new(index: &'a Index) -> Self {
        Self::with_ranking(index, Ranking::default())
    }

    /// The same with other constants of ranking.
    pub fn with_ranking(index: &'a Index, ranking: Ranking) -> Self {
        let searcher = index.searcher();
        let ids = Ids::of(&searcher);
        let [analyzer, second] = [Analyzer::default(), Analyzer::default()];
        Self { index, searcher, analyzer, second, ranking, tables: Tables::default(), ids }
    }

    /// The articles or claims that match `query`, those of one page.
    ///
    /// # Errors
    /// When the query has nothing to look for, the cursor is of another search
    /// or the index is damaged.
    pub fn find(&mut self, query: &Query, page: &Page) -> Result<Hits> {
        let plan = self.plan(query)?;
        self.counted(query, plan, page, &Count, |total| *total).map(|(hits, _)| hits)
    }

    /// The same, and counts over all that matches, in the same pass as the
    /// total.
    ///
    /// # Errors
    /// As [`Search::find`].
    pub fn find_and_count(
        &mut self,
        query: &Query,
        page: &Page,
        facets: &[&Facet],
        dated: bool,
    ) -> Result<(Hits, Counts)> {
        let plan = self.plan(query)?;
        let columns = facet::columns(facets, dated);
        let table = self.tables.of(&self.searcher, &self.index.fields, query.kind, &columns)?;
        let counter = Counter(Arc::clone(&table));
        let (hits, tally) = self.counted(query, plan, page, &counter, |tally| tally.total)?;
        Ok((hits, Counts::of(table, tally)))
    }

    /// What a searcher may have meant instead of a word that the index lacks.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn suggestions(&self, unknown: &Unknown) -> Result<Vec<String>> {
        let entry = self.searcher.schema().get_field_entry(unknown.field);
        // Codes, not words or names.
        let closed = unknown.before.is_empty() && entry.is_fast();
        vocabulary::suggestions(&self.searcher, unknown.field, unknown.before, &unknown.word, closed)
    }

    fn plan(&mut self, query: &Query) -> Result<Plan> {
        let (index, searcher) = (self.index, &self.searcher);
        let telling = |id: &str, analyzer: &mut Analyzer| telling(index, searcher, id, analyzer);
        let duplicates = |id: &str| duplicates::of_article(index, searcher, id);
        let (fields, analyzer) = (&index.fields, &mut self.analyzer);
        let planner = Planner { searcher, fields, analyzer, telling: &telling, duplicates: &duplicates };
        planner.plan(query)
    }

    /// The hits of a page and what `counter` counts over all hits, of which
    /// `total` says how many there are.
    fn counted<C: Collector>(
        &self,
        query: &Query,
        plan: Plan,
        page: &Page,
        counter: &C,
        total: impl Fn(&C::Fruit) -> usize,
    ) -> Result<(Hits, C::Fruit)> {
        let found = |start: &Cursor, limit| self.found(query.kind, &plan, page, start, limit);
        let (counts, start, found) = if let Some(limit) = page.limit {
            let start = self.start(query, page, limit)?;
            let (counts, found) =
                count_beside(&self.searcher, &plan.query, counter, || found(&start, limit))?;
            (counts, start, found?)
        } else {
            let (counts, ()) = count_beside(&self.searcher, &plan.query, counter, || ())?;
            let limit = total(&counts);
            let start = self.start(query, page, limit)?;
            let found = found(&start, limit)?;
            (counts, start, found)
        };
        let (total, end) = (total(&counts), start.offset.saturating_add(page.limit.unwrap_or(usize::MAX)));
        let next = (end < total).then_some(Cursor { offset: end, ..start });
        let wanted = self.wanted(&plan.words)?;
        Ok((Hits { total, best: found, next, wanted, unknown: plan.unknown }, counts))
    }

    /// Where a page of `limit` hits begins.
    fn start(&self, query: &Query, page: &Page, limit: usize) -> Result<Cursor> {
        let fingerprint = self.fingerprint(query, page);
        let entries = self.searcher.num_docs().max(1) as usize;
        let tier = CANDIDATES.max(limit.saturating_mul(CANDIDATES_PER_HIT)).min(entries);
        let start = page.cursor.unwrap_or(Cursor { offset: 0, tier, fingerprint });
        if start.fingerprint == fingerprint { Ok(start) } else { Err(Error::Cursor) }
    }

    /// At most `limit` hits from `start` on.
    fn found(&self, kind: Kind, plan: &Plan, page: &Page, start: &Cursor, limit: usize) -> Result<Vec<Hit>> {
        let end = start.offset.saturating_add(limit).min(self.searcher.num_docs() as usize);
        let ranked = !plan.words.is_empty() && page.sort == Sort::Relevance;
        let found = if start.offset >= end {
            Vec::new()
        } else if ranked {
            self.best(kind, plan, page, start, end)?
        } else {
            self.sorted(plan, page, start.offset, end)?
        };
        let hit = |(score, parts, address)| {
            let article = if kind == Kind::Claim { self.owner(address)? } else { address };
            Ok(Hit { id: self.article_id(article)?, score, parts, address })
        };
        found.into_iter().map(hit).collect()
    }

    /// Hits by score. Candidates come from the engine in its own order and are
    /// ranked anew tier by tier, so that every page agrees with those before it.
    fn best(
        &self,
        kind: Kind,
        plan: &Plan,
        page: &Page,
        cursor: &Cursor,
        end: usize,
    ) -> Result<Vec<Ordered>> {
        let (first, last) = (cursor.offset / cursor.tier, (end - 1) / cursor.tier);
        let (from, to) = (first * cursor.tier, (last + 1) * cursor.tier);
        let statistics = KindStatistics::new(&self.searcher, &self.index.fields, kind)?;
        let candidates =
            self.searcher.search_with_statistics_provider(&plan.query, &Best::of(to), &statistics)?;
        let candidates = candidates.get(from..).unwrap_or_default();
        let scorer =
            Scorer::new(&self.searcher, &self.index.fields, kind, &self.ranking, &plan.words, page.recency)?
                .explaining(page.explains);
        let mut ranked = Vec::with_capacity(candidates.len());
        for tier in candidates.chunks(cursor.tier) {
            ranked.extend(scorer.rank(tier.to_vec())?);
        }
        if page.ascending {
            ranked.reverse();
        }
        let of_page = ranked.into_iter().skip(cursor.offset - from).take(end - cursor.offset);
        Ok(of_page.map(|Scored { score, address, parts }| (Some(score), parts, address)).collect())
    }

    /// Hits by a column.
    fn sorted(&self, plan: &Plan, page: &Page, offset: usize, end: usize) -> Result<Vec<Ordered>> {
        let order = if page.ascending { Order::Asc } else { Order::Desc };
        let top = || TopDocs::with_limit(end - offset).and_offset(offset);
        let addresses: Vec<DocAddress> = if page.sort == Sort::Value {
            let found =
                self.searcher.search(&plan.query, &top().order_by_fast_field::<f64>("least", order))?;
            found.into_iter().map(|(_, address)| address).collect()
        } else {
            let found =
                self.searcher.search(&plan.query, &top().order_by_fast_field::<i64>("published", order))?;
            found.into_iter().map(|(_, address)| address).collect()
        };
        Ok(addresses.into_iter().map(|address| (None, Vec::new(), address)).collect())
    }

    /// What a cursor belongs to.
    fn fingerprint(&self, query: &Query, page: &Page) -> u32 {
        let mut hasher = FxHasher::default();
        format!("{:?}", query.root).hash(&mut hasher);
        (page.sort as u8, page.ascending, page.recency.map(f32::to_bits)).hash(&mut hasher);
        for segment in self.searcher.segment_readers() {
            (segment.segment_id().uuid_string(), segment.num_docs()).hash(&mut hasher);
        }
        hasher.finish() as u32
    }

    /// The article with this identifier.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn article(&self, id: &str) -> Result<Option<Stored>> {
        let address = self.index.address(&self.searcher, id)?;
        address.map(|address| self.stored(address)).transpose()
    }

    /// A hit's document and record.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn open(&self, hit: &Hit) -> Result<Stored> {
        self.stored(hit.address)
    }

    fn stored(&self, address: DocAddress) -> Result<Stored> {
        self.index.stored(&self.searcher, address)
    }

    /// A hit's document alone, which is read much faster.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn document(&self, hit: &Hit) -> Result<Document> {
        self.index.document(&self.searcher, hit.address)
    }

    /// The documents of some hits with their best passages, in their order;
    /// half of them are read on another thread.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn passages(&mut self, hits: &[Hit], wanted: &Wanted) -> Result<Vec<(Document, Snippet)>> {
        let Self { index, searcher, analyzer, second, .. } = self;
        let (index, searcher) = (*index, &*searcher);
        let read = |hits: &[Hit], analyzer: &mut Analyzer| -> Result<Vec<_>> {
            let passage = |hit: &Hit| {
                let document = index.document(searcher, hit.address)?;
                let snippet = snippet::snippet(&document.text, wanted, analyzer);
                Ok((document, snippet))
            };
            hits.iter().map(passage).collect()
        };
        let (some, others) = hits.split_at(hits.len().div_ceil(2));
        std::thread::scope(|scope| {
            let beside = (!others.is_empty()).then(|| scope.spawn(|| read(others, second)));
            let mut passages = read(some, analyzer)?;
            if let Some(beside) = beside {
                passages.extend(beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(passages)
        })
    }

    /// The claim that a hit is, with its article.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn claim(&self, hit: &Hit) -> Result<ClaimHit> {
        let claim = hit.address;
        let owner = self.owner(claim)?;
        let number = (claim.doc_id - owner.doc_id).checked_sub(1);
        let number = number.ok_or_else(|| damaged(self.index, "a claim has no number"))? as usize;
        let article = self.stored(owner)?;
        if number >= article.record.claims.len() {
            return Err(damaged(self.index, "a claim is not in its article's record"));
        }
        Ok(ClaimHit { article, number })
    }

    /// The best passage of `text` for what was searched.
    pub fn snippet(&mut self, text: &str, wanted: &Wanted) -> Snippet {
        snippet::snippet(text, wanted, &mut self.analyzer)
    }

    /// The whole of `text` with what was searched marked.
    pub fn snippet_whole(&mut self, text: &str, wanted: &Wanted) -> Snippet {
        snippet::whole(text, wanted, &mut self.analyzer)
    }

    /// The entry of the article that a claim belongs to.
    fn owner(&self, address: DocAddress) -> Result<DocAddress> {
        let claims = Claims::of(self.searcher.segment_reader(address.segment_ord))?;
        let owner = claims.and_then(|claims| claims.owner(address.doc_id));
        Ok(owner.map_or(address, |article| DocAddress::new(address.segment_ord, article)))
    }

    /// The identifier of the article of which this is the entry.
    fn article_id(&self, address: DocAddress) -> Result<String> {
        let column = self.ids.column(&self.searcher, address.segment_ord)?;
        let column = column.ok_or_else(|| damaged(self.index, "the column of identifiers is missing"))?;
        let mut id = String::new();
        let ord = column.ords().first(address.doc_id);
        let ord = ord.ok_or_else(|| damaged(self.index, "an entry has no identifier"))?;
        column.ord_to_str(ord, &mut id).map_err(|e| Error::damaged(self.index.path(), e))?;
        Ok(id)
    }

    /// What is marked: the terms of the query's words with their rarity.
    fn wanted(&self, words: &[Ranked]) -> Result<Wanted> {
        let documents = self.searcher.num_docs().max(1) as f32;
        let fields = &self.index.fields;
        let mut wanted = Wanted::default();
        for (number, word) in words.iter().enumerate() {
            let rarity = |field, text: &String| -> Result<(usize, f32)> {
                let frequency = self.searcher.doc_freq(&Term::from_field_text(field, text))? as f32;
                Ok((number, (1.0 + documents / (1.0 + frequency)).ln() * word.weight))
            };
            if !word.letters {
                for stem in &word.stems {
                    wanted.stems.entry(stem.clone()).or_insert(rarity(fields.stems, stem)?);
                }
            }
            // In any other case the stems have marked the forms already.
            if word.letters || word.equal {
                for form in &word.forms {
                    wanted.forms.entry(form.clone()).or_insert(rarity(fields.words, form)?);
                }
            }
        }
        Ok(wanted)
    }
}

/// The columns of identifiers, each opened once: that takes longer than reading
/// those of a page.
#[derive(Debug)]
struct Ids(Vec<OnceCell<Option<StrColumn>>>);

impl Ids {
    fn of(searcher: &Searcher) -> Self {
        Self(searcher.segment_readers().iter().map(|_| OnceCell::new()).collect())
    }

    fn column(&self, searcher: &Searcher, segment: SegmentOrdinal) -> Result<Option<&StrColumn>> {
        let cell = &self.0[segment as usize];
        if cell.get().is_none() {
            let _ = cell.set(searcher.segment_reader(segment).fast_fields().str("id")?);
        }
        Ok(cell.get().and_then(Option::as_ref))
    }
}

/// A hit before it is looked up.
type Ordered = (Option<f32>, Vec<Part>, DocAddress);

fn damaged(index: &Index, detail: &str) -> Error {
    Error::damaged(index.path(), detail)
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
        let entry = writer.preparer().prepare(document, &text, record);
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
        let query = Query::parse(query, Kind::Article).expect("reads");
        let hits = Search::new(&index).find(&query, &Page::first(10)).expect("searched");
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
        let hits = search.find(&Query::words("350", Kind::Article), &Page::first(5)).expect("searched");
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
        let hits =
            search.find(&Query::words("المدارس مدرسة", Kind::Claim), &Page::first(5)).expect("searched");
        let found = search.claim(&hits.best[0]).expect("has its article");
        assert_eq!(found.article.record.claims[found.number].surface, "12");
    }
}
