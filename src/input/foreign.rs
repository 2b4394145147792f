//! Files that are often handed in and that are not read: known by their first
//! bytes, so that the message says what they are.

/// What a file is, by the place and the bytes there.
const KINDS: [(usize, &[u8], &str); 13] = [
    (0, b"%PDF-", "a PDF file; give the text that is in it"),
    (0, &[0xFD, b'7', b'z', b'X', b'Z', 0], "a file packed with xz; pack it with gzip, Zstandard or bzip2"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7z archive; make it a zip archive"),
    (0, b"Rar!\x1A\x07", "a RAR archive; make it a zip archive"),
    (257, b"ustar", "a tar archive; unpack it, or make it a zip archive"),
    (0, &[0xD0, 0xCF, 0x11, 0xE0], "an old Office document; give its text"),
    (0, b"{\\rtf", "a document in RTF; give its text"),
    (0, b"\x89PNG", "an image"),
    (0, &[0xFF, 0xD8, 0xFF], "an image"),
    (0, b"GIF8", "an image"),
    (0, b"SQLite format 3\0", "an SQLite database; give its rows as CSV or JSON Lines"),
    (0, &[0xFF, 0xFE, 0, 0], "a text in UTF-32; make it UTF-8"),
    (0, &[0, 0, 0xFE, 0xFF], "a text in UTF-32; make it UTF-8"),
];

/// What the file that begins so is, if it is one of these.
pub fn kind(beginning: &[u8]) -> Option<&'static str> {
    let stands =
        |(at, bytes, _): &&(usize, &[u8], &str)| beginning.get(*at..).is_some_and(|b| b.starts_with(bytes));
    KINDS.iter().find(stands).map(|(_, _, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_not_read_are_named() {
        assert!(kind(b"%PDF-1.4\n").is_some_and(|what| what.contains("PDF")));
        let tar = [&b"news/1.txt"[..], &[0; 247], b"ustar  "].concat();
        assert!(kind(&tar).is_some_and(|what| what.contains("tar")));
        assert_eq!(kind("أعلنت الوزارة".as_bytes()), None);
        assert_eq!(kind(b"\xFF\xFE\x27\x06"), None, "UTF-16");
    }
}
