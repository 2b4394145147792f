//! Parts of wholes: which claim a claim is a part of, where words say so.

use rust_decimal::Decimal;

use super::super::amount::Sort;
use super::super::reading::{Article, Reading};
use super::lists::{Lists, SubsetKind};
use super::scope::Scope;
use super::{Claim, Kind, Noun};
use crate::lexicon::{Bits, List};

/// How many tokens before its number a cue may stand.
const REACH: usize = 6;
/// How many sentences back a whole may stand that is named again.
const SENTENCES: usize = 4;

/// Links the claims of a text; `scopes` are theirs.
pub(super) fn link(reading: &Reading<'_>, lists: &Lists, claims: &mut [Claim], scopes: &[Scope]) {
    for i in 0..claims.len() {
        let links = Links { reading, lists, claims, scopes };
        let whole =
            links.out_of(i).or_else(|| links.cued(i)).or_else(|| links.named(i)).or_else(|| links.carried(i));
        claims[i].part_of = whole;
        if claims[i].noun.is_none() {
            claims[i].noun = whole.and_then(|whole| claims[whole].noun.clone());
        }
    }
}

struct Links<'a> {
    reading: &'a Reading<'a>,
    lists: &'a Lists,
    claims: &'a [Claim],
    scopes: &'a [Scope],
}

impl Links<'_> {
    /// «18 من أصل 97», «55% من مليون ناخب»: the whole follows.
    fn out_of(&self, i: usize) -> Option<usize> {
        let (scope, next) = (&self.scopes[i], self.scopes.get(i + 1)?);
        let gap = scope.tail..next.head;
        let says = gap
            .clone()
            .any(|at| self.reading.is(at, &["من"]) && self.reading.is(at + 1, &["اصل", "مجموع", "اجمالي"]));
        let share = is_share(&self.claims[i]) && self.claims[i].change.is_none();
        let direct = share && gap.len() == 1 && self.reading.is(gap.start, &["من"]);
        let near = next.sentence == scope.sentence && gap.len() <= 6;
        ((says || direct) && near && fits(&self.claims[i + 1], &self.claims[i])).then_some(i + 1)
    }

    /// A cue before or after the number, or a pronoun on a share.
    fn cued(&self, i: usize) -> Option<usize> {
        (self.has_pronoun(i) || self.cue_before(i) || self.cue_after(i)).then(|| self.whole(i)).flatten()
    }

    /// «ثلاثة أرباعهم», «نصفها».
    fn has_pronoun(&self, i: usize) -> bool {
        let number = &self.claims[i].reading;
        number.sort == Sort::Fraction && number.span.end < self.reading.span(number.start, number.end).end
    }

    fn kind_at(&self, at: usize) -> Option<(SubsetKind, usize)> {
        let found = self.reading.find(List::Subset, at, Article::Kept)?;
        Some((self.lists.subsets[found.row], found.end))
    }

    /// «من بينهم 56».
    fn cue_before(&self, i: usize) -> bool {
        let scope = &self.scopes[i];
        let last = i.checked_sub(1).map_or(0, |b| self.scopes[b].tail);
        let from = scope.start.max(last).max(scope.head.saturating_sub(REACH));
        (from..scope.head).any(|at| {
            self.kind_at(at).is_some_and(|(kind, end)| {
                let joins = matches!(kind, SubsetKind::OfThem | SubsetKind::Including);
                // «410 منهم … و12»: a cue right after a number belongs to that one.
                let own = i > 0
                    && at == last
                    && !self.is_led(end, scope.head)
                    && !self.reading.is(at, &["بينهم", "بينها", "بينهن"]);
                joins && end <= scope.head && !own
            })
        })
    }

    /// «410 منهم», «84 منها».
    fn cue_after(&self, i: usize) -> bool {
        let scope = &self.scopes[i];
        let next = self.claims.get(i + 1).map_or(scope.end, |c| c.reading.start.min(scope.end));
        let until = next.min(scope.tail + 3);
        (scope.tail..until).any(|at| {
            let of_them = self.kind_at(at).is_some_and(|(kind, end)| {
                kind == SubsetKind::OfThem && (end > next || !self.is_led(end, next))
            });
            let apart = at > scope.tail && self.reading.is(at - 1, &["،", ":", "("]);
            of_them && self.reading.is(at, &["منهم", "منها", "منهن"]) && !apart
        })
    }

    /// Whether the tokens `from..to` lead from a cue to the number at `to`.
    fn is_led(&self, from: usize, to: usize) -> bool {
        let cue =
            to == from + 1 && self.reading.bits(from).meets(Bits::of(&[List::Comparator, List::Function]));
        self.reading.number_at(to).is_some() && (to <= from || cue)
    }

    /// The nearest claim before `i` that can be a whole.
    fn whole(&self, i: usize) -> Option<usize> {
        let near = |&w: &usize| self.scopes[i].sentence - self.scopes[w].sentence <= 1;
        let mut candidates = (0..i).rev().take_while(near);
        candidates.find(|&w| self.claims[w].part_of.is_none() && fits(&self.claims[w], &self.claims[i]))
    }

    /// «87 من الضحايا», «نصف المصابين»: a share of a definite noun that an
    /// earlier claim counts, by the same word or, for people, by another.
    fn named(&self, i: usize) -> Option<usize> {
        let claim = &self.claims[i];
        let noun = claim.noun.as_ref().filter(|n| n.quote.span.start > claim.number.span.start)?;
        let of = self.reading.is(self.scopes[i].tail, &["من"]);
        let definite = noun.quote.surface.starts_with("ال");
        if !definite || !(is_share(claim) || of && claim.kind == Kind::Count) {
            return None;
        }
        let near = |&w: &usize| self.scopes[i].sentence - self.scopes[w].sentence <= SENTENCES;
        let free = |&w: &usize| self.claims[w].part_of.is_none() && fits(&self.claims[w], claim);
        let candidates = || (0..i).rev().take_while(near).filter(free);
        let same = |&w: &usize| self.claims[w].noun.as_ref().is_some_and(|n| n.lemma == noun.lemma);
        let people = |&w: &usize| noun.person && self.claims[w].noun.as_ref().is_some_and(counts_people);
        candidates().find(same).or_else(|| candidates().find(people))
    }

    /// A list goes on: «… و350 طفلًا»; or the same part is said again: «أي 37%».
    fn carried(&self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1)?;
        let whole = self.claims[before].part_of.filter(|&w| w < before)?;
        let (from, head) = (self.scopes[before].tail, self.scopes[i].head);
        if self.scopes[before].sentence != self.scopes[i].sentence || head.saturating_sub(from) > 6 {
            return None;
        }
        let again = is_share(&self.claims[i]) && (from..head).any(|at| self.reading.is(at, &["اي", "("]));
        let joined = (from..=self.claims[i].reading.start).any(|at| self.reading.folded(at).starts_with('و'))
            || head > 0 && self.reading.is(head - 1, &["،"]);
        let listed = self.claims[i].kind == self.claims[before].kind && joined && !self.has_verb(from, head);
        ((listed || again) && fits(&self.claims[whole], &self.claims[i])).then_some(whole)
    }

    /// Whether a verb stands in tokens `from..to`; words with tanwin or the
    /// endings of nouns are none.
    fn has_verb(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| {
            let nominal = self.reading.surface(at).contains(['\u{064B}', '\u{064D}'])
                || self.reading.folded(at).ends_with(['ا', 'ه']);
            let found = |list| self.reading.find(list, at, Article::Kept).is_some_and(|f| f.cut.clitics <= 2);
            !nominal && (found(List::Predicate) || found(List::Change) || found(List::Reporting))
        })
    }
}

fn is_share(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Percent | Kind::Fraction | Kind::Ratio)
}

/// Whether the noun counts people, by itself or as cases of something.
fn counts_people(noun: &Noun) -> bool {
    noun.person || ["نسمة", "إصابة", "حالة", "آخر", "اخرون", "اخرين"].contains(&noun.lemma.as_str())
}

/// Whether `part` can be a part of `whole`.
fn fits(whole: &Claim, part: &Claim) -> bool {
    let counts = matches!(whole.kind, Kind::Count | Kind::Number | Kind::Money | Kind::Measure);
    let share = is_share(part);
    let least = |claim: &Claim| claim.reading.value().unwrap_or(Decimal::MAX);
    counts
        && (share
            || whole.kind == part.kind && (part.reading.value().is_none() || least(part) < least(whole)))
}
