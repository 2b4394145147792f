//! The fields of an index: what is kept of an article and of a claim.
//!
//! Both kinds carry `article`, by which they are replaced and deleted
//! together; every other field belongs to one kind only, save `kind` itself.

use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};

use super::analyzer;

/// What an entry of the index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An article.
    Article,
    /// A claim of an article.
    Claim,
}

impl Kind {
    /// The kind's term.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Claim => "claim",
        }
    }
}

/// All fields.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Identifier of the article that the entry is or belongs to.
    pub article: Field,
    /// [`Kind`].
    pub kind: Field,
    /// Article: identifier.
    pub id: Field,
    /// Article: digest of the document.
    pub digest: Field,
    /// Article: what near duplicates share ([`super::near`]).
    pub near: Field,
    /// Article: folded words with exact letters.
    pub words: Field,
    /// Article: stems.
    pub stems: Field,
    /// Article: stems of the headline.
    pub title: Field,
    /// Article: stems of the source's name or address.
    pub source: Field,
    /// Article and claim: the outlet's name as it is written, or its host.
    pub outlet: Field,
    /// Article: stems of the names of persons.
    pub person: Field,
    /// Article: stems of the names of organisations.
    pub org: Field,
    /// Article: stems of the names of places and peoples.
    pub place: Field,
    /// Article: stems of the names of peoples, religions and parties.
    pub group: Field,
    /// Article: stems of the names of events.
    pub event: Field,
    /// Article: type and name of every entity, for counting.
    pub entity: Field,
    /// Article and claim: day of publication, days since 1970.
    pub published: Field,
    /// Article: first day of each date that the text mentions, days since 1970.
    pub mention_first: Field,
    /// Article: last day of each, in the same order.
    pub mention_last: Field,
    /// Article: document ([`super::stored`]).
    pub stored: Field,
    /// Article: record ([`super::stored`]).
    pub found: Field,
    /// Claim: its number in the record, from 0.
    pub claim: Field,
    /// Claim: the first word of its sentence, by its number in the text from 0.
    pub from: Field,
    /// Claim: the word after the last.
    pub to: Field,
    /// Claim: stems of the counted noun with its modifiers.
    pub noun: Field,
    /// Claim: smallest value.
    pub least: Field,
    /// Claim: largest value, where it is not the smallest.
    pub most: Field,
    /// Claim: kind of quantity.
    pub quantity: Field,
    /// Claim: comparator.
    pub comparator: Field,
    /// Claim: code of the unit.
    pub unit: Field,
    /// Claim: stems of the unit's words.
    pub unit_words: Field,
    /// Claim: class of the predicate.
    pub predicate: Field,
    /// Claim: modality.
    pub modality: Field,
    /// Claim: stems of the actor's name.
    pub actor: Field,
    /// Claim: stems of the places' names.
    pub where_: Field,
    /// Claim: the places' names as they are written, for counting.
    pub where_name: Field,
    /// Claim: stems of who says it.
    pub said_by: Field,
    /// Claim: first day of its time, days since 1970.
    pub since: Field,
    /// Claim: last day of its time.
    pub until: Field,
}

/// Name of the tokenizer in the schema; it carries the analyzer's version.
pub fn tokenizer_name() -> String {
    format!("{}-{}", analyzer::NAME, analyzer::VERSION)
}

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut b = Schema::builder();
    // Running text is ranked by its length; for all else lengths only take place.
    let terms = |lengths| {
        let indexing = TextFieldIndexing::default().set_tokenizer(&tokenizer_name()).set_fieldnorms(lengths);
        let indexing = indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let (text, names) = (|| terms(true), || terms(false));
    let whole = || {
        let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::Basic))
    };
    let counted = || whole() | FAST;
    let fields = Fields {
        article: b.add_text_field("article", whole()),
        kind: b.add_text_field("kind", whole()),
        id: b.add_text_field("id", counted()),
        digest: b.add_u64_field("digest", FAST),
        near: b.add_bytes_field("near", BytesOptions::default().set_indexed()),
        words: b.add_text_field("words", text()),
        stems: b.add_text_field("stems", text()),
        title: b.add_text_field("title", text()),
        source: b.add_text_field("source", names()),
        outlet: b.add_text_field("outlet", counted()),
        person: b.add_text_field("person", names()),
        org: b.add_text_field("org", names()),
        place: b.add_text_field("place", names()),
        group: b.add_text_field("group", names()),
        event: b.add_text_field("event", names()),
        entity: b.add_text_field("entity", counted()),
        published: b.add_i64_field("published", FAST),
        mention_first: b.add_i64_field("mention_first", FAST),
        mention_last: b.add_i64_field("mention_last", FAST),
        stored: b.add_text_field("stored", STORED),
        found: b.add_bytes_field("found", STORED),
        claim: b.add_u64_field("claim", FAST),
        from: b.add_u64_field("from", FAST),
        to: b.add_u64_field("to", FAST),
        noun: b.add_text_field("noun", names()),
        least: b.add_f64_field("least", FAST),
        most: b.add_f64_field("most", FAST),
        quantity: b.add_text_field("quantity", counted()),
        comparator: b.add_text_field("comparator", counted()),
        unit: b.add_text_field("unit", counted()),
        unit_words: b.add_text_field("unit_words", names()),
        predicate: b.add_text_field("predicate", counted()),
        modality: b.add_text_field("modality", counted()),
        actor: b.add_text_field("actor", names()),
        where_: b.add_text_field("where", names()),
        where_name: b.add_text_field("where_name", counted()),
        said_by: b.add_text_field("said_by", names()),
        since: b.add_i64_field("since", FAST),
        until: b.add_i64_field("until", FAST),
    };
    (b.build(), fields)
}
