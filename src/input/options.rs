//! What the user says about all inputs: names of fields, the encoding, the
//! language, and how much of one input is read at once.

use encoding_rs::Encoding;

use super::language::Wanted;

/// The longest document, line or row, in bytes.
pub const LIMIT: usize = 256 << 20;
/// The same where all that is found in a document is held at once.
pub const WHOLE: usize = 32 << 20;
/// How many times its size a packed file may unpack to.
pub const EXPANSION: u64 = 250;

/// The fields that a document is made of.
pub const FIELDS: [&str; 6] = ["text", "id", "title", "published", "url", "source"];

/// What holds for all inputs of a command.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the input calls the fields of a document.
    pub names: Names,
    /// The encoding of all texts, where it is not to be guessed.
    pub encoding: Option<&'static Encoding>,
    /// The language that a document must be in.
    pub language: Option<Wanted>,
    /// The longest piece that is read at once, in bytes.
    pub limit: usize,
    /// How many times its size a packed file may unpack to; 0 for any.
    pub expansion: u64,
}

impl Default for Options {
    fn default() -> Self {
        let names = Names::default();
        Self { names, encoding: None, language: None, limit: LIMIT, expansion: EXPANSION }
    }
}

/// What the input calls the fields of a document: `text=body,published=date`.
/// A name with dots leads into objects: `text=article.body`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names([String; FIELDS.len()]);

impl Default for Names {
    fn default() -> Self {
        Self(FIELDS.map(str::to_owned))
    }
}

impl Names {
    /// Reads `FIELD=NAME,…`.
    ///
    /// # Errors
    /// A sentence about what is wrong.
    pub fn parse(map: &str) -> Result<Self, String> {
        let mut names = Self::default();
        for pair in map.split(',') {
            let Some((field, name)) = pair.split_once('=').map(|(a, b)| (a.trim(), b.trim())) else {
                return Err(format!("\"{pair}\" is not FIELD=NAME"));
            };
            let Some(place) = FIELDS.iter().position(|f| *f == field) else {
                return Err(format!("there is no field \"{field}\"; the fields are {}", FIELDS.join(", ")));
            };
            if name.is_empty() {
                return Err(format!("the name for \"{field}\" is empty"));
            }
            name.clone_into(&mut names.0[place]);
        }
        Ok(names)
    }

    /// What the input calls `field`.
    pub fn of(&self, field: &str) -> &str {
        FIELDS.iter().position(|f| *f == field).map_or("", |place| &self.0[place])
    }
}

/// The encoding of this name or alias (`windows-1256`, `cp1256`, `utf-16le`).
///
/// # Errors
/// A sentence about what is wrong.
pub fn encoding(label: &str) -> Result<&'static Encoding, String> {
    let known = label.strip_prefix("cp").map(|page| format!("windows-{page}"));
    Encoding::for_label(label.as_bytes())
        .or_else(|| Encoding::for_label(known?.as_bytes()))
        .ok_or_else(|| "no such encoding; try utf-8, utf-16le, utf-16be, windows-1256, iso-8859-6".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_given_by_pairs_and_the_others_stay() {
        let names = Names::parse("text=body, published=meta.date").expect("pairs");
        let all: Vec<_> = FIELDS.map(|f| names.of(f)).to_vec();
        assert_eq!(all, ["body", "id", "title", "meta.date", "url", "source"]);
        for wrong in ["", "text", "body=text", "text="] {
            assert!(Names::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn encodings_have_many_names() {
        for (label, name) in
            [("cp1256", "windows-1256"), ("arabic", "ISO-8859-6"), ("UTF-16", "UTF-16LE"), ("utf8", "UTF-8")]
        {
            assert_eq!(encoding(label).map(Encoding::name), Ok(name));
        }
        assert!(encoding("klingon").is_err());
    }
}
