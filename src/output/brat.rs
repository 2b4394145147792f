//! brat standoff: a text file and an annotation file for each document, and the
//! configuration by which brat shows them.

use std::collections::HashMap;
use std::fmt::Write;

use super::layers::{self, LINKS, Layer, Mention};
use super::{Format, Layout};
use crate::record::{ClaimOut, Exact, Record, Words};
use crate::span::Units;

/// The format.
pub const FORMAT: Format = Format {
    name: "brat",
    extensions: &[],
    about: "brat standoff: a folder with a .txt and an .ann file for each document",
    guide: "\
`-o DIR` names the folder, which must not be there yet or be empty. The files of a document have its `id` as their \
name, with `_` for what has no place in one. `annotation.conf` declares all types, so that brat shows the folder as it is.

| line | what it is |
|---|---|
| `T` | a claim's number by its kind (`count`, `money` …), a date and an entity by their types; numbered claims first, then dates, then entities |
| `A` | `Comparator`, `Modality` and `Change` of a claim, `Relation` of a date, `Subtype` of an entity |
| `R` | `part_of`, `time`, `place`, `actor`, `source` from a claim, `nested_in` from an entity |
| `#` | the rest as a note: value, unit and noun of a claim; EDTF and resolved value of a date; name and code of an entity |",
    units: Some(Units::Chars),
    layout: Layout::Folder {
        shared: &[("annotation.conf", configuration)],
        each: &[
            ("txt", |_, text, out| out.extend(text.raw.bytes())),
            ("ann", |record, _, out| out.extend(annotations(record).bytes())),
        ],
    },
};

/// Attributes: name, layer and values.
const ATTRIBUTES: [(&str, Layer, &[&str]); 5] = [
    (
        "Comparator",
        Layer::Claim,
        &["exact", "approx", "more_than", "less_than", "at_least", "at_most", "between", "vague"],
    ),
    ("Modality", Layer::Claim, &["asserted", "negated", "planned", "conditional", "estimated"]),
    ("Change", Layer::Claim, &["rise", "fall", "rise_to", "fall_to", "rise_by", "fall_by"]),
    ("Relation", Layer::Date, &["at", "since", "until", "before", "after", "during"]),
    ("Subtype", Layer::Entity, &["country", "city", "region", "facility", "natural"]),
];

/// brat's `annotation.conf`.
fn configuration() -> String {
    let joined = |layer: Layer| layer.labels().join("|");
    let mut out = String::from("[entities]\n");
    // Writing to a string cannot fail.
    for layer in Layer::ALL {
        let _ = writeln!(out, "!{}\n\t{}", layer.name(), layer.labels().join("\n\t"));
    }
    out.push_str("\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n");
    for link in LINKS {
        let (from, to) = match link {
            "part_of" => (Layer::Claim, Layer::Claim),
            "time" => (Layer::Claim, Layer::Date),
            "nested_in" => (Layer::Entity, Layer::Entity),
            _ => (Layer::Claim, Layer::Entity),
        };
        let _ = writeln!(out, "{link}\tArg1:{}, Arg2:{}", joined(from), joined(to));
    }
    out.push_str("\n[events]\n\n[attributes]\n");
    for (name, layer, values) in ATTRIBUTES {
        let _ = writeln!(out, "{name}\tArg:{}, Value:{}", joined(layer), values.join("|"));
    }
    out
}

fn annotations(record: &Record<'_>) -> String {
    let mentions = layers::mentions(record);
    let numbers: HashMap<&str, usize> = mentions.iter().map(|m| m.id).zip(1..).collect();
    let number = |id: &str| numbers.get(id).copied().unwrap_or_default();
    let mut out = String::new();
    // Writing to a string cannot fail.
    for (number, mention) in (1..).zip(&mentions) {
        let _ =
            writeln!(out, "T{number}\t{} {}\t{}", mention.label, places(mention), one_line(mention.surface));
    }
    for (count, (id, name, value)) in (1..).zip(attributes(record)) {
        let _ = writeln!(out, "A{count}\t{name} T{} {value}", number(id));
    }
    for (count, link) in (1..).zip(layers::links(record)) {
        let _ =
            writeln!(out, "R{count}\t{} Arg1:T{} Arg2:T{}", link.name, number(link.from), number(link.to));
    }
    for (count, (id, note)) in (1..).zip(notes(record)) {
        let _ = writeln!(out, "#{count}\tAnnotatorNotes T{}\t{}", number(id), one_line(&note));
    }
    out
}

/// The offsets of a mention: a piece for each line that it stands on.
fn places(mention: &Mention<'_>) -> String {
    let (mut pieces, mut at) = (Vec::new(), mention.start);
    for line in mention.surface.split('\n') {
        let end = at + line.chars().count();
        if end > at {
            pieces.push(format!("{at} {end}"));
        }
        at = end + 1;
    }
    pieces.join(";")
}

/// Identifier, attribute and value of everything that has one.
fn attributes<'a>(record: &'a Record<'_>) -> impl Iterator<Item = (&'a str, &'static str, &'a str)> {
    let claims = record.claims.iter().flat_map(|c| {
        let said = [
            ("Comparator", Some(&c.comparator)),
            ("Modality", Some(&c.modality)),
            ("Change", c.change.as_ref()),
        ];
        said.into_iter().filter_map(|(name, value)| Some((c.id.as_str(), name, value?.as_ref())))
    });
    let dates = record.dates.iter().map(|d| (d.id.as_str(), "Relation", d.relation.as_ref()));
    let entities =
        record.entities.iter().filter_map(|e| Some((e.id.as_str(), "Subtype", e.subtype.as_deref()?)));
    claims.chain(dates).chain(entities)
}

/// What has no place among types, attributes and relations.
fn notes<'a>(record: &'a Record<'_>) -> impl Iterator<Item = (&'a str, String)> {
    let claims = record.claims.iter().map(|c| (c.id.as_str(), note(&about_claim(c))));
    let dates = record.dates.iter().map(|d| {
        let fields = [("edtf", Some(d.edtf.clone())), ("resolved", d.resolved.clone())];
        (d.id.as_str(), note(&fields))
    });
    let entities = record.entities.iter().map(|e| {
        let fields = [("name", e.name.clone()), ("code", e.code.clone()), ("role", e.role.clone())];
        (e.id.as_str(), note(&fields))
    });
    claims.chain(dates).chain(entities).filter(|(_, note)| !note.is_empty())
}

fn about_claim<'a>(claim: &'a ClaimOut<'_>) -> [(&'static str, Option<Words<'a>>); 6] {
    let number = |exact: Option<Exact>| exact.map(|e| e.0.to_string().into());
    [
        ("value", number(claim.value)),
        ("min", number(claim.min)),
        ("max", number(claim.max)),
        ("unit", claim.unit.as_ref().and_then(|u| u.code.clone())),
        ("noun", claim.noun.as_ref().map(|n| n.lemma.clone())),
        ("said_by", claim.attribution.as_ref().map(|a| a.source.surface.clone())),
    ]
}

fn note(fields: &[(&str, Option<Words<'_>>)]) -> String {
    let said = fields.iter().filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?)));
    said.collect::<Vec<_>>().join("; ")
}

/// `words` on one line, as brat quotes them.
fn one_line(words: &str) -> String {
    words.replace(['\n', '\t'], " ")
}
