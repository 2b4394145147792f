//! The only place that knows several extractors: decides overlaps between
//! numbers, dates and names, and links claims to dates and entities.

// When a claim holds.
mod time;
// Where it holds, and who acts.
mod roles;

use std::ops::Range;

use rust_decimal::Decimal;

use super::amount::{Number, Sort};
use super::claim::{self, Claim, Kind, Name};
use super::date::{self, DateMention};
use super::entity::{self, Entity};
use super::unit::{self, System, Unit};
use super::{Before, Findings, Lexicons, Reading};
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
    lexicons: &Lexicons,
    mut claims: Vec<Claim>,
    dates: Vec<DateMention>,
    entities: Vec<Entity>,
    published: bool,
) -> Findings {
    claim::attribute(reading, lexicons, &names(&entities), &mut claims);
    let mut view = View::default();
    for claim in &mut claims {
        view.turn_to(reading, claim.sentence, &dates, &entities);
        let around = Around { reading, lexicons, dates: &dates, entities: &entities, view: &view };
        (claim.time, claim.anchor) = time::of(&around, claim, published);
        claim.place = roles::places(&around, claim);
        claim.actor = roles::actor(&around, claim);
        if let Some(attribution) = &mut claim.attribution {
            attribution.entity = roles::speaker(&entities, attribution.source.span);
        }
        let place = claim.place.first().map(|&i| &entities[i]);
        let place =
            place.map(|e| e.code.as_deref().or(e.name.as_deref()).unwrap_or(e.span.of(reading.text.raw)));
        claim.series_key = claim::series_key(lexicons, claim, place);
    }
    Findings { claims, dates, entities, ..Findings::default() }
}

/// The persons, organisations and countries, outer ones only, in order.
fn names(entities: &[Entity]) -> Vec<Name> {
    let speaks = |e: &&Entity| {
        let kinds = [entity::Type::Person, entity::Type::Organisation, entity::Type::Location];
        kinds.contains(&e.kind) && e.nested_in.is_none()
    };
    let name = |e: &Entity| Name {
        start: e.start,
        end: e.end,
        span: e.span,
        person: e.kind == entity::Type::Person,
    };
    entities.iter().filter(speaks).map(name).collect()
}

/// What stands in the sentence that is looked at.
#[derive(Debug, Default)]
struct View {
    sentence: Option<usize>,
    dates: Range<usize>,
    entities: Range<usize>,
}

impl View {
    /// Looks at `sentence`; claims come in order, so that most ask for the same.
    fn turn_to(
        &mut self,
        reading: &Reading<'_>,
        sentence: usize,
        dates: &[DateMention],
        entities: &[Entity],
    ) {
        if self.sentence == Some(sentence) {
            return;
        }
        let bounds = reading.text.sentences[sentence];
        let first = |start: usize| dates.partition_point(|d| d.start < start);
        let name = |start: usize| entities.partition_point(|e| e.start < start);
        *self = Self {
            sentence: Some(sentence),
            dates: first(bounds.start)..first(bounds.end),
            entities: name(bounds.start)..name(bounds.end),
        };
    }
}

/// What links of a claim are made from.
struct Around<'a> {
    reading: &'a Reading<'a>,
    lexicons: &'a Lexicons,
    dates: &'a [DateMention],
    entities: &'a [Entity],
    view: &'a View,
}

/// The contradictions among what was found, of which so much stands before it.
pub(super) fn contradictions(found: &Findings, before: Before) -> Vec<String> {
    let mut warnings = exceeded(&found.claims, before.claims + 1);
    warnings.extend(date::contradictions(&found.dates, before.dates + 1));
    warnings
}

/// Wholes that their parts together exceed; the claims are numbered from `first`.
fn exceeded(claims: &[Claim], first: usize) -> Vec<String> {
    let mut sums = vec![Decimal::ZERO; claims.len()];
    for part in claims.iter().filter(|c| matches!(c.kind, Kind::Count | Kind::Money | Kind::Measure)) {
        if let (Some(whole), Some(value)) = (part.part_of, part.reading.value()) {
            sums[whole] = sums[whole].saturating_add(value);
        }
    }
    let mut warnings = Vec::new();
    for (number, (whole, sum)) in (first..).zip(claims.iter().zip(sums)) {
        if let Some(value) = whole.reading.value().filter(|&value| sum > value && !sum.is_zero()) {
            let (sum, value) = (sum.normalize(), value.normalize());
            warnings.push(format!("the parts of c{number} add up to {sum}, more than its {value}"));
        }
    }
    warnings
}
