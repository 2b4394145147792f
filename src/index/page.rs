//! Which hits are wanted, in which order, and where a page ends. Knows no index.

use std::fmt;
use std::str::FromStr;

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first; the newest where the query has no word to rank by.
    #[default]
    Relevance,
    /// By day of publication, the newest first.
    Date,
    /// By value, the largest first; claims only.
    Value,
}

/// Which hits are wanted, and what of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Most hits; none for all.
    pub limit: Option<usize>,
    /// Where the page before ended.
    pub cursor: Option<Cursor>,
    /// In which order.
    pub sort: Sort,
    /// The oldest or the smallest first.
    pub ascending: bool,
    /// Half-life in days after which being new counts half as much.
    pub recency: Option<f32>,
    /// Whether hits say what their scores are the sum of.
    pub explains: bool,
}

impl Page {
    /// The best `limit` hits.
    pub fn first(limit: usize) -> Self {
        Self { limit: Some(limit), ..Self::default() }
    }
}

/// Where a page ended: goes with one query and one state of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) offset: usize,
    /// Candidates that were ranked together.
    pub(super) tier: usize,
    /// Of the query, the order and the state of the index.
    pub(super) fingerprint: u32,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{:08x}", self.offset, self.tier, self.fingerprint)
    }
}

impl FromStr for Cursor {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let read = || {
            let mut parts = text.split('.');
            let mut next = || parts.next();
            let (offset, tier) = (next()?.parse().ok()?, next()?.parse().ok().filter(|tier| *tier > 0)?);
            let fingerprint = u32::from_str_radix(next()?, 16).ok()?;
            next().is_none().then_some(Self { offset, tier, fingerprint })
        };
        read().ok_or("this is no cursor; a page ends with the one that leads on")
    }
}
