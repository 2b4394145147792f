//! Which letters follow which: tells a foreign name in Arabic letters from an
//! Arabic word that no list has. Counted over the lists when they are loaded.

use crate::normalize::letters::SEARCH;

/// Letters told apart, and one for the border of a word.
const LETTERS: usize = 48;
const BORDER: usize = 0;

/// Log odds of every pair of letters, in hundredths.
#[derive(Debug)]
pub(super) struct Letters {
    odds: Vec<i16>,
}

impl Default for Letters {
    fn default() -> Self {
        Self { odds: vec![0; LETTERS * LETTERS] }
    }
}

impl Letters {
    /// Counts the pairs in foreign `names` and in `ordinary` words.
    pub(super) fn count<'a>(
        names: impl Iterator<Item = &'a str>,
        ordinary: impl Iterator<Item = &'a str>,
    ) -> Self {
        let (names, ordinary) = (tally(names), tally(ordinary));
        let odds = names.chunks(LETTERS).zip(ordinary.chunks(LETTERS)).flat_map(|(a, b)| {
            let total = |row: &[u32]| f64::from(row.iter().sum::<u32>()) + 0.5 * LETTERS as f64;
            let (all_a, all_b) = (total(a), total(b));
            let odds = move |(&a, &b): (&u32, &u32)| {
                let (a, b) = ((f64::from(a) + 0.5) / all_a, (f64::from(b) + 0.5) / all_b);
                ((a / b).ln() * 100.0) as i16
            };
            a.iter().zip(b).map(odds)
        });
        Self { odds: odds.collect() }
    }

    /// How foreign a folded word looks: hundredths of a logarithm, above 0
    /// where a name is the likelier.
    pub(super) fn foreignness(&self, word: &str) -> i32 {
        pairs(word).map(|(a, b)| i32::from(self.odds[a * LETTERS + b])).sum()
    }
}

fn tally<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut counts = vec![0; LETTERS * LETTERS];
    let mut folded = String::new();
    for form in words {
        for word in form.split([' ', '-']).filter(|w| !w.is_empty()) {
            folded.clear();
            SEARCH.fold_into(word, &mut folded);
            pairs(&folded).for_each(|(a, b)| counts[a * LETTERS + b] += 1);
        }
    }
    counts
}

/// The pairs of neighbouring letters of a word, its borders included.
fn pairs(word: &str) -> impl Iterator<Item = (usize, usize)> {
    let letters = word.chars().map(number);
    std::iter::once(BORDER).chain(letters.clone()).zip(letters.chain(std::iter::once(BORDER)))
}

fn number(letter: char) -> usize {
    let code = u32::from(letter).wrapping_sub(0x620) as usize;
    if code < LETTERS - 2 { code + 1 } else { LETTERS - 1 }
}
