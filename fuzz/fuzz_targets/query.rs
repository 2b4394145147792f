//! Any text as a query for articles and for claims: it is one, or the message
//! says at which character it is none.

#![no_main]

use ghirbal::index::query::Query;
use ghirbal::index::schema::Kind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for kind in [Kind::Article, Kind::Claim] {
        if let Err(error) = Query::parse(text, kind) {
            assert!(!error.to_string().is_empty());
        }
    }
});
