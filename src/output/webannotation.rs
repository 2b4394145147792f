//! W3C Web Annotation (JSON-LD): a page of annotations a line, one page for
//! each document.

use std::iter::Peekable;

use serde::Serialize;
use serde_json::{Value, json};

use super::layers::{self, Link, Mention};
use super::{Format, Layout, jsonl};
use crate::normalize::Text;
use crate::record::{Record, SCHEMA_VERSION};
use crate::span::{Offsets, Units};

/// The format.
pub const FORMAT: Format = Format {
    name: "webannotation",
    extensions: &["jsonld"],
    about: "W3C Web Annotation: an AnnotationPage in JSON-LD a line for each document",
    guide: "\
Each line is a JSON-LD document of its own, so that a file of one document is plain JSON-LD. An annotation's target is \
the text with a `TextPositionSelector` and a `TextQuoteSelector`; its source is the document's `url`, or else \
`urn:ghirbal:text:` and the SHA-256 of the text. The bodies with the purpose `tagging` are the layer and the type; \
`record` holds the mention as it stands in the record, `id` and links included, as a JSON literal (JSON-LD 1.1). \
Bodies with the purpose `linking` lead to other annotations, named by the field that links them.",
    units: Some(Units::Chars),
    layout: Layout::lines(|record, text, out| jsonl::line(&page(record, text), out)),
};

/// Characters quoted before and after a mention.
const AROUND: usize = 32;

fn page(record: &Record<'_>, text: &Text<'_>) -> Value {
    let base = format!("urn:ghirbal:text:{}", record.doc.sha256);
    let source = record.doc.url.as_deref().unwrap_or(&base);
    let offsets = Offsets::new(text.raw, Units::Chars);
    // They stand in the order of the mentions that they start from.
    let mut links = layers::links(record).into_iter().peekable();
    let details = details(record);
    let items = layers::mentions(record).into_iter().zip(details).map(|(mention, detail)| {
        json!({
            "id": format!("{base}#{}", mention.id),
            "type": "Annotation",
            "motivation": "tagging",
            "body": bodies(&mention, &mut links, &base),
            "target": {"source": source, "selector": selectors(&mention, text.raw, &offsets)},
            "record": detail,
        })
    });
    json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            {
                "@version": 1.1,
                "record": {"@id": format!("urn:ghirbal:schema:record:{SCHEMA_VERSION}"), "@type": "@json"},
                "field": "urn:ghirbal:schema:field",
                "doc": "urn:ghirbal:schema:doc",
            },
        ],
        "id": base,
        "type": "AnnotationPage",
        "doc": record.doc.id,
        "items": items.collect::<Vec<_>>(),
    })
}

/// The mentions as the record has them, in the order of [`layers::mentions`].
fn details(record: &Record<'_>) -> Vec<Value> {
    fn values<T: Serialize>(all: &[T]) -> impl Iterator<Item = Value> {
        all.iter().map(|one| serde_json::to_value(one).expect("records have text keys"))
    }
    values(&record.claims).chain(values(&record.dates)).chain(values(&record.entities)).collect()
}

fn bodies<'a>(
    mention: &Mention<'_>,
    links: &mut Peekable<impl Iterator<Item = Link<'a>>>,
    base: &str,
) -> Vec<Value> {
    let tag = |value: &str| json!({"type": "TextualBody", "purpose": "tagging", "value": value});
    let link = |link: Link<'_>| {
        let to = format!("{base}#{}", link.to);
        json!({"type": "SpecificResource", "purpose": "linking", "source": to, "field": link.name})
    };
    let mine = std::iter::from_fn(|| links.next_if(|link| link.from == mention.id)).map(link);
    [tag(mention.layer.name()), tag(mention.label)].into_iter().chain(mine).collect()
}

fn selectors(mention: &Mention<'_>, text: &str, offsets: &Offsets<'_>) -> Value {
    let around = |from: usize, to: usize| &text[offsets.byte(from)..offsets.byte(to)];
    json!([
        {"type": "TextPositionSelector", "start": mention.start, "end": mention.end},
        {
            "type": "TextQuoteSelector",
            "exact": mention.surface,
            "prefix": around(mention.start.saturating_sub(AROUND), mention.start),
            "suffix": around(mention.end, mention.end + AROUND),
        },
    ])
}
