//! Any bytes as JSON Lines: each line is a document or one message, and a
//! document gives a record whose offsets are true in every unit.

#![no_main]

use std::io::Cursor;
use std::sync::LazyLock;

use ghirbal::document::Document;
use ghirbal::extract::{Lexicons, extract};
use ghirbal::input::options::Options;
use ghirbal::input::{Item, Source, lines};
use ghirbal::normalize::normalize;
use ghirbal::output::jsonl;
use ghirbal::record::{Record, record};
use ghirbal::span::{Offsets, Units};
use libfuzzer_sys::fuzz_target;

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::builtin);

fuzz_target!(|bytes: &[u8]| {
    let options = Options { limit: 1 << 20, ..Options::default() };
    let source = Source::of("fuzz", "fuzz", Cursor::new(bytes.to_vec()), options);
    for item in (lines::FORMAT.read)(source) {
        match item {
            Item::Document(document) => check(&document),
            Item::Rejected(error) | Item::Warning(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

fn check(document: &Document) {
    let text = normalize(&document.text);
    let found = extract(&text, &LEXICONS, document.published.as_deref());
    for units in Units::ALL {
        let record = record(document, &text, &found, units);
        let mut line = Vec::new();
        jsonl::line(&record, &mut line);
        assert_eq!(line.iter().filter(|&&byte| byte == b'\n').count(), 1, "a record is one line");
        let record: Record = serde_json::from_slice(&line).expect("what is written can be read");
        let offsets = Offsets::new(&document.text, units);
        let claims = record.claims.iter().map(|c| (c.start, c.end, &c.surface));
        let dates = record.dates.iter().map(|d| (d.start, d.end, &d.surface));
        let entities = record.entities.iter().map(|e| (e.start, e.end, &e.surface));
        for (start, end, surface) in claims.chain(dates).chain(entities) {
            let words = document.text.get(offsets.byte(start)..offsets.byte(end));
            assert_eq!(words, Some(surface.as_ref()), "{units:?}");
        }
    }
}
