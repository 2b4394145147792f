//! The output of a run in parts: one, or several of about the same size. Each
//! takes its names as soon as it is whole, whatever becomes of the others.

use std::path::{Path, PathBuf};

use super::Format;
use super::target::{Made, Target, unwritable};
use crate::error::Error;
use crate::packing::unpacked;

/// The names of parts: `news.jsonl.gz` gives `news-00001.jsonl.gz`.
#[derive(Clone, Debug)]
pub struct Naming {
    folder: PathBuf,
    stem: String,
    /// With its full stop.
    ending: String,
}

impl Naming {
    /// Names like that of `path`.
    pub fn of(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let unpacked = unpacked(Path::new(&name));
        let stem = unpacked.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self {
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            ending: name[stem.len()..].to_owned(),
            stem,
        }
    }

    /// The file of a part, from 1; `None` where there is only one.
    pub fn part(&self, number: Option<usize>) -> PathBuf {
        let Self { folder, stem, ending } = self;
        folder.join(match number {
            Some(number) => format!("{stem}-{number:05}{ending}"),
            None => format!("{stem}{ending}"),
        })
    }

    /// The manifest beside the parts.
    pub fn manifest(&self) -> PathBuf {
        self.folder.join(format!("{}.manifest.json", self.stem))
    }
}

/// How an output is parted.
#[derive(Debug)]
pub struct Plan {
    /// What is written.
    pub format: &'static Format,
    /// Where to; `None` for standard output.
    pub output: Option<PathBuf>,
    /// Bytes, as they are before packing, after which a part ends.
    pub split: Option<u64>,
}

impl Plan {
    /// The file or folder of a part.
    fn path(&self, number: usize) -> Option<PathBuf> {
        let output = self.output.as_deref()?;
        Some(if self.split.is_some() { Naming::of(output).part(Some(number)) } else { output.to_owned() })
    }

    /// Begins after `done` parts. A first part is made at once, whether there
    /// will be a document or not; a later one only for a document.
    ///
    /// # Errors
    /// When its file cannot be made.
    pub fn begin(self, done: usize) -> Result<Parts, Error> {
        let mut parts = Parts { plan: self, number: done + 1, target: None, bytes: 0 };
        if done == 0 {
            parts.open()?;
        }
        Ok(parts)
    }
}

/// The parts of a run under way; call [`Parts::end`] at the end.
#[derive(Debug)]
pub struct Parts {
    plan: Plan,
    number: usize,
    target: Option<Target>,
    bytes: u64,
}

impl Parts {
    fn open(&mut self) -> Result<&mut Target, Error> {
        let target = if let Some(target) = self.target.take() {
            target
        } else {
            self.bytes = 0;
            let path = self.plan.path(self.number);
            Target::create(self.plan.format, path.as_deref())?
        };
        Ok(self.target.insert(target))
    }

    /// Writes what the next document gave, and returns the files of a part
    /// that ends with it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, made: &Made) -> Result<Option<Vec<PathBuf>>, Error> {
        let written = self.open()?.put(made);
        written.map_err(|source| unwritable(self.plan.path(self.number).as_deref(), source))?;
        self.bytes += made.bytes();
        let full = self.plan.split.is_some_and(|split| self.bytes >= split);
        if full { self.finish() } else { Ok(None) }
    }

    /// Ends the last part and returns its files; there is none where the part
    /// before ended with the last document.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end(&mut self) -> Result<Option<Vec<PathBuf>>, Error> {
        self.finish()
    }

    /// Ends before everything was written, and returns the files with what
    /// was, which have names of their own. A part that is one of several is
    /// dropped, since another run makes it whole.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_early(&mut self) -> Result<Option<Vec<PathBuf>>, Error> {
        match &mut self.target {
            Some(target) if self.plan.split.is_none() && self.bytes > 0 => target.early(),
            _ => self.target = None,
        }
        self.finish()
    }

    fn finish(&mut self) -> Result<Option<Vec<PathBuf>>, Error> {
        let Some(target) = self.target.take() else { return Ok(None) };
        self.number += 1;
        target.commit().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_after_the_output() {
        let naming = Naming::of(Path::new("out/news.2024.jsonl.gz"));
        assert_eq!(naming.part(Some(12)), Path::new("out/news.2024-00012.jsonl.gz"));
        assert_eq!(naming.part(None), Path::new("out/news.2024.jsonl.gz"));
        assert_eq!(naming.manifest(), Path::new("out/news.2024.manifest.json"));
        assert_eq!(Naming::of(Path::new("news")).part(Some(1)), Path::new("news-00001"));
    }
}
