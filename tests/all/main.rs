//! All integration tests in one binary.

mod articles;
mod cases;
mod cli;
mod config;
mod crash;
mod dates;
mod explain;
mod faults;
mod formats;
mod hostile;
mod inputs;
mod invariants;
mod lexicon;
mod noise;
mod program;
mod readme;
mod rules;
mod runs;
mod schemas;
mod search;
mod signals;
mod speller;
mod tidy;
