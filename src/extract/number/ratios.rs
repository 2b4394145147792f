//! Ratios («واحد من كل ستة») and multiples («ثلاثة أضعاف»).

use rust_decimal::Decimal;

use super::super::reading::Reading;
use super::super::rule::{Card, Rule};
use super::cardinals::{number, percent_end};
use super::parts::end_of;
use super::spelled::{self, Cardinal};
use super::words::{Lists, Role, counts_noun, decimal};
use super::{Amount, Number, Sort, WORDS};
use crate::lexicon::List;
use crate::normalize::Kind;
use crate::span::Span;

/// «واحد من كل ستة».
pub(super) const OF_EACH: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/ratio-of-each",
        about: "So many of every so many.",
        yes: &[
            "يعاني [واحد من كل ستة] أطفال => 1/6",
            "رسب [3 من كل 10] طلاب => 3/10",
            "غابت [أربع عاملات من كل سبع] أمس => 4/7",
        ],
        no: &["خرج ثلاثة من كل بيت"],
    },
    starts: WORDS,
    digits: true,
    at: of_each,
};

/// «بنسبة 3 إلى 1».
pub(super) const ODDS: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/odds",
        about: "So many to so many, after the word for ratio.",
        yes: &["صوّت المجلس بنسبة [3 إلى 1] => 3/1", "حسمت القضية بنسبة [واحد إلى خمسة] => 1/5"],
        no: &["ارتفعت النسبة من 3 إلى 5 بالمئة", "يعمل فيها 3 إلى 5 عمال", "بنسبة واحد إلى اثنين في المئة"],
    },
    starts: WORDS,
    digits: true,
    at: odds,
};

/// «واحد على مئة».
pub(super) const ONE_IN: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/one-over",
        about: "One over a power of ten, in words.",
        yes: &["لا تتجاوز الجرعة [واحد على مئة] من الغرام => 1/100"],
        no: &["عثر واحد على حقيبة"],
    },
    starts: WORDS,
    digits: false,
    at: one_in,
};

/// «خمسة في الألف».
pub(super) const PER_MILLE: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/per-mille",
        about: "A number with the words or the sign for a part of a thousand.",
        yes: &["بلغ المعدل [خمسة في الألف] => 5/1000", "نحو [12‰] من المواليد => 12/1000"],
        no: &["عاشت 3 ممالك في الألف الثاني قبل الميلاد"],
    },
    starts: WORDS,
    digits: true,
    at: per_mille,
};

/// «ثلاث مرات أكثر».
pub(super) const AS_MUCH: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/times-more",
        about: "So many times more or less; once and a half.",
        yes: &[
            "صار أغلى [ثلاث مرات] أكثر مما كان => 3",
            "وهو [مرتين] أكبر من سابقه => 2",
            "ارتفع [مرة ونصف المرة] => 1.5",
            "كلفته أعلى ب[ثلاث مرات] من سابقه => 3",
            "تضاعف عدد المشتركين [مرتين] => 2",
        ],
        no: &["فاز ثلاث مرات في البطولة", "زارها مرة واحدة"],
    },
    starts: WORDS,
    digits: true,
    at: as_much,
};

/// «ثلاثة أضعاف».
pub(super) const TIMES: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/times",
        about: "So many times as much.",
        yes: &["قفز السعر [أربعة أضعاف] => 4", "يلزمنا [خمسة أضعاف]ها على الأقل => 5"],
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
        about: "Twice as much; ضعف also means weakness and counts only before a noun of quantity, with article only after a word of measure.",
        yes: &[
            "وصل إلى [ضعفي] المعدل => 2",
            "ما يعادل [ضعف] عدد السكان => 2",
            "ارتفعت الأجرة بمقدار ال[ضعف] => 2",
        ],
        no: &["بسبب ضعف الأداء", "عالج نقاط الضعف", "يعود إلى الضعف في الأداء"],
    },
    starts: WORDS,
    digits: false,
    at: double,
};

fn of_each(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let part = spelled::cardinal(reading, lists, i)?;
    let of = of_after_noun(reading, part.end)?;
    let each = of + 1 + usize::from(reading.is(of + 1, &["بين", "اصل"]));
    if !reading.is(each, &["كل"]) {
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

/// The token «من» at `at` or behind the noun that stands there.
fn of_after_noun(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let noun = |at: usize| {
        reading.kind(at) == Some(Kind::Word) && reading.same_line(at) && !reading.bits(at).has(List::Function)
    };
    (at..at + 3).find(|&of| reading.is(of, &["من"])).filter(|&of| (at..of).all(noun))
}

fn odds(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let before = i.checked_sub(1)?;
    if !reading.is(before, &["بنسبه", "نسبه", "بمعدل", "بواقع", "مقابل"]) {
        return None;
    }
    let first = spelled::cardinal(reading, lists, i)?;
    let second =
        spelled::cardinal(reading, lists, first.end + 1).filter(|_| reading.is(first.end, &["الي"]))?;
    let one = first.value == Decimal::ONE && !counts_noun(reading, second.end);
    let odds = first.value > second.value || one;
    let odds = odds && percent_end(reading, lists, second.end).is_none();
    odds.then(|| fraction(reading, i, &first, (first.value, second.value), second.end))?
}

fn one_in(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let one = spelled::cardinal(reading, lists, i).filter(|c| c.one && !c.article)?;
    let under = spelled::cardinal(reading, lists, one.end + 1).filter(|_| reading.is(one.end, &["علي"]))?;
    let powers = [10, 100, 1000, 10_000, 100_000, 1_000_000].map(decimal);
    let ratio = powers.contains(&under.value) && !under.article;
    let number = ratio.then(|| fraction(reading, i, &one, (one.value, under.value), under.end))??;
    Some(Number { sort: Sort::Fraction, ..number })
}

fn per_mille(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let part = spelled::cardinal(reading, lists, i)?;
    let (word, found) = lists.word(reading, part.end, &[Role::PerMille])?;
    let millennium = reading.bits(found.end).has(List::Ordinal) && reading.same_line(found.end);
    if found.cut.clitics > 0 || millennium || !reading.same_line(part.end) {
        return None;
    }
    fraction(reading, i, &part, (part.value, decimal(word.value)), found.end).or_else(|| {
        let value = part.value.checked_div(decimal(word.value))?;
        let number = number(reading, i, &part, found.end);
        Some(Number { amount: Amount::Exact(value), sort: Sort::Ratio, digits: false, ..number })
    })
}

/// The ratio `n` to `d` of tokens `i..end`, where both are whole.
fn fraction(
    reading: &Reading<'_>,
    i: usize,
    first: &Cardinal,
    (n, d): (Decimal, Decimal),
    end: usize,
) -> Option<Number> {
    if !n.fract().is_zero() || !d.fract().is_zero() || d.is_zero() {
        return None;
    }
    let amount = Amount::Fraction(u32::try_from(n).ok()?, u32::try_from(d).ok()?);
    Some(Number { amount, sort: Sort::Ratio, digits: false, ..number(reading, i, first, end) })
}

/// Words of comparison after «مرات».
const COMPARISONS: [&str; 14] = [
    "اكثر", "اعلي", "اكبر", "اقل", "اسرع", "اطول", "اقوي", "اغلي", "ارخص", "ادني", "اثقل", "ابعد", "اوسع",
    "اصغر",
];
/// How many tokens before «مرات» a verb of doubling is looked for.
const REACH: usize = 6;

/// Whether what stands before token `i` makes times of something a multiple:
/// «تضاعف … ثلاث مرات», «أكثر بثلاث مرات».
fn multiplies(reading: &Reading<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|_| reading.same_line(i)) else { return false };
    let by = reading.folded(i).starts_with('ب') || reading.is(before, &["ب"]);
    let sentence = reading.text.sentences[reading.text.sentence_of(i)].start;
    let doubles = |at: usize| reading.folded(at).contains("ضاعف");
    reading.is(before, &["بمقدار", "بمعدل", "بواقع"])
        || by && (before.saturating_sub(1)..i).any(|at| reading.is(at, &COMPARISONS))
        || (sentence.max(i.saturating_sub(REACH))..i).any(doubles)
}

fn as_much(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let multiplies = multiplies(reading, i);
    if let Some((word, found)) = lists.word(reading, i, &[Role::Once]) {
        let half = reading.is(found.end, &["ونصف"]) && reading.same_line(found.end);
        let end = found.end + usize::from(half);
        let compares = multiplies || reading.is(end, &COMPARISONS);
        let of_itself = half && reading.is(end, &["المره", "مره"]);
        if found.cut.article > 0 || !of_itself && !(compares && (half || word.value == 2)) {
            return None;
        }
        let end = end + usize::from(of_itself);
        let value = decimal(word.value) + if half { Decimal::new(5, 1) } else { Decimal::ZERO };
        let span = Span::new(reading.span_of(&found).start, reading.span(i, end).end);
        return Some(multiple(i, end, span, value));
    }
    let cardinal = spelled::cardinal(reading, lists, i)?;
    let (_, found) = lists.word(reading, cardinal.end, &[Role::Once, Role::OncePlural])?;
    let compares = multiplies || reading.is(found.end, &COMPARISONS);
    let fits = found.cut.stem() == 0 && compares && reading.same_line(cardinal.end);
    let span = Span::new(cardinal.at, reading.span(i, found.end).end);
    fits.then(|| multiple(i, found.end, span, cardinal.value))
}

fn multiple(start: usize, end: usize, span: Span, value: Decimal) -> Number {
    Number {
        start,
        end,
        span,
        amount: Amount::Exact(value),
        sort: Sort::Multiplier,
        digits: false,
        article: false,
        rule: "",
        doubt: None,
        base: None,
    }
}

fn times(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let cardinal = spelled::cardinal(reading, lists, i)?;
    let (word, found) = lists.word(reading, cardinal.end, &[Role::Times])?;
    if found.cut.clitics > 0 || !reading.same_line(cardinal.end) {
        return None;
    }
    let span = Span::new(cardinal.at, end_of(reading, &word, found.start));
    Some(Number { sort: Sort::Multiplier, span, digits: false, ..number(reading, i, &cardinal, found.end) })
}

/// Words after which «ضعف» is twice and not weakness.
const QUANTITIES: [&str; 12] =
    ["عدد", "ما", "حجم", "سعر", "قيمه", "المعدل", "معدل", "العدد", "الرقم", "المبلغ", "الكميه", "متوسط"];

/// Whether «الضعف» at token `i` is twice as much: «بمقدار الضعف», «أكثر من
/// الضعف», «ارتفع إلى الضعف».
fn is_measured(reading: &Reading<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|_| reading.same_line(i)) else { return false };
    let raised = reading.is(before, &["الي", "نحو", "من", "حوالي", "قرابه"]) && {
        let from = reading.text.sentences[reading.text.sentence_of(i)].start.max(i.saturating_sub(REACH));
        (from..before)
            .any(|at| reading.bits(at).has(List::Change) || reading.is(at, &["اكثر", "باكثر", "لاكثر"]))
    };
    (raised || reading.is(before, &["بمقدار", "مقدار", "بمعدل", "بنسبه", "بواقع", "باكثر"]))
        && !reading.is(i + 1, &["في", "العام"])
}

fn double(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (word, found) = lists.word(reading, i, &[Role::Double])?;
    let plain = reading.folded(i).ends_with("ضعف");
    let definite = found.cut.article > 0;
    if definite && !is_measured(reading, i) || plain && !definite && !reading.is(i + 1, &QUANTITIES) {
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
        doubt: None,
        base: None,
    })
}
