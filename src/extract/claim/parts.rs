//! Parts of wholes: which claim a claim is a part of, where words say so.

use rust_decimal::Decimal;

use super::super::amount::Sort;
use super::super::reading::{Article, Reading};
use super::lists::{Lists, SubsetKind};
use super::scope::Scope;
use super::{Claim, Kind};
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
    /// «18 من أصل 97»: the whole follows.
    fn out_of(&self, i: usize) -> Option<usize> {
        let (scope, next) = (&self.scopes[i], self.scopes.get(i + 1)?);
        let gap = scope.tail..next.head;
        let says = gap
            .clone()
            .any(|at| self.reading.is(at, &["من"]) && self.reading.is(at + 1, &["اصل", "مجموع", "اجمالي"]));
        let near = next.sentence == scope.sentence && gap.len() <= 6;
        (says && near && fits(&self.claims[i + 1], &self.claims[i])).then_some(i + 1)
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
    /// earlier claim counts.
    fn named(&self, i: usize) -> Option<usize> {
        let claim = &self.claims[i];
        let noun = claim.noun.as_ref()?;
        let share = matches!(claim.kind, Kind::Percent | Kind::Fraction | Kind::Ratio);
        let of = self.reading.is(self.scopes[i].tail, &["من"]);
        let definite = noun.quote.surface.starts_with("ال");
        if !definite
            || !(share || of && claim.kind == Kind::Count)
            || noun.quote.span.start < claim.number.span.start
        {
            return None;
        }
        let near = |&w: &usize| self.scopes[i].sentence - self.scopes[w].sentence <= SENTENCES;
        let mut candidates = (0..i).rev().take_while(near);
        candidates.find(|&w| {
            let same = self.claims[w].noun.as_ref().is_some_and(|n| n.lemma == noun.lemma);
            same && self.claims[w].part_of.is_none() && fits(&self.claims[w], claim)
        })
    }

    /// A list goes on: «… و350 طفلًا».
    fn carried(&self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1)?;
        let whole = self.claims[before].part_of.filter(|&w| w < before)?;
        let (from, head) = (self.scopes[before].tail, self.scopes[i].head);
        let same = self.scopes[before].sentence == self.scopes[i].sentence
            && self.claims[i].kind == self.claims[before].kind;
        let joined = (from..=self.claims[i].reading.start).any(|at| self.reading.folded(at).starts_with('و'))
            || head > 0 && self.reading.is(head - 1, &["،"]);
        let listed = same && joined && head.saturating_sub(from) <= 6 && !self.has_verb(from, head);
        (listed && fits(&self.claims[whole], &self.claims[i])).then_some(whole)
    }

    /// Whether a verb stands in tokens `from..to`; nouns of the list and words
    /// with tanwin or article are none.
    fn has_verb(&self, from: usize, to: usize) -> bool {
        let verbs = Bits::of(&[List::Predicate, List::Change, List::Reporting]);
        (from..to).any(|at| {
            let nominal = self.reading.surface(at).contains(['\u{064B}', '\u{064D}'])
                || self.reading.folded(at).ends_with(['ا', 'ه']);
            !nominal
                && self
                    .reading
                    .forms(at)
                    .iter()
                    .any(|f| f.cut.article == 0 && f.cut.clitics <= 2 && f.bits.meets(verbs))
        })
    }
}

/// Whether `part` can be a part of `whole`.
fn fits(whole: &Claim, part: &Claim) -> bool {
    let counts = matches!(whole.kind, Kind::Count | Kind::Number | Kind::Money | Kind::Measure);
    let share = matches!(part.kind, Kind::Percent | Kind::Fraction | Kind::Ratio);
    let least = |claim: &Claim| claim.reading.value().unwrap_or(Decimal::MAX);
    counts
        && (share
            || whole.kind == part.kind && (part.reading.value().is_none() || least(part) < least(whole)))
}
