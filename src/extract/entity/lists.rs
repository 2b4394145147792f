//! The gazetteers of this family, made ready: each row is a slice of its list
//! with the few facts that the rules ask for. Takes no decision.

use crate::lexicon::{List, Row, VocabularyBuilder, rows};

use super::conventions::Conventions;
use super::letters::Letters;
use super::user::{Entry, UserLexicon};
use super::{Subtype, Type};
use crate::lemma;

/// A country or territory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Country {
    row: Row<'static>,
}

impl Country {
    /// ISO 3166 code.
    pub(super) fn code(self) -> &'static str {
        self.row.cell(0)
    }

    /// Everyday name.
    pub(super) fn name(self) -> &'static str {
        self.row.cell(1)
    }
}

/// Any other place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    row: Row<'static>,
    name: u8,
    /// What sort of place.
    pub(super) subtype: Subtype,
    /// Whether its name means nothing else.
    pub(super) certain: bool,
    /// Whether its code is in the first column.
    coded: bool,
}

impl Place {
    /// Canonical name.
    pub(super) fn name(self) -> &'static str {
        self.row.cell(self.name as usize)
    }

    /// ISO 3166-2 code.
    pub(super) fn code(self) -> Option<&'static str> {
        self.coded.then(|| self.row.cell(0))
    }

    /// ISO 3166 code of the country it is in, or nothing.
    pub(super) fn country(self) -> &'static str {
        if self.coded { self.row.cell(0).get(..2).unwrap_or("") } else { self.row.cell(2) }
    }
}

/// An organisation known by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Organisation {
    /// Canonical name.
    pub(super) name: &'static str,
    /// Whether its name means nothing else.
    pub(super) certain: bool,
    /// ISO 3166 code of the country it belongs to, or nothing.
    pub(super) country: &'static str,
    class: &'static str,
}

impl Organisation {
    /// Whether a nationality behind its name only describes it.
    pub(super) fn takes_nation(&self) -> bool {
        matches!(self.class, "club" | "party" | "movement" | "armed_group" | "newspaper" | "media")
    }

    /// Whether it plays.
    pub(super) fn is_club(&self) -> bool {
        self.class == "club"
    }

    /// Whether it is known to belong to one country.
    pub(super) fn has_country(&self) -> bool {
        !self.country.is_empty()
    }
}

/// A noun that begins or introduces an organisation's name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// Whether it belongs to the name.
    pub(super) include: bool,
    /// Whether it has the article.
    pub(super) article: bool,
    /// Whether it stands in the singular.
    pub(super) single: bool,
    /// Which words may follow it.
    pub(super) follows: Follows,
}

/// Which words make a name of an organisation's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Follows {
    /// Nouns in construct.
    pub(super) complement: bool,
    /// An adjective.
    pub(super) adjective: bool,
    /// A quoted, foreign or known name.
    pub(super) name: bool,
}

/// What a particle does inside a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Particle {
    /// Takes the next word into the name.
    Binding,
    /// Follows a name and belongs to it.
    Suffix,
    /// Introduces another name of the same person.
    Alias,
}

/// What a noun before a name announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Announcer {
    /// The type of the name.
    pub(super) kind: Type,
    /// For places, the sort.
    pub(super) subtype: Option<Subtype>,
    /// Whether the noun belongs to the name.
    pub(super) include: bool,
    /// Whether a definite noun may follow as the name («سجن النقب»).
    pub(super) definite: bool,
    /// The whole name, where the entry is a known event or work.
    pub(super) name: Option<&'static str>,
}

/// How a nationality word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inflection {
    /// Masculine singular.
    He,
    /// Feminine singular.
    She,
    /// Masculine singular with the ending of an accusative.
    Accusative,
    /// Plural or dual.
    Many,
}

/// A nationality or group word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nationality {
    name: Row<'static>,
    country: bool,
    /// How it stands.
    pub(super) inflection: Inflection,
}

impl Nationality {
    /// The country's or the group's name.
    pub(super) fn name(self) -> &'static str {
        self.name.cell(usize::from(self.country))
    }

    /// ISO 3166 code of the country.
    pub(super) fn code(self) -> Option<&'static str> {
        self.country.then(|| self.name.cell(0))
    }
}

/// The gazetteers, titles and heads.
#[derive(Debug, Default)]
pub struct Lists {
    countries: Vec<Country>,
    nationalities: Vec<Nationality>,
    places: Vec<Place>,
    given: Vec<bool>,
    surnames: Vec<bool>,
    /// Whether a title is an office; the others are honorifics.
    offices: Vec<bool>,
    particles: Vec<Particle>,
    organisations: Vec<Organisation>,
    /// Whether a word inside organisations' names is a noun.
    nouns: Vec<bool>,
    heads: Vec<Head>,
    announcers: Vec<Announcer>,
    letters: Letters,
    /// What counts as a name.
    pub conventions: Conventions,
    user: Vec<Entry>,
}

impl Lists {
    /// Adds the lists to `vocabulary`.
    pub fn load(vocabulary: &mut VocabularyBuilder) -> Self {
        let mut lists = Self::default();
        lists.load_countries(vocabulary);
        lists.load_places(vocabulary);
        lists.load_people(vocabulary);
        lists.load_organisations(vocabulary);
        lists.load_announcers(vocabulary);
        for (row, number) in rows(include_str!("names/stop_words.tsv")).zip(0..) {
            vocabulary.add(List::Stop, row.cell(0), number);
        }
        for (row, number) in rows(include_str!("everyday.tsv")).zip(0..) {
            vocabulary.add(List::Everyday, row.cell(0), number);
        }
        for (form, number) in lemma::forms().zip(0..) {
            vocabulary.add(List::Noun, form, number);
        }
        for (form, number) in lemma::persons().zip(0..) {
            vocabulary.add(List::Role, form, number);
        }
        lists.letters = Letters::count(foreign_names(), lemma::forms());
        lists
    }

    /// Lays users' lists over these; of two the later counts.
    pub fn add_user(&mut self, vocabulary: &mut VocabularyBuilder, users: &[UserLexicon]) {
        for entry in users.iter().rev().flat_map(|user| &user.entries) {
            for form in entry.forms() {
                vocabulary.add(List::User, form, self.user.len());
                if entry.kind.is_none() {
                    vocabulary.add(List::Stop, form, USER_STOP);
                }
            }
            self.user.push(entry.clone());
        }
    }

    /// Whether there is any.
    pub(super) fn has_user(&self) -> bool {
        !self.user.is_empty()
    }

    /// The entry in a row of [`List::User`].
    pub(super) fn user(&self, row: usize) -> &Entry {
        &self.user[row]
    }

    fn load_countries(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("places/countries.tsv")) {
            let number = self.countries.len();
            vocabulary.add(List::Country, row.cell(1), number);
            row.forms(2).for_each(|form| vocabulary.add(List::Country, form, number));
            self.countries.push(Country { row });
            self.load_nationality(vocabulary, row, 3, true);
        }
        for row in rows(include_str!("groups.tsv")) {
            self.load_nationality(vocabulary, row, 1, false);
        }
    }

    /// Makes every gender and number of the stems in a cell: «مصري» gives
    /// «مصرية»، «مصريون»، «مصريين» …; other forms are broken plurals.
    fn load_nationality(
        &mut self,
        vocabulary: &mut VocabularyBuilder,
        name: Row<'static>,
        column: usize,
        country: bool,
    ) {
        let first = self.nationalities.len();
        let all = [Inflection::He, Inflection::She, Inflection::Accusative, Inflection::Many];
        self.nationalities.extend(all.map(|inflection| Nationality { name, country, inflection }));
        for stem in name.forms(column) {
            if !stem.ends_with('ي') {
                vocabulary.add(List::Nationality, stem, first + Inflection::Many as usize);
                continue;
            }
            vocabulary.add(List::Nationality, stem, first);
            for (ending, inflection) in ENDINGS {
                let row = first + inflection as usize;
                if let Some((noun, adjective)) = stem.split_once(' ') {
                    let form = format!("{noun}{ending} {adjective}{ending}");
                    vocabulary.add(List::Nationality, &form, row);
                    let form = format!("{noun}{ending} ال{adjective}{ending}");
                    vocabulary.add(List::Nationality, &form, row);
                } else {
                    vocabulary.add(List::Nationality, &format!("{stem}{ending}"), row);
                }
            }
        }
    }

    fn load_places(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("places/subdivisions.tsv")) {
            let place = Place { row, name: 1, subtype: Subtype::Region, certain: true, coded: true };
            self.add_place(vocabulary, place, 2);
        }
        for row in rows(include_str!("places/cities.tsv")) {
            let certain = is_certain(row.cell(4));
            let place = Place { row, name: 0, subtype: Subtype::City, certain, coded: false };
            self.add_place(vocabulary, place, 1);
        }
        for table in [include_str!("places/towns.tsv"), include_str!("places/regions.tsv")] {
            for row in rows(table) {
                let (certain, subtype) = (is_certain(row.cell(4)), subtype(row.cell(3)));
                self.add_place(vocabulary, Place { row, name: 0, subtype, certain, coded: false }, 1);
            }
        }
    }

    fn add_place(&mut self, vocabulary: &mut VocabularyBuilder, place: Place, forms: usize) {
        let number = self.places.len();
        vocabulary.add(List::Place, place.name(), number);
        place.row.forms(forms).for_each(|form| vocabulary.add(List::Place, form, number));
        self.places.push(place);
    }

    fn load_people(&mut self, vocabulary: &mut VocabularyBuilder) {
        let given = rows(include_str!("names/given.tsv")).map(|row| (row, is_certain(row.cell(4))));
        self.given = add_names(vocabulary, List::Given, given);
        let surnames = rows(include_str!("names/surnames.tsv")).map(|row| (row, is_certain(row.cell(3))));
        self.surnames = add_names(vocabulary, List::Surname, surnames);
        for row in rows(include_str!("names/titles.tsv")) {
            row.forms(0).for_each(|form| vocabulary.add(List::Title, form, self.offices.len()));
            self.offices.push(row.cell(1) == "office");
        }
        for row in rows(include_str!("names/name_particles.tsv")) {
            vocabulary.add(List::Particle, row.cell(0), self.particles.len());
            self.particles.push(match row.cell(1) {
                "suffix" => Particle::Suffix,
                "alias" => Particle::Alias,
                _ => Particle::Binding,
            });
        }
    }

    fn load_organisations(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("names/organisations.tsv")) {
            let number = self.organisations.len();
            let [name, _, _, country, class, kind] = row.cells();
            vocabulary.add(List::Organisation, name, number);
            row.forms(1).for_each(|form| vocabulary.add(List::Organisation, form, number));
            self.organisations.push(Organisation { name, certain: is_certain(kind), country, class });
        }
        for row in rows(include_str!("names/organisation_heads.tsv")) {
            row.forms(0).for_each(|form| vocabulary.add(List::OrganisationHead, form, self.heads.len()));
            let has = |what| row.forms(3).any(|cell| cell == what);
            let follows =
                Follows { complement: has("complement"), adjective: has("adjective"), name: has("name") };
            let include = is_yes(row.cell(2));
            let article = row.cell(0).starts_with("ال");
            self.heads.push(Head { include, article, single: !row.cell(1).starts_with("pl"), follows });
        }
        for row in rows(include_str!("names/organisation_words.tsv")) {
            vocabulary.add(List::OrganisationWord, row.cell(0), self.nouns.len());
            self.nouns.push(row.cell(1) == "noun");
        }
    }

    fn load_announcers(&mut self, vocabulary: &mut VocabularyBuilder) {
        for row in rows(include_str!("names/event_heads.tsv")) {
            let kind = if row.cell(1).eq_ignore_ascii_case("misc") { Type::Misc } else { Type::Event };
            let announcer =
                Announcer { kind, subtype: None, include: is_yes(row.cell(2)), definite: false, name: None };
            self.add_announcer(vocabulary, row, announcer);
        }
        // A row cannot begin with the sign of a comment.
        let hashtag =
            Announcer { kind: Type::Misc, subtype: None, include: true, definite: false, name: None };
        vocabulary.add(List::EventHead, "#", self.announcers.len());
        self.announcers.push(hashtag);
        for row in rows(include_str!("works.tsv")) {
            let kind = if row.cell(2) == "MISC" { Type::Misc } else { Type::Event };
            let name = Some(row.cell(0));
            let known = Announcer { kind, subtype: None, include: true, definite: false, name };
            row.forms(1).for_each(|form| vocabulary.add(List::EventHead, form, self.announcers.len()));
            self.add_announcer(vocabulary, row, known);
        }
        for row in rows(include_str!("place_heads.tsv")) {
            let subtype = Some(subtype(row.cell(1)));
            let (include, definite) = (is_yes(row.cell(2)), is_yes(row.cell(3)));
            let announcer = Announcer { kind: Type::Location, subtype, include, definite, name: None };
            self.add_announcer(vocabulary, row, announcer);
        }
    }

    fn add_announcer(&mut self, vocabulary: &mut VocabularyBuilder, row: Row<'static>, announcer: Announcer) {
        row.forms(0).for_each(|form| vocabulary.add(List::EventHead, form, self.announcers.len()));
        self.announcers.push(announcer);
    }

    /// How foreign a folded word looks; above 0 it is rather a name.
    pub(super) fn foreignness(&self, word: &str) -> i32 {
        self.letters.foreignness(word)
    }

    /// The country in a row of [`List::Country`].
    pub(super) fn country(&self, row: usize) -> Country {
        self.countries[row]
    }

    /// The word in a row of [`List::Nationality`].
    pub(super) fn nationality(&self, row: usize) -> Nationality {
        self.nationalities[row]
    }

    /// The place in a row of [`List::Place`].
    pub(super) fn place(&self, row: usize) -> Place {
        self.places[row]
    }

    /// Whether a row of `list` (given names or surnames) is nothing but a name.
    pub(super) fn is_sure_name(&self, list: List, row: usize) -> bool {
        if list == List::Given { self.given[row] } else { self.surnames[row] }
    }

    /// Whether a row of [`List::Title`] is an office.
    pub(super) fn is_office(&self, row: usize) -> bool {
        self.offices[row]
    }

    /// The organisation in a row of [`List::Organisation`].
    pub(super) fn organisation(&self, row: usize) -> &Organisation {
        &self.organisations[row]
    }

    /// The noun in a row of [`List::OrganisationHead`].
    pub(super) fn head(&self, row: usize) -> Head {
        self.heads[row]
    }

    /// The particle in a row of [`List::Particle`].
    pub(super) fn particle(&self, row: usize) -> Particle {
        self.particles[row]
    }

    /// Whether a row of [`List::OrganisationWord`] is a noun.
    pub(super) fn is_noun(&self, row: usize) -> bool {
        self.nouns[row]
    }

    /// The noun in a row of [`List::EventHead`].
    pub(super) fn announcer(&self, row: usize) -> Announcer {
        self.announcers[row]
    }
}

/// The row of words that a user says are no names; nothing is kept of them.
const USER_STOP: usize = u32::MAX as usize;

/// What is added to a stem in «ي».
const ENDINGS: [(&str, Inflection); 8] = [
    ("ة", Inflection::She),
    ("ا", Inflection::Accusative),
    ("ون", Inflection::Many),
    ("ين", Inflection::Many),
    ("ان", Inflection::Many),
    ("ات", Inflection::Many),
    ("تان", Inflection::Many),
    ("تين", Inflection::Many),
];

fn add_names(
    vocabulary: &mut VocabularyBuilder,
    list: List,
    names: impl Iterator<Item = (Row<'static>, bool)>,
) -> Vec<bool> {
    let mut sure = Vec::new();
    for (row, certain) in names {
        vocabulary.add(list, row.cell(0), sure.len());
        row.forms(1).for_each(|form| vocabulary.add(list, form, sure.len()));
        sure.push(certain);
    }
    sure
}

/// Names of the lists that are not Arabic by origin.
fn foreign_names() -> impl Iterator<Item = &'static str> {
    let given = rows(include_str!("names/given.tsv")).map(|row| (row, 3));
    let surnames = rows(include_str!("names/surnames.tsv")).map(|row| (row, 2));
    let foreign = given.chain(surnames).filter(|(row, origin)| !row.cell(*origin).starts_with("arabic"));
    foreign.map(|(row, _)| row.cell(0))
}

fn is_certain(tier: &str) -> bool {
    tier == "certain"
}

fn is_yes(cell: &str) -> bool {
    matches!(cell, "yes" | "true" | "1")
}

fn subtype(name: &str) -> Subtype {
    match name {
        "country" => Subtype::Country,
        "city" | "town" | "village" => Subtype::City,
        "facility" | "camp" | "prison" | "crossing" => Subtype::Facility,
        "natural" => Subtype::Natural,
        _ => Subtype::Region,
    }
}
