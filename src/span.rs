//! Spans: half-open ranges of byte offsets into a document's original text,
//! and the one place that turns them into the units that readers ask for.
//!
//! Inside the program every offset is a byte offset on a character border.
//! Readers see [`Units`]; nothing else counts characters.

/// A half-open range of byte offsets into the original text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The words of the text that this span covers.
    ///
    /// # Panics
    /// When the span does not lie on character borders of `text`; spans made
    /// from that text's own tokens always do.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this span (or equals it).
    pub const fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Length in bytes.
    pub const fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is covered.
    pub const fn is_empty(&self) -> bool {
        self.start >= self.end
    }
}

/// The unit in which a record counts its offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Unicode scalar values, as Python's `str` counts.
    #[default]
    Chars,
    /// UTF-8 bytes, as Rust and Go count.
    Bytes,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

impl Units {
    /// All units.
    pub const ALL: [Self; 3] = [Self::Chars, Self::Bytes, Self::Utf16];

    /// The unit of this [name](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|units| units.name() == name)
    }

    /// The unit's name in records and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chars => "chars",
            Self::Bytes => "bytes",
            Self::Utf16 => "utf16",
        }
    }
}

/// Bytes between two checkpoints of an [`Offsets`] table.
const STEP: usize = 64;

/// Converts byte offsets of one text into [`Units`]; building it reads the
/// text once, a conversion reads at most 64 bytes.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    units: Units,
    /// Units before byte `i * STEP`, that byte moved left to a character border.
    checkpoints: Vec<u32>,
}

impl<'a> Offsets<'a> {
    /// Prepares conversion of offsets into `text`.
    pub fn new(text: &'a str, units: Units) -> Self {
        let mut checkpoints = Vec::new();
        if units != Units::Bytes {
            checkpoints.reserve(text.len() / STEP + 1);
            let (mut from, mut count) = (0, 0);
            for mark in (0..=text.len()).step_by(STEP) {
                let border = floor(text, mark);
                count += length(&text[from..border], units);
                checkpoints.push(count);
                from = border;
            }
        }
        Self { text, units, checkpoints }
    }

    /// The offset, in the chosen units, of the character that begins at `byte`.
    pub fn at(&self, byte: usize) -> usize {
        if self.units == Units::Bytes {
            return byte;
        }
        let mark = byte / STEP;
        let border = floor(self.text, mark * STEP);
        self.checkpoints[mark] as usize + length(&self.text[border..byte], self.units) as usize
    }

    /// Length of the whole text in the chosen units.
    pub fn total(&self) -> usize {
        self.at(self.text.len())
    }

    /// The byte offset of the character that begins at `offset` units, or the
    /// text's end where it is shorter.
    pub fn byte(&self, offset: usize) -> usize {
        if self.units == Units::Bytes {
            return offset.min(self.text.len());
        }
        let mark = self.checkpoints.partition_point(|&n| n as usize <= offset).max(1) - 1;
        let (mut byte, mut units) = (floor(self.text, mark * STEP), self.checkpoints[mark] as usize);
        for c in self.text[byte..].chars() {
            if units >= offset {
                break;
            }
            units += if self.units == Units::Utf16 { c.len_utf16() } else { 1 };
            byte += c.len_utf8();
        }
        byte
    }
}

/// The last character border at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

fn length(text: &str, units: Units) -> u32 {
    let bytes = text.as_bytes();
    let (eights, rest) = bytes.as_chunks();
    let starts = eights.iter().map(|&eight| starts_of(eight)).sum::<usize>()
        + rest.iter().filter(|&&b| (b as i8) >= -0x40).count();
    let pairs = if units == Units::Utf16 { bytes.iter().filter(|&&b| b >= 0xF0).count() } else { 0 };
    (starts + pairs) as u32
}

/// How many of eight bytes begin a character: all but those whose two highest
/// bits are 10.
const fn starts_of(bytes: [u8; 8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let bytes = u64::from_le_bytes(bytes);
    let inside = bytes >> 7 & !(bytes >> 6) & ONES;
    8 - (inside.wrapping_mul(ONES) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_agree_with_counting_by_hand() {
        let text = "سـعر 5€ 😀 ".repeat(40);
        for units in [Units::Chars, Units::Bytes, Units::Utf16] {
            let offsets = Offsets::new(&text, units);
            let mut expected = 0;
            for (byte, c) in text.char_indices() {
                assert_eq!(offsets.at(byte), expected);
                assert_eq!(offsets.byte(expected), byte);
                expected += match units {
                    Units::Chars => 1,
                    Units::Bytes => c.len_utf8(),
                    Units::Utf16 => c.len_utf16(),
                };
            }
            assert_eq!(offsets.total(), expected);
        }
    }
}
