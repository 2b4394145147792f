//! Fractions in words: نصف, ثلثي, ثلاثة أرباع.

use super::super::reading::Reading;
use super::super::rule::{Card, Rule};
use super::spelled;
use super::words::{Lists, Role, Word};
use super::{Amount, Number, Sort, WORDS};
use crate::span::Span;

/// «ثلاثة أرباع».
pub(super) const FRACTION_OF_COUNT: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/fraction-counted",
        about: "A number before the plural of a part: three quarters.",
        yes: &["[ثلاثة أرباع]هم من الأطفال => 3/4", "أتلف الحريق [أربعة أخماس] المحصول => 4/5"],
        no: &["سكن ثلاثة رجال"],
    },
    starts: WORDS,
    digits: true,
    at: counted,
};

/// «نصف», «ثلثي», «خُمس السكان».
pub(super) const FRACTION: Rule<Lists, Number> = Rule {
    card: Card {
        id: "number/fraction",
        about: "The name of a part: a half, two thirds; words that also name a count only before a noun with article.",
        yes: &["باع [نصف] الكمية => 1/2", "هاجر نحو [ثلثي] السكان => 2/3", "يملك [خمس] الأسهم => 1/5"],
        no: &["بلغ ربع النهائي", "زار خمس مدن", "في منتصف الليل"],
    },
    starts: WORDS,
    digits: false,
    at: fraction,
};

fn counted(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let cardinal = spelled::cardinal(reading, lists, i)?;
    let stray = reading.is(cardinal.end, &["-", "–"]);
    let at = cardinal.end + usize::from(stray);
    let (word, found) = lists.word(reading, at, &[Role::FractionPlural])?;
    let numerator = u32::try_from(cardinal.value).ok().filter(|n| (3..=10).contains(n))?;
    if found.cut.clitics > 0 || !reading.same_line(at) {
        return None;
    }
    Some(Number {
        start: i,
        end: found.end,
        span: Span::new(cardinal.at, end_of(reading, &word, found.start)),
        amount: Amount::Fraction(numerator, u32::try_from(word.value).ok()?),
        sort: Sort::Fraction,
        digits: false,
        article: cardinal.article,
        rule: "",
    })
}

fn fraction(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Number> {
    let (word, found) = lists.word(reading, i, &[Role::Fraction, Role::FractionMarked])?;
    let marked = word.role == Role::FractionMarked;
    if !is_part(reading, i, marked) || found.cut.article > 0 && marked {
        return None;
    }
    Some(Number {
        start: i,
        end: found.end,
        span: Span::new(reading.span_of(&found).start, end_of(reading, &word, i)),
        amount: Amount::Fraction(u32::try_from(word.value).ok()?, u32::try_from(word.second).ok()?),
        sort: Sort::Fraction,
        digits: false,
        article: found.cut.article > 0,
        rule: "",
    })
}

/// Where the word at token `i` ends before its pronoun.
fn end_of(reading: &Reading<'_>, word: &Word, i: usize) -> usize {
    let surface = reading.surface(i);
    let span = reading.span(i, i + 1);
    if word.pronoun == 0 {
        return span.end;
    }
    let letters = reading.folded(i).chars().count().saturating_sub(word.pronoun);
    span.start + crate::normalize::clitics::skip(surface, letters)
}

/// Whether the word at `i` means a part here: rounds of a cup are none, and a
/// word that is also a number needs a noun with article after it.
fn is_part(reading: &Reading<'_>, i: usize, marked: bool) -> bool {
    let next = reading.folded(i + 1);
    let round = matches!(next, "النهايي" | "نهايي" | "النهائي" | "نهائي" | "السنوي" | "السنويه" | "الساعه");
    let definite = next.starts_with("ال") && reading.same_line(i + 1) && !matches!(next, "الاف" | "الف");
    !round && (!marked || definite)
}
