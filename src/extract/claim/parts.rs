//! Parts of wholes: which claim a claim is a part of, where words say so.

use super::super::amount::Sort;
use super::super::reading::{Article, Reading};
use super::super::{Lexicons, Quote};
use super::lists::{Lists, SubsetKind};
use super::scope::Scope;
use super::whole::{counts_people, fits, is_share, stands_for};
use super::words::{Role, Roles};
use super::{Claim, Kind, Noun};
use crate::lemma::Lemmas;
use crate::lexicon::{Bits, List};
use crate::normalize;

/// How many tokens before its number a cue may stand.
const REACH: usize = 6;
/// How many sentences back a whole may stand that is named again.
const SENTENCES: usize = 4;
/// How many tokens may stand between a part and the whole that follows it.
const OUT_OF: usize = 7;
/// The same where the whole is told in a clause of its own.
const NUMBERED: usize = 12;

/// Links the claims of a text; `scopes` are theirs.
pub(super) fn link(reading: &Reading<'_>, lexicons: &Lexicons, claims: &mut [Claim], scopes: &[Scope]) {
    for i in 0..claims.len() {
        let links = Links { reading, lists: &lexicons.claims, lemmas: &lexicons.lemmas, claims, scopes };
        let Some((whole, rule)) = links.find(i) else { continue };
        claims[i].part_of = Some(whole);
        claims[i].rules.push(rule);
        if claims[i].noun.is_none() {
            claims[i].noun =
                claims[whole].noun.clone().or_else(|| unit_noun(reading, &claims[whole], &claims[i]));
        }
    }
}

/// «3 ملايين ريال، نصفها»: a share of an amount is of its unit.
fn unit_noun(reading: &Reading<'_>, whole: &Claim, part: &Claim) -> Option<Noun> {
    let unit = whole.unit.as_ref().filter(|_| is_share(part))?;
    let quote = Quote::of(reading.text, unit.span);
    let lemma = reading.folded(unit.start).to_owned();
    Some(Noun { quote, lemma, modifiers: Vec::new(), person: false })
}

/// Lists of names.
const NAMES: Bits = Bits::of(&[List::Place, List::Country, List::Organisation, List::Given]);
/// Before a cue, these part it from the number before.
const APART: Roles = Roles::of(&[Role::Comma, Role::Colon, Role::OpensBracket, Role::Each]);

/// What a pronoun can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refers {
    People,
    Things,
    /// One thing: an amount, or what a share is of.
    Amount,
    Any,
}

struct Links<'a> {
    reading: &'a Reading<'a>,
    lists: &'a Lists,
    lemmas: &'a Lemmas,
    claims: &'a [Claim],
    scopes: &'a [Scope],
}

impl Links<'_> {
    /// The whole of claim `i` and the rule that says so, the surer rules first.
    fn find(&self, i: usize) -> Option<(usize, &'static str)> {
        let by = |rule| move |whole| (whole, rule);
        self.out_of(i)
            .or_else(|| self.out_of_total(i))
            .or_else(|| self.numbered(i))
            .map(by("claim/part-out-of"))
            .or_else(|| self.cued(i).map(by("claim/part-of-them")))
            .or_else(|| self.named(i).map(by("claim/part-of-named")))
            .or_else(|| self.listed(i).map(by("claim/part-listed")))
            .or_else(|| self.distributed(i).map(by("claim/part-distributed")))
            .or_else(|| self.carried(i).map(by("claim/part-goes-on")))
            .or_else(|| self.rest(i).map(by("claim/part-rest")))
    }

    fn is(&self, at: usize, role: Role) -> bool {
        self.lists.words.is(self.reading, at, role)
    }

    fn meets(&self, at: usize, roles: Roles) -> bool {
        self.lists.words.meets(self.reading, at, roles)
    }

    /// «18 من أصل 97», «55% من مليون ناخب», «أربع ضمن قائمة أكبر عشرين»: the
    /// whole follows.
    fn out_of(&self, i: usize) -> Option<usize> {
        let (scope, next) = (&self.scopes[i], self.scopes.get(i + 1)?);
        let gap = scope.tail..next.head;
        if next.sentence != scope.sentence
            || gap.len() > OUT_OF
            || !fits(&self.claims[i + 1], &self.claims[i])
        {
            return None;
        }
        let of = |at: usize| self.is(at, Role::Of);
        let among = |at: usize| self.is(at, Role::Among) && at + 1 == next.head && self.counts_same(i, i + 1);
        let total = |at: usize| self.is(at, Role::Total) || among(at);
        let says = gap.clone().any(|at| of(at) && total(at + 1))
            || gap.clone().any(|at| self.is(at, Role::Within) && at > scope.tail);
        let (claim, one) = (&self.claims[i], self.is(self.claims[i].reading.start, Role::One));
        if gap.clone().any(|at| self.meets(at, const { Roles::of(&[Role::ClosesBracket, Role::Instead]) })) {
            return None;
        }
        let share = (is_share(claim) || one) && claim.change.is_none();
        // «من», and before the whole at most a comparator.
        let direct = share && !gap.is_empty() && of(gap.start) && self.is_bare(gap.start + 1, next.head);
        (says || direct || self.is_described(i)).then_some(i + 1)
    }

    /// «ثلثي القرى الثلاثين», «نصف الدول الـ27»: the whole describes the noun that
    /// the share is of.
    fn is_described(&self, i: usize) -> bool {
        let (scope, next) = (&self.scopes[i], &self.scopes[i + 1]);
        let (claim, whole) = (&self.claims[i], &self.claims[i + 1]);
        let from = scope.tail + usize::from(self.is(scope.tail, Role::Of));
        let gap = from..next.head;
        is_share(claim)
            && whole.kind == Kind::Count
            && whole.reading.article
            && !whole.reading.is_dual()
            && (1..=2).contains(&gap.len())
            && gap.clone().all(|at| self.reading.kind(at) == Some(normalize::Kind::Word))
            && claim.noun.as_ref().is_some_and(|n| self.reading.text.token_at(n.quote.span.start) == from)
    }

    /// «60% من الفروع، وكان عددها 840 فرعًا», «خُمس الأسماء في القوائم، التي تضم 314
    /// اسمًا»: how many there are of what the share is of is told behind it.
    fn numbered(&self, i: usize) -> Option<usize> {
        let (scope, next) = (&self.scopes[i], self.scopes.get(i + 1)?);
        let (claim, whole) = (&self.claims[i], &self.claims[i + 1]);
        if !is_share(claim) || claim.change.is_some() || claim.noun.is_none() {
            return None;
        }
        let near = next.sentence == scope.sentence && next.head - scope.tail.min(next.head) <= NUMBERED;
        let told = (next.head.saturating_sub(3)..next.head).any(|at| self.is(at, Role::Numbers));
        let same = whole.noun.is_some() && self.counts_same(i, i + 1);
        (near && told && same && whole.kind == Kind::Count).then_some(i + 1)
    }

    /// «20 طنًّا من المساعدات، البالغة 90 طنًّا»: the whole is told with the
    /// noun that the part is of.
    fn out_of_total(&self, i: usize) -> Option<usize> {
        let (scope, claim) = (&self.scopes[i], &self.claims[i]);
        let whole = (i + 1..self.claims.len()).take(2).find(|&w| {
            let lead = self.scopes[w].head.saturating_sub(1);
            self.scopes[w].sentence == scope.sentence && self.is(lead, Role::Amounting)
        })?;
        let mut gap = scope.tail..self.scopes[whole].head;
        let of = gap.find(|&at| self.is(at, Role::Of))?;
        let lead = self.scopes[whole].head - 1;
        let apart = (of..lead.saturating_sub(1)).any(|at| self.is(at, Role::Comma) && at + 2 < lead);
        let near = lead - of < 14 && !apart && self.reading.folded(of + 1).starts_with("ال");
        (near && claim.part_of.is_none() && fits(&self.claims[whole], claim)).then_some(whole)
    }

    /// Whether two claims count the same, as far as they say it.
    fn counts_same(&self, a: usize, b: usize) -> bool {
        match (&self.claims[a].noun, &self.claims[b].noun) {
            (Some(a), Some(b)) => a.lemma == b.lemma,
            _ => true,
        }
    }

    /// Whether nothing but a comparator stands in tokens `from..to`.
    fn is_bare(&self, from: usize, to: usize) -> bool {
        from == to || self.reading.find(List::Comparator, from, Article::Kept).is_some_and(|f| f.end == to)
    }

    /// A cue before or after the number, or a pronoun on a share.
    fn cued(&self, i: usize) -> Option<usize> {
        if let Some((kind, cue)) = self.cue_before(i) {
            let whole = self.whole_named(i, cue).or_else(|| self.whole(i, 1, self.refers(cue)));
            // «لجنة تضم 5 أعضاء»: what is contained is of the same sort as the whole.
            let same = |&w: &usize| self.claims[i].noun.is_some() && self.counts_same(i, w);
            return whole.filter(|w| kind != SubsetKind::Contains || same(w));
        }
        if let Some(cue) = self.pronoun(i) {
            let refers = self.refers(cue);
            return self.nested(i, refers).or_else(|| self.whole(i, 1, refers));
        }
        let cue = self.cue_after(i)?;
        self.whole(i, 1, self.refers(cue)).or_else(|| self.whole(i, SENTENCES, self.refers(cue)))
    }

    /// «توفي منهم 38 شخصًا، نصفهم أطفال», «8% من السكان، عاد ثلثاهم»: a share of
    /// the part or of the share just told.
    fn nested(&self, i: usize, refers: Refers) -> Option<usize> {
        let whole = i.checked_sub(1)?;
        let claim = &self.claims[whole];
        let named = claim.noun.as_ref().is_some_and(|n| n.quote.span.start > claim.number.span.start);
        let told = is_share(claim) && named || claim.rules.contains(&"claim/part-of-them");
        let people = refers != Refers::People || claim.noun.as_ref().is_some_and(counts_people);
        // «107 منهم أطفال، وثلاثة أرباعهم …» goes on with the whole of both.
        let joined = self.reading.folded(self.claims[i].reading.start).starts_with('و');
        let near = self.scopes[whole].sentence == self.scopes[i].sentence
            && !joined
            && self.scopes[i].head.saturating_sub(self.scopes[whole].tail) <= OUT_OF + REACH;
        (told && people && near && is_share(&self.claims[i]) && self.agrees(claim, refers)).then_some(whole)
    }

    /// What the pronoun at the end of token `at` can stand for.
    fn refers(&self, at: usize) -> Refers {
        let word = self.reading.folded(at);
        let people = word.ends_with("هم") || word.ends_with("هن") || self.is(at, Role::These);
        match word {
            _ if people => Refers::People,
            _ if word.ends_with("ها") => Refers::Things,
            _ if word.ends_with('ه') => Refers::Amount,
            _ => Refers::Any,
        }
    }

    /// «ثلاثة أرباعهم», «نصفها», «ثلثي هؤلاء»: the token with the pronoun.
    fn pronoun(&self, i: usize) -> Option<usize> {
        let number = &self.claims[i].reading;
        let attached = number.span.end < self.reading.span(number.start, number.end).end;
        let these = is_share(&self.claims[i]) && self.is(self.scopes[i].tail, Role::These);
        if these {
            Some(self.scopes[i].tail)
        } else {
            (number.sort == Sort::Fraction && attached).then(|| number.end - 1)
        }
    }

    fn kind_at(&self, at: usize) -> Option<(SubsetKind, usize)> {
        let found = self.reading.find(List::Subset, at, Article::Kept)?;
        Some((self.lists.subsets[found.row], found.end))
    }

    /// «من بين القتلى طفلان»: the whole is the one that counts these, by the noun
    /// that the cue ends with.
    fn whole_named(&self, i: usize, cue: usize) -> Option<usize> {
        let noun = self.reading.folded(cue).strip_prefix("ال").and_then(|word| self.lemmas.find(word))?;
        let near = |&w: &usize| self.scopes[i].sentence - self.scopes[w].sentence <= SENTENCES;
        let fits = |&w: &usize| self.claims[w].part_of.is_none() && fits(&self.claims[w], &self.claims[i]);
        let same = |&w: &usize| self.claims[w].noun.as_ref().is_some_and(|n| n.lemma == noun.lemma);
        let suffers = |&w: &usize| {
            let class = self.claims[w].predicate.as_ref().map_or("", |p| p.class);
            match noun.lemma {
                "قتيل" | "شهيد" | "ضحية" => matches!(class, "kill" | "die"),
                "جريح" | "مصاب" => matches!(class, "injure" | "infect"),
                "معتقل" | "موقوف" | "أسير" => matches!(class, "arrest" | "detain"),
                _ => false,
            }
        };
        let candidates = || (0..i).rev().take_while(near).filter(fits);
        candidates().find(same).or_else(|| candidates().find(suffers))
    }

    /// «من بينهم 56»: the cue's kind and last token.
    fn cue_before(&self, i: usize) -> Option<(SubsetKind, usize)> {
        let scope = &self.scopes[i];
        let last = i.checked_sub(1).map_or(0, |b| self.scopes[b].tail);
        let from = scope.start.max(last).max(scope.head.saturating_sub(REACH));
        (from..scope.head).find_map(|at| {
            let (kind, end) = self.kind_at(at)?;
            let joins = !matches!(kind, SubsetKind::Share | SubsetKind::Rest) && end <= scope.head;
            // «من بينها ملفات تتعلق بثلاثة وزراء»: something else is among them.
            let apart = end + 2 <= self.bound(i) && self.has_verb(end + 1, self.bound(i));
            // «410 منهم … و12»: a cue right after a number belongs to that one.
            let among = self.is(at, Role::AmongThem);
            let own = i > 0 && at == last && !self.leads(end, scope.head) && !among;
            // «يستفيد منها قبل ذلك 50»: the verb's own preposition.
            let plain = end == at + 1 && self.is(at, Role::OfThem);
            // «لم يُصرف منها سوى 4»
            let end_of = end + usize::from(self.is(end, Role::Except));
            let led = !plain || scope.head - end <= 1 || self.is_bare(end_of.min(scope.head), scope.head);
            (joins && led && !own && !apart).then(|| (kind, end - 1))
        })
    }

    /// Where number `i` begins with the comparator before it.
    fn bound(&self, i: usize) -> usize {
        let head = self.scopes[i].head;
        let cue = self.claims[i].comparator_quote.as_ref();
        cue.map_or(head, |quote| self.reading.text.token_at(quote.span.start).min(head))
    }

    /// «410 منهم», «84 منها»: the cue's token.
    fn cue_after(&self, i: usize) -> Option<usize> {
        let scope = &self.scopes[i];
        let next = self.claims.get(i + 1).map_or(scope.end, |c| c.reading.start.min(scope.end));
        let until = next.min(scope.tail + 3);
        (scope.tail..until).find(|&at| {
            let of_them = self.kind_at(at).is_some_and(|(kind, end)| {
                kind == SubsetKind::OfThem && (end > next || !self.leads(end, next))
            });
            let apart = at > scope.tail && self.meets(at - 1, APART);
            // «خمس جهات منها القيروان» names one of them.
            let names = at > scope.tail
                && (self.reading.bits(at + 1).meets(NAMES) || self.reading.folded(at + 1).starts_with("ال"));
            of_them && self.is(at, Role::OfThem) && !apart && !names
        })
    }

    /// Whether the tokens `from..to` lead from a cue to the number at `to`.
    fn leads(&self, from: usize, to: usize) -> bool {
        let cue = to == from + 1
            && self.reading.bits(from).meets(const { Bits::of(&[List::Comparator, List::Function]) });
        self.reading.number_at(to).is_some() && (to <= from || cue)
    }

    /// The nearest claim before `i` that can be a whole, at most so many
    /// sentences back, and that the pronoun can stand for.
    fn whole(&self, i: usize, sentences: usize, refers: Refers) -> Option<usize> {
        let near = |&w: &usize| self.scopes[i].sentence - self.scopes[w].sentence <= sentences;
        let fitting = |&w: &usize| {
            let whole = &self.claims[w];
            whole.part_of.is_none() && fits(whole, &self.claims[i]) && self.agrees(whole, refers)
        };
        let candidates = || (0..i).rev().take_while(near).filter(fitting);
        let here = |&w: &usize| self.scopes[w].sentence == self.scopes[i].sentence;
        // «36 فيلمًا من 14 بلدًا، بينها 12 فيلمًا»: the same noun, then what no
        // preposition makes an attribute of another.
        let lemma = |c: usize| self.claims[c].noun.as_ref().map(|n| n.lemma.as_str());
        let same = |&w: &usize| lemma(i).is_some() && lemma(w) == lemma(i);
        let local = || candidates().take_while(here);
        // «مسحٌ لـ128 موقعًا، أجراه 17 غواصًا، بينهم»: people rather than what may be
        // people.
        let people =
            |&w: &usize| refers == Refers::People && self.claims[w].noun.as_ref().is_some_and(counts_people);
        local()
            .find(same)
            .or_else(|| local().find(|w| people(w) && !self.is_led(*w)))
            .or_else(|| local().find(people))
            .or_else(|| local().find(|&w| !self.is_led(w)))
            .or_else(|| candidates().next())
    }

    /// Whether a preposition makes claim `w` an attribute of another; that of a
    /// comparator («أكثر من») does not.
    fn is_led(&self, w: usize) -> bool {
        let Some(at) = self.scopes[w].head.checked_sub(1) else { return false };
        let span = self.reading.span(at, at + 1);
        let compares = self.claims[w].comparator_quote.as_ref().is_some_and(|q| q.span.overlaps(&span));
        self.is(at, Role::Through) && !compares
    }

    /// Whether a pronoun of this sort can stand for what the claim counts.
    fn agrees(&self, whole: &Claim, refers: Refers) -> bool {
        if refers == Refers::Amount {
            return matches!(whole.kind, Kind::Money | Kind::Measure);
        }
        let Some(noun) = &whole.noun else { return true };
        let class = self.lemmas.class(&noun.lemma);
        match refers {
            Refers::Any | Refers::Amount => true,
            Refers::People => {
                !matches!(
                    class,
                    Some("thing" | "money" | "time" | "event" | "abstract" | "measure" | "place")
                ) || counts_people(noun)
            }
            Refers::Things => !noun.person,
        }
    }

    /// «87 من الضحايا», «نصف المصابين», «ثلث المبلغ»: a share of a definite
    /// noun that an earlier claim counts, by the same word or, for people, by
    /// another.
    fn named(&self, i: usize) -> Option<usize> {
        let claim = &self.claims[i];
        let noun = claim.noun.as_ref().filter(|n| n.quote.span.start > claim.number.span.start)?;
        let of = self.is(self.scopes[i].tail, Role::Of);
        let definite = noun.quote.surface.starts_with("ال");
        if !definite || !(is_share(claim) || of && claim.kind == Kind::Count) {
            return None;
        }
        let near = |&w: &usize| self.scopes[i].sentence - self.scopes[w].sentence <= SENTENCES;
        let free = |&w: &usize| self.claims[w].part_of.is_none() && fits(&self.claims[w], claim);
        let candidates = || (0..i).rev().take_while(near).filter(free);
        let at = self.reading.text.token_at(noun.quote.span.start);
        if self.is(at, Role::AmountNoun) {
            // «(125 مليون دولار)» says an amount again.
            let bracketed =
                |w: usize| self.is(self.claims[w].reading.start.saturating_sub(1), Role::OpensBracket);
            let amount =
                |&w: &usize| matches!(self.claims[w].kind, Kind::Money | Kind::Measure) && !bracketed(w);
            if self.is(at, Role::Sum) {
                return self.total(&candidates());
            }
            return candidates().find(amount);
        }
        let same = |&w: &usize| self.claims[w].noun.as_ref().is_some_and(|n| n.lemma == noun.lemma);
        let population = self.is(at, Role::Population);
        let people = |&w: &usize| {
            let counted = self.claims[w].noun.as_ref();
            noun.person
                && counted
                    .is_some_and(|n| if population { self.is_population(n) } else { stands_for(n, noun) })
        };
        candidates().find(same).or_else(|| candidates().find(people))
    }

    /// What «الإجمالي» stands for: the amount told as a total, else the largest of
    /// the kind of the nearest.
    fn total(&self, candidates: &(impl Iterator<Item = usize> + Clone)) -> Option<usize> {
        let told = |&w: &usize| {
            let scope = &self.scopes[w];
            (scope.clause..scope.head).any(|at| self.lists.words.is_cut(self.reading, at, Role::Total))
        };
        let nearest = candidates.clone().next()?;
        let value = |&w: &usize| self.claims[w].reading.value();
        let alike = candidates.clone().filter(|&w| self.claims[w].kind == self.claims[nearest].kind);
        candidates.clone().find(told).or_else(|| alike.max_by_key(value))
    }

    fn is_population(&self, noun: &Noun) -> bool {
        let at = self.reading.text.token_at(noun.quote.span.start);
        self.is(at, Role::Population) || noun.lemma == "نسمة"
    }

    /// «ستة أشخاص، هم مواطنان …», «12 جريحًا: سبعة رجال …», «9 قتلى (5 رجال …»:
    /// the parts follow their whole.
    fn listed(&self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1)?;
        let (scope, first) = (&self.scopes[i], self.claims[i].reading.start);
        if self.scopes[before].sentence != scope.sentence {
            return None;
        }
        let lead = first.checked_sub(1)?;
        let named = self.is(lead, Role::Enumerates);
        // «2 : 1» is a score.
        let colon = self.is(lead, Role::Colon) && self.scopes[before].tail < lead;
        let bracket = self.is(lead, Role::OpensBracket) && self.has_sibling(i);
        let near = first.saturating_sub(self.scopes[before].tail) <= REACH;
        if !(near && (named || colon || bracket)) || self.has_verb(self.scopes[before].tail, first) {
            return None;
        }
        if is_share(&self.claims[i]) {
            return self.claims[before].part_of.filter(|_| colon);
        }
        fits(&self.claims[before], &self.claims[i]).then_some(before)
    }

    /// Whether the next number stands in the same bracket as number `i`.
    fn has_sibling(&self, i: usize) -> bool {
        let Some(next) = self.scopes.get(i + 1) else { return false };
        let gap = self.scopes[i].tail..next.head;
        gap.len() <= REACH
            && !gap.clone().any(|at| self.is(at, Role::ClosesBracket))
            && self.claims[i + 1].kind == self.claims[i].kind
    }

    /// «توزعت الإصابات على عمّان (512) وإربد (148)»: the same thing counted
    /// place by place.
    fn distributed(&self, i: usize) -> Option<usize> {
        let (scope, claim) = (&self.scopes[i], &self.claims[i]);
        if claim.kind != Kind::Count {
            return None;
        }
        let verb = (scope.start..scope.head).rev().find(|&at| self.is(at, Role::Distributes))?;
        let bracketed = self.is(claim.reading.start.checked_sub(1)?, Role::OpensBracket);
        let placed = self.reading.is(scope.tail, &["في", "ب", "ل", "من"]);
        let whole = self.divided(i, verb)?;
        let same = |n: &Noun| self.claims[whole].noun.as_ref().is_some_and(|w| w.lemma == n.lemma);
        let own = claim.noun.as_ref().filter(|n| n.quote.span.start > claim.number.span.start);
        (bracketed || own.is_some_and(same) || own.is_none() && placed).then_some(whole)
    }

    /// The whole that the verb at token `verb` divides: what its subject counts,
    /// best with the same adjective.
    fn divided(&self, i: usize, verb: usize) -> Option<usize> {
        let near = |&w: &usize| self.scopes[i].sentence - self.scopes[w].sentence <= 3;
        let free = |&w: &usize| {
            let before = self.claims[w].reading.start < verb;
            before && self.claims[w].part_of.is_none() && fits(&self.claims[w], &self.claims[i])
        };
        let candidates = || (0..i).rev().take_while(near).filter(free);
        let bare = |at: usize| self.reading.folded(at).trim_start_matches("ال");
        let lemma = |w: usize| self.claims[w].noun.as_ref().map(|n| n.lemma.as_str());
        let subject = self.lemmas.find(bare(verb + 1)).map(|l| l.lemma);
        let same = |&w: &usize| subject.is_some() && lemma(w) == subject;
        let alike = |&w: &usize| {
            let noun = self.claims[w].noun.as_ref();
            noun.is_some_and(|n| bare(self.reading.text.token_at(n.quote.span.end - 1) + 1) == bare(verb + 2))
        };
        let exact = candidates().filter(same).find(alike);
        exact
            .or_else(|| candidates().find(same))
            .or_else(|| candidates().next().filter(|_| subject.is_none()))
    }

    /// A list goes on: «… و350 طفلًا»; or the same part is said again: «أي 37%».
    fn carried(&self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1)?;
        let whole = self.claims[before].part_of.filter(|&w| w < before)?;
        let (from, head) = (self.scopes[before].tail, self.scopes[i].head);
        if self.scopes[before].sentence != self.scopes[i].sentence || head.saturating_sub(from) > REACH {
            return None;
        }
        let again = is_share(&self.claims[i])
            && self.claims[i].change.is_none()
            && (from..head).any(|at| self.is(at, Role::ThatIs));
        let joined = (from..=self.claims[i].reading.start).any(|at| self.reading.folded(at).starts_with('و'))
            || head > 0 && self.is(head - 1, Role::Comma)
            || (from..head).any(|at| self.is(at, Role::Joins));
        let said = (from..head).any(|at| self.is(at, Role::Says));
        let listed =
            self.claims[i].kind == self.claims[before].kind && joined && !said && !self.has_verb(from, head);
        ((listed || again) && fits(&self.claims[whole], &self.claims[i])).then_some(whole)
    }

    /// «والـ30 الباقون», «أما الآخرون وعددهم 12»: the rest of the last whole.
    fn rest(&self, i: usize) -> Option<usize> {
        let scope = &self.scopes[i];
        let is_rest = |at: usize| self.kind_at(at).is_some_and(|(kind, _)| kind == SubsetKind::Rest);
        let after = (scope.tail..scope.end.min(scope.tail + 2)).any(is_rest);
        // «الباقي» can end a name too: here it begins its clause.
        let begins = |at: usize| at == scope.clause || self.reading.folded(at).starts_with('و');
        let before =
            (scope.clause.max(scope.head.saturating_sub(4))..scope.head).any(|at| begins(at) && is_rest(at));
        if !(after && self.claims[i].reading.article || before) {
            return None;
        }
        let near = |&w: &usize| scope.sentence - self.scopes[w].sentence <= 1;
        let whole = (0..i).rev().take_while(near).find_map(|w| self.claims[w].part_of.filter(|&x| x < w))?;
        fits(&self.claims[whole], &self.claims[i]).then_some(whole)
    }

    /// Whether a verb stands in tokens `from..to`; words with tanwin or the
    /// endings of nouns are none.
    fn has_verb(&self, from: usize, to: usize) -> bool {
        const LISTS: [List; 3] = [List::Predicate, List::Change, List::Reporting];
        (from..to).any(|at| {
            let found =
                |&list| self.reading.find(list, at, Article::Kept).is_some_and(|f| f.cut.clitics <= 2);
            let nominal = || {
                self.reading.surface(at).contains(['\u{064B}', '\u{064D}'])
                    || self.reading.folded(at).ends_with(['ا', 'ه'])
            };
            self.reading.bits_with_article(at).meets(const { Bits::of(&LISTS) })
                && LISTS.iter().any(found)
                && !nominal()
        })
    }
}
