//! The only place that knows several extractors: decides overlaps between
//! numbers, dates and names, and links claims to dates and entities.

use super::amount::Sort;
use super::claim::{Claim, Kind};
use super::date::{self, DateMention};
use super::entity::{self, Entity};
use super::{Findings, Lexicons, Reading};

/// Puts the findings of all families together.
pub(super) fn settle(
    reading: &Reading<'_>,
    _lexicons: &Lexicons,
    claims: Vec<Claim>,
    dates: Vec<DateMention>,
    entities: Vec<Entity>,
) -> Findings {
    let mut claims = keep(claims, |claim| !is_in_date(claim, &dates) && !is_in_name(claim, &entities));
    for claim in &mut claims {
        claim.time = time(reading, claim, &dates);
        claim.place = places(reading, claim, &entities);
        claim.actor = actor(claim, &entities);
        if let Some(attribution) = &mut claim.attribution {
            attribution.entity = entities.iter().position(|e| e.span.overlaps(&attribution.source.span));
        }
    }
    let mut warnings = contradictions(&claims);
    warnings.extend(date::contradictions(&dates));
    Findings { claims, dates, entities, warnings }
}

/// The claims that `wanted` holds for, with their links moved along.
fn keep(claims: Vec<Claim>, wanted: impl Fn(&Claim) -> bool) -> Vec<Claim> {
    let mut place = 0;
    let places: Vec<Option<usize>> = claims
        .iter()
        .map(|claim| {
            wanted(claim).then(|| {
                place += 1;
                place - 1
            })
        })
        .collect();
    let kept = claims.into_iter().zip(&places).filter(|(_, place)| place.is_some());
    kept.map(|(claim, _)| Claim { part_of: claim.part_of.and_then(|whole| places[whole]), ..claim }).collect()
}

/// Numbers inside a date are the date's, but lengths of time stand in both.
fn is_in_date(claim: &Claim, dates: &[DateMention]) -> bool {
    let at = dates.partition_point(|d| d.span.end <= claim.number.span.start);
    let Some(date) = dates.get(at).filter(|d| d.span.overlaps(&claim.number.span)) else { return false };
    claim.kind != Kind::Duration && !(claim.kind == Kind::Age && date.kind == date::Type::Duration)
}

/// Digits and duals inside a name are the name's; ordinals of rulers count.
fn is_in_name(claim: &Claim, entities: &[Entity]) -> bool {
    let named = |e: &&Entity| e.kind != entity::Type::Group && e.span.contains(&claim.number.span);
    claim.reading.sort != Sort::Ordinal
        && entities.iter().take_while(|e| e.span.start <= claim.number.span.start).any(|e| named(&e))
}

/// The date of the claim's own sentence: the nearest.
fn time(reading: &Reading<'_>, claim: &Claim, dates: &[DateMention]) -> Option<usize> {
    let sentence = reading.text.sentences[claim.sentence];
    let span = reading.span(sentence.start, sentence.end);
    let first = dates.partition_point(|d| d.span.start < span.start);
    let inside = dates.iter().enumerate().skip(first).take_while(|(_, d)| d.span.start < span.end);
    let anchors = inside.filter(|(_, d)| matches!(d.kind, date::Type::Date | date::Type::Time) && d.valid);
    anchors.min_by_key(|(_, d)| d.span.start.abs_diff(claim.number.span.start)).map(|(i, _)| i)
}

/// The places named in the claim's sentence, the nearest first, at most two.
fn places(reading: &Reading<'_>, claim: &Claim, entities: &[Entity]) -> Vec<usize> {
    let sentence = reading.text.sentences[claim.sentence];
    let span = reading.span(sentence.start, sentence.end);
    let first = entities.partition_point(|e| e.span.start < span.start);
    let inside = entities.iter().enumerate().skip(first).take_while(|(_, e)| e.span.start < span.end);
    let outer = |e: &Entity| e.kind == entity::Type::Location && e.nested_in.is_none();
    let mut found: Vec<usize> = inside.filter(|(_, e)| outer(e)).map(|(i, _)| i).collect();
    found.sort_by_key(|&i| entities[i].span.start.abs_diff(claim.number.span.start));
    found.truncate(2);
    found
}

/// The person, organisation or country right after the governing word.
fn actor(claim: &Claim, entities: &[Entity]) -> Option<usize> {
    let predicate = claim.predicate.as_ref()?;
    let after = predicate.quote.span.end;
    let at = entities.partition_point(|e| e.span.start < after);
    let next = entities.get(at)?;
    let acts =
        matches!(next.kind, entity::Type::Person | entity::Type::Organisation | entity::Type::Location);
    (acts && next.span.start - after <= 2 && next.span.end <= claim.number.span.start).then_some(at)
}

/// Wholes that their parts together exceed.
fn contradictions(claims: &[Claim]) -> Vec<String> {
    let mut warnings = Vec::new();
    for (index, whole) in claims.iter().enumerate() {
        let counted = |c: &&Claim| c.part_of == Some(index) && matches!(c.kind, Kind::Count);
        let parts = claims.iter().filter(counted).filter_map(|c| c.reading.value());
        let sum = parts.fold(rust_decimal::Decimal::ZERO, |sum, part| sum.saturating_add(part));
        if let Some(value) = whole.reading.value().filter(|&value| sum > value) {
            warnings.push(format!(
                "the parts of c{} add up to {}, more than its {}",
                index + 1,
                sum.normalize(),
                value.normalize()
            ));
        }
    }
    warnings
}
