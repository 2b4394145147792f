//! Sentences: where one ends, seen from the tokens alone.
//!
//! A full stop does not end a sentence after an abbreviation («د.»), between
//! digits, or inside quotation marks; a line break always does.

use super::segment::{Gap, Kind, Token};

/// A run of tokens, `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// Whether it begins a line of the text.
    pub paragraph: bool,
}

/// Longest sentence in tokens: what goes on without an end is cut, so that work
/// on a sentence stays bounded.
const LONGEST: usize = 500;

/// Longest quotation, in tokens, that keeps a sentence together.
const LONGEST_QUOTATION: usize = 120;

/// Abbreviations written with a full stop, in letters as written; a word of
/// one letter counts as one too.
const ABBREVIATIONS: [&str; 12] = ["أ", "د", "م", "ص", "ت", "ج", "ق", "هـ", "إلخ", "الخ", "Mr", "Dr"];

/// Splits the tokens of `raw`; every token is in exactly one sentence.
pub(super) fn split(raw: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 20 + 1);
    let mut start = 0;
    let mut paragraph = true;
    let mut quotation_end = 0;
    for i in 0..tokens.len() {
        if i > start && tokens[i].gap == Gap::Line {
            sentences.push(Sentence { start, end: i, paragraph });
            (start, paragraph, quotation_end) = (i, true, 0);
        }
        if i < start {
            continue;
        }
        if i >= quotation_end
            && let Some(close) = closing(raw, tokens, i)
        {
            quotation_end = close;
        }
        let next = i + 1;
        let ends = i >= quotation_end && is_stop(raw, tokens, i) || next - start >= LONGEST;
        let closes =
            next == quotation_end && i > 0 && is_stop(raw, tokens, i - 1) && starts_anew(raw, tokens, next);
        if ends || closes {
            let trailing = tokens[next..].iter().take_while(|t| is_trailing(raw, t)).count();
            sentences.push(Sentence { start, end: next + trailing, paragraph });
            (start, paragraph) = (next + trailing, false);
        }
    }
    if start < tokens.len() {
        sentences.push(Sentence { start, end: tokens.len(), paragraph });
    }
    sentences
}

fn sign<'a>(raw: &'a str, token: &Token) -> Option<&'a str> {
    (token.kind == Kind::Sign).then(|| token.span().of(raw))
}

/// If token `i` opens a quotation that closes in the same line and within
/// [`LONGEST_QUOTATION`], the token after the closing mark.
fn closing(raw: &str, tokens: &[Token], i: usize) -> Option<usize> {
    let close = match sign(raw, &tokens[i])? {
        "«" => "»",
        "“" => "”",
        "\"" => "\"",
        "(" => ")",
        _ => return None,
    };
    let ahead = &tokens[i + 1..tokens.len().min(i + 1 + LONGEST_QUOTATION)];
    let line = ahead.iter().take_while(|t| t.gap != Gap::Line);
    line.enumerate().find(|(_, t)| sign(raw, t) == Some(close)).map(|(n, _)| i + n + 2)
}

/// Whether token `i` is a sign that ends a sentence.
fn is_stop(raw: &str, tokens: &[Token], i: usize) -> bool {
    match sign(raw, &tokens[i]) {
        Some("!" | "؟" | "?" | "…" | "۔") => true,
        Some(".") => !is_inside(raw, tokens, i),
        _ => false,
    }
}

/// Whether the full stop at `i` belongs to an abbreviation, a number or a name.
fn is_inside(raw: &str, tokens: &[Token], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|b| &tokens[b]) else { return true };
    let glued_before = tokens[i].gap == Gap::None;
    let after = tokens.get(i + 1);
    let glued_after = after.is_some_and(|t| t.gap == Gap::None);
    // « .5» without a zero before its point.
    let begins = !glued_before || before.kind == Kind::Sign;
    if glued_after && begins && after.is_some_and(|t| t.kind == Kind::Digits) {
        return true;
    }
    if glued_after && glued_before {
        let after_kind = after.map(|t| t.kind);
        match (before.kind, after_kind) {
            (Kind::Digits, Some(Kind::Digits)) | (Kind::Foreign, Some(Kind::Foreign | Kind::Digits)) => {
                return true;
            }
            _ => {}
        }
    }
    // A decimal without its zero: «بلغ .5».
    if !glued_before && glued_after && after.is_some_and(|t| t.kind == Kind::Digits) {
        return true;
    }
    let word = before.span().of(raw);
    let abbreviation =
        ABBREVIATIONS.contains(&word) || word.chars().count() == 1 && before.kind == Kind::Word;
    glued_before && abbreviation && after.is_some_and(|t| t.gap != Gap::Line)
}

/// Marks that still belong to the sentence they close.
fn is_trailing(raw: &str, token: &Token) -> bool {
    let closes = matches!(sign(raw, token), Some("." | "»" | "”" | ")" | "!" | "؟" | "?" | "…" | "\""));
    token.gap == Gap::None && (token.kind == Kind::Mark || closes)
}

/// Whether a new sentence can begin at token `i`, after a closed quotation.
fn starts_anew(raw: &str, tokens: &[Token], i: usize) -> bool {
    tokens.get(i).is_none_or(|t| t.gap != Gap::None && sign(raw, t).is_none_or(|s| "«“\"(".contains(s)))
}

#[cfg(test)]
mod tests {
    use crate::normalize::normalize;

    fn sentences(raw: &str) -> Vec<&str> {
        let text = normalize(raw);
        text.sentences.iter().map(|s| text.span(s.start, s.end).of(raw)).collect()
    }

    #[test]
    fn stops_inside_numbers_names_and_quotes_do_not_count() {
        for whole in [
            "قال د. سامي النجار إن السعر 2.5 دولار للتر.",
            "زار موقع example.org أمس.",
            "قال: «انتهى الأمر. لن نعود» ثم خرج.",
            "كتب \"لا شيء. أبدًا\" على الجدار.",
        ] {
            assert_eq!(sentences(whole), [whole]);
        }
    }

    #[test]
    fn stops_without_a_space_and_line_breaks_count() {
        assert_eq!(sentences("انتهت الجولة.وبدأت أخرى"), ["انتهت الجولة.", "وبدأت أخرى"]);
        assert_eq!(sentences("عنوان بلا نقطة\nنص"), ["عنوان بلا نقطة", "نص"]);
        assert_eq!(sentences("هل وصل؟ نعم."), ["هل وصل؟", "نعم."]);
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        assert_eq!(sentences("وصل عددهم إلى 12.[3] ثم عادوا."), ["وصل عددهم إلى 12.[3]", "ثم عادوا."]);
        assert_eq!(sentences("قال: «نعم.» ثم مضى."), ["قال: «نعم.»", "ثم مضى."]);
    }
}
