//! Tables: CSV and TSV with a header that names the columns; a row is a
//! document. The columns are the fields of JSON Lines, further ones are kept.

use std::collections::{HashMap, VecDeque};
use std::io::{Cursor, Read};

use csv::{ByteRecord, ReaderBuilder, Trim};
use serde_json::{Map, Value};

use super::decode::{Metered, Piece};
use super::options::{FIELDS, Names};
use super::{Format, Item, Items, Source};
use crate::error::{InputError, Reason};

/// The format.
pub const FORMAT: Format = Format {
    name: "table",
    extensions: &["csv", "tsv", "tab"],
    about: "CSV or TSV, a document a row; the header names the columns as the fields of JSON Lines",
    recognised: "the first line has a column \"text\" between commas, semicolons, bars or tabs",
    begins: |head| {
        let header = head.lines().next().unwrap_or_default();
        delimiter(header).is_some_and(|d| header.split(char::from(d)).any(|c| c.trim_matches('"') == "text"))
    },
    certain: false,
    example: "id,text\n1,نص\n",
    read,
};

/// Between cells, the likelier first.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];
/// A row after the last; where it stands in a cell, the cell's quote does not end.
const END: &str = "\u{1F}the end of the table\u{1F}";

/// The delimiter that a header has most of.
fn delimiter(header: &str) -> Option<u8> {
    let count = |d: &u8| header.bytes().filter(|b| b == d).count();
    DELIMITERS.into_iter().rev().max_by_key(count).filter(|d| count(d) > 0)
}

fn read(source: Source) -> Items {
    source.utf8(|mut source| {
        let head = source.head().unwrap_or_default();
        let delimiter = delimiter(head.lines().next().unwrap_or_default()).unwrap_or(b',');
        let end = Cursor::new(format!("\n{END}\n"));
        let whole = Box::new(source.take_reader().chain(end));
        let (bytes, piece) = Metered::new(whole, source.options.limit);
        let rows = ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(delimiter != b'\t' || head.contains("\t\""))
            .has_headers(false)
            .flexible(true)
            .trim(Trim::None)
            .from_reader(bytes);
        let crlf = head.contains("\r\n");
        let (header, ended, number, ready) = (None, false, 0, VecDeque::new());
        Box::new(Rows { source, reader: rows, piece, header, crlf, ended, number, ready })
    })
}

struct Rows {
    source: Source,
    reader: csv::Reader<Metered>,
    piece: Piece,
    header: Option<Vec<String>>,
    /// Whether lines end with CRLF, whose second half is counted late.
    crlf: bool,
    ended: bool,
    /// Number of the row, from 1, without the header.
    number: usize,
    ready: VecDeque<Item>,
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            self.advance();
        }
        self.ready.pop_front()
    }
}

impl Rows {
    fn advance(&mut self) {
        let mut row = ByteRecord::new();
        self.piece.next();
        match self.reader.read_byte_record(&mut row) {
            Ok(true) => self.take(&row),
            Ok(false) => {
                self.ended = true;
                if self.number == 0 {
                    self.reject(Reason::Empty, None);
                }
            }
            Err(error) => {
                self.ended = true;
                let line = self.reader.position().line() as usize;
                self.reject(reason(error), Some(line));
            }
        }
    }

    fn take(&mut self, row: &ByteRecord) {
        let late = usize::from(self.crlf && self.header.is_some());
        let line = row.position().map_or(0, |place| place.line() as usize) + late;
        let cells: Result<Vec<&str>, _> = row.iter().map(std::str::from_utf8).collect();
        let Some(header) = &self.header else {
            let names = row.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
            return self.begin(names, line);
        };
        match row.iter().next_back().map(|cell| cell.strip_suffix(b"\n").unwrap_or(cell)) {
            Some(end) if end == END.as_bytes() && row.len() == 1 => return,
            Some(end) if end.ends_with(END.as_bytes()) => {
                self.number += 1;
                let what = "a quote begins in it that does not end".to_owned();
                return self.reject(Reason::Malformed { format: "row", what }, Some(line));
            }
            _ => self.number += 1,
        }
        let Ok(cells) = cells else {
            let before =
                row.iter().map(|c| std::str::from_utf8(c).map_or_else(|e| e.valid_up_to(), str::len));
            return self.reject(Reason::NotUtf8 { offset: before.sum(), whole: "row" }, Some(line));
        };
        if cells.len() != header.len() {
            let what = format!("{} cells under {} columns", cells.len(), header.len());
            return self.reject(Reason::Malformed { format: "row", what }, Some(line));
        }
        let value = |cell: &str| if cell.is_empty() { Value::Null } else { Value::String(cell.to_owned()) };
        let fields: Map<_, _> = header.iter().cloned().zip(cells.into_iter().map(value)).collect();
        self.ready.extend(self.source.document(fields, self.number, line));
    }

    /// Takes the header; without a column for the text nothing can be read.
    fn begin(&mut self, names: Vec<String>, line: usize) {
        let names = columns(names, &self.source.options.names);
        let text = self.source.options.names.of("text").to_owned();
        if names.contains(&text) {
            self.header = Some(names);
        } else if names == [END] {
            self.ended = true;
            self.reject(Reason::Empty, None);
        } else {
            self.ended = true;
            self.reject(Reason::MissingText { name: text, there: names }, Some(line));
        }
    }

    fn reject(&mut self, reason: Reason, line: Option<usize>) {
        let error = InputError { line, ..InputError::of(&self.source.file, reason) };
        self.ready.push_back(Item::Rejected(error));
    }
}

/// The columns of a header: a field's name counts in any case, and a name that
/// comes again gets a number, so that no column is lost.
fn columns(mut names: Vec<String>, wanted: &Names) -> Vec<String> {
    for field in FIELDS.map(|field| wanted.of(field)) {
        if !names.iter().any(|name| name == field)
            && let Some(name) = names.iter_mut().find(|name| name.eq_ignore_ascii_case(field))
        {
            field.clone_into(name);
        }
    }
    let mut seen = HashMap::<String, usize>::new();
    for name in &mut names {
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            *name = format!("{name}_{times}");
        }
    }
    names
}

fn reason(error: csv::Error) -> Reason {
    let what = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => Reason::Malformed { format: "table", what },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::options::{Names, Options};
    use std::io::Cursor;

    fn shown(text: &str, options: Options) -> Vec<String> {
        let show = |item| match item {
            Item::Document(d) => {
                format!("{} {:?} {:?} {}", d.id, d.text, d.published, Value::Object(d.extra))
            }
            Item::Rejected(e) | Item::Warning(e) => e.to_string(),
        };
        read(Source::of("a.csv", "a.csv", Cursor::new(text.as_bytes().to_vec()), options)).map(show).collect()
    }

    #[test]
    fn a_quote_that_does_not_end_costs_only_its_row() {
        assert_eq!(
            shown("id,text\n1,نص\n2,\"نص\n3,نص\n", Options::default()),
            ["1 \"نص\" None {}", "a.csv:3: broken row: a quote begins in it that does not end"]
        );
        assert_eq!(shown("id,text\n1,\"نص\"", Options::default()), ["1 \"نص\" None {}"]);
        assert_eq!(shown("\n", Options::default()), ["a.csv: the file is empty"]);
    }

    #[test]
    fn names_of_columns_count_in_any_case_and_each_is_kept() {
        assert_eq!(
            shown("ID|Text|text_2|x|x\n1|نص|ب|ج|د\n", Options::default()),
            ["1 \"نص\" None {\"text_2\":\"ب\",\"x\":\"ج\",\"x_2\":\"د\"}"]
        );
        assert_eq!(
            shown("id,body\n1,نص\n", Options::default()),
            ["a.csv:1: the field \"text\" is missing; there are id, body (--map text=NAME)"]
        );
    }

    #[test]
    fn rows_are_documents_and_bad_ones_one_message() {
        let text = "\u{FEFF}id,text,published,desk\r\n7,\"سطر أول\nو \"\"ثان\"\"، هنا\",2024-01-29,\r\n8,x\r\n,نص,,رياضة\r\n";
        assert_eq!(
            shown(text, Options::default()),
            [
                "7 \"سطر أول\\nو \\\"ثان\\\"، هنا\" Some(\"2024-01-29\") {\"desk\":null}",
                "a.csv:4: broken row: 2 cells under 4 columns",
                "a.csv:3 \"نص\" None {\"desk\":\"رياضة\"}",
            ]
        );
    }

    #[test]
    fn the_delimiter_is_that_of_the_header() {
        let names = Names::parse("text=body").expect("pairs");
        let options = Options { names, ..Options::default() };
        assert_eq!(
            shown("id\tbody\n1\tقال \"نعم، لا\"\n", options.clone()),
            ["1 \"قال \\\"نعم، لا\\\"\" None {}"]
        );
        assert_eq!(shown("id;body\n1;\"أ;ب\"\n", options.clone()), ["1 \"أ;ب\" None {}"]);
        assert_eq!(
            shown("id,text\n", options),
            ["a.csv:1: the field \"body\" is missing; there are id, text (--map text=NAME)"]
        );
        assert_eq!(shown("text,id\n", Options::default()), ["a.csv: the file is empty"]);
    }

    #[test]
    fn a_quote_that_never_ends_stops_at_the_limit() {
        let text = format!("id,text\n1,\"{}", "نص\n".repeat(100_000));
        let options = Options { limit: 1000, ..Options::default() };
        let found = shown(&text, options);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("longer than"), "{found:?}");
    }
}
