//! Words that single rules ask for, by kind. Takes no decision.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::rows;

/// What a word is to the rules; one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// Never stands inside a name.
    Break,
    /// An adjective that names nothing.
    Generic,
    /// A head only where the list has the whole name.
    NeverHead,
    /// A head that needs more than one complement.
    WeakHead,
    /// A doubtful name of a place follows.
    BeforePlace,
    /// Any name of a place follows.
    PlaceNoun,
    /// An event that its place names.
    NamedByPlace,
    /// Without the article mostly no title.
    NoTitle,
}

static KINDS: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut kinds = FxHashMap::default();
    for row in rows(include_str!("words.tsv")) {
        if let Some(kind) = kind(row.cell(1)) {
            *kinds.entry(row.cell(0)).or_insert(0) |= 1 << kind as u8;
        }
    }
    kinds
});

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "break" => Kind::Break,
        "generic" => Kind::Generic,
        "never_head" => Kind::NeverHead,
        "weak_head" => Kind::WeakHead,
        "before_place" => Kind::BeforePlace,
        "place_noun" => Kind::PlaceNoun,
        "named_by_place" => Kind::NamedByPlace,
        "no_title" => Kind::NoTitle,
        _ => return None,
    })
}

/// Whether a folded word is of this kind.
pub(super) fn is(word: &str, kind: Kind) -> bool {
    KINDS.get(word).is_some_and(|bits| bits >> kind as u8 & 1 == 1)
}
