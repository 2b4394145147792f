//! Entities: persons, organisations, places, group words, events and works, by
//! rules and gazetteers.

// Flow order: each module uses only those above it.
// Words that single rules ask for.
mod words;
// Foreign names by their letters.
mod letters;
// The gazetteers.
mod lists;
// What single tokens look like.
mod shape;
// Persons.
mod people;
// Countries, cities, regions, facilities.
mod places;
// Organisations.
mod organisations;
// Nationality and group words as nouns.
mod groups;
// Events and works.
mod events;
// Which candidates stand.
mod overlap;
// Short mentions, identity.
mod memory;

use super::{Card, Reading, Rule};
use crate::lexicon::Bits;
use crate::span::Span;

pub use lists::Lists;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Location,
    /// A nationality, religious or political group.
    Group,
    /// An event.
    Event,
    /// A law, work, product or the like.
    Misc,
}

/// What sort of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Subtype {
    Country,
    City,
    Region,
    Facility,
    Natural,
}

/// A mention of an entity.
#[derive(Clone, Debug)]
pub struct Entity {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// Its words, without proclitics; the article belongs to it.
    pub span: Span,
    /// What it names.
    pub kind: Type,
    /// What sort of place, for places.
    pub subtype: Option<Subtype>,
    /// The known name, where a list has it.
    pub name: Option<String>,
    /// ISO 3166 code, where a list has it.
    pub code: Option<String>,
    /// Title or office of a person, as it stands.
    pub role: Option<String>,
    /// Mentions of one entity in a document share this number, from 0.
    pub identity: usize,
    /// Index of the mention that this one stands inside.
    pub nested_in: Option<usize>,
    /// Identifier of the rule that found it.
    pub rule: &'static str,
}

impl Entity {
    /// A mention of which only type and place are known.
    fn new(kind: Type, start: usize, end: usize, span: Span, rule: &'static str) -> Self {
        Self {
            start,
            end,
            span,
            kind,
            subtype: None,
            name: None,
            code: None,
            role: None,
            identity: 0,
            nested_in: None,
            rule,
        }
    }
}

/// The rules, the stronger first: of two equally long names the earlier stands.
pub static RULES: [&Rule<Lists, Entity>; 16] = [
    &organisations::QUOTED,
    &organisations::KNOWN,
    &organisations::GATED,
    &organisations::AGENCY,
    &places::COUNTRY,
    &people::TITLED,
    &places::PLACE,
    &events::KNOWN,
    &events::EVENT,
    &places::ANNOUNCED,
    &organisations::CHAIN,
    &people::CHAIN,
    &people::NATIONAL,
    &people::SPEAKER,
    &places::GATED,
    &groups::GROUP,
];

/// The cards of the rules.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    RULES.iter().map(|rule| &rule.card)
}

/// Finds every entity, in order of its first token, the outer before the inner.
pub fn read(reading: &Reading<'_>, lists: &Lists) -> Vec<Entity> {
    let mut candidates = candidates(reading, lists);
    let first = overlap::settle(candidates.clone(), reading.len());
    let recalled = memory::recall(reading, &first);
    let mut entities = if recalled.is_empty() {
        first
    } else {
        candidates.extend(recalled.into_iter().map(|entity| (RULES.len(), entity)));
        overlap::settle(candidates, reading.len())
    };
    memory::identify(reading, &mut entities);
    entities
}

/// What each rule finds, whatever the others find.
fn candidates(reading: &Reading<'_>, lists: &Lists) -> Vec<overlap::Candidate> {
    let starts = RULES.iter().fold(Bits::NONE, |all, rule| all.or(rule.starts));
    let mut found = Vec::new();
    for i in 0..reading.len() {
        let bits = reading.bits(i);
        if !bits.meets(starts) {
            continue;
        }
        for (rank, rule) in RULES.iter().enumerate() {
            if bits.meets(rule.starts)
                && let Some(entity) = (rule.at)(reading, lists, i)
            {
                found.push((rank, entity));
            }
        }
    }
    found
}
