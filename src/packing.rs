//! How files are packed: by what names and first bytes each way is known.
//! Packs and unpacks nothing itself.

use std::path::{Path, PathBuf};

/// A way to pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstandard,
    /// bzip2.
    Bzip2,
}

impl Packing {
    /// All.
    pub const ALL: [Self; 3] = [Self::Gzip, Self::Zstandard, Self::Bzip2];

    /// Endings of file names, without full stop.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Gzip => &["gz"],
            Self::Zstandard => &["zst", "zstd"],
            Self::Bzip2 => &["bz2"],
        }
    }

    const fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => &[0x1F, 0x8B, 8],
            Self::Zstandard => &[0x28, 0xB5, 0x2F, 0xFD],
            Self::Bzip2 => b"BZh",
        }
    }

    /// How a file that begins so is packed.
    pub fn of_beginning(bytes: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|packing| bytes.starts_with(packing.magic()))
    }

    /// How a file of this name is packed.
    pub fn of_name(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        let has = |packing: &Self| packing.endings().iter().any(|known| ending.eq_ignore_ascii_case(known));
        Self::ALL.into_iter().find(has)
    }
}

/// The endings of all packings.
pub fn endings() -> impl Iterator<Item = &'static str> {
    Packing::ALL.into_iter().flat_map(Packing::endings).copied()
}

/// The name without the ending of a packed file.
pub fn unpacked(path: &Path) -> PathBuf {
    if Packing::of_name(path).is_some() { path.with_extension("") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_how() {
        assert_eq!(Packing::of_name(Path::new("a/b.jsonl.GZ")), Some(Packing::Gzip));
        assert_eq!(unpacked(Path::new("a/b.jsonl.zst")), Path::new("a/b.jsonl"));
        assert_eq!(Packing::of_name(Path::new("gz")), None);
        assert_eq!(unpacked(Path::new("a.b/c.csv")), Path::new("a.b/c.csv"));
    }
}
