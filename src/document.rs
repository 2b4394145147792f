//! A document: one text and what is known about it before it is read.
//!
//! Knows nothing of where documents come from (that is `input/`) and nothing
//! of what is found in them.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// One text with its metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Stable identifier, unique in a collection.
    pub id: String,
    /// The text as received: byte order mark removed, line ends untouched.
    pub text: String,
    /// Headline, where the source gives one.
    pub title: Option<String>,
    /// Day or moment of publication, ISO 8601; relative dates count from it.
    pub published: Option<String>,
    /// Where the text was published: an outlet's name or an address.
    pub source: Option<String>,
    /// Address of the text.
    pub url: Option<String>,
    /// The encoding that the text was read from, where that was not UTF-8.
    pub encoding: Option<Cow<'static, str>>,
    /// File and line the document was read from, for messages.
    pub origin: String,
    /// Further fields of the input, kept as they came.
    pub extra: Map<String, Value>,
}

impl Document {
    /// A document that is only a text, without metadata.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}
