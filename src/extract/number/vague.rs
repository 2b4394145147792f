//! Quantities without a value: some, dozens, hundreds of thousands.

use super::super::reading::Reading;
use super::super::rule::{Card, Rule};
use super::words::{Lists, Role, decimal, joined};
use super::{Amount, Number, Sort, WORDS};
use crate::span::Span;

/// «عدة آلاف», «بضعة».
pub(super) const SEVERAL: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/several",
        about: "Several, or several of a scale word; بضع is three to nine, also above ten and the tens.",
        yes: &[
            "وصل [عدة آلاف] من العمال => ~1000",
            "بعد [بضعة] أيام => ~",
            "زار [عدة] مدن => ~",
            "نجا [بضعة عشر] بحارا => ~10",
            "كتب [بضعًا وثلاثين] رواية => ~10",
        ],
        no: &["أعدّ العدة للسفر"],
    },
    starts: WORDS,
    digits: false,
    at: several,
};

/// «عشرات», «مئات الآلاف», «آلاف».
pub(super) const MAGNITUDE: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/magnitude",
        about: "A plural of ten, hundred, thousand or more without a number before it.",
        yes: &[
            "فرّ [عشرات الآلاف] من السكان => ~10000",
            "أصيب [مئات] الأشخاص => ~100",
            "خرج [آلاف] المتظاهرين => ~1000",
        ],
        no: &["خرج ثلاثة آلاف متظاهر"],
    },
    starts: WORDS,
    digits: false,
    at: magnitude,
};

fn several(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (word, found) = lists.word(reading, i, &[Role::Several])?;
    if found.cut.article > 0 {
        return None;
    }
    if let Some((more, end)) = above(reading, lists, found.end).filter(|_| word.second > 0) {
        let interval = Some((decimal(word.value + more), decimal(word.second + more)));
        let amount = Amount::Vague { magnitude: Some(decimal(10)), interval };
        return Some(vague(reading, i, end, reading.span_of(&found).start, amount));
    }
    let scale = magnitude_at(reading, lists, found.end);
    let interval = (word.second > 0 && scale.is_none()).then(|| (decimal(word.value), decimal(word.second)));
    let end = scale.map_or(found.end, |(_, end)| end);
    let amount = Amount::Vague { magnitude: scale.map(|(value, _)| decimal(value)), interval };
    Some(vague(reading, i, end, reading.span_of(&found).start, amount))
}

/// «عشر» or «وثلاثين» at token `at`: what several stands above.
fn above(reading: &Reading<'_>, lists: &Lists, at: usize) -> Option<(u64, usize)> {
    let start = at + usize::from(reading.is(at, &["و"]));
    let (word, found) = lists.word(reading, start, &[Role::Ten, Role::Tens])?;
    let joins = joined(reading, &found);
    let fits = if word.role == Role::Ten { !joins && found.cut.stem() == 0 } else { joins };
    (fits && reading.same_line(at)).then_some((word.value, found.end))
}

fn magnitude(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (_, found) = lists.word(reading, i, &[Role::Vague, Role::ScalePlural])?;
    let (value, end) = magnitude_at(reading, lists, i)?;
    let amount = Amount::Vague { magnitude: Some(decimal(value)), interval: None };
    Some(vague(reading, i, end, reading.span_of(&found).start, amount))
}

/// The vague plural at token `at`, with a scale word after it («عشرات الآلاف»).
fn magnitude_at(reading: &Reading<'_>, lists: &Lists, at: usize) -> Option<(u64, usize)> {
    let (word, found) = lists.word(reading, at, &[Role::Vague, Role::ScalePlural])?;
    let next = lists.word(reading, found.end, &[Role::ScalePlural]).filter(|(_, next)| {
        next.cut.clitics == 0 && reading.same_line(found.end) && word.role == Role::Vague
    });
    match next {
        Some((scale, next)) => Some((word.value.checked_mul(scale.value)?, next.end)),
        None => Some((word.value, found.end)),
    }
}

fn vague(reading: &Reading<'_>, i: usize, end: usize, at: usize, amount: Amount) -> Number {
    let span = Span::new(at, reading.span(i, end).end);
    Number {
        start: i,
        end,
        span,
        amount,
        sort: Sort::Vague,
        digits: false,
        article: false,
        rule: "",
        doubt: None,
        base: None,
    }
}
