//! Where bytes go: standard output, or a file that appears only when it is
//! whole, packed where its name says so. On any error or interruption a file
//! is as it was before.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::pack::Packed;
use crate::error::Error;
use crate::packing::{Packing, unpacked};

/// Bytes collected before they are written.
const CHUNK: usize = 1 << 16;

/// A place for bytes; call [`Sink::commit`] when all are written.
#[derive(Debug)]
pub struct Sink {
    target: Target,
    path: PathBuf,
}

#[derive(Debug)]
enum Target {
    Stdout(BufWriter<io::Stdout>),
    /// A device or pipe, written to as it is.
    Device(BufWriter<File>),
    /// A temporary file beside the one that it will become.
    Beside(Packed<BufWriter<NamedTempFile>>),
}

impl Sink {
    /// Standard output.
    pub fn stdout() -> Self {
        let target = Target::Stdout(BufWriter::with_capacity(CHUNK, io::stdout()));
        Self { target, path: PathBuf::from("standard output") }
    }

    /// The file `path`, or standard output for `-` and `None`.
    ///
    /// # Errors
    /// When no file can be made in the folder.
    pub fn create(path: Option<&Path>) -> Result<Self, Error> {
        match path {
            Some(path) if path.as_os_str() != "-" => {
                Self::file(path).map_err(|source| Error::Write { path: path.to_owned(), source })
            }
            _ => Ok(Self::stdout()),
        }
    }

    fn file(path: &Path) -> io::Result<Self> {
        let packing = Packing::of_name(path);
        // A link stays a link: what it points to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let existing = path.metadata().ok();
        let target = match &existing {
            Some(meta) if !meta.is_file() && !meta.is_dir() => {
                Target::Device(BufWriter::with_capacity(CHUNK, File::options().write(true).open(&path)?))
            }
            Some(meta) if meta.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            _ => {
                let permissions = existing.map(|meta| meta.permissions());
                let file = BufWriter::with_capacity(CHUNK, beside(&path, permissions)?);
                Target::Beside(Packed::new(packing, file)?)
            }
        };
        Ok(Self { target, path })
    }

    /// Is not the whole output: a file will take the name of [`partial`], so
    /// that what is there stays. Says whether it is a file.
    pub fn early(&mut self) -> bool {
        let is_file = matches!(self.target, Target::Beside(_));
        if is_file {
            self.path = partial(&self.path);
        }
        is_file
    }

    /// Finishes: a file is synced to disk and takes its name.
    ///
    /// # Errors
    /// When the disk refuses; the file is then as it was before.
    pub fn commit(self) -> Result<(), Error> {
        let Self { target, path } = self;
        let done = match target {
            Target::Stdout(mut out) => out.flush(),
            Target::Device(mut out) => out.flush(),
            Target::Beside(out) => settle(out, &path),
        };
        done.map_err(|source| Error::Write { path, source })
    }
}

#[cfg_attr(not(unix), expect(unused_variables, reason = "set where files have modes"))]
fn beside(path: &Path, permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    let folder = folder(path);
    if !folder.is_dir() {
        let what = format!("there is no folder {}", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, what));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".ghirbal-");
    // A temporary file is the user's alone; this one will be an ordinary file.
    #[cfg(unix)]
    builder.permissions(permissions.unwrap_or_else(ordinary));
    builder.tempfile_in(folder)
}

fn settle(out: Packed<BufWriter<NamedTempFile>>, path: &Path) -> io::Result<()> {
    let file = out.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    // The name itself is on disk only when its folder is; not every system can sync one.
    File::open(folder(path)).and_then(|folder| folder.sync_all()).ok();
    Ok(())
}

/// The name of what is not all that `path` should have held: `news.jsonl.gz`
/// gives `news.partial.jsonl.gz`.
pub fn partial(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unpacked = unpacked(Path::new(&*name));
    let stem = unpacked.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}.partial{}", &name[stem.len()..]))
}

/// The folder that `path` is in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a new file may be used for, before the user's mask.
#[cfg(unix)]
fn ordinary() -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    Permissions::from_mode(0o666)
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.target {
            Target::Stdout(out) => out.write(bytes),
            Target::Device(out) => out.write(bytes),
            Target::Beside(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.target {
            Target::Stdout(out) => out.flush(),
            Target::Device(out) => out.flush(),
            Target::Beside(out) => out.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_only_when_it_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.jsonl");
        fs::write(&path, "old").expect("writes");
        let mut sink = Sink::create(Some(&path)).expect("opens");
        sink.write_all(b"new").expect("writes");
        drop(sink);
        assert_eq!(fs::read_to_string(&path).expect("reads"), "old");
        let mut sink = Sink::create(Some(&path)).expect("opens");
        sink.write_all(b"new").expect("writes");
        sink.commit().expect("commits");
        assert_eq!(fs::read_to_string(&path).expect("reads"), "new");
        assert_eq!(fs::read_dir(folder.path()).expect("reads").count(), 1);
    }

    #[test]
    fn what_ends_early_leaves_what_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.jsonl");
        fs::write(&path, "old").expect("writes");
        let mut sink = Sink::create(Some(&path)).expect("opens");
        sink.write_all(b"new").expect("writes");
        sink.early();
        sink.commit().expect("commits");
        assert_eq!(fs::read_to_string(&path).expect("reads"), "old");
        assert_eq!(fs::read_to_string(partial(&path)).expect("reads"), "new");
        assert_eq!(partial(Path::new("a/news.2024.csv.gz")), Path::new("a/news.2024.partial.csv.gz"));
        assert_eq!(partial(Path::new("brat")), Path::new("brat.partial"));
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Sink::create(Some(folder.path())).is_err());
        assert!(Sink::create(Some(&folder.path().join("none/out"))).is_err());
    }
}
