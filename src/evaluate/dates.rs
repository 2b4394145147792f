//! Dates against dates: found by overlap, then value, span and every field.

use super::gold::GoldDate;
use super::pairing::{Place, pair};
use super::tally::{Fault, Layer};
use crate::record::DateOut;

/// `edtf` is the main measure: found with the right value.
pub(super) const MEASURES: &[&str] =
    &["edtf", "found", "span", "type", "resolved", "mod", "relation", "calendar"];

/// Adds one document.
pub(super) fn score(document: &str, gold: &[GoldDate], found: &[DateOut<'_>], layer: &mut Layer) {
    let place = |start, end, optional| Place { start, end, optional, nested: false };
    let marked: Vec<Place> = gold.iter().map(|g| place(g.start, g.end, g.optional)).collect();
    let predicted: Vec<Place> = found.iter().map(|p| place(p.start, p.end, false)).collect();
    let pairing = pair(&marked, &predicted, |g, p| gold[g].kind == found[p].kind);
    let mut right = vec![false; found.len()];
    for (g, date) in gold.iter().enumerate().filter(|(_, date)| !date.optional) {
        let partner = pairing.partner[g].map(|p| (p, &found[p]));
        let has_value = partner.is_some_and(|(_, got)| date.edtf == got.edtf);
        let spans = partner.is_some_and(|(p, _)| marked[g].is_at(&predicted[p]));
        layer.measure("found").count(partner.is_some(), false, true);
        layer.measure("edtf").count(has_value, false, true);
        layer.measure("span").count(spans, false, true);
        let same_type = partner.is_some_and(|(_, got)| got.kind == date.kind);
        layer.kinds.entry(date.kind.clone()).or_default().count(has_value && same_type, false, true);
        match partner {
            None => {
                layer.faults.push(Fault::new(document, "missed", &date.surface, &date.edtf, "", ""));
            }
            Some((p, got)) => {
                right[p] = has_value;
                compare(document, date, got, layer);
            }
        }
    }
    for (p, date) in found.iter().enumerate().filter(|(p, _)| !pairing.neutral[*p]) {
        for measure in ["found", "edtf", "span"] {
            layer.measure(measure).predicted += 1;
        }
        layer.predicted(&date.kind, &date.rule, right[p]);
        if !pairing.partner.contains(&Some(p)) {
            layer.faults.push(Fault::new(document, "spurious", &date.surface, "", &date.edtf, &date.rule));
        }
    }
}

/// Counts every field of a matched pair and notes those that are wrong.
fn compare(document: &str, want: &GoldDate, got: &DateOut<'_>, layer: &mut Layer) {
    let note =
        |what, want: &str, value: &str| Fault::new(document, what, &got.surface, want, value, &got.rule);
    if want.edtf != got.edtf {
        layer.faults.push(note("edtf", &want.edtf, &got.edtf));
    }
    if (want.start, want.end) != (got.start, got.end) {
        layer.faults.push(note("span", &want.surface, &got.surface));
    }
    let fields = [
        ("type", want.kind.as_str(), got.kind.as_ref()),
        ("resolved", want.resolved.as_deref().unwrap_or(""), got.resolved.as_deref().unwrap_or("")),
        ("mod", want.modifier.as_deref().unwrap_or(""), got.modifier.as_deref().unwrap_or("")),
        ("relation", &want.relation, &got.relation),
        ("calendar", want.calendar.as_deref().unwrap_or("gregorian"), &got.calendar),
    ];
    for (name, want, value) in fields {
        if !layer.field(name, want == value, want, value) {
            layer.faults.push(note(name, want, value));
        }
    }
}
