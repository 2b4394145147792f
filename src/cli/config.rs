//! Settings: what `ghirbal.toml` and the environment say becomes the default
//! of the flag of that name, so that a flag on the command line counts more.
//! `ghirbal config show` says where each value comes from.
//!
//! A file has a line for each flag, for all commands at the top and for one
//! command in its table:
//!
//! ```toml
//! threads = 2
//! lexicon = ["names.tsv", "places.tsv"]
//! [extract]
//! format = "flat"
//! ```
//!
//! A path is taken from the folder of the file that sets it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::builder::ValueHint;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use toml::{Table, Value};

use super::{Status, print};
use crate::output::sink::Sink;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    action: Action,
}

/// What can be done with the configuration.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Say for each flag of a command what it is set to, and by what.
    #[command(after_help = EXAMPLES)]
    Show {
        /// The command, with flags as they would be given to it; without it all commands.
        #[arg(value_name = "COMMAND", trailing_var_arg = true, allow_hyphen_values = true)]
        line: Vec<OsString>,
    },
}

const EXAMPLES: &str = "\
A flag counts more than the environment (GHIRBAL_THREADS=2), that more than ghirbal.toml in this
folder or the nearest above it, that more than ghirbal/ghirbal.toml in the user's folder of
configurations, and that more than the built-in value. GHIRBAL_CONFIG=FILE names the one file to read.

Examples:
  ghirbal config show
  ghirbal config show extract --threads 4";

/// The file in a project and in the user's folder.
const FILE: &str = "ghirbal.toml";
/// What variables of the environment begin with.
const PREFIX: &str = "GHIRBAL_";
/// Variables that are no flags.
const OTHER: [&str; 2] = ["GHIRBAL_CONFIG", "GHIRBAL_BLESS"];

/// Where a setting stands, and what it says.
#[derive(Clone, Debug)]
struct Setting {
    values: Vec<String>,
    place: String,
}

/// All settings: for a command, or for all under the empty name, by flag.
#[derive(Debug, Default)]
pub struct Settings(BTreeMap<(String, String), Setting>);

impl Settings {
    /// Reads the files and the environment; later ones count more.
    ///
    /// # Errors
    /// When a file cannot be read, or sets what no command has.
    pub fn read(command: &Command) -> anyhow::Result<Self> {
        let mut settings = Self::default();
        for path in files()? {
            settings.file(&path, command)?;
        }
        for (name, value) in std::env::vars_os() {
            let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else { continue };
            let Some(flag) = name.strip_prefix(PREFIX).filter(|_| !OTHER.contains(&name)) else { continue };
            let flag = flag.to_ascii_lowercase().replace('_', "-");
            if flags(command, "").any(|known| known == flag) {
                let setting =
                    Setting { values: vec![value.to_owned()], place: format!("environment: {name}") };
                settings.put(command, "", flag, setting);
            } else {
                print::warning(&format!("{name}: no command has a flag --{flag}"));
            }
        }
        Ok(settings)
    }

    fn file(&mut self, path: &Path, command: &Command) -> anyhow::Result<()> {
        let place = path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(|| format!("{place}: cannot be read"))?;
        let table: Table = text.parse().with_context(|| format!("{place}: not TOML"))?;
        let (tables, top): (Table, Table) = table.into_iter().partition(|(_, value)| value.is_table());
        self.table("", top, &place, command)?;
        for (name, table) in tables {
            if command.find_subcommand(&name).is_none() {
                bail!("{place}: [{name}]: there is no such command");
            }
            if let Value::Table(table) = table {
                self.table(&name, table, &place, command)?;
            }
        }
        Ok(())
    }

    fn table(&mut self, name: &str, table: Table, place: &str, command: &Command) -> anyhow::Result<()> {
        for (flag, value) in table {
            if !flags(command, name).any(|known| known == flag) {
                let whose =
                    if name.is_empty() { "no command".to_owned() } else { format!("{name} does not") };
                let whose = if name.is_empty() { format!("{whose} has") } else { format!("{whose} have") };
                bail!("{place}: {flag}: {whose} a flag --{flag}");
            }
            let Some(arg) = find(command, name, &flag) else { continue };
            let many = matches!(arg.get_action(), ArgAction::Append);
            let values = match value {
                Value::Array(several) if many => several.into_iter().map(plain).collect(),
                single => plain(single).map(|value| vec![value]),
            };
            let Some(values) = values else {
                let list = if many { ", or a list of them," } else { "" };
                bail!("{place}: {flag}: a text, a number, true or false{list} is needed");
            };
            let values = values.into_iter().map(|value| settle(arg, value, Path::new(place))).collect();
            self.put(command, name, flag, Setting { values, place: place.to_owned() });
        }
        Ok(())
    }

    /// Sets a flag; one that is set for all commands counts more than what a
    /// less weighty place set for a single one.
    fn put(&mut self, command: &Command, name: &str, flag: String, setting: Setting) {
        if name.is_empty() {
            for single in command.get_subcommands() {
                self.0.remove(&(single.get_name().to_owned(), flag.clone()));
            }
        }
        self.0.insert((name.to_owned(), flag), setting);
    }

    fn get(&self, command: &str, flag: &str) -> Option<&Setting> {
        let key = |name: &str| (name.to_owned(), flag.to_owned());
        self.0.get(&key(command)).or_else(|| self.0.get(&key("")))
    }

    /// The command line with the settings as the defaults of its flags.
    pub fn apply(&self, command: Command) -> Command {
        if self.0.is_empty() {
            return command;
        }
        let command = self.defaults("", command);
        command.mut_subcommands(|single| {
            let name = single.get_name().to_owned();
            self.inner(&name, single)
        })
    }

    /// A command and those within it: `index check` has the settings of `index`.
    fn inner(&self, name: &str, command: Command) -> Command {
        self.defaults(name, command).mut_subcommands(|inner| self.inner(name, inner))
    }

    fn defaults(&self, name: &str, command: Command) -> Command {
        command.mut_args(|arg| {
            let set = arg.get_long().filter(|_| may_be_set(&arg)).and_then(|flag| self.get(name, flag));
            match set.map(|setting| setting.values.clone()) {
                Some(values) => arg.default_values(values).required(false),
                None => arg,
            }
        })
    }
}

/// Whether a flag can be set otherwise than on the command line.
fn may_be_set(arg: &Arg) -> bool {
    arg.get_long().is_some_and(|flag| flag != "help" && flag != "version") && !arg.is_hide_set()
}

/// The words of a value that is no list or table.
fn plain(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => Some(value.to_string()),
        _ => None,
    }
}

/// A value of the file at `place`: a path is taken from its folder.
fn settle(arg: &Arg, value: String, place: &Path) -> String {
    let path = matches!(arg.get_value_hint(), ValueHint::FilePath | ValueHint::DirPath | ValueHint::AnyPath);
    let folder = place.parent().filter(|folder| std::env::current_dir().is_ok_and(|here| here != *folder));
    match folder {
        Some(folder) if path && value != "-" => folder.join(value).to_string_lossy().into_owned(),
        _ => value,
    }
}

/// The flag of a command, or of any for the empty name.
fn find<'c>(command: &'c Command, name: &str, flag: &str) -> Option<&'c Arg> {
    let own = command.get_arguments().find(|arg| may_be_set(arg) && arg.get_long() == Some(flag));
    let mut inner = command.get_subcommands().filter(|single| name.is_empty() || single.get_name() == name);
    own.or_else(|| inner.find_map(|single| find(single, "", flag)))
}

/// The flags of a command and of those within it; of all for the empty name.
fn flags<'c>(command: &'c Command, name: &str) -> Box<dyn Iterator<Item = String> + 'c> {
    let own = command.get_arguments().filter(|arg| may_be_set(arg));
    let own = own.filter_map(|arg| arg.get_long().map(str::to_owned));
    let name = name.to_owned();
    let wanted = move |single: &&Command| name.is_empty() || single.get_name() == name;
    Box::new(own.chain(command.get_subcommands().filter(wanted).flat_map(|single| flags(single, ""))))
}

/// The files of settings, the less weighty first.
///
/// # Errors
/// When the file that is asked for is not there.
pub fn files() -> anyhow::Result<Vec<PathBuf>> {
    if let Some(path) = std::env::var_os("GHIRBAL_CONFIG") {
        let path = PathBuf::from(path);
        if !path.as_os_str().is_empty() && !path.is_file() {
            bail!("{}: no such file (GHIRBAL_CONFIG)", path.display());
        }
        return Ok(Some(path).filter(|path| !path.as_os_str().is_empty()).into_iter().collect());
    }
    let home = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let user = home("XDG_CONFIG_HOME")
        .or_else(|| home("APPDATA"))
        .or_else(|| Some(home("HOME")?.join(".config")))
        .map(|folder| folder.join("ghirbal").join(FILE));
    let here = std::env::current_dir().unwrap_or_default();
    let project = here.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file());
    Ok(user.filter(|path| path.is_file()).into_iter().chain(project).collect())
}

/// Runs the command.
///
/// # Errors
/// When a setting is wrong or standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let Action::Show { line } = args.action;
    let command = super::command();
    let settings = Settings::read(&command)?;
    let mut out = Sink::stdout();
    for path in files()? {
        writeln!(out, "# {}", print::clean(&path.display().to_string()))?;
    }
    let configured = settings.apply(command.clone());
    let names: Vec<OsString> = match line.first() {
        Some(name) => vec![name.clone()],
        None => {
            command.get_subcommands().filter(|c| !c.has_subcommands()).map(|c| c.get_name().into()).collect()
        }
    };
    for name in names {
        let Some(single) = name.to_str().and_then(|name| command.find_subcommand(name)) else {
            bail!("{}: there is no such command", name.display());
        };
        let given = ["ghirbal".into(), name.clone()].into_iter().chain(line.iter().skip(1).cloned());
        let matches = lenient(configured.clone(), single.get_name()).try_get_matches_from(given)?;
        if let Some((_, matches)) = matches.subcommand() {
            show(single, matches, &settings, &mut out)?;
        }
    }
    out.commit()?;
    Ok(Status::Success)
}

/// The command line where nothing of a command is required.
fn lenient(command: Command, name: &str) -> Command {
    command.mut_subcommand(name, |single| single.mut_args(|arg| arg.required(false)))
}

fn show(command: &Command, matches: &ArgMatches, settings: &Settings, out: &mut Sink) -> anyhow::Result<()> {
    writeln!(out, "[{}]", command.get_name())?;
    for arg in command.get_arguments().filter(|arg| may_be_set(arg)) {
        let (Some(flag), id) = (arg.get_long(), arg.get_id().as_str()) else { continue };
        let values = matches.get_raw(id).into_iter().flatten();
        let value = values.map(|v| v.to_string_lossy().into_owned()).collect::<Vec<_>>().join(",");
        let set = settings.get(command.get_name(), flag);
        let place = match matches.value_source(id) {
            Some(ValueSource::CommandLine) => "command line",
            Some(_) if set.is_some() => set.map_or("", |setting| &setting.place),
            Some(_) if !value.is_empty() => "default",
            _ => "not set",
        };
        let value = if value.is_empty() && place == "command line" { "true" } else { &value };
        writeln!(out, "{flag:<16} {:<20} # {}", print::clean(value), print::clean(place))?;
    }
    Ok(())
}
