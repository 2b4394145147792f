//! Which words make a claim what it is, found out by trying: where a word is
//! replaced by one that no list has and a field comes out otherwise, the word
//! is a cue of that field.
//!
//! Asks the extraction itself and repeats none of its rules, so that it cannot
//! tell another story. Only for the fields whose cues a claim does not carry.

use std::collections::BTreeMap;

use super::claim::{Claim, Kind, Modality};
use super::{Findings, Lexicons, extract};
use crate::normalize::{self, Text, normalize};
use crate::span::Span;

/// A field whose cues are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Of ages: other kinds follow from number and unit.
    Kind,
    /// The whole of a part.
    PartOf,
    /// Rise and fall.
    Change,
    /// Everything but plain statements.
    Modality,
}

impl Field {
    const ALL: [Self; 4] = [Self::Kind, Self::PartOf, Self::Change, Self::Modality];

    /// Whether `claim` has it by some words.
    fn is_cued(self, claim: &Claim) -> bool {
        match self {
            Self::Kind => claim.kind == Kind::Age,
            Self::PartOf => claim.part_of.is_some(),
            Self::Change => claim.change.is_some(),
            Self::Modality => claim.modality != Modality::Asserted,
        }
    }

    /// Whether the two claims, of these findings, have the same.
    fn is_same(self, (a, of_a): (&Claim, &Findings), (b, of_b): (&Claim, &Findings)) -> bool {
        let whole =
            |claim: &Claim, found: &Findings| claim.part_of.map(|i| found.claims[i].number.surface.clone());
        match self {
            Self::Kind => a.kind == b.kind,
            Self::PartOf => whole(a, of_a) == whole(b, of_b),
            Self::Change => a.change == b.change,
            Self::Modality => a.modality == b.modality,
        }
    }
}

/// The cues of a claim's fields, in the text's order; a field without any is
/// left out.
pub type Cues = BTreeMap<Field, Vec<Span>>;

/// Sentences before a claim's own that may have to do with it.
const BEFORE: usize = 4;
/// Longest sentence that is looked through, in tokens.
const LONGEST: usize = 200;
/// Longest stretch of text that is read again for each word, in bytes.
const WIDEST: usize = 16 << 10;
/// Letters of a word that no list has.
const UNKNOWN: char = 'ظ';

/// The cues of every claim of `found`, which was found in `text`.
pub fn cues(text: &Text<'_>, lexicons: &Lexicons, published: Option<&str>, found: &Findings) -> Vec<Cues> {
    let mut all = vec![Cues::new(); found.claims.len()];
    let mut first = 0;
    for claims in found.claims.chunk_by(|a, b| a.sentence == b.sentence) {
        let own = &mut all[first..first + claims.len()];
        first += claims.len();
        if claims.iter().any(|c| Field::ALL.iter().any(|f| f.is_cued(c))) {
            let trial = Trial { text, lexicons, published, found };
            trial.sentence(claims, own);
        }
    }
    all
}

struct Trial<'a> {
    text: &'a Text<'a>,
    lexicons: &'a Lexicons,
    published: Option<&'a str>,
    found: &'a Findings,
}

impl Trial<'_> {
    /// Tries every word of the sentence of these claims.
    fn sentence(&self, claims: &[Claim], cues: &mut [Cues]) {
        let number = claims[0].sentence;
        let sentence = self.text.sentences[number];
        let before = self.text.sentences[number.saturating_sub(BEFORE)];
        let around = self.text.span(before.start, sentence.end);
        if sentence.end - sentence.start > LONGEST || around.len() > WIDEST {
            return;
        }
        let words =
            (sentence.start..sentence.end).filter(|&i| self.text.tokens[i].kind == normalize::Kind::Word);
        for word in words.map(|i| self.text.tokens[i].span()) {
            let words = without(self.text.raw, around, word);
            let without = extract(&normalize(&words), self.lexicons, self.published);
            for (claim, cues) in claims.iter().zip(&mut *cues) {
                for field in self.changed(claim, word, &without, around) {
                    add(cues.entry(field).or_default(), word, self.text.raw);
                }
            }
        }
    }

    /// The fields of `claim` that come out otherwise in the stretch `around`
    /// without `word`.
    fn changed(&self, claim: &Claim, word: Span, without: &Findings, around: Span) -> Vec<Field> {
        let number = claim.number.span;
        let told = claim.comparator_quote.as_ref().is_some_and(|quote| quote.span.overlaps(&word));
        if told || number.overlaps(&word) {
            return Vec::new();
        }
        // The same number still: what the word is a part of is no matter.
        let same = |c: &&Claim| {
            c.number.span.start + around.start == number.start && c.number.surface == claim.number.surface
        };
        let Some(other) = without.claims.iter().find(same) else {
            return Vec::new();
        };
        let differs = |f: &Field| f.is_cued(claim) && !f.is_same((claim, self.found), (other, without));
        Field::ALL.into_iter().filter(differs).collect()
    }
}

/// The stretch `around` of `raw` with letters that say nothing for `word`.
fn without(raw: &str, around: Span, word: Span) -> String {
    let letters = word.of(raw).chars();
    // As many bytes, so that offsets stay.
    let filler: String =
        letters.map(|c| if c.len_utf8() == UNKNOWN.len_utf8() { UNKNOWN } else { c }).collect();
    [&raw[around.start..word.start], &filler, &raw[word.end..around.end]].concat()
}

/// Adds a word to the cues before it; the words of one expression are one.
fn add(cues: &mut Vec<Span>, word: Span, raw: &str) {
    match cues.last_mut() {
        Some(last) if raw[last.end..word.start].trim().is_empty() => last.end = word.end,
        _ => cues.push(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(raw: &str) -> Vec<Vec<(Field, Vec<&str>)>> {
        let (text, lexicons) = (normalize(raw), Lexicons::builtin());
        let found = extract(&text, &lexicons, None);
        let words =
            |(field, spans): (Field, Vec<Span>)| (field, spans.iter().map(|span| span.of(raw)).collect());
        cues(&text, &lexicons, None, &found)
            .into_iter()
            .map(|cues| cues.into_iter().map(words).collect())
            .collect()
    }

    #[test]
    fn cues_are_the_words_that_make_a_field() {
        let found = explained("ارتفع عدد المصابين إلى 70 مصابًا، من بينهم 12 طفلًا.");
        assert_eq!(found[0], [(Field::Change, vec!["ارتفع", "إلى"])]);
        assert_eq!(found[1], [(Field::PartOf, vec!["بينهم"])]);
    }

    #[test]
    fn plain_statements_have_none() {
        assert_eq!(explained("وصل 3 وزراء إلى المدينة."), [[]]);
    }
}
