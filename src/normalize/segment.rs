//! Tokens: UAX-29 words, with the borders that Arabic news needs besides.
//!
//! A token never mixes Arabic letters with digits or Latin letters («و350» is
//! two tokens without a gap), a run of digits is one token and its separators
//! are tokens of their own, and an address or a footnote mark is one token.
//! Every border of UAX-29 between words is a border here.

use std::sync::LazyLock;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;

use super::letters::{self, SEARCH};
use crate::span::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Arabic letters with their marks.
    Word,
    /// Digits of any of the three shapes.
    Digits,
    /// Letters of another script, digits inside or after them included.
    Foreign,
    /// One punctuation mark, sign or symbol.
    Sign,
    /// A footnote mark such as `[12]`.
    Mark,
    /// A web or e-mail address.
    Address,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing, or only invisible controls.
    None,
    /// White space on one line.
    Space,
    /// A line break.
    Line,
}

/// One token; offsets are bytes, `start..end` in the original text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the original.
    pub start: u32,
    /// Byte after the last; trailing vowel marks are in, controls are not.
    pub end: u32,
    pub(super) fold_start: u32,
    pub(super) fold_end: u32,
    /// What it is made of.
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
}

impl Token {
    /// Where the token stands in the original.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// Character classes that the scanner tells apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    /// Vowel marks and tatweel: belong to the letter before them.
    Mark,
    /// Invisible controls: belong to nothing.
    Control,
    Digit,
    Space,
    Line,
    /// ASCII punctuation and the Arabic signs.
    Sign,
    /// Everything else: left to UAX-29.
    Other,
}

/// What the scanner knows of a character of one or two bytes.
#[derive(Clone, Copy)]
struct Cell {
    class: Class,
    /// Its folded form, if that depends on nothing else.
    folded: Option<Folded>,
}

/// A folded form of at most two bytes.
#[derive(Clone, Copy)]
struct Folded {
    bytes: [u8; 2],
    length: u8,
}

static CELLS: LazyLock<[Cell; 0x800]> = LazyLock::new(|| {
    let mut cells = [Cell { class: Class::Other, folded: None }; 0x800];
    for (cell, code) in cells.iter_mut().zip(0..) {
        if let Some(c) = char::from_u32(code) {
            *cell = Cell { class: classify(c), folded: fold_alone(c) };
        }
    }
    cells
});

/// The folded form of `c` where the letters around it have no say.
fn fold_alone(c: char) -> Option<Folded> {
    if c == letters::HAMZA_ABOVE {
        return None;
    }
    let folded = SEARCH.fold(c.encode_utf8(&mut [0; 4]));
    let mut bytes = [0; 2];
    bytes.get_mut(..folded.len())?.copy_from_slice(folded.as_bytes());
    Some(Folded { bytes, length: folded.len() as u8 })
}

fn classify(c: char) -> Class {
    match c {
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Line,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' => Class::Digit,
        '\u{0640}' => Class::Mark,
        _ if letters::is_silent(c) && ('\u{0600}'..'\u{0900}').contains(&c) && c != '\u{061C}' => Class::Mark,
        _ if letters::is_silent(c) => Class::Control,
        _ if is_arabic_letter(c) => Class::Letter,
        _ if c.is_whitespace() => Class::Space,
        _ if c.is_ascii() && !c.is_ascii_alphabetic() => Class::Sign,
        '\u{0600}'..='\u{061F}' | '\u{066A}'..='\u{066D}' | '\u{06D4}' => Class::Sign,
        _ => Class::Other,
    }
}

/// The letters of the Arabic blocks, presentation forms included.
const fn is_arabic_letter(c: char) -> bool {
    matches!(
        c,
        '\u{0620}'..='\u{064A}'
            | '\u{066E}'..='\u{06D3}'
            | '\u{06D5}'
            | '\u{06EE}'..='\u{06FF}'
            | '\u{0750}'..='\u{077F}'
            | '\u{0870}'..='\u{0887}'
            | '\u{08A0}'..='\u{08C9}'
            | '\u{FB50}'..='\u{FBFF}'
            | '\u{FD50}'..='\u{FDFB}'
            | '\u{FE70}'..='\u{FEFC}'
    )
}

fn class(c: char) -> Class {
    CELLS.get(c as usize).map_or_else(|| classify(c), |cell| cell.class)
}

/// The character of one or two bytes that begins at byte `at`, and how many
/// they are; none for longer ones and at the end.
fn short(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let first = usize::from(*bytes.get(at)?);
    if first < 0x80 {
        return Some((first, 1));
    }
    let second = usize::from(*bytes.get(at + 1)?);
    (first < 0xE0).then_some(((first & 0x1F) << 6 | second & 0x3F, 2))
}

/// Addresses, tried only where a run of ASCII begins.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^(?:(?i:https?://|ftp://|www\.)[!-~&&[^"'<>]]*[0-9A-Za-z/]|[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*\.[A-Za-z]{2,})"#)
        .expect("the pattern is constant")
});

/// Footnote marks.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\[[0-9٠-٩۰-۹]{1,3}\]").expect("the pattern is constant"));

/// Longest stretch of ASCII in which an address is looked for, in bytes.
const ADDRESS_LIMIT: usize = 2048;

struct Scanner<'a> {
    raw: &'a str,
    cells: &'static [Cell; 0x800],
    at: usize,
    gap: Gap,
    tokens: Vec<Token>,
    /// UTF-8, in bytes so that letters are written without looking at them;
    /// always longer than what is folded by as much as the raw text holds yet.
    folded: Vec<u8>,
    /// How many bytes are folded.
    written: usize,
    /// Room for the folded form of a rare token.
    spare: String,
}

/// Splits `raw`; also returns the folded forms, which the tokens point into.
pub(super) fn segment(raw: &str) -> (Vec<Token>, String) {
    let mut scanner = Scanner {
        raw,
        cells: &CELLS,
        at: 0,
        gap: Gap::Line,
        tokens: Vec::with_capacity(raw.len() / 9),
        folded: vec![0; raw.len() + 1],
        written: 0,
        spare: String::new(),
    };
    scanner.run();
    scanner.folded.truncate(scanner.written);
    (scanner.tokens, String::from_utf8(scanner.folded).expect("made of whole characters"))
}

/// The folded forms of the tokens of `raw`.
pub fn words(raw: &str) -> Vec<String> {
    let (tokens, folded) = segment(raw);
    tokens.iter().map(|t| folded[t.fold_start as usize..t.fold_end as usize].to_owned()).collect()
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some((class, length)) = self.peek() {
            match class {
                Class::Space => self.skip(length, Gap::Space),
                Class::Line => self.skip(length, Gap::Line),
                Class::Control | Class::Mark => self.skip(length, Gap::None),
                Class::Letter => self.take_run(Kind::Word, Class::Letter),
                _ if self.take_address() => {}
                Class::Digit => self.take_run(Kind::Digits, Class::Digit),
                Class::Sign if self.raw.as_bytes()[self.at] == b'[' && self.take_mark() => {}
                Class::Sign => self.push(Kind::Sign, self.at + length),
                Class::Other => self.take_other(),
            }
        }
    }

    /// The class of the next character and its length in bytes.
    fn peek(&self) -> Option<(Class, usize)> {
        if let Some((code, length)) = short(self.raw.as_bytes(), self.at) {
            return Some((self.cells[code].class, length));
        }
        let c = self.raw[self.at..].chars().next()?;
        Some((classify(c), c.len_utf8()))
    }

    fn skip(&mut self, length: usize, gap: Gap) {
        self.at += length;
        self.gap = self.gap.max(gap);
    }

    /// Takes characters of one class with the marks and controls among them,
    /// and folds them on the way while none needs more than its cell.
    fn take_run(&mut self, kind: Kind, wanted: Class) {
        let (bytes, cells, fold_start) = (self.raw.as_bytes(), self.cells, self.written);
        let (mut end, mut next) = (self.at, self.at);
        let (out, mut written) = (self.folded.as_mut_slice(), fold_start);
        while let Some((code, length)) = short(bytes, next) {
            let cell = cells[code];
            let inside = cell.class == wanted || cell.class == Class::Mark && kind == Kind::Word;
            if !inside && cell.class != Class::Mark && cell.class != Class::Control {
                break;
            }
            next += length;
            if inside {
                let Some(folded) = cell.folded else { return self.take_rare_run(kind, wanted, fold_start) };
                out[written..written + 2].copy_from_slice(&folded.bytes);
                written += usize::from(folded.length);
                end = next;
            }
        }
        self.written = written;
        if bytes.get(next).is_some_and(|&byte| byte >= 0xE0) {
            return self.take_rare_run(kind, wanted, fold_start);
        }
        self.add(kind, end, fold_start);
    }

    /// The same for runs with characters beyond the cells, such as ligatures.
    fn take_rare_run(&mut self, kind: Kind, wanted: Class, fold_start: usize) {
        self.written = fold_start;
        let mut end = self.at;
        let mut next = self.at;
        for c in self.raw[self.at..].chars() {
            next += c.len_utf8();
            match class(c) {
                found if found == wanted => end = next,
                Class::Mark if kind == Kind::Word => end = next,
                Class::Mark | Class::Control => {}
                _ => break,
            }
        }
        self.push(kind, end);
    }

    /// Takes one UAX-29 word or sign, up to the first Arabic letter in it.
    fn take_other(&mut self) {
        let rest = &self.raw[self.at..];
        let word = rest.split_word_bounds().next().unwrap_or(rest);
        let arabic = word.char_indices().find(|&(_, c)| class(c) == Class::Letter).map(|(i, _)| i);
        let word = &word[..arabic.unwrap_or(word.len())];
        let kind = if word.chars().any(char::is_alphanumeric) { Kind::Foreign } else { Kind::Sign };
        let kept = word.trim_end_matches(|c| class(c) == Class::Control);
        let end = self.at + if kept.is_empty() { word.len() } else { kept.len() };
        self.push(kind, end);
    }

    fn take_mark(&mut self) -> bool {
        let found = MARK.find(&self.raw[self.at..]).map(|m| m.end());
        if let Some(length) = found {
            self.push(Kind::Mark, self.at + length);
        }
        found.is_some()
    }

    /// Takes an address; looks only where a run of ASCII begins and holds
    /// what every address has.
    fn take_address(&mut self) -> bool {
        let bytes = self.raw.as_bytes();
        let begins =
            self.at == 0 || !bytes[self.at - 1].is_ascii_graphic() || b"(\"'<[".contains(&bytes[self.at - 1]);
        if !begins || !bytes[self.at].is_ascii_alphanumeric() {
            return false;
        }
        let limit = bytes.len().min(self.at + ADDRESS_LIMIT);
        let run = bytes[self.at..limit].iter().take_while(|b| b.is_ascii_graphic()).count();
        let run = &self.raw[self.at..self.at + run];
        if run.len() < 5 || !(run.contains('@') || run.contains("://") || run.as_bytes()[3] == b'.') {
            return false;
        }
        let found = ADDRESS.find(run).map(|m| m.end());
        if let Some(length) = found {
            self.push(Kind::Address, self.at + length);
        }
        found.is_some()
    }

    fn write(&mut self, folded: Folded) {
        self.folded[self.written..self.written + 2].copy_from_slice(&folded.bytes);
        self.written += usize::from(folded.length);
    }

    /// Adds the token that ends at `end`.
    fn push(&mut self, kind: Kind, end: usize) {
        let fold_start = self.written;
        let alone = short(self.raw.as_bytes(), self.at).filter(|(_, length)| self.at + length == end);
        if let Some(folded) = alone.and_then(|(code, _)| self.cells[code].folded) {
            self.write(folded);
        } else {
            self.spare.clear();
            SEARCH.fold_into(&self.raw[self.at..end], &mut self.spare);
            self.written += self.spare.len();
            // A ligature folds to more letters than it has bytes.
            self.folded.resize(self.written + self.raw.len() - end + 1, 0);
            self.folded[fold_start..self.written].copy_from_slice(self.spare.as_bytes());
        }
        self.add(kind, end, fold_start);
    }

    /// Adds the token that ends at `end`, folded from `fold_start` on.
    fn add(&mut self, kind: Kind, end: usize, fold_start: usize) {
        self.tokens.push(Token {
            start: offset(self.at),
            end: offset(end),
            fold_start: offset(fold_start),
            fold_end: offset(self.written),
            kind,
            gap: self.gap,
        });
        self.at = end;
        self.gap = Gap::None;
    }
}

/// Offsets fit: [`super::normalize`] bounds the text, and folding a text
/// shorter than 4 GiB gives fewer than 4 GiB of folded forms in all but
/// hostile ligature runs, which saturate.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(raw: &str) -> Vec<(&str, Kind)> {
        segment(raw).0.iter().map(|t| (t.span().of(raw), t.kind)).collect()
    }

    #[test]
    fn letters_digits_and_latin_part_company() {
        assert_eq!(
            tokens("و350 طفلًا F16 5G"),
            [
                ("و", Kind::Word),
                ("350", Kind::Digits),
                ("طفلًا", Kind::Word),
                ("F16", Kind::Foreign),
                ("5", Kind::Digits),
                ("G", Kind::Foreign)
            ]
        );
    }

    #[test]
    fn addresses_and_marks_stay_whole() {
        let found = tokens("موقع https://example.org/a?b=1، بريد a.b@example.org [12].");
        let kinds: Vec<_> = found.iter().map(|t| t.1).collect();
        assert_eq!(found[1], ("https://example.org/a?b=1", Kind::Address));
        assert_eq!(found[4], ("a.b@example.org", Kind::Address));
        assert_eq!(kinds[5], Kind::Mark);
    }

    #[test]
    fn direction_marks_stay_outside_tokens() {
        assert_eq!(tokens("٢٣\u{200F}/١١"), [("٢٣", Kind::Digits), ("/", Kind::Sign), ("١١", Kind::Digits)]);
    }
}
