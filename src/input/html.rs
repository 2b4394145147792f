//! A web page: its article without what stands around it, with title, author,
//! outlet and day of publication as the page's metadata give them.

use std::io::Read;

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::{Encoding, UTF_8};
use serde_json::{Map, Value};

use super::options::Options;
use super::{Format, Item, Items, Source, boilerplate, encoding, metadata};
use crate::document::Document;
use crate::error::{InputError, Reason};

/// The format.
pub const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    about: "a web page, one document a file: its article with title, author, outlet and day of publication",
    recognised: "<!doctype html or <html at the beginning",
    begins: |head| {
        let start: String = head.chars().take(200).collect::<String>().to_ascii_lowercase();
        start.starts_with("<!doctype html")
            || start.starts_with("<html")
            || (start.starts_with("<?xml") && start.contains("<html"))
    },
    certain: true,
    example: "<!doctype html><title>عنوان</title><article><p>نص من كلمات</p></article>",
    read,
};

/// The longest page in bytes; more is no article.
const LONGEST: usize = 8 << 20;
/// Elements above which a page is no article, and how deep they may stand.
const ELEMENTS: usize = 100_000;
const DEPTH: usize = 1000;
/// What of a page takes the parser a time that grows with its square.
const ATTRIBUTES: usize = 20_000;
const ENTITIES: usize = 100_000;
/// Bytes in which a page names its encoding.
const PRESCAN: usize = 4096;

fn read(source: Source) -> Items {
    let mut source = Some(source);
    Box::new(std::iter::from_fn(move || source.take().map(read_all)).flatten())
}

fn read_all(source: Source) -> Vec<Item> {
    let Source { file, name, reader, options, .. } = source;
    let limit = options.limit.min(LONGEST);
    let mut bytes = Vec::new();
    let read = match reader.take(limit as u64 + 1).read_to_end(&mut bytes) {
        Err(error) => Err(error.into()),
        Ok(_) if bytes.len() > limit => Err(Reason::TooLong { limit }),
        Ok(_) if bytes.trim_ascii().is_empty() => Err(Reason::Empty),
        Ok(_) => article(&bytes, None, &options),
    };
    match read {
        Ok(mut document) => {
            (document.id, document.origin) = (name.clone(), name);
            vec![Item::Document(document)]
        }
        Err(reason) => vec![Item::Rejected(InputError::of(file, reason))],
    }
}

/// The article of a page; `charset` is what was said about it elsewhere.
///
/// # Errors
/// When the page is none or holds no article.
pub fn article(bytes: &[u8], charset: Option<&str>, options: &Options) -> Result<Document, Reason> {
    let (page, encoding) = decode(bytes, charset, options.encoding);
    guard(&page)?;
    let config =
        Config { text_mode: TextMode::Formatted, max_elements_to_parse: ELEMENTS, ..Config::default() };
    let broken = |what: String| Reason::Malformed { format: "page", what };
    let mut reader = Readability::new(page, None, Some(config)).map_err(|e| broken(e.to_string()))?;
    // Reading the article takes away what is no part of it.
    let said = metadata::of(&reader);
    boilerplate::strip(&reader);
    let found = reader.parse().map_err(|_| Reason::NoArticle)?;
    let filled = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
    let author = filled(found.byline).or(said.author);
    let text = boilerplate::without_byline(found.text_content.trim(), author.as_deref());
    if text.is_empty() {
        return Err(Reason::NoArticle);
    }
    let mut extra = Map::new();
    let source = filled(found.site_name).or(said.source);
    let title = said.title.or_else(|| Some(metadata::headline(&found.title, source.as_deref())));
    if let Some(author) = author {
        extra.insert("author".to_owned(), Value::String(author));
    }
    Ok(Document {
        text: text.to_owned(),
        title: filled(title),
        published: found.published_time.as_deref().and_then(metadata::day).or(said.published),
        source,
        url: filled(found.url).filter(|url| url.starts_with("http")),
        encoding: encoding.map(Into::into),
        extra,
        ..Document::default()
    })
}

/// Refuses what the parser would need too much depth or time for: elements in
/// elements, and what its time grows with the square of.
fn guard(page: &str) -> Result<(), Reason> {
    let (mut depth, mut deepest) = (0_usize, 0);
    let bytes = page.as_bytes();
    let refuse = |what: String| Err(Reason::Malformed { format: "page", what });
    // Before this place a tag has been looked at.
    let mut seen = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() => {
                depth += usize::from(!is_void(&bytes[at + 1..]));
                if at >= seen {
                    let tag =
                        &bytes[at..memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end)];
                    seen = at + tag.len();
                    if tag.iter().filter(|b| b.is_ascii_whitespace() || b"/\"'".contains(b)).count()
                        > ATTRIBUTES
                    {
                        return refuse(format!("more than {ATTRIBUTES} attributes of an element"));
                    }
                }
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest > DEPTH {
        return refuse(format!("more than {DEPTH} open elements"));
    }
    if memchr::memchr_iter(b'&', bytes).count() > ENTITIES {
        return refuse(format!("more than {ENTITIES} signs &"));
    }
    Ok(())
}

/// Elements that never end, or seldom do where they might.
fn is_void(tag: &[u8]) -> bool {
    let end = tag.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let names =
        ["br", "img", "p", "li", "link", "meta", "input", "hr", "td", "tr", "dt", "dd", "option", "source"];
    names.iter().any(|name| tag[..end].eq_ignore_ascii_case(name.as_bytes()))
}

/// The page as text, by what the user, the page or its bytes say.
fn decode(
    bytes: &[u8],
    charset: Option<&str>,
    forced: Option<&'static Encoding>,
) -> (String, Option<&'static str>) {
    let said = || charset.or_else(|| prescan(bytes)).and_then(|label| Encoding::for_label(label.as_bytes()));
    let unsaid = || {
        if std::str::from_utf8(bytes).is_ok() { None } else { encoding::guess(bytes, true) }
    };
    let encoding = forced
        .or_else(|| Encoding::for_bom(bytes).map(|(e, _)| e))
        .or_else(|| said().filter(|e| *e != UTF_8))
        .or_else(unsaid)
        .unwrap_or(UTF_8);
    let text = encoding.decode_with_bom_removal(bytes).0.into_owned();
    (text, (encoding != UTF_8).then(|| encoding.name()))
}

/// What stands after `charset=` near the beginning.
fn prescan(bytes: &[u8]) -> Option<&str> {
    const MARK: &[u8] = b"charset=";
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let at = head.windows(MARK.len()).position(|w| w.eq_ignore_ascii_case(MARK))? + MARK.len();
    let rest = &head[at..];
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let label = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b)).count();
    std::str::from_utf8(&rest[..label]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1256;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="ar"><head><meta charset="CHARSET">
<title>المستشفى يستقبل مئات المرضى - صحيفة الميزان</title>
<meta property="og:title" content="المستشفى يستقبل مئات المرضى">
<meta property="og:site_name" content="صحيفة الميزان">
<meta property="article:published_time" content="2024-01-29T18:00:00+03:00">
<meta name="author" content="سلمى الحاج"></head><body>
<nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>
<article><h1>المستشفى يستقبل مئات المرضى</h1>
<p>استقبل المستشفى المركزي في المدينة 350 مريضًا خلال أسبوع واحد، وفق ما أعلن مديره في مؤتمر صحفي عقده صباح الاثنين أمام عدد من الصحفيين.</p>
<p>وأضاف المدير أن الطواقم الطبية تعمل على مدار الساعة، وأن الأدوية المتوفرة تكفي لمدة ثلاثة أسابيع فقط، داعيًا المنظمات إلى تقديم العون.</p>
</article><footer>جميع الحقوق محفوظة 2024</footer></body></html>"#;

    #[test]
    fn an_article_is_taken_out_of_its_page() {
        let page = article(PAGE.as_bytes(), None, &Options::default()).expect("an article");
        assert_eq!(page.title.as_deref(), Some("المستشفى يستقبل مئات المرضى"));
        assert_eq!(page.source.as_deref(), Some("صحيفة الميزان"));
        assert_eq!(page.published.as_deref(), Some("2024-01-29T18:00:00+03:00"));
        assert_eq!(page.extra["author"], "سلمى الحاج");
        assert!(page.text.contains("350 مريضًا") && page.text.contains("\nوأضاف"), "{}", page.text);
        assert!(!page.text.contains("الرئيسية") && !page.text.contains("الحقوق"), "{}", page.text);
        assert_eq!(page.encoding, None);
    }

    #[test]
    fn the_encoding_is_what_the_page_says_or_looks_like() {
        for charset in ["windows-1256", "none"] {
            let page = PAGE.replace("CHARSET", charset);
            let found =
                article(&WINDOWS_1256.encode(&page).0, None, &Options::default()).expect("an article");
            assert_eq!(found.encoding.as_deref(), Some("windows-1256"), "{charset}");
            assert!(found.text.contains("350 مريضًا"), "{}", found.text);
        }
    }

    #[test]
    fn no_article_and_no_end_of_depth_are_errors() {
        let read = |page: &str| article(page.as_bytes(), None, &Options::default()).map(|d| d.text);
        assert_eq!(read("<html><body></body></html>"), Err(Reason::NoArticle));
        assert!(read(&"<div>".repeat(5000)).is_err());
        assert!(read(&format!("<html>{}", "<p>".repeat(5000))).is_err());
        assert!(read(&format!("<html>{}", "&".repeat(200_000))).is_err());
        assert!(read(&format!("<html><p {}>", "a ".repeat(50_000))).is_err());
    }
}
