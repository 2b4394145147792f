//! `ghirbal schema`: the JSON Schemas (draft 2020-12) of what is read and
//! written, generated from the types.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::builder::{PossibleValuesParser, ValueHint};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::Status;
use crate::output::sink::Sink;
use crate::record::article::Article;
use crate::record::flat::FlatClaim;
use crate::record::manifest::Manifest;
use crate::record::rejection::Rejection;
use crate::record::{Record, SCHEMA_VERSION};

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Which schema; without it their names are listed.
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(SCHEMAS.iter().map(|s| s.name)))]
    name: Option<String>,
    /// Write all schemas to this folder, as NAME.json.
    #[arg(long, value_name = "DIR", conflicts_with = "name", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  ghirbal schema
  ghirbal schema record > record.json
  ghirbal schema --dir schemas";

/// A schema.
struct Named {
    name: &'static str,
    about: &'static str,
    schema: fn() -> Schema,
}

static SCHEMAS: &[Named] = &[
    Named { name: "document", about: "a line of JSON Lines that is read", schema: read::<Article> },
    Named { name: "record", about: "a line that extract writes", schema: written::<Record<'_>> },
    Named { name: "flat", about: "a line that extract --flat writes", schema: written::<FlatClaim<'_>> },
    Named {
        name: "manifest",
        about: "the manifest of a run that --split or --manifest writes",
        schema: written::<Manifest>,
    },
    Named { name: "error", about: "a line that --errors writes", schema: written::<Rejection> },
];

/// Runs the command.
///
/// # Errors
/// When a file or standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    if let Some(dir) = args.dir {
        std::fs::create_dir_all(&dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
        for named in SCHEMAS {
            let mut file = Sink::create(Some(&dir.join(named.name).with_extension("json")))?;
            file.write_all(page(named)?.as_bytes())?;
            file.commit()?;
        }
        return Ok(Status::Success);
    }
    let mut out = Sink::stdout();
    match SCHEMAS.iter().find(|s| args.name.as_deref() == Some(s.name)) {
        Some(named) => out.write_all(page(named)?.as_bytes())?,
        None => {
            for named in SCHEMAS {
                writeln!(out, "{:<9} {}", named.name, named.about)?;
            }
        }
    }
    out.commit()?;
    Ok(Status::Success)
}

/// Fields may be left out.
fn read<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// Fields without a value are null, never left out.
fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// The schema as it is printed and committed.
fn page(named: &Named) -> serde_json::Result<String> {
    let mut schema = (named.schema)();
    let mut whole = serde_json::Map::new();
    if let Some(draft) = schema.remove("$schema") {
        whole.insert("$schema".to_owned(), draft);
    }
    whole.insert("$id".to_owned(), json!(format!("urn:ghirbal:schema:{}:{SCHEMA_VERSION}", named.name)));
    whole.insert("title".to_owned(), json!(format!("ghirbal {}: {}", named.name, named.about)));
    if let Value::Object(rest) = schema.to_value() {
        whole.extend(rest.into_iter().filter(|(key, _)| key != "title"));
    }
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}
