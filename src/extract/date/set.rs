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
    digits: false,
    at: set,
};

fn set(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let pick = |word| if let Word::Set(period) = word { Some(period) } else { None };
    let adverb = l.find(r, i, Article::Kept, pick);
    let every = every(r, l, i);
    if let Some(every) = every.filter(|e| adverb.is_none_or(|(_, f)| f.end <= e.end)) {
        return Some(every);
    }
    let (period, found) = adverb?;
    Some(Draft::new(i, found.end, atom::start(r, &found), Value::Set(period.to_owned())).by(SET.card.id))
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
        let value = Value::Set(format!("XXXX-WXX-{day}"));
        return Some(Draft::new(i, found.end, from, value).by(SET.card.id));
    }
    if let Some((unit, found)) =
        atom::unit(r, l, i + 1).filter(|(u, f)| u.many == Many::One && f.cut.stem() == 0)
    {
        let length = Length::of(unit.unit, Decimal::from(unit.size));
        return Some(Draft::new(i, found.end, from, Value::Set(length.iso())).by(SET.card.id));
    }
    let length = duration::length(r, l, i + 1).filter(|length| !length.vague && !length.definite)?;
    Some(Draft::new(i, length.end, from, Value::Set(length.value.iso())).by(SET.card.id))
}
