//! `ghirbal doctor`: looks over an installation, and an index and lexicons if
//! they are named. Changes nothing.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::ValueHint;

use super::config::{Settings, files};
use super::{Status, print};
use crate::extract::{Lexicons, extract};
use crate::index::{Index, inspect};
use crate::input::lexicon;
use crate::normalize::normalize;
use crate::output::sink::Sink;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Also verify this index.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: Option<PathBuf>,
    /// Also check this lexicon; may be given again.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    lexicon: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
The exit status is 0 where all is well, 5 where the index is unusable, else 2.

Examples:
  ghirbal doctor
  ghirbal doctor --index news.ix --lexicon names.tsv";

/// What a check found: good, or what is wrong.
type Found = Result<String, String>;

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let mut out = Sink::stdout();
    let mut status = Status::Success;
    let own: [(&str, fn() -> Found); 4] = [
        ("program", program),
        ("settings", settings),
        ("extraction", extraction),
        ("temporary folder", temporary),
    ];
    for (name, check) in own {
        tell(name, check(), Status::Usage, &mut status, &mut out)?;
    }
    for path in &args.lexicon {
        tell("lexicon", check_lexicon(path), Status::Usage, &mut status, &mut out)?;
    }
    if let Some(path) = &args.index {
        tell("index", check_index(path), Status::IndexUnusable, &mut status, &mut out)?;
    }
    out.commit()?;
    Ok(status)
}

fn tell(name: &str, found: Found, wrong: Status, status: &mut Status, out: &mut Sink) -> std::io::Result<()> {
    let (word, what) = match found {
        Ok(what) => ("ok", what),
        Err(what) => {
            *status = wrong;
            ("WRONG", what)
        }
    };
    writeln!(out, "{word:<6}{name:<18}{}", print::clean(&what))
}

fn program() -> Found {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let features = if cfg!(feature = "parquet") { "with Parquet" } else { "without Parquet" };
    Ok(format!("ghirbal {}, {features}, {threads} threads", env!("CARGO_PKG_VERSION")))
}

fn settings() -> Found {
    let command = super::command();
    let wrong = |error: anyhow::Error| format!("{error:#}");
    let settings = Settings::read(&command).map_err(wrong)?;
    let line = ["ghirbal", "config", "show"];
    settings.apply(command).try_get_matches_from(line).map_err(|error| error.to_string())?;
    let files: Vec<_> = files().map_err(wrong)?.iter().map(|path| path.display().to_string()).collect();
    Ok(if files.is_empty() { "no ghirbal.toml".to_owned() } else { files.join(", ") })
}

/// Reads a sentence whose findings are known.
fn extraction() -> Found {
    let text = normalize("أفرجت السلطات في بغداد عن 350 أسيرًا يوم 7 أكتوبر 2023.");
    let found = extract(&text, &Lexicons::builtin(), None);
    let counts = [found.claims.len(), found.dates.len(), found.entities.len()];
    let words = format!("{} claim, {} date, {} entities in a sentence", counts[0], counts[1], counts[2]);
    if counts.iter().all(|count| *count > 0) { Ok(words) } else { Err(words) }
}

fn temporary() -> Found {
    let folder = std::env::temp_dir().display().to_string();
    match tempfile::tempfile().and_then(|mut file| file.write_all(b"x")) {
        Ok(()) => Ok(folder),
        Err(error) => Err(format!("{folder}: {error}")),
    }
}

fn check_lexicon(path: &Path) -> Found {
    let shown = path.display().to_string();
    let all = |errors: Vec<_>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    lexicon::read(path).map(|_| shown).map_err(|errors| all(errors))
}

fn check_index(path: &Path) -> Found {
    let wrong = |error: crate::index::Error| error.to_string();
    let index = Index::open(path).map_err(wrong)?;
    let stats = inspect::stats(&index).map_err(wrong)?;
    let faults = inspect::check(&index).map_err(wrong)?;
    if faults.is_empty() {
        return Ok(format!(
            "{}: whole, {} articles, {} claims",
            path.display(),
            stats.articles,
            stats.claims
        ));
    }
    Err(format!("{}: {}", path.display(), faults.join("; ")))
}
