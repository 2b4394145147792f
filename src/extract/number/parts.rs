//! Fractions in words: نصف, ثلثي, ثلاثة أرباع.

use rust_decimal::Decimal;

use super::super::reading::{Article, Found, Reading};
use super::super::rule::{Card, Rule};
use super::words::{Lists, Role, Word, decimal, governs, joined};
use super::{Amount, Number, Sort, WORDS};
use super::{digits, spelled};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;
use crate::span::Span;

/// «ثلاثة أرباع».
pub(super) const FRACTION_OF_COUNT: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/fraction-counted",
        about: "A number before the plural of a part: three quarters.",
        yes: &["[ثلاثة أرباع]هم من الأطفال => 3/4", "أتلف الحريق [أربعة أخماس] المحصول => 4/5"],
        no: &["سكن ثلاثة رجال"],
    },
    starts: WORDS,
    digits: true,
    at: counted,
};

/// «3/4».
pub(super) const SLASH: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/slash",
        about: "Two numbers in digits with a slash that no calendar reads: a unit follows or a noun with article that is no time, or the lower is past any day.",
        yes: &[
            "أجاب عن [٧٧/١٠٠] من الأسئلة => 77/100",
            "أضف [3/4] كيلوغرام من الدقيق => 3/4",
            "باع [1/3] المحصول => 1/3",
        ],
        no: &["بتاريخ 3/4", "موسم 2016/2017", "القرار 77/100", "يوم 3/4 القادم", "في 1/2 الحالي"],
    },
    starts: Bits::NONE,
    digits: true,
    at: slash,
};

/// «نصف», «ثلثي», «خُمس السكان».
pub(super) const FRACTION: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/fraction",
        about: "The name of a part: a half, two thirds; words that also name a count only before a noun with article.",
        yes: &[
            "دفع [نصف مليون] ريال => 500000",
            "بقي [½] الكمية => 1/2",
            "باع [نصف] الكمية => 1/2",
            "هاجر نحو [ثلثي] السكان => 2/3",
            "يملك [خمس] الأسهم => 1/5",
            "باعت [خُمس] أرضها => 1/5",
            "يعمل [خمس] سكان القرية في الصيد => 1/5",
            "يكفي [خمس]هم للنجاح => 1/5",
            "أتلف الجراد [خمسي] المحصول => 2/5",
        ],
        no: &["بلغ ربع النهائي", "زار خمس مدن", "في منتصف الليل", "دفع ثمن التذكرة"],
    },
    starts: WORDS,
    digits: false,
    at: fraction,
};

fn counted(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let cardinal = spelled::cardinal(reading, lists, i)?;
    let stray = reading.is(cardinal.end, &["-", "–"]);
    let at = cardinal.end + usize::from(stray);
    let (word, found) = lists.word(reading, at, &[Role::FractionPlural])?;
    let numerator = u32::try_from(cardinal.value).ok().filter(|n| (3..=10).contains(n))?;
    if found.cut.clitics > 0 || !reading.same_line(at) {
        return None;
    }
    let start = cardinal.at;
    if let Some(number) = of_scale(reading, lists, i, start, found.end, (u64::from(numerator), word.value)) {
        return Some(number);
    }
    Some(Number {
        start: i,
        end: found.end,
        span: Span::new(cardinal.at, end_of(reading, &word, found.start)),
        amount: Amount::Fraction(numerator, u32::try_from(word.value).ok()?),
        sort: Sort::Fraction,
        digits: false,
        article: cardinal.article,
        rule: "",
        doubt: None,
        base: None,
    })
}

fn fraction(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (word, found) = lists.word(reading, i, &[Role::Fraction, Role::FractionMarked, Role::Vulgar])?;
    let marked = word.role == Role::FractionMarked && !is_vowelled(reading, &found);
    if !is_part(reading, lists, &found, &word, marked) || found.cut.article > 0 && marked {
        return None;
    }
    let word = if is_one_part(reading, &found, &word) { Word { value: 1, ..word } } else { word };
    let start = reading.span_of(&found).start;
    if word.role == Role::Fraction && word.pronoun == 0 && found.cut.article == 0 {
        let part = (word.value, word.second);
        if let Some(number) = of_scale(reading, lists, i, start, found.end, part) {
            return Some(number);
        }
    }
    Some(Number {
        start: i,
        end: found.end,
        span: Span::new(reading.span_of(&found).start, end_of(reading, &word, i)),
        amount: Amount::Fraction(u32::try_from(word.value).ok()?, u32::try_from(word.second).ok()?),
        sort: Sort::Fraction,
        digits: false,
        article: found.cut.article > 0,
        rule: "",
        doubt: None,
        base: None,
    })
}

/// «نصف مليون»: the part of the scale word at token `at`.
fn of_scale(
    reading: &Reading<'_>,
    lists: &Lists,
    i: usize,
    start: usize,
    at: usize,
    (n, d): (u64, u64),
) -> Option<Number> {
    let (scale, found) = lists.word(reading, at, &[Role::Scale, Role::Hundred])?;
    if found.cut.clitics > 0 || !reading.same_line(at) {
        return None;
    }
    let value = decimal(scale.value).checked_mul(decimal(n))?.checked_div(decimal(d))?;
    Some(Number {
        start: i,
        end: found.end,
        span: Span::new(start, reading.span(i, found.end).end),
        amount: Amount::Exact(value),
        sort: Sort::Cardinal,
        digits: false,
        article: false,
        rule: "",
        doubt: None,
        base: None,
    })
}

/// «لترين ونصف», «لتر ونصف»: a unit that counts by its ending, or is one by
/// itself, and a part of it.
pub(super) fn and_part(
    reading: &Reading<'_>,
    lists: &Lists,
    i: usize,
    number: Option<&Number>,
) -> Option<Number> {
    if !reading.bits(i).has(List::Unit) || number.is_some_and(|n| n.sort != Sort::Dual) {
        return None;
    }
    let joins = reading.is(i + 1, &["و"])
        || reading.folded(i + 1).starts_with('و') && reading.bits(i + 1).meets(WORDS);
    if !joins {
        return None;
    }
    let found = reading.find(List::Unit, i, Article::Kept).filter(|f| f.end == i + 1)?;
    let at = i + 1 + usize::from(reading.is(i + 1, &["و"]));
    let (word, fraction) = lists.word(reading, at, &[Role::Fraction])?;
    let whole = number.map_or(Some(Decimal::ONE), Number::value)?;
    let bare = word.pronoun == 0 && joined(reading, &fraction) && reading.same_line(at);
    let unit_at = |at| reading.find(List::Unit, at, Article::Free).map(|unit| unit.row);
    let same = unit_at(fraction.end) == Some(found.row);
    let again = !same && reading.folded(fraction.end).starts_with("ال");
    let counted = i > 0 && reading.same_line(i) && reading.bits(i - 1).meets(WORDS);
    let digits = i > 0 && reading.kind(i - 1) == Some(Kind::Digits);
    // «كيلومترات ونصف»: only one or two of a unit need no number before it.
    let plural = number.is_none() && !is_singular(reading.folded(i));
    // «دقيقتان وربع ثانية»: the part is of something else.
    let again = again || !same && reading.bits(fraction.end).meets(Bits::of(&[List::Unit, List::Currency]));
    if !bare || again || counted || digits || plural {
        return None;
    }
    let value = whole + decimal(word.value).checked_div(decimal(word.second))?;
    Some(Number {
        start: i,
        end: fraction.end,
        span: Span::new(reading.span_of(&found).start, reading.span(i, fraction.end).end),
        amount: Amount::Exact(value),
        sort: Sort::Cardinal,
        digits: false,
        article: false,
        rule: AND_PART.id,
        doubt: None,
        base: None,
    })
}

/// The names of single units that take a part after them.
fn is_singular(word: &str) -> bool {
    const SINGULARS: [&str; 32] = [
        "لتر",
        "ليتر",
        "لترا",
        "كيلو",
        "كيلومتر",
        "كيلومترا",
        "متر",
        "مترا",
        "طن",
        "طنا",
        "كوب",
        "هكتار",
        "فدان",
        "برميل",
        "ميل",
        "دونم",
        "ساعه",
        "دقيقه",
        "يوم",
        "يوما",
        "اسبوع",
        "اسبوعا",
        "شهر",
        "شهرا",
        "سنه",
        "عام",
        "عاما",
        "عقد",
        "عقدا",
        "قرن",
        "قرنا",
        "ليله",
    ];
    let word = word.strip_prefix(['ب', 'ل']).filter(|w| SINGULARS.contains(w)).unwrap_or(word);
    SINGULARS.contains(&word)
}

/// The card of [`and_part`].
pub(super) const AND_PART: Card = Card {
    id: "number/unit-and-part",
    about: "One or two of a unit and a part of it, without a number word.",
    yes: &[
        "يكفي [لتر ونصف] من الماء => 1.5",
        "سار [كيلومترين ونصف] يوميا => 2.5",
        "تأخرت الطائرة [ساعة ونصف] الساعة => 1.5",
    ],
    no: &["باع 3 أطنان ونصف المحصول", "شرب لتر الماء"],
};

/// Greatest day of a month: a slash before more is no date's.
const LAST_DAY: Decimal = Decimal::from_parts(31, 0, 0, false, 0);
/// Greatest denominator that is written with a slash.
const LAST_PART: Decimal = Decimal::from_parts(1000, 0, 0, false, 0);
/// Greatest denominator of a part of a noun with article.
const LAST_SLICE: Decimal = Decimal::TEN;
/// Words that make two numbers with a slash a day and a month.
const DATES: Bits = Bits::of(&[List::DateOpener, List::DateWord, List::Weekday, List::Month]);

fn slash(reading: &Reading<'_>, _: &Lists, i: usize) -> Option<Number> {
    let sign = i + 1;
    if !reading.is(sign, &["/", "⁄"]) || !reading.glued(sign) || !reading.glued(sign + 1) {
        return None;
    }
    let plain = |at| digits::read(reading, at, |_| false).filter(|d| d.width > 0 && d.end == at + 1);
    let (over, under) = (plain(i)?, plain(sign + 1)?);
    let more = |at: usize| reading.is(at, &["/", "-", "⁄"]);
    let chained = more(under.end) || i > 0 && more(i - 1);
    let measured = reading.bits(under.end).meets(Bits::of(&[List::Unit, List::Currency]));
    let day = i > 0 && reading.same_line(i) && reading.bits(i - 1).meets(DATES);
    let whole = reading.folded(under.end).starts_with("ال")
        && reading.same_line(under.end)
        && !reading.bits(under.end).meets(DATES)
        && under.value <= LAST_SLICE
        && !day;
    let free = measured || whole || under.value > LAST_DAY && under.value <= LAST_PART;
    if chained || !free || over.value >= under.value || over.value.is_zero() {
        return None;
    }
    Some(Number {
        start: i,
        end: under.end,
        span: reading.span(i, under.end),
        amount: Amount::Fraction(u32::try_from(over.value).ok()?, u32::try_from(under.value).ok()?),
        sort: Sort::Fraction,
        digits: true,
        article: false,
        rule: "",
        doubt: None,
        base: None,
    })
}

/// Where the word at token `i` ends before its pronoun.
pub(super) fn end_of(reading: &Reading<'_>, word: &Word, i: usize) -> usize {
    let surface = reading.surface(i);
    let span = reading.span(i, i + 1);
    if word.pronoun == 0 {
        return span.end;
    }
    let letters = reading.folded(i).chars().count().saturating_sub(word.pronoun);
    span.start + crate::normalize::clitics::skip(surface, letters)
}

/// Whether the found word means a part here: rounds of a cup are none, and a
/// word that is also a number needs a noun with article after it, or one that
/// three to ten never count.
fn is_part(reading: &Reading<'_>, lists: &Lists, found: &Found, word: &Word, marked: bool) -> bool {
    let next = reading.folded(found.end);
    let round = matches!(next, "النهايي" | "نهايي" | "النهائي" | "نهائي" | "السنوي" | "السنويه");
    let definite = next.starts_with("ال") && !matches!(next, "الاف" | "الف");
    let whole = || lists.word(reading, found.end, &[Role::Whole]).is_some_and(|(_, f)| f.cut.stem() == 0);
    // «الثالثة ونصف» is a time of day.
    let at = found.start;
    let clock = at > 0 && reading.bits(at - 1).has(List::Ordinal) && reading.folded(at).starts_with('و');
    // «ثمن» is a price unless its vowel is written or something is taken from
    // the whole.
    let taken = at > 0 && reading.same_line(at) && reading.is(at - 1, &TAKEN);
    let price = word.second == 8 && !taken;
    let of = word.pronoun > 0 || reading.same_line(found.end) && (definite || whole());
    !round && !clock && (!marked || of && !price)
}

/// Words before a part that no price has.
const TAKEN: [&str; 14] = [
    "نحو",
    "حوالي",
    "قرابه",
    "يمثل",
    "تمثل",
    "يشكل",
    "تشكل",
    "يعادل",
    "حذف",
    "حذفت",
    "اكل",
    "التهم",
    "التهمت",
    "اتلف",
];

/// Whether the vowel of «خُمس» is written, which tells it from «خَمس».
fn is_vowelled(reading: &Reading<'_>, found: &Found) -> bool {
    let word = &reading.surface(found.start)
        [reading.span_of(found).start - reading.span(found.start, found.end).start..];
    word.chars().nth(1) == Some('\u{064F}')
}

/// Whether «ربعا», «ثلثا» is one part in the accusative: no noun follows that
/// a construct dual would need.
fn is_one_part(reading: &Reading<'_>, found: &Found, word: &Word) -> bool {
    word.value == 2 && reading.folded(found.start).ends_with('ا') && !governs(reading, found.end)
}
