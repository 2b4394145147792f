//! Any bytes as a user's lexicon: it is one, or there is a message for each fault.

#![no_main]

use ghirbal::input::lexicon::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(faults) = parse(bytes) {
        assert!(!faults.is_empty());
        assert!(faults.iter().all(|(_, fault)| !fault.to_string().is_empty()));
    }
});
