//! Two numbers that are one: ranges and scores.

use rust_decimal::Decimal;

use super::super::reading::Reading;
use super::super::rule::{Card, Rule};
use super::cardinals::{number, percent_end, with_half};
use super::spelled::{self, Cardinal};
use super::words::{Lists, Role, counts_noun, decimal};
use super::{Amount, CUES, Number, Sort, WORDS};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;
use crate::span::Span;

/// «بين 140 و175».
pub(super) const BETWEEN: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/range-between",
        about: "Between one number and another; a scale word after the second counts for both.",
        yes: &[
            "سُجلت ما بين [140 و175] شكوى => 140..175",
            "بكلفة تتراوح بين [3 و5 ملايين] دولار => 3000000..5000000",
            "نمو بين [2 و3 في المئة] => 2..3",
            "يسكنها ما بين [مليون ونصف المليون ومليوني] نسمة => 1500000..2000000",
            "حرارة بين [-4 و+6] درجات => -4..6",
        ],
        no: &["اتفاق بين الطرفين"],
    },
    starts: CUES,
    digits: false,
    at: between,
};

/// «من 5 إلى 9».
pub(super) const FROM_TO: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/range-to",
        about: "From one number to another, where no verb of rise or fall makes it a change from the one to the other.",
        yes: &["تستغرق الرحلة من [3 إلى 5] ساعات => 3..5", "يعمل فيها [20 إلى 30] عاملا => 20..30"],
        no: &["ارتفع العدد من 150 إلى 289 مصابا"],
    },
    starts: WORDS,
    digits: true,
    at: from_to,
};

/// «3-5».
pub(super) const DASH: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/dash",
        about: "Two numbers in digits with a dash: a score, or a range where a counted noun follows a growing pair.",
        yes: &[
            "فاز الفريق [3-1] أمس => 3:1",
            "حسم اللقاء بنتيجة [2 - 0] أمس => 2:0",
            "يستمر [3-5] أيام => 3..5",
            "تتراوح القيمة بين الحدين: [1000 - 5000] => 1000..5000",
        ],
        no: &["موسم 2016-2020", "بتاريخ 12-5-2020"],
    },
    starts: Bits::NONE,
    digits: true,
    at: dash,
};

/// «5 مقابل 4».
pub(super) const VERSUS: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/score-versus",
        about: "Two numbers with مقابل after the word result.",
        yes: &["انتهت المباراة بنتيجة [5 مقابل 4] => 5:4"],
        no: &["أُفرج عن 50 مقابل 150 سجينا"],
    },
    starts: WORDS,
    digits: true,
    at: versus,
};

fn between(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (_, found) = lists.word(reading, i, &[Role::Between])?;
    let from = found.end;
    let low = with_half(reading, lists, spelled::cardinal(reading, lists, from)?);
    let low_end = percent_end(reading, lists, low.end).unwrap_or(low.end);
    let at = low_end + usize::from(reading.is(low_end, &["و", "الي"]));
    let joins = at > low_end || reading.folded(at).starts_with('و');
    if !joins || !reading.same_line(at) {
        return None;
    }
    let at = at + usize::from(reading.is(at, &["+"]) && reading.glued(at + 1));
    let high = with_half(reading, lists, spelled::cardinal(reading, lists, at)?);
    range(reading, lists, from, &low, &high)
}

fn from_to(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let low = with_half(reading, lists, spelled::cardinal(reading, lists, i)?);
    let low_end = percent_end(reading, lists, low.end).unwrap_or(low.end);
    let from = i > 0 && reading.is(i - 1, &["من"]);
    if !reading.is(low_end, &["الي"]) || from && changes(reading, i) {
        return None;
    }
    let high = with_half(reading, lists, spelled::cardinal(reading, lists, low_end + 1)?);
    range(reading, lists, i, &low, &high)
}

/// How many tokens before a number a verb of rise or fall is looked for.
const CHANGE_REACH: usize = 12;

/// Whether a verb of rise or fall stands before token `i` in its sentence.
pub(in crate::extract) fn changes(reading: &Reading<'_>, i: usize) -> bool {
    let sentence = reading.text.sentences[reading.text.sentence_of(i)].start;
    let from = sentence.max(i.saturating_sub(CHANGE_REACH));
    (from..i).any(|at| reading.bits(at).has(List::Change))
}

fn range(reading: &Reading<'_>, lists: &Lists, i: usize, low: &Cardinal, high: &Cardinal) -> Option<Number> {
    let shared = low.scale == Decimal::ONE && high.scale > Decimal::ONE && low.value < decimal(1000);
    // «بنسبة 3% إلى 45 مليارا»: an amount and a state reached are no range.
    let marked = |c: &Cardinal| percent_end(reading, lists, c.end).is_some();
    if marked(low) && !marked(high) {
        return None;
    }
    let min = if shared { low.value.checked_mul(high.scale)? } else { low.value };
    // «بين -5 و-10 درجات» names the warmer end first.
    let frost = min.is_sign_negative() && high.value < min;
    let (min, max) = if frost { (high.value, min) } else { (min, high.value) };
    if min >= max {
        return None;
    }
    let percent = percent_end(reading, lists, high.end);
    let end = percent.unwrap_or(high.end);
    let sort = if percent.is_some() { Sort::Percent } else { Sort::Cardinal };
    Some(Number { amount: Amount::Range(min, max), sort, ..number(reading, i, low, end) })
}

fn dash(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let low = spelled::cardinal(reading, lists, i).filter(|c| c.digits)?;
    let sign = low.end;
    let even = reading.glued(sign) == reading.glued(sign + 1);
    if !reading.is(sign, &["-", "–", "—", "−", "~"]) || !even || !reading.same_line(sign + 1) {
        return None;
    }
    let high = spelled::cardinal(reading, lists, sign + 1)?;
    let years = is_year(&low) && is_year(&high);
    if years || reading.kind(sign + 1) != Some(Kind::Digits) || reading.is(high.end, &["-", "/"]) {
        return None;
    }
    let percent = percent_end(reading, lists, high.end).is_some();
    let counts = percent || high.scale > Decimal::ONE || counts_noun(reading, high.end);
    // A pair with hundreds in it is no game's result.
    let wide = !reading.glued(sign) && high.value >= decimal(100) || reading.is(sign, &["~"]);
    if low.value < high.value && (counts || wide) && !scores(reading, i) {
        return range(reading, lists, i, &low, &high);
    }
    let played = low.width.max(high.width) <= 3 && low.width > 0 && high.width > 0;
    let told = reading.glued(sign)
        || !counts && reading.is(i.wrapping_sub(1), &["بنتيجه", "نتيجه", "النتيجه", "بواقع"]);
    (played && told).then(|| score(reading, i, &low, &high))
}

fn is_year(number: &Cardinal) -> bool {
    number.width == 4 && number.value >= decimal(1300) && number.value <= decimal(2100)
}

/// Words that speak of a game's result.
const GAMES: [&str; 17] = [
    "هزيمه",
    "هزم",
    "النتيجه",
    "نتيجه",
    "بنتيجه",
    "فوز",
    "فاز",
    "بفوزه",
    "الفوز",
    "تعادل",
    "خساره",
    "خسر",
    "تغلب",
    "مباراه",
    "المباراه",
    "هدف",
    "اهداف",
];

fn scores(reading: &Reading<'_>, i: usize) -> bool {
    (i.saturating_sub(CHANGE_REACH)..i).any(|at| reading.is(at, &GAMES))
}

fn versus(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let first = spelled::cardinal(reading, lists, i)?;
    if !reading.is(first.end, &["مقابل"]) || !scores(reading, i) {
        return None;
    }
    let second = spelled::cardinal(reading, lists, first.end + 1)?;
    Some(score(reading, i, &first, &second))
}

fn score(reading: &Reading<'_>, i: usize, first: &Cardinal, second: &Cardinal) -> Number {
    let amount = Amount::Score(first.value, second.value);
    let span = Span::new(first.at, reading.span(i, second.end).end);
    Number { amount, span, sort: Sort::Score, ..number(reading, i, first, second.end) }
}
