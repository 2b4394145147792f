//! JSON Lines: a record a line, everything in it.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::{Format, Layout};

/// The format.
pub const FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "a record a line: claims, dates and entities of a document",
    guide: "Everything that was found; `ghirbal schema record` describes it. Fields without a value are `null`, never left out.",
    units: None,
    layout: Layout::lines(|record, _, out| line(record, out)),
};

/// Appends `value` as a line of JSON.
pub fn line<T: Serialize>(value: &T, out: &mut Vec<u8>) {
    let mut json = Serializer::with_formatter(&mut *out, Joined::default());
    value.serialize(&mut json).expect("records have text keys and memory takes all bytes");
    out.push(b'\n');
}

/// Writes what [`serde_json::to_writer`] does, but the signs around a key
/// together with its quotation marks: most of a record are short fields.
#[derive(Default)]
struct Joined {
    /// What opens the key that is being written, if one is.
    key: Option<&'static [u8]>,
}

impl Formatter for Joined {
    fn begin_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        self.key = Some(if first { b"\"" } else { b",\"" });
        Ok(())
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.key = None;
        Ok(())
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }

    fn begin_string<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(self.key.unwrap_or(b"\""))
    }

    fn end_string<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(if self.key.is_some() { b"\":" } else { b"\"" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_any_writer_of_json_writes() {
        let value = serde_json::json!({
            "a": null, "ب\"": ["x", {"y": 1.50, "z": {}}, [], true], "long": "سطر\nآخر", "": {"k": "v"}
        });
        let mut out = Vec::new();
        line(&value, &mut out);
        assert_eq!(String::from_utf8(out).expect("UTF-8"), format!("{value}\n"));
    }
}
