//! A document that is too long to be read at once, as others are written: its
//! record, or its claims as rows. Of what is found only a stretch is held, and
//! packed what is to be written.

use std::io::Write as _;

use serde::Serialize;

use super::pack::{Held, Holding};
use crate::document::Document;
use crate::extract::Lexicons;
use crate::extract::stretch::Stretches;
use crate::record::flat::{FlatClaim, flatten_stretch};
use crate::record::manifest::CountsOut;
use crate::record::{self, Parts, Record};
use crate::span::{Offsets, Units};

/// Writes a document that is read in stretches of at most so many bytes: the
/// pieces of what it gave, in order, and how much that is.
pub type Write = fn(&Document, &Lexicons, Units, usize) -> (Vec<Held>, CountsOut);

/// What writes claims as rows.
pub(super) type Rows = fn(&[FlatClaim<'_>], &mut Vec<u8>);

/// The claims of `document` as `write` writes them.
pub(super) fn rows(
    document: &Document,
    lexicons: &Lexicons,
    units: Units,
    longest: usize,
    write: Rows,
) -> (Vec<Held>, CountsOut) {
    let empty = empty(document, lexicons, units);
    let (mut out, mut bytes, mut first) = (Holding::default(), Vec::new(), 0);
    let mut counts = CountsOut { documents: 1, ..CountsOut::default() };
    for stretch in Stretches::of(&document.text, lexicons, document.published.as_deref(), longest) {
        let parts = Parts::of(&stretch, first, &empty.doc);
        let record = parts.fill(empty.clone());
        write(&flatten_stretch(&record, stretch.text.raw, first), &mut bytes);
        out.write_all(&bytes).expect(TAKES_ALL);
        bytes.clear();
        counts.claims += record.claims.len();
        counts.dates += record.dates.len();
        counts.entities += record.entities.len();
        first = parts.end();
    }
    (vec![out.end()], counts)
}

/// The record without what is found.
fn empty<'a>(document: &'a Document, lexicons: &Lexicons, units: Units) -> Record<'a> {
    let length = Offsets::new(&document.text, units).total();
    record::empty(document, &lexicons.users, length, units)
}

/// The record of `document` as a line of JSON.
pub(super) fn line(
    document: &Document,
    lexicons: &Lexicons,
    units: Units,
    longest: usize,
) -> (Vec<Held>, CountsOut) {
    let empty = empty(document, lexicons, units);
    let frame = serde_json::to_string(&empty).expect("records have text keys");
    let mut around = frame.rsplitn(5, "[]");
    let end = around.next().unwrap_or_default();
    // What stands before each list, the last list first.
    let [mut warnings, mut entities, mut dates, mut claims] =
        [(); 4].map(|()| List::after(around.next().unwrap_or_default()));
    let mut first = 0;
    for stretch in Stretches::of(&document.text, lexicons, document.published.as_deref(), longest) {
        let parts = Parts::of(&stretch, first, &empty.doc);
        claims.extend(parts.claims());
        dates.extend(parts.dates());
        entities.extend(parts.entities());
        warnings.extend(parts.warnings());
        first = parts.end();
    }
    let counts =
        CountsOut { documents: 1, claims: claims.count, dates: dates.count, entities: entities.count };
    let lists = [claims, dates, entities].map(|list| list.end(""));
    (lists.into_iter().chain([warnings.end(&format!("{end}\n"))]).collect(), counts)
}

/// A list of JSON under way.
struct List {
    out: Holding,
    count: usize,
}

impl List {
    /// Begins a list behind `before`.
    fn after(before: &str) -> Self {
        let mut list = Self { out: Holding::default(), count: 0 };
        list.write(before);
        list.write("[");
        list
    }

    fn extend<T: Serialize>(&mut self, items: impl Iterator<Item = T>) {
        for item in items {
            if self.count > 0 {
                self.write(",");
            }
            serde_json::to_writer(&mut self.out, &item).expect(TAKES_ALL);
            self.count += 1;
        }
    }

    /// Ends it, and adds `after`.
    fn end(mut self, after: &str) -> Held {
        self.write("]");
        self.write(after);
        self.out.end()
    }

    fn write(&mut self, text: &str) {
        self.out.write_all(text.as_bytes()).expect(TAKES_ALL);
    }
}

const TAKES_ALL: &str = "records have text keys and memory takes all bytes";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::normalize::normalize;
    use crate::output::{FORMATS, Format, jsonl};

    const LINE: &str = "أعلنت وزارة الصحة في بغداد أن 35 جريحا، بينهم 12 طفلا، عادوا يوم 7 أكتوبر 2023.\n";

    fn written(document: &Document, units: Units, longest: usize) -> (String, CountsOut) {
        unpacked(line(document, &Lexicons::builtin(), units, longest))
    }

    fn unpacked((pieces, counts): (Vec<Held>, CountsOut)) -> (String, CountsOut) {
        let mut bytes = Vec::new();
        for piece in &pieces {
            piece.write_to(&mut bytes).expect("memory takes all bytes");
        }
        assert_eq!(bytes.len() as u64, pieces.iter().map(Held::bytes).sum::<u64>());
        (String::from_utf8(bytes).expect("UTF-8"), counts)
    }

    #[test]
    fn one_stretch_gives_the_line_of_a_short_document() {
        let mut document = Document::from_text(LINE.repeat(3));
        document.extra.insert("list".to_owned(), serde_json::json!({"empty": []}));
        let text = normalize(&document.text);
        let found = extract(&text, &Lexicons::builtin(), None);
        let mut expected = Vec::new();
        jsonl::line(&record::record(&document, &text, &found, Units::Utf16), &mut expected);
        assert_eq!(written(&document, Units::Utf16, 1000).0.into_bytes(), expected);
    }

    #[test]
    fn several_stretches_give_one_record_whose_offsets_are_those_of_the_text() {
        let document = Document::from_text(LINE.repeat(9));
        let (whole, _) = written(&document, Units::Chars, document.text.len());
        let (line, counts) = written(&document, Units::Chars, 2 * LINE.len());
        // What the stretches do not know of one another plays no part in this text.
        assert_eq!(line, whole);
        let record: Record<'_> = serde_json::from_str(&line).expect("a record");
        assert_eq!((counts.claims, counts.dates), (18, 9));
        let chars: Vec<char> = document.text.chars().collect();
        for claim in &record.claims {
            assert_eq!(chars[claim.start..claim.end].iter().collect::<String>(), claim.surface);
        }
    }

    #[test]
    fn several_stretches_give_the_same_rows_as_one() {
        let mut document = Document::from_text(LINE.repeat(5));
        document.id = "a".to_owned();
        let lexicons = Lexicons::builtin();
        for write in FORMATS.iter().filter_map(Format::long) {
            let [whole, parts] = [document.text.len(), 2 * LINE.len()]
                .map(|longest| unpacked(write(&document, &lexicons, Units::Utf16, longest)));
            assert_eq!(parts.0, whole.0);
            assert_eq!(parts.1, whole.1);
        }
    }
}
