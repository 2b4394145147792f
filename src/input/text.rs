//! Plain text: a file is one document. Its metadata may stand beside it, for
//! `NAME.txt` in `NAME.json`: one JSON object with the fields that a line of
//! JSON Lines has, without `text`.

use std::io::{self, Read};

use serde_json::{Map, Value};

use super::decode::BOM;
use super::options::Names;
use super::{Format, Item, Items, Sidecar, Source, encoding, fields};
use crate::document::Document;
use crate::error::{InputError, Reason};

/// The format.
pub const FORMAT: Format = Format {
    name: "text",
    extensions: &["txt"],
    about: "plain text, one document a file; NAME.json beside NAME.txt gives its metadata",
    recognised: "anything that no other format recognises",
    begins: |_| false,
    certain: false,
    example: "نص",
    read,
};

fn read(source: Source) -> Items {
    let mut source = Some(source);
    let items = std::iter::from_fn(move || source.take().map(read_all));
    Box::new(items.flatten())
}

fn read_all(source: Source) -> Vec<Item> {
    let file = source.file.clone();
    document(source).unwrap_or_else(|error| {
        vec![Item::Rejected(error.unwrap_or_else(|reason| InputError::of(file, reason)))]
    })
}

/// An error with its place, or the reason why the whole file is not read.
type Failure = Result<InputError, Reason>;

fn document(source: Source) -> Result<Vec<Item>, Failure> {
    let Source { file, name, reader, sidecar, options, .. } = source;
    let (mut bytes, limit) = (Vec::new(), options.limit);
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| Err(e.into()))?;
    if bytes.len() > limit {
        return Err(Err(Reason::TooLong { limit }));
    }
    let (text, encoding) = match encoding::decode(&bytes, options.encoding) {
        Some((text, name)) => (text.into_owned(), Some(name)),
        None => (utf8(bytes, &file).map_err(Ok)?, None),
    };
    if text.trim().is_empty() {
        return Err(Err(Reason::Empty));
    }
    let mut document = Document {
        id: name.clone(),
        origin: name,
        text,
        encoding: encoding.map(Into::into),
        ..Document::default()
    };
    let mut items = Vec::new();
    if let Some(Sidecar { file: shown, bytes }) = sidecar {
        let fields = metadata(bytes, &shown).map_err(Ok)?;
        let warnings = fields::fill(&mut document, fields, &Names::default());
        items.extend(warnings.into_iter().map(|w| Item::Warning(InputError::of(&shown, w))));
    }
    items.push(Item::Document(document));
    Ok(items)
}

/// The text without byte order mark.
fn utf8(mut bytes: Vec<u8>, file: &str) -> Result<String, InputError> {
    if bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..offset];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let column = before.iter().rev().take_while(|&&b| b != b'\n').count() + 1;
        InputError::of(file, Reason::NotUtf8 { offset, whole: "file" }).at(line, Some(column))
    })
}

/// The object in the file beside a text, without a `text` of its own.
fn metadata(bytes: io::Result<Vec<u8>>, shown: &str) -> Result<Map<String, Value>, InputError> {
    let fail = |what: String| InputError::of(shown, Reason::BadSidecar(what));
    let bytes = bytes.map_err(|e| fail(e.to_string()))?;
    let bytes = bytes.strip_prefix(BOM).unwrap_or(&bytes);
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(mut fields)) => {
            fields.shift_remove("text");
            Ok(fields)
        }
        Ok(_) => Err(fail("not a JSON object".to_owned())),
        Err(error) => Err(fail(error.to_string()).at(error.line().max(1), Some(error.column()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_utf8_in_the_middle_is_found_by_line_and_byte() {
        let mut bytes = "\u{FEFF}سطر\nأ".as_bytes().to_vec();
        bytes.extend([0xFF, b'x']);
        let error = utf8(bytes, "a.txt").expect_err("not UTF-8");
        assert_eq!((error.line, error.column), (Some(2), Some(3)));
        assert_eq!(error.to_string(), "a.txt:2:3: not UTF-8 at byte 9 of the file");
    }

    #[test]
    fn line_ends_stay_and_the_mark_goes() {
        let text = utf8("\u{FEFF}أ\r\nب\n".as_bytes().to_vec(), "a.txt").expect("UTF-8");
        assert_eq!(text, "أ\r\nب\n");
    }
}
