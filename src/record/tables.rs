//! The record as rows of three tables: claims, dates and entities, which their
//! identifiers and the document's join. Every cell is a single value.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Map, Value};

use super::flat::{FlatClaim, SEPARATOR, flatten};
use super::{ClaimOut, DateOut, EntityOut, Id, Record};

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Its columns.
    pub columns: fn() -> Vec<Column>,
    /// The rows of a record, in the order of the columns.
    pub rows: fn(&Record<'_>, &str) -> Vec<Vec<Value>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether a cell may be empty.
    pub nullable: bool,
    /// What it means.
    pub about: String,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers, to about 15 digits.
    Number,
    /// Yes or no.
    Flag,
}

/// All tables.
pub static TABLES: [Table; 3] = [
    Table {
        name: "claims",
        about: "the flat claims, with the identifiers of what they link to",
        columns: || {
            let ids = LINKS.map(|(name, about, _)| text(name, about, true));
            columns::<FlatClaim<'_>>().into_iter().chain(ids).collect()
        },
        rows: |record, text| {
            let rows = flatten(record, text).into_iter().zip(&record.claims);
            rows.map(|(row, claim)| cells(&row).chain(LINKS.map(|(.., id)| id(claim).into())).collect())
                .collect()
        },
    },
    Table {
        name: "dates",
        about: "the temporal expressions, as the record has them",
        columns: || [doc_id()].into_iter().chain(columns::<DateOut<'_>>()).collect(),
        rows: |record, _| record.dates.iter().map(|date| of_document(record, date)).collect(),
    },
    Table {
        name: "entities",
        about: "the mentions of entities, as the record has them",
        columns: || [doc_id()].into_iter().chain(columns::<EntityOut<'_>>()).collect(),
        rows: |record, _| record.entities.iter().map(|entity| of_document(record, entity)).collect(),
    },
];

/// The name of a link, what it leads to, and the identifier that a claim has.
type Link = (&'static str, &'static str, fn(&ClaimOut<'_>) -> Option<String>);

const LINKS: [Link; 4] = [
    ("actor_id", "The entity that acts: `id` of `entities`.", |claim| claim.actor.map(told)),
    ("place_id", "The entities where it holds: `id` of `entities`.", |claim| {
        let ids: Vec<_> = claim.place.iter().map(Id::as_str).collect();
        (!ids.is_empty()).then(|| ids.join(SEPARATOR))
    }),
    ("time_id", "The date that anchors it: `id` of `dates`.", |claim| claim.time.map(told)),
    ("source_id", "The entity that says it: `id` of `entities`.", |claim| {
        claim.attribution.as_ref().and_then(|said| said.source.entity.map(told))
    }),
];

fn told(id: Id) -> String {
    id.as_str().to_owned()
}

fn text(name: &str, about: &str, nullable: bool) -> Column {
    Column { name: name.to_owned(), kind: Kind::Text, nullable, about: about.to_owned() }
}

fn doc_id() -> Column {
    text("doc_id", "Identifier of the document.", false)
}

fn of_document<T: Serialize>(record: &Record<'_>, row: &T) -> Vec<Value> {
    [Value::from(record.doc.id.as_ref())].into_iter().chain(cells(row)).collect()
}

/// The values of a row; what is no single value is told as JSON.
fn cells<T: Serialize>(row: &T) -> impl Iterator<Item = Value> + use<T> {
    let fields = match serde_json::to_value(row) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    fields.into_iter().map(|(_, value)| match value {
        Value::Array(_) | Value::Object(_) => Value::String(value.to_string()),
        single => single,
    })
}

/// The columns of a row's type.
fn columns<T: JsonSchema>() -> Vec<Column> {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.inline_subschemas = true;
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    fields.map(|(name, field)| column(name, field)).collect()
}

fn column(name: &str, field: &Value) -> Column {
    let mut types = Vec::new();
    types_of(field, &mut types);
    let kind = match types.iter().find(|kind| **kind != "null") {
        Some(&"integer") => Kind::Integer,
        Some(&"number") => Kind::Number,
        Some(&"boolean") => Kind::Flag,
        _ => Kind::Text,
    };
    let about = field.get("description").and_then(Value::as_str).unwrap_or_default();
    Column { name: name.to_owned(), kind, nullable: types.contains(&"null"), about: about.replace('\n', " ") }
}

/// The types that a schema allows.
fn types_of<'a>(schema: &'a Value, types: &mut Vec<&'a str>) {
    match schema.get("type") {
        Some(Value::String(one)) => types.push(one),
        Some(Value::Array(several)) => types.extend(several.iter().filter_map(Value::as_str)),
        _ => {}
    }
    let any = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    any.for_each(|schema| types_of(schema, types));
}
