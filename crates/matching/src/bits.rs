//! Sets of rows as bits, in blocks of [`ROWS`] rows.
//!
//! Invariant: bits beyond the last row of a table are never set in a finished set; whoever complements a set cuts it
//! with the live rows afterwards.

/// Rows of a block: the working set of one block of facts, leaves and programs fits the caches of a core.
pub const ROWS: usize = 2048;
/// 64-bit words of a block.
pub const WORDS: usize = ROWS / 64;

/// One bit for each row of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub struct Block(pub [u64; WORDS]);

impl Block {
    pub const ZERO: Block = Block([0; WORDS]);
    pub const ONES: Block = Block([u64::MAX; WORDS]);

    #[inline(always)]
    pub fn set(&mut self, at: usize) {
        self.0[at / 64 % WORDS] |= 1 << (at % 64);
    }

    #[inline(always)]
    pub fn clear(&mut self, at: usize) {
        self.0[at / 64 % WORDS] &= !(1 << (at % 64));
    }

    #[inline(always)]
    pub fn get(&self, at: usize) -> bool {
        self.0[at / 64 % WORDS] >> (at % 64) & 1 == 1
    }

    #[inline(always)]
    pub fn put(&mut self, at: usize, value: bool) {
        if value { self.set(at) } else { self.clear(at) }
    }

    /// Combines two blocks word by word.
    #[inline(always)]
    pub fn with(&self, other: &Block, combine: impl Fn(u64, u64) -> u64) -> Block {
        let mut out = Block::ZERO;
        for ((o, a), b) in out.0.iter_mut().zip(&self.0).zip(&other.0) {
            *o = combine(*a, *b);
        }
        out
    }

    pub fn count(&self) -> u32 {
        self.0.iter().map(|w| w.count_ones()).sum()
    }

    /// Positions of the set bits, ascending.
    pub fn ones(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        places(&self.0)
    }
}

/// Positions of the set bits, ascending.
pub fn places(words: &[u64]) -> impl Iterator<Item = usize> + Clone + '_ {
    words.iter().enumerate().flat_map(|(i, &word)| {
        let mut rest = word;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(i * 64 + at)
        })
    })
}

/// A set of rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Bits {
    pub blocks: Vec<Block>,
}

impl Bits {
    /// The empty set with room for `rows` rows.
    pub fn empty(rows: usize) -> Bits {
        Bits { blocks: vec![Block::ZERO; rows.div_ceil(ROWS)] }
    }

    /// Makes room for `rows` rows; new rows are not in the set.
    pub fn grow(&mut self, rows: usize) {
        if self.blocks.len() < rows.div_ceil(ROWS) {
            self.blocks.resize(rows.div_ceil(ROWS), Block::ZERO);
        }
    }

    pub fn get(&self, row: usize) -> bool {
        self.blocks.get(row / ROWS).is_some_and(|b| b.get(row % ROWS))
    }

    /// # Panics
    /// If there is no room for the row.
    pub fn put(&mut self, row: usize, value: bool) {
        self.blocks[row / ROWS].put(row % ROWS, value);
    }

    pub fn count(&self) -> usize {
        self.blocks.iter().map(|b| b.count() as usize).sum()
    }

    /// Rows of the set, ascending.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.blocks.iter().enumerate().flat_map(|(i, b)| b.ones().map(move |at| (i * ROWS + at) as u32))
    }

    /// Rows of both sets.
    pub fn within(&self, other: &Bits) -> Bits {
        let none = Block::ZERO;
        let blocks = self.blocks.iter().enumerate().map(|(i, b)| b.with(other.blocks.get(i).unwrap_or(&none), |a, b| a & b));
        Bits { blocks: blocks.collect() }
    }

    /// Rows of either set.
    pub fn or(&self, other: &Bits) -> Bits {
        let none = Block::ZERO;
        let blocks = 0..self.blocks.len().max(other.blocks.len());
        let of = |bits: &Bits, i: usize| *bits.blocks.get(i).unwrap_or(&none);
        Bits { blocks: blocks.map(|i| of(self, i).with(&of(other, i), |a, b| a | b)).collect() }
    }

    /// Rows of this set that the other lacks.
    pub fn without(&self, other: &Bits) -> Bits {
        let none = Block::ZERO;
        let blocks = self.blocks.iter().enumerate().map(|(i, b)| b.with(other.blocks.get(i).unwrap_or(&none), |a, b| a & !b));
        Bits { blocks: blocks.collect() }
    }
}
