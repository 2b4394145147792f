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
    /// A name that is rather a noun where another name follows.
    NounFirst,
    /// A head that belongs to names, but only introduces one that stands alone.
    Introducing,
    /// A law, known by its number.
    Law,
    /// A law, known by what it regulates too.
    LawByName,
    /// A noun that the name of a product or the like follows.
    NamedThing,
    /// Such a noun that belongs to the name.
    WholeThing,
    /// A tournament.
    Contest,
    /// First part of a name written with a hyphen.
    Hyphenated,
    /// A government, an army, a ministry.
    StateBody,
    /// A verb that persons are the subjects of.
    PersonVerb,
    /// A head after which no purpose is part of the name.
    NoPurpose,
    /// Speaks of sport.
    Sport,
    /// A team follows, in a sentence about sport.
    TeamRole,
    /// Begins the name of a club before its place.
    ClubHead,
}

static KINDS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut kinds = FxHashMap::default();
    for row in rows(include_str!("words.tsv")) {
        if let Some(kind) = kind(row.cell(1)) {
            *kinds.entry(row.cell(0)).or_insert(0) |= 1 << kind as u32;
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
        "noun_first" => Kind::NounFirst,
        "introducing" => Kind::Introducing,
        "law" => Kind::Law,
        "law_by_name" => Kind::LawByName,
        "named_thing" => Kind::NamedThing,
        "whole_thing" => Kind::WholeThing,
        "contest" => Kind::Contest,
        "hyphenated" => Kind::Hyphenated,
        "state_body" => Kind::StateBody,
        "person_verb" => Kind::PersonVerb,
        "no_purpose" => Kind::NoPurpose,
        "sport" => Kind::Sport,
        "team_role" => Kind::TeamRole,
        "club_head" => Kind::ClubHead,
        _ => return None,
    })
}

/// Whether a folded word is of this kind.
pub(super) fn is(word: &str, kind: Kind) -> bool {
    KINDS.get(word).is_some_and(|bits| bits >> kind as u32 & 1 == 1)
}
