//! What can go wrong at the edges: inputs that cannot be read, files that
//! cannot be written. The core has no errors.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Any error of the edges.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input, or a line of one, could not be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// An output could not be written.
    #[error("{}: cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// An input, or a line of one, that could not be read as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct InputError {
    /// The file as it was named, or `stdin`.
    pub file: String,
    /// Line, from 1; in formats without lines the number of the record.
    pub line: Option<usize>,
    /// Byte in the line, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub reason: Reason,
}

impl InputError {
    /// An error of a whole file.
    pub fn of(file: impl Into<String>, reason: Reason) -> Self {
        Self { file: file.into(), line: None, column: None, reason }
    }

    /// The same at a line, and perhaps a byte of it, both from 1.
    #[must_use]
    pub fn at(self, line: usize, column: Option<usize>) -> Self {
        Self { line: Some(line), column, ..self }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why an input was not read, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The path does not exist.
    #[error("no such file or folder")]
    NoSuchFile,
    /// A pattern matches no file.
    #[error("no file matches this pattern")]
    NoMatch,
    /// A pattern is malformed.
    #[error("bad pattern: {0}")]
    BadPattern(String),
    /// The system or the decompressor refused.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// Nothing stands in the file.
    #[error("the file is empty")]
    Empty,
    /// A folder without a file that is read.
    #[error("holds no articles ({0})")]
    NoArticles(String),
    /// A byte sequence that is not UTF-8.
    #[error("not UTF-8 at byte {offset} of the {whole}")]
    NotUtf8 {
        /// Offset of the first bad byte, from 0.
        offset: usize,
        /// What it counts from: `file` or `line`.
        whole: &'static str,
    },
    /// Not JSON.
    #[error("not JSON: {0}")]
    BadJson(String),
    /// JSON, but no object.
    #[error("not a JSON object")]
    NotAnObject,
    /// An object without a text.
    #[error("the field \"{name}\" is missing{}", listed(there))]
    MissingText {
        /// The name that it should have.
        name: String,
        /// The names that there are.
        there: Vec<String>,
    },
    /// A text that is no string.
    #[error("the field \"{0}\" is not a string")]
    TextNotAString(String),
    /// A page in which no article was found.
    #[error("no article found in the page")]
    NoArticle,
    /// Not the format that it begins as.
    #[error("broken {format}: {what}")]
    Malformed {
        /// The format's name.
        format: &'static str,
        /// What is wrong.
        what: String,
    },
    /// A packed file that unpacks to more than it may.
    #[error("unpacks to more than {times} times its size (--max-expansion)")]
    Expansion {
        /// The bound.
        times: u64,
    },
    /// Something that this program, as it was built, does not read.
    #[error("not supported: {0}")]
    Unsupported(&'static str),
    /// Longer than can be read at once.
    #[error("longer than {} MiB", limit >> 20)]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// The metadata beside a text cannot be read.
    #[error("the text's metadata cannot be read: {0}")]
    BadSidecar(String),
    /// A date of publication that is none; the document is read without.
    #[error("\"published\" is no ISO 8601 date ({0}); read without it")]
    BadPublished(String),
    /// A metadata field of the wrong type; the document is read without.
    #[error("the field \"{0}\" is not a string; read without it")]
    BadField(&'static str),
    /// A fault of the program; the input goes on with the next document.
    #[error("internal error: {0}")]
    Internal(String),
}

/// Names of fields in a message.
const SHOWN: usize = 8;
/// Characters of each.
const LONGEST: usize = 40;

/// The fields that a text might be in, and how to say so.
fn listed(there: &[String]) -> String {
    if there.is_empty() {
        return String::new();
    }
    let short = |name: &String| name.chars().take(LONGEST).collect::<String>();
    let names: Vec<_> = there.iter().take(SHOWN).map(short).collect();
    let more = if there.len() > SHOWN { ", …" } else { "" };
    format!("; there are {}{more} (--map text=NAME)", names.join(", "))
}

impl Reason {
    /// A stable name for scripts.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NoSuchFile => "no_such_file",
            Self::NoMatch => "no_match",
            Self::BadPattern(_) => "bad_pattern",
            Self::Unreadable(_) => "unreadable",
            Self::Empty => "empty",
            Self::NoArticles(_) => "no_articles",
            Self::NotUtf8 { .. } => "not_utf8",
            Self::BadJson(_) => "bad_json",
            Self::NotAnObject => "not_an_object",
            Self::MissingText { .. } => "missing_text",
            Self::TextNotAString(_) => "text_not_a_string",
            Self::NoArticle => "no_article",
            Self::Malformed { .. } => "malformed",
            Self::Expansion { .. } => "expansion",
            Self::Unsupported(_) => "unsupported",
            Self::TooLong { .. } => "too_long",
            Self::BadSidecar(_) => "bad_sidecar",
            Self::BadPublished(_) => "bad_published",
            Self::BadField(_) => "bad_field",
            Self::Internal(_) => "internal",
        }
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        // Decoders wrap what a reader below them says.
        let mut cause: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|e| e as _);
        while let Some(error) = cause {
            if let Some(reason) = error.downcast_ref::<Self>() {
                return reason.clone();
            }
            let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
            cause = inner.map(|e| e as _).or_else(|| error.source());
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::NoSuchFile,
            _ => Self::Unreadable(error.to_string()),
        }
    }
}
