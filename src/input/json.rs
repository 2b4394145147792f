//! JSON that is not a line an object: an array of objects, or objects one after
//! the other over as many lines as they like.
//!
//! Only cuts the input into its elements, one at a time, whatever the size of
//! the whole; a broken element is one message and the next is read.

use std::collections::VecDeque;
use std::io;

use serde_json::Value;

use super::decode::{BOM, CHUNK};
use super::lines::bad_json;
use super::{Format, Item, Items, Source};
use crate::error::{InputError, Reason};

/// The format.
pub const FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    about: "a JSON array of objects, or objects one after the other, with the fields of JSON Lines",
    recognised: "the first visible character is [ before an object, or { alone on its line",
    begins: |head| {
        let inside = head.strip_prefix('[').map(str::trim_start);
        inside.is_some_and(|rest| rest.starts_with('{')) || head.lines().next() == Some("{")
    },
    certain: false,
    example: "[\n {\"text\": \"نص\"}\n]\n",
    read,
};

fn read(source: Source) -> Items {
    source.utf8(|source| {
        Box::new(Elements {
            source,
            place: Place::default(),
            number: 0,
            bytes: Vec::new(),
            ended: false,
            ready: VecDeque::new(),
        })
    })
}

struct Elements {
    source: Source,
    place: Place,
    /// Number of the element, from 1.
    number: usize,
    bytes: Vec<u8>,
    ended: bool,
    ready: VecDeque<Item>,
}

/// Where the cutting stands.
#[derive(Default)]
struct Place {
    /// Lines that have ended.
    lines: usize,
    /// Whether the array around all elements is open.
    array: bool,
    /// Open brackets of the element.
    depth: usize,
    string: bool,
    escape: bool,
    /// Whether the element is no bracket and no string.
    bare: bool,
    /// Line of the element's beginning, and its bytes so far.
    began: usize,
    length: usize,
}

impl Iterator for Elements {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            match self.cut() {
                Ok(true) => self.take(),
                Ok(false) => self.end(),
                Err(error) => {
                    self.ended = true;
                    self.reject(error.into(), self.place.lines + 1);
                }
            }
        }
        self.ready.pop_front()
    }
}

impl Elements {
    /// Reads up to the end of an element; false at the end of the input.
    fn cut(&mut self) -> io::Result<bool> {
        self.bytes.clear();
        self.place.length = 0;
        let limit = self.source.options.limit;
        loop {
            let chunk = self.source.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(self.place.length > 0);
            }
            let mut at = 0;
            let mut from = None;
            let ended = loop {
                let Some(&byte) = chunk.get(at) else { break false };
                let was = self.place.length;
                let ends = self.place.step(byte);
                if was == 0 && self.place.length > 0 {
                    from = Some(at);
                }
                at += usize::from(!(ends && self.place.bare));
                if ends {
                    break true;
                }
            };
            let begin = from.unwrap_or(if self.place.length > at { 0 } else { at });
            if self.place.length <= limit {
                self.bytes.extend_from_slice(&chunk[begin.min(at)..at]);
            } else {
                self.bytes = Vec::new();
            }
            self.source.reader.consume(at);
            if ended {
                return Ok(true);
            }
        }
    }

    fn take(&mut self) {
        self.number += 1;
        let (line, limit) = (self.place.began, self.source.options.limit);
        if self.place.length > limit {
            return self.reject(Reason::TooLong { limit }, line);
        }
        match serde_json::from_slice(&self.bytes) {
            Ok(Value::Object(fields)) => self.ready.extend(self.source.document(fields, self.number, line)),
            Ok(_) => self.reject(Reason::NotAnObject, line),
            Err(error) => self.reject(bad_json(&error), line + error.line().saturating_sub(1)),
        }
        self.bytes.clear();
        self.bytes.shrink_to(CHUNK);
        self.place.open();
    }

    fn end(&mut self) {
        self.ended = true;
        if self.place.array {
            self.reject(Reason::BadJson("the array does not end".to_owned()), self.place.lines + 1);
        } else if self.number == 0 {
            self.ready.push_back(Item::Rejected(InputError::of(&self.source.file, Reason::Empty)));
        }
    }

    fn reject(&mut self, reason: Reason, line: usize) {
        self.ready.push_back(Item::Rejected(InputError::of(&self.source.file, reason).at(line, None)));
    }
}

impl Place {
    /// The next element begins outside of everything.
    fn open(&mut self) {
        let Self { lines, array, .. } = *self;
        *self = Self { lines, array, ..Self::default() };
    }

    /// Takes a byte in; true when the element ends with it, or before it if
    /// the element is bare.
    fn step(&mut self, byte: u8) -> bool {
        self.lines += usize::from(byte == b'\n');
        if self.length == 0 {
            return self.between(byte);
        }
        if self.bare {
            let ends = byte.is_ascii_whitespace() || matches!(byte, b',' | b']');
            self.lines -= usize::from(ends && byte == b'\n');
            self.length += usize::from(!ends);
            return ends;
        }
        self.length += 1;
        match byte {
            _ if self.escape => self.escape = false,
            b'\\' if self.string => self.escape = true,
            b'"' => self.string = !self.string,
            b'{' | b'[' if !self.string => self.depth += 1,
            b'}' | b']' if !self.string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.depth == 0 && !self.string
    }

    /// A byte between elements.
    fn between(&mut self, byte: u8) -> bool {
        match byte {
            _ if byte.is_ascii_whitespace() || BOM.contains(&byte) => return false,
            b',' => return false,
            b']' if self.array => {
                self.array = false;
                return false;
            }
            b'[' if !self.array => {
                self.array = true;
                return false;
            }
            b'{' | b'[' => self.depth = 1,
            b'"' => self.string = true,
            _ => self.bare = true,
        }
        self.began = self.lines + 1;
        self.length = 1;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::options::Options;
    use std::io::{BufReader, Cursor};

    fn shown(text: &str, chunk: usize) -> Vec<String> {
        let show = |item| match item {
            Item::Document(d) => format!("{} {}", d.id, d.text),
            Item::Rejected(e) | Item::Warning(e) => e.to_string(),
        };
        let options = Options { limit: 60, ..Options::default() };
        let reader = BufReader::with_capacity(chunk, Cursor::new(text.as_bytes().to_vec()));
        let source = Source::of("a.json", "a.json", reader, options);
        Elements {
            source,
            place: Place::default(),
            number: 0,
            bytes: Vec::new(),
            ended: false,
            ready: VecDeque::new(),
        }
        .map(show)
        .collect()
    }

    #[test]
    fn elements_are_cut_wherever_the_buffer_ends() {
        let array = "\u{FEFF}[\n{\"text\":\"أ ]},{ \\\" [\"},\n{\"text\": \"ب\",\n \"x\": [1,{}]}, 7 , \"s\",{\"id\":\"n\",\"text\":\"ج\"}]\n";
        for chunk in [1, 2, 3, 7, 100, 1000] {
            assert_eq!(
                shown(array, chunk),
                [
                    "a.json:1 أ ]},{ \" [",
                    "a.json:2 ب",
                    "a.json:4: not a JSON object",
                    "a.json:4: not a JSON object",
                    "n ج"
                ],
                "{chunk}"
            );
        }
    }

    #[test]
    fn objects_may_follow_one_another() {
        assert_eq!(shown("{\n\"text\":\"أ\"\n}\n{\"text\":\"ب\"}", 5), ["a.json:1 أ", "a.json:2 ب"]);
    }

    #[test]
    fn a_broken_element_costs_only_itself() {
        let long = "x".repeat(100);
        let text = format!("[{{\"text\": nope}},\n{{\"text\":\"{long}\"}},\n{{\"text\":\"ok\"}},{{\"text\":");
        assert_eq!(
            shown(&text, 16),
            [
                "a.json:1: not JSON: expected ident",
                "a.json:2: longer than 0 MiB",
                "a.json:3 ok",
                "a.json:3: not JSON: EOF while parsing a value",
                "a.json:3: not JSON: the array does not end"
            ]
        );
    }
}
