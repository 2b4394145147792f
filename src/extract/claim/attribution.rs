//! Who says it: the sources of each sentence, which claims they cover, and the
//! speaker who goes on in the sentences that follow.

use smallvec::SmallVec;

use super::super::Quote;
use super::super::reading::{Article, Found, Reading};
use super::lists::{Content, ReportCue, ReportKind};
use super::source::{self, Names, Source};
use super::words::{Role, Roles, Words};
use super::{Attribution, Claim, Modality, Name, Stance};
use crate::extract::Lexicons;
use crate::lexicon::List;
use crate::normalize::Sentence;
use crate::span::Span;

/// A source in a sentence and the tokens that it covers.
#[derive(Clone, Copy, Debug)]
struct Report {
    source: Source,
    cue: Span,
    row: ReportCue,
    /// The cue's first token.
    at: usize,
    from: usize,
    to: usize,
    rule: &'static str,
}

/// Gives each claim the source of its sentence; a speaker who goes on keeps
/// speaking. `names` are the persons and organisations of the text.
pub(crate) fn attribute(reading: &Reading<'_>, lexicons: &Lexicons, names: &[Name], claims: &mut [Claim]) {
    let words = &lexicons.claims.words;
    let (all, mut speaker) = (names, None);
    let mut open: Option<Report> = None;
    let mut next = 0;
    for (index, sentence) in reading.text.sentences.iter().enumerate() {
        if next == claims.len() {
            break;
        }
        let first = next;
        while next < claims.len() && claims[next].sentence <= index {
            next += 1;
        }
        let names = Names::of(all, sentence);
        let place = Place { reading, lexicons, sentence, names, numbers: &claims[first..next], speaker };
        let mut reports = place.reports();
        if let Some(said) = open.take() {
            let close = (sentence.start..sentence.end).find(|&at| words.meets(reading, at, CLOSING));
            reports.insert(0, Report { from: sentence.start, to: close.unwrap_or(sentence.end), ..said });
            open = close.is_none().then_some(said);
        }
        for claim in &mut claims[first..next] {
            assign(reading, lexicons, &reports, claim);
            claim.rules.extend(modality_rule(claim.modality));
        }
        if let Some(last) = reports.iter().rev().find(|r| r.row.kind != ReportKind::Preposition) {
            speaker = Some(last.source);
        }
        speaker = speaker.or_else(|| Names::of(all, sentence).person_before(sentence.end));
        open = open.or_else(|| reports.last().copied().filter(|_| is_open(reading, words, sentence)));
    }
}

/// Of two sources the one whose cue stands nearer says it.
fn assign(reading: &Reading<'_>, lexicons: &Lexicons, reports: &[Report], claim: &mut Claim) {
    let at = claim.reading.start;
    let covering = reports.iter().filter(|r| r.from <= at && at < r.to);
    let Some(report) = covering.min_by_key(|r| r.at.abs_diff(at)) else { return };
    claim.rules.push(report.rule);
    // «وفق تقديرات المنظمة»: the source's own word says that it is estimated.
    let word = reading.whole_row(List::Reporting, reading.text.token_at(report.source.span.start));
    let named = word.map(|row| lexicons.claims.reports[row]).filter(|cue| cue.kind == ReportKind::Noun);
    let stance = report.row.stance.or_else(|| named.and_then(|cue| cue.stance));
    if stance == Some(Stance::Estimates) && claim.modality == Modality::Asserted {
        claim.modality = Modality::Estimated;
    }
    claim.attribution = Some(Attribution {
        source: Quote::of(reading.text, report.source.span),
        cue: Quote::of(reading.text, report.cue),
        stance,
        entity: None,
    });
}

/// The rule that a modality stands for.
fn modality_rule(modality: Modality) -> Option<&'static str> {
    Some(match modality {
        Modality::Asserted => return None,
        Modality::Negated => "claim/modality-negated",
        Modality::Planned => "claim/modality-planned",
        Modality::Conditional => "claim/modality-conditional",
        Modality::Estimated => "claim/modality-estimated",
        Modality::Asked => "claim/modality-asked",
    })
}

/// What may begin what is said.
const MARKERS: Roles = Roles::of(&[Role::QuoteOf, Role::Colon, Role::Says]);
/// What opens a quotation, or closes one too.
const OPENING: Roles = Roles::of(&[Role::OpensQuote, Role::StraightQuote]);
/// What closes a quotation, or opens one too.
const CLOSING: Roles = Roles::of(&[Role::ClosesQuote, Role::StraightQuote]);
/// Before «أن», these begin something else than what is said.
const PREPOSITIONS: Roles = Roles::of(&[Role::To, Role::About, Role::On, Role::Of]);

/// Whether a quotation that the sentence begins goes on in the next.
fn is_open(reading: &Reading<'_>, words: &Words, sentence: &Sentence) -> bool {
    let (mut depth, mut straight) = (0_i32, 0);
    for at in sentence.start..sentence.end {
        depth += i32::from(words.is(reading, at, Role::OpensQuote));
        depth -= i32::from(words.is(reading, at, Role::ClosesQuote));
        straight += i32::from(words.is(reading, at, Role::StraightQuote));
    }
    depth > 0 || straight % 2 == 1
}

/// «مؤكدا», «لافتا»: its subject is the speaker.
fn is_participle(reading: &Reading<'_>, found: &Found, row: ReportCue) -> bool {
    let word = &reading.folded(found.start)[found.cut.stem()..];
    row.kind == ReportKind::Continuation && (word.starts_with('م') || word.chars().nth(1) == Some('ا'))
}

/// A sentence with all that decides who speaks in it.
struct Place<'a> {
    reading: &'a Reading<'a>,
    lexicons: &'a Lexicons,
    sentence: &'a Sentence,
    names: Names<'a>,
    /// Its claims.
    numbers: &'a [Claim],
    /// Who spoke last before it.
    speaker: Option<Source>,
}

impl Place<'_> {
    fn is(&self, at: usize, role: Role) -> bool {
        self.lexicons.claims.words.is(self.reading, at, role)
    }

    fn meets(&self, at: usize, roles: Roles) -> bool {
        self.lexicons.claims.words.meets(self.reading, at, roles)
    }

    fn closes(&self, at: usize) -> bool {
        self.meets(at, CLOSING)
    }

    /// The sources of the sentence; those of verbs end where the next begins.
    fn reports(&self) -> SmallVec<[Report; 4]> {
        let mut found: SmallVec<[Report; 4]> = SmallVec::new();
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            let cue = self.reading.bits(at).has(List::Reporting);
            let next = if cue { self.report_at(at, found.last()) } else { None };
            // «قال مصدر، رفض ذكر اسمه، إن»: between a verb and what is said
            // nobody else speaks, but another may be quoted.
            let inside = found.last().is_some_and(|last| last.at < at && at < last.from);
            at = match next {
                Some((report, end)) if !inside || report.row.kind == ReportKind::Preposition => {
                    found.push(report);
                    end.max(at + 1)
                }
                _ => at + 1,
            };
        }
        found
    }

    fn report_at(&self, at: usize, before: Option<&Report>) -> Option<(Report, usize)> {
        let mut all = self.reading.entries(List::Reporting, at, Article::Kept);
        // Only a conjunction or the future particle may stand before a cue.
        let joined = |f: &Found| f.cut.clitics <= 2 && (f.cut.clitics == 0 || self.is_joined(at));
        let rows = &self.lexicons.claims.reports;
        let found = all.find(|f| rows[f.row].kind != ReportKind::Noun && joined(f))?;
        let (row, cue) = (rows[found.row], self.reading.span_of(&found));
        match row.kind {
            ReportKind::Preposition => self.after_preposition(&found, row, cue),
            ReportKind::Document => self.in_document(&found, row, cue, before),
            _ => self.of_verb(&found, row, cue, before),
        }
    }

    fn is_joined(&self, at: usize) -> bool {
        self.reading.folded(at).starts_with(['و', 'ف', 'س'])
    }

    /// «بحسب الوزارة», «وفق ما أكده المدير».
    fn after_preposition(&self, found: &Found, row: ReportCue, cue: Span) -> Option<(Report, usize)> {
        let source = match source::after_preposition(self.reading, self.lexicons, &self.names, found) {
            Some(source) => source,
            // «على حد قوله»
            None if self.reading.folded(found.end - 1).ends_with(['ه', 'ا', 'م']) => self.speaker?,
            None => return None,
        };
        let end = if source.end > found.start { source.end } else { found.end };
        let (from, to) = self.around(found.start, end);
        let rule = "claim/source-by-preposition";
        Some((Report { source, cue, row, at: found.start, from, to, rule }, end))
    }

    /// What a parenthetical source covers: the clause before it, or, where no
    /// number stands there, what follows.
    fn around(&self, at: usize, end: usize) -> (usize, usize) {
        let semicolon = |&i: &usize| self.is(i, Role::Semicolon);
        let from = (self.sentence.start..at).rev().find(semicolon).map_or(self.sentence.start, |i| i + 1);
        let said = self.numbers.iter().any(|c| (from..at).contains(&c.reading.start));
        let parts = (end..self.sentence.end.min(end + 3))
            .any(|i| self.reading.find(List::Subset, i, Article::Kept).is_some());
        if said && !parts { (from, at) } else { (from, self.sentence.end) }
    }

    /// «في تقرير لوزارة الصحة»: a text with its author, where nobody else
    /// speaks.
    fn in_document(
        &self,
        found: &Found,
        row: ReportCue,
        cue: Span,
        before: Option<&Report>,
    ) -> Option<(Report, usize)> {
        if before.is_some() || found.start > self.sentence.start + 1 {
            return None;
        }
        let source = source::author(self.reading, self.lexicons, &self.names, found.end)?;
        let rule = "claim/source-by-document";
        let to = self.sentence.end;
        Some((Report { source, cue, row, at: found.start, from: source.end, to, rule }, source.end))
    }

    /// A verb with its subject after it, before it, or known from before.
    fn of_verb(
        &self,
        found: &Found,
        row: ReportCue,
        cue: Span,
        before: Option<&Report>,
    ) -> Option<(Report, usize)> {
        let marker = self.marker(found, row);
        if !self.can_report(found, row, marker) {
            return None;
        }
        let limit = marker.unwrap_or(self.sentence.end);
        if row.content == Content::Inner {
            return self.inner(found, row, cue, limit);
        }
        let (source, rule) = self.subject(found, row, limit, before)?;
        let after = if source.end > found.start { source.end } else { found.end };
        let fits = match row.content {
            Content::About => marker.is_some() || self.has_object(after),
            Content::Count => marker.is_some_and(|m| m <= after + 2) || self.is_body(source, row),
            _ => true,
        };
        if !fits {
            return None;
        }
        let quoted = found.start > self.sentence.start
            && (self.closes(found.start - 1) || self.is_after_quote(found.start - 1));
        let from = if quoted && marker.is_none() { self.sentence.start } else { marker.unwrap_or(after) };
        Some((Report { source, cue, row, at: found.start, from, to: self.sentence.end, rule }, after))
    }

    /// Whether the verb has what it needs to report; «قال عشرون في المئة» has
    /// no source.
    fn can_report(&self, found: &Found, row: ReportCue, marker: Option<usize>) -> bool {
        let counted = self.reading.number_at(found.end).is_some_and(|n| !n.is_dual());
        let content = match row.content {
            Content::Clause => marker.is_some(),
            Content::Opening => {
                let vowelled = self.reading.surface(found.start).contains('\u{0651}');
                marker.is_some() && (vowelled || found.start <= self.sentence.start + 1)
            }
            Content::Impersonal => false,
            _ => true,
        };
        content && !counted && !(marker.is_none() && self.is_relative(found.start))
    }

    /// «التي كان قد أعلن عنها»: said of what was named before.
    fn is_relative(&self, at: usize) -> bool {
        let before = (self.sentence.start..at).rev().find(|&i| !self.is(i, Role::Aside));
        before.is_some_and(|i| self.is(i, Role::Which) || self.is(i, Role::WhichMany))
    }

    /// Whether the source is a body that counts; anybody with a name estimates.
    fn is_body(&self, source: Source, row: ReportCue) -> bool {
        let first = self.reading.text.token_at(source.span.start);
        self.is(first, Role::Body) || row.estimates && self.names.stands_in(source.span)
    }

    /// «…»، يقول»: a comma behind a closed quotation.
    fn is_after_quote(&self, at: usize) -> bool {
        at > self.sentence.start && self.is(at, Role::Comma) && self.closes(at - 1)
    }

    fn has_object(&self, at: usize) -> bool {
        let object =
            |i| self.is(i, Role::About) || self.is(i, Role::To) || self.reading.folded(i).starts_with('ب');
        (at..self.sentence.end.min(at + 4)).any(object)
    }

    /// Who speaks, and the rule that says so.
    fn subject(
        &self,
        found: &Found,
        row: ReportCue,
        limit: usize,
        before: Option<&Report>,
    ) -> Option<(Source, &'static str)> {
        let (reading, names) = (self.reading, &self.names);
        let ahead = || source::before_verb(reading, self.lexicons, names, self.sentence.start, found.start);
        // «حماس أبلغت وسطاء»: a name right before the verb is its subject.
        if names.ends_at(found.start)
            && let Some(source) = ahead()
        {
            return Some((source, "claim/source-before-verb"));
        }
        // «لفت إلى»: no subject stands behind the preposition; «جاء في التقرير» names
        // the text.
        let bare = !self.meets(found.end - 1, PREPOSITIONS) && !is_participle(reading, found, row);
        if bare && let Some(source) = source::after_verb(reading, self.lexicons, names, found.end, limit) {
            return Some((source, "claim/source-after-verb"));
        }
        if (row.kind == ReportKind::Verb || !self.is_joined(found.start))
            && let Some(source) = ahead()
        {
            return Some((source, "claim/source-before-verb"));
        }
        let begins = found.start <= self.sentence.start + 1;
        let near = names.person_before(found.start).filter(|_| !begins);
        let same = before.map(|report| report.source).filter(|_| !begins);
        let goes_on = same.or(near).or(self.speaker).filter(|_| {
            begins || row.kind == ReportKind::Continuation || self.is_joined(found.start) || near.is_some()
        })?;
        // Its place is elsewhere: what follows the cue is what is said.
        Some((Source { end: found.end, ..goes_on }, "claim/source-goes-on"))
    }

    /// «نقلت رويترز عن مسؤول قوله إن»: the source is the one quoted.
    fn inner(&self, found: &Found, row: ReportCue, cue: Span, limit: usize) -> Option<(Report, usize)> {
        let reading = self.reading;
        let near = found.start..limit.min(found.end + 14);
        let from = near.clone().find(|&at| self.is(at, Role::About))?;
        let source = source::phrase(reading, self.lexicons, &self.names, from + 1, limit)?;
        let rule = "claim/source-quoted-by-another";
        let to = self.sentence.end;
        Some((
            Report { source, cue, row, at: found.start, from: limit.max(source.end).min(to), to, rule },
            source.end,
        ))
    }

    /// Where what is said begins: «أن», a colon, a quotation; nothing where
    /// another verb of saying stands before it.
    fn marker(&self, found: &Found, row: ReportCue) -> Option<usize> {
        let mut quote = None;
        let reach = if row.content == Content::Any { 40 } else { 16 };
        for at in found.end..self.sentence.end.min(found.end + reach) {
            if self.is_marker(at, found, row) {
                return Some(at);
            }
            if quote.is_none() && self.meets(at, OPENING) {
                quote = Some(at);
            }
            let verb = at > found.end + 1 && self.is_verb_cue(at);
            if verb || self.is(at, Role::Semicolon) {
                break;
            }
        }
        quote.filter(|_| !matches!(row.content, Content::Clause | Content::Opening))
    }

    /// Whether what is said begins at token `at`: «بعد أن», «، على أن» begin
    /// something else.
    fn is_marker(&self, at: usize, found: &Found, row: ReportCue) -> bool {
        if !self.meets(at, MARKERS) {
            return false;
        }
        if !self.is(at, Role::Says) {
            return true;
        }
        let apart = at > 0
            && (self.is(at - 1, Role::Apart)
                || self.is(at - 1, Role::On) && (row.content == Content::Any && at - found.end > 8));
        !apart && !self.reading.folded(at).starts_with('و')
    }

    fn is_verb_cue(&self, at: usize) -> bool {
        let whole = |f: &Found| f.cut.stem() == 0 || f.cut.clitics == 2 && self.is_joined(at);
        let mut found = self.reading.entries(List::Reporting, at, Article::Kept);
        found.any(|f| {
            let cue = self.lexicons.claims.reports[f.row];
            let verb = matches!(cue.kind, ReportKind::Verb | ReportKind::Continuation);
            verb && cue.content == Content::Any && f.end == at + 1 && whole(&f)
        })
    }
}
