//! `ghirbal man`: manual pages, made from the command line's own help.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::builder::ValueHint;
use clap_mangen::Man;

use super::Status;
use crate::output::sink::Sink;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Write the pages of all commands to this folder.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  ghirbal man | man -l -
  ghirbal man --dir ~/.local/share/man/man1";

/// Runs the command.
///
/// # Errors
/// When a file or standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let mut root = super::command();
    root.build();
    let Some(dir) = args.dir else {
        let mut out = Sink::stdout();
        out.write_all(&page(root)?)?;
        out.commit()?;
        return Ok(Status::Success);
    };
    std::fs::create_dir_all(&dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
    let mut commands = vec![root];
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands().filter(|c| c.get_name() != "help").cloned());
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let mut file = Sink::create(Some(&dir.join(format!("{name}.1"))))?;
        file.write_all(&page(command)?)?;
        file.commit()?;
    }
    Ok(Status::Success)
}

fn page(command: clap::Command) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}
