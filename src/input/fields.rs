//! The fields of a document, the same in a line of JSON Lines, a row of a
//! table and a file beside a text, by the names that the user gives them. A field that cannot be used costs a warning, never
//! the document.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::options::{Names, Options};
use crate::document::Document;
use crate::error::Reason;

/// A document of `fields`, known as `id` unless they say another, and what of
/// them was unusable.
///
/// # Errors
/// When there is no text.
pub fn document(
    mut fields: Map<String, Value>,
    id: String,
    options: &Options,
) -> Result<(Document, Vec<Reason>), Reason> {
    let name = options.names.of("text");
    let text = match take(&mut fields, name) {
        Some(Value::String(text)) => text,
        Some(Value::Null) | None => {
            return Err(Reason::MissingText { name: name.to_owned(), there: names(&fields) });
        }
        Some(_) => return Err(Reason::TextNotAString(name.to_owned())),
    };
    let mut document = Document { origin: id.clone(), id, text, ..Document::default() };
    let warnings = fill(&mut document, fields, &options.names);
    Ok((document, warnings))
}

/// Moves `id`, `title`, `published`, `url` and `source` out of `fields` into
/// `document`, everything else into its `extra`; gives what was unusable.
pub fn fill(document: &mut Document, mut fields: Map<String, Value>, names: &Names) -> Vec<Reason> {
    let mut warnings = Vec::new();
    let mut taken = |field: &'static str| match take(&mut fields, names.of(field)) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text).filter(|text| !text.is_empty()),
        Some(Value::Number(number)) if field == "id" => Some(number.to_string()),
        Some(_) => {
            warnings.push(Reason::BadField(field));
            None
        }
    };
    if let Some(id) = taken("id") {
        document.id = id;
    }
    document.title = taken("title");
    document.url = taken("url");
    document.source = taken("source");
    if let Some(text) = taken("published") {
        document.published = date(&text);
        if document.published.is_none() {
            warnings.push(Reason::BadPublished(shorten(&text)));
        }
    }
    document.extra = fields;
    warnings
}

/// The names of the fields, with dots those in objects.
fn names(fields: &Map<String, Value>) -> Vec<String> {
    let named = fields.iter().flat_map(|(name, value)| match value {
        Value::Object(inner) => inner.keys().map(|inner| format!("{name}.{inner}")).collect(),
        _ => vec![name.clone()],
    });
    named.collect()
}

/// Takes the field of this name away; one with dots may lead into objects.
fn take(fields: &mut Map<String, Value>, name: &str) -> Option<Value> {
    if let Some(value) = fields.shift_remove(name) {
        return Some(value);
    }
    let (outer, inner) = name.split_once('.')?;
    match fields.get_mut(outer)? {
        Value::Object(fields) => take(fields, inner),
        _ => None,
    }
}

/// A day or moment as ISO 8601 has it, also from the form of mails and feeds
/// (`Mon, 29 Jan 2024 18:00:00 +0300`).
pub fn date(text: &str) -> Option<String> {
    let text = text.trim();
    if is_date(text) {
        return Some(text.to_owned());
    }
    let moment = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Whether `text` is a day, or a moment of one, of ISO 8601 (`2024-01-29`,
/// `2024-01-29T18:00:00+03:00`).
fn is_date(text: &str) -> bool {
    let shaped = text.len() >= 10 && text.as_bytes()[..10].iter().zip(b"0000-00-00").all(same_shape);
    shaped && (text.parse::<Date>().is_ok() || text.parse::<Timestamp>().is_ok())
}

fn same_shape((byte, shape): (&u8, &u8)) -> bool {
    if *shape == b'0' { byte.is_ascii_digit() } else { byte == shape }
}

/// Enough of a bad value to find it again.
fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_is_a_day_or_a_moment() {
        for good in [
            "2024-01-29",
            "2024-01-29T18:00",
            "2024-01-29T18:00:05Z",
            "2024-01-29T18:00:05.25+03:00",
            "2024-01-29 18:00:05",
        ] {
            assert!(is_date(good), "{good}");
        }
        for bad in
            ["2024", "2024-13-01", "2024-02-30", "29/01/2024", "20240129", "2024-01-29T", "أمس", "2024-01-2٩"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn the_date_of_a_feed_is_written_as_iso_8601() {
        assert_eq!(date("Mon, 29 Jan 2024 18:00:00 +0300").as_deref(), Some("2024-01-29T18:00:00+03:00"));
        assert_eq!(date("29/01/2024"), None);
    }

    #[test]
    fn names_of_the_user_lead_to_the_fields() {
        let Value::Object(fields) =
            serde_json::json!({"body": "نص", "meta": {"date": "2024-01-29", "desk": 1}})
        else {
            unreachable!()
        };
        let names = Names::parse("text=body,published=meta.date").expect("pairs");
        let options = Options { names, ..Options::default() };
        let (document, warnings) = super::document(fields, "a:1".to_owned(), &options).expect("a text");
        assert_eq!((document.text.as_str(), document.published.as_deref()), ("نص", Some("2024-01-29")));
        assert_eq!((document.extra["meta"]["desk"].as_i64(), warnings.len()), (Some(1), 0));
    }

    #[test]
    fn unusable_fields_are_named_and_the_others_kept() {
        let fields = serde_json::json!({"id": 7, "title": ["x"], "published": "أمس", "desk": "sport"});
        let Value::Object(fields) = fields else { unreachable!() };
        let mut document = Document::default();
        let warnings = fill(&mut document, fields, &Names::default());
        assert_eq!(warnings, [Reason::BadField("title"), Reason::BadPublished("أمس".to_owned())]);
        assert_eq!((document.id.as_str(), document.published), ("7", None));
        assert_eq!(document.extra["desk"], "sport");
    }
}
