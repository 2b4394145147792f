//! Whether a sentence tells of what was or of what will be, seen from its
//! future particles alone.

use super::words::{Lists, Word};
use crate::extract::Reading;
use crate::extract::reading::Article;
use crate::lexicon::List;
use crate::normalize::Kind;

/// The time that a sentence speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// No sign of the future.
    Told,
    Future,
    /// The sentence is the expression alone.
    Alone,
}

/// Tokens before and after the mention that are looked at.
const REACH: usize = 12;
/// Words besides the mention in a sentence that still is the mention alone.
const ALONE: usize = 2;

/// Words that look like future verbs and are none.
const NOUNS: &[&str] = &[
    "سيار",
    "سياس",
    "سياد",
    "سياح",
    "سيد",
    "سيطر",
    "سيما",
    "سيره",
    "سيبه",
    "ستره",
    "ستوك",
    "سينم",
    "سينو",
    "سيرك",
    "سيلي",
    "ستات",
    "ستري",
    "سنتر",
    "سنغا",
    "سنيا",
    "سنوا",
    "سيناريو",
    "سيناء",
    "سيول",
    "سيتي",
    "سير",
    "سيف",
    "سيمون",
    "ستين",
    "ستون",
    "ستاد",
    "ستار",
    "ستراتيج",
    "ستيف",
    "ستال",
    "سنوات",
    "سنتين",
    "سندات",
    "سنغافور",
    "سنوي",
    "سنه",
    "سيبيري",
    "سيئ",
];

/// The tense of the sentence around tokens `start..end`.
pub(super) fn of(r: &Reading<'_>, start: usize, end: usize) -> Tense {
    let sentence = r.text.sentences.get(r.text.sentence_of(start)).copied();
    let Some(sentence) = sentence else { return Tense::Alone };
    let before = sentence.start.max(start.saturating_sub(REACH))..start;
    let after = end..sentence.end.min(end.saturating_add(REACH));
    if before.rev().chain(after).any(|i| is_future(r, i)) {
        return Tense::Future;
    }
    let words = |i: &usize| r.kind(*i) == Some(Kind::Word);
    let outside = (sentence.start..start).chain(end..sentence.end).filter(words).take(ALONE + 1).count();
    if outside < ALONE { Tense::Alone } else { Tense::Told }
}

/// Whether no word for a day from now stands at token `i`.
pub(super) fn no_day(r: &Reading<'_>, l: &Lists, i: usize) -> bool {
    let pick = |word| if let Word::Deictic(..) = word { Some(()) } else { None };
    l.find(r, List::DayWord, i, Article::Kept, pick).is_none() || !r.same_line(i)
}

/// Whether the word at token `i`, behind «و» or «ف», looks like a verb of the present.
pub(super) fn is_present(r: &Reading<'_>, i: usize) -> bool {
    let noun = r.forms(i).iter().any(|f| f.bits.has(List::Noun));
    let word = r.folded(i);
    let word = word.strip_prefix(['و', 'ف']).filter(|w| w.starts_with(['ي', 'ت'])).unwrap_or(word);
    word.starts_with(['ي', 'ت']) && word.chars().count() >= 4 && !noun && !word.ends_with('ه')
}

/// Whether token `i` is a future particle or begins with one.
fn is_future(r: &Reading<'_>, i: usize) -> bool {
    if r.kind(i) != Some(Kind::Word) {
        return false;
    }
    let word = r.folded(i);
    let word = word.strip_prefix(['و', 'ف']).filter(|w| w.starts_with('س')).unwrap_or(word);
    if !word.starts_with('س') {
        return matches!(
            word,
            "المقرر"
                | "المزمع"
                | "المرتقب"
                | "يعتزم"
                | "تعتزم"
                | "المتوقع"
                | "المنتظر"
                | "موعد"
                | "مرتقب"
                | "مرتقبه"
                | "المقرره"
                | "المرتقبه"
                | "لن"
        ) || (word == "علي" && r.is(i + 1, &["ان"]));
    }
    let mut letters = word.chars();
    let prefixed = letters.next() == Some('س') && matches!(letters.next(), Some('ي' | 'ت' | 'ن'));
    // Nouns of four letters begin so too (سياق): of those only plain verbs.
    let long = word.chars().count() > 4 || is_short_verb(word);
    let first_person = r.surface(i).contains("سأ");
    word == "سوف" || (prefixed && long && !NOUNS.iter().any(|noun| word.starts_with(noun))) || first_person
}

/// «سيصل»: the verbs of four letters that news uses.
fn is_short_verb(word: &str) -> bool {
    let Some(rest) = word.strip_prefix("سي").or_else(|| word.strip_prefix("ست")) else { return false };
    matches!(
        rest,
        "تم" | "قع"
            | "صل"
            | "ضم"
            | "ظل"
            | "عد"
            | "حل"
            | "مر"
            | "جد"
            | "ضع"
            | "رد"
            | "قف"
            | "مد"
            | "بث"
            | "زج"
            | "كف"
            | "قر"
            | "شن"
            | "فر"
            | "هم"
            | "سد"
    )
}
