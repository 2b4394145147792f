//! Numbers written in digits: which signs between them group thousands and
//! which begin decimals, decided by their shape.

use rust_decimal::Decimal;

use super::super::reading::Reading;
use crate::normalize::{Gap, Kind};

/// A number in digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits {
    pub value: Decimal,
    /// Token after the last.
    pub end: usize,
    /// Digits of the only run, 0 where there are several.
    pub width: usize,
    /// What else the signs could say.
    pub doubt: Option<&'static str>,
}

/// Most runs of digits that one number may have.
const MOST_RUNS: usize = 8;
/// Longest run of digits that is still a quantity.
const LONGEST_RUN: usize = 18;

/// The signs that group thousands or begin decimals.
const SEPARATORS: [&str; 6] = [",", "٬", "،", ".", "٫", "ر"];

/// Reads the number that begins at the digits token `i`; `measured` tells
/// whether a scale word, unit or percent sign stands at a token, which makes
/// `1.234` a decimal.
pub(super) fn read(reading: &Reading<'_>, i: usize, measured: impl Fn(usize) -> bool) -> Option<Digits> {
    if let Some(fraction) = pointed(reading, i) {
        return Some(fraction);
    }
    let mut runs = vec![reading.folded(i)];
    let mut signs: Vec<&str> = Vec::new();
    let mut end = i + 1;
    while runs.len() < MOST_RUNS {
        let Some((sign, at)) = separator(reading, end, &signs).or_else(|| spaced_on(reading, end, &signs))
        else {
            break;
        };
        signs.push(sign);
        runs.push(reading.folded(at));
        end = at + 1;
    }
    if runs.iter().any(|run| run.len() > LONGEST_RUN) {
        return None;
    }
    if runs.len() == 1 {
        let loose = || loose(reading, i).filter(|number| measured(number.end));
        return spaced(reading, i).or_else(loose).or_else(|| plain(runs[0], end));
    }
    let value = grouped(&runs, &signs, || measured(end)).or_else(|| decimals(&runs, &signs))?;
    Some(Digits { value, end, width: 0, doubt: doubt(&runs, &signs, value) })
}

/// Three digits after the only point or comma may be thousands or decimals.
fn doubt(runs: &[&str], signs: &[&str], value: Decimal) -> Option<&'static str> {
    let (&[first, second], &[sign]) = (runs, signs) else { return None };
    if !matches!(sign, "." | "," | "،") || second.len() != 3 || first.len() > 3 || first.starts_with('0') {
        return None;
    }
    Some(if value.fract().is_zero() { "thousands; may be decimals" } else { "decimals; may be thousands" })
}

/// Whether the digits at `i` begin with their decimal point.
pub(super) fn is_pointed(reading: &Reading<'_>, i: usize) -> bool {
    pointed(reading, i).is_some()
}

/// `.08` without a zero before its point.
fn pointed(reading: &Reading<'_>, i: usize) -> Option<Digits> {
    let point = i.checked_sub(1).filter(|&at| reading.is(at, &["."]) && reading.glued(i))?;
    // «و.08%»: a glued «و» is no digit before the point.
    if reading.glued(point) && !(point > 0 && reading.is(point - 1, &["و", "ب", "ل", "(", "~", "<", ">"]))
    {
        return None;
    }
    let value = format!("0.{}", reading.folded(i)).parse().ok()?;
    (point > 0 || i == 1).then_some(Digits { value, end: i + 1, width: 0, doubt: None })
}

fn plain(run: &str, end: usize) -> Option<Digits> {
    Some(Digits { value: run.parse().ok()?, end, width: run.len(), doubt: None })
}

/// The separator at token `at` and the digits token after it, all glued.
fn separator<'a>(reading: &'a Reading<'_>, at: usize, signs: &[&str]) -> Option<(&'a str, usize)> {
    let sign = reading.folded(at);
    let between = SEPARATORS.contains(&sign) && reading.glued(at) && reading.glued(at + 1);
    if between && reading.kind(at + 1) == Some(Kind::Digits) {
        return Some((sign, at + 1));
    }
    // «26،013، 940»: a space behind a comma that already groups.
    let loose = sign == "،" && reading.glued(at) && reading.kind(at + 1) == Some(Kind::Digits);
    let three = |i: usize| reading.kind(i) == Some(Kind::Digits) && reading.folded(i).len() == 3;
    let list = |i: usize| reading.is(i, &["،", "و"]) && !three(i + 1);
    let groups = signs.last() == Some(&"،") && three(at - 1);
    (loose && groups && three(at + 1) && !list(at + 2)).then_some((sign, at + 1))
}

/// `1٬000 000`: a space in place of the sign, which nothing but groups has.
fn spaced_on<'a>(reading: &'a Reading<'_>, at: usize, signs: &[&'a str]) -> Option<(&'a str, usize)> {
    let grouped = signs.iter().all(|&sign| sign == "٬") && reading.folded(at - 1).len() == 3;
    let next = reading.kind(at) == Some(Kind::Digits) && reading.folded(at).len() == 3;
    let fits = !signs.is_empty() && grouped && next && reading.same_line(at);
    fits.then_some(("٬", at))
}

/// `10 000` with a space of any width: groups of exactly three.
fn spaced(reading: &Reading<'_>, i: usize) -> Option<Digits> {
    let first = reading.folded(i);
    if first.len() > 3 || first.starts_with('0') {
        return None;
    }
    let mut number = String::from(first);
    let mut end = i + 1;
    while reading.kind(end) == Some(Kind::Digits)
        && reading.folded(end).len() == 3
        && reading.token(end).is_some_and(|t| t.gap == Gap::Space)
        && number.len() < LONGEST_RUN
    {
        number.push_str(reading.folded(end));
        end += 1;
    }
    let follows = SEPARATORS.contains(&reading.folded(end)) && reading.kind(end + 1) == Some(Kind::Digits);
    if end == i + 1 || follows && reading.glued(end) {
        return None;
    }
    Some(Digits { value: number.parse().ok()?, end, width: 0, doubt: None })
}

/// `216، 407، 814` typed with spaces after its commas: three groups at least,
/// of which all but the first have three digits. The caller sees to it that a
/// unit follows, which a list of numbers does not have.
fn loose(reading: &Reading<'_>, i: usize) -> Option<Digits> {
    let first = reading.folded(i);
    let after_comma = i > 0 && reading.is(i - 1, &["،", ","]);
    if first.len() > 3 || first.starts_with('0') || after_comma {
        return None;
    }
    let three = |at: usize| reading.kind(at) == Some(Kind::Digits) && reading.folded(at).len() == 3;
    let goes_on = |at: &usize| reading.is(*at, &["،"]) && reading.same_line(*at + 1) && three(*at + 1);
    let groups = (1..MOST_RUNS).map(|n| i + 2 * n - 1).take_while(goes_on);
    let digits: String = std::iter::once(first).chain(groups.map(|at| reading.folded(at + 1))).collect();
    let count = (digits.len() - first.len()) / 3;
    let value = digits.parse().ok().filter(|_| count >= 2)?;
    Some(Digits { value, end: i + 2 * count + 1, width: 0, doubt: Some("one number; may be a list") })
}

/// All signs but perhaps the last group thousands.
fn grouped(runs: &[&str], signs: &[&str], measured: impl Fn() -> bool) -> Option<Decimal> {
    let first = signs[0];
    if matches!(first, "٫" | "ر") || runs[0].len() > 3 || runs[0].starts_with('0') {
        return None;
    }
    let same = signs.iter().take_while(|&&sign| sign == first).count();
    let threes = runs[1..=same].iter().all(|run| run.len() == 3);
    if !threes {
        return None;
    }
    match signs.len() - same {
        0 if signs.len() == 1 && first == "." && is_decimal(runs, measured()) => None,
        0 => runs.concat().parse().ok(),
        1 => format!("{}.{}", runs[..=same].concat(), runs[same + 1]).parse().ok(),
        _ => None,
    }
}

/// Whether a single point before three digits begins decimals: where what
/// follows is measured and not counted, and the digits are no round thousands.
fn is_decimal(runs: &[&str], measured: bool) -> bool {
    measured && !runs[1].ends_with("00")
}

/// One sign that begins decimals. «ر» stands for the decimal sign where the
/// line was typed from the right: `4ر314` shows as, and means, 314.4.
fn decimals(runs: &[&str], signs: &[&str]) -> Option<Decimal> {
    let ([first, second], [sign]) = (runs, signs) else { return None };
    let text = if *sign == "ر" { format!("{second}.{first}") } else { format!("{first}.{second}") };
    text.parse().ok()
}
