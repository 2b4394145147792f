//! What is searched for and which hits are wanted: the query, the same as
//! flags, and the page. Shared by the commands that search.

use std::path::PathBuf;

use clap::builder::ValueHint;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use crate::index::fields::FIELDS;
use crate::index::page::{Cursor, Page, Sort};
use crate::index::query::{Asks, Demand, Node, Query, QueryError};
use crate::index::schema::Kind;

/// The grammar, for help.
pub(super) const GRAMMAR: &str = "\
Words are found in any form; of plain words side by side at least one must be there, and the
more the better. Everything else must be there: a \"phrase\", a +word, a field, parentheses.
  \"وقف النار\"~3   the words of the phrase at most 3 steps out of place
  مستشف*          words that begin so             أسيرر~1   words at most 1 (or 2) letters away
  a AND b, a OR b, NOT c, -c, +d, ( )             AND binds closer than OR, OR than side by side
  field:word, field:\"phrase\", field:(a OR b), field:=\"the whole name\"
  2023-10..2024-01, ..2023, [2023-10 TO *], [9000 TO *], {1 TO 2}, >350   ranges";

/// Words of the query, as flags.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "The query as flags")]
pub struct WordFlags {
    /// All of these words must be there.
    #[arg(long, value_name = "WORDS")]
    all: Vec<String>,
    /// At least one of these words must be there.
    #[arg(long, value_name = "WORDS")]
    any: Vec<String>,
    /// None of these words may be there.
    #[arg(long, value_name = "WORDS")]
    none: Vec<String>,
    /// These words must stand one after the other.
    #[arg(long, value_name = "WORDS")]
    phrase: Vec<String>,
    /// Steps that words of --phrase may be out of place.
    #[arg(long, value_name = "N", default_value_t = 0, requires = "phrase")]
    slop: u32,
    /// A word that begins so must be there.
    #[arg(long, value_name = "LETTERS")]
    prefix: Vec<String>,
    /// A word at most one letter away must be there.
    #[arg(long, value_name = "WORD")]
    fuzzy: Vec<String>,
}

/// A flag for every field of the query language.
#[derive(Debug, Default)]
pub struct FieldFlags {
    asked: Vec<(&'static str, String)>,
}

impl Args for FieldFlags {
    fn augment_args(command: Command) -> Command {
        let flag = |field: &'static crate::index::fields::Named| {
            let help = format!("{}{}.", field.about[..1].to_uppercase(), &field.about[1..]);
            Arg::new(field.name)
                .long(field.name)
                .value_name("VALUE")
                .help(help)
                .help_heading("Fields as flags")
                .action(ArgAction::Append)
        };
        command.args(FIELDS.iter().map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FieldFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let asked = FIELDS.iter().flat_map(|field| {
            let values = matches.get_many::<String>(field.name).into_iter().flatten();
            values.map(|value| (field.name, value.clone()))
        });
        Ok(Self { asked: asked.collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Which index, and which of the hits.
#[derive(Debug, clap::Args)]
pub struct Wanted {
    /// The index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub index: PathBuf,
    /// Most hits that are listed [default: 10; all with --ids and --csv]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Go on where a page ended.
    #[arg(long, value_name = "CURSOR")]
    cursor: Option<Cursor>,
    /// In which order.
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// The oldest or the smallest first.
    #[arg(long)]
    ascending: bool,
    /// Let newer articles count more: what the newest gains halves in so many days.
    #[arg(long, value_name = "DAYS")]
    recency: Option<f32>,
    /// Say what the score of each hit is the sum of.
    #[arg(long)]
    pub explain: bool,
}

/// An order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The best first.
    Relevance,
    /// The newest first.
    Date,
    /// The largest value first (claims).
    Value,
}

/// Most hits of a page where nothing else is said.
pub(super) const LIMIT: usize = 10;

impl Wanted {
    /// The page, with `limit` hits where the command line names no limit.
    pub(super) fn page(&self, limit: Option<usize>) -> Page {
        let sort = match self.sort {
            Order::Relevance => Sort::Relevance,
            Order::Date => Sort::Date,
            Order::Value => Sort::Value,
        };
        Page {
            limit: self.limit.or(limit),
            cursor: self.cursor,
            sort,
            ascending: self.ascending,
            recency: self.recency,
            explains: self.explain,
        }
    }
}

/// The query of the command line: what is written and what flags ask.
pub(super) fn query(
    written: &[String],
    words: &WordFlags,
    fields: &FieldFlags,
    kind: Kind,
) -> Result<Query, crate::index::Error> {
    let text = written.join(" ");
    let mut query = if text.trim().is_empty() && !written.iter().any(|word| !word.is_empty()) {
        Query::everything(kind)
    } else {
        Query::parse(&text, kind)?
    };
    for (demand, asks) in words.asks() {
        query = query.and(demand, Node::of(asks));
    }
    with_fields(query, fields).map_err(Into::into)
}

/// The query, and what the flags of fields ask.
pub(super) fn with_fields(mut query: Query, fields: &FieldFlags) -> Result<Query, QueryError> {
    for (name, value) in &fields.asked {
        let kind = query.kind;
        let mistake =
            |error: QueryError| QueryError { reason: format!("--{name}: {}", error.reason), ..error };
        query = query.and(Demand::Must, Node::value(name, value, kind).map_err(mistake)?);
    }
    Ok(query)
}

impl FieldFlags {
    pub(super) const fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }
}

impl WordFlags {
    pub(super) const fn is_empty(&self) -> bool {
        self.all.is_empty()
            && self.any.is_empty()
            && self.none.is_empty()
            && self.phrase.is_empty()
            && self.prefix.is_empty()
            && self.fuzzy.is_empty()
    }

    fn asks(&self) -> Vec<(Demand, Asks)> {
        let words = |words: &String| Asks::Words(words.clone());
        let each = |words: &'_ String| -> Vec<Asks> {
            words.split_whitespace().map(|word| Asks::Words(word.to_owned())).collect()
        };
        let phrase = |words: &String| Asks::Phrase { words: words.clone(), slop: self.slop };
        let mut asks: Vec<(Demand, Asks)> = Vec::new();
        asks.extend(self.all.iter().map(words).map(|asks| (Demand::Must, asks)));
        asks.extend(self.phrase.iter().map(phrase).map(|asks| (Demand::Must, asks)));
        asks.extend(self.prefix.iter().map(|word| (Demand::Must, Asks::Prefix(word.clone()))));
        asks.extend(self.fuzzy.iter().map(|word| (Demand::Must, Asks::Fuzzy(word.clone(), 1))));
        asks.extend(self.any.iter().map(words).map(|asks| (Demand::Should, asks)));
        asks.extend(self.none.iter().flat_map(each).map(|asks| (Demand::Not, asks)));
        asks
    }
}
