//! Ordinals: which in a sequence.

use super::super::reading::{Found, Reading};
use super::super::rule::{Card, Rule};
use super::cardinals::{number, percent_end, stands_alone};
use super::spelled;
use super::words::{Lists, Role, counts_noun, decimal, joined};
use super::{Amount, Number, Sort, WORDS};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;
use crate::span::Span;

/// «الثالثة», «الخامسة عشرة», «الحادي والعشرين».
pub(super) const ORDINAL: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/ordinal",
        about: "An ordinal in either gender, with or without article; with «بعد المئة» beyond 99.",
        yes: &[
            "حل في المركز ال[ثالث] => 3",
            "الدفعة ال[خامسة عشرة] منذ الصيف => 15",
            "احتلت المرتبة ال[حادية والعشرين] => 21",
            "البند ال[ثاني بعد المئة] => 102",
            "[أول] امرأة ترأس البلاد => 1",
        ],
        no: &["انتظر ثلاثين ثانية", "انبعاثات ثاني أكسيد الكربون", "زاره أول أمس", "في تقدير أولي للخسائر"],
    },
    starts: Bits::of(&[List::Ordinal]),
    digits: false,
    at: ordinal,
};

/// «المئة والرابع والعشرين».
pub(super) const HUNDREDS: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/ordinal-hundreds",
        about: "Hundreds with article before an ordinal.",
        yes: &["في العدد ال[مئة والرابع والعشرين] => 124", "في الحلقة ال[ثلاثمئة والسادسة] => 306"],
        no: &["تجاوز حاجز المئة والخبر صحيح"],
    },
    starts: WORDS,
    digits: false,
    at: hundreds,
};

/// «الواحد والعشرون بعد المئة».
pub(super) const BEYOND: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/ordinal-beyond",
        about: "A number with article and «بعد المئة», «بعد الألف».",
        yes: &["في الذكرى ال[عشرين بعد المئة] => 120"],
        no: &["وصل العشرون بعد الظهر"],
    },
    starts: WORDS,
    digits: false,
    at: beyond,
};

/// «الزائر المليون».
pub(super) const SCALE: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/ordinal-scale",
        about: "A scale word with article that ranks the noun with article before it.",
        yes: &["استقبل المتحف الزائر ال[مليون] => 1000000"],
        no: &["تجاوز المليون", "خسر المليون دولار"],
    },
    starts: WORDS,
    digits: false,
    at: scale,
};

/// «الدقيقة 34», «المركز الـ12».
pub(super) const DIGITS: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/ordinal-digits",
        about: "Digits behind a singular noun with article that is ranked (المركز، الدقيقة، الذكرى), or listed behind it.",
        yes: &[
            "سجل هدفه في الدقيقة [34] => 34",
            "حل في المركز الـ[12] عالميا => 12",
            "سجل في الدقيقتين [7] و51 => 7",
            "أحيت المدينة الذكرى الـ[50] لتأسيسها => 50",
            "افتتح المهرجان دورته الـ[28] أمس => 28",
        ],
        no: &[
            "أفرج عن الأسرى الـ128",
            "استمر 34 دقيقة",
            "عرضت الدورة 45 فيلما",
            "سجل في الدقيقة 90+4",
            "يضم المركز 600 متدرب",
        ],
    },
    starts: Bits::NONE,
    digits: true,
    at: digits,
};

fn hundreds(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let high = spelled::cardinal(reading, lists, i).filter(|c| c.article && !c.digits)?;
    let round = u64::try_from(high.value).ok().filter(|value| *value >= 100 && value % 100 == 0)?;
    let (unit, rank) = lists.ordinal(reading, high.end)?;
    if rank.cut.article == 0 || !joined(reading, &rank) || !reading.same_line(high.end) {
        return None;
    }
    let (low, end) = higher(reading, lists, unit, rank.end).unwrap_or((unit, rank.end));
    Some(rank_of(reading, i, end, high.at, round + low))
}

fn beyond(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let low = spelled::cardinal(reading, lists, i).filter(|c| c.article && !c.digits)?;
    let (more, end) = after_round(reading, lists, low.end)?;
    let value = u64::try_from(low.value).ok()?.checked_add(more)?;
    Some(rank_of(reading, i, end, low.at, value))
}

/// «بعد المئة» at token `at`: the round number and where it ends.
fn after_round(reading: &Reading<'_>, lists: &Lists, at: usize) -> Option<(u64, usize)> {
    if !reading.is(at, &["بعد"]) || !reading.same_line(at) {
        return None;
    }
    let round = spelled::cardinal(reading, lists, at + 1).filter(|c| c.article && !c.digits)?;
    let value = u64::try_from(round.value).ok()?;
    (value >= 100 && value % 100 == 0).then_some((value, round.end))
}

fn digits(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let cardinal =
        spelled::cardinal(reading, lists, i).filter(|c| c.width > 0 && c.width <= 3 && c.end == i + 1)?;
    let noun = ranked_noun(reading, i)?;
    let found = lists.word(reading, noun, &[Role::Ranked]).map(|(_, found)| found);
    let ranked = found.is_some_and(|found| found.cut.article > 0 && found.end == noun + 1)
        || cardinal.article && is_owned_rank(reading, noun);
    let next = reading.folded(i + 1);
    // Eleven to 99 count an accusative: «الدورة 45 فيلما», «الدورة 45 لعرض».
    let few = cardinal.value % decimal(100) <= decimal(10);
    let noun_after = counts_noun(reading, i + 1)
        && !next.ends_with("يا")
        && (few
            || next.ends_with('ا') && !next.ends_with("ها")
            || next.ends_with('ه') && !next.starts_with('ل'));
    let counts = noun_after || percent_end(reading, lists, i + 1).is_some();
    (ranked && !counts).then(|| Number { sort: Sort::Ordinal, ..number(reading, i, &cardinal, i + 1) })
}

/// «دورتها», «عامه»: a ranked noun with a pronoun.
fn is_owned_rank(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.folded(at);
    let Some(stem) = ["ها", "هم", "ه"].iter().find_map(|p| word.strip_suffix(p)) else { return false };
    let stem = stem.strip_prefix(['ب', 'ل', 'و']).filter(|s| s.chars().count() > 3).unwrap_or(stem);
    let feminine = stem.strip_suffix('ت').map(|s| format!("{s}ه"));
    reading.knows(List::NumberNoun, feminine.as_deref().unwrap_or(stem))
}

/// Most digits in one list behind a ranked noun.
const LISTED: usize = 4;

/// The word before the digits at token `i` and the digits listed before them.
fn ranked_noun(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..LISTED {
        let before = at.checked_sub(1).filter(|_| reading.same_line(at))?;
        let before =
            if reading.is(before, &["ال"]) && reading.glued(at) { before.checked_sub(1)? } else { before };
        let listed = reading.is(before, &["و", "،"]);
        match before.checked_sub(1).filter(|_| listed) {
            Some(last) if reading.kind(last) == Some(Kind::Digits) => at = last,
            _ => return (reading.kind(before) == Some(Kind::Word)).then_some(before),
        }
    }
    None
}

fn scale(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let cardinal = spelled::cardinal(reading, lists, i).filter(|c| c.article && !c.digits)?;
    if cardinal.scale <= decimal(1) || counts_noun(reading, cardinal.end) {
        return None;
    }
    let ranks = i > 0 && reading.same_line(i) && {
        let number = reading.bits(i - 1).meets(Bits::of(&[List::Number, List::Ordinal, List::Function]));
        reading.folded(i - 1).starts_with("ال") && !number
    };
    let value = u64::try_from(cardinal.value).ok()?;
    (ranks || stands_alone(reading, i, cardinal.end))
        .then(|| rank_of(reading, i, cardinal.end, cardinal.at, value))
}

fn rank_of(reading: &Reading<'_>, i: usize, end: usize, start: usize, value: u64) -> Number {
    Number {
        start: i,
        end,
        span: Span::new(start, reading.span(i, end).end),
        amount: Amount::Exact(decimal(value)),
        sort: Sort::Ordinal,
        digits: false,
        article: true,
        rule: "",
        doubt: None,
        base: None,
    }
}

fn ordinal(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (unit, found) = lists.ordinal(reading, i)?;
    if !is_rank(reading, i, &found) {
        return None;
    }
    let (value, end) = higher(reading, lists, unit, found.end).unwrap_or((unit, found.end));
    let (value, end) =
        after_round(reading, lists, end).map_or((value, end), |(more, end)| (value + more, end));
    if value == 1 && reading.folded(i).contains("حادي") {
        return None;
    }
    Some(Number {
        start: i,
        end,
        span: Span::new(reading.span_of(&found).start, reading.span(i, end).end),
        amount: Amount::Exact(decimal(value)),
        sort: Sort::Ordinal,
        digits: false,
        article: found.cut.article > 0,
        rule: "",
        doubt: None,
        base: None,
    })
}

/// The tens or the ten after an ordinal unit.
fn higher(reading: &Reading<'_>, lists: &Lists, unit: u64, at: usize) -> Option<(u64, usize)> {
    if !reading.same_line(at) {
        return None;
    }
    let start = at + usize::from(reading.is(at, &["و"]));
    let (word, found) = lists.word(reading, start, &[Role::Ten, Role::Tens])?;
    let joins = joined(reading, &found);
    let fits = match word.role {
        Role::Ten => !joins && found.cut.stem() == 0,
        _ => joins && unit < 10,
    };
    fits.then_some((unit + word.value, found.end))
}

/// Whether the word at `i` ranks: not a second of time, not an oxide, not the
/// day before yesterday.
fn is_rank(reading: &Reading<'_>, i: usize, found: &Found) -> bool {
    let bare = found.cut.article == 0;
    match reading.folded(i) {
        word if word.ends_with("ثانيه") && bare => {
            i > 0
                && reading.folded(i - 1).ends_with('ه')
                && reading.is(i - 1, &["مره", "دفعه", "جوله", "مرحله", "ولايه", "سنه", "فرصه", "مباراه"])
        }
        // «قناة التاسعة» is a name.
        _ if !bare && i > 0 && reading.is(i - 1, &["قناه", "اذاعه", "صحيفه", "تلفزيون"]) => {
            false
        }
        word if word.ends_with("ثاني") => !reading.is(i + 1, &["اكسيد"]),
        word if word.ends_with("اولي") => !is_preliminary(reading, i),
        word if word.ends_with("اول") && bare => !reading.is(i + 1, &["امس", "من", "باول"]),
        _ => true,
    }
}

/// Whether «أولي» at token `i` is written as the adjective, which folding
/// makes one with «أولى»; behind «المرحلة» only the spelling is careless.
fn is_preliminary(reading: &Reading<'_>, i: usize) -> bool {
    let dotted =
        reading.surface(i).trim_end_matches(|c| ('\u{064B}'..='\u{0652}').contains(&c)).ends_with('ي');
    dotted && !(i > 0 && reading.folded(i - 1).ends_with('ه'))
}
