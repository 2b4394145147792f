//! The number words: what role each plays in the grammar, from `words.tsv`
//! and `ordinals.tsv`.

use rust_decimal::Decimal;

use super::super::reading::{Article, Found, Reading};
use super::WORDS;
use crate::lexicon::{Bits, List, VocabularyBuilder, rows};
use crate::normalize::Kind;

/// How a word takes part in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// صفر.
    Zero,
    /// 1 to 9.
    Unit,
    /// أحد and إحدى, which count only before عشر and with tens.
    UnitBound,
    /// عشر, عشرة: ten, or the ten of eleven to nineteen.
    Ten,
    /// Eleven to nineteen written as one word.
    Teen,
    /// 20 to 90.
    Tens,
    /// مئة.
    Hundred,
    /// Duals of مئة and joined words (ثلاثمئة).
    Hundreds,
    /// ألف, مليون …
    Scale,
    /// آلاف, ملايين …: a number must stand before them, else they are vague.
    ScalePlural,
    /// ألفين, مليونا …: two of them.
    ScaleDual,
    /// ألفا: a thousand with tanwin, or two thousand before a noun.
    ScaleDualOrTanwin,
    /// عشرات, مئات.
    Vague,
    /// بضعة, عدة.
    Several,
    /// نيف.
    Excess,
    /// نصف, ثلثي: numerator and denominator.
    Fraction,
    /// خمس, تسع: a fraction only before a noun with article.
    FractionMarked,
    /// أرباع: the denominator; a number must stand before it.
    FractionPlural,
    /// ½: numerator and denominator in one sign.
    Vulgar,
    /// سالب.
    Minus,
    /// فاصلة.
    Point,
    /// في الألف.
    PerMille,
    /// مرة, مرتين.
    Once,
    /// مرات.
    OncePlural,
    /// ضعف.
    Double,
    /// أضعاف.
    Times,
    /// في المئة.
    Percent,
    /// بين.
    Between,
    /// الدقيقة, المركز: the digits behind it say which.
    Ranked,
    /// سكان, مساحة: what a part is of, which three to ten never count.
    Whole,
    /// رقم, المادة: the number after it is a name, not a quantity.
    Label,
    /// قناة, منصة: the digits behind its name belong to it.
    Brand,
    /// ناسداك: the round number after it belongs to the index's name.
    Index,
}

/// A number word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub role: Role,
    /// The value; the numerator of a fraction; the least of an interval.
    pub value: u64,
    /// The denominator of a fraction; the most of an interval; else 0.
    pub second: u64,
    /// Letters of an attached pronoun at the word's end.
    pub pronoun: usize,
}

/// Number words and ordinals.
#[derive(Debug, Default)]
pub struct Lists {
    words: Vec<Word>,
    ordinals: Vec<u64>,
}

/// Pronouns that parts and multiples carry («نصفهم», «أضعافها»).
const PRONOUNS: [&str; 5] = ["هم", "ها", "هن", "ه", "هما"];

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(vocabulary: &mut VocabularyBuilder) -> Self {
        let mut lists = Self::default();
        for row in rows(include_str!("words.tsv")) {
            let Some(role) = role(row.cell(0)) else { continue };
            let (value, second) = values(row.cell(1));
            for form in row.forms(2) {
                lists.add(vocabulary, form, Word { role, value, second, pronoun: 0 });
                if takes_pronoun(role) && !form.ends_with('ن') {
                    for pronoun in PRONOUNS.into_iter().filter(|p| !is_feminine(role, p)) {
                        let word = Word { role, value, second, pronoun: pronoun.chars().count() };
                        lists.add(vocabulary, &format!("{form}{pronoun}"), word);
                    }
                }
            }
        }
        for row in rows(include_str!("ordinals.tsv")) {
            let value = values(row.cell(0)).0;
            for form in row.forms(1) {
                vocabulary.add(List::Ordinal, form, lists.ordinals.len());
            }
            lists.ordinals.push(value);
        }
        lists
    }

    fn add(&mut self, vocabulary: &mut VocabularyBuilder, form: &str, word: Word) {
        vocabulary.add(list_of(word.role), form, self.words.len());
        self.words.push(word);
    }

    /// The number word of one of `roles` at token `i`, the longest, cut least.
    pub(super) fn word(&self, reading: &Reading<'_>, i: usize, roles: &[Role]) -> Option<(Word, Found)> {
        let list = roles.first().map_or(List::Number, |&role| list_of(role));
        let all = reading.entries(list, i, Article::Free);
        all.map(|found| (self.words[found.row], found)).find(|(word, _)| roles.contains(&word.role))
    }

    /// The ordinal unit at token `i`.
    pub(super) fn ordinal(&self, reading: &Reading<'_>, i: usize) -> Option<(u64, Found)> {
        let found = reading.find(List::Ordinal, i, Article::Free)?;
        Some((self.ordinals[found.row], found))
    }
}

/// Whether words of a role carry pronouns.
fn takes_pronoun(role: Role) -> bool {
    matches!(role, Role::Fraction | Role::FractionMarked | Role::FractionPlural | Role::Times)
}

/// Whether a pronoun on a word of `role` looks like the feminine ending of a
/// count («خمسه» is five).
fn is_feminine(role: Role, pronoun: &str) -> bool {
    role == Role::FractionMarked && pronoun == "ه"
}

/// The list that holds the words of a role.
fn list_of(role: Role) -> List {
    match role {
        Role::Percent | Role::Between => List::NumberCue,
        Role::Label | Role::Ranked | Role::Brand | Role::Whole => List::NumberNoun,
        _ => List::Number,
    }
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "zero" => Role::Zero,
        "unit" => Role::Unit,
        "unit_bound" => Role::UnitBound,
        "ten" => Role::Ten,
        "teen" => Role::Teen,
        "tens" => Role::Tens,
        "hundred" => Role::Hundred,
        "hundreds" => Role::Hundreds,
        "scale" => Role::Scale,
        "scale_plural" => Role::ScalePlural,
        "scale_dual" => Role::ScaleDual,
        "scale_dual_or_tanwin" => Role::ScaleDualOrTanwin,
        "vague" => Role::Vague,
        "several" => Role::Several,
        "excess" => Role::Excess,
        "fraction" => Role::Fraction,
        "fraction_marked" => Role::FractionMarked,
        "fraction_plural" => Role::FractionPlural,
        "vulgar" => Role::Vulgar,
        "minus" => Role::Minus,
        "point" => Role::Point,
        "per_mille" => Role::PerMille,
        "once" => Role::Once,
        "once_plural" => Role::OncePlural,
        "double" => Role::Double,
        "times" => Role::Times,
        "percent" => Role::Percent,
        "between" => Role::Between,
        "ranked" => Role::Ranked,
        "brand" => Role::Brand,
        "whole" => Role::Whole,
        "label" => Role::Label,
        "index" => Role::Index,
        _ => return None,
    })
}

/// `7`, `1/4` and `3..9`.
fn values(cell: &str) -> (u64, u64) {
    let (first, second) = cell.split_once('/').or_else(|| cell.split_once("..")).unwrap_or((cell, ""));
    (first.parse().unwrap_or(0), second.parse().unwrap_or(0))
}

/// A whole number as a decimal.
pub(super) fn decimal(value: u64) -> Decimal {
    Decimal::from(value)
}

/// Whether the word of a found entry is joined by «و», fused or standing
/// before it.
pub(super) fn joined(reading: &Reading<'_>, found: &Found) -> bool {
    if found.cut.clitics == 0 {
        return found.start > 0 && reading.is(found.start - 1, &["و"]);
    }
    found.cut.clitics == "و".len() && reading.folded(found.start).starts_with('و')
}

/// Whether the noun that a construct dual needs stands at token `at`: «مليونا
/// مسلم» are two million, «مليونا ونصف المليون» and «مليونا إضافيا» are one.
pub(super) fn governs(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.folded(at);
    reading.kind(at) == Some(Kind::Word)
        && reading.same_line(at)
        && !reading.bits(at).has(List::Function)
        && !(word.starts_with('و') && reading.bits(at).meets(WORDS))
        && (!word.ends_with('ا') || word.starts_with("ال"))
        && word != "و"
}

/// Whether a word that can be counted stands at token `at`.
pub(super) fn counts_noun(reading: &Reading<'_>, at: usize) -> bool {
    const ASIDE: Bits = Bits::of(&[List::Function, List::DateWord, List::Weekday, List::Month]);
    let aside = |bits: Bits| bits.meets(ASIDE) && !bits.has(List::Unit);
    let function = reading.forms(at).iter().any(|f| f.cut.stem() == 0 && aside(f.bits));
    let word = reading.folded(at);
    reading.kind(at) == Some(Kind::Word)
        && reading.same_line(at)
        && !function
        && !word.starts_with("ال")
        && !word.starts_with("لل")
        && word.chars().count() > 2
}
