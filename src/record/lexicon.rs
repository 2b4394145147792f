//! A user's lexicon, as the record names it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::extract::Origin;

/// A user's lexicon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LexiconOut {
    /// Name of the file, without its folder.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl LexiconOut {
    /// The name of the list that comes from there.
    pub fn of(origin: &Origin) -> Self {
        Self { file: origin.file.clone(), sha256: origin.sha256.clone() }
    }
}
