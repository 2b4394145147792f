//! Plain numbers and percents.

use super::super::reading::Reading;
use super::super::rule::{Card, Rule};
use super::spelled::{self, Cardinal};
use super::words::{Lists, Role, counts_noun, decimal, joined};
use super::{Amount, CUES, Number, Sort, WORDS};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;
use crate::span::Span;

/// So many of a hundred.
pub(super) const PERCENT: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/percent",
        about: "A number with the percent sign or its words after it.",
        yes: &[
            "بلغت النسبة [40%] فقط => 40",
            "تراجعت بنحو [3,2 في المئة] => 3.2",
            "صوّت [خمسة وعشرون بالمائة] من الناخبين => 25",
        ],
        no: &["وصل أربعون في المساء"],
    },
    starts: WORDS,
    digits: true,
    at: percent,
};

/// The words first.
pub(super) const PERCENT_WORDS_FIRST: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/percent-words-first",
        about: "The words of a percent before the digits, where no number stands before them.",
        yes: &["تراجعت المبيعات [بالمئة 15] هذا العام => 15"],
        no: &["زاد 20 بالمئة 3 مرات", "في المئة يوم الأولى"],
    },
    starts: CUES,
    digits: false,
    at: percent_words_first,
};

/// The sign first, as some keyboards leave it.
pub(super) const PERCENT_FIRST: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/percent-sign-first",
        about: "The percent sign glued before the digits.",
        yes: &["ارتفع بنسبة [%12] أمس => 12"],
        no: &["نسبة 12% 15 مرة"],
    },
    starts: Bits::NONE,
    digits: true,
    at: percent_first,
};

/// With scale words.
pub(super) const SCALED: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/scaled",
        about: "A number with a scale word (ألف، مليون، مليار …), in digits, words or both.",
        yes: &[
            "قُتل [31 ألفاً و240] شخصًا => 31240",
            "يسكنها [2.3 مليون] نسمة => 2300000",
            "بلغ [18 ألف و230 مليون] دينار => 18230000000",
            "نزح [مئتا ألف] شخص => 200000",
            "شارك [ألفا] متظاهر => 2000",
            "غادر [ألفين وثمانمئة وخمس وأربعين] عائلة => 2845",
            "كلّف [ثلاثة ملايين ونصف المليون] دولار => 3500000",
        ],
        no: &["وصل آلاف الزوار"],
    },
    starts: WORDS,
    digits: true,
    at: scaled,
};

/// Digits alone.
pub(super) const DIGITS: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/digits",
        about: "Digits of any shape, with the signs that group thousands or begin decimals.",
        yes: &[
            "أصيب و[350] آخرون => 350",
            "بيعت [٢٣٬٥٠٠] نسخة => 23500",
            "زرعت [1.234.567] شجرة => 1234567",
            "بلغ المعدل [67,6] نقطة => 67.6",
            "وصل [10 000] زائر => 10000",
            "عمره [60]عاما => 60",
            "بلغت الكلفة [318، 205، 640] دينارًا => 318205640",
        ],
        no: &["فيروس كوفيد-19", "القانون رقم 40", "موقع الحادث [3]"],
    },
    starts: Bits::NONE,
    digits: true,
    at: digits,
};

/// Words alone.
pub(super) const WORDS_ONLY: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/words",
        about: "A cardinal spelled out, in any gender and case.",
        yes: &[
            "نُقل [تسعة وتسعين] جريحًا => 99",
            "أُحرقت [خمس عشرة] سيارة => 15",
            "زار [مئتين وخمسًا وأربعين] قرية => 245",
            "اعتُقل شخص [واحد] => 1",
        ],
        no: &["قال أحد السكان", "واحد من أهم الملفات", "تبقى البلاد واحدة من أفقر الدول"],
    },
    starts: WORDS,
    digits: false,
    at: words,
};

fn percent(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let i = first(reading, lists, i);
    let cardinal = with_half(reading, lists, spelled::cardinal(reading, lists, i)?);
    let end = percent_end(reading, lists, cardinal.end)?;
    Some(Number { end, sort: Sort::Percent, ..number(reading, i, &cardinal, end) })
}

/// What is measured can be less than nothing.
const MEASURES: Bits = Bits::of(&[List::Unit, List::Currency, List::Number]);

/// The first token of the number at the digits `i`: the minus sign before
/// them, unless it is a dash. Whole things cannot be counted below zero.
fn first(reading: &Reading<'_>, lists: &Lists, i: usize) -> usize {
    let Some(sign) = i.checked_sub(1).filter(|&sign| spelled::is_minus(reading, sign)) else { return i };
    let Some(cardinal) = spelled::cardinal(reading, lists, sign) else { return i };
    let end = cardinal.end;
    let measured = reading.bits(end).meets(MEASURES) || percent_end(reading, lists, end).is_some();
    let led = sign == 0
        || reading.kind(sign - 1) != Some(Kind::Word)
        || !reading.same_line(sign)
        || reading.bits(sign - 1).has(List::Function)
        || !cardinal.value.fract().is_zero();
    if measured || led && !counts_noun(reading, end) { sign } else { i }
}

fn percent_words_first(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (_, found) = lists.word(reading, i, &[Role::Percent])?;
    let counted = i > 0
        && reading.same_line(i)
        && (reading.kind(i - 1) == Some(Kind::Digits) || reading.bits(i - 1).meets(WORDS));
    let digits = reading.kind(found.end) == Some(Kind::Digits) && reading.same_line(found.end);
    let cardinal = spelled::cardinal(reading, lists, found.end).filter(|c| digits && c.digits && !counted)?;
    let number = number(reading, i, &cardinal, cardinal.end);
    let span = Span::new(reading.span(i, i + 1).start, number.span.end);
    Some(Number { span, sort: Sort::Percent, ..number })
}

fn percent_first(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let sign = i.checked_sub(1).filter(|&at| is_percent_sign(reading, at) && reading.glued(i))?;
    let taken = sign > 0 && reading.same_line(sign) && reading.kind(sign - 1) == Some(Kind::Digits);
    let cardinal = spelled::cardinal(reading, lists, i).filter(|c| c.digits && !taken)?;
    let number = number(reading, i, &cardinal, cardinal.end);
    let span = Span::new(reading.span(sign, i).start, number.span.end);
    Some(Number { span, sort: Sort::Percent, ..number })
}

fn scaled(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let i = first(reading, lists, i);
    let cardinal = spelled::cardinal(reading, lists, i).filter(|c| c.scale > decimal(1))?;
    let cardinal = with_half(reading, lists, cardinal);
    Some(number(reading, i, &cardinal, cardinal.end))
}

fn digits(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let i = first(reading, lists, i);
    let cardinal = with_half(reading, lists, spelled::cardinal(reading, lists, i)?);
    Some(number(reading, i, &cardinal, cardinal.end))
}

fn words(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let cardinal = spelled::cardinal(reading, lists, i)?;
    // «تحت الصفر», «المريض صفر» name a point and a person.
    let names =
        cardinal.article || i > 0 && reading.is(i - 1, &["المريض", "بالمريض", "للمريض", "الحاله", "ساعه"]);
    if cardinal.one && !counts_as_one(reading, i) || cardinal.value.is_zero() && names {
        return None;
    }
    let least = decimal(if stands_alone(reading, i, cardinal.end) { 11 } else { 20 });
    let ranks = cardinal.article
        && cardinal.value >= least
        && !counts_noun(reading, cardinal.end)
        && !after_plural(reading, i);
    let sort = if ranks { Sort::Ordinal } else { Sort::Cardinal };
    let cardinal = with_half(reading, lists, cardinal);
    Some(Number { sort, ..number(reading, i, &cardinal, cardinal.end) })
}

/// Whether a plural with article stands before token `i`: «السنوات العشرين»
/// counts years, «السنة العشرين» ranks one.
fn after_plural(reading: &Reading<'_>, i: usize) -> bool {
    const BROKEN: [&str; 8] = ["الاعوام", "الايام", "الاشهر", "الاسابيع", "العقود", "الدول", "الاعضاء", "الدقايق"];
    let Some(before) = i.checked_sub(1).filter(|_| reading.same_line(i)) else { return false };
    let word = reading.folded(before);
    let sound = word.starts_with("ال") && word.chars().count() > 5 && word.ends_with("ات");
    sound || BROKEN.contains(&word)
}

/// Whether no word stands on the line before and after the tokens `i..end`.
pub(super) fn stands_alone(reading: &Reading<'_>, i: usize, end: usize) -> bool {
    let word = |at: usize| reading.kind(at) == Some(Kind::Word);
    let before = i > 0 && reading.same_line(i) && word(i - 1);
    !(before || word(end) && reading.same_line(end))
}

/// «شخص واحد» counts; «واحد من» and «الواحد» do not.
fn counts_as_one(reading: &Reading<'_>, i: usize) -> bool {
    let article = reading.folded(i).starts_with("ال");
    if !article && stands_alone(reading, i, i + 1) {
        return true;
    }
    // «واحدة من أكثر القضايا» is one of many and counts nothing.
    let elative = reading.folded(i + 2);
    let of_most = reading.is(i + 1, &["من"])
        && elative.starts_with('ا')
        && !elative.starts_with("ال")
        && (3..=5).contains(&elative.chars().count());
    if of_most {
        return false;
    }
    let noun = i > 0 && reading.kind(i - 1) == Some(Kind::Word) && reading.same_line(i);
    let function =
        i > 0 && reading.forms(i - 1).iter().any(|f| f.cut.article == 0 && f.bits.has(List::Function));
    noun && !article && !function
}

/// Whether token `at` is a percent sign.
pub(super) fn is_percent_sign(reading: &Reading<'_>, at: usize) -> bool {
    reading.is(at, &["%", "٪", "﹪"])
}

/// The token after the percent sign or words that begin at token `end`.
pub(super) fn percent_end(reading: &Reading<'_>, lists: &Lists, end: usize) -> Option<usize> {
    if is_percent_sign(reading, end) && reading.same_line(end) {
        return Some(end + 1);
    }
    let (_, found) = lists.word(reading, end, &[Role::Percent])?;
    (found.cut.clitics == 0 && reading.same_line(end)).then_some(found.end)
}

/// «مليون ونصف», «3 ملايين ونصف المليون»: a part of the last scale word.
pub(super) fn with_half(reading: &Reading<'_>, lists: &Lists, cardinal: Cardinal) -> Cardinal {
    let part = || {
        // «2½» is written with and without a space.
        if let Some((word, found)) = lists.word(reading, cardinal.end, &[Role::Vulgar]) {
            let part = decimal(word.value).checked_div(decimal(word.second))?;
            let value = cardinal.value.checked_add(part)?;
            return Some(Cardinal { value, end: found.end, width: 0, ..cardinal });
        }
        let at = cardinal.end + usize::from(reading.is(cardinal.end, &["و"]));
        let (word, found) = lists.word(reading, at, &[Role::Fraction])?;
        if word.pronoun > 0 || !joined(reading, &found) || !reading.same_line(at) {
            return None;
        }
        let again = lists.word(reading, found.end, &[Role::Scale]).filter(|(scale, f)| {
            decimal(scale.value) == cardinal.scale && f.cut.clitics == 0 && cardinal.scale > decimal(1)
        });
        let noun = reading.folded(found.end).starts_with("ال");
        if again.is_none() && noun {
            return None;
        }
        let end = again.map_or(found.end, |(_, scale)| scale.end);
        let part = cardinal.scale.checked_mul(decimal(word.value))?.checked_div(decimal(word.second))?;
        Some(Cardinal { value: cardinal.value.checked_add(part)?, end, digits: false, ..cardinal })
    };
    part().unwrap_or(cardinal)
}

/// A number of tokens `i..end` with the cardinal's value.
pub(super) fn number(reading: &Reading<'_>, i: usize, cardinal: &Cardinal, end: usize) -> Number {
    Number {
        start: i,
        end,
        span: Span::new(cardinal.at, reading.span(i, end).end),
        amount: Amount::Exact(cardinal.value),
        sort: Sort::Cardinal,
        digits: cardinal.digits,
        article: cardinal.article,
        rule: "",
        doubt: cardinal.doubt,
        base: None,
    }
}
