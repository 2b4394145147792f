//! Packs what is written. The same bytes are always packed to the same bytes.

use std::fmt;
use std::io::{self, BufWriter, Write};

use bzip2::write::BzEncoder;
use flate2::write::GzEncoder;

use crate::packing::Packing;

/// The level at which bytes are packed that only wait: the fastest.
const FASTEST: i32 = 1;
/// Bytes collected before they are packed.
const CHUNK: usize = 1 << 16;

/// Packs what is written, or not.
pub enum Packed<W: Write> {
    /// Not.
    Plain(W),
    /// With gzip; the header has no name and no time.
    Gzip(GzEncoder<W>),
    /// With Zstandard.
    Zstandard(zstd::Encoder<'static, W>),
    /// With bzip2.
    Bzip2(BzEncoder<W>),
}

impl<W: Write> Packed<W> {
    /// Packs onto `out`.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn new(packing: Option<Packing>, out: W) -> io::Result<Self> {
        Ok(match packing {
            None => Self::Plain(out),
            Some(Packing::Gzip) => Self::Gzip(GzEncoder::new(out, flate2::Compression::default())),
            Some(Packing::Zstandard) => {
                Self::Zstandard(zstd::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?)
            }
            Some(Packing::Bzip2) => Self::Bzip2(BzEncoder::new(out, bzip2::Compression::default())),
        })
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Self::Plain(out) => Ok(out),
            Self::Gzip(out) => out.finish(),
            Self::Zstandard(out) => out.finish(),
            Self::Bzip2(out) => out.finish(),
        }
    }

    fn inner(&mut self) -> &mut dyn Write {
        match self {
            Self::Plain(out) => out,
            Self::Gzip(out) => out,
            Self::Zstandard(out) => out,
            Self::Bzip2(out) => out,
        }
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner().flush()
    }
}

/// Bytes being collected that are to wait in memory, packed.
pub struct Holding {
    out: BufWriter<zstd::Encoder<'static, Vec<u8>>>,
    bytes: u64,
}

impl Default for Holding {
    fn default() -> Self {
        let encoder = zstd::Encoder::new(Vec::new(), FASTEST).expect("there is memory for an encoder");
        Self { out: BufWriter::with_capacity(CHUNK, encoder), bytes: 0 }
    }
}

impl Holding {
    /// All of them.
    pub fn end(self) -> Held {
        let encoder = self.out.into_inner().map_err(io::IntoInnerError::into_error);
        let packed = encoder.and_then(zstd::Encoder::finish).expect("memory takes all bytes");
        Held { packed, bytes: self.bytes }
    }
}

impl Write for Holding {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Bytes that wait in memory, packed.
pub struct Held {
    packed: Vec<u8>,
    bytes: u64,
}

impl Held {
    /// How many they are, unpacked.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Writes them to `out`, unpacked.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        zstd::stream::copy_decode(&*self.packed, out)
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held").field("packed", &self.packed.len()).field("bytes", &self.bytes).finish()
    }
}

impl<W: Write> fmt::Debug for Packed<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain(_) => "Plain",
            Self::Gzip(_) => "Gzip",
            Self::Zstandard(_) => "Zstandard",
            Self::Bzip2(_) => "Bzip2",
        })
    }
}
