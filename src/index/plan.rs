//! From a query to what the engine is asked: terms of the fields, the words
//! that are ranked by, and the stems that are marked in the text.

use std::ops::Range;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::analyzer::{Analyzer, Word, exact_term, is_stop_word};
use super::query::{Clause, Demand, Query, QueryError, Scope};
use super::schema::Fields;
use crate::normalize::{Text, normalize};

/// A word of the query that articles are ranked by.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// Its stems, the likeliest first.
    pub stems: Vec<String>,
    /// The folded word.
    pub folded: String,
}

/// What the engine is asked.
pub struct Plan {
    /// Which entries match.
    pub query: Box<dyn TantivyQuery>,
    /// What they are ranked by.
    pub words: Vec<Ranked>,
}

/// How much a stem that is only possible counts beside the likeliest, in
/// choosing candidates.
const POSSIBLE: f32 = 0.5;
/// How much the counted noun outweighs the rest of its sentence.
const NOUN: f32 = 2.0;

/// One part of the engine's query.
type Part = (Occur, Box<dyn TantivyQuery>);

/// Plans a search of articles.
///
/// # Errors
/// When a clause has nothing to look for.
pub fn articles(query: &Query, fields: &Fields, analyzer: &mut Analyzer) -> Result<Plan, QueryError> {
    plan(query, analyzer, &mut |clause, text, words| match clause.scope {
        Scope::Anywhere => Ok(within(&[(fields.stems, 1.0), (fields.title, 1.0)], clause, words)),
        Scope::Body => Ok(within(&[(fields.stems, 1.0)], clause, words)),
        Scope::Exact => Ok(exact(fields.words, clause, text, words)),
        Scope::Title => Ok(within(&[(fields.title, 1.0)], clause, words)),
        Scope::Source => Ok(all_within(fields.source, clause, words)),
        Scope::Person => Ok(all_within(fields.person, clause, words)),
        Scope::Org => Ok(all_within(fields.org, clause, words)),
        Scope::Place => Ok(all_within(fields.place, clause, words)),
        Scope::Event => Ok(all_within(fields.event, clause, words)),
        Scope::Mentions => Ok(whole(fields.mentions, &clause.text)),
    })
}

/// Plans a search of claims.
///
/// # Errors
/// When a clause has nothing to look for or names a field that claims lack.
pub fn claims(query: &Query, fields: &Fields, analyzer: &mut Analyzer) -> Result<Plan, QueryError> {
    let sentence = [(fields.sentence, 1.0), (fields.noun, NOUN)];
    plan(query, analyzer, &mut |clause, _, words| match clause.scope {
        Scope::Anywhere | Scope::Body => Ok(within(&sentence, clause, words)),
        Scope::Source => Ok(all_within(fields.said_by, clause, words)),
        Scope::Person | Scope::Org => {
            Ok(within(&[(fields.actor, 1.0), (fields.said_by, 1.0)], clause, words))
        }
        Scope::Place => Ok(all_within(fields.where_, clause, words)),
        Scope::Exact | Scope::Title | Scope::Event | Scope::Mentions => Err(QueryError {
            at: clause.at + 1,
            reason: "claims have the fields body, source, person, org and place".to_owned(),
        }),
    })
}

/// Makes one clause's part of the engine's query.
type Translate<'f> = dyn FnMut(&Clause, &Text<'_>, &[Word]) -> Result<Box<dyn TantivyQuery>, QueryError> + 'f;

fn plan(query: &Query, analyzer: &mut Analyzer, translate: &mut Translate<'_>) -> Result<Plan, QueryError> {
    let mut parts: Vec<Part> = Vec::new();
    let mut ranked = Vec::new();
    let only_stop_words = !says_something(query, analyzer);
    for clause in &query.clauses {
        let text = normalize(&clause.text);
        let mut words = analyzer.words(&text, 0, text.tokens.len());
        if words.is_empty() {
            if clause.demand == Demand::Should {
                continue;
            }
            return Err(QueryError { at: clause.at + 1, reason: "there is no word in it".to_owned() });
        }
        if clause.demand == Demand::Should && !only_stop_words {
            words.retain(|word| !is_stop_word(&word.folded));
        }
        if clause.demand != Demand::Not && ranks(clause.scope) {
            ranked.extend(words.iter().map(|w| Ranked { stems: w.stems.to_vec(), folded: w.folded.clone() }));
        }
        if clause.demand == Demand::Should && !clause.phrase {
            // Each word on its own, so that the engine can skip poor candidates.
            for word in words {
                let part = translate(clause, &text, std::slice::from_ref(&word))?;
                parts.extend(flatten(part).into_iter().map(|q| (Occur::Should, q)));
            }
        } else {
            let occur = if clause.demand == Demand::Not { Occur::MustNot } else { Occur::Must };
            parts.push((occur, translate(clause, &text, &words)?));
        }
    }
    if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        return Err(QueryError { at: 1, reason: "it asks for no word".to_owned() });
    }
    Ok(Plan { query: Box::new(BooleanQuery::new(parts)), words: distinct(ranked) })
}

/// Whether words looked for there say something about the text's subject.
const fn ranks(scope: Scope) -> bool {
    matches!(scope, Scope::Anywhere | Scope::Body | Scope::Exact | Scope::Title)
}

/// Whether a part of the query that need not match has more than stop words,
/// or another part must match anyway.
fn says_something(query: &Query, analyzer: &mut Analyzer) -> bool {
    query.clauses.iter().any(|clause| match clause.demand {
        Demand::Must => true,
        Demand::Not => false,
        Demand::Should => {
            let text = normalize(&clause.text);
            analyzer.words(&text, 0, text.tokens.len()).iter().any(|w| !is_stop_word(&w.folded))
        }
    })
}

/// The query's words, each once.
fn distinct(words: Vec<Ranked>) -> Vec<Ranked> {
    let mut kept: Vec<Ranked> = Vec::with_capacity(words.len());
    for word in words {
        if !kept.iter().any(|k| k.stems[0] == word.stems[0]) {
            kept.push(word);
        }
    }
    kept
}

/// The alternatives of a disjunction, so that they stand beside others.
fn flatten(query: Box<dyn TantivyQuery>) -> Vec<Box<dyn TantivyQuery>> {
    match query.downcast_ref::<BooleanQuery>() {
        Some(any) if any.clauses().iter().all(|(occur, _)| *occur == Occur::Should) => {
            any.clauses().iter().map(|(_, q)| q.box_clone()).collect()
        }
        _ => vec![query],
    }
}

fn term(field: Field, text: &str) -> TermQuery {
    TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs)
}

/// The words of a clause in any form: a phrase in order, otherwise all of them.
fn within(fields: &[(Field, f32)], clause: &Clause, words: &[Word]) -> Box<dyn TantivyQuery> {
    if clause.phrase && words.len() > 1 {
        let each = fields.iter().map(|(field, _)| phrase(*field, words.iter().map(|w| w.stems[0].as_str())));
        return Box::new(BooleanQuery::union(each.collect()));
    }
    all(words.iter().map(|word| any_stem(fields, word)).collect())
}

fn all_within(field: Field, clause: &Clause, words: &[Word]) -> Box<dyn TantivyQuery> {
    within(&[(field, 1.0)], clause, words)
}

/// One word under any of its stems in any of the fields.
fn any_stem(fields: &[(Field, f32)], word: &Word) -> Box<dyn TantivyQuery> {
    let mut parts: Vec<Box<dyn TantivyQuery>> = Vec::new();
    for (field, weight) in fields {
        for (i, stem) in word.stems.iter().enumerate() {
            let weight = if i == 0 { *weight } else { *weight * POSSIBLE };
            parts.push(Box::new(BoostQuery::new(Box::new(term(*field, stem)), weight)));
        }
    }
    Box::new(BooleanQuery::union(parts))
}

/// Exactly these letters.
fn exact(field: Field, clause: &Clause, text: &Text<'_>, words: &[Word]) -> Box<dyn TantivyQuery> {
    let one_token = |word: &Word| -> Range<usize> { word.token..word.end };
    let terms: Vec<String> = words
        .iter()
        .map(|word| {
            let exact = (one_token(word).len() == 1)
                .then(|| exact_term(text.surface(word.token), &word.folded))
                .flatten();
            exact.unwrap_or_else(|| word.folded.clone())
        })
        .collect();
    if clause.phrase && terms.len() > 1 {
        return phrase(field, terms.iter().map(String::as_str));
    }
    all(terms.iter().map(|t| Box::new(term(field, t)) as Box<dyn TantivyQuery>).collect())
}

/// A term that was not analyzed.
fn whole(field: Field, text: &str) -> Box<dyn TantivyQuery> {
    Box::new(term(field, text))
}

fn phrase<'a>(field: Field, terms: impl Iterator<Item = &'a str>) -> Box<dyn TantivyQuery> {
    Box::new(PhraseQuery::new(terms.map(|t| Term::from_field_text(field, t)).collect()))
}

fn all(mut parts: Vec<Box<dyn TantivyQuery>>) -> Box<dyn TantivyQuery> {
    if parts.len() == 1 { parts.remove(0) } else { Box::new(BooleanQuery::intersection(parts)) }
}
