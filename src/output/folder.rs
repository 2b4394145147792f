//! A folder of files that appears only when it is whole: it is filled beside
//! its place and takes its name at the end. What is there before is never
//! touched.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::sink;
use crate::error::Error;

/// Longest name of a file without its ending, in bytes.
const LONGEST: usize = 150;

/// A folder under way; call [`Folder::commit`] when all files are in it.
#[derive(Debug)]
pub struct Folder {
    filled: TempDir,
    path: PathBuf,
    /// How many documents have had a name, by that name in lower case.
    taken: HashMap<String, usize>,
}

impl Folder {
    /// The folder `path`, which must not be there yet, or be empty.
    ///
    /// # Errors
    /// When something is there, or no folder can be made beside it.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let made = || {
            // `a/b/` is `a/b`.
            let path: PathBuf = path.components().collect();
            let empty = match fs::read_dir(&path) {
                Ok(mut entries) => entries.next().is_none(),
                Err(error) => error.kind() == io::ErrorKind::NotFound,
            };
            if !empty {
                let there = if path.is_dir() { "it is not empty" } else { "it is no folder" };
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, there));
            }
            let filled = tempfile::Builder::new().prefix(".ghirbal-").tempdir_in(sink::folder(&path))?;
            Ok(Self { filled, path, taken: HashMap::new() })
        };
        made().map_err(|source| Error::Write { path: path.to_owned(), source })
    }

    /// A name for the files of document `id`: no other document's, and one
    /// that stays inside the folder on every system.
    pub fn name(&mut self, id: &str) -> String {
        let name = file_name(id);
        let mut number = self.taken.get(&name.to_lowercase()).copied().unwrap_or(0);
        let mut free = name.clone();
        while self.taken.contains_key(&free.to_lowercase()) {
            number += 1;
            free = format!("{name}-{}", number + 1);
        }
        self.taken.insert(name.to_lowercase(), number);
        self.taken.entry(free.to_lowercase()).or_insert(0);
        free
    }

    /// Writes a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.filled.path().join(name), bytes)
    }

    /// Is not the whole output: it will take the name of [`sink::partial`].
    pub fn early(&mut self) {
        self.path = sink::partial(&self.path);
    }

    /// Finishes: the folder takes its name.
    ///
    /// # Errors
    /// When the disk refuses; nothing is left then.
    pub fn commit(self) -> Result<(), Error> {
        let Self { filled, path, .. } = self;
        let settle = || {
            for entry in fs::read_dir(filled.path())? {
                File::open(entry?.path())?.sync_all()?;
            }
            ordinary(filled.path())?;
            // Only an empty folder gives way.
            fs::remove_dir(&path)
                .or_else(|e| if e.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(e) })?;
            fs::rename(filled.path(), &path)
        };
        match settle() {
            Ok(()) => {
                let _moved = filled.keep();
                File::open(sink::folder(&path)).and_then(|folder| folder.sync_all()).ok();
                Ok(())
            }
            Err(source) => Err(Error::Write { path, source }),
        }
    }
}

/// `id` as the name of a file without its ending: what could leave the folder,
/// hide the file or trouble a shell becomes `_`.
fn file_name(id: &str) -> String {
    let id = id.strip_suffix(".txt").unwrap_or(id);
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut name: String = id.chars().map(|c| if safe(c) { c } else { '_' }).collect();
    if name.starts_with(['.', '-']) {
        name.replace_range(..1, "_");
    }
    let end = (0..=LONGEST.min(name.len())).rev().find(|&at| name.is_char_boundary(at)).unwrap_or(0);
    name.truncate(end);
    if name.is_empty() { "_".to_owned() } else { name }
}

/// A temporary folder is the user's alone; this one will be an ordinary one,
/// open to the same people as the folder around it.
#[cfg_attr(not(unix), expect(unused_variables, reason = "set where folders have modes"))]
fn ordinary(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let around = fs::metadata(sink::folder(path))?.permissions().mode();
        fs::set_permissions(path, fs::Permissions::from_mode(0o700 | around & 0o055))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_and_apart() {
        let around = tempfile::tempdir().expect("a folder");
        let mut folder = Folder::create(&around.path().join("out")).expect("is made");
        let ids = ["a/b.txt", "a_b.txt", "A_B.txt", "../../x", ".", "", "a_b-2", "نص 1"];
        let names = ids.map(|id| folder.name(id));
        assert_eq!(names, ["a_b", "a_b-2", "A_B-3", "_._.._x", "_", "_-2", "a_b-2-2", "نص_1"]);
        assert!(folder.name(&"ن".repeat(500)).len() <= LONGEST);
    }

    #[test]
    fn a_folder_appears_only_when_it_is_whole() {
        let around = tempfile::tempdir().expect("a folder");
        let path = around.path().join("out");
        let folder = Folder::create(&path).expect("is made");
        folder.put("a.txt", b"1").expect("writes");
        assert!(!path.exists());
        drop(folder);
        assert_eq!(fs::read_dir(around.path()).expect("reads").count(), 0);
        let folder = Folder::create(&path).expect("is made");
        folder.put("a.txt", b"1").expect("writes");
        folder.commit().expect("commits");
        assert_eq!(fs::read_to_string(path.join("a.txt")).expect("reads"), "1");
        assert!(Folder::create(&path).is_err(), "what is there stays");
        assert_eq!(fs::read_dir(around.path()).expect("reads").count(), 1);
    }
}
