//! Words compared by their letters: whether two phrases share one that counts,
//! whatever their article, proclitics and case endings.

use crate::normalize::segment;

/// Folded words that say nothing alone.
const EMPTY: [&str; 8] = ["من", "في", "عن", "علي", "الي", "ان", "و", "باسم"];

/// Whether `a` and `b` share a word.
pub fn share(a: &str, b: &str) -> bool {
    let b = words(b);
    words(a).iter().any(|word| b.contains(word))
}

fn words(phrase: &str) -> Vec<String> {
    let folded = segment::words(phrase);
    let bare = folded.iter().map(|word| bare(word).to_owned());
    bare.filter(|word| word.chars().any(char::is_alphanumeric) && !EMPTY.contains(&word.as_str())).collect()
}

/// A word without article, proclitic before an article, and accusative alef.
fn bare(word: &str) -> &str {
    let long = |least: usize| move |rest: &&str| rest.chars().count() >= least;
    let joined = || word.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل'])?.strip_prefix("ال").filter(long(2));
    let stem = word.strip_prefix("لل").filter(long(3));
    let stem = stem.or_else(|| word.strip_prefix("ال").filter(long(2))).or_else(joined).unwrap_or(word);
    stem.strip_suffix('ا').filter(long(3)).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_endings_do_not_part_words() {
        assert!(share("أسيرًا", "الأسير الفلسطيني"));
        assert!(share("للوزارة", "وزارة الصحة"));
        assert!(!share("من الوزير", "من المدينة"));
    }
}
