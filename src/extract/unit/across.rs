//! Numbers that run across their unit: a part or the other end of a range
//! behind it («خمسة لترات ونصف», «بين 3 دولارات و5»), degrees below zero.

use rust_decimal::Decimal;

use super::super::amount::{Amount, Number, Sort};
use super::super::number;
use super::super::reading::{Article, Reading};
use super::super::rule::Card;
use super::{Lists, Row, System, Unit, duration};
use crate::lexicon::List;
use crate::normalize::Kind;
use crate::span::Span;

/// «خمسة لترات ونصف».
const PART: Card = Card {
    id: "number/part-after-unit",
    about: "A number with its unit, and a part of one more of the same unit.",
    yes: &[
        "شرب [خمسة لترات ونصف] => 5.5",
        "باع [4 أطنان ونصف] الطن من البن => 4.5",
        "استغرقت الرحلة [ثلاث ساعات ونصف] الساعة => 3.5",
        "بلغ طوله [ثلاثة أمتار إلا ربعا] => 2.75",
    ],
    no: &["باع 3 أطنان ونصف المحصول", "انتظر دقيقتين وربع ثانية"],
};

/// «بين 3 دولارات و5».
const RANGE: Card = Card {
    id: "number/range-across-unit",
    about: "Between two numbers of which the first has its unit behind it.",
    yes: &[
        "يتراوح السعر بين [3 دولارات و5] دولارات => 3..5",
        "حكم بالسجن بين [سنتين وثلاث] سنوات => 2..3",
        "تتراوح الأجرة من [200 درهم إلى 350] درهما => 200..350",
    ],
    no: &["ارتفعت الأجرة من 200 درهم إلى 350 درهما", "بين 3 أطنان و5 دولارات"],
};

/// «عشر درجات تحت الصفر».
const BELOW_ZERO: Card = Card {
    id: "number/below-zero",
    about: "Degrees with the words for below zero behind or before them.",
    yes: &[
        "هبطت الحرارة إلى [خمس] درجات تحت الصفر => -5",
        "سجلت [12] درجة مئوية دون الصفر => -12",
        "نزلت تحت الصفر ب[أربع] درجات => -4",
    ],
    no: &["بلغت 3 درجات فوق الصفر", "عثر على 3 جثث تحت الأنقاض"],
};

/// The cards of what this file finds.
pub(super) const CARDS: [&Card; 3] = [&PART, &RANGE, &BELOW_ZERO];

/// A number and its unit.
type Measured = (Number, Option<Unit>);

/// Joins the numbers that are one across a unit, turns degrees below zero, and
/// gives a number without unit that of its neighbour.
pub fn join(reading: &Reading<'_>, lists: &Lists, all: &mut Vec<Measured>) {
    let mut i = 0;
    while i < all.len() {
        below_zero(reading, &mut all[i]);
        let joined = all.get(i + 1).and_then(|next| {
            part(reading, lists, &all[i], next).or_else(|| range(reading, lists, &all[i], next))
        });
        if let Some(joined) = joined {
            all[i] = joined;
            all.remove(i + 1);
        } else {
            i += 1;
        }
    }
    leave_units(all);
    share_back(reading, lists, all);
    share_on(reading, all);
}

/// Drops the numbers inside the unit of the number before: «متر في الثانية».
fn leave_units(all: &mut Vec<Measured>) {
    let mut taken = 0;
    all.retain(|(number, unit)| {
        let inside = number.start < taken;
        taken = if inside { taken } else { unit.as_ref().map_or(0, |unit| unit.end) };
        !inside
    });
}

/// «15 و20 دولارا», «من 3 إلى 5 في المئة»: a number without unit or noun takes
/// that of the number it is joined with.
fn share_back(reading: &Reading<'_>, lists: &Lists, all: &mut [Measured]) {
    for i in (1..all.len()).rev() {
        let (before, rest) = all.split_at_mut(i);
        let (Some((number, unit)), Some((next, Some(of)))) = (before.last_mut(), rest.first()) else {
            continue;
        };
        let from = number.start.checked_sub(1).is_some_and(|at| reading.is(at, &["من"]));
        let to = next.start == number.end + 1 && reading.is(number.end, &["الي"]) && from;
        let fused = next.start == number.end && reading.folded(next.start).starts_with('و');
        let apart = next.start == number.end + 1 && reading.is(number.end, &["و", "او", "الي"]);
        let percent = of.system == System::Percent;
        let plain = number.sort == Sort::Cardinal
            && matches!(next.sort, Sort::Cardinal | Sort::Percent)
            && unit.is_none()
            && (fused || apart);
        let shares = match of.system {
            System::Iso4217 => true,
            System::Ucum => of.start >= next.end,
            System::Percent | System::Iso8601 => to,
        };
        if plain && shares {
            let code = recoded(reading, lists, of, &number.amount);
            *unit = Some(Unit { code, ..of.clone() });
            number.sort = if percent { Sort::Percent } else { number.sort };
        }
    }
}

/// How many tokens behind a number with its unit one without may stand.
const ELLIPSIS: usize = 14;

/// «من 12 مليار دينار إلى 14 مليارا»: a number of thousands or more that
/// counts nothing takes the unit before it.
fn share_on(reading: &Reading<'_>, all: &mut [Measured]) {
    for i in 1..all.len() {
        let (before, rest) = all.split_at_mut(i);
        let Some((number, unit)) = rest.first_mut() else { continue };
        let scaled = number.sort == Sort::Cardinal
            && !number.digits
            && number.value().is_some_and(|value| value >= Decimal::ONE_THOUSAND);
        if unit.is_some() || !scaled || !is_compared(reading, number) {
            continue;
        }
        let sentence = reading.text.sentence_of(number.start);
        let near = |n: &Number| {
            number.start - n.end.min(number.start) <= ELLIPSIS
                && reading.text.sentence_of(n.start) == sentence
        };
        // Parts and percents between the two do not count: «خُمسي الزيادة من 45
        // مليارا».
        let between = |(n, _): &&Measured| matches!(n.sort, Sort::Fraction | Sort::Percent);
        let last = before.iter().rev().take_while(|(n, _)| near(n)).find(|m| !between(m));
        let of = last.and_then(|(_, of)| of.as_ref());
        *unit = of.filter(|of| matches!(of.system, System::Iso4217 | System::Ucum)).cloned();
    }
}

/// Whether what stands before the number compares it with the one before, and
/// nothing behind it is counted.
fn is_compared(reading: &Reading<'_>, number: &Number) -> bool {
    const COMPARING: [&str; 9] = ["الي", "مقابل", "مقارنه", "بدل", "بدلا", "عن", "سوي", "يتجاوز", "تتجاوز"];
    const REACH: usize = 4;
    let from = number.start.saturating_sub(REACH);
    let compares = (from..number.start).any(|at| reading.is(at, &COMPARING));
    let behind = reading.kind(number.end) == Some(Kind::Word) && reading.same_line(number.end);
    let counts = behind && !reading.bits(number.end).has(List::Function);
    compares && !counts
}

/// The token of `next` after «و», or after one of `words`, just behind the
/// unit of a number.
fn follows(reading: &Reading<'_>, unit: &Unit, next: &Number, words: &[&str]) -> bool {
    let fused = next.start == unit.end && reading.folded(next.start).starts_with('و');
    let apart = next.start == unit.end + 1 && (reading.is(unit.end, &["و"]) || reading.is(unit.end, words));
    (fused || apart) && reading.same_line(unit.end) && reading.same_line(next.start)
}

/// Whether two units are the same whatever stands in them.
fn same(one: &Unit, other: &Unit) -> bool {
    let letters = |code: &str| code.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    one.system == other.system
        && match one.system {
            System::Iso8601 => letters(&one.code) == letters(&other.code),
            _ => one.code == other.code,
        }
}

/// The code of `unit` with another amount: a length of time has it inside.
fn recoded(reading: &Reading<'_>, lists: &Lists, unit: &Unit, amount: &Amount) -> String {
    let time = reading.find(List::Unit, unit.start, Article::Free).map(|found| lists.units[found.row]);
    match time {
        Some(Row::Time(time)) if unit.system == System::Iso8601 => duration(amount, time),
        _ => unit.code.clone(),
    }
}

/// The number of `number` with `amount`, up to the end of `last`.
fn joined(
    reading: &Reading<'_>,
    lists: &Lists,
    (number, unit): (&Number, &Unit),
    last: &Number,
    amount: Amount,
) -> Measured {
    let code = recoded(reading, lists, unit, &amount);
    let span = Span::new(number.span.start, last.span.end);
    let number =
        Number { end: last.end, span, amount, sort: Sort::Cardinal, digits: false, ..number.clone() };
    (number, Some(Unit { code, ..unit.clone() }))
}

fn part(reading: &Reading<'_>, lists: &Lists, (whole, unit): &Measured, next: &Measured) -> Option<Measured> {
    let (part, of) = next;
    let unit = unit.as_ref().filter(|unit| unit.end >= whole.end)?;
    let (value, Amount::Fraction(n, d)) = (whole.value()?, &part.amount) else { return None };
    let less = reading.is(unit.end, &["الا"]);
    let bare = part.span.end == reading.span(part.start, part.end).end;
    let counts = matches!(whole.sort, Sort::Cardinal | Sort::Dual) && part.sort == Sort::Fraction && n < d;
    if !counts || !bare || !follows(reading, unit, part, &["الا"]) {
        return None;
    }
    let fits = match of {
        Some(of) => same(of, unit),
        None => !reading.folded(part.end).starts_with("ال"),
    };
    let slice = Decimal::from(*n).checked_div(Decimal::from(*d))?;
    let value = if less { value.checked_sub(slice)? } else { value.checked_add(slice)? };
    let (number, unit) = fits.then(|| joined(reading, lists, (whole, unit), part, Amount::Exact(value)))?;
    Some((Number { rule: PART.id, ..number }, unit))
}

fn range(reading: &Reading<'_>, lists: &Lists, (low, unit): &Measured, next: &Measured) -> Option<Measured> {
    let (high, of) = next;
    let unit = unit.as_ref().filter(|unit| unit.end >= low.end)?;
    let counts = |n: &Number| matches!(n.sort, Sort::Cardinal | Sort::Dual);
    let (Amount::Exact(min), Amount::Exact(max)) = (&low.amount, &high.amount) else { return None };
    let before = low.start.checked_sub(1).filter(|_| reading.same_line(low.start))?;
    let between = reading.is(before, &["بين"]) && follows(reading, unit, high, &["الي"]);
    let from = reading.is(before, &["من"])
        && reading.is(unit.end, &["الي"])
        && high.start == unit.end + 1
        && !number::changes(reading, low.start);
    let alike = match of {
        Some(of) => same(of, unit),
        None => between && !reading.folded(high.end).starts_with("ال"),
    };
    if !(counts(low) && counts(high) && min < max && (between || from) && alike) {
        return None;
    }
    let (number, unit) = joined(reading, lists, (low, unit), high, Amount::Range(*min, *max));
    let unit = match (of, unit) {
        // The record points to the unit behind the whole.
        (Some(of), Some(unit)) => Some(Unit { code: unit.code, ..of.clone() }),
        (_, unit) => unit,
    };
    Some((Number { rule: RANGE.id, ..number }, unit))
}

fn below_zero(reading: &Reading<'_>, (number, unit): &mut Measured) {
    let below = |at: usize| reading.is(at, &["تحت", "دون"]) && reading.is(at + 1, &["الصفر"]);
    // «إلى 2 تحت الصفر»: only heat is said so.
    if unit.is_none() && number.sort == Sort::Cardinal && below(number.end) {
        let (start, end) = (number.end, number.end + 2);
        let system = System::Ucum;
        let span = reading.span(start, end);
        *unit = Some(Unit { code: "Cel".to_owned(), candidates: Vec::new(), system, span, start, end });
    }
    let Some(unit) = unit.as_ref().filter(|u| matches!(&*u.code, "Cel" | "deg" | "[degF]")) else { return };
    let behind = below(unit.end.max(number.end)) || below(unit.start);
    let ahead = number.start >= 2 && below(number.start - 2) && reading.folded(number.start).starts_with('ب');
    if !behind && !ahead {
        return;
    }
    match number.amount {
        Amount::Exact(value) if value.is_sign_positive() => number.amount = Amount::Exact(-value),
        Amount::Range(min, max) if min.is_sign_positive() => number.amount = Amount::Range(-max, -min),
        _ => return,
    }
    number.rule = BELOW_ZERO.id;
}
