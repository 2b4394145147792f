//! What an article's entry keeps: the document as it came and its record.
//!
//! The document is a line of JSON, which every version reads, so that any
//! index can be made anew from itself. The record is bound to the version that
//! wrote it: it follows in few bytes, without names of fields, without what
//! the document says already, and without the words that its text has. Before
//! it stands the document's digest, so that damage is not taken for text. The
//! two are fields of their own, and the document is read alone where nothing
//! else is asked for. The index compresses all.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::error::{Error, Result};
use super::schema::Fields;
use crate::document::Document;
use crate::record::lexicon::LexiconOut;
use crate::record::quotes::each_quote;
use crate::record::{ClaimOut, DateOut, Doc, EntityOut, Id, Name, Record, SCHEMA_VERSION, Words, doc};
use crate::span::{Offsets, Units};

/// A document and what was found in it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The document as it came.
    pub document: Document,
    /// Its record; offsets count characters.
    pub record: Record<'static>,
}

/// Tells a document's content from what had its identifier before.
pub type Fingerprint = u64;

/// A document as it is written; the place it came from is no part of it.
#[derive(Serialize)]
struct Original<'a> {
    id: &'a str,
    text: &'a str,
    title: Option<&'a str>,
    published: Option<&'a str>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    extra: &'a Map<String, Value>,
}

/// The same, read.
#[derive(Deserialize)]
struct Read {
    id: String,
    text: String,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
    extra: Map<String, Value>,
}

/// What is kept of a record beside its document.
#[derive(Serialize, Deserialize)]
struct Found<'a> {
    origin: String,
    encoding: Option<Name>,
    lexicons: Vec<LexiconOut>,
    claims: Vec<ClaimOut<'a>>,
    dates: Vec<DateOut<'a>>,
    entities: Vec<EntityOut<'a>>,
    warnings: Vec<Words<'a>>,
}

/// A document as it is kept, before its record is known.
#[derive(Clone, Debug)]
pub struct Kept {
    line: String,
    digest: Fingerprint,
}

/// What an entry keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The document, a line of JSON.
    pub line: String,
    /// Its digest and its record.
    pub found: Vec<u8>,
}

/// Bytes of a digest.
const DIGEST: usize = size_of::<Fingerprint>();

impl Kept {
    /// The document's line.
    pub fn of(document: &Document) -> Self {
        let original = Original {
            id: &document.id,
            text: &document.text,
            title: document.title.as_deref(),
            published: document.published.as_deref(),
            source: document.source.as_deref(),
            url: document.url.as_deref(),
            extra: &document.extra,
        };
        let line = serde_json::to_string(&original).expect("strings and JSON values serialize");
        let digest = digest_of(&line);
        Self { line, digest }
    }

    /// The beginning of SHA-256 over all fields of the document: two with the
    /// same identifier and the same digest are the same document.
    pub const fn digest(&self) -> Fingerprint {
        self.digest
    }

    /// The line of `document` and its record, whose offsets count characters.
    pub fn with(self, document: &Document, mut record: Record<'_>) -> Pair {
        let bytes = self.digest.to_be_bytes().to_vec();
        let offsets = Offsets::new(&document.text, Units::Chars);
        each_quote(&mut record, |start, end, surface| {
            if quoted(&document.text, &offsets, start, *end) == Some(surface) {
                *surface = Words::default();
            }
            // A length has fewer digits; wrapping keeps even what no text has.
            *end = end.wrapping_sub(start);
        });
        each_id(&mut record, |id, expected| {
            if *id == expected {
                *id = Id::default();
            }
        });
        let Record { doc: Doc { lexicons, .. }, claims, dates, entities, warnings, .. } = record;
        let (origin, encoding) = (document.origin.clone(), document.encoding.clone());
        let found = Found { origin, encoding, lexicons, claims, dates, entities, warnings };
        let found = postcard::to_extend(&found, bytes).expect("a record serializes");
        Pair { line: self.line, found }
    }
}

fn digest_of(line: &str) -> Fingerprint {
    let whole = Sha256::digest(line);
    whole[..DIGEST].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// What identifies the content of `document`: [`Kept::digest`].
pub fn digest(document: &Document) -> Fingerprint {
    Kept::of(document).digest()
}

/// What the entry at `address` keeps; none where it is a claim.
///
/// # Errors
/// When the index is damaged.
pub fn kept_at(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Option<Pair>> {
    let entry: TantivyDocument = searcher.doc(address)?;
    let found = entry.get_first(fields.found).and_then(|found| found.as_bytes()).map(<[u8]>::to_vec);
    let line = entry.get_first(fields.stored).and_then(|line| line.as_str()).map(str::to_owned);
    Ok(line.map(|line| Pair { line, found: found.unwrap_or_default() }))
}

/// The line of the entry at `address`, without the record; none where it is a claim.
///
/// # Errors
/// When the index is damaged.
pub fn line_at(searcher: &Searcher, address: DocAddress) -> tantivy::Result<Option<String>> {
    let FirstText(line) = searcher.doc(address)?;
    Ok(line)
}

/// The first field of an entry, which is its line; what follows is not read.
struct FirstText(Option<String>);

struct Text(String);

impl DocumentDeserialize for FirstText {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(
        mut fields: D,
    ) -> std::result::Result<Self, DeserializeError> {
        Ok(Self(fields.next_field()?.map(|(_, Text(text))| text)))
    }
}

impl ValueDeserialize for Text {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> std::result::Result<Self, DeserializeError> {
        value.deserialize_string().map(Text)
    }
}

fn quoted<'t>(text: &'t str, offsets: &Offsets<'_>, start: usize, end: usize) -> Option<&'t str> {
    text.get(offsets.byte(start)..offsets.byte(end))
}

/// Reads the document of a [line](Pair::line); `index` is named in the error.
/// The place it came from is not read.
///
/// # Errors
/// When the line is damaged.
pub fn document(line: &str, index: &Path) -> Result<Document> {
    let original: Read = serde_json::from_str(line).map_err(|e| damaged(index, &e))?;
    Ok(Document {
        id: original.id,
        text: original.text,
        title: original.title,
        published: original.published,
        source: original.source,
        url: original.url,
        encoding: None,
        origin: String::new(),
        extra: original.extra,
    })
}

/// The document of an entry of any version, of which `stored` and `found` are
/// the fields; none where it is a claim. Damage that gives another document is
/// told where the version keeps digests.
///
/// # Errors
/// When the entry is damaged.
pub(super) fn original(
    entry: &TantivyDocument,
    stored: Field,
    found: Option<Field>,
    index: &Path,
) -> Result<Option<Document>> {
    let Some(kept) = entry.get_first(stored) else { return Ok(None) };
    let (line, digest) = match (kept.as_str(), kept.as_bytes()) {
        (Some(line), _) => {
            let found = found.and_then(|found| entry.get_first(found)?.as_bytes());
            (line, Some(found.unwrap_or_default()))
        }
        // Up to format 4 line and record were one field, and only the last of them had digests.
        (None, bytes) => {
            let bytes = bytes.unwrap_or_default();
            let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
            (std::str::from_utf8(&bytes[..end]).map_err(|e| damaged(index, &e))?, None)
        }
    };
    if digest.is_some_and(|digest| !digest.starts_with(&digest_of(line).to_be_bytes())) {
        return Err(damaged(index, &"it is not what was written"));
    }
    document(line, index).map(Some)
}

/// Reads what [`Kept::with`] made; `index` is named in the error.
///
/// # Errors
/// When it is damaged.
pub fn decode(kept: &Pair, index: &Path) -> Result<Stored> {
    let mut document = document(&kept.line, index)?;
    let found = kept.found.get(DIGEST..).ok_or_else(|| damaged(index, &"its record is missing"))?;
    let found: Found<'_> = postcard::from_bytes(found).map_err(|e| damaged(index, &e))?;
    (document.origin, document.encoding) = (found.origin, found.encoding);
    let offsets = Offsets::new(&document.text, Units::Chars);
    let mut record = Record {
        schema_version: SCHEMA_VERSION.into(),
        doc: Doc { lexicons: found.lexicons, ..doc(&document, offsets.total(), Units::Chars).into_owned() },
        claims: found.claims,
        dates: found.dates,
        entities: found.entities,
        warnings: found.warnings,
    };
    each_quote(&mut record, |start, end, surface| {
        *end = end.wrapping_add(start);
        if surface.is_empty()
            && let Some(words) = quoted(&document.text, &offsets, start, *end)
        {
            *surface = Words::Owned(words.to_owned());
        }
    });
    each_id(&mut record, |id, expected| {
        if id.is_empty() {
            *id = expected;
        }
    });
    Ok(Stored { document, record })
}

/// Calls `take` with every identifier of the record and the one that its place gives it.
fn each_id(record: &mut Record<'_>, mut take: impl FnMut(&mut Id, Id)) {
    for (claim, index) in record.claims.iter_mut().zip(0..) {
        take(&mut claim.id, Id::new('c', index));
    }
    for (date, index) in record.dates.iter_mut().zip(0..) {
        take(&mut date.id, Id::new('d', index));
    }
    for (entity, index) in record.entities.iter_mut().zip(0..) {
        take(&mut entity.id, Id::new('e', index));
    }
}

fn damaged(index: &Path, detail: &dyn std::fmt::Display) -> Error {
    Error::damaged(index, format!("a stored article cannot be read: {detail}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Lexicons, extract};
    use crate::index::folder::FORMAT;
    use crate::normalize::normalize;

    #[test]
    fn what_is_stored_comes_back() {
        let document = Document {
            id: "a/1".to_owned(),
            text: "قالت وزارة الصحة اليمنية «أمس» إن أكثر من ١٢٬٥٠٠ مريض\nدفعوا 3,20 مليون ريال، بين 5 و6%."
                .to_owned(),
            title: Some("عنوان".to_owned()),
            published: Some("2024-02-14".to_owned()),
            origin: "file.txt".to_owned(),
            extra: Map::from_iter([("x".to_owned(), Value::from("سطر\nآخر"))]),
            ..Document::default()
        };
        let text = normalize(&document.text);
        let found = extract(&text, &Lexicons::builtin(), document.published.as_deref());
        let record = crate::record::record(&document, &text, &found, Units::Chars);
        assert!(record.claims.len() > 2 && !record.dates.is_empty());
        let kept = Kept::of(&document).with(&document, record.clone());
        let stored = decode(&kept, Path::new("x")).expect("reads");
        assert_eq!(stored.document, document);
        assert_eq!(digest(&stored.document), digest(&document));
        let json = |record: &Record<'_>| serde_json::to_string(record).expect("serializes");
        assert_eq!(json(&stored.record), json(&record));
        let original = super::document(&kept.line, Path::new("x")).expect("reads");
        assert_eq!(original, Document { origin: String::new(), ..document });
        for length in [0, DIGEST - 1, kept.found.len() / 2, kept.found.len() - 1] {
            let cut = Pair { found: kept.found[..length].to_vec(), ..kept.clone() };
            assert!(decode(&cut, Path::new("x")).is_err());
        }
    }

    #[test]
    fn a_document_of_any_version_is_read_and_damage_is_told() {
        let document = Document { id: "a".to_owned(), ..Document::from_text("وصل 3 وزراء") };
        let Kept { line, digest } = Kept::of(&document);
        let (stored, found) = (Field::from_field_id(0), Field::from_field_id(1));
        let read = |entry: &TantivyDocument, found| original(entry, stored, found, Path::new("x"));
        let mut old = TantivyDocument::default();
        old.add_bytes(stored, format!("{line}\nits record").as_bytes());
        assert_eq!(read(&old, None).expect("reads").as_ref(), Some(&document));
        let with = |line: &str| {
            let mut entry = TantivyDocument::default();
            entry.add_text(stored, line);
            entry.add_bytes(found, &digest.to_be_bytes());
            entry
        };
        assert_eq!(read(&with(&line), Some(found)).expect("reads"), Some(document));
        assert!(read(&with(&line.replace('3', "4")), Some(found)).is_err());
        assert_eq!(read(&TantivyDocument::default(), Some(found)).expect("reads"), None);
    }

    /// What [`form`] gave when [`FORMAT`] was last raised.
    const FORM: &str = "a37ae686727e453d";

    /// Names and types of the record's fields, in order: what the bytes depend on.
    fn form() -> String {
        let schema = serde_json::to_value(schemars::schema_for!(Record<'_>)).expect("serializes");
        let mut names = String::new();
        collect(&schema, &mut names);
        let digest = Sha256::digest(names);
        crate::record::hexadecimal(&digest[..8])
    }

    fn collect(schema: &Value, names: &mut String) {
        for (key, value) in schema.as_object().into_iter().flatten() {
            let says_no_type =
                ["description", "title", "enum", "const", "default", "pattern", "required", "minimum"];
            if !says_no_type.contains(&key.as_str()) || value.is_object() {
                names.push_str(key);
                if let Some(word) = value.as_str() {
                    names.push_str(word);
                }
                collect(value, names);
                value.as_array().into_iter().flatten().for_each(|part| match part {
                    Value::String(word) => names.push_str(word),
                    other => collect(other, names),
                });
            }
        }
    }

    #[test]
    fn a_record_of_another_form_has_another_format() {
        assert_eq!(
            form(),
            FORM,
            "the fields of the record have changed: raise FORMAT (now {FORMAT}) and set FORM"
        );
    }
}
