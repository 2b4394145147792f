//! Users' lexicons: tab-separated files of names, checked line by line.
//!
//! All that is wrong with a file is told, not only the first fault; a file
//! with a fault is not used.

use std::fmt;
use std::io::Read;
use std::path::Path;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::extract::entity::user::Entry;
use crate::extract::entity::{Subtype, Type};
use crate::extract::{Origin, UserLexicon};
use crate::normalize::normalize;
use crate::record;

/// The longest file, in bytes.
const LIMIT: u64 = 64 << 20;
/// The most words of a name.
const LONGEST: usize = 20;
/// The type of words that are no name.
const STOP: &str = "STOP";

/// The columns; the first two must be there.
pub const COLUMNS: [&str; 5] = ["name", "type", "aliases", "code", "subtype"];

/// What is wrong with a lexicon, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct LexiconError {
    /// The file as it was named.
    pub file: String,
    /// Line, from 1; none where the whole file is meant.
    pub line: Option<u64>,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.fault)
    }
}

/// What can be wrong with a lexicon.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The system refused.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// Longer than is read.
    #[error("longer than {} MiB", LIMIT >> 20)]
    TooLong,
    /// Bytes that are no text.
    #[error("not UTF-8")]
    NotUtf8,
    /// Nothing stands in it.
    #[error("no header: the first line that is no comment must name the columns ({})", COLUMNS.join(", "))]
    NoHeader,
    /// A column that must be there.
    #[error("the header has no column {0:?}")]
    NoColumn(&'static str),
    /// A column that nobody knows.
    #[error("the header has an unknown column {name:?}; known are {}", COLUMNS.join(", "))]
    UnknownColumn {
        /// The column.
        name: String,
    },
    /// A column that stands there twice.
    #[error("the header has the column {0:?} twice")]
    ColumnTwice(String),
    /// More cells than columns.
    #[error("{0} cells, but the header has {1} columns")]
    TooManyCells(usize, usize),
    /// Nothing in a cell that must hold something.
    #[error("the column {0:?} is empty")]
    Empty(&'static str),
    /// Not a type.
    #[error("unknown type {0:?}; known are PER, ORG, LOC, NORP, EVENT, MISC and STOP")]
    UnknownType(String),
    /// Not a subtype.
    #[error("unknown subtype {0:?}; known are country, city, region, facility and natural")]
    UnknownSubtype(String),
    /// Only places have subtypes, and words that are no name have nothing.
    #[error("a {0} has no {1}")]
    OutOfPlace(String, &'static str),
    /// A form without a letter or digit.
    #[error("the form {0:?} has no word")]
    NoWord(String),
    /// A form of too many words.
    #[error("the form {0:?} has more than {LONGEST} words")]
    TooManyWords(String),
    /// A form that stands for something else already.
    #[error("the form {form:?} stands on line {line} already, for something else")]
    Taken {
        /// The form.
        form: String,
        /// Where it stands first.
        line: u64,
    },
}

/// Reads the lexicon in the file `path`.
///
/// # Errors
/// All that is wrong with it, in the order of its lines.
pub fn read(path: &Path) -> Result<UserLexicon, Vec<LexiconError>> {
    let file = path.to_string_lossy().into_owned();
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let located = |line, fault| LexiconError { file: file.clone(), line, fault };
    let bytes = bytes(path).map_err(|fault| vec![located(None, fault)])?;
    let entries = parse(&bytes)
        .map_err(|faults| faults.into_iter().map(|(line, fault)| located(line, fault)).collect::<Vec<_>>())?;
    let digest = Sha256::digest(&bytes);
    let sha256 = record::hexadecimal(&digest);
    Ok(UserLexicon { origin: Origin { file: name, sha256 }, entries })
}

fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    let fail = |error: std::io::Error| Fault::Unreadable(error.to_string());
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(fail)?;
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > LIMIT { Err(Fault::TooLong) } else { Ok(bytes) }
}

/// Faults with their lines.
type Faults = Vec<(Option<u64>, Fault)>;

/// Reads the lines of a lexicon.
///
/// # Errors
/// All that is wrong with it.
pub fn parse(bytes: &[u8]) -> Result<Vec<Entry>, Faults> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count() as u64 + 1;
        vec![(Some(line), Fault::NotUtf8)]
    })?;
    // A line of white space is an empty one.
    let written = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let mut rows = text.lines().zip(1..).filter(|(line, _)| written(line));
    let Some((header, line)) = rows.next() else { return Err(vec![(None, Fault::NoHeader)]) };
    let columns = columns(header)
        .map_err(|faults| faults.into_iter().map(|fault| (Some(line), fault)).collect::<Vec<_>>())?;
    let mut table = Table { columns, width: header.split('\t').count(), ..Table::default() };
    rows.for_each(|(row, line)| table.add(row, line));
    if table.faults.is_empty() { Ok(table.entries) } else { Err(table.faults) }
}

/// Where each of [`COLUMNS`] stands.
type Columns = [Option<usize>; COLUMNS.len()];

fn columns(header: &str) -> Result<Columns, Vec<Fault>> {
    let (mut columns, mut faults) = (Columns::default(), Vec::new());
    for (at, name) in header.split('\t').enumerate() {
        match COLUMNS.iter().position(|known| *known == name.trim()) {
            None => faults.push(Fault::UnknownColumn { name: name.to_owned() }),
            Some(known) if columns[known].is_some() => faults.push(Fault::ColumnTwice(name.to_owned())),
            Some(known) => columns[known] = Some(at),
        }
    }
    let missing = |&known: &usize| columns[known].is_none();
    faults.extend((0..2).filter(missing).map(|known| Fault::NoColumn(COLUMNS[known])));
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

/// A lexicon as far as it is read.
#[derive(Default)]
struct Table {
    columns: Columns,
    width: usize,
    entries: Vec<Entry>,
    /// Entry and line of each form, by its folded words.
    taken: FxHashMap<Vec<String>, (usize, u64)>,
    faults: Faults,
}

impl Table {
    fn add(&mut self, row: &str, line: u64) {
        let done = self.entry(row).and_then(|entry| self.take(&entry, line).map(|()| entry));
        match done {
            Ok(entry) => self.entries.push(entry),
            Err(fault) => self.faults.push((Some(line), fault)),
        }
    }

    fn entry(&self, row: &str) -> Result<Entry, Fault> {
        let cells: Vec<_> = row.split('\t').collect();
        if cells.len() > self.width {
            return Err(Fault::TooManyCells(cells.len(), self.width));
        }
        let [name, kind, aliases, code, subtype] =
            self.columns.map(|column| column.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim()));
        if name.is_empty() {
            return Err(Fault::Empty("name"));
        }
        let known = match kind {
            "" => return Err(Fault::Empty("type")),
            STOP => None,
            _ => Some(type_named(kind)?),
        };
        let out_of_place = |what| Err(Fault::OutOfPlace(kind.to_owned(), what));
        match (known, code, subtype) {
            (None, code, _) if !code.is_empty() => return out_of_place("code"),
            (known, _, subtype) if !subtype.is_empty() && known != Some(Type::Location) => {
                return out_of_place("subtype");
            }
            _ => {}
        }
        let filled = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        Ok(Entry {
            name: name.to_owned(),
            kind: known,
            subtype: filled(subtype).map(subtype_named).transpose()?,
            code: filled(code),
            aliases: aliases.split('|').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect(),
        })
    }

    /// Keeps the forms of `entry` for it; the same thing said again is no fault.
    fn take(&mut self, entry: &Entry, line: u64) -> Result<(), Fault> {
        for form in entry.forms() {
            let text = normalize(form);
            let words: Vec<_> = (0..text.tokens.len()).map(|i| text.folded(i).to_owned()).collect();
            if !words.iter().any(|word| word.contains(char::is_alphanumeric)) {
                return Err(Fault::NoWord(form.to_owned()));
            }
            if words.len() > LONGEST {
                return Err(Fault::TooManyWords(form.to_owned()));
            }
            let &mut (other, line) = self.taken.entry(words).or_insert((self.entries.len(), line));
            let same = self.entries.get(other).is_none_or(|o| o.kind == entry.kind && o.name == entry.name);
            if !same {
                return Err(Fault::Taken { form: form.to_owned(), line });
            }
        }
        Ok(())
    }
}

fn type_named(name: &str) -> Result<Type, Fault> {
    let known = Type::ALL.into_iter().find(|&kind| record::names::entity_type(kind) == name);
    known.ok_or_else(|| Fault::UnknownType(name.to_owned()))
}

fn subtype_named(name: String) -> Result<Subtype, Fault> {
    let known = Subtype::ALL.into_iter().find(|&subtype| record::names::subtype(subtype) == name);
    known.ok_or(Fault::UnknownSubtype(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(table: &str) -> Vec<(Option<u64>, Fault)> {
        parse(table.as_bytes()).expect_err("is wrong")
    }

    #[test]
    fn rows_become_entries() {
        let table =
            "\u{FEFF}# comment\r\ntype\tname\taliases\r\n\r\nORG\tحزب النور\tالنور | PNN\r\nSTOP\tخلف\r\n";
        let entries = parse(table.as_bytes()).expect("is right");
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].forms().collect::<Vec<_>>(), ["حزب النور", "النور", "PNN"]);
        assert_eq!((entries[0].kind, entries[1].kind), (Some(Type::Organisation), None));
    }

    #[test]
    fn every_fault_has_its_line() {
        assert_eq!(faults("# nothing\n"), [(None, Fault::NoHeader)]);
        assert_eq!(
            faults("name\tkind\tname\n"),
            [
                (Some(1), Fault::UnknownColumn { name: "kind".to_owned() }),
                (Some(1), Fault::ColumnTwice("name".to_owned())),
                (Some(1), Fault::NoColumn("type")),
            ]
        );
        let table = "name\ttype\tsubtype\n\tPER\nس\tCITY\n# c\nص\tPER\tcity\nط\tLOC\ttown\n،\tLOC\nع\tLOC\t\tx\nس\tLOC\nسٌ\tORG\n";
        let lines: Vec<_> = faults(table).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [2, 3, 5, 6, 7, 8, 10].map(Some));
        assert_eq!(parse(b"name\ttype\n\xFF").expect_err("is wrong"), [(Some(2), Fault::NotUtf8)]);
    }
}
