//! CSV (RFC 4180): the flat claims as rows under a header. A field without a
//! value is an empty cell.

use csv::{Terminator, WriterBuilder};
use serde_json::Value;

use super::{Format, Layout, long};
use crate::record::flat::{FlatClaim, flatten};

/// The format.
pub const FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    about: "the flat claims as comma-separated rows under a header (RFC 4180)",
    guide: "The columns are the fields of `flat`; a field without a value is an empty cell. For a spreadsheet ask \
        for `spreadsheet` instead.",
    units: None,
    layout: Layout::Stream {
        begin: head,
        write: |record, text, out| plain(&flatten(record, text.raw), out),
        long: Some(|document, lexicons, units, longest| {
            long::rows(document, lexicons, units, longest, plain)
        }),
    },
};

/// The same for programs that guess the encoding and calculate what looks like
/// a formula.
pub const SPREADSHEET: Format = Format {
    name: "spreadsheet",
    extensions: &[],
    about: "the same rows for a spreadsheet: with a byte order mark, and no cell is a formula",
    guide: "As `csv`, but the file begins with U+FEFF, so that spreadsheets know that it is UTF-8, and a text that begins with \
        `=`, `+`, `-`, `@` or a tab and is no number has an apostrophe before it, so that none takes it for a formula. \
        `--bom` is short for it.",
    units: None,
    layout: Layout::Stream {
        begin: |out| {
            out.extend_from_slice("\u{FEFF}".as_bytes());
            head(out);
        },
        write: |record, text, out| harmless(&flatten(record, text.raw), out),
        long: Some(|document, lexicons, units, longest| {
            long::rows(document, lexicons, units, longest, harmless)
        }),
    },
};

fn plain(claims: &[FlatClaim<'_>], out: &mut Vec<u8>) {
    rows(claims.iter().map(|claim| cells(claim).into_iter().map(|(_, cell)| cell).collect()), out);
}

fn harmless(claims: &[FlatClaim<'_>], out: &mut Vec<u8>) {
    rows(claims.iter().map(|claim| cells(claim).into_iter().map(|(_, cell)| defused(cell)).collect()), out);
}

/// The names of the columns.
fn head(out: &mut Vec<u8>) {
    let columns = cells(&FlatClaim::default()).into_iter().map(|(name, _)| name).collect();
    rows([columns], out);
}

/// A cell that no spreadsheet takes for a formula; numbers stay.
fn defused(cell: String) -> String {
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'));
    match cell.chars().next() {
        Some('+' | '-') if is_number(&cell[1..]) => cell,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => format!("'{cell}"),
        _ => cell,
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_numbers_stay() {
        for harmless in ["", "350", "-3.5", "+7", "-12,5%", "نص", "3-1"] {
            assert_eq!(defused(harmless.to_owned()), harmless);
        }
        for formula in ["=1+1", "@SUM(A1)", "-1+cmd|x", "+A1", "\t=1", "--1"] {
            assert_eq!(defused(formula.to_owned()), format!("'{formula}"));
        }
    }
}
