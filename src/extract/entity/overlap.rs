//! Overlaps: which of the candidates stand, which stand inside others.

use std::iter;
use std::ops::Range;

use smallvec::SmallVec;

use super::{Entity, Type};

/// A candidate and the rank of its rule: the longer wins, then the lower rank.
pub(super) type Candidate = (usize, Entity);

/// Chooses candidates so that no two cross and none says the same twice, in
/// order of their first token, the outer before the inner.
pub(super) fn settle(candidates: &[Candidate], tokens: usize) -> Vec<Entity> {
    let mut ordered: Vec<&Candidate> = candidates.iter().collect();
    ordered.sort_by_key(|(rank, e)| (usize::MAX - (e.end - e.start), *rank, e.start));
    let mut taken = Taken::new(tokens);
    let mut chosen: Vec<&Entity> = Vec::with_capacity(candidates.len());
    for (_, candidate) in ordered {
        if stands(candidate, &chosen, &taken) {
            taken.take(candidate.start..candidate.end, chosen.len());
            chosen.push(candidate);
        }
    }
    chosen.sort_by_key(|e| (e.span.start, usize::MAX - e.span.end));
    let mut chosen: Vec<Entity> = chosen.into_iter().cloned().collect();
    nest(&mut chosen);
    chosen
}

/// Which of the chosen hold each token, as linked lists.
struct Taken {
    /// The first link of each token.
    heads: Vec<u32>,
    /// Index of a chosen candidate, and the next link of its token.
    links: Vec<(u32, u32)>,
}

/// Where a list ends.
const END: u32 = u32::MAX;

impl Taken {
    fn new(tokens: usize) -> Self {
        Self { heads: vec![END; tokens], links: Vec::new() }
    }

    fn take(&mut self, tokens: Range<usize>, index: usize) {
        for head in &mut self.heads[tokens] {
            self.links.push((index as u32, *head));
            *head = self.links.len() as u32 - 1;
        }
    }

    /// The chosen that hold one of `tokens`, each once for every token.
    fn holders(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.heads[tokens].iter().flat_map(|&head| {
            let links =
                iter::successors(self.links.get(head as usize), |(_, next)| self.links.get(*next as usize));
            links.map(|&(index, _)| index as usize)
        })
    }
}

/// Whether the candidate crosses none of those chosen and may stand inside
/// or around them.
fn stands(candidate: &Entity, chosen: &[&Entity], taken: &Taken) -> bool {
    taken.holders(candidate.start..candidate.end).all(|index| {
        let other = chosen[index];
        let same = candidate.span == other.span;
        let inside = other.span.contains(&candidate.span) && may_nest(candidate, other);
        let around = candidate.span.contains(&other.span) && may_nest(other, candidate);
        !same && (inside || around)
    })
}

/// Whether `inner` says something of its own inside `outer`.
fn may_nest(inner: &Entity, outer: &Entity) -> bool {
    match outer.kind {
        Type::Person | Type::Group => false,
        _ => inner.kind != Type::Group,
    }
}

/// Links every mention to the smallest that holds it.
fn nest(entities: &mut [Entity]) {
    let mut open: SmallVec<[usize; 4]> = SmallVec::new();
    for i in 0..entities.len() {
        while open.last().is_some_and(|&outer| !entities[outer].span.contains(&entities[i].span)) {
            open.pop();
        }
        entities[i].nested_in = open.last().copied();
        open.push(i);
    }
}
