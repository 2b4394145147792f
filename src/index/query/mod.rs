//! What a searcher asks: a tree of words, phrases and ranges, and the language
//! it is written in (`parse`). Knows the fields by their names and nothing
//! of what is in an index.

// Days and amounts.
pub mod range;
// Text to tree.
mod parse;

use super::fields::Named;
use super::schema::Kind;
use range::{Amounts, Days};

/// What a part asks of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// The more the better; one of these must be there if nothing else is asked.
    Should,
    /// It must be there.
    Must,
    /// It must not be there.
    Not,
}

/// A query: a leaf, or parts of which each asks something.
#[derive(Clone, Debug)]
pub enum Node {
    /// Words, a phrase, a range.
    Leaf(Leaf),
    /// Parts with what they ask.
    Group(Vec<(Demand, Self)>),
}

/// One thing that is looked for.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Where it stands in the query, in characters from 0.
    pub at: usize,
    /// The field that was named.
    pub field: Option<&'static Named>,
    /// What is looked for.
    pub asks: Asks,
}

/// What a leaf looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// Any of these words, in any form.
    Words(String),
    /// These words one after the other, with at most `slop` steps out of place.
    Phrase {
        /// The words.
        words: String,
        /// Steps.
        slop: u32,
    },
    /// Words that begin so.
    Prefix(String),
    /// Words at most so many letters away.
    Fuzzy(String, usize),
    /// Exactly this term or name.
    Whole(String),
    /// Days inside these.
    Days(Days),
    /// Amounts that may lie between these.
    Amounts(Amounts),
    /// Everything.
    Everything,
}

/// A query that was read.
#[derive(Clone, Debug)]
pub struct Query {
    /// What it asks.
    pub root: Node,
    /// Of what.
    pub kind: Kind,
}

/// Why a query cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the query cannot be read at character {at}: {reason}")]
pub struct QueryError {
    /// Offset in characters, from 1.
    pub at: usize,
    /// What is wrong.
    pub reason: String,
}

impl QueryError {
    /// A mistake at character `at`, from 0.
    pub fn new(at: usize, reason: impl Into<String>) -> Self {
        Self { at: at + 1, reason: reason.into() }
    }
}

impl Query {
    /// Words without any syntax: every one may match.
    pub fn words(text: &str, kind: Kind) -> Self {
        Self { root: Node::of(Asks::Words(text.to_owned())), kind }
    }

    /// Reads a query about entries of `kind`; `parse` has the grammar.
    ///
    /// # Errors
    /// When it breaks the grammar, names a field that is not there, or asks
    /// nothing.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, QueryError> {
        Ok(Self { root: parse::parse(text, kind)?, kind })
    }

    /// The same query, which must match as a whole, and another part.
    #[must_use]
    pub fn and(self, demand: Demand, part: Node) -> Self {
        let mut parts = match self.root {
            Node::Leaf(Leaf { asks: Asks::Everything, .. }) => Vec::new(),
            root => vec![(Demand::Must, root)],
        };
        parts.push((demand, part));
        Self { root: Node::Group(parts), kind: self.kind }
    }

    /// Everything there is of a kind.
    pub fn everything(kind: Kind) -> Self {
        Self { root: Node::of(Asks::Everything), kind }
    }
}

impl Node {
    /// A leaf that no field is named for.
    pub const fn of(asks: Asks) -> Self {
        Self::Leaf(Leaf { at: 0, field: None, asks })
    }

    /// What `text`, without any syntax in its words, asks of the field `name`.
    ///
    /// # Errors
    /// When entries of `kind` have no such field or it does not take this.
    pub fn value(name: &str, text: &str, kind: Kind) -> Result<Self, QueryError> {
        parse::value(text, name, kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as a line: `+` must, `-` must not, `?` may.
    fn shown(node: &Node) -> String {
        match node {
            Node::Leaf(Leaf { field, asks, .. }) => {
                let field = field.map(|field| format!("{}:", field.name)).unwrap_or_default();
                let asks = match asks {
                    Asks::Words(words) => words.clone(),
                    Asks::Phrase { words, slop: 0 } => format!("\"{words}\""),
                    Asks::Phrase { words, slop } => format!("\"{words}\"~{slop}"),
                    Asks::Prefix(word) => format!("{word}*"),
                    Asks::Fuzzy(word, edits) => format!("{word}~{edits}"),
                    Asks::Whole(value) => format!("={value}"),
                    Asks::Days(days) => format!("{:?}..{:?}", days.from, days.to),
                    Asks::Amounts(amounts) => format!("{:?}..{:?}", amounts.from, amounts.to),
                    Asks::Everything => "*".to_owned(),
                };
                field + &asks
            }
            Node::Group(parts) => {
                let part = |(demand, node): &(Demand, Node)| {
                    let sign = match demand {
                        Demand::Should => "?",
                        Demand::Must => "+",
                        Demand::Not => "-",
                    };
                    format!("{sign}{}", shown(node))
                };
                format!("({})", parts.iter().map(part).collect::<Vec<_>>().join(" "))
            }
        }
    }

    fn read(text: &str) -> String {
        shown(&Query::parse(text, Kind::Article).unwrap_or_else(|error| panic!("{text}: {error}")).root)
    }

    #[test]
    fn words_may_match_and_all_else_must() {
        assert_eq!(read("أسرى"), "أسرى");
        assert_eq!(read("أسرى هدنة"), "(?أسرى ?هدنة)");
        assert_eq!(read("أسرى «وقف النار»~2 +هدنة -غزة"), "(?أسرى +\"وقف النار\"~2 +هدنة -غزة)");
        assert_eq!(read("أسرى place:القدس (هدنة)"), "(?أسرى +place:القدس +(+هدنة))");
        assert_eq!(read("مستشف* أسيرر~ أسيرر~٢"), "(?مستشف* ?أسيرر~1 ?أسيرر~2)");
        assert_eq!(read("https://example.org 10:30 - -"), "(?https://example.org ?10:30)");
        assert_eq!(read(r"\-5 a\* \(b \*"), "(?-5 ?a* ?(b ?*)");
        assert_eq!(read("\u{200F}أسرى\u{202A} \"a \\\" b\""), "(?أسرى +\"a \" b\")");
        assert_eq!(read("*"), "*");
    }

    #[test]
    fn and_binds_closer_than_or_and_or_closer_than_side_by_side() {
        assert_eq!(read("a OR b AND c"), "(?a ?(+b +c))");
        assert_eq!(read("(a OR b) AND c"), "(+(?a ?b) +c)");
        assert_eq!(read("a OR b c"), "(+(?a ?b) ?c)");
        assert_eq!(read("a AND NOT b"), "(+a -b)");
        assert_eq!(read("a NOT b"), "(?a -b)");
        assert_eq!(read("-a"), "(-a)");
        assert_eq!(read("a OR NOT b"), "(?a ?(-b))");
        assert_eq!(read("a AND NOT (b OR c) AND d"), "(+a -(?b ?c) +d)");
        assert_eq!(read("ANDROID and or not"), "(?ANDROID ?and ?or ?not)");
    }

    #[test]
    fn a_field_holds_for_all_in_its_parentheses() {
        assert_eq!(read("title:(a OR \"b c\")"), "(?title:a ?title:\"b c\")");
        assert_eq!(read("place:=\"غزة\""), "place:=غزة");
        assert_eq!(read("place:=غزة"), "place:=غزة");
        assert_eq!(read("id:a/1 outlet:\"a b\""), "(+id:=a/1 +outlet:=a b)");
        assert_eq!(
            read("published:(1970 OR [1970-01-02 TO *])"),
            "(?published:Some(0)..Some(364) ?published:Some(1)..None)"
        );
        let claims = |text: &str| shown(&Query::parse(text, Kind::Claim).expect("reads").root);
        assert_eq!(claims("value:[9000 TO *] noun:أسير"), "(+value:Some((9000.0, true))..None +noun:أسير)");
        assert_eq!(claims("value:\"3 آلاف\""), "value:Some((3000.0, true))..Some((3000.0, true))");
    }

    #[test]
    fn every_mistake_has_its_place() {
        for (query, at, reason) in [
            ("", 1, "asks for no word"),
            ("أسرى \"وقف", 6, "not closed"),
            ("a \"\" b", 3, "nothing stands between"),
            ("a (b", 3, "not closed"),
            ("a b)", 4, "no parenthesis is open"),
            ("a ()", 3, "nothing stands in"),
            ("a AND", 3, "after AND"),
            ("OR a", 1, "before OR"),
            ("a OR OR b", 6, "before OR"),
            ("a NOT", 3, "after NOT"),
            ("أسرى colour:x", 6, "no field `colour`"),
            ("a value:3", 3, "no field `value`"),
            ("ab title:", 9, "after title:"),
            ("ab*c", 3, "can only end"),
            ("a*", 2, "two letters"),
            ("كتاب~7", 5, "1 or 2"),
            ("\"a b\"~x", 6, "after ~"),
            ("published:2023-13", 11, "no date"),
            ("published:[2023 TO", 11, "not closed"),
            ("published:2024..2023", 11, "before it begins"),
            ("body:=\"x\"", 6, "whole name"),
        ] {
            let error = Query::parse(query, Kind::Article).expect_err(query);
            assert!(error.at == at && error.reason.contains(reason), "{query}: {error}");
        }
        assert!(Query::parse(&"(".repeat(100_000), Kind::Article).is_err());
        assert!(Query::parse(&"-".repeat(10_000), Kind::Article).is_err());
        assert!(Query::parse("value:كثير", Kind::Claim).is_err());
    }

    #[test]
    fn no_text_makes_the_reader_panic() {
        let pieces = [
            "a",
            "\"",
            "(",
            ")",
            "-",
            "+",
            "*",
            "~",
            "\\",
            ":",
            "title:",
            "published:",
            "[",
            "]",
            " ",
            "AND",
            "OR ",
            "NOT ",
            "=",
            "«",
            "»",
            "٢",
        ];
        let mut state = 7_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..8 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            for kind in [Kind::Article, Kind::Claim] {
                let _ = Query::parse(&text, kind);
            }
        }
    }
}
