//! Conventions: where ways of labelling differ, which of them is followed. The
//! default is the one of this program's records.

use super::words::{self, Kind};
use super::{Entity, Subtype, Type};
use crate::extract::Reading;
use crate::lexicon::{Bits, List};
use crate::normalize::clitics;

/// Identifier of the rule for teams.
pub(super) const TEAM: &str = "entity/team";

/// Lists of places.
const PLACES: Bits = Bits::of(&[List::Country, List::Place]);

/// What counts as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Conventions {
    /// Governments, armies, police forces and ministries are organisations.
    pub state_bodies: bool,
    /// Mosques, prisons, airports and other facilities are places.
    pub facilities: bool,
    /// A country or city that plays stands for its team, an organisation.
    pub teams: bool,
    /// Nationality words are groups as adjectives too.
    pub adjectives: bool,
}

impl Default for Conventions {
    fn default() -> Self {
        Self { state_bodies: true, facilities: true, teams: true, adjectives: false }
    }
}

impl Conventions {
    /// Whether a candidate is a name by these conventions.
    pub(super) fn allow(self, reading: &Reading<'_>, entity: &Entity) -> bool {
        match entity.kind {
            Type::Location => self.facilities || entity.subtype != Some(Subtype::Facility),
            Type::Organisation => {
                let place = || reading.bits(entity.start).meets(PLACES);
                let team = entity.rule == TEAM && entity.end == entity.start + 1 && place();
                (self.teams || !team) && (self.state_bodies || !is_state_body(reading, entity.start))
            }
            _ => true,
        }
    }
}

/// Whether the noun at `i` is that of a government, an army or a ministry.
fn is_state_body(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    clitics::cuts(word).iter().any(|cut| words::is(&word[cut.stem()..], Kind::StateBody))
}
