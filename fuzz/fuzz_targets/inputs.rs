//! Any bytes as a file of every format: it ends, nothing panics, each document
//! has an identifier that does not lead out of a folder, each message is words.

#![no_main]

use std::io::Cursor;

use ghirbal::input::options::Options;
use ghirbal::input::{FORMATS, Item, Items, Source};
use libfuzzer_sys::fuzz_target;

/// Of a hostile file no more is looked at.
const ITEMS: usize = 10_000;

fuzz_target!(|bytes: &[u8]| {
    let source = || {
        let options = Options { limit: 1 << 20, expansion: 100, ..Options::default() };
        Source::of("fuzz", "fuzz", Cursor::new(bytes.to_vec()), options)
    };
    check(source().read());
    for format in FORMATS {
        check((format.read)(source()));
    }
});

fn check(items: Items) {
    for item in items.take(ITEMS) {
        match item {
            Item::Document(document) => assert!(!document.id.is_empty()),
            Item::Rejected(error) | Item::Warning(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
