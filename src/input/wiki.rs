//! Dumps of wikis (`MediaWiki`'s export format): an article is a document, its
//! markup taken off. Redirects, talk and other pages than articles are passed over.
//!
//! Entities that a document type defines are never expanded.

use std::collections::VecDeque;
use std::io::BufReader;

use quick_xml::Reader as Xml;
use quick_xml::events::Event;
use serde_json::Value;

use super::decode::{CHUNK, Metered, Piece};
use super::{Format, Item, Items, Source, wikitext};
use crate::document::Document;
use crate::error::{InputError, Reason};

/// The format.
pub const FORMAT: Format = Format {
    name: "mediawiki",
    extensions: &["xml"],
    about: "a dump of a wiki in MediaWiki's XML, an article a document, its markup taken off",
    recognised: "<mediawiki at the beginning",
    begins: |head| {
        head.starts_with("<mediawiki") || (head.starts_with("<?xml") && head.contains("<mediawiki"))
    },
    certain: true,
    example: "<mediawiki><page><title>عنوان</title><ns>0</ns><id>1</id><revision><text>نص</text></revision></page></mediawiki>",
    read,
};

/// Open elements above which it is no dump.
const DEPTH: usize = 64;

fn read(source: Source) -> Items {
    source.utf8(|mut source| {
        let (bytes, piece) = Metered::new(source.take_reader(), source.options.limit);
        let mut xml = Xml::from_reader(BufReader::with_capacity(CHUNK, bytes));
        xml.config_mut().allow_dangling_amp = true;
        let pages = Pages {
            source,
            xml,
            piece,
            buffer: Vec::new(),
            path: Vec::new(),
            site: Site::default(),
            page: Page::default(),
            number: 0,
            ended: false,
            ready: VecDeque::new(),
        };
        Box::new(pages)
    })
}

struct Pages {
    source: Source,
    xml: Xml<BufReader<Metered>>,
    piece: Piece,
    buffer: Vec<u8>,
    /// Names of the open elements.
    path: Vec<String>,
    site: Site,
    page: Page,
    /// Number of the page, from 1.
    number: usize,
    ended: bool,
    ready: VecDeque<Item>,
}

/// What the dump says of its wiki.
#[derive(Default)]
struct Site {
    name: String,
    base: String,
    database: String,
}

#[derive(Default)]
struct Page {
    title: String,
    space: String,
    id: String,
    moment: String,
    text: String,
    redirect: bool,
    too_long: bool,
}

/// What an event says.
enum Step {
    Open(String, bool),
    Close,
    Text(String),
    End,
    Nothing,
}

impl Iterator for Pages {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            match self.step() {
                Ok(step) => self.take(step),
                Err(reason) => self.fail(reason),
            }
        }
        self.ready.pop_front()
    }
}

impl Pages {
    fn step(&mut self) -> Result<Step, Reason> {
        self.piece.next();
        self.buffer.clear();
        let event = self.xml.read_event_into(&mut self.buffer).map_err(|error| match error {
            quick_xml::Error::Io(error) => Reason::from(std::io::Error::other(error)),
            error => malformed(error.to_string()),
        })?;
        Ok(match event {
            Event::Start(start) => Step::Open(start.name().0.to_owned(), true),
            Event::Empty(start) => Step::Open(start.name().0.to_owned(), false),
            Event::End(_) => Step::Close,
            Event::Text(text) => Step::Text(text.into_inner().into_owned()),
            Event::CData(text) => Step::Text(text.into_inner().into_owned()),
            Event::GeneralRef(reference) => Step::Text(match reference.resolve_char_ref() {
                Ok(Some(sign)) => sign.to_string(),
                _ => entity(&reference),
            }),
            Event::Eof => Step::End,
            _ => Step::Nothing,
        })
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Open(name, stays) => self.open(name, stays),
            Step::Close => {
                if self.path.pop().as_deref() == Some("page") {
                    self.finish();
                }
            }
            Step::Text(text) => self.text(&text),
            Step::End => {
                self.ended = true;
                if !self.path.is_empty() {
                    self.fail(malformed("the dump ends within an element".to_owned()));
                } else if self.number == 0 {
                    self.fail(Reason::Empty);
                }
            }
            Step::Nothing => {}
        }
    }

    fn open(&mut self, name: String, stays: bool) {
        if self.path.is_empty() && !matches!(name.as_str(), "mediawiki" | "page") {
            return self.fail(malformed(format!("it begins with <{name}>")));
        }
        match name.as_str() {
            "page" => {
                self.number += 1;
                self.page = Page::default();
            }
            "redirect" => self.page.redirect = true,
            // Of several revisions the last is the article.
            "text" | "timestamp" => self.slot(&name).clear(),
            _ => {}
        }
        if stays {
            self.path.push(name);
        }
        if self.path.len() > DEPTH {
            self.fail(malformed(format!("more than {DEPTH} open elements")));
        }
    }

    fn slot(&mut self, name: &str) -> &mut String {
        match name {
            "title" => &mut self.page.title,
            "ns" => &mut self.page.space,
            "id" => &mut self.page.id,
            "timestamp" => &mut self.page.moment,
            "sitename" => &mut self.site.name,
            "base" => &mut self.site.base,
            "dbname" => &mut self.site.database,
            _ => &mut self.page.text,
        }
    }

    fn text(&mut self, text: &str) {
        let [.., parent, name] = self.path.as_slice() else { return };
        let wanted = matches!(
            (parent.as_str(), name.as_str()),
            ("page", "title" | "ns" | "id")
                | ("revision", "timestamp" | "text")
                | ("siteinfo", "sitename" | "base" | "dbname")
        );
        if !wanted || self.page.too_long {
            return;
        }
        let (name, limit) = (name.clone(), self.source.options.limit);
        let slot = self.slot(&name);
        if slot.len() + text.len() > limit {
            *slot = String::new();
            self.page.too_long = true;
        } else {
            slot.push_str(text);
        }
    }

    fn finish(&mut self) {
        let page = std::mem::take(&mut self.page);
        let (file, number, limit) = (&self.source.file, self.number, self.source.options.limit);
        if page.too_long {
            let error = InputError::of(file, Reason::TooLong { limit }).at(number, None);
            return self.ready.push_back(Item::Rejected(error));
        }
        let article = page.space.is_empty() || page.space.trim() == "0";
        let text = if article && !page.redirect {
            wikitext::plain(&format!("\n{}", page.text))
        } else {
            String::new()
        };
        if text.is_empty() {
            return;
        }
        let origin = format!("{}:{number}", self.source.name);
        let wiki = Some(self.site.database.as_str()).filter(|d| !d.is_empty()).unwrap_or(&self.source.name);
        let id = if page.id.is_empty() { origin.clone() } else { format!("{wiki}:{}", page.id) };
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut document = Document {
            id,
            text,
            url: address(&self.site.base, &page.title),
            title: filled(&page.title),
            source: filled(&self.site.name),
            encoding: self.source.encoding.map(Into::into),
            origin,
            ..Document::default()
        };
        if let Some(moment) = filled(&page.moment) {
            document.extra.insert("revised".to_owned(), Value::String(moment));
        }
        self.ready.push_back(Item::Document(document));
    }

    fn fail(&mut self, reason: Reason) {
        self.ended = true;
        let error = InputError::of(&self.source.file, reason);
        let error = if self.number > 0 { error.at(self.number, None) } else { error };
        self.ready.push_back(Item::Rejected(error));
    }
}

fn malformed(what: String) -> Reason {
    Reason::Malformed { format: "MediaWiki dump", what }
}

/// The five entities of XML; others stay as they are written.
fn entity(name: &str) -> String {
    match name {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" => "&".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

/// The page's address beside that of the main page.
fn address(base: &str, title: &str) -> Option<String> {
    let (folder, _) = base.rsplit_once('/').filter(|(folder, _)| folder.starts_with("http"))?;
    Some(format!("{folder}/{}", title.replace(' ', "_")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::options::Options;
    use std::io::Cursor;

    fn shown(dump: &str) -> Vec<String> {
        let show = |item| match item {
            Item::Document(d) => format!("{} {:?} {:?} {}", d.id, d.title, d.url, d.text),
            Item::Rejected(e) | Item::Warning(e) => e.to_string(),
        };
        let reader = Cursor::new(dump.as_bytes().to_vec());
        let options = Options { limit: 1000, ..Options::default() };
        read(Source::of("w.xml", "w.xml", reader, options)).map(show).collect()
    }

    fn page(space: u8, id: u8, more: &str, text: &str) -> String {
        format!(
            "<page><title>عنوان {id}</title><ns>{space}</ns><id>{id}</id>{more}<revision><id>99</id><text bytes=\"9\">{text}</text></revision></page>"
        )
    }

    const SITE: &str = "<siteinfo><sitename>موسوعة</sitename><dbname>xwiki</dbname><base>https://example.org/wiki/Main</base></siteinfo>";

    #[test]
    fn articles_are_documents_and_other_pages_are_passed_over() {
        let pages = [
            page(0, 1, "", "'''نص''' &amp;ndash; 3 &lt; 5 &#1632;"),
            page(1, 2, "", "نقاش"),
            page(0, 3, "<redirect title=\"x\"/>", "#تحويل [[x]]"),
        ];
        let dump = format!("<mediawiki>{SITE}{}</mediawiki>", pages.concat());
        let wanted = "xwiki:1 Some(\"عنوان 1\") Some(\"https://example.org/wiki/عنوان_1\") نص – 3 < 5 ٠";
        assert_eq!(shown(&dump), [wanted]);
    }

    #[test]
    fn torn_and_hostile_dumps_end_in_one_message() {
        let torn = format!("<mediawiki>{}<page>", page(0, 1, "", "نص"));
        assert_eq!(shown(&torn)[1], "w.xml:2: broken MediaWiki dump: the dump ends within an element");
        let deep = format!("<mediawiki>{}", "<a>".repeat(100_000));
        assert_eq!(shown(&deep), ["w.xml: broken MediaWiki dump: more than 64 open elements"]);
        let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
        let dump = format!("{laughs}<mediawiki>{}</mediawiki>", page(0, 1, "", "نص &b;"));
        assert!(shown(&dump)[0].ends_with("نص &b;"), "{:?}", shown(&dump));
        let long = format!(
            "<mediawiki>{}{}</mediawiki>",
            page(0, 1, "", &"&lt;".repeat(2000)),
            page(0, 2, "", "نص")
        );
        assert_eq!(shown(&long).len(), 2);
    }
}
