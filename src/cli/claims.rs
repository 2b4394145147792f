//! `ghirbal claims`: claims of an index whose noun or sentence answers a query.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Status;
use super::answers::{Output, Shape, ask};
use super::articles::{about, marked, snippet_json};
use super::asking::{FieldFlags, GRAMMAR, Wanted, WordFlags};
use super::print::{self, BOLD, DIM};
use crate::index::schema::Kind;
use crate::index::search::{ClaimHit, Hit, Hits, Search};
use crate::index::snippet::Snippet;
use crate::output::csv;
use crate::record::ClaimOut;
use crate::record::flat::{FlatClaim, flatten};
use crate::span::{Offsets, Span, Units};

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{GRAMMAR}\n\n{EXAMPLES}"))]
pub struct Args {
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    words: WordFlags,
    #[command(flatten)]
    fields: FieldFlags,
    /// Words, "phrases", -word, +word, field:word; --help has the grammar.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
}

const EXAMPLES: &str = "\
Words are looked for in the counted noun and the sentence.
Fields: body noun value unit kind comparator predicate modality actor person org place source outlet time published id.

Examples:
  ghirbal claims --index news.ix أسرى
  ghirbal claims --index news.ix 'noun:أسير value:[9000 TO *]' --sort value
  ghirbal claims --index news.ix --unit دولار --value '[\"3 ملايين\" TO *]' --time 2023
  ghirbal claims --index news.ix --json 'طفل place:غزة' | jq '.hits[].claim.value'";

/// Runs the command.
///
/// # Errors
/// When the query cannot be read, or the index is not there or damaged.
pub fn run(args: Args) -> anyhow::Result<Status> {
    ask(&SHAPE, &args.query, &args.words, &args.fields, &args.wanted, &args.output)
}

/// What a claim looks like.
pub(super) const SHAPE: Shape = Shape {
    kind: Kind::Claim,
    noun: "claim",
    list,
    json: as_json,
    id: |hit, search| {
        let found = search.claim(hit)?;
        Ok(format!("{}\t{}", print::clean(&hit.id), found.article.record.claims[found.number].id))
    },
    columns: || csv::cells(&FlatClaim::default()).into_iter().map(|(name, _)| name).collect(),
    row: |_, hit, _, search| {
        let ClaimHit { article, number } = search.claim(hit)?;
        let mut claims = flatten(&article.record, &article.document.text);
        Ok(csv::cells(&claims.swap_remove(number)).into_iter().map(|(_, cell)| cell).collect())
    },
};

/// The sentence of a claim, matching words and the number itself marked;
/// offsets are the text's.
fn sentence(hit: &ClaimHit, hits: &Hits, search: &mut Search<'_>) -> Snippet {
    let text = &hit.article.document.text;
    let claim = &hit.article.record.claims[hit.number];
    let offsets = Offsets::new(text, Units::Chars);
    let [start, end] = claim.sentence.map(|at| offsets.byte(at));
    let number = Span::new(offsets.byte(claim.start), offsets.byte(claim.end));
    let inside = search.snippet_whole(&text[start..end], &hits.wanted);
    let moved = inside.marks.iter().map(|m| Span::new(m.start + start, m.end + start));
    let mut marks: Vec<Span> = moved.filter(|m| m.end <= number.start || number.end <= m.start).collect();
    marks.push(number);
    marks.sort_unstable_by_key(|mark| mark.start);
    Snippet { span: Span::new(start, end), marks, ..inside }
}

fn list(hits: &Hits, search: &mut Search<'_>) -> anyhow::Result<Vec<String>> {
    hits.best.iter().map(|hit| lines(hit, hits, search)).collect()
}

fn lines(hit: &Hit, hits: &Hits, search: &mut Search<'_>) -> anyhow::Result<String> {
    let found = search.claim(hit)?;
    let claim = &found.article.record.claims[found.number];
    let mut lines = format!("{BOLD}{}{BOLD:#}\n", print::clean(&headline(claim)));
    writeln!(lines, "   {DIM}{}  {}{DIM:#}", about(&found.article.document), claim.id)?;
    writeln!(lines, "   {}", marked(&sentence(&found, hits, search)))?;
    Ok(lines)
}

/// A claim in few words: what kind, how much, of what.
pub(super) fn headline(claim: &ClaimOut<'_>) -> String {
    let number = |exact: &crate::record::Exact| exact.0.to_string();
    let value = match (&claim.value, &claim.min, &claim.max) {
        (Some(value), ..) => number(value),
        (None, Some(min), Some(max)) => format!("{}–{}", number(min), number(max)),
        _ => claim.surface.clone().into_owned(),
    };
    let comparator = if claim.comparator == "exact" { "" } else { &claim.comparator };
    let unit = claim.unit.as_ref().map_or("", |unit| unit.code.as_deref().unwrap_or(&unit.surface));
    let noun = claim.noun.as_ref().map_or("", |noun| noun.surface.as_ref());
    let words = [&claim.kind, comparator, value.as_str(), unit, noun];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn as_json(rank: usize, hit: &Hit, hits: &Hits, search: &mut Search<'_>) -> anyhow::Result<Value> {
    let found = search.claim(hit)?;
    let sentence = sentence(&found, hits, search);
    let document = &found.article.document;
    Ok(json!({
        "rank": rank, "score": hit.score, "claim": found.article.record.claims[found.number],
        "sentence": snippet_json(&sentence, &document.text),
        "article": {"id": document.id, "title": document.title, "published": document.published,
                    "source": document.source, "url": document.url},
    }))
}
