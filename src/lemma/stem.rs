//! Light stemming: from a folded word to the stems under which it is found.
//!
//! Cuts off proclitics, the article, attached pronouns and the endings of
//! number, gender and relation, and asks a dictionary before it cuts further.
//! Where a first letter may be a proclitic or the word's own («وجد»), both
//! stems are given. Does no morphology beyond that: verbs keep their prefixes.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::Lemmas;
use crate::normalize::clitics::{self, Cut};

/// What the stemmer asks of a word list; all words are folded.
pub trait Dictionary {
    /// The singular under which a noun's form is listed, if it is.
    fn lemma(&self, folded: &str) -> Option<&str>;
    /// Whether the word must stay as it is.
    fn is_protected(&self, folded: &str) -> bool;
}

impl Dictionary for Lemmas {
    fn lemma(&self, folded: &str) -> Option<&str> {
        self.lemma(folded)
    }

    fn is_protected(&self, folded: &str) -> bool {
        self.is_protected(folded)
    }
}

/// The stems of one word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stems {
    /// The likeliest first; never empty, never twice the same.
    pub list: SmallVec<[String; 2]>,
    /// Bytes of proclitics (not the article) before the likeliest.
    pub clitics: usize,
}

impl Stems {
    fn add(&mut self, stem: String) {
        if !stem.is_empty() && !self.list.contains(&stem) {
            self.list.push(stem);
        }
    }
}

/// Fewest letters that a stem keeps when an ending of two letters or more goes.
const SHORTEST: usize = 3;
/// Bytes of one Arabic letter.
const LETTER: usize = 2;

/// Attached pronouns, longest first.
const PRONOUNS: [&str; 8] = ["هما", "كما", "هم", "هن", "ها", "نا", "كم", "كن"];
/// Endings of number, and of number after the «ت» of the feminine.
const NUMBERS: [&str; 6] = ["تان", "تين", "ات", "ون", "ين", "ان"];

/// The stems of the folded word `word`.
///
/// ```
/// use ghirbal::lemma::{Lemmas, stem::stems};
/// let lemmas = Lemmas::builtin();
/// assert_eq!(stems("والمدرسه", &lemmas).list[0], stems("مدرسات", &lemmas).list[0]);
/// ```
pub fn stems(word: &str, dictionary: &impl Dictionary) -> Stems {
    let mut stems = Stems::default();
    if letters(word) < SHORTEST || !word.chars().all(is_arabic) {
        stems.add(word.to_owned());
        return stems;
    }
    let seated = seat_hamza(word);
    let word = seated.as_ref();
    let (cut, other) = choose(word, dictionary);
    stems.clitics = cut.clitics;
    for cut in std::iter::once(cut).chain(other) {
        let (stem, possible) = strip(&word[cut.stem()..], dictionary);
        stems.add(drop_carriers(&stem));
        if let Some(possible) = possible {
            stems.add(drop_carriers(possible));
        }
    }
    stems
}

/// Gives the hamza before «و» the seat that most writers give it: «مسئول» is
/// «مسؤول». Lengths do not change.
fn seat_hamza(word: &str) -> Cow<'_, str> {
    if word.contains("ئو") || word.contains("ءو") {
        Cow::Owned(word.replace("ئو", "ؤو").replace("ءو", "ؤو"))
    } else {
        Cow::Borrowed(word)
    }
}

/// Many writers leave the hamza on «ئ» and «ؤ» out: stems do too.
fn drop_carriers(stem: &str) -> String {
    stem.chars().map(without_hamza).collect()
}

/// The letter that carries a hamza, without it.
pub(super) const fn without_hamza(letter: char) -> char {
    match letter {
        'ئ' => 'ي',
        'ؤ' => 'و',
        other => other,
    }
}

fn is_arabic(c: char) -> bool {
    ('\u{0620}'..='\u{06FF}').contains(&c) && !c.is_ascii_digit()
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

/// The likeliest cut and, where it is not certain, the next likely.
fn choose(word: &str, dictionary: &impl Dictionary) -> (Cut, Option<Cut>) {
    let whole = Cut { clitics: 0, article: 0 };
    if is_known(word, dictionary) {
        return (whole, None);
    }
    let cuts = clitics::cuts(word);
    // «لال» is no article, which «ل» would have swallowed: «لإلغاء».
    let is_article =
        |c: &Cut| c.article > 0 && !(c.article == 2 * LETTER && word[..c.clitics].ends_with('ل'));
    let with_article = cuts.iter().filter(|c| is_article(c) && letters(&word[c.stem()..]) >= 2);
    if let Some(cut) = with_article.min_by_key(|c| c.clitics) {
        // «للوحة» is «ل» and «لوحة» where only that is a word.
        let bare = Cut { article: 0, ..cut };
        let own = cut.article == LETTER
            && !is_known(&word[cut.stem()..], dictionary)
            && is_known(&word[bare.stem()..], dictionary);
        return (if own { bare } else { cut }, None);
    }
    let bare = cuts.iter().filter(|c| c.clitics > 0 && c.article == 0);
    let mut bare: SmallVec<[Cut; 4]> = bare.collect();
    bare.sort_by_key(|c| c.clitics);
    if let Some(&known) = bare.iter().find(|c| is_known(&word[c.stem()..], dictionary)) {
        return (known, Some(whole));
    }
    guess(word, whole, &bare)
}

/// The cut of a word that no list knows in any way.
fn guess(word: &str, whole: Cut, bare: &[Cut]) -> (Cut, Option<Cut>) {
    let long = |cut: &&Cut, least: usize| letters(&word[cut.stem()..]) >= least;
    let Some(&first) = bare.iter().find(|c| long(c, SHORTEST)) else { return (whole, None) };
    if word.starts_with('س') && !word[LETTER..].starts_with(['ي', 'ت', 'ن']) {
        return (whole, None);
    }
    let second = bare.iter().find(|c| c.clitics > first.clitics && long(c, SHORTEST + 1)).copied();
    if word.starts_with('و') && long(&&first, SHORTEST + 1) {
        return (first, second.or(Some(whole)));
    }
    (whole, Some(first))
}

/// Whether a list has the word as it stands, in the accusative or the
/// feminine: with more endings cut, nearly every word would be in one.
fn is_known(word: &str, dictionary: &impl Dictionary) -> bool {
    let has = |form: &str| lookup(form, dictionary).is_some();
    has(word) || word.strip_suffix(['ا', 'ه']).is_some_and(|bare| letters(bare) >= SHORTEST && has(bare))
}

/// The stem of a word that a list has, with or without endings; the fewest
/// are cut that lead to a listed word.
fn listed(word: &str, dictionary: &impl Dictionary) -> Option<String> {
    let mut forms: SmallVec<[&str; 12]> = SmallVec::from_slice(&[word]);
    forms.extend(cut_pronoun(word));
    for i in 0..forms.len() {
        forms.extend(cut_number(forms[i]).map(|(rest, _)| rest));
    }
    for endings in [&['ه', 'ا'][..], &['ي', 'ئ']] {
        for i in 0..forms.len() {
            let rest = forms[i].strip_suffix(endings);
            forms.extend(rest.filter(|r| letters(r) >= if forms[i].ends_with('ه') { 2 } else { SHORTEST }));
        }
    }
    let found = |form: &&str| {
        lookup(form, dictionary).or_else(|| {
            let cut = form.len() < word.len();
            lookup_feminine(form, dictionary)
                .or_else(|| if cut { lookup_open(form, dictionary) } else { None })
        })
    };
    forms.iter().find_map(found)
}

/// The stem of a word without proclitics and article, and the word itself
/// where an ending may be part of it («ميدان»).
fn strip<'w>(word: &'w str, dictionary: &impl Dictionary) -> (String, Option<&'w str>) {
    if let Some(known) = listed(word, dictionary) {
        return (known, None);
    }
    let rest = match cut_pronoun(word) {
        Some(bare) => bare.strip_suffix('ت').filter(|r| letters(r) >= SHORTEST).unwrap_or(bare),
        None => word,
    };
    match cut_number(rest) {
        Some((bare, is_certain)) => (finish(bare).to_owned(), (!is_certain).then_some(rest)),
        None => (finish(rest).to_owned(), None),
    }
}

/// Cuts an ending of number; tells whether it can hardly be anything else.
fn cut_number(word: &str) -> Option<(&str, bool)> {
    NUMBERS.iter().find_map(|ending| {
        let least = if *ending == "ات" { 2 } else { SHORTEST };
        let rest = word.strip_suffix(ending).filter(|rest| letters(rest) >= least)?;
        Some((rest, !matches!(*ending, "ون" | "ين" | "ان")))
    })
}

/// Cuts the last letters that mark gender, relation or case.
fn finish(word: &str) -> &str {
    let feminine = word.strip_suffix('ه').filter(|r| letters(r) >= 2);
    let rest = feminine.or_else(|| word.strip_suffix('ا').filter(|r| letters(r) >= SHORTEST)).unwrap_or(word);
    let rest = match feminine {
        Some(_) => rest.strip_suffix('ت').filter(|r| letters(r) >= SHORTEST).unwrap_or(rest),
        None => rest,
    };
    rest.strip_suffix(['ي', 'ئ']).filter(|r| letters(r) >= SHORTEST).unwrap_or(rest)
}

/// The stem of a listed word.
fn lookup(word: &str, dictionary: &impl Dictionary) -> Option<String> {
    let protected = || dictionary.is_protected(word).then(|| key_of_name(word));
    dictionary.lemma(word).map(key).or_else(protected)
}

/// The same for a word whose final «ه» became «ت» before an ending.
fn lookup_feminine(word: &str, dictionary: &impl Dictionary) -> Option<String> {
    lookup_open(word.strip_suffix('ت')?, dictionary)
}

/// The same for a word whose final «ه» fell away before an ending.
fn lookup_open(word: &str, dictionary: &impl Dictionary) -> Option<String> {
    let mut whole = String::with_capacity(word.len() + LETTER);
    whole.push_str(word);
    whole.push('ه');
    dictionary.lemma(&whole).map(key)
}

/// The stem of a listed singular: without the letters that other forms drop.
fn key(lemma: &str) -> String {
    lemma.strip_suffix('ه').filter(|r| letters(r) >= 2).unwrap_or(lemma).to_owned()
}

/// The stem of a protected word, most of them names: without the ending that
/// relation takes the place of («كرواتيا», «كرواتي»).
fn key_of_name(word: &str) -> String {
    let country = word.strip_suffix("يا").filter(|r| letters(r) >= SHORTEST);
    let relation = || word.strip_suffix(['ا', 'ي', 'ه']).filter(|r| letters(r) > SHORTEST);
    country.or_else(relation).unwrap_or(word).to_owned()
}

fn cut_pronoun(word: &str) -> Option<&str> {
    PRONOUNS.iter().find_map(|p| word.strip_suffix(p)).filter(|rest| letters(rest) >= SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Few;

    impl Dictionary for Few {
        fn lemma(&self, folded: &str) -> Option<&str> {
            match folded {
                "اسير" | "اسري" => Some("اسير"),
                "اسره" | "اسر" => Some("اسره"),
                "وزير" | "وزراء" => Some("وزير"),
                "مدينه" | "مدن" => Some("مدينه"),
                _ => None,
            }
        }

        fn is_protected(&self, folded: &str) -> bool {
            folded == "فلسطين"
        }
    }

    fn first(word: &str) -> String {
        stems(word, &Few).list[0].clone()
    }

    #[test]
    fn forms_of_one_noun_meet() {
        for forms in [
            &["اسير", "الاسري", "والاسير", "للاسري", "اسيرا", "اسيرين", "اسيرهم", "وباسري"][..],
            &["وزير", "الوزراء", "ووزير", "وزيرا", "وزيره"],
            &["مدينه", "المدن", "مدينتهم", "مدينتان", "بالمدينه"],
            &["مدرسه", "المدرسه", "مدرسات", "مدرستها", "ومدرستين"],
            &["فلسطين", "فلسطيني", "الفلسطينيين", "فلسطينيه"],
            &["مسؤول", "المسئول", "مسوولين"],
            &["نتايج", "النتائج"],
            &["اذاعي", "اذاعيا", "الاذاعيه"],
        ] {
            for form in forms {
                assert_eq!(first(form), first(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn unlike_words_do_not_meet() {
        assert_ne!(first("اسره"), first("اسري"));
        assert_eq!(first("فلسطين"), "فلسطين");
    }

    #[test]
    fn an_uncertain_proclitic_gives_both_stems() {
        assert_eq!(stems("بحجر", &Few).list.to_vec(), ["بحجر", "حجر"]);
        assert_eq!(stems("وصعود", &Few).list.to_vec(), ["صعود", "وصعود"]);
    }
}
