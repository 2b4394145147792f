//! The metadata fields of a JSON object, the same in a line of JSON Lines and
//! in a file beside a text. A field that cannot be used costs a warning, never
//! the document.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::document::Document;
use crate::error::Reason;

/// Moves `id`, `title`, `published`, `url` and `source` out of `fields` into
/// `document`, everything else into its `extra`; gives what was unusable.
pub fn fill(document: &mut Document, mut fields: Map<String, Value>) -> Vec<Reason> {
    let mut warnings = Vec::new();
    let mut take = |name: &'static str| match fields.shift_remove(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(Value::Number(number)) if name == "id" => Some(number.to_string()),
        Some(_) => {
            warnings.push(Reason::BadField(name));
            None
        }
    };
    if let Some(id) = take("id").filter(|id| !id.is_empty()) {
        document.id = id;
    }
    document.title = take("title");
    document.url = take("url");
    document.source = take("source");
    let published = take("published").filter(|text| !text.is_empty());
    match published {
        Some(text) if !is_date(&text) => warnings.push(Reason::BadPublished(shorten(&text))),
        other => document.published = other,
    }
    document.extra = fields;
    warnings
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
    fn unusable_fields_are_named_and_the_others_kept() {
        let fields = serde_json::json!({"id": 7, "title": ["x"], "published": "أمس", "desk": "sport"});
        let Value::Object(fields) = fields else { unreachable!() };
        let mut document = Document::default();
        let warnings = fill(&mut document, fields);
        assert_eq!(warnings, [Reason::BadField("title"), Reason::BadPublished("أمس".to_owned())]);
        assert_eq!((document.id.as_str(), document.published), ("7", None));
        assert_eq!(document.extra["desk"], "sport");
    }
}
