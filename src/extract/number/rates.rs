//! Rates: the number after «لكل» is the base of the number before it, and no
//! number of its own («67 حالة لكل 100 ألف نسمة»).

use super::super::amount::Base;
use super::super::reading::Reading;
use super::{Number, Sort};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// Most words between a number and its base: the counted noun.
const REACH: usize = 3;

/// Joins every base to its number.
pub(super) fn join(reading: &Reading<'_>, numbers: &mut Vec<Number>) {
    let mut i = 1;
    while i < numbers.len() {
        if is_base(reading, &numbers[i - 1], &numbers[i]) {
            let base = numbers.remove(i);
            let rate = &mut numbers[i - 1];
            let value = base.value().unwrap_or_default();
            rate.base = Some(Base { value, start: base.start - 1, end: base.end });
            rate.sort = Sort::Ratio;
        } else {
            i += 1;
        }
    }
}

/// What is measured and not counted.
const MEASURES: Bits = Bits::of(&[List::Unit, List::Currency]);

/// Whether `base` stands after «لكل» and the number it is for just before.
fn is_base(reading: &Reading<'_>, rate: &Number, base: &Number) -> bool {
    let Some(per) = base.start.checked_sub(1).filter(|&at| reading.is(at, &["لكل"])) else { return false };
    let noun = |at: usize| {
        reading.kind(at) == Some(Kind::Word) && reading.same_line(at) && !reading.bits(at).meets(MEASURES)
    };
    let near = rate.end <= per && per - rate.end <= REACH && (rate.end..per).all(noun);
    let counts = matches!(rate.sort, Sort::Cardinal | Sort::Dual) && base.sort == Sort::Cardinal;
    near && counts && base.value().is_some_and(|value| !value.is_zero()) && reading.same_line(per)
}
