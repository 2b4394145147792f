//! Near duplicates: the same report again with a few words changed, as papers
//! take it over from an agency.
//!
//! A text is the set of its runs of three folded words. Two texts are near
//! duplicates when they share at least half of all their runs. Such pairs are
//! found by `MinHash`: six terms a text, each made of the smallest hashes of
//! three parts of its runs; texts that are alike share a term, and only texts
//! that do are compared.

use crate::normalize::{Kind, Text};

/// Words of a run.
const RUN: usize = 3;
/// Terms of a text. Of pairs that share 0.5, 0.6, 0.7, 0.8 of their runs they
/// find 0.55, 0.77, 0.92, 0.986.
pub const BANDS: usize = 6;
/// Smallest hashes that make a term.
const ROWS: usize = 3;
/// Bytes of a term: its number, and a hash.
pub const TERM: usize = 4;
/// Texts with fewer runs have no near duplicates: chance is too great.
const FEWEST: usize = 12;
/// From this likeness on two texts are near duplicates.
pub const ALIKE: f32 = 0.5;

/// The runs of a text, as sorted hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs(Box<[u32]>);

impl Runs {
    /// Those of `text`; none where it is too short to tell.
    pub fn of(text: &Text<'_>) -> Self {
        let words: Vec<u64> = (0..text.tokens.len())
            .filter(|&i| matches!(text.tokens[i].kind, Kind::Word | Kind::Digits | Kind::Foreign))
            .map(|i| hash(text.folded(i).as_bytes()))
            .collect();
        let mut runs: Vec<u32> = words
            .windows(RUN)
            .map(|run| mix(run.iter().fold(0, |sum: u64, word| mix(sum ^ word))) as u32)
            .collect();
        runs.sort_unstable();
        runs.dedup();
        if runs.len() < FEWEST {
            runs.clear();
        }
        Self(runs.into())
    }

    /// The terms that it is found by.
    pub fn terms(&self) -> impl Iterator<Item = [u8; TERM]> + use<> {
        let least = if self.0.is_empty() { None } else { Some(self.least()) };
        least.into_iter().flat_map(|least| {
            (0..BANDS).map(move |band| {
                let rows = &least[band * ROWS..][..ROWS];
                let whole = rows.iter().fold(0, |sum: u64, row| mix(sum ^ u64::from(*row))) as u32;
                let [_, a, b, c] = whole.to_be_bytes();
                [band as u8, a, b, c]
            })
        })
    }

    /// The smallest hash of each part of the runs; a part without runs has
    /// that of the next that has one.
    fn least(&self) -> [u32; BANDS * ROWS] {
        const PARTS: usize = BANDS * ROWS;
        let mut least = [u32::MAX; PARTS];
        for &run in &self.0 {
            let mixed = mix(u64::from(run));
            let part = (((mixed >> 32) * PARTS as u64) >> 32) as usize;
            least[part] = least[part].min(mixed as u32);
        }
        let known = least;
        for (part, value) in least.iter_mut().enumerate().filter(|(_, value)| **value == u32::MAX) {
            let next = (1..PARTS).map(|step| (step, known[(part + step) % PARTS]));
            if let Some((step, found)) = next.into_iter().find(|(_, found)| *found != u32::MAX) {
                *value = mix(u64::from(found) + step as u64) as u32;
            }
        }
        least
    }

    /// How much of the runs of both they share, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            shared += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        let all = self.0.len() + other.0.len() - shared;
        if all == 0 { 0.0 } else { shared as f32 / all as f32 }
    }
}

/// FNV-1a, since what an index keeps must be the same in every version.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

/// Spreads every bit over all: the finisher of `SplitMix64`.
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::normalize;

    fn runs(raw: &str) -> Runs {
        Runs::of(&normalize(raw))
    }

    const REPORT: &str = "أعلنت بلدية المدينة يوم الأحد انتهاء أعمال الصيانة في جسر النهر القديم بعد ثلاثة أشهر من \
                          الإغلاق، وقال رئيس البلدية إن الكلفة بلغت مليوني دينار وإن الجسر سيفتح أمام السيارات غدًا.";

    fn share_a_term(a: &Runs, b: &Runs) -> bool {
        let terms: Vec<_> = b.terms().collect();
        a.terms().any(|term| terms.contains(&term))
    }

    #[test]
    fn a_report_with_changed_words_is_alike_and_another_is_not() {
        let copy = REPORT.replace("يوم الأحد", "أمس").replace("مليوني", "مليونَي").replace("أعلنت", "أعْلَنَت");
        let (report, copy) = (runs(REPORT), runs(&copy));
        assert!(report.likeness(&copy) > 0.7, "{}", report.likeness(&copy));
        assert!(share_a_term(&report, &copy));
        let other = runs(
            "سجل المنتخب الوطني ثلاثة أهداف في الشوط الثاني من المباراة التي جرت مساء أمس على ملعب العاصمة \
             وتأهل إلى الدور نصف النهائي من البطولة القارية للمرة الأولى منذ عشرين عامًا.",
        );
        assert!(report.likeness(&other) < 0.05 && !share_a_term(&report, &other));
    }

    #[test]
    fn short_texts_are_like_none() {
        assert_eq!(runs("خبر قصير").terms().count(), 0);
        assert!(runs("خبر قصير").likeness(&runs("خبر قصير")).abs() < f32::EPSILON);
        assert_eq!(runs(REPORT).terms().count(), BANDS);
    }
}
