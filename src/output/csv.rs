//! CSV (RFC 4180): the flat claims as rows under a header. A field without a
//! value is an empty cell.

use csv::{Terminator, WriterBuilder};
use serde_json::Value;

use super::{Format, Layout};
use crate::record::flat::{FlatClaim, flatten};

/// The format.
pub const FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    about: "the flat claims as comma-separated rows under a header (RFC 4180)",
    guide: "The columns are the fields of `flat`; a field without a value is an empty cell. Spreadsheets need `--bom` to know \
        that the file is UTF-8.",
    units: None,
    layout: Layout::Stream {
        begin: |out| {
            let columns = cells(&FlatClaim::default()).into_iter().map(|(name, _)| name).collect();
            rows([columns], out);
        },
        write: |record, text, out| {
            let claims = flatten(record, text.raw).into_iter();
            rows(claims.map(|claim| cells(&claim).into_iter().map(|(_, cell)| cell).collect()), out);
        },
    },
};

/// Column names and cells of a claim.
pub fn cells(claim: &FlatClaim<'_>) -> Vec<(String, String)> {
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

/// Adds rows to `out`.
pub fn rows(rows: impl IntoIterator<Item = Vec<String>>, out: &mut Vec<u8>) {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    for row in rows {
        writer.write_record(row).expect("memory takes all bytes");
    }
    writer.flush().expect("memory takes all bytes");
}
