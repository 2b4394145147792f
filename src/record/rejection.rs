//! The error line: what `--errors` writes for an input that could not be read,
//! or could not be read as it stands.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Name;
use crate::error::InputError;

/// An input, or a line of one, with what is wrong with it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// The file as it was named, or `stdin`.
    pub file: String,
    /// Line, from 1, or the number of the record in formats without lines; null where the whole file is meant.
    pub line: Option<usize>,
    /// Byte in the line, from 1.
    pub column: Option<usize>,
    /// A stable name of the reason, such as `bad_json`.
    pub kind: Name,
    /// The reason in words.
    pub reason: String,
    /// Whether the input was left out; otherwise it was read without what is wrong.
    pub rejected: bool,
}

impl Rejection {
    /// The line for `error`.
    pub fn of(error: &InputError, rejected: bool) -> Self {
        Self {
            file: error.file.clone(),
            line: error.line,
            column: error.column,
            kind: Cow::Borrowed(error.reason.kind()),
            reason: error.reason.to_string(),
            rejected,
        }
    }
}
