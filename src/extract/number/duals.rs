//! Nouns that count by their ending: the dual, guarded by the list of nouns.

use rust_decimal::Decimal;

use super::super::reading::Reading;
use super::super::rule::Card;
use super::{Amount, Number, Sort};
use crate::lemma::Lemmas;
use crate::normalize::Kind;

/// «أسيرين».
pub(super) const CARD: Card = Card {
    id: "number/dual",
    about: "A noun of the list in the dual; ين and ي only where they cannot be a plural.",
    yes: &["أُفرج عن [أسيرين] أمس => 2", "احترقت [سيارتان] => 2"],
    no: &["وصل المؤمنين", "فلسطين وقانون"],
};

/// The dual at token `i`.
pub(super) fn read_at(reading: &Reading<'_>, lemmas: &Lemmas, i: usize) -> Option<Number> {
    if reading.kind(i) != Some(Kind::Word) {
        return None;
    }
    let cut = lemmas.dual(reading.folded(i))?;
    let span = reading.span(i, i + 1);
    Some(Number {
        start: i,
        end: i + 1,
        span: crate::span::Span::new(reading.start_after(i, cut), span.end),
        amount: Amount::Exact(Decimal::TWO),
        sort: Sort::Dual,
        digits: false,
        article: reading.folded(i)[..cut].ends_with("ال"),
        rule: CARD.id,
    })
}
