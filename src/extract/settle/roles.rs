//! Where a claim holds, who acts in it, and which entity its source is.

use super::Around;
use crate::extract::claim::{self, Claim};
use crate::extract::entity::{Entity, Subtype, Type};
use crate::span::Span;

/// Classes of events that nobody brings about.
const ACTORLESS: [&str; 5] = ["grow", "fall", "reach", "exceed", "measure"];

/// Most places of one claim.
const MOST_PLACES: usize = 2;

/// The person named inside `span`, else the first organisation, else the first
/// name: «وزير الصحة، سامي النجار» is the minister.
pub(super) fn speaker(entities: &[Entity], span: Span) -> Option<usize> {
    let first = entities.partition_point(|e| e.span.start < span.start);
    let inside = || (first..entities.len()).take_while(|&i| entities[i].span.start < span.end);
    let of = |kind| inside().find(|&i| entities[i].kind == kind);
    of(Type::Person).or_else(|| of(Type::Organisation)).or_else(|| inside().next())
}

/// The places named in the claim's sentence, the nearest first; those of its
/// own clause come before the others, and a source's own place is none.
pub(super) fn places(around: &Around<'_>, claim: &Claim) -> Vec<usize> {
    let source = claim.attribution.as_ref().map(|a| a.source.span);
    let holds = |e: &Entity| {
        e.kind == Type::Location && e.nested_in.is_none() && !source.is_some_and(|s| s.contains(&e.span))
    };
    let number = claim.reading.start;
    let distance = |i: usize| {
        let entity = &around.entities[i];
        let (from, to) =
            if entity.start < number { (entity.end, number) } else { (claim.reading.end, entity.start) };
        let commas = claim::pauses(around.reading, around.lexicons, from..to, false);
        (commas, to.saturating_sub(from))
    };
    let mut found: Vec<usize> =
        around.view.entities.clone().filter(|&i| holds(&around.entities[i])).collect();
    if found.len() > 1 {
        found.sort_by_cached_key(|&i| distance(i));
    }
    found.truncate(MOST_PLACES);
    found
}

/// The person, organisation or country right after the governing word, or
/// right before it («إسرائيل تحتجز»).
pub(super) fn actor(around: &Around<'_>, claim: &Claim) -> Option<usize> {
    let predicate = claim.predicate.as_ref().filter(|p| !ACTORLESS.contains(&p.class))?;
    let span = predicate.quote.span;
    let acts = |&i: &usize| {
        let entity = &around.entities[i];
        let able = match entity.kind {
            Type::Person | Type::Organisation => true,
            // A country acts, a city is where it happens.
            Type::Location => entity.subtype == Some(Subtype::Country),
            _ => false,
        };
        able && entity.nested_in.is_none()
    };
    let mut inside = around.view.entities.clone().filter(acts);
    inside.find(|&i| {
        let entity = &around.entities[i].span;
        let follows =
            entity.start >= span.end && entity.start - span.end <= 2 && entity.end <= claim.number.span.start;
        let precedes = entity.end <= span.start && span.start - entity.end <= 2;
        follows || precedes
    })
}
