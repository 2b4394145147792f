//! Claims against claims: found by overlap, then value, span and every field.

use rust_decimal::Decimal;

use super::gold::GoldClaim;
use super::pairing::{Pairing, Place, pair};
use super::tally::{Fault, Layer};
use super::words;
use crate::record::{ClaimOut, Exact};

/// `value` is the main measure: found with the right value.
pub(super) const MEASURES: &[&str] = &[
    "value",
    "found",
    "span",
    "kind",
    "comparator",
    "unit",
    "noun",
    "change",
    "part_of",
    "source",
    "modality",
];

/// Adds one document.
pub(super) fn score(document: &str, gold: &[GoldClaim], found: &[ClaimOut<'_>], layer: &mut Layer) {
    let marked: Vec<Place> = gold.iter().map(|g| place(g.start, g.end, g.optional)).collect();
    let predicted: Vec<Place> = found.iter().map(|p| place(p.start, p.end, false)).collect();
    let pairing = pair(&marked, &predicted, |g, p| gold[g].kind == found[p].kind);
    let mut right = vec![false; found.len()];
    for (g, claim) in gold.iter().enumerate().filter(|(_, claim)| !claim.optional) {
        let partner = pairing.partner[g];
        let has_value = partner.is_some_and(|p| same_value(claim, &found[p]));
        let spans = partner.is_some_and(|p| marked[g].is_at(&predicted[p]));
        layer.measure("found").count(partner.is_some(), false, true);
        layer.measure("value").count(has_value, false, true);
        layer.measure("span").count(spans, false, true);
        let same_kind = partner.is_some_and(|p| found[p].kind == claim.kind);
        layer.kinds.entry(claim.kind.clone()).or_default().count(has_value && same_kind, false, true);
        match partner {
            None => layer.faults.push(Fault::new(document, "missed", &claim.surface, &claim.kind, "", "")),
            Some(p) => {
                right[p] = has_value;
                let links = Links { gold, found, pairing: &pairing };
                compare(document, claim, &found[p], has_value, &links, layer);
            }
        }
    }
    for (p, claim) in found.iter().enumerate().filter(|(p, _)| !pairing.neutral[*p]) {
        for measure in ["found", "value", "span"] {
            layer.measure(measure).predicted += 1;
        }
        layer.predicted(&claim.kind, &claim.rule, right[p]);
        if !pairing.partner.contains(&Some(p)) {
            layer.faults.push(Fault::new(document, "spurious", &claim.surface, "", &claim.kind, &claim.rule));
        }
    }
}

fn place(start: usize, end: usize, optional: bool) -> Place {
    Place { start, end, optional, nested: false }
}

/// What links between claims are compared by.
struct Links<'a> {
    gold: &'a [GoldClaim],
    found: &'a [ClaimOut<'a>],
    pairing: &'a Pairing,
}

impl Links<'_> {
    /// The surface of the claim with this identifier on each side.
    fn surfaces(&self, want: Option<&str>, got: Option<&str>) -> (String, String) {
        let want = self.gold.iter().find(|g| Some(g.id.as_str()) == want).map(|g| g.surface.clone());
        let got = self.found.iter().find(|p| Some(p.id.as_str()) == got).map(|p| p.surface.clone());
        (want.unwrap_or_default(), got.unwrap_or_default().into_owned())
    }

    /// Whether the two identifiers name the same claim.
    fn same(&self, want: Option<&str>, got: Option<&str>) -> bool {
        let whole = self.gold.iter().position(|g| Some(g.id.as_str()) == want);
        let partner = whole.and_then(|g| self.pairing.partner[g]);
        partner.is_some_and(|p| Some(self.found[p].id.as_str()) == got)
    }
}

/// Counts every field of a matched pair and notes those that are wrong.
fn compare(
    document: &str,
    want: &GoldClaim,
    got: &ClaimOut<'_>,
    has_value: bool,
    links: &Links<'_>,
    layer: &mut Layer,
) {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let unit = got.unit.as_ref().map_or("", |u| u.code.as_deref().unwrap_or(&u.surface));
    let source = got.attribution.as_ref().map_or("", |a| &a.source.surface);
    let noun = got.noun.as_ref().map_or(String::new(), |n| n.surface.clone().into_owned());
    let said = got.noun.as_ref().map_or(String::new(), |n| format!("{} {}", n.surface, n.lemma));
    let (whole_want, whole_got) = links.surfaces(want.part_of.as_deref(), got.part_of.as_deref());
    let equal = |a: &str, b: &str| a == b;
    // What a length or a price is said of is seldom its counted noun.
    let counts = !matches!(want.kind.as_str(), "money" | "measure" | "duration" | "age");
    let noun = (want.noun.clone().filter(|_| counts), Some(noun).filter(|_| counts));
    let noun = (noun.0.unwrap_or_default(), noun.1.unwrap_or_default());
    let fields: [(&'static str, bool, String, String); 8] = [
        ("kind", equal(&want.kind, &got.kind), want.kind.clone(), got.kind.to_string()),
        (
            "comparator",
            equal(&want.comparator, &got.comparator),
            want.comparator.clone(),
            got.comparator.to_string(),
        ),
        ("unit", equal(&text(&want.unit), unit), text(&want.unit), unit.to_owned()),
        ("noun", words::share(&noun.0, &said), noun.0, noun.1),
        (
            "change",
            equal(&text(&want.change), got.change.as_deref().unwrap_or("")),
            text(&want.change),
            got.change.as_deref().unwrap_or("").to_owned(),
        ),
        ("part_of", links.same(want.part_of.as_deref(), got.part_of.as_deref()), whole_want, whole_got),
        ("source", words::share(&text(&want.source), source), text(&want.source), source.to_owned()),
        ("modality", equal(&want.modality, &got.modality), want.modality.clone(), got.modality.to_string()),
    ];
    let note =
        |what, want: &str, value: &str| Fault::new(document, what, &got.surface, want, value, &got.rule);
    if !has_value {
        layer.faults.push(note("value", &gold_value(want), &record_value(got)));
    }
    if (want.start, want.end) != (got.start, got.end) {
        layer.faults.push(note("span", &want.surface, &got.surface));
    }
    for (name, right, want, value) in fields {
        if !layer.field(name, right, &want, &value) {
            layer.faults.push(note(name, &want, &value));
        }
    }
}

/// Whether the record says what the gold says: scores and ranges end by end,
/// vague quantities by having no value.
fn same_value(gold: &GoldClaim, found: &ClaimOut<'_>) -> bool {
    let rough = matches!(gold.kind.as_str(), "fraction" | "ratio");
    let same = |a: Option<Exact>, b: Option<Exact>| match (a, b) {
        (Some(a), Some(b)) => close(a.0, b.0, rough),
        (None, None) => true,
        _ => false,
    };
    let ends = |score: Option<[Exact; 2]>| score.map_or((None, None), |[a, b]| (Some(a), Some(b)));
    let (want, got) = (ends(gold.score), ends(found.score));
    same(gold.value, found.value)
        && same(gold.min, found.min)
        && same(gold.max, found.max)
        && same(want.0, got.0)
        && same(want.1, got.1)
        && (gold.magnitude.is_none() || same(gold.magnitude, found.magnitude))
}

/// Equal up to a millionth; a fraction or a ratio, whose decimal need not end,
/// up to a hundredth.
fn close(a: Decimal, b: Decimal, rough: bool) -> bool {
    let tolerance = if rough { Decimal::new(1, 2) } else { Decimal::new(1, 6) };
    let (Some(difference), Some(room)) = (a.checked_sub(b), tolerance.checked_mul(a.abs().max(b.abs())))
    else {
        return a == b;
    };
    difference.abs() <= room
}

fn gold_value(claim: &GoldClaim) -> String {
    shown(claim.value, claim.min, claim.max, claim.magnitude, claim.score)
}

fn record_value(claim: &ClaimOut<'_>) -> String {
    shown(claim.value, claim.min, claim.max, claim.magnitude, claim.score)
}

fn shown(
    value: Option<Exact>,
    min: Option<Exact>,
    max: Option<Exact>,
    magnitude: Option<Exact>,
    score: Option<[Exact; 2]>,
) -> String {
    let number = |exact: Exact| exact.0.normalize().to_string();
    let end = |exact: Option<Exact>| exact.map_or(String::new(), number);
    match (value, score) {
        (Some(value), _) => number(value),
        (_, Some([a, b])) => format!("{}:{}", number(a), number(b)),
        _ if min.is_some() || max.is_some() => format!("{}..{}", end(min), end(max)),
        _ => format!("~{}", end(magnitude)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_need_not_end_and_numbers_must_be_the_same() {
        let third = Decimal::ONE / Decimal::from(3);
        assert!(close(third, Decimal::new(333, 3), true));
        assert!(!close(Decimal::from(350), Decimal::from(351), false));
        assert!(close(Decimal::new(3500, 1), Decimal::from(350), false));
    }
}
