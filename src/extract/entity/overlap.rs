//! Overlaps: which of the candidates stand, which stand inside others.

use smallvec::SmallVec;

use super::{Entity, Type};

/// A candidate and the rank of its rule: the longer wins, then the lower rank.
pub(super) type Candidate = (usize, Entity);

/// Chooses candidates so that no two cross and none says the same twice, in
/// order of their first token, the outer before the inner.
pub(super) fn settle(mut candidates: Vec<Candidate>, tokens: usize) -> Vec<Entity> {
    candidates.sort_by_key(|(rank, e)| (usize::MAX - (e.end - e.start), *rank, e.start));
    let mut taken: Vec<SmallVec<[u32; 2]>> = vec![SmallVec::new(); tokens];
    let mut chosen: Vec<Entity> = Vec::new();
    for (_, candidate) in candidates {
        if stands(&candidate, &chosen, &taken) {
            for cell in &mut taken[candidate.start..candidate.end] {
                cell.push(chosen.len() as u32);
            }
            chosen.push(candidate);
        }
    }
    chosen.sort_by_key(|e| (e.span.start, usize::MAX - e.span.end));
    nest(&mut chosen);
    chosen
}

/// Whether the candidate crosses none of those chosen and may stand inside
/// or around them.
fn stands(candidate: &Entity, chosen: &[Entity], taken: &[SmallVec<[u32; 2]>]) -> bool {
    taken[candidate.start..candidate.end].iter().flatten().all(|&index| {
        let other = &chosen[index as usize];
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
