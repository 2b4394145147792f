//! The manifest of a run: what was read, with what, and what came of it.
//! Nothing in it depends on the clock or the machine, so that two runs that
//! should be the same can be compared.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lexicon::LexiconOut;

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the record's form.
    pub schema_version: String,
    /// Name and version of the program.
    pub program: String,
    /// The arguments that the output depends on, inputs included.
    pub arguments: Vec<String>,
    /// The user's lexicons, in their order.
    pub lexicons: Vec<LexiconOut>,
    /// The files that were read, in their order.
    pub inputs: Vec<FileOut>,
    /// What is finished, in order.
    pub parts: Vec<PartOut>,
    /// What all parts hold.
    pub counts: CountsOut,
    /// Inputs that were left out, by the reason's name.
    pub rejected: BTreeMap<String, usize>,
    /// Whether everything was read; otherwise the run ended early.
    pub complete: bool,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileOut {
    /// An input as it was named; an output's name in the folder of the manifest.
    pub file: String,
    /// Its size; null for standard input and what could not be read.
    pub bytes: Option<u64>,
    /// SHA-256 of its bytes, in hexadecimal; null likewise.
    pub sha256: Option<String>,
}

/// A part of the output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartOut {
    /// Documents that were read for it.
    pub read: usize,
    /// What it holds.
    pub counts: CountsOut,
    /// Its files: one, or one for each table.
    pub outputs: Vec<FileOut>,
    /// Documents read for it on which the program failed, so that they are not in it.
    #[serde(default)]
    pub failed: Vec<FailureOut>,
}

/// A document on which the program failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FailureOut {
    /// The file that it came from, and its line.
    pub file: String,
    /// What the program said.
    pub what: String,
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountsOut {
    /// Documents.
    pub documents: usize,
    /// Claims in them.
    pub claims: usize,
    /// Dates in them.
    pub dates: usize,
    /// Entities in them.
    pub entities: usize,
}

impl CountsOut {
    /// Adds what another holds.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.claims += other.claims;
        self.dates += other.dates;
        self.entities += other.entities;
    }
}
