//! What sort of claim a number makes: by its own sort, its unit, and for years
//! and ordinals by the words that speak of an age.

use rust_decimal::Decimal;

use super::super::Lexicons;
use super::super::amount::{Number, Sort};
use super::super::reading::Reading;
use super::super::unit::{System, Unit};
use super::{Claim, Kind, nouns};
use super::lists::Lists;
use super::scope::Scope;
use super::words::Role;
use crate::lexicon::{Bits, List};

/// From this ordinal on an age is likelier than a rank where no noun stands
/// before it.
const LEAST_AGE: i64 = 13;

/// The kind of the claim that `number` makes.
pub(super) fn find(
    reading: &Reading<'_>,
    lists: &Lists,
    number: &Number,
    unit: Option<&Unit>,
    scope: &Scope,
) -> Kind {
    match number.sort {
        Sort::Percent => return Kind::Percent,
        Sort::Fraction if unit.is_none() => return Kind::Fraction,
        Sort::Ratio => return Kind::Ratio,
        Sort::Multiplier => return Kind::Multiplier,
        Sort::Score => return Kind::Score,
        Sort::Ordinal if is_ordinal_age(reading, lists, number, scope) => return Kind::Age,
        Sort::Ordinal => return Kind::Ordinal,
        _ => {}
    }
    match unit {
        Some(unit) if unit.system == System::Iso4217 => Kind::Money,
        Some(unit) if unit.system == System::Ucum => Kind::Measure,
        Some(unit) if is_years(unit) && says_age(reading, lists, scope) => Kind::Age,
        Some(_) => Kind::Duration,
        None if number.article && is_of_life(reading, scope.tail) => Kind::Age,
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

/// Whether the unit is years: only they tell an age.
fn is_years(unit: &Unit) -> bool {
    unit.code.ends_with('Y') || unit.code.ends_with('M') && !unit.code.contains('T')
}

/// «من العمر», «من عمرها».
fn is_of_life(reading: &Reading<'_>, at: usize) -> bool {
    reading.is(at, &["من"]) && reading.is(at + 1, &["العمر", "عمره", "عمرها", "عمرهم", "اعمارهم"])
}

/// «دون الثامنة عشرة», «في الثالثة والسبعين من عمرها», «تجاوزوا الرابعة والستين».
fn is_ordinal_age(reading: &Reading<'_>, lists: &Lists, number: &Number, scope: &Scope) -> bool {
    if !reading.folded(scope.head).contains("ال") {
        return false;
    }
    let from = scope.start.max(scope.head.saturating_sub(2));
    let said = (from..scope.head).any(|at| lists.words.is(reading, at, Role::AgeOrdinal));
    said || is_of_life(reading, scope.tail) || is_late_age(reading, number, scope)
}

/// A high feminine ordinal after a preposition or a verb, with no noun that it
/// could count.
fn is_late_age(reading: &Reading<'_>, number: &Number, scope: &Scope) -> bool {
    let high = number.integer().is_some_and(|value| value >= LEAST_AGE);
    let feminine = reading.folded(number.start).ends_with('ه');
    let Some(before) = scope.head.checked_sub(1).filter(|&at| at >= scope.start) else { return false };
    let lists = Bits::of(&[List::Function, List::Comparator, List::Change, List::Predicate]);
    let led = reading.forms(before).iter().any(|f| f.cut.stem() == 0 && f.bits.meets(lists));
    let noun = reading.folded(scope.tail).starts_with("ال") || reading.is(scope.tail, &["من"]);
    high && feminine && led && !noun
}

/// Whether words near a number of years speak of an age: before it, after it
/// («من العمر»), or the number stands alone in brackets after a name.
fn says_age(reading: &Reading<'_>, lists: &Lists, scope: &Scope) -> bool {
    let from = scope.start.max(scope.head.saturating_sub(5));
    let before = (from..scope.head)
        .any(|at| lists.words.is(reading, at, Role::Age) || reading.folded(at).starts_with("اعمار"));
    let opens = |at: usize| reading.is(at, &["("]);
    let bracketed =
        (opens(scope.head) || scope.head > 0 && opens(scope.head - 1)) && reading.is(scope.tail, &[")"]);
    // «السيدة التي تبلغ 44 عاما», but not «تبلغ مدته».
    let reaches = scope.head > 0 && reading.is(scope.head - 1, &["يبلغ", "تبلغ"]);
    let died = scope.head > 1
        && reading.is(scope.head - 1, &["عن"])
        && lists.words.is(reading, scope.head - 2, Role::AtDeath);
    let person = scope.head > 2 && reading.is(scope.head - 2, &["التي", "الذي", "من"]);
    before
        || is_of_life(reading, scope.tail)
        || died
        || reaches && person
        || bracketed && !reading.bits(scope.head.saturating_sub(1)).has(List::Number)
}
