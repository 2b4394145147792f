//! Output: records become lines, rows or files. Each format is a file of its
//! own in [`FORMATS`]; [`sink`] and [`folder`] are where the bytes go.
//!
//! Formats only append bytes, so that they can work on many threads.

// Flow order: each module uses only those above it.
// Packing by the ending of a name, or in memory.
pub mod pack;
// Records of long documents.
pub mod long;
// Records as they are.
pub mod jsonl;
// A claim a line.
pub mod flat;
// A claim a row.
pub mod csv;
// The text with its dates tagged.
pub mod timex3;
// The three layers as labelled spans, for the formats of annotation tools.
pub mod layers;
// A token a line.
pub mod conll;
// Files for brat.
pub mod brat;
// JSON-LD.
pub mod webannotation;
// Lines for doccano.
pub mod doccano;
// Lines for Label Studio.
pub mod labelstudio;
// A text with its findings, as a web page.
pub mod page;
// Standard output, or a file that appears only when it is whole.
pub mod sink;
// Three tables.
pub mod parquet;
// A folder of files that appears only when it is whole.
pub mod folder;
// A run's documents in a stream or a folder.
pub mod target;
// That in one part or several.
pub mod parts;

use crate::normalize::Text;
use crate::record::Record;
use crate::span::Units;

/// A way to write records. Help, tests and `docs/formats.md` are made from it.
#[derive(Debug)]
pub struct Format {
    /// Short name, as on the command line.
    pub name: &'static str,
    /// Endings of file names that ask for it.
    pub extensions: &'static [&'static str],
    /// What it is, in a line.
    pub about: &'static str,
    /// What its readers must know, in Markdown.
    pub guide: &'static str,
    /// The only unit in which it counts offsets; `None` for any.
    pub units: Option<Units>,
    /// What goes where.
    pub layout: Layout,
}

/// Appends a record, with the text that it was made from.
pub type Write = fn(&Record<'_>, &Text<'_>, &mut Vec<u8>);

/// A file of a folder that no document has: name and content.
pub type Shared = (&'static str, fn() -> String);

/// What goes where.
#[derive(Debug)]
pub enum Layout {
    /// One document after the other, in a file or on standard output.
    Stream {
        /// What stands before the first.
        begin: fn(&mut Vec<u8>),
        /// Appends one.
        write: Write,
        /// Writes one that is too long to be read at once; without it such a
        /// document is read whole.
        long: Option<long::Write>,
    },
    /// Files for each document, in a folder.
    Folder {
        /// Files of the folder itself: name and content.
        shared: &'static [Shared],
        /// Files of each document: ending and content.
        each: &'static [(&'static str, Write)],
    },
    /// A file for each of the [`TABLES`](crate::record::tables::TABLES).
    Tables,
}

impl Layout {
    /// Lines without a head.
    pub const fn lines(write: Write) -> Self {
        Self::Stream { begin: |_| {}, write, long: None }
    }
}

/// All formats; the first is used where none is asked for.
pub static FORMATS: &[Format] = &[
    jsonl::FORMAT,
    flat::FORMAT,
    csv::FORMAT,
    csv::SPREADSHEET,
    timex3::FORMAT,
    conll::FORMAT,
    brat::FORMAT,
    webannotation::FORMAT,
    doccano::FORMAT,
    labelstudio::FORMAT,
    parquet::FORMAT,
];

/// The format of this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
