//! Aliases: the Latin spelling of a name in brackets behind it.

use super::{Card, Entity, Type};
use crate::extract::Reading;
use crate::normalize::Kind;

/// What this file says of itself.
pub(super) const CARD: Card = Card {
    id: "entity/latin-alias",
    about: "A name in Latin letters in brackets right behind the Arabic one, of which it is the other spelling.",
    yes: &["قال عالم الفلك كلاوس ليندغرين ([Klaus Lindgren]) إن الكوكب بعيد."],
    no: &["بلغت سرعة الرياح 90 كيلومترا (km) في الساعة."],
};

/// Most words of an alias.
const LONGEST: usize = 6;

/// The aliases behind `entities`.
pub(super) fn find(reading: &Reading<'_>, entities: &[Entity]) -> Vec<Entity> {
    entities
        .iter()
        .filter(|e| e.nested_in.is_none() && matches!(e.kind, Type::Person | Type::Organisation))
        .filter_map(|full| {
            let (start, end) = bracketed(reading, full.end)?;
            let name = full.name.clone().unwrap_or_else(|| full.span.of(reading.text.raw).to_owned().into());
            let span = reading.span(start, end);
            Some(Entity { name: Some(name), ..Entity::new(full.kind, start, end, span, CARD.id) })
        })
        .collect()
}

/// The Latin words, the first with a capital, in brackets that open at `i`.
fn bracketed(reading: &Reading<'_>, i: usize) -> Option<(usize, usize)> {
    let start = i + 1;
    if reading.surface(i) != "(" || !reading.same_line(start) {
        return None;
    }
    let word = |&at: &usize| {
        reading.kind(at) == Some(Kind::Foreign) || matches!(reading.surface(at), "." | "-" | "'" | "&")
    };
    let end = (start..reading.len().min(start + LONGEST)).take_while(word).last()? + 1;
    let capital = reading.surface(start).starts_with(|c: char| c.is_ascii_uppercase());
    (capital && reading.surface(end) == ")").then_some((start, end))
}
