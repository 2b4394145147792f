//! Whether the text says that it is so: negated, planned, conditional,
//! estimated or asked.

use super::super::Lexicons;
use super::super::reading::{Article, Form, Found, Reading};
use super::lists::{Lists, ModalityCue, Position};
use super::scope::Scope;
use super::words::{Role, Roles};
use super::{Claim, Comparator, Kind, Modality};
use crate::lexicon::{Bits, List};
use crate::span::Span;

/// How far before a number a cue may stand, in tokens.
const REACH: usize = 14;
/// How far behind a number its verb is looked for.
const AHEAD: usize = 12;
/// How far before a number the particle of its verb may stand.
const NEAR: usize = 8;

/// What ends the clause behind a number.
const ENDS: Roles = Roles::of(&[
    Role::Comma,
    Role::Semicolon,
    Role::Colon,
    Role::OpensBracket,
    Role::ClosesQuote,
    Role::StraightQuote,
]);
/// What begins a relative clause.
const RELATIVES: Roles = Roles::of(&[Role::Which, Role::WhichMany, Role::Whoever]);

/// What is known of a claim when its modality is decided.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub scope: &'a Scope,
    pub kind: Kind,
    pub comparator: Comparator,
    /// The words of the comparator.
    pub taken: Option<Span>,
    /// The claim before it in the sentence.
    pub before: Option<&'a Claim>,
}

/// Whether the text says that it is so.
pub(super) fn find(reading: &Reading<'_>, lexicons: &Lexicons, told: &Told<'_>) -> Modality {
    let place = Place { reading, lexicons, lists: &lexicons.claims, told };
    let mut found = place.ahead();
    if found == Modality::Asserted {
        found = place.subject_first().unwrap_or_else(|| place.inherited());
    }
    let open = matches!(found, Modality::Planned | Modality::Estimated);
    if open && place.has_condition() { Modality::Conditional } else { found }
}

struct Place<'a> {
    reading: &'a Reading<'a>,
    lexicons: &'a Lexicons,
    lists: &'a Lists,
    told: &'a Told<'a>,
}

impl Place<'_> {
    fn is(&self, at: usize, role: Role) -> bool {
        self.lists.words.is(self.reading, at, role)
    }

    fn meets(&self, at: usize, roles: Roles) -> bool {
        self.lists.words.meets(self.reading, at, roles)
    }

    /// Whether a verb in the future stands at token `at`, and no noun with such
    /// letters («سيارات»).
    fn is_future(&self, at: usize) -> bool {
        let noun = || {
            let word = self.reading.folded(at);
            let bare = word.strip_prefix('و').unwrap_or(word);
            self.lexicons.lemmas.find(bare).is_some()
        };
        self.is(at, Role::Future) && !noun()
    }

    /// The cues of the clause before the number; the last of them counts, but
    /// what is said to follow a condition stays conditional.
    fn ahead(&self) -> Modality {
        let scope = self.told.scope;
        // A cue may begin with the comma before the clause («، على أن»).
        let clause = scope.clause.saturating_sub(1).max(scope.start);
        let mut at = clause.max(scope.head.saturating_sub(REACH));
        let mut modality = Modality::Asserted;
        while at < scope.head {
            let (next, end) = match self.cue(at) {
                Some((cue, found)) if self.counts(cue, &found) => (Some(cue.modality), found.end),
                Some((cue, found)) if cue.modality == Modality::Asserted => (None, found.end),
                _ if self.is_exchange(at) => (Some(Modality::Conditional), at + 1),
                _ if self.is_future(at) => (Some(Modality::Planned), at + 1),
                _ => (None, at + 1),
            };
            match next {
                Some(Modality::Planned) if modality == Modality::Conditional => {}
                Some(next) => modality = next,
                None => {}
            }
            at = end.min(scope.head).max(at + 1);
        }
        modality
    }

    /// The cue at token `at`: only a conjunction may stand before it («سلّم» is
    /// no «س» and «لم»).
    fn cue(&self, at: usize) -> Option<(ModalityCue, Found)> {
        let found = self.reading.find(List::Modality, at, Article::Kept)?;
        let joined = found.cut.clitics == 0 || self.reading.folded(at).starts_with(['و', 'ف']);
        joined.then(|| (self.lists.modalities[found.row], found))
    }

    /// Whether the cue speaks of this number.
    fn counts(&self, cue: ModalityCue, found: &Found) -> bool {
        let (reading, scope) = (self.reading, self.told.scope);
        let inside = self.told.taken.is_some_and(|span| span.overlaps(&reading.span_of(found)));
        let near = cue.position != Position::Next || scope.head.saturating_sub(found.end) <= NEAR;
        let placed = cue.position != Position::After && found.end <= scope.head;
        // «قد» before a perfect only stresses it.
        let stresses = cue.modality == Modality::Estimated
            && cue.position == Position::Next
            && !self.is_imperfect(found.end);
        let negates = cue.modality != Modality::Negated || self.negates(found);
        cue.modality != Modality::Asserted && !inside && near && placed && !stresses && negates
    }

    fn is_imperfect(&self, at: usize) -> bool {
        self.reading.folded(at).starts_with(['ي', 'ت', 'ن', 'ا'])
            && !self.reading.folded(at).starts_with('ا')
            && !self.is(at, Role::Perfect)
    }

    /// Whether a negation reaches the number: not where it is a bound («لا يحصل
    /// على أكثر من 9»), where the number is what is left out («لم يبق سوى 200»),
    /// or where it tells how long it was so.
    fn negates(&self, found: &Found) -> bool {
        let scope = self.told.scope;
        let bound =
            !matches!(self.told.comparator, Comparator::Exact | Comparator::Approx | Comparator::Vague);
        let except =
            (found.end..scope.head).any(|at| self.lists.words.is_cut(self.reading, at, Role::Except));
        let limit = self.reading.find(List::Comparator, found.start, Article::Kept);
        let limit = limit.is_some_and(|f| f.end > found.start + 1);
        let lasting = self.told.kind == Kind::Duration;
        let still = self.is(found.end, Role::Still);
        !bound && !except && !limit && !lasting && !still
    }

    /// «مقابل هدنة مدتها 5 أيام»: the price of a deal.
    fn is_exchange(&self, at: usize) -> bool {
        self.is(at + 1, Role::Exchange) && self.reading.is(at, &["مقابل"])
    }

    /// «73 عائلة لم تحصل بعد», «قافلة من 12 شاحنة ستصل»: the number belongs to
    /// the subject of the verb behind it.
    fn subject_first(&self) -> Option<Modality> {
        let scope = self.told.scope;
        let said = (scope.clause..scope.head).rev().find(|&at| self.is(at, Role::Says));
        let from = said.map_or(scope.clause, |at| at + 1);
        let led = scope.head > from && self.is(scope.head - 1, Role::Spans);
        let one = self.is(scope.tail.saturating_sub(1), Role::One);
        if led || one || (from..scope.head).any(|at| self.is_verb(at)) {
            return None;
        }
        let ends = |&at: &usize| self.meets(at, ENDS);
        let end = (scope.tail..scope.end.min(scope.tail + AHEAD)).find(ends);
        let end = end.unwrap_or(scope.end.min(scope.tail + AHEAD));
        let mut relative = false;
        for at in scope.tail..end {
            if self.is(at, Role::Contrast) {
                return None;
            }
            if self.meets(at, RELATIVES) {
                relative = true;
                continue;
            }
            if relative && (self.is_verb(at) || self.is(at, Role::Negation)) {
                relative = false;
                continue;
            }
            let bound =
                || self.reading.find(List::Comparator, at, Article::Kept).is_some_and(|f| f.end > at + 1);
            if self.is(at, Role::Negation) && !self.is(at + 1, Role::Still) && !bound() {
                return (self.told.kind != Kind::Duration).then_some(Modality::Negated);
            }
            if self.is_future(at) || self.cue(at).is_some_and(|(cue, _)| is_plan(cue)) {
                return Some(Modality::Planned);
            }
            if self.is(at, Role::May) && self.is_imperfect(at + 1) {
                return Some(Modality::Estimated);
            }
            if self.is_verb(at) && !self.reading.folded(at).starts_with(['ي', 'ت']) {
                return None;
            }
        }
        None
    }

    /// Whether token `at` is a finite verb of the lists.
    fn is_verb(&self, at: usize) -> bool {
        const LISTS: Bits = Bits::of(&[List::Predicate, List::Change, List::Reporting]);
        let known = |f: &Form| f.cut.clitics <= 2 && f.cut.article == 0 && f.bits.meets(LISTS);
        self.reading.bits_with_article(at).meets(LISTS)
            && self.reading.forms(at).iter().any(known)
            && !self.reading.surface(at).contains(['\u{064B}', '\u{064D}'])
    }

    /// A plan told before goes on up to the next statement: of the claim
    /// before, or of an earlier clause («ستبدأ الأعمال غدًا، وتدوم 3 أسابيع»).
    fn inherited(&self) -> Modality {
        let scope = self.told.scope;
        let before = self.told.before;
        let from = before.map_or(scope.start, |b| b.reading.end);
        let goes_on = |at: usize| !(at..scope.head).any(|i| self.ends_plan(i));
        match before.map(|b| b.modality) {
            Some(plan @ (Modality::Planned | Modality::Conditional)) if goes_on(from) => plan,
            _ => {
                let clause = scope.clause.saturating_sub(1).max(from);
                let plan = (from..clause).rev().find(|&at| self.is_plan(at));
                plan.filter(|&at| goes_on(at + 1)).map_or(Modality::Asserted, |_| Modality::Planned)
            }
        }
    }

    fn is_plan(&self, at: usize) -> bool {
        let planned = |(cue, found): (ModalityCue, Found)| {
            cue.modality == Modality::Planned && (cue.position == Position::Next || found.end > at + 1)
        };
        self.is_future(at) || self.cue(at).is_some_and(planned)
    }

    /// Whether another statement begins at token `at`.
    fn ends_plan(&self, at: usize) -> bool {
        let bound = || {
            let longer = |i| self.reading.find(List::Comparator, i, Article::Kept);
            (at.saturating_sub(1)..=at).any(|i| longer(i).is_some_and(|f| f.end > at + 1))
        };
        self.meets(at, const { Roles::of(&[Role::Contrast, Role::Says, Role::EndsPlan]) })
            || self.is(at, Role::Negation) && !bound()
            || self.reading.is_whole(List::Reporting, at)
    }

    /// «ستشمل 50 محتجزًا إذا التزم الجانبان»: a condition follows.
    fn has_condition(&self) -> bool {
        let scope = self.told.scope;
        (scope.tail..scope.end.min(scope.tail + REACH)).any(|at| self.is(at, Role::If))
    }
}

/// Whether the cue is a verb in the future.
fn is_plan(cue: ModalityCue) -> bool {
    cue.modality == Modality::Planned && cue.position == Position::Next
}
