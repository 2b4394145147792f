//! Group words: the people of a country or a creed, where the word stands as
//! a noun; as an adjective it is left to the noun it describes.

use super::lists::{Inflection, Lists};
use super::shape::{self, goes_on, is_definite};
use super::{Entity, Type, words};
use crate::extract::reading::Article;
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// See the card.
pub(super) static GROUP: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/group",
        about: "A nationality or group word used as a noun.",
        yes: &["أفرج عن 12 [تايلانديا] كانوا محتجزين.", "قال [الفلسطينيون] إن الطريق مغلق."],
        no: &["وصل الوفد الفلسطيني صباحا."],
    },
    starts: Bits::of(&[List::Nationality]),
    digits: false,
    at: group,
};

fn group(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let found = reading.find(List::Nationality, i, Article::Free)?;
    let word = lists.nationality(found.row);
    let noun = match word.inflection {
        Inflection::Many => after_number(reading, i) || is_noun(reading, i, found.cut.clitics),
        Inflection::Accusative => after_number(reading, i) || is_one(reading, found.end),
        Inflection::He if found.cut.article == 0 => {
            is_one(reading, found.end) || after_number(reading, i) || after_verb(reading, i)
        }
        Inflection::He | Inflection::She => lists.conventions.adjectives,
    };
    if !noun {
        return None;
    }
    let span = shape::span_after(reading, i, found.end, found.cut.clitics);
    let name = Some(word.name().into());
    let code = word.code().map(Into::into);
    Some(Entity { name, code, ..Entity::new(Type::Group, i, found.end, span, GROUP.card.id) })
}

/// Whether a plural stands for people: no noun before it that it describes.
fn is_noun(reading: &Reading<'_>, i: usize, cut: usize) -> bool {
    let letters = shape::cut(reading, i, cut);
    if letters.ends_with(['ب', 'ل', 'ك']) {
        return true;
    }
    let Some(before) = i.checked_sub(1).filter(|_| goes_on(reading, i)) else { return true };
    if reading.kind(before) != Some(Kind::Word) {
        return true;
    }
    if letters == "و" {
        return reading.bits(before).has(List::Nationality) || !is_definite(reading, before);
    }
    let word = reading.folded(before);
    let definite = shape::is_definite(reading, i) || reading.folded(i).starts_with("لل");
    if definite {
        let verb = shape::whole(reading, before).meets(Bits::of(&[List::Reporting, List::Everyday]));
        return verb
            || !(is_definite(reading, before)
                || word.contains("لل")
                || word.contains("بال")
                || word.starts_with("وال"));
    }
    let described = looks_plural(word)
        || word.starts_with("غير")
        || shape::whole(reading, before).has(List::Noun)
        || shape::is_ordinary(reading, word) && !is_definite(reading, before);
    shape::is_break(word) || shape::whole(reading, before).has(List::Reporting) || !described
}

/// Whether «واحد» or «آخر» stands at `i`: what it counts is a noun.
fn is_one(reading: &Reading<'_>, i: usize) -> bool {
    reading.same_line(i) && reading.is(i, &["واحد", "واحدا", "اخر"])
}

/// Whether a verb whose subject follows stands before `i`.
fn after_verb(reading: &Reading<'_>, i: usize) -> bool {
    let before = i.wrapping_sub(1);
    let verb = Bits::of(&[List::Reporting, List::Predicate, List::Everyday]);
    i > 0
        && goes_on(reading, i)
        && !is_definite(reading, i)
        && reading.bits(before).meets(verb)
        && shape::bare(reading, before).and(Bits::of(&[List::Noun, List::Stop])).is_empty()
        && words::is(reading.folded(before).trim_start_matches(['و', 'ف']), words::Kind::PersonVerb)
}

/// Whether the word has an ending of the plural.
fn looks_plural(word: &str) -> bool {
    ["ين", "ون", "ات", "ان"].iter().any(|end| word.ends_with(end)) && word.len() > 8
}

fn after_number(reading: &Reading<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    reading.kind(before) == Some(Kind::Digits)
        || (before.saturating_sub(3)..i).any(|at| reading.number_at(at).is_some_and(|n| n.end == i))
}
