//! JSON Lines: a document a line. `text` is required; `id`, `title`,
//! `published`, `url` and `source` are its metadata, other fields are kept.
//!
//! Blank lines, CRLF and a byte order mark are passed over in silence.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use super::decode::{BOM, CHUNK, Line, read_line};
use super::{Format, Item, Items, Source};
use crate::error::{InputError, Reason};

/// The format.
pub const FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "JSON Lines in UTF-8, an object a line: text (required), id, title, published, url, source; other fields are kept",
    recognised: "the first visible character is {, with more on its line",
    begins: |head| head.starts_with('{') && head.lines().next() != Some("{"),
    certain: false,
    example: "{\"text\":\"نص\"}\n",
    read,
};

fn read(source: Source) -> Items {
    source.utf8(lines)
}

fn lines(source: Source) -> Items {
    Box::new(Lines { source, number: 0, line: Vec::new(), empty: true, ended: false, ready: VecDeque::new() })
}

struct Lines {
    source: Source,
    /// Number of the line in `line`, from 1.
    number: usize,
    line: Vec<u8>,
    /// Whether no line has held anything yet.
    empty: bool,
    ended: bool,
    ready: VecDeque<Item>,
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            self.advance();
        }
        self.ready.pop_front()
    }
}

impl Lines {
    fn advance(&mut self) {
        self.number += 1;
        match read_line(&mut self.source.reader, &mut self.line, self.source.options.limit) {
            Ok(Line::Read) => self.take_line(),
            Ok(Line::TooLong) => {
                self.empty = false;
                self.reject(Reason::TooLong { limit: self.source.options.limit }, None);
            }
            Ok(Line::End) => self.end(),
            Err(error) => {
                self.ended = true;
                self.reject(error.into(), None);
            }
        }
    }

    fn end(&mut self) {
        self.ended = true;
        if self.empty {
            self.ready.push_back(Item::Rejected(InputError::of(&self.source.file, Reason::Empty)));
        }
    }

    fn take_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        let content = if self.number == 1 { line.strip_prefix(BOM).unwrap_or(&line) } else { &line };
        let blank = content.trim_ascii().is_empty();
        if !blank {
            self.empty = false;
            match parse(content) {
                Ok(fields) => self.ready.extend(self.source.document(fields, self.number, self.number)),
                Err((reason, column)) => self.reject(reason, column),
            }
        }
        line.clear();
        line.shrink_to(CHUNK);
        self.line = line;
    }

    fn reject(&mut self, reason: Reason, column: Option<usize>) {
        let error = InputError::of(&self.source.file, reason).at(self.number, column);
        self.ready.push_back(Item::Rejected(error));
    }
}

/// What a line holds, or what is wrong and where.
fn parse(line: &[u8]) -> Result<Map<String, Value>, (Reason, Option<usize>)> {
    let line = std::str::from_utf8(line).map_err(|error| {
        let offset = error.valid_up_to();
        (Reason::NotUtf8 { offset, whole: "line" }, Some(offset + 1))
    })?;
    match serde_json::from_str(line) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err((Reason::NotAnObject, None)),
        Err(error) => Err((bad_json(&error), Some(error.column().max(1)))),
    }
}

/// What the parser says, without the place in its piece of the input.
pub fn bad_json(error: &serde_json::Error) -> Reason {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    Reason::BadJson(message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::options::Options;
    use std::io::Cursor;

    fn items(bytes: &[u8], limit: usize) -> Vec<Item> {
        let options = Options { limit, ..Options::default() };
        let source = Source::of("in/a.jsonl", "a.jsonl", Cursor::new(bytes.to_vec()), options);
        read(source).collect()
    }

    fn shown(bytes: &[u8]) -> Vec<String> {
        let show = |item| match item {
            Item::Document(d) => format!("{} {}", d.id, d.text),
            Item::Rejected(e) => format!("! {e}"),
            Item::Warning(e) => format!("? {e}"),
        };
        items(bytes, 80).into_iter().map(show).collect()
    }

    #[test]
    fn mark_crlf_and_blank_lines_pass() {
        let found = shown("\u{FEFF}{\"text\":\"أ\"}\r\n\r\n  \n{\"text\":\"ب\",\"id\":\"x\"}".as_bytes());
        assert_eq!(found, ["a.jsonl:1 أ", "x ب"]);
    }

    #[test]
    fn each_bad_line_is_one_message_and_the_rest_goes_on() {
        let mut bytes = b"{\"text\": nope}\n[1]\n{\"id\":1}\n{\"text\":5}\n{\"text\":\"".to_vec();
        bytes.extend([0xD8, b'"', b'}', b'\n']);
        bytes.extend(format!("{{\"text\":\"{}\"}}\n{{\"text\":\"ok\"}}\n", "x".repeat(90)).bytes());
        assert_eq!(
            shown(&bytes),
            [
                "! in/a.jsonl:1:11: not JSON: expected ident",
                "! in/a.jsonl:2: not a JSON object",
                "! in/a.jsonl:3: the field \"text\" is missing; there are id (--map text=NAME)",
                "! in/a.jsonl:4: the field \"text\" is not a string",
                "! in/a.jsonl:5:10: not UTF-8 at byte 9 of the line",
                "! in/a.jsonl:6: longer than 0 MiB",
                "a.jsonl:7 ok",
            ]
        );
    }

    #[test]
    fn only_blank_lines_is_an_empty_file() {
        assert_eq!(shown(b"\n \r\n"), ["! in/a.jsonl: the file is empty"]);
    }

    #[test]
    fn bad_published_is_a_warning_and_the_line_is_kept() {
        let found = shown("{\"text\":\"أ\",\"published\":\"الأحد\"}".as_bytes());
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("? in/a.jsonl:1: \"published\""), "{found:?}");
    }
}
