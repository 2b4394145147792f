//! Units of one thing in another («ملغم/لتر», «مترا في الثانية»): the part
//! behind the unit that is counted.

use super::super::reading::{Article, Reading};
use super::{Lists, Row, Time};
use crate::lexicon::List;
use crate::normalize::Kind;

/// The code of what the unit that ends at token `end` is in or for, and the
/// token after it.
pub(super) fn per(reading: &Reading<'_>, lists: &Lists, end: usize) -> Option<(&'static str, usize)> {
    if !reading.same_line(end) {
        return None;
    }
    if reading.is(end, &["/"]) && reading.glued(end) {
        let found = reading.find(List::Unit, end + 1, Article::Kept).filter(|f| f.cut.stem() == 0)?;
        return Some((code(lists.units[found.row]), found.end));
    }
    // «في الثانية», «بالثانية», «لكل لتر», «للهكتار».
    let apart = reading.is(end, &["في", "لكل"]);
    let each = reading.is(end, &["لكل"]);
    let at = end + usize::from(apart);
    let found = reading.find(List::Unit, at, Article::Free)?;
    let fits = match (apart, found.cut.clitics > 0) {
        (true, fused) => !fused && (each || found.cut.article > 0),
        (false, fused) => fused && found.cut.article > 0 && reading.folded(at).starts_with(['ب', 'ل']),
    };
    // «في الساعة الأولى», «في الساعة 5» are times of day.
    let timed = reading.bits(found.end).has(List::Ordinal) || reading.kind(found.end) == Some(Kind::Digits);
    match lists.units[found.row] {
        // By the day and the year a text says how often, not in what unit.
        Row::Time(time) if !time.clock || timed && reading.same_line(found.end) => None,
        row => (fits && reading.same_line(at)).then(|| (code(row), found.end)),
    }
}

/// The UCUM code of a unit.
fn code(row: Row) -> &'static str {
    match row {
        Row::Ucum(code) => code,
        Row::Time(Time { designator, clock, .. }) => match (designator, clock) {
            ("S", _) => "s",
            ("M", true) => "min",
            ("H", _) => "h",
            ("D", _) => "d",
            ("W", _) => "wk",
            ("M", false) => "mo",
            _ => "a",
        },
    }
}
