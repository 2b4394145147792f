//! Writes numbers out in Arabic words, and shows that each is read back.

use ghirbal::extract::number::{Amount, Number, Sort};
use ghirbal::extract::{Lexicons, Reading, number};
use ghirbal::normalize::normalize;
use proptest::prelude::*;
use std::sync::LazyLock;

/// Gender of the counted noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    Masculine,
    Feminine,
}

/// Case of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Nominative,
    Accusative,
    Genitive,
}

const ONES: [(&str, &str); 10] = [
    ("صفر", "صفر"),
    ("واحد", "واحدة"),
    ("اثنان", "اثنتان"),
    ("ثلاثة", "ثلاث"),
    ("أربعة", "أربع"),
    ("خمسة", "خمس"),
    ("ستة", "ست"),
    ("سبعة", "سبع"),
    ("ثمانية", "ثماني"),
    ("تسعة", "تسع"),
];
const TENS: [&str; 10] = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"];
const HUNDREDS: [&str; 10] =
    ["", "مئة", "", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"];
/// Scale words from the greatest: value, singular, plural, dual stem.
const SCALES: [(u64, &str, &str, &str); 4] = [
    (1_000_000_000_000, "تريليون", "تريليونات", "تريليون"),
    (1_000_000_000, "مليار", "مليارات", "مليار"),
    (1_000_000, "مليون", "ملايين", "مليون"),
    (1000, "ألف", "آلاف", "ألف"),
];
const ORDINALS: [(&str, &str); 11] = [
    ("", ""),
    ("أول", "أولى"),
    ("ثاني", "ثانية"),
    ("ثالث", "ثالثة"),
    ("رابع", "رابعة"),
    ("خامس", "خامسة"),
    ("سادس", "سادسة"),
    ("سابع", "سابعة"),
    ("ثامن", "ثامنة"),
    ("تاسع", "تاسعة"),
    ("عاشر", "عاشرة"),
];

impl Gender {
    fn of<'a>(self, forms: (&'a str, &'a str)) -> &'a str {
        if self == Self::Masculine { forms.0 } else { forms.1 }
    }
}

impl Case {
    /// The ending of duals: `ان` or `ين`.
    fn dual(self) -> &'static str {
        if self == Self::Nominative { "ان" } else { "ين" }
    }

    /// The ending of the tens: `ون` or `ين`.
    fn tens(self) -> &'static str {
        if self == Self::Nominative { "ون" } else { "ين" }
    }
}

/// One and two, and eight without its noun, decline.
fn unit(n: u64, gender: Gender, case: Case) -> String {
    match n {
        2 => format!("{}{}", gender.of(("اثن", "اثنت")), case.dual()),
        _ => gender.of(ONES[n as usize]).to_owned(),
    }
}

fn teen(n: u64, gender: Gender, case: Case) -> String {
    let ten = gender.of(("عشر", "عشرة"));
    let low = match n {
        11 => gender.of(("أحد", "إحدى")).to_owned(),
        12 => {
            let end = if case == Case::Nominative { "ا" } else { "ي" };
            format!("{}{end}", gender.of(("اثن", "اثنت")))
        }
        _ => gender.of(ONES[(n - 10) as usize]).to_owned(),
    };
    format!("{low} {ten}")
}

/// A number below a hundred.
fn small(n: u64, gender: Gender, case: Case) -> String {
    match n {
        0..=9 => unit(n, gender, case),
        10 => gender.of(("عشرة", "عشر")).to_owned(),
        11..=19 => teen(n, gender, case),
        _ => {
            let tens = format!("{}{}", TENS[(n / 10) as usize], case.tens());
            match n % 10 {
                0 => tens,
                low => format!("{} و{tens}", unit(low, gender, case)),
            }
        }
    }
}

/// A number below a thousand.
fn group(n: u64, gender: Gender, case: Case) -> String {
    let hundreds = match n / 100 {
        0 => return small(n, gender, case),
        2 => format!("مئت{}", case.dual()),
        high => HUNDREDS[high as usize].to_owned(),
    };
    if n.is_multiple_of(100) { hundreds } else { format!("{hundreds} و{}", small(n % 100, gender, case)) }
}

/// So many of a scale word.
fn scaled(n: u64, (_, one, many, dual): (u64, &str, &str, &str), case: Case) -> String {
    match n {
        1 => one.to_owned(),
        2 => format!("{dual}{}", case.dual()),
        3..=10 => format!("{} {many}", small(n, Gender::Masculine, case)),
        _ if n % 100 >= 11 => format!("{} {one}ا", group(n, Gender::Masculine, case)),
        _ => format!("{} {one}", group(n, Gender::Masculine, case)),
    }
}

/// The cardinal `n` in words.
fn cardinal(n: u64, gender: Gender, case: Case) -> String {
    if n == 0 {
        return ONES[0].0.to_owned();
    }
    let mut parts = Vec::new();
    let mut rest = n;
    for scale in SCALES {
        if rest >= scale.0 {
            parts.push(scaled(rest / scale.0, scale, case));
            rest %= scale.0;
        }
    }
    if rest > 0 {
        parts.push(group(rest, gender, case));
    }
    parts.join(" و")
}

/// The ordinal `n` with article, in words, 1 to 999.
fn ordinal(n: u64, gender: Gender, case: Case) -> String {
    let low = match n % 100 {
        0 => String::new(),
        1..=10 => format!("ال{}", gender.of(ORDINALS[(n % 100) as usize])),
        11..=19 => {
            let unit = if n % 10 == 1 {
                gender.of(("حادي", "حادية"))
            } else {
                gender.of(ORDINALS[(n % 10) as usize])
            };
            format!("ال{unit} {}", gender.of(("عشر", "عشرة")))
        }
        low => {
            let tens = format!("ال{}{}", TENS[(low / 10) as usize], case.tens());
            match low % 10 {
                0 => tens,
                1 => format!("ال{} و{tens}", gender.of(("حادي", "حادية"))),
                unit => format!("ال{} و{tens}", gender.of(ORDINALS[unit as usize])),
            }
        }
    };
    let high = match n / 100 {
        0 => return low,
        2 => format!("المئت{}", case.dual()),
        high => format!("ال{}", HUNDREDS[high as usize]),
    };
    if low.is_empty() { high } else { format!("{high} و{low}") }
}

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::builtin);

fn read(text: &str) -> Vec<Number> {
    let text = normalize(text);
    let reading = Reading::new(&text, &LEXICONS.vocabulary);
    number::read(&reading, &LEXICONS.numbers, &LEXICONS.lemmas)
}

/// Whether `text` has the number `n` of sort `sort` and no other.
fn says(text: &str, n: u64, sort: Sort) -> Result<(), TestCaseError> {
    let found = read(text);
    let exact = |number: &Number| number.amount == Amount::Exact(n.into()) && number.sort == sort;
    prop_assert!(found.len() == 1 && exact(&found[0]), "{text}: {n} read as {found:?}");
    Ok(())
}

/// Writes a vowel mark or a kashida after every third letter.
fn adorn(words: &str, mark: char) -> String {
    let mut letters = 0;
    let adorned = |c: char| {
        let joins = matches!(c, 'س' | 'ت' | 'م' | 'ع' | 'ل' | 'ن' | 'خ');
        letters += usize::from(joins);
        let marked = joins && letters % 3 == 0;
        [Some(c), marked.then_some(mark)]
    };
    words.chars().flat_map(adorned).flatten().collect()
}

fn genders() -> impl Strategy<Value = Gender> {
    prop_oneof![Just(Gender::Masculine), Just(Gender::Feminine)]
}

fn cases() -> impl Strategy<Value = Case> {
    prop_oneof![Just(Case::Nominative), Just(Case::Accusative), Just(Case::Genitive)]
}

/// Numbers of every size, not only the greatest.
fn numbers() -> impl Strategy<Value = u64> {
    prop_oneof![3_u64..1000, 3_u64..1_000_000, 3_u64..1_000_000_000, 3_u64..1_000_000_000_000_000]
}

proptest! {
    #![proptest_config(crate::invariants::config(256))]

    #[test]
    fn cardinals_are_read_back(n in numbers(), gender in genders(), case in cases()) {
        let words = cardinal(n, gender, case);
        says(&words, n, Sort::Cardinal)?;
        says(&format!("أعلنت الوزارة تسجيل {words} إصابة جديدة أمس."), n, Sort::Cardinal)?;
        says(&format!("قال المتحدث إن العدد بلغ {words}."), n, Sort::Cardinal)?;
    }

    #[test]
    fn proclitics_are_cut_off(n in numbers(), gender in genders(), case in cases()) {
        let words = cardinal(n, gender, case);
        for clitic in ["و", "ب", "ل", "ك", "وب", "ف"] {
            says(&format!("وصلت القافلة {clitic}{words} عربة محملة."), n, Sort::Cardinal)?;
        }
    }

    #[test]
    fn vowels_and_kashida_change_nothing(n in numbers(), gender in genders(), case in cases()) {
        let words = cardinal(n, gender, case);
        for mark in ['\u{064E}', '\u{0652}', '\u{0640}'] {
            says(&format!("باع المتجر {} قطعة.", adorn(&words, mark)), n, Sort::Cardinal)?;
        }
    }

    #[test]
    fn adorned_ordinals_are_read_back(n in 2_u64..1000, gender in genders(), case in cases()) {
        let words = ordinal(n, gender, case);
        let noun = gender.of(("العدد", "الحلقة"));
        for mark in ['\u{064E}', '\u{0652}', '\u{0640}'] {
            says(&format!("نشرت المجلة {noun} {} أمس.", adorn(&words, mark)), n, Sort::Ordinal)?;
        }
        for clitic in ["و", "ب", "ك", "ف"] {
            says(&format!("صدرت الصحيفة {noun} {clitic}{words} أمس."), n, Sort::Ordinal)?;
        }
        let lam = words.strip_prefix("ال").unwrap_or(&words);
        says(&format!("صدرت الصحيفة {noun} لل{lam} أمس."), n, Sort::Ordinal)?;
    }

    #[test]
    fn spellings_of_hundreds_and_digits_with_scales_are_read_back(n in 3_u64..1_000_000_000_000, gender in genders()) {
        let words = cardinal(n, gender, Case::Genitive);
        for spelling in ["مائة", "ماية", "مئه"] {
            says(&format!("باع المتجر {} قطعة.", words.replace("مئة", spelling)), n, Sort::Cardinal)?;
        }
        let (scale, rest) = (n / 1_000_000, n % 1_000_000);
        if scale >= 11 && scale % 100 > 10 && rest >= 11 {
            says(&format!("باع المتجر {scale} مليوناً و{rest} قطعة."), n, Sort::Cardinal)?;
        }
    }

    #[test]
    fn ordinals_are_read_back(n in 1_u64..1000, gender in genders(), case in cases()) {
        let words = ordinal(n, gender, case);
        says(&words, n, Sort::Ordinal)?;
        let noun = gender.of(("العدد", "الحلقة"));
        says(&format!("نشرت المجلة {noun} {words} أمس."), n, Sort::Ordinal)?;
    }
}

/// Every number up to a hundred thousand, and the round ones.
#[test]
fn small_numbers_are_read_back_without_exception() {
    let round = SCALES.iter().flat_map(|scale| (1..=30).map(|n| n * scale.0));
    for n in (0..2100).chain((2100..100_000).step_by(37)).chain(round) {
        if n == 1 || n == 2 {
            continue;
        }
        for gender in [Gender::Masculine, Gender::Feminine] {
            let words = cardinal(n, gender, Case::Genitive);
            says(&words, n, Sort::Cardinal).expect("is read back");
        }
    }
}
