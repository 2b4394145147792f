//! Documents into an open index: extracted on many threads, written in order,
//! committed in time, and acknowledged once they last.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::json;

use super::pipeline::{Outcome, Taker};
use super::progress::{Progress, count};
use super::report::Report;
use crate::document::Document;
use crate::extract::{Lexicons, extract};
use crate::index::duplicates::Near;
use crate::index::entry::{Entry, Preparer};
use crate::index::stored;
use crate::index::writer::{Committed, Standing, Writer};
use crate::normalize::normalize;
use crate::record::record;
use crate::span::Units;

/// Bytes of text after which is committed in any case.
const COMMIT_BYTES: usize = 128 << 20;

/// When to commit.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Rhythm {
    /// Make what was added lasting after N documents.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub commit: usize,
    /// … and S seconds after the first that is not yet.
    #[arg(long, value_name = "S", default_value_t = 10)]
    pub commit_seconds: u64,
}

/// What a document gave.
pub enum Worked {
    /// An entry ready to be written.
    Entry(Box<Entry>),
    /// A document that was in the index already when it was looked up.
    Known(Box<Document>),
}

/// Works on documents: lists and analyzers that threads share or pass on.
pub struct Workshop {
    lexicons: Lexicons,
    committed: Committed,
    preparers: Mutex<Vec<Preparer>>,
    fresh: Box<dyn Fn() -> Preparer + Send + Sync>,
}

impl Workshop {
    /// For documents that `writer` is to be given.
    pub fn new(writer: &Writer, lexicons: Lexicons) -> Self {
        Self {
            lexicons,
            committed: writer.committed(),
            preparers: Mutex::default(),
            fresh: Box::new(writer.preparers()),
        }
    }

    /// Extracts what is not in the index as it is.
    pub fn work(&self, document: Document) -> Worked {
        // An index that cannot be read is told of when it is written.
        if self.committed.holds(&document.id, stored::digest(&document)).unwrap_or(false) {
            return Worked::Known(Box::new(document));
        }
        Worked::Entry(Box::new(self.prepare(&document)))
    }

    fn prepare(&self, document: &Document) -> Entry {
        let text = normalize(&document.text);
        let found = extract(&text, &self.lexicons, document.published.as_deref());
        let record = record(document, &text, &found, Units::Chars);
        let rest = self.preparers.lock().ok().and_then(|mut resting| resting.pop());
        let mut preparer = rest.unwrap_or_else(|| (self.fresh)());
        let entry = preparer.prepare(document, &text, record);
        if let Ok(mut resting) = self.preparers.lock() {
            resting.push(preparer);
        }
        entry
    }
}

/// Writes what documents gave.
pub struct Intake<'a> {
    writer: Writer,
    workshop: &'a Workshop,
    rhythm: Rhythm,
    /// When the first document that does not last yet was written.
    waiting: Option<Instant>,
    acks: Acks,
    report: &'a mut Report,
    progress: &'a Progress,
    /// What was done so far.
    pub totals: Totals,
}

impl<'a> Intake<'a> {
    /// Writes with `writer`.
    pub fn new(
        writer: Writer,
        workshop: &'a Workshop,
        rhythm: Rhythm,
        acks: Acks,
        report: &'a mut Report,
        progress: &'a Progress,
    ) -> Self {
        Self { writer, workshop, rhythm, waiting: None, acks, report, progress, totals: Totals::default() }
    }

    fn write(&mut self, worked: Worked) -> anyhow::Result<()> {
        let (id, written) = self.put(worked)?;
        self.acks.wait(id, &written);
        self.totals.add(&written);
        self.waiting.get_or_insert_with(Instant::now);
        Ok(())
    }

    fn put(&mut self, worked: Worked) -> anyhow::Result<(String, Written)> {
        let entry = match worked {
            Worked::Entry(entry) => *entry,
            Worked::Known(document) => {
                let bytes = document.text.len();
                let standing = self.writer.standing(&document.id, stored::digest(&document))?;
                if standing == Standing::Same {
                    return Ok((document.id, Written { standing, near: Vec::new(), claims: 0, bytes }));
                }
                // Another document of this run took its place meanwhile.
                self.workshop.prepare(&document)
            }
        };
        let (id, claims, bytes) = (entry.id().to_owned(), entry.claims(), entry.bytes());
        let put = self.writer.put(entry)?;
        Ok((id, Written { standing: put.standing, near: put.near, claims, bytes }))
    }

    fn commit_in_time(&mut self) -> anyhow::Result<()> {
        let uncommitted = self.writer.uncommitted();
        let many = uncommitted.documents >= self.rhythm.commit.max(1) || uncommitted.bytes >= COMMIT_BYTES;
        let long = Duration::from_secs(self.rhythm.commit_seconds);
        if many || self.waiting.is_some_and(|since| since.elapsed() >= long) {
            self.commit()?;
        }
        Ok(())
    }

    /// Makes what was written lasting, then acknowledges it.
    ///
    /// # Errors
    /// When the index or the acknowledgements cannot be written.
    pub fn commit(&mut self) -> anyhow::Result<()> {
        self.writer.commit()?;
        self.waiting = None;
        self.acks.give()
    }

    /// Commits and gives the writer back, with what was done.
    ///
    /// # Errors
    /// As [`Intake::commit`].
    pub fn end(mut self) -> anyhow::Result<(Writer, Totals)> {
        self.commit()?;
        Ok((self.writer, self.totals))
    }
}

impl Taker<Worked> for &mut Intake<'_> {
    fn take(&mut self, outcome: Outcome<Worked>) -> anyhow::Result<()> {
        match outcome {
            Outcome::Done(worked) => self.write(worked)?,
            Outcome::Rejected(error) => self.progress.around(|| self.report.add(&error, true))?,
            Outcome::Warning(error) => self.progress.around(|| self.report.add(&error, false))?,
        }
        self.progress.step(|| self.totals.words());
        self.commit_in_time()
    }

    fn idle(&mut self) -> anyhow::Result<()> {
        self.commit_in_time()
    }
}

/// Tells which documents last: a line of JSON for each, once the commit that
/// it belongs to is on the disk.
#[derive(Default)]
pub struct Acks {
    to: Option<Box<dyn Durable>>,
    waiting: Vec<u8>,
}

/// What can be written and brought to the disk.
trait Durable: Write + Send {
    fn sync(&mut self) -> io::Result<()>;
}

impl Durable for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

impl Durable for io::Stdout {
    fn sync(&mut self) -> io::Result<()> {
        self.flush()
    }
}

impl Acks {
    /// To the end of the file `path`, or for `-` to standard output.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let open = |path: &Path| -> anyhow::Result<Box<dyn Durable>> {
            if path.as_os_str() == "-" {
                return Ok(Box::new(io::stdout()));
            }
            let file = OpenOptions::new().create(true).append(true).open(path);
            Ok(Box::new(file.with_context(|| path.display().to_string())?))
        };
        Ok(Self { to: path.map(open).transpose()?, waiting: Vec::new() })
    }

    fn wait(&mut self, id: String, written: &Written) {
        if self.to.is_none() {
            return;
        }
        let done = match written.standing {
            Standing::New => "added",
            Standing::Changed => "replaced",
            Standing::Same => "unchanged",
        };
        let near =
            |near: &Near| json!({"id": near.id, "likeness": (f64::from(near.likeness) * 1e3).round() / 1e3});
        let duplicates: Vec<_> = written.near.iter().map(near).collect();
        let line = json!({"id": id, "done": done, "claims": written.claims, "duplicates": duplicates});
        self.waiting.extend(line.to_string().into_bytes());
        self.waiting.push(b'\n');
    }

    fn give(&mut self) -> anyhow::Result<()> {
        let Some(to) = &mut self.to else { return Ok(()) };
        if !self.waiting.is_empty() {
            to.write_all(&self.waiting)?;
            to.sync()?;
            self.waiting.clear();
        }
        Ok(())
    }
}

/// One document, written.
struct Written {
    standing: Standing,
    near: Vec<Near>,
    claims: usize,
    bytes: usize,
}

/// What was done so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    added: usize,
    replaced: usize,
    unchanged: usize,
    claims: usize,
    near: usize,
    /// Bytes of text.
    pub bytes: u64,
}

impl Totals {
    fn add(&mut self, written: &Written) {
        self.bytes += written.bytes as u64;
        match written.standing {
            Standing::New => self.added += 1,
            Standing::Changed => self.replaced += 1,
            Standing::Same => self.unchanged += 1,
        }
        if written.standing != Standing::Same {
            self.claims += written.claims;
        }
        self.near += usize::from(!written.near.is_empty());
    }

    /// How many documents were read.
    pub const fn documents(&self) -> usize {
        self.added + self.replaced + self.unchanged
    }

    /// What was done, in words.
    pub fn words(&self) -> String {
        let Self { added, replaced, unchanged, claims, near, .. } = self;
        let near = if *near == 0 { String::new() } else { format!(", {}", count(*near, "near duplicate")) };
        format!(
            "{added} added, {replaced} replaced, {unchanged} unchanged, {}{near}",
            count(*claims, "claim")
        )
    }
}
