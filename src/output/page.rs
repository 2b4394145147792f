//! A text with its findings as a web page of its own: right to left, coloured,
//! with a legend, readable without network or scripts.
//!
//! Also cuts a text into pieces by what was found in it, for other displays.

use std::fmt::Write;

use crate::document::Document;
use crate::record::{Record, Words};
use crate::span::{Offsets, Units};

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The number of a claim.
    Claim,
    /// A date.
    Date,
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A group of people.
    Group,
    /// An event, a work or the like.
    Other,
}

impl Mark {
    /// All marks, in the order of the legend.
    pub const ALL: [Self; 7] =
        [Self::Claim, Self::Date, Self::Person, Self::Organisation, Self::Place, Self::Group, Self::Other];

    /// Name of the style.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Date => "date",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Group => "group",
            Self::Other => "other",
        }
    }

    /// Name in the legend.
    pub const fn arabic(self) -> &'static str {
        match self {
            Self::Claim => "عدد",
            Self::Date => "تاريخ",
            Self::Person => "شخص",
            Self::Organisation => "جهة",
            Self::Place => "مكان",
            Self::Group => "جماعة",
            Self::Other => "حدث أو عمل",
        }
    }

    fn of_entity(kind: &str) -> Self {
        match kind {
            "PER" => Self::Person,
            "ORG" => Self::Organisation,
            "LOC" => Self::Place,
            "NORP" => Self::Group,
            _ => Self::Other,
        }
    }
}

/// A piece of a text and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words as they stand.
    pub text: &'a str,
    /// What they are, if anything.
    pub mark: Option<Mark>,
    /// What is known of it, for a tooltip.
    pub note: String,
}

/// A finding's place, mark and note.
type Finding = (usize, usize, Mark, String);

/// Cuts `text` by what `record`, whose offsets count characters, found in it.
/// Of findings that overlap the one found inside the other is kept, and a
/// number or date before a name.
pub fn pieces<'a>(text: &'a str, record: &Record<'_>) -> Vec<Piece<'a>> {
    let found = findings(record);
    let offsets = Offsets::new(text, Units::Chars);
    let mut owners = vec![usize::MAX; text.len()];
    for (number, (start, end, ..)) in found.iter().enumerate() {
        owners[offsets.byte(*start)..offsets.byte(*end)].fill(number);
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    for run in owners.chunk_by(|a, b| a == b) {
        let (mark, note) = found.get(run[0]).map_or((None, ""), |(_, _, mark, note)| (Some(*mark), note));
        pieces.push(Piece { text: &text[at..at + run.len()], mark, note: note.to_owned() });
        at += run.len();
    }
    pieces
}

/// What was found, in the order in which one covers the other.
fn findings(record: &Record<'_>) -> Vec<Finding> {
    let entities = record.entities.iter().map(|entity| {
        let name = entity.name.as_deref().unwrap_or(&entity.surface);
        let note = [Some(name), entity.role.as_deref(), entity.code.as_deref()];
        let note = note.into_iter().flatten().collect::<Vec<_>>().join("، ");
        (entity.start, entity.end, Mark::of_entity(&entity.kind), note)
    });
    let dates = record.dates.iter().map(|date| {
        let value = date.resolved.as_ref().unwrap_or(&date.edtf);
        (date.start, date.end, Mark::Date, value.clone().into_owned())
    });
    let claims = record.claims.iter().map(|claim| {
        let value = claim.value.map(|v| v.0.to_string()).unwrap_or_default();
        let noun = claim.noun.as_ref().map_or("", |noun| noun.surface.as_ref());
        let note = [claim.kind.as_ref(), claim.comparator.as_ref(), &value, noun];
        let note: Vec<_> = note.into_iter().filter(|part| !part.is_empty()).collect();
        (claim.start, claim.end, Mark::Claim, note.join(" "))
    });
    entities.chain(dates).chain(claims).collect()
}

/// Colours: each keeps a contrast of 7 to 1 and more with black text, and in
/// the dark with white.
const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:1.15rem/2 'Noto Naskh Arabic','Amiri','Segoe UI',Tahoma,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;\
background:#fff;color:#111}
h1{font-size:1.6rem;line-height:1.5}h2{font-size:1.2rem;margin-top:2rem}
.about,.legend{color:#444;font-size:.95rem}.text{white-space:pre-wrap;overflow-wrap:anywhere}
mark{color:#111;border-radius:.2em;padding:.05em .15em}
.claim{background:#ffe08a;font-weight:bold}.date{background:#c5e8c0}.person{background:#f7c6d9}.organisation{background:#c9d8ff}
.place{background:#bfe9ee}.group{background:#e6d2fb}.other{background:#e2e2d6}
table{border-collapse:collapse;width:100%;font-size:.95rem}
td,th{border-bottom:1px solid #bbb;padding:.3em .5em;text-align:start;vertical-align:top}
@media(prefers-color-scheme:dark){body{background:#16181c;color:#eee}.about,.legend{color:#ccc}mark{color:#fff}
.claim{background:#6b4e00}.date{background:#1e5a1a}.person{background:#7a1f48}.organisation{background:#24408f}
.place{background:#0f5660}.group{background:#55308a}.other{background:#4a4a3c}}";

/// The page of a document.
pub fn page(document: &Document, record: &Record<'_>) -> String {
    let title = document.title.as_deref().unwrap_or(&document.id);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{0}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1 dir=\"auto\">{0}</h1>\n",
        escape(title)
    );
    let about = [document.source.as_deref(), document.published.as_deref(), Some(&document.id)];
    let about: Vec<_> =
        about.into_iter().flatten().map(|part| format!("<bdi>{}</bdi>", escape(part))).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(page, "<p class=\"about\">{}</p>", about.join(" · "));
    legend(&mut page);
    page.push_str("<article class=\"text\" dir=\"auto\">");
    for piece in pieces(&document.text, record) {
        write_piece(&mut page, &piece);
    }
    page.push_str("</article>\n");
    tables(&mut page, record);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn legend(page: &mut String) {
    page.push_str("<p class=\"legend\">");
    for mark in Mark::ALL {
        let _ = write!(page, "<mark class=\"{}\">{}</mark> ", mark.name(), mark.arabic());
    }
    page.push_str("</p>\n");
}

fn write_piece(page: &mut String, piece: &Piece<'_>) {
    let text = escape(piece.text);
    match piece.mark {
        Some(mark) => {
            let _ = write!(
                page,
                "<mark class=\"{}\" title=\"{}: {}\">{text}</mark>",
                mark.name(),
                mark.arabic(),
                escape(&piece.note)
            );
        }
        None => page.push_str(&text),
    }
}

fn tables(page: &mut String, record: &Record<'_>) {
    let number = |exact: Option<crate::record::Exact>| exact.map(|e| e.0.to_string()).unwrap_or_default();
    let claims = record.claims.iter().map(|c| {
        let value = if c.min.is_some() || c.max.is_some() {
            format!("{}–{}", number(c.min), number(c.max))
        } else {
            number(c.value)
        };
        let unit = c.unit.as_ref().map_or("", |u| u.code.as_deref().unwrap_or(&u.surface)).into();
        let noun = c.noun.as_ref().map(|n| n.surface.clone()).unwrap_or_default();
        let source = c.attribution.as_ref().map(|a| a.source.surface.clone()).unwrap_or_default();
        [c.surface.clone(), value.into(), unit, c.comparator.clone(), noun, source]
    });
    table(page, "الأعداد", &["كما ورد", "القيمة", "الوحدة", "المقارنة", "المعدود", "المصدر"], claims);
    let dates = record
        .dates
        .iter()
        .map(|d| [d.surface.clone(), d.edtf.clone(), d.resolved.clone().unwrap_or_default(), d.kind.clone()]);
    table(page, "التواريخ", &["كما ورد", "القيمة", "بعد الحل", "النوع"], dates);
    let entities = record.entities.iter().map(|e| {
        let name = e.name.clone().unwrap_or_default();
        [e.surface.clone(), e.kind.clone(), name, e.role.clone().unwrap_or_default()]
    });
    table(page, "الأسماء", &["كما ورد", "النوع", "الاسم المعروف", "الصفة"], entities);
}

fn table<'a, const N: usize>(
    page: &mut String,
    title: &str,
    head: &[&str; N],
    rows: impl Iterator<Item = [Words<'a>; N]>,
) {
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let cells = |tag: &str, cells: &mut dyn Iterator<Item = String>| -> String {
        let row: Vec<_> = cells.map(|cell| format!("<{tag}><bdi>{cell}</bdi></{tag}>")).collect();
        row.concat()
    };
    let _ = writeln!(page, "<section>\n<h2>{title}</h2>\n<table>");
    let _ = writeln!(page, "<tr>{}</tr>", cells("th", &mut head.iter().map(|h| (*h).to_owned())));
    for row in rows {
        let _ = writeln!(page, "<tr>{}</tr>", cells("td", &mut row.iter().map(|cell| escape(cell))));
    }
    page.push_str("</table>\n</section>\n");
}

/// Whether `c` overrides or embeds a direction, or breaks a line unseen, so
/// that what follows it is not shown as it stands.
pub const fn steers(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// `text` with the characters that mean something in HTML escaped; control
/// characters other than white space become spaces, and what steers the
/// direction of what follows disappears.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if steers(c) => {}
            c if c.is_control() && !matches!(c, '\n' | '\t' | '\r') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Lexicons, extract};
    use crate::normalize::normalize;
    use crate::record::record;

    /// Gives `check` a document of `text` and its record.
    fn with_record(text: &str, check: impl Fn(&Document, &Record<'_>)) {
        let document = Document { id: "a<1>".to_owned(), ..Document::from_text(text) };
        let text = normalize(&document.text);
        let found = extract(&text, &Lexicons::builtin(), None);
        check(&document, &record(&document, &text, &found, Units::Chars));
    }

    #[test]
    fn pieces_are_the_whole_text() {
        with_record("أُفرج عن 350 أسيرًا و<56> سيدة.\nانتهى.", |document, record| {
            let joined: String = pieces(&document.text, record).iter().map(|p| p.text).collect();
            assert_eq!(joined, document.text);
        });
    }

    #[test]
    fn nothing_of_the_text_is_markup() {
        let turned = escape("12\u{202E}34\u{2066}\u{1b}[31m");
        assert_eq!(turned, "1234 [31m");
        with_record(
            "قال <script>alert(1)</script> و\"اقتبس\" 12 مرة & مضى",
            |document, record| {
                let page = page(document, record);
                assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
                assert!(page.contains("dir=\"rtl\"") && page.contains("a&lt;1&gt;"));
            },
        );
    }
}
