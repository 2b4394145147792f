//! Years, ranges of years, decades, centuries, and parts of a year: quarters,
//! halves, seasons.

use super::atom::{self, Era, YearRead};
use super::calendar::Unit;
use super::value::{Draft, Value, YearRef};
use super::words::{Cue, Lists, Many, Word};
use super::{Calendar, Modifier, Relation, RuleOf};
use crate::extract::number::{Amount, Sort};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// Years that a bare number may be.
const BARE: std::ops::RangeInclusive<i64> = 1900..=2100;

/// Two digits that, behind the word year, are one of the last century.
const SHORT: std::ops::RangeInclusive<i32> = 40..=99;

/// A year behind the word year, or with its era.
pub(super) const YEAR: RuleOf = Rule {
    card: Card {
        id: "date/year",
        about: "A year behind a word for year, or a number with its era.",
        yes: &[
            "يعود إلى [عام 1967] => 1967",
            "شُيّد [سنة 568هـ] => 1172/1173",
            "عاش نحو [3300 ق.م] => -3299",
            "مقارنة ب[العام 2015] => 2015",
            "هُجّروا منها في [عام 48] => 1948",
        ],
        no: &["الأمين العام 2 من الحاضرين", "القطاع العام", "بلغ عمره 60 عاما"],
    },
    starts: Bits::of(&[List::TimeUnit]),
    digits: true,
    at: year,
};

/// A four-digit number that only its neighbours make a year.
pub(super) const BARE_YEAR: RuleOf = Rule {
    card: Card {
        id: "date/bare-year",
        about: "A number of four digits behind a preposition of time, an event or in parentheses, with no counted noun behind it.",
        yes: &["قبل حرب [2023] على القطاع", "تراجع الإنتاج في [2016]، ثم ارتفع", "تقدم منذ [2011] ببطء"],
        no: &["وزعت المساعدات في 2000 مدرسة", "حضر 2019 طالبا", "المادة 1990", "بقيمة 2000 دولار"],
    },
    starts: Bits::NONE,
    digits: true,
    at: bare,
};

/// Two years joined by a dash or slash.
pub(super) const YEARS: RuleOf = Rule {
    card: Card {
        id: "date/year-range",
        about: "Two years joined by a dash or a slash, the second perhaps in two digits.",
        yes: &["ضمن المخطط [2016-2020] => 2016/2020", "في موسم [2019-20] => 2019/2020"],
        no: &["القرار رقم 2016/2020", "النتيجة 2019-3"],
    },
    starts: Bits::of(&[List::TimeUnit]),
    digits: true,
    at: years,
};

/// A decade of a century.
pub(super) const DECADE: RuleOf = Rule {
    card: Card {
        id: "date/decade",
        about: "The tens of a century, with or without the century's name.",
        yes: &["في [تسعينيات القرن الماضي] => 199X", "منذ [الثمانينيات] => 198X"],
        no: &["رجل في الستينيات من عمره"],
    },
    starts: Bits::of(&[List::PeriodWord, List::TimeUnit]),
    digits: false,
    at: decade,
};

/// A century.
pub(super) const CENTURY: RuleOf = Rule {
    card: Card {
        id: "date/century",
        about: "A century or millennium by its ordinal or number, before Christ and of the Hijra too.",
        yes: &[
            "بُني في [القرن التاسع عشر] => 18XX",
            "منذ [القرن التاسع قبل الميلاد] => -08XX",
            "نُسخ في [القرن الرابع الهجري] => 0913/1010",
            "أدوات من [الألف الثالث قبل الميلاد] => -2XXX",
        ],
        no: &["وحيد القرن الأسود", "باع الألف الثالث من النسخ"],
    },
    starts: Bits::of(&[List::TimeUnit, List::DateOpener]),
    digits: false,
    at: century,
};

/// A quarter, half or season of a year.
pub(super) const SECTION: RuleOf = Rule {
    card: Card {
        id: "date/section",
        about: "A quarter, half or season of a year, or its first months.",
        yes: &[
            "خلال [الربع الثالث من عام 2016] => 2016-35",
            "منذ [خريف 2019] => 2019-23",
            "خلال [الأشهر التسعة الأولى من عام 2023] => 2023-01/2023-09",
            "تجف البركة في [الصيف] => XXXX-22",
        ],
        no: &["تأهل إلى ربع النهائي", "فقد ربع سكانه", "الربيع العربي"],
    },
    starts: Bits::of(&[List::PeriodWord, List::TimeUnit]),
    digits: true,
    at: section,
};

fn value_of(year: &YearRead) -> Value {
    let calendar = year.calendar.unwrap_or(Calendar::Gregorian);
    Value::Date { calendar, year: year.year, month: None, day: None }
}

fn year(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some((_, found)) = atom::unit(r, l, i) {
        let mut year = atom::named_year(r, l, i)?;
        let YearRef::Said(mut y) = year.year else { return None };
        // «عام 48» is of the last century.
        let short = atom::digits(r, found.end).is_some_and(|n| n.digits == 2) && SHORT.contains(&y);
        if short && year.calendar.is_none() && !counts_something(r, l, year.end) {
            y += 1900;
            year.year = YearRef::Said(y);
        }
        // A number of two digits counts something, unless an era stands behind it.
        let plausible = (100..=2999).contains(&y) || year.calendar.is_some();
        let draft = Draft::new(i, year.end, atom::start(r, &found), value_of(&year)).by(YEAR.card.id);
        return plausible.then_some(draft);
    }
    let number = atom::digits(r, i)?;
    let year = atom::bare_year(r, i).filter(|y| y.calendar.is_some())?;
    let metres = r.is(number.end, &["م"]) && (number.digits < 3 || !r.glued(number.end));
    let plausible = number.digits >= 3 || matches!(year.year, YearRef::Said(..0));
    (plausible && !metres).then(|| Draft::new(i, year.end, number.from, value_of(&year)).by(YEAR.card.id))
}

fn years(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let named = atom::unit(r, l, i).filter(|(u, _)| u.unit == Unit::Year && u.size == 1);
    let at = named.map_or(i, |(_, found)| found.end + usize::from(r.is(found.end, &atom::KINDS)));
    if named.is_none() && i > 0 && l.neighbour(r, i - 1, Word::Identifier).is_some() {
        return None;
    }
    let first = atom::run(r, at).filter(|w| w.digits == 4 && (1000..=2100).contains(&w.value))?;
    if !r.is(at + 1, &["-", "–", "/", "—", "\\"]) {
        return None;
    }
    let second = atom::run(r, at + 2)?;
    let last = if second.digits == 2 { first.value / 100 * 100 + second.value } else { second.value };
    let spaced = !r.glued(at + 1) || !r.glued(at + 2);
    let fits = matches!(second.digits, 2 | 4) && first.value < last && last - first.value < 200;
    let joined =
        r.glued(at + 3) && r.is(at + 3, &["-", "/", "."]) && atom::is_digits(r, at + 4) && r.glued(at + 4);
    let before = at > 0 && r.glued(at) && r.is(at - 1, &["-", "/", "."]);
    if !fits || joined || before || (second.digits == 2 && (spaced || (last - first.value != 1))) {
        return None;
    }
    let value = |y: i64| Value::date(YearRef::Said(i32::try_from(y).unwrap_or(0)), None, None);
    let from = named.map_or(first.from, |(_, found)| atom::start(r, &found));
    let value = Value::Interval(Box::new(value(first.value)), Box::new(value(last)));
    Some(Draft::new(i, second.end, from, value).by(YEARS.card.id))
}

fn bare(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let number = atom::digits(r, i).filter(|n| n.digits == 4 && BARE.contains(&n.value))?;
    let event = i > 0 && r.same_line(i) && l.neighbour(r, i - 1, Word::Event).is_some();
    if (!event && !is_range_end(r, i) && !is_begun(r, l, i) && counts_something(r, l, i + 1))
        || (i > 0 && l.neighbour(r, i - 1, Word::Identifier).is_some())
    {
        return None;
    }
    // «من 2000 إلى 2500 دينار»
    const UNITS: Bits = Bits::of(&[List::Unit, List::Currency]);
    let range = r.number_at(i).filter(|n| matches!(n.amount, Amount::Range(..)));
    if range.is_some_and(|n| r.bits(n.end).meets(UNITS) && r.same_line(n.end)) {
        return None;
    }
    let enclosed = i > 0 && r.is(i - 1, &["("]) && r.is(i + 1, &[")"]);
    // «2004: …» heads an entry of a chronicle.
    let heading = !r.same_line(i) && r.is(i + 1, &[":"]) && r.same_line(i + 1);
    if !enclosed && !heading && !follows_time(r, l, i) {
        return None;
    }
    let value = Value::date(YearRef::Said(i32::try_from(number.value).ok()?), None, None);
    Some(Draft::new(i, i + 1, number.from, value).by(BARE_YEAR.card.id))
}

/// «من 2006 إلى 2016»: whether a year and «إلى» stand before token `i`.
fn is_range_end(r: &Reading<'_>, i: usize) -> bool {
    let year = |j: usize| atom::digits(r, j).is_some_and(|n| n.digits == 4 && BARE.contains(&n.value));
    i >= 3
        && r.same_line(i)
        && r.is(i - 1, &["الي", "حتي"])
        && year(i - 2)
        && r.is(i - 3, &["من", "عام", "سنه"])
}

/// «بدءًا من 2017»: whether words that only a time follows stand before token `i`.
fn is_begun(r: &Reading<'_>, l: &Lists, i: usize) -> bool {
    let since =
        |(cue, found): (Cue, Found)| cue == Cue::Relation(Relation::Since) && found.end > found.start + 1;
    r.same_line(i) && l.cue_before(r, i).is_some_and(since)
}

/// Words between an event and its year.
const FEW: usize = 7;

fn follows_time(r: &Reading<'_>, l: &Lists, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|_| r.same_line(i)) else { return false };
    if l.neighbour(r, before, Word::BeforeYear).is_some() || l.month(r, before).is_some() {
        return true;
    }
    let start = r.text.sentences.get(r.text.sentence_of(i)).map_or(0, |s| s.start);
    let near = (start.max(i.saturating_sub(FEW))..i).rev();
    near.take_while(|&j| r.kind(j) == Some(Kind::Word)).any(|j| l.neighbour(r, j, Word::Event).is_some())
}

/// Whether the token at `i` is what a number before it counts.
fn counts_something(r: &Reading<'_>, l: &Lists, i: usize) -> bool {
    let lists = Bits::of(&[List::Unit, List::Currency, List::Number]);
    if r.kind(i) != Some(Kind::Word) {
        return r.is(i, &["%", "٪", "$", "€"])
            || (r.is(i, &[".", ",", "،", "-", "/", ":"])
                && r.glued(i)
                && r.glued(i + 1)
                && atom::is_digits(r, i + 1));
    }
    if !r.same_line(i) {
        return false;
    }
    if r.forms(i).iter().any(|f| f.cut.article == 0 && f.bits.has(List::Function)) {
        return false;
    }
    if r.glued(i) || r.bits(i).meets(lists) {
        return !r.is(i, &["م", "و"]);
    }
    let word = r.folded(i);
    let timely = l.month(r, i).is_some() || l.adjective(r, i).is_some();
    let definite = word.starts_with("ال") || word.starts_with("وال") || word.starts_with("بال");
    !timely && !definite && is_indefinite(r, i)
}

/// Whether the word at `i` looks like a noun without article.
fn is_indefinite(r: &Reading<'_>, i: usize) -> bool {
    let word = r.folded(i);
    let whole = r.forms(i).iter().any(|f| f.cut.stem() == 0 && f.bits.has(List::Noun));
    // «لمساعدته», «بتهمة» begin with a preposition.
    let joined = word.starts_with(['ل', 'ب', 'و', 'ف', 'ك']);
    let accusative = r.surface(i).ends_with(['ً', 'ا']) && word.chars().count() > 3;
    whole || (!joined && (r.bits(i).has(List::Noun) || word.ends_with('ه') || accusative))
}

/// «العقد الأخير من القرن الماضي».
fn nth_decade(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (unit, found) = atom::unit(r, l, i).filter(|(u, f)| u.size == 10 && f.cut.article > 0)?;
    if unit.many != Many::One {
        return None;
    }
    let (tens, end) = if r.is(found.end, &["الاخير"]) {
        (9, found.end + 1)
    } else {
        let nth = atom::spelled(r, found.end).filter(|n| n.ordinal && (1..=10).contains(&n.value))?;
        (i32::try_from(nth.value).ok()? - 1, nth.end)
    };
    let (hundreds, end) = r.is(end, &["من"]).then(|| hundreds(r, l, end + 1))??;
    let value = Value::Decade(hundreds.checked_mul(10)?.checked_add(tens)?);
    Some(Draft::new(i, end, atom::start(r, &found), value).by(DECADE.card.id))
}

fn decade(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(draft) = nth_decade(r, l, i) {
        return Some(draft);
    }
    let (tens, found) = l.decade(r, i)?;
    if r.is(found.end, &["من"]) && (r.folded(found.end + 1).contains("عمر")) {
        return None;
    }
    let article = r.folded(i)[found.cut.clitics..].starts_with("ال");
    let century = hundreds(r, l, found.end);
    if century.is_none()
        && !article
        && !r.is(i.wrapping_sub(1), &["في", "منذ", "اواخر", "اوائل", "منتصف", "مطلع", "نهايه"])
    {
        return None;
    }
    let (hundreds, end) = century.unwrap_or((19, found.end));
    let value = Value::Decade(hundreds.checked_mul(10)?.checked_add(i32::from(tens))?);
    Some(Draft::new(i, end, atom::start(r, &found), value).by(DECADE.card.id))
}

/// The century named at token `i`: its hundreds, and the token behind.
pub(super) fn hundreds(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(i32, usize)> {
    let (unit, found) = atom::unit(r, l, i).filter(|(u, _)| u.size == 100)?;
    if unit.many != Many::One || found.cut.article == 0 {
        return None;
    }
    if let Some((direction, _, adjective)) = l.adjective(r, found.end) {
        return Some((20 + direction.sign(), adjective.end));
    }
    let (nth, era, end) = numbered(r, found.end)?;
    (era != Some(Era::Hijri)).then(|| (if era == Some(Era::BeforeChrist) { -nth } else { nth - 1 }, end))
}

/// The number of a century or millennium at token `i`, its era, and the token behind.
fn numbered(r: &Reading<'_>, i: usize) -> Option<(i32, Option<Era>, usize)> {
    let at = i + usize::from(r.is(i, &["ال", "الـ"]));
    let number = atom::whole(r, at).filter(|n| (1..=30).contains(&n.value) && r.same_line(at))?;
    let (era, end) = atom::era(r, number.end);
    Some((i32::try_from(number.value).ok()?, era, end))
}

/// The nth century of an era.
pub(super) fn century_of(nth: i32, era: Option<Era>) -> Value {
    match era {
        Some(Era::BeforeChrist) => Value::Century(-nth),
        Some(Era::Hijri) => {
            let year = |y: i32| Value::Date {
                calendar: Calendar::Hijri,
                year: YearRef::Said(y),
                month: None,
                day: None,
            };
            Value::Interval(Box::new(year(nth * 100 - 99)), Box::new(year(nth * 100)))
        }
        _ => Value::Century(nth - 1),
    }
}

/// «الألف الثالث قبل الميلاد»: only an era makes a millennium of it.
fn thousand(r: &Reading<'_>, i: usize) -> Option<Draft> {
    let word = r.folded(i);
    let stem = word.strip_prefix(['و', 'ب']).unwrap_or(word);
    let (nth, era, end) = (stem == "الالف").then(|| numbered(r, i + 1))??;
    let value = Value::Millennium(if era? == Era::BeforeChrist { -nth } else { nth - 1 });
    let from = r.start_after(i, word.len() - stem.len());
    Some(Draft::new(i, end, from, value).by(CENTURY.card.id))
}

fn century(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(draft) = thousand(r, i) {
        return Some(draft);
    }
    let (unit, found) = atom::unit(r, l, i).filter(|(u, f)| u.many == Many::One && f.cut.article > 0)?;
    let from = atom::start(r, &found);
    if unit.size == 1000 {
        let (nth, era, end) = numbered(r, found.end)?;
        let value = Value::Millennium(if era == Some(Era::BeforeChrist) { -nth } else { nth - 1 });
        return (era != Some(Era::Hijri)).then(|| Draft::new(i, end, from, value).by(CENTURY.card.id));
    }
    if let Some((hundreds, end)) = hundreds(r, l, i) {
        return Some(Draft::new(i, end, from, Value::Century(hundreds)).by(CENTURY.card.id));
    }
    let (nth, era, end) = numbered(r, found.end).filter(|_| unit.size == 100)?;
    Some(Draft::new(i, end, from, century_of(nth, era)).by(CENTURY.card.id))
}

/// «الربع الثالث», «النصف الأول»: the code, the token behind, the first byte.
fn division(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(u8, usize, usize)> {
    let pick = |word| if let Word::Division(parts, code) = word { Some((parts, code)) } else { None };
    let ((parts, base), found) =
        l.find(r, List::PeriodWord, i, Article::Free, pick).filter(|(_, f)| f.cut.article > 0)?;
    let from = atom::start(r, &found);
    if r.is(found.end, &["الاخير", "الاخيره"]) {
        return Some((base + parts - 1, found.end + 1, from));
    }
    let ordinal = atom::spelled(r, found.end).filter(|n| n.ordinal && r.same_line(found.end))?;
    let nth = u8::try_from(ordinal.value).ok().filter(|n| (1..=parts).contains(n))?;
    Some((base + nth - 1, ordinal.end, from))
}

fn section(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(draft) = first_months(r, l, i) {
        return Some(draft);
    }
    if let Some((code, end, from)) = division(r, l, i) {
        return in_division(r, l, i, code, end, from);
    }
    let pick = |word| if let Word::Season(code) = word { Some(code) } else { None };
    let (code, found): (u8, Found) = l.find(r, List::PeriodWord, i, Article::Free, pick)?;
    let Some(year) = atom::year_behind(r, l, found.end) else { return bare_season(r, l, i, code, &found) };
    if matches!(year.year, YearRef::Toward(_)) != (found.cut.article > 0)
        && !matches!(year.year, YearRef::Said(_) | YearRef::Shift(_))
    {
        return None;
    }
    let value = Value::Section { year: year.year, code };
    Some(Draft::new(i, year.end, atom::start(r, &found), value).by(SECTION.card.id))
}

/// «خلال الصيف»: this year's.
fn bare_season(r: &Reading<'_>, l: &Lists, i: usize, code: u8, found: &Found) -> Option<Draft> {
    let timely = i > 0
        && r.same_line(i)
        && (l.cue_before(r, i).is_some() || r.is(i - 1, &["في", "حلول", "بحلول", "هذا", "مع"]));
    let described = r.same_line(found.end) && r.folded(found.end).starts_with("ال");
    let this = usize::from(i > 0 && r.is(i - 1, &["هذا"]));
    let whole = found.cut.article > 0 && found.cut.clitics == 0 && timely && !described;
    let (year, from) = if this == 1 {
        (YearRef::Shift(0), r.span(i - 1, i).start)
    } else {
        (YearRef::Unsaid, atom::start(r, found))
    };
    let draft = Draft::new(i - this, found.end, from, Value::Section { year, code });
    whole.then(|| draft.by(SECTION.card.id))
}

/// «الأشهر التسعة الأولى من عام 2023», «التسعة أشهر الأولى من السنة».
fn first_months(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let behind = atom::unit(r, l, i).filter(|(u, f)| u.unit == Unit::Month && f.cut.article > 0);
    let (count, end, from) = if let Some((_, found)) = behind {
        let at = found.end + usize::from(r.is(found.end, &["ال"]));
        let number = atom::whole(r, at).filter(|_| r.same_line(at))?;
        (number.value, number.end, atom::start(r, &found))
    } else {
        let number = atom::whole(r, i)?;
        let (unit, found) = atom::unit(r, l, number.end).filter(|(u, _)| u.unit == Unit::Month)?;
        (unit.many == Many::Several).then_some((number.value, found.end, number.from))?
    };
    let count = u8::try_from(count).ok().filter(|n| (2..=11).contains(n))?;
    let of = r.is(end, &["الاولي"]) && r.is(end + 1, &["من"]) && r.same_line(end);
    let at = end + 2;
    let (year, end) = match atom::year_behind(r, l, at).filter(|_| of) {
        Some(year) => (year.year, year.end),
        None => {
            let (unit, found) =
                atom::unit(r, l, at).filter(|(u, f)| u.unit == Unit::Year && f.cut.article > 0)?;
            (of && unit.size == 1).then_some((YearRef::Shift(0), found.end))?
        }
    };
    let value = |month| Value::date(year, Some(month), None);
    let value = Value::Interval(Box::new(value(1)), Box::new(value(count)));
    Some(Draft::new(i, end, from, value).by(SECTION.card.id))
}

/// A quarter or half with the year, or the month, that it divides.
fn in_division(r: &Reading<'_>, l: &Lists, i: usize, code: u8, end: usize, from: usize) -> Option<Draft> {
    let draft = |end, value| Draft::new(i, end, from, value).by(SECTION.card.id);
    if r.is(end, &["من"])
        && code >= 40
        && let Some(mut month) = super::named::month(r, l, end + 1)
    {
        month.modifier = Some(if code == 40 { Modifier::Start } else { Modifier::End });
        return Some(Draft { start: i, from, rule: SECTION.card.id, weak: false, ..month });
    }
    if let Some(year) = atom::year_behind(r, l, end) {
        return Some(draft(year.end, Value::Section { year: year.year, code }));
    }
    // «الربع الأول من العام»: this year.
    if r.is(end, &["من"])
        && let Some((unit, found)) = atom::unit(r, l, end + 1)
        && unit.unit == Unit::Year
        && found.cut.article > 0
    {
        return Some(draft(found.end, Value::Section { year: YearRef::Shift(0), code }));
    }
    (code < 40 && !r.is(end, &["من"])).then(|| draft(end, Value::Section { year: YearRef::Unsaid, code }))
}

/// Whether the number at token `i` is an ordinal.
pub(super) fn is_ordinal(r: &Reading<'_>, i: usize) -> bool {
    r.number_at(i).is_some_and(|n| n.sort == Sort::Ordinal)
}
