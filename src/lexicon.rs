//! Word lists: the `.tsv` format they are written in, and one vocabulary over
//! all of them, so that a word of a text is looked up once.
//!
//! A vocabulary maps a folded word to the lists it begins an entry of; longer
//! entries compare word numbers, never strings. Knows no particular list: each
//! module owns its own and adds it here under a [`List`].

// Folded words and where they stand.
mod table;

use rustc_hash::FxHashMap;

use crate::normalize::letters::SEARCH;
use crate::normalize::segment;

use table::Words;
pub use table::{Key, Probe};

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
    /// Those of them that begin a date and say none of it alone (قبل، كل).
    DateOpener,
    /// Units of time.
    TimeUnit,
    /// Words for days from now and for parts of the day.
    DayWord,
    /// Words for parts of a period, seasons, decades, feasts, recurring times.
    PeriodWord,
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
    /// Words that single rules of claims ask for.
    ClaimWord,
    /// Names that a user gives.
    User,
    /// Those of the nouns that are persons.
    Role,
    /// Verbs, adjectives and adverbs that names are mistaken for.
    Everyday,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The list.
    list: List,
    /// How many words stand after the first.
    tail: u8,
    /// Where those stand among all tails.
    tail_start: u32,
    /// The row's number in its owner's table.
    row: u32,
}

impl Sense {
    /// The list.
    pub const fn list(&self) -> List {
        self.list
    }

    /// The list, as a set.
    pub const fn bit(&self) -> Bits {
        Bits::of(&[self.list])
    }

    /// The row's number in its owner's table.
    pub const fn row(&self) -> usize {
        self.row as usize
    }

    /// How many words the entry has.
    pub const fn words(&self) -> usize {
        self.tail as usize + 1
    }
}

/// A word of a [`Vocabulary`] with what is known of it. It stands where the
/// word itself does, for another look into a table costs more than all else.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its number.
    pub id: WordId,
    /// Lists of which the word begins an entry.
    pub bits: Bits,
    /// Where its senses begin among all, those of one word first.
    senses: u32,
    /// How many of them are of one word.
    alone: u32,
    /// Whether others follow those.
    longer: bool,
}

impl Word {
    /// A word of which nothing is known yet.
    const fn new(id: WordId) -> Self {
        Self { id, bits: Bits::NONE, senses: 0, alone: 0, longer: false }
    }
}

/// Collects the entries of all lists, from which a [`Vocabulary`] is built.
#[derive(Debug, Default)]
pub struct VocabularyBuilder {
    words: Words,
    senses: Vec<(WordId, Sense)>,
    tails: Vec<WordId>,
    /// The words of the form that is being added.
    form: Vec<WordId>,
    folded: String,
}

impl VocabularyBuilder {
    /// Adds `form` (one or several words, any spelling) to `list` as row `row`.
    pub fn add(&mut self, list: List, form: &str, row: usize) {
        self.form.clear();
        if form.contains(|c: char| c.is_whitespace() || c.is_ascii() || !c.is_alphabetic()) {
            // Split as a text is: signs are words too.
            let words = segment::words(form);
            self.form
                .extend(words.iter().filter(|word| !word.is_empty()).map(|word| self.words.intern(word)));
        } else {
            self.folded.clear();
            SEARCH.fold_into(form, &mut self.folded);
            self.form.push(self.words.intern(&self.folded));
        }
        let Some((&first, tail)) = self.form.split_first() else { return };
        let tail_start = self.tails.len() as u32;
        self.tails.extend_from_slice(tail);
        self.senses.push((first, Sense { list, tail: tail.len() as u8, tail_start, row: row as u32 }));
    }

    /// The vocabulary of all that was added.
    pub fn build(mut self) -> Vocabulary {
        let tails = &self.tails;
        self.senses.sort_by_key(|(word, sense)| (*word, key(tails, sense)));
        let mut vocabulary = Vocabulary {
            senses: Vec::with_capacity(self.senses.len()),
            pairs: FxHashMap::default(),
            words: self.words,
            tails: self.tails,
        };
        let mut senses = self.senses.into_iter().peekable();
        let mut words = Vec::with_capacity(vocabulary.words.len());
        for id in (0..vocabulary.words.len() as u32).map(WordId) {
            let mut word = Word { senses: vocabulary.senses.len() as u32, ..Word::new(id) };
            while let Some((_, sense)) = senses.next_if(|(of, _)| *of == id) {
                vocabulary.add(&mut word, sense);
            }
            words.push(word);
        }
        for word in vocabulary.words.all_mut() {
            *word = words[word.id.0 as usize];
        }
        vocabulary
    }
}

fn tail<'a>(tails: &'a [WordId], sense: &Sense) -> &'a [WordId] {
    let start = sense.tail_start as usize;
    &tails[start..start + sense.tail as usize]
}

/// What the senses of a word are sorted by: the second word, none first, then
/// the list.
fn key(tails: &[WordId], sense: &Sense) -> (Option<WordId>, u8) {
    (tail(tails, sense).first().copied(), sense.list as u8)
}

/// All words of all lists.
#[derive(Debug)]
pub struct Vocabulary {
    words: Words,
    /// By word, then second word, then list.
    senses: Vec<Sense>,
    /// The words of all entries after their first.
    tails: Vec<WordId>,
    /// The senses that begin with these two words, as a range.
    pairs: FxHashMap<u64, (u32, u32)>,
}

/// The key of two words in [`Vocabulary::pairs`].
const fn pair(first: WordId, second: WordId) -> u64 {
    (first.0 as u64) << 32 | second.0 as u64
}

impl Vocabulary {
    /// Adds a sense of `word`, the last that has any, once.
    fn add(&mut self, word: &mut Word, sense: Sense) {
        let same = |other: &&Sense| {
            other.list == sense.list && other.row == sense.row && self.tail(other) == self.tail(&sense)
        };
        if self.senses[word.senses as usize..].iter().rev().any(|other| same(&other)) {
            return;
        }
        let second = self.tail(&sense).first().copied();
        word.bits = word.bits.or(sense.bit());
        let place = self.senses.len() as u32;
        if let Some(second) = second {
            word.longer = true;
            self.pairs.entry(pair(word.id, second)).or_insert((place, place)).1 = place + 1;
        } else {
            word.alone += 1;
        }
        self.senses.push(sense);
    }

    /// A folded word, if any list has it.
    pub fn word(&self, folded: &str) -> Option<Word> {
        self.find(Key::new(folded.as_bytes(), folded.len()))
    }

    /// The word of `key`, if any list has it.
    pub fn find(&self, key: Key<'_>) -> Option<Word> {
        let probe = self.probe(key)?;
        self.settle(&probe)
    }

    /// The first half of a look-up; none where no list has the word.
    #[inline]
    pub fn probe<'w>(&self, key: Key<'w>) -> Option<Probe<'_, 'w>> {
        self.words.probe(key)
    }

    /// The second half of a look-up.
    #[inline]
    pub fn settle(&self, probe: &Probe<'_, '_>) -> Option<Word> {
        self.words.settle(probe)
    }

    /// The words of an entry after its first.
    pub fn tail(&self, sense: &Sense) -> &[WordId] {
        tail(&self.tails, sense)
    }

    /// The entries that are `word` alone, by list.
    pub fn alone(&self, word: &Word) -> &[Sense] {
        &self.senses[word.senses as usize..][..word.alone as usize]
    }

    /// Some bits of the first entry of `word`; see [`Probe::touch`].
    #[inline]
    pub fn touch(&self, word: &Word) -> u32 {
        self.senses.get(word.senses as usize).map_or(0, |sense| sense.row)
    }

    /// The entries that begin with `word` and go on with `next`, by list.
    pub fn longer(&self, word: &Word, next: Option<WordId>) -> &[Sense] {
        let next = next.filter(|_| word.longer);
        let range = next.and_then(|next| self.pairs.get(&pair(word.id, next)));
        range.map_or(&[], |&(from, to)| &self.senses[from as usize..to as usize])
    }

    /// How many different words the lists hold.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no list was added.
    pub fn is_empty(&self) -> bool {
        self.words.len() == 0
    }
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

    /// The first `N` cells, empty where the row ends before them.
    pub fn cells<const N: usize>(&self) -> [&'a str; N] {
        let mut cells = self.line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or(""))
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
        let mut builder = VocabularyBuilder::default();
        builder.add(List::Country, "كوريا", 0);
        builder.add(List::Country, "كوريا الجنوبية", 1);
        builder.add(List::Country, "كوريا", 0);
        let vocabulary = builder.build();
        let first = &vocabulary.word("كوريا").expect("added");
        let south = vocabulary.word("الجنوبيه").map(|word| word.id);
        let rows = |senses: &[Sense]| senses.iter().map(Sense::row).collect::<Vec<_>>();
        assert_eq!(rows(vocabulary.alone(first)), [0]);
        assert_eq!(rows(vocabulary.longer(first, south)), [1]);
        assert!(vocabulary.longer(first, None).is_empty());
        assert!(first.bits.has(List::Country));
        assert!(vocabulary.word("الجنوبيه").expect("added").bits.is_empty());
    }

    #[test]
    fn rows_skip_comments_and_the_header() {
        let table = "# source: own work\nform\tkind\nأ\tx\n\nب\ty|z\n";
        let cells: Vec<_> = rows(table).map(|r| (r.number, r.cell(0), r.forms(1).count())).collect();
        assert_eq!(cells, [(3, "أ", 1), (5, "ب", 2)]);
    }
}
