//! Lemmas of nouns: joins singular, dual, sound and broken plural forms.
//!
//! One list serves the claims (the lemma of a counted noun, duals that count)
//! and the search index.

// From words to stems.
pub mod stem;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::lexicon::rows;
use crate::normalize::clitics::{self, Cut};
use crate::normalize::letters::SEARCH;

/// A noun of the list.
#[derive(Debug)]
struct Noun {
    lemma: &'static str,
    folded: Box<str>,
    /// Whether its plural is broken, so that «ين» on it can only be a dual.
    broken: bool,
    class: &'static str,
}

/// Nouns and their forms.
#[derive(Debug, Default)]
pub struct Lemmas {
    nouns: Vec<Noun>,
    /// Folded singulars and broken plurals.
    forms: FxHashMap<Box<str>, u32>,
    /// Folded words whose first or last letters only look like a proclitic or
    /// an ending.
    protected: FxHashSet<Box<str>>,
}

/// Every form that the list gives, as it is spelled there.
pub fn forms() -> impl Iterator<Item = &'static str> {
    rows(include_str!("nouns.tsv")).flat_map(|row| std::iter::once(row.cell(0)).chain(row.forms(1)))
}

/// Those of them that are persons, in the singular.
pub fn persons() -> impl Iterator<Item = &'static str> {
    rows(include_str!("nouns.tsv")).filter(|row| row.cell(3) == "person").map(|row| row.cell(0))
}

/// A noun found by one of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lemma {
    /// Its dictionary form, spelled with hamza and ta marbuta.
    pub lemma: &'static str,
    /// `person`, `thing`, `place` …
    pub class: &'static str,
}

/// Endings of nouns, longest first: dual, sound plurals, accusative,
/// feminine, with what the stem had in their place.
const ENDINGS: [(&str, &[&str]); 10] = [
    ("تان", &["ه"]),
    ("تين", &["ه"]),
    ("تا", &["ه"]),
    ("تي", &["ه"]),
    ("ات", &["ه", ""]),
    ("ان", &[""]),
    ("ين", &[""]),
    ("ون", &[""]),
    ("ا", &[""]),
    ("ه", &[""]),
];

/// Pronouns attached to nouns, longest first.
const PRONOUNS: [&str; 8] = ["هما", "هم", "هن", "ها", "كم", "نا", "ه", "ي"];

impl Lemmas {
    /// The built-in list.
    pub fn builtin() -> Self {
        let protected =
            rows(include_str!("protected.tsv")).map(|row| SEARCH.fold(row.cell(0)).into_boxed_str());
        let mut lemmas = Self { protected: protected.collect(), ..Self::default() };
        for row in rows(include_str!("nouns.tsv")) {
            lemmas.add(row.cell(0), row.forms(1), row.cell(3));
        }
        lemmas
    }

    fn add(&mut self, lemma: &'static str, plurals: impl Iterator<Item = &'static str>, class: &'static str) {
        let id = self.nouns.len() as u32;
        let folded = SEARCH.fold(lemma).into_boxed_str();
        let (mut broken, mut sound) = (false, false);
        for plural in plurals {
            let plural = SEARCH.fold(plural);
            sound |= plural.ends_with("ون");
            broken |= !plural.ends_with("ون") && !plural.ends_with("ات");
            self.add_without_hamza(&plural, id);
            self.forms.entry(plural.into()).or_insert(id);
        }
        self.add_without_hamza(&folded, id);
        self.forms.insert(folded.clone(), id);
        self.nouns.push(Noun { lemma, folded, broken: broken && !sound, class });
    }

    /// The same form as writers spell it who leave the hamza on «ئ» and «ؤ» out.
    fn add_without_hamza(&mut self, form: &str, id: u32) {
        if form.contains(['ئ', 'ؤ']) {
            let bare: String = form.chars().map(stem::without_hamza).collect();
            self.forms.entry(bare.into()).or_insert(id);
        }
    }

    fn noun(&self, folded: &str) -> Option<&Noun> {
        self.forms.get(folded).map(|&id| &self.nouns[id as usize])
    }

    /// The folded singular of a folded word that the list has as it stands.
    pub fn lemma(&self, folded: &str) -> Option<&str> {
        self.noun(folded).map(|noun| &*noun.folded)
    }

    /// The class of the noun with this dictionary form.
    pub fn class(&self, lemma: &str) -> Option<&'static str> {
        self.forms.get(&*SEARCH.fold(lemma)).map(|&id| self.nouns[id as usize].class)
    }

    /// Whether nothing may be cut from the folded word.
    pub fn is_protected(&self, folded: &str) -> bool {
        self.protected.contains(folded)
    }

    /// The noun of which the folded word, without proclitics and article, is
    /// a form.
    pub fn find(&self, folded: &str) -> Option<Lemma> {
        let found = self.noun(folded).or_else(|| self.without_ending(folded)).or_else(|| {
            let mut bare = PRONOUNS.iter().filter_map(|p| folded.strip_suffix(p)).filter(|s| s.len() >= 4);
            bare.find_map(|s| s.strip_suffix('ت').map_or_else(|| self.noun(s), |f| self.feminine(f)))
        })?;
        Some(Lemma { lemma: found.lemma, class: found.class })
    }

    /// The noun of which `folded` is a form with an ending.
    fn without_ending(&self, folded: &str) -> Option<&Noun> {
        let all = ENDINGS.iter().filter_map(|(ending, stems)| Some((folded.strip_suffix(ending)?, stems)));
        all.flat_map(|(bare, stems)| stems.iter().map(move |&add| (bare, add)))
            .filter(|(bare, add)| bare.len() + add.len() >= 4)
            .find_map(|(bare, add)| if add.is_empty() { self.noun(bare) } else { self.feminine(bare) })
    }

    /// The noun that is `stem` with «ة».
    fn feminine(&self, stem: &str) -> Option<&Noun> {
        let mut word: SmallVec<[u8; 32]> = SmallVec::from_slice(stem.as_bytes());
        word.extend_from_slice("ه".as_bytes());
        self.noun(std::str::from_utf8(&word).ok()?)
    }

    /// If the folded word is a noun in the dual, the bytes before the noun:
    /// proclitics and article.
    pub fn dual(&self, folded: &str) -> Option<usize> {
        let ends = ["ان", "ين"].iter().any(|e| folded.ends_with(e));
        if !ends || folded.len() < SHORTEST_DUAL {
            return None;
        }
        // A known word is not cut further: «وجدان» is no dual of «جد».
        for cut in clitics::cuts(folded).iter() {
            let word = &folded[cut.stem()..];
            if self.protected.contains(word) || self.noun(word).is_some() {
                return None;
            }
            if self.is_dual(word, cut, folded) {
                return Some(cut.stem());
            }
        }
        None
    }

    /// If the folded word is a noun in the dual construct («سيارتا»), the
    /// bytes before the noun.
    pub fn dual_construct(&self, folded: &str) -> Option<usize> {
        let stem = folded.strip_suffix("تا").or_else(|| folded.strip_suffix("تي"))?;
        if self.noun(folded).is_some() || self.protected.contains(folded) {
            return None;
        }
        let cuts = clitics::cuts(stem);
        let mut bare = cuts.iter().filter(|c| c.article == 0).map(|c| c.clitics);
        bare.find(|&at| {
            stem.len() - at >= 6 && self.feminine(&stem[at..]).is_some_and(|n| is_feminine(n, &stem[at..]))
        })
    }

    /// Whether the preposition before a short noun cannot be the noun's own
    /// letter («بفوزين»): no noun begins so, nor a participle («باحثين»).
    fn is_apart(&self, stem: &str, cut: Cut, folded: &str) -> bool {
        let whole = &folded[..cut.clitics + stem.len()];
        let inner = &whole[cut.clitics - LETTER..];
        !whole[..cut.clitics].ends_with('س')
            && !stem.starts_with('ا')
            && stem.len() == 3 * LETTER
            && [whole, inner].iter().all(|w| self.noun(w).is_none() && !self.protected.contains(*w))
    }

    /// If the folded word can be the dual of a person before a noun or with a
    /// pronoun («لاعبا الفريق», «حفيداه»), the bytes before the noun; only its
    /// neighbours tell it from an accusative («لاعبًا»).
    pub fn dual_of_persons(&self, folded: &str) -> Option<usize> {
        let (stem, attached) = match folded.strip_suffix("اه").or_else(|| folded.strip_suffix("اها")) {
            Some(stem) => (stem, true),
            None => (folded.strip_suffix('ا')?, false),
        };
        if self.noun(folded).is_some() || self.protected.contains(folded) {
            return None;
        }
        let cut = stem.strip_prefix('و').filter(|s| self.is_person(s)).map_or(0, |_| LETTER);
        let stem = &stem[cut..];
        let long = stem.len() >= if attached { 4 * LETTER } else { 3 * LETTER };
        // «ابنها» is no dual of «ابنة».
        (long && self.is_person(stem) && !stem.ends_with('ه')).then_some(cut)
    }

    fn is_person(&self, stem: &str) -> bool {
        self.noun(stem).is_some_and(|n| n.class == "person" && *n.folded == *stem)
    }

    fn is_dual(&self, word: &str, cut: Cut, folded: &str) -> bool {
        let singular = |stem: &str| self.noun(stem).filter(|n| *n.folded == *stem);
        let stem = &word[..word.len().saturating_sub(2 * LETTER)];
        // A preposition before a short noun is more likely the noun's own
        // letter, unless it names a time.
        let prefixed = cut.article == 0 && cut.clitics > 0 && !folded[..cut.clitics].ends_with('و');
        let short = stem.len() < 4 * LETTER && singular(stem).is_none_or(|n| n.class != "time");
        if stem.len() < 2 * LETTER
            || prefixed && short && !word.ends_with("تين") && !self.is_apart(stem, cut, folded)
        {
            return false;
        }
        if let Some(stem) = stem.strip_suffix('ت') {
            let derived = singular(stem).is_some_and(|n| matches!(n.class, "person" | "animal"));
            let with_t = singular(&word[..word.len() - 2 * LETTER]).is_some();
            return derived || with_t || self.feminine(stem).is_some_and(|n| is_feminine(n, stem));
        }
        let Some(noun) = singular(stem).filter(|n| n.class != "adjective" && stem.len() > 2 * LETTER) else {
            return false;
        };
        // «ين» on a participle («العائدين») is rather its plural; no thing has
        // that plural.
        let participle = stem.len() == 4 * LETTER && stem[LETTER..].starts_with('ا');
        let person = noun.class == "person";
        let plural = participle && (cut.article > 0 || person);
        // «مؤهلين» are people, though «مؤهل» is a thing.
        let participle = noun.class == "abstract" && stem.starts_with('م');
        let nisba = noun.lemma.ends_with('ي');
        let thing = !person && noun.class != "group" && !participle && !nisba;
        word.ends_with("ان") || !plural && (noun.broken || thing)
    }

    /// If the folded word is the dual of a noun with a pronoun («ابنتيه»,
    /// «شقيقاها»), the bytes before the noun.
    pub fn dual_owned(&self, folded: &str) -> Option<usize> {
        if self.noun(folded).is_some() || self.protected.contains(folded) {
            return None;
        }
        let bare = ["هما", "هم", "هن", "ها", "ه"].iter().find_map(|p| folded.strip_suffix(p))?;
        let stem = bare.strip_suffix('ي').or_else(|| bare.strip_suffix('ا'))?;
        let singular = |s: &str| self.noun(s).filter(|n| *n.folded == *s);
        clitics::cuts(folded).iter().find_map(|cut| {
            let stem = stem.get(cut.stem()..).filter(|s| s.len() >= 3 * LETTER && cut.article == 0)?;
            let feminine = stem
                .strip_suffix('ت')
                .filter(|s| s.len() >= 2 * LETTER)
                .and_then(|s| self.feminine(s).filter(|n| is_feminine(n, s)))
                .is_some_and(|n| n.class != "abstract");
            let broken = || {
                singular(stem).is_some_and(|n| n.broken && n.class == "person" && stem.len() >= 4 * LETTER)
            };
            (feminine || broken()).then_some(cut.stem())
        })
    }

    /// If the folded word can be the dual of a noun before another («مصنعي»,
    /// «وفدا»), the bytes before it; only its neighbours tell it from an
    /// adjective or an accusative.
    pub fn dual_before_noun(&self, folded: &str) -> Option<usize> {
        if self.noun(folded).is_some() || self.protected.contains(folded) {
            return None;
        }
        let stem = folded.strip_suffix('ي').or_else(|| folded.strip_suffix('ا'))?;
        clitics::cuts(folded).iter().find_map(|cut| {
            let stem = stem.get(cut.stem()..).filter(|s| s.len() >= 3 * LETTER && cut.article == 0)?;
            // The dual of «آلية» is «آليتا».
            let noun = self.noun(stem).filter(|n| *n.folded == *stem && !stem.ends_with('ه'))?;
            (!matches!(noun.class, "time" | "adjective" | "abstract" | "person")).then_some(cut.stem())
        })
    }
}

/// Whether the noun's singular is `stem` with «ة».
fn is_feminine(noun: &Noun, stem: &str) -> bool {
    noun.folded.strip_suffix('ه') == Some(stem)
}

/// Bytes of one Arabic letter in UTF-8.
const LETTER: usize = 2;
/// Shortest folded word that can be a dual, in bytes.
const SHORTEST_DUAL: usize = 5 * LETTER;
