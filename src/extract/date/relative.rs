//! Periods and moments by their distance from now: this and last year, three
//! days ago, in two weeks, the next day; and parts of periods (مطلع العام).

use super::atom;
use super::calendar::Unit;
use super::duration;
use super::tense::{self, Tense};
use super::value::{Draft, Value, YearRef};
use super::words::{Lists, Many, Word};
use super::{Modifier, Relation, RuleOf, simple};
use crate::extract::reading::Found;
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// A period so many of its kind from now.
pub(super) const PERIOD: RuleOf = Rule {
    card: Card {
        id: "date/period-from-now",
        about: "This, the last or the next week, month, year …",
        yes: &[
            "تراجعت الصادرات [العام الماضي] => XXXX",
            "يلتقيان [الأسبوع المقبل] => XXXX-WXX",
            "بدأ المشروع [هذا العام] => XXXX",
            "وفي [اليوم التالي] => XXXX-XX-XX",
            "تصدر الترتيب في [الموسم الماضي] => XXXX",
        ],
        no: &["الأمين العام السابق للحزب", "الرأي العام الحالي", "المدير العام الجديد"],
    },
    starts: Bits::of(&[List::TimeUnit, List::DateOpener]),
    digits: false,
    at: period_rule,
};

/// A moment a length before or after now.
pub(super) const AWAY: RuleOf = Rule {
    card: Card {
        id: "date/length-from-now",
        about: "A length of time before or after now, preposition included.",
        yes: &[
            "استقال [قبل ثلاثة أيام] => XXXX-XX-XX",
            "انقطع الاتصال [منذ شهرين] => XXXX-XX",
            "ستفتح المدرسة [بعد أسبوعين من الآن] => XXXX-XX-XX",
            "وقّع العقد يوم 3 أيار وسافر [بعدها بأسبوع] => XXXX-XX-XX",
        ],
        no: &[
            "قبل يومين من الاقتراع",
            "قبل عام 2022",
            "بعد يوم الجمعة",
            "لم يزره أحد منذ شهرين",
            "خرج العمال إلى سطح الأرض بعد ست ساعات",
        ],
    },
    starts: Bits::of(&[List::DateOpener]),
    digits: false,
    at: away,
};

/// The beginning, middle or end of a period.
pub(super) const PART: RuleOf = Rule {
    card: Card {
        id: "date/part-of-period",
        about: "The beginning, middle or end of a day, month, year or other period.",
        yes: &[
            "ينتهي العمل في [نهاية عام 2027] => 2027",
            "يُنقلون [مطلع الشهر المقبل] => XXXX-XX",
            "منذ [أواخر القرن التاسع عشر] => 18XX",
        ],
        no: &["في نهاية المطاف", "في منتصف الطريق", "مع بداية المباراة"],
    },
    starts: Bits::of(&[List::PeriodWord]),
    digits: false,
    at: part,
};

fn period_rule(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    period(r, l, i)
}

/// The period at token `i` that an adjective or هذا places.
pub(super) fn period(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let this = usize::from(atom::is_this(r, i));
    let (unit, size, found) = period_word(r, l, i + this)?;
    let from = if this == 1 { this_start(r, i) } else { atom::start(r, &found) };
    if found.cut.article == 0 || (this == 1 && found.cut.clitics > 0) {
        return None;
    }
    if unit == Unit::Year && size == 1 && this == 0 && is_title(r, &found) {
        return None;
    }
    let at = found.end + usize::from(r.is(found.end, &atom::KINDS));
    let (count, context, end) = match place(r, l, at) {
        Some(place) => place,
        None if this == 1 => (0, false, at),
        // «الأسبوع» alone on its line, not «القرن الأفريقي».
        None if tense::of(r, i, at) == Tense::Alone
            && found.cut.clitics == 0
            && unit > Unit::Hour
            && !(r.same_line(at) && r.folded(at).starts_with("ال")) =>
        {
            (0, false, at)
        }
        None => return None,
    };
    // «العقد الحالي» is a contract, unless something speaks of time.
    if size == 10 && count == 0 && l.cue_before(r, i).is_none() && !r.is(i.wrapping_sub(1), &["في"]) {
        return None;
    }
    if at > found.end && r.folded(found.end).starts_with("الهجري") {
        let (calendar, year) = (super::Calendar::Hijri, YearRef::Shift(count));
        let value = Value::Date { calendar, year, month: None, day: None };
        return Some(Draft::new(i, end, from, value).by(PERIOD.card.id));
    }
    if unit == Unit::Week
        && !context
        && let Some((day, end)) = weekday_behind(r, l, end)
    {
        let value = Value::Weekday { day, toward: None, week: Some(count) };
        return Some(Draft::new(i, end, from, value).by(PERIOD.card.id));
    }
    Some(Draft::new(i, end, from, Value::Shift { unit, size, count, context }).by(PERIOD.card.id))
}

/// «الأسبوع المقبل يوم الجمعة»: the weekday, and the token behind.
fn weekday_behind(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(u8, usize)> {
    let at = i + usize::from(r.is(i, &["يوم"]));
    let (day, bare, found) = l.weekday(r, at).filter(|_| r.same_line(i))?;
    (!bare && found.cut.clitics == 0).then_some((day, found.end))
}

/// First byte of هذا at token `i` after a proclitic.
fn this_start(r: &Reading<'_>, i: usize) -> usize {
    let cut = r.folded(i).find("ها").or_else(|| r.folded(i).find("هذ")).unwrap_or(0);
    r.start_after(i, cut)
}

/// The unit at token `i`, in one piece; a quarter counts as three months.
fn period_word(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(Unit, i32, Found)> {
    if r.folded(i).ends_with("الموسم") {
        // A season of sport is a year with another beginning.
        return l.neighbour(r, i, Word::Event).map(|found| (Unit::Year, 1, found));
    }
    let (word, found) = atom::unit(r, l, i)?;
    (word.many == Many::One).then(|| (word.unit, i32::try_from(word.size).unwrap_or(1), found))
}

/// How far off the adjective at token `i` is, whether from the time spoken of,
/// and the token behind.
fn place(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(i32, bool, usize)> {
    if r.is(i, &["هذا", "هذه"]) && r.same_line(i) && !r.folded(i + 1).starts_with("ال") {
        return Some((0, false, i + 1));
    }
    // «قبل الماضي», «ما قبل الماضي»
    let which = usize::from(r.is(i, &["ما"]));
    let beyond = r.is(i + which, &["قبل", "بعد"]);
    let (direction, context, found) =
        l.adjective(r, i + if beyond { which + 1 } else { 0 }).filter(|_| r.same_line(i))?;
    Some((direction.sign() * if beyond { 2 } else { 1 }, context, found.end))
}

/// Definite nouns that «العام» makes a title or a term.
const OFFICES: [&str; 22] = [
    "الامين",
    "المدير",
    "القطاع",
    "الراي",
    "النائب",
    "المدعي",
    "المفتش",
    "الادعاء",
    "المفتي",
    "القائد",
    "المراقب",
    "الاتحاد",
    "المقر",
    "المشهد",
    "السياق",
    "الوضع",
    "الاطار",
    "الشارع",
    "الاتجاه",
    "الدين",
    "المال",
    "الانفاق",
];

/// Whether «العام» here is "general": behind a definite noun.
fn is_title(r: &Reading<'_>, found: &Found) -> bool {
    if found.cut.clitics > 0 || !r.folded(found.start).ends_with("عام") {
        return false;
    }
    let Some(before) = found.start.checked_sub(1).filter(|_| r.same_line(found.start)) else { return false };
    let word = r.folded(before);
    let definite = word.starts_with("ال")
        || word.starts_with("وال")
        || word.starts_with("بال")
        || word.starts_with("لل")
        || word.starts_with("ولل");
    definite && OFFICES.iter().any(|office| word.ends_with(&office["ال".len()..]))
}

fn away(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let word = r.folded(i);
    let stem = word.strip_prefix(['و', 'ف']).filter(|s| s.chars().count() > 2).unwrap_or(word);
    let (sign, relation) = match stem {
        "قبل" | "قبلها" | "قبله" => (-1, None),
        "منذ" => (-1, Some(Relation::Since)),
        "بعد" | "بعدها" | "بعده" => (1, None),
        _ => return None,
    };
    let from = r.start_after(i, word.len() - stem.len());
    if let Some(draft) = away_from_that(r, l, i, sign, from) {
        return Some(draft);
    }
    let hedge = hedge(r, i + 1).filter(|_| matches!(stem, "قبل" | "منذ" | "بعد"));
    let (modifier, at) = hedge.map_or((None, i + 1), |(said, at)| (Some(said), at));
    let length = duration::length(r, l, at)?;
    let now = r.is(length.end, &["من"]) && r.is(length.end + 1, &["الان", "اليوم"]);
    let whole = length.end + usize::from(r.is(length.end, &["كامل", "كامله", "واحد", "واحده"]));
    let of = r.is(whole, &["من", "علي", "عن"]) && !now;
    let dated = l.month(r, length.end).is_some() || (length.bare && l.weekday(r, length.end).is_some());
    let night = length.bare && !tense::no_day(r, l, length.end);
    // «منذ قرابة السنة»
    let definite = length.definite && !(length.bare && hedge.is_some());
    let vague = definite || length.clitic || length.vague;
    // «منذ يوم الاستيلاء»
    let weekday = weekday_behind(r, l, length.end).filter(|_| length.value.finest() >= Unit::Week);
    let next = weekday.map_or(whole, |(_, end)| end);
    let follows = r.same_line(next) && r.kind(next) == Some(Kind::Word) && !r.bits(next).has(List::Function);
    let named = length.bare && follows && !now && (sign > 0 || r.folded(next).starts_with("ال"));
    if of || dated || night || vague || named || follows_context(r, length.end) {
        return None;
    }
    let bounded = modifier.is_some_and(|m| m != Modifier::Approx);
    if bounded && (relation.is_some() || sign > 0) || relation.is_some() && lasts(r, l, i) {
        return None;
    }
    let context = match sign {
        1 if !now => after_what(r, i, next, length.value.finest())?,
        _ => false,
    };
    let value = Value::Away { length: length.value, sign, context };
    let mut draft = Draft::new(i, next + 2 * usize::from(now), from, value).by(AWAY.card.id);
    draft.weekday = weekday.map(|(day, _)| day);
    draft.relation = relation;
    draft.modifier = modifier;
    Some(draft)
}

/// «نحو», «أكثر من» before a length at token `i`, and the token behind.
fn hedge(r: &Reading<'_>, i: usize) -> Option<(Modifier, usize)> {
    match r.folded(i) {
        "نحو" | "حوالي" | "قرابه" | "زهاء" => Some((Modifier::Approx, i + 1)),
        "اكثر" | "ازيد" if r.is(i + 1, &["من"]) => Some((Modifier::MoreThan, i + 2)),
        "اقل" if r.is(i + 1, &["من"]) => Some((Modifier::LessThan, i + 2)),
        _ => None,
    }
}

/// Whether what stands before «منذ» at token `i` has been so all the time, so
/// that the length behind is a length and no moment.
fn lasts(r: &Reading<'_>, l: &Lists, i: usize) -> bool {
    /// Words of the clause that are looked at.
    const FEW: usize = 6;
    let start = r.text.sentences.get(r.text.sentence_of(i)).map_or(0, |s| s.start);
    let clause = (start.max(i.saturating_sub(FEW))..i).rev().take_while(|&j| r.kind(j) == Some(Kind::Word));
    clause.into_iter().any(|j| l.neighbour(r, j, Word::Lasting).is_some() || is_lasting_verb(r, j))
}

/// Whether a verb of the present stands at token `i`: one that begins with «ي», or
/// with «ت» behind a word that asks for a verb.
fn is_lasting_verb(r: &Reading<'_>, i: usize) -> bool {
    let behind = i > 0 && r.is(i - 1, &["التي", "الذي", "الذين", "حيث", "وهي", "كانت", "كان", "كانوا"]);
    tense::is_present(r, i) && (r.folded(i).starts_with('ي') || behind)
}

/// What «بعد» at token `i` counts from: now (`false`) or the time spoken of
/// (`true`). `None` where a mere length stands there («بعد 11 ساعة وصلوا»).
fn after_what(r: &Reading<'_>, i: usize, end: usize, finest: Unit) -> Option<bool> {
    if matches!(tense::of(r, i, end), Tense::Future | Tense::Alone) {
        return Some(false);
    }
    if finest < Unit::Day {
        return None;
    }
    let start = r.text.sentences.get(r.text.sentence_of(i)).map_or(0, |s| s.start);
    if tense::is_present(r, start) && start < i {
        return Some(false);
    }
    const DAYS: Bits = Bits::of(&[List::Month, List::Weekday]);
    let told = (start..i).any(|j| r.bits(j).meets(DAYS));
    (start == i || told).then_some(true)
}

/// Whether the length before token `i` is measured from something told.
fn follows_context(r: &Reading<'_>, i: usize) -> bool {
    r.is(i, &["فقط"]) && r.is(i + 1, &["من"])
}

/// «بعد ذلك بعامين», «بعدها بأسبوع».
fn away_from_that(r: &Reading<'_>, l: &Lists, i: usize, sign: i64, from: usize) -> Option<Draft> {
    let bare = r.folded(i).ends_with(['ل', 'د', 'ذ']);
    let at = i + 1 + usize::from(bare);
    if bare && !r.is(i + 1, &["ذلك", "هذا"]) || !r.folded(at).starts_with('ب') {
        return None;
    }
    let length = duration::length(r, l, at).filter(|length| !length.vague)?;
    let value = Value::Away { length: length.value, sign, context: true };
    Some(Draft::new(i, length.end, from, value).by(AWAY.card.id))
}

fn part(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (modifier, found) = atom::part(r, l, i)?;
    let from = atom::start(r, &found);
    let half = r.folded(i).ends_with("نصف") || r.folded(i).ends_with("نص");
    if let Some(inner) = simple(r, l, found.end).filter(|d| d.modifier.is_none() && takes_part(d, half)) {
        let weak = false;
        return Some(Draft { start: i, from, modifier: Some(modifier), weak, rule: PART.card.id, ..inner });
    }
    // «نهاية العام»: of this year.
    let (unit, size, word) = period_word(r, l, found.end)?;
    let coarse = matches!(unit, Unit::Week | Unit::Month | Unit::Year) && size == 1;
    if half || !coarse || word.cut.article == 0 || word.cut.clitics > 0 {
        return None;
    }
    let mut draft = Draft::new(i, word.end, from, Value::Shift { unit, size, count: 0, context: false });
    draft.modifier = Some(modifier);
    Some(draft.by(PART.card.id))
}

/// Whether a part of what `draft` says can be spoken of.
fn takes_part(draft: &Draft, half: bool) -> bool {
    match &draft.value {
        Value::Date { month, day, .. } => day.is_none() && (!half || month.is_some()),
        Value::Shift { unit, .. } => *unit != Unit::Day && !half,
        Value::Section { .. }
        | Value::Decade(_)
        | Value::Century(_)
        | Value::Interval(..)
        | Value::Feast(..) => !half,
        _ => false,
    }
}
