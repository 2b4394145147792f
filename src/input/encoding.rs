//! From the bytes of a text to UTF-8: UTF-16, windows-1256 and ISO-8859-6 are
//! recognised, by byte order marks or by what the bytes would say.
//!
//! What looks like UTF-8 with a few bad bytes stays as it is, so that the bad
//! place is named instead of the whole being read as something else.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};

use super::decode::{CHUNK, Reader, peek};

/// Bytes of a text that a guess is made from.
const SAMPLE: usize = 1 << 20;
/// Arabic letters below which nothing is guessed.
const ENOUGH: usize = 4;
/// The encodings that are guessed; any may be asked for.
const GUESSED: [&Encoding; 2] = [WINDOWS_1256, ISO_8859_6];
/// A top-level domain whose pages are in Arabic: tips the balance between guesses.
const ARABIC: &[u8] = b"sa";

/// The encoding of bytes that are not UTF-8; `whole` when nothing follows them.
pub fn guess(bytes: &[u8], whole: bool) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let whole = whole && sample.len() == bytes.len();
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Some(encoding).filter(|e| *e != UTF_8);
    }
    unmarked_utf16(sample).or_else(|| (!is_utf8(sample, whole)).then(|| by_letters(sample, whole))?)
}

/// UTF-16 without a mark: every second byte is one of the few high bytes that
/// Arabic, Latin and their punctuation have.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len() / 2;
    let high = |at: usize| {
        let place = bytes.iter().skip(at).step_by(2);
        place.filter(|byte| matches!(byte, 0x00 | 0x06 | 0x20 | 0xFB | 0xFE)).count()
    };
    // 06 and 00 stand in no other text.
    let controls = bytes.iter().filter(|byte| matches!(byte, 0x00 | 0x06)).count();
    if pairs < 4 || controls * 10 < pairs * 8 {
        return None;
    }
    match (high(0) * 10 >= pairs * 9, high(1) * 10 >= pairs * 9) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether `bytes` are UTF-8, or mostly, so that the bad bytes are damage.
fn is_utf8(bytes: &[u8], whole: bool) -> bool {
    let (mut rest, mut good, mut bad) = (bytes, 0, 0);
    loop {
        match std::str::from_utf8(rest) {
            Ok(text) => {
                good += wide(text.as_bytes());
                break;
            }
            Err(error) => {
                let (valid, after) = rest.split_at(error.valid_up_to());
                good += wide(valid);
                let Some(length) = error.error_len() else {
                    // Torn at the end of the sample.
                    bad += usize::from(whole);
                    break;
                };
                bad += length;
                rest = &after[length..];
            }
        }
    }
    bad == 0 || good > 4 * bad
}

/// Characters of more than one byte in valid UTF-8.
fn wide(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0xC0).count()
}

/// One of [`GUESSED`] in which every byte has a meaning and most are Arabic letters.
fn by_letters(bytes: &[u8], whole: bool) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, whole);
    let encoding = detector.guess(Some(ARABIC), Utf8Detection::Deny);
    if !GUESSED.contains(&encoding) {
        return None;
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let arabic = text.chars().filter(|c| ('\u{600}'..'\u{700}').contains(c)).count();
    (arabic >= ENOUGH && arabic * 4 >= wide * 3).then_some(encoding)
}

/// The text of `bytes` that are not UTF-8 and the name of their encoding.
pub fn decode<'a>(
    bytes: &'a [u8],
    forced: Option<&'static Encoding>,
) -> Option<(Cow<'a, str>, &'static str)> {
    let encoding = forced.filter(|e| *e != UTF_8).or_else(|| guess(bytes, true))?;
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Some((text, encoding.name()))
}

/// A reader of the same text in UTF-8, and the encoding's name where it was
/// another. Only the beginning is looked at.
///
/// # Errors
/// When the beginning cannot be read.
pub fn to_utf8(
    mut reader: Reader,
    forced: Option<&'static Encoding>,
) -> io::Result<(Reader, Option<&'static str>)> {
    let head = peek(&mut reader)?;
    let guessed = || guess(&head, false);
    match forced.or_else(guessed).filter(|e| *e != UTF_8) {
        None => Ok((reader, None)),
        Some(encoding) => {
            let decoder = encoding.new_decoder_with_bom_removal();
            let decoded = Transcoded { reader, decoder, text: Vec::new(), used: 0, ended: false };
            Ok((Box::new(decoded), Some(encoding.name())))
        }
    }
}

/// A text in another encoding, read as UTF-8; what has no meaning becomes `�`.
struct Transcoded {
    reader: Reader,
    decoder: Decoder,
    /// Decoded text, and how much of it is handed on.
    text: Vec<u8>,
    used: usize,
    ended: bool,
}

impl BufRead for Transcoded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.used == self.text.len() && !self.ended {
            let chunk = self.reader.fill_buf()?;
            self.ended = chunk.is_empty();
            self.text.resize(2 * CHUNK, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(chunk, &mut self.text, self.ended);
            self.ended &= result == CoderResult::InputEmpty;
            self.text.truncate(written);
            self.used = 0;
            self.reader.consume(read);
        }
        Ok(&self.text[self.used..])
    }

    fn consume(&mut self, amount: usize) {
        self.used += amount;
    }
}

impl Read for Transcoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let text = self.fill_buf()?;
        let length = text.len().min(buffer.len());
        buffer[..length].copy_from_slice(&text[..length]);
        self.consume(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const TEXT: &str =
        "أعلنت وزارة الصحة، أمس، أن 350 مريضًا غادروا المستشفى.\nوقال الوزير إن العدد سيرتفع.\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    fn read(bytes: Vec<u8>) -> (String, Option<&'static str>) {
        let mut text = String::new();
        let (mut reader, name) = to_utf8(Box::new(Cursor::new(bytes)), None).expect("reads");
        reader.read_to_string(&mut text).expect("UTF-8");
        (text, name)
    }

    #[test]
    fn the_encodings_of_arabic_texts_are_recognised() {
        let arabic = TEXT.replace('ً', "");
        for (bytes, name) in [
            (TEXT.as_bytes().to_vec(), None),
            (utf16(TEXT, false), Some("UTF-16LE")),
            (utf16(TEXT, true), Some("UTF-16BE")),
            (utf16(&format!("\u{FEFF}{TEXT}"), false), Some("UTF-16LE")),
            (utf16(&format!("\u{FEFF}{TEXT}"), true), Some("UTF-16BE")),
            (WINDOWS_1256.encode(TEXT).0.into_owned(), Some("windows-1256")),
            (ISO_8859_6.encode(&arabic).0.into_owned(), Some("ISO-8859-6")),
        ] {
            let (text, found) = read(bytes);
            assert_eq!(found, name);
            assert_eq!(text.replace('ً', ""), arabic, "{name:?}");
        }
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_something_else() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        bytes[30] = 0xFF;
        assert_eq!(guess(&bytes, true), None);
        assert_eq!(guess(&[0; 1000], true), None);
        assert_eq!(guess(b"caf\xE9 cr\xE8me", true), None, "not Arabic");
    }

    #[test]
    fn a_lone_surrogate_is_one_sign() {
        let mut bytes = utf16("\u{FEFF}نص", false);
        bytes.extend([0x00, 0xD8]);
        bytes.extend(utf16(" آخر", false));
        assert_eq!(read(bytes).0, "نص\u{FFFD} آخر");
    }
}
