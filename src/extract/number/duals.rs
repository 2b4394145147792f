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
    ],
    no: &[
        "وصل المؤمنين",
        "فلسطين وقانون",
        "نقل عن مسؤولين مطلعين",
        "اتفق الطرفان على الهدنة",
        "عين وزيرا الأسبوع الماضي",
    ],
};

/// The dual at token `i`.
pub(super) fn read_at(
    reading: &Reading<'_>,
    lemmas: &Lemmas,
    i: usize,
    before: Option<&Number>,
) -> Option<Number> {
    if reading.kind(i) != Some(Kind::Word) || agrees(reading, i, before) {
        return None;
    }
    let folded = reading.folded(i);
    let construct = || lemmas.dual_construct(folded).filter(|&at| is_governed(reading, i, at));
    let cut = unit(reading, i).or_else(|| lemmas.dual(folded)).or_else(construct)?;
    if SIDES.contains(&&folded[cut..]) && cut > 0 {
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
const SIDES: [&str; 6] = ["طرفين", "طرفان", "جانبين", "جانبان", "بلدين", "والدين"];

/// Whether the word only agrees with the dual before it («العامين الماضيين»),
/// or goes on a plural («مسؤولين مطلعين»).
fn agrees(reading: &Reading<'_>, i: usize, before: Option<&Number>) -> bool {
    let dual = before.is_some_and(|n| n.sort == Sort::Dual && n.end == i);
    let plural = i > 0 && reading.same_line(i) && reading.folded(i).ends_with("ين") && {
        let last = reading.folded(i - 1);
        let participle = reading.folded(i).trim_start_matches("ال").starts_with('م');
        last.ends_with("ين") || last.ends_with("ون") || participle && reading.folded(i).chars().count() == 6
    };
    dual || plural
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
fn is_governed(reading: &Reading<'_>, i: usize, cut: usize) -> bool {
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
    noun && if person { definite && !next.ends_with('ي') } else { definite || word.ends_with("تا") }
}
