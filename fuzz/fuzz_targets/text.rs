//! Any text: nothing panics, every span lies on character borders and says
//! what it covers, tokens stand in order, folding twice is folding once.

#![no_main]

use std::sync::LazyLock;

use ghirbal::extract::{Lexicons, extract};
use ghirbal::normalize::letters::{Folder, Profile};
use ghirbal::normalize::normalize;
use ghirbal::span::Span;
use libfuzzer_sys::fuzz_target;

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::builtin);

fuzz_target!(|text: &str| {
    for profile in Profile::ALL {
        let folder = Folder::new(profile);
        let once = folder.fold(text);
        assert_eq!(folder.fold(&once), once, "{profile:?}");
    }
    let normal = normalize(text);
    let mut at = 0;
    for token in &normal.tokens {
        check(text, token.span());
        assert!(at <= token.span().start, "tokens stand in order");
        at = token.span().end;
    }
    let found = extract(&normal, &LEXICONS, Some("2024-02-14"));
    for claim in &found.claims {
        check(text, claim.number.span);
        assert_eq!(claim.number.surface, claim.number.span.of(text));
    }
    found.dates.iter().for_each(|date| check(text, date.span));
    found.entities.iter().for_each(|entity| check(text, entity.span));
});

fn check(text: &str, span: Span) {
    assert!(span.start < span.end && text.get(span.start..span.end).is_some(), "{span:?}");
}
