//! Document memory: what a full name settles for the short mentions around
//! it, and which mentions are one entity.

use rustc_hash::FxHashMap;

use super::lists::Lists;
use super::shape::{self, goes_on};
use super::{Entity, Type};
use crate::extract::Reading;
use crate::lexicon::{Bits, List};
use crate::normalize::clitics::cuts;

/// Identifier of what the second reading finds.
pub(super) const RULE: &str = "entity/seen-before";

/// What a single word has been proven to name.
#[derive(Clone, Copy, Debug)]
struct Proof {
    /// Index of the full mention.
    entity: usize,
    kind: Type,
}

/// Finds later and earlier short mentions of the persons and of the
/// organisations and places in `entities`, which are in order.
pub(super) fn recall(reading: &Reading<'_>, entities: &[Entity]) -> Vec<Entity> {
    let proofs = proofs(reading, entities);
    if proofs.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut covered = 0;
    let mut next = entities.iter().peekable();
    for i in 0..reading.len() {
        while let Some(entity) = next.next_if(|e| e.start <= i) {
            covered = covered.max(entity.end);
        }
        if i >= covered
            && let Some(entity) = short(reading, entities, &proofs, i)
        {
            found.push(entity);
        }
    }
    found
}

/// The words that alone stand for a full mention.
fn proofs<'r>(reading: &'r Reading<'_>, entities: &[Entity]) -> FxHashMap<&'r str, Proof> {
    let mut proofs = FxHashMap::default();
    for (entity, mention) in entities.iter().enumerate() {
        let last = mention.end - 1;
        let word = reading.folded(last);
        match mention.kind {
            Type::Person if mention.end > mention.start + 1 && is_telling(reading, last) => {
                proofs.entry(word).or_insert(Proof { entity, kind: Type::Person });
            }
            Type::Location | Type::Organisation if mention.end == mention.start + 1 => {
                let from = word.len() - stem_length(reading, mention);
                proofs.entry(&word[from..]).or_insert(Proof { entity, kind: mention.kind });
            }
            _ => {}
        }
    }
    proofs
}

/// Bytes of the folded first word that belong to the mention.
fn stem_length(reading: &Reading<'_>, mention: &Entity) -> usize {
    let word = reading.folded(mention.start);
    let token = reading.span(mention.start, mention.start + 1);
    let cut = mention.span.start.saturating_sub(token.start);
    let letters = reading.surface(mention.start).get(..cut).map_or(0, |s| s.chars().filter(|&c| !crate::normalize::letters::is_silent(c)).count());
    word.char_indices().nth(letters).map_or(0, |(at, _)| word.len() - at)
}

/// Whether a word can stand for a person alone: no everyday word.
fn is_telling(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    let everyday = Bits::of(&[
        List::Given, List::Country, List::Place, List::Title, List::Noun, List::Predicate, List::Stop, List::Reporting,
        List::Nationality, List::DateWord, List::Weekday, List::Month, List::Function,
    ]);
    word.len() >= 6 && (!shape::whole(reading, i).meets(everyday) || shape::whole(reading, i).has(List::Surname))
}

fn short(reading: &Reading<'_>, entities: &[Entity], proofs: &FxHashMap<&str, Proof>, i: usize) -> Option<Entity> {
    let word = reading.folded(i);
    if word.len() < 6 || !goes_on(reading, i) && i > 0 && reading.kind(i) != Some(crate::normalize::Kind::Word) {
        return None;
    }
    for cut in cuts(word).iter().filter(|cut| cut.article == 0) {
        let Some(proof) = proofs.get(&word[cut.clitics..]) else { continue };
        if cut.clitics > 0 && !shape::whole(reading, i).is_empty() {
            continue;
        }
        let full = &entities[proof.entity];
        let span = shape::span_after(reading, i, i + 1, cut.clitics);
        return Some(Entity {
            name: full.name.clone().or_else(|| Some(full.span.of(reading.text.raw).to_owned())),
            code: full.code.clone(),
            subtype: full.subtype,
            ..Entity::new(proof.kind, i, i + 1, span, RULE)
        });
    }
    None
}

/// Gives every mention the number of its entity.
pub(super) fn identify(reading: &Reading<'_>, _lists: &Lists, entities: &mut [Entity]) {
    let mut numbers: FxHashMap<(u8, String), usize> = FxHashMap::default();
    let mut count = 0;
    for entity in entities {
        let name = entity.name.clone().unwrap_or_else(|| folded(reading, entity));
        let key = (entity.kind as u8, crate::normalize::letters::SEARCH.fold(&name));
        entity.identity = *numbers.entry(key).or_insert_with(|| {
            count += 1;
            count - 1
        });
        if entity.kind == Type::Person && entity.name.is_none() {
            entity.name = Some(entity.span.of(reading.text.raw).to_owned());
        }
    }
}

fn folded(reading: &Reading<'_>, entity: &Entity) -> String {
    entity.span.of(reading.text.raw).to_owned()
}
