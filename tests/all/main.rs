//! All integration tests in one binary.

mod articles;
mod cases;
mod cli;
mod crash;
mod dates;
mod explain;
mod faults;
mod formats;
mod inputs;
mod invariants;
mod lexicon;
mod noise;
mod program;
mod readme;
mod rules;
mod schemas;
mod search;
mod speller;
mod tidy;
