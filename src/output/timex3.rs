//! TIMEX3: a text with its temporal expressions tagged in place, as `HeidelTime`
//! and other `TimeML` tools write it. Claims and entities are not in it.

use std::fmt::Write;

use super::{Format, Layout};
use crate::record::{DateOut, Record};
use crate::span::{Offsets, Units};

/// The format.
pub const FORMAT: Format = Format {
    name: "timex3",
    extensions: &["tml", "xml"],
    about: "the text with its dates tagged as TIMEX3 (TimeML), an XML document for each text",
    guide: "\
Every document is a whole XML document with a declaration of its own; those of several documents follow one another, \
and each line `<?xml` begins the next. An interval keeps its two ends in `value`, joined by a slash.",
    units: None,
    layout: Layout::lines(|record, text, out| out.extend(document(record, text.raw).bytes())),
};

/// The XML document of one text.
fn document(record: &Record<'_>, text: &str) -> String {
    let mut xml = String::with_capacity(text.len() * 2);
    xml += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE TimeML SYSTEM \"TimeML.dtd\">\n";
    let published = record.doc.published.as_deref().unwrap_or("no date");
    // Writing to a string cannot fail.
    let _ = write!(xml, "<!-- {} ({}) -->\n<TimeML>\n", comment(&record.doc.id), comment(published));
    let offsets = Offsets::new(text, Units::from_name(&record.doc.offsets).unwrap_or_default());
    let mut at = 0;
    for (number, date) in (1..).zip(&record.dates) {
        let (start, end) = (offsets.byte(date.start), offsets.byte(date.end));
        escape(&text[at..start], &mut xml);
        open(number, date, &mut xml);
        escape(&text[start..end], &mut xml);
        xml += "</TIMEX3>";
        at = end;
    }
    escape(&text[at..], &mut xml);
    xml += "\n</TimeML>\n";
    xml
}

/// The start tag of an expression; of its attributes those that say something.
fn open(number: usize, date: &DateOut<'_>, xml: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(xml, "<TIMEX3 tid=\"t{number}\"");
    let said = [
        ("type", Some(&*date.kind)),
        ("value", Some(date.timex.as_ref())),
        ("mod", date.modifier.as_deref()),
        ("quant", date.quant.as_deref()),
        ("freq", date.freq.as_deref()),
        ("comment", (!date.valid).then_some("no such date")),
    ];
    for (name, value) in said {
        let Some(value) = value else { continue };
        let _ = write!(xml, " {name}=\"");
        escape(value, xml);
        xml.push('"');
    }
    xml.push('>');
}

/// Appends `text` with what XML would take for its own replaced.
fn escape(text: &str, xml: &mut String) {
    for c in text.chars() {
        match c {
            '&' => *xml += "&amp;",
            '<' => *xml += "&lt;",
            '>' => *xml += "&gt;",
            '"' => *xml += "&quot;",
            // A reader would make a line feed of it.
            '\r' => *xml += "&#13;",
            c if is_forbidden(c) => xml.push(char::REPLACEMENT_CHARACTER),
            c => xml.push(c),
        }
    }
}

/// Whether XML 1.0 cannot hold the character in any way.
const fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// `text` as it may stand inside a comment.
fn comment(text: &str) -> String {
    let mut parted = String::new();
    for c in text.chars() {
        if c == '-' && parted.ends_with('-') {
            parted.push(' ');
        }
        parted.push(c);
    }
    let mut xml = String::new();
    escape(&parted, &mut xml);
    xml
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::extract::{Lexicons, extract};
    use crate::normalize::normalize;
    use crate::record::record;

    fn tagged(raw: &str, units: Units) -> String {
        let document = Document {
            id: "a--b.txt".into(),
            text: raw.into(),
            published: Some("2024-05-02".into()),
            ..Document::default()
        };
        let text = normalize(raw);
        let found = extract(&text, &Lexicons::builtin(), document.published.as_deref());
        let xml = self::document(&record(&document, &text, &found, units), raw);
        xml.split_once("<TimeML>\n").expect("a root").1.replace("\n</TimeML>\n", "")
    }

    #[test]
    fn expressions_are_tagged_in_place() {
        let raw = "يجتمعان كل ثلاثاء & مرتين في الأسبوع منذ مطلع يناير 2023، وصدر <b> في 30/02/2024";
        let expected = "يجتمعان <TIMEX3 tid=\"t1\" type=\"SET\" value=\"XXXX-WXX-2\" quant=\"EVERY\">كل ثلاثاء</TIMEX3> &amp; \
            <TIMEX3 tid=\"t2\" type=\"SET\" value=\"P1W\" quant=\"EVERY\" freq=\"2X\">مرتين في الأسبوع</TIMEX3> منذ \
            <TIMEX3 tid=\"t3\" type=\"DATE\" value=\"2023-01\" mod=\"START\">مطلع يناير 2023</TIMEX3>، وصدر &lt;b&gt; في \
            <TIMEX3 tid=\"t4\" type=\"DATE\" value=\"2024-02-30\" comment=\"no such date\">30/02/2024</TIMEX3>";
        for units in Units::ALL {
            assert_eq!(tagged(raw, units), expected);
        }
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(tagged("أ\u{0}\r\n\u{1B}", Units::Chars), "أ\u{FFFD}&#13;\n\u{FFFD}");
        assert_eq!(comment("a--->"), "a- - -&gt;");
    }
}
