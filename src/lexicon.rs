//! Word lists: the `.tsv` format they are written in, and one vocabulary over
//! all of them, so that a word of a text is looked up once.
//!
//! A vocabulary maps a folded word to the lists it begins an entry of; longer
//! entries compare word numbers, never strings. Knows no particular list: each
//! module owns its own and adds it here under a [`List`].

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

use crate::normalize::letters::SEARCH;
use crate::normalize::segment;

/// The lists of the program; one bit each in [`Bits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum List {
    /// Number words.
    Number,
    /// Words of the number grammar that are no part of a number's value (بين,
    /// في المئة, رقم).
    NumberCue,
    /// Nouns before digits: what a name, a rank or a whole is of (المادة،
    /// المركز، سكان).
    NumberNoun,
    /// Ordinal words.
    Ordinal,
    /// Units of measure.
    Unit,
    /// Currencies.
    Currency,
    /// Month names of any calendar.
    Month,
    /// Weekdays.
    Weekday,
    /// Words of the date grammar (عام، أمس، مطلع، الماضي …).
    DateWord,
    /// Those of them that can begin a date.
    DateOpener,
    /// Words that say something of the time behind them (حتى، حرب).
    DateNeighbour,
    /// Countries.
    Country,
    /// Nationality words.
    Nationality,
    /// Places of any other kind.
    Place,
    /// Given names.
    Given,
    /// Surnames.
    Surname,
    /// Particles inside names.
    Particle,
    /// Honorifics and offices.
    Title,
    /// Organisations known by name.
    Organisation,
    /// Nouns that begin an organisation's name.
    OrganisationHead,
    /// Words that stand inside organisations' names.
    OrganisationWord,
    /// Nouns that begin an event's or a work's name.
    EventHead,
    /// Words that end a chain of names.
    Stop,
    /// Comparators (أكثر من …).
    Comparator,
    /// Words that make years an age (عمره، دون …).
    Age,
    /// Reporting cues (قال، بحسب …).
    Reporting,
    /// Governing verbs and verbal nouns.
    Predicate,
    /// Verbs and nouns of rise and fall.
    Change,
    /// Cues of planned, estimated, negated statements.
    Modality,
    /// Cues of a part in a whole (من بينهم …).
    Subset,
    /// Nouns with lemma and plurals.
    Noun,
    /// Function words.
    Function,
}

/// A set of [`List`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bits(u64);

impl Bits {
    /// No list.
    pub const NONE: Self = Self(0);

    /// The set of these lists.
    pub const fn of(lists: &[List]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < lists.len() {
            bits |= 1 << lists[i] as u8;
            i += 1;
        }
        Self(bits)
    }

    /// Whether `list` is in the set.
    pub const fn has(self, list: List) -> bool {
        self.0 >> list as u8 & 1 == 1
    }

    /// Whether the two share a list.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Lists in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Lists in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether no list is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The number of a folded word in a [`Vocabulary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

/// One entry of a list, as seen from its first word.
#[derive(Clone, Debug)]
pub struct Sense {
    /// The list.
    pub list: List,
    /// The row's number in its owner's table.
    pub row: u32,
    /// The words after the first, empty for an entry of one word.
    pub tail: SmallVec<[WordId; 2]>,
}

impl Sense {
    /// What the entries of a word are sorted by.
    fn key(&self) -> (u8, Option<WordId>) {
        (self.list as u8, self.tail.first().copied())
    }
}

#[derive(Debug, Default)]
struct Entry {
    /// Lists of which the word begins an entry.
    bits: Bits,
    /// Lists of which it is an entry alone.
    alone: Bits,
    /// By list; within one by the second word, those without one first.
    senses: SmallVec<[Sense; 1]>,
}

/// Bits of the sieve, as a power of two: 64 KiB stay in the nearest caches.
const SIEVE_BITS: u32 = 19;

/// Tells most words that no list has, without touching the map: one bit a
/// word, set by a hash of it.
#[derive(Debug)]
struct Sieve(Vec<u64>);

impl Default for Sieve {
    fn default() -> Self {
        Self(vec![0; 1 << (SIEVE_BITS - 6)])
    }
}

impl Sieve {
    fn place(word: &str) -> (usize, u64) {
        let hash = FxBuildHasher.hash_one(word) >> (64 - SIEVE_BITS);
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    fn add(&mut self, word: &str) {
        let (cell, bit) = Self::place(word);
        self.0[cell] |= bit;
    }

    fn may_hold(&self, word: &str) -> bool {
        let (cell, bit) = Self::place(word);
        self.0[cell] & bit != 0
    }
}

/// All words of all lists.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: FxHashMap<Box<str>, WordId>,
    sieve: Sieve,
    entries: Vec<Entry>,
    /// Lists that have an entry which begins with these two words.
    pairs: FxHashMap<(WordId, WordId), Bits>,
}

impl Vocabulary {
    /// Adds `form` (one or several words, any spelling) to `list` as row `row`.
    pub fn add(&mut self, list: List, form: &str, row: usize) {
        let mut words =
            split_form(form).into_iter().map(|word| self.intern(&word)).collect::<Vec<_>>().into_iter();
        let Some(first) = words.next() else { return };
        let sense = Sense { list, row: row as u32, tail: words.collect() };
        let entry = &mut self.entries[first.0 as usize];
        let same = |s: &Sense| s.list == list && s.row == sense.row && s.tail == sense.tail;
        if entry.senses.iter().any(same) {
            return;
        }
        entry.bits = entry.bits.or(Bits::of(&[list]));
        match sense.tail.first() {
            None => entry.alone = entry.alone.or(Bits::of(&[list])),
            Some(&second) => {
                let pair = self.pairs.entry((first, second)).or_default();
                *pair = pair.or(Bits::of(&[list]));
            }
        }
        let place = entry.senses.partition_point(|s| s.key() <= sense.key());
        entry.senses.insert(place, sense);
    }

    fn intern(&mut self, folded: &str) -> WordId {
        if let Some(&id) = self.ids.get(folded) {
            return id;
        }
        let id = WordId(self.entries.len() as u32);
        self.ids.insert(folded.into(), id);
        self.sieve.add(folded);
        self.entries.push(Entry::default());
        id
    }

    /// The number of a folded word, if any list has it.
    pub fn id(&self, folded: &str) -> Option<WordId> {
        if self.sieve.may_hold(folded) { self.ids.get(folded).copied() } else { None }
    }

    /// The lists of which `word` begins an entry.
    pub fn bits(&self, word: WordId) -> Bits {
        self.entries[word.0 as usize].bits
    }

    /// The lists of which `word` begins an entry, where `next` is the word
    /// after it.
    pub fn bits_before(&self, word: WordId, next: Option<WordId>) -> Bits {
        let entry = &self.entries[word.0 as usize];
        match next.filter(|_| entry.alone != entry.bits) {
            None => entry.alone,
            Some(next) => self.pairs.get(&(word, next)).map_or(entry.alone, |&pair| entry.alone.or(pair)),
        }
    }

    /// The entries of `list` that are `word` alone, and those that go on with
    /// the word `next`.
    pub fn senses(&self, word: WordId, list: List, next: Option<WordId>) -> (&[Sense], &[Sense]) {
        let all = &self.entries[word.0 as usize].senses;
        let from = all.partition_point(|s| (s.list as u8) < list as u8);
        let all = &all[from..];
        let alone = all.iter().take_while(|s| s.list == list && s.tail.is_empty()).count();
        let (alone, longer) = all.split_at(alone);
        let Some(next) = next.filter(|_| longer.first().is_some_and(|s| s.list == list)) else {
            return (alone, &[]);
        };
        let key = (list as u8, Some(next));
        let longer = &longer[longer.partition_point(|s| s.key() < key)..];
        let count = longer.iter().take_while(|s| s.key() == key).count();
        (alone, &longer[..count])
    }

    /// How many different words the lists hold.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no list was added.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The folded words of a list's form, split as a text is: signs are words too.
fn split_form(form: &str) -> Vec<String> {
    if !form.contains(|c: char| c.is_whitespace() || c.is_ascii() || !c.is_alphabetic()) {
        return vec![SEARCH.fold(form)];
    }
    let text = segment::words(form);
    text.into_iter().filter(|word| !word.is_empty()).collect()
}

/// One row of a `.tsv` list: the cells under the names of the header.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    line: &'a str,
    /// Line number in the file, from 1.
    pub number: usize,
}

impl<'a> Row<'a> {
    /// The cell in column `column`, empty where the row ends before it.
    pub fn cell(&self, column: usize) -> &'a str {
        self.line.split('\t').nth(column).unwrap_or("")
    }

    /// The spellings in column `column`, which `|` separates.
    pub fn forms(&self, column: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cell(column).split('|').filter(|form| !form.is_empty())
    }
}

/// The rows of a `.tsv` list: comment lines begin with `#`, the first other
/// line names the columns and is passed over.
pub fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    let lines = table.lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    lines.skip(1).map(|(line, number)| Row { line, number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_their_second_word() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(List::Country, "كوريا", 0);
        vocabulary.add(List::Country, "كوريا الجنوبية", 1);
        let first = vocabulary.id("كوريا").expect("added");
        let south = vocabulary.id("الجنوبيه");
        let rows = |senses: &[Sense]| senses.iter().map(|s| s.row).collect::<Vec<_>>();
        let (alone, longer) = vocabulary.senses(first, List::Country, south);
        assert_eq!((rows(alone), rows(longer)), (vec![0], vec![1]));
        assert!(vocabulary.senses(first, List::Country, None).1.is_empty());
        assert!(vocabulary.senses(first, List::Place, south).0.is_empty());
        assert!(vocabulary.bits(first).has(List::Country));
        assert!(vocabulary.bits(vocabulary.id("الجنوبيه").expect("added")).is_empty());
    }

    #[test]
    fn rows_skip_comments_and_the_header() {
        let table = "# source: own work\nform\tkind\nأ\tx\n\nب\ty|z\n";
        let cells: Vec<_> = rows(table).map(|r| (r.number, r.cell(0), r.forms(1).count())).collect();
        assert_eq!(cells, [(3, "أ", 1), (5, "ب", 2)]);
    }
}
