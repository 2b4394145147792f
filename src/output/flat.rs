//! Flat JSON Lines: a claim a line, with all that it links to spelled out.

use super::{Format, jsonl};
use crate::record::flat::flatten;

/// The format.
pub const FORMAT: Format = Format {
    name: "flat",
    extensions: &[],
    about: "a claim a line, with the document's fields and the linked date, place, actor and source spelled out",
    begin: |_| {},
    write: |record, text, out| {
        for row in flatten(record, text) {
            jsonl::line(&row, out);
        }
    },
};
