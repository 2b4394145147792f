//! A text that is too long to be read at once, in stretches that end with a
//! paragraph or a sentence: what is kept of its words is bounded so.
//!
//! Numbers of claims, dates and entities go on from stretch to stretch. What
//! one part of a text says of another (a surname, a country's currency, a
//! year) counts inside a stretch.

use super::{Before, Findings, Identities, Lexicons, extract_after};
use crate::normalize::{Text, normalize};

/// The longest stretch, in bytes: a book of six hundred pages.
pub const LONGEST: usize = 2 << 20;
/// Bytes before the end of a stretch in which its last sentence begins.
const TAIL: usize = 32 << 10;
/// Names that are remembered from stretch to stretch.
const NAMES: usize = 1 << 20;

/// A stretch of a text and what was found in it; its offsets are those of the
/// stretch, its links are indices into its own lists.
#[derive(Debug)]
pub struct Stretch<'a> {
    /// Its words.
    pub text: Text<'a>,
    /// What was found in it, with what stands before.
    pub found: Findings,
}

/// The stretches of a text, in order.
#[derive(Debug)]
pub struct Stretches<'a> {
    rest: &'a str,
    lexicons: &'a Lexicons,
    published: Option<&'a str>,
    longest: usize,
    before: Before,
    known: Identities,
}

impl<'a> Stretches<'a> {
    /// The stretches of `raw`, each of at most `longest` bytes. The others are
    /// as for [`extract`](super::extract).
    pub fn of(raw: &'a str, lexicons: &'a Lexicons, published: Option<&'a str>, longest: usize) -> Self {
        let (before, known) = (Before::default(), Identities::default());
        Self { rest: raw, lexicons, published, longest, before, known }
    }
}

impl<'a> Iterator for Stretches<'a> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Stretch<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (own, rest) = self.rest.split_at(end(self.rest, self.longest));
        self.rest = rest;
        self.known.keep(NAMES);
        let text = normalize(own);
        let found = extract_after(self.before, &mut self.known, &text, self.lexicons, self.published);
        self.before.bytes += own.len();
        self.before.claims += found.claims.len();
        self.before.dates += found.dates.len();
        self.before.entities += found.entities.len();
        Some(Stretch { text, found })
    }
}

/// Where the first stretch of `raw` ends: after a line in its second half, else
/// before its last sentence, else before its last word.
fn end(raw: &str, longest: usize) -> usize {
    if raw.len() <= longest {
        return raw.len();
    }
    let limit = raw.floor_char_boundary(longest).max(raw.ceil_char_boundary(1));
    if let Some(line) = raw.as_bytes()[limit / 2..limit].iter().rposition(|&byte| byte == b'\n') {
        return limit / 2 + line + 1;
    }
    let from = raw.ceil_char_boundary(limit.saturating_sub(TAIL).max(limit / 2));
    let tail = normalize(&raw[from..limit]);
    let sentence = tail.sentences.last().map_or(0, |sentence| sentence.start);
    let first = if sentence > 0 { sentence } else { tail.tokens.len().saturating_sub(1) };
    match tail.tokens.get(first) {
        Some(token) if first > 0 => from + token.span().start,
        _ => limit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(raw: &str, longest: usize) -> Vec<&str> {
        let (mut rest, mut parts) = (raw, Vec::new());
        while !rest.is_empty() {
            let (part, after) = rest.split_at(end(rest, longest));
            parts.push(part);
            rest = after;
        }
        parts
    }

    #[test]
    fn stretches_end_with_a_line_a_sentence_or_a_word() {
        assert_eq!(cut("سطر أول\nسطر ثان", 26), ["سطر أول\n", "سطر ثان"]);
        assert_eq!(cut("وصل المسافرون. غادر الوفد.", 38), ["وصل المسافرون. ", "غادر الوفد."]);
        assert_eq!(cut("بلغ العدد مئة وعشرين", 30), ["بلغ العدد مئة ", "وعشرين"]);
        assert_eq!(cut("وووو", 5), ["وو", "وو"]);
        assert_eq!(cut("وو", 1), ["و", "و"]);
        assert_eq!(cut("نص", 9), ["نص"]);
    }

    #[test]
    fn numbers_go_on_from_stretch_to_stretch() {
        let lexicons = Lexicons::builtin();
        let raw = "بلغ عدد القتلى في بغداد 35 قتيلا عام 2020.\nووصل إلى بغداد 12 جريحا عام 2021.\n";
        let all: Vec<_> = Stretches::of(raw, &lexicons, None, raw.len() - 1).collect();
        let [first, second] = &all[..] else { panic!("two stretches: {all:?}") };
        assert_eq!(second.found.before.bytes, first.text.raw.len());
        assert_eq!((second.found.before.claims, second.found.before.dates), (1, 1));
        let city = |stretch: &Stretch<'_>| {
            stretch.found.entities.iter().find(|e| e.span.of(stretch.text.raw) == "بغداد").map(|e| e.identity)
        };
        assert!(city(first).is_some());
        assert_eq!(city(first), city(second));
    }
}
