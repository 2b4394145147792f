//! The cue lists of claims, from the `.tsv` files beside this one.

use super::words::Words;
use super::{Comparator, Modality, Stance};
use crate::lexicon::{List, Row, VocabularyBuilder, rows};

/// Where a cue stands to the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// Directly before it.
    Before,
    /// After it or its noun.
    After,
    /// Either.
    Any,
    /// A verb that governs it at a distance.
    Verb,
    /// A particle directly before the verb.
    Next,
}

/// A row of `comparators.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ComparatorCue {
    pub comparator: Comparator,
    pub position: Position,
    /// The kind of claim it is bound to, empty for any.
    pub about: &'static str,
}

/// How a word makes a number an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AgeCue {
    /// A few words before years.
    Age,
    /// Directly before, of persons.
    Kin,
    /// Directly before: under, above.
    Limit,
    /// A verb directly before a ten or an ordinal.
    Reach,
    /// A verb of dying before «عن».
    Death,
    /// Directly behind.
    Life,
    /// The years are a length and no age.
    Term,
}

/// How a reporting cue takes its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReportKind {
    /// A verb with a subject.
    Verb,
    /// A verb that goes on with the speaker before.
    Continuation,
    /// A preposition or phrase before the source.
    Preposition,
    /// A word that names a report.
    Noun,
    /// A text that needs its author.
    Document,
}

/// What a reporting verb needs behind it to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Any object.
    Any,
    /// A clause or a quotation.
    Clause,
    /// These or a preposition.
    About,
    /// The one who is quoted.
    Inner,
    /// What a body counted.
    Count,
    /// A clause, where the verb begins its own.
    Opening,
    /// Nobody says it.
    Impersonal,
}

/// A row of `reporting.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReportCue {
    pub kind: ReportKind,
    pub stance: Option<Stance>,
    /// Whether what is said is an estimate.
    pub estimates: bool,
    pub content: Content,
}

/// A row of `predicates.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct PredicateCue {
    pub lemma: &'static str,
    pub class: &'static str,
}

/// A row of `modality.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ModalityCue {
    pub modality: Modality,
    pub position: Position,
}

/// How a subset cue joins part and whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubsetKind {
    /// منهم, من بينهم.
    OfThem,
    /// بمن فيهم.
    Including,
    /// تضم, of which the whole is the subject.
    Contains,
    /// معظمهم and fractions of them.
    Share,
    /// والباقي.
    Rest,
}

/// Comparators, reporting verbs, predicates and other cues.
#[derive(Debug, Default)]
pub struct Lists {
    pub(super) comparators: Vec<ComparatorCue>,
    pub(super) ages: Vec<AgeCue>,
    pub(super) reports: Vec<ReportCue>,
    pub(super) predicates: Vec<PredicateCue>,
    /// Whether a row of `change.tsv` is a rise.
    pub(super) rises: Vec<bool>,
    pub(super) modalities: Vec<ModalityCue>,
    pub(super) subsets: Vec<SubsetKind>,
    /// Words by their role.
    pub(super) words: Words,
}

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(vocabulary: &mut VocabularyBuilder) -> Self {
        let mut lists = Self { words: Words::load(vocabulary), ..Self::default() };
        let mut add = |list, table, column, take: &mut dyn FnMut(&Row<'static>) -> Option<usize>| {
            for row in rows(table) {
                if let Some(index) = take(&row) {
                    row.forms(column).for_each(|form| vocabulary.add(list, form, index));
                }
            }
        };
        let file = include_str!("comparators.tsv");
        add(List::Comparator, file, 0, &mut |row| lists.add_comparator(row));
        let file = include_str!("ages.tsv");
        add(List::Age, file, 1, &mut |row| lists.add_age(row));
        let file = include_str!("reporting.tsv");
        add(List::Reporting, file, 0, &mut |row| Some(lists.add_report(row)));
        add(List::Predicate, include_str!("predicates.tsv"), 2, &mut |row| {
            lists.predicates.push(PredicateCue { lemma: row.cell(0), class: row.cell(1) });
            Some(lists.predicates.len() - 1)
        });
        add(List::Change, include_str!("change.tsv"), 0, &mut |row| {
            lists.rises.push(row.cell(1) == "rise");
            Some(lists.rises.len() - 1)
        });
        add(List::Modality, include_str!("modality.tsv"), 0, &mut |row| lists.add_modality(row));
        add(List::Subset, include_str!("subset.tsv"), 0, &mut |row| Some(lists.add_subset(row)));
        add(List::Function, include_str!("function.tsv"), 0, &mut |_| Some(0));
        lists
    }

    fn add_comparator(&mut self, row: &Row<'static>) -> Option<usize> {
        let comparator = match row.cell(1) {
            "approx" => Comparator::Approx,
            "more_than" => Comparator::MoreThan,
            "less_than" => Comparator::LessThan,
            "at_least" => Comparator::AtLeast,
            "at_most" => Comparator::AtMost,
            "exact" => Comparator::Exact,
            // Vague quantities are vague by their own words.
            _ => return None,
        };
        self.comparators.push(ComparatorCue {
            comparator,
            position: position(row.cell(2)),
            about: row.cell(3),
        });
        Some(self.comparators.len() - 1)
    }

    fn add_age(&mut self, row: &Row<'static>) -> Option<usize> {
        self.ages.push(match row.cell(0) {
            "age" => AgeCue::Age,
            "kin" => AgeCue::Kin,
            "limit" => AgeCue::Limit,
            "reach" => AgeCue::Reach,
            "death" => AgeCue::Death,
            "life" => AgeCue::Life,
            "term" => AgeCue::Term,
            _ => return None,
        });
        Some(self.ages.len() - 1)
    }

    fn add_report(&mut self, row: &Row<'static>) -> usize {
        let kind = match row.cell(1) {
            "verb" => ReportKind::Verb,
            "continuation" => ReportKind::Continuation,
            "preposition" => ReportKind::Preposition,
            "document" => ReportKind::Document,
            _ => ReportKind::Noun,
        };
        let stance = match row.cell(2) {
            "claims" => Some(Stance::Claims),
            "denies" => Some(Stance::Denies),
            "opines" => Some(Stance::Opines),
            "estimates" => Some(Stance::Estimates),
            _ => None,
        };
        let content = match row.cell(3) {
            "clause" => Content::Clause,
            "about" => Content::About,
            "inner" => Content::Inner,
            "count" => Content::Count,
            "opening" => Content::Opening,
            "impersonal" => Content::Impersonal,
            _ => Content::Any,
        };
        let estimates = stance == Some(Stance::Estimates);
        self.reports.push(ReportCue { kind, stance, estimates, content });
        self.reports.len() - 1
    }

    fn add_modality(&mut self, row: &Row<'static>) -> Option<usize> {
        let modality = match row.cell(1) {
            "planned" => Modality::Planned,
            "conditional" => Modality::Conditional,
            "estimated" => Modality::Estimated,
            "negated" => Modality::Negated,
            "asked" => Modality::Asked,
            "asserted" => Modality::Asserted,
            _ => return None,
        };
        self.modalities.push(ModalityCue { modality, position: position(row.cell(2)) });
        Some(self.modalities.len() - 1)
    }

    fn add_subset(&mut self, row: &Row<'static>) -> usize {
        self.subsets.push(match row.cell(1) {
            "of_them" => SubsetKind::OfThem,
            "including" => SubsetKind::Including,
            "contains" => SubsetKind::Contains,
            "rest" => SubsetKind::Rest,
            _ => SubsetKind::Share,
        });
        self.subsets.len() - 1
    }
}

fn position(cell: &str) -> Position {
    match cell {
        "after" => Position::After,
        "any" => Position::Any,
        "verb" => Position::Verb,
        "next" | "next_imperfect" => Position::Next,
        _ => Position::Before,
    }
}
