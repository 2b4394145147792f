//! Which numbers are ages: years, ordinals and round tens that stand with the
//! words of `ages.tsv`. Reads no numbers of its own.

use super::super::amount::{Amount, Number, Sort};
use super::super::reading::{Article, Reading};
use super::super::unit::{System, Unit};
use super::Lexicons;
use super::lists::{AgeCue, Lists};
use super::scope::Scope;
use crate::lexicon::List;

/// How many tokens before the years a word of age is looked for.
const REACH: usize = 5;
/// How many tokens before «عن» and the years a death is looked for.
const DEATH_REACH: usize = 12;
/// Nobody is older.
const OLDEST: i64 = 125;
/// The first number that no hour has, from which «في الخامسة عشرة» is an age.
const PAST_HOURS: i64 = 13;

/// Whether the number is somebody's age.
pub(super) fn tells(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    number: &Number,
    unit: Option<&Unit>,
    scope: &Scope,
) -> bool {
    let around = Around { reading, lexicons, lists: &lexicons.claims, scope };
    match (number.sort, unit) {
        (Sort::Ordinal, _) => number.article && is_young(number) && around.of_rank(number),
        (Sort::Cardinal | Sort::Dual | Sort::Vague, Some(unit)) => {
            unit.system == System::Iso8601 && !unit.code.contains('T') && around.of_time(number, unit)
        }
        (Sort::Cardinal, None) => is_young(number) && around.of_bare(),
        _ => false,
    }
}

fn is_young(number: &Number) -> bool {
    match number.amount {
        Amount::Range(_, max) => max <= OLDEST.into(),
        _ => number.value().is_some_and(|value| value <= OLDEST.into()),
    }
}

/// A number's neighbourhood.
struct Around<'a> {
    reading: &'a Reading<'a>,
    lexicons: &'a Lexicons,
    lists: &'a Lists,
    scope: &'a Scope,
}

impl Around<'_> {
    /// Where the cue of `role` at token `at` ends.
    fn cue(&self, at: usize, role: AgeCue) -> Option<usize> {
        let mut all = self.reading.entries(List::Age, at, Article::Kept);
        all.find(|found| self.lists.ages[found.row] == role).map(|found| found.end)
    }

    /// Whether a cue of `role` ends where the number begins.
    fn directly(&self, role: AgeCue) -> bool {
        let head = self.scope.head;
        (self.scope.start.max(head.saturating_sub(2))..head).any(|at| self.cue(at, role) == Some(head))
    }

    fn is_term(&self) -> bool {
        (self.scope.clause.max(self.scope.head.saturating_sub(REACH))..self.scope.head)
            .any(|at| self.cue(at, AgeCue::Term).is_some())
    }

    /// Whether «من العمر» follows.
    fn of_life(&self) -> bool {
        self.cue(self.scope.tail, AgeCue::Life).is_some()
    }

    /// «عمره 34 عاما», «(34 عاما)», «توفي عن 80 عاما».
    fn of_time(&self, number: &Number, unit: &Unit) -> bool {
        let head = self.scope.head;
        let years = unit.code.ends_with('Y') || unit.code.ends_with('M');
        let from = self.scope.start.max(head.saturating_sub(REACH));
        let aged = (from..head).any(|at| self.cue(at, AgeCue::Age).is_some()) && !self.is_term();
        let bounded = years && self.directly(AgeCue::Limit) && !self.is_term();
        aged || self.of_life()
            || self.directly(AgeCue::Kin) && number.article
            || bounded
            || years && (self.of_dead() || self.of_person() || self.is_aside())
            || number.article && self.of_kin_before()
            || years && matches!(number.amount, Amount::Range(..)) && self.of_persons()
    }

    /// «الأطفال بين 5 و11 عاما».
    fn of_persons(&self) -> bool {
        let head = self.scope.head;
        let led = head >= 2 && self.reading.is(head - 1, &["بين", "من"]);
        let at = if led && head >= 3 && self.reading.is(head - 2, &["ما", "من"]) {
            head - 3
        } else {
            head.saturating_sub(2)
        };
        led && self.is_person(at) && !self.is_term()
    }

    /// «ذو الأعوام الثلاثة», «ابن السنوات العشر».
    fn of_kin_before(&self) -> bool {
        let head = self.scope.head;
        head >= 1 && (self.scope.start..head).rev().take(2).any(|at| self.cue(at, AgeCue::Kin).is_some())
    }

    /// «توفي … عن 80 عاما».
    fn of_dead(&self) -> bool {
        let head = self.scope.head;
        let at = head.checked_sub(1).filter(|&at| self.reading.is(at, &["عن"]));
        at.is_some_and(|at| {
            (self.scope.start.max(at.saturating_sub(DEATH_REACH))..at)
                .any(|at| self.cue(at, AgeCue::Death).is_some())
        })
    }

    /// «السيدة التي تبلغ 44 عاما», «فتى يبلغ 12 عاما», but not «تبلغ مدته».
    fn of_person(&self) -> bool {
        let head = self.scope.head;
        let reaches = head >= 2 && self.reading.is(head - 1, &["يبلغ", "تبلغ", "بلغ", "بلغت"]);
        reaches && (self.reading.is(head - 2, &["التي", "الذي", "من"]) || self.is_person(head - 2))
    }

    fn is_person(&self, at: usize) -> bool {
        let word = self.reading.folded(at).trim_start_matches("ال");
        self.lexicons.lemmas.find(word).is_some_and(|lemma| lemma.class == "person")
    }

    /// Alone in brackets or between commas behind a word: «سارة (7 أعوام)»,
    /// «كاظم عودة، 58 سنة، يقول».
    fn is_aside(&self) -> bool {
        let (reading, head) = (self.reading, self.scope.head);
        let opens = |at: usize| reading.is(at, &["("]);
        let counted = |at: usize| reading.bits(at).has(List::Number) || reading.bits(at).has(List::Unit);
        let Some(before) = head.checked_sub(1) else { return false };
        let bracket = (opens(head) || opens(before)) && reading.is(self.scope.tail, &[")"]);
        let comma = before > 0
            && reading.is(before, &["،", ","])
            && reading.is(self.scope.tail, &["،", ","])
            && !counted(before - 1)
            && self.is_named(before - 1);
        bracket && !counted(before) || comma && !self.is_term()
    }

    /// Whether a person or a name stands at token `at`.
    fn is_named(&self, at: usize) -> bool {
        let bits = self.reading.bits(at);
        self.is_person(at) || bits.has(List::Given) || bits.has(List::Surname)
    }

    /// «في الرابعة والأربعين», «دون الخامسة», «تجاوزوا الستين».
    fn of_rank(&self, number: &Number) -> bool {
        let value = number.integer().unwrap_or_default();
        let feminine = self.reading.folded(number.start).ends_with('ه');
        let round = value >= 20 && value % 10 == 0 && value < 100;
        if !feminine && !round {
            return false;
        }
        if self.of_life() {
            return true;
        }
        let head = self.scope.head;
        let near = self.scope.start.max(head.saturating_sub(2));
        (near..head).any(|at| self.cue(at, AgeCue::Age).is_some())
            || [AgeCue::Kin, AgeCue::Limit, AgeCue::Reach].into_iter().any(|role| self.directly(role))
            || head > 0 && self.reading.is(head - 1, &["في"]) && self.is_in(value, round, head - 1)
    }

    /// Whether «في» at token `at` and the ordinal `value` say an age: one past
    /// the hours does, a round ten only of a person.
    fn is_in(&self, value: i64, round: bool, at: usize) -> bool {
        let somebody = || {
            (self.scope.start.max(at.saturating_sub(3))..at)
                .any(|at| self.reading.is(at, &["هو", "هي", "وهو", "وهي", "وهم"]) || self.is_person(at))
        };
        value >= PAST_HOURS && !round || round && somebody()
    }

    /// «سن 18», «أعمارهم بين 18 و35», «في الـ34 من عمره».
    fn of_bare(&self) -> bool {
        let head = self.scope.head;
        let from = self.scope.start.max(head.saturating_sub(3));
        // «عمر» alone may be Omar.
        let says = |at: usize| self.cue(at, AgeCue::Age).is_some() && !self.reading.is(at, &["عمر"]);
        let counted = self.reading.kind(self.scope.tail) == Some(crate::normalize::Kind::Word)
            && self.reading.same_line(self.scope.tail)
            && !self.reading.bits(self.scope.tail).has(List::Function);
        self.of_life() || !counted && (from..head).any(says)
    }
}
