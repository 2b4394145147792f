//! Flat JSON Lines: a claim a line, with all that it links to spelled out.

use super::{Format, Layout, jsonl, long};
use crate::record::flat::{FlatClaim, flatten};

/// The format.
pub const FORMAT: Format = Format {
    name: "flat",
    extensions: &[],
    about: "a claim a line, with the document's fields and the linked date, place, actor and source spelled out",
    guide: "What a data frame wants: every field is a single value. `--flat` is short for it; `ghirbal schema flat` describes it.",
    units: None,
    layout: Layout::Stream {
        begin: |_| {},
        write: |record, text, out| lines(&flatten(record, text.raw), out),
        long: Some(|document, lexicons, units, longest| {
            long::rows(document, lexicons, units, longest, lines)
        }),
    },
};

fn lines(claims: &[FlatClaim<'_>], out: &mut Vec<u8>) {
    for claim in claims {
        jsonl::line(claim, out);
    }
}
