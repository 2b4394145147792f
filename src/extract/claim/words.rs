//! Words that single rules ask for, by their role: one list, so that a rule
//! asks for a bit and compares no letters. Takes no decision.

use super::super::reading::{Form, Mark, Reading};
use crate::lexicon::{Bits, List, VocabularyBuilder, rows};

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
    Glue,
    And,
    Comma,
    Semicolon,
    Colon,
    OpensBracket,
    ClosesBracket,
    OpensQuote,
    ClosesQuote,
    StraightQuote,
    FullStop,
    Of,
    To,
    About,
    On,
    In,
    Among,
    That,
    With,
    Maybe,
    AmongThem,
    Which,
    WhichMany,
    Whoever,
    Aside,
    Apart,
    Denies,
    DeniesVerb,
    Counted,
    Dimension,
    EndsReach,
    MayReach,
    Compared,
    Turns,
    Points,
    Again,
    Stays,
    Spans,
    EndsPlan,
    Through,
    Within,
    Each,
    ThatIs,
    Leads,
    OpensPhrase,
    Published,
    Issued,
    May,
    Numbers,
    Sum,
    Addressee,
    Issues,
    Instead,
    /// A verb with the future particle («سيبلغ»), by its form.
    Future,
}

/// A role and its name in `words.tsv`.
const NAMES: [(&str, Role); 92] = [
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
    ("glue", Role::Glue),
    ("and", Role::And),
    ("comma", Role::Comma),
    ("semicolon", Role::Semicolon),
    ("colon", Role::Colon),
    ("opens_bracket", Role::OpensBracket),
    ("closes_bracket", Role::ClosesBracket),
    ("opens_quote", Role::OpensQuote),
    ("closes_quote", Role::ClosesQuote),
    ("straight_quote", Role::StraightQuote),
    ("full_stop", Role::FullStop),
    ("of", Role::Of),
    ("to", Role::To),
    ("about", Role::About),
    ("on", Role::On),
    ("in", Role::In),
    ("among", Role::Among),
    ("that", Role::That),
    ("with", Role::With),
    ("maybe", Role::Maybe),
    ("among_them", Role::AmongThem),
    ("which", Role::Which),
    ("which_many", Role::WhichMany),
    ("whoever", Role::Whoever),
    ("aside", Role::Aside),
    ("apart", Role::Apart),
    ("denies", Role::Denies),
    ("denies_verb", Role::DeniesVerb),
    ("counted", Role::Counted),
    ("dimension", Role::Dimension),
    ("ends_reach", Role::EndsReach),
    ("may_reach", Role::MayReach),
    ("compared", Role::Compared),
    ("turns", Role::Turns),
    ("points", Role::Points),
    ("again", Role::Again),
    ("stays", Role::Stays),
    ("spans", Role::Spans),
    ("ends_plan", Role::EndsPlan),
    ("through", Role::Through),
    ("within", Role::Within),
    ("each", Role::Each),
    ("that_is", Role::ThatIs),
    ("leads", Role::Leads),
    ("opens_phrase", Role::OpensPhrase),
    ("published", Role::Published),
    ("issued", Role::Issued),
    ("may", Role::May),
    ("numbers", Role::Numbers),
    ("sum", Role::Sum),
    ("addressee", Role::Addressee),
    ("issues", Role::Issues),
    ("instead", Role::Instead),
];

/// A set of roles.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Roles(u128);

impl Roles {
    /// The set of these roles.
    pub const fn of(roles: &[Role]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < roles.len() {
            bits |= 1 << roles[i] as u8;
            i += 1;
        }
        Self(bits)
    }
}

/// The rows of `words.tsv`.
#[derive(Debug, Default)]
pub(super) struct Words(Vec<Roles>);

impl Words {
    /// Adds the words to `vocabulary`.
    pub fn load(vocabulary: &mut VocabularyBuilder) -> Self {
        let mut words = Self::default();
        for row in rows(include_str!("words.tsv")) {
            vocabulary.add(List::ClaimWord, row.cell(0), words.0.len());
            let named = |name: &str| NAMES.iter().find(|(n, _)| *n == name).map(|&(_, role)| role);
            let roles = row.forms(1).filter_map(named);
            words.0.push(Roles(roles.fold(0, |all, role| all | Roles::of(&[role]).0)));
        }
        words
    }

    /// Whether the word at token `at`, as it stands, has this role.
    #[inline]
    pub fn is(&self, reading: &Reading<'_>, at: usize, role: Role) -> bool {
        self.meets(reading, at, Roles(1 << role as u8))
    }

    /// Whether it has one of these.
    #[inline]
    pub fn meets(&self, reading: &Reading<'_>, at: usize, roles: Roles) -> bool {
        self.marks(reading).get(at).is_some_and(|mark| mark.whole & roles.0 != 0)
    }

    /// Whether it has this role, whatever proclitics stand before the word.
    #[inline]
    pub fn is_cut(&self, reading: &Reading<'_>, at: usize, role: Role) -> bool {
        self.marks(reading).get(at).is_some_and(|mark| mark.cut >> role as u8 & 1 == 1)
    }

    /// What is known of each token, found out once a text.
    #[inline]
    fn marks<'a>(&self, reading: &'a Reading<'_>) -> &'a [Mark] {
        reading.marks(|| (0..reading.len()).map(|at| self.mark(reading, at)).collect())
    }

    fn mark(&self, reading: &Reading<'_>, at: usize) -> Mark {
        let mut mark = Mark::default();
        if is_future(reading, at) {
            mark.whole |= 1 << Role::Future as u8;
        }
        if !reading.bits_with_article(at).has(List::ClaimWord) {
            return mark;
        }
        for (row, whole) in reading.alone(List::ClaimWord, at) {
            let roles = self.0[row].0;
            mark.cut |= roles;
            mark.whole |= if whole { roles } else { 0 };
        }
        mark
    }
}

/// Whether token `at` is a verb with the future particle («سيبلغ»): a known
/// one, or a longer word that no list knows.
fn is_future(reading: &Reading<'_>, at: usize) -> bool {
    const VERBS: Bits = Bits::of(&[List::Predicate, List::Change, List::Comparator, List::Modality]);
    let forms = reading.forms(at);
    if !forms.is_empty() && !reading.bits(at).meets(VERBS) {
        return false;
    }
    let folded = reading.folded(at);
    let word = folded.strip_prefix('و').unwrap_or(folded).as_bytes();
    if !word.starts_with("سي".as_bytes()) && !word.starts_with("ست".as_bytes()) {
        return false;
    }
    let known = |f: &Form| f.bits.meets(VERBS) && folded[..f.cut.clitics].ends_with('س');
    if forms.is_empty() { word.len() >= 10 } else { forms.iter().any(known) }
}
