//! The manifest of a run while it is under way: written anew after every part,
//! so that a run that was interrupted can be resumed after its last whole part.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::error::{InputError, Reason};
use crate::extract::Origin;
use crate::input::Inputs;
use crate::output::sink::Sink;
use crate::record::lexicon::LexiconOut;
use crate::record::manifest::{CountsOut, FileOut, Manifest, PartOut};
use crate::record::{SCHEMA_VERSION, hexadecimal};

/// A manifest and its file.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// As far as the run has come.
    pub manifest: Manifest,
    /// Files of the run before, which this one replaces.
    old: BTreeSet<String>,
}

impl Journal {
    /// Begins a manifest in the file `path`; with `resume` it keeps the whole
    /// parts that a run of the same inputs and arguments has left there.
    ///
    /// # Errors
    /// When an input cannot be looked at, the manifest cannot be written, or
    /// what is to be resumed was another run.
    pub fn begin(
        path: PathBuf,
        resume: bool,
        inputs: &Inputs,
        lexicons: &[Origin],
        arguments: Vec<String>,
    ) -> anyhow::Result<Self> {
        let manifest = Manifest {
            schema_version: SCHEMA_VERSION.to_owned(),
            program: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
            arguments,
            lexicons: lexicons.iter().map(LexiconOut::of).collect(),
            inputs: inputs.files().into_iter().map(input).collect(),
            parts: Vec::new(),
            counts: CountsOut::default(),
            rejected: BTreeMap::default(),
            complete: false,
        };
        let before = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
        let mut journal = Self { path, manifest, old: BTreeSet::new() };
        if let Some(before) = before {
            let outputs = before.parts.iter().flat_map(|part| &part.outputs);
            journal.old = outputs.map(|output| output.file.clone()).collect();
            if resume {
                journal.resume(before)?;
            }
        }
        journal.write()?;
        Ok(journal)
    }

    /// Keeps the parts of `before` up to the first that is not whole any more.
    fn resume(&mut self, before: Manifest) -> anyhow::Result<()> {
        let now = &self.manifest;
        let same = [
            ("version of the program", before.program == now.program),
            ("arguments", before.arguments == now.arguments),
            ("lexicons", before.lexicons == now.lexicons),
            ("inputs", before.inputs == now.inputs),
        ];
        if let Some((what, _)) = same.iter().find(|(_, same)| !same) {
            bail!("{}: cannot be resumed, the {what} of that run were others", self.path.display());
        }
        if now.inputs.iter().any(|input| input.sha256.is_none()) {
            bail!("only a run whose inputs are files that can be read can be resumed");
        }
        let folder = self.folder();
        let whole = |part: &PartOut| part.outputs.iter().all(|output| file(&folder, &output.file) == *output);
        self.manifest.parts = before.parts.into_iter().take_while(|part| whole(part)).collect();
        self.manifest.parts.iter().for_each(|part| self.manifest.counts.add(part.counts));
        Ok(())
    }

    /// Documents of the kept parts on which the program failed.
    pub fn failed(&self) -> Vec<InputError> {
        let failed = self.manifest.parts.iter().flat_map(|part| &part.failed);
        failed.map(|f| InputError::of(&f.file, Reason::Internal(f.what.clone()))).collect()
    }

    /// Documents that the kept parts were made of.
    pub fn read(&self) -> usize {
        self.manifest.parts.iter().map(|part| part.read).sum()
    }

    /// Counts an input that was left out for the reason of this name.
    pub fn leave_out(&mut self, kind: &str) {
        *self.manifest.rejected.entry(kind.to_owned()).or_default() += 1;
    }

    /// Adds a part that is whole, in these files.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn part(&mut self, part: PartOut, outputs: &[PathBuf]) -> anyhow::Result<()> {
        let folder = self.folder();
        let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let outputs = outputs.iter().map(|path| file(&folder, &name(path))).collect();
        self.manifest.counts.add(part.counts);
        self.manifest.parts.push(PartOut { outputs, ..part });
        self.write()
    }

    /// Ends the manifest of a run that has read everything, and removes files
    /// of the run before that are no part of this one.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn end(mut self) -> anyhow::Result<()> {
        self.manifest.complete = true;
        self.write()?;
        let outputs = self.manifest.parts.iter().flat_map(|part| &part.outputs);
        let new: BTreeSet<_> = outputs.map(|output| &output.file).collect();
        for file in self.old.iter().filter(|file| !new.contains(file)) {
            // A manifest may have been edited: only names in its own folder count.
            let plain = Path::new(file).file_name().is_some_and(|name| name == file.as_str());
            let path = self.folder().join(file);
            if plain && path.is_file() {
                fs::remove_file(&path).with_context(|| format!("{}: cannot be removed", path.display()))?;
            }
        }
        Ok(())
    }

    fn folder(&self) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).to_owned()
    }

    fn write(&self) -> anyhow::Result<()> {
        let mut sink = Sink::create(Some(&self.path))?;
        serde_json::to_writer_pretty(&mut sink, &self.manifest)?;
        sink.write_all(b"\n")?;
        sink.commit()?;
        Ok(())
    }
}

fn input((name, path): (String, Option<PathBuf>)) -> FileOut {
    let (bytes, sha256) = path.and_then(|path| digest(&path).ok()).unzip();
    FileOut { file: name, bytes, sha256 }
}

/// A file in the folder of the manifest.
fn file(folder: &Path, name: &str) -> FileOut {
    let (bytes, sha256) = digest(&folder.join(name)).ok().unzip();
    FileOut { file: name.to_owned(), bytes, sha256 }
}

/// Length and SHA-256 of a regular file.
fn digest(path: &Path) -> io::Result<(u64, String)> {
    if !path.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut hash = Sha256::new();
    let bytes = io::copy(&mut File::open(path)?, &mut hash)?;
    Ok((bytes, hexadecimal(&hash.finalize())))
}
