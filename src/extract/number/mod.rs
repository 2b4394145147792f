//! Numbers: what value a run of tokens says, whatever it counts.
//!
//! Reads digits, spelled-out numbers, percents, fractions, ordinals, vague
//! quantities, ranges and nouns that count by a dual ending. Dates and claims
//! both build on it; it knows neither.

// The words and the roles they play.
mod words;
// Runs of digits and their signs.
mod digits;
// The grammar of cardinals.
mod spelled;
// Digits that name and do not count.
mod labels;
// Plain cardinals and percents.
mod cardinals;
// Decimals and negatives read aloud.
mod spoken;
// Fractions.
mod parts;
// Ratios and multiples.
mod ratios;
// Bases of rates.
mod rates;
// Ranges and scores.
mod ranges;
// Ordinals.
mod ordinals;
// Quantities without a value.
mod vague;
// Nouns that count by their ending.
mod duals;

use super::reading::Reading;
use super::rule::{Card, Rule};
use crate::lemma::Lemmas;
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

pub use super::amount::{Amount, Number, Sort};
pub(super) use ranges::changes;
pub use words::Lists;

/// The cards of the number rules.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    RULES.iter().map(|rule| &rule.card).chain([&duals::CARD, &parts::AND_PART])
}

/// The rules, in the order in which they are tried; the first that matches at
/// a token decides.
pub static RULES: &[Rule<Lists, Number>] = &[
    ratios::OF_EACH,
    ratios::ODDS,
    ratios::ONE_IN,
    ratios::PER_MILLE,
    ranges::BETWEEN,
    ranges::FROM_TO,
    ranges::DASH,
    ranges::VERSUS,
    spoken::POINT,
    spoken::MINUS,
    parts::SLASH,
    parts::FRACTION_OF_COUNT,
    parts::FRACTION,
    ratios::TIMES,
    ratios::AS_MUCH,
    ratios::DOUBLE,
    cardinals::PERCENT,
    cardinals::PERCENT_FIRST,
    cardinals::PERCENT_WORDS_FIRST,
    ordinals::HUNDREDS,
    ordinals::BEYOND,
    ordinals::SCALE,
    cardinals::SCALED,
    ordinals::DIGITS,
    cardinals::DIGITS,
    cardinals::WORDS_ONLY,
    ordinals::ORDINAL,
    vague::SEVERAL,
    vague::MAGNITUDE,
];

/// Reads every number of a text, in order, without overlaps.
pub fn read(reading: &Reading<'_>, lists: &Lists, lemmas: &Lemmas) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut i = 0;
    while i < reading.len() {
        let dual = || duals::read_at(reading, lemmas, i, numbers.last());
        let mut number = read_at(reading, lists, lemmas, i).or_else(dual);
        if let Some(joined) = parts::and_part(reading, lists, i, number.as_ref()) {
            number = Some(joined);
        }
        let free = |n: &Number| numbers.last().is_none_or(|last| last.end <= n.start);
        match number.filter(free) {
            Some(number) => {
                i = number.end.max(i + 1);
                numbers.push(number);
            }
            None => i += 1,
        }
    }
    rates::join(reading, &mut numbers);
    numbers
}

/// The number that a rule finds at token `i`.
fn read_at(reading: &Reading<'_>, lists: &Lists, lemmas: &Lemmas, i: usize) -> Option<Number> {
    let digits = reading.kind(i) == Some(Kind::Digits);
    let bits = reading.bits(i);
    if !digits && !bits.meets(STARTS) {
        return None;
    }
    let other = if digits { labels::is_name } else { is_weekday };
    if other(reading, lists, i) || !digits && is_another_word(reading, lemmas, i) {
        return None;
    }
    RULES.iter().filter(|rule| digits && rule.digits || bits.meets(rule.starts)).find_map(|rule| {
        let mut number = (rule.at)(reading, lists, i)?;
        number.rule = rule.card.id;
        Some(number)
    })
}

/// Whether «الأحد» or «الاثنين» at token `i` is the day although a number word
/// follows: «يوم الأحد عشر قذائف», but «الأحد عشر كوكبا».
fn is_weekday(reading: &Reading<'_>, _: &Lists, i: usize) -> bool {
    if !reading.bits(i).has(List::Weekday) || !reading.folded(i).contains("ال") {
        return false;
    }
    let day_before =
        i > 0 && reading.is(i - 1, &["يوم", "اليوم", "مساء", "صباح", "ليله", "فجر", "امس", "ظهر", "عصر"]);
    let eleven = reading.is(i + 1, &["عشر"]);
    let after = reading.folded(i + 2);
    let counted = !reading.same_line(i + 2)
        || reading.kind(i + 2) != Some(Kind::Word)
        || after.ends_with('ا')
        || after.ends_with('ه');
    let numbered =
        eleven && counted || reading.folded(i + 1).starts_with('و') && reading.bits(i + 1).meets(WORDS);
    let from_month = reading.is(i + 2, &["من"]) && eleven;
    !from_month && (!numbered || day_before)
}

/// Whether the number word at token `i` is only the rest of another word
/// after a preposition («كمية» is no «ك» and «مية»).
fn is_another_word(reading: &Reading<'_>, lemmas: &Lemmas, i: usize) -> bool {
    let folded = reading.folded(i);
    // «جسيمات ألفا» is the Greek letter: a thousand of something needs a word.
    if folded == "الفا" && !(reading.kind(i + 1) == Some(Kind::Word) && reading.same_line(i + 1)) {
        return true;
    }
    let numerals = reading.forms(i).iter().filter(|f| f.bits.meets(NUMERALS));
    let mut cuts = numerals.map(|f| f.cut.clitics).peekable();
    let cut = cuts.peek().is_some() && cuts.all(|clitics| clitics > 0);
    cut && !folded.starts_with('و') && lemmas.find(folded).is_some()
}

/// The lists of which an entry can begin a number.
const STARTS: Bits = Bits::of(&[List::Number, List::Ordinal, List::NumberCue]);
/// The list of the words around numbers.
const CUES: Bits = Bits::of(&[List::NumberCue]);
/// The lists of words that say a number themselves.
const NUMERALS: Bits = Bits::of(&[List::Number, List::Ordinal]);
/// The list of number words alone.
const WORDS: Bits = Bits::of(&[List::Number]);
