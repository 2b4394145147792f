//! What is counted: the noun after the number, before it, or understood from
//! the claim before.

use super::super::amount::{Number, Sort};
use super::super::reading::{Article, Reading};
use super::super::{Lexicons, Quote};
use super::scope::{Scope, is_word};
use super::words::Role;
use super::{Claim, Kind, Noun};
use crate::lexicon::List;
use crate::span::Span;

/// How far before its number a counted noun is looked for, in tokens.
const REACH: usize = 20;

/// The noun of a number; `before` is the claim of the same kind before it in
/// the sentence.
pub(super) fn find(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    number: &Number,
    scope: &Scope,
    kind: Kind,
    before: Option<&Claim>,
) -> Option<Noun> {
    if number.sort == Sort::Dual && !matches!(kind, Kind::Money | Kind::Measure) {
        return Some(dual(reading, lexicons, number));
    }
    match kind {
        Kind::Money | Kind::Measure | Kind::Duration | Kind::Age => of_what(reading, lexicons, scope),
        Kind::Score => None,
        Kind::Percent | Kind::Fraction | Kind::Ratio | Kind::Multiplier => of_what(reading, lexicons, scope)
            .or_else(|| after(reading, lexicons, number, scope))
            .or_else(|| measured(reading, lexicons, scope)),
        Kind::Ordinal => {
            preceding(reading, lexicons, number, scope).or_else(|| after(reading, lexicons, number, scope))
        }
        // «84 منها»: what they are is said with the whole.
        Kind::Count | Kind::Number if lexicons.claims.words.is(reading, scope.tail, Role::OfThem) => {
            after(reading, lexicons, number, scope)
        }
        Kind::Count | Kind::Number => single(reading, lexicons, number, scope)
            .or_else(|| after(reading, lexicons, number, scope))
            .or_else(|| preceding(reading, lexicons, number, scope))
            .or_else(|| measured(reading, lexicons, scope))
            .or_else(|| changing(reading, lexicons, scope))
            .or_else(|| before.and_then(|claim| claim.noun.clone())),
    }
}

fn dual(reading: &Reading<'_>, lexicons: &Lexicons, number: &Number) -> Noun {
    let at = number.start;
    let folded = reading.folded(at);
    let cut = lexicons.lemmas.dual(folded).unwrap_or(0);
    Noun {
        quote: Quote::of(reading.text, number.span),
        lemma: lemma(reading, lexicons, at, cut),
        modifiers: modifiers(reading, lexicons, number.end),
        person: is_person(reading, lexicons, at, cut),
    }
}

/// «من الذكور»: what a share or an amount is of.
fn of_what(reading: &Reading<'_>, lexicons: &Lexicons, scope: &Scope) -> Option<Noun> {
    if !reading.is(scope.tail, &["من"]) || scope.tail + 1 >= scope.end {
        return None;
    }
    let at = scope.tail + 1 + usize::from(lexicons.claims.words.is(reading, scope.tail + 1, Role::OfAll));
    can_count(reading, at).then(|| noun(reading, lexicons, at))
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
    let of =
        reading.is(at, &["من"]) && (number.sort == Sort::Vague || reading.folded(at + 1).starts_with("ال"));
    at += usize::from(of);
    // «نصف هذا المبلغ»
    at += usize::from(lexicons.claims.words.is(reading, at, Role::Demonstrative));
    // A nisba or an adjective may come first («20 فلسطينيًا معتقلًا»): it counts.
    let free = !begins_with_waw(reading, lexicons, at) && !begins_with_preposition(reading, lexicons, at);
    (at < scope.end && can_count(reading, at) && free).then(|| noun(reading, lexicons, at))
}

/// «مركز واحد»: the noun that واحد follows.
fn single(reading: &Reading<'_>, lexicons: &Lexicons, number: &Number, scope: &Scope) -> Option<Noun> {
    let one = lexicons.claims.words.is(reading, number.start, Role::One) && number.end == number.start + 1;
    one.then(|| preceding(reading, lexicons, number, scope)).flatten()
}

/// What rises or falls: the subject after the verb of change.
fn changing(reading: &Reading<'_>, lexicons: &Lexicons, scope: &Scope) -> Option<Noun> {
    let from = scope.start.max(scope.head.saturating_sub(REACH));
    let at = (from..scope.head).rev().find(|&at| reading.find(List::Change, at, Article::Kept).is_some())?;
    (at + 1 < scope.head && can_count(reading, at + 1)).then(|| noun(reading, lexicons, at + 1))
}

/// Whether the token at `at` can be a counted noun.
fn can_count(reading: &Reading<'_>, at: usize) -> bool {
    let bits = reading.bits(at);
    let whole = |list| reading.is_whole(list, at);
    is_word(reading, at)
        && reading.folded(at).len() > 2
        && reading.number_at(at).is_none()
        && !whole(List::Function)
        && !(bits.has(List::Month) && whole(List::Month))
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
fn noun(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> Noun {
    let mut end = at + 1;
    if lexicons.claims.words.is(reading, at, Role::Light) && can_count(reading, end) {
        end += 1;
    } else if let Some(second) = coordinate(reading, lexicons, at) {
        end = second;
    }
    let cut = article(reading, at);
    let waw = begins_with_waw(reading, lexicons, at) || reading.folded(at).starts_with("لل");
    let start = reading.start_after(at, if waw { 2 } else { 0 });
    let span = Span::new(start, reading.span(at, end).end);
    Noun {
        quote: Quote::of(reading.text, span),
        lemma: lemma(reading, lexicons, at, cut),
        modifiers: modifiers(reading, lexicons, end),
        person: is_person(reading, lexicons, at, cut),
    }
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

/// The dictionary form of the word at `at` after `cut` bytes; the folded word
/// itself where the list does not know it.
fn lemma(reading: &Reading<'_>, lexicons: &Lexicons, at: usize, cut: usize) -> String {
    let word = &reading.folded(at)[cut..];
    match lexicons.lemmas.find(word) {
        Some(found) => found.lemma.to_owned(),
        None => word.strip_suffix('ا').filter(|w| w.len() > 4).unwrap_or(word).to_owned(),
    }
}

fn is_person(reading: &Reading<'_>, lexicons: &Lexicons, at: usize, cut: usize) -> bool {
    lexicons.lemmas.find(&reading.folded(at)[cut..]).is_some_and(|l| l.class == "person")
        || reading.bits(at).has(List::Nationality)
}

/// Most adjectives after a noun.
const MOST_MODIFIERS: usize = 2;

/// The adjectives from token `at` on.
fn modifiers(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> Vec<String> {
    let adjective = |i: usize| {
        let word = reading.folded(i);
        if word == "لكل" {
            return false;
        }
        let bare = word.strip_prefix("ال").unwrap_or(word);
        let nisba =
            bare.len() >= 8 && ["يا", "يه", "ي", "يين", "يون", "يات"].iter().any(|e| bare.ends_with(e));
        let listed = lexicons.lemmas.find(bare).is_some_and(|l| l.class == "adjective");
        (reading.bits(i).has(List::Nationality) || listed || nisba)
            && can_count(reading, i)
            && !word.starts_with('و')
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
    let adjoins = scope.head == number.start && (ordinal || definite && known && number.digits);
    (adjoins && can_count(reading, at)).then(|| noun(reading, lexicons, at))
}

/// «عدد الأسرى … إلى 10,000», «نسبة البطالة 12%».
fn measured(reading: &Reading<'_>, lexicons: &Lexicons, scope: &Scope) -> Option<Noun> {
    let from = scope.start.max(scope.head.saturating_sub(REACH));
    let at = (from..scope.head).rev().find(|&at| lexicons.claims.words.is_cut(reading, at, Role::Measure))?;
    // «بمعدل 4%»: the measure itself is what is given.
    let of = at + 1 + usize::from(reading.is(at + 1, &["من"]));
    let named = of < scope.head && can_count(reading, of);
    let bare = !reading.folded(at).ends_with("نسبه");
    (named || bare).then(|| noun(reading, lexicons, if named { of } else { at }))
}
