//! The known rows of a block in ascending order of a number: what turns a cut into bits.
use crate::bits::Block;

/// Rows between two marks.
const STEP: usize = 128;

#[derive(Clone, Debug, Default)]
pub(crate) struct Ascending {
    rows: Vec<u16>,
    /// Mark `i` has the rows from position `i * STEP` on.
    marks: Vec<Block>,
}

impl Ascending {
    /// Takes the order from the values of the block. An order that is nearly right is cheap to renew.
    pub fn rebuild(&mut self, known: &Block, values: &[i64]) {
        let key = |&at: &u16| (values[usize::from(at)], at);
        self.rows.retain(|&at| known.get(usize::from(at)));
        if self.rows.len() < known.count() as usize {
            let mut had = Block::ZERO;
            self.rows.iter().for_each(|&at| had.set(usize::from(at)));
            self.rows.extend(known.with(&had, |k, h| k & !h).ones().map(|at| at as u16));
        }
        // a stable merge sort finds the runs that are in order already
        self.rows.sort_by_key(key);
        self.marks.clear();
        let mut left = *known;
        for step in self.rows.chunks(STEP) {
            self.marks.push(left);
            step.iter().for_each(|&at| left.clear(usize::from(at)));
        }
        self.marks.push(left);
    }

    pub fn sweep<'a>(&'a self, values: &'a [i64]) -> Sweep<'a> {
        Sweep { of: self, values, at: 0, left: self.marks.first().copied().unwrap_or(Block::ZERO) }
    }
}

/// Goes through cuts in ascending order.
pub(crate) struct Sweep<'a> {
    of: &'a Ascending,
    values: &'a [i64],
    at: usize,
    left: Block,
}

impl Sweep<'_> {
    /// The rows whose number is at least `cut`. Cuts must not fall from call to call.
    #[inline(always)]
    pub fn at_least(&mut self, cut: i64) -> &Block {
        let Ascending { rows, marks } = self.of;
        let below = |at: usize| rows.get(at).is_some_and(|&row| self.values[usize::from(row)] < cut);
        let mut mark = self.at / STEP;
        while below((mark + 1) * STEP) {
            mark += 1;
        }
        if mark > self.at / STEP {
            self.at = mark * STEP;
            self.left = marks[mark];
        }
        while below(self.at) {
            self.left.clear(usize::from(rows[self.at]));
            self.at += 1;
        }
        &self.left
    }
}
