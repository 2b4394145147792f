//! The noun phrase of a source: its borders after a preposition, after a verb
//! and before one.

use super::super::Lexicons;
use super::super::reading::{Form, Found, Reading};
use super::Name;
use super::lists::ReportKind;
use super::nouns;
use super::words::{Role, Roles, Words};
use crate::lexicon::{Bits, List};
use crate::normalize::{Kind, Sentence};
use crate::span::Span;

/// Longest source, in tokens.
const LONGEST: usize = 14;
/// How far behind its verb a speaker may be named.
const REACH: usize = 16;

/// The words of a source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    /// Where it stands.
    pub span: Span,
    /// Token after its last.
    pub end: usize,
}

/// The names in one sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a>(&'a [Name]);

impl<'a> Names<'a> {
    /// Those of `all` that stand in `sentence`.
    pub fn of(all: &'a [Name], sentence: &Sentence) -> Self {
        let from = all.partition_point(|n| n.start < sentence.start);
        let to = all.partition_point(|n| n.start < sentence.end);
        Self(&all[from..to.max(from)])
    }

    /// Where the name ends that begins at token `at`.
    fn end_from(&self, at: usize) -> Option<usize> {
        self.0.iter().find(|n| n.start == at).map(|n| n.end)
    }

    /// Whether a name stands in `span`.
    pub fn stands_in(&self, span: Span) -> bool {
        self.0.iter().any(|n| span.contains(&n.span))
    }

    /// Whether a name ends before token `at`.
    pub fn ends_at(&self, at: usize) -> bool {
        self.0.iter().any(|n| n.end == at)
    }

    fn covers(&self, at: usize) -> bool {
        self.0.iter().any(|n| n.start <= at && at < n.end)
    }

    fn first_person(&self, from: usize, to: usize) -> Option<&Name> {
        self.0.iter().find(|n| n.person && n.start >= from && n.end <= to)
    }

    /// The last person named before token `at`.
    pub fn person_before(&self, at: usize) -> Option<Source> {
        let name = self.0.iter().rev().find(|n| n.person && n.end <= at)?;
        Some(Source { span: name.span, end: name.end })
    }
}

/// The source after a preposition: «بحسب مصادر رسمية», «وفق ما ذكرته الوزارة».
pub(super) fn after_preposition(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    names: &Names<'_>,
    cue: &Found,
) -> Option<Source> {
    let last = cue.end - 1;
    // «بحسب مصادر رسمية» names the source with the cue's last word.
    let at = if last > cue.start && is_text(reading, lexicons, last) && !names.covers(cue.end) {
        last
    } else {
        cue.end
    };
    if is_text(reading, lexicons, at) {
        let text = phrase(reading, lexicons, names, at, reading.len())?;
        let author = author(reading, lexicons, names, text.end);
        return Some(
            author.map_or(text, |a| Source { span: Span::new(text.span.start, a.span.end), end: a.end }),
        );
    }
    let mut at = at;
    let relative = reading.is(last, &["ما", "لما", "حسبما", "وفقما", "كما"]);
    if relative {
        if !is_reporting_form(reading, at) {
            return None;
        }
        at += 1;
    }
    while reading.is(at, &["به", "عنه", "اليه", "عليه"]) {
        at += 1;
    }
    if lexicons.claims.words.is(reading, at, Role::Norm) {
        return None;
    }
    let found = phrase(reading, lexicons, names, at, reading.len())?;
    if is_published(reading, lexicons, found.end) {
        let author = author(reading, lexicons, names, found.end);
        return Some(
            author.map_or(found, |a| Source { span: Span::new(found.span.start, a.span.end), end: a.end }),
        );
    }
    let person = names.first_person(at, found.end + 12).filter(|p| p.start >= found.end);
    Some(person.and_then(|p| joined(reading, lexicons, found, p)).unwrap_or(found))
}

/// Whether the word names a text or a group of sources.
fn is_text(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> bool {
    let row = reading.whole_row(List::Reporting, at);
    row.is_some_and(|row| lexicons.claims.reports[row].kind == ReportKind::Noun)
}

/// Whether the token is a verb of saying, a pronoun on it or not.
fn is_reporting_form(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.folded(at);
    let bare = word.strip_suffix("ها").or_else(|| word.strip_suffix('ه'));
    reading.is_whole(List::Reporting, at)
        || bare.is_some_and(|b| {
            reading.lists_of(b).meets(const { Bits::of(&[List::Reporting, List::Predicate]) })
        })
}

/// The author of a text whose name ends before token `at`: «لوزارة الصحة»,
/// «نشره المرصد», «صادر عن البنك».
pub(super) fn author(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    names: &Names<'_>,
    at: usize,
) -> Option<Source> {
    let mut from = at;
    while from < at + 4
        && (is_day(reading, lexicons, from) || reading.is(from, &["له", "لها", "،", "صحفي", "صحافي"]))
    {
        from += 1;
    }
    let published = is_published(reading, lexicons, from);
    let by = from + usize::from(published) + usize::from(reading.is(from + 1, &["عن"]));
    let by = if published { by } else { from };
    let mut by = by;
    while published
        && (is_day(reading, lexicons, by)
            || reading.is(by, &["في", "الماضي", "\"", "«"])
            || reading.bits(by).has(List::Month))
    {
        by += 1;
    }
    let of = reading.folded(by).starts_with('ل') && nouns::begins_with_preposition(reading, lexicons, by)
        || reading.folded(by).starts_with("لل");
    if !published && !of {
        return None;
    }
    let found = phrase(reading, lexicons, names, by, reading.len())?;
    let start = if of { reading.start_after(by, 2) } else { found.span.start };
    Some(Source { span: Span::new(start, found.span.end), ..found })
}

/// «نشره», «أصدرته», «صادر عن»: the author follows.
fn is_published(reading: &Reading<'_>, lexicons: &Lexicons, at: usize) -> bool {
    let words = &lexicons.claims.words;
    words.is(reading, at, Role::Published)
        || words.is(reading, at, Role::Issued) && words.is(reading, at + 1, Role::About)
}

/// The subject right after a verb of saying, with the person in apposition to
/// it; `limit` is where what is said begins.
pub(super) fn after_verb(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    names: &Names<'_>,
    at: usize,
    limit: usize,
) -> Option<Source> {
    let mut from = at;
    // Days and insertions may stand between verb and subject.
    while from < limit
        && (is_day(reading, lexicons, from) || reading.is(from, &["،", "«", "\"", "(", "به", "بها"]))
    {
        from += 1;
    }
    let person = names.first_person(from, limit.min(from + REACH));
    if lexicons.claims.words.is(reading, from, Role::Topic) {
        return None;
    }
    if let Some(found) = phrase(reading, lexicons, names, from, limit) {
        let person = person.filter(|p| p.start >= found.end);
        let named = person.and_then(|p| joined(reading, lexicons, found, p));
        let said = apposition(reading, lexicons, found, limit);
        return Some(named.into_iter().chain(said).max_by_key(|s| s.end).unwrap_or(found));
    }
    // «وأكد في تصريح صحفي محافظ البصرة أسعد …»
    let person = person.filter(|p| p.start > from && !reading.is_whole(List::Function, p.start - 1))?;
    let apart = (from..person.start).all(|i| !is_verb(reading, i) && reading.number_at(i).is_none());
    let mid = reading.is(from, &["في", "خلال", "عبر"]);
    (apart && mid).then_some(Source { span: person.span, end: person.end })
}

/// What does not stand between an office and a name.
const APART: Roles =
    Roles::of(&[Role::Says, Role::Which, Role::That, Role::Colon, Role::With, Role::About, Role::Semicolon]);

/// An office and the person who holds it, with only nouns, prepositions and
/// one comma between.
fn joined(reading: &Reading<'_>, lexicons: &Lexicons, office: Source, person: &Name) -> Option<Source> {
    let mut commas = 0;
    for at in office.end..person.start {
        let words = &lexicons.claims.words;
        commas += usize::from(words.is(reading, at, Role::Comma));
        let apart =
            reading.number_at(at).is_some() || words.meets(reading, at, APART) || is_verb(reading, at);
        if apart || commas > 1 {
            return None;
        }
    }
    // «قال المدير لمحمد» is not said by Muhammad.
    let last = reading.folded(person.start);
    let open = commas == 0 && reading.is_whole(List::Function, person.start - 1)
        || reading.text.span(person.start, person.end).start < person.span.start && last.starts_with('ل');
    (!open).then(|| Source { span: Span::new(office.span.start, person.span.end), end: person.end })
}

/// Longest name between two commas, in tokens.
const LONGEST_NAME: usize = 6;

/// «مدير الوحدة، ناجي المرادي، إن»: a phrase between commas right before what
/// is said names the one who holds the office.
fn apposition(reading: &Reading<'_>, lexicons: &Lexicons, office: Source, limit: usize) -> Option<Source> {
    let comma = |at: usize| lexicons.claims.words.is(reading, at, Role::Comma);
    let close = limit.checked_sub(1).filter(|&at| comma(at))?;
    // «المدير التنفيذي لمحلية شندي، …»: the rest of the office.
    let open = (office.end..close.min(office.end + LONGEST_NAME)).find(|&at| comma(at))?;
    let rest =
        (office.end..open).all(|at| matches!(reading.kind(at), Some(Kind::Word)) && !is_verb(reading, at));
    let (first, count) = (open + 1, (close - open - 1).min(LONGEST * usize::from(rest)));
    let plain = |at: usize| {
        matches!(reading.kind(at), Some(Kind::Word | Kind::Foreign))
            && reading.number_at(at).is_none()
            && !ends(reading, lexicons, at, office.end)
    };
    let named = (2..=LONGEST_NAME).contains(&count) && (first..close).all(plain);
    named.then(|| Source { span: Span::new(office.span.start, reading.span(first, close).end), end: close })
}

/// «الهيئة أوضحت», «بيد أن الخبيرة زينب التازي حذرت»: the subject between the
/// clause's start and the verb.
pub(super) fn before_verb(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    names: &Names<'_>,
    start: usize,
    verb: usize,
) -> Option<Source> {
    let first = (start..verb).rev().find(|&i| begins_clause(reading, lexicons, i)).map_or(start, |i| i + 1);
    let words = &lexicons.claims.words;
    let from = (first..verb).find(|&i| !words.is(reading, i, Role::Leads))?;
    let end = if reading.is(verb - 1, &["قد"]) { verb - 1 } else { verb };
    // «أصدرت الوزارة بيانًا جاء فيه»
    let accusative = |i: usize| reading.folded(i).strip_suffix('ا').map(|word| reading.lists_of(word));
    let text = || (from + 2..end).find(|&i| accusative(i).is_some_and(|lists| lists.has(List::Reporting)));
    if words.is(reading, from, Role::Issues)
        && let Some(text) = text()
    {
        return phrase(reading, lexicons, names, from + 1, text).map(|source| Source { end: verb, ..source });
    }
    let quiet = (from..end).all(|i| {
        matches!(reading.kind(i), Some(Kind::Word | Kind::Foreign))
            && reading.number_at(i).is_none()
            && (names.covers(i) || !is_verb(reading, i) && !reading.is_whole(List::Subset, i))
    });
    let joined = |f: &Form| f.cut.clitics <= 2 && f.cut.article == 0 && f.bits.has(List::Function);
    let function = reading.forms(from).iter().any(joined)
        || is_day(reading, lexicons, from)
        || reading.is(from, &["ولم", "لم", "ولا", "ولن", "الذي", "التي"]);
    if end <= from || end - from > LONGEST || !quiet || function {
        return None;
    }
    let start = reading.start_after(from, if reading.folded(from).starts_with("وال") { 2 } else { 0 });
    Some(Source { span: Span::new(start, reading.span(from, end).end), end: verb })
}

/// What stands before a clause.
const BEGINS: Roles = Roles::of(&[
    Role::Comma,
    Role::Semicolon,
    Role::Colon,
    Role::ClosesQuote,
    Role::StraightQuote,
    Role::Says,
]);

fn begins_clause(reading: &Reading<'_>, lexicons: &Lexicons, i: usize) -> bool {
    lexicons.claims.words.meets(reading, i, BEGINS)
}

/// The noun phrase from token `at` on.
pub(super) fn phrase(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    names: &Names<'_>,
    at: usize,
    limit: usize,
) -> Option<Source> {
    let mut start = at;
    let words = &lexicons.claims.words;
    while words.is(reading, start, Role::OpensPhrase) && start < at + 3 {
        start += 1;
    }
    let preposition = reading.folded(start).starts_with(['ب', 'ك'])
        && nouns::begins_with_preposition(reading, lexicons, start)
        && names.end_from(start).is_none();
    let single = reading.folded(start).len() <= 2;
    if preposition || single || reading.number_at(start).is_some_and(|n| !n.is_dual()) {
        return None;
    }
    let last = limit.min(start + LONGEST).min(reading.len());
    let mut end = start;
    while end < last {
        if let Some(name) = names.end_from(end).filter(|&e| e <= last.max(end + 1)) {
            end = name.max(end + 1);
        } else if let Some(close) = quoted_name(reading, words, end, start) {
            end = close;
        } else if ends(reading, lexicons, end, start)
            || end > start && is_complete(reading, lexicons, names, end)
        {
            break;
        } else {
            end += 1;
        }
    }
    if end <= start {
        return None;
    }
    let mut from = reading.span(start, end).start;
    // «وفقا للوزارة», «لوكالة»: the preposition is no part of the source.
    let folded = reading.folded(start);
    if folded.starts_with('ل') && folded.len() > 6 && at > 0 && reading.folded(at - 1).ends_with('ا') {
        from = reading.start_after(start, 2);
    }
    Some(Source { span: Span::new(from, reading.span(start, end).end), end })
}

/// Longest name in quotation marks, in tokens.
const LONGEST_QUOTED: usize = 5;

/// «صحيفة "الوطن"»: a name in quotation marks belongs to the noun before it;
/// returns the token after it.
fn quoted_name(reading: &Reading<'_>, words: &Words, open: usize, start: usize) -> Option<usize> {
    let quotes = const { Roles::of(&[Role::OpensQuote, Role::StraightQuote]) };
    let near = open > start && open - start <= 3 && words.meets(reading, open, quotes);
    if !near {
        return None;
    }
    let mut inside = open + 1..reading.len().min(open + 2 + LONGEST_QUOTED);
    let quotes = const { Roles::of(&[Role::ClosesQuote, Role::StraightQuote]) };
    let close = inside.find(|&i| words.meets(reading, i, quotes)).filter(|&close| close > open + 1)?;
    let plain = (open + 1..close).all(|i| {
        matches!(reading.kind(i), Some(Kind::Word | Kind::Foreign | Kind::Digits)) && !is_verb(reading, i)
    });
    plain.then_some(close + 1)
}

/// Whether token `i` cannot be part of a source that began at `start`.
fn ends(reading: &Reading<'_>, lexicons: &Lexicons, i: usize, start: usize) -> bool {
    if !matches!(reading.kind(i), Some(Kind::Word | Kind::Foreign)) || !reading.same_line(i) && i > start {
        return true;
    }
    let words = &lexicons.claims.words;
    let later = i > start;
    words.meets(reading, i, const { Roles::of(&[Role::Day, Role::Says, Role::Clause]) })
        || reading.is_whole(List::Function, i)
        || later && words.is(reading, i, Role::Addressee)
        || later && is_verb(reading, i)
        || later && is_act(reading, i)
        || later && is_published(reading, lexicons, i)
        || later && reading.is_whole(List::Modality, i) && reading.is(i, &["لم", "لن", "لا"])
        || reading.number_at(i).is_some_and(|n| n.digits)
}

/// Whether the phrase is complete before token `i`: behind a definite word or
/// a name, a known noun without article begins another.
fn is_complete(reading: &Reading<'_>, lexicons: &Lexicons, names: &Names<'_>, i: usize) -> bool {
    let (word, before) = (reading.folded(i), reading.folded(i - 1));
    if !["ال", "بال", "لل", "وال"].iter().any(|a| before.starts_with(a)) && !names.ends_at(i) {
        return false;
    }
    let led = nouns::begins_with_preposition(reading, lexicons, i) && word != "باسم";
    let noun = || lexicons.lemmas.find(word).is_some_and(|l| l.class != "person" && l.class != "adjective");
    let bare = !word.starts_with("ال") && !word.starts_with('و') && !reading.bits(i).meets(PEOPLE);
    led || bare && noun()
}

/// Lists that hold parts of persons' names and their titles.
const PEOPLE: Bits = Bits::of(&[List::Given, List::Surname, List::Particle, List::Title]);

fn is_day(reading: &Reading<'_>, lexicons: &Lexicons, i: usize) -> bool {
    lexicons.claims.words.is(reading, i, Role::Day)
}

/// A verbal noun without article behind a definite word begins what is said:
/// «الشرطة توقيف».
fn is_act(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    let before = reading.folded(i - 1).starts_with("ال");
    !word.starts_with("ال")
        && before
        && (reading.is_whole(List::Predicate, i) || reading.is_whole(List::Change, i))
}

/// Whether token `i` is a finite verb of the lists.
fn is_verb(reading: &Reading<'_>, i: usize) -> bool {
    let lists = const { Bits::of(&[List::Reporting, List::Predicate, List::Change]) };
    let known = reading.forms(i).first().is_some_and(|f| f.cut.stem() == 0 && f.bits.meets(lists));
    let word = reading.folded(i);
    let shape = word.starts_with('ي')
        || word.ends_with('ت') && !word.ends_with("ات")
        || word.ends_with("وا")
        || word.starts_with('ت') && !word.ends_with(['ه', 'ا']) && !reading.is_whole(List::Noun, i);
    known && shape && !word.starts_with("ال")
}
