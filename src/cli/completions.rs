//! `ghirbal completions`: a completion script for a shell.

use std::io::Write;

use clap_complete::Shell;

use super::Status;
use crate::output::sink::Sink;

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  ghirbal completions bash > ~/.local/share/bash-completion/completions/ghirbal
  ghirbal completions zsh > ~/.zfunc/_ghirbal
  ghirbal completions fish > ~/.config/fish/completions/ghirbal.fish";

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: Args) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "ghirbal", &mut script);
    let mut out = Sink::stdout();
    out.write_all(&script)?;
    out.commit()?;
    Ok(Status::Success)
}
