//! Any text as the markup of a wiki: it ends with no more than it had, but for
//! the breaks of lines.

#![no_main]

use ghirbal::input::wikitext::plain;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    assert!(plain(text).len() <= text.len() * 2 + 2);
});
