//! How every field of every claim came about, for people: what it holds, the
//! words that made it with their place, and the rule or the reason.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Value};

use super::print;
use crate::extract::explain::{Cues, Field, cues};
use crate::extract::{self, Findings, Lexicons};
use crate::normalize::Text;
use crate::record::{ClaimOut, EntityOut, Id, Record};
use crate::span::{Offsets, Span, Units};

/// Explains the claims of `record`, which was made of `found` in `text`.
pub fn explain(record: &Record<'_>, text: &Text<'_>, lexicons: &Lexicons, found: &Findings) -> String {
    let units = Units::from_name(&record.doc.offsets).unwrap_or_default();
    let cues = cues(text, lexicons, record.doc.published.as_deref(), found);
    let offsets = Offsets::new(text.raw, units);
    let mut page = format!("{}\n", print::clean(&record.doc.id));
    for (claim, cues) in record.claims.iter().zip(&cues) {
        Explainer { record, raw: text.raw, offsets: &offsets, claim, cues }.write(&mut page);
    }
    page.push_str(&rules(record));
    page
}

/// What the rules that were named match.
fn rules(record: &Record<'_>) -> String {
    let used: BTreeSet<_> = named(record).collect();
    let mut told = String::from("\nrules\n");
    for card in extract::cards().into_iter().filter(|card| used.contains(card.id)) {
        // Writing to a string cannot fail.
        let _ = writeln!(told, "    {}: {}", card.id, card.about);
    }
    told.push('\n');
    if used.is_empty() { "\n".to_owned() } else { told }
}

/// The rules of the claims and of what they link to.
fn named<'a>(record: &'a Record<'_>) -> impl Iterator<Item = &'a str> {
    record.claims.iter().flat_map(|claim| {
        let dates = claim.time.iter().filter_map(|id| id.of(&record.dates));
        let linked = claim.place.iter().chain(&claim.actor).filter_map(|id| id.of(&record.entities));
        let entities = linked.map(|entity| entity.rule.as_ref());
        dates.map(|date| date.rule.as_ref()).chain(entities).chain([claim.rule.as_ref()])
    })
}

struct Explainer<'a> {
    record: &'a Record<'a>,
    raw: &'a str,
    offsets: &'a Offsets<'a>,
    claim: &'a ClaimOut<'a>,
    cues: &'a Cues,
}

/// Fields that the heading tells, or another field.
const TOLD: [&str; 13] = [
    "id",
    "rule",
    "start",
    "end",
    "surface",
    "sentence",
    "note",
    "min",
    "max",
    "magnitude",
    "ratio",
    "score",
    "comparator_span",
];
/// Why a field holds nothing, or what it holds where no word says otherwise.
const NO_CUE: &str = "no word says otherwise";

impl Explainer<'_> {
    fn write(&self, page: &mut String) {
        let claim = self.claim;
        let [start, end] = claim.sentence.map(|at| self.offsets.byte(at));
        let sentence = print::clean(self.raw[start..end].trim()).into_owned();
        // Writing to a string cannot fail.
        let _ = write!(
            page,
            "\n{}  {}\n    {sentence}\n",
            claim.id,
            words(claim.start, claim.end, &claim.surface)
        );
        let Ok(Value::Object(fields)) = serde_json::to_value(claim) else { return };
        for (name, value) in fields.iter().filter(|(name, _)| !TOLD.contains(&name.as_str())) {
            let line = format!("    {name:<13}{}", self.field(name, value, &fields));
            let _ = writeln!(page, "{}", print::clean(&line));
        }
    }

    /// What a field holds, and why; a field without a value says so.
    fn field(&self, name: &str, value: &Value, fields: &Map<String, Value>) -> String {
        let claim = self.claim;
        let told = match name {
            "value" => Some(self.value(fields)),
            "kind" => Some(self.kind()),
            "comparator" => Some(self.comparator()),
            "unit" => self.unit(),
            "noun" => self.noun(),
            "change" => claim.change.as_ref().map(|change| self.cued(change, Field::Change)),
            "part_of" => self.part_of(),
            "predicate" => claim.predicate.as_ref().map(|p| {
                let place = self.beside(p.start, p.end);
                format!("{}: {}, {place}, lemma «{}»", p.class, words(p.start, p.end, &p.surface), p.lemma)
            }),
            "actor" => self.entities(claim.actor.as_slice()),
            "place" => self.entities(&claim.place),
            "time" => self.time(),
            "attribution" => self.attribution(),
            "modality" => Some(self.cued(&claim.modality, Field::Modality)),
            _ => held(value),
        };
        told.unwrap_or_else(|| "-".to_owned())
    }

    fn value(&self, fields: &Map<String, Value>) -> String {
        let claim = self.claim;
        let parts = ["value", "min", "max", "magnitude", "ratio", "score"].into_iter().filter_map(|name| {
            let value = fields.get(name).filter(|value| !value.is_null())?;
            Some(if name == "value" { value.to_string() } else { format!("{name} {value}") })
        });
        let value = parts.collect::<Vec<_>>().join(", ");
        let note = claim.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        let value = if value.is_empty() { "none".to_owned() } else { value };
        format!("{value}{note}: {}", claim.rule)
    }

    fn kind(&self) -> String {
        let claim = self.claim;
        if self.cues.contains_key(&Field::Kind) {
            return self.cued(&claim.kind, Field::Kind);
        }
        match &claim.unit {
            Some(unit) => {
                format!("{}: by its unit, {}", claim.kind, words(unit.start, unit.end, &unit.surface))
            }
            None => format!("{}: by the form of the number, which has no unit", claim.kind),
        }
    }

    fn comparator(&self) -> String {
        let claim = self.claim;
        match (&claim.comparator_span, claim.comparator.as_ref()) {
            (Some(part), name) => format!("{name}: {}", words(part.start, part.end, &part.surface)),
            (None, "exact") => format!("exact: {NO_CUE}"),
            (None, name) => format!("{name}: by the form of the number"),
        }
    }

    fn unit(&self) -> Option<String> {
        let unit = self.claim.unit.as_ref()?;
        let code = match (&unit.code, &unit.candidates) {
            (Some(code), _) => format!("{code} ({})", unit.system),
            (None, Some(codes)) => format!("one of {} ({}), nothing decides", codes.join(", "), unit.system),
            (None, None) => unit.system.to_string(),
        };
        Some(format!(
            "{code}: {}, {}",
            words(unit.start, unit.end, &unit.surface),
            self.beside(unit.start, unit.end)
        ))
    }

    fn noun(&self) -> Option<String> {
        let noun = self.claim.noun.as_ref()?;
        let place = self.beside(noun.start, noun.end);
        let modifiers: Vec<_> = noun.modifiers.iter().map(|m| format!("«{m}»")).collect();
        let modifiers = if modifiers.is_empty() {
            String::new()
        } else {
            format!(", narrowed by {}", modifiers.join(" "))
        };
        Some(format!(
            "{}, {place}, lemma «{}»{modifiers}",
            words(noun.start, noun.end, &noun.surface),
            noun.lemma
        ))
    }

    fn part_of(&self) -> Option<String> {
        let id = self.claim.part_of.as_ref()?;
        let whole = id.of(&self.record.claims)?;
        let whole = words(whole.start, whole.end, &whole.surface);
        Some(format!("{id}, {whole}, {}", self.by(Field::PartOf)))
    }

    fn entities(&self, ids: &[Id]) -> Option<String> {
        let told = ids.iter().filter_map(|id| {
            let entity = self.entity(id)?;
            let name = words(entity.start, entity.end, &entity.surface);
            let place = self.beside(entity.start, entity.end);
            Some(format!("{id}, {name}, {place}: {} by {}", entity.kind, entity.rule))
        });
        Some(told.collect::<Vec<_>>().join("; ")).filter(|told| !told.is_empty())
    }

    fn entity(&self, id: &Id) -> Option<&EntityOut<'_>> {
        id.of(&self.record.entities)
    }

    fn time(&self) -> Option<String> {
        let id = self.claim.time.as_ref()?;
        let date = id.of(&self.record.dates)?;
        let from = match date.basis.as_deref() {
            Some("document_date") => ", counted from the document's date",
            Some("context") => ", filled from an earlier mention",
            Some("weekday") => ", the weekday counted from the document's date",
            _ => "",
        };
        let value = format!("{}{from}", date.resolved.as_ref().unwrap_or(&date.edtf));
        let place = self.beside(date.start, date.end);
        let date_words = words(date.start, date.end, &date.surface);
        Some(format!("{id}, {} {value}: {date_words}, {place}: {}", date.relation, date.rule))
    }

    fn attribution(&self) -> Option<String> {
        let said = self.claim.attribution.as_ref()?;
        let (source, cue) = (&said.source, &said.cue);
        let entity = source.entity.as_deref().map(|id| format!(", {id}")).unwrap_or_default();
        Some(format!(
            "{}{entity}; the cue is {}, {}",
            words(source.start, source.end, &source.surface),
            words(cue.start, cue.end, &cue.surface),
            self.beside(cue.start, cue.end)
        ))
    }

    /// A name of a closed set with the cues that make it so.
    fn cued(&self, name: &str, field: Field) -> String {
        if name == "asserted" { format!("{name}: {NO_CUE}") } else { format!("{name}: {}", self.by(field)) }
    }

    /// The cues of a field.
    fn by(&self, field: Field) -> String {
        let spans = self.cues.get(&field).map(Vec::as_slice).unwrap_or_default();
        let cue =
            |span: &Span| words(self.offsets.at(span.start), self.offsets.at(span.end), span.of(self.raw));
        match spans {
            [] => "no single word makes it".to_owned(),
            spans => format!("by {}", spans.iter().map(cue).collect::<Vec<_>>().join(" and ")),
        }
    }

    /// Where a part stands to the number.
    fn beside(&self, start: usize, end: usize) -> &'static str {
        let (claim, [first, last]) = (self.claim, self.claim.sentence);
        let gap = |from: usize, to: usize| {
            self.raw[self.offsets.byte(from)..self.offsets.byte(to)].trim().is_empty()
        };
        match () {
            () if end <= first => "in an earlier sentence",
            () if start >= last => "in a later sentence",
            () if end <= claim.start && gap(end, claim.start) => "right before the number",
            () if start >= claim.end && gap(claim.end, start) => "right after the number",
            () if end <= claim.start => "before the number",
            () if start >= claim.end => "after the number",
            () => "at the number",
        }
    }
}

/// A part's place and its words.
fn words(start: usize, end: usize, surface: &str) -> String {
    format!("{start}-{end} «{surface}»")
}

/// A value that needs no reason.
fn held(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            Some(values.iter().filter_map(held).collect::<Vec<_>>().join(" ")).filter(|all| !all.is_empty())
        }
        other => Some(other.to_string()),
    }
}
