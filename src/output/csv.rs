//! CSV (RFC 4180): the flat claims as rows under a header. A field without a
//! value is an empty cell.

use csv::{Terminator, WriterBuilder};
use serde_json::Value;

use super::Format;
use crate::record::flat::{FlatClaim, flatten};

/// The format.
pub const FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    about: "the flat claims as comma-separated rows under a header (RFC 4180)",
    begin: |out| {
        let columns = cells(&FlatClaim::default()).into_iter().map(|(name, _)| name);
        row(columns, out);
    },
    write: |record, text, out| {
        for claim in flatten(record, text) {
            row(cells(&claim).into_iter().map(|(_, cell)| cell), out);
        }
    },
};

/// Column names and cells of a claim.
pub fn cells(claim: &FlatClaim) -> Vec<(String, String)> {
    let value = serde_json::to_value(claim).expect("a claim has text keys");
    let Value::Object(fields) = value else { return Vec::new() };
    fields.into_iter().map(|(name, value)| (name, cell(value))).collect()
}

fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Adds a row to `out`.
pub fn row(cells: impl Iterator<Item = String>, out: &mut Vec<u8>) {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(cells).expect("memory takes all bytes");
    writer.flush().expect("memory takes all bytes");
}
