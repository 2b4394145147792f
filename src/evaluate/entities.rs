//! Entities against entities: the exact span with the right type is what
//! counts; overlap and span alone stand beside it.

use super::gold::GoldEntity;
use super::pairing::{Place, pair};
use super::tally::{Fault, Layer};
use crate::record::EntityOut;

/// `exact` is the main measure: the same borders and the same type.
pub(super) const MEASURES: &[&str] = &["exact", "found", "span", "overlap"];

/// Adds one document.
pub(super) fn score(document: &str, gold: &[GoldEntity], found: &[EntityOut<'_>], layer: &mut Layer) {
    let marked: Vec<Place> = gold.iter().map(of_gold).collect();
    let predicted: Vec<Place> = found.iter().map(of_record).collect();
    let pairing = pair(&marked, &predicted, |g, p| gold[g].kind == found[p].kind);
    let mut right = vec![false; found.len()];
    for (g, entity) in gold.iter().enumerate().filter(|(_, entity)| !entity.optional) {
        let partner = pairing.partner[g].map(|p| (p, &found[p]));
        let spans = partner.is_some_and(|(p, _)| marked[g].is_at(&predicted[p]));
        let same_type = partner.is_some_and(|(_, got)| got.kind == entity.kind);
        let exact = spans && same_type;
        layer.measure("found").count(partner.is_some(), false, true);
        layer.measure("span").count(spans, false, true);
        layer.measure("overlap").count(same_type, false, true);
        layer.measure("exact").count(exact, false, true);
        layer.kinds.entry(entity.kind.clone()).or_default().count(exact, false, true);
        let Some((p, got)) = partner else {
            layer.faults.push(Fault::new(document, "missed", &entity.surface, &entity.kind, "", ""));
            continue;
        };
        right[p] = exact;
        if !spans {
            let fault = Fault::new(document, "span", &got.surface, &entity.surface, &got.surface, &got.rule);
            layer.faults.push(fault);
        }
        if !same_type {
            layer.faults.push(Fault::new(document, "type", &got.surface, &entity.kind, &got.kind, &got.rule));
        }
    }
    for (p, entity) in found.iter().enumerate().filter(|(p, _)| !pairing.neutral[*p]) {
        for measure in MEASURES {
            layer.measure(measure).predicted += 1;
        }
        layer.predicted(&entity.kind, &entity.rule, right[p]);
        if !pairing.partner.contains(&Some(p)) {
            layer.faults.push(Fault::new(
                document,
                "spurious",
                &entity.surface,
                "",
                &entity.kind,
                &entity.rule,
            ));
        }
    }
}

fn of_gold(entity: &GoldEntity) -> Place {
    let nested = entity.nested_in.is_some();
    Place { start: entity.start, end: entity.end, optional: entity.optional, nested }
}

fn of_record(entity: &EntityOut<'_>) -> Place {
    let nested = entity.nested_in.is_some();
    Place { start: entity.start, end: entity.end, optional: false, nested }
}
