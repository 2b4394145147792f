//! Names of the user's lists in a text: they stand before those of other rules,
//! and what a list calls no name is none.

use rustc_hash::FxHashMap;

use super::lists::Lists;
use super::overlap::Candidate;
use super::{Entity, Type};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};

/// See the card.
pub(super) static RULE: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/user-lexicon",
        about: "A name of a lexicon that the user gives; here one with the team «ريح الجنوب».",
        yes: &["فاز فريق [ريح الجنوب] بالكأس."],
        no: &["هبت ريح الشمال."],
    },
    starts: Bits::of(&[List::User]),
    digits: false,
    at: find,
};

fn find(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let found = reading.find(List::User, i, Article::Kept)?;
    let entry = lists.user(found.row);
    Some(Entity {
        subtype: entry.subtype,
        name: Some(entry.name.clone().into()),
        code: entry.code.clone().map(Into::into),
        ..Entity::new(entry.kind?, found.start, found.end, reading.span_of(&found), RULE.card.id)
    })
}

/// Drops what the user's list takes out or contradicts: names that it calls
/// none, and names that cross one of its own. A short form inside the full
/// name is no other mention. A person keeps the role that another rule has read.
pub(super) fn prefer(reading: &Reading<'_>, lists: &Lists, candidates: &mut Vec<Candidate>) {
    let own: Vec<Entity> = candidates.iter().map(|(_, e)| e).filter(|e| is_own(e)).cloned().collect();
    let stands = |e: &Entity| {
        if is_own(e) {
            !own.iter().any(|other| is_short_form(e, other))
        } else {
            !own.iter().any(|other| crosses(e, other)) && !is_taken_out(reading, lists, e)
        }
    };
    candidates.retain(|(_, e)| stands(e));
    let roles: Vec<_> =
        candidates.iter().filter_map(|(_, e)| Some((e.start, e.end, e.role.clone()?))).collect();
    for (_, person) in candidates.iter_mut().filter(|(_, e)| is_own(e) && e.kind == Type::Person) {
        let role = roles.iter().find(|(start, end, _)| (*start, *end) == (person.start, person.end));
        person.role = role.map(|(.., role)| role.clone());
    }
}

/// Gives all mentions of an entity the code that a user's list gives one.
pub(super) fn share_codes(entities: &mut [Entity]) {
    let coded = entities.iter().filter(|e| is_own(e)).filter_map(|e| Some((e.identity, e.code.clone()?)));
    let codes: FxHashMap<usize, _> = coded.collect();
    for entity in entities.iter_mut().filter(|e| e.code.is_none()) {
        entity.code = codes.get(&entity.identity).cloned();
    }
}

fn is_own(entity: &Entity) -> bool {
    entity.rule == RULE.card.id
}

fn crosses(a: &Entity, b: &Entity) -> bool {
    a.start < b.end && b.start < a.end && !holds(a, b) && !holds(b, a)
}

/// Whether `outer` holds all tokens of `inner`.
fn holds(outer: &Entity, inner: &Entity) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn is_short_form(short: &Entity, full: &Entity) -> bool {
    holds(full, short) && !holds(short, full) && (short.kind, &short.name) == (full.kind, &full.name)
}

/// Whether the list says that the words of `entity` are no name.
fn is_taken_out(reading: &Reading<'_>, lists: &Lists, entity: &Entity) -> bool {
    if !reading.bits_with_article(entity.start).has(List::User) {
        return false;
    }
    let all = reading.find_all(List::User, entity.start, Article::Kept);
    let same = |f: &&Found| f.end == entity.end && reading.span_of(f) == entity.span;
    all.iter().find(same).is_some_and(|found| lists.user(found.row).kind.is_none())
}
