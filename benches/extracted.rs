//! Documents with what is found in them.

use ghirbal::document::Document;
use ghirbal::extract::{Lexicons, extract};
use ghirbal::normalize::normalize;
use ghirbal::record::{Record, record};
use ghirbal::span::Units;

/// Every document with its record, which holds its own words.
pub fn extracted(documents: impl Iterator<Item = Document>) -> Vec<(Document, Record<'static>)> {
    let lexicons = Lexicons::builtin();
    let with_record = |document: Document| {
        let text = normalize(&document.text);
        let found = extract(&text, &lexicons, document.published.as_deref());
        let record = record(&document, &text, &found, Units::Chars);
        let json = serde_json::to_string(&record).expect("serializes");
        let record = serde_json::from_str(&json).expect("what is written is read");
        (document, record)
    };
    documents.map(with_record).collect()
}
