//! From a normalized text to findings: numbers and units, dates, entities and
//! claims, and the links between them.
//!
//! Total and pure. Numbers and units are read once and shared; the families
//! `date`, `entity` and `claim` do not know one another, and only [`settle`]
//! knows them all.

// Flow order: each module uses only those above it.
// What a number says.
pub mod amount;
// A text with its words looked up.
pub mod reading;
// What every rule has.
pub mod rule;
// Numbers: digits, words, fractions, ranges.
pub mod number;
// Units of measure and currencies.
pub mod unit;
// Dates, times, durations, sets.
pub mod date;
// Persons, organisations, places, events.
pub mod entity;
// What a number is said of, by whom, when.
pub mod claim;
// Overlaps and links between the families.
pub mod settle;
// Which words make a claim what it is.
pub mod explain;
// A text that is too long to be read at once.
pub mod stretch;

use std::sync::Arc;

use crate::lemma::Lemmas;
use crate::lexicon::{Vocabulary, VocabularyBuilder};
use crate::normalize::Text;
use crate::span::Span;

pub use entity::Identities;
pub use entity::user::{Origin, UserLexicon};
pub use reading::Reading;
pub use rule::{Card, Rule};

/// Every list that extraction uses, looked up through one vocabulary.
#[derive(Debug)]
pub struct Lexicons {
    /// All words of all lists.
    pub vocabulary: Vocabulary,
    /// Nouns with lemma and plurals.
    pub lemmas: Lemmas,
    /// Number words.
    pub numbers: number::Lists,
    /// Units and currencies.
    pub units: unit::Lists,
    /// Months, weekdays, words of the date grammar.
    pub dates: date::Lists,
    /// Gazetteers, titles, heads.
    pub entities: entity::Lists,
    /// Comparators, reporting verbs, predicates and other cues.
    pub claims: claim::Lists,
    /// Where the users' lists laid over them come from.
    pub users: Arc<[Origin]>,
}

impl Lexicons {
    /// The built-in lists.
    pub fn builtin() -> Self {
        Self::with(&[])
    }

    /// The built-in lists with users' lists laid over them; of two the later counts.
    pub fn with(users: &[UserLexicon]) -> Self {
        let mut vocabulary = VocabularyBuilder::default();
        let numbers = number::Lists::load(&mut vocabulary);
        let units = unit::Lists::load(&mut vocabulary);
        let dates = date::Lists::load(&mut vocabulary);
        let mut entities = entity::Lists::load(&mut vocabulary);
        entities.add_user(&mut vocabulary, users);
        Self {
            numbers,
            units,
            dates,
            entities,
            claims: claim::Lists::load(&mut vocabulary),
            lemmas: Lemmas::builtin(),
            users: users.iter().map(|user| user.origin.clone()).collect(),
            vocabulary: vocabulary.build(),
        }
    }
}

/// A part of the text that a finding points to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// Where it stands.
    pub span: Span,
    /// Its words as they stand.
    pub surface: String,
}

impl Quote {
    /// Quotes `span` of `text`.
    pub fn of(text: &Text<'_>, span: Span) -> Self {
        Self { span, surface: span.of(text.raw).to_owned() }
    }
}

/// All that was found in one text. Links are indices into these lists.
#[derive(Debug, Default)]
pub struct Findings {
    /// In order of their place in the text.
    pub claims: Vec<claim::Claim>,
    /// In order of their place in the text.
    pub dates: Vec<date::DateMention>,
    /// In order of their place in the text.
    pub entities: Vec<entity::Entity>,
    /// Contradictions found in the text, in plain words.
    pub warnings: Vec<String>,
    /// The users' lists that had a part in it.
    pub users: Arc<[Origin]>,
    /// What the text goes on from, where it is a stretch of a longer one.
    pub before: Before,
}

/// What was found in a text before a stretch of it, in numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// Bytes of text.
    pub bytes: usize,
    /// Claims.
    pub claims: usize,
    /// Dates.
    pub dates: usize,
    /// Entities.
    pub entities: usize,
}

/// Extracts everything from `text`. `published` is the document's date (ISO
/// 8601), from which relative dates count; without it they stay unresolved.
///
/// ```
/// use ghirbal::{extract::{extract, Lexicons}, normalize::normalize};
/// let text = normalize("أُفرج عن أكثر من 350 أسيرًا.");
/// let found = extract(&text, &Lexicons::builtin(), None);
/// assert_eq!(found.claims[0].number.surface, "350");
/// ```
pub fn extract(text: &Text<'_>, lexicons: &Lexicons, published: Option<&str>) -> Findings {
    extract_after(Before::default(), &mut Identities::default(), text, lexicons, published)
}

/// The same for a stretch of a text, of which this was found before it and
/// these entities are known.
fn extract_after(
    before: Before,
    known: &mut Identities,
    text: &Text<'_>,
    lexicons: &Lexicons,
    published: Option<&str>,
) -> Findings {
    let mut reading = Reading::new(text, &lexicons.vocabulary);
    let numbers = number::read(&reading, &lexicons.numbers, &lexicons.lemmas);
    reading.set_numbers(numbers);
    let units = unit::read(&reading, &lexicons.units);
    let dates = date::read(&reading, &lexicons.dates, published);
    let entities = entity::read(&reading, &lexicons.entities, known);
    let units = settle::keep_free_numbers(&mut reading, units, &lexicons.units, &dates, &entities);
    let claims = claim::read(&reading, lexicons, &units);
    let found = settle::settle(&reading, lexicons, claims, dates, entities, published.is_some());
    let warnings = settle::contradictions(&found, before);
    Findings { users: Arc::clone(&lexicons.users), warnings, before, ..found }
}

/// The cards of all rules, family by family.
pub fn cards() -> Vec<&'static Card> {
    let mut cards: Vec<&Card> = number::cards().collect();
    cards.extend(unit::cards());
    cards.extend(date::cards());
    cards.extend(entity::cards());
    cards.extend(claim::cards());
    cards
}
