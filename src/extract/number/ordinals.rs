//! Ordinals: which in a sequence.

use super::super::reading::{Found, Reading};
use super::super::rule::{Card, Rule};
use super::words::{Lists, Role, decimal, joined};
use super::{Amount, Number, Sort};
use crate::lexicon::{Bits, List};
use crate::span::Span;

/// «الثالثة», «الخامسة عشرة», «الحادي والعشرين».
pub(super) const ORDINAL: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/ordinal",
        about: "An ordinal in either gender, with or without article, up to 99.",
        yes: &[
            "حل في المركز ال[ثالث] => 3",
            "الدفعة ال[خامسة عشرة] منذ الصيف => 15",
            "احتلت المرتبة ال[حادية والعشرين] => 21",
            "[أول] امرأة ترأس البلاد => 1",
        ],
        no: &["انتظر ثلاثين ثانية", "انبعاثات ثاني أكسيد الكربون", "زاره أول أمس"],
    },
    starts: Bits::of(&[List::Ordinal]),
    digits: false,
    at: ordinal,
};

fn ordinal(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (unit, found) = lists.ordinal(reading, i)?;
    if !is_rank(reading, i, &found) {
        return None;
    }
    let (value, end) = higher(reading, lists, unit, found.end).unwrap_or((unit, found.end));
    if value == 1 && reading.folded(i).contains("حادي") {
        return None;
    }
    Some(Number {
        start: i,
        end,
        span: Span::new(reading.span_of(&found).start, reading.span(i, end).end),
        amount: Amount::Exact(decimal(value)),
        sort: Sort::Ordinal,
        digits: false,
        article: found.cut.article > 0,
        rule: "",
    })
}

/// The tens or the ten after an ordinal unit.
fn higher(reading: &Reading<'_>, lists: &Lists, unit: u64, at: usize) -> Option<(u64, usize)> {
    if !reading.same_line(at) {
        return None;
    }
    let start = at + usize::from(reading.is(at, &["و"]));
    let (word, found) = lists.word(reading, start, &[Role::Ten, Role::Tens])?;
    let joins = joined(reading, &found);
    let fits = match word.role {
        Role::Ten => !joins && found.cut.stem() == 0,
        _ => joins && unit < 10,
    };
    fits.then_some((unit + word.value, found.end))
}

/// Whether the word at `i` ranks: not a second of time, not an oxide, not the
/// day before yesterday.
fn is_rank(reading: &Reading<'_>, i: usize, found: &Found) -> bool {
    let bare = found.cut.article == 0;
    match reading.folded(i) {
        word if word.ends_with("ثانيه") && bare => {
            i > 0
                && reading.folded(i - 1).ends_with('ه')
                && reading.is(i - 1, &["مره", "دفعه", "جوله", "مرحله", "ولايه", "سنه", "فرصه", "مباراه"])
        }
        word if word.ends_with("ثاني") => !reading.is(i + 1, &["اكسيد"]),
        word if word.ends_with("اول") && bare => !reading.is(i + 1, &["امس", "من", "باول"]),
        _ => true,
    }
}
