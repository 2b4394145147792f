//! `ghirbal more-like`: articles of an index that resemble one of them.

use super::Status;
use super::answers::{Output, answer};
use super::articles::SHAPE;
use super::asking::{FieldFlags, Wanted, with_fields};
use crate::index::query::{Demand, Node, Query};
use crate::index::schema::Kind;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    fields: FieldFlags,
    /// Identifier of the article.
    #[arg(value_name = "ID")]
    article: String,
}

const EXAMPLES: &str = "\
Articles share at least a quarter of the words that tell most about the one that is named.
In a query the same is like:ID.

Examples:
  ghirbal more-like --index news.ix 2024/exchange.txt
  ghirbal more-like --index news.ix --published 2024 --ids 2024/exchange.txt";

/// Runs the command.
///
/// # Errors
/// When the index has no such article, is not there or damaged.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let like = Node::value("like", &args.article, Kind::Article).map_err(crate::index::Error::from)?;
    let query = Query::everything(Kind::Article).and(Demand::Must, like);
    let query = with_fields(query, &args.fields).map_err(crate::index::Error::from)?;
    answer(&SHAPE, &args.article, &query, &args.wanted, &args.output)
}
