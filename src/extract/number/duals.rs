//! Nouns that count by their ending: the dual, guarded by the list of nouns.

use rust_decimal::Decimal;

use super::super::reading::Reading;
use super::super::rule::Card;
use super::{Amount, Number, Sort};
use crate::lemma::Lemmas;
use crate::lexicon::{Bits, List};
use crate::normalize::Kind;
use crate::span::Span;

/// «أسيرين».
pub(super) const CARD: Card = Card {
    id: "number/dual",
    about: "A noun of the list in the dual; ين and ي only where they cannot be a plural.",
    yes: &[
        "أُفرج عن [أسيرين] أمس => 2",
        "احترقت [سيارتان] => 2",
        "وصلت [سيارتا] الإسعاف => 2",
        "أتلف [هكتارين] من القمح => 2",
        "سجل [لاعبا] الفريق هدفين => 2",
        "فاز ب[مباراتين] أمس => 2",
        "وجدت [سيارتا] شرطة => 2",
        "هي أم ل[طفلين] => 2",
        "شيد المقاول [جسرين] => 2",
        "عرضت لوحتها في [متحفي] روما ومدريد => 2",
        "وصل [وفدا] الحزب إلى المطار => 2",
        "أرسل [شاحنتي] إغاثة => 2",
        "درس ال[ملفين] اللذين أعدهما => 2",
    ],
    no: &[
        "وصل المؤمنين",
        "فلسطين وقانون",
        "نقل عن مسؤولين مطلعين",
        "اتفق الطرفان على الهدنة",
        "عين وزيرا الأسبوع الماضي",
        "متحفي المفضل في روما",
        "يشرب البروتين ويتابع الروتين",
    ],
};

/// The dual at token `i`.
pub(super) fn read_at(
    reading: &Reading<'_>,
    lemmas: &Lemmas,
    i: usize,
    before: Option<&Number>,
) -> Option<Number> {
    if reading.kind(i) != Some(Kind::Word) {
        return None;
    }
    let folded = reading.folded(i);
    // Most words end in none of the letters of a dual.
    let cut = match folded.chars().next_back()? {
        'ن' => absolute(reading, lemmas, i)?,
        'ا' | 'ي' => construct(reading, lemmas, i).or_else(|| owned(reading, lemmas, i))?,
        'ه' | 'م' => owned(reading, lemmas, i)?,
        _ => return None,
    };
    if agrees(reading, lemmas, i, before) || SIDES.contains(&&folded[cut..]) && folded[..cut].ends_with("ال")
    {
        return None;
    }
    let span = reading.span(i, i + 1);
    Some(Number {
        start: i,
        end: i + 1,
        span: Span::new(reading.start_after(i, cut), span.end),
        amount: Amount::Exact(Decimal::TWO),
        sort: Sort::Dual,
        digits: false,
        article: folded[..cut].ends_with("ال"),
        rule: CARD.id,
        doubt: None,
        base: None,
    })
}

/// The two sides of anything, which a text names rather than counts.
const SIDES: [&str; 5] = ["طرفين", "طرفان", "جانبين", "جانبان", "والدين"];

/// Whether the word only agrees with the dual before it («العامين الماضيين»),
/// or goes on a plural («مسؤولين مطلعين»).
fn agrees(reading: &Reading<'_>, lemmas: &Lemmas, i: usize, before: Option<&Number>) -> bool {
    if i == 0 || !reading.same_line(i) {
        return false;
    }
    let (word, last) = (reading.folded(i), reading.folded(i - 1));
    let alike = |end: &str| word.ends_with(end) && last.ends_with(end);
    let owned = ["ه", "ها", "هم"].iter().any(|p| last.ends_with(p)) && word.starts_with("ال");
    let articles = word.starts_with("ال") == last.contains("ال");
    let joined = word.strip_prefix('و').is_some_and(|rest| lemmas.dual(rest).is_some());
    // «زورقان سريعان تابعان للجيش»: adjectives in a row.
    let chain =
        before.is_some_and(|n| n.sort == Sort::Dual && n.end + 1 == i) && (alike("ين") || alike("ان"));
    let dual = (before.is_some_and(|n| n.sort == Sort::Dual && n.end == i) || chain) && !joined;
    let bare = word.trim_start_matches("ال");
    let thing = || {
        let feminine = bare.strip_suffix("تين").map(|stem| format!("{stem}ه"));
        let stem = feminine.as_deref().or_else(|| bare.strip_suffix("ين")).unwrap_or(bare);
        lemmas.find(stem).is_some_and(|lemma| !matches!(lemma.class, "person" | "adjective" | "group"))
    };
    // «الموقعين» are rather signatories than two sites.
    let definite = word.starts_with("ال");
    let participle = || bare.starts_with('م') && bare.chars().count() == 6 && (definite || !thing());
    // «هذين الملفين», «الملفين اللذين» say that they are two.
    let pointed = reading.is(i - 1, &["هذين", "هذان", "هاتين", "هاتان", "كلا", "كلتا"])
        || reading.is(i + 1, &["اللذين", "اللذان", "اللتين", "اللتان"]);
    let plural = word.ends_with("ين") && !pointed && (last.ends_with("ين") && last != "بين" || participle());
    dual && (owned || articles && (alike("ين") || alike("ان"))) || plural && !joined
}

/// «أسيرين»: the bytes before the noun.
fn absolute(reading: &Reading<'_>, lemmas: &Lemmas, i: usize) -> Option<usize> {
    let folded = reading.folded(i);
    let ends = folded.ends_with("ين") || folded.ends_with("ان");
    if ends { unit(reading, i).or_else(|| lemmas.dual(folded)) } else { None }
}

/// «سيارتا الإسعاف», «مصنعي طنجة وفاس»: the bytes before the noun. What follows
/// is asked before the lists.
fn construct(reading: &Reading<'_>, lemmas: &Lemmas, i: usize) -> Option<usize> {
    const PLACES: Bits = Bits::of(&[List::Place, List::Country]);
    let folded = reading.folded(i);
    let noun = reading.kind(i + 1) == Some(Kind::Word) && reading.same_line(i + 1);
    if !noun || !folded.ends_with(['ا', 'ي']) {
        return None;
    }
    let governed = |at: &usize| is_governed(reading, lemmas, i, *at);
    if folded.ends_with("تا") || folded.ends_with("تي") {
        return lemmas.dual_construct(folded).filter(governed);
    }
    if folded.ends_with('ا') {
        // «وفدا البلدين» before a noun with article, but «وفدًا».
        let before_noun = || lemmas.dual_before_noun(folded);
        let definite = reading.folded(i + 1).starts_with("ال");
        return definite.then(|| lemmas.dual_of_persons(folded).or_else(before_noun))?.filter(governed);
    }
    let place = |at: usize| reading.bits(at).meets(PLACES);
    let joined = |at: usize| reading.folded(at).starts_with('و') && place(at) && reading.same_line(at);
    let pair = place(i + 1) && (i + 2..i + 5).any(joined);
    pair.then(|| lemmas.dual_before_noun(folded))?
}

/// «ابنتيه», «حفيداها»: the bytes before the noun.
fn owned(reading: &Reading<'_>, lemmas: &Lemmas, i: usize) -> Option<usize> {
    const PRONOUNS: [&str; 4] = ["هما", "هم", "ها", "ه"];
    let folded = reading.folded(i);
    let noun = PRONOUNS.iter().find_map(|pronoun| folded.strip_suffix(pronoun))?;
    if !noun.ends_with(['ي', 'ا']) || reading.surface(i).ends_with('ة') {
        return None;
    }
    lemmas.dual_owned(folded).or_else(|| lemmas.dual_of_persons(folded))
}

/// The dual of a unit or a currency («هكتارين», «دولاران»).
fn unit(reading: &Reading<'_>, i: usize) -> Option<usize> {
    const UNITS: Bits = Bits::of(&[List::Unit, List::Currency]);
    if !reading.bits(i).meets(UNITS) {
        return None;
    }
    let form = reading.forms(i).iter().find(|f| f.bits.meets(UNITS))?;
    let word = &reading.folded(i)[form.cut.stem()..];
    let stem =
        word.strip_suffix("ين").or_else(|| word.strip_suffix("ان")).filter(|s| s.chars().count() >= 3)?;
    let known = |s: &str| reading.knows(List::Unit, s) || reading.knows(List::Currency, s);
    let feminine = stem.strip_suffix('ت').is_some_and(|s| known(&format!("{s}ه")));
    (known(stem) || feminine).then(|| form.cut.stem())
}

/// Whether what the construct at `i` needs follows it: a pronoun on it, a
/// noun with article, and after «تا», which is nothing else, any noun.
fn is_governed(reading: &Reading<'_>, lemmas: &Lemmas, i: usize, cut: usize) -> bool {
    const ASIDE: Bits = Bits::of(&[List::Function, List::DateWord, List::Weekday, List::Month]);
    let word = &reading.folded(i)[cut..];
    let person = !word.ends_with("تا") && !word.ends_with("تي");
    if person && (word.ends_with("اه") || word.ends_with("اها")) {
        return true;
    }
    // «وزيرًا الأسبوع الماضي» is one minister in the accusative.
    let accusative = reading.surface(i).contains('\u{064B}');
    let next = reading.folded(i + 1);
    let noun = reading.same_line(i + 1)
        && reading.kind(i + 1) == Some(Kind::Word)
        && reading.number_at(i + 1).is_none()
        && !accusative
        && !reading.bits(i + 1).meets(ASIDE);
    let definite = next.starts_with("ال");
    let place = || reading.bits(i + 1).meets(Bits::of(&[List::Place, List::Country]));
    // «إقالتي» before a noun is rather mine.
    let feminine = || word.strip_suffix("تي").and_then(|stem| lemmas.find(&format!("{stem}ه")));
    let object = || feminine().is_some_and(|lemma| lemma.class != "abstract");
    let noun_after = || lemmas.find(next).is_some_and(|lemma| lemma.class != "adjective");
    let named = || word.ends_with("تا") || place() || object() && noun_after();
    noun && if person { definite && !next.ends_with('ي') } else { definite || named() }
}
