//! All integration tests in one binary.

mod articles;
mod cases;
mod cli;
mod explain;
mod formats;
mod inputs;
mod invariants;
mod noise;
mod program;
mod readme;
mod rules;
mod schemas;
mod speller;
mod tidy;
