//! Lengths of time: a number and a unit, duals, fractions, compounds, vague
//! ones; and the lengths that lie just before or after now (الأيام الماضية).

use rust_decimal::Decimal;

use super::RuleOf;
use super::atom;
use super::calendar::{Length, Unit};
use super::value::{Draft, Value};
use super::words::{Lists, Many, UnitWord};
use crate::extract::number::Amount;
use crate::extract::reading::Found;
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};

/// A length of time.
pub(super) const LENGTH: RuleOf = Rule {
    card: Card {
        id: "duration/length",
        about: "A number of units of time, a dual, a fraction, a compound of them, or a vague number of them.",
        yes: &[
            "هدنة مدتها [خمسة أيام] => P5D",
            "استمرت [ساعتين ونصف] => PT2.5H",
            "غاب [ثلاثة أشهر وأسبوعين] => P3M2W",
            "بعد [أيام قليلة] => PXD",
            "لمدة [أسبوع] => P1W",
            "عقوبتها السجن من [3 إلى 5 سنوات] => P3Y/P5Y",
            "تأخر [ثلاثة أرباع الساعة] => PT0.75H",
            "مضى [نصف قرن] على رحيله => P50Y",
            "نزحوا خلال [الأسابيع القليلة الماضية] => PXW",
        ],
        no: &["للمرة الثانية", "نهاية عام 2023", "في 2023 يوم الأحد"],
    },
    starts: Bits::of(&[List::TimeUnit, List::DateOpener]),
    digits: true,
    at: duration,
};

/// A length read at a token.
#[derive(Debug)]
pub(super) struct LengthRead {
    pub value: Length,
    pub end: usize,
    pub from: usize,
    /// Whether it is one unit with no number.
    pub bare: bool,
    pub vague: bool,
    /// Whether the article stands before it.
    pub definite: bool,
    /// Whether a proclitic stands before it.
    pub clitic: bool,
    pub firm: bool,
    /// How many of its unit the word for it is (قرن: 100 years).
    pub size: i64,
}

/// The length at token `i`: one amount and those that «و» adds.
pub(super) fn length(r: &Reading<'_>, l: &Lists, i: usize) -> Option<LengthRead> {
    let mut read = amount(r, l, i)?;
    while let Some((next, end)) = addition(r, l, &read) {
        for (unit, count) in next.amounts {
            read.value.add(unit, count?);
        }
        read.end = end;
        read.bare = false;
        read.firm = true;
    }
    Some(read)
}

/// What «و» adds to a length: an amount of a finer unit, or a fraction.
fn addition(r: &Reading<'_>, l: &Lists, read: &LengthRead) -> Option<(Length, usize)> {
    if read.vague || !r.same_line(read.end) {
        return None;
    }
    let finest = read.value.finest();
    let comma = usize::from(r.is(read.end, &["،", ","]));
    let at = read.end + comma;
    let fraction = |word: &str| -> Option<Decimal> {
        Some(match word {
            "ونصف" | "ونصفا" | "ونص" | "نصف" => Decimal::new(5, 1),
            "وربع" | "وربعا" | "ربع" => Decimal::new(25, 2),
            "وثلث" | "وثلثا" => Decimal::ONE / Decimal::from(3),
            _ => return None,
        })
    };
    let loose = usize::from(r.is(at, &["و"]));
    let word = r.folded(at + loose);
    if (loose == 1 || word.starts_with('و'))
        && comma == 0
        && let Some(part) = fraction(word)
    {
        let unit_behind =
            atom::unit(r, l, at + loose + 1).filter(|(u, f)| u.many == Many::One && f.cut.clitics == 0);
        let size = Decimal::from(read.size);
        return Some(match unit_behind {
            Some((unit, found)) if unit.unit < finest && found.cut.article == 0 => {
                (Length::of(unit.unit, part), found.end)
            }
            // «ساعة ونصف الساعة»
            Some((unit, found)) if unit.unit == finest && found.cut.article > 0 => {
                (Length::of(finest, part.checked_mul(size)?), found.end)
            }
            _ => (Length::of(finest, part.checked_mul(size)?), at + loose + 1),
        });
    }
    let joined = loose == 1 || word.starts_with('و') || comma == 1;
    let next = amount(r, l, at + loose).filter(|next| joined && next.value.finest() < finest)?;
    (!next.vague && !next.definite).then_some((next.value, next.end))
}

/// One amount: a number and a unit, a dual, a fraction of a unit, a unit alone.
fn amount(r: &Reading<'_>, l: &Lists, i: usize) -> Option<LengthRead> {
    fraction_of(r, l, i).or_else(|| counted(r, l, i)).or_else(|| worded(r, l, i))
}

/// «نصف ساعة», «ربع ساعة».
fn fraction_of(r: &Reading<'_>, l: &Lists, i: usize) -> Option<LengthRead> {
    let word = r.folded(i);
    let stem = word.strip_prefix(['و', 'ب', 'ل']).unwrap_or(word);
    let part = match stem {
        "نصف" | "نص" => Decimal::new(5, 1),
        "ربع" => Decimal::new(25, 2),
        "ثلث" => Decimal::ONE / Decimal::from(3),
        _ => return None,
    };
    let (unit, found) = atom::unit(r, l, i + 1)?;
    // «نصف الساعة» is a length, «نصف العام» a part of the year.
    let definite = found.cut.article > 0 && unit.unit != Unit::Hour;
    if unit.many != Many::One || found.cut.clitics > 0 || definite || !r.same_line(i + 1) {
        return None;
    }
    if l.month(r, found.end).is_some() {
        return None;
    }
    let from = r.start_after(i, word.len() - stem.len());
    let length = read(unit, Some(part.checked_mul(Decimal::from(unit.size))?), found.end, from);
    Some(LengthRead { firm: true, ..length })
}

fn read(unit: UnitWord, count: Option<Decimal>, end: usize, from: usize) -> LengthRead {
    let value = count.map_or_else(|| Length::vague(unit.unit), |n| Length::of(unit.unit, n));
    LengthRead {
        value,
        end,
        from,
        bare: false,
        vague: count.is_none(),
        definite: false,
        clitic: false,
        firm: unit.firm,
        size: unit.size,
    }
}

/// A number and its unit.
fn counted(r: &Reading<'_>, l: &Lists, i: usize) -> Option<LengthRead> {
    let (count, end, from) = quantity(r, i)?;
    let (unit, found) = atom::unit(r, l, end)?;
    // «آلاف السنين», «ثلاثة أرباع الساعة»
    let of_all = count.is_none_or(|n| n < Decimal::ONE && unit.unit == Unit::Hour);
    let cut = if of_all { found.cut.clitics } else { found.cut.stem() };
    if cut > 0 || !r.same_line(end) || unit.many == Many::Two || is_dated(r, l, &found, unit) {
        return None;
    }
    let count = match count {
        Some(n) => Some(n.checked_mul(Decimal::from(unit.size))?),
        None => None,
    };
    (!r.is(found.end, &["ضوئيه"])).then(|| read(unit, count, found.end, from))
}

/// Whether the unit begins a date and does not count the number before it.
fn is_dated(r: &Reading<'_>, l: &Lists, found: &Found, unit: UnitWord) -> bool {
    let next = found.end;
    if !r.same_line(next) {
        return false;
    }
    match unit.unit {
        Unit::Year => unit.many == Many::One && atom::digits(r, next).is_some_and(|n| n.digits == 4),
        Unit::Month => unit.many == Many::One && l.month(r, next).is_some(),
        Unit::Day => {
            unit.many == Many::One
                && (l.weekday(r, next).is_some()
                    || atom::day(r, next).is_some_and(|(_, n)| l.month(r, n.end).is_some()))
        }
        _ => false,
    }
}

/// The quantity at token `i`: exact, or `None` inside for a vague one.
fn quantity(r: &Reading<'_>, i: usize) -> Option<(Option<Decimal>, usize, usize)> {
    if let Some(number) = r.number_at(i) {
        let from = atom::word_start(r, i, number.article);
        return match &number.amount {
            Amount::Exact(_) | Amount::Fraction(..) if !super::year::is_ordinal(r, i) => {
                Some((Some(number.value()?), number.end, from))
            }
            Amount::Vague { .. } => Some((None, number.end, from)),
            _ => None,
        };
    }
    let whole = atom::digits(r, i)?;
    Some((Some(Decimal::from(whole.value)), whole.end, whole.from))
}

/// A dual, a unit alone, or units of which a word says how many.
fn worded(r: &Reading<'_>, l: &Lists, i: usize) -> Option<LengthRead> {
    let vague_before =
        r.is(i, &["عده", "بضعه", "بضع", "لعده", "لبضعه", "لبضع", "بعده", "وعده", "وبضعه", "عشرات", "مئات"]);
    let at = i + usize::from(vague_before);
    let (unit, found) = atom::unit(r, l, at).filter(|_| r.same_line(at) || !vague_before)?;
    if vague_before {
        let cut = usize::from(r.folded(i).starts_with(['ل', 'ب', 'و']) && !r.is(i, &["بضعه", "بضع"])) * 2;
        return (found.cut.clitics == 0 && unit.many != Many::Two)
            .then(|| read(unit, None, found.end, r.start_after(i, cut)));
    }
    let count = match unit.many {
        Many::One => Some(Decimal::from(unit.size)),
        Many::Two => Some(Decimal::from(unit.size.checked_mul(2)?)),
        Many::Several => None,
    };
    if unit.many != Many::Several && is_dated(r, l, &found, UnitWord { many: Many::One, ..unit }) {
        return None;
    }
    let mut read = read(unit, count, found.end, atom::start(r, &found));
    read.definite = found.cut.article > 0;
    read.clitic = found.cut.clitics > 0;
    read.bare = unit.many == Many::One;
    if unit.many == Many::Several && r.same_line(read.end) && is_few(r, read.end) {
        read.end += 1;
        read.bare = true;
    }
    Some(read)
}

fn is_few(r: &Reading<'_>, i: usize) -> bool {
    r.is(i, &["قليله", "عده", "عديده", "معدوده", "معدودات"])
}

/// «3 إلى 5 سنوات», «ثلاث سنوات وخمس»: a length between two.
fn between(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let of = |count: Decimal, unit: UnitWord| {
        Some(Length::of(unit.unit, count.checked_mul(Decimal::from(unit.size))?))
    };
    let draft = |from: Decimal, to: Decimal, unit, end, start| {
        let value = Value::Lengths(of(from, unit)?, of(to, unit)?);
        Some(Draft::new(i, end, start, value).by(LENGTH.card.id))
    };
    let number = r.number_at(i)?;
    if let Amount::Range(from, to) = number.amount {
        let (unit, found) = atom::unit(r, l, number.end)?;
        let counted = found.cut.stem() == 0 && unit.many != Many::Two && r.same_line(number.end);
        let start = atom::word_start(r, i, number.article);
        return draft(from, to, unit, found.end, start).filter(|_| counted && !is_dated(r, l, &found, unit));
    }
    let between = i > 0 && r.is(i - 1, &["بين", "من"]);
    let first = counted(r, l, i).filter(|_| between)?;
    let at = first.end + usize::from(r.is(first.end, &["و", "الي"]));
    let second = r.number_at(at).filter(|n| n.value().is_some() && r.same_line(at))?;
    let joined = at > first.end || r.folded(at).starts_with('و');
    let alone = atom::unit(r, l, second.end).is_none() && !r.bits(second.end).has(List::Noun);
    let (unit, _) = atom::unit(r, l, number.end)?;
    draft(number.value()?, second.value()?, unit, second.end, first.from).filter(|_| joined && alone)
}

fn duration(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(draft) = between(r, l, i).or_else(|| definite(r, l, i)) {
        return Some(draft);
    }
    let read = length(r, l, i)?;
    if read.definite {
        return None;
    }
    let alone = read.bare || (read.vague && r.number_at(i).is_none());
    let end = if alone { whole_unit(r, &read, i)? } else { read.end };
    if !read.firm && !is_timely(r, i) && !r.is(read.end, &["من"]) {
        return None;
    }
    let start = i;
    Some(Draft::new(start, end, read.from, Value::Length(read.value)).by(LENGTH.card.id))
}

/// Words before a unit without a number that make it a length.
const TIMELY: [&str; 20] = [
    "لمده",
    "مده",
    "مدته",
    "مدتها",
    "طوال",
    "طيله",
    "مدي",
    "مدار",
    "خلال",
    "غضون",
    "لفتره",
    "فتره",
    "استمرت",
    "استمر",
    "دامت",
    "دام",
    "تستمر",
    "يستمر",
    "منذ",
    "استغرقت",
];

fn is_timely(r: &Reading<'_>, i: usize) -> bool {
    i > 0 && r.same_line(i) && (r.is(i - 1, &TIMELY) || r.is(i - 1, &["قبل", "بعد", "نحو", "من", "كل"]))
}

/// The end of a unit without a number, where something makes it a length.
fn whole_unit(r: &Reading<'_>, read: &LengthRead, i: usize) -> Option<usize> {
    let end = read.end;
    if r.is(end, &["كامل", "كامله", "كاملا", "واحد", "واحده", "باكمله", "باكملها"]) && r.same_line(end)
    {
        return Some(end + 1);
    }
    // «عقد من الزمن»
    if r.is(end, &["من"]) && r.is(end + 1, &["الزمن", "الزمان", "الوقت"]) && read.bare {
        return Some(end + 2);
    }
    if end > i + 1 && is_few(r, end - 1) {
        return Some(end);
    }
    let sentence = r.text.sentences.get(r.text.sentence_of(i))?;
    let alone = sentence.start == i && (sentence.end <= end + 1);
    let before = i > 0 && r.same_line(i) && r.is(i - 1, &TIMELY);
    // One second or one day is no length without a cue: ثانية is also "second".
    let firm = read.value.finest() != Unit::Second || alone;
    ((alone || before && !read.vague) && firm).then_some(end)
}

/// «العامين الماضيين», «الأيام الثلاثة المقبلة»: a length next to now.
fn definite(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let glued_article = i > 0 && r.glued(i) && r.is(i - 1, &["ال"]);
    let unit = atom::unit(r, l, i).filter(|(_, found)| found.cut.article > 0);
    let (number, at, from) = match quantity(r, i).filter(|_| unit.is_none()) {
        Some((number, end, from)) => (Some(number), end, Some(from)),
        None => (None, i, None),
    };
    let (unit, found) = unit.or_else(|| atom::unit(r, l, at))?;
    if found.cut.article == 0 && !glued_article || (unit.many == Many::One && number.is_none()) {
        return None;
    }
    // «الماضيين» looks like a dual of its own.
    let placed = l.adjective(r, found.end).is_some();
    let at = found.end + usize::from(r.is(found.end, &["ال", "القليله", "العديده", "القلائل"]));
    let behind = quantity(r, at).filter(|_| number.is_none() && !placed).map(|(n, end, _)| (n, end));
    let end = behind.map_or(at, |(_, end)| end);
    let last = r.is(end, &["الاخيره", "الاخيرين", "الاخيرتين"]).then_some(end + 1);
    let adjective = l.adjective(r, end).map(|(_, _, found)| found.end).or(last)?;
    let count = match (number.or(behind.map(|(n, _)| n)), unit.many) {
        (Some(count), _) => count,
        (None, Many::Two) => Some(Decimal::TWO),
        (None, _) => None,
    };
    let count = count.and_then(|n| n.checked_mul(Decimal::from(unit.size)));
    let value = count.map_or_else(|| Length::vague(unit.unit), |n| Length::of(unit.unit, n));
    let from = from.unwrap_or_else(|| atom::start(r, &found));
    Some(Draft::new(i, adjective, from, Value::Length(value)).by(LENGTH.card.id))
}
