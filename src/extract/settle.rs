//! The only place that knows several extractors: decides overlaps between
//! numbers, dates and names, and links claims to dates and entities.

use rust_decimal::Decimal;

use super::amount::{Number, Sort};
use super::claim::{Claim, Kind};
use super::date::{self, DateMention};
use super::entity::{self, Entity};
use super::unit::{self, System, Unit};
use super::{Findings, Reading};
use crate::span::Span;

/// Leaves the reading only the numbers that no date and no name takes for
/// itself, and returns their units.
pub(super) fn keep_free_numbers(
    reading: &mut Reading<'_>,
    units: Vec<Option<Unit>>,
    lists: &unit::Lists,
    dates: &[DateMention],
    entities: &[Entity],
) -> Vec<Option<Unit>> {
    let names = outer_names(entities);
    let mut numbers = std::mem::take(&mut reading.numbers).into_iter().zip(units).collect();
    unit::join(reading, lists, &mut numbers);
    let free = numbers
        .into_iter()
        .filter(|(number, unit)| !is_in_date(number, unit.as_ref(), dates) && !is_in_name(number, &names));
    let (numbers, units) = free.unzip();
    reading.set_numbers(numbers);
    units
}

/// Numbers inside a date are the date's, but lengths of time stand in both.
fn is_in_date(number: &Number, unit: Option<&Unit>, dates: &[DateMention]) -> bool {
    let at = dates.partition_point(|d| d.span.end <= number.span.start);
    let overlaps = dates.get(at).is_some_and(|d| d.span.overlaps(&number.span));
    let length = unit.is_some_and(|u| u.system == System::Iso8601);
    overlaps && !length
}

/// The spans of names, outer ones only, in order.
fn outer_names(entities: &[Entity]) -> Vec<Span> {
    let names = entities.iter().filter(|e| e.kind != entity::Type::Group && e.nested_in.is_none());
    names.map(|e| e.span).collect()
}

/// Digits and duals inside a name are the name's; ordinals of rulers count.
fn is_in_name(number: &Number, names: &[Span]) -> bool {
    let at = names.partition_point(|name| name.end <= number.span.start);
    let inside = names.get(at).is_some_and(|name| name.contains(&number.span));
    inside && number.sort != Sort::Ordinal
}

/// Puts the findings of all families together.
pub(super) fn settle(
    reading: &Reading<'_>,
    mut claims: Vec<Claim>,
    dates: Vec<DateMention>,
    entities: Vec<Entity>,
) -> Findings {
    for claim in &mut claims {
        claim.time = time(reading, claim, &dates);
        claim.place = places(reading, claim, &entities);
        claim.actor = actor(claim, &entities);
        if let Some(attribution) = &mut claim.attribution {
            attribution.entity = entity_in(&entities, attribution.source.span);
        }
    }
    let mut warnings = contradictions(&claims);
    warnings.extend(date::contradictions(&dates));
    Findings { claims, dates, entities, warnings }
}

/// The person named inside `span`, else the first organisation, else the first
/// name: «وزير الصحة، سامي النجار» is the minister.
fn entity_in(entities: &[Entity], span: Span) -> Option<usize> {
    let first = entities.partition_point(|e| e.span.start < span.start);
    let inside = || (first..entities.len()).take_while(|&i| entities[i].span.start < span.end);
    let of = |kind| inside().find(|&i| entities[i].kind == kind);
    of(entity::Type::Person).or_else(|| of(entity::Type::Organisation)).or_else(|| inside().next())
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
    let mut sums = vec![Decimal::ZERO; claims.len()];
    for part in claims.iter().filter(|c| c.kind == Kind::Count) {
        if let (Some(whole), Some(value)) = (part.part_of, part.reading.value()) {
            sums[whole] = sums[whole].saturating_add(value);
        }
    }
    let mut warnings = Vec::new();
    for (number, (whole, sum)) in (1..).zip(claims.iter().zip(sums)) {
        if let Some(value) = whole.reading.value().filter(|&value| sum > value && !sum.is_zero()) {
            let (sum, value) = (sum.normalize(), value.normalize());
            warnings.push(format!("the parts of c{number} add up to {sum}, more than its {value}"));
        }
    }
    warnings
}
