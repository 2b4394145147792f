//! The markup of `MediaWiki` taken off a text: words of links stay, templates,
//! tables, references and files go. No template is expanded.
//!
//! Looks at each byte a bounded number of times, whatever the markup.

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

/// Elements that go with what is in them.
const DROPPED: [&str; 9] =
    ["ref", "math", "gallery", "syntaxhighlight", "source", "timeline", "score", "imagemap", "style"];
/// Links to these are no words of the text.
const NAMESPACES: [&str; 10] =
    ["ملف", "صورة", "تصنيف", "وسائط", "file", "image", "category", "media", "special", "wikipedia"];
/// The longest tag.
const TAG: usize = 2000;

/// The words of a text.
pub fn plain(text: &str) -> String {
    let scan = Scan {
        text,
        pairs: pair(text),
        ends: FxHashMap::default(),
        address: false,
        out: String::with_capacity(text.len()),
    };
    tidy(&scan.run())
}

/// Where brackets that have a partner begin and end.
#[derive(Default)]
struct Pairs {
    /// From the first byte of the opening to the first of the closing.
    closing: FxHashMap<usize, usize>,
    ends: FxHashSet<usize>,
}

/// Finds the partners of `{{`, `{|` and `[[`.
fn pair(text: &str) -> Pairs {
    let bytes = text.as_bytes();
    let (mut pairs, mut open, mut counts) = (Pairs::default(), Vec::new(), [0_usize; 3]);
    let mut at = 0;
    while at + 1 < bytes.len() {
        let kind = match &bytes[at..at + 2] {
            b"{{" => Some((0, true)),
            b"{|" => Some((1, true)),
            b"[[" => Some((2, true)),
            b"}}" => Some((0, false)),
            b"|}" if bytes.get(at + 2) != Some(&b'}') => Some((1, false)),
            b"]]" => Some((2, false)),
            _ => None,
        };
        match kind {
            None => {
                at += 1;
                continue;
            }
            Some((kind, true)) => {
                open.push((kind, at));
                counts[kind] += 1;
            }
            Some((kind, false)) => {
                // What was opened inside and not closed is no bracket.
                while counts[kind] > 0 {
                    let Some((found, from)) = open.pop() else { break };
                    counts[found] -= 1;
                    if found == kind {
                        pairs.closing.insert(from, at);
                        pairs.ends.insert(at);
                        break;
                    }
                }
            }
        }
        at += 2;
    }
    pairs
}

struct Scan<'a> {
    text: &'a str,
    pairs: Pairs,
    /// Where the end of an element was last found.
    ends: FxHashMap<&'static str, usize>,
    /// Whether the words of a link to an address have begun.
    address: bool,
    out: String,
}

impl Scan<'_> {
    fn run(mut self) -> String {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let next = match bytes[at] {
                b'{' => self.pairs.closing.get(&at).map(|end| end + 2),
                b'[' => self.link(at),
                b']' if self.pairs.ends.contains(&at) => Some(at + 2),
                b']' if std::mem::take(&mut self.address) => Some(at + 1),
                b'<' => self.tag(at),
                b'&' => self.entity(at),
                b'\'' => quotes(bytes, at),
                b'\n' => Some(self.line(at + 1)),
                _ => None,
            };
            if let Some(next) = next {
                at = next;
            } else {
                let end = bytes[at + 1..].iter().position(|b| b"{[]<&'\n".contains(b));
                let end = end.map_or(bytes.len(), |length| at + 1 + length);
                self.out.push_str(&self.text[at..end]);
                at = end;
            }
        }
        self.out
    }

    /// `[[target|words]]` or `[http://… words]`: goes on at the words.
    fn link(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if let Some(end) = self.pairs.closing.get(&at) {
            let inner = &self.text[at + 2..*end];
            let target = &inner[..inner.find(['|', '[', '{', '\n']).unwrap_or(inner.len())];
            if is_file(target) {
                return Some(end + 2);
            }
            let bar = inner[target.len()..].starts_with('|');
            return Some(at + 2 + if bar { target.len() + 1 } else { 0 });
        }
        if !["[http://", "[https://", "[//"].iter().any(|start| rest.starts_with(start)) {
            return None;
        }
        let end = rest[1..].find([' ', ']', '\n', '['])? + 1;
        self.address = true;
        Some(at + end + usize::from(rest[end..].starts_with(' ')))
    }

    /// A comment or an element of [`DROPPED`], or only the tag.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.starts_with("<!--") {
            return self.end_of("-->", at);
        }
        let name = rest[1..].trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if name.is_empty() {
            return None;
        }
        let window = &rest.as_bytes()[..rest.len().min(TAG)];
        let length = memchr::memchr(b'>', window)? + 1;
        let dropped = DROPPED.iter().position(|d| name.eq_ignore_ascii_case(d));
        let closed = rest[..length].ends_with("/>") || rest.starts_with("</");
        if let Some(place) = dropped.filter(|_| !closed) {
            const ENDS: [&str; 9] = [
                "</ref>",
                "</math>",
                "</gallery>",
                "</syntaxhighlight>",
                "</source>",
                "</timeline>",
                "</score>",
                "</imagemap>",
                "</style>",
            ];
            return self.end_of(ENDS[place], at).or(Some(at + length));
        }
        if name.eq_ignore_ascii_case("br") {
            self.out.push('\n');
        }
        Some(at + length)
    }

    /// After the next `mark`; a search never goes over the same bytes twice.
    fn end_of(&mut self, mark: &'static str, at: usize) -> Option<usize> {
        let known = self.ends.get(mark).copied().filter(|end| *end >= at);
        let end = known.unwrap_or_else(|| {
            let found = memmem::find(&self.text.as_bytes()[at..], mark.as_bytes());
            found.map_or(usize::MAX, |length| at + length)
        });
        self.ends.insert(mark, end);
        (end != usize::MAX).then(|| end + mark.len())
    }

    fn entity(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at + 1..];
        let length = rest.bytes().take(10).position(|b| b == b';')?;
        let name = &rest[..length];
        let sign = match name {
            "nbsp" | "thinsp" | "ensp" | "emsp" => ' ',
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "ndash" => '–',
            "mdash" => '—',
            "laquo" => '«',
            "raquo" => '»',
            "hellip" => '…',
            "zwnj" => '\u{200C}',
            "zwj" => '\u{200D}',
            "rlm" => '\u{200F}',
            "lrm" => '\u{200E}',
            _ => number(name.strip_prefix('#')?)?,
        };
        self.out.push(sign);
        Some(at + 1 + length + 1)
    }

    /// The signs that begin a line: lists, headings, leftovers of tables.
    fn line(&mut self, at: usize) -> usize {
        self.out.push('\n');
        self.address = false;
        let rest = &self.text[at..];
        let begin = rest.trim_start_matches(['*', '#', ':', ';', '=', ' ', '!', '|']);
        at + rest.len() - begin.len()
    }
}

fn number(digits: &str) -> Option<char> {
    let hexadecimal = digits.strip_prefix(['x', 'X']);
    let code = hexadecimal.map_or_else(|| digits.parse().ok(), |h| u32::from_str_radix(h, 16).ok())?;
    char::from_u32(code).filter(|c| !c.is_control())
}

/// Two or more apostrophes are markup.
fn quotes(bytes: &[u8], at: usize) -> Option<usize> {
    let count = bytes[at..].iter().take_while(|b| **b == b'\'').count();
    (count > 1).then_some(at + count)
}

/// Whether a link leads to a file, a category or another wiki's page.
fn is_file(target: &str) -> bool {
    let Some((space, _)) = target.trim_start_matches(':').split_once(':') else { return false };
    let space = space.trim();
    let language = matches!(space.len(), 2..=3) && space.bytes().all(|b| b.is_ascii_lowercase());
    language || NAMESPACES.iter().any(|name| space.eq_ignore_ascii_case(name))
}

/// Lines without their ends, with one empty line between paragraphs at most,
/// and without what templates leave: empty brackets and switches.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim().trim_end_matches('=').trim_end();
        let line = line.replace("()", "").replace("( )", "").replace("  ", " ");
        let switch = line.starts_with("__") && line.ends_with("__");
        if line.is_empty() || switch || line.chars().all(|c| c == '-') {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        out.push_str(line.trim());
        empty = 0;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_markup_goes() {
        for (wiki, words) in [
            (
                "'''البصرة''' مدينة في [[العراق]]، سكانها [[عدد السكان|1.4 مليون]].",
                "البصرة مدينة في العراق، سكانها 1.4 مليون.",
            ),
            ("{{معلومات|أ={{ب|[[ج]]}}}}نص {{مرجع}}هنا", "نص هنا"),
            ("قبل<ref name=\"a\">مصدر [[x]]</ref> بعد<ref name=a /> آخر", "قبل بعد آخر"),
            ("== تاريخ ==\n* أول\n** ثان\n\n\n\nفقرة", "تاريخ\nأول\nثان\n\nفقرة"),
            ("{| class=x\n|-\n| خلية || {{ق}}\n|}\nبعد الجدول", "بعد الجدول"),
            ("[[ملف:a.jpg|تصغير|يسار|شرح مع [[رابط]] داخله]]نص[[تصنيف:مدن]]", "نص"),
            (
                "انظر [https://example.org الموقع الرسمي] هنا &ndash; 5&nbsp;كم<br />سطر",
                "انظر الموقع الرسمي هنا – 5 كم\nسطر",
            ),
            ("<!-- تعليق -->نص <small>صغير</small> 3 < 5 و {{{1}} ]]", "نص صغير 3 < 5 و  ]]"),
            ("الخرطوم (بالإنجليزية: {{lang|en|Khartoum}}) ({{ن}})", "الخرطوم (بالإنجليزية: )"),
        ] {
            assert_eq!(plain(&format!("\n{wiki}")).replace("  ", " "), words.replace("  ", " "), "{wiki}");
        }
    }

    #[test]
    fn brackets_without_end_are_text_and_take_no_time() {
        for open in
            ["{{", "[[", "{|", "<!--", "<ref>", "[[a|", "[http://", "{{[[", "''", "&#", "|}", "<a ", "[[a{{"]
        {
            let text = open.repeat(100_000);
            assert!(plain(&text).len() <= text.len() + 1, "{open}");
        }
        assert_eq!(plain("نص [[بلا نهاية"), "نص [[بلا نهاية");
    }
}
