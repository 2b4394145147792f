//! Two clock times that share a part of the day or the word hour.

use super::atom;
use super::clock::{self, ClockRead};
use super::value::{Draft, Value};
use super::words::Lists;
use super::{Relation, RuleOf};
use crate::extract::{Card, Reading, Rule};
use crate::lexicon::{Bits, List};

/// From one clock time to another.
pub(super) const HOURS: RuleOf = Rule {
    card: Card {
        id: "time/interval",
        about: "From one clock time to another, where only one of the two says the part of the day or the word hour.",
        yes: &[
            "يفتح المتحف من [الساعة 9 إلى 11 صباحًا] => T09:00/T11:00",
            "تُقطع الكهرباء بين [الثالثة والخامسة مساءً] => T15:00/T17:00",
            "يستقبل المركز المراجعين من [التاسعة إلى الثالثة عصرًا] => T09:00/T15:00",
            "البث من [2:15 بعد الظهر إلى 5] => T14:15/T17:00",
        ],
        no: &["من الثامنة صباحًا إلى التاسعة مساءً", "بين الثالثة والخامسة من العمر", "من 3 إلى 5 أشخاص"],
    },
    starts: Bits::of(&[List::TimeUnit, List::DateOpener]),
    digits: true,
    at: hours,
};

fn hours(r: &Reading<'_>, l: &Lists, i: usize) -> Option<Draft> {
    let between = i > 0 && r.same_line(i) && r.is(i - 1, &["بين", "وبين", "مابين"]);
    let from = i > 0 && r.same_line(i) && r.is(i - 1, &["من", "ومن"]);
    let first = clock::loose(r, l, i)?;
    let at = second_at(r, &first, between)?;
    let second = clock::loose(r, l, at).filter(|_| r.same_line(at))?;
    let dash = r.is(first.end, &["-", "–"]);
    let certain = first.colon || second.colon || first.named || first.half.is_some() || second.half.is_some();
    let bare = second.colon && !first.colon && !first.named;
    let shared =
        first.half.is_some() != second.half.is_some() || first.named && !second.named || dash || bare;
    let whole = first.half.is_some() && second.half.is_some() || second.named && first.named;
    // «من 14:00 إلى 16:30» has two whole ends.
    let colons = first.colon && second.colon && !first.named && !dash;
    if !(between || from || dash || first.named) || !certain || !shared || whole || colons {
        return None;
    }
    let (early, late) = in_order(&first, &second)?;
    let mut draft = Draft::new(i, second.end, first.from, Value::Clock);
    draft.clock = Some(early);
    draft.until = Some(late);
    draft.relation = (between || from).then_some(Relation::During);
    Some(draft.by(HOURS.card.id))
}

/// Where the second time begins, behind what joins the two.
fn second_at(r: &Reading<'_>, first: &ClockRead, between: bool) -> Option<usize> {
    let at = first.end;
    if !r.same_line(at) {
        return None;
    }
    if r.is(at, &["الي", "حتي", "وحتي", "-", "–", "ل"]) || (between && r.is(at, &["و"])) {
        return Some(at + 1);
    }
    let glued = r.folded(at).starts_with(if between { 'و' } else { 'ل' });
    (glued && atom::spelled(r, at).is_some()).then_some(at)
}

/// Both times by the part of the day that one of them says.
fn in_order(first: &ClockRead, second: &ClockRead) -> Option<(clock::Clock, clock::Clock)> {
    let minutes = |c: &clock::Clock| u32::from(c.hour) * 60 + u32::from(c.minute);
    let (mut early, mut late) = (first.clock.clone(), second.clock.clone());
    if let Some(half) = second.half {
        late.hour = clock::half_of_day(late.hour, half);
        let same = clock::Clock { hour: clock::half_of_day(early.hour, half), ..early.clone() };
        if minutes(&same) < minutes(&late) {
            early = same;
        }
    } else if let Some(half) = first.half {
        early.hour = clock::half_of_day(early.hour, half);
        let later = clock::Clock { hour: (late.hour + 12) % 24, ..late.clone() };
        if minutes(&late) <= minutes(&early) && minutes(&later) > minutes(&early) {
            late = later;
        }
    }
    (early.hour < 24 && late.hour <= 24).then_some((early, late))
}
