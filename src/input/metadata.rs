//! What a web page says about its article: headline, author, outlet and time
//! of publication. First what it tells machines in JSON-LD, then its `meta`
//! elements, then a `time` in the article.

use dom_smoothie::Readability;
use serde_json::Value;

use super::fields;

/// What was said.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// ISO 8601.
    pub published: Option<String>,
}

/// Names of `meta` elements that hold the time of publication, in small letters, the surest first.
const TIMES: [&str; 16] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date_published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "date",
];

/// Where a `time` element is that of the article.
const PLACES: [&str; 4] =
    ["time[itemprop=datePublished]", "time[pubdate]", "article time[datetime]", "main time[datetime]"];

/// Objects in objects of JSON-LD that are looked into.
const DEPTH: usize = 5;

/// What `page`, as it came, says about its article.
pub fn of(page: &Readability) -> Metadata {
    let mut found = linked_data(page).unwrap_or_default();
    if found.published.is_none() {
        found.published = meta(page).or_else(|| time(page));
    }
    found
}

/// The article among the page's blocks of JSON-LD.
fn linked_data(page: &Readability) -> Option<Metadata> {
    let blocks = page.doc.select("script[type='application/ld+json']");
    blocks.iter().find_map(|block| {
        let value = serde_json::from_str::<Value>(block.text().trim()).ok()?;
        let article = article(&value, DEPTH)?;
        let text = |value: &Value| value.as_str().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        Some(Metadata {
            title: text(&article["headline"]),
            author: names(&article["author"]),
            source: names(&article["publisher"]),
            published: text(&article["datePublished"]).as_deref().and_then(day),
        })
    })
}

/// The first article in what may be a list or a graph.
fn article(value: &Value, depth: usize) -> Option<&Value> {
    let within = |value| article(value, depth.checked_sub(1)?);
    match value {
        Value::Array(values) => values.iter().find_map(within),
        Value::Object(fields) if is_article(&value["@type"]) => {
            fields.contains_key("headline").then_some(value)
        }
        Value::Object(fields) => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .find_map(|name| fields.get(*name).and_then(within)),
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    let named =
        |kind: &Value| kind.as_str().is_some_and(|k| k.ends_with("Article") || k.ends_with("Posting"));
    named(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(named))
}

/// A name, or those of persons or organisations.
fn names(value: &Value) -> Option<String> {
    let all: Vec<_> = match value {
        Value::String(name) => vec![name.as_str()],
        Value::Object(_) => value["name"].as_str().into_iter().collect(),
        Value::Array(values) => {
            values.iter().filter_map(|v| v.as_str().or_else(|| v["name"].as_str())).collect()
        }
        _ => Vec::new(),
    };
    let all: Vec<_> = all.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    (!all.is_empty()).then(|| all.join("، "))
}

fn meta(page: &Readability) -> Option<String> {
    let elements = page.doc.select("meta[content]");
    let said: Vec<_> = elements
        .iter()
        .filter_map(|element| {
            let name = ["property", "name", "itemprop"].iter().find_map(|a| element.attr(a))?;
            Some((name.trim().to_ascii_lowercase(), element.attr("content")?))
        })
        .collect();
    let value = |name: &&str| said.iter().find(|(n, _)| n == name).and_then(|(_, content)| day(content));
    TIMES.iter().find_map(value)
}

fn time(page: &Readability) -> Option<String> {
    let first = |place: &&str| {
        let elements = page.doc.select(place);
        elements.iter().find_map(|e| day(&e.attr("datetime").or_else(|| e.attr("content"))?))
    };
    PLACES.iter().find_map(first)
}

/// A day or moment; of one in a form of its own the day.
pub fn day(text: &str) -> Option<String> {
    fields::date(text).or_else(|| fields::date(text.trim().get(..10)?))
}

/// The title without the outlet's name at its end.
pub fn headline(title: &str, source: Option<&str>) -> String {
    let without = source.and_then(|source| title.trim().strip_suffix(source.trim()));
    let without =
        without.map(|rest| rest.trim_end().trim_end_matches(['|', '-', '–', '—', '•', '·', '»', ':']));
    without.map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(title.trim()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(head: &str, body: &str) -> Metadata {
        let page = format!("<html><head>{head}</head><body>{body}</body></html>");
        of(&Readability::new(page, None, None).expect("a page"))
    }

    fn linked(json: &str) -> Metadata {
        said(&format!("<script type=\"application/ld+json\">{json}</script>"), "")
    }

    #[test]
    fn the_article_of_json_ld_is_found_where_it_stands() {
        let article = r#"{"@type":"NewsArticle","headline":" عنوان ","datePublished":"2024-02-03T05:00:00Z",
            "author":[{"@type":"Person","name":"كريم"},{"name":"سلمى"}],"publisher":{"name":"الوكالة"}}"#;
        let graph =
            format!(r#"{{"@context":"https://schema.org","@graph":[{{"@type":"WebPage"}},{article}]}}"#);
        for json in [article.to_owned(), format!("[{article}]"), graph] {
            let found = linked(&json);
            assert_eq!(found.title.as_deref(), Some("عنوان"), "{json}");
            assert_eq!(found.author.as_deref(), Some("كريم، سلمى"));
            assert_eq!(found.source.as_deref(), Some("الوكالة"));
            assert_eq!(found.published.as_deref(), Some("2024-02-03T05:00:00Z"));
        }
        for json in ["{", "5", r#"{"@type":"WebSite","headline":"x"}"#, r#"{"@type":["Organization"]}"#] {
            assert_eq!(linked(json), Metadata::default(), "{json}");
        }
    }

    #[test]
    fn meta_elements_and_times_say_the_day() {
        let day = |head: &str, body: &str| said(head, body).published;
        assert_eq!(
            day("<meta name=PubDate content='2024-01-05 10:00'>", "").as_deref(),
            Some("2024-01-05 10:00")
        );
        assert_eq!(
            day("<meta itemprop=datePublished content=2024-01-06>", "").as_deref(),
            Some("2024-01-06")
        );
        let both =
            "<meta name=date content=2024-01-09><meta property=article:published_time content=2024-01-07>";
        assert_eq!(day(both, "").as_deref(), Some("2024-01-07"));
        let time = "<aside><time datetime=2020-01-01></time></aside><article><time datetime='2024-01-08T09:00+0300'>";
        assert_eq!(day("", time).as_deref().map(|d| &d[..10]), Some("2024-01-08"));
        assert_eq!(day("", "<time datetime=2024-01-08></time>"), None, "of what it is nobody says");
    }

    #[test]
    fn the_outlet_is_no_part_of_the_headline() {
        for title in ["عنوان الخبر | صحيفة الخبر", "عنوان الخبر - صحيفة الخبر", "عنوان الخبر"]
        {
            assert_eq!(headline(title, Some("صحيفة الخبر")), "عنوان الخبر");
        }
        assert_eq!(headline("صحيفة الخبر", Some("صحيفة الخبر")), "صحيفة الخبر");
    }
}
