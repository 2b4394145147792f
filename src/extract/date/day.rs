//! Days by weekday and by their distance from now (اليوم، أمس), alone or beside
//! a date; feasts; the nth weekday of a month.

use super::RuleOf;
use super::atom;
use super::calendar::Unit;
use super::named;
use super::numeric;
use super::tense::{self, Tense};
use super::value::{Direction, Draft, Value, YearRef};
use super::words::{Lists, Many, Word};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};

/// A weekday, perhaps with a date.
pub(super) const WEEKDAY: RuleOf = Rule {
    card: Card {
        id: "date/weekday",
        about: "A weekday, alone, with a word for its distance from now, or with the date that it falls on.",
        yes: &[
            "أعلن الوزير [الاثنين 5 شباط/فبراير 2024] => 2024-02-05",
            "وصل الوفد [أمس الثلاثاء] => XXXX-WXX-2",
            "تُعقد الجلسة [يوم الخميس الموافق 14 شباط] => XXXX-02-14",
            "غادر [السبت الماضي] => XXXX-WXX-6",
        ],
        no: &["قال أحد السكان", "جمع الاتفاق بين الاثنين معا", "حضر صلاة الجمعة"],
    },
    starts: Bits::of(&[List::Weekday, List::DayWord, List::TimeUnit, List::DateOpener]),
    digits: false,
    at: weekday,
};

/// A day counted from now.
pub(super) const DEICTIC: RuleOf = Rule {
    card: Card {
        id: "date/day-from-now",
        about: "Today, yesterday, tomorrow and the days beside them.",
        yes: &["التقى الوزير [أمس] نظيره => XXXX-XX-XX", "يصل الوفد [بعد غد] => XXXX-XX-XX"],
        no: &["في اليوم العالمي للمياه", "استمرت المعارك طوال اليوم"],
    },
    starts: Bits::of(&[List::DayWord]),
    digits: false,
    at: deictic,
};

/// A feast or fixed day.
pub(super) const FEAST: RuleOf = Rule {
    card: Card {
        id: "date/feast",
        about: "A feast or a fixed day of the year, with its year where said.",
        yes: &[
            "خلال [عيد الأضحى 2013] => 2013-10-15",
            "قبل [عيد العمال] => XXXX-05-01",
            "تُفتح المتاحف في [ثاني أيام عيد الفطر 2024] => 2024-04-11",
            "أُغلقت المعابر عشية [يوم الغفران 2023] => 2023-09-25",
            "خرجوا إلى الحدائق في [شم النسيم 2024] => 2024-05-06",
        ],
        no: &["احتفل بعيد زواجه"],
    },
    starts: Bits::of(&[List::PeriodWord, List::TimeUnit, List::DateOpener]),
    digits: true,
    at: feast,
};

/// The nth weekday, day or week of a month.
pub(super) const NTH: RuleOf = Rule {
    card: Card {
        id: "date/nth-of-month",
        about: "The first, third, last … weekday, day or week of a month.",
        yes: &[
            "يجتمعون في [آخر جمعة من شهر شباط 2021] => 2021-02-26",
            "توقف القصف في [خامس أيام رمضان 1445 هـ] => 2024-03-15",
        ],
        no: &["أول يوم من الهدنة"],
    },
    starts: Bits::of(&[List::Weekday, List::TimeUnit, List::DateOpener]),
    digits: true,
    at: nth,
};

/// What stands before a date: the word day, a weekday, a distance from now.
#[derive(Default)]
struct Prefix {
    from: Option<usize>,
    day_word: bool,
    weekday: Option<u8>,
    days: Option<i32>,
    end: usize,
}

fn take(prefix: &mut Prefix, r: &Reading<'_>, found: &Found) {
    prefix.from.get_or_insert(atom::start(r, found));
    prefix.end = found.end;
}

fn prefix(r: &Reading<'_>, l: &Lists, i: usize) -> Prefix {
    let mut prefix = Prefix { end: i, ..Prefix::default() };
    for _ in 0..4 {
        let at = prefix.end;
        if at > i && !r.same_line(at) {
            break;
        }
        let clean = |found: &Found| at == i || found.cut.clitics == 0;
        if let Some((days, found)) = day_from_now(r, l, at)
            .filter(|(_, f)| prefix.days.is_none() && prefix.weekday.is_none() && clean(f))
        {
            prefix.days = Some(days);
            take(&mut prefix, r, &found);
        } else if let Some((day, _, found)) = l
            .weekday(r, at)
            .filter(|(_, bare, f)| prefix.weekday.is_none() && (!bare || prefix.day_word) && clean(f))
        {
            prefix.weekday = Some(day);
            take(&mut prefix, r, &found);
        } else if let Some(((), found)) = day_word(r, l, at).filter(|((), f)| !prefix.day_word && clean(f)) {
            prefix.day_word = true;
            take(&mut prefix, r, &found);
        } else {
            break;
        }
    }
    prefix
}

fn day_word(r: &Reading<'_>, l: &Lists, i: usize) -> Option<((), Found)> {
    let (unit, found) = atom::unit(r, l, i)?;
    let plain = unit.unit == Unit::Day && unit.many == Many::One && found.cut.article == 0;
    (plain && (r.folded(i).ends_with("يوم") || r.folded(i).ends_with("نهار"))).then_some(((), found))
}

fn day_from_now(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(i32, Found)> {
    let pick = |word| if let Word::Deictic(days, false) = word { Some(days) } else { None };
    l.find(r, List::DayWord, i, Article::Kept, pick)
        .filter(|(days, found)| *days != -1 || is_yesterday(r, found))
}

/// Words between a weekday and its date.
const JOINTS: [&str; 9] = ["،", ",", "الموافق", "المصادف", "الموافقه", "موافق", "في", "(", "ل"];

fn weekday(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if r.is(i, &["هذا"])
        && let Some((day, false, found)) = l.weekday(r, i + 1)
    {
        let value = Value::Weekday { day, toward: None, week: Some(0) };
        return Some(Draft::new(i, found.end, r.span(i, i + 1).start, value).by(WEEKDAY.card.id));
    }
    let prefix = prefix(r, l, i);
    let Some(from) = prefix.from else { return bare_weekday(r, l, i) };
    if let Some(mut draft) = dated(r, l, i, &prefix) {
        draft.from = from;
        draft.start = i;
        return Some(draft.by(WEEKDAY.card.id));
    }
    let day = prefix.weekday?;
    if let Some(number) = atom::spelled(r, prefix.end).filter(|n| n.ordinal && (6..=31).contains(&n.value)) {
        let value = Value::date(YearRef::Unsaid, None, u8::try_from(number.value).ok());
        let mut draft = Draft::new(i, number.end, from, value);
        draft.weekday = Some(day);
        return Some(draft.by(WEEKDAY.card.id));
    }
    if let Some(number) = atom::spelled(r, prefix.end).filter(|n| n.ordinal && (1..=5).contains(&n.value))
        && !r.is(number.end, &["من", "في"])
        && r.same_line(prefix.end)
    {
        let month = Value::Shift { unit: Unit::Month, size: 1, count: 0, context: false };
        let nth = i8::try_from(number.value).ok()?;
        let value = Value::Nth { nth, weekday: day, month: Box::new(month) };
        return Some(Draft::new(i, number.end, from, value).by(WEEKDAY.card.id));
    }
    if !is_weekday(r, i, &prefix) {
        return None;
    }
    let mut draft = Draft::new(i, prefix.end, from, Value::Weekday { day, toward: None, week: None });
    draft.days = prefix.days;
    placed(r, l, &mut draft, day);
    if let Some(date) = corresponding(r, l, &draft) {
        return Some(
            Draft { start: i, from, weekday: Some(day), days: draft.days, ..date }.by(WEEKDAY.card.id),
        );
    }
    Some(draft.by(WEEKDAY.card.id))
}

/// «الأربعاء المقبل الموافق 27 مارس»: the date behind الموافق.
fn corresponding(r: &Reading<'_>, l: &Lists, draft: &Draft) -> Option<Draft> {
    let at = draft.end + usize::from(r.is(draft.end, &["،", ","]));
    if at >= r.len() || !r.is(at, &["الموافق", "المصادف", "الموافقه"]) {
        return None;
    }
    let skip = usize::from(r.is(at + 1, &["ل", "في", "يوم"]));
    [numeric::NUMERIC.at, named::day_month].iter().find_map(|rule| rule(r, l, at + 1 + skip))
}

/// A weekday without article that is all that is said.
fn bare_weekday(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    // «اثنين» without article is the number.
    let (day, _, found) = l.weekday(r, i).filter(|(day, _, f)| f.cut.clitics == 0 && *day != 1)?;
    let value = Value::Weekday { day, toward: None, week: None };
    let alone = tense::of(r, i, found.end) == Tense::Alone && day != 7;
    alone.then(|| Draft::new(i, found.end, r.span(i, i + 1).start, value).by(WEEKDAY.card.id))
}

/// Adds what says on which side of now, or in which week, a weekday lies.
fn placed(r: &Reading<'_>, l: &Lists, draft: &mut Draft, day: u8) {
    let end = draft.end;
    let beyond = r.is(end, &["قبل", "بعد"]);
    if beyond && let Some((direction, found_end)) = atom::toward(r, l, end + 1) {
        draft.end = found_end;
        draft.value = Value::Weekday { day, toward: Some(direction), week: Some(direction.sign()) };
        return;
    }
    if let Some((direction, found_end)) = atom::toward(r, l, end) {
        draft.end = found_end;
        draft.value = Value::Weekday { day, toward: Some(direction), week: None };
        return;
    }
    let of = usize::from(r.is(end, &["من"]));
    let this = usize::from(atom::is_this(r, end + of));
    let Some((unit, found)) = atom::unit(r, l, end + of + this) else { return };
    if unit.unit != Unit::Week || unit.many != Many::One || found.cut.clitics > 0 {
        return;
    }
    let adjective = l.adjective(r, found.end);
    let (week, end) = match adjective {
        Some((direction, _, adjective)) => (direction.sign(), adjective.end),
        None if this == 1 => (0, found.end),
        None => return,
    };
    draft.end = end;
    draft.value = Value::Weekday { day, toward: None, week: Some(week) };
}

/// The date behind a prefix.
fn dated(r: &Reading<'_>, l: &Lists, i: usize, prefix: &Prefix) -> Option<Draft> {
    if prefix.end == i {
        return None;
    }
    let mut at = prefix.end;
    for _ in 0..3 {
        if !r.same_line(at) {
            return None;
        }
        let skips = r.is(at, &JOINTS) || (at > prefix.end && day_word(r, l, at).is_some());
        if !skips || prefix.weekday.is_none() && !r.is(at, &["الموافق", "المصادف"]) {
            break;
        }
        at += 1;
    }
    let opened = r.is(at.wrapping_sub(1), &["("]);
    let core = [
        numeric::NUMERIC.at,
        named::day_month,
        numeric::SHORT.at,
        named::DAY_OF_MONTH.at,
        named::month_first,
    ];
    let mut draft = core.iter().find_map(|rule| rule(r, l, at))?;
    // «اليوم الثالث من أكتوبر» is no today.
    let counted = prefix.weekday.is_none() && atom::spelled(r, at).is_some_and(|n| n.ordinal);
    if opened {
        draft.end += usize::from(r.is(draft.end, &[")"]));
    }
    draft.weekday = prefix.weekday;
    draft.days = prefix.days.filter(|_| !counted);
    Some(draft)
}

/// Words behind which a weekday's name is no day.
const BEFORE_NAME: [&str; 11] =
    ["صلاه", "خطبه", "احد", "ابو", "ابن", "بن", "عبد", "صحيفه", "بلده", "قريه", "ال"];

/// Whether a word that can be a weekday is one here.
fn is_weekday(r: &Reading<'_>, i: usize, prefix: &Prefix) -> bool {
    let before = i.wrapping_sub(1);
    if prefix.day_word || prefix.days.is_some() {
        return true;
    }
    // «الاثنين والأربعين» counts.
    if r.number_at(i).is_some_and(|n| n.end > prefix.end) {
        return false;
    }
    let name = r.is(before, &BEFORE_NAME);
    let monday = prefix.weekday == Some(1);
    let two = monday
        && (r.is(before, &["بين", "كلا", "هذين", "هذان", "كلاهما"])
            || r.is(prefix.end, &["معا", "الاخرين", "الاخران"]));
    !name && !two
}

fn deictic(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(((), found)) =
        l.find(r, List::DayWord, i, Article::Kept, |word| (word == Word::Now).then_some(()))
    {
        let value = Value::Shift { unit: Unit::Second, size: 1, count: 0, context: false };
        return Some(Draft::new(i, found.end, atom::start(r, &found), value).by(DEICTIC.card.id));
    }
    let pick = |word| if let Word::Deictic(days, night) = word { Some((days, night)) } else { None };
    let ((days, night), found) = l.find(r, List::DayWord, i, Article::Kept, pick)?;
    if days == -1 && !is_yesterday(r, &found) {
        return None;
    }
    let described =
        r.same_line(found.end) && r.is(found.end, &["الفاصله", "الاولي", "الثانيه", "الاخيره", "التي"]);
    if night && (described || r.is(i.wrapping_sub(1), &["نفس", "تلك", "ذات"])) {
        return None;
    }
    // «هذا اليوم العلمي»
    let this = found.end == i + 2 && r.is(i, &["هذا"]);
    if this
        && r.same_line(found.end)
        && r.folded(found.end).starts_with("ال")
        && l.weekday(r, found.end).is_none()
    {
        return None;
    }
    let today = days == 0 && !night && found.end == i + 1;
    if today && !is_today(r, l, i) {
        return None;
    }
    let mut draft =
        Draft::new(i, found.end, atom::start(r, &found), Value::days_away(days)).by(DEICTIC.card.id);
    if night {
        draft.part = Some("NI");
    }
    Some(draft)
}

/// Whether «أمس» is yesterday and no part of «لامس» or «أمسّ الحاجة».
fn is_yesterday(r: &Reading<'_>, found: &Found) -> bool {
    let word = &r.folded(found.start)[found.cut.clitics..];
    let clitic = r.folded(found.start)[..found.cut.clitics].ends_with(['ل', 'ك', 'ب', 'س']);
    let need = r.is(found.end, &["الحاجه", "حاجه"]) || r.surface(found.start).contains('\u{651}');
    !(word == "امس" && (clitic || need))
}

/// Whether «اليوم» at token `i` means today and not "the day".
fn is_today(r: &Reading<'_>, l: &Lists, i: usize) -> bool {
    let before = r.is(
        i.wrapping_sub(1),
        &[
            "في",
            "طوال",
            "طيله",
            "ذلك",
            "هذا",
            "نفس",
            "بهذا",
            "لهذا",
            "ساعه",
            "ساعات",
            "صحيفه",
            "جريده",
            "قناه",
            "خلال",
            "موقع",
        ],
    );
    let after = r.folded(i + 1);
    let named = [
        "العالمي",
        "الدولي",
        "الوطني",
        "الواحد",
        "التالي",
        "الموالي",
        "نفسه",
        "ذاته",
        "الاخير",
        "الذي",
        "الدراسي",
        "السابق",
    ];
    let glued = r.folded(i).starts_with('ب') || r.folded(i).starts_with('ك');
    !before
        && !named.contains(&after)
        && !super::year::is_ordinal(r, i + 1)
        && !glued
        && l.adjective(r, i + 1).is_none()
}

fn feast(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let day = feast_day(r, l, i);
    let at = day.map_or(i, |(_, at, _)| at);
    let pick = |word| if let Word::Feast(feast) = word { Some(feast) } else { None };
    let (feast, found) = l.find(r, List::PeriodWord, at, Article::Kept, pick)?;
    let (feast, from) = match day {
        Some((nth, _, from)) => (feast.later(nth - 1)?, from),
        None => (feast, atom::start(r, &found)),
    };
    let year = atom::year_behind(r, l, found.end);
    let (said, end) = year.map_or((YearRef::Unsaid, found.end), |y| (y.year, y.end));
    Some(Draft::new(i, end, from, Value::Feast(feast, said)).by(FEAST.card.id))
}

/// «ثاني أيام», «اليوم الثالث من» before a feast: the day's number, where the
/// feast begins, the first byte.
fn feast_day(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(u8, usize, usize)> {
    let nth = |n: &atom::Whole| u8::try_from(n.value).ok().filter(|day| n.ordinal && (1..=8).contains(day));
    if let Some((number, day)) = atom::spelled(r, i).and_then(|n| Some((n, nth(&n)?))) {
        return r.is(number.end, &["ايام", "يوم"]).then_some((day, number.end + 1, number.from));
    }
    let (unit, found) = atom::unit(r, l, i).filter(|(_, f)| f.cut.article > 0)?;
    let (number, day) = atom::spelled(r, found.end).and_then(|n| Some((n, nth(&n)?)))?;
    let of = number.end + usize::from(r.is(number.end, &["من"]));
    (unit.unit == Unit::Day).then(|| (day, of, atom::start(r, &found)))
}

fn nth(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (nth, weekday, end, from) = counted_day(r, l, i)?;
    let of = usize::from(r.is(end, &["من", "في"]));
    let month = month_of(r, l, end + of)?;
    let days = r.is(end.wrapping_sub(1), &["ايام"]);
    if of == 0 && !days && !r.folded(end).starts_with('ب') {
        return None;
    }
    // «اليوم الثالث من أكتوبر» is a day of the month.
    let value = match (u8::try_from(nth), weekday, month.value) {
        (Ok(nth), 0, Value::Date { calendar, year, month, day: None }) => {
            Value::Date { calendar, year, month, day: Some(nth) }
        }
        (_, _, month) => Value::Nth { nth, weekday, month: Box::new(month) },
    };
    Some(Draft::new(i, month.end, from, value).by(NTH.card.id))
}

/// The month behind من, or the month so far from now.
fn month_of(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(month) = named::month(r, l, i) {
        return Some(month);
    }
    super::relative::period(r, l, i)
        .filter(|d| matches!(d.value, Value::Shift { unit: Unit::Month, size: 1, .. }))
}

/// Which of what: the number, the weekday's code, the token behind, the first byte.
pub(super) fn counted_day(r: &Reading<'_>, l: &Lists, i: usize) -> Option<(i8, u8, usize, usize)> {
    let code = |at: usize| -> Option<(u8, usize, usize)> {
        if let Some((day, _, found)) = l.weekday(r, at).filter(|(_, _, f)| at == i || f.cut.clitics == 0) {
            return Some((day, found.end, atom::start(r, &found)));
        }
        let plural = at > i && r.is(at, &["ايام"]);
        let (unit, found) =
            atom::unit(r, l, at).filter(|(u, _)| (u.many == Many::One || plural) && u.size == 1)?;
        let code = match unit.unit {
            Unit::Day => 0,
            Unit::Week => 8,
            _ => return None,
        };
        Some((code, found.end, atom::start(r, &found)))
    };
    if r.is(i, &["اخر", "واخر", "باخر"]) {
        let (code, end, _) = code(i + 1)?;
        return Some((-1, code, end, r.span(i, i + 1).start));
    }
    if let Some(ordinal) = atom::spelled(r, i).filter(|n| n.ordinal && (1..=31).contains(&n.value)) {
        let (code, end, _) = code(ordinal.end)?;
        return Some((i8::try_from(ordinal.value).ok()?, code, end, ordinal.from));
    }
    let (code, end, from) = code(i)?;
    if r.is(end, &["الاخير", "الاخيره"]) {
        return Some((-1, code, end + 1, from));
    }
    let ordinal = atom::spelled(r, end).filter(|n| n.ordinal && (1..=31).contains(&n.value))?;
    Some((i8::try_from(ordinal.value).ok()?, code, ordinal.end, from))
}

/// The side of now on which a weekday with no adjective lies.
pub(super) fn default_direction(future: bool) -> Direction {
    if future { Direction::Forward } else { Direction::Back }
}
