//! Web archives (WARC) and their extracted texts (WET), as crawlers write them:
//! each page or text is a document, known by the archive's identifier of it.
//!
//! Requests, metadata, images, redirects and failed answers are passed over.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use serde_json::Value;

use super::decode::{Budget, Line, read_line, unpack};
use super::options::Options;
use super::{Format, Item, Items, Source, encoding, html};
use crate::document::Document;
use crate::error::{InputError, Reason};

/// The format.
pub const FORMAT: Format = Format {
    name: "warc",
    extensions: &["warc", "wet"],
    about: "a web archive, WARC with pages or WET with their texts: a document for each page",
    recognised: "WARC/ at the beginning",
    begins: |head| head.starts_with("WARC/"),
    certain: true,
    example: "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 4\r\n\r\nنص\r\n\r\n",
    read,
};

/// The longest line of a head.
const LINE: usize = 64 << 10;
/// The most lines of a head.
const LINES: usize = 1000;

fn read(source: Source) -> Items {
    Box::new(Records { source, number: 0, lost: false, ended: false, ready: VecDeque::new() })
}

struct Records {
    source: Source,
    /// Number of the record, from 1.
    number: usize,
    /// Whether the beginning of a record is being looked for.
    lost: bool,
    ended: bool,
    ready: VecDeque<Item>,
}

/// Names and values of a head.
#[derive(Default)]
struct Head(Vec<(String, String)>);

impl Head {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The media type without its parameters, in small letters.
    fn media(&self) -> String {
        let value = self.get("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    fn charset(&self) -> Option<&str> {
        const MARK: &str = "charset=";
        let value = self.get("content-type")?;
        let after = &value[value.to_ascii_lowercase().find(MARK)? + MARK.len()..];
        Some(after.split(';').next()?.trim_matches(['"', '\'', ' ']))
    }

    /// Reads lines up to an empty one.
    fn read(reader: &mut dyn BufRead) -> io::Result<Self> {
        let (mut head, mut line) = (Self::default(), Vec::new());
        while read_line(reader, &mut line, LINE)? != Line::End {
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if text.is_empty() {
                break;
            }
            if let Some((name, value)) = text.split_once(':').filter(|_| head.0.len() < LINES) {
                head.0.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Ok(head)
    }
}

impl Iterator for Records {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            if let Err(error) = self.advance() {
                self.ended = true;
                self.reject(error.into());
            }
        }
        self.ready.pop_front()
    }
}

impl Records {
    fn advance(&mut self) -> io::Result<()> {
        let mut line = Vec::new();
        let found = read_line(&mut self.source.reader, &mut line, LINE)?;
        if found == Line::End {
            self.ended = true;
            if self.number == 0 {
                self.reject(Reason::Empty);
            }
        } else if line.starts_with(b"WARC/") {
            self.number += 1;
            self.lost = false;
            return self.record();
        } else if !line.trim_ascii().is_empty() && !self.lost {
            self.lost = true;
            self.reject(malformed("no record begins where one should; read on at the next"));
        }
        Ok(())
    }

    fn record(&mut self) -> io::Result<()> {
        let head = Head::read(&mut self.source.reader)?;
        let Some(length) = head.get("content-length").and_then(|l| l.parse::<u64>().ok()) else {
            self.lost = true;
            self.reject(malformed("a record without Content-Length"));
            return Ok(());
        };
        let kind = head.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        let limit = self.source.options.limit;
        let wanted = ["response", "resource", "conversion"].contains(&kind.as_str());
        if !wanted || length > limit as u64 {
            let passed = io::copy(&mut self.source.reader.by_ref().take(length), &mut io::sink())?;
            if wanted {
                self.reject(Reason::TooLong { limit });
            }
            return whole(passed, length);
        }
        let mut body = Vec::new();
        self.source.reader.by_ref().take(length).read_to_end(&mut body)?;
        whole(body.len() as u64, length)?;
        match document(&head, &kind, &body, &self.source.options) {
            Ok(Some(document)) => self.push(document, &head),
            Ok(None) => {}
            Err(reason) => self.reject(reason),
        }
        Ok(())
    }

    fn push(&mut self, mut document: Document, head: &Head) {
        let origin = format!("{}:{}", self.source.name, self.number);
        let id = head.get("warc-record-id").map(|id| id.trim_matches(['<', '>']).to_owned());
        document.id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| origin.clone());
        document.origin = origin;
        let address = head.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned());
        document.url = address.or(document.url);
        if let Some(date) = head.get("warc-date") {
            document.extra.insert("crawled".to_owned(), Value::String(date.to_owned()));
        }
        self.ready.push_back(Item::Document(document));
    }

    fn reject(&mut self, reason: Reason) {
        let error = InputError::of(&self.source.file, reason);
        let error = if self.number > 0 { error.at(self.number, None) } else { error };
        self.ready.push_back(Item::Rejected(error));
    }
}

/// Ends the archive where a record is torn off.
fn whole(read: u64, length: u64) -> io::Result<()> {
    if read < length {
        return Err(io::Error::other(malformed("the archive ends within a record")));
    }
    Ok(())
}

fn malformed(what: &str) -> Reason {
    Reason::Malformed { format: "web archive", what: what.to_owned() }
}

/// The document of a record, if it is one.
fn document(head: &Head, kind: &str, body: &[u8], options: &Options) -> Result<Option<Document>, Reason> {
    if kind != "response" {
        let media = if kind == "conversion" { "text/plain".to_owned() } else { head.media() };
        return content(&media, head.charset(), body, options);
    }
    let mut rest = body;
    let mut status = Vec::new();
    if !matches!(read_line(&mut rest, &mut status, LINE), Ok(Line::Read)) || !status.starts_with(b"HTTP/") {
        return Ok(None);
    }
    let succeeded = status.split(|b| *b == b' ').nth(1).is_some_and(|code| code.starts_with(b"2"));
    let http = Head::read(&mut rest)?;
    if !succeeded || !["text/html", "application/xhtml+xml", "text/plain"].contains(&http.media().as_str()) {
        return Ok(None);
    }
    let chunked = http.get("transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked"));
    let joined = if chunked { join_chunks(rest) } else { None };
    let payload = unpacked(joined.unwrap_or_else(|| rest.to_vec()), options)?;
    content(&http.media(), http.charset(), &payload, options)
}

fn content(
    media: &str,
    charset: Option<&str>,
    bytes: &[u8],
    options: &Options,
) -> Result<Option<Document>, Reason> {
    match media {
        "text/html" | "application/xhtml+xml" => html::article(bytes, charset, options).map(Some),
        "text/plain" => {
            let decoded = encoding::decode(bytes, options.encoding);
            let (text, encoding) = decoded.map_or_else(
                || (String::from_utf8_lossy(bytes).into_owned(), None),
                |(text, name)| (text.into_owned(), Some(name)),
            );
            let text = text.trim().to_owned();
            Ok((!text.is_empty()).then(|| Document {
                text,
                encoding: encoding.map(Into::into),
                ..Document::default()
            }))
        }
        _ => Ok(None),
    }
}

/// A body that was sent in chunks; `None` if the archive stored it joined.
fn join_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(joined);
        }
        let chunk = rest.get(end + 1..(end + 1).checked_add(size)?)?;
        joined.extend_from_slice(chunk);
        rest = &rest[end + 1 + size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

/// A body that was sent packed.
fn unpacked(body: Vec<u8>, options: &Options) -> Result<Vec<u8>, Reason> {
    let budget = Budget::new(options.expansion);
    budget.packed().store(body.len() as u64, std::sync::atomic::Ordering::Relaxed);
    let mut bytes = Vec::new();
    unpack(io::Cursor::new(body), &budget)?.0.take(options.limit as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn record(kind: &str, more: &str, body: &str) -> String {
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{more}Content-Length: {}\r\n\r\n{body}\r\n\r\n", body.len())
    }

    fn shown(archive: &str) -> Vec<String> {
        let show = |item| match item {
            Item::Document(d) => format!("{} {:?} {}", d.id, d.url, d.text),
            Item::Rejected(e) | Item::Warning(e) => e.to_string(),
        };
        let reader = Cursor::new(archive.as_bytes().to_vec());
        read(Source::of("a.warc", "a.warc", reader, Options::default())).map(show).collect()
    }

    const HEAD: &str = "WARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://example.org/1\r\nWARC-Date: 2024-01-29T00:00:00Z\r\n";

    #[test]
    fn texts_and_pages_are_documents_and_the_rest_is_passed_over() {
        let paragraph = "أعلنت الوزارة أن العدد بلغ ثلاثة آلاف، وأن العمل مستمر في المحافظات كلها. ".repeat(4);
        let page = format!("<html><body><article><p>{paragraph}</p></article></body></html>");
        let chunked = format!("{:x}\r\n{page}\r\n0\r\n\r\n", page.len());
        let http = |status: &str, more: &str, body: &str| {
            format!("HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n{body}")
        };
        let archive = [
            record("warcinfo", "", "software: x"),
            record("conversion", HEAD, "نص أول"),
            record("request", "", "GET / HTTP/1.1"),
            record("response", "", &http("200 OK", "", &page)),
            record("response", "", &http("200 OK", "Transfer-Encoding: chunked\r\n", &chunked)),
            record("response", "", &http("404 Not Found", "", &page)),
        ]
        .concat();
        let found = shown(&archive);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0], "urn:uuid:1 Some(\"https://example.org/1\") نص أول");
        assert!(found[1].starts_with("a.warc:4 None أعلنت"), "{}", found[1]);
        assert!(found[2].starts_with("a.warc:5 None أعلنت"), "{}", found[2]);
    }

    #[test]
    fn what_is_torn_or_garbled_is_one_message() {
        let good = record("conversion", "", "نص");
        let found = shown(&format!(
            "{good}garbage\r\nmore\r\n{good}WARC/1.0\r\n\r\n{good}{}",
            &good[..good.len() - 6]
        ));
        let lost = "a.warc:1: broken web archive: no record begins where one should; read on at the next";
        let torn = "a.warc:5: broken web archive: the archive ends within a record";
        let bare = "a.warc:3: broken web archive: a record without Content-Length";
        assert_eq!(found, ["a.warc:1 None نص", lost, "a.warc:2 None نص", bare, "a.warc:4 None نص", torn]);
    }
}
