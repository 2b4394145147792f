//! From a query to what the engine is asked: terms and columns of the index,
//! the words that hits are ranked by, and the words that the index lacks.

use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query as TantivyQuery};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::analyzer::{Analyzer, Word, exact_term, is_stop_word};
use super::clause::{Found, Look, all, boosted, columns, flatten, silent, term, within};
use super::duplicates::Near;
use super::error::{Error, Result};
use super::fields::{Place, Weighted};
use super::query::range::Amounts;
use super::query::{Asks, Demand, Leaf, Node, Query, QueryError};
use super::refusal::Refusal;
use super::schema::{Fields, Kind};
use super::vocabulary::{self, Known};
use crate::normalize::{Text, normalize};

/// A word of the query that entries are ranked by.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Its stems, the likeliest first.
    pub stems: Vec<String>,
    /// Its folded forms.
    pub forms: Vec<String>,
    /// Whether all of these are equally the word, as with `*` and `~`; what is
    /// rare among them is then worth no more than the rest.
    pub equal: bool,
    /// How much it counts beside the others.
    pub weight: f32,
    /// Whether only its forms are marked in the text, not its stems.
    pub letters: bool,
}

/// A word of the query that the index does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The word, or the value of a field, as the index would have it.
    pub word: String,
    /// Where it stands in the query, in characters from 1.
    pub at: usize,
    /// Where it was looked for, and what stands before it there.
    pub(super) field: Field,
    pub(super) before: &'static str,
}

/// What the engine is asked.
pub struct Plan {
    /// Which entries match.
    pub query: Box<dyn TantivyQuery>,
    /// What they are ranked by.
    pub words: Vec<Ranked>,
    /// Words that nothing matches.
    pub unknown: Vec<Unknown>,
}

/// Gives the words that tell most about an article.
pub type Telling<'a> = dyn Fn(&str, &mut Analyzer) -> Result<Option<Vec<Ranked>>> + 'a;

/// Gives the articles that nearly repeat an article.
pub type Duplicates<'a> = dyn Fn(&str) -> Result<Option<Vec<Near>>> + 'a;

/// What plans are made with.
pub struct Planner<'a> {
    /// The state of the index.
    pub searcher: &'a Searcher,
    /// Its fields.
    pub fields: &'a Fields,
    /// From words to terms.
    pub analyzer: &'a mut Analyzer,
    /// The words of the article with an identifier, the most telling first.
    pub telling: &'a Telling<'a>,
    /// The articles that nearly repeat the one with an identifier.
    pub duplicates: &'a Duplicates<'a>,
}

/// How much the counted noun outweighs the rest of its sentence.
const NOUN: f32 = 2.0;
/// Most words with a prefix, or nearly spelled so, that hits are ranked by.
/// All of them are found.
const MOST_RANKED: usize = 24;
/// Most ways to read a phrase whose words have several stems.
const MOST_PHRASES: usize = 16;
/// Most words of a query.
const MOST_WORDS: usize = 1000;
/// One in so many of the telling words must be in an article that resembles another.
const SHARED: usize = 8;

/// A part of the engine's query and whether it must match.
type Part = (Occur, Found);

impl Planner<'_> {
    /// Plans a search.
    ///
    /// # Errors
    /// When a part of the query has nothing to look for or the index is damaged.
    pub fn plan(self, query: &Query) -> Result<Plan> {
        let only_stop_words = !says_something(&query.root, self.analyzer);
        let mut making = Making {
            with: self,
            kind: query.kind,
            words: Vec::new(),
            unknown: Vec::new(),
            only_stop_words,
            seen: 0,
            refused: false,
        };
        let found = making.node(&query.root, Demand::Should)?;
        let found = found.ok_or_else(|| QueryError::new(0, "it asks for no word"))?;
        Ok(Plan { query: found, words: distinct(making.words), unknown: making.unknown })
    }
}

/// A plan while it is made.
struct Making<'a> {
    with: Planner<'a>,
    kind: Kind,
    words: Vec<Ranked>,
    unknown: Vec<Unknown>,
    only_stop_words: bool,
    /// Words so far.
    seen: usize,
    /// Inside something that must not match.
    refused: bool,
}

impl Making<'_> {
    fn node(&mut self, node: &Node, demand: Demand) -> Result<Option<Found>> {
        match node {
            Node::Leaf(leaf) => self.leaf(leaf, demand),
            Node::Group(parts) => self.group(parts),
        }
    }

    fn group(&mut self, nodes: &[(Demand, Node)]) -> Result<Option<Found>> {
        let mut parts: Vec<Part> = Vec::new();
        // Whether some words must be there; otherwise one of those that may be must.
        let mut asks_words = false;
        for (demand, node) in nodes {
            let (outside, ranked) = (self.refused, self.words.len());
            self.refused |= *demand == Demand::Not;
            let found = self.node(node, *demand)?;
            self.refused = outside;
            asks_words |= *demand == Demand::Must && self.words.len() > ranked;
            let Some(found) = found else { continue };
            match demand {
                // Each term on its own, so that the engine can skip poor candidates.
                Demand::Should => parts.extend(flatten(found).into_iter().map(|q| (Occur::Should, q))),
                Demand::Must => parts.push((Occur::Must, found)),
                Demand::Not => parts.push((Occur::MustNot, Box::new(Refusal(found)))),
            }
        }
        if parts.is_empty() {
            return Ok(None);
        }
        if !asks_words && !self.refused && parts.iter().any(|(occur, _)| *occur == Occur::Must) {
            let (any, mut others): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|(occur, _)| *occur == Occur::Should);
            if !any.is_empty() {
                others.push((Occur::Must, Box::new(BooleanQuery::new(any))));
            }
            parts = others;
        }
        if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            parts.push((Occur::Must, self.everything()));
        }
        Ok(Some(Box::new(BooleanQuery::new(parts))))
    }

    fn leaf(&mut self, leaf: &Leaf, demand: Demand) -> Result<Option<Found>> {
        let place = leaf.field.and_then(|field| field.place(self.kind));
        Ok(Some(match (&leaf.asks, place) {
            (Asks::Everything, _) => self.everything(),
            (Asks::Days(days), Some(Place::Days(first, last))) => self.of_kind(within(first, last, *days)),
            (Asks::Amounts(amounts), Some(Place::Amounts(least, most))) => self.amounts(least, most, amounts),
            (Asks::Whole(id), Some(Place::Like)) => self.like(id, leaf.at)?,
            (Asks::Whole(id), Some(Place::Duplicates)) => self.duplicates(id, leaf.at)?,
            (Asks::Whole(value), Some(Place::Whole(field))) => {
                self.whole(field(self.with.fields), "", value, leaf.at)?
            }
            (Asks::Whole(value), Some(Place::Names(_, field, before))) => {
                self.whole(field(self.with.fields), before, value, leaf.at)?
            }
            (Asks::Prefix(word), place) => {
                let beginning =
                    |searcher: &Searcher, field, word: &str| vocabulary::beginning(searcher, field, word);
                self.expanded(leaf, place, word, beginning)?
            }
            (Asks::Fuzzy(word, edits), place) => {
                let near =
                    |searcher: &Searcher, field, word: &str| vocabulary::near(searcher, field, word, *edits);
                self.expanded(leaf, place, word, near)?
            }
            (Asks::Words(words), Some(place @ Place::Names(..))) => self.name(leaf, place, words)?,
            (Asks::Words(words), place) => return self.words(leaf, place, words, demand),
            (Asks::Phrase { words, slop }, place) => self.phrase(leaf, place, words, *slop)?,
            (Asks::Days(_) | Asks::Amounts(_) | Asks::Whole(_), _) => {
                return Err(QueryError::new(leaf.at, "the field does not take this").into());
            }
        }))
    }

    const fn look(&self) -> Look {
        Look::new(self.with.fields, self.kind)
    }

    /// Where words stand that no field or a field of text is named for.
    fn weighted(&self, place: Option<Place>) -> Weighted {
        let fields = self.with.fields;
        match (place, self.kind) {
            (Some(Place::Text(of) | Place::Names(of, ..)), _) => of(fields),
            (Some(Place::Letters(of)), _) => vec![(of(fields), 1.0)],
            (_, Kind::Article) => vec![(fields.stems, 1.0), (fields.title, 1.0)],
            (_, Kind::Claim) => vec![(fields.stems, 1.0), (fields.noun, NOUN)],
        }
    }

    /// The words of what is written, no more than a query may have.
    fn read<'t>(&mut self, written: &'t str, at: usize) -> Result<(Text<'t>, Vec<Word>)> {
        let text = normalize(written);
        let words = self.with.analyzer.words(&text, 0, text.tokens.len());
        self.seen += words.len();
        if self.seen > MOST_WORDS {
            return Err(QueryError::new(at, format!("more than {MOST_WORDS} words are too many")).into());
        }
        Ok((text, words))
    }

    /// Words of running text, in any form.
    fn words(
        &mut self,
        leaf: &Leaf,
        place: Option<Place>,
        written: &str,
        demand: Demand,
    ) -> Result<Option<Found>> {
        let (text, mut words) = self.read(written, leaf.at)?;
        if words.is_empty() {
            return if demand == Demand::Should { Ok(None) } else { Err(no_word(leaf)) };
        }
        let telling = words.iter().any(|word| !is_stop_word(&word.folded));
        if telling || demand == Demand::Should && !self.only_stop_words {
            words.retain(|word| !is_stop_word(&word.folded));
        }
        if let Some(Place::Letters(field)) = place {
            let (field, terms) = (field(self.with.fields), self.letters(&text, &words));
            return Ok(Some(all(terms.iter().map(|t| Box::new(term(field, t)) as Found).collect())));
        }
        let weighted = self.weighted(place);
        self.note(leaf, place, &weighted, &words)?;
        let look = self.look();
        let each: Vec<Found> = words.iter().map(|word| look.any_stem(&weighted, word)).collect();
        Ok(match demand {
            _ if each.is_empty() => None,
            Demand::Should => {
                Some(Box::new(BooleanQuery::union(each.into_iter().flat_map(flatten).collect())))
            }
            _ => Some(all(each)),
        })
    }

    /// Words of a name, all of them, or the name as it is kept whole: a code
    /// need not be a word.
    fn name(&mut self, leaf: &Leaf, place: Place, written: &str) -> Result<Found> {
        let (_, words) = self.read(written, leaf.at)?;
        let weighted = self.weighted(Some(place));
        let mut found: Vec<Found> = Vec::new();
        if let Place::Names(_, whole, before) = place
            && vocabulary::has(self.with.searcher, whole(self.with.fields), &format!("{before}{written}"))?
        {
            found.push(self.whole(whole(self.with.fields), before, written, leaf.at)?);
        } else if words.is_empty() {
            return Err(no_word(leaf));
        } else {
            self.note(leaf, Some(place), &weighted, &words)?;
        }
        if !words.is_empty() {
            let look = self.look();
            found.push(all(words.iter().map(|word| look.any_stem(&weighted, word)).collect()));
        }
        Ok(silent(Box::new(BooleanQuery::union(found))))
    }

    /// Ranks by the words and remembers those that the index lacks.
    fn note(&mut self, leaf: &Leaf, place: Option<Place>, weighted: &Weighted, words: &[Word]) -> Result<()> {
        if self.refused {
            return Ok(());
        }
        let named = matches!(place, Some(Place::Names(..)));
        let running = !named && (place.is_none() || self.kind == Kind::Article);
        for word in words {
            let mut known = false;
            for (field, stem) in weighted.iter().flat_map(|(f, _)| word.stems.iter().map(move |s| (*f, s))) {
                known = known || vocabulary::has(self.with.searcher, field, stem)?;
            }
            if !known {
                let (word, field) = if running {
                    (&word.folded, self.with.fields.words)
                } else {
                    (&word.stems[0], weighted[0].0)
                };
                self.miss(leaf.at, word, field, "");
            }
            if !named {
                self.words.push(Ranked::of(word));
            }
        }
        Ok(())
    }

    fn miss(&mut self, at: usize, word: &str, field: Field, before: &'static str) {
        self.unknown.push(Unknown { word: word.to_owned(), at: at + 1, field, before });
    }

    fn phrase(&mut self, leaf: &Leaf, place: Option<Place>, written: &str, slop: u32) -> Result<Found> {
        let (text, words) = self.read(written, leaf.at)?;
        if words.is_empty() {
            return Err(no_word(leaf));
        }
        if let Some(Place::Letters(field)) = place {
            let terms = self.letters(&text, &words);
            return Ok(self.look().phrase(field(self.with.fields), &terms, slop));
        }
        let weighted = self.weighted(place);
        self.note(leaf, place, &weighted, &words)?;
        let look = self.look();
        let each = weighted.iter().flat_map(|(field, weight)| {
            readings(&words).into_iter().map(move |stems| boosted(look.phrase(*field, &stems, slop), *weight))
        });
        let found: Found = Box::new(BooleanQuery::union(each.collect()));
        Ok(if matches!(place, Some(Place::Names(..))) { silent(found) } else { found })
    }

    /// The terms of exactly these letters; hits are ranked by them.
    fn letters(&mut self, text: &Text<'_>, words: &[Word]) -> Vec<String> {
        let exact = |word: &Word| {
            let one = word.end == word.token + 1;
            let exact = one.then(|| exact_term(text.surface(word.token), &word.folded)).flatten();
            exact.unwrap_or_else(|| word.folded.clone())
        };
        let terms: Vec<String> = words.iter().map(exact).collect();
        if !self.refused {
            self.words.extend(words.iter().zip(&terms).map(|(word, term)| Ranked {
                forms: vec![term.clone()],
                letters: true,
                ..Ranked::of(word)
            }));
        }
        terms
    }

    /// Words that `expand` finds in the index, as they stand and as stems.
    fn expanded(
        &mut self,
        leaf: &Leaf,
        place: Option<Place>,
        written: &str,
        expand: impl Fn(&Searcher, Field, &str) -> Result<Vec<Known>>,
    ) -> Result<Found> {
        let text = normalize(written);
        let words = self.with.analyzer.words(&text, 0, text.tokens.len());
        let [word] = words.as_slice() else {
            return Err(QueryError::new(leaf.at, "a single word is wanted before * or ~").into());
        };
        let fields = self.with.fields;
        let mut terms = Vec::new();
        let mut forms = Vec::new();
        if self.kind == Kind::Article && matches!(place, None | Some(Place::Letters(_))) {
            forms = expand(self.with.searcher, fields.words, &word.folded)?;
            terms.extend(forms.iter().map(|k| Term::from_field_text(fields.words, &k.term)));
        }
        let mut stems: Vec<Known> = Vec::new();
        if !matches!(place, Some(Place::Letters(_))) {
            for (field, _) in self.weighted(place) {
                for bare in bare_forms(word) {
                    let found = expand(self.with.searcher, field, bare)?;
                    terms.extend(found.iter().map(|k| Term::from_field_text(field, &k.term)));
                    stems.extend(found);
                }
            }
        }
        if terms.is_empty() {
            self.miss(leaf.at, &word.folded, fields.words, "");
            return Ok(Box::new(EmptyQuery));
        }
        if !self.refused && !matches!(place, Some(Place::Names(..))) {
            let most = |known: Vec<Known>| {
                let mut known: Vec<_> = known.into_iter().map(|k| k.term).collect();
                known.dedup();
                known.truncate(MOST_RANKED);
                known
            };
            stems.sort_by_key(|known| std::cmp::Reverse(known.entries));
            self.words.push(Ranked {
                stems: most(stems),
                forms: most(forms),
                equal: true,
                weight: 1.0,
                letters: false,
            });
        }
        Ok(self.look().any_term(terms))
    }

    fn whole(&mut self, field: Field, before: &'static str, value: &str, at: usize) -> Result<Found> {
        let name = format!("{before}{}", value.trim());
        if !vocabulary::has(self.with.searcher, field, &name)? {
            self.miss(at, value.trim(), field, before);
        }
        Ok(self.of_kind(silent(Box::new(term(field, &name)))))
    }

    fn amounts(&self, least: &'static str, most: &'static str, amounts: &Amounts) -> Found {
        let (from, to) = (amounts.from, amounts.to);
        let reaches = move |least: f64, most: f64| {
            from.is_none_or(|(from, inside)| most > from || inside && most >= from)
                && to.is_none_or(|(to, inside)| least < to || inside && least <= to)
        };
        let found = columns(least, most, reaches);
        match &amounts.unit {
            Some(unit) => all(vec![found, silent(Box::new(term(self.with.fields.unit, unit)))]),
            None => found,
        }
    }

    fn like(&mut self, id: &str, at: usize) -> Result<Found> {
        let telling = (self.with.telling)(id, self.with.analyzer)?;
        let telling = telling.ok_or_else(|| no_article(id, at))?;
        if telling.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        let fields = self.with.fields;
        let shared = telling.len().div_ceil(SHARED);
        let each = telling.iter().map(|word| -> Part {
            (Occur::Should, boosted(Box::new(term(fields.stems, &word.stems[0])), word.weight))
        });
        let some = BooleanQuery::with_minimum_required_clauses(each.collect(), shared);
        let itself = term(fields.id, id);
        self.words.extend(telling);
        Ok(Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(some)),
            (Occur::MustNot, Box::new(Refusal(Box::new(itself)))),
        ])))
    }

    fn duplicates(&self, id: &str, at: usize) -> Result<Found> {
        let near = (self.with.duplicates)(id)?.ok_or_else(|| no_article(id, at))?;
        let each =
            near.iter().map(|near| boosted(Box::new(term(self.with.fields.id, &near.id)), near.likeness));
        Ok(Box::new(BooleanQuery::union(each.collect())))
    }

    /// Every entry of the kind.
    fn everything(&self) -> Found {
        silent(Box::new(term(self.with.fields.kind, self.kind.name())))
    }

    /// Those that are of the kind, where a column belongs to both.
    fn of_kind(&self, found: Found) -> Found {
        all(vec![self.everything(), found])
    }
}

fn no_article(id: &str, at: usize) -> QueryError {
    QueryError::new(at, format!("the index has no article {id:?}"))
}

impl Ranked {
    /// A word in any form.
    pub fn of(word: &Word) -> Self {
        Self {
            stems: word.stems.to_vec(),
            forms: vec![word.folded.clone()],
            equal: false,
            weight: 1.0,
            letters: false,
        }
    }
}

fn no_word(leaf: &Leaf) -> Error {
    QueryError::new(leaf.at, "there is no word in it").into()
}

/// Whether a part of the query that need not match has more than stop words,
/// or another part must match anyway.
fn says_something(node: &Node, analyzer: &mut Analyzer) -> bool {
    match node {
        Node::Leaf(Leaf { asks: Asks::Words(words), .. }) => {
            let text = normalize(words);
            analyzer.words(&text, 0, text.tokens.len()).iter().any(|w| !is_stop_word(&w.folded))
        }
        Node::Leaf(_) => true,
        Node::Group(parts) => parts.iter().any(|(demand, node)| match demand {
            Demand::Must => true,
            Demand::Not => false,
            Demand::Should => says_something(node, analyzer),
        }),
    }
}

/// The query's words, each once.
fn distinct(words: Vec<Ranked>) -> Vec<Ranked> {
    let mut kept: Vec<Ranked> = Vec::with_capacity(words.len());
    for word in words {
        let same = |k: &Ranked| k.stems.first() == word.stems.first() && k.letters == word.letters;
        if !kept.iter().any(same) || word.equal {
            kept.push(word);
        }
    }
    kept
}

/// The word that stems are expanded from: as it stands, and without an article.
fn bare_forms(word: &Word) -> impl Iterator<Item = &str> {
    let bare = word.folded.strip_prefix("ال").filter(|rest| rest.chars().count() > 1);
    std::iter::once(word.folded.as_str()).chain(bare)
}

/// Every way to read words that have several stems, the likeliest first.
fn readings(words: &[Word]) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    for word in words {
        let room = word.stems.len() * all.len() <= MOST_PHRASES;
        let stems = if room { &word.stems[..] } else { &word.stems[..1] };
        all = all
            .iter()
            .flat_map(|begun| {
                stems.iter().map(move |stem| begun.iter().copied().chain([stem.as_str()]).collect())
            })
            .collect();
    }
    all
}
