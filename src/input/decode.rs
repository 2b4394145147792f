//! Bytes before they mean anything: counted, unpacked (packings are recognised
//! by their first bytes, never by a name) up to a bound, and looked at.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

use crate::error::Reason;
use crate::packing::Packing;

/// The bytes of an input.
pub type Reader = Box<dyn BufRead + Send>;

/// The byte order mark in UTF-8.
pub const BOM: &[u8] = "\u{FEFF}".as_bytes();
/// Bytes read at once.
pub const CHUNK: usize = 1 << 16;

/// A reader that counts what passes.
pub struct Counted<R> {
    inner: R,
    counts: [Arc<AtomicU64>; 2],
}

impl<R> Counted<R> {
    /// Adds what is read from `inner` to both `counts`.
    pub fn new(inner: R, counts: [Arc<AtomicU64>; 2]) -> Self {
        Self { inner, counts }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.counts.iter().for_each(|count| _ = count.fetch_add(read as u64, Ordering::Relaxed));
        Ok(read)
    }
}

/// How often files may be packed in one another.
const LAYERS: usize = 3;
/// Bytes of a beginning by which a format and an encoding are recognised.
const ENOUGH: usize = 4096;
/// Bytes that any packed file may give, however small it is.
const FREE: u64 = 64 << 20;

/// How much a packed file has given, and how much it may give.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
    times: u64,
}

impl Budget {
    /// A file may unpack to `times` its size; to anything if 0.
    pub fn new(times: u64) -> Self {
        Self { times, ..Self::default() }
    }

    /// Counts what is read of the packed file.
    pub fn packed(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.packed)
    }

    fn take(&self, bytes: usize) -> io::Result<()> {
        let unpacked = self.unpacked.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        let allowed = self.packed.load(Ordering::Relaxed).saturating_mul(self.times).max(FREE);
        if self.times > 0 && unpacked > allowed {
            return Err(io::Error::other(Reason::Expansion { times: self.times }));
        }
        Ok(())
    }
}

/// What a packed file gives, until it is more than it may be.
pub struct Unpacked<R> {
    /// The unpacked bytes.
    pub inner: R,
    /// What counts them.
    pub budget: Budget,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.take(read)?;
        Ok(read)
    }
}

/// Gives what is packed; there may be several packed pieces one after the other.
fn unpacker(packing: Packing, reader: Reader) -> io::Result<Box<dyn Read + Send>> {
    Ok(match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(reader)),
        Packing::Zstandard => Box::new(zstd::Decoder::with_buffer(reader)?),
        Packing::Bzip2 => Box::new(MultiBzDecoder::new(reader)),
    })
}

/// Unpacks what [`Packing`] knows, also a packed file within another, and says
/// whether there was something to unpack; anything else passes.
///
/// # Errors
/// When the first bytes cannot be read.
pub fn unpack(raw: impl Read + Send + 'static, budget: &Budget) -> io::Result<(Reader, bool)> {
    let mut reader: Reader = Box::new(BufReader::with_capacity(CHUNK, raw));
    for layer in 0..LAYERS {
        let head = peek_at(&mut reader, 4)?;
        let Some(packing) = Packing::of_beginning(&head) else { return Ok((reader, layer > 0)) };
        let inner = unpacker(packing, reader)?;
        let unpacked = Unpacked { inner, budget: budget.clone() };
        reader = Box::new(BufReader::with_capacity(CHUNK, unpacked));
    }
    Ok((reader, true))
}

/// An error that comes after what was read before it.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Broken {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

/// What follows `head` when reading on has failed: the error, unless there is
/// nothing before it.
fn broken(head: &[u8], error: io::Error) -> io::Result<Reader> {
    if head.is_empty() { Err(error) } else { Ok(Box::new(Broken(Some(error)))) }
}

/// The first `count` bytes, fewer at the end; takes nothing away.
fn peek_at(reader: &mut Reader, count: usize) -> io::Result<Vec<u8>> {
    let mut rest = std::mem::replace(reader, Box::new(io::empty()));
    let mut head = Vec::with_capacity(count);
    if let Err(error) = rest.by_ref().take(count as u64).read_to_end(&mut head) {
        rest = broken(&head, error)?;
    }
    *reader = Box::new(Cursor::new(head.clone()).chain(rest));
    Ok(head)
}

/// The beginning, as much of it as is there without waiting for more than a
/// few lines; takes nothing away.
///
/// # Errors
/// When it cannot be read.
pub fn peek(reader: &mut Reader) -> io::Result<Vec<u8>> {
    let mut rest = std::mem::replace(reader, Box::new(io::empty()));
    let mut head = Vec::new();
    while head.len() < ENOUGH {
        let length = match rest.fill_buf() {
            Ok([]) => break,
            Ok(chunk) => {
                head.extend_from_slice(chunk);
                chunk.len()
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            Err(error) => {
                rest = broken(&head, error)?;
                break;
            }
        };
        rest.consume(length);
    }
    *reader = Box::new(Cursor::new(head.clone()).chain(rest));
    Ok(head)
}

/// A reader that gives up when a piece, a row or an element, is longer than
/// `limit`; [`Piece::next`] begins another.
pub struct Metered {
    inner: Reader,
    limit: usize,
    piece: Piece,
}

/// The length of the piece that is being read.
#[derive(Clone, Debug, Default)]
pub struct Piece(Arc<AtomicU64>);

impl Piece {
    /// The next piece begins.
    pub fn next(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl Metered {
    /// Reads pieces of at most `limit` bytes, more or less a buffer.
    pub fn new(inner: Reader, limit: usize) -> (Self, Piece) {
        let piece = Piece::default();
        (Self { inner, limit, piece: piece.clone() }, piece)
    }
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let length = self.piece.0.fetch_add(read as u64, Ordering::Relaxed) + read as u64;
        if length > (self.limit + 2 * CHUNK) as u64 {
            return Err(io::Error::other(Reason::TooLong { limit: self.limit }));
        }
        Ok(read)
    }
}

/// A line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// It stands in the buffer.
    Read,
    /// It was longer than the limit and has been passed over.
    TooLong,
    /// There is none any more.
    End,
}

/// Reads the next line into `line`, without its line feed, never keeping more
/// than `limit` bytes of it.
///
/// # Errors
/// When the reader fails.
pub fn read_line(reader: &mut dyn BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
    line.clear();
    let (mut length, mut any) = (0, false);
    loop {
        let chunk = match reader.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr::memchr(b'\n', chunk);
        let part = &chunk[..end.unwrap_or(chunk.len())];
        length += part.len();
        any |= !chunk.is_empty();
        if length <= limit {
            line.extend_from_slice(part);
        } else {
            *line = Vec::new();
        }
        let ended = end.is_some() || chunk.is_empty();
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if ended {
            return Ok(match (any, length > limit) {
                (false, _) => Line::End,
                (true, true) => Line::TooLong,
                (true, false) => Line::Read,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(text: &str) -> [Vec<u8>; 4] {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).expect("writes to memory");
        let gzip = gzip.finish().expect("writes to memory");
        let zstd = zstd::encode_all(text.as_bytes(), 1).expect("writes to memory");
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip2.write_all(text.as_bytes()).expect("writes to memory");
        let bzip2 = bzip2.finish().expect("writes to memory");
        [text.as_bytes().to_vec(), gzip, zstd, bzip2]
    }

    fn unpacked(bytes: Vec<u8>) -> io::Result<String> {
        let mut out = String::new();
        unpack(Cursor::new(bytes), &Budget::new(250))?.0.read_to_string(&mut out)?;
        Ok(out)
    }

    #[test]
    fn packing_is_recognised_by_content_and_may_repeat() {
        for bytes in packed("أعلنت الوزارة\n") {
            assert_eq!(unpacked(bytes.clone()).expect("unpacks"), "أعلنت الوزارة\n");
            assert_eq!(unpacked([bytes.clone(), bytes].concat()).expect("unpacks").lines().count(), 2);
        }
        assert_eq!(unpacked(Vec::new()).expect("reads"), "");
    }

    #[test]
    fn torn_gzip_is_an_error_not_an_end() {
        let [_, mut gzip, ..] = packed(&"سطر ".repeat(1000));
        gzip.truncate(gzip.len() - 12);
        assert!(unpacked(gzip).is_err());
    }

    #[test]
    fn what_comes_before_a_tear_is_read() {
        let [_, mut gzip, ..] = packed("أ\nب\n");
        gzip.truncate(gzip.len() - 9);
        let (mut reader, _) = unpack(Cursor::new(gzip), &Budget::new(250)).expect("begins");
        assert!(peek(&mut reader).expect("there is a beginning").starts_with("أ\n".as_bytes()));
        let mut line = Vec::new();
        assert_eq!(read_line(&mut reader, &mut line, 100).expect("a line"), Line::Read);
        assert_eq!(line, "أ".as_bytes());
        assert!(reader.read_to_end(&mut line).is_err());
    }

    #[test]
    fn a_file_packed_twice_is_unpacked_twice() {
        let [_, gzip, ..] = packed("نص");
        let twice = zstd::encode_all(&*gzip, 1).expect("packs");
        assert_eq!(unpacked(twice).expect("unpacks"), "نص");
    }

    #[test]
    fn a_bomb_is_an_error_and_is_not_read_on() {
        let bomb = zstd::encode_all(io::repeat(b'a').take(FREE + (8 << 20)), 1).expect("packs");
        assert!(bomb.len() < 100_000);
        for (times, fails) in [(250, true), (0, false)] {
            let (mut reader, _) = unpack(Cursor::new(bomb.clone()), &Budget::new(times)).expect("begins");
            assert_eq!(io::copy(&mut reader, &mut io::sink()).is_err(), fails, "{times}");
        }
    }

    #[test]
    fn long_lines_are_passed_over_and_the_next_is_read() {
        let mut reader = BufReader::with_capacity(4, Cursor::new(b"ab\n0123456789\r\n\ncd".to_vec()));
        let mut line = Vec::new();
        let mut seen = Vec::new();
        loop {
            let found = read_line(&mut reader, &mut line, 5).expect("reads");
            seen.push((String::from_utf8_lossy(&line).into_owned(), found));
            if seen.last().is_some_and(|s| s.1 == Line::End) {
                break;
            }
        }
        let kinds: Vec<_> = seen.iter().map(|(text, kind)| (text.as_str(), kind)).collect();
        assert_eq!(
            kinds,
            [
                ("ab", &Line::Read),
                ("", &Line::TooLong),
                ("", &Line::Read),
                ("cd", &Line::Read),
                ("", &Line::End)
            ]
        );
    }
}
