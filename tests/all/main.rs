//! All integration tests in one binary.

mod articles;
mod cases;
mod cli;
mod explain;
mod formats;
mod invariants;
mod lexicon;
mod noise;
mod program;
mod readme;
mod rules;
mod runs;
mod schemas;
mod speller;
mod tidy;
