//! Many documents on many threads: one thread reads, all work, one writes, in
//! the order of the input whatever the number of threads.
//!
//! A fixed number of batches is under way at any time, fewer where documents
//! are long, so that memory stays flat however long the input is and however
//! slow its output.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use anyhow::Context;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, never, select, unbounded};
use rayon::{Scope, ThreadPool, ThreadPoolBuilder};

use super::status::Interrupted;
use crate::document::Document;
use crate::error::{InputError, Reason};
use crate::input::Item;

/// How many threads to use.
#[derive(Debug, Default, clap::Args)]
pub struct Threads {
    /// Number of threads; 0 for one a core. The output is the same for any.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
}

impl Threads {
    /// The number that is meant.
    pub fn number(&self) -> usize {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        if self.threads == 0 { cores() } else { self.threads }
    }
}

/// What became of an item.
#[derive(Debug)]
pub enum Outcome<T> {
    /// A document was worked on.
    Done(T),
    /// An input was left out.
    Rejected(InputError),
    /// Something about the next document could not be used.
    Warning(InputError),
}

/// What takes the outcomes, in order. Any function of an outcome does.
pub trait Taker<T> {
    /// Takes one.
    ///
    /// # Errors
    /// Ends the run.
    fn take(&mut self, outcome: Outcome<T>) -> anyhow::Result<()>;

    /// Is called when for a while there was none.
    ///
    /// # Errors
    /// Ends the run.
    fn idle(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

impl<T, F: FnMut(Outcome<T>) -> anyhow::Result<()>> Taker<T> for F {
    fn take(&mut self, outcome: Outcome<T>) -> anyhow::Result<()> {
        self(outcome)
    }
}

/// After this long without an outcome its taker is told.
const IDLE: Duration = Duration::from_millis(250);
/// Documents and bytes of text after which a batch is full.
const BATCH: (usize, usize) = (64, 256 << 10);
/// Batches under way for each thread.
const AHEAD: usize = 3;
/// Bytes of text for which a batch counts as one more.
const HEAVY: usize = 16 << 20;

/// What is read at once.
struct Batch {
    number: usize,
    /// How many batches it counts as.
    weight: usize,
    items: Vec<Item>,
}

/// What became of it.
struct Finished<T> {
    number: usize,
    weight: usize,
    outcomes: Vec<Outcome<T>>,
}

/// Works on every document of `inputs` and hands the outcomes to `write` in
/// order. A panic of `work` costs its document only.
///
/// # Errors
/// The first error of `write`, or [`Interrupted`] after Ctrl-C.
pub fn run<T: Send>(
    inputs: impl Iterator<Item = Item> + Send + 'static,
    threads: usize,
    work: impl Fn(Document) -> T + Sync,
    write: impl FnMut(Outcome<T>) -> anyhow::Result<()> + Send,
) -> anyhow::Result<()> {
    run_for(inputs, threads, work, write)
}

/// The same for a [`Taker`].
///
/// # Errors
/// As [`run`].
pub fn run_for<T: Send>(
    inputs: impl Iterator<Item = Item> + Send + 'static,
    threads: usize,
    work: impl Fn(Document) -> T + Sync,
    write: impl Taker<T> + Send,
) -> anyhow::Result<()> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().context("cannot start threads")?;
    let ahead = AHEAD * pool.current_num_threads() + 1;
    let interrupt = interrupts();
    let (give_back, tickets) = bounded(ahead);
    (0..ahead).try_for_each(|_| give_back.send(())).context("the channel holds all tickets")?;
    let (batches_in, batches) = bounded(1);
    // Not joined: it may wait for standard input when all else has ended.
    thread::spawn(move || read(inputs, ahead, &tickets, &batches_in));
    let (finished_in, finished) = unbounded();
    let (alive, ended) = bounded::<()>(0);
    thread::scope(|scope| {
        let writer = scope.spawn(move || {
            let _alive = alive;
            write_in_order(&finished, &give_back, write)
        });
        let dispatched = dispatch(&pool, &batches, &[&ended, &interrupt], finished_in, &work);
        let written = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(dispatched)
    })
}

/// Reads batches, each for as many of the `all` tickets as it counts. Where
/// reading panics, that is told and nothing further is read.
fn read(inputs: impl Iterator<Item = Item>, all: usize, tickets: &Receiver<()>, batches: &Sender<Batch>) {
    let mut inputs = unbroken(inputs);
    for number in 0.. {
        if tickets.recv().is_err() {
            return;
        }
        // Small batches first: output begins soon, and few documents are many batches.
        let (items, bytes) = fill(&mut inputs, BATCH.0.min(number + 1));
        let weight = all.min(1 + bytes / HEAVY);
        let others = (1..weight).try_for_each(|_| tickets.recv());
        if items.is_empty() || others.is_err() || batches.send(Batch { number, weight, items }).is_err() {
            return;
        }
    }
}

/// The same items; a panic becomes the last of them.
fn unbroken(inputs: impl Iterator<Item = Item>) -> impl Iterator<Item = Item> {
    let mut inputs = Some(inputs);
    std::iter::from_fn(move || {
        let reading = inputs.as_mut()?;
        catch_unwind(AssertUnwindSafe(|| reading.next())).unwrap_or_else(|panic| {
            inputs = None;
            let reason = Reason::Internal(message(&*panic));
            Some(Item::Rejected(InputError::of("what was to be read next", reason)))
        })
    })
}

/// The next items, and how many bytes of text they have.
fn fill(inputs: &mut impl Iterator<Item = Item>, count: usize) -> (Vec<Item>, usize) {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < count && bytes < BATCH.1 {
        let Some(item) = inputs.next() else { break };
        if let Item::Document(document) = &item {
            bytes += document.text.len();
        }
        batch.push(item);
    }
    (batch, bytes)
}

/// Hands batches to the pool until they end, the writer ends, or Ctrl-C.
fn dispatch<T: Send>(
    pool: &ThreadPool,
    batches: &Receiver<Batch>,
    [ended, interrupt]: &[&Receiver<()>; 2],
    finished: Sender<Finished<T>>,
    work: &(impl Fn(Document) -> T + Sync),
) -> anyhow::Result<()> {
    pool.in_place_scope(|scope| {
        loop {
            select! {
                recv(batches) -> batch => match batch {
                    Ok(batch) => start(scope, batch, finished.clone(), work),
                    Err(_) => return Ok(()),
                },
                recv(ended) -> _ => return Ok(()),
                recv(interrupt) -> _ => return Err(Interrupted::default().into()),
            }
        }
    })
}

fn start<'scope, T: Send + 'scope>(
    scope: &Scope<'scope>,
    Batch { number, weight, items }: Batch,
    finished: Sender<Finished<T>>,
    work: &'scope (impl Fn(Document) -> T + Sync),
) {
    scope.spawn(move |_| {
        let outcomes = items.into_iter().map(|item| handle(item, work)).collect();
        // Nobody receives once the writer has failed; that is its error to tell.
        let _ = finished.send(Finished { number, weight, outcomes });
    });
}

fn handle<T>(item: Item, work: &impl Fn(Document) -> T) -> Outcome<T> {
    match item {
        Item::Rejected(error) => Outcome::Rejected(error),
        Item::Warning(error) => Outcome::Warning(error),
        Item::Document(document) => {
            let origin = document.origin.clone();
            catch_unwind(AssertUnwindSafe(|| work(document))).map_or_else(
                |panic| Outcome::Rejected(InputError::of(origin, Reason::Internal(message(&*panic)))),
                Outcome::Done,
            )
        }
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown").to_owned()
}

/// Writes batches in order and gives the tickets back for each.
fn write_in_order<T>(
    finished: &Receiver<Finished<T>>,
    tickets: &Sender<()>,
    mut write: impl Taker<T>,
) -> anyhow::Result<()> {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    loop {
        match finished.recv_timeout(IDLE) {
            Ok(batch) => waiting.insert(batch.number, batch),
            Err(RecvTimeoutError::Timeout) => {
                write.idle()?;
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        while let Some(Finished { weight, outcomes, .. }) = waiting.remove(&next) {
            outcomes.into_iter().try_for_each(|outcome| write.take(outcome))?;
            next += 1;
            // The reader may have ended already.
            (0..weight).for_each(|_| _ = tickets.send(()));
        }
    }
}

/// Receives once when Ctrl-C is pressed; a second time ends the program.
pub fn interrupts() -> Receiver<()> {
    // A handler can be set once.
    static INTERRUPT: LazyLock<Receiver<()>> = LazyLock::new(|| {
        let (pressed, interrupt) = bounded(1);
        let handler = move || {
            if pressed.try_send(()).is_err() {
                std::process::exit(super::Status::Interrupted as i32);
            }
        };
        // Without one Ctrl-C ends the program at once.
        ctrlc::set_handler(handler).map_or_else(|_| never(), |()| interrupt)
    });
    INTERRUPT.clone()
}
