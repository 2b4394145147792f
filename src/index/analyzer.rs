//! The analyzer: from a normalized text to the terms it is found under, the
//! same for articles, queries and highlights.
//!
//! Works on the extractors' own tokens, so that a text is read once for both.
//! The tokenizer that Tantivy sees ([`Terms`]) only splits what was analyzed
//! here. Knows no files and no index.

use std::sync::LazyLock;

use hashbrown::HashMap;
use rustc_hash::{FxBuildHasher, FxHashSet};
use smallvec::SmallVec;
use tantivy::tokenizer::{Token as TantivyToken, TokenStream, Tokenizer};

use crate::lemma::Lemmas;
use crate::lemma::stem::{Stems, stems};
use crate::lexicon::rows;
use crate::normalize::letters::{Folder, Profile, SEARCH};
use crate::normalize::{Gap, Kind, Text, clitics, normalize};
use crate::span::Span;

/// Name of the analyzer; stored with [`VERSION`] in every index.
pub const NAME: &str = "ghirbal-ar";
/// Raised whenever the same text would give other terms.
pub const VERSION: u32 = 1;

/// Separates words in analyzed text.
const WORD_END: char = ' ';
/// Separates terms of one word in analyzed text.
const TERM_END: char = '\u{1f}';
/// Begins the term of a word's exact letters, where folding loses some.
pub const EXACT_MARK: char = '=';
/// Words remembered with their stems before the memory is emptied.
const MEMORY: usize = 1 << 16;

static LEMMAS: LazyLock<Lemmas> = LazyLock::new(Lemmas::builtin);
static LIGHT: LazyLock<Folder> = LazyLock::new(|| Folder::new(Profile::Light));
static STOP_WORDS: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| rows(include_str!("stopwords.tsv")).map(|row| SEARCH.fold(row.cell(0))).collect());

/// One indexed word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// First token.
    pub token: usize,
    /// Token after the last: a grouped number has several.
    pub end: usize,
    /// Where it stands, without proclitics.
    pub span: Span,
    /// The folded word.
    pub folded: String,
    /// The stems, the likeliest first.
    pub stems: SmallVec<[String; 2]>,
}

/// Turns texts into terms; remembers the stems of words it has seen.
#[derive(Debug, Default)]
pub struct Analyzer {
    memory: HashMap<String, Stems, FxBuildHasher>,
    /// Short texts, names above all, with their stems.
    short: HashMap<Box<str>, Box<str>, FxBuildHasher>,
}

impl Analyzer {
    /// Every indexed word of tokens `from..to`, in order.
    pub fn words(&mut self, text: &Text<'_>, from: usize, to: usize) -> Vec<Word> {
        self.words_where(text, from, to, |_, _, _| true)
    }

    /// The same, only those of which the token, the folded form and the stems
    /// please `keep`.
    pub fn words_where(
        &mut self,
        text: &Text<'_>,
        from: usize,
        to: usize,
        keep: impl Fn(usize, &str, &[String]) -> bool,
    ) -> Vec<Word> {
        let mut words = Vec::new();
        self.each(text, from, to, |i, end, folded, stems| {
            if !keep(i, folded, &stems.list) {
                return;
            }
            let span = text.span(i, end);
            let skipped = if stems.clitics == 0 {
                0
            } else {
                clitics::skip(text.surface(i), folded[..stems.clitics].chars().count())
            };
            let span = Span::new(span.start + skipped, span.end);
            words.push(Word { token: i, end, span, folded: folded.to_owned(), stems: stems.list.clone() });
        });
        words
    }

    /// The stems of a short text, which [`Terms`] splits again; remembered.
    pub fn stemmed(&mut self, raw: &str) -> &str {
        if self.short.len() >= MEMORY {
            self.short.clear();
        }
        if !self.short.contains_key(raw) {
            let text = normalize(raw);
            let mut out = String::with_capacity(raw.len());
            self.each(&text, 0, text.tokens.len(), |_, _, _, stems| {
                if !out.is_empty() {
                    out.push(WORD_END);
                }
                push_all(&mut out, stems.list.iter().map(String::as_str));
            });
            self.short.insert(raw.into(), out.into());
        }
        &self.short[raw]
    }

    /// Words and stems of a whole text in one pass, which [`Terms`] splits
    /// again, and for every token, and the end, how many words stand before it.
    pub fn both(&mut self, text: &Text<'_>) -> (String, String, Vec<u32>) {
        let mut words = String::with_capacity(text.raw.len());
        let mut stemmed = String::with_capacity(text.raw.len());
        let mut before = Vec::with_capacity(text.tokens.len() + 1);
        let mut count = 0;
        self.each(text, 0, text.tokens.len(), |i, end, folded, stems| {
            before.resize(i + 1, count);
            count += 1;
            if !words.is_empty() {
                words.push(WORD_END);
                stemmed.push(WORD_END);
            }
            words.push_str(folded);
            if end == i + 1
                && let Some(exact) = exact_term(text.surface(i), folded)
            {
                words.push(TERM_END);
                words.push_str(&exact);
            }
            push_all(&mut stemmed, stems.list.iter().map(String::as_str));
        });
        before.resize(text.tokens.len() + 1, count);
        (words, stemmed, before)
    }

    /// Calls `take` with first token, token after the last, folded form and stems of every indexed word.
    fn each(
        &mut self,
        text: &Text<'_>,
        from: usize,
        to: usize,
        mut take: impl FnMut(usize, usize, &str, &Stems),
    ) {
        let mut i = from;
        while i < to {
            match text.tokens[i].kind {
                Kind::Word => take(i, i + 1, text.folded(i), self.stems(text.folded(i))),
                Kind::Digits => {
                    let (end, number) = number(text, i, to);
                    take(i, end, &number, &plain(&number));
                    i = end - 1;
                }
                Kind::Foreign | Kind::Address => take(i, i + 1, text.folded(i), &plain(text.folded(i))),
                Kind::Sign | Kind::Mark => {}
            }
            i += 1;
        }
    }

    fn stems(&mut self, folded: &str) -> &Stems {
        if self.memory.len() >= MEMORY {
            self.memory.clear();
        }
        self.memory.entry_ref(folded).or_insert_with(|| stems(folded, &*LEMMAS))
    }
}

fn plain(word: &str) -> Stems {
    Stems { list: SmallVec::from_iter([word.to_owned()]), clitics: 0 }
}

fn push_all<'a>(out: &mut String, terms: impl Iterator<Item = &'a str>) {
    for (i, term) in terms.enumerate() {
        if i > 0 {
            out.push(TERM_END);
        }
        out.push_str(term);
    }
}

/// The term of a word's exact letters; `None` where the folded word says it
/// already, because it has no letter that folding may have changed: those
/// stand at the end, save in typing errors.
pub fn exact_term(surface: &str, folded: &str) -> Option<String> {
    if !folded.ends_with(['ه', 'ي']) && !surface.contains(['ة', 'ى']) {
        return None;
    }
    let mut term = String::with_capacity(folded.len() + 1);
    term.push(EXACT_MARK);
    LIGHT.fold_into(surface, &mut term);
    Some(term)
}

/// Whether the folded word says little about a text's subject, with or
/// without a proclitic. Negations are none.
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.contains(folded)
        || clitics::cuts(folded)
            .iter()
            .any(|cut| cut.clitics > 0 && STOP_WORDS.contains(&folded[cut.stem()..]))
}

/// The number that begins at token `i`, in one spelling («10,000» and
/// «١٠٬٠٠٠» are `10000`, «3,5» is `3.5`), and the token after it. Digits
/// joined in any other way (a date, a version) are numbers of their own.
fn number(text: &Text<'_>, i: usize, to: usize) -> (usize, String) {
    let first = text.folded(i);
    let mut parts: SmallVec<[(&str, &str); 4]> = SmallVec::new();
    while let Some(part) = continuation(text, i + 1 + 2 * parts.len(), to) {
        parts.push(part);
    }
    let alone = (i + 1, first.to_owned());
    if parts.is_empty()
        || i >= 2 && continuation(text, i - 1, to).is_some() && text.tokens[i - 2].kind == Kind::Digits
    {
        return alone;
    }
    let is_group = |&&(sign, digits): &&(&str, &str)| digits.len() == 3 && matches!(sign, "," | "٬" | "،");
    let groups = if first.len() <= 3 { parts.iter().take_while(is_group).count() } else { 0 };
    let decimals = match parts.get(groups) {
        None => "",
        Some(("." | "٫" | ",", digits)) if parts.len() == groups + 1 => digits,
        Some(_) => return alone,
    };
    let mut value = first.to_owned();
    value.extend(parts[..groups].iter().map(|(_, digits)| *digits));
    if !decimals.is_empty() {
        value.push('.');
        value.push_str(decimals);
    }
    (i + 1 + 2 * parts.len(), value)
}

/// A separator at token `at` and the digits glued to it.
fn continuation<'t>(text: &'t Text<'_>, at: usize, to: usize) -> Option<(&'t str, &'t str)> {
    if at + 1 >= to {
        return None;
    }
    let (sign, digits) = (&text.tokens[at], &text.tokens[at + 1]);
    let glued = sign.gap == Gap::None && digits.gap == Gap::None && digits.kind == Kind::Digits;
    let separator = text.folded(at);
    (glued && matches!(separator, "," | "." | "٬" | "٫" | "،")).then(|| (separator, text.folded(at + 1)))
}

/// Tantivy's tokenizer for analyzed text: words in order, the terms of one
/// word at one position.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    token: TantivyToken,
}

/// Splits one analyzed text.
#[derive(Debug)]
pub struct TermStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut TantivyToken,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream { text, at: 0, token: &mut self.token }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return false;
        }
        let length = memchr::memchr2(WORD_END as u8, TERM_END as u8, rest.as_bytes()).unwrap_or(rest.len());
        let same_word = self.at > 0 && self.text.as_bytes()[self.at - 1] == TERM_END as u8;
        if !same_word {
            self.token.position = self.token.position.wrapping_add(1);
        }
        self.token.text.clear();
        self.token.text.push_str(&rest[..length]);
        self.token.offset_from = self.at;
        self.token.offset_to = self.at + length;
        self.at = (self.at + length + 1).min(self.text.len());
        true
    }

    fn token(&self) -> &TantivyToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut TantivyToken {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(raw: &str) -> Vec<String> {
        let text = normalize(raw);
        Analyzer::default().words(&text, 0, text.tokens.len()).into_iter().map(|w| w.folded).collect()
    }

    #[test]
    fn numbers_have_one_spelling() {
        assert_eq!(folded("و350 طفلًا"), ["و", "350", "طفلا"]);
        for spelling in ["10,000", "١٠٬٠٠٠", "10000", "۱۰٬۰۰۰"] {
            assert_eq!(folded(spelling), ["10000"], "{spelling}");
        }
        assert_eq!(folded("3,5"), ["3.5"]);
        assert_eq!(folded("٣٫٥"), ["3.5"]);
        assert_eq!(folded("1,234,567.8"), ["1234567.8"]);
        assert_eq!(folded("7.10.2023"), ["7", "10", "2023"]);
        assert_eq!(folded("2,3,4"), ["2", "3", "4"]);
    }

    #[test]
    fn proclitics_stay_outside_the_span() {
        let text = normalize("وَالمدينةُ القديمة");
        let words = Analyzer::default().words(&text, 0, text.tokens.len());
        assert_eq!(words[0].span.of(text.raw), "المدينةُ");
    }

    #[test]
    fn terms_of_one_word_share_a_position() {
        let mut terms = Terms::default();
        let mut stream = terms.token_stream("أ\u{1f}ب ج");
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        assert_eq!(found, [("أ".to_owned(), 0), ("ب".to_owned(), 0), ("ج".to_owned(), 1)]);
    }

    #[test]
    fn exact_letters_have_a_term_where_folding_loses_them() {
        assert_eq!(exact_term("على", "علي").as_deref(), Some("=على"));
        assert_eq!(exact_term("علي", "علي").as_deref(), Some("=علي"));
        assert_eq!(exact_term("كتاب", "كتاب"), None);
    }

    #[test]
    fn stop_words_are_seen_behind_proclitics_and_negations_are_none() {
        assert!(is_stop_word("في") && is_stop_word("وفي") && is_stop_word("الي"));
        assert!(!is_stop_word("لم") && !is_stop_word("ليس") && !is_stop_word("اسير"));
    }
}
