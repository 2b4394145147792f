//! doccano: a text a line with its labelled spans, as its sequence labelling
//! projects import them.

use serde_json::{Map, json};

use super::{Format, Layout, jsonl, layers};
use crate::span::Units;

/// The format.
pub const FORMAT: Format = Format {
    name: "doccano",
    extensions: &[],
    about: "doccano JSON Lines: a text a line with the spans of all three layers",
    guide: "\
For a project of sequence labelling, imported as JSONL with the columns `text` and `label`; the other fields become the \
example's metadata. A label is `[start, end, type]`, by the kind of a claim or the type of a date or an entity. Mentions \
of different layers overlap, and so do nested names: the project must allow overlapping spans.",
    units: Some(Units::Chars),
    layout: Layout::lines(|record, text, out| {
        let mentions = layers::mentions(record);
        let labels: Vec<_> = mentions.iter().map(|m| json!([m.start, m.end, m.label])).collect();
        let mut line =
            Map::from_iter([("text".to_owned(), json!(text.raw)), ("label".to_owned(), json!(labels))]);
        line.extend(layers::metadata(record));
        jsonl::line(&line, out);
    }),
};
