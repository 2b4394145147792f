//! Laws, products, weapons, natural things with a name of their own, and
//! hashtags: what is neither person nor place nor organisation.

use super::lists::Lists;
use super::organisations;
use super::shape::{self, goes_on, is_definite};
use super::{Entity, Type, words};
use crate::extract::reading::{Article, Found};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;

/// Most words of a law's name before its number.
const LONGEST_LAW: usize = 4;

/// See the card.
pub(super) static LAW: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/law",
        about: "A law, decree or resolution by its number or by what it regulates.",
        yes: &[
            "أقر المجلس [القانون رقم 18 لسنة 2019] أمس.",
            "يستند الحكم إلى [المرسوم الملكي رقم م/12].",
            "ينص [قانون حماية المستهلك] على غرامة.",
            "رحب بتنفيذ [القرار 1325] كاملا.",
        ],
        no: &["صوت النواب على قانون جديد.", "اتخذ المجلس 12 قرارا."],
    },
    starts: Bits::of(&[List::EventHead]),
    digits: false,
    at: law,
};

/// See the card.
pub(super) static PRODUCT: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/product",
        about: "A product, weapon, virus or instrument: a noun that introduces one with its foreign name or its mark.",
        yes: &[
            "أطلقت الوكالة [تلسكوب كبلر] عام 2009.",
            "ارتفع سعر خام [دبي] قليلا.",
            "أسقطت الدفاعات طائرة من طراز [ميغ-29].",
            "تفشى فيروس [إيبولا] مجددا.",
        ],
        no: &["تفشى فيروس جديد في البلاد.", "حلقت طائرة حربية فوق المدينة."],
    },
    starts: Bits::of(&[List::EventHead]),
    digits: false,
    at: product,
};

/// See the card.
pub(super) static HASHTAG: Rule<Lists, Entity> = Rule {
    card: Card {
        id: "entity/hashtag",
        about: "A hashtag, its sign included.",
        yes: &["انتشر وسم [#أنقذوا_البحيرة] بسرعة."],
        no: &["في البند # 7 من الجدول."],
    },
    starts: Bits::of(&[List::EventHead]),
    digits: false,
    at: hashtag,
};

fn entity(reading: &Reading<'_>, start: usize, end: usize, cut: usize, rule: &'static str) -> Entity {
    Entity::new(Type::Misc, start, end, shape::span_after(reading, start, end, cut), rule)
}

/// The noun at `i` if it is of this kind, its article kept in the name.
fn noun(reading: &Reading<'_>, i: usize, kind: words::Kind) -> Option<Found> {
    let mut all = reading.entries(List::EventHead, i, Article::Kept);
    all.find(|f| {
        let word = &reading.folded(i)[f.cut.clitics..];
        f.end == i + 1 && words::is(word.strip_prefix("ال").unwrap_or(word), kind)
    })
}

fn law(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let head = noun(reading, i, words::Kind::Law)?;
    let definite = reading.folded(i)[head.cut.clitics..].starts_with("ال");
    let end = numbered(reading, head.end, definite).or_else(|| {
        let named = !definite && words::is(&reading.folded(i)[head.cut.clitics..], words::Kind::LawByName);
        named.then(|| regulated(reading, lists, head.end)).flatten()
    })?;
    Some(entity(reading, i, end, head.cut.clitics, LAW.card.id))
}

/// The end of «رقم 21-01 لسنة 2019», after adjectives of the law.
fn numbered(reading: &Reading<'_>, from: usize, definite: bool) -> Option<usize> {
    let adjective = |at: usize| goes_on(reading, at) && is_definite(reading, at) && !shape::ends(reading, at);
    let at = (from..from + LONGEST_LAW).find(|&at| !adjective(at))?;
    let numero = reading.is(at, &["رقم"]) && reading.same_line(at);
    let number = at + usize::from(numero);
    let digits = |at: usize| reading.kind(at) == Some(Kind::Digits) && reading.same_line(at);
    let mark = |at: usize| matches!(reading.surface(at), "-" | "/" | "–") && reading.glued(at);
    let letter = reading.kind(number) == Some(Kind::Word) && reading.folded(number).len() == 2;
    let begins = digits(number) || letter && mark(number + 1) && digits(number + 2);
    let long = definite && reading.surface(number).chars().count() >= 3;
    if !begins || !numero && !long {
        return None;
    }
    let mut end = number + 1;
    while mark(end) && reading.glued(end + 1) {
        end += 2;
    }
    let dated = reading.is(end, &["لسنه", "لعام", "سنه"]) && digits(end + 1);
    Some(if dated { end + 2 } else { end })
}

/// The end of what a law regulates: two nouns and more («مكافحة الإرهاب»،
/// «التقاعد والحماية الاجتماعية»).
fn regulated(reading: &Reading<'_>, lists: &Lists, from: usize) -> Option<usize> {
    let end = organisations::matter(reading, lists, from)?;
    (end > from + 1).then_some(end)
}

fn product(reading: &Reading<'_>, lists: &Lists, i: usize) -> Option<Entity> {
    let head = noun(reading, i, words::Kind::NamedThing)?;
    let word = &reading.folded(i)[head.cut.clitics..];
    if word.starts_with("ال") {
        return None;
    }
    let from =
        (head.end..head.end + 2).find(|&at| !reading.is(at, &["من", "طراز", "نوع"])).unwrap_or(head.end);
    let end = mark(reading, lists, from)?;
    let whole = words::is(word, words::Kind::WholeThing);
    let (start, cut) = if whole { (i, head.cut.clitics) } else { (from, 0) };
    Some(entity(reading, start, end, cut, PRODUCT.card.id))
}

/// The end of a product's name: foreign letters, a name of any list, a word
/// in foreign spelling, each with its number.
fn mark(reading: &Reading<'_>, lists: &Lists, from: usize) -> Option<usize> {
    if !reading.same_line(from) {
        return None;
    }
    let latin = (from..reading.len())
        .take_while(|&at| reading.kind(at) == Some(Kind::Foreign) && reading.same_line(at))
        .last();
    if let Some(last) = latin {
        return Some(model(reading, last + 1).unwrap_or(last + 1));
    }
    if !goes_on(reading, from) || shape::ends(reading, from) || shape::is_generic(reading, from) {
        return None;
    }
    let names = [List::Organisation, List::Place, List::Country, List::Surname];
    let all = names.into_iter().flat_map(|list| reading.entries(list, from, Article::Kept));
    let everyday = shape::bare(reading, from).meets(NAMELESS);
    let listed = all.filter(|f| f.cut.stem() == 0 && (f.end > from + 1 || !everyday)).map(|f| f.end).max();
    let person = super::chain::chain(reading, lists, from, 0, true).filter(|c| c.sure > 0).map(|c| c.end);
    let word = reading.folded(from);
    let odds = lists.foreignness(word);
    let unknown = shape::is_unknown(reading, from) && !shape::is_ordinary(reading, word) && odds > 0;
    let numbered = model(reading, from + 1).is_some() && !is_definite(reading, from);
    let foreign = !word.starts_with("ال") && (unknown || numbered || odds > 250 && word.len() >= 10);
    let end = listed.max(person).or_else(|| foreign.then_some(from + 1))?;
    Some(model(reading, end).unwrap_or(end))
}

/// Lists of words that are no marks of a product.
const NAMELESS: Bits = Bits::of(&[
    List::Noun,
    List::Everyday,
    List::Stop,
    List::Function,
    List::Predicate,
    List::Title,
    List::DateWord,
    List::Nationality,
    List::Number,
]);

/// The end of the number or letters of a model at `i` («-29»، « 4»).
fn model(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let joined = matches!(reading.surface(i), "-" | "–") && reading.glued(i);
    let at = i + usize::from(joined);
    let short = reading.kind(at) == Some(Kind::Digits) && reading.surface(at).chars().count() <= 4;
    (short && reading.same_line(at) && (joined || reading.surface(at).chars().count() <= 3)).then_some(at + 1)
}

fn hashtag(reading: &Reading<'_>, _: &Lists, i: usize) -> Option<Entity> {
    if reading.surface(i) != "#" || !reading.glued(i + 1) || reading.kind(i + 1) != Some(Kind::Word) {
        return None;
    }
    let mut end = i + 2;
    while reading.surface(end) == "_" && reading.glued(end) && reading.glued(end + 1) {
        end += 2;
    }
    Some(entity(reading, i, end, 0, HASHTAG.card.id))
}
