//! What can be a whole of what: kinds, units and nouns of two claims. Looks at
//! no text.

use rust_decimal::Decimal;

use super::super::amount::Amount;
use super::{Claim, Kind, Noun};

/// Whether the claim tells a share and no amount.
pub(super) fn is_share(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Percent | Kind::Fraction | Kind::Ratio)
}

/// Whether the noun counts people, by itself or as cases of something.
pub(super) fn counts_people(noun: &Noun) -> bool {
    noun.person || CASES.contains(&noun.lemma.as_str())
}

/// Nouns that count people as cases of something.
const CASES: [&str; 6] = ["نسمة", "إصابة", "حالة", "آخر", "اخرون", "اخرين"];
/// Nouns for people of whom nothing else is said.
const ANYBODY: [&str; 9] = ["شخص", "مدني", "فرد", "إنسان", "مواطن", "رجل", "قتيل", "جريح", "ضحية"];

/// Nouns for people to whom something was done, whom only such nouns name
/// again.
const HARMED: [&str; 6] = ["قتيل", "جريح", "ضحية", "مصاب", "شهيد", "وفاة"];

/// Whether `whole` can stand for the people whom `part` names.
pub(super) fn stands_for(whole: &Noun, part: &Noun) -> bool {
    let harmed = |noun: &Noun| HARMED.contains(&noun.lemma.as_str());
    counts_anybody(whole) && (!harmed(whole) || harmed(part))
}

/// Whether the noun can stand for people whom another noun tells more of.
fn counts_anybody(noun: &Noun) -> bool {
    CASES.contains(&noun.lemma.as_str())
        || ANYBODY.contains(&noun.lemma.as_str())
        || noun.person && noun.lemma.ends_with('ي')
}

/// Whether the two are measured alike, as far as they are: degrees are no part
/// of a speed.
fn same_measure(whole: &Claim, part: &Claim) -> bool {
    let (Some(a), Some(b)) = (&whole.unit, &part.unit) else { return true };
    let (a, b) = (a.code.as_str(), b.code.as_str());
    let sort = |code: &str| SORTS.iter().position(|codes| codes.contains(&code));
    is_share(part) || a.is_empty() || b.is_empty() || a == b || sort(a).is_some() && sort(a) == sort(b)
}

/// Codes of units that measure the same.
const SORTS: [&[&str]; 5] = [
    &["t", "kg", "g"],
    &["km", "m", "cm"],
    &["m2", "km2", "har", "feddan"],
    &["L", "m3", "hL"],
    &["MW", "GW", "kW"],
];

/// Whether `part` can be a part of `whole`.
pub(super) fn fits(whole: &Claim, part: &Claim) -> bool {
    let counts = matches!(whole.kind, Kind::Count | Kind::Number | Kind::Money | Kind::Measure);
    // Nobody tells a percentage of two, or a share of one.
    let fewest = if part.kind == Kind::Percent { Decimal::TEN } else { Decimal::TWO };
    let few = whole.kind == Kind::Count && whole.reading.value().is_some_and(|v| v < fewest);
    let most = whole.reading.value().unwrap_or(Decimal::MAX);
    let least = match part.reading.amount {
        Amount::Range(least, _) => Some(least),
        Amount::Vague { magnitude, .. } => magnitude,
        _ => part.reading.value(),
    };
    counts
        && !few
        && same_measure(whole, part)
        && (is_share(part) || whole.kind == part.kind && least.is_none_or(|v| v < most))
}
