//! Zip archives: each member is a file of any other format, as in a folder.
//!
//! Nothing is ever unpacked onto the disk under a member's name, and a name
//! that leads out of the archive is cut down to one that does not.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bzip2::bufread::BzDecoder;
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::decode::{CHUNK, Reader, Unpacked, unpack};
use super::gather::format_of;
use super::{Format, Item, Items, Sidecar, Source};
use crate::error::{InputError, Reason};
use crate::packing::unpacked;

/// The format.
pub const FORMAT: Format = Format {
    name: "zip",
    extensions: &["zip"],
    about: "a zip archive, read like a folder: a member may be of any other format, packed or not",
    recognised: "the bytes PK 03 04 at the beginning",
    begins: |head| head.starts_with("PK\u{3}\u{4}"),
    certain: true,
    example: "",
    read,
};

/// Bytes of metadata that are read.
const METADATA: u64 = 1 << 20;
/// The most members of an archive.
const MEMBERS: usize = 1_000_000;

fn read(source: Source) -> Items {
    match open(source) {
        Ok(members) => Box::new(members),
        Err((file, reason)) => Box::new(std::iter::once(Item::Rejected(InputError::of(file, reason)))),
    }
}

/// The members that are still to be read, the last first.
struct Members {
    source: Source,
    file: Arc<File>,
    left: Vec<Member>,
    current: Option<Items>,
}

struct Member {
    name: String,
    start: u64,
    packed: u64,
    method: CompressionMethod,
    encrypted: bool,
    crc: u32,
    /// The metadata beside a plain text.
    sidecar: Option<Box<Member>>,
}

fn open(mut source: Source) -> Result<Members, (String, Reason)> {
    if source.nested {
        return Err((source.file, Reason::Unsupported("an archive within an archive")));
    }
    let file = source.file().map_err(|error| (source.file.clone(), error.into()))?;
    let size = file.metadata().map_or(0, |meta| meta.len());
    source.budget.packed().store(size, Ordering::Relaxed);
    let mut members = directory(&file).map_err(|reason| (source.file.clone(), reason))?;
    if members.is_empty() {
        return Err((source.file, Reason::NoArticles("no member has the ending of a format".to_owned())));
    }
    members.sort_by(|a, b| b.name.cmp(&a.name));
    Ok(Members { source, file: Arc::new(file), left: members, current: None })
}

/// The members whose names say a format.
fn directory(file: &File) -> Result<Vec<Member>, Reason> {
    let broken = |error: zip::result::ZipError| match error {
        zip::result::ZipError::Io(error) => error.into(),
        error => Reason::Malformed { format: "zip archive", what: error.to_string() },
    };
    let file = file.try_clone()?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    if archive.len() > MEMBERS {
        let what = format!("more than {MEMBERS} members");
        return Err(Reason::Malformed { format: "zip archive", what });
    }
    let mut members = Vec::new();
    for number in 0..archive.len() {
        let member = archive.by_index_raw(number).map_err(broken)?;
        let name = inside(&String::from_utf8_lossy(member.name_raw()));
        if name == "[Content_Types].xml" {
            return Err(Reason::Unsupported("an Office document; give its text"));
        }
        let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if member.is_dir() || hidden || format_of(Path::new(&name)).is_none() {
            continue;
        }
        members.push(Member {
            name,
            start: member.data_start().unwrap_or_default(),
            packed: member.compressed_size(),
            method: member.compression(),
            encrypted: member.encrypted(),
            crc: member.crc32(),
            sidecar: None,
        });
    }
    Ok(with_sidecars(members))
}

/// Puts the metadata of plain texts to them, as in a folder.
fn with_sidecars(members: Vec<Member>) -> Vec<Member> {
    let is = |name: &str, ending: &str| unpacked(Path::new(name)).extension().is_some_and(|e| e == ending);
    let beside = |name: &str| unpacked(Path::new(name)).with_extension("json").to_string_lossy().into_owned();
    let wanted: HashSet<_> = members.iter().filter(|m| is(&m.name, "txt")).map(|m| beside(&m.name)).collect();
    let (sidecars, mut kept): (Vec<_>, Vec<_>) = members.into_iter().partition(|m| wanted.contains(&m.name));
    let mut sidecars: HashMap<_, _> = sidecars.into_iter().map(|m| (m.name.clone(), m)).collect();
    for member in kept.iter_mut().filter(|member| is(&member.name, "txt")) {
        member.sidecar = sidecars.remove(&beside(&member.name)).map(Box::new);
    }
    kept
}

/// The name without what leads out of the archive.
fn inside(name: &str) -> String {
    let parts = name.split(['/', '\\']).map(|part| part.trim_end_matches('\0'));
    let kept = parts.filter(|part| !part.is_empty() && *part != "." && *part != ".." && !part.ends_with(':'));
    let kept: Vec<_> = kept.map(|part| part.replace(char::is_control, "_")).collect();
    kept.join("/")
}

impl Iterator for Members {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.current = None;
            let member = self.left.pop()?;
            let named = |of: &str| format!("{of}/{}", member.name);
            let (file, name) = (named(&self.source.file), named(&self.source.name));
            match self.bytes(&member) {
                Ok(reader) => {
                    let sidecar = member.sidecar.as_deref().map(|sidecar| self.sidecar(sidecar));
                    self.current = Some(Source { sidecar, ..self.source.inner(file, name, reader) }.read());
                }
                Err(error) => return Some(Item::Rejected(InputError::of(file, error.into()))),
            }
        }
    }
}

impl Members {
    fn sidecar(&self, member: &Member) -> Sidecar {
        let file = format!("{}/{}", self.source.file, member.name);
        let bytes = self.bytes(member).and_then(|reader| {
            let mut bytes = Vec::new();
            reader.take(METADATA).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        Sidecar { file, bytes }
    }

    fn bytes(&self, member: &Member) -> io::Result<Reader> {
        let budget = &self.source.budget;
        let raw = Part { file: Arc::clone(&self.file), at: member.start, left: member.packed };
        let raw = BufReader::with_capacity(CHUNK, raw);
        let inner: Box<dyn Read + Send> = match member.method {
            _ if member.encrypted => return Err(io::Error::other(Reason::Unsupported("encrypted members"))),
            CompressionMethod::Stored => Box::new(raw),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(raw)),
            CompressionMethod::BZIP2 => Box::new(BzDecoder::new(raw)),
            CompressionMethod::ZSTD => Box::new(zstd::Decoder::with_buffer(raw)?),
            _ => return Err(io::Error::other(Reason::Unsupported("this compression of a member"))),
        };
        let checked = Checked { inner, crc: Crc::new(), wanted: member.crc };
        Ok(unpack(Unpacked { inner: checked, budget: budget.clone() }, budget)?.0)
    }
}

/// A part of a file that others read too.
struct Part {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let mut file = &*self.file;
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(&mut buffer[..wanted])?;
        self.at += read as u64;
        self.left -= read as u64;
        Ok(read)
    }
}

/// Compares the checksum at the end.
struct Checked {
    inner: Box<dyn Read + Send>,
    crc: Crc,
    wanted: u32,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.crc.update(&buffer[..read]);
        if read == 0 && !buffer.is_empty() && self.crc.sum() != self.wanted {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum of the member is wrong"));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_lead_out_of_the_archive() {
        for (name, kept) in [
            ("a/b.txt", "a/b.txt"),
            ("../../etc/x.txt", "etc/x.txt"),
            ("/abs/x.txt", "abs/x.txt"),
            ("C:\\x\\..\\y.txt", "x/y.txt"),
            ("./a//b\u{1b}.txt\0", "a/b_.txt"),
        ] {
            assert_eq!(inside(name), kept);
        }
    }
}
