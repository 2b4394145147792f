//! What an article that matches looks like: for people, as JSON, as a row.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::answers::Shape;
use super::print::{self, BOLD, DIM, MATCH};
use crate::document::Document;
use crate::index::schema::Kind;
use crate::index::search::{Hit, Hits, Search};
use crate::index::snippet::Snippet;
use crate::span::{Offsets, Units};

/// What an article looks like.
pub(super) const SHAPE: Shape = Shape {
    kind: Kind::Article,
    noun: "article",
    list,
    json: as_json,
    id: |hit, _| Ok(print::clean(&hit.id).into_owned()),
    columns: || COLUMNS.map(str::to_owned).to_vec(),
    row,
};

/// The columns of a table of articles.
const COLUMNS: [&str; 8] = ["rank", "id", "score", "title", "published", "source", "url", "snippet"];

/// Hits whose documents are held at once.
const TOGETHER: usize = 64;

fn list(hits: &Hits, search: &mut Search<'_>) -> anyhow::Result<Vec<String>> {
    let mut lists = Vec::with_capacity(hits.best.len());
    for some in hits.best.chunks(TOGETHER) {
        for (hit, (document, snippet)) in some.iter().zip(search.passages(some, &hits.wanted)?) {
            let title = document.title.as_deref().unwrap_or(&document.id);
            let mut lines = format!("{BOLD}{}. {}{BOLD:#}\n", lists.len() + 1, print::clean(title));
            let score = hit.score.map(|score| format!("  {score:.2}")).unwrap_or_default();
            writeln!(lines, "   {DIM}{}{score}{DIM:#}", about(&document))?;
            writeln!(lines, "   {}", marked(&snippet))?;
            lists.push(lines);
        }
    }
    Ok(lists)
}

/// Identifier, source and date of an article in one line.
pub(super) fn about(document: &Document) -> String {
    let about = [Some(document.id.as_str()), document.source.as_deref(), document.published.as_deref()];
    about.into_iter().flatten().map(print::clean).collect::<Vec<_>>().join("  ")
}

/// A passage for a terminal, matching words marked.
pub(super) fn marked(snippet: &Snippet) -> String {
    let mut line = String::with_capacity(snippet.text.len() + 64);
    if snippet.cut_before {
        line.push_str("… ");
    }
    for (piece, is_match) in snippet.pieces() {
        let piece = print::clean(piece);
        if is_match {
            // Writing to a string cannot fail.
            let _ = write!(line, "{MATCH}{piece}{MATCH:#}");
        } else {
            line.push_str(&piece);
        }
    }
    if snippet.cut_after {
        line.push_str(" …");
    }
    line
}

fn as_json(rank: usize, hit: &Hit, hits: &Hits, search: &mut Search<'_>) -> anyhow::Result<Value> {
    let article = search.open(hit)?;
    let document = &article.document;
    let snippet = search.snippet(&document.text, &hits.wanted);
    Ok(json!({
        "rank": rank, "id": document.id, "score": hit.score, "title": document.title,
        "published": document.published, "source": document.source, "url": document.url,
        "claims": article.record.claims.len(), "snippet": snippet_json(&snippet, &document.text),
    }))
}

/// A passage with its matches, in characters of the original.
pub(super) fn snippet_json(snippet: &Snippet, text: &str) -> Value {
    let offsets = Offsets::new(text, Units::Chars);
    let marks: Vec<_> = snippet.marks.iter().map(|m| [offsets.at(m.start), offsets.at(m.end)]).collect();
    json!({
        "start": offsets.at(snippet.span.start), "end": offsets.at(snippet.span.end), "text": snippet.text,
        "matches": marks, "html": snippet.html(),
    })
}

fn row(rank: usize, hit: &Hit, hits: &Hits, search: &mut Search<'_>) -> anyhow::Result<Vec<String>> {
    let document = search.document(hit)?;
    let snippet = search.snippet(&document.text, &hits.wanted);
    let score = hit.score.map(|score| format!("{score:.4}"));
    let optional = [score, document.title, document.published, document.source, document.url];
    let [score, title, published, source, url] = optional.map(Option::unwrap_or_default);
    Ok(vec![rank.to_string(), document.id, score, title, published, source, url, snippet.text])
}
