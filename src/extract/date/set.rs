//! Recurring times: every day, weekly, every Tuesday, twice a week.

use rust_decimal::Decimal;

use super::RuleOf;
use super::atom;
use super::calendar::{Length, Unit};
use super::clock;
use super::day;
use super::duration;
use super::value::{Draft, Value, YearRef};
use super::words::{Lists, Many, Word};
use crate::extract::reading::Article;
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};

/// A recurring time.
pub(super) const SET: RuleOf = Rule {
    card: Card {
        id: "set/recurring",
        about: "A time that recurs: an adverb (سنويًا), every unit, every so many units, every weekday.",
        yes: &[
            "ينتج مليوني برميل [يوميًا] => P1D",
            "تجتمع اللجنة [كل ثلاثاء] => XXXX-WXX-2",
            "يدور حول نجمه [كل 18 يومًا] => P18D",
            "تُعقد [أول خميس من كل شهر] => P1M",
            "يُوزع الخبز مرتين [كل أسبوع] => P1W",
            "يجتمعون [الخميس من كل أسبوع] => XXXX-WXX-4",
        ],
        no: &["الصحيفة اليومية", "كل العاملين"],
    },
    starts: Bits::of(&[List::PeriodWord, List::DateOpener]),
    digits: true,
    at: set,
};

/// «مرتين في الأسبوع», «خمس مرات كل عام»: so many times a unit.
fn times(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (at, from, times) = if r.is(i, &["مره", "مرتين", "مرتان"]) {
        (i + 1, r.token(i)?.span().start, if r.is(i, &["مره"]) { 1 } else { 2 })
    } else {
        let number = atom::whole(r, i).filter(|n| r.is(n.end, &["مره", "مرات"]))?;
        (number.end + 1, number.from, u32::try_from(number.value).ok()?)
    };
    let at = at + usize::from(r.is(at, &["واحده"]));
    let per = r.is(at, &["في"]);
    if per {
        let (unit, found) = atom::unit(r, l, at + 1)?;
        let one = unit.many == Many::One && found.cut.article > 0 && l.adjective(r, found.end).is_none();
        let end = found.end + usize::from(r.is(found.end, &["الواحد", "الواحده"]));
        let value = Value::Set(Length::of(unit.unit, Decimal::from(unit.size)).iso(), Some(times));
        return one.then(|| Draft::new(i, end, from, value).by(SET.card.id));
    }
    // «مرتين كل أسبوع» recurs every week; how often is a number of its own.
    let inner = if r.is(at, &["كل"]) { every(r, l, at)? } else { adverb(r, l, at)? };
    let Value::Set(period, _) = inner.value else { return None };
    Some(Draft { value: Value::Set(period, Some(times)), ..inner })
}

fn adverb(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let pick = |word| if let Word::Set(period) = word { Some(period) } else { None };
    let (period, found) = l.find(r, List::PeriodWord, i, Article::Kept, pick)?;
    Some(
        Draft::new(i, found.end, atom::start(r, &found), Value::Set(period.to_owned(), None)).by(SET.card.id),
    )
}

fn set(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(draft) = times(r, l, i).or_else(|| day_of_every(r, l, i)) {
        return Some(draft);
    }
    let adverb = adverb(r, l, i);
    let every = every(r, l, i);
    let longer = every.as_ref().is_some_and(|e| adverb.as_ref().is_none_or(|a| a.end <= e.end));
    if longer { every } else { adverb }
}

/// «الأول من كل شهر», «أول خميس من كل شهر», «رمضان من كل عام».
fn day_of_every(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let (end, from) = if let Some((_, _, end, from)) = day::counted_day(r, l, i) {
        (end, from)
    } else if let Some((_, day)) = atom::day(r, i).filter(|(_, d)| d.ordinal || d.digits > 0) {
        (day.end, day.from)
    } else {
        return None;
    };
    let month = usize::from(r.is(end, &["من"]) && r.is(end + 1, &["كل"]));
    let every = every(r, l, end + month).filter(|_| month == 1 && r.same_line(end))?;
    Some(Draft { start: i, from, ..every })
}

/// `draft`, or the recurring time that «من كل» behind it makes of it.
pub(super) fn recurring(r: &Reading<'_>, l: &Lists, draft: Draft) -> Draft {
    if !r.is(draft.end, &["من"]) || !r.is(draft.end + 1, &["كل"]) || !r.same_line(draft.end) {
        return draft;
    }
    let open = match &draft.value {
        Value::Date { year, .. } => *year == YearRef::Unsaid,
        Value::Weekday { .. } | Value::Feast(..) | Value::Section { .. } => true,
        _ => false,
    };
    let Some(every) = every(r, l, draft.end + 1).filter(|_| open) else { return draft };
    let period = match draft.value {
        Value::Weekday { .. } => Value::Set(draft.value.edtf(), None),
        _ => every.value,
    };
    Draft { end: every.end, value: period, rule: SET.card.id, ..draft }
}

fn every(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let word = r.folded(i);
    let stem = word.strip_prefix(['و', 'ف', 'ل', 'ب']).filter(|s| *s == "كل").unwrap_or(word);
    if stem != "كل" || !r.same_line(i + 1) {
        return None;
    }
    let from = r.start_after(i, word.len() - stem.len());
    let part = clock::day_part(r, l, i + 1).filter(|(_, f)| f.cut.stem() == 0 && r.same_line(i + 1));
    if let Some((_, found)) = part.filter(|_| atom::unit(r, l, i + 1).is_none()) {
        let value = Value::Set(Length::of(Unit::Day, Decimal::ONE).iso(), None);
        return Some(Draft::new(i, found.end, from, value).by(SET.card.id));
    }
    let day_word = usize::from(r.is(i + 1, &["يوم"]) && l.weekday(r, i + 2).is_some());
    if let Some((day, _, found)) = l.weekday(r, i + 1 + day_word).filter(|(_, _, f)| f.cut.clitics == 0) {
        let value = Value::Set(format!("XXXX-WXX-{day}"), None);
        return Some(Draft::new(i, found.end, from, value).by(SET.card.id));
    }
    if let Some((unit, found)) =
        atom::unit(r, l, i + 1).filter(|(u, f)| u.many == Many::One && f.cut.stem() == 0)
    {
        let length = Length::of(unit.unit, Decimal::from(unit.size));
        return Some(Draft::new(i, found.end, from, Value::Set(length.iso(), None)).by(SET.card.id));
    }
    let length = duration::length(r, l, i + 1).filter(|length| !length.vague && !length.definite)?;
    Some(Draft::new(i, length.end, from, Value::Set(length.value.iso(), None)).by(SET.card.id))
}
