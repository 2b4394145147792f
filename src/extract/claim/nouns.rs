//! What is counted: the noun after the number, before it, or understood from
//! the claim before.

use super::super::amount::{Number, Sort};
use super::super::reading::{Article, Reading};
use super::super::{Lexicons, Quote};
use super::scope::{Scope, is_word};
use super::words::Role;
use super::{Claim, Kind, Noun};
use crate::lexicon::{Bits, List};
use crate::normalize;
use crate::span::Span;

/// How far before its number a counted noun is looked for, in tokens.
const REACH: usize = 20;

/// Most tokens between two numbers that a verb of change joins.
const COORDINATED: usize = 7;

/// The noun of a number; `before` is the claim of the same kind before it in
/// the sentence, `earlier` the last that counts something before that.
pub(super) fn find(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    number: &Number,
    scope: &Scope,
    kind: Kind,
    before: Option<&Claim>,
    earlier: Option<&Claim>,
) -> Option<Noun> {
    if number.sort == Sort::Dual && !matches!(kind, Kind::Money | Kind::Measure) {
        return Some(dual(reading, lexicons, number));
    }
    let find = Find { reading, lexicons, number, scope };
    match kind {
        Kind::Money | Kind::Measure | Kind::Duration | Kind::Age => of_what(reading, lexicons, scope),
        Kind::Score => None,
        // «نصفهم أطفال»: what they are is said with the whole.
        Kind::Fraction if find.has_pronoun() => None,
        Kind::Percent => find.share().or_else(|| before.and_then(|claim| claim.noun.clone())),
        Kind::Ratio => find.each().or_else(|| find.share()),
        Kind::Fraction | Kind::Multiplier => of_what(reading, lexicons, scope)
            .or_else(|| after(reading, lexicons, number, scope))
            .or_else(|| find.share()),
        Kind::Ordinal => find.described().or_else(|| after(reading, lexicons, number, scope)),
        // «84 منها»: what they are is said with the whole.
        Kind::Count | Kind::Number if lexicons.claims.words.is(reading, scope.tail, Role::OfThem) => {
            after(reading, lexicons, number, scope)
        }
        Kind::Count | Kind::Number => find.counted(before, earlier),
    }
}

/// What the noun of a number is looked for with.
struct Find<'a> {
    reading: &'a Reading<'a>,
    lexicons: &'a Lexicons,
    number: &'a Number,
    scope: &'a Scope,
}

impl Find<'_> {
    fn is(&self, at: usize, role: Role) -> bool {
        self.lexicons.claims.words.is(self.reading, at, role)
    }

    fn has_pronoun(&self) -> bool {
        self.number.span.end < self.reading.span(self.number.start, self.number.end).end
    }

    /// What is counted: behind the number, before it, or understood.
    fn counted(&self, before: Option<&Claim>, earlier: Option<&Claim>) -> Option<Noun> {
        let (reading, lexicons, scope) = (self.reading, self.lexicons, self.scope);
        let one = self.is(self.number.start, Role::One) && self.number.end == self.number.start + 1;
        let named = self.number.article && !self.number.digits;
        let same = || before.and_then(|claim| claim.noun.clone());
        // «1,650 منزلًا دُمرت و2,550 جزئيًا»: an adverb or adjective is no noun.
        let goes_on = before.is_some_and(|b| b.noun.is_some()) && self.is_adjective(scope.tail);
        let told = (one || named).then(|| self.described()).flatten();
        if told.is_some() || goes_on {
            return told.or_else(same);
        }
        after(reading, lexicons, self.number, scope)
            .or_else(|| self.coordinated(before))
            .or_else(|| preceding(reading, lexicons, self.number, scope))
            .or_else(|| self.measured().filter(|noun| !self.is_general(noun)))
            .or_else(same)
            .or_else(|| self.has_general().then(|| earlier.and_then(|claim| claim.noun.clone())).flatten())
            .or_else(|| self.measured())
            .or_else(|| self.changing())
    }

    /// «ارتفع عدد القتلى إلى 30 والجرحى إلى 50»: what is counted stands between
    /// the two.
    fn coordinated(&self, before: Option<&Claim>) -> Option<Noun> {
        let (reading, lexicons) = (self.reading, self.lexicons);
        let from = before?.reading.end;
        let to = (from..self.scope.head).rev().find(|&at| self.is(at, Role::To))?;
        let at = to.checked_sub(1).filter(|&at| at >= from && self.scope.head - from <= COORDINATED)?;
        let joined = reading.folded(at).starts_with("وال") && begins_with_waw(reading, lexicons, at);
        (joined && is_noun(reading, at)).then(|| noun_at(reading, lexicons, at))
    }

    /// Whether token `at` is an adjective that is no nationality.
    fn is_adjective(&self, at: usize) -> bool {
        let found = self.lexicons.lemmas.find(self.reading.folded(at));
        let adverb = self.is(at, Role::NoNoun);
        !self.is(at, Role::Others)
            && (adverb
                || found.is_some_and(|l| l.class == "adjective")
                    && !self.reading.bits(at).has(List::Nationality))
    }

    /// «العدد»: stands for what was counted before.
    fn is_general(&self, noun: &Noun) -> bool {
        self.is(self.reading.text.token_at(noun.quote.span.start), Role::AmountNoun)
    }

    /// Whether «العدد» or «عددها» leads to the number.
    fn has_general(&self) -> bool {
        let from = self.scope.clause.max(self.scope.head.saturating_sub(REACH));
        (from..self.scope.head).any(|at| {
            self.is(at, Role::AmountNoun) || self.reading.is(at, &["عددها", "عددهم", "عدده", "عددهن"])
        })
    }

    /// What a percentage is of: «من الذكور», «نسبة البطالة», what rises.
    fn share(&self) -> Option<Noun> {
        of_what(self.reading, self.lexicons, self.scope)
            .or_else(|| self.measured())
            .or_else(|| self.changing())
    }

    /// «تسع سيارات من كل عشر», «3 من كل 10 أزواج», «تلميذًا واحدًا من كل خمسة».
    fn each(&self) -> Option<Noun> {
        let (reading, lexicons) = (self.reading, self.lexicons);
        let known = lexicons.lemmas.find(reading.folded(self.scope.tail)).is_some();
        let one = self.is(self.number.start, Role::One);
        self.inside()
            .or_else(|| known.then(|| after(reading, lexicons, self.number, self.scope)).flatten())
            .or_else(|| one.then(|| self.described()).flatten())
    }

    /// «تسع سيارات من كل عشر»: the noun inside the number.
    fn inside(&self) -> Option<Noun> {
        let (reading, lexicons) = (self.reading, self.lexicons);
        let at = self.number.start + 1;
        let noun = at + 1 < self.number.end
            && can_count(reading, at)
            && lexicons.lemmas.find(reading.folded(at)).is_some();
        noun.then(|| noun_at(reading, lexicons, at))
    }

    /// «زيارة طبية مستقلة واحدة», «القرى الخمس», «المركز الثالث»: the noun that
    /// the number describes, before it and its other adjectives.
    fn described(&self) -> Option<Noun> {
        let (reading, lexicons) = (self.reading, self.lexicons);
        let last = self.scope.head.checked_sub(1).filter(|_| self.scope.head == self.number.start)?;
        // «والثاني» describes nothing before it.
        if reading.folded(self.number.start).starts_with('و') && self.number.article {
            return None;
        }
        let last = last.checked_sub(usize::from(reading.is(last, &["هي", "هو"])))?;
        let definite = reading.folded(last).starts_with("ال");
        if self.number.article && self.number.sort != Sort::Ordinal && !definite {
            return None;
        }
        let mut at = last;
        while at > self.scope.start
            && last - at < MOST_MODIFIERS
            && self.describes(at)
            && !begins_with_waw(reading, lexicons, at)
            && is_noun(reading, at - 1)
            && reading.folded(at - 1).starts_with("ال") == definite
        {
            at -= 1;
        }
        (at >= self.scope.start && is_noun(reading, at)).then(|| noun_at(reading, lexicons, at))
    }

    /// Whether token `at` is an adjective: listed, or in «ي» and its forms.
    fn describes(&self, at: usize) -> bool {
        let word = self.reading.folded(at);
        let bare = word.strip_prefix("ال").unwrap_or(word);
        let nisba = bare.len() >= 8 && ["يا", "يه", "ي", "يين"].iter().any(|e| bare.ends_with(e));
        let listed = self.lexicons.lemmas.find(bare).is_some_and(|l| l.class == "adjective");
        let derived = bare.starts_with('م') && bare.len() >= 10 && self.lexicons.lemmas.find(bare).is_none();
        nisba || listed || derived
    }

    /// «عدد الأسرى … إلى 10,000», «نسبة البطالة 12%».
    fn measured(&self) -> Option<Noun> {
        let (reading, lexicons, scope) = (self.reading, self.lexicons, self.scope);
        let from = scope.start.max(scope.head.saturating_sub(REACH));
        let at =
            (from..scope.head).rev().find(|&at| lexicons.claims.words.is_cut(reading, at, Role::Measure))?;
        // «بمعدل 4%»: the measure itself is what is given.
        let of = at + 1 + usize::from(reading.is(at + 1, &["من"]));
        // «نسبة تقدم الأشغال»: behind a measure no verb stands.
        let named = of < scope.head
            && (can_count(reading, of) || is_word(reading, of) && !is_shut(reading, of) && of == at + 1);
        let folded = reading.folded(at);
        let bare = !folded.ends_with("نسبه");
        // «عن مستوى سعر الأمس بمعدل»: an amount of a change is no measure.
        let amount = folded.starts_with('ب') && !named;
        (named || bare && !amount).then(|| noun_at(reading, lexicons, if named { of } else { at }))
    }

    /// «إن حصة الخبز خُفضت بنسبة 40%»: the subject between the start of what is
    /// said and the verb at token `verb`.
    fn subject_before(&self, verb: usize) -> Option<Noun> {
        let (reading, lexicons) = (self.reading, self.lexicons);
        let said = (self.scope.start..verb).rev().find(|&at| self.is(at, Role::Says))?;
        let near = verb - said <= 8 && is_finite_verb(reading, verb);
        (near && can_count(reading, said + 1)).then(|| noun_at(reading, lexicons, said + 1))
    }

    /// What rises or falls: the subject after the verb or noun of change; after
    /// «بزيادة قدرها» that of the sentence's verb.
    fn changing(&self) -> Option<Noun> {
        let (reading, lexicons, scope) = (self.reading, self.lexicons, self.scope);
        let from = scope.start.max(scope.head.saturating_sub(REACH));
        let changes = |at: &usize| reading.find(List::Change, *at, Article::Kept).is_some();
        let subject = |at: usize| {
            let next = at + 1;
            let free = next < scope.head
                && can_count(reading, next)
                && !self.is_adjective(next)
                && !self.is(next, Role::Amount)
                && !self.is(next, Role::Amounts)
                && !is_act(reading, next)
                && !begins_with_preposition(reading, lexicons, next);
            free.then(|| noun_at(reading, lexicons, next))
        };
        let verb = (from..scope.head).rev().find(changes);
        let found = (from..scope.head).rev().filter(changes).find_map(subject);
        found.or_else(|| verb.and_then(|at| self.subject_before(at))).or_else(|| {
            let verbs =
                const { Bits::of(&[List::Predicate, List::Change, List::Comparator, List::Reporting]) };
            let verb =
                |at: &usize| reading.bits_with_article(*at).meets(verbs) && is_finite_verb(reading, *at);
            let changed = (from..scope.head).any(|at| changes(&at));
            (scope.start..scope.head).find(verb).filter(|_| changed).and_then(subject)
        })
    }
}

/// An adjective or noun of state after a verb is no subject: «منخفضًا».
fn is_act(reading: &Reading<'_>, at: usize) -> bool {
    reading.surface(at).contains('\u{064B}') && reading.is_whole(List::Change, at)
}

fn dual(reading: &Reading<'_>, lexicons: &Lexicons, number: &Number) -> Noun {
    let at = number.start;
    let folded = reading.folded(at);
    let cut = lexicons.lemmas.dual(folded).unwrap_or(0);
    let (lemma, person) = lemma(reading, lexicons, at, cut);
    Noun {
        quote: Quote::of(reading.text, number.span),
        lemma,
        modifiers: modifiers(reading, lexicons, number.end),
        person,
    }
}

/// «من الذكور»: what a share or an amount is of.
fn of_what(reading: &Reading<'_>, lexicons: &Lexicons, scope: &Scope) -> Option<Noun> {
    if !reading.is(scope.tail, &["من"]) || scope.tail + 1 >= scope.end {
        return None;
    }
    let at = scope.tail + 1 + usize::from(lexicons.claims.words.is(reading, scope.tail + 1, Role::OfAll));
    can_count(reading, at).then(|| noun_at(reading, lexicons, at))
}

/// Whether a noun that the number could count stands at token `at`.
pub(super) fn has_noun_after(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> bool {
    can_count(reading, at)
        && !begins_with_waw(reading, lexicons, at)
        && !begins_with_preposition(reading, lexicons, at)
}

/// The noun right after the number or after من.
fn after(reading: &Reading<'_>, lexicons: &Lexicons, number: &Number, scope: &Scope) -> Option<Noun> {
    // «107 منهم أطفال»: what they are stands after the pronoun.
    let mut at = scope.tail + usize::from(lexicons.claims.words.is(reading, scope.tail, Role::OfThem));
    let of = reading.is(at, &["من"])
        && (number.sort == Sort::Vague
            || reading.folded(at + 1).starts_with("ال")
            || is_of_people(reading, lexicons, at + 1));
    at += usize::from(of);
    // «نصف هذا المبلغ»
    at += usize::from(lexicons.claims.words.is(reading, at, Role::Demonstrative));
    // A nisba or an adjective may come first («20 فلسطينيًا معتقلًا»): it counts.
    let free = !begins_with_waw(reading, lexicons, at) && !begins_with_preposition(reading, lexicons, at);
    let words = &lexicons.claims.words;
    let others = words.is(reading, at, Role::Others);
    let aside = words.is(reading, at, Role::NoNoun) || words.is(reading, at, Role::Day);
    let fits = can_count(reading, at) && free && !aside;
    (at < scope.end && (others || fits)).then(|| noun_at(reading, lexicons, at))
}

/// «من عناصر الشرطة», «من إخوتها»: people who are told by whose they are.
fn is_of_people(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> bool {
    let word = reading.folded(at);
    let person = lexicons.lemmas.find(word).is_some_and(|l| l.class == "person");
    let owned = word.ends_with("ها") || word.ends_with("هم") || word.ends_with("ته") || word.ends_with("ئه");
    person && (owned || reading.folded(at + 1).starts_with("ال"))
}

/// Whether the token at `at` can be a counted noun.
fn can_count(reading: &Reading<'_>, at: usize) -> bool {
    reading.same_line(at) && is_noun(reading, at)
}

/// Whether token `at` is a function word, a short one or a number.
fn is_shut(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_whole(List::Function, at) || reading.folded(at).len() <= 4 || reading.number_at(at).is_some()
}

/// The same, also at the start of a line.
fn is_noun(reading: &Reading<'_>, at: usize) -> bool {
    let bits = reading.bits(at);
    let whole = |list| reading.is_whole(list, at);
    matches!(reading.kind(at), Some(normalize::Kind::Word | normalize::Kind::Foreign))
        && reading.folded(at).len() > 2
        && reading.number_at(at).is_none()
        && !whole(List::Function)
        && !(bits.has(List::Month) && whole(List::Month))
        && !(bits.has(List::Weekday) && whole(List::Weekday))
        && !whole(List::Subset)
        && !is_perfect_verb(reading, at)
        && !(whole(List::Reporting) && is_finite_verb(reading, at))
        && !(whole(List::Change) && is_finite_verb(reading, at))
        && !(whole(List::Predicate) && is_finite_verb(reading, at))
}

/// Whether the word begins with the conjunction rather than a waw of its own:
/// a noun is left without it, and none with it.
fn begins_with_waw(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> bool {
    let Some(rest) = reading.folded(at).strip_prefix('و') else { return false };
    lexicons.lemmas.find(reading.folded(at)).is_none()
        && (lexicons.lemmas.find(rest).is_some() || reading.forms(at).iter().any(|f| f.cut.clitics == 2))
}

/// Whether the folded word has the shape of a finite verb: an imperfect, or
/// a perfect in the feminine or plural.
fn is_finite_verb(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.folded(at);
    word.starts_with('ي')
        || word.starts_with('ت') && !word.ends_with('ه')
        || word.ends_with("وا")
        || word.ends_with('ت') && !word.ends_with("ات")
}

/// Whether the word can only be a perfect verb: «اندلعت», or a passive that
/// its vowel marks («كُشف»).
fn is_perfect_verb(reading: &Reading<'_>, at: usize) -> bool {
    let (word, surface) = (reading.folded(at), reading.surface(at));
    let derived =
        word.starts_with('ا') && !word.starts_with("ال") && word.ends_with('ت') && !word.ends_with("ات");
    let passive = word.chars().count() == 3 && surface.chars().nth(1) == Some('\u{064F}');
    derived && word.chars().count() >= 6 || passive
}

/// Whether a preposition is written on to a noun of the list.
pub(super) fn begins_with_preposition(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> bool {
    let word = reading.folded(at);
    let Some(rest) = word.strip_prefix(['ب', 'ل', 'ك']) else { return false };
    let rest = rest.strip_prefix("ال").or_else(|| rest.strip_prefix('ل')).unwrap_or(rest);
    lexicons.lemmas.find(word).is_none() && lexicons.lemmas.find(rest).is_some()
}

/// The noun phrase that begins at token `at`.
fn noun_at(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> Noun {
    let mut end = at + 1;
    let light = lexicons.claims.words.is(reading, at, Role::Light);
    if light && can_count(reading, end) && !begins_with_waw(reading, lexicons, end) {
        end += 1;
    } else if let Some(second) = coordinate(reading, lexicons, at) {
        end = second;
    }
    let cut = article(reading, at);
    let waw = begins_with_waw(reading, lexicons, at) || reading.folded(at).starts_with("لل");
    let led = begins_with_preposition(reading, lexicons, at) && !reading.folded(at).starts_with("لل");
    let start = reading.start_after(at, if waw || led { 2 } else { 0 });
    let span = Span::new(start, reading.span(at, end).end);
    let (lemma, person) = lemma(reading, lexicons, at, cut);
    let modifiers = modifiers(reading, lexicons, end);
    Noun { quote: Quote::of(reading.text, span), lemma, modifiers, person }
}

fn article(reading: &Reading<'_>, at: usize) -> usize {
    let folded = reading.folded(at);
    if folded.starts_with("ال") && folded.len() > 6 { 4 } else { 0 }
}

/// «امرأة وطفلًا»: two persons counted together.
fn coordinate(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> Option<usize> {
    let person = |word: &str| lexicons.lemmas.find(word).is_some_and(|l| l.class == "person");
    let second = reading.folded(at + 1).strip_prefix('و')?;
    let joins =
        is_word(reading, at + 1) && person(reading.folded(at)) && person(second) && !second.starts_with("ال");
    let counted = lexicons.claims.words.is(reading, at + 2, Role::One);
    (joins && !counted && reading.number_at(at + 1).is_none()).then_some(at + 2)
}

/// The dictionary form of the word at `at` after `cut` bytes, the folded word
/// itself where the list does not know it; and whether it names people.
fn lemma(reading: &Reading<'_>, lexicons: &Lexicons, at: usize, cut: usize) -> (String, bool) {
    let word = &reading.folded(at)[cut..];
    let found = lexicons.lemmas.find(word);
    let other = || word.strip_suffix('ا').filter(|w| w.len() > 4).unwrap_or(word);
    let person = found.is_some_and(|l| l.class == "person") || reading.bits(at).has(List::Nationality);
    (found.map_or_else(other, |found| found.lemma).to_owned(), person)
}

/// Most adjectives after a noun.
const MOST_MODIFIERS: usize = 2;

/// The adjectives from token `at` on.
fn modifiers(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> Vec<String> {
    let adjective = |i: usize| {
        let word = reading.folded(i);
        if word == "لكل" || word.starts_with('و') || !can_count(reading, i) {
            return false;
        }
        let bare = word.strip_prefix("ال").unwrap_or(word);
        let nisba =
            bare.len() >= 8 && ["يا", "يه", "ي", "يين", "يون", "يات"].iter().any(|e| bare.ends_with(e));
        let listed = || lexicons.lemmas.find(bare).is_some_and(|l| l.class == "adjective");
        nisba || reading.bits(i).has(List::Nationality) || listed()
    };
    let run = (at..at + MOST_MODIFIERS).take_while(|&i| is_word(reading, i) && adjective(i));
    run.map(|i| reading.surface(i).to_owned()).collect()
}

/// The noun right before the number: «القتلى 45», «الدفعة الخامسة».
fn preceding(reading: &Reading<'_>, lexicons: &Lexicons, number: &Number, scope: &Scope) -> Option<Noun> {
    let last = scope.head.checked_sub(1)?;
    let at =
        last.checked_sub(usize::from(reading.is(last, &["هي", "هو"]))).filter(|&at| at >= scope.start)?;
    let ordinal = number.sort == Sort::Ordinal || lexicons.claims.words.is(reading, number.start, Role::One);
    let definite = reading.folded(at).starts_with("ال");
    let known = lexicons.lemmas.find(&reading.folded(at)[article(reading, at)..]).is_some();
    // «الدفعة هي الخامسة عشرة»
    let joined = number.article && reading.folded(number.start).starts_with('و');
    let adjoins = scope.head == number.start && !joined && (ordinal || definite && known && number.digits);
    (adjoins && is_noun(reading, at)).then(|| noun_at(reading, lexicons, at))
}
