//! The three layers of a record as labelled spans and links between them: what
//! the formats of annotation tools have in common.

use serde_json::{Map, Value, json};

use crate::record::{ClaimOut, Record};

/// Which layer a span belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The number of a claim.
    Claim,
    /// A temporal expression.
    Date,
    /// An entity.
    Entity,
}

impl Layer {
    /// All layers, in the order of the record.
    pub const ALL: [Self; 3] = [Self::Claim, Self::Date, Self::Entity];

    /// The layer's name, singular.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Date => "date",
            Self::Entity => "entity",
        }
    }

    /// The labels of its spans: the kinds of claims, the types of dates and
    /// entities. Claims have small letters, so that no two labels are the same.
    pub const fn labels(self) -> &'static [&'static str] {
        match self {
            Self::Claim => &[
                "count",
                "percent",
                "fraction",
                "money",
                "measure",
                "duration",
                "ratio",
                "multiplier",
                "ordinal",
                "score",
                "age",
                "number",
            ],
            Self::Date => &["DATE", "TIME", "DURATION", "SET"],
            Self::Entity => &["PER", "ORG", "LOC", "NORP", "EVENT", "MISC"],
        }
    }
}

/// A labelled span.
#[derive(Clone, Debug)]
pub struct Mention<'a> {
    /// As in the record: `c1`, `d1`, `e1`.
    pub id: &'a str,
    /// Where it belongs.
    pub layer: Layer,
    /// Its kind or type.
    pub label: &'a str,
    /// Offset of its first character, in the record's units.
    pub start: usize,
    /// Offset after its last.
    pub end: usize,
    /// Its words.
    pub surface: &'a str,
    /// The mention that it stands inside.
    pub nested_in: Option<&'a str>,
}

/// A link between two mentions.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The field of the record that makes it.
    pub name: &'static str,
    /// Where it starts.
    pub from: &'a str,
    /// Where it leads.
    pub to: &'a str,
}

/// The names of links.
pub const LINKS: [&str; 6] = ["part_of", "time", "place", "actor", "source", "nested_in"];

/// All mentions, layer by layer, each in the text's order.
pub fn mentions<'a>(record: &'a Record<'_>) -> Vec<Mention<'a>> {
    let claims = record.claims.iter().map(|c| Mention {
        id: &c.id,
        layer: Layer::Claim,
        label: &c.kind,
        start: c.start,
        end: c.end,
        surface: &c.surface,
        nested_in: None,
    });
    let dates = record.dates.iter().map(|d| Mention {
        id: &d.id,
        layer: Layer::Date,
        label: &d.kind,
        start: d.start,
        end: d.end,
        surface: &d.surface,
        nested_in: None,
    });
    let entities = record.entities.iter().map(|e| Mention {
        id: &e.id,
        layer: Layer::Entity,
        label: &e.kind,
        start: e.start,
        end: e.end,
        surface: &e.surface,
        nested_in: e.nested_in.as_deref(),
    });
    claims.chain(dates).chain(entities).collect()
}

/// All links between mentions.
pub fn links<'a>(record: &'a Record<'_>) -> Vec<Link<'a>> {
    let nested = record.entities.iter().filter_map(|entity| {
        let to = entity.nested_in.as_deref()?;
        Some(Link { name: "nested_in", from: &entity.id, to })
    });
    record.claims.iter().flat_map(of_claim).chain(nested).collect()
}

fn of_claim<'a>(claim: &'a ClaimOut<'_>) -> impl Iterator<Item = Link<'a>> {
    let source = claim.attribution.as_ref().and_then(|a| a.source.entity.as_deref());
    let single = [
        ("part_of", claim.part_of.as_deref()),
        ("time", claim.time.as_deref()),
        ("actor", claim.actor.as_deref()),
        ("source", source),
    ];
    let places = claim.place.iter().map(|to| ("place", to.as_str()));
    let all = single.into_iter().filter_map(|(name, to)| Some((name, to?))).chain(places);
    all.map(|(name, to)| Link { name, from: &claim.id, to })
}

/// The fields of the document, for tools that keep some beside a text.
pub fn metadata(record: &Record<'_>) -> Map<String, Value> {
    let doc = &record.doc;
    let fields = [
        ("doc_id", json!(doc.id)),
        ("doc_title", json!(doc.title)),
        ("doc_published", json!(doc.published)),
        ("doc_source", json!(doc.source)),
        ("doc_url", json!(doc.url)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
