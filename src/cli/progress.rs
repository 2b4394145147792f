//! How far a command has come: a bar while it runs and a line at its end, both
//! on standard error and only where that is a terminal.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::print;
use crate::input::Inputs;

/// A running command.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    read: Arc<AtomicU64>,
    skipped: Option<Arc<AtomicU64>>,
    started: Instant,
    shown: bool,
}

const KNOWN: &str = "{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left  {msg}";
const UNKNOWN: &str = "{spinner} {bytes}  {bytes_per_sec}  {msg}";

impl Progress {
    /// Shows nothing.
    pub fn hidden() -> Self {
        let (bar, read, skipped) = (ProgressBar::hidden(), Arc::default(), None);
        Self { bar, read, skipped, started: Instant::now(), shown: false }
    }

    /// Begins to show how much of `inputs` is read, unless `quiet`.
    pub fn start(inputs: &Inputs, quiet: bool) -> Self {
        let shown = !quiet && io::stderr().is_terminal();
        let bar = match (shown, inputs.bytes()) {
            (false, _) => ProgressBar::hidden(),
            (true, Some(total)) => ProgressBar::new(total).with_style(style(KNOWN)),
            (true, None) => ProgressBar::new_spinner().with_style(style(UNKNOWN)),
        };
        if shown {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        let skipped = (!quiet).then(|| inputs.skipped());
        Self { bar, read: inputs.read(), skipped, started: Instant::now(), shown }
    }

    /// Shows what has been read by now, beside a word about it.
    pub fn step(&self, word: impl FnOnce() -> String) {
        if self.shown {
            self.bar.set_position(self.read.load(Ordering::Relaxed));
            self.bar.set_message(word());
        }
    }

    /// Prints on standard error without tearing the bar.
    pub fn around<T>(&self, say: impl FnOnce() -> T) -> T {
        self.bar.suspend(say)
    }

    /// Ends with a line that tells what was done with `bytes` of text, and one
    /// if documents were passed over.
    pub fn finish(&self, done: &str, bytes: u64) {
        self.bar.finish_and_clear();
        if self.shown {
            let seconds = self.started.elapsed().as_secs_f64();
            let megabytes = bytes as f64 / 1e6;
            let rate = megabytes / seconds.max(1e-3);
            print::note(&format!("{done}; {megabytes:.1} MB in {seconds:.1} s ({rate:.1} MB/s)"));
        }
        if let Some(skipped) = &self.skipped {
            note_skipped(skipped);
        }
    }
}

impl Drop for Progress {
    /// A message about why a command failed stands on a line of its own.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Says how many documents were passed over, if any.
pub fn note_skipped(skipped: &AtomicU64) {
    let skipped = skipped.load(Ordering::Relaxed);
    if skipped > 0 {
        print::note(&format!("{} in another language passed over", count(skipped as usize, "document")));
    }
}

/// `1 document`, `2 documents`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
