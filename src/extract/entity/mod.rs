//! Entities: persons, organisations, places, group words, events and works, by
//! rules and gazetteers.

use super::{Card, Reading, Rule};
use crate::lexicon::Vocabulary;
use crate::span::Span;

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

/// The gazetteers, titles and heads.
#[derive(Debug, Default)]
pub struct Lists {}

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(_vocabulary: &mut Vocabulary) -> Self {
        Self {}
    }
}

/// The rules, in the order in which they are tried.
pub static RULES: &[Rule<Lists, Entity>] = &[];

/// The cards of the rules.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    RULES.iter().map(|rule| &rule.card)
}

/// Finds every entity, in order of its first token, the outer before the inner.
pub fn read(_reading: &Reading<'_>, _lists: &Lists) -> Vec<Entity> {
    Vec::new()
}
