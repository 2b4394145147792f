//! What a line of JSON Lines must hold to be read as a document. Only a
//! description: reading itself is more lenient and names what it cannot use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

/// A document as it is read.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// The text.
    pub text: String,
    /// Identifier; without one, the file's name and the line.
    #[serde(default)]
    pub id: Option<Identifier>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Day or moment of publication, ISO 8601; relative dates count from it.
    #[serde(default)]
    pub published: Option<String>,
    /// Outlet or collection.
    #[serde(default)]
    pub source: Option<String>,
    /// Address of the text.
    #[serde(default)]
    pub url: Option<String>,
    /// Further fields, kept as they are under `doc.extra`.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// An identifier: a string, or a number that is read as one.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Identifier {
    /// As it is.
    Text(String),
    /// Read as its digits.
    Number(Number),
}
