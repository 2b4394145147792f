//! What single tokens look like to the rules: definite words, ends of names,
//! quotation marks, words that no list knows. Knows no particular name.

use super::lists::Lists;
use super::words;
use crate::extract::Reading;
use crate::lexicon::{Bits, List};
use crate::normalize::{Kind, clitics};
use crate::span::Span;

/// Lists of everyday words, which a name needs support against.
pub(super) const EVERYDAY: Bits = Bits::of(&[
    List::Noun,
    List::Predicate,
    List::Reporting,
    List::Stop,
    List::Function,
    List::DateWord,
    List::Month,
    List::Weekday,
    List::Number,
    List::Ordinal,
    List::Unit,
    List::Currency,
    List::Title,
    List::Change,
    List::OrganisationHead,
    List::Comparator,
    List::Everyday,
]);

/// Lists whose words are never part of a name that merely goes on.
const ENDS: Bits = Bits::of(&[
    List::Stop,
    List::Reporting,
    List::DateWord,
    List::Month,
    List::Weekday,
    List::Number,
    List::Function,
    List::Subset,
    List::Modality,
    List::Comparator,
]);

/// The lists of the whole word at `i`, nothing cut off.
pub(super) fn whole(reading: &Reading<'_>, i: usize) -> Bits {
    let first = reading.forms(i).first().filter(|form| form.cut.stem() == 0);
    first.map_or(Bits::NONE, |form| form.bits)
}

/// The lists of the word at `i` with or without its article, no proclitic cut
/// off.
pub(super) fn bare(reading: &Reading<'_>, i: usize) -> Bits {
    let forms = reading.forms(i).iter().filter(|form| form.cut.clitics == 0);
    forms.fold(Bits::NONE, |all, form| all.or(form.bits))
}

/// Whether token `i` is a word on the same line as the one before it.
pub(super) fn goes_on(reading: &Reading<'_>, i: usize) -> bool {
    reading.kind(i) == Some(Kind::Word) && reading.same_line(i)
}

/// Whether token `i` begins with the article and has two letters besides.
pub(super) fn is_definite(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    word.starts_with("ال") && word.len() >= 8
}

/// Whether token `i` is the preposition «ل» with a definite noun («للإحصاء»).
pub(super) fn is_for(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    word.starts_with("لل") && word.len() >= 8
}

/// Whether the word at `i` ends any noun phrase.
pub(super) fn ends(reading: &Reading<'_>, i: usize) -> bool {
    !goes_on(reading, i) || whole(reading, i).meets(ENDS) || is_break(reading.folded(i))
}

/// Lists of words that go on no noun before them.
const CLOSING: Bits = Bits::of(&[List::Stop, List::Reporting, List::Function]);

/// Whether what stands at `i` goes on no noun or name before it: no word, a
/// preposition or another particle, a joined word, an office.
pub(super) fn closes(reading: &Reading<'_>, i: usize) -> bool {
    if !goes_on(reading, i) {
        return true;
    }
    let word = reading.folded(i);
    let known = whole(reading, i);
    let definite = word.starts_with("ال");
    is_break(word)
        || known.meets(CLOSING) && !definite
        || known.is_empty() && word.starts_with('و')
        || known.has(List::Title) && !definite
}

/// Whether the word at `i` is known as a verb: verbal nouns have a reading
/// behind the article too, verbs in «ال» («ألقى») have none.
pub(super) fn is_verb(reading: &Reading<'_>, i: usize) -> bool {
    let verbal = whole(reading, i).meets(Bits::of(&[List::Predicate, List::Reporting, List::Change]));
    let noun = reading.forms(i).iter().any(|form| form.cut.clitics == 0 && form.cut.article > 0);
    verbal && !noun
}

/// Whether a folded word never stands inside a name.
pub(super) fn is_break(word: &str) -> bool {
    words::is(word, words::Kind::Break)
}

/// Whether a word is a proclitic and a word that never stands inside a name
/// («فكان»).
pub(super) fn cuts_to_break(word: &str) -> bool {
    clitics::cuts(word).iter().any(|cut| cut.clitics > 0 && is_break(&word[cut.clitics..]))
}

/// Whether the definite adjective at `i` says nothing that names.
pub(super) fn is_generic(reading: &Reading<'_>, i: usize) -> bool {
    words::is(reading.folded(i), words::Kind::Generic) || whole(reading, i).has(List::Ordinal)
}

/// Whether no list knows the word at `i` as a whole.
pub(super) fn is_unknown(reading: &Reading<'_>, i: usize) -> bool {
    goes_on(reading, i) && whole(reading, i).is_empty() && !is_break(reading.folded(i))
}

/// Whether an unknown word can go on a name or follow a title.
pub(super) fn looks_like_name(reading: &Reading<'_>, lists: &Lists, word: &str) -> bool {
    let letters = word.len() / 2;
    if is_nisba(word) {
        return !is_ordinary(reading, word);
    }
    if letters < 3 || word.starts_with("ال") || is_ordinary(reading, word) {
        return false;
    }
    let foreignness = lists.foreignness(word);
    let inflected = INFLECTED_ENDS.iter().any(|end| word.ends_with(end));
    let verbal = VERBAL_STARTS.iter().any(|start| word.starts_with(start));
    let wanted = if inflected || verbal { 120 } else { -150 };
    foreignness > wanted
}

/// Whether a definite word has the pattern of a participle or verbal noun
/// («المتمثل»، «الإفصاح»).
pub(super) fn is_derived(word: &str) -> bool {
    let derived = ["المت", "المست", "المنت", "الاست", "الانت"].iter().any(|start| word.starts_with(start));
    // «المعلق»، «المصنفة»: names of this pattern are on the lists.
    let participle = derived || word.starts_with("الم") && word.len() >= 12 && !word.ends_with('ي');
    let inflected = ["يه", "ات", "ين", "ون"].iter().any(|end| word.ends_with(end)) && word.len() >= 12;
    let mut tail = word.chars().rev();
    let long = tail.nth(1) == Some('ا');
    participle
        || inflected
        || long && word.starts_with("الا") && word.len() >= 14
        || word.starts_with("الت") && word.chars().rev().nth(1) == Some('ي')
}

/// Whether the word begins or ends like an inflected verb.
pub(super) fn looks_verbal(word: &str) -> bool {
    ["ي", "ت", "سي", "ست"].iter().any(|start| word.starts_with(start))
        || ["ت", "وا", "ها", "هم", "نا"].iter().any(|end| word.ends_with(end))
}

/// Ends of pronouns, feminines and plurals.
const INFLECTED_ENDS: [&str; 12] = ["ه", "ها", "هم", "هن", "نا", "وا", "ات", "هما", "ئ", "ء", "تم", "ين"];

/// Beginnings of verbs, participles and verbal nouns.
const VERBAL_STARTS: [&str; 8] = ["ي", "ت", "سي", "ست", "مت", "مست", "است", "انت"];

/// Whether the word has the form of a surname made of a place or trade
/// («المريخي»).
pub(super) fn is_nisba(word: &str) -> bool {
    word.starts_with("ال") && word.ends_with('ي') && word.len() >= 12
}

/// Whether an unknown word's letters speak for a name in foreign spelling.
pub(super) fn is_foreign(reading: &Reading<'_>, lists: &Lists, word: &str) -> bool {
    word.len() >= 8 && !word.starts_with("ال") && lists.foreignness(word) > 250 && !is_ordinary(reading, word)
}

/// Lists of ordinary words.
const ORDINARY: Bits = Bits::of(&[
    List::Noun,
    List::Predicate,
    List::Reporting,
    List::Change,
    List::Stop,
    List::Title,
    List::OrganisationHead,
    List::Everyday,
]);

/// Endings that inflected nouns and verbs add to what a list has, and what
/// the list has in their place, by the last letter of the ending.
const ADDED: [(char, &[(&str, &str)]); 7] = [
    (
        'ا',
        &[("ها", ""), ("ها", "ه"), ("نا", ""), ("ا", ""), ("تها", "ه"), ("وا", "ي"), ("وا", ""), ("هما", "")],
    ),
    ('ت', &[("ات", "ه"), ("ات", ""), ("ت", ""), ("ت", "ي")]),
    ('ك', &[("ك", "")]),
    ('م', &[("هم", ""), ("تهم", "ه")]),
    ('ن', &[("ين", ""), ("ون", ""), ("ان", ""), ("تين", "ه"), ("تان", "ه")]),
    ('ه', &[("ه", ""), ("ته", "ه"), ("ته", "ي"), ("يه", "")]),
    ('ي', &[("ي", "")]),
];

/// Whether a word is an inflected form of an ordinary one, whatever is
/// written on to its front.
pub(super) fn is_ordinary(reading: &Reading<'_>, word: &str) -> bool {
    clitics::cuts(word).iter().any(|cut| is_inflected(reading, &word[cut.stem()..]))
}

/// Whether a word is an ordinary one or an inflected form of it, with nothing
/// written on to its front.
pub(super) fn is_inflected(reading: &Reading<'_>, word: &str) -> bool {
    let mut changed = String::new();
    let mut is_stem = |stem: &str, instead: &str| {
        if instead.is_empty() {
            return reading.lists_of(stem).meets(ORDINARY);
        }
        changed.clear();
        changed.push_str(stem);
        changed.push_str(instead);
        reading.lists_of(&changed).meets(ORDINARY)
    };
    reading.lists_of(word).meets(ORDINARY)
        || is_present(reading, word)
        || of(&ADDED, word.chars().next_back()).iter().any(|(ending, instead)| {
            word.strip_suffix(ending).is_some_and(|stem| stem.len() >= 6 && is_stem(stem, instead))
        })
}

/// What a table has for a letter.
fn of<T>(table: &[(char, &'static [T])], letter: Option<char>) -> &'static [T] {
    table.iter().find(|(of, _)| Some(*of) == letter).map_or(&[], |(_, found)| found)
}

/// First letters of a verb in the present, and the particles written on to
/// them, by their first letter.
const PERSONS: [(char, &[&str]); 7] = [
    ('ي', &["ي"]),
    ('ت', &["ت"]),
    ('ن', &["ن"]),
    ('ا', &["ا"]),
    ('س', &["سي", "ست"]),
    ('ل', &["لاي", "لات"]),
    ('ف', &["في"]),
];

/// Endings of a verb in the present, by their last letter; it may have none.
const PRESENT_ENDS: [(char, &[&str]); 4] =
    [('ن', &["ون", "ان"]), ('ا', &["وا", "ا", "ها", "نا"]), ('ه', &["ه"]), ('م', &["هم"])];

/// Whether a word is a verb of the list in the present, of any person.
pub(super) fn is_present(reading: &Reading<'_>, word: &str) -> bool {
    let is_verb = |stem: &str| stem.len() >= 4 && reading.lists_behind("ي", stem).has(List::Everyday);
    let ends = of(&PRESENT_ENDS, word.chars().next_back());
    of(&PERSONS, word.chars().next())
        .iter()
        .filter_map(|start| word.strip_prefix(start))
        .any(|rest| is_verb(rest) || ends.iter().filter_map(|end| rest.strip_suffix(end)).any(is_verb))
}

/// The words between a mark that opens a quotation at `i` and the one that
/// closes it, if these are few: first token and the token after the last.
pub(super) fn quoted(reading: &Reading<'_>, i: usize, limit: usize) -> Option<(usize, usize)> {
    let close: &[&str] = match reading.surface(i) {
        "«" => &["»"],
        "\"" => &["\""],
        "“" => &["”", "\""],
        "”" => &["“", "”"],
        "'" | "‘" => &["'", "’"],
        "(" => &[")"],
        "[" => &["]"],
        _ => return None,
    };
    let ahead = (i + 1..reading.len().min(i + 2 + limit)).take_while(|&j| reading.same_line(j));
    let end = ahead.into_iter().find(|&j| close.contains(&reading.surface(j)))?;
    (end > i + 1).then_some((i + 1, end))
}

/// Whether token `i` is a mark that opens a quotation.
pub(super) fn opens_quote(reading: &Reading<'_>, i: usize) -> bool {
    matches!(reading.surface(i), "«" | "\"" | "“" | "”" | "'" | "‘")
}

/// What was cut off the front of token `i` by so many bytes.
pub(super) fn cut<'a>(reading: &'a Reading<'_>, i: usize, bytes: usize) -> &'a str {
    reading.folded(i).get(..bytes).unwrap_or("")
}

/// The span of tokens `start..end` after the proclitics of the first.
pub(super) fn span_after(reading: &Reading<'_>, start: usize, end: usize, clitics: usize) -> Span {
    Span::new(reading.start_after(start, clitics), reading.span(start, end).end)
}
