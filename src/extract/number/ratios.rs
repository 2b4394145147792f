//! Ratios («واحد من كل ستة») and multiples («ثلاثة أضعاف»).

use rust_decimal::Decimal;

use super::super::reading::Reading;
use super::super::rule::{Card, Rule};
use super::cardinals::number;
use super::spelled;
use super::words::{Lists, Role, decimal};
use super::{Amount, Number, Sort, WORDS};
use crate::span::Span;

/// «واحد من كل ستة».
pub(super) const OF_EACH: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/ratio-of-each",
        about: "So many of every so many.",
        yes: &["يعاني [واحد من كل ستة] أطفال => 1/6", "رسب [3 من كل 10] طلاب => 3/10"],
        no: &["خرج ثلاثة من كل بيت"],
    },
    starts: WORDS,
    digits: true,
    at: of_each,
};

/// «ثلاثة أضعاف».
pub(super) const TIMES: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/times",
        about: "So many times as much.",
        yes: &["قفز السعر [أربعة أضعاف] => 4"],
        no: &["أضعاف ما كان"],
    },
    starts: WORDS,
    digits: true,
    at: times,
};

/// «ضعفي».
pub(super) const DOUBLE: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/double",
        about: "Twice as much; ضعف alone also means weakness and counts only before a noun of quantity.",
        yes: &["وصل إلى [ضعفي] المعدل => 2", "ما يعادل [ضعف] عدد السكان => 2"],
        no: &["بسبب ضعف الأداء"],
    },
    starts: WORDS,
    digits: false,
    at: double,
};

fn of_each(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let part = spelled::cardinal(reading, lists, i)?;
    let each = part.end + 1 + usize::from(reading.is(part.end + 1, &["بين"]));
    if !reading.is(part.end, &["من"]) || !reading.is(each, &["كل"]) {
        return None;
    }
    let whole = spelled::cardinal(reading, lists, each + 1)?;
    let (n, d) = (u32::try_from(part.value).ok()?, u32::try_from(whole.value).ok()?);
    (d > 0).then_some(())?;
    Some(Number {
        amount: Amount::Fraction(n, d),
        sort: Sort::Ratio,
        digits: false,
        ..number(reading, i, &part, whole.end)
    })
}

fn times(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let cardinal = spelled::cardinal(reading, lists, i)?;
    let (_, found) = lists.word(reading, cardinal.end, &[Role::Times])?;
    Some(Number { sort: Sort::Multiplier, ..number(reading, i, &cardinal, found.end) })
}

/// Words after which «ضعف» is twice and not weakness.
const QUANTITIES: [&str; 12] =
    ["عدد", "ما", "حجم", "سعر", "قيمه", "المعدل", "معدل", "العدد", "الرقم", "المبلغ", "الكميه", "متوسط"];

fn double(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (word, found) = lists.word(reading, i, &[Role::Double])?;
    let plain = reading.folded(i).ends_with("ضعف");
    if plain && !reading.is(i + 1, &QUANTITIES) || found.cut.article > 0 {
        return None;
    }
    let indefinite = reading.folded(i).ends_with("ضعفا");
    if indefinite && !reading.folded(i + 1).starts_with("ال") {
        return None;
    }
    Some(Number {
        start: i,
        end: found.end,
        span: Span::new(reading.span_of(&found).start, reading.span(i, found.end).end),
        amount: Amount::Exact(Decimal::max(decimal(word.value), decimal(2))),
        sort: Sort::Multiplier,
        digits: false,
        article: false,
        rule: "",
    })
}
