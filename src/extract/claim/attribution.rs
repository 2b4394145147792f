//! Who says it: source and cue of each sentence, and which claims they cover.

use super::super::Quote;
use super::super::reading::{Article, Found, Reading};
use super::lists::{Lists, ReportKind};
use super::{Attribution, Claim};
use crate::lexicon::{Bits, List};
use crate::normalize::{Kind, Sentence};
use crate::span::Span;

/// Longest source, in tokens.
const LONGEST: usize = 12;

/// A source in a sentence and the tokens that it covers.
struct Report {
    source: Span,
    cue: Span,
    /// The cue's first token.
    at: usize,
    from: usize,
    to: usize,
}

/// Gives each claim the source of its sentence; a speaker who goes on keeps
/// speaking.
pub(super) fn attribute(reading: &Reading<'_>, lists: &Lists, claims: &mut [Claim]) {
    let mut speaker: Option<Span> = None;
    let mut next = 0;
    for (index, sentence) in reading.text.sentences.iter().enumerate() {
        let reports = reports(reading, lists, sentence, speaker);
        while next < claims.len() && claims[next].sentence <= index {
            let at = claims[next].reading.start;
            let covering = reports.iter().filter(|r| r.from <= at && at < r.to);
            // Of two sources the one whose cue stands nearer says it.
            let best = covering.min_by_key(|r| r.at.abs_diff(at));
            claims[next].attribution = best.map(|r| Attribution {
                source: Quote::of(reading.text, r.source),
                cue: Quote::of(reading.text, r.cue),
                entity: None,
            });
            next += 1;
        }
        if let Some(last) = reports.last() {
            speaker = Some(last.source);
        }
    }
}

fn reports(reading: &Reading<'_>, lists: &Lists, sentence: &Sentence, speaker: Option<Span>) -> Vec<Report> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let next = report_at(reading, lists, sentence, at, speaker);
        match next {
            Some((report, end)) => {
                found.push(report);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

fn report_at(
    reading: &Reading<'_>,
    lists: &Lists,
    sentence: &Sentence,
    at: usize,
    speaker: Option<Span>,
) -> Option<(Report, usize)> {
    if !reading.bits(at).has(List::Reporting) {
        return None;
    }
    let all = reading.find_all(List::Reporting, at, Article::Kept);
    let found = all.iter().find(|f| lists.reports[f.row] != ReportKind::Noun)?;
    let cue = reading.span_of(found);
    let named = source_after(reading, source_start(reading, lists, found), sentence.end);
    match lists.reports[found.row] {
        ReportKind::Preposition => {
            let (source, end) = named?;
            let begins = at <= sentence.start + 1;
            let from = if begins { sentence.start } else { clause_start(reading, sentence, at) };
            let to = if begins { sentence.end } else { at };
            Some((Report { source, cue, at, from, to: to.max(from) }, end))
        }
        ReportKind::Verb | ReportKind::Continuation => {
            let goes_on =
                lists.reports[found.row] == ReportKind::Continuation || reading.folded(at).starts_with('و');
            let before = || source_before(reading, sentence.start, at);
            let carried =
                || speaker.filter(|_| goes_on || at <= sentence.start + 1).map(|span| (span, found.end));
            let says = says_that(reading, named.map_or(found.end, |(_, end)| end), sentence.end);
            let (source, end) = named.filter(|_| says).or_else(before).or(named).or_else(carried)?;
            Some((Report { source, cue, at, from: at, to: sentence.end }, end))
        }
        ReportKind::Noun => None,
    }
}

/// Where the source begins: «بحسب مصادر رسمية» names it with the cue's last
/// word.
fn source_start(reading: &Reading<'_>, lists: &Lists, cue: &Found) -> usize {
    let last = cue.end - 1;
    let nouns = reading.find_all(List::Reporting, last, Article::Kept);
    let names = nouns.iter().any(|f| f.cut.stem() == 0 && lists.reports[f.row] == ReportKind::Noun);
    if last > cue.start && names { last } else { cue.end }
}

/// A cue at a sentence's end covers it from its start, or from the last full
/// clause.
fn clause_start(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> usize {
    let semicolon = |&i: &usize| reading.is(i, &["؛", ";"]);
    (sentence.start..at).rev().find(semicolon).map_or(sentence.start, |i| i + 1)
}

/// Whether what is said begins within a few tokens after `at`.
fn says_that(reading: &Reading<'_>, at: usize, end: usize) -> bool {
    (at..end.min(at + 14)).any(|i| {
        reading
            .is(i, &["ان", "انه", "انها", "بان", "بانه", "بانها", ":", "\"", "«", "“", "عن", "الي", "انهم"])
    })
}

/// The noun phrase from token `at` on, and the token after it.
fn source_after(reading: &Reading<'_>, at: usize, end: usize) -> Option<(Span, usize)> {
    let mut start = at;
    while start < end && is_passed_over(reading, start, at) {
        start += 1;
    }
    let stop = (start..end.min(start + LONGEST))
        .find(|&i| ends_source(reading, i, start))
        .unwrap_or(end.min(start + LONGEST));
    if stop <= start {
        return None;
    }
    let mut from = reading.span(start, stop).start;
    let folded = reading.folded(start);
    // «وفقا للوزارة», «لوكالة»: the preposition is no part of the source.
    if folded.starts_with('ل') && folded.len() > 6 && at > 0 && reading.folded(at - 1).ends_with('ا') {
        from = reading.start_after(start, 2);
    }
    let stop = apposition(reading, stop, end).unwrap_or(stop);
    Some((Span::new(from, reading.span(start, stop).end), stop))
}

/// Longest name between two commas, in tokens.
const LONGEST_NAME: usize = 6;
/// Lists that hold parts of persons' names.
const NAMES: Bits = Bits::of(&[List::Given, List::Surname, List::Particle]);

/// «وكيل الوزارة، شريف المرسي، إن …»: the name between commas after an office
/// belongs to the source. `comma` is the first token after the office; returns
/// the token after the name.
fn apposition(reading: &Reading<'_>, comma: usize, end: usize) -> Option<usize> {
    let sign = |at: usize| reading.is(at, &["،", ","]) && !reading.glued(at + 1);
    if !sign(comma) {
        return None;
    }
    let first = comma + 1;
    let close = (first..end.min(first + LONGEST_NAME + 1)).find(|&at| sign(at))?;
    let plain =
        (first..close).all(|at| reading.kind(at) == Some(Kind::Word) && reading.number_at(at).is_none());
    let named = reading.bits(first).meets(NAMES) && close - first >= 2;
    (plain && named).then_some(close)
}

/// Tokens between a cue and its source: brackets, quotes, a comma before an
/// inserted name, and the verb of «وفق ما صرح به».
fn is_passed_over(reading: &Reading<'_>, i: usize, from: usize) -> bool {
    let relative = from < i && reading.is(from, &["ما"]);
    let verb = relative && i == from + 1;
    reading.is(i, &["(", "\"", "«", "ل", "ما", "به", "بها", "عنه", "عنها"])
        || i == from && reading.is(i, &["،"])
        || verb
}

/// Whether token `i` cannot be part of a source that began at `start`.
fn ends_source(reading: &Reading<'_>, i: usize, start: usize) -> bool {
    match reading.kind(i) {
        Some(Kind::Word | Kind::Foreign) => {}
        _ => return true,
    }
    let bits = reading.bits(i);
    let whole = |list| reading.forms(i).iter().any(|f| f.cut.stem() == 0 && f.bits.has(list));
    let dated = bits.has(List::Weekday) && whole(List::Weekday)
        || reading.is(i, &["اليوم", "امس", "مساء", "صباح", "يوم"]);
    whole(List::Function)
        || dated
        || i > start && whole(List::Reporting) && !reading.folded(i).starts_with("ال") && is_verb(reading, i)
        || reading.number_at(i).is_some_and(|n| n.digits)
        || !reading.same_line(i)
        || i > start && is_clause_word(reading, i)
}

/// Words that begin what is said, whatever stands glued before them.
fn is_clause_word(reading: &Reading<'_>, i: usize) -> bool {
    reading.is(
        i,
        &[
            "بان",
            "بانه",
            "بانها",
            "بانهم",
            "ان",
            "انه",
            "قوله",
            "قولها",
            "قولهم",
            "انتهاء",
            "بارتفاع",
            "بوصول",
        ],
    )
}

fn is_verb(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    word.starts_with('ي') || word.ends_with('ت') || word.starts_with('ا') || word.chars().count() == 3
}

/// «الهيئة نقلت»: the subject between the sentence's start and the verb.
fn source_before(reading: &Reading<'_>, start: usize, verb: usize) -> Option<(Span, usize)> {
    let from = (start..verb).find(|&i| !reading.is(i, &["و", "كما", "فيما", "لكن", "ان", "\"", "«"]))?;
    let short = verb - from <= LONGEST && verb > from;
    let whole = (from..verb).all(|i| {
        matches!(reading.kind(i), Some(Kind::Word | Kind::Foreign)) && reading.number_at(i).is_none()
    });
    let verbal = (from..verb)
        .any(|i| reading.forms(i).iter().any(|f| f.cut.article == 0 && f.bits.has(List::Predicate)));
    let function = reading.forms(from).iter().any(|f| f.cut.stem() == 0 && f.bits.has(List::Function));
    (short && whole && !verbal && !function).then(|| (reading.span(from, verb), verb + 1))
}
