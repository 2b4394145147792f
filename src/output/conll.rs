//! CoNLL-U Plus: a token a line, with a BIO column for each layer.

use std::fmt::Write;

use super::layers::{self, Layer, Mention};
use super::{Format, Layout};
use crate::normalize::Text;
use crate::record::Record;
use crate::span::{Offsets, Units};

/// The format.
pub const FORMAT: Format = Format {
    name: "conll",
    extensions: &["conll", "conllup"],
    about: "a token a line with BIO columns for claims, dates and entities (CoNLL-U Plus)",
    guide: "\
The first line names the columns, which tabs separate. `# newdoc id = …` begins a document, `# sent_id = N` and \
`# text = …` a sentence; an empty line ends one. The tokens are the program's own (`ghirbal analyze` shows them):

| column | what it is |
|---|---|
| `ID` | number of the token in its sentence, from 1 |
| `FORM` | the token as it stands in the text |
| `GHIRBAL:START`, `GHIRBAL:END` | its offsets in the document, in the unit of `--offsets` |
| `GHIRBAL:CLAIM` | the number of a claim: `B-count`, `I-count` …, by the claim's kind |
| `GHIRBAL:DATE` | a temporal expression: `B-DATE`, `B-TIME`, `B-DURATION`, `B-SET`, `I-` likewise |
| `GHIRBAL:ENTITY` | an outermost entity: `B-PER`, `B-ORG`, `B-LOC`, `B-NORP`, `B-EVENT`, `B-MISC`, `I-` likewise |
| `GHIRBAL:NESTED` | an entity inside another one, likewise |

A token that no mention of the layer covers has `O`. A token of which a mention covers a part (a name behind a glued \
proclitic, `بغداد` in `وبغداد`) belongs to the mention; of two mentions in one token the first has it.",
    units: None,
    layout: Layout::Stream {
        begin: |out| out.extend(HEAD.bytes()),
        write: |record, text, out| out.extend(document(record, text).bytes()),
        long: None,
    },
};

const HEAD: &str = "# global.columns = ID FORM GHIRBAL:START GHIRBAL:END GHIRBAL:CLAIM GHIRBAL:DATE GHIRBAL:ENTITY GHIRBAL:NESTED\n";

/// What a column holds for tokens outside of mentions.
const OUTSIDE: &str = "O";

fn document(record: &Record<'_>, text: &Text<'_>) -> String {
    let units = Units::from_name(&record.doc.offsets).unwrap_or_default();
    let offsets = Offsets::new(text.raw, units);
    let columns = columns(record, text, &offsets);
    let mut out = String::with_capacity(text.raw.len() * 4);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "# newdoc id = {}", one_line(&record.doc.id));
    for (number, sentence) in (1..).zip(&text.sentences) {
        let words = text.span(sentence.start, sentence.end).of(text.raw);
        let _ = writeln!(out, "# sent_id = {number}\n# text = {}", one_line(words));
        for (number, i) in (1..).zip(sentence.start..sentence.end) {
            let span = text.tokens[i].span();
            let (start, end) = (offsets.at(span.start), offsets.at(span.end));
            let _ = write!(out, "{number}\t{}\t{start}\t{end}", one_line(text.surface(i)));
            for column in &columns {
                let _ = match &column[i] {
                    Some((first, label)) => write!(out, "\t{}-{label}", if *first { 'B' } else { 'I' }),
                    None => write!(out, "\t{OUTSIDE}"),
                };
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// For each token whether a mention begins with it, and that mention's label.
type Column<'a> = Vec<Option<(bool, &'a str)>>;

fn columns<'a>(record: &'a Record<'_>, text: &Text<'_>, offsets: &Offsets<'_>) -> [Column<'a>; 4] {
    let mut columns = [(); 4].map(|()| vec![None; text.tokens.len()]);
    for mention in layers::mentions(record) {
        let column = match mention.layer {
            Layer::Claim => 0,
            Layer::Date => 1,
            Layer::Entity if mention.nested_in.is_none() => 2,
            Layer::Entity => 3,
        };
        fill(&mut columns[column], &mention, text, offsets);
    }
    columns
}

/// Gives the mention all its tokens that no other has.
fn fill<'a>(column: &mut Column<'a>, mention: &Mention<'a>, text: &Text<'_>, offsets: &Offsets<'_>) {
    let end = offsets.byte(mention.end);
    let first = text.token_at(offsets.byte(mention.start));
    let tokens = (first..text.tokens.len()).take_while(|&i| (text.tokens[i].start as usize) < end);
    let free = tokens.filter(|&i| column[i].is_none()).collect::<Vec<_>>();
    for (number, i) in free.into_iter().enumerate() {
        column[i] = Some((number == 0, mention.label));
    }
}

/// `words` without what would end a line or a column.
fn one_line(words: &str) -> String {
    words
        .chars()
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect()
}
