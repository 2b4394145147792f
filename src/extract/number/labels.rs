//! Digits that are a name and no quantity: law and flight numbers, telephone
//! numbers, model names, list numbering, parts of codes.

use super::super::reading::Reading;

use super::words::{Lists, Role, counts_noun};
use crate::lexicon::List;
use crate::normalize::{Gap, Kind};

/// Digits from which on a run with a leading zero or a plus is a telephone
/// How many runs of digits to either side are read as one name; no longer
/// name is known, and a text of digits alone stays linear.
const MOST_RUNS: usize = 12;
/// number.
const TELEPHONE: usize = 6;

/// Fewest digits of a telephone number in several runs.
const LEAST_TELEPHONE: usize = 8;

/// Whether the digits at token `i` name something.
pub(super) fn is_name(reading: &Reading<'_>, lists: &Lists, i: usize) -> bool {
    follows_label(reading, lists, i)
        || follows_index(reading, lists, i)
        || is_quoted_name(reading, i)
        || is_brand(reading, lists, i)
        || is_version(reading, i)
        || is_part_of_code(reading, i)
        || goes_on_name(reading, lists, i)
        || is_area_code(reading, i)
        || is_telephone(reading, i)
        || is_list_number(reading, i)
        || is_added_time(reading, i)
        || is_clock_or_date(reading, i)
}

/// «رقم 40», «المادة 12», «فورمولا 1».
fn follows_label(reading: &Reading<'_>, lists: &Lists, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|_| reading.same_line(i)) else { return false };
    // «بلغ الرقم 3 ملايين» counts.
    if lists.word(reading, i + 1, &[Role::Scale, Role::ScalePlural]).is_some() {
        return false;
    }
    let sign = reading.is(before, &["(", "/", "-", "\"", ":"]);
    let Some(at) = before.checked_sub(usize::from(sign)) else { return false };
    // «20 مليون يورو (60 مليون دينار)»: a currency, and no championship.
    let counted = |at: usize| reading.kind(at) == Some(Kind::Digits) || reading.bits(at).has(List::Number);
    if at > 0 && reading.bits(at).has(List::Currency) && counted(at - 1) {
        return false;
    }
    // «رقم الحفظ 21», «رقم القضية: 40»: what the number is of stands between.
    let of = at > 0 && reading.folded(at).starts_with("ال") && reading.is(at - 1, &["رقم", "برقم", "بالرقم"]);
    of || (0..3).filter_map(|back| at.checked_sub(back)).any(|start| {
        let label = lists.word(reading, start, &[Role::Label]);
        label.is_some_and(|(_, found)| found.end == at + 1)
    })
}

/// «منصة الشرق 360»: a name of one word behind its kind, and no noun that the
/// digits could count.
fn is_brand(reading: &Reading<'_>, lists: &Lists, i: usize) -> bool {
    const PRONOUNS: [&str; 3] = ["ها", "هم", "نا"];
    let Some(kind) = i.checked_sub(2).filter(|&at| reading.same_line(i) && reading.same_line(at + 1)) else {
        return false;
    };
    let definite = |at: usize| PRONOUNS.iter().any(|p| reading.folded(at).ends_with(p));
    let counted = counts_noun(reading, i + 1) && !definite(i + 1);
    reading.folded(i - 1).starts_with("ال")
        && !counted
        && reading.kind(i + 1) == Some(Kind::Word)
        && lists.word(reading, kind, &[Role::Brand]).is_some_and(|(_, found)| found.end == kind + 1)
}

/// `21-01` behind a label: the digits behind a sign glued to digits that name.
fn goes_on_name(reading: &Reading<'_>, lists: &Lists, i: usize) -> bool {
    let linked = |&at: &usize| {
        let glued = at >= 2 && reading.glued(at) && reading.glued(at - 1);
        glued
            && reading.is(at - 1, &["-", "/", "–", "_", ".", ","])
            && reading.kind(at - 2) == Some(Kind::Digits)
    };
    let links = (0..MOST_RUNS).map_while(|n| i.checked_sub(2 * n)).take_while(linked);
    links.map(|at| at - 2).any(|at| follows_label(reading, lists, at) || is_area_code(reading, at))
}

/// `01-555017`: a short run with a leading zero before a long one.
fn is_area_code(reading: &Reading<'_>, i: usize) -> bool {
    let (run, next) = (reading.folded(i), reading.folded(i + 2));
    let linked = reading.is(i + 1, &["-", "/", "–"]) && reading.glued(i + 1) && reading.glued(i + 2);
    linked
        && reading.kind(i + 2) == Some(Kind::Digits)
        && run.starts_with('0')
        && run.len() <= 4
        && next.len() >= 5
}

/// «ستاندرد آند بورز 500»: a whole number of companies, neither a change in
/// percent nor points.
fn follows_index(reading: &Reading<'_>, lists: &Lists, i: usize) -> bool {
    const COMPANIES: [&str; 10] = ["30", "35", "40", "50", "100", "225", "300", "500", "600", "2000"];
    if i == 0 || !reading.is(i, &COMPANIES) || !reading.same_line(i) {
        return false;
    }
    let at = if reading.is(i - 1, &["-"]) && reading.glued(i) { i.saturating_sub(2) } else { i - 1 };
    let decimals = reading.is(i + 1, &[".", ",", "٫", "%", "٪"]) && reading.glued(i + 1);
    let points = reading.folded(i + 1).starts_with("نقط") || reading.is(i + 1, &["نقاط"]);
    let named = (0..3).filter_map(|back| at.checked_sub(back)).any(|start| {
        let index = lists.word(reading, start, &[Role::Index]);
        index.is_some_and(|(_, found)| found.end == at + 1)
    });
    named && !(decimals && reading.kind(i + 2) == Some(Kind::Digits)) && !points
}

/// `11.2.3`: three runs or more with points that do not group thousands.
fn is_version(reading: &Reading<'_>, i: usize) -> bool {
    let digits = |at: usize| reading.kind(at) == Some(Kind::Digits);
    let linked =
        |at: usize| reading.is(at, &["."]) && reading.glued(at) && reading.glued(at + 1) && digits(at + 1);
    let mut first = i;
    while first >= 2 && first + 2 * MOST_RUNS > i && linked(first - 1) && digits(first - 2) {
        first -= 2;
    }
    let mut last = first;
    let mut thousands = true;
    while last < i + 2 * MOST_RUNS && linked(last + 1) {
        last += 2;
        thousands &= reading.folded(last).len() == 3;
    }
    last >= first + 4 && !thousands
}

/// `"ميت 9"`: one word and digits in quotation marks.
fn is_quoted_name(reading: &Reading<'_>, i: usize) -> bool {
    const QUOTES: [&str; 7] = ["\"", "«", "»", "“", "”", "'", "‘"];
    let word = i >= 2 && reading.kind(i - 1) == Some(Kind::Word) && reading.glued(i - 1);
    word && reading.is(i - 2, &QUOTES) && reading.is(i + 1, &QUOTES) && reading.glued(i + 1)
}

/// «كوفيد-19», «F-16», «5G», «52.05.1»: glued to a word by a sign or to Latin
/// letters.
fn is_part_of_code(reading: &Reading<'_>, i: usize) -> bool {
    let worded = |at: usize| matches!(reading.kind(at), Some(Kind::Word | Kind::Foreign));
    let hyphen = |at: usize| reading.is(at, &["-", "_", "–", "#", "@", "/"]);
    // «LHS 475 c»: between Latin words stands no quantity.
    if i >= 1
        && reading.kind(i - 1) == Some(Kind::Foreign)
        && reading.same_line(i)
        && !reading.bits(i - 1).has(List::Currency)
        && !worded_after(reading, i)
    {
        return true;
    }
    if i >= 1
        && reading.glued(i)
        && (reading.kind(i - 1) == Some(Kind::Foreign) || reading.is(i - 1, &["#", "_"]))
    {
        return true;
    }
    if i >= 2 && reading.glued(i) && reading.glued(i - 1) && hyphen(i - 1) && worded(i - 2) {
        return true;
    }
    let three = |from: usize| {
        (0..5).all(|k| {
            let wanted =
                if k % 2 == 0 { reading.kind(from + k) == Some(Kind::Digits) } else { hyphen(from + k) };
            wanted && (k == 0 || reading.glued(from + k))
        })
    };
    // «21/ج»: a letter behind a sign.
    let letter = hyphen(i + 1)
        && reading.glued(i + 1)
        && reading.glued(i + 2)
        && reading.kind(i + 2) == Some(Kind::Word)
        && reading.folded(i + 2).chars().count() == 1;
    letter || (0..=4).step_by(2).filter_map(|back| i.checked_sub(back)).any(three)
}

/// Whether an Arabic word or a sign of measure follows the digits at `i`.
fn worded_after(reading: &Reading<'_>, i: usize) -> bool {
    reading.kind(i + 1) == Some(Kind::Word) && reading.same_line(i + 1)
        || reading.is(i + 1, &["%", "٪", "$", "€"])
}

fn is_telephone(reading: &Reading<'_>, i: usize) -> bool {
    let run = reading.folded(i);
    let plus = i > 0 && reading.glued(i) && reading.is(i - 1, &["+"]);
    let zero = run.starts_with('0') && !reading.is(i + 1, &[".", ",", "٫"]);
    run.len() >= TELEPHONE && zero || plus && run.len() >= 3 || is_spaced_telephone(reading, i)
}

/// `02 2795 1234`, `+20 2 2795`: runs of digits of which the first begins with
/// zero or a plus.
fn is_spaced_telephone(reading: &Reading<'_>, i: usize) -> bool {
    let digits = |at: usize| reading.kind(at) == Some(Kind::Digits) && reading.same_line(at);
    let mut first = i;
    let least = i.saturating_sub(MOST_RUNS);
    while first > least && digits(first) && reading.kind(first - 1) == Some(Kind::Digits) {
        first -= 1;
    }
    let run = reading.folded(first);
    let plus = first > 0 && reading.glued(first) && reading.is(first - 1, &["+"]);
    let zero = run.len() >= 2 && run.starts_with('0');
    let last = (i + 1..=i + MOST_RUNS).take_while(|&at| digits(at)).last().unwrap_or(i);
    let letters: usize = (first..=last).map(|at| reading.folded(at).len()).sum();
    (plus || zero) && first < last && letters >= LEAST_TELEPHONE
}

/// `1- ` or `2.` at the beginning of a line.
fn is_list_number(reading: &Reading<'_>, i: usize) -> bool {
    let line = reading.token(i).is_some_and(|t| t.gap == Gap::Line);
    let sentence = reading.text.sentences[reading.text.sentence_of(i)].start == i;
    let small = reading.folded(i).len() <= 2;
    let dash = reading.is(i + 1, &["-", "–"]) && reading.kind(i + 2) == Some(Kind::Word);
    let sign = line && reading.is(i + 1, &[".", ")"]) && reading.glued(i + 1);
    small && (line || sentence) && (dash || sign) && !reading.glued(i + 2)
}

/// `90+7`: a minute past the end of the game.
fn is_added_time(reading: &Reading<'_>, i: usize) -> bool {
    let digits = |at: usize| reading.kind(at) == Some(Kind::Digits) && reading.folded(at).len() <= 3;
    let plus = |at: usize| reading.is(at, &["+"]) && reading.glued(at) && reading.glued(at + 1);
    digits(i) && (plus(i + 1) && digits(i + 2) || i >= 2 && plus(i - 1) && digits(i - 2))
}

/// `14:30`, `2024/3/5`: the dates' business.
fn is_clock_or_date(reading: &Reading<'_>, i: usize) -> bool {
    let digits = |at: usize| reading.kind(at) == Some(Kind::Digits);
    let colon = |at: usize| reading.is(at, &[":"]) && reading.glued(at) && reading.glued(at + 1);
    let after = digits(i + 2) && colon(i + 1);
    let before = i >= 2 && digits(i - 2) && colon(i - 1);
    after || before
}
