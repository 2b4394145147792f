//! The folder of segments as the engine sees it: on media that cannot be
//! written it is still read, and why a writing failed is kept, because the
//! engine's threads do not pass it on.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// The folder.
#[derive(Clone, Debug)]
pub struct Disk {
    files: MmapDirectory,
    failure: Failure,
}

/// The first reason for which something could not be written.
#[derive(Clone, Debug, Default)]
pub struct Failure(Arc<Mutex<Option<io::Error>>>);

impl Failure {
    fn keep<T>(&self, done: io::Result<T>) -> io::Result<T> {
        done.inspect_err(|error| {
            let same = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
            self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(same);
        })
    }

    /// Takes it.
    pub fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Disk {
    /// Opens a folder that is there.
    ///
    /// # Errors
    /// When it is none.
    pub fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { files: MmapDirectory::open(path)?, failure: Failure::default() })
    }

    /// Where the reason for a failure is kept.
    pub fn failure(&self) -> Failure {
        self.failure.clone()
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = self.files.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                let reason = io_error.raw_os_error().map(io::Error::from_raw_os_error);
                let _ = self.failure.keep::<()>(Err(reason.unwrap_or_else(|| io_error.kind().into())));
            }
        })?;
        Ok(BufWriter::new(Box::new(Written { file, failure: self.failure.clone() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.failure.keep(self.files.atomic_write(path, data))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.failure.keep(self.files.sync_directory())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            // Where nobody can write, nobody need be kept from it.
            Err(LockError::IoError(error)) if cannot_be_written(error.kind()) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            locked => locked,
        }
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(watch_callback)
    }
}

const fn cannot_be_written(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// A file that is written.
struct Written {
    file: WritePtr,
    failure: Failure,
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.failure.keep(self.file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.failure.keep(self.file.flush())
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let done = self.file.flush().and_then(|()| self.file.terminate_ref(token));
        self.failure.keep(done)
    }
}
