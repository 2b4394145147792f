//! Persons after a verb: who speaks, meets, scores, where neither the lists
//! nor a title is sure of the name.

use super::chain::{Chain, chain, has_name, is_everyday};
use super::lists::Lists;
use super::people::person;
use super::shape::{self, goes_on, is_definite, is_unknown};
use super::{Entity, words};
use crate::extract::reading::Article;
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// See the card.
pub(super) static SPEAKER: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/person-after-verb",
        about: "A name after a verb that persons are the subjects of, before what is said or done.",
        yes: &[
            "وقال [شتاينبرونر] إن المفاوضات تتقدم ببطء.",
            "وحذر [كارداش] من التأخير.",
            "وأضاف [نبيل الراعي] أن العمل بدأ.",
            "وأكد [المالكي] في كلمته أن العمل بدأ.",
        ],
        no: &[
            "وقال مصدر مطلع إن المفاوضات تتقدم.",
            "وأكد بيان صدر أمس أن العمل بدأ.",
            "قال الشاهد إن السيارة توقفت.",
        ],
    },
    starts: Bits::of(&[List::Reporting, List::Everyday]),
    digits: false,
    at: speaker,
};

/// What a person who speaks is not named by.
const NO_SPEAKER: Bits = Bits::of(&[
    List::Title,
    List::Country,
    List::Organisation,
    List::OrganisationHead,
    List::Stop,
    List::DateWord,
    List::Weekday,
    List::Month,
    List::Number,
    List::Function,
    List::Everyday,
    List::Reporting,
]);

/// The token after the verb at `i`, if persons are its subjects.
fn after_verb(reading: &Reading<'_>, i: usize) -> Option<usize> {
    // «بين» is mostly the preposition; the verb is written with a shadda.
    if reading.surface(i) == "بين" {
        return None;
    }
    let verb =
        |end| end == i + 1 && !shape::whole(reading, i).has(List::Noun) && !reading.folded(i).ends_with("ات");
    let reporting = reading.find(List::Reporting, i, Article::Kept).filter(|f| verb(f.end));
    let acting = || {
        let found = reading.find(List::Everyday, i, Article::Kept)?;
        words::is(&reading.folded(i)[found.cut.clitics..], words::Kind::PersonVerb).then_some(found)
    };
    reporting.or_else(acting).map(|verb| verb.end)
}

fn speaker(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let at = after_verb(reading, i)?;
    let word = reading.folded(at);
    if word.len() < 6 || ["بال", "لل", "وال"].iter().any(|start| word.starts_with(start)) {
        return None;
    }
    let foreign = has_name(reading, at) && !is_definite(reading, at) && lists.foreignness(word) > 150;
    let named = has_name(reading, at) && !is_definite(reading, at) && is_surname(reading, at + 1);
    if !goes_on(reading, at) || shape::bare(reading, at).meets(NO_SPEAKER) && !foreign && !named {
        return None;
    }
    let found = chain(reading, lists, at, 0, true)?;
    let listed = has_name(reading, at);
    let believed = match (listed, found.parts) {
        (true, 1) => is_alone(reading, at, found.end),
        (true, _) => is_full(reading, lists, at, &found),
        (false, parts) => is_foreign(reading, lists, at, &found, parts > 1),
    };
    believed.then(|| person(reading, lists, at, 0, found.end, SPEAKER.card.id))
}

/// Whether a surname made of a place or a tribe stands at `i`, no adjective.
fn is_surname(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    let described = Bits::of(&[List::Noun, List::Everyday, List::Ordinal, List::DateWord, List::Nationality]);
    goes_on(reading, i)
        && shape::is_nisba(word)
        && !shape::bare(reading, i).meets(described)
        && !reading.bits(i).has(List::OrganisationWord)
}

/// Whether a listed name of one word is the subject, and no noun or adjective.
fn is_alone(reading: &Reading<'_>, at: usize, end: usize) -> bool {
    let bare = shape::bare(reading, at);
    if !is_everyday(reading, at, 0) {
        return true;
    }
    let word = reading.folded(at);
    let role = bare.has(List::Role) && !shape::is_nisba(word);
    let plain = is_definite(reading, at) || !bare.has(List::Noun);
    let nation = bare.has(List::Nationality) && !shape::whole(reading, at).has(List::Surname);
    plain && !role && !nation && goes_on_with(reading, end)
}

/// Whether a chain of two and more words after a verb is a name.
fn is_full(reading: &Reading<'_>, lists: &Lists, at: usize, found: &Chain) -> bool {
    let given = shape::whole(reading, at).has(List::Given);
    let last = reading.folded(found.end - 1);
    found.sure > 0
        || found.everyday == 0
        || given && (found.known > 1 || !shape::is_ordinary(reading, last) || lists.foreignness(last) > 0)
}

/// Whether a name that no list has looks foreign, or like a name beside one
/// that a list has.
fn is_foreign(reading: &Reading<'_>, lists: &Lists, at: usize, found: &Chain, several: bool) -> bool {
    let word = reading.folded(at);
    let pronoun = ["ها", "هم", "هما", "نا", "يا"].iter().any(|end| word.ends_with(end));
    let governs = !several && goes_on(reading, found.end) && is_definite(reading, found.end);
    let doubtful = word.starts_with("ال") || pronoun && !several || governs;
    if !is_unknown(reading, at) || doubtful || shape::is_ordinary(reading, word) {
        return false;
    }
    let odds = lists.foreignness(word);
    let known = several && found.known > 0;
    let plural = ["ون", "ين", "ات"].iter().any(|end| word.ends_with(end));
    let wanted = if is_said(reading, found.end) && !plural {
        -150
    } else if goes_on_with(reading, found.end) {
        60
    } else {
        250
    };
    known && odds > -150 || word.len() >= 8 && odds > wanted
}

/// Whether what is said begins at `i`.
fn is_said(reading: &Reading<'_>, i: usize) -> bool {
    reading.is(i, &["ان", "انه", "انها", ":", "«", "\"", "بان", "بانه"])
}

/// Whether the word at `i` goes on a sentence whose subject is complete: what
/// is said, a preposition, a comma.
fn goes_on_with(reading: &Reading<'_>, i: usize) -> bool {
    if reading.kind(i) != Some(Kind::Word) {
        return matches!(
            reading.surface(i),
            ":" | "«" | "\"" | "،" | "," | "(" | "“" | "'" | "-" | ";" | "؛"
        );
    }
    let word = reading.folded(i);
    let said = shape::is_break(word) || words::is(word, words::Kind::BeforePlace);
    let bound = reading.forms(i).iter().any(|form| form.cut.clitics == 2 && form.cut.article == 0)
        && word.starts_with(['ب', 'ل'])
        || word.starts_with("لل")
        || word.starts_with("بال");
    said || bound
        || shape::whole(reading, i).meets(Bits::of(&[List::Weekday, List::DateWord, List::Function]))
}
