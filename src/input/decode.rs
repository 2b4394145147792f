//! Bytes before they mean anything: counted, unpacked from gzip or zstd (both
//! recognised by their first bytes, never by a name), and looked at.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

/// First bytes of a gzip member.
const GZIP: &[u8] = &[0x1F, 0x8B];
/// First bytes of a zstd frame.
const ZSTD: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];
/// The byte order mark in UTF-8.
pub const BOM: &[u8] = "\u{FEFF}".as_bytes();
/// Bytes read at once.
const CHUNK: usize = 1 << 16;

/// A reader that counts what passes.
pub struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    /// Adds what is read from `inner` to `count`.
    pub fn new(inner: R, count: Arc<AtomicU64>) -> Self {
        Self { inner, count }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Unpacks gzip (all members) and zstd (all frames); anything else passes.
///
/// # Errors
/// When the first bytes cannot be read.
pub fn unpack(raw: impl Read + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let mut raw = raw;
    let head = head(&mut raw, ZSTD.len())?;
    let whole = BufReader::with_capacity(CHUNK, Cursor::new(head.clone()).chain(raw));
    Ok(if head.starts_with(GZIP) {
        Box::new(BufReader::with_capacity(CHUNK, MultiGzDecoder::new(whole)))
    } else if head.starts_with(ZSTD) {
        Box::new(BufReader::with_capacity(CHUNK, zstd::Decoder::with_buffer(whole)?))
    } else {
        Box::new(whole)
    })
}

/// The first `count` bytes, fewer at the end.
fn head(reader: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(count);
    reader.take(count as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The first chunk, from its first byte on that is neither white space nor of
/// a byte order mark; takes nothing away.
///
/// # Errors
/// When it cannot be read.
pub fn beginning(reader: &mut Box<dyn BufRead + Send>) -> io::Result<Vec<u8>> {
    let mut rest = std::mem::replace(reader, Box::new(io::empty()));
    let head = head(&mut rest, CHUNK)?;
    let visible = head.strip_prefix(BOM).unwrap_or(&head).trim_ascii_start().to_vec();
    *reader = Box::new(Cursor::new(head).chain(rest));
    Ok(visible)
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

    fn packed(text: &str) -> [Vec<u8>; 3] {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).expect("writes to memory");
        let gzip = gzip.finish().expect("writes to memory");
        let zstd = zstd::encode_all(text.as_bytes(), 1).expect("writes to memory");
        [text.as_bytes().to_vec(), gzip, zstd]
    }

    fn unpacked(bytes: Vec<u8>) -> io::Result<String> {
        let mut out = String::new();
        unpack(Cursor::new(bytes))?.read_to_string(&mut out)?;
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
        let [_, mut gzip, _] = packed(&"سطر ".repeat(1000));
        gzip.truncate(gzip.len() - 12);
        assert!(unpacked(gzip).is_err());
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
