//! Output: records become lines or rows. Each format is a file of its own in
//! [`FORMATS`]; [`sink`] is where the bytes go.
//!
//! Formats only append bytes, so that they can work on many threads.

// Flow order: each module uses only those above it.
// Records as they are.
pub mod jsonl;
// A claim a line.
pub mod flat;
// A claim a row.
pub mod csv;
// The text with its dates tagged.
pub mod timex3;
// A text with its findings, as a web page.
pub mod page;
// Standard output, or a file that appears only when it is whole.
pub mod sink;

use crate::record::Record;

/// A way to write records.
#[derive(Debug)]
pub struct Format {
    /// Short name, as on the command line.
    pub name: &'static str,
    /// Endings of file names that ask for it.
    pub extensions: &'static [&'static str],
    /// What it is.
    pub about: &'static str,
    /// What stands before the first record.
    pub begin: fn(&mut Vec<u8>),
    /// Appends a record; the text is the document's.
    pub write: fn(&Record, &str, &mut Vec<u8>),
}

/// All formats; the first is used where none is asked for.
pub static FORMATS: &[Format] = &[jsonl::FORMAT, flat::FORMAT, csv::FORMAT, timex3::FORMAT];

/// The format of this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
