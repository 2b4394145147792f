//! Which language a text is in, as far as its letters and their order say.
//!
//! Sees the beginning only, which is enough for an article.

use whatlang::Lang;

/// Bytes of a text that are looked at.
const SAMPLE: usize = 4096;
/// Letters below which a text is too short to be sure of.
const ENOUGH: usize = 20;

/// A language that documents must be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted(Lang);

/// Two-letter codes of languages in which news is often mixed with Arabic,
/// with the codes of three letters.
const SHORT: &[(&str, &str)] = &[
    ("ar", "ara"),
    ("fa", "pes"),
    ("ur", "urd"),
    ("he", "heb"),
    ("tr", "tur"),
    ("en", "eng"),
    ("fr", "fra"),
    ("es", "spa"),
    ("de", "deu"),
    ("ru", "rus"),
];

impl Wanted {
    /// The language of this code (`ar`, `fa`, or three letters: `ara`).
    ///
    /// # Errors
    /// A sentence about what is wrong.
    pub fn parse(code: &str) -> Result<Self, String> {
        let long = SHORT.iter().find(|(short, _)| *short == code).map_or(code, |(_, long)| long);
        Lang::from_code(long).map(Self).ok_or_else(|| {
            let known: Vec<_> = SHORT.iter().map(|(short, _)| *short).collect();
            format!("no such language; try {}, or a code of three letters", known.join(", "))
        })
    }

    /// Whether `text` is in this language, or too short or mixed to say.
    pub fn takes(self, text: &str) -> bool {
        let sample = &text[..text.floor_char_boundary(SAMPLE)];
        if sample.chars().filter(|c| c.is_alphabetic()).take(ENOUGH).count() < ENOUGH {
            return true;
        }
        whatlang::detect_lang(sample).is_none_or(|found| found == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_in_arabic_letters_are_told_apart() {
        let arabic = Wanted::parse("ar").expect("a language");
        assert!(arabic.takes("أعلنت وزارة الصحة أن عدد المصابين ارتفع خلال الأسبوع الماضي إلى ثلاثة آلاف."));
        assert!(!arabic.takes(
            "وزارت بهداشت اعلام کرد که شمار بیماران در هفته گذشته به سه هزار نفر رسید و این روند ادامه دارد."
        ));
        assert!(
            !arabic
                .takes("The ministry said on Sunday that three thousand people had been treated last week.")
        );
        assert!(arabic.takes("abc 350"), "too short to say");
        assert!(Wanted::parse("xx").is_err());
    }
}
