//! What an article's entry keeps: the document as it came and its record.
//!
//! The document is a line of JSON, which every version reads, so that any
//! index can be made anew from itself. The record is bound to the version that
//! wrote it: it follows in few bytes, without names of fields, without what
//! the document says already, and without the words that its text has. Between
//! them stands the document's digest, so that damage is not taken for text. The
//! index compresses all.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::error::{Error, Result};
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
    line: Vec<u8>,
    digest: Fingerprint,
}

/// The first format of an index that keeps digests beside the documents.
const WITH_DIGESTS: u32 = 4;
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
        let mut line = Vec::with_capacity(document.text.len() + 256);
        serde_json::to_writer(&mut line, &original).expect("strings and JSON values serialize");
        let digest = digest_of(&line);
        Self { line, digest }
    }

    /// The beginning of SHA-256 over all fields of the document: two with the
    /// same identifier and the same digest are the same document.
    pub const fn digest(&self) -> Fingerprint {
        self.digest
    }

    /// The line of `document` and its record, whose offsets count characters.
    pub fn with(self, document: &Document, mut record: Record<'_>) -> Vec<u8> {
        let mut bytes = self.line;
        bytes.push(b'\n');
        bytes.extend(self.digest.to_be_bytes());
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
        postcard::to_extend(&found, bytes).expect("a record serializes")
    }
}

fn digest_of(line: &[u8]) -> Fingerprint {
    let whole = Sha256::digest(line);
    whole[..DIGEST].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// What identifies the content of `document`: [`Kept::digest`].
pub fn digest(document: &Document) -> Fingerprint {
    Kept::of(document).digest()
}

/// The bytes that the entry at `address` keeps; none where it is a claim.
///
/// # Errors
/// When the index is damaged.
pub fn bytes_at(searcher: &Searcher, stored: Field, address: DocAddress) -> tantivy::Result<Option<Vec<u8>>> {
    let entry: TantivyDocument = searcher.doc(address)?;
    Ok(bytes(&entry, stored))
}

/// The bytes that an entry keeps; none where it is a claim.
pub fn bytes(entry: &TantivyDocument, stored: Field) -> Option<Vec<u8>> {
    entry.get_first(stored)?.as_bytes().map(<[u8]>::to_vec)
}

fn quoted<'t>(text: &'t str, offsets: &Offsets<'_>, start: usize, end: usize) -> Option<&'t str> {
    text.get(offsets.byte(start)..offsets.byte(end))
}

/// Reads the document of what [`Kept::with`] made, in any version; `index` is
/// named in the error. The place it came from is not read.
///
/// # Errors
/// When the bytes are damaged.
pub fn document(bytes: &[u8], index: &Path) -> Result<Document> {
    split(bytes, index).map(|(document, _)| document)
}

/// The same of an index of this `format`, and damage that gives another
/// document is told.
///
/// # Errors
/// When the bytes are damaged.
pub(super) fn true_document(bytes: &[u8], format: u32, index: &Path) -> Result<Document> {
    let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    let kept = bytes.get(end + 1..).and_then(|rest| rest.first_chunk::<DIGEST>());
    if format >= WITH_DIGESTS && kept.is_none_or(|kept| *kept != digest_of(&bytes[..end]).to_be_bytes()) {
        return Err(damaged(index, &"it is not what was written"));
    }
    document(bytes, index)
}

fn split<'b>(bytes: &'b [u8], index: &Path) -> Result<(Document, &'b [u8])> {
    let end = memchr::memchr(b'\n', bytes).ok_or_else(|| damaged(index, &"its record is missing"))?;
    let original: Read = serde_json::from_slice(&bytes[..end]).map_err(|e| damaged(index, &e))?;
    let document = Document {
        id: original.id,
        text: original.text,
        title: original.title,
        published: original.published,
        source: original.source,
        url: original.url,
        encoding: None,
        origin: String::new(),
        extra: original.extra,
    };
    Ok((document, &bytes[end + 1..]))
}

/// Reads what [`Kept::with`] made; `index` is named in the error.
///
/// # Errors
/// When the bytes are damaged.
pub fn decode(bytes: &[u8], index: &Path) -> Result<Stored> {
    let (mut document, rest) = split(bytes, index)?;
    let found = rest.get(DIGEST..).ok_or_else(|| damaged(index, &"its record is missing"))?;
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
        let bytes = Kept::of(&document).with(&document, record.clone());
        let stored = decode(&bytes, Path::new("x")).expect("reads");
        assert_eq!(stored.document, document);
        assert_eq!(digest(&stored.document), digest(&document));
        let json = |record: &Record<'_>| serde_json::to_string(record).expect("serializes");
        assert_eq!(json(&stored.record), json(&record));
        let original = super::document(&bytes, Path::new("x")).expect("reads");
        assert_eq!(original, Document { origin: String::new(), ..document });
        let read = |bytes: &[u8], format| true_document(bytes, format, Path::new("x"));
        assert_eq!(read(&bytes, FORMAT).expect("reads"), original);
        let mut damaged = bytes.clone();
        let place = bytes.len() / 4;
        damaged[place] = b'x';
        assert!(read(&damaged, FORMAT).is_err());
        assert!(decode(&bytes[..bytes.len() / 2], Path::new("x")).is_err());
        assert!(decode(&bytes[..bytes.len() - 1], Path::new("x")).is_err());
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
