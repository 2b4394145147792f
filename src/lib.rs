//! Arabic text mining: normalize news text, extract numeric claims, dates and
//! entities by rules, write them as records, index and search them.
//!
//! ```text
//! bytes ─input─▶ Document ─normalize─▶ Text ─extract─▶ Findings ─record─▶ Record ─output─▶ bytes
//!                                                                             └──index─▶ search
//!      may fail │ ◀──── pure and total: no clock, no files, no threads ────▶ │ may fail
//! ```
//!
//! The modules stand in the order of that flow; each uses only those above it.

// Offsets into a text.
pub mod span;
// One text with its metadata.
pub mod document;
// What can go wrong at the edges.
pub mod error;
// How files are packed.
pub mod packing;
// Folding, tokens, sentences.
pub mod normalize;
// The format and the look-up of word lists.
pub mod lexicon;
// Nouns and their forms.
pub mod lemma;
// Numbers, dates, entities, claims.
pub mod extract;
// The output types, the only ones that are serialized.
pub mod record;
// Files, folders, standard input to documents.
pub mod input;
// Records to files and standard output.
pub mod output;
// Full-text and claim search.
pub mod index;
// Gold against records.
pub mod evaluate;
// The command line.
pub mod cli;

/// Runs the examples of the front page as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
