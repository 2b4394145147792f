//! JSON Lines: a record a line, everything in it.

use serde::Serialize;

use super::{Format, Layout, long};

/// The format.
pub const FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "a record a line: claims, dates and entities of a document",
    guide: "Everything that was found; `ghirbal schema record` describes it. Fields without a value are `null`, never left out.",
    units: None,
    layout: Layout::Stream {
        begin: |_| {},
        write: |record, _, out| line(record, out),
        long: Some(long::line),
    },
};

/// Appends `value` as a line of JSON.
pub fn line<T: Serialize>(value: &T, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, value).expect("records have text keys and memory takes all bytes");
    out.push(b'\n');
}
