//! What makes claims of different texts comparable: a key of what is counted,
//! of whom, where and by what event. Knows no values: two claims of one key
//! are the same quantity at different times or by different sources.

use super::super::Lexicons;
use super::{Claim, Kind};
use crate::normalize::letters::SEARCH;

/// Between the parts of a key.
const PART: char = '|';
/// Between the words of a part.
const WORD: char = '+';

/// The key of `claim`, which holds at the place with this name or code;
/// nothing where the text does not say what is counted or measured.
pub(crate) fn series_key(lexicons: &Lexicons, claim: &Claim, place: Option<&str>) -> Option<String> {
    let mut key = String::with_capacity(48);
    let unit = claim.unit.as_ref().map(|u| u.code.as_str()).filter(|code| !code.is_empty());
    let share = matches!(claim.kind, Kind::Percent | Kind::Fraction | Kind::Ratio).then_some("%");
    key.push_str(share.or(unit).unwrap_or_default());
    if let Some(noun) = &claim.noun {
        if !key.is_empty() {
            key.push(WORD);
        }
        key.push_str(&noun.lemma);
    }
    if key.is_empty() {
        return None;
    }
    key.push(PART);
    push_modifiers(lexicons, claim, &mut key);
    key.push(PART);
    key.push_str(place.unwrap_or_default());
    key.push(PART);
    if let Some(predicate) = &claim.predicate {
        key.push_str(if predicate.class == "other" { predicate.lemma } else { predicate.class });
    }
    Some(key)
}

/// The words that narrow the noun, in dictionary forms and in order.
fn push_modifiers(lexicons: &Lexicons, claim: &Claim, key: &mut String) {
    let words = claim.noun.iter().flat_map(|noun| &noun.modifiers);
    let mut lemmas: Vec<String> = words.map(|word| base(lexicons, word)).collect();
    lemmas.sort_unstable();
    for (place, lemma) in lemmas.iter().enumerate() {
        if place > 0 {
            key.push(WORD);
        }
        key.push_str(lemma);
    }
}

/// An adjective in the masculine singular, without article.
fn base(lexicons: &Lexicons, word: &str) -> String {
    let folded = SEARCH.fold(word);
    let bare = folded.strip_prefix("ال").unwrap_or(&folded);
    if let Some(lemma) = lexicons.lemmas.find(bare) {
        return lemma.lemma.to_owned();
    }
    let ending = ["يين", "يون", "يات", "يا", "يه"].iter().find_map(|ending| bare.strip_suffix(ending));
    ending.map_or_else(|| bare.to_owned(), |stem| format!("{stem}ي"))
}
