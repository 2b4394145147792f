//! Short identifiers, held in place: a record has several with every find.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text of at most `N` bytes, read as a `str`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label<const N: usize> {
    bytes: [u8; N],
    length: u8,
}

/// `c1`, `d2`, `e3` or `E4`: what a mention is called in its record.
pub type Id = Label<12>;

impl Id {
    /// What the mention at place `index`, from 0, of those with `letter` is called.
    ///
    /// ```
    /// assert_eq!(&*ghirbal::record::Id::new('c', 11), "c12");
    /// ```
    pub fn new(letter: char, index: usize) -> Self {
        let mut id = Self::default();
        id.push(letter.encode_utf8(&mut [0; 4]));
        id.push(itoa::Buffer::new().format(index as u32 + 1));
        id
    }

    /// The mention of `all`, which are those with its letter, in order.
    pub fn of<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        let number: usize = self.get(1..)?.parse().ok()?;
        all.get(number.checked_sub(1)?)
    }
}

impl<const N: usize> Label<N> {
    /// Appends `text`, as much of it as there is room for.
    pub fn push(&mut self, text: &str) {
        let start = usize::from(self.length);
        let room = text.floor_char_boundary(N - start);
        self.bytes[start..start + room].copy_from_slice(&text.as_bytes()[..room]);
        self.length += room as u8;
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).expect("made of whole characters")
    }
}

impl<const N: usize> Default for Label<N> {
    fn default() -> Self {
        Self { bytes: [0; N], length: 0 }
    }
}

impl<const N: usize> Deref for Label<N> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl<const N: usize> PartialEq<str> for Label<N> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl<const N: usize> PartialEq<&str> for Label<N> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl<const N: usize> fmt::Debug for Label<N> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), to)
    }
}

impl<const N: usize> fmt::Display for Label<N> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), to)
    }
}

impl<const N: usize> Serialize for Label<N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de, const N: usize> Deserialize<'de> for Label<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(from)?;
        if text.len() > N {
            return Err(D::Error::custom(format_args!("an identifier of more than {N} bytes")));
        }
        let mut label = Self::default();
        label.push(&text);
        Ok(label)
    }
}

impl<const N: usize> JsonSchema for Label<N> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let id = Id::new('E', 4_294_967_294);
        assert_eq!(id, "E4294967295");
        let json = serde_json::to_string(&id).expect("serializes");
        assert_eq!(serde_json::from_str::<Id>(&json).expect("reads"), id);
        assert!(serde_json::from_str::<Id>("\"c1234567890123\"").is_err());
    }

    #[test]
    fn no_character_is_cut_in_two() {
        let mut label = Label::<3>::default();
        label.push("عين");
        assert_eq!(label, "ع");
    }
}
