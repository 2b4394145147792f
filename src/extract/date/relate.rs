//! Relations that only two mentions together show: the two ends of بين … و …,
//! an interval as a whole, a counterpart in parentheses.

use super::value::{Draft, Value};
use super::{DateMention, Relation};
use crate::extract::Reading;

/// Sets the relations that `drafts` show beside one another; what a word before
/// a mention says of it stays.
pub(super) fn relate(r: &Reading<'_>, drafts: &[Draft], mentions: &mut [DateMention]) {
    for i in 0..drafts.len() {
        let draft = &drafts[i];
        if mentions[i].relation != Relation::At || is_length(draft) {
            continue;
        }
        if is_interval(draft) {
            if is_behind(r, draft.start, &["بين", "وبين", "مابين", "من", "ومن"]) {
                mentions[i].relation = Relation::During;
            }
        } else if let Some(next) = drafts.get(i + 1).filter(|next| is_second(r, draft, next))
            && is_behind(r, draft.start, &["بين", "وبين", "مابين"])
        {
            mentions[i].relation = Relation::Since;
            if mentions[i + 1].relation == Relation::At && !is_length(next) {
                mentions[i + 1].relation = Relation::Until;
            }
        } else if i > 0 && is_counterpart(r, &drafts[i - 1], draft) {
            mentions[i].relation = mentions[i - 1].relation;
        }
    }
}

fn is_length(draft: &Draft) -> bool {
    matches!(draft.value, Value::Length(_) | Value::Lengths(..) | Value::Set(..))
}

fn is_interval(draft: &Draft) -> bool {
    matches!(draft.value, Value::Interval(..)) || draft.until.is_some()
}

/// Whether one of `words` stands before token `i`, the word الفترة aside.
fn is_behind(r: &Reading<'_>, i: usize, words: &[&str]) -> bool {
    i > 0 && r.same_line(i) && r.is(i - 1, words)
}

/// Whether `second` follows `first` behind «و».
fn is_second(r: &Reading<'_>, first: &Draft, second: &Draft) -> bool {
    let glued = second.start == first.end && second.from > r.span(second.start, second.start + 1).start;
    let loose = second.start == first.end + 1 && r.is(first.end, &["و"]);
    (glued || loose) && r.same_line(first.end) && !is_interval(second)
}

/// «عام 1432هـ (2011م)»: the same time in another calendar.
fn is_counterpart(r: &Reading<'_>, first: &Draft, second: &Draft) -> bool {
    second.start == first.end + 1 && r.is(first.end, &["(", "/", "الموافق"]) && r.same_line(second.start)
}
