//! Full-text and claim search over extracted articles: the only user of
//! Tantivy.
//!
//! An index is a folder. One Tantivy index in it holds two kinds of entries,
//! articles and claims, in fields of their own, so that one commit covers an
//! article and all its claims: whatever moment a writer is killed at, a reader
//! sees both or neither, and there is nothing to reconcile. What the claims
//! would distort, the count of documents behind BM25, is set right by handing
//! Tantivy statistics of one kind only ([`search`]).
//!
//! Articles keep the document and its record as they came, so that
//! snippets come from the original and an index can be rebuilt from itself.

// Flow order: each module uses only those above it.
// From text to index terms.
pub mod analyzer;
// The fields of the two kinds of entries.
pub mod schema;
// The fields that a searcher can name.
pub mod fields;
// What a searcher asks, and the language for it.
pub mod query;
// What can go wrong.
pub mod error;
// The segments' folder.
pub mod disk;
// Which files are damaged.
pub mod damage;
// The stored document and record.
pub mod stored;
// The folder, its lock and its version.
pub mod folder;
// Texts that say nearly the same.
pub mod near;
// Near duplicates in an index.
pub mod duplicates;
// From a document to its entries.
pub mod entry;
// Adding, replacing, deleting.
pub mod writer;
// An index made anew from its originals.
pub mod rebuild;
// Best passage and highlights.
pub mod snippet;
// The words that an index has.
pub mod vocabulary;
// Words in a claim's sentence.
mod sentence;
// What must not match.
mod refusal;
// What the engine is asked, made of terms and columns.
mod clause;
// From a query to what the engine is asked.
pub mod plan;
// Candidates by the engine's scores.
mod best;
// How candidates are ranked.
pub mod rank;
// Counting beside other work.
mod beside;
// What hits are counted by.
mod tally;
// The words that resembling articles are found by.
mod telling;
// Counting what is in the hits.
pub mod facet;
// Which hits are wanted.
pub mod page;
// Finding articles and claims.
pub mod search;
// Numbers about an index; checks.
pub mod inspect;

pub use error::{Error, Result};
pub use folder::Index;
