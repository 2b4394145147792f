//! What a draft and its resolved value become: a mention with its values,
//! calendar, modifier and the relation that the words before it say.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::calendar::{self, Point};
use super::value::{Draft, Value, YearRef};
use super::words::{Cue, Feast, Lists, Word};
use super::{Basis, Calendar, DateMention, Modifier, Relation, Type};
use crate::extract::Reading;
use crate::normalize::Kind;
use crate::span::Span;

/// A resolved value.
pub(super) struct Resolved {
    pub point: Point,
    pub basis: Basis,
}

/// The mention that `draft` is, with what it was resolved to.
pub(super) fn mention(r: &Reading<'_>, l: &Lists, draft: &Draft, resolved: Option<&Resolved>) -> DateMention {
    let clock = draft.clock.as_ref();
    let valid = !is_invalid(&draft.value) && clock.is_none_or(|c| c.hour <= 24 && c.minute < 60);
    let edtf = edtf(draft);
    let point = resolved.map(|resolved| resolved.point);
    let modifier_of = draft.modifier;
    let bounds = point.and_then(|point| Some(part_of(point, modifier_of, point.bounds()?)));
    let (calendar, hijri) = hijri_fields(&draft.value);
    let (relation, modifier) = cues(r, l, draft);
    let end = r.span(draft.start, draft.end).end;
    DateMention {
        start: draft.start,
        end: draft.end,
        span: Span::new(draft.from, end),
        kind: kind(draft),
        timex: timex(draft, &edtf, point),
        edtf,
        resolved: point.map(|point| point.edtf()),
        earliest: bounds.map(|(first, _)| calendar::day(first)),
        latest: bounds.map(|(_, last)| calendar::day(last)),
        basis: resolved.map(|resolved| resolved.basis),
        modifier: draft.modifier.or(modifier).or_else(|| approximate(&draft.value)),
        recurs: if let Value::Set(_, times) = draft.value { Some(times) } else { None },
        relation: draft.relation.or(relation).unwrap_or(Relation::At),
        calendar,
        hijri,
        weekday: draft.weekday,
        relative: draft.relative(),
        valid,
        rule: draft.rule,
    }
}

/// What the words around a mention say of it.
fn cues(r: &Reading<'_>, l: &Lists, draft: &Draft) -> (Option<Relation>, Option<Modifier>) {
    let (mut relation, mut modifier) = (None, None);
    let length = matches!(draft.value, Value::Length(..) | Value::Lengths(..));
    // «خلال الـ24 ساعة الماضية»
    let article = draft.start > 0 && r.glued(draft.start) && r.is(draft.start - 1, &["ال"]);
    let mut at = draft.start - usize::from(article);
    // «منذ نحو شهرين»: how sure, then how it relates; what stands before belongs to other words.
    while relation.is_none()
        && let Some((cue, found)) = l.cue_before(r, at).filter(|_| at > 0 && r.same_line(at))
    {
        match cue {
            Cue::Relation(said) => relation = Some(said),
            Cue::To => relation = (!length && !is_dated_to(r, l, found.start)).then_some(Relation::Until),
            Cue::Modifier(said) => modifier = modifier.or(Some(said)),
            Cue::Behind(_) => break,
        }
        if cue == Cue::To {
            break;
        }
        at = found.start;
    }
    let set = matches!(draft.value, Value::Set(..));
    if let Some(said) = l.cue_behind(r, draft.end).filter(|_| r.same_line(draft.end) && !set) {
        modifier = modifier.or(Some(said));
    }
    let to = || r.is(draft.end, &["الي", "حتي", "وحتي", "والي", "ولغايه"]) && r.same_line(draft.end);
    let from = |i: usize| r.same_line(draft.start) && r.is(i, &["من", "ومن"]);
    if relation.is_none() && !length && draft.start.checked_sub(1).is_some_and(from) && to() {
        relation = Some(Relation::Since);
    }
    if relation.is_none() {
        relation = far_cue(r, draft.start);
    }
    (relation, modifier)
}

/// «يعود البناء إلى»: whether a verb before token `i` says from when a thing is.
fn is_dated_to(r: &Reading<'_>, l: &Lists, i: usize) -> bool {
    /// Words between the verb and its preposition.
    const FEW: usize = 8;
    let start = r.text.sentences.get(r.text.sentence_of(i)).map_or(0, |s| s.start);
    (start.max(i.saturating_sub(FEW))..i).any(|j| l.neighbour(r, j, Word::Dating).is_some())
}

/// «منذ هجوم 7 أكتوبر»: a preposition with a word or two between.
fn far_cue(r: &Reading<'_>, start: usize) -> Option<Relation> {
    (2..=3).filter_map(|back| start.checked_sub(back)).find_map(|i| {
        let words =
            (i + 1..=start).all(|j| r.same_line(j)) && (i + 1..start).all(|j| r.kind(j) == Some(Kind::Word));
        (words && r.is(i, &["منذ", "ومنذ"]) && !r.is(start - 1, &["في", "من", "الي"]))
            .then_some(Relation::Since)
    })
}

/// The days that a part of a period means: of a month its first, second or last
/// ten days, of other periods a third.
fn part_of(point: Point, modifier: Option<Modifier>, bounds: (Date, Date)) -> (Date, Date) {
    let (first, last) = bounds;
    let days = first.until(last).map_or(0, |span| i64::from(span.get_days())) + 1;
    let third = if matches!(point, Point::Month(..)) { 10 } else { days / 3 };
    let after = |days: i64| {
        calendar::step(first.at(0, 0, 0, 0), calendar::Unit::Day, days).map_or(first, |at| at.date())
    };
    match modifier {
        _ if third == 0 || matches!(point, Point::Moment(..)) => bounds,
        Some(Modifier::Start) => (first, after(third - 1)),
        Some(Modifier::Mid) => (after(third), after(2 * third - 1)),
        Some(Modifier::End) => (after(2 * third), last),
        _ => bounds,
    }
}

/// The value as the text gives it, the clock time with it.
fn edtf(draft: &Draft) -> String {
    let mut edtf = draft.value.edtf();
    match (&draft.clock, &draft.value) {
        (Some(clock), _) => {
            edtf += &clock.iso();
            if let Some(until) = &draft.until {
                edtf = format!("{edtf}/{}", until.iso());
            }
        }
        (None, Value::Away { .. }) => {
            if let Some(day) = draft.weekday {
                edtf = format!("XXXX-WXX-{day}");
            }
        }
        (None, Value::Clock) => edtf = format!("T{}", draft.part.unwrap_or("DT")),
        _ => {}
    }
    edtf
}

/// Whether all fields are said and the calendar has no such day.
fn is_invalid(value: &Value) -> bool {
    match value {
        Value::Date { year: YearRef::Said(_), .. } => value.point().is_none(),
        Value::Date { calendar: Calendar::Gregorian, month: Some(m), day: Some(d), .. } => {
            // A leap year has every day that a year can have.
            calendar::date(2024, *m, *d).is_none()
        }
        Value::Interval(from, to) => is_invalid(from) || is_invalid(to),
        _ => false,
    }
}

/// The calendar of a value, and its own fields where that is Hijri.
fn hijri_fields(value: &Value) -> (Calendar, Option<String>) {
    match value {
        Value::Date { calendar: Calendar::Hijri, year, month, day } => {
            let mut text = match year {
                YearRef::Said(y) if *y <= 1700 => calendar::year(*y),
                _ => "XXXX".to_owned(),
            };
            if let Some(m) = month {
                let _ = write!(text, "-{m:02}");
            }
            if let Some(d) = day {
                let _ = write!(text, "-{d:02}");
            }
            (Calendar::Hijri, Some(text))
        }
        Value::Interval(from, _) => hijri_fields(from),
        Value::Feast(Feast::Fixed(Calendar::Hijri, month, day), _) => {
            (Calendar::Hijri, Some(format!("XXXX-{month:02}-{day:02}")))
        }
        _ => (Calendar::Gregorian, None),
    }
}

/// A Hijri date outside the table of Umm al-Qura is an approximation.
fn approximate(value: &Value) -> Option<Modifier> {
    let Value::Date { calendar: Calendar::Hijri, year: YearRef::Said(y), month: Some(_), .. } = value else {
        return None;
    };
    (*y <= 1700 && !calendar::TABLE.contains(y)).then_some(Modifier::Approx)
}

fn kind(draft: &Draft) -> Type {
    match draft.value {
        Value::Length(_) | Value::Lengths(..) => Type::Duration,
        Value::Set(..) => Type::Set,
        _ if draft.clock.is_some() || draft.part.is_some() => Type::Time,
        Value::Clock | Value::MinuteOf(_) => Type::Time,
        _ => Type::Date,
    }
}

/// The TIMEX3 value: the resolved one where TIMEX3 wants it.
fn timex(draft: &Draft, edtf: &str, point: Option<Point>) -> String {
    let base = match (&draft.value, point) {
        (Value::Length(_) | Value::Lengths(..) | Value::Set(..) | Value::Clock, _) => edtf.to_owned(),
        (_, Some(point)) => point.timex(),
        _ => edtf.to_owned(),
    };
    match draft.part.filter(|_| draft.clock.is_none() && !matches!(draft.value, Value::Clock)) {
        Some(part) => format!("{base}T{part}"),
        None => base,
    }
}
