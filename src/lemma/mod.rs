//! Lemmas of nouns: joins singular, dual, sound and broken plural forms.
//!
//! One list serves the claims (the lemma of a counted noun, duals that count)
//! and the search index.

// From words to stems.
pub mod stem;

/// Nouns and their forms.
#[derive(Debug, Default)]
pub struct Lemmas {}

impl Lemmas {
    /// The built-in list.
    pub fn builtin() -> Self {
        Self {}
    }
}
