//! Words that single rules ask for, by their role: one list, so that a rule
//! asks for a bit and compares no letters. Takes no decision.

use super::super::reading::Reading;
use crate::lexicon::{List, VocabularyBuilder, rows};

/// What a word is to the rules of claims; `words.tsv` says what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Role {
    Reaching,
    Filler,
    Amount,
    Parting,
    Light,
    Measure,
    OfThem,
    Total,
    OfAll,
    Says,
    QuoteOf,
    Negation,
    Except,
    Base,
    Day,
    Others,
    These,
    One,
    Clause,
    Norm,
    Body,
    Topic,
    Enumerates,
    Distributes,
    AmountNoun,
    Population,
    Joins,
    Demonstrative,
    Amounting,
    Perfect,
    Still,
    Exchange,
    Contrast,
    If,
    ChangeNoun,
    Loses,
    Doubles,
    Amounts,
    NoNoun,
}

/// A role and its name in `words.tsv`.
const NAMES: [(&str, Role); 39] = [
    ("reaching", Role::Reaching),
    ("filler", Role::Filler),
    ("amount", Role::Amount),
    ("parting", Role::Parting),
    ("light", Role::Light),
    ("measure", Role::Measure),
    ("of_them", Role::OfThem),
    ("total", Role::Total),
    ("of_all", Role::OfAll),
    ("says", Role::Says),
    ("quote_of", Role::QuoteOf),
    ("negation", Role::Negation),
    ("except", Role::Except),
    ("base", Role::Base),
    ("day", Role::Day),
    ("others", Role::Others),
    ("these", Role::These),
    ("one", Role::One),
    ("clause", Role::Clause),
    ("norm", Role::Norm),
    ("body", Role::Body),
    ("topic", Role::Topic),
    ("enumerates", Role::Enumerates),
    ("distributes", Role::Distributes),
    ("amount_noun", Role::AmountNoun),
    ("population", Role::Population),
    ("joins", Role::Joins),
    ("demonstrative", Role::Demonstrative),
    ("amounting", Role::Amounting),
    ("perfect", Role::Perfect),
    ("still", Role::Still),
    ("exchange", Role::Exchange),
    ("contrast", Role::Contrast),
    ("if", Role::If),
    ("change_noun", Role::ChangeNoun),
    ("loses", Role::Loses),
    ("doubles", Role::Doubles),
    ("amounts", Role::Amounts),
    ("no_noun", Role::NoNoun),
];

/// The roles of one word.
#[derive(Clone, Copy, Debug, Default)]
struct Roles(u64);

/// The rows of `words.tsv`.
#[derive(Debug, Default)]
pub(super) struct Words(Vec<Roles>);

impl Words {
    /// Adds the words to `vocabulary`.
    pub fn load(vocabulary: &mut VocabularyBuilder) -> Self {
        let mut words = Self::default();
        for row in rows(include_str!("words.tsv")) {
            vocabulary.add(List::ClaimWord, row.cell(0), words.0.len());
            let named =
                |name: &str| NAMES.iter().find(|(n, _)| *n == name).map(|&(_, role)| 1_u64 << role as u8);
            words.0.push(Roles(row.forms(1).filter_map(named).fold(0, |all, bit| all | bit)));
        }
        words
    }

    /// Whether the word at token `at`, as it stands, has this role.
    pub fn is(&self, reading: &Reading<'_>, at: usize, role: Role) -> bool {
        reading.whole_row(List::ClaimWord, at).is_some_and(|row| self.has(row, role))
    }

    /// The same, whatever proclitics stand before the word.
    pub fn is_cut(&self, reading: &Reading<'_>, at: usize, role: Role) -> bool {
        reading.rows(List::ClaimWord, at).any(|row| self.has(row, role))
    }

    fn has(&self, row: usize, role: Role) -> bool {
        self.0[row].0 >> role as u8 & 1 == 1
    }
}
