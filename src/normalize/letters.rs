//! Folding: which letters count as the same. Every decision stands in one
//! table, [`DECISIONS`], with the profile from which on it holds.
//!
//! Folding works on one word at a time and never changes the original text;
//! offsets always point into that.

use std::sync::LazyLock;

use unicode_normalization::char::decompose_compatible;

/// How much is folded; each profile does all that the one before it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Only what is invisible or a matter of typesetting.
    Exact,
    /// Also vowel marks, digit shapes, alef forms and keyboard variants.
    Light,
    /// Also the endings that writers confuse: what search and the rules use.
    Search,
}

impl Profile {
    /// All profiles, weakest first.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Light, Self::Search];

    /// The profile's name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Light => "light",
            Self::Search => "search",
        }
    }
}

/// One named folding decision.
#[derive(Debug)]
pub struct Decision {
    /// Stable name.
    pub name: &'static str,
    /// Why it is right for news text.
    pub about: &'static str,
    /// The weakest profile in which it holds.
    pub from: Profile,
    /// What becomes what: pairs of a character range and its replacement.
    pub map: Map,
}

/// What a [`Decision`] does to the characters it names.
#[derive(Debug)]
pub enum Map {
    /// These ranges disappear.
    Drop(&'static [(char, char)]),
    /// Each of the first becomes the second.
    To(&'static [(&'static str, char)]),
    /// A run of ten from this character on becomes `0` to `9`.
    Digits(&'static [char]),
    /// Compatibility decomposition (Unicode NFKD) of these ranges.
    Decompose(&'static [(char, char)]),
    /// Unicode lower case.
    Lower,
}

/// Every folding decision, weakest profile first.
pub const DECISIONS: &[Decision] = &[
    Decision {
        name: "invisible-controls",
        about: "Direction marks, joiners and zero-width spaces carry no letter; texts pasted from web pages are full of them.",
        from: Profile::Exact,
        map: Map::Drop(&[
            ('\u{00AD}', '\u{00AD}'),
            ('\u{061C}', '\u{061C}'),
            ('\u{200B}', '\u{200F}'),
            ('\u{202A}', '\u{202E}'),
            ('\u{2060}', '\u{2069}'),
            ('\u{FEFF}', '\u{FEFF}'),
        ]),
    },
    Decision {
        name: "tatweel",
        about: "The stretching stroke is ornament: «محـــمد» is «محمد».",
        from: Profile::Exact,
        map: Map::Drop(&[('\u{0640}', '\u{0640}')]),
    },
    Decision {
        name: "presentation-forms",
        about: "Positional letter shapes and ligatures («ﻻ», «ﷲ») stand for ordinary letters.",
        from: Profile::Exact,
        map: Map::Decompose(&[('\u{FB50}', '\u{FDFF}'), ('\u{FE70}', '\u{FEFC}')]),
    },
    Decision {
        name: "vowel-marks",
        about: "Short vowels, tanwin, shadda, sukun, dagger alef and Quranic marks are written or left out at will.",
        from: Profile::Light,
        map: Map::Drop(&[
            ('\u{0610}', '\u{061A}'),
            ('\u{064B}', '\u{065F}'),
            ('\u{0670}', '\u{0670}'),
            ('\u{06D6}', '\u{06DC}'),
            ('\u{06DF}', '\u{06E8}'),
            ('\u{06EA}', '\u{06ED}'),
            ('\u{08D3}', '\u{08FF}'),
        ]),
    },
    Decision {
        name: "digits",
        about: "Arabic-Indic and Extended digits are the same numbers as 0 to 9.",
        from: Profile::Light,
        map: Map::Digits(&['\u{0660}', '\u{06F0}']),
    },
    Decision {
        name: "alef-forms",
        about: "Hamza on or under alef, madda and wasla are the letters most often left out.",
        from: Profile::Light,
        map: Map::To(&[("أإآٱٲٳٵ", 'ا')]),
    },
    Decision {
        name: "keyboard-variants",
        about: "Persian and Urdu keyboards give another kaf, ya and ha for the same letter.",
        from: Profile::Light,
        map: Map::To(&[("ک", 'ك'), ("یېۍ", 'ي'), ("ہەۀۂھ", 'ه')]),
    },
    Decision {
        name: "letter-case",
        about: "Latin words are found in either case.",
        from: Profile::Light,
        map: Map::Lower,
    },
    Decision {
        name: "alef-maqsura",
        about: "«على» and «علي», «مصطفى» and «مصطفي»: writers in Egypt and the Gulf swap the two endings.",
        from: Profile::Search,
        map: Map::To(&[("ى", 'ي')]),
    },
    Decision {
        name: "ta-marbuta",
        about: "«مدرسة» is often typed «مدرسه».",
        from: Profile::Search,
        map: Map::To(&[("ة", 'ه')]),
    },
];

/// The mark that turns the waw or ya before it into a seat of its own.
pub(super) const HAMZA_ABOVE: char = '\u{0654}';

/// First character of the directly indexed table: the Arabic block.
const BASE: u32 = 0x600;
/// Table entry for a character that disappears.
const GONE: u32 = 0;

/// A folding profile made ready: one look-up a character.
#[derive(Debug)]
pub struct Folder {
    profile: Profile,
    arabic: [u32; 256],
}

/// The folder that the extractors and the index share ([`Profile::Search`]).
pub static SEARCH: LazyLock<Folder> = LazyLock::new(|| Folder::new(Profile::Search));

impl Folder {
    /// Makes the table of `profile`.
    pub fn new(profile: Profile) -> Self {
        let mut arabic = [0; 256];
        for (cell, code) in arabic.iter_mut().zip(BASE..) {
            let c = char::from_u32(code).unwrap_or('\0');
            *cell = map_one(c, profile).map_or(GONE, u32::from);
        }
        Self { profile, arabic }
    }

    /// Appends the folded form of `word` to `out`.
    pub fn fold_into(&self, word: &str, out: &mut String) {
        let base = out.len();
        for c in word.chars() {
            let code = u32::from(c).wrapping_sub(BASE);
            if code < 256 {
                match self.arabic[code as usize] {
                    GONE if c == HAMZA_ABOVE => seat_hamza(out, base),
                    GONE => {}
                    folded => out.push(char::from_u32(folded).unwrap_or(c)),
                }
            } else if c.is_ascii() && (self.profile == Profile::Exact || !c.is_ascii_uppercase()) {
                out.push(c);
            } else {
                self.fold_rare(c, out);
            }
        }
    }

    /// The folded form of `word`.
    pub fn fold(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        self.fold_into(word, &mut out);
        out
    }

    fn fold_rare(&self, c: char, out: &mut String) {
        let decomposes = DECISIONS
            .iter()
            .any(|d| d.from <= self.profile && matches!(d.map, Map::Decompose(r) if within(r, c)));
        if decomposes {
            decompose_compatible(c, |part| {
                if let Some(letter) = map_one(part, self.profile).filter(|&l| l != c) {
                    out.push(letter);
                }
            });
        } else if self.profile >= Profile::Light && c.is_uppercase() {
            out.extend(c.to_lowercase());
        } else if let Some(letter) = map_one(c, self.profile) {
            out.push(letter);
        }
    }
}

/// A hamza written as a mark of its own joins the waw or ya before it.
fn seat_hamza(out: &mut String, base: usize) {
    let seated = match out[base..].chars().next_back() {
        Some('و') => 'ؤ',
        Some('ي' | 'ى') => 'ئ',
        _ => return,
    };
    out.pop();
    out.push(seated);
}

/// What `c` becomes under all decisions of `profile`; `None` where it disappears.
fn map_one(c: char, profile: Profile) -> Option<char> {
    let mut letter = c;
    for decision in DECISIONS.iter().filter(|d| d.from <= profile) {
        match decision.map {
            Map::Drop(ranges) if within(ranges, letter) => return None,
            Map::To(pairs) => {
                if let Some((_, to)) = pairs.iter().find(|(from, _)| from.contains(letter)) {
                    letter = *to;
                }
            }
            Map::Digits(zeros) => {
                let digit = zeros.iter().find_map(|&zero| {
                    let value = u32::from(letter).checked_sub(u32::from(zero))?;
                    char::from_digit(value, 10)
                });
                letter = digit.unwrap_or(letter);
            }
            _ => {}
        }
    }
    Some(letter)
}

fn within(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// Whether `c` is a mark, joiner or stroke that belongs to the letter before
/// it and is never a word of its own.
pub fn is_silent(c: char) -> bool {
    DECISIONS.iter().any(|d| matches!(d.map, Map::Drop(ranges) if within(ranges, c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_profile_folds_what_writers_confuse() {
        for (word, folded) in [
            ("مَدْرَسَةٌ", "مدرسه"),
            ("إلى", "الي"),
            ("آلاف", "الاف"),
            ("محـــمد", "محمد"),
            ("ﻻ", "لا"),
            ("٢٠٢٣", "2023"),
            ("۱۲", "12"),
            ("مسو\u{0654}ول", "مسؤول"),
            ("ال\u{200F}قدس", "القدس"),
            ("WHO", "who"),
            ("هٰذا", "هذا"),
        ] {
            assert_eq!(SEARCH.fold(word), folded, "{word}");
        }
    }

    #[test]
    fn exact_profile_keeps_letters_and_marks() {
        let exact = Folder::new(Profile::Exact);
        assert_eq!(exact.fold("مـدرَسةٌ"), "مدرَسةٌ");
    }
}
