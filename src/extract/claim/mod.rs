//! Claims: what a number is said of, how it is compared, by what verb it is
//! governed, and who says it. Knows neither dates nor entities.

// Words by their role.
mod words;
// The cue lists.
mod lists;
// The borders of clause and sentence.
mod scope;
// Which numbers are ages.
mod ages;
// How the value is to be taken.
mod comparators;
// What is counted.
mod nouns;
// What sort of claim a number makes.
mod kind;
// Rise and fall.
mod course;
// The governing word.
mod predicate;
// Whether it is so.
mod modality;
// What can be a whole of what.
mod whole;
// Parts of wholes.
mod parts;
// The noun phrase of a source.
mod source;
// Who says it.
mod attribution;
// What makes claims of different texts comparable.
mod identity;
// What the rules say of themselves.
mod cards;

use super::amount::{Amount, Number};
use super::reading::Reading;
use super::rule::Card;
use super::unit::Unit;
use super::{Lexicons, Quote};
use crate::normalize;
use crate::span::Span;
use scope::Scope;

pub(crate) use attribution::attribute;
pub(crate) use course::{begins_base, leads_base};
pub(crate) use identity::series_key;
pub use lists::Lists;
pub(crate) use scope::pauses;

/// What a claim's number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the record")]
pub enum Kind {
    Count,
    Percent,
    Fraction,
    Money,
    Measure,
    Duration,
    Ratio,
    Multiplier,
    Ordinal,
    Score,
    Age,
    Number,
}

/// How the value is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the record")]
pub enum Comparator {
    Exact,
    Approx,
    MoreThan,
    LessThan,
    AtLeast,
    AtMost,
    Between,
    Vague,
}

/// What the sentence reports of the quantity's course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the record")]
pub enum Change {
    Rise,
    Fall,
    RiseTo,
    FallTo,
    RiseBy,
    FallBy,
}

/// Whether the text says that it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the record")]
pub enum Modality {
    Asserted,
    Negated,
    Planned,
    Conditional,
    Estimated,
    Asked,
}

/// How a source stands to what it says, where its word tells more than that
/// it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// It claims what the writer leaves open (زعم).
    Claims,
    /// It denies it (نفى).
    Denies,
    /// It holds it (اعتبر).
    Opines,
    /// It estimates it (قدّر).
    Estimates,
}

/// Where the date stands that anchors a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// In its clause.
    Clause,
    /// Elsewhere in its sentence.
    Sentence,
    /// At the head of an earlier sentence of its paragraph.
    Paragraph,
    /// Nowhere: the document's own date holds.
    Document,
}

/// A person or organisation that may speak.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// Its words.
    pub span: Span,
    /// Whether it is a person.
    pub person: bool,
}

/// The counted noun.
#[derive(Clone, Debug)]
pub struct Noun {
    /// The noun as it stands.
    pub quote: Quote,
    /// Its dictionary form.
    pub lemma: String,
    /// Adjectives and nationality words that narrow it, as they stand.
    pub modifiers: Vec<String>,
    /// Whether it names people.
    pub person: bool,
}

/// The governing verb or verbal noun.
#[derive(Clone, Debug)]
pub struct Predicate {
    /// The word as it stands.
    pub quote: Quote,
    /// Its dictionary form.
    pub lemma: &'static str,
    /// Its class (`release`, `kill` …).
    pub class: &'static str,
}

/// Who says it.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The source's words.
    pub source: Quote,
    /// The words that mark it as a source.
    pub cue: Quote,
    /// How the source stands to it; none where it just says so.
    pub stance: Option<Stance>,
    /// Index of the entity that the source is.
    pub entity: Option<usize>,
}

/// A number with what is said of it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The number's words.
    pub number: Quote,
    /// The number as it was read.
    pub reading: Number,
    /// Index of the sentence.
    pub sentence: usize,
    /// What the number is.
    pub kind: Kind,
    /// How the value is to be taken.
    pub comparator: Comparator,
    /// The words that say so.
    pub comparator_quote: Option<Quote>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// The counted noun.
    pub noun: Option<Noun>,
    /// What is said of its course.
    pub change: Option<Change>,
    /// Index of the claim that it is a part of.
    pub part_of: Option<usize>,
    /// The governing word.
    pub predicate: Option<Predicate>,
    /// Index of the entity that acts.
    pub actor: Option<usize>,
    /// Indices of the places where it holds.
    pub place: Vec<usize>,
    /// Index of the date that anchors it.
    pub time: Option<usize>,
    /// Where that date stands.
    pub anchor: Option<Anchor>,
    /// Who says it.
    pub attribution: Option<Attribution>,
    /// Whether the text says that it is so.
    pub modality: Modality,
    /// The footnote marks that follow.
    pub cites: Vec<String>,
    /// Identifier of the rule that read it.
    pub rule: &'static str,
    /// What it counts, of whom, where, by what event, in dictionary forms.
    pub series_key: Option<String>,
    /// Identifiers of the rules that filled its fields.
    pub rules: Vec<&'static str>,
}

/// The cards of the rules that fill a claim's fields.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    cards::all()
}

/// Makes a claim of every number, in order, without links to other families.
/// `units` are the numbers' units.
pub fn read(reading: &Reading<'_>, lexicons: &Lexicons, units: &[Option<Unit>]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::with_capacity(reading.numbers.len());
    let mut scopes: Vec<Scope> = Vec::with_capacity(reading.numbers.len());
    for (number, unit) in reading.numbers.iter().zip(units) {
        let scope = Scope::of(reading, &lexicons.claims.words, number, unit.as_ref());
        let before = claims.last().filter(|c| c.sentence == scope.sentence);
        let earlier = claims.iter().rev().take_while(|c| scope.sentence - c.sentence <= 1);
        let earlier = earlier.into_iter().find(|c| c.kind == Kind::Count && c.noun.is_some());
        let near = Near { before, earlier };
        let claim = claim(reading, lexicons, number, unit.as_ref(), &scope, near);
        claims.push(claim);
        scopes.push(scope);
    }
    parts::link(reading, lexicons, &mut claims, &scopes);
    (0..claims.len()).for_each(|i| name_rules(&mut claims, i));
    claims
}

/// How many claims back the one is looked for that a noun was taken from.
const TAKEN: usize = 12;

/// Names the rules that filled noun and change of claim `i`.
fn name_rules(claims: &mut [Claim], i: usize) {
    let (earlier, rest) = claims.split_at_mut(i);
    let claim = &mut rest[0];
    let number = claim.number.span;
    if let Some(noun) = &claim.noun {
        let span = noun.quote.span;
        let mut near = earlier.iter().rev().take(TAKEN);
        let taken = near.any(|c| c.noun.as_ref().is_some_and(|n| n.quote.span == span));
        claim.rules.push(if taken {
            "claim/noun-understood"
        } else if number.overlaps(&span) {
            "claim/noun-in-number"
        } else if span.start >= number.end {
            "claim/noun-after"
        } else {
            "claim/noun-before"
        });
    }
    if let Some(change) = claim.change {
        claim.rules.push(match change {
            Change::RiseTo | Change::FallTo => "claim/change-to",
            Change::RiseBy | Change::FallBy => "claim/change-by",
            Change::Rise | Change::Fall => "claim/change-alone",
        });
    }
}

/// The claims that one may lean on.
#[derive(Clone, Copy)]
struct Near<'a> {
    /// The one before it in its sentence.
    before: Option<&'a Claim>,
    /// The last that counts something, in its sentence or the one before.
    earlier: Option<&'a Claim>,
}

fn claim(
    reading: &Reading<'_>,
    lexicons: &Lexicons,
    number: &Number,
    unit: Option<&Unit>,
    scope: &Scope,
    Near { before, earlier }: Near<'_>,
) -> Claim {
    let lists = &lexicons.claims;
    // «14 مليار درهم وفرع آخر 6,5 مليارات»: the same currency goes on.
    let same = before.filter(|b| unit.is_none() && kind::goes_on(reading, lexicons, number, scope, b));
    let unit = unit.or_else(|| same.and_then(|b| b.unit.as_ref()));
    let kind = kind::find(reading, lexicons, number, unit, scope);
    let cue = comparators::find(reading, lists, scope, kind);
    let span = cue.map(|(_, span)| span);
    let comparator = comparator(number, cue.map(|(comparator, _)| comparator));
    let told = modality::Told { scope, kind, comparator, taken: span, before };
    Claim {
        number: Quote::of(reading.text, number.span),
        sentence: scope.sentence,
        kind,
        comparator,
        comparator_quote: span.map(|span| Quote::of(reading.text, span)),
        unit: unit.cloned(),
        noun: nouns::find(reading, lexicons, number, scope, kind, before.filter(|c| c.kind == kind), earlier),
        change: course::change(reading, lists, scope, span, kind, before),
        part_of: None,
        predicate: predicate::find(reading, lists, scope, span, before),
        actor: None,
        place: Vec::new(),
        time: None,
        anchor: None,
        attribution: None,
        modality: modality::find(reading, lexicons, &told),
        cites: cites(reading, scope),
        rule: number.rule,
        rules: Vec::new(),
        series_key: None,
        reading: number.clone(),
    }
}

fn comparator(number: &Number, cue: Option<Comparator>) -> Comparator {
    match number.amount {
        Amount::Range(..) => Comparator::Between,
        Amount::Vague { .. } => Comparator::Vague,
        _ => cue.unwrap_or(Comparator::Exact),
    }
}

/// The footnote marks after the number, up to the sentence's end.
fn cites(reading: &Reading<'_>, scope: &Scope) -> Vec<String> {
    let marks = (scope.tail..scope.end).skip_while(|&at| reading.kind(at) != Some(normalize::Kind::Mark));
    let marks = marks.take_while(|&at| reading.kind(at) == Some(normalize::Kind::Mark));
    marks.map(|at| reading.surface(at).to_owned()).collect()
}
