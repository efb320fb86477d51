//! Bits over the records of a block: its rows, or all child records of its rows.
//!
//! Invariant: bits beyond the last record mean nothing; whoever counts or keeps them cuts them off.
use crate::bits::{Block, WORDS};

/// One bit for each record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mask(pub Vec<u64>);

impl Mask {
    pub fn all(records: usize, value: bool) -> Mask {
        Mask(vec![if value { u64::MAX } else { 0 }; records.div_ceil(64)])
    }

    /// The records for which it holds.
    #[inline(always)]
    pub fn of(records: usize, holds: impl Fn(usize) -> bool) -> Mask {
        let mut words = Vec::with_capacity(records.div_ceil(64));
        let mut at = 0;
        while at < records {
            let end = (at + 64).min(records);
            words.push((at..end).fold(0u64, |word, i| word | u64::from(holds(i)) << (i - at)));
            at = end;
        }
        Mask(words)
    }

    /// The bits of the first records of a block.
    pub fn of_block(block: &Block, records: usize) -> Mask {
        Mask(block.0[..records.div_ceil(64)].to_vec())
    }

    /// As bits of a block that has so many rows.
    pub fn block(&self, rows: usize) -> Block {
        let mut block = Block([0; WORDS]);
        for (i, (out, word)) in block.0.iter_mut().zip(&self.0).enumerate() {
            let rest = rows.saturating_sub(i * 64);
            *out = if rest >= 64 { *word } else { word & ((1 << rest) - 1) };
        }
        block
    }

    #[inline(always)]
    pub fn get(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    #[inline(always)]
    pub fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    #[inline(always)]
    pub fn clear(&mut self, at: usize) {
        self.0[at / 64] &= !(1 << (at % 64));
    }

    #[inline(always)]
    pub fn put(&mut self, at: usize, value: bool) {
        if value { self.set(at) } else { self.clear(at) }
    }

    /// Combines two masks word by word.
    #[inline(always)]
    pub fn with(&self, other: &Mask, combine: impl Fn(u64, u64) -> u64) -> Mask {
        Mask(self.0.iter().zip(&other.0).map(|(a, b)| combine(*a, *b)).collect())
    }

    pub fn and(&self, other: &Mask) -> Mask {
        self.with(other, |a, b| a & b)
    }

    /// The set records below `records`, ascending.
    #[inline(always)]
    pub fn each(&self, records: usize, mut visit: impl FnMut(usize)) {
        for (i, &word) in self.0.iter().enumerate() {
            let mut rest = word;
            while rest != 0 {
                let at = i * 64 + rest.trailing_zeros() as usize;
                if at >= records {
                    return;
                }
                visit(at);
                rest &= rest - 1;
            }
        }
    }

    /// Replaces the bits `from..to` of `records` by others.
    pub fn splice(&mut self, (from, to): (usize, usize), records: usize, new: &[bool]) {
        let tail: Vec<bool> = (to..records).map(|at| self.get(at)).collect();
        self.0.resize((records - (to - from) + new.len()).div_ceil(64), 0);
        new.iter().chain(&tail).enumerate().for_each(|(i, bit)| self.put(from + i, *bit));
    }
}
