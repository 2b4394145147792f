//! The table of folded words: one slot a word, found by the word's first
//! bytes. Knows what a [`Word`] is, but not what its lists say.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::{Word, WordId};

/// Bits of the sieve, as a power of two: 64 KiB stay in the nearest caches.
const SIEVE_BITS: u32 = 19;

/// Bytes of a word that its [`Slot`] holds: eight Arabic letters.
const INLINE: usize = 16;

/// A word as it is looked up.
#[derive(Clone, Copy, Debug)]
pub struct Key<'w> {
    /// Its first bytes, zeros behind a shorter one.
    head: u128,
    length: u32,
    /// The bytes after the head.
    rest: &'w [u8],
}

impl<'w> Key<'w> {
    /// The first `length` bytes of `bytes`. Where more follow, whatever they
    /// are, the head is read at once.
    #[inline]
    pub fn new(bytes: &'w [u8], length: usize) -> Self {
        let head = match bytes.first_chunk() {
            Some(chunk) if length >= INLINE => u128::from_le_bytes(*chunk),
            Some(chunk) => u128::from_le_bytes(*chunk) & !(u128::MAX << (8 * length)),
            None => {
                let mut head = [0; INLINE];
                head[..length].copy_from_slice(&bytes[..length]);
                u128::from_le_bytes(head)
            }
        };
        Self { head, length: length as u32, rest: bytes[..length].get(INLINE..).unwrap_or_default() }
    }

    /// The same with `front`, of at most eight bytes, before it.
    #[inline]
    #[must_use]
    pub fn behind(front: &str, bytes: &'w [u8], length: usize) -> Self {
        let key = Self::new(bytes, length);
        let before = Key::new(front.as_bytes(), front.len()).head;
        let rest = bytes[..length].get(INLINE - front.len()..).unwrap_or_default();
        Self { head: before | key.head << (8 * front.len()), length: key.length + front.len() as u32, rest }
    }

    #[inline]
    fn hash(&self) -> u64 {
        hash(self.head, self.length)
    }
}

/// A hash of a word's head and length.
#[inline]
fn hash(head: u128, length: u32) -> u64 {
    FxBuildHasher.hash_one((head, length))
}

/// A word of the table. Most fit in whole, so that a look-up ends here.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
struct Slot {
    head: u128,
    word: Word,
    length: u32,
    /// Where the rest begins in [`Words::rests`].
    rest: u32,
}

/// A look-up that has come to the table's slot and not yet read it.
#[derive(Clone, Copy, Debug)]
pub struct Probe<'v, 'w> {
    key: Key<'w>,
    hash: u64,
    slot: &'v Slot,
}

impl Probe<'_, '_> {
    /// Some bits of the slot's beginning and end. Who asks several probes for
    /// them before settling the first waits for memory once and not for each.
    #[inline]
    pub fn touch(&self) -> u32 {
        self.slot.head as u32 ^ self.slot.rest
    }
}

/// Different folded words, numbered from 0.
#[derive(Debug)]
pub(super) struct Words {
    table: HashTable<Slot>,
    /// What does not fit into the slots of long words.
    rests: Vec<u8>,
    /// Tells most words that are not here without touching the table: one bit
    /// a word, set by its hash.
    sieve: Vec<u64>,
}

impl Default for Words {
    fn default() -> Self {
        let sieve = vec![0; 1 << (SIEVE_BITS - 6)];
        Self { table: HashTable::new(), rests: Vec::new(), sieve }
    }
}

impl Words {
    fn sieve_place(hash: u64) -> (usize, u64) {
        let place = hash >> (64 - SIEVE_BITS);
        ((place >> 6) as usize, 1 << (place & 63))
    }

    #[inline]
    fn is(&self, slot: &Slot, key: &Key<'_>) -> bool {
        slot.head == key.head
            && slot.length == key.length
            && (key.rest.is_empty() || self.rests[slot.rest as usize..].starts_with(key.rest))
    }

    pub(super) fn find(&self, key: &Key<'_>, hash: u64) -> Option<Word> {
        self.table.find(hash, |slot| self.is(slot, key)).map(|slot| slot.word)
    }

    /// The first slot that may be the word's, by what lies near.
    #[inline]
    pub(super) fn probe<'w>(&self, key: Key<'w>) -> Option<Probe<'_, 'w>> {
        let hash = key.hash();
        let (cell, bit) = Self::sieve_place(hash);
        if self.sieve[cell] & bit == 0 {
            return None;
        }
        self.table.find(hash, |_| true).map(|slot| Probe { key, hash, slot })
    }

    #[inline]
    pub(super) fn settle(&self, probe: &Probe<'_, '_>) -> Option<Word> {
        if self.is(probe.slot, &probe.key) {
            Some(probe.slot.word)
        } else {
            self.find(&probe.key, probe.hash)
        }
    }

    pub(super) fn intern(&mut self, word: &str) -> WordId {
        let key = Key::new(word.as_bytes(), word.len());
        let hash = key.hash();
        if let Some(word) = self.find(&key, hash) {
            return word.id;
        }
        let id = WordId(self.table.len() as u32);
        let rest = self.rests.len() as u32;
        self.rests.extend_from_slice(key.rest);
        let slot = Slot { head: key.head, length: key.length, rest, word: Word::new(id) };
        self.table.insert_unique(hash, slot, |slot| self::hash(slot.head, slot.length));
        let (cell, bit) = Self::sieve_place(hash);
        self.sieve[cell] |= bit;
        id
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.table.len()
    }

    /// All words, in no order.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Word> {
        self.table.iter_mut().map(|slot| &mut slot.word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_follows_or_stands_before_them() {
        let mut words = Words::default();
        let known = ["", "و", "كلمه", "الكلمات", "الكلمات و", "الاستراتيجيات", "الاستراتيجيون"];
        let ids: Vec<_> = known.iter().map(|word| words.intern(word)).collect();
        let find = |key: Key<'_>| words.find(&key, key.hash()).map(|word| word.id);
        for (word, id) in known.into_iter().zip(ids) {
            assert_eq!(find(Key::new(word.as_bytes(), word.len())), Some(id), "{word}");
            let long = format!("{word}الكلمات الاخري");
            assert_eq!(find(Key::new(long.as_bytes(), word.len())), Some(id), "{word}");
            assert_eq!(find(Key::new(long.as_bytes(), long.len())), None, "{word}");
            if let Some(rest) = word.strip_prefix("ال") {
                let key = Key::behind("ال", rest.as_bytes(), rest.len());
                assert_eq!(find(key), Some(id), "{word}");
                assert!(words.probe(key).is_some_and(|probe| words.settle(&probe).map(|w| w.id) == Some(id)));
            }
        }
    }
}
