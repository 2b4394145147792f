//! Short forms: «الوزارة»، «الهيئة» for the name that began with this noun in
//! a sentence before.

use rustc_hash::FxHashMap;

use super::shape::{self, goes_on, is_definite};
use super::{Card, Entity, Type, words};
use crate::extract::Reading;
use crate::lexicon::List;
use crate::normalize::clitics;

/// What this file says of itself.
pub(super) const CARD: Card = Card {
    id: "entity/short-form",
    about: "The noun of an institution alone, with the article, after a sentence that gave its whole name.",
    yes: &["أعلنت وزارة الصحة حصيلة جديدة. وقالت [الوزارة] إن الوضع مستقر."],
    no: &[
        "وقالت الوزارة إن الوضع مستقر.",
        "أعلنت وزارة الصحة حصيلة جديدة. وقالت الوزارة المعنية إن الوضع مستقر.",
    ],
};

/// The last full names by their folded noun: sentence and index.
type Names<'r> = FxHashMap<&'r str, (usize, usize)>;

/// The short forms of the organisations among `entities`, which are in order.
pub(super) fn find(reading: &Reading<'_>, entities: &[Entity]) -> Vec<Entity> {
    let mut names = Names::default();
    let mut found = Vec::new();
    let mut sentence = 0;
    let mut next = 0;
    let mut covered = 0;
    for i in 0..reading.len() {
        while reading.text.sentences.get(sentence).is_some_and(|s| s.end <= i) {
            sentence += 1;
        }
        while let Some(entity) = entities.get(next).filter(|e| e.start <= i) {
            if let Some(noun) = noun_of(reading, entity) {
                names.insert(noun, (sentence, next));
            }
            covered = covered.max(entity.end);
            next += 1;
        }
        if i >= covered
            && !names.is_empty()
            && reading.bits(i).has(List::OrganisationHead)
            && let Some(short) = short_form(reading, entities, &names, sentence, i)
        {
            found.push(short);
        }
    }
    found
}

/// The noun of an organisation's name, without article and proclitics: its
/// first word, or the one before that only introduces it.
fn noun_of<'r>(reading: &'r Reading<'_>, entity: &Entity) -> Option<&'r str> {
    if entity.kind != Type::Organisation || entity.nested_in.is_some() {
        return None;
    }
    let head = |i: usize| {
        let word = reading.folded(i);
        let heads = reading.forms(i).iter().filter(|form| form.bits.has(List::OrganisationHead));
        heads.map(|form| form.cut.stem()).max().map(|cut| bare(&word[cut..]))
    };
    let alone = entity.end == entity.start + 1;
    let before = entity.start.checked_sub(1).filter(|_| goes_on(reading, entity.start));
    head(entity.start).filter(|_| !alone).or_else(|| before.and_then(head))
}

/// A folded word without its article.
fn bare(word: &str) -> &str {
    word.strip_prefix("ال").unwrap_or(word)
}

fn short_form(
    reading: &Reading<'_>,
    entities: &[Entity],
    names: &Names<'_>,
    sentence: usize,
    i: usize,
) -> Option<Entity> {
    let word = reading.folded(i);
    let described = goes_on(reading, i + 1) && is_definite(reading, i + 1) && !shape::is_verb(reading, i + 1);
    if described || words::is(word, words::Kind::NeverHead) && !word.starts_with("ال") {
        return None;
    }
    for cut in
        clitics::cuts(word).iter().filter(|cut| cut.article == 2 || word[cut.clitics..].starts_with("ال"))
    {
        let noun = bare(&word[cut.stem()..]);
        let Some(&(said, index)) = names.get(noun).filter(|(said, _)| *said < sentence) else { continue };
        let full = &entities[index];
        if sentence - said > FARTHEST {
            return None;
        }
        let span = shape::span_after(reading, i, i + 1, cut.clitics);
        return Some(Entity {
            name: full.name.clone().or_else(|| Some(full.span.of(reading.text.raw).to_owned().into())),
            code: full.code.clone(),
            ..Entity::new(Type::Organisation, i, i + 1, span, CARD.id)
        });
    }
    None
}

/// Most sentences between a name and its short form.
const FARTHEST: usize = 12;
