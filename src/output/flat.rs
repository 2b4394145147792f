//! Flat JSON Lines: a claim a line, with all that it links to spelled out.

use super::{Format, Layout, jsonl};
use crate::record::flat::flatten;

/// The format.
pub const FORMAT: Format = Format {
    name: "flat",
    extensions: &[],
    about: "a claim a line, with the document's fields and the linked date, place, actor and source spelled out",
    guide: "What a data frame wants: every field is a single value. `--flat` is short for it; `ghirbal schema flat` describes it.",
    units: None,
    layout: Layout::lines(|record, text, out| {
        for row in flatten(record, text.raw) {
            jsonl::line(&row, out);
        }
    }),
};
