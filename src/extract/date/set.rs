//! Recurring times: every day, weekly, every Tuesday, twice a week.

use rust_decimal::Decimal;

use super::atom;
use super::calendar::Length;
use super::duration;
use super::value::{Draft, Value};
use super::words::{Lists, Many, Word};
use super::{RuleOf, STARTS};
use crate::extract::reading::Article;
use crate::extract::{Card, Reading, Rule};

/// A recurring time.
pub(super) const SET: RuleOf = Rule {
    card: Card {
        id: "set/recurring",
        about: "A time that recurs: an adverb (سنويًا), every unit, every so many units, every weekday.",
        yes: &[
            "ينتج مليوني برميل [يوميًا] => P1D",
            "تجتمع اللجنة [كل ثلاثاء] => XXXX-WXX-2",
            "يدور حول نجمه [كل 18 يومًا] => P18D",
        ],
        no: &["الصحيفة اليومية", "كل العاملين"],
    },
    starts: STARTS,
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
    let inner = if r.is(at, &["كل"]) { every(r, l, at)? } else { adverb(r, l, at)? };
    let Value::Set(period, _) = inner.value else { return None };
    Some(Draft { start: i, from, value: Value::Set(period, Some(times)), ..inner })
}

fn adverb(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let pick = |word| if let Word::Set(period) = word { Some(period) } else { None };
    let (period, found) = l.find(r, i, Article::Kept, pick)?;
    Some(
        Draft::new(i, found.end, atom::start(r, &found), Value::Set(period.to_owned(), None)).by(SET.card.id),
    )
}

fn set(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    if let Some(times) = times(r, l, i) {
        return Some(times);
    }
    let adverb = adverb(r, l, i);
    let every = every(r, l, i);
    let longer = every.as_ref().is_some_and(|e| adverb.as_ref().is_none_or(|a| a.end <= e.end));
    if longer { every } else { adverb }
}

fn every(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let word = r.folded(i);
    let stem = word.strip_prefix(['و', 'ف', 'ل', 'ب']).filter(|s| *s == "كل").unwrap_or(word);
    if stem != "كل" || !r.same_line(i + 1) {
        return None;
    }
    let from = r.start_after(i, word.len() - stem.len());
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
