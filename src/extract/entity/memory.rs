//! Document memory: what a full name settles for the short mentions around
//! it, and which mentions are one entity.

use rustc_hash::FxHashMap;

use super::shape::{self, goes_on};
use super::{Card, Entity, Type, words};
use crate::extract::Reading;
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;
use crate::normalize::clitics::cuts;
use crate::normalize::letters::{self, SEARCH};

/// Identifier of what the second reading finds.
pub(super) const RULE: &str = CARD.id;

/// What the second reading says of itself.
pub(super) const CARD: Card = Card {
    id: "entity/seen-before",
    about: "A single word that stands for a person, an organisation or a place named in full elsewhere in the text.",
    yes: &["فازت العداءة كوثر أوحدو بالسباق. ورفعت [أوحدو] علم بلادها."],
    no: &["فازت العداءة كوثر أوحدو بالسباق. ورفعت زميلتها علم بلادها."],
};

/// What a single word has been proven to name.
#[derive(Clone, Copy, Debug)]
struct Proof {
    /// Index of the full mention.
    entity: usize,
    kind: Type,
}

/// Finds later and earlier short mentions of the persons and of the
/// organisations and places in `entities`, which are in order. A surname that
/// was taken for the place of that name («الموصلي») is found too.
pub(super) fn recall(reading: &Reading<'_>, entities: &[Entity]) -> Vec<Entity> {
    let proofs = proofs(reading, entities);
    if proofs.is_empty() {
        return Vec::new();
    }
    let ends = proofs.keys().fold(0, |ends, word| ends | end_bit(word));
    let mut found = Vec::new();
    let mut covered = 0;
    let mut next = entities.iter().peekable();
    for i in 0..reading.len() {
        let mut place = false;
        while let Some(entity) = next.next_if(|e| e.start <= i) {
            place = entity.kind == Type::Location && entity.start == i && entity.end == i + 1 && i >= covered;
            covered = covered.max(entity.end);
        }
        if (i >= covered || place)
            && ends & end_bit(reading.folded(i)) != 0
            && let Some(entity) = short(reading, entities, &proofs, i)
            && (!place || entity.kind == Type::Person && !is_where(reading, &entity))
        {
            found.push(entity);
        }
    }
    found
}

/// One of 64 bits, by the last two letters of a word: what does not end as any
/// of the words that are looked for is none of them.
fn end_bit(word: &str) -> u64 {
    let end = word.bytes().rev().take(4).fold(0, |sum: u64, byte| sum * 31 + u64::from(byte));
    1 << (end % 61)
}

/// The words that alone stand for a full mention.
fn proofs<'r>(reading: &'r Reading<'_>, entities: &[Entity]) -> FxHashMap<&'r str, Proof> {
    let mut proofs = FxHashMap::default();
    for (entity, person) in entities.iter().enumerate().filter(|(_, e)| e.kind == Type::Person) {
        let last = person.end - 1;
        if person.end > person.start + 1 && is_telling(reading, last) {
            proofs.entry(reading.folded(last)).or_insert(Proof { entity, kind: Type::Person });
        }
    }
    for (entity, mention) in entities.iter().enumerate() {
        let last = mention.end - 1;
        let word = reading.folded(last);
        match mention.kind {
            Type::Location | Type::Organisation
                if mention.end == mention.start + 1 && !reading.bits(last).has(List::Nationality) =>
            {
                let from = word.len() - stem_length(reading, mention);
                proofs.entry(&word[from..]).or_insert(Proof { entity, kind: mention.kind });
            }
            _ => {}
        }
    }
    proofs
}

/// Whether a preposition of place stands before the mention.
fn is_where(reading: &Reading<'_>, mention: &Entity) -> bool {
    let written_on = stem_length(reading, mention) < reading.folded(mention.start).len();
    written_on && reading.folded(mention.start).contains('ب')
        || mention.start > 0 && words::is(reading.folded(mention.start - 1), words::Kind::BeforePlace)
}

/// Bytes of the folded first word that belong to the mention.
fn stem_length(reading: &Reading<'_>, mention: &Entity) -> usize {
    let word = reading.folded(mention.start);
    let token = reading.span(mention.start, mention.start + 1);
    let cut = mention.span.start.saturating_sub(token.start);
    let letters = reading
        .surface(mention.start)
        .get(..cut)
        .map_or(0, |s| s.chars().filter(|&c| !letters::is_silent(c)).count());
    word.char_indices().nth(letters).map_or(0, |(at, _)| word.len() - at)
}

/// Whether a word can stand for a person alone: no everyday word.
fn is_telling(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    let everyday = Bits::of(&[
        List::Given,
        List::Country,
        List::Title,
        List::Noun,
        List::Predicate,
        List::Stop,
        List::Reporting,
        List::Nationality,
        List::DateWord,
        List::Weekday,
        List::Month,
        List::Function,
    ]);
    let bound = shape::whole(reading, i).has(List::Particle)
        || i > 0 && shape::whole(reading, i - 1).has(List::Particle)
        || reading.is(i, &["الله", "الدين"]);
    let whole = shape::whole(reading, i);
    let place = whole.has(List::Place) && !shape::is_nisba(word);
    word.len() >= 6 && !bound && !place && !whole.meets(everyday) && !shape::is_ordinary(reading, word)
}

fn short(
    reading: &Reading<'_>,
    entities: &[Entity],
    proofs: &FxHashMap<&str, Proof>,
    i: usize,
) -> Option<Entity> {
    let word = reading.folded(i);
    if word.len() < 6 || !goes_on(reading, i) && i > 0 && reading.kind(i) != Some(Kind::Word) {
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
            name: full.name.clone().or_else(|| Some(full.span.of(reading.text.raw).to_owned().into())),
            code: full.code.clone(),
            subtype: full.subtype,
            ..Entity::new(proof.kind, i, i + 1, span, RULE)
        });
    }
    None
}

/// The numbers of the entities that a text has named so far.
#[derive(Debug, Default)]
pub struct Identities {
    /// By type and folded name.
    numbers: FxHashMap<String, usize>,
    count: usize,
}

impl Identities {
    /// Forgets the names where they are more than `most`; numbers go on.
    pub(in crate::extract) fn keep(&mut self, most: usize) {
        if self.numbers.len() > most {
            self.numbers.clear();
        }
    }
}

/// Gives every mention the number of its entity: that of its canonical name,
/// of the person whose last name it is, or of the name in brackets beside it.
pub(super) fn identify(reading: &Reading<'_>, entities: &mut [Entity], known: &mut Identities) {
    let surnames = surnames(reading, entities);
    for i in 0..entities.len() {
        if entities[i].kind == Type::Person && entities[i].name.is_none() {
            let alone = entities[i].end == entities[i].start + 1;
            let full = alone.then(|| surnames.get(name_of(reading, &entities[i]).as_str())).flatten();
            let named = full.map_or(&entities[i], |&full| &entities[full]);
            entities[i].name = Some(named.span.of(reading.text.raw).to_owned().into());
        }
    }
    let Identities { numbers, count } = known;
    let mut key = String::new();
    for i in 0..entities.len() {
        key.clear();
        write_key(reading, &entities[i], &mut key);
        let alias = alias_of(reading, entities, i);
        let known = numbers.get(key.as_str()).copied();
        let number = alias.map(|full| entities[full].identity).or(known).unwrap_or_else(|| {
            *count += 1;
            *count - 1
        });
        entities[i].identity = number;
        if known.is_none() {
            numbers.insert(key.clone(), number);
        }
    }
}

/// Writes what all mentions of an entity share: its type and the folded
/// canonical name, or the folded words where none is known.
fn write_key(reading: &Reading<'_>, entity: &Entity, key: &mut String) {
    key.push(char::from(entity.kind as u8));
    SEARCH.fold_into(entity.name.as_deref().unwrap_or(entity.span.of(reading.text.raw)), key);
}

fn name_of(reading: &Reading<'_>, entity: &Entity) -> String {
    SEARCH.fold(entity.span.of(reading.text.raw))
}

/// The first full mention of each person, by its last word.
fn surnames<'r>(reading: &'r Reading<'_>, entities: &[Entity]) -> FxHashMap<&'r str, usize> {
    let mut surnames = FxHashMap::default();
    let people = entities.iter().enumerate().filter(|(_, e)| e.kind == Type::Person && e.end > e.start + 1);
    for (i, person) in people {
        surnames.entry(reading.folded(person.end - 1)).or_insert(i);
    }
    surnames
}

/// The mention just before the brackets in which mention `i` stands alone:
/// «منظمة التحرير الفلسطينية (فتح)» says two names of one thing only where
/// both are of one type and the bracketed one is an abbreviation.
fn alias_of(reading: &Reading<'_>, entities: &[Entity], i: usize) -> Option<usize> {
    let alias = &entities[i];
    let open = alias.start.checked_sub(1)?;
    let bracketed = reading.surface(open) == "(" && reading.surface(alias.end) == ")";
    if !bracketed || alias.kind == Type::Location {
        return None;
    }
    let near = i.saturating_sub(4)..i;
    let before = near.rev().find(|&j| entities[j].end == open && entities[j].kind == alias.kind)?;
    let differ =
        entities[before].name.is_some() && alias.name.is_some() && entities[before].name != alias.name;
    (!differ).then_some(before)
}
