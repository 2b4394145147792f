//! Chains of names: given names, surnames, particles and words that no list
//! has. Says where a name ends, not whether it is believed.

use super::lists::{Inflection, Lists, Particle};
use super::shape::{self, ends, goes_on, looks_like_name};
use super::words;
use crate::extract::Reading;
use crate::extract::reading::{Article, Found};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// Most parts of one name.
const MOST_PARTS: usize = 6;

/// A run of names.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chain {
    /// Token after the last.
    pub(super) end: usize,
    /// How many parts there are.
    pub(super) parts: usize,
    /// How many of them a list knows.
    pub(super) known: usize,
    /// How many of them are nothing but names.
    pub(super) sure: usize,
    /// How many of them are also everyday words.
    pub(super) everyday: usize,
    /// Whether it begins with a given name.
    pub(super) given: bool,
    /// Whether the words before announce a name.
    licensed: bool,
}

impl Chain {
    /// Whether a surname like a title or a nisba can follow: after one given
    /// name.
    const fn takes_any(&self) -> bool {
        self.parts == 1 && self.given
    }

    /// Whether some part of it is no everyday word.
    pub(super) const fn is_solid(&self) -> bool {
        self.sure > 0 || self.given && self.everyday == 0
    }
}

/// What a token adds to a chain.
enum Part {
    Known { end: usize, sure: bool, given: bool, everyday: bool },
    Unknown { end: usize },
}

/// The entry of `list` at `i` after exactly `cut` bytes.
pub(super) fn entry(reading: &Reading<'_>, list: List, i: usize, cut: usize) -> Option<Found> {
    reading.entries(list, i, Article::Kept).find(|f| f.cut.stem() == cut)
}

/// The name that begins at token `i` after `cut` bytes of proclitics.
/// `licensed`: the words before announce a name, so it may begin unknown.
pub(super) fn chain(
    reading: &Reading<'_>,
    lists: &Lists,
    i: usize,
    cut: usize,
    licensed: bool,
) -> Option<Chain> {
    let mut chain = Chain { end: i, licensed, ..Chain::default() };
    while chain.parts < MOST_PARTS {
        let mut at = chain.end;
        if at > i {
            at += usize::from(is_hyphen(reading, at) || is_spaced_hyphen(reading, i, at));
            if !goes_on(reading, at) {
                break;
            }
        }
        match part(reading, lists, at, if at == i { cut } else { 0 }, &chain) {
            Some(Part::Known { end, sure, given, everyday }) => {
                chain.everyday += usize::from(everyday);
                chain.given |= chain.parts == 0 && given;
                chain.end = end;
                chain.known += 1;
                chain.sure += usize::from(sure);
            }
            Some(Part::Unknown { end }) => chain.end = end,
            None => break,
        }
        chain.parts += 1;
    }
    (chain.parts > 0).then_some(chain)
}

fn is_hyphen(reading: &Reading<'_>, i: usize) -> bool {
    matches!(reading.surface(i), "-" | "ـ" | "‑")
        && reading.glued(i)
        && reading.glued(i + 1)
        && reading.kind(i + 1) == Some(Kind::Word)
}

/// Whether a hyphen between blanks at `at` joins the parts of a name that is
/// written with one («كيم جونغ - ايل»، «جان - كلود»).
fn is_spaced_hyphen(reading: &Reading<'_>, start: usize, at: usize) -> bool {
    let short = reading.kind(at + 1) == Some(Kind::Word) && reading.folded(at + 1).len() <= 10;
    let parts = at - start;
    reading.surface(at) == "-"
        && short
        && reading.same_line(at + 1)
        && (1..=2).contains(&parts)
        && words::is(reading.folded(start), words::Kind::Hyphenated)
}

/// What the token at `i` adds to `chain`, after `cut` bytes of proclitics.
fn part(reading: &Reading<'_>, lists: &Lists, i: usize, cut: usize, chain: &Chain) -> Option<Part> {
    let suffix = entry(reading, List::Particle, i, 0).filter(|f| lists.particle(f.row) == Particle::Suffix);
    let generic = shape::is_generic(reading, i) && suffix.is_none();
    if generic || is_preposition(reading, i, chain.parts == 0 && !chain.licensed) {
        return None;
    }
    // Of two equally long entries the given name counts, which stands last.
    let names = [List::Surname, List::Given].into_iter();
    let known = names.filter_map(|list| Some((list, entry(reading, list, i, cut)?)));
    let known = known.max_by_key(|(_, found)| found.end);
    // «بن أبي» may be a surname, «بن أبي طالب» is longer.
    let bound = bound(reading, lists, i, cut, chain);
    if let Some(end) = bound.filter(|&end| known.as_ref().is_none_or(|(_, f)| f.end < end)) {
        let sure = has_name(reading, end - 1) || bound_name(reading, end);
        return Some(Part::Known { end, sure, given: true, everyday: false });
    }
    if let Some((list, found)) = known {
        return known_part(reading, lists, list, &found, chain);
    }
    if cut > 0 || chain.parts == 0 && !chain.licensed {
        return None;
    }
    if let Some(suffix) = suffix.filter(|_| chain.parts > 0 && !(chain.parts > 1 && is_rank(reading, i))) {
        return Some(Part::Known { end: suffix.end, sure: false, given: false, everyday: false });
    }
    if chain.given && is_honorific(reading, lists, i) {
        return Some(Part::Unknown { end: i + 1 });
    }
    let joined = joins_another(reading, i)
        && !(reading.folded(i).starts_with('ف') && is_strange(reading, lists, reading.folded(i)));
    if ends(reading, i) || joined || shape::bare(reading, i).meets(OTHER_NAMES) {
        return None;
    }
    unknown(reading, lists, i, chain)
}

/// Whether an honorific stands inside a name («بابكر حاج الصديق»).
fn is_honorific(reading: &Reading<'_>, lists: &Lists, i: usize) -> bool {
    let title = entry(reading, List::Title, i, 0).filter(|f| f.end == i + 1);
    title.is_some_and(|f| !lists.is_office(f.row))
        && reading.is(i, &["حاج", "سيد", "شيخ", "سيدي", "مولاي"])
        && has_name(reading, i + 1)
}

/// Whether an ordinal stands at `i`: rulers have one after a single name
/// («بطليموس الأول»), after longer names it says the place in a contest.
fn is_rank(reading: &Reading<'_>, i: usize) -> bool {
    shape::is_definite(reading, i) && shape::bare(reading, i).has(List::Ordinal)
}

/// Whether and how a name of the lists, found at `found`, goes on `chain`.
fn known_part(
    reading: &Reading<'_>,
    lists: &Lists,
    list: List,
    found: &Found,
    chain: &Chain,
) -> Option<Part> {
    let i = found.start;
    let everyday = found.end == i + 1 && is_everyday(reading, i, found.cut.stem());
    let sure = lists.is_sure_name(list, found.row) && !everyday;
    // «أبو حمزة» is called like a given name.
    let given = list == List::Given
        || chain.parts == 0 && found.end > i + 1 && shape::whole(reading, i).has(List::Particle);
    let stands = if chain.parts == 0 {
        !goes_on_name(reading, i) && (sure || begins(reading, found, chain.licensed))
    } else {
        !is_turned(reading, i, given, chain)
            && (sure
                || !is_ended(reading, i, chain)
                || chain.takes_any() && shape::is_definite(reading, i)
                || is_last_known(reading, i, found.end, chain))
    };
    stands.then_some(Part::Known { end: found.end, sure, given, everyday })
}

/// Whether a doubtful name can stand first: «الشيخ»، «السوري» are names only
/// inside a name, «رفيق» before a surname.
fn begins(reading: &Reading<'_>, found: &Found, licensed: bool) -> bool {
    let nisba = reading.bits(found.start).has(List::Nationality);
    let title = reading.lists_of(&reading.folded(found.start)[found.cut.clitics..]).has(List::Title);
    let next = shape::whole(reading, found.end);
    let followed = !reading.folded(found.start).starts_with("ال")
        && goes_on(reading, found.end)
        && next.has(List::Surname)
        && !next.has(List::Given);
    followed || !nisba && (licensed || !title)
}

/// Lists of words that no surname before the end of a name is read as.
const NO_SURNAME: Bits = DATED.or(Bits::of(&[List::Function, List::Stop, List::Ordinal]));

/// Whether a surname that is an everyday word too ends the name at `end`:
/// what follows goes on no noun («نيفين عبد الوهاب الجندي إن»).
fn is_last_known(reading: &Reading<'_>, i: usize, end: usize, chain: &Chain) -> bool {
    let whole = shape::whole(reading, i);
    chain.given
        && (chain.sure > 0 || chain.licensed)
        && whole.has(List::Surname)
        && !whole.meets(NO_SURNAME)
        && (!whole.meets(PLACES) || shape::is_definite(reading, i))
        && (shape::is_definite(reading, i) || !whole.has(List::Title) || !whole.has(List::Role))
        && !shape::is_break(reading.folded(i))
        && !(whole.has(List::Title) && reading.is(end, &["الذي", "التي"]))
        && shape::closes(reading, end)
}

/// Whether a word that no list of names has ends the name: it is no word of
/// the language, and what follows goes on no noun.
fn is_last_unknown(reading: &Reading<'_>, lists: &Lists, i: usize, chain: &Chain) -> bool {
    let word = reading.folded(i);
    let odds = lists.foreignness(word);
    if !chain.given
        || chain.sure == 0 && !chain.licensed
        || word.len() < 6
        || !shape::whole(reading, i).is_empty()
        || !shape::closes(reading, i + 1)
    {
        return false;
    }
    let said = reading.is(i + 1, &["ان", ":"]);
    let strange = odds > 250;
    let joined = word.starts_with('و') && !strange || is_written_on(reading, i);
    let verbal = word.starts_with(['ي', 'ت']) && odds < 100;
    let nisba = said && word.ends_with('ي') || word.ends_with("اوي");
    let noun = !nisba && shape::is_ordinary(reading, word)
        || shape::is_derived(word)
        || !shape::bare(reading, i).is_empty()
        || has_pronoun(reading, i)
        || reading.surface(i).ends_with('ه') && odds < -150
        || word.starts_with("مت") && odds < 0;
    (said || odds > -300) && !(joined || verbal || noun)
}

/// Whether the word at `i` is «بن» or «بو» and a name in one («بنعمر»،
/// «بوصوفة»).
fn is_son_of(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    let rest = ["بن", "بو"].iter().find_map(|son| word.strip_prefix(son)).filter(|rest| rest.len() >= 6);
    let known = |rest: &str| {
        let sure = word.starts_with("بن") || rest.len() >= 8;
        sure && reading.bits(i).is_empty() && reading.lists_of(rest).meets(NAMES)
    };
    let whole = !is_written_on(reading, i) && !shape::is_ordinary(reading, word);
    rest.is_some_and(|rest| whole || known(rest))
}

/// Whether the word at `i` begins with a proclitic: the rest is known, or
/// has a hamza of its own.
fn is_written_on(reading: &Reading<'_>, i: usize) -> bool {
    let known = reading.forms(i).iter().any(|form| form.cut.clitics > 0 && !form.bits.is_empty());
    let mut letters = reading.surface(i).chars();
    if has_joined_article(reading.folded(i)) {
        return true;
    }
    let proclitic = matches!(letters.next(), Some('ب' | 'ل' | 'ك' | 'و' | 'ف' | 'س'));
    proclitic && (known || matches!(letters.next(), Some('أ' | 'إ')))
}

/// Whether a word begins with a proclitic and the article.
fn has_joined_article(word: &str) -> bool {
    word.len() >= 12 && ["بال", "لل"].iter().any(|start| word.starts_with(start))
}

/// Whether the word at `i` ends with a pronoun or like a plural.
fn has_pronoun(reading: &Reading<'_>, i: usize) -> bool {
    ["ها", "هم", "هما", "نا", "ين", "ون", "ات"].iter().any(|end| reading.surface(i).ends_with(end))
}

/// Whether a doubtful name at `i` is rather the word after the name.
fn is_ended(reading: &Reading<'_>, i: usize, chain: &Chain) -> bool {
    let nisba = reading.bits(i).has(List::Nationality);
    let name = reading.is(i, &["علي"]);
    if is_between_names(reading, i) {
        return false;
    }
    if joins_another(reading, i) || nisba || shape::whole(reading, i).has(List::Everyday) {
        return true;
    }
    if chain.licensed && chain.takes_any() {
        return shape::is_break(reading.folded(i)) && !name || shape::whole(reading, i).meets(DATED);
    }
    shape::bare(reading, i).has(List::Title) || ends(reading, i) && !name
}

/// Whether a given name that is a month or a verb too stands before another
/// name («عمر شعبان الديب»، «شريف عزت المرسي»).
fn is_between_names(reading: &Reading<'_>, i: usize) -> bool {
    let next = shape::whole(reading, i + 1);
    let whole = shape::whole(reading, i);
    whole.has(List::Given)
        && whole.meets(Bits::of(&[List::Month, List::DateWord, List::Reporting]))
        && !whole.has(List::Function)
        && has_name(reading, i + 1)
        && !next.meets(NO_SURNAME)
        && !shape::is_generic(reading, i + 1)
}

/// «الأبيض جون»: a surname with the article does not stand before a given name.
fn is_turned(reading: &Reading<'_>, i: usize, given: bool, chain: &Chain) -> bool {
    let surname = shape::whole(reading, i).has(List::Surname);
    chain.parts == 1 && !chain.given && given && !surname && reading.folded(i - 1).starts_with("ال")
}

/// Whether a name of one word is an everyday word too.
pub(super) fn is_everyday(reading: &Reading<'_>, i: usize, cut: usize) -> bool {
    let word = &reading.folded(i)[cut..];
    let everyday = |w: &str| shape::is_break(w) || reading.lists_of(w).meets(EVERYDAY);
    let listed = reading.lists_of(word).has(List::OrganisationWord) && word.starts_with("ال");
    let adjective =
        |w: &str| w.ends_with(['ي', 'ه']) && reading.lists_behind("ال", w).has(List::OrganisationWord);
    let plural =
        word.strip_suffix("ات").is_some_and(|w| w.len() >= 6 && (everyday(w) || everyday(&format!("{w}ه"))));
    let definite = word.strip_prefix("ال").is_some_and(|w| w.len() >= 4 && everyday(w));
    everyday(word)
        || definite
        || listed
        || plural
        || adjective(word)
        || shape::cuts_to_break(word)
        || word.strip_suffix('ا').is_some_and(|w| w.len() >= 6 && reading.lists_of(w).has(List::Noun))
}

/// Lists of words that no title announces.
pub(super) const DATED: Bits =
    Bits::of(&[List::DateWord, List::Month, List::Weekday, List::Number, List::Reporting, List::Country]);

/// Lists of everyday words, those of nations among them.
const EVERYDAY: Bits = shape::EVERYDAY.or(Bits::of(&[List::Nationality]));

/// «على» and «باسم» are prepositions much more often than names: the first
/// is one where it is so spelled or begins a phrase, the second before
/// anything but a name.
fn is_preposition(reading: &Reading<'_>, i: usize, first: bool) -> bool {
    match reading.folded(i) {
        "علي" => {
            let noun = shape::bare(reading, i + 1).meets(Bits::of(&[List::Noun, List::Predicate]))
                || shape::is_ordinary(reading, reading.folded(i + 1));
            first && !has_name(reading, i + 1)
                || !first && noun && !has_name(reading, i + 1)
                || reading.surface(i).ends_with('ى')
        }
        "باسم" => !has_name(reading, i + 1) || i > 0 && shape::bare(reading, i - 1).has(List::Title),
        _ => false,
    }
}

/// Whether a conjunction and another name, title or noun begin at `i`.
fn joins_another(reading: &Reading<'_>, i: usize) -> bool {
    let word = reading.folded(i);
    word.starts_with("وال")
        || word.starts_with(['و', 'ف', 'ب', 'ل'])
            && shape::whole(reading, i).is_empty()
            && (reading.forms(i).iter().any(|form| {
                form.cut.clitics > 0
                    && (word.starts_with('و') || form.bits.meets(EVERYDAY.or(PLACES).or(NAMES)))
            }) || shape::cuts_to_break(word))
}

/// Lists of words that describe rather than name, with the article too.
const ADJECTIVES: Bits = Bits::of(&[List::Predicate, List::Everyday]);

/// Lists of names of persons.
const NAMES: Bits = Bits::of(&[List::Given, List::Surname]);

/// Lists of places and organisations.
const PLACES: Bits = Bits::of(&[List::Country, List::Place, List::Organisation]);

/// What begins another name or a title.
const OTHER_NAMES: Bits = Bits::of(&[
    List::Title,
    List::OrganisationHead,
    List::EventHead,
    List::Country,
    List::Organisation,
    List::OrganisationWord,
    List::Unit,
]);

/// The end of what a binding particle at `i` takes into the name.
fn bound(reading: &Reading<'_>, lists: &Lists, i: usize, cut: usize, chain: &Chain) -> Option<usize> {
    let binds = |i: usize, cut: usize| {
        let found = entry(reading, List::Particle, i, cut)?;
        let binding =
            lists.particle(found.row) == Particle::Binding && !shape::is_break(&reading.folded(i)[cut..]);
        (binding && may_follow_particle(reading, found.end)).then_some(found.end)
    };
    let name = |i: usize| {
        [List::Given, List::Surname]
            .into_iter()
            .filter_map(|list| entry(reading, list, i, 0))
            .map(|f| f.end)
            .max()
    };
    let next = binds(i, cut)?;
    // «بن عبد الكريم»: one particle may call for another.
    let deep = binds(next, 0).map(|inner| name(inner).unwrap_or(inner + 1));
    let known = name(next).max(deep);
    if chain.parts == 0 && (is_inner(reading, i) || known.is_none() && !chain.licensed) {
        return None;
    }
    Some(known.unwrap_or(next + 1))
}

/// Whether a name of two words of the lists («عبد الله») ends at `end`.
fn bound_name(reading: &Reading<'_>, end: usize) -> bool {
    [List::Given, List::Surname]
        .into_iter()
        .any(|list| entry(reading, list, end - 2, 0).is_some_and(|f| f.end == end))
}

/// Whether the particle at `i` goes on the given name before it.
fn goes_on_name(reading: &Reading<'_>, i: usize) -> bool {
    i > 0 && goes_on(reading, i) && shape::whole(reading, i - 1).has(List::Given) && is_inner(reading, i)
}

/// Whether the particle at `i` only goes on a name.
fn is_inner(reading: &Reading<'_>, i: usize) -> bool {
    reading.is(
        i,
        &[
            "بن", "بنت", "ولد", "دي", "دو", "دا", "فان", "فون", "لو", "لا", "دال", "ديل", "سيد", "دير", "دون",
            "با",
        ],
    )
}

/// Whether a particle can take the word at `i` into the name, be it an
/// ordinary word elsewhere («بن أبي طالب»).
fn may_follow_particle(reading: &Reading<'_>, i: usize) -> bool {
    goes_on(reading, i) && !shape::is_break(reading.folded(i))
}

/// Whether a word that is on no list of names goes on or begins a name.
fn unknown(reading: &Reading<'_>, lists: &Lists, i: usize, chain: &Chain) -> Option<Part> {
    let licensed = chain.licensed;
    let word = reading.folded(i);
    let first = chain.parts == 0;
    let taken = Some(Part::Unknown { end: i + 1 });
    let solid = chain.is_solid();
    if !solid && !licensed || shape::is_generic(reading, i) {
        return None;
    }
    let after_given = chain.parts == 1 && (solid && chain.given || licensed);
    if !first && (is_last_unknown(reading, lists, i, chain) || chain.given && is_son_of(reading, i)) {
        return taken;
    }
    if !first && chain.sure == chain.parts && !chain.given && !licensed {
        return None;
    }
    if let Some(found) = reading.find(List::Nationality, i, Article::Free) {
        // A nisba is a surname after one given name, never the beginning.
        let masculine = lists.nationality(found.row).inflection == Inflection::He;
        let place = after_given || licensed && chain.parts == 2 && chain.given;
        let bare =
            after_given && !licensed && !shape::is_definite(reading, i) && !reading.surface(i).ends_with('ا');
        return if place && masculine && found.cut.clitics == 0 && (shape::is_nisba(word) || bare) {
            taken
        } else {
            None
        };
    }
    let nameless =
        reading.bits(i).is_empty() && !shape::is_ordinary(reading, word) && !shape::is_derived(word);
    let attribute = chain.sure > 0
        && shape::bare(reading, i).meets(NAMES)
        && has_name(reading, i + 1)
        && !shape::whole(reading, i + 1).meets(NO_SURNAME);
    // After a whole name a definite feminine is rather an object («خالد يوسف الشارة»).
    let object = chain.parts > 1 && word.ends_with('ه') && !shape::closes(reading, i + 1);
    if !first && chain.given && shape::is_definite(reading, i) && (nameless && !object || attribute) {
        return taken;
    }
    if !first && (shape::is_nisba(word) || after_given && shape::is_definite(reading, i)) {
        let surname_only = chain.sure == chain.parts && !chain.given;
        let ordinary = shape::bare(reading, i).meets(ADJECTIVES)
            || !shape::is_nisba(word) && (shape::is_derived(word) || shape::is_ordinary(reading, word));
        return if ordinary || surname_only { None } else { taken };
    }
    let known = shape::whole(reading, i);
    let common = known.meets(Bits::of(&[List::Noun, List::Predicate, List::Change, List::Everyday]));
    if common || !known.is_empty() && !known.has(List::Place) {
        return if !first && !common && has_name(reading, i + 1) { taken } else { None };
    }
    let before_surname = !first && has_name(reading, i + 1);
    let ordinary = shape::is_ordinary(reading, word);
    let pronoun = lists.foreignness(word) < 200
        && ["ها", "هم", "هما", "وا", "نا"].iter().any(|end| word.ends_with(end));
    let strange = lists.foreignness(word) > 200;
    let governed = word.starts_with(['ب', 'ل', 'ك']) && word.ends_with('ه')
        || word.ends_with('ه') && reading.surface(i).ends_with('ه') && word.len() >= 10;
    if pronoun || governed && !strange {
        return None;
    }
    // A third name in «و» is rather a conjunction and another name.
    let prefixed = word.starts_with('و') || word.starts_with(['ب', 'ل', 'ك']) && !strange;
    if chain.parts > 1 && prefixed && word.len() >= 10 {
        return None;
    }
    let fits = looks_like_name(reading, lists, word)
        || !first && solid && is_strange(reading, lists, word)
        || after_given && !ordinary && !shape::looks_verbal(word);
    if fits || before_surname && !ordinary { taken } else { None }
}

/// Whether the letters of a word leave no doubt that it is foreign.
fn is_strange(reading: &Reading<'_>, lists: &Lists, word: &str) -> bool {
    let accusative = word.strip_suffix('ا').is_some_and(|w| shape::is_inflected(reading, w));
    let joined = word.starts_with(['ب', 'ل', 'ك', 'و']) && shape::is_ordinary(reading, word)
        || has_joined_article(word);
    lists.foreignness(word) > 400 && !accusative && !joined
}

/// Whether a name of the lists stands at `i`.
pub(super) fn has_name(reading: &Reading<'_>, i: usize) -> bool {
    goes_on(reading, i) && shape::whole(reading, i).meets(Bits::of(&[List::Given, List::Surname]))
}
