//! Numbers as they are read aloud: decimals after «فاصلة», negatives after
//! «سالب».

use rust_decimal::Decimal;

use super::super::reading::Reading;
use super::super::rule::{Card, Rule};
use super::cardinals::{number, percent_end};
use super::spelled::{self, Cardinal};
use super::words::{Lists, Role};
use super::{Number, Sort, WORDS};

/// «ثلاثة فاصلة خمسة».
pub(super) const POINT: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/spoken-decimal",
        about: "Two numbers with the word for the decimal point between them; a scale word after the second counts for both.",
        yes: &[
            "بلغ المعدل [ثلاثة فاصلة خمسة] نقاط => 3.5",
            "كلّف الجسر [أربعة فاصلة خمسة وخمسين مليون] دينار => 4550000",
            "قدّرت النسبة بنحو [صفر فاصلة صفر اثنين] => 0.02",
            "بلغ النمو [اثنين فاصلة سبعة في المئة] => 2.7",
        ],
        no: &["هزموهم في مباراة فاصلة واحدة", "لعب ثلاث مباريات فاصلة"],
    },
    starts: WORDS,
    digits: true,
    at: point,
};

/// «سالب خمسة».
pub(super) const MINUS: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/spoken-minus",
        about: "A number after the word for minus.",
        yes: &["هبطت الحرارة إلى [سالب خمسة] => -5", "سجل النمو [سالب 2.5 في المئة] => -2.5"],
        no: &["جاء التحليل سالبا", "عدد سالب"],
    },
    starts: WORDS,
    digits: false,
    at: minus,
};

fn point(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let cardinal = decimals(reading, lists, i)?;
    Some(finish(reading, lists, i, &cardinal))
}

fn minus(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (_, found) = lists.word(reading, i, &[Role::Minus])?;
    if found.cut.article > 0 || !reading.same_line(found.end) {
        return None;
    }
    let decimals = decimals(reading, lists, found.end);
    let cardinal = decimals.or_else(|| spelled::cardinal(reading, lists, found.end))?;
    let cardinal = Cardinal { value: -cardinal.value, at: reading.span_of(&found).start, ..cardinal };
    Some(Number { digits: false, ..finish(reading, lists, i, &cardinal) })
}

/// The number with its percent words.
fn finish(reading: &Reading<'_>, lists: &Lists, i: usize, cardinal: &Cardinal) -> Number {
    match percent_end(reading, lists, cardinal.end) {
        Some(end) => Number { sort: Sort::Percent, ..number(reading, i, cardinal, end) },
        None => number(reading, i, cardinal, cardinal.end),
    }
}

/// The number with spoken decimals that begins at token `i`.
fn decimals(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Cardinal> {
    let whole = spelled::cardinal(reading, lists, i)?;
    let (_, found) = lists.word(reading, whole.end, &[Role::Point])?;
    if found.cut.stem() > 0 || !reading.same_line(whole.end) || !whole.value.fract().is_zero() {
        return None;
    }
    let mut at = found.end;
    while lists.word(reading, at, &[Role::Zero]).is_some() && reading.same_line(at) {
        at += 1;
    }
    let zeros = at - found.end;
    let part = spelled::cardinal(reading, lists, at).filter(|_| reading.same_line(at))?;
    if !part.value.fract().is_zero() {
        return None;
    }
    // «أربعة فاصلة خمسة مليون»: the scale word closes the whole number.
    let scaled = part.scale > Decimal::ONE && (part.value % part.scale).is_zero();
    let scale = if scaled { part.scale } else { Decimal::ONE };
    let digits = i64::try_from(part.value.checked_div(scale)?.normalize()).ok()?;
    let places = digits.checked_ilog10().map_or(1, |log| log + 1).max(part.width as u32);
    let fraction = Decimal::try_new(digits, places + zeros as u32).ok()?;
    let value = whole.value.checked_add(fraction)?.checked_mul(scale)?;
    Some(Cardinal { value, end: part.end, digits: false, width: 0, scale, one: false, ..whole })
}
