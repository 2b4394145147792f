//! The fields that a searcher can name: what each is called, what it takes,
//! and where in the index it looks. A row here is all that a new field needs:
//! the query language, the flags and the help read this table.

use tantivy::schema::Field;

use super::schema::{Fields, Kind};

/// A field of the query language.
#[derive(Debug)]
pub struct Named {
    /// As it is written before the colon, and as a flag.
    pub name: &'static str,
    /// What it finds, in few words.
    pub about: &'static str,
    /// Where it looks in articles.
    pub articles: Option<Place>,
    /// Where it looks in claims.
    pub claims: Option<Place>,
}

/// Columns of the index that stems are looked for in, with their weights.
pub type Weighted = Vec<(Field, f32)>;

/// Where a field looks, which is also what can be asked of it.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Words in any form, of running text: hits are ranked by them.
    Text(fn(&Fields) -> Weighted),
    /// Words in exactly their letters, of running text.
    Letters(fn(&Fields) -> Field),
    /// Names: any form of their words, or with `=` the whole name, which the
    /// index keeps in another field behind a prefix.
    Names(fn(&Fields) -> Weighted, fn(&Fields) -> Field, &'static str),
    /// A term that stands whole: an identifier, a code.
    Whole(fn(&Fields) -> Field),
    /// Days: the columns of the first and of the last.
    Days(&'static str, &'static str),
    /// Numbers: the columns of the least and of the most.
    Amounts(&'static str, &'static str),
    /// The identifier of an article; others that resemble it are found.
    Like,
    /// The identifier of an article; others that nearly repeat it are found.
    Duplicates,
}

/// Every field, in the order in which help shows them.
pub static FIELDS: [Named; 24] = [
    Named {
        name: "title",
        about: "words of the headline",
        articles: Some(Place::Text(|f| vec![(f.title, 1.0)])),
        claims: None,
    },
    Named {
        name: "body",
        about: "words of the text; of a claim, of its sentence",
        articles: Some(Place::Text(|f| vec![(f.stems, 1.0)])),
        claims: Some(Place::Text(|f| vec![(f.stems, 1.0)])),
    },
    Named {
        name: "exact",
        about: "words of the text in exactly these letters, vowel marks aside",
        articles: Some(Place::Letters(|f| f.words)),
        claims: None,
    },
    Named {
        name: "noun",
        about: "what is counted, with the words that narrow it",
        articles: None,
        claims: Some(Place::Text(|f| vec![(f.noun, 1.0)])),
    },
    Named {
        name: "person",
        about: "names of persons; of a claim, who acts or says it",
        articles: Some(Place::Names(|f| vec![(f.person, 1.0)], |f| f.entity, "PER\t")),
        claims: Some(Place::Text(|f| vec![(f.actor, 1.0), (f.said_by, 1.0)])),
    },
    Named {
        name: "org",
        about: "names of organisations; of a claim, who acts or says it",
        articles: Some(Place::Names(|f| vec![(f.org, 1.0)], |f| f.entity, "ORG\t")),
        claims: Some(Place::Text(|f| vec![(f.actor, 1.0), (f.said_by, 1.0)])),
    },
    Named {
        name: "place",
        about: "names of places; of a claim, where it holds",
        articles: Some(Place::Names(|f| vec![(f.place, 1.0)], |f| f.entity, "LOC\t")),
        claims: Some(Place::Names(|f| vec![(f.where_, 1.0)], |f| f.where_name, "")),
    },
    Named {
        name: "group",
        about: "names of peoples, religions and parties",
        articles: Some(Place::Names(|f| vec![(f.group, 1.0)], |f| f.entity, "NORP\t")),
        claims: None,
    },
    Named {
        name: "event",
        about: "names of events",
        articles: Some(Place::Names(|f| vec![(f.event, 1.0)], |f| f.entity, "EVENT\t")),
        claims: None,
    },
    Named {
        name: "actor",
        about: "who acts",
        articles: None,
        claims: Some(Place::Text(|f| vec![(f.actor, 1.0)])),
    },
    Named {
        name: "source",
        about: "outlet or address; of a claim, who says it",
        articles: Some(Place::Names(|f| vec![(f.source, 1.0)], |f| f.outlet, "")),
        claims: Some(Place::Text(|f| vec![(f.said_by, 1.0)])),
    },
    Named {
        name: "outlet",
        about: "the outlet's whole name as facets show it",
        articles: Some(Place::Whole(|f| f.outlet)),
        claims: Some(Place::Whole(|f| f.outlet)),
    },
    Named {
        name: "published",
        about: "when the article was published: 2023, 2023-11..2024-01, ..2023-11-05",
        articles: Some(Place::Days("published", "published")),
        claims: Some(Place::Days("published", "published")),
    },
    Named {
        name: "mentions",
        about: "dates that the text mentions and that lie inside: 2023-11, 2023-10..2024-01",
        articles: Some(Place::Days("mention_first", "mention_last")),
        claims: None,
    },
    Named {
        name: "time",
        about: "when it holds: a time inside 2023-11, 2023-10..2024-01",
        articles: None,
        claims: Some(Place::Days("since", "until")),
    },
    Named {
        name: "value",
        about: "how much: 350, 9000.., [9000 TO *], >9000, [\"3 ملايين دولار\" TO *]",
        articles: None,
        claims: Some(Place::Amounts("least", "most")),
    },
    Named {
        name: "unit",
        about: "unit or currency, by its code or its words: USD, km, دولار",
        articles: None,
        claims: Some(Place::Names(|f| vec![(f.unit_words, 1.0)], |f| f.unit, "")),
    },
    Named {
        name: "kind",
        about: "kind of quantity: count, percent, money, measure …",
        articles: None,
        claims: Some(Place::Whole(|f| f.quantity)),
    },
    Named {
        name: "comparator",
        about: "exact, approx, more_than, less_than, at_least, at_most, between, vague",
        articles: None,
        claims: Some(Place::Whole(|f| f.comparator)),
    },
    Named {
        name: "predicate",
        about: "class of the governing verb: kill, injure, arrest …",
        articles: None,
        claims: Some(Place::Whole(|f| f.predicate)),
    },
    Named {
        name: "modality",
        about: "asserted, negated, planned, conditional, estimated",
        articles: None,
        claims: Some(Place::Whole(|f| f.modality)),
    },
    Named {
        name: "id",
        about: "identifier of the article",
        articles: Some(Place::Whole(|f| f.id)),
        claims: Some(Place::Whole(|f| f.article)),
    },
    Named {
        name: "like",
        about: "articles that resemble the one with this identifier",
        articles: Some(Place::Like),
        claims: None,
    },
    Named {
        name: "duplicates",
        about: "articles that nearly repeat the one with this identifier, word for word",
        articles: Some(Place::Duplicates),
        claims: None,
    },
];

impl Named {
    /// Where the field looks in entries of `kind`.
    pub const fn place(&self, kind: Kind) -> Option<Place> {
        match kind {
            Kind::Article => self.articles,
            Kind::Claim => self.claims,
        }
    }
}

/// The fields that entries of `kind` have.
pub fn fields(kind: Kind) -> impl Iterator<Item = &'static Named> {
    FIELDS.iter().filter(move |field| field.place(kind).is_some())
}
