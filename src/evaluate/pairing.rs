//! Which prediction answers which gold item: greedy and one to one, the best
//! overlap first. Values are compared only afterwards.

/// Where a gold item or a prediction stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Offset of the first character.
    pub start: usize,
    /// Offset after the last.
    pub end: usize,
    /// Whether it may be left out (gold only).
    pub optional: bool,
    /// Whether it stands inside another name.
    pub nested: bool,
}

impl Place {
    fn overlap(&self, other: &Self) -> f64 {
        let common = self.end.min(other.end).saturating_sub(self.start.max(other.start));
        let whole = self.end.max(other.end) - self.start.min(other.start);
        if common == 0 { 0.0 } else { common as f64 / whole as f64 }
    }

    fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two have the same borders.
    pub fn is_at(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

/// Who answers whom.
#[derive(Debug)]
pub struct Pairing {
    /// For each gold item its prediction.
    pub partner: Vec<Option<usize>>,
    /// For each prediction whether it neither rewards nor punishes.
    pub neutral: Vec<bool>,
}

/// Pairs `gold` and `predicted`; of two equal overlaps the pair that `agrees`
/// goes first, then the gold item that is asked for.
pub fn pair(gold: &[Place], predicted: &[Place], agrees: impl Fn(usize, usize) -> bool) -> Pairing {
    let mut candidates = Vec::new();
    for (g, marked) in gold.iter().enumerate() {
        for (p, found) in predicted.iter().enumerate() {
            let overlap = marked.overlap(found);
            if overlap > 0.0 {
                candidates.push((overlap, agrees(g, p), !marked.optional, g, p));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let mut partner = vec![None; gold.len()];
    let mut taken = vec![false; predicted.len()];
    for (_, _, _, g, p) in candidates {
        if partner[g].is_none() && !taken[p] {
            (partner[g], taken[p]) = (Some(p), true);
        }
    }
    let neutral = (0..predicted.len()).map(|p| is_neutral(gold, &predicted[p], p, &partner, taken[p]));
    Pairing { neutral: neutral.collect(), partner }
}

/// The partner of an optional item is neutral; so is a prediction without
/// partner that lies in an optional item or overlaps one, and a nested name
/// inside a marked one.
fn is_neutral(gold: &[Place], found: &Place, p: usize, partner: &[Option<usize>], taken: bool) -> bool {
    if taken {
        return gold.iter().zip(partner).any(|(marked, with)| *with == Some(p) && marked.optional);
    }
    gold.iter().any(|marked| {
        let excused =
            marked.optional && (marked.contains(found) || !marked.nested && marked.overlap(found) > 0.0);
        excused || found.nested && !marked.optional && marked.contains(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(start: usize, end: usize, optional: bool) -> Place {
        Place { start, end, optional, nested: false }
    }

    #[test]
    fn the_best_overlap_is_paired_first_and_optional_items_excuse() {
        let gold = [place(0, 10, false), place(20, 24, true), place(30, 32, false)];
        let predicted = [place(0, 4, false), place(2, 10, false), place(20, 22, false), place(40, 42, false)];
        let pairing = pair(&gold, &predicted, |_, _| true);
        assert_eq!(pairing.partner, [Some(1), Some(2), None]);
        assert_eq!(pairing.neutral, [false, false, true, false]);
    }
}
