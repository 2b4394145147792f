//! Places: countries and sure names anywhere, names that are also ordinary
//! words only where the words around them announce a place.

use super::lists::{Announcer, Inflection, Lists};
use super::shape::{self, goes_on, is_definite};
use super::{Entity, Subtype, Type, words};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};

/// Lists of everyday words and of persons' names.
const EVERYDAY: Bits = shape::EVERYDAY.or(Bits::of(&[List::Given]));

/// Where in a place something is.
const DIRECTIONS: [&str; 6] = ["شمال", "جنوب", "شرق", "غرب", "وسط", "ريف"];

/// Countries whose names are everyday words: Mali («financial»), Benin («sons»).
const DOUBTFUL_COUNTRIES: [&str; 3] = ["ML", "BJ", "JE"];

/// The rules of this file, in the order of their rank.
pub(super) static COUNTRY: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/country",
        about: "A country or territory by any of its everyday names.",
        yes: &[
            "وصل الوفد إلى [مصر] مساء أمس.",
            "رحبت [فرنسا] بالقرار.",
            "اجتماع مع وفد ل[لبنان] في العاصمة.",
        ],
        no: &["تلقى الفريق دعما ماليا كبيرا."],
    },
    starts: Bits::of(&[List::Country]),
    digits: false,
    at: country,
};

/// See the card.
pub(super) static PLACE: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/place",
        about: "A city, region, sea or other place whose name means nothing else.",
        yes: &["هطلت الأمطار على [بغداد] فجرا.", "وصلت القافلة إلى [دمشق]."],
        no: &["كانت المدينة هادئة."],
    },
    starts: Bits::of(&[List::Place]),
    digits: false,
    at: sure_place,
};

/// See the card.
pub(super) static GATED: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/place-in-context",
        about: "A place whose name is also an ordinary word, after a preposition, a noun for places, or beside another place.",
        yes: &["تجمع المئات في [أراوكو] أمس."],
        no: &["رفع الفريق سقف مطالبه."],
    },
    starts: Bits::of(&[List::Place, List::Country]),
    digits: false,
    at: doubtful_place,
};

/// See the card.
pub(super) static ANNOUNCED: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/place-after-head",
        about: "A noun for places with its name: «مخيم»، «سجن»، «محافظة» belong to it, «مدينة»، «قرية» only introduce it.",
        yes: &["أغلق المتظاهرون [شارع الورود] ليلا.", "يقيم في [حي الياسمين] آلاف السكان."],
        no: &["أغلقت السلطات السجن المركزي."],
    },
    starts: Bits::of(&[List::EventHead]),
    digits: false,
    at: announced,
};

/// A place found at `found`.
pub(super) fn entity(
    reading: &Reading<'_>,
    lists: &Lists,
    list: List,
    found: &Found,
    rule: &'static str,
) -> Entity {
    let (subtype, name, code) = if list == List::Country {
        let country = lists.country(found.row);
        (Subtype::Country, country.name(), Some(country.code()))
    } else {
        let place = lists.place(found.row);
        (place.subtype, place.name(), place.code())
    };
    Entity {
        subtype: Some(subtype),
        name: Some(name.into()),
        code: code.filter(|code| !code.is_empty()).map(Into::into),
        ..Entity::new(Type::Location, found.start, found.end, reading.span_of(found), rule)
    }
}

fn country(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let found = reading.find(List::Country, i, Article::Kept)?;
    let doubtful = DOUBTFUL_COUNTRIES.contains(&lists.country(found.row).code()) && found.end == i + 1;
    // «سورية»، «السعودية» are countries and adjectives.
    let adjective = reading.find(List::Nationality, i, Article::Free).is_some_and(|f| {
        f.end == found.end
            && lists.nationality(f.row).inflection == Inflection::She
            && (f.cut == found.cut || follows_noun(reading, &found))
    }) || is_national(reading, lists, &found);
    let sure = !doubtful && (!adjective || is_announced(reading, lists, &found));
    if is_introduced(reading, lists, List::Country, &found) {
        return None;
    }
    (sure && fits(reading, &found)).then(|| entity(reading, lists, List::Country, &found, COUNTRY.card.id))
}

/// Whether the entry is rather somebody of that country, who is named behind
/// it («التشيلي فرناندو»).
fn is_national(reading: &Reading<'_>, lists: &Lists, found: &Found) -> bool {
    let next = found.end;
    let man = |f: Found| {
        f.end == next && f.cut.article > 0 && lists.nationality(f.row).inflection == Inflection::He
    };
    goes_on(reading, next)
        && shape::whole(reading, next).has(List::Given)
        && reading.find(List::Nationality, found.start, Article::Free).is_some_and(man)
}

/// Whether a definite noun that a feminine adjective may describe stands just
/// before the entry («الشركات السعودية»).
fn follows_noun(reading: &Reading<'_>, found: &Found) -> bool {
    let Some(before) = found.start.checked_sub(1).filter(|_| goes_on(reading, found.start)) else {
        return false;
    };
    let word = reading.folded(before);
    let described = word.ends_with('ه') || word.ends_with("ات") || reading.bits(before).has(List::Noun);
    let person = shape::bare(reading, before).has(List::Title) && !word.ends_with('ه');
    found.cut.clitics == 0 && (word.contains("ال") || word.starts_with("لل")) && described && !person
}

fn sure_place(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let mut all = reading.entries(List::Place, i, Article::Kept);
    let found = all.find(|f| lists.place(f.row).certain && stands(reading, lists, f))?;
    Some(entity(reading, lists, List::Place, &found, PLACE.card.id))
}

/// Whether a name in «ة» written with «ه» is rather a noun with a pronoun:
/// «جده» for the city Jidda, where no preposition of place stands before it.
fn is_possessed(reading: &Reading<'_>, lists: &Lists, found: &Found) -> bool {
    let noun = |word: &str| {
        word.strip_suffix('ه')
            .is_some_and(|noun| reading.lists_of(noun).meets(Bits::of(&[List::Noun, List::Role])))
    };
    found.end == found.start + 1
        && reading.surface(found.start).ends_with('ه')
        && noun(&reading.folded(found.start)[found.cut.clitics..])
        && !is_announced(reading, lists, found)
}

/// Whether a sure entry stands for itself here.
pub(super) fn stands(reading: &Reading<'_>, lists: &Lists, found: &Found) -> bool {
    fits(reading, found)
        && !is_possessed(reading, lists, found)
        && !is_direction(reading, found)
        && !is_introduced(reading, lists, List::Place, found)
        && !is_future(reading, found)
}

/// Whether the word is a verb behind the particle of the future («سيجد»).
fn is_future(reading: &Reading<'_>, found: &Found) -> bool {
    let verb = Bits::of(&[List::Predicate, List::Reporting, List::Stop, List::Change]);
    let word = &reading.folded(found.start)[found.cut.clitics..];
    let single = found.end == found.start + 1;
    let rest = word.strip_prefix('س').filter(|_| single).filter(|rest| rest.starts_with(['ي', 'ت']));
    rest.is_some_and(|rest| {
        reading.lists_of(rest).meets(verb) || shape::is_present(reading, rest) || word.len() <= 8
    })
}

/// Nouns that a list may have before a name, where they only introduce it.
const INTRODUCING: [&str; 5] = ["دوله", "مدينه", "بلده", "قريه", "منطقه"];

/// Whether the entry is an introducing noun and a name that stands for itself.
fn is_introduced(reading: &Reading<'_>, lists: &Lists, list: List, found: &Found) -> bool {
    let word = &reading.folded(found.start)[found.cut.clitics..];
    let rest = reading.find(list, found.start + 1, Article::Kept);
    INTRODUCING.contains(&word)
        && rest.is_some_and(|f| {
            f.end == found.end && f.cut.stem() == 0 && (list == List::Country || lists.place(f.row).certain)
        })
}

/// Whether the entry is a direction and a place («جنوب لبنان»), where the
/// place is the name.
fn is_direction(reading: &Reading<'_>, found: &Found) -> bool {
    let direction = reading.folded(found.start)[found.cut.clitics..].trim_end_matches('ي');
    let rest = |list| reading.find(list, found.start + 1, Article::Kept).is_some_and(|f| f.end == found.end);
    DIRECTIONS.contains(&direction) && (rest(List::Country) || rest(List::Place))
}

fn doubtful_place(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    for list in [List::Place, List::Country] {
        for found in reading.entries(list, i, Article::Kept) {
            let single = found.end == i + 1;
            let letters = (reading.folded(i).len() - found.cut.clitics) / 2;
            if single && (reading.bits(i).has(List::Nationality) || found.cut.clitics > 0 && letters < 4) {
                continue;
            }
            let ordinary = single && is_everyday(reading, &found);
            let stands =
                if ordinary { is_headed(reading, &found) } else { is_announced(reading, lists, &found) };
            if stands
                && fits(reading, &found)
                && !is_direction(reading, &found)
                && !is_introduced(reading, lists, list, &found)
            {
                return Some(entity(reading, lists, list, &found, GATED.card.id));
            }
        }
    }
    None
}

/// Whether a name of one word is an everyday word or a person's name too,
/// with or without its article.
fn is_everyday(reading: &Reading<'_>, found: &Found) -> bool {
    let word = &reading.folded(found.start)[found.cut.clitics..];
    let bare = word.strip_prefix("ال").unwrap_or(word);
    shape::is_break(word)
        || [word, bare].iter().any(|w| reading.lists_of(w).meets(EVERYDAY))
        || shape::is_ordinary(reading, word)
}

/// Whether a noun for places stands before the name.
fn is_headed(reading: &Reading<'_>, found: &Found) -> bool {
    found.cut.clitics == 0
        && found.start > 0
        && reading.same_line(found.start)
        && words::is(reading.folded(found.start - 1), words::Kind::PlaceNoun)
}

/// Whether the entry stands like a name: what was cut off is a preposition or
/// conjunction, and the whole is no word of its own.
fn fits(reading: &Reading<'_>, found: &Found) -> bool {
    let cut = shape::cut(reading, found.start, found.cut.clitics);
    if cut.is_empty() {
        return true;
    }
    let single = found.end == found.start + 1;
    let long = !single || reading.folded(found.start).len() - cut.len() >= 6;
    long && !cut.contains('س') && !(single && shape::whole(reading, found.start).meets(EVERYDAY))
}

pub(super) fn is_announced(reading: &Reading<'_>, lists: &Lists, found: &Found) -> bool {
    let cut = shape::cut(reading, found.start, found.cut.clitics);
    if cut.ends_with('ب') {
        return true;
    }
    let Some(before) = found.start.checked_sub(1).filter(|_| reading.same_line(found.start)) else {
        return false;
    };
    if cut.is_empty() && words::is(reading.folded(before), words::Kind::BeforePlace)
        || is_headed(reading, found)
    {
        return true;
    }
    // «وإربد (148) والزرقاء»: a bracket does not break the list.
    let before = before_brackets(reading, before);
    let joined = cut == "و" || cut.is_empty() && reading.is(before, &["،", ",", "و", "/", "-"]);
    joined && ends_place(reading, lists, if cut == "و" { before + 1 } else { before })
}

/// The last token before a short bracket that `i` closes, else `i`.
fn before_brackets(reading: &Reading<'_>, i: usize) -> usize {
    if reading.surface(i) != ")" {
        return i;
    }
    let open = (i.saturating_sub(6)..i).rev().find(|&at| reading.surface(at) == "(");
    open.filter(|&at| at > 0).map_or(i, |at| at - 1)
}

/// Whether a sure place ends just before token `end`.
pub(super) fn ends_place(reading: &Reading<'_>, lists: &Lists, end: usize) -> bool {
    (end.saturating_sub(3)..end).any(|start| {
        let country = reading.find(List::Country, start, Article::Kept).is_some_and(|f| f.end == end);
        country
            || reading
                .entries(List::Place, start, Article::Kept)
                .any(|f| f.end == end && lists.place(f.row).certain)
    })
}

pub(super) fn announced(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let all = reading.entries(List::EventHead, i, Article::Kept);
    let mut heads = all.map(|f| (f, lists.announcer(f.row)));
    let (head, announcer) = heads.find(|(_, a)| a.kind == Type::Location)?;
    if is_definite(reading, i) || !is_place_noun(reading, i, head.end) {
        return None;
    }
    let (start, end, cut) = name_after(reading, lists, head.end, announcer)?;
    let end = if reading.is(i, &["طريق"]) { road_end(reading, lists, end) } else { end };
    let (start, cut) = if announcer.include { (i, head.cut.clitics) } else { (start, cut) };
    let span = shape::span_after(reading, start, end, cut);
    Some(named(reading, lists, announcer, Entity::new(Type::Location, start, end, span, ANNOUNCED.card.id)))
}

/// Whether the noun at `i` with what follows at `next` speaks of a place: no
/// idiom («عن طريق»), verb («وأدى») or person («سهل بن حنيف»، «دولة السيد»).
fn is_place_noun(reading: &Reading<'_>, i: usize, next: usize) -> bool {
    let idiom = reading.is(i, &["طريق"]) && i > 0 && reading.is(i - 1, &["عن"]);
    let verb = reading.is(i, &["وادي"]) && reading.surface(i).contains('أ');
    let person = reading.is(next, &["بن"])
        || shape::bare(reading, next).has(List::Title) && is_definite(reading, next);
    !(idiom || verb || person)
}

/// Whether a direction stands at `i` («ناحية الغرب»).
fn is_side(reading: &Reading<'_>, i: usize) -> bool {
    reading.folded(i).strip_prefix("ال").is_some_and(|side| DIRECTIONS.contains(&side))
}

/// The end of a road's name: all the places on it and its adjective.
fn road_end(reading: &Reading<'_>, lists: &Lists, mut end: usize) -> usize {
    for _ in 0..3 {
        let places = reading.find_all(List::Place, end, Article::Kept);
        let next =
            places.iter().find(|f| f.cut.stem() == 0 && lists.place(f.row).certain && reading.same_line(end));
        let adjective =
            is_definite(reading, end) && goes_on(reading, end) && reading.folded(end).ends_with('ي');
        match next {
            Some(place) => end = place.end,
            None if adjective => return end + 1,
            None => break,
        }
    }
    end
}

/// Gives an announced place the gazetteer's name, if it has it.
fn named(reading: &Reading<'_>, lists: &Lists, announcer: Announcer, mut entity: Entity) -> Entity {
    entity.subtype = announcer.subtype;
    for list in [List::Place, List::Country] {
        let known = reading.entries(list, entity.start, Article::Kept).find(|f| f.end == entity.end);
        if let Some(found) = known {
            let place = self::entity(reading, lists, list, &found, entity.rule);
            (entity.name, entity.code) = (place.name, place.code);
            entity.subtype = place.subtype;
            break;
        }
    }
    entity
}

/// The name that begins at `i`: a known place, a quotation, a person's name or
/// a word that is no ordinary one. First token, token after the last, and the
/// bytes cut off the first.
fn name_after(
    reading: &Reading<'_>,
    lists: &Lists,
    i: usize,
    announcer: Announcer,
) -> Option<(usize, usize, usize)> {
    if shape::opens_quote(reading, i) {
        let (start, end) = shape::quoted(reading, i, 4)?;
        return Some((start, end, 0));
    }
    if !goes_on(reading, i) {
        return None;
    }
    // «قطاع العمران» is no place, be there a village of that name.
    let stands = |sure: bool, f: &Found| {
        let noun = !announcer.definite && is_definite(reading, i) && f.end == i + 1;
        f.cut.stem() == 0 && (!noun || sure && !is_side(reading, i))
    };
    let places = reading.entries(List::Place, i, Article::Kept);
    let places = places.filter(|f| stands(lists.place(f.row).certain, f));
    let countries = reading.entries(List::Country, i, Article::Kept);
    let countries = countries.filter(|f| stands(true, f));
    if let Some(found) = places.chain(countries).max_by_key(|f| f.end) {
        return Some((i, found.end, 0));
    }
    if announcer.definite && is_definite(reading, i) && !shape::ends(reading, i) {
        let adjective = shape::is_generic(reading, i) || reading.bits(i).has(List::Nationality);
        return (!adjective).then_some((i, i + 1, 0));
    }
    let chain = super::chain::chain(reading, lists, i, 0, true)?;
    let foreign = reading.folded(i);
    let whole = shape::whole(reading, i);
    let adjective = chain.parts == 1 && whole.meets(shape::EVERYDAY.or(Bits::of(&[List::OrganisationWord])));
    let particle = whole.has(List::Particle);
    let division = announcer.include
        && !particle
        && announcer.subtype == Some(Subtype::Region)
        && !announcer.definite
        && whole.has(List::Given);
    if adjective && !is_definite(reading, i) || division {
        return None;
    }
    (chain.known > 0 || shape::is_unknown(reading, i) && !foreign.starts_with("ال"))
        .then_some((i, chain.end, 0))
}
