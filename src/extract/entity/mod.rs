//! Entities: persons, organisations, places, group words, events and works, by
//! rules and gazetteers.

// Flow order: each module uses only those above it.
// Words that single rules ask for.
mod words;
// Which of several ways of labelling is followed.
pub mod conventions;
// Foreign names by their letters.
mod letters;
// What a user adds to the gazetteers.
pub mod user;
// The gazetteers.
mod lists;
// What single tokens look like.
mod shape;
// Runs of names.
mod chain;
// Persons.
mod people;
// Persons after verbs.
mod speakers;
// Countries, cities, regions, facilities.
mod places;
// Organisations.
mod organisations;
// Clubs, and places that stand for a team.
mod teams;
// Nationality and group words as nouns.
mod groups;
// Events.
mod events;
// Laws, products, hashtags.
mod works;
// Which candidates stand.
mod overlap;
// Names that a user's list has.
mod user_names;
// Institutions by their noun alone.
mod short_forms;
// Places that are everyday words, by their country.
mod homonyms;
// Latin spellings in brackets.
mod aliases;
// Short mentions, identity.
mod memory;

use std::borrow::Cow;

use super::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::span::Span;

pub use conventions::Conventions;
pub use lists::Lists;
pub use memory::Identities;

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

impl Type {
    /// All types.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Organisation, Self::Location, Self::Group, Self::Event, Self::Misc];
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

impl Subtype {
    /// All sorts.
    pub const ALL: [Self; 5] = [Self::Country, Self::City, Self::Region, Self::Facility, Self::Natural];
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
    pub name: Option<Cow<'static, str>>,
    /// ISO 3166 code, where a list has it.
    pub code: Option<Cow<'static, str>>,
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
pub static RULES: [&Rule<Lists, Entity>; 22] = [
    &user_names::RULE,
    &works::LAW,
    &works::PRODUCT,
    &works::HASHTAG,
    &organisations::QUOTED,
    &organisations::KNOWN,
    &organisations::GATED,
    &teams::TEAM,
    &organisations::AGENCY,
    &places::COUNTRY,
    &people::TITLED,
    &places::PLACE,
    &events::KNOWN,
    &events::EVENT,
    &events::CONTEST,
    &places::ANNOUNCED,
    &organisations::CHAIN,
    &places::GATED,
    &people::CHAIN,
    &people::NATIONAL,
    &speakers::SPEAKER,
    &groups::GROUP,
];

/// The cards of the rules.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    RULES.iter().map(|rule| &rule.card).chain([
        &memory::CARD,
        &short_forms::CARD,
        &homonyms::CARD,
        &aliases::CARD,
    ])
}

/// Finds every entity, in order of its first token, the outer before the inner.
/// Those that `known` has keep their numbers, the others are added to it.
pub fn read(reading: &Reading<'_>, lists: &Lists, known: &mut Identities) -> Vec<Entity> {
    let mut candidates = candidates(reading, lists);
    if lists.conventions != Conventions::default() {
        candidates.retain(|(_, entity)| lists.conventions.allow(reading, entity));
    }
    if lists.has_user() {
        user_names::prefer(reading, lists, &mut candidates);
    }
    let mut entities = overlap::settle(&candidates, reading.len());
    let mut recalled = memory::recall(reading, &entities);
    recalled.extend(short_forms::find(reading, &entities));
    recalled.extend(homonyms::find(reading, lists, &entities));
    recalled.extend(aliases::find(reading, &entities));
    if !recalled.is_empty() {
        candidates.extend(recalled.into_iter().map(|entity| (0, entity)));
        if lists.has_user() {
            user_names::prefer(reading, lists, &mut candidates);
        }
        entities = overlap::settle(&candidates, reading.len());
    }
    memory::identify(reading, &mut entities, known);
    if lists.has_user() {
        user_names::share_codes(&mut entities);
    }
    entities
}

/// Lists whose entries a rule finds behind an article of the text.
const LEADING: Bits = Bits::of(&[List::Nationality, List::Title, List::EventHead]);

/// What each rule finds, whatever the others find.
fn candidates(reading: &Reading<'_>, lists: &Lists) -> Vec<overlap::Candidate> {
    let starts = RULES.iter().fold(Bits::NONE, |all, rule| all.or(rule.starts));
    let mut found = Vec::new();
    for i in 0..reading.len() {
        // A name keeps its article; what leads to one may have any.
        let bits = reading.bits_with_article(i).or(reading.bits(i).and(LEADING));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Lexicons, extract};
    use crate::normalize::normalize;

    fn mentions<'a>(raw: &'a str, lexicons: &Lexicons) -> Vec<(&'a str, Entity)> {
        let text = normalize(raw);
        let found = extract(&text, lexicons, None).entities;
        found.into_iter().map(|entity| (entity.span.of(raw), entity)).collect()
    }

    #[test]
    fn every_example_of_every_rule_holds() {
        let lexicons = Lexicons::with(&[user::example()]);
        for card in cards() {
            for example in card.yes {
                let raw = example.replace(['[', ']'], "");
                let name =
                    example.split_once('[').and_then(|(_, rest)| rest.split_once(']')).expect("marked").0;
                let found = mentions(&raw, &lexicons);
                assert!(found.iter().any(|(s, e)| *s == name && e.rule == card.id), "{example}: {found:?}");
            }
            for example in card.no {
                let found = mentions(example, &lexicons);
                assert!(found.iter().all(|(_, e)| e.rule != card.id), "{example}: {found:?}");
            }
        }
    }

    #[test]
    fn conventions_decide_what_counts_as_a_name() {
        let mut lexicons = Lexicons::builtin();
        let raw = "أعلنت وزارة الصحة نقل المريض إلى سجن عوفر.";
        let all = mentions(raw, &lexicons).len();
        lexicons.entities.conventions =
            Conventions { facilities: false, state_bodies: false, ..Conventions::default() };
        let names: Vec<_> = mentions(raw, &lexicons).into_iter().map(|(name, _)| name).collect();
        assert!(all >= 2 && !names.contains(&"وزارة الصحة") && !names.contains(&"سجن عوفر"), "{names:?}");
    }

    #[test]
    fn a_surname_after_the_full_name_is_the_same_person() {
        let raw = "قال سامي الدهماني إن الاجتماع انتهى. وأضاف الدهماني أن الوفد غادر.";
        let found = mentions(raw, &Lexicons::builtin());
        let people: Vec<_> = found.iter().filter(|(_, e)| e.kind == Type::Person).collect();
        assert_eq!(people.len(), 2, "{people:?}");
        assert_eq!(people[0].1.identity, people[1].1.identity);
    }

    #[test]
    fn proclitics_stay_outside_and_nested_names_know_their_outer_one() {
        let found = mentions("اجتماع لوزارة الصحة اللبنانية وبنك فلسطين بلبنان", &Lexicons::builtin());
        let names: Vec<_> = found.iter().map(|(s, e)| (*s, e.nested_in)).collect();
        let outer = names.iter().position(|n| n.0 == "بنك فلسطين");
        assert!(names.contains(&("وزارة الصحة اللبنانية", None)), "{names:?}");
        assert!(names.contains(&("فلسطين", outer)) && outer.is_some(), "{names:?}");
        assert!(names.contains(&("لبنان", None)), "{names:?}");
    }

    #[test]
    fn a_title_is_the_role_of_its_bearer() {
        let found = mentions("التقى وزير الخارجية القطري محمد بن عبد الرحمن نظيره.", &Lexicons::builtin());
        let person = found.iter().find(|(_, e)| e.kind == Type::Person).expect("a person");
        assert_eq!(person.0, "محمد بن عبد الرحمن");
        assert_eq!(person.1.role.as_deref(), Some("وزير الخارجية القطري"));
    }
}
