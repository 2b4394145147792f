//! What people see: colours only on terminals, and nothing of a document that
//! could steer a terminal. Every text of a document, and every name from
//! outside, goes through [`clean`] before it is printed for people.

use std::borrow::Cow;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;

use crate::output::page::steers;

/// Headings and names.
pub const BOLD: Style = Style::new().bold();
/// What matters less.
pub const DIM: Style = Style::new().dimmed();
/// What matches.
pub const MATCH: Style = AnsiColor::Green.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Settles for the whole program whether colours are used.
pub(super) fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// `text` without anything that steers a terminal: control characters and
/// escapes become `�`, direction overrides and isolates disappear, line ends
/// become spaces.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !c.is_control() && !steers(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|&c| !steers(c)).map(|c| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    });
    Cow::Owned(kept.collect())
}

/// Says on standard error what went wrong.
pub fn error(message: &str) {
    say(&format!("{ERROR}error:{ERROR:#} {}", clean(message)));
}

/// Says on standard error what is odd.
pub fn warning(message: &str) {
    say(&format!("{WARNING}warning:{WARNING:#} {}", clean(message)));
}

/// Says something on standard error.
pub fn note(message: &str) {
    say(&clean(message));
}

/// A closed standard error is nothing to fail over.
fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_steers_the_terminal() {
        assert_eq!(clean("قال\u{1b}[31m\u{202E}abc\u{2069}\r\n"), "قال\u{FFFD}[31mabc  ");
        assert!(matches!(clean("مدينة غزة\u{200F}"), Cow::Borrowed(_)));
    }
}
