//! Places whose names are everyday words («فاس»، «مشهد»): proven where the
//! text names their country and the words around them announce a place.

use rustc_hash::FxHashSet;

use super::lists::Lists;
use super::places;
use super::shape::{self, goes_on};
use super::{Card, Entity, Type};
use crate::extract::Reading;
use crate::extract::reading::{Article, Found};
use crate::lexicon::List;

/// What this file says of itself.
pub(super) const CARD: Card = Card {
    id: "entity/place-by-country",
    about: "A place whose name is an everyday word, behind a preposition or joined to such a place, in a text that names its country or another place there.",
    yes: &["سافر الوفد من طهران إلى [مشهد].", "تخرج في [فاس] بالمغرب."],
    no: &["وقع الحادث في مشهد مؤلم قرب طهران.", "ضربه على رأسه بفاس."],
};

/// The places that `entities`, which are in order, prove.
pub(super) fn find(reading: &Reading<'_>, lists: &Lists, entities: &[Entity]) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::new();
    let mut countries = None;
    let mut next = entities.iter().peekable();
    let mut covered = 0;
    for i in 0..reading.len() {
        while let Some(entity) = next.next_if(|e| e.start <= i) {
            covered = covered.max(entity.end);
        }
        if i < covered || !reading.bits_with_article(i).has(List::Place) {
            continue;
        }
        let joined = found.last().is_some_and(|last| last.end == i) || ends_place(entities, i);
        let Some(place) = candidate(reading, lists, i, joined) else { continue };
        let countries = countries.get_or_insert_with(|| named_countries(reading, lists, entities));
        if countries.contains(lists.place(place.row).country()) {
            found.push(places::entity(reading, lists, List::Place, &place, CARD.id));
        }
    }
    found
}

/// Whether a place among `entities` ends just before token `i`.
fn ends_place(entities: &[Entity], i: usize) -> bool {
    let near = entities.partition_point(|e| e.start < i);
    entities[near.saturating_sub(3)..near].iter().any(|e| e.kind == Type::Location && e.end == i)
}

/// A place at `i` that stands where places stand.
fn candidate(reading: &Reading<'_>, lists: &Lists, i: usize, joined: bool) -> Option<Found> {
    let and = |f: &Found| shape::cut(reading, i, f.cut.clitics) == "و";
    let stands = |f: &Found| {
        let word = &reading.folded(i)[f.cut.clitics..];
        places::stands(reading, lists, f)
            && word.len() >= 6
            && (joined && and(f) || !word.starts_with("ال") && places::is_announced(reading, lists, f))
            && is_complete(reading, f.end)
    };
    reading.entries(List::Place, i, Article::Kept).find(stands)
}

/// Whether what stands at `i` says nothing more of a noun before it.
fn is_complete(reading: &Reading<'_>, i: usize) -> bool {
    let place = reading.bits(i).has(List::Country) || reading.bits(i).has(List::Place);
    shape::closes(reading, i) || place && goes_on(reading, i) && !shape::is_definite(reading, i)
}

/// The codes of the countries that the text names, or names a place or the
/// people of.
fn named_countries(reading: &Reading<'_>, lists: &Lists, entities: &[Entity]) -> FxHashSet<&'static str> {
    let mut countries = FxHashSet::default();
    for entity in entities.iter().filter(|e| e.kind == Type::Location) {
        let of = |list| reading.entries(list, entity.start, Article::Kept).find(|f| f.end == entity.end);
        if let Some(country) = of(List::Country) {
            countries.insert(lists.country(country.row).code());
        } else if let Some(place) = of(List::Place) {
            countries.insert(lists.place(place.row).country());
        }
    }
    for i in (0..reading.len()).filter(|&i| reading.bits(i).has(List::Nationality)) {
        let nation = reading.find(List::Nationality, i, Article::Free);
        countries.extend(nation.and_then(|f| lists.nationality(f.row).code()));
    }
    countries.remove("");
    countries
}
