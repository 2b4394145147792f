//! The query language, read by recursive descent.
//!
//! ```text
//! query   = part { part }                       side by side
//! part    = [ "+" | "-" ] either
//! either  = both { "OR" both }
//! both    = one { "AND" one }
//! one     = ( "NOT" | "-" | "+" ) one | "(" query ")" | name ":" one | range | phrase | word
//! phrase  = '"' … '"' [ "~" steps ]             also «…» and “…”
//! word    = letters [ "*" | "~" [ letters ] ]   "\" takes the meaning from the next character
//! range   = A..B | A.. | ..B | [A TO B] | {A TO B} | >A | >=A | <A | <=A
//! ```
//!
//! Side by side, plain words may match, and everything else must; `AND` binds
//! closer than `OR`, `OR` closer than standing side by side. A field named
//! before a parenthesis holds for all that is in it.

use super::range::{Amounts, Days};
use super::{Asks, Demand, Leaf, Node, QueryError};
use crate::index::fields::{Named, Place, fields};
use crate::index::schema::Kind;

/// Quotation marks that open a phrase, with those that close it.
const QUOTES: [(char, &[char]); 3] = [('"', &['"']), ('«', &['»']), ('“', &['”', '"'])];
/// Most letters that a fuzzy word may be away.
const MOST_EDITS: usize = 2;
/// How deep parentheses and signs may stand inside one another.
const DEEPEST: usize = 50;

type Result<T> = std::result::Result<T, QueryError>;

/// Reads a whole query.
///
/// # Errors
/// Where and why it breaks the grammar.
pub(super) fn parse(text: &str, kind: Kind) -> Result<Node> {
    let mut reader = Reader { chars: text.chars().collect(), at: 0, kind, depth: 0 };
    let node = reader.query(None)?;
    match reader.peek() {
        None => node.ok_or_else(|| QueryError::new(0, "it asks for no word")),
        Some(_) => Err(QueryError::new(reader.at, "no parenthesis is open that could be closed here")),
    }
}

/// What `text` asks of the field `name`, without any syntax in words.
///
/// # Errors
/// When there is no such field or it does not take this.
pub(super) fn value(text: &str, name: &str, kind: Kind) -> Result<Node> {
    let field = named(name, kind, 0)?;
    Ok(Node::Leaf(Leaf { at: 0, field: Some(field), asks: asks(field, kind, text, 0)? }))
}

/// What a part asks that has no sign: plain words may match, all else must.
pub(super) fn demand_of(node: &Node) -> Demand {
    match node {
        Node::Leaf(Leaf {
            field: None, asks: Asks::Words(_) | Asks::Prefix(_) | Asks::Fuzzy(..), ..
        }) => Demand::Should,
        _ => Demand::Must,
    }
}

/// The field that is written so.
fn named(name: &str, kind: Kind, at: usize) -> Result<&'static Named> {
    fields(kind).find(|field| field.name == name).ok_or_else(|| {
        let known: Vec<_> = fields(kind).map(|field| field.name).collect();
        let kinds = match kind {
            Kind::Article => "articles",
            Kind::Claim => "claims",
        };
        QueryError::new(at, format!("{kinds} have no field `{name}`; they have {}", known.join(", ")))
    })
}

/// What a value without quotes asks of a field.
fn asks(field: &Named, kind: Kind, text: &str, at: usize) -> Result<Asks> {
    let range = |reason: String| QueryError::new(at, reason);
    match field.place(kind) {
        Some(Place::Days(..)) => Ok(Asks::Days(Days::read(text).map_err(range)?)),
        Some(Place::Amounts(..)) => Ok(Asks::Amounts(Amounts::read(text).map_err(range)?)),
        Some(Place::Whole(_) | Place::Like | Place::Duplicates) => Ok(Asks::Whole(text.to_owned())),
        Some(Place::Names(..)) if text.starts_with('=') => Ok(Asks::Whole(text[1..].to_owned())),
        _ => Ok(Asks::Words(text.to_owned())),
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    kind: Kind,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next_is(&self, ahead: usize, wanted: impl Fn(char) -> bool) -> bool {
        self.chars.get(self.at + ahead).copied().is_some_and(wanted)
    }

    /// Passes over white space and unseen marks of direction.
    fn skip_space(&mut self) {
        while self.next_is(0, is_space) {
            self.at += 1;
        }
    }

    /// Whether this operator stands here as a word of its own.
    fn is_operator(&self, word: &str) -> bool {
        let length = word.len();
        self.chars[self.at..].iter().take(length).copied().eq(word.chars())
            && self.chars.get(self.at + length).is_none_or(|&c| is_space(c) || is_border(c))
    }

    /// `query`: parts side by side, until the end or a closing parenthesis.
    fn query(&mut self, field: Option<&'static Named>) -> Result<Option<Node>> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None | Some(')') => break,
                Some('-' | '+') if self.next_is(1, is_space) || self.at + 1 == self.chars.len() => {
                    self.at += 1;
                }
                Some(_) => parts.push(self.part(field)?),
            }
        }
        Ok(match parts.len() {
            0 => None,
            1 if parts[0].0 != Demand::Not => parts.pop().map(|(_, node)| node),
            _ => Some(Node::Group(parts)),
        })
    }

    /// `part`: alternatives with what they ask.
    fn part(&mut self, field: Option<&'static Named>) -> Result<(Demand, Node)> {
        let signed = match self.peek() {
            Some('+') => Some(Demand::Must),
            _ => None,
        };
        let node = self.either(field)?;
        // A lone part that must not match says so to its neighbours.
        Ok(match node {
            Node::Group(mut parts) if parts.len() == 1 && parts[0].0 == Demand::Not => parts.remove(0),
            node => (signed.unwrap_or_else(|| demand_of(&node)), node),
        })
    }

    /// `either`: what `OR` joins.
    fn either(&mut self, field: Option<&'static Named>) -> Result<Node> {
        self.joined(field, "OR", Demand::Should, Self::both)
    }

    /// `both`: what `AND` joins.
    fn both(&mut self, field: Option<&'static Named>) -> Result<Node> {
        self.joined(field, "AND", Demand::Must, Self::one)
    }

    /// Parts with an operator between them.
    fn joined(
        &mut self,
        field: Option<&'static Named>,
        operator: &str,
        demand: Demand,
        operand: impl Fn(&mut Self, Option<&'static Named>) -> Result<Node>,
    ) -> Result<Node> {
        let first = operand(self, field)?;
        let mut parts = vec![(demand, first)];
        loop {
            self.skip_space();
            if !self.is_operator(operator) {
                break;
            }
            let at = self.at;
            self.at += operator.len();
            self.skip_space();
            if self.peek().is_none_or(|c| c == ')') {
                return Err(QueryError::new(at, format!("nothing stands after {operator}")));
            }
            parts.push((demand, operand(self, field)?));
        }
        if parts.len() == 1 {
            return Ok(parts.remove(0).1);
        }
        if demand == Demand::Must {
            // `a AND NOT b` is one group in which b must not match.
            let lift = |(demand, node)| match node {
                Node::Group(mut parts) if parts.len() == 1 && parts[0].0 == Demand::Not => parts.remove(0),
                node => (demand, node),
            };
            parts = parts.into_iter().map(lift).collect();
        }
        Ok(Node::Group(parts))
    }

    /// `one`: the smallest part.
    fn one(&mut self, field: Option<&'static Named>) -> Result<Node> {
        self.skip_space();
        for operator in ["AND", "OR"] {
            if self.is_operator(operator) {
                return Err(QueryError::new(self.at, format!("nothing stands before {operator}")));
            }
        }
        let at = self.at;
        if self.is_operator("NOT") || self.peek() == Some('-') {
            self.at += if self.peek() == Some('-') { 1 } else { 3 };
            self.skip_space();
            if self.peek().is_none_or(|c| c == ')') {
                return Err(QueryError::new(at, "nothing stands after NOT"));
            }
            return Ok(Node::Group(vec![(Demand::Not, self.nested(at, |inside| inside.one(field))?)]));
        }
        match self.peek() {
            Some('+') => {
                self.at += 1;
                self.nested(at, |inside| inside.one(field))
            }
            Some('(') => self.group(field),
            _ => self.leaf(field),
        }
    }

    /// What stands inside something else, which began at `at`.
    fn nested<T>(&mut self, at: usize, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == DEEPEST {
            return Err(QueryError::new(at, "too much stands inside one another"));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// A query in parentheses.
    fn group(&mut self, field: Option<&'static Named>) -> Result<Node> {
        let open = self.at;
        self.at += 1;
        let node = self.nested(open, |inside| inside.query(field))?;
        if self.peek() != Some(')') {
            return Err(QueryError::new(open, "the parenthesis is not closed"));
        }
        self.at += 1;
        let node = node.ok_or_else(|| QueryError::new(open, "nothing stands in the parentheses"))?;
        // Kept as a group, so that a word in parentheses must match.
        Ok(match node {
            leaf @ Node::Leaf(_) => Node::Group(vec![(Demand::Must, leaf)]),
            group => group,
        })
    }

    /// A field, a phrase, a range or a word.
    fn leaf(&mut self, field: Option<&'static Named>) -> Result<Node> {
        if let Some(named) = self.field()? {
            if self.peek().is_none_or(is_space) {
                return Err(QueryError::new(self.at - 1, format!("nothing stands after {}:", named.name)));
            }
            return match self.peek() {
                Some('(') => self.group(Some(named)),
                _ => self.nested(self.at, |inside| inside.leaf(Some(named))),
            };
        }
        let at = self.at;
        let asks = match self.peek() {
            Some('[' | '{') if field.is_some_and(|field| self.is_ranged(field)) => self.brackets(field)?,
            Some('=') if self.opens_phrase(1) => {
                self.at += 1;
                self.phrase(field, true)?
            }
            _ if self.opens_phrase(0) => self.phrase(field, false)?,
            _ => self.word(field)?,
        };
        Ok(Node::Leaf(Leaf { at, field, asks }))
    }

    fn is_ranged(&self, field: &Named) -> bool {
        matches!(field.place(self.kind), Some(Place::Days(..) | Place::Amounts(..)))
    }

    fn opens_phrase(&self, ahead: usize) -> bool {
        self.next_is(ahead, |c| QUOTES.iter().any(|(open, _)| *open == c))
    }

    /// `name:` at this place; a colon in an address or a time is none.
    fn field(&mut self) -> Result<Option<&'static Named>> {
        let rest = &self.chars[self.at..];
        let length = rest.iter().take_while(|c| c.is_ascii_lowercase()).count();
        if length == 0 || rest.get(length) != Some(&':') || rest.get(length + 1) == Some(&'/') {
            return Ok(None);
        }
        let name: String = rest[..length].iter().collect();
        let field = named(&name, self.kind, self.at)?;
        self.at += length + 1;
        Ok(Some(field))
    }

    /// A range in brackets.
    fn brackets(&mut self, field: Option<&'static Named>) -> Result<Asks> {
        let start = self.at;
        let Some(length) = self.chars[start..].iter().position(|c| matches!(c, ']' | '}')) else {
            return Err(QueryError::new(start, "the bracket is not closed"));
        };
        self.at = start + length + 1;
        let text: String = self.chars[start..self.at].iter().collect();
        field.map_or(Ok(Asks::Everything), |field| asks(field, self.kind, &text, start))
    }

    /// A phrase with its slop; in a field of other things than words, a value.
    fn phrase(&mut self, field: Option<&'static Named>, whole: bool) -> Result<Asks> {
        let open = self.at;
        let close =
            QUOTES.iter().find(|(mark, _)| *mark == self.chars[open]).map_or(&[][..], |(_, close)| close);
        let mut words = String::new();
        self.at += 1;
        loop {
            match self.peek() {
                None => return Err(QueryError::new(open, "the quotation is not closed")),
                Some(c) if close.contains(&c) => break,
                Some('\\') if self.at + 1 < self.chars.len() => self.at += 1,
                Some(_) => {}
            }
            words.push(self.chars[self.at]);
            self.at += 1;
        }
        self.at += 1;
        if words.trim().is_empty() {
            return Err(QueryError::new(open, "nothing stands between the quotation marks"));
        }
        if whole {
            return self.whole(field, words, open);
        }
        let slop = if self.peek() == Some('~') { self.steps()? } else { 0 };
        match field.map(|field| (field, field.place(self.kind))) {
            Some((
                field,
                Some(
                    Place::Days(..) | Place::Amounts(..) | Place::Whole(_) | Place::Like | Place::Duplicates,
                ),
            )) => asks(field, self.kind, &words, open),
            _ => Ok(Asks::Phrase { words, slop }),
        }
    }

    fn whole(&self, field: Option<&'static Named>, name: String, at: usize) -> Result<Asks> {
        match field.and_then(|field| field.place(self.kind)) {
            Some(Place::Names(..) | Place::Whole(_) | Place::Like | Place::Duplicates) => {
                Ok(Asks::Whole(name))
            }
            _ => Err(QueryError::new(at - 1, "`=` asks for a whole name, after a field of names")),
        }
    }

    /// The number after a phrase's `~`.
    fn steps(&mut self) -> Result<u32> {
        let tilde = self.at;
        self.at += 1;
        let digits = self.digits();
        let steps = digits.parse::<u32>().ok().filter(|&steps| steps <= 1000);
        steps.ok_or_else(|| QueryError::new(tilde, "a number up to 1000 is wanted after ~"))
    }

    /// Digits of any script, as ASCII.
    fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(digit) = self.peek().and_then(digit) {
            digits.push(digit);
            self.at += 1;
        }
        digits
    }

    /// A word, with `*` or `~` at its end.
    fn word(&mut self, field: Option<&'static Named>) -> Result<Asks> {
        let start = self.at;
        let mut word = String::new();
        let mut escaped_last = false;
        let mut bare = 0;
        while let Some(c) = self.peek().filter(|&c| !is_space(c) && !is_border(c)) {
            escaped_last = c == '\\' && self.at + 1 < self.chars.len();
            self.at += usize::from(escaped_last);
            bare = if escaped_last { word.chars().count() + 1 } else { bare };
            word.push(self.chars[self.at]);
            self.at += 1;
        }
        if word.is_empty() {
            return Err(QueryError::new(start, "a word is missing here"));
        }
        let other = field.filter(|f| {
            !matches!(f.place(self.kind), Some(Place::Text(_) | Place::Letters(_) | Place::Names(..)))
        });
        if let Some(field) = other {
            return asks(field, self.kind, &word, start);
        }
        if word == "*" && !escaped_last && field.is_none() {
            return Ok(Asks::Everything);
        }
        let plain: String = word.chars().take(bare).collect();
        let open = &word[plain.len()..];
        if let Some(at) = open.find('*') {
            return prefix(word[..plain.len() + at].to_owned(), &open[at..], start);
        }
        if let Some(at) = open.find('~') {
            return fuzzy(word[..plain.len() + at].to_owned(), &open[at..], start);
        }
        match field {
            Some(field) => asks(field, self.kind, &word, start),
            None => Ok(Asks::Words(word)),
        }
    }
}

/// A word that `tail`, which begins with `*`, cuts short.
fn prefix(word: String, tail: &str, start: usize) -> Result<Asks> {
    let at = start + word.chars().count();
    if tail != "*" {
        return Err(QueryError::new(at, "* can only end a word"));
    }
    if word.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Err(QueryError::new(at, "at least two letters are wanted before *"));
    }
    Ok(Asks::Prefix(word))
}

/// A word that `tail`, which begins with `~`, makes fuzzy.
fn fuzzy(word: String, tail: &str, start: usize) -> Result<Asks> {
    let at = start + word.chars().count();
    let edits = match &tail[1..] {
        "" => Some(1),
        number => {
            let folded: String = number.chars().filter_map(digit).collect();
            folded
                .parse()
                .ok()
                .filter(|edits| (1..=MOST_EDITS).contains(edits) && number.chars().count() == 1)
        }
    };
    let edits = edits.ok_or_else(|| QueryError::new(at, "after ~ a number of letters is wanted, 1 or 2"))?;
    if word.chars().filter(|c| c.is_alphanumeric()).count() <= edits {
        return Err(QueryError::new(at, "the word is too short for ~"));
    }
    Ok(Asks::Fuzzy(word, edits))
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// What ends a word though it is no white space.
fn is_border(c: char) -> bool {
    matches!(c, '(' | ')') || QUOTES.iter().any(|(open, _)| *open == c)
}

fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}
