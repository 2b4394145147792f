//! The words of the date grammar, loaded from the lists beside this file, and
//! the look-up of each sort of them at a token.
//!
//! Takes no decision about a date: it says what a word can mean.

use super::calendar::Unit;
pub(super) use super::feast::Feast;
use super::{Calendar, Modifier, Relation};
use crate::extract::Reading;
use crate::extract::reading::{Article, Found};
use crate::lexicon::{List, VocabularyBuilder, rows};

/// Where a period lies, seen from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Back,
    Now,
    Forward,
}

impl Direction {
    /// By the sign of `shift`.
    pub(super) fn of(shift: i32) -> Self {
        match shift {
            ..0 => Self::Back,
            0 => Self::Now,
            _ => Self::Forward,
        }
    }

    /// -1, 0 or 1.
    pub(super) fn sign(self) -> i32 {
        match self {
            Self::Back => -1,
            Self::Now => 0,
            Self::Forward => 1,
        }
    }
}

/// How many a unit's form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    One,
    Two,
    Several,
}

/// A unit of time as a word says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnitWord {
    pub unit: Unit,
    /// How many of the unit the word is (a decade is 10 years).
    pub size: i64,
    pub many: Many,
    /// Whether it means time whatever stands beside it.
    pub firm: bool,
}

/// A month's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    pub calendar: Calendar,
    pub number: u8,
    pub sure: bool,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayPart {
    /// TIMEX3's code.
    pub code: &'static str,
    pub half: Half,
    /// Whether it is the adverb (صباحا) and not the noun before a day (صباح).
    pub adverb: bool,
}

/// How an hour from 1 to 12 is read beside a part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Noon,
    Afternoon,
    Night,
}

/// What a word beside a time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    Relation(Relation),
    Modifier(Modifier),
    /// Until, unless a verb of origin stands before it (يعود إلى).
    To,
    /// A modifier that follows its time (تقريبا).
    Behind(Modifier),
}

/// What a word of the date grammar can mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Word {
    Unit(UnitWord),
    /// Before, at or after; whether counted from the time spoken of.
    Adjective(Direction, bool),
    /// Days from now, and whether only the night is meant.
    Deictic(i32, bool),
    /// This very moment.
    Now,
    Part(Modifier),
    DayPart(DayPart),
    Season(u8),
    /// How many make a year, and the code of the first.
    Division(u8, u8),
    Decade(u8),
    Set(&'static str),
    Feast(Feast),
    Cue(Cue),
    /// A year without the word year may follow (حرب).
    Event,
    /// The number that follows names a document (القانون).
    Identifier,
    /// A verb that says from when a thing is (يعود إلى).
    Dating,
    /// A word behind which «منذ عامين» is a length (المستمر).
    Lasting,
    /// A word behind which a bare number is a year (منذ).
    BeforeYear,
    /// A time zone's name, with its offset where that is the same all year.
    Zone(&'static str),
    /// It begins an expression and says nothing alone (كل).
    Opener,
    /// Two days, months, years or centuries follow (عامي).
    Head,
}

/// The lists of the date grammar.
#[derive(Debug, Default)]
pub struct Lists {
    months: Vec<Month>,
    /// ISO number, and whether the form has no article.
    weekdays: Vec<(u8, bool)>,
    words: Vec<Word>,
}

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(vocabulary: &mut VocabularyBuilder) -> Self {
        let mut lists = Self::default();
        lists.load_months(vocabulary);
        lists.load_weekdays(vocabulary);
        lists.load_units(vocabulary);
        lists.load_day_parts(vocabulary);
        lists.load_rest(vocabulary);
        lists
    }

    fn load_months(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("months.tsv")) {
            for form in row.forms(0) {
                vocabulary.add(List::Month, form, self.months.len());
            }
            let number = row.cell(2).parse().unwrap_or(1);
            self.months.push(Month { calendar: calendar(row.cell(1)), number, sure: row.cell(3) == "yes" });
        }
    }

    fn load_weekdays(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("weekdays.tsv")) {
            let day = row.cell(2).parse().unwrap_or(1);
            for column in [0, 1] {
                for form in row.forms(column) {
                    vocabulary.add(List::Weekday, form, self.weekdays.len());
                }
                self.weekdays.push((day, column == 1));
            }
        }
    }

    fn add<'a>(
        &mut self,
        vocabulary: &mut VocabularyBuilder,
        forms: impl Iterator<Item = &'a str>,
        word: Word,
    ) {
        let (list, opens) = lists_of(&word);
        for form in forms {
            vocabulary.add(list, form, self.words.len());
            if let Some(opens) = opens {
                vocabulary.add(opens, form, self.words.len());
            }
        }
        self.words.push(word);
    }

    fn load_units(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("units.tsv")) {
            let unit = match row.cell(3) {
                "second" => Unit::Second,
                "minute" => Unit::Minute,
                "hour" => Unit::Hour,
                "week" => Unit::Week,
                "month" => Unit::Month,
                "year" => Unit::Year,
                _ => Unit::Day,
            };
            let size = row.cell(4).parse().unwrap_or(1);
            for (column, many) in [(0, Many::One), (1, Many::Two), (2, Many::Several)] {
                let word = UnitWord { unit, size, many, firm: row.cell(5) == "yes" };
                self.add(vocabulary, row.forms(column), Word::Unit(word));
            }
        }
    }

    fn load_day_parts(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("day_parts.tsv")) {
            let half = match row.cell(3) {
                "noon" => Half::Noon,
                "pm" => Half::Afternoon,
                "night" => Half::Night,
                _ => Half::Morning,
            };
            for (column, adverb) in [(0, false), (1, true)] {
                let word = DayPart { code: row.cell(2), half, adverb };
                self.add(vocabulary, row.forms(column), Word::DayPart(word));
            }
        }
    }

    fn load_rest(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("adjectives.tsv")) {
            let word = Word::Adjective(Direction::of(number(row.cell(1))), row.cell(2) == "context");
            self.add(vocabulary, row.forms(0), word);
        }
        for row in rows(include_str!("deictics.tsv")) {
            let word = match row.cell(2) {
                "now" => Word::Now,
                part => Word::Deictic(number(row.cell(1)), part == "night"),
            };
            self.add(vocabulary, row.forms(0), word);
        }
        for row in rows(include_str!("parts.tsv")) {
            let modifier = match row.cell(1) {
                "start" => Modifier::Start,
                "mid" => Modifier::Mid,
                _ => Modifier::End,
            };
            self.add(vocabulary, row.forms(0), Word::Part(modifier));
        }
        for row in rows(include_str!("seasons.tsv")) {
            self.add(vocabulary, row.forms(0), Word::Season(row.cell(1).parse().unwrap_or(21)));
        }
        for row in rows(include_str!("divisions.tsv")) {
            let (parts, code) = (row.cell(1).parse().unwrap_or(4), row.cell(2).parse().unwrap_or(33));
            self.add(vocabulary, row.forms(0), Word::Division(parts, code));
        }
        for row in rows(include_str!("decades.tsv")) {
            self.add(vocabulary, row.forms(0), Word::Decade(row.cell(1).parse().unwrap_or(0)));
        }
        for row in rows(include_str!("sets.tsv")) {
            self.add(vocabulary, row.forms(0), Word::Set(row.cell(1)));
        }
        for row in rows(include_str!("feasts.tsv")) {
            self.add(vocabulary, row.forms(0), Word::Feast(Feast::read(row.cell(1), row.cell(2))));
        }
        for row in rows(include_str!("cues.tsv")) {
            if let Some(cue) = cue(row.cell(1)) {
                self.add(vocabulary, row.forms(0), Word::Cue(cue));
            }
        }
        for row in rows(include_str!("openers.tsv")) {
            self.add(vocabulary, row.forms(0), Word::Opener);
        }
        for row in rows(include_str!("heads.tsv")) {
            self.add(vocabulary, row.forms(0), Word::Head);
        }
        for row in rows(include_str!("neighbours.tsv")) {
            let word = match row.cell(1) {
                "event" => Word::Event,
                "dating" => Word::Dating,
                "lasting" => Word::Lasting,
                "before-year" => Word::BeforeYear,
                _ => Word::Identifier,
            };
            self.add(vocabulary, row.forms(0), word);
        }
        for row in rows(include_str!("zones.tsv")) {
            self.add(vocabulary, row.forms(0), Word::Zone(row.cell(1)));
        }
    }

    /// The longest entry of `list` at token `i` of which `pick` makes something.
    pub(super) fn find<T>(
        &self,
        r: &Reading<'_>,
        list: List,
        i: usize,
        article: Article,
        pick: impl Fn(Word) -> Option<T>,
    ) -> Option<(T, Found)> {
        if !r.bits(i).has(list) {
            return None;
        }
        r.entries(list, i, article).find_map(|found| Some((pick(self.words[found.row])?, found)))
    }

    /// The month named at token `i`.
    pub(super) fn month(&self, r: &Reading<'_>, i: usize) -> Option<(Month, Found)> {
        let found = r.find(List::Month, i, Article::Kept)?;
        Some((self.months[found.row], found))
    }

    /// The weekday at token `i`; its number, and whether it has no article.
    pub(super) fn weekday(&self, r: &Reading<'_>, i: usize) -> Option<(u8, bool, Found)> {
        let found = r.find(List::Weekday, i, Article::Kept)?;
        // «اثنين وعشرين», «الأحد عشر» go on as numbers.
        if r.number_at(i).is_some_and(|number| number.end > i + 1) {
            return None;
        }
        let (day, bare) = self.weekdays[found.row];
        Some((day, bare, found))
    }

    /// The head of two times at token `i` (عامي).
    pub(super) fn head(&self, r: &Reading<'_>, i: usize) -> Option<Found> {
        let pick = |word| (word == Word::Head).then_some(());
        self.find(r, List::DateOpener, i, Article::Kept, pick).map(|((), found)| found)
    }

    /// The tens of a century named at token `i`.
    pub(super) fn decade(&self, r: &Reading<'_>, i: usize) -> Option<(u8, Found)> {
        let pick = |word| if let Word::Decade(decade) = word { Some(decade) } else { None };
        self.find(r, List::PeriodWord, i, Article::Kept, pick)
    }

    /// The unit of time at token `i`, with or without the article.
    pub(super) fn unit(&self, r: &Reading<'_>, i: usize) -> Option<(UnitWord, Found)> {
        self.find(r, List::TimeUnit, i, Article::Free, |word| {
            if let Word::Unit(unit) = word { Some(unit) } else { None }
        })
    }

    /// The adjective at token `i` that places a period (الماضي).
    pub(super) fn adjective(&self, r: &Reading<'_>, i: usize) -> Option<(Direction, bool, Found)> {
        let ((direction, context), found) =
            self.find(r, List::DateWord, i, Article::Kept, |word| match word {
                Word::Adjective(direction, context) => Some((direction, context)),
                _ => None,
            })?;
        (found.cut.clitics == 0).then_some((direction, context, found))
    }

    /// The entry `wanted`, an event or an identifier, at token `i`, with or
    /// without article.
    pub(super) fn neighbour(&self, r: &Reading<'_>, i: usize, wanted: Word) -> Option<Found> {
        let pick = |word| (word == wanted).then_some(());
        self.find(r, List::DateNeighbour, i, Article::Free, pick).map(|((), found)| found)
    }

    /// The time zone named at token `i`.
    pub(super) fn zone(&self, r: &Reading<'_>, i: usize) -> Option<(&'static str, Found)> {
        let pick = |word| if let Word::Zone(offset) = word { Some(offset) } else { None };
        self.find(r, List::DateNeighbour, i, Article::Kept, pick)
    }

    /// The modifier that begins at token `i`, behind a time.
    pub(super) fn cue_behind(&self, r: &Reading<'_>, i: usize) -> Option<Modifier> {
        let pick = |word| if let Word::Cue(Cue::Behind(said)) = word { Some(said) } else { None };
        self.find(r, List::DateNeighbour, i, Article::Kept, pick).map(|(said, _)| said)
    }

    /// The cue that ends just before token `end`.
    pub(super) fn cue_before(&self, r: &Reading<'_>, end: usize) -> Option<(Cue, Found)> {
        (1..=4).rev().filter_map(|back| end.checked_sub(back)).find_map(|i| {
            let pick = |word| if let Word::Cue(cue) = word { Some(cue) } else { None };
            self.find(r, List::DateNeighbour, i, Article::Kept, pick).filter(|(_, found)| found.end == end)
        })
    }
}

/// The list in which `word` is looked up, and the one by which rules begin at it.
fn lists_of(word: &Word) -> (List, Option<List>) {
    match word {
        Word::Cue(_)
        | Word::Event
        | Word::Identifier
        | Word::Dating
        | Word::Lasting
        | Word::BeforeYear
        | Word::Zone(_) => (List::DateNeighbour, None),
        Word::Adjective(..) => (List::DateWord, None),
        Word::Opener | Word::Head => (List::DateWord, Some(List::DateOpener)),
        Word::Unit(_) => (List::DateWord, Some(List::TimeUnit)),
        Word::Deictic(..) | Word::Now | Word::DayPart(_) => (List::DateWord, Some(List::DayWord)),
        Word::Part(_)
        | Word::Season(_)
        | Word::Division(..)
        | Word::Decade(_)
        | Word::Set(_)
        | Word::Feast(_) => (List::DateWord, Some(List::PeriodWord)),
    }
}

fn number(cell: &str) -> i32 {
    cell.parse().unwrap_or(0)
}

fn calendar(cell: &str) -> Calendar {
    if cell == "hijri" { Calendar::Hijri } else { Calendar::Gregorian }
}

fn cue(cell: &str) -> Option<Cue> {
    Some(match cell {
        "since" => Cue::Relation(Relation::Since),
        "until" => Cue::Relation(Relation::Until),
        "to" => Cue::To,
        "behind-approx" => Cue::Behind(Modifier::Approx),
        "behind-atleast" => Cue::Behind(Modifier::EqualOrMore),
        "behind-atmost" => Cue::Behind(Modifier::EqualOrLess),
        "behind-more" => Cue::Behind(Modifier::MoreThan),
        "during" => Cue::Relation(Relation::During),
        "before" => Cue::Relation(Relation::Before),
        "after" => Cue::Relation(Relation::After),
        "approx" => Cue::Modifier(Modifier::Approx),
        "more" => Cue::Modifier(Modifier::MoreThan),
        "less" => Cue::Modifier(Modifier::LessThan),
        "atleast" => Cue::Modifier(Modifier::EqualOrMore),
        "atmost" => Cue::Modifier(Modifier::EqualOrLess),
        _ => return None,
    })
}
