//! A text with every word looked up once: all that a rule sees.
//!
//! Knows no particular list and takes no decision; it only answers which
//! entries begin at a token, whatever proclitics stand before them.

use std::cell::{OnceCell, RefCell};
use std::hint::black_box;
use std::ops::Range;

use smallvec::SmallVec;

use super::amount::{Cardinal, Number};
use crate::lexicon::{Bits, Key, List, Probe, Sense, Vocabulary, Word, WordId};
use crate::normalize::clitics::{self, Cut};
use crate::normalize::{Gap, Kind, Text, Token};
use crate::span::Span;

/// One way to read a token as a word of the lists.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The word, without what is cut off.
    pub word: Word,
    /// The lists in which the word begins an entry.
    pub bits: Bits,
    /// What is cut off the front, in bytes of the folded token.
    pub cut: Cut,
}

/// Whether an entry may be found behind a definite article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Article {
    /// The article is part of the entry, or the word has none.
    Kept,
    /// The article may also be cut off.
    Free,
}

/// An entry of a list, found in the text.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The row's number in its owner's table.
    pub row: usize,
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// What was cut off the first token.
    pub cut: Cut,
}

/// A [`Found`] as it is kept: eight bytes, for its token says the rest.
#[derive(Clone, Copy, Debug)]
struct Match {
    /// List, tokens that the entry lacks of the most, bytes cut off, and how
    /// many of these are no article: sorted by it, longer entries of a list
    /// come first, of those as long the ones that cut less.
    rank: [u8; 4],
    row: u32,
}

impl Match {
    const fn new(sense: &Sense, cut: Cut) -> Self {
        let (clitics, stem) = (cut.clitics as u8, cut.stem() as u8);
        Self {
            rank: [sense.list() as u8, u8::MAX - sense.words() as u8, stem, clitics],
            row: sense.row() as u32,
        }
    }

    const fn order(self) -> u32 {
        u32::from_be_bytes(self.rank)
    }

    const fn is_of(self, list: List) -> bool {
        self.rank[0] == list as u8
    }

    const fn tokens(self) -> usize {
        (u8::MAX - self.rank[1]) as usize
    }

    const fn cuts_article(self) -> bool {
        self.rank[2] > self.rank[3]
    }

    const fn cuts_nothing(self) -> bool {
        self.rank[2] == 0
    }

    fn at(self, i: usize) -> Found {
        let [.., stem, clitics] = self.rank;
        let cut = Cut { clitics: clitics.into(), article: (stem - clitics).into() };
        Found { row: self.row as usize, start: i, end: i + self.tokens(), cut }
    }
}

/// The entries of one list that begin at one token, the longest first; of
/// those as long, the one that cuts least.
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    left: &'a [Match],
    at: usize,
    article: Article,
}

impl Iterator for Entries<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while let Some((first, rest)) = self.left.split_first() {
            self.left = rest;
            if self.article == Article::Free || !first.cuts_article() {
                return Some(first.at(self.at));
            }
        }
        None
    }
}

/// What the rules of claims know of a token, one bit a role: of the word as it
/// stands, and of it whatever proclitics stand before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    pub whole: u128,
    pub cut: u128,
}

/// A text and its words' entries.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    vocabulary: &'a Vocabulary,
    forms: Vec<Form>,
    /// Where each token's forms begin; one more than there are tokens.
    starts: Vec<u32>,
    /// The entries that begin at the tokens, each token's by [`Match::rank`].
    matches: Vec<Match>,
    /// Where each token's matches begin; one more than there are tokens.
    match_starts: Vec<u32>,
    /// All lists that a token can begin an entry of.
    bits: Vec<Bits>,
    /// The same where no article may be cut off.
    kept: Vec<Bits>,
    /// The whole word of each token, if a list has it.
    words: Vec<Option<WordId>>,
    /// Numbers found so far, in order of their first token.
    pub numbers: Vec<Number>,
    /// For each token the number that begins there.
    number_at: Vec<u32>,
    /// The cardinals that the number rules asked for last, each with its
    /// token; a token's place is its number modulo the length.
    cardinals: RefCell<[Remembered; MEMORY]>,
    /// One a token, made when they are first asked for.
    marks: OnceCell<Vec<Mark>>,
}

/// What was found at a token: a cardinal or none; nothing where nobody asked.
type Remembered = Option<(usize, Option<Cardinal>)>;

/// A word that a token may be read as, on its way through the vocabulary.
struct Candidate<'a> {
    cut: Cut,
    probe: Probe<'a, 'a>,
}

/// How many tokens are looked up together. Words stand far apart in memory;
/// the processor waits for many of them as long as for one.
const TOGETHER: usize = 32;

/// How many cardinals a reading remembers.
const MEMORY: usize = 8;

/// No number begins here.
const NO_NUMBER: u32 = u32::MAX;

impl<'a> Reading<'a> {
    /// Looks up every word of `text`.
    pub fn new(text: &'a Text<'a>, vocabulary: &'a Vocabulary) -> Self {
        let count = text.tokens.len();
        let mut reading = Self {
            text,
            vocabulary,
            forms: Vec::with_capacity(count),
            starts: Vec::with_capacity(count + 1),
            matches: Vec::with_capacity(count),
            match_starts: Vec::with_capacity(count + 1),
            bits: Vec::with_capacity(count),
            kept: Vec::with_capacity(count),
            words: Vec::with_capacity(count),
            numbers: Vec::new(),
            number_at: Vec::new(),
            cardinals: RefCell::default(),
            marks: OnceCell::new(),
        };
        let mut candidates = Vec::with_capacity(4 * TOGETHER);
        for from in (0..count).step_by(TOGETHER) {
            candidates.clear();
            let to = count.min(from + TOGETHER);
            let ends = reading.probe(from..to, &mut candidates);
            reading.settle(&candidates, &ends[..to - from]);
        }
        reading.starts.push(reading.forms.len() as u32);
        for from in (0..count).step_by(TOGETHER) {
            reading.match_entries(from..count.min(from + TOGETHER));
        }
        reading.match_starts.push(reading.matches.len() as u32);
        reading
    }

    /// Begins the look-ups of `tokens`: each as it stands, then as each of its
    /// cuts reads it. Returns where the candidates of each end.
    fn probe(&self, tokens: Range<usize>, candidates: &mut Vec<Candidate<'a>>) -> [usize; TOGETHER] {
        let mut ends = [0; TOGETHER];
        for (i, end) in tokens.zip(&mut ends) {
            let (folded, length) = (self.text.folded_from(i).as_bytes(), self.text.folded(i).len());
            let mut begin = |key, cut| {
                if let Some(probe) = self.vocabulary.probe(key) {
                    candidates.push(Candidate { cut, probe });
                }
            };
            if self.text.tokens[i].kind == Kind::Word {
                for cut in clitics::cuts(self.text.folded(i)).iter() {
                    let (rest, length) = (&folded[cut.stem()..], length - cut.stem());
                    begin(Key::new(rest, length), cut);
                    if cut.article == 2 {
                        begin(Key::behind("ال", rest, length), Cut { article: 0, ..cut });
                    }
                }
            } else {
                begin(Key::new(folded, length), Cut { clitics: 0, article: 0 });
            }
            *end = candidates.len();
        }
        ends
    }

    /// Ends the look-ups of tokens whose candidates end at `ends`, and keeps
    /// the forms that lists have.
    fn settle(&mut self, candidates: &[Candidate<'a>], ends: &[usize]) {
        black_box(candidates.iter().fold(0, |sum, candidate| sum ^ candidate.probe.touch()));
        let mut from = 0;
        for &to in ends {
            self.starts.push(self.forms.len() as u32);
            let mut whole = None;
            for Candidate { cut, probe } in &candidates[from..to] {
                let Some(word) = self.vocabulary.settle(probe) else { continue };
                if cut.stem() == 0 {
                    whole = Some(word.id);
                }
                if !word.bits.is_empty() {
                    self.forms.push(Form { word, bits: word.bits, cut: *cut });
                }
            }
            self.words.push(whole);
            from = to;
        }
    }

    /// Finds the entries that begin at `tokens`, and leaves their forms only
    /// the lists of those.
    fn match_entries(&mut self, tokens: Range<usize>) {
        let forms = self.starts[tokens.start] as usize..self.starts[tokens.end] as usize;
        let touched = self.forms[forms].iter().map(|form| self.vocabulary.touch(&form.word));
        black_box(touched.fold(0, |sum, row| sum ^ row));
        for i in tokens {
            self.match_entries_at(i);
        }
    }

    fn match_entries_at(&mut self, i: usize) {
        let from = self.matches.len();
        self.match_starts.push(from as u32);
        let next = self.words.get(i + 1).copied().flatten();
        let (mut all, mut kept) = (Bits::NONE, Bits::NONE);
        for at in self.starts[i] as usize..self.starts[i + 1] as usize {
            let Form { word, cut, .. } = self.forms[at];
            let mut bits = Bits::NONE;
            for sense in self.vocabulary.alone(&word) {
                self.matches.push(Match::new(sense, cut));
                bits = bits.or(sense.bit());
            }
            for sense in self.vocabulary.longer(&word, next) {
                if self.follows(i + 1, self.vocabulary.tail(sense)) {
                    self.matches.push(Match::new(sense, cut));
                    bits = bits.or(sense.bit());
                }
            }
            self.forms[at].bits = bits;
            all = all.or(bits);
            kept = if cut.article == 0 { kept.or(bits) } else { kept };
        }
        let found = &mut self.matches[from..];
        if !found.is_sorted_by_key(|m| m.order()) {
            found.sort_by_key(|m| m.order());
        }
        self.bits.push(all);
        self.kept.push(kept);
    }

    /// The cardinal at token `i`, which `read` reads if nobody asked for it
    /// just before.
    pub fn cardinal(&self, i: usize, read: impl FnOnce() -> Option<Cardinal>) -> Option<Cardinal> {
        let kept = self.cardinals.borrow()[i % MEMORY].filter(|(at, _)| *at == i);
        if let Some((_, cardinal)) = kept {
            return cardinal;
        }
        let cardinal = read();
        self.cardinals.borrow_mut()[i % MEMORY] = Some((i, cardinal));
        cardinal
    }

    /// The marks of all tokens, which `make` makes where nobody asked before.
    #[inline]
    pub(super) fn marks(&self, make: impl FnOnce() -> Vec<Mark>) -> &[Mark] {
        self.marks.get_or_init(make)
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether the text has no token.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Token `i`, if there is one.
    pub fn token(&self, i: usize) -> Option<&Token> {
        self.text.tokens.get(i)
    }

    /// The lists that token `i` can begin an entry of.
    #[inline]
    pub fn bits(&self, i: usize) -> Bits {
        self.bits.get(i).copied().unwrap_or_default()
    }

    /// The lists of which a folded word begins an entry.
    pub fn lists_of(&self, folded: &str) -> Bits {
        self.vocabulary.word(folded).map_or(Bits::NONE, |word| word.bits)
    }

    /// The lists of which `front`, of at most eight bytes, and a folded word
    /// behind it begin an entry.
    pub(super) fn lists_behind(&self, front: &str, folded: &str) -> Bits {
        let word = self.vocabulary.find(Key::behind(front, folded.as_bytes(), folded.len()));
        word.map_or(Bits::NONE, |word| word.bits)
    }

    /// The lists that token `i` can begin an entry of, its article kept.
    #[inline]
    pub fn bits_with_article(&self, i: usize) -> Bits {
        self.kept.get(i).copied().unwrap_or_default()
    }

    /// Every way to read token `i`, the whole word first.
    pub fn forms(&self, i: usize) -> &[Form] {
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(&from), Some(&to)) => &self.forms[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The folded form of token `i`, empty past the end.
    pub fn folded(&self, i: usize) -> &str {
        if i < self.len() { self.text.folded(i) } else { "" }
    }

    /// The original spelling of token `i`, empty past the end.
    pub fn surface(&self, i: usize) -> &'a str {
        if i < self.len() { self.text.surface(i) } else { "" }
    }

    /// Whether token `i` folds to one of `words`. Where these are constants,
    /// the compiler makes a few comparisons of numbers of it.
    #[expect(clippy::inline_always, reason = "only the caller's compiler knows the words")]
    #[inline(always)]
    pub fn is(&self, i: usize, words: &[&str]) -> bool {
        let folded = self.folded_bytes(i);
        words.iter().any(|word| word.as_bytes() == folded)
    }

    /// The folded form of token `i`, empty past the end.
    fn folded_bytes(&self, i: usize) -> &[u8] {
        self.folded(i).as_bytes()
    }

    /// Whether the folded `word` alone is or begins an entry of `list`.
    pub fn knows(&self, list: List, word: &str) -> bool {
        self.vocabulary.word(word).is_some_and(|word| word.bits.has(list))
    }

    /// What token `i` is made of.
    #[inline]
    pub fn kind(&self, i: usize) -> Option<Kind> {
        self.token(i).map(|t| t.kind)
    }

    /// Whether token `i` follows the one before it without white space.
    pub fn glued(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.gap == Gap::None)
    }

    /// Whether tokens `i - 1` and `i` stand on one line.
    pub fn same_line(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.gap != Gap::Line)
    }

    /// The longest entry of `list` that begins at token `i`; of those as long,
    /// the one that cuts least.
    #[inline]
    pub fn find(&self, list: List, i: usize, article: Article) -> Option<Found> {
        self.entries(list, i, article).next()
    }

    /// Every entry of `list` that begins at token `i`, the longest first, for
    /// those who look at them more than once; else [`entries`](Self::entries).
    pub fn find_all(&self, list: List, i: usize, article: Article) -> SmallVec<[Found; 4]> {
        self.entries(list, i, article).collect()
    }

    /// Every entry of `list` that begins at token `i`, the longest first, one
    /// after the other.
    #[inline]
    pub fn entries(&self, list: List, i: usize, article: Article) -> Entries<'_> {
        let bits = if article == Article::Kept { self.bits_with_article(i) } else { self.bits(i) };
        let left = if bits.has(list) { self.matches_of(list, i) } else { &[] };
        Entries { left, at: i, article }
    }

    /// The matches of `list` at token `i`.
    fn matches_of(&self, list: List, i: usize) -> &[Match] {
        let all = self.matches_at(i);
        let from = all.iter().position(|m| m.is_of(list)).unwrap_or(all.len());
        let count = all[from..].iter().take_while(|m| m.is_of(list)).count();
        &all[from..from + count]
    }

    fn matches_at(&self, i: usize) -> &[Match] {
        &self.matches[self.match_starts[i] as usize..self.match_starts[i + 1] as usize]
    }

    /// The rows of the entries of `list` that token `i` alone is, its article
    /// kept, and whether nothing is cut off.
    pub(super) fn alone(&self, list: List, i: usize) -> impl Iterator<Item = (usize, bool)> {
        let alone = move |m: &&Match| m.is_of(list) && m.tokens() == 1 && !m.cuts_article();
        self.matches_at(i).iter().filter(alone).map(|m| (m.row as usize, m.cuts_nothing()))
    }

    /// Whether token `i`, nothing cut off, begins an entry of `list`.
    #[inline]
    pub fn is_whole(&self, list: List, i: usize) -> bool {
        self.forms(i).first().is_some_and(|form| form.cut.stem() == 0 && form.bits.has(list))
    }

    /// The row of the entry of `list` that token `i` is, nothing cut off.
    #[inline]
    pub fn whole_row(&self, list: List, i: usize) -> Option<usize> {
        let mut alone = self.entries(list, i, Article::Kept).filter(|found| found.end == i + 1);
        alone.find(|found| found.cut.stem() == 0).map(|found| found.row)
    }

    /// The rows of the entries of `list` that token `i` alone is, its article
    /// kept, whatever proclitics are cut off.
    pub fn rows(&self, list: List, i: usize) -> impl Iterator<Item = usize> {
        let alone = self.entries(list, i, Article::Kept).filter(move |found| found.end == i + 1);
        alone.map(|found| found.row)
    }

    /// Whether the tokens from `i` on are exactly these words, on one line.
    fn follows(&self, i: usize, words: &[WordId]) -> bool {
        words.iter().zip(i..).all(|(&word, at)| self.words.get(at) == Some(&Some(word)) && self.same_line(at))
    }

    /// Byte offset in the original of what remains of token `i` after `bytes`
    /// folded bytes (proclitics, article) are cut off its front.
    pub fn start_after(&self, i: usize, bytes: usize) -> usize {
        let start = self.text.tokens[i].start as usize;
        if bytes == 0 {
            return start;
        }
        let letters = self.folded(i)[..bytes].chars().count();
        let surface = self.surface(i);
        // A ligature that holds the clitic too cannot be parted.
        let cut = Some(clitics::skip(surface, letters)).filter(|&cut| cut < surface.len());
        start + cut.unwrap_or(0)
    }

    /// The span of a found entry without its proclitics; without its article
    /// too where that was cut off.
    pub fn span_of(&self, found: &Found) -> Span {
        let end = self.text.span(found.start, found.end).end;
        Span::new(self.start_after(found.start, found.cut.stem()), end)
    }

    /// The span of tokens `start..end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.text.span(start, end)
    }

    /// Hands the numbers over to the rules that come after the number stage.
    pub fn set_numbers(&mut self, numbers: Vec<Number>) {
        self.number_at = vec![NO_NUMBER; self.len()];
        for (index, number) in numbers.iter().enumerate() {
            self.number_at[number.start] = index as u32;
        }
        self.numbers = numbers;
    }

    /// The number whose first token is `i`.
    #[inline]
    pub fn number_at(&self, i: usize) -> Option<&Number> {
        let index = *self.number_at.get(i)?;
        self.numbers.get(index as usize)
    }
}
