//! The closed sets of the record: what each value of the program is called in
//! it. Nothing else writes such a name.

use std::borrow::Cow;

use super::Name;
use crate::extract::{claim, date, entity, unit};

/// Writes names of closed sets as the record has them.
macro_rules! names {
    ($($function:ident($of:ty) { $($variant:path => $name:literal),+ $(,)? })+) => {
        $(pub(crate) fn $function(of: $of) -> Name {
            Cow::Borrowed(match of { $($variant => $name),+ })
        })+
    };
}

names! {
    kind(claim::Kind) {
        claim::Kind::Count => "count", claim::Kind::Percent => "percent", claim::Kind::Fraction => "fraction",
        claim::Kind::Money => "money", claim::Kind::Measure => "measure", claim::Kind::Duration => "duration",
        claim::Kind::Ratio => "ratio", claim::Kind::Multiplier => "multiplier", claim::Kind::Ordinal => "ordinal",
        claim::Kind::Score => "score", claim::Kind::Age => "age", claim::Kind::Number => "number",
    }
    comparator(claim::Comparator) {
        claim::Comparator::Exact => "exact", claim::Comparator::Approx => "approx",
        claim::Comparator::MoreThan => "more_than", claim::Comparator::LessThan => "less_than",
        claim::Comparator::AtLeast => "at_least", claim::Comparator::AtMost => "at_most",
        claim::Comparator::Between => "between", claim::Comparator::Vague => "vague",
    }
    change(claim::Change) {
        claim::Change::Rise => "rise", claim::Change::Fall => "fall", claim::Change::RiseTo => "rise_to",
        claim::Change::FallTo => "fall_to", claim::Change::RiseBy => "rise_by", claim::Change::FallBy => "fall_by",
    }
    modality(claim::Modality) {
        claim::Modality::Asserted => "asserted", claim::Modality::Negated => "negated",
        claim::Modality::Planned => "planned", claim::Modality::Conditional => "conditional",
        claim::Modality::Estimated => "estimated", claim::Modality::Asked => "asked",
    }
    system(unit::System) {
        unit::System::Iso4217 => "iso4217", unit::System::Ucum => "ucum", unit::System::Iso8601 => "iso8601",
        unit::System::Percent => "percent",
    }
    stance(claim::Stance) {
        claim::Stance::Claims => "claims", claim::Stance::Denies => "denies",
        claim::Stance::Opines => "opines", claim::Stance::Estimates => "estimates",
    }
    anchor(claim::Anchor) {
        claim::Anchor::Clause => "clause", claim::Anchor::Sentence => "sentence",
        claim::Anchor::Paragraph => "paragraph", claim::Anchor::Document => "document",
    }
    timex(date::Type) {
        date::Type::Date => "DATE", date::Type::Time => "TIME", date::Type::Duration => "DURATION", date::Type::Set => "SET",
    }
    basis(date::Basis) {
        date::Basis::Explicit => "explicit", date::Basis::DocumentDate => "document_date",
        date::Basis::Context => "context", date::Basis::Weekday => "weekday",
    }
    modifier(date::Modifier) {
        date::Modifier::Start => "START", date::Modifier::Mid => "MID", date::Modifier::End => "END",
        date::Modifier::Approx => "APPROX", date::Modifier::MoreThan => "MORE_THAN", date::Modifier::LessThan => "LESS_THAN",
        date::Modifier::EqualOrMore => "EQUAL_OR_MORE", date::Modifier::EqualOrLess => "EQUAL_OR_LESS",
        date::Modifier::Before => "BEFORE", date::Modifier::After => "AFTER",
    }
    relation(date::Relation) {
        date::Relation::At => "at", date::Relation::Since => "since", date::Relation::Until => "until",
        date::Relation::Before => "before", date::Relation::After => "after", date::Relation::During => "during",
    }
    calendar(date::Calendar) {
        date::Calendar::Gregorian => "gregorian", date::Calendar::Hijri => "hijri",
    }
    entity_type(entity::Type) {
        entity::Type::Person => "PER", entity::Type::Organisation => "ORG", entity::Type::Location => "LOC",
        entity::Type::Group => "NORP", entity::Type::Event => "EVENT", entity::Type::Misc => "MISC",
    }
    subtype(entity::Subtype) {
        entity::Subtype::Country => "country", entity::Subtype::City => "city", entity::Subtype::Region => "region",
        entity::Subtype::Facility => "facility", entity::Subtype::Natural => "natural",
    }
}
