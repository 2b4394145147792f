//! Teams: in a sentence about sport, names of clubs that are ordinary words
//! elsewhere, and countries and cities that stand for their team.

use super::conventions::TEAM as TEAM_RULE;
use super::lists::Lists;
use super::shape::{self, goes_on, is_definite};
use super::{Entity, Type, words};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::{Kind, clitics};

/// Words of sport that a sentence needs for a name in it to be a team.
const ENOUGH: usize = 2;

/// How many teams a list of teams is followed back.
const DEEPEST: usize = 6;

/// See the card.
pub(super) static TEAM: Rule<Lists, Entity> = Rule {
    card: Card {
        id: TEAM_RULE,
        about: "A club, or a country or city that stands for its team, beside a word of contests in a sentence about sport.",
        yes: &[
            "سجل المهاجم هدف الفوز على [السنغال] في الدقيقة الأخيرة من المباراة.",
            "خسر الفريق مباراته أمام [دينامو بغداد] في الدوري.",
            "أضاع مهاجم [النصر] ركلة جزاء في الشوط الثاني.",
        ],
        no: &["تقام المباراة النهائية للبطولة في السنغال الشهر المقبل.", "وقع الوزير اتفاقية مع السنغال."],
    },
    starts: Bits::of(&[List::Organisation, List::Country, List::Place]),
    digits: false,
    at: team,
};

fn team(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let (found, club) = named(reading, lists, i)?;
    let start = with_head(reading, &found);
    let (club, found) = (club || start < found.start, Found { start, ..found });
    if !plays(reading, lists, &found, club, 0) || !is_sport(reading, i) {
        return None;
    }
    let (start, cut) = if start < i { (start, clitic(reading, start)) } else { (i, found.cut.clitics) };
    let span = shape::span_after(reading, start, found.end, cut);
    Some(Entity::new(Type::Organisation, start, found.end, span, TEAM.card.id))
}

/// The longest club, country or place at `i`, and whether it is a club that a
/// sentence about sport proves.
fn named(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<(Found, bool)> {
    let mut clubs = reading.entries(List::Organisation, i, Article::Kept);
    let club = clubs.find(|f| lists.organisation(f.row).is_club() && fits(reading, f));
    let place = |list| {
        let mut all = reading.entries(list, i, Article::Kept);
        all.find(|f| fits(reading, f) && (list == List::Country || lists.place(f.row).certain))
    };
    let place = place(List::Country).or_else(|| place(List::Place));
    match (club, place) {
        (Some(club), place) if place.is_none_or(|p| p.end <= club.end) => {
            let everyday = club.end == i + 1 && is_everyday(reading, &club);
            (!lists.organisation(club.row).certain).then_some((club, !everyday))
        }
        (_, place) => place.map(|place| (place, false)),
    }
}

/// Whether what is cut off is no preposition of place and no verb's letter.
fn fits(reading: &Reading<'_>, found: &Found) -> bool {
    !shape::cut(reading, found.start, found.cut.clitics).contains(['ب', 'س', 'ك'])
}

/// Whether a club's name of one word is an ordinary word.
fn is_everyday(reading: &Reading<'_>, found: &Found) -> bool {
    let word = &reading.folded(found.start)[found.cut.clitics..];
    let bare = word.strip_prefix("ال").unwrap_or(word);
    [word, bare].iter().any(|w| reading.lists_of(w).meets(shape::EVERYDAY.or(Bits::of(&[List::Nationality]))))
}

/// The first token of the name: a noun that clubs are called by may stand
/// before the place («مولودية وهران»).
fn with_head(reading: &Reading<'_>, found: &Found) -> usize {
    let before = found.start.wrapping_sub(1);
    let headed = found.cut.clitics == 0
        && found.start > 0
        && goes_on(reading, found.start)
        && is_kind(reading, before, words::Kind::ClubHead);
    if headed { before } else { found.start }
}

/// Bytes cut off the front of a word that is a club's noun.
fn clitic(reading: &Reading<'_>, i: usize) -> usize {
    let word = reading.folded(i);
    let cuts = clitics::cuts(word);
    let cut = cuts.iter().find(|cut| words::is(&word[cut.stem()..], words::Kind::ClubHead));
    cut.map_or(0, |cut| cut.clitics)
}

/// Whether the word at `i` is of this kind, whatever is written on to it.
fn is_kind(reading: &Reading<'_>, i: usize, kind: words::Kind) -> bool {
    let word = reading.folded(i);
    reading.kind(i) == Some(Kind::Word)
        && clitics::cuts(word).iter().any(|cut| words::is(&word[cut.stem()..], kind))
}

/// Whether the name stands where a team stands: after a word of contests,
/// before a score, or joined to another team. A club needs only not to stand
/// where a place stands.
fn plays(reading: &Reading<'_>, lists: &Lists, found: &Found, club: bool, depth: usize) -> bool {
    if is_score(reading, found.end) {
        return true;
    }
    let Some(before) = found.start.checked_sub(1).filter(|_| reading.same_line(found.start)) else {
        return club;
    };
    if words::is(reading.folded(before), words::Kind::BeforePlace)
        || words::is(reading.folded(before), words::Kind::PlaceNoun)
    {
        return false;
    }
    club || is_kind(reading, before, words::Kind::TeamRole)
        || is_opponent(reading, before)
        || depth < DEEPEST && is_joined(reading, lists, found, depth)
}

/// «فاز على»، «تعادل مع»: a preposition behind a word of contests.
fn is_opponent(reading: &Reading<'_>, before: usize) -> bool {
    let preposition = reading.is(before, &["علي", "مع", "امام", "ضد", "بين", "الي"]);
    let ahead = before.saturating_sub(5)..before;
    preposition
        && (reading.is(before, &["امام", "ضد"])
            || ahead
                .into_iter()
                .any(|at| reading.same_line(at + 1) && is_kind(reading, at, words::Kind::TeamRole)))
}

/// Whether the name is joined by «و» or «مع» to a team just before it.
fn is_joined(reading: &Reading<'_>, lists: &Lists, found: &Found, depth: usize) -> bool {
    let joined = shape::cut(reading, found.start, found.cut.clitics).contains('و');
    let word = found.start - 1;
    let end = if joined {
        found.start
    } else if reading.is(word, &["مع", "و", "،", "-"]) {
        word
    } else {
        return false;
    };
    (end.saturating_sub(3)..end).any(|start| {
        named(reading, lists, start)
            .is_some_and(|(f, club)| f.end == end && plays(reading, lists, &f, club, depth + 1))
    })
}

/// Whether a digit score begins at `i` («3 - صفر»).
fn is_score(reading: &Reading<'_>, i: usize) -> bool {
    let part = |at| reading.kind(at) == Some(Kind::Digits) || reading.is(at, &["صفر"]);
    reading.same_line(i)
        && part(i)
        && matches!(reading.surface(i + 1), "-" | "–" | "/")
        && part(i + 2)
        && reading.surface(i).len() <= 4
        && !matches!(reading.surface(i + 3), "-" | "–" | "/")
}

/// Whether the sentence of token `i` speaks of sport.
fn is_sport(reading: &Reading<'_>, i: usize) -> bool {
    let sentence = reading.text.sentences[reading.text.sentence_of(i)];
    (sentence.start..sentence.end)
        .filter(|&at| is_kind(reading, at, words::Kind::Sport) || is_score(reading, at))
        .take(ENOUGH)
        .count()
        == ENOUGH
        && !(is_definite(reading, i) && reading.is(i.wrapping_sub(1), &["يوم"]))
}
