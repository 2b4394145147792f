//! Organisations: those that the list knows, and the chains that a head noun
//! begins («وزارة»، «هيئة»، «جامعة»), up to where the name ends.

use std::borrow::Cow;

use super::lists::{Head, Inflection, Lists};
use super::shape::{self, ends, goes_on, is_definite, is_for, is_generic};
use super::{Entity, Type, words};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// Most words of one name.
const LONGEST: usize = 10;

/// See the card.
pub(super) static KNOWN: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/organisation",
        about: "An organisation that the list knows by a name that means nothing else.",
        yes: &["دعت [الأمم المتحدة] إلى وقف القتال.", "أعلنت [حماس] موقفها."],
        no: &["اتحدت الأمم ضد الفقر."],
    },
    starts: Bits::of(&[List::Organisation]),
    digits: false,
    at: known,
};

/// See the card.
pub(super) static GATED: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/organisation-in-context",
        about: "An organisation whose name is also an ordinary word, after a head noun, in quotation marks or in brackets.",
        yes: &["نقلت قناة [الجزيرة] عن مصادر."],
        no: &["غادر السكان الجزيرة."],
    },
    starts: Bits::of(&[List::Organisation]),
    digits: false,
    at: doubtful,
};

/// See the card.
pub(super) static CHAIN: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/organisation-by-head",
        about: "A head noun with its complements and adjectives.",
        yes: &[
            "أعلنت [وزارة الصحة] حصيلة جديدة.",
            "ذكرت [وزارة الموارد المائية العراقية] أن المنسوب ارتفع.",
            "أكدت [الهيئة العامة للإحصاء] ذلك.",
        ],
        no: &["شكلت الحكومة لجنة جديدة."],
    },
    starts: Bits::of(&[List::OrganisationHead]),
    digits: false,
    at: headed,
};

/// See the card.
pub(super) static QUOTED: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/organisation-in-quotes",
        about: "A name in quotation marks after a head noun.",
        yes: &["قالت شركة «[النور الأخضر]» إن أرباحها ارتفعت."],
        no: &["قالت الشركة «إنها» ستوزع أرباحا."],
    },
    starts: Bits::of(&[List::OrganisationHead]),
    digits: false,
    at: quoted,
};

fn entity(reading: &Reading<'_>, lists: &Lists, found: &Found, rule: &'static str) -> Entity {
    let name = Some(lists.organisation(found.row).name.into());
    Entity { name, ..Entity::new(Type::Organisation, found.start, found.end, reading.span_of(found), rule) }
}

fn known(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let mut all = reading.entries(List::Organisation, i, Article::Kept);
    let found = all.find(|f| {
        lists.organisation(f.row).certain
            && fits(reading, f)
            && !is_introduced(reading, lists, f)
            && !is_noun(reading, f)
            && !is_office(reading, f)
    })?;
    Some(entity(reading, lists, &undescribed(reading, lists, found), KNOWN.card.id))
}

/// Whether a name of one word stands like the everyday noun or adjective
/// that it is too: before a noun that it governs («إيجاد حل»), after one that
/// it describes («المدن الفرنكوفونية»).
fn is_noun(reading: &Reading<'_>, found: &Found) -> bool {
    if found.end > found.start + 1 {
        return false;
    }
    let word = reading.folded(found.start);
    let next = reading.folded(found.end);
    let governs = !word.starts_with("ال")
        && goes_on(reading, found.end)
        && shape::whole(reading, found.end).has(List::Noun)
        && !shape::whole(reading, found.end).meets(Bits::of(&[
            List::Predicate,
            List::Reporting,
            List::DateWord,
            List::Stop,
        ]))
        && !next.starts_with("ال")
        && !next.ends_with('ا');
    let described = found.cut.clitics == 0
        && word.starts_with("ال")
        && word.ends_with("يه")
        && found.start > 0
        && reading.same_line(found.start)
        && is_definite(reading, found.start - 1);
    governs || described
}

/// Whether a minister stands before a ministry without its head («وزيرة
/// الخارجية الأميركية»): the adjective is the minister's.
fn is_office(reading: &Reading<'_>, found: &Found) -> bool {
    found.start > 0
        && found.cut.clitics == 0
        && reading.same_line(found.start)
        && ["وزير", "وزيره"].iter().any(|office| reading.folded(found.start - 1).ends_with(office))
}

/// Whether the entry is a head that only introduces and a name that stands
/// for itself («قناة الجزيرة»).
fn is_introduced(reading: &Reading<'_>, lists: &Lists, found: &Found) -> bool {
    let head = reading.find(List::OrganisationHead, found.start, Article::Kept);
    let introduces = |h: &Found| {
        let noun = &reading.folded(h.start)[h.cut.clitics..];
        !lists.head(h.row).include || words::is(noun, words::Kind::Introducing)
    };
    let Some(head) = head.filter(|h| h.end < found.end && introduces(h)) else { return false };
    reading.entries(List::Organisation, head.end, Article::Kept).any(|f| {
        let certain = lists.organisation(f.row).certain || !lists.head(head.row).include;
        let alone = f.end == head.end + 1 || !lists.head(head.row).include;
        f.end == found.end && f.cut.stem() == 0 && certain && alone
    })
}

/// The entry without a nationality that only describes what the list knows
/// without it («النصر العماني»).
fn undescribed(reading: &Reading<'_>, lists: &Lists, found: Found) -> Found {
    let last = found.end - 1;
    let described = found.end > found.start + 1
        && is_definite(reading, last)
        && reading.bits(last).has(List::Nationality)
        && lists.organisation(found.row).takes_nation();
    if !described {
        return found;
    }
    let mut all = reading.entries(List::Organisation, found.start, Article::Kept);
    if let Some(shorter) = all.find(|f| f.end == last && f.cut == found.cut) {
        return shorter;
    }
    // «قطر القطري»: the club alone is on no list, being a country.
    let club =
        lists.organisation(found.row).is_club() && !reading.bits(found.start).has(List::OrganisationHead);
    if club { Found { end: last, ..found } } else { found }
}

/// Whether what is cut off the front is credible.
fn fits(reading: &Reading<'_>, found: &Found) -> bool {
    let verb = Bits::of(&[
        List::Predicate,
        List::Reporting,
        List::Stop,
        List::Function,
        List::Change,
        List::Nationality,
    ]);
    let single = found.end == found.start + 1;
    if single && reading.lists_of(&reading.folded(found.start)[found.cut.clitics..]).meets(verb) {
        return false;
    }
    let cut = shape::cut(reading, found.start, found.cut.clitics);
    cut.is_empty()
        || !cut.contains('س')
            && (found.end > found.start + 1 || shape::whole(reading, found.start).is_empty())
}

fn doubtful(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let found = reading.find(List::Organisation, i, Article::Kept)?;
    let before = i.checked_sub(1)?;
    let head = reading.find(List::OrganisationHead, before, Article::Kept).filter(|h| h.end == i);
    let headed = found.cut.stem() == 0
        && reading.same_line(i)
        && !is_definite(reading, before)
        && !is_for(reading, found.end)
        && head.is_some_and(|h| lists.head(h.row).single && !lists.head(h.row).include);
    let spoken = found.cut.stem() == 0
        && reading.same_line(i)
        && shape::whole(reading, before).has(List::Reporting)
        && is_definite(reading, i)
        && reading.folded(before).ends_with('ت');
    let marked = matches!(reading.surface(before), "(" | "«" | "\"" | "“")
        && matches!(reading.surface(found.end), ")" | "»" | "\"" | "”");
    let national = found.cut.clitics <= 2 && is_of_country(reading, lists, &found);
    (headed || marked || spoken || national).then(|| entity(reading, lists, &found, GATED.card.id))
}

/// Whether the nationality of a club's country stands behind its name («تورينو
/// الإيطالي»): then it is no ordinary word, and no city.
fn is_of_country(reading: &Reading<'_>, lists: &Lists, club: &Found) -> bool {
    let organisation = lists.organisation(club.row);
    let of = |f: Found| {
        let nation = lists.nationality(f.row);
        f.end == club.end + 1
            && nation.inflection == Inflection::He
            && nation.code() == Some(organisation.country)
    };
    organisation.is_club()
        && (is_definite(reading, club.start) || !is_introduced(reading, lists, club))
        && goes_on(reading, club.end)
        && is_definite(reading, club.end)
        && reading.find(List::Nationality, club.end, Article::Free).is_some_and(of)
}

/// See the card.
pub(super) static AGENCY: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/agency-in-brackets",
        about: "An agency named in brackets by its nationality alone, as under pictures.",
        yes: &["اشتباكات في ضواحي العاصمة ([الفرنسية])"],
        no: &["اللغة الفرنسية صعبة."],
    },
    starts: Bits::of(&[List::Nationality]),
    digits: false,
    at: agency,
};

fn agency(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let before = i.checked_sub(1)?;
    let found = reading.find(List::Nationality, i, Article::Free)?;
    let feminine = lists.nationality(found.row).inflection == Inflection::She;
    let source = feminine && found.end == i + 1 && found.cut.clitics == 0 && is_definite(reading, i);
    let closed = matches!(reading.surface(i + 1), ")" | "-" | "–") && matches!(reading.surface(before), "(");
    (source && closed)
        .then(|| Entity::new(Type::Organisation, i, i + 1, reading.span(i, i + 1), AGENCY.card.id))
}

fn quoted(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let head = reading.find(List::OrganisationHead, i, Article::Kept)?;
    let at = head.end;
    let noun = &reading.folded(i)[head.cut.clitics..];
    if is_definite(reading, i)
        || words::is(noun, words::Kind::NeverHead)
        || words::is(noun, words::Kind::WeakHead) && noun != "شبكه" && noun != "حركه"
    {
        return None;
    }
    if !shape::opens_quote(reading, at) {
        return None;
    }
    let (start, end) = shape::quoted(reading, at, 6)?;
    let speech =
        ends(reading, start) || !goes_on(reading, start) && reading.kind(start) != Some(Kind::Foreign);
    if speech && reading.token(start).is_none_or(|t| t.kind != Kind::Word)
        || reading.is(start, &["ان", "انه", "انها", "لا", "لن"])
    {
        return None;
    }
    let span = reading.span(start, end);
    let known = reading.find(List::Organisation, start, Article::Kept).filter(|f| f.end == end);
    let name = known.map(|f| lists.organisation(f.row).name.into());
    Some(Entity { name, ..Entity::new(Type::Organisation, start, end, span, QUOTED.card.id) })
}

fn headed(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let mut all = reading.entries(List::OrganisationHead, i, Article::Kept);
    let found = &all.find(|f| lists.head(f.row).single)?;
    let head = lists.head(found.row);
    let cut = shape::cut(reading, i, found.cut.clitics);
    // «للاتحاد»: the preposition swallowed the alef of the article.
    let rest = &reading.folded(i)[found.cut.clitics..];
    let swallowed = cut.ends_with('ل') && rest.starts_with('ل') && head.article;
    let noun: Cow<'_, str> = if swallowed { format!("ا{rest}").into() } else { rest.into() };
    let weak = found.end == i + 1 && words::is(&noun, words::Kind::WeakHead);
    let never = words::is(&noun, words::Kind::NeverHead) || cut.contains('س');
    let article = noun.starts_with("ال");
    if never || is_misread(reading, found, weak && !article) || is_known(reading, lists, i, found) {
        return None;
    }
    let (end, by_name) = if article {
        (after_definite(reading, lists, found.end, weak)?, false)
    } else {
        after_bare(reading, lists, found.end, head, weak)?
    };
    let (start, cut) = if head.include || !by_name { (i, found.cut.clitics) } else { (found.end, 0) };
    let span = shape::span_after(reading, start, end, cut);
    Some(Entity::new(Type::Organisation, start, end, span, CHAIN.card.id))
}

/// Whether the letters cut off a head of one word are more likely part of it.
fn is_misread(reading: &Reading<'_>, found: &Found, weak: bool) -> bool {
    let everyday = Bits::of(&[List::Stop, List::Reporting, List::Function, List::Noun]);
    let single = found.end == found.start + 1;
    found.cut.clitics > 0 && single && (weak || shape::whole(reading, found.start).meets(everyday))
}

/// Whether the list knows the organisation that begins at the head, as one
/// with a country of its own: what follows then only describes it.
fn is_known(reading: &Reading<'_>, lists: &Lists, i: usize, head: &Found) -> bool {
    let found = reading.find(List::Organisation, i, Article::Kept);
    found.is_some_and(|f| {
        f.end > head.end && lists.organisation(f.row).certain && lists.organisation(f.row).has_country()
    })
}

/// The end of a name whose head has the article: at least one adjective that
/// names, or a purpose with «ل».
fn after_definite(reading: &Reading<'_>, lists: &Lists, from: usize, weak: bool) -> Option<usize> {
    let mut at = from;
    let mut names = 0;
    while at < from + LONGEST && describes(reading, lists, from - 1, at) {
        let national = reading.bits(at).has(List::Nationality);
        names += 1;
        at += 1;
        if national {
            at += usize::from(is_rank(reading, at));
            break;
        }
    }
    if names > 0
        && !words::is(reading.folded(from - 1), words::Kind::NoPurpose)
        && !ends_known(reading, lists, from - 1, at)
        && let Some(end) = purpose(reading, lists, at)
    {
        return Some(end);
    }
    (names > usize::from(weak)).then_some(at)
}

/// Whether a rank goes on a name after the nationality («الهيئة المصرية العامة
/// للبترول»).
fn is_rank(reading: &Reading<'_>, i: usize) -> bool {
    goes_on(reading, i) && reading.is(i, &["العامه", "العام", "العليا", "الاعلي"])
}

/// Whether the word at `at` is an adjective of the head at `head`, of one
/// gender with it.
fn describes(reading: &Reading<'_>, lists: &Lists, head: usize, at: usize) -> bool {
    let feminine = |i: usize| reading.folded(i).ends_with('ه') || reading.is(i, &["العليا", "الكبري"]);
    let plural = ["ات", "ون", "ين"].iter().any(|end| reading.folded(head).ends_with(end));
    is_adjective(reading, lists, at) && (plural || feminine(head) == feminine(at))
}

/// Whether the list knows an organisation from `start` to just before `end`.
fn ends_known(reading: &Reading<'_>, lists: &Lists, start: usize, end: usize) -> bool {
    let mut all = reading.entries(List::Organisation, start, Article::Kept);
    all.any(|f| f.end == end && lists.organisation(f.row).certain)
}

/// The end of a name whose head is in construct: its complement, then
/// adjectives, coordinated complements and a purpose.
fn after_bare(
    reading: &Reading<'_>,
    lists: &Lists,
    from: usize,
    head: Head,
    weak: bool,
) -> Option<(usize, bool)> {
    if let Some(end) = proper(reading, lists, from, !weak) {
        let stands_alone = reading
            .entries(List::Organisation, from, Article::Kept)
            .any(|f| f.end == end && lists.organisation(f.row).certain);
        if stands_alone {
            return None;
        }
        if !head.include {
            return head.follows.name.then_some((end, true));
        }
        // «بلدية باريس الاشتراكي»: the adjective is somebody's.
        let feminine = |i: usize| reading.folded(i).ends_with('ه');
        let end = if feminine(from - 1) == feminine(end) { adjectives(reading, lists, end) } else { end };
        return Some((purpose(reading, lists, end).unwrap_or(end), true));
    }
    if !head.follows.complement {
        return None;
    }
    let mut at = complement(reading, lists, from, weak)?;
    let first = at;
    while let Some(end) = coordinated(reading, lists, at) {
        at = end;
    }
    at = adjectives(reading, lists, at);
    let whole = ends_known(reading, lists, from - 1, at);
    let purpose = if whole { None } else { purpose(reading, lists, at) };
    let end = purpose.map_or(at, |end| adjectives(reading, lists, end));
    let national = reading.bits(end - 1).has(List::Nationality);
    (!weak || national || end > first).then_some((end, false))
}

/// The end of what an institution or a law is about: a complement, what is
/// joined to it, and its adjectives.
pub(super) fn matter(reading: &Reading<'_>, lists: &Lists, from: usize) -> Option<usize> {
    let mut at = complement(reading, lists, from, false)?;
    at = adjectives(reading, lists, at);
    while let Some(end) = coordinated(reading, lists, at) {
        at = adjectives(reading, lists, end);
    }
    Some(at)
}

/// A known name or one in foreign spelling as the complement of a head.
fn proper(reading: &Reading<'_>, lists: &Lists, i: usize, persons: bool) -> Option<usize> {
    let latin =
        (i..reading.len()).take_while(|&j| reading.kind(j) == Some(Kind::Foreign) && reading.same_line(j));
    if let Some(last) = latin.last() {
        return Some(last + 1);
    }
    if !goes_on(reading, i) {
        return None;
    }
    let of_list = |list: List| reading.entries(list, i, Article::Kept).filter(|f| f.cut.stem() == 0);
    let organisations = of_list(List::Organisation).filter(|f| lists.organisation(f.row).certain);
    let places = of_list(List::Place)
        .filter(|f| lists.place(f.row).certain || !shape::whole(reading, i).has(List::Noun));
    let known = organisations.chain(places).chain(of_list(List::Country)).map(|f| f.end).max();
    if known.is_some() && !ends(reading, i) {
        return known;
    }
    if is_definite(reading, i) || ends(reading, i) {
        return None;
    }
    let chain = super::chain::chain(reading, lists, i, 0, true)?;
    let foreign = shape::is_unknown(reading, i) && shape::is_foreign(reading, lists, reading.folded(i));
    (persons && chain.known > 0 && chain.parts > 1 || foreign).then_some(chain.end)
}

/// Nouns in construct that end with a definite one.
fn complement(reading: &Reading<'_>, lists: &Lists, from: usize, weak: bool) -> Option<usize> {
    for at in from..from + 4 {
        if stops(reading, at) {
            return None;
        }
        if is_definite(reading, at) {
            return (!is_generic(reading, at)).then_some(at + 1);
        }
        let linking = reading
            .find(List::OrganisationWord, at, Article::Kept)
            .is_some_and(|f| f.cut.stem() == 0 && lists.is_noun(f.row));
        if at > from
            && let Some(end) = proper(reading, lists, at, false)
        {
            return Some(end);
        }
        let noun =
            !weak && at == from && shape::whole(reading, at).has(List::Noun) && is_definite(reading, at + 1);
        if !linking && !noun {
            return None;
        }
    }
    None
}

fn adjectives(reading: &Reading<'_>, lists: &Lists, mut at: usize) -> usize {
    for _ in 0..4 {
        let other = reading.find(List::Organisation, at, Article::Kept);
        let nisba = ["يه", "ي"].iter().any(|end| reading.folded(at).ends_with(end));
        let other = other.is_some_and(|f| f.end == at + 1 && lists.organisation(f.row).certain && !nisba);
        if !is_adjective(reading, lists, at) || other {
            break;
        }
        at += 1;
        if reading.bits(at - 1).has(List::Nationality) {
            break;
        }
    }
    at
}

/// Whether the word at `i` is an adjective that can belong to a name: a nisba,
/// a nationality, or one that the list knows from names.
fn is_adjective(reading: &Reading<'_>, lists: &Lists, i: usize) -> bool {
    if !is_definite(reading, i) || stops(reading, i) || is_generic(reading, i) {
        return false;
    }
    let word = reading.folded(i);
    let listed = reading.find(List::OrganisationWord, i, Article::Kept);
    let listed = listed.is_some_and(|f| f.cut.stem() == 0 && !lists.is_noun(f.row));
    listed || word.ends_with("ي") || word.ends_with("يه") || reading.bits(i).has(List::Nationality)
}

/// «والمحررين» after a complement, unless another name begins there.
fn coordinated(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<usize> {
    let word = reading.folded(i);
    if !goes_on(reading, i) || !word.starts_with('و') {
        return None;
    }
    let names = Bits::of(&[
        List::Country,
        List::Organisation,
        List::OrganisationHead,
        List::Given,
        List::Title,
        List::Nationality,
        List::Stop,
        List::Reporting,
        List::Weekday,
        List::Place,
        List::DateWord,
    ]);
    if reading.bits(i).meets(names) {
        return None;
    }
    if word.starts_with("وال") && word.len() >= 12 {
        return Some(i + 1);
    }
    let linking = reading.find(List::OrganisationWord, i, Article::Kept).is_some_and(|f| f.cut.clitics == 2);
    (linking && is_definite(reading, i + 1) && !stops(reading, i + 1))
        .then(|| complement(reading, lists, i + 1, true))
        .flatten()
}

/// «للإحصاء»، «لحقوق الإنسان»، «لشؤون الأسرى والمحررين».
fn purpose(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<usize> {
    if !goes_on(reading, i) {
        return None;
    }
    let word = reading.folded(i);
    let named = reading
        .find(List::OrganisationWord, i, Article::Kept)
        .filter(|f| f.cut.clitics == 2 && word.starts_with('ل'));
    let verbal = word.starts_with('ل')
        && is_definite(reading, i + 1)
        && reading.forms(i).iter().any(|f| {
            f.cut.clitics == 2 && f.cut.article == 0 && f.bits.meets(Bits::of(&[List::Noun, List::Predicate]))
        });
    let mut at = if is_for(reading, i) && !reading.bits(i).meets(Bits::of(&[List::Country, List::Title])) {
        i + 1
    } else if let Some(named) = named {
        if named.end > i + 1 { named.end } else { complement(reading, lists, i + 1, true)? }
    } else if verbal {
        complement(reading, lists, i + 1, true)?
    } else {
        return None;
    };
    at = adjectives(reading, lists, at);
    while let Some(end) = coordinated(reading, lists, at) {
        at = adjectives(reading, lists, end);
    }
    Some(at)
}

/// Whether the word at `i` ends a noun phrase: of the stop words only those
/// that are no nouns.
fn ends_phrase(reading: &Reading<'_>, i: usize) -> bool {
    let noun = is_definite(reading, i) || shape::whole(reading, i).has(List::OrganisationWord);
    let dated = Bits::of(&[List::DateWord, List::Month, List::Weekday, List::Ordinal]);
    let ends_any =
        !goes_on(reading, i) || shape::is_break(reading.folded(i)) || shape::whole(reading, i).meets(dated);
    ends_any || !noun && ends(reading, i)
}

/// Whether the word at `i` ends every name of an organisation.
fn stops(reading: &Reading<'_>, i: usize) -> bool {
    ends_phrase(reading, i) || shape::bare(reading, i).has(List::Title) || shape::is_verb(reading, i)
}
