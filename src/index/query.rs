//! The query language: words, "phrases", `-word`, `+word`, `field:word`.
//!
//! Knows the fields by the names that searchers write and nothing of the
//! index. Every error says where in the query it is.

/// A field that a searcher can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Text and headline, in any form of the word: where no field is named.
    Anywhere,
    /// The text, in any form of the word.
    Body,
    /// The text, in exactly these letters (vowel marks aside).
    Exact,
    /// The headline.
    Title,
    /// Outlet or address.
    Source,
    /// Names of persons.
    Person,
    /// Names of organisations.
    Org,
    /// Names of places and peoples.
    Place,
    /// Names of events.
    Event,
    /// Dates that the text mentions: `2023`, `2023-11`, `2023-11-05`.
    Mentions,
}

impl Scope {
    /// Every scope that has a name.
    pub const ALL: [(&'static str, Self); 9] = [
        ("body", Self::Body),
        ("exact", Self::Exact),
        ("title", Self::Title),
        ("source", Self::Source),
        ("person", Self::Person),
        ("org", Self::Org),
        ("place", Self::Place),
        ("event", Self::Event),
        ("mentions", Self::Mentions),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, scope)| *scope)
    }
}

/// What a clause asks of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// The more the better; one of these must be there if nothing else is asked.
    Should,
    /// It must be there.
    Must,
    /// It must not be there.
    Not,
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it asks.
    pub demand: Demand,
    /// Where it looks.
    pub scope: Scope,
    /// Whether the words must stand one after the other.
    pub phrase: bool,
    /// The words as written.
    pub text: String,
    /// Offset of the clause in the query, in characters.
    pub at: usize,
}

/// A query that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Its parts in order.
    pub clauses: Vec<Clause>,
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

/// Quotation marks that open a phrase, with those that close it.
const QUOTES: [(char, &[char]); 3] = [('"', &['"']), ('«', &['»']), ('“', &['”', '"'])];

impl Query {
    /// Words without any syntax: every one may match.
    pub fn words(text: &str) -> Self {
        let clause = Clause {
            demand: Demand::Should,
            scope: Scope::Anywhere,
            phrase: false,
            text: text.to_owned(),
            at: 0,
        };
        Self { clauses: vec![clause] }
    }

    /// Reads a query. Words may match; phrases and fields must; `+` and `-`
    /// before a part say otherwise.
    ///
    /// # Errors
    /// When a quotation is not closed, a field is unknown or empty, or the
    /// query has no word.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut reader = Reader { chars: text.chars().collect(), at: 0 };
        let mut clauses = Vec::new();
        while let Some(clause) = reader.clause()? {
            clauses.push(clause);
        }
        if clauses.iter().all(|c| c.demand == Demand::Not) {
            return Err(error(0, "it asks for no word; add one that should be found"));
        }
        Ok(Self { clauses })
    }
}

fn error(at: usize, reason: impl Into<String>) -> QueryError {
    QueryError { at: at + 1, reason: reason.into() }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn clause(&mut self) -> Result<Option<Clause>, QueryError> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let at = self.at;
        let Some(first) = self.peek() else { return Ok(None) };
        let sign = match first {
            '+' => Some(Demand::Must),
            '-' => Some(Demand::Not),
            _ => None,
        };
        self.at += usize::from(sign.is_some());
        let scope = self.scope()?;
        let (text, phrase) = self.operand(at, scope)?;
        let demand = match (sign, phrase || scope.is_some()) {
            (Some(sign), _) => sign,
            (None, true) => Demand::Must,
            (None, false) => Demand::Should,
        };
        Ok(Some(Clause { demand, scope: scope.unwrap_or(Scope::Anywhere), phrase, text, at }))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// `name:` at this place; a colon in an address or a time is none.
    fn scope(&mut self) -> Result<Option<Scope>, QueryError> {
        let rest = &self.chars[self.at..];
        let length = rest.iter().take_while(|c| c.is_ascii_lowercase()).count();
        if length == 0 || rest.get(length) != Some(&':') || rest.get(length + 1) == Some(&'/') {
            return Ok(None);
        }
        let name: String = rest[..length].iter().collect();
        let Some(scope) = Scope::named(&name) else {
            let known: Vec<_> = Scope::ALL.iter().map(|(name, _)| *name).collect();
            return Err(error(
                self.at,
                format!("there is no field `{name}`; there are {}", known.join(", ")),
            ));
        };
        self.at += length + 1;
        Ok(Some(scope))
    }

    /// A phrase or a word, and which of the two it is.
    fn operand(&mut self, at: usize, scope: Option<Scope>) -> Result<(String, bool), QueryError> {
        let open = self.peek().and_then(|c| QUOTES.iter().find(|(open, _)| *open == c));
        if let Some((_, close)) = open {
            let start = self.at + 1;
            let length = self.chars[start..].iter().position(|c| close.contains(c));
            let length = length.ok_or_else(|| error(self.at, "the quotation is not closed"))?;
            self.at = start + length + 1;
            return Ok((self.chars[start..start + length].iter().collect(), true));
        }
        let start = self.at;
        while self.peek().is_some_and(|c| !c.is_whitespace()) {
            self.at += 1;
        }
        let word: String = self.chars[start..self.at].iter().collect();
        if word.is_empty() && scope.is_some() {
            return Err(error(at, "a word is missing after the field's name"));
        }
        Ok((word, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Demand, Scope, bool, String)> {
        let query = Query::parse(text).expect("reads");
        query.clauses.into_iter().map(|c| (c.demand, c.scope, c.phrase, c.text)).collect()
    }

    #[test]
    fn words_phrases_signs_and_fields() {
        assert_eq!(
            read("أسرى \"وقف النار\" -غزة +هدنة place:القدس"),
            [
                (Demand::Should, Scope::Anywhere, false, "أسرى".to_owned()),
                (Demand::Must, Scope::Anywhere, true, "وقف النار".to_owned()),
                (Demand::Not, Scope::Anywhere, false, "غزة".to_owned()),
                (Demand::Must, Scope::Anywhere, false, "هدنة".to_owned()),
                (Demand::Must, Scope::Place, false, "القدس".to_owned()),
            ]
        );
        assert_eq!(read("«مجلس الأمن»")[0].1, Scope::Anywhere);
        assert_eq!(read("https://example.org 10:30").len(), 2);
    }

    #[test]
    fn mistakes_have_a_place() {
        let at = |text: &str| Query::parse(text).expect_err("cannot be read").at;
        assert_eq!(at("أسرى \"وقف"), 6);
        assert_eq!(at("أسرى colour:x"), 6);
        assert_eq!(at("ab title:"), 4);
        assert_eq!(at("-غزة"), 1);
        assert_eq!(at("  "), 1);
    }
}
