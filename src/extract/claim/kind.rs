//! What sort of claim a number makes: an age, else by its own sort and its unit.

use rust_decimal::Decimal;

use super::super::amount::{Number, Sort};
use super::super::reading::Reading;
use super::super::unit::{System, Unit};
use super::scope::Scope;
use super::{Claim, Kind, Lexicons, ages, nouns};

/// The kind of the claim that `number` makes.
pub(super) fn find(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    number: &Number,
    unit: Option<&Unit>,
    scope: &Scope,
) -> Kind {
    if ages::tells(reading, lexicons, number, unit, scope) {
        return Kind::Age;
    }
    match number.sort {
        Sort::Percent => return Kind::Percent,
        Sort::Fraction if unit.is_none() => return Kind::Fraction,
        Sort::Ratio => return Kind::Ratio,
        Sort::Multiplier => return Kind::Multiplier,
        Sort::Score => return Kind::Score,
        Sort::Ordinal => return Kind::Ordinal,
        _ => {}
    }
    match unit {
        Some(unit) if unit.system == System::Iso4217 => Kind::Money,
        Some(unit) if unit.system == System::Ucum => Kind::Measure,
        Some(_) => Kind::Duration,
        None => Kind::Count,
    }
}

/// Whether `number`, a large round one without a noun, is money as the claim
/// before it is.
pub(super) fn goes_on(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    number: &Number,
    scope: &Scope,
    before: &Claim,
) -> bool {
    let scaled = number.sort == Sort::Cardinal || number.sort == Sort::Dual;
    let large = number.value().is_some_and(|value| value >= Decimal::from(LEAST_MONEY));
    before.kind == Kind::Money
        && scaled
        && large
        && !number.digits
        && !nouns::has_noun_after(reading, lexicons, scope.tail)
}

/// From this value on a number in words without a noun can be money.
const LEAST_MONEY: i64 = 1000;
