//! The command line: arguments in, exit status out. One file per subcommand,
//! each with `Args` and `run`; the only user of clap, rayon, indicatif, the
//! clock and the environment.

#![allow(clippy::needless_pass_by_value, reason = "a command owns its arguments; `run` has one form for all")]

// Flow order: each module uses only those above it.
// Text of documents on terminals.
pub mod print;
// What an exit status means.
pub mod status;
// Which inputs a command reads.
pub mod paths;
// How far a command has come.
pub mod progress;
// Panics over damaged files.
pub mod guard;
// What could not be read.
pub mod report;
// Which word lists a command uses.
pub mod lexicons;
// Many documents on many threads, in order.
pub mod pipeline;
// The manifest of a run under way.
pub mod journal;
// Where output goes.
pub mod destination;
// Claims told for people.
pub mod explain;
// Subcommands.
pub mod extract;
// Folded text.
pub mod normalize;
// Documents into an open index.
pub mod intake;
// Files that change.
pub mod watch;
// Documents into an index.
pub mod ingest;
// Articles out of an index.
pub mod delete;
// An index made anew.
pub mod reindex;
// What is searched for.
pub mod asking;
// How hits are written.
pub mod answers;
// What an article that matches looks like.
pub mod articles;
// Claims of an index, found.
pub mod claims;
// Articles of an index, found.
pub mod search;
// Articles that resemble one.
pub mod more_like;
// One article of an index.
pub mod show;
// An index looked over.
pub mod index;
// Tokens.
pub mod analyze;
// Gold against records.
pub mod eval;
// Rules.
pub mod rules;
// Users' lists of names.
pub mod lexicon;
// JSON Schemas.
pub mod schema;
// Where settings come from.
pub mod config;
// An installation looked over.
pub mod doctor;
// Shell completions.
pub mod completions;
// Manual pages.
pub mod man;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use status::Status;

/// Arabic text mining: who says how many of what, when and where.
#[derive(Debug, Parser)]
#[command(name = "ghirbal", version, propagate_version = true, after_help = EXAMPLES)]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", status::TABLE))]
pub struct Cli {
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Extract numeric claims, dates and entities as records.
    Extract(extract::Args),
    /// Write the text with its spelling folded.
    Normalize(normalize::Args),
    /// Show each token with its folded form, proclitics and sentence.
    Analyze(analyze::Args),
    /// Add documents with what is extracted from them to an index.
    Ingest(ingest::Args),
    /// Delete articles with their claims from an index, by identifier.
    Delete(delete::Args),
    /// Make an index anew from the articles that it keeps.
    Reindex(reindex::Args),
    /// Find articles in an index.
    Search(search::Args),
    /// Find claims in an index, with their articles.
    Claims(claims::Args),
    /// Find articles of an index that resemble one of them.
    MoreLike(more_like::Args),
    /// Show an article of an index with its claims, dates and entities marked.
    Show(show::Args),
    /// Count, verify or tidy an index.
    Index(index::Args),
    /// Score records against gold: precision, recall, F1.
    Eval(eval::Args),
    /// List the extraction rules with their examples.
    Rules(rules::Args),
    /// Check lexicons: users' lists of names.
    Lexicon(lexicon::Args),
    /// Print the JSON Schema of what is read and written.
    Schema(schema::Args),
    /// Say what is set, and where.
    Config(config::Args),
    /// Look over the installation, an index and lexicons.
    Doctor(doctor::Args),
    /// Print a completion script for a shell.
    Completions(completions::Args),
    /// Print the manual page, or write those of all commands.
    Man(man::Args),
}

const EXAMPLES: &str = "\
Examples:
  ghirbal extract articles/ -o records.jsonl
  ghirbal extract --format csv articles.jsonl.gz > claims.csv
  echo 'أُفرج عن أكثر من 350 أسيرًا' | ghirbal extract -
  ghirbal ingest --index news.ix articles/
  ghirbal search --index news.ix 'أسرى \"وقف إطلاق النار\"'
  ghirbal rules date/";

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    run(std::env::args_os()).into()
}

/// Runs `arguments`, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Status {
    let command = command();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let configured = match config::Settings::read(&command) {
        Ok(settings) => settings.apply(command),
        // Its own command says what is wrong with the settings.
        Err(_) if arguments.get(1).is_some_and(|name| name == "doctor") => command,
        Err(error) => return status::of_error(&error),
    };
    let matches = configured.try_get_matches_from(arguments);
    let (cli, index) = match matches.and_then(|m| Ok((Cli::from_arg_matches(&m)?, guard::index(&m)))) {
        Ok(read) => read,
        Err(error) => {
            // Help and version also come this way; a closed pipe is no failure.
            let _ = error.print();
            return if error.use_stderr() { Status::Usage } else { Status::Success };
        }
    };
    print::set_color(cli.color);
    guard::guarded(index.as_deref(), || cli.command.run()).unwrap_or_else(|error| status::of_error(&error))
}

impl Command {
    fn run(self) -> anyhow::Result<Status> {
        match self {
            Self::Extract(args) => extract::run(args),
            Self::Normalize(args) => normalize::run(args),
            Self::Analyze(args) => analyze::run(args),
            Self::Ingest(args) => ingest::run(args),
            Self::Delete(args) => delete::run(args),
            Self::Reindex(args) => reindex::run(args),
            Self::Search(args) => search::run(args),
            Self::Claims(args) => claims::run(args),
            Self::MoreLike(args) => more_like::run(args),
            Self::Show(args) => show::run(args),
            Self::Index(args) => index::run(args),
            Self::Eval(args) => eval::run(args),
            Self::Rules(args) => rules::run(args),
            Self::Lexicon(args) => lexicon::run(args),
            Self::Schema(args) => schema::run(args),
            Self::Config(args) => config::run(args),
            Self::Doctor(args) => doctor::run(args),
            Self::Completions(args) => completions::run(args),
            Self::Man(args) => man::run(args),
        }
    }
}

/// The whole command line, as completions and manual pages describe it.
fn command() -> clap::Command {
    Cli::command()
}
