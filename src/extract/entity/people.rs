//! Persons: chains of given names, surnames and particles, announced by titles
//! or verbs of speech where the lists do not know them.

use super::chain::{DATED, chain, entry, is_everyday};
use super::lists::{Inflection, Lists, Particle};
use super::shape::{self, ends, goes_on, is_definite, is_unknown, looks_like_name};
use super::{Entity, Type, words};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

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
    while goes_on(reading, at)
        && (shape::is_generic(reading, at)
            || reading
                .find(List::Title, at, Article::Free)
                .is_some_and(|f| f.cut.clitics == 0 && f.end == at + 1 && shape::is_definite(reading, at)))
    {
        at += 1;
    }
    let given = goes_on(reading, at) && shape::whole(reading, at).has(List::Given);
    let foreign = is_unknown(reading, at)
        && looks_like_name(reading, lists, reading.folded(at))
        && lists.foreignness(reading.folded(at)) > 0;
    if !given && !foreign || reading.bits(at).has(List::Nationality) || shape::whole(reading, at).meets(DATED)
    {
        return None;
    }
    let found = chain(reading, lists, at, 0, true)?;
    let last = reading.folded(found.end - 1);
    let believed = found.parts > 1
        && (found.sure > 0 || given && found.everyday < found.parts || lists.foreignness(last) > 0);
    believed.then(|| person(reading, lists, at, 0, found.end, NATIONAL.card.id))
}

/// Whether a name or a particle of names stands at `i`.
fn has_name_part(reading: &Reading<'_>, i: usize) -> bool {
    goes_on(reading, i)
        && shape::whole(reading, i).meets(Bits::of(&[List::Given, List::Surname, List::Particle]))
}

fn known_chain(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let suffix =
        entry(reading, List::Particle, i, 0).is_some_and(|f| lists.particle(f.row) == Particle::Suffix);
    if suffix && reading.folded(i).starts_with("ال") {
        return None;
    }
    let firsts = [List::Given, List::Surname, List::Particle];
    let first = firsts.into_iter().filter_map(|list| reading.find(list, i, Article::Kept));
    let cut = first.map(|f| f.cut.stem()).min()?;
    if !cut_is_credible(reading, i, cut) {
        return None;
    }
    if is_described(reading, i, cut) || is_verb_or_month(reading, i, cut) {
        return None;
    }
    let found = chain(reading, lists, i, cut, false)?;
    let single = found.parts == 1;
    let believed = if single {
        found.sure == 1 && !ends(reading, i) || found.end > i + 1
    } else {
        let kunya = || ["ابو", "ابي", "ابا", "ام"].contains(&&reading.folded(i)[cut..]);
        let given = reading.bits(i).has(List::Given) || found.given && kunya();
        let first =
            !is_everyday(reading, i, cut) || given && (found.sure > 0 || found.everyday < found.known);
        first && (found.sure > 0 || found.known > 1 && given || found.is_solid())
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
    let plain =
        definite && word.len() >= 6 && !shape::is_ordinary(reading, word) && !shape::looks_verbal(word);
    let son = reading.is(i, &["بن", "ولد"]) && (foreign || shape::whole(reading, before).has(List::Given));
    if son || surname && foreign && (plain || shape::is_foreign(reading, lists, word)) { before } else { i }
}

/// Whether the word at `i` is rather a noun or a title before the name that
/// begins behind it («فوز محمد»، «الفلاح كاظم»).
fn is_described(reading: &Reading<'_>, i: usize, cut: usize) -> bool {
    let word = &reading.folded(i)[cut..];
    let next = i + 1;
    let titled = shape::whole(reading, next).has(List::Title) && is_definite(reading, next);
    let noun = words::is(word, words::Kind::NounFirst)
        || titled
            && shape::whole(reading, i).meets(Bits::of(&[List::Title, List::Role]))
            && !shape::whole(reading, i).has(List::Particle);
    let definite = word.starts_with("ال")
        && shape::bare(reading, i).meets(Bits::of(&[List::Noun, List::Title, List::Everyday]))
        && shape::whole(reading, next).has(List::Given)
        && !shape::whole(reading, next).has(List::Particle);
    goes_on(reading, next) && (noun && (titled || has_name_part(reading, next)) || definite)
}

/// Whether the given name at `i` is rather a verb before its subject («هاجر
/// محمد»), a month («رمضان المبارك») or a currency («فرنك سويسري»، «مليون
/// فرانك»).
fn is_verb_or_month(reading: &Reading<'_>, i: usize, cut: usize) -> bool {
    let known = reading.lists_of(&reading.folded(i)[cut..]);
    let next = i + 1;
    if reading.find(List::Currency, i, Article::Kept).is_some_and(|f| f.end > next) {
        return true;
    }
    let counted = ["مليون", "مليار", "ملايين", "الف", "الاف", "مئه", "مائه"];
    if i > 0 && goes_on(reading, i) && reading.is(i - 1, &counted) {
        return true;
    }
    if known.has(List::Month) {
        return reading.is(next, &["المبارك", "الكريم", "الماضي", "المقبل", "الجاري"])
            || i > 0 && reading.is(i - 1, &["شهر", "بشهر", "لشهر"]);
    }
    let opener = ["عندما", "حين", "حينما", "بعدما", "لما", "ان", "قد", "وقد", "ثم", "حيث"];
    cut == 0
        && i > 0
        && known.has(List::Predicate)
        && reading.is(i - 1, &opener)
        && goes_on(reading, next)
        && shape::whole(reading, next).has(List::Given)
}

/// Whether the letters cut off are proclitics that stand before names, and
/// the whole is no word of its own.
fn cut_is_credible(reading: &Reading<'_>, i: usize, cut: usize) -> bool {
    let letters = shape::cut(reading, i, cut);
    let joined = ["وأ", "فأ", "بأ", "لأ", "وإ", "بإ", "لإ"];
    if letters.is_empty() && joined.iter().any(|start| reading.surface(i).starts_with(start)) {
        return false;
    }
    letters.is_empty()
        || !letters.contains(['س', 'ك']) && shape::whole(reading, i).is_empty() && !is_everyday(reading, i, 0)
}

pub(super) fn person(
    reading: &Reading<'_>,
    lists: &Lists,
    start: usize,
    cut: usize,
    end: usize,
    rule: &'static str,
) -> Entity {
    let span = shape::span_after(reading, start, end, cut);
    let office = if cut == 0 { role_before(reading, lists, start) } else { None };
    Entity { role: office, ..Entity::new(Type::Person, start, end, span, rule) }
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
        } else if ends(reading, i) || role.is_some() && is_named(reading, i) {
            break;
        }
    }
    role.map(|span| span.of(reading.text.raw).to_owned())
}

/// Whether a given name stands at `i` right after a title: what is before it
/// is somebody else's.
fn is_named(reading: &Reading<'_>, i: usize) -> bool {
    let whole = shape::whole(reading, i);
    let titled = i > 0 && shape::bare(reading, i - 1).has(List::Title);
    titled && whole.has(List::Given) && !whole.meets(Bits::of(&[List::Title, List::Country]))
}

/// Where the name begins that the title at `i` announces.
fn after_title(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let found = reading.find(List::Title, i, Article::Free)?;
    if found.end == i + 1 && words::is(&reading.folded(i)[found.cut.clitics..], words::Kind::NoTitle) {
        return None;
    }
    // «النجم الساحلي» is a club, no star of that name.
    let known = |f: Found| f.end > found.end && lists.organisation(f.row).certain;
    if reading.bits(i).has(List::Organisation)
        && reading.entries(List::Organisation, i, Article::Kept).any(known)
    {
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
        let named = |f: &Found| {
            let surname = shape::whole(reading, at).has(List::Surname);
            surname && at == found.end && is_called(reading, at, true, at + 1)
                || shape::whole(reading, at).has(List::Given)
                    && (lists.is_office(f.row) && has_name_part(reading, f.end)
                        || goes_on(reading, f.end) && shape::whole(reading, f.end).has(List::Particle))
        };
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
    let after_adjective = at > 0 && reading.bits(at - 1).has(List::Nationality)
        || shape::is_generic(reading, at.saturating_sub(1));
    let foreign = is_unknown(reading, at) && !reading.folded(at).starts_with("ال");
    if !(begins || foreign && (bare || after_adjective)) {
        return None;
    }
    let found = chain(reading, lists, at, 0, true)?;
    let everyday = found.parts == 1 && is_everyday(reading, at, 0);
    let word = reading.folded(at);
    let sure = found.sure > 0
        || found.known > 0 && !everyday
        || found.known > 0 && is_called(reading, at, bare, found.end)
        || bare
            && found.parts > 1
            && found.known > 0
            && !shape::is_ordinary(reading, reading.folded(found.end - 1))
        || shape::is_foreign(reading, lists, word)
        || found.parts > 1 && looks_like_name(reading, lists, word);
    let start = if bare { at } else { extend_left(reading, lists, at) };
    sure.then(|| person(reading, lists, start, 0, found.end, TITLED.card.id))
}

/// Whether an everyday word of the lists is a name by standing between a
/// definite title of one word and what no noun phrase goes on with.
fn is_called(reading: &Reading<'_>, at: usize, bare: bool, end: usize) -> bool {
    let word = shape::bare(reading, at);
    let plain = !word.meets(Bits::of(&[
        List::Everyday,
        List::Stop,
        List::Function,
        List::DateWord,
        List::Month,
        List::Weekday,
        List::Nationality,
        List::Ordinal,
        List::Number,
        List::Reporting,
    ]));
    let ends_here = end == at + 1 && !shape::is_break(reading.folded(at));
    let closed = !(goes_on(reading, end) && is_definite(reading, end));
    bare && plain && ends_here && closed && is_definite(reading, at - 1) && !is_definite(reading, at)
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
