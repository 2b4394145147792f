//! Persons: chains of given names, surnames and particles, announced by titles
//! or verbs of speech where the lists do not know them.

use super::lists::{Inflection, Lists, Particle};
use super::shape::{self, ends, goes_on, is_unknown, looks_like_name};
use super::{Entity, Type, words};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// Most parts of one name.
const MOST_PARTS: usize = 6;
/// Most words between an office and the name of its holder.
const LONGEST_OFFICE: usize = 9;

/// See the card.
pub(super) static TITLED: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/person-after-title",
        about: "A name after a title: bare, with a nationality, or with the institution between them.",
        yes: &[
            "التقى الرئيس الأميركي [جو بايدن] نظيره.",
            "قال الدكتور [سامي النجار] للصحفيين.",
            "صرح وزير الخارجية القطري [محمد بن عبد الرحمن] أمس.",
        ],
        no: &["قال الرئيس في خطابه إن الأزمة انتهت."],
    },
    starts: Bits::of(&[List::Title]),
    digits: false,
    at: after_title,
};

/// See the card.
pub(super) static CHAIN: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/person-name",
        about: "A chain of given names, surnames and particles that the lists know in part.",
        yes: &["حضر [محمد عبد الرحمن] الجلسة.", "كتب [أحمد بن علي] رسالة طويلة."],
        no: &["كان الطقس جميلا."],
    },
    starts: Bits::of(&[List::Given, List::Surname, List::Particle]),
    digits: false,
    at: known_chain,
};

/// See the card.
pub(super) static NATIONAL: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/person-after-nationality",
        about: "A name of two or more words after a nationality that stands for a person or describes one.",
        yes: &["فاز التايلاندي [سومتشان بورنراك] بالجائزة."],
        no: &["وصل الوفد البرازيلي أمس إلى العاصمة."],
    },
    starts: Bits::of(&[List::Nationality]),
    digits: false,
    at: after_nationality,
};

fn after_nationality(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let found = reading.find(List::Nationality, i, Article::Free)?;
    let one = matches!(lists.nationality(found.row).inflection, Inflection::He | Inflection::She);
    let definite = reading.folded(i)[found.cut.clitics..].starts_with("ال") || found.cut.article > 0;
    if !one || !definite {
        return None;
    }
    let mut at = found.end;
    while goes_on(reading, at) && (shape::is_generic(reading, at) || reading.find(List::Title, at, Article::Free).is_some_and(|f| f.cut.clitics == 0 && f.end == at + 1 && shape::is_definite(reading, at))) {
        at += 1;
    }
    let given = goes_on(reading, at) && shape::whole(reading, at).has(List::Given);
    let foreign = is_unknown(reading, at) && looks_like_name(reading, lists, reading.folded(at)) && lists.foreignness(reading.folded(at)) > 0;
    if !given && !foreign || reading.bits(at).has(List::Nationality) || shape::whole(reading, at).meets(DATED) {
        return None;
    }
    let found = chain(reading, lists, at, 0, true)?;
    let last = reading.folded(found.end - 1);
    let believed = found.parts > 1 && (found.sure > 0 || given && found.everyday < found.parts || lists.foreignness(last) > 0);
    believed.then(|| person(reading, lists, at, 0, found.end, NATIONAL.card.id))
}

/// See the card.
pub(super) static SPEAKER: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/person-after-verb",
        about: "A name in foreign spelling between a verb of speech and what is said.",
        yes: &[],
        no: &[],
    },
    starts: Bits::of(&[List::Reporting]),
    digits: false,
    at: speaker,
};

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
    sure: usize,
    /// How many of them are also everyday words.
    everyday: usize,
    /// Whether it begins with a given name.
    given: bool,
}

/// What a token adds to a chain.
enum Part {
    Known { end: usize, sure: bool, given: bool, everyday: bool },
    Unknown { end: usize },
}

/// The entry of `list` at `i` after exactly `cut` bytes.
fn entry(reading: &Reading<'_>, list: List, i: usize, cut: usize) -> Option<Found> {
    reading.find_all(list, i, Article::Kept).into_iter().find(|f| f.cut.stem() == cut)
}

/// The name that begins at token `i` after `cut` bytes of proclitics.
/// `licensed`: the words before announce a name, so it may begin unknown.
pub(super) fn chain(reading: &Reading<'_>, lists: &Lists, i: usize, cut: usize, licensed: bool) -> Option<Chain> {
    let mut chain = Chain { end: i, ..Chain::default() };
    while chain.parts < MOST_PARTS {
        let mut at = chain.end;
        if at > i {
            at += usize::from(is_hyphen(reading, at));
            if !goes_on(reading, at) {
                break;
            }
        }
        match part(reading, lists, at, if at == i { cut } else { 0 }, &chain, licensed) {
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
    matches!(reading.surface(i), "-" | "ـ" | "‑") && reading.glued(i) && reading.glued(i + 1) && reading.kind(i + 1) == Some(Kind::Word)
}

fn part(reading: &Reading<'_>, lists: &Lists, i: usize, cut: usize, chain: &Chain, licensed: bool) -> Option<Part> {
    let first = chain.parts == 0;
    let suffix = entry(reading, List::Particle, i, 0).filter(|f| lists.particle(f.row) == Particle::Suffix);
    if is_preposition(reading, i, first) || shape::is_generic(reading, i) && suffix.is_none() {
        return None;
    }
    // Of two equally long entries the given name counts, which stands last.
    let known = [List::Surname, List::Given].into_iter().filter_map(|list| Some((list, entry(reading, list, i, cut)?)));
    let known = known.max_by_key(|(_, found)| found.end);
    // «بن أبي» may be a surname, «بن أبي طالب» is longer.
    let bound = bound(reading, lists, i, cut, first, licensed);
    if let Some(end) = bound.filter(|&end| known.as_ref().is_none_or(|(_, f)| f.end < end)) {
        return Some(Part::Known { end, sure: has_name(reading, end - 1), given: true, everyday: false });
    }
    if let Some((list, found)) = known {
        let everyday = found.end == i + 1 && is_everyday(reading, i, cut);
        let sure = lists.is_sure_name(list, found.row) && !everyday;
        let nisba = reading.bits(i).has(List::Nationality);
        let titled = shape::bare(reading, i).has(List::Title) || nisba;
        // «الشيخ»، «السوري» are names only inside a name.
        let followed = !reading.folded(i).starts_with("ال") && goes_on(reading, found.end)
            && shape::whole(reading, found.end).has(List::Surname)
            && !shape::whole(reading, found.end).has(List::Given);
        if first && titled && !sure && (nisba || !licensed) && !followed {
            return None;
        }
        let ended = if licensed && chain_takes(chain) {
            shape::is_break(reading.folded(i)) && !reading.is(i, &["علي"]) || nisba || shape::whole(reading, i).meets(DATED) || joins_another(reading, i)
        } else {
            titled || ends(reading, i) && !reading.is(i, &["علي"]) || joins_another(reading, i)
        };
        let blocked = !first && !sure && ended && !(chain_takes(chain) && shape::is_definite(reading, i));
        // «الأبيض جون»: a surname with the article does not stand first.
        let turned = chain.parts == 1 && !chain.given && list == List::Given && !shape::whole(reading, i).has(List::Surname);
        if turned && reading.folded(i - 1).starts_with("ال") {
            return None;
        }
        if !blocked {
            return Some(Part::Known { end: found.end, sure, given: list == List::Given, everyday });
        }
        return None;
    }
    if cut > 0 || first && !licensed {
        return None;
    }
    if !first
        && let Some(suffix) = entry(reading, List::Particle, i, 0)
        && lists.particle(suffix.row) == Particle::Suffix
    {
        return Some(Part::Known { end: suffix.end, sure: false, given: false, everyday: false });
    }
    if ends(reading, i) || joins_another(reading, i) || shape::bare(reading, i).meets(OTHER_NAMES) {
        return None;
    }
    unknown(reading, lists, i, chain, licensed)
}

/// Whether a surname like a title or a nisba can follow: after one given name.
fn chain_takes(chain: &Chain) -> bool {
    chain.parts == 1 && chain.given
}

/// Whether a name of one word is an everyday word too.
fn is_everyday(reading: &Reading<'_>, i: usize, cut: usize) -> bool {
    let word = &reading.folded(i)[cut..];
    let everyday = |w: &str| shape::is_break(w) || reading.lists_of(w).meets(EVERYDAY);
    let listed = reading.lists_of(word).has(List::OrganisationWord) && word.starts_with("ال");
    let adjective = |w: &str| {
        w.ends_with(['ي', 'ه']) && reading.lists_of(&format!("ال{w}")).has(List::OrganisationWord)
    };
    let plural = word.strip_suffix("ات").is_some_and(|w| w.len() >= 6 && (everyday(w) || everyday(&format!("{w}ه"))));
    everyday(word) || listed || plural || adjective(word) || shape::cuts_to_break(word) || word.strip_suffix('ا').is_some_and(|w| w.len() >= 6 && reading.lists_of(w).has(List::Noun))
}

/// Lists of words that no title announces.
const DATED: Bits = Bits::of(&[List::DateWord, List::Month, List::Weekday, List::Number, List::Reporting, List::Country]);

/// Lists of everyday words.
const EVERYDAY: Bits = Bits::of(&[
    List::Noun, List::Predicate, List::Reporting, List::Stop, List::Function, List::DateWord, List::Month,
    List::Weekday, List::Number, List::Ordinal, List::Unit, List::Currency, List::Title, List::Change,
    List::OrganisationHead, List::Comparator, List::Nationality,
]);

/// «على» and «باسم» are prepositions much more often than names: the first
/// is one where it is so spelled or begins a phrase, the second before
/// anything but a name.
fn is_preposition(reading: &Reading<'_>, i: usize, first: bool) -> bool {
    match reading.folded(i) {
        "علي" => first && !has_name(reading, i + 1) || reading.surface(i).ends_with('ى'),
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
            && (reading.forms(i).iter().any(|form| form.cut.clitics > 0 && (word.starts_with('و') || form.bits.meets(EVERYDAY.or(PLACES))))
                || shape::cuts_to_break(word))
}

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
    List::Currency,
    List::Unit,
]);

/// The end of what a binding particle at `i` takes into the name.
fn bound(reading: &Reading<'_>, lists: &Lists, i: usize, cut: usize, first: bool, licensed: bool) -> Option<usize> {
    let binds = |i: usize, cut: usize| {
        let found = entry(reading, List::Particle, i, cut)?;
        let binding = lists.particle(found.row) == Particle::Binding && !shape::is_break(&reading.folded(i)[cut..]);
        (binding && may_follow_particle(reading, found.end)).then_some(found.end)
    };
    let name = |i: usize| [List::Given, List::Surname].into_iter().filter_map(|list| entry(reading, list, i, 0)).map(|f| f.end).max();
    let next = binds(i, cut)?;
    // «بن عبد الكريم»: one particle may call for another.
    let deep = binds(next, 0).map(|inner| name(inner).unwrap_or(inner + 1));
    let known = name(next).max(deep);
    if first && (is_inner(reading, i) || known.is_none() && !licensed) {
        return None;
    }
    Some(known.unwrap_or(next + 1))
}

/// Whether the particle at `i` only goes on a name.
fn is_inner(reading: &Reading<'_>, i: usize) -> bool {
    reading.is(i, &["بن", "بنت", "ولد", "دي", "دو", "دا", "فان", "فون", "لو", "لا", "دال", "ديل", "سيد", "دير", "دون", "با"])
}

/// Whether a particle can take the word at `i` into the name, be it an
/// ordinary word elsewhere («بن أبي طالب»).
fn may_follow_particle(reading: &Reading<'_>, i: usize) -> bool {
    goes_on(reading, i) && !shape::is_break(reading.folded(i))
}

fn unknown(reading: &Reading<'_>, lists: &Lists, i: usize, chain: &Chain, licensed: bool) -> Option<Part> {
    let word = reading.folded(i);
    let first = chain.parts == 0;
    let taken = Some(Part::Unknown { end: i + 1 });
    let solid = chain.sure > 0 || chain.given && chain.everyday == 0;
    if !solid && !licensed || shape::is_generic(reading, i) {
        return None;
    }
    let after_given = chain.parts == 1 && (solid && chain.given || licensed);
    if !first && chain.sure == chain.parts && !chain.given && !licensed {
        return None;
    }
    if let Some(found) = reading.find(List::Nationality, i, Article::Free) {
        // A nisba is a surname after one given name, never the beginning.
        let masculine = lists.nationality(found.row).inflection == Inflection::He;
        let place = after_given || licensed && chain.parts == 2 && chain.given;
        return if place && masculine && found.cut.clitics == 0 && shape::is_nisba(word) { taken } else { None };
    }
    let nameless = reading.bits(i).is_empty() && !shape::is_ordinary(reading, word) && !shape::is_derived(word);
    if !first && chain.given && shape::is_definite(reading, i) && nameless {
        return taken;
    }
    if !first && (shape::is_nisba(word) || after_given && shape::is_definite(reading, i)) {
        return if shape::bare(reading, i).has(List::Predicate) { None } else { taken };
    }
    let known = shape::whole(reading, i);
    let common = known.meets(Bits::of(&[List::Noun, List::Predicate, List::Change]));
    if common || !known.is_empty() && !known.has(List::Place) {
        return if !first && !common && has_name(reading, i + 1) { taken } else { None };
    }
    let before_surname = !first && has_name(reading, i + 1);
    let pronoun = lists.foreignness(word) < 200 && ["ها", "هم", "هما", "وا", "نا"].iter().any(|end| word.ends_with(end));
    let governed = word.starts_with(['ب', 'ل']) && reading.surface(i).ends_with('ه');
    if pronoun || governed {
        return None;
    }
    // A third name in «و» is rather a conjunction and another name.
    if chain.parts > 1 && word.starts_with('و') && word.len() >= 10 {
        return None;
    }
    let fits = looks_like_name(reading, lists, word) || after_given && !shape::is_ordinary(reading, word) && !shape::looks_verbal(word);
    if fits || before_surname { taken } else { None }
}

fn has_name(reading: &Reading<'_>, i: usize) -> bool {
    goes_on(reading, i) && shape::whole(reading, i).meets(Bits::of(&[List::Given, List::Surname]))
}

/// Whether a name or a particle of names stands at `i`.
fn has_name_part(reading: &Reading<'_>, i: usize) -> bool {
    goes_on(reading, i) && shape::whole(reading, i).meets(Bits::of(&[List::Given, List::Surname, List::Particle]))
}

fn known_chain(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let suffix = entry(reading, List::Particle, i, 0).is_some_and(|f| lists.particle(f.row) == Particle::Suffix);
    if suffix && reading.folded(i).starts_with("ال") {
        return None;
    }
    let firsts = [List::Given, List::Surname, List::Particle];
    let first = firsts.into_iter().filter_map(|list| reading.find(list, i, Article::Kept));
    let cut = first.map(|f| f.cut.stem()).min()?;
    if !cut_is_credible(reading, i, cut) {
        return None;
    }
    let found = chain(reading, lists, i, cut, false)?;
    let single = found.parts == 1;
    let believed = if single {
        found.sure == 1 && !ends(reading, i) || found.end > i + 1
    } else {
        let given = reading.bits(i).has(List::Given);
        let first = !is_everyday(reading, i, cut) || given && (found.sure > 0 || found.everyday < found.known);
        first && (found.sure > 0 || found.known > 1 && given || found.given && found.everyday == 0)
    };
    if !believed {
        return None;
    }
    let start = if cut == 0 { extend_left(reading, lists, i) } else { i };
    Some(person(reading, lists, start, if start == i { cut } else { 0 }, found.end, CHAIN.card.id))
}

/// A name in foreign spelling just before a surname belongs to it
/// («كوندوليزا رايس»).
fn extend_left(reading: &Reading<'_>, lists: &Lists, i: usize) -> usize {
    let Some(before) = i.checked_sub(1).filter(|_| goes_on(reading, i)) else { return i };
    let surname = shape::whole(reading, i).meets(Bits::of(&[List::Surname, List::Particle]));
    let word = reading.folded(before);
    let conjunction = word.starts_with('و') || word.starts_with('ل') || word.starts_with('ب');
    let foreign = is_unknown(reading, before) && reading.bits(before).is_empty() && !conjunction;
    let definite = shape::is_definite(reading, i) && !shape::whole(reading, i).has(List::Given);
    let plain = definite && word.len() >= 6 && !shape::is_ordinary(reading, word) && !shape::looks_verbal(word);
    if surname && foreign && (plain || shape::is_foreign(reading, lists, word)) { before } else { i }
}

/// Whether the letters cut off are proclitics that stand before names, and
/// the whole is no word of its own.
fn cut_is_credible(reading: &Reading<'_>, i: usize, cut: usize) -> bool {
    let letters = shape::cut(reading, i, cut);
    letters.is_empty()
        || !letters.contains(['س', 'ك']) && shape::whole(reading, i).is_empty() && !is_everyday(reading, i, 0)
}

fn person(reading: &Reading<'_>, lists: &Lists, start: usize, cut: usize, end: usize, rule: &'static str) -> Entity {
    let span = shape::span_after(reading, start, end, cut);
    let role = if cut == 0 { role_before(reading, lists, start) } else { None };
    Entity { role, ..Entity::new(Type::Person, start, end, span, rule) }
}

/// The title or office that ends just before token `end`, as it stands.
fn role_before(reading: &Reading<'_>, lists: &Lists, end: usize) -> Option<String> {
    let mut role = None;
    for i in (end.saturating_sub(LONGEST_OFFICE)..end).rev() {
        if reading.kind(i) != Some(Kind::Word) || !reading.same_line(i + 1) {
            break;
        }
        if let Some(found) = reading.find(List::Title, i, Article::Free)
            && found.end <= end
        {
            let bare = found.end == end || lists.is_office(found.row);
            if bare || role.is_some() {
                role = Some(shape::span_after(reading, i, end, found.cut.clitics));
            }
        } else if ends(reading, i) {
            break;
        }
    }
    role.map(|span| span.of(reading.text.raw).to_owned())
}

/// Where the name begins that the title at `i` announces.
fn after_title(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let found = reading.find(List::Title, i, Article::Free)?;
    if found.end == i + 1 && words::is(&reading.folded(i)[found.cut.clitics..], words::Kind::NoTitle) {
        return None;
    }
    let office = lists.is_office(found.row);
    let mut at = found.end;
    for _ in 0..LONGEST_OFFICE {
        if !goes_on(reading, at) {
            return quoted_name(reading, lists, at);
        }
        let title = reading.find(List::Title, at, Article::Free).filter(|f| f.cut.clitics == 0);
        // «المختار» is a title and a name: here a name goes on after it.
        let named = |f: &Found| shape::whole(reading, at).has(List::Given) && has_name_part(reading, f.end);
        if let Some(next) = title.filter(|f| !named(f)) {
            at = next.end;
            continue;
        }
        if let Some(name) = name_at(reading, lists, at, at == found.end) {
            return Some(name);
        }
        let adjective = reading.bits(at).has(List::Nationality) || shape::is_generic(reading, at);
        let complement = (office || adjective) && !ends(reading, at);
        if !complement {
            return None;
        }
        at += 1;
    }
    None
}

/// A name at `at`, after a title and its complement.
fn name_at(reading: &Reading<'_>, lists: &Lists, at: usize, bare: bool) -> Option<Entity> {
    let begins = shape::whole(reading, at).meets(Bits::of(&[List::Given, List::Surname, List::Particle]));
    let after_adjective = at > 0 && reading.bits(at - 1).has(List::Nationality) || shape::is_generic(reading, at.saturating_sub(1));
    let foreign = is_unknown(reading, at) && !reading.folded(at).starts_with("ال");
    if !(begins || foreign && (bare || after_adjective)) {
        return None;
    }
    let found = chain(reading, lists, at, 0, true)?;
    let everyday = found.parts == 1 && is_everyday(reading, at, 0);
    let word = reading.folded(at);
    let sure = found.sure > 0
        || found.known > 0 && !everyday
        || shape::is_foreign(reading, lists, word)
        || found.parts > 1 && looks_like_name(reading, lists, word);
    let start = if bare { at } else { extend_left(reading, lists, at) };
    sure.then(|| person(reading, lists, start, 0, found.end, TITLED.card.id))
}

/// A name in quotation marks after a title.
fn quoted_name(reading: &Reading<'_>, lists: &Lists, at: usize) -> Option<Entity> {
    if !shape::opens_quote(reading, at) {
        return None;
    }
    let (start, end) = shape::quoted(reading, at, 5)?;
    let found = chain(reading, lists, start, 0, true)?;
    (found.end == end && found.parts > 1).then(|| person(reading, lists, start, 0, end, TITLED.card.id))
}

fn speaker(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let verb = reading.find(List::Reporting, i, Article::Kept)?;
    let at = verb.end;
    let said = |end: usize| reading.is(end, &["ان", "انه", "انها", ":", "«", "\"", "بان", "بانه"]);
    if has_name(reading, at) && !shape::bare(reading, at).meets(NO_SPEAKER) {
        let found = chain(reading, lists, at, 0, shape::whole(reading, at).has(List::Given))?;
        let sure = found.sure > 0 || !is_everyday(reading, at, 0) || said(found.end);
        return sure.then(|| person(reading, lists, at, 0, found.end, SPEAKER.card.id));
    }
    let word = reading.folded(at);
    if !is_unknown(reading, at) || !shape::is_foreign(reading, lists, word) || word.starts_with("ال") {
        return None;
    }
    let found = chain(reading, lists, at, 0, true)?;
    said(found.end).then(|| person(reading, lists, at, 0, found.end, SPEAKER.card.id))
}

/// What a person who speaks is not named by.
const NO_SPEAKER: Bits = Bits::of(&[
    List::Title, List::Nationality, List::Country, List::Place, List::Organisation, List::OrganisationHead, List::Stop,
    List::DateWord, List::Weekday, List::Month, List::Number,
]);
