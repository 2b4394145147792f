//! What a user adds to the names of the lists or takes out of them. Knows no
//! files: whoever reads them hands the entries over.

use super::{Subtype, Type};

/// A list of names from outside.
#[derive(Clone, Debug, Default)]
pub struct UserLexicon {
    /// Where it comes from.
    pub origin: Origin,
    /// Its entries; of two with the same words the earlier counts.
    pub entries: Vec<Entry>,
}

/// Where a list comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Name of the file, without its folder.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// An entry of a user's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Canonical name.
    pub name: String,
    /// What it names; `None` for words that are no name.
    pub kind: Option<Type>,
    /// What sort of place.
    pub subtype: Option<Subtype>,
    /// An identifier.
    pub code: Option<String>,
    /// Other names of the same.
    pub aliases: Vec<String>,
}

impl Entry {
    /// All its names, the canonical one first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

/// The lexicon of the example of the rule.
pub fn example() -> UserLexicon {
    let name = "ريح الجنوب".to_owned();
    let entry = Entry { name, kind: Some(Type::Organisation), ..Entry::default() };
    UserLexicon { origin: Origin::default(), entries: vec![entry] }
}
