//! Files that change: waits until something in some folders was written and
//! then quiet for a moment.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf, absolute};
use std::time::Duration;

use anyhow::{Context, bail};
use crossbeam_channel::{Receiver, select, unbounded};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::pipeline::interrupts;

/// After this long without another change what changed is read.
const QUIET: Duration = Duration::from_millis(400);

/// Folders under watch.
pub struct Watch {
    events: Receiver<notify::Result<notify::Event>>,
    /// Watches as long as it lives.
    _watcher: RecommendedWatcher,
}

/// Files and folders that were written.
#[derive(Debug, Default)]
pub struct Changes(BTreeSet<PathBuf>);

impl Changes {
    /// Whether a file was written, or a folder around it made.
    pub fn hold(&self, path: &Path) -> bool {
        absolute(path).is_ok_and(|path| path.ancestors().any(|part| self.0.contains(part)))
    }

    fn add(&mut self, event: notify::Event) {
        // Reading changes nothing, and what is removed stays in the index.
        if !matches!(event.kind, EventKind::Access(_) | EventKind::Remove(_)) {
            self.0.extend(event.paths);
        }
    }
}

impl Watch {
    /// Begins to watch `folders` with all that is in them.
    ///
    /// # Errors
    /// When one is no folder or cannot be watched.
    pub fn begin(folders: &[PathBuf]) -> anyhow::Result<Self> {
        let (to, events) = unbounded();
        let handler = move |event| {
            // Nobody receives once the command ends.
            let _ = to.send(event);
        };
        let mut watcher = notify::recommended_watcher(handler).context("files cannot be watched here")?;
        for folder in folders {
            if !folder.is_dir() {
                bail!("{}: only folders can be watched", folder.display());
            }
            let path = absolute(folder)?;
            watcher
                .watch(&path, RecursiveMode::Recursive)
                .with_context(|| format!("{} cannot be watched", folder.display()))?;
        }
        Ok(Self { events, _watcher: watcher })
    }

    /// Waits for changes; `None` after Ctrl-C.
    ///
    /// # Errors
    /// When watching fails.
    pub fn wait(&self) -> anyhow::Result<Option<Changes>> {
        let interrupt = interrupts();
        let mut changes = Changes::default();
        while changes.0.is_empty() {
            select! {
                recv(self.events) -> event => changes.add(event??),
                recv(interrupt) -> _ => return Ok(None),
            }
        }
        while let Ok(event) = self.events.recv_timeout(QUIET) {
            changes.add(event?);
        }
        Ok(Some(changes))
    }
}
