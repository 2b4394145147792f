//! What an article's entry keeps: the document as it came and its record, as
//! two lines of JSON; the index compresses them.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::error::{Error, Result};
use crate::document::Document;
use crate::record::Record;

/// A document and what was found in it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The document as it came.
    pub document: Document,
    /// Its record; offsets count characters.
    pub record: Record,
}

/// A document as it is written; the place it came from is no part of it.
#[derive(Serialize, Deserialize)]
struct Original {
    id: String,
    text: String,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
    extra: Map<String, Value>,
}

impl Original {
    fn of(document: &Document) -> Self {
        Self {
            id: document.id.clone(),
            text: document.text.clone(),
            title: document.title.clone(),
            published: document.published.clone(),
            source: document.source.clone(),
            url: document.url.clone(),
            extra: document.extra.clone(),
        }
    }

    fn line(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings and JSON values serialize")
    }
}

/// SHA-256 over all fields of a document: two with the same digest are the
/// same document.
pub fn digest(document: &Document) -> [u8; 32] {
    Sha256::digest(Original::of(document).line()).into()
}

/// The bytes of a document and its record.
pub fn encode(document: &Document, record: &Record) -> Vec<u8> {
    let mut lines = Original::of(document).line();
    lines.push(b'\n');
    serde_json::to_writer(&mut lines, record).expect("a record serializes");
    lines
}

/// Reads what [`encode`] wrote; `index` is named in the error.
///
/// # Errors
/// When the bytes are damaged.
pub fn decode(bytes: &[u8], index: &Path) -> Result<Stored> {
    let damaged =
        |detail: String| Error::damaged(index, format!("a stored article cannot be read: {detail}"));
    let end = memchr::memchr(b'\n', bytes).ok_or_else(|| damaged("its record is missing".to_owned()))?;
    let original: Original = serde_json::from_slice(&bytes[..end]).map_err(|e| damaged(e.to_string()))?;
    let record: Record = serde_json::from_slice(&bytes[end + 1..]).map_err(|e| damaged(e.to_string()))?;
    let document = Document {
        id: original.id,
        text: original.text,
        title: original.title,
        published: original.published,
        source: original.source,
        url: original.url,
        encoding: record.doc.encoding.clone(),
        origin: record.doc.source.clone(),
        extra: original.extra,
    };
    Ok(Stored { document, record })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Findings;
    use crate::normalize::normalize;
    use crate::span::Units;

    #[test]
    fn what_is_stored_comes_back() {
        let document = Document {
            id: "a/1".to_owned(),
            text: "سطر أول\nسطر «ثانٍ».".to_owned(),
            title: Some("عنوان".to_owned()),
            origin: "file.txt".to_owned(),
            ..Document::default()
        };
        let text = normalize(&document.text);
        let record = crate::record::record(&document, &text, &Findings::default(), Units::Chars);
        let bytes = encode(&document, &record);
        let stored = decode(&bytes, Path::new("x")).expect("reads");
        assert_eq!(stored.document, document);
        assert_eq!(digest(&stored.document), digest(&document));
        assert!(decode(&bytes[..bytes.len() / 2], Path::new("x")).is_err());
    }
}
