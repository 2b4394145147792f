//! Days and amounts from one to another: `2023-10..2024-01`, `[9000 TO *]`,
//! `>350`. Numbers are read in any digits, and as an article would have them.

use std::sync::LazyLock;

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

use crate::extract::{Lexicons, extract};
use crate::normalize::letters::SEARCH;
use crate::normalize::normalize;

/// Days since 1970, both ends inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The first; none is the beginning of time.
    pub from: Option<i64>,
    /// The last.
    pub to: Option<i64>,
}

/// Amounts, and the unit where the query names one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amounts {
    /// The least, and whether it is itself inside.
    pub from: Option<(f64, bool)>,
    /// The largest, and whether it is itself inside.
    pub to: Option<(f64, bool)>,
    /// Code of the unit.
    pub unit: Option<String>,
}

/// Two ends as they are written; `None` is open.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ends {
    from: Option<String>,
    to: Option<String>,
    /// Whether each end is inside.
    inside: (bool, bool),
}

impl Days {
    /// Reads days.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let ends = ends(text)?;
        let end = |text: &Option<String>| text.as_deref().map(span_of_days).transpose();
        let (from, to) = (end(&ends.from)?, end(&ends.to)?);
        let days = Self {
            from: from.map(|(first, last)| if ends.inside.0 { first } else { last + 1 }),
            to: to.map(|(first, last)| if ends.inside.1 { last } else { first - 1 }),
        };
        match (days.from, days.to) {
            (Some(from), Some(to)) if from > to => Err(format!("{text} ends before it begins")),
            _ => Ok(days),
        }
    }
}

impl Amounts {
    /// Reads amounts.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let ends = ends(text)?;
        let end = |text: &Option<String>| text.as_deref().map(amount).transpose();
        let (from, to) = (end(&ends.from)?, end(&ends.to)?);
        if let (Some((from, _)), Some((to, _))) = (&from, &to)
            && from > to
        {
            return Err(format!("{text} ends before it begins"));
        }
        let unit = to.as_ref().and_then(|t| t.1.clone()).or_else(|| from.as_ref().and_then(|f| f.1.clone()));
        let (from, to) = (from.map(|f| (f.0, ends.inside.0)), to.map(|t| (t.0, ends.inside.1)));
        Ok(Self { from, to, unit })
    }
}

/// Splits `A..B`, `[A TO B]`, `{A TO B}`, `>A`, `>=A`, `<A`, `<=A`, `A`.
fn ends(text: &str) -> Result<Ends, String> {
    let text = text.trim();
    let bracket = |c: Option<char>| matches!(c, Some('[' | ']'));
    if text.starts_with(['[', '{']) {
        let inside = (bracket(text.chars().next()), bracket(text.chars().next_back()));
        let middle = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
        let (from, to) = middle.split_once(" TO ").ok_or_else(|| format!("{text} is not [A TO B]"))?;
        return Ok(Ends { from: side(from), to: side(to), inside });
    }
    if let Some((from, to)) = text.split_once("..") {
        return Ok(Ends { from: side(from), to: side(to), inside: (true, true) });
    }
    for (sign, below, inside) in
        [(">=", false, true), ("<=", true, true), (">", false, false), ("<", true, false)]
    {
        if let Some(rest) = text.strip_prefix(sign) {
            let end = side(rest).ok_or_else(|| format!("nothing stands after {sign}"))?;
            let (from, to) = if below { (None, Some(end)) } else { (Some(end), None) };
            return Ok(Ends { from, to, inside: (inside, inside) });
        }
    }
    Ok(Ends { from: side(text), to: side(text), inside: (true, true) })
}

/// One end; `*` and nothing are open.
fn side(text: &str) -> Option<String> {
    let text = text.trim().trim_matches('"');
    (!text.is_empty() && text != "*").then(|| text.to_owned())
}

/// First and last day of a year, a month or a day.
fn span_of_days(text: &str) -> Result<(i64, i64), String> {
    let wrong =
        || format!("{text} is no date; a year (2023), a month (2023-11) or a day (2023-11-05) is wanted");
    let folded = SEARCH.fold(text);
    let parts: Vec<&str> = folded.split(['-', '/']).collect();
    let well_formed = parts.len() <= 3
        && parts[0].len() == 4
        && parts[1..].iter().all(|part| matches!(part.len(), 1 | 2))
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !well_formed {
        return Err(wrong());
    }
    let number = |i: usize| parts.get(i).and_then(|part| part.parse::<i16>().ok());
    let (year, month, day) = (number(0).ok_or_else(wrong)?, number(1), number(2));
    let date = |month: i16, day: i16| Date::new(year, month as i8, day as i8).map_err(|_| wrong());
    let first = date(month.unwrap_or(1), day.unwrap_or(1))?;
    let last = match (month, day) {
        (None, _) => date(12, 31)?,
        (Some(_), None) => first.last_of_month(),
        _ => first,
    };
    Ok((since_1970(first), since_1970(last)))
}

fn since_1970(date: Date) -> i64 {
    i64::from((date - Date::constant(1970, 1, 1)).get_days())
}

/// Loaded only where a query has words for a number.
static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::builtin);

/// A number and the unit it names: as digits, or as an article would write it.
fn amount(text: &str) -> Result<(f64, Option<String>), String> {
    let folded = SEARCH.fold(text).replace(['٬', '،', '_'], "").replace('٫', ".");
    let grouped = folded.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if grouped { folded.replace(',', "") } else { folded.replace(',', ".") };
    if let Ok(value) = plain.parse::<f64>()
        && value.is_finite()
    {
        return Ok((value, None));
    }
    let found = extract(&normalize(text), &LEXICONS, None);
    let claim = found.claims.first();
    let value = claim.and_then(|claim| claim.reading.value()).and_then(|value| value.to_f64());
    let unit = claim.and_then(|claim| claim.unit.as_ref()).map(|unit| unit.code.clone());
    let unit = unit.filter(|code| !code.is_empty());
    Ok((value.ok_or_else(|| format!("{text} is no number"))?, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i64 {
        since_1970(text.parse().expect("a day"))
    }

    #[test]
    fn days_are_years_months_days_and_ranges() {
        let both = |text: &str| Days::read(text).map(|days| (days.from, days.to));
        assert_eq!(both("2023"), Ok((Some(day("2023-01-01")), Some(day("2023-12-31")))));
        assert_eq!(both("2024-02"), Ok((Some(day("2024-02-01")), Some(day("2024-02-29")))));
        assert_eq!(both("٢٠٢٣-١١-٠٥"), Ok((Some(day("2023-11-05")), Some(day("2023-11-05")))));
        assert_eq!(both("2023-10..2024-01"), Ok((Some(day("2023-10-01")), Some(day("2024-01-31")))));
        assert_eq!(both("[2023-10 TO *]"), Ok((Some(day("2023-10-01")), None)));
        assert_eq!(both("..2023-11-05"), Ok((None, Some(day("2023-11-05")))));
        assert_eq!(both(">2023"), Ok((Some(day("2024-01-01")), None)));
        for wrong in ["2023-13", "2023-02-30", "23", "نوفمبر", "2024..2023", "[2023]", ">", "2023-1-1-1"]
        {
            assert!(both(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn amounts_are_read_in_any_digits_and_in_words() {
        let read = |text: &str| Amounts::read(text).expect("reads");
        let closed = |n: f64| Some((n, true));
        assert_eq!(read("[9000 TO *]").from, closed(9000.0));
        assert_eq!(read("[٩٬٠٠٠ TO 12,500]").to, closed(12500.0));
        assert_eq!(read("{1 TO 2}").from, Some((1.0, false)));
        assert_eq!(read("3,5").from, closed(3.5));
        assert_eq!(read("<=-4").to, closed(-4.0));
        let money = read("[\"3 ملايين دولار\" TO *]");
        assert_eq!((money.from, money.unit.as_deref()), (closed(3_000_000.0), Some("USD")));
        for wrong in ["[5 TO 2]", "كثير", "[1 2]"] {
            assert!(Amounts::read(wrong).is_err(), "{wrong}");
        }
    }
}
