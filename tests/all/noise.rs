//! Spelling noise: the ways in which the same Arabic text is written, none of
//! which changes what it says.

/// A way to write a text.
pub struct Variant {
    /// Its name in messages and lists.
    pub name: &'static str,
    /// Writes a text so.
    pub write: fn(&str) -> String,
}

/// Every way.
pub const VARIANTS: &[Variant] = &[
    Variant { name: "plain", write: str::to_owned },
    Variant { name: "vowelled", write: vowelled },
    Variant { name: "kashida", write: kashida },
    Variant { name: "arabic-digits", write: arabic_digits },
    Variant { name: "no-hamza", write: no_hamza },
    Variant { name: "wrapped", write: wrapped },
];

/// Letters that a vowel mark can stand on.
const CONSONANTS: &str = "بتثجحخدذرزسشصضطظعغفقكلمنه";
/// Letters that join to the next.
const JOINING: &str = "بتثجحخسشصضطظعغفقكلمنهيئ";

/// A short vowel on every bare consonant inside a word.
fn vowelled(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        let before_letter =
            chars.peek().is_some_and(|n| n.is_alphabetic() && *n >= '\u{620}' && *n <= '\u{64A}');
        if CONSONANTS.contains(c) && before_letter {
            out.push('\u{064E}');
        }
    }
    out
}

/// One stretching stroke in every word that has room for it.
fn kashida(text: &str) -> String {
    let mut out = String::new();
    let (mut letters, mut stretched) = (0, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if !c.is_alphabetic() {
            (letters, stretched) = (0, false);
            continue;
        }
        letters += 1;
        let next = chars.peek().is_some_and(|n| ('\u{621}'..='\u{64A}').contains(n) && *n != 'ء');
        if !stretched && letters > 1 && next && JOINING.contains(c) {
            out.push_str("ــ");
            stretched = true;
        }
    }
    out
}

/// Arabic-Indic digits, but not inside Latin words and addresses.
fn arabic_digits(text: &str) -> String {
    let convert = |word: &str| {
        if word.chars().any(|c| c.is_ascii_alphabetic()) {
            return word.to_owned();
        }
        word.chars()
            .map(|c| c.to_digit(10).map_or(c, |d| char::from_u32(0x660 + d).expect("a digit")))
            .collect()
    };
    text.split_inclusive(char::is_whitespace).map(convert).collect()
}

/// Alefs without hamza or madda.
fn no_hamza(text: &str) -> String {
    text.replace(['أ', 'إ', 'آ'], "ا")
}

/// In the middle of a longer sentence.
fn wrapped(text: &str) -> String {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let joint = if bare.len() < text.len() { "، " } else { " " };
    format!("وفي سياق متصل، {bare}{joint}فيما بقيت الأوضاع على حالها.")
}

#[test]
fn variants_write_what_they_say() {
    let write = |name: &str| {
        let variant = VARIANTS.iter().find(|v| v.name == name).expect("known");
        (variant.write)("أُفرج عن 350 أسيرًا.")
    };
    assert_eq!(write("vowelled"), "أُفَرَج عَن 350 أسَيرًا.");
    assert_eq!(write("arabic-digits"), "أُفرج عن ٣٥٠ أسيرًا.");
    assert_eq!(write("no-hamza"), "اُفرج عن 350 اسيرًا.");
    assert!(write("kashida").contains("أســيرًا"));
    assert_eq!(write("wrapped"), "وفي سياق متصل، أُفرج عن 350 أسيرًا، فيما بقيت الأوضاع على حالها.");
}
