//! Which policies a value of one column allows, as bits.
use crate::column::{Data, Stored};
use crate::index::{clear, set};
use crate::lower::Leaf;
use std::collections::HashMap;

/// A demand of a policy, or of one of its alternatives, on a column.
pub(super) struct Demand<'a> {
    pub place: usize,
    pub leaf: &'a Leaf,
    pub negative: bool,
}

/// Bits over places for one column.
#[derive(Debug)]
pub(super) struct OfColumn {
    /// Places without a demand on the column: allowed whatever it holds.
    pub free: Vec<u64>,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Number(Numbers),
    /// The first row of `maps` belongs to all codes that are not in `rows`.
    Code {
        rows: HashMap<u32, usize>,
        maps: Vec<u64>,
    },
    /// False, true.
    Flag {
        maps: Vec<u64>,
    },
    Set(Sets),
}

/// Places demand intervals of numbers. The row of a number is how many cuts it reaches; each row of bits is the one
/// before it with some places begun or ended, so that only every [`EVERY`]th is kept.
#[derive(Debug)]
struct Numbers {
    cuts: Vec<i64>,
    kept: Vec<u64>,
    /// Of each row: where its changes begin.
    starts: Vec<u32>,
    changes: Vec<Change>,
}

/// Rows between two kept ones.
const EVERY: usize = 16;

#[derive(Clone, Copy, Debug)]
struct Change {
    place: u32,
    begins: bool,
}

/// Places ask for one of some codes, or for none of some codes.
#[derive(Debug)]
struct Sets {
    rows: HashMap<u32, usize>,
    /// By code: places that ask for it.
    wanted: Vec<u64>,
    /// By code: places that refuse it.
    refused: Vec<u64>,
    /// Places that ask for any code.
    asking: Vec<u64>,
}

impl OfColumn {
    pub fn new(data: &Data, demands: &[Demand<'_>], words: usize) -> OfColumn {
        let values = match data {
            Data::Int(_) => Values::Number(Numbers::new(demands, words)),
            Data::Bool(_) => flags(demands, words),
            Data::Set(_) => Values::Set(Sets::new(demands, words)),
            Data::Code(_) | Data::Double(_) => codes(demands, words),
        };
        let mut free = vec![u64::MAX; words];
        demands.iter().for_each(|d| clear(&mut free, d.place));
        OfColumn { free, values }
    }

    /// Places whose demands the value meets; `None` if it is unknown. `room` is where they are put together if need be.
    #[inline(always)]
    pub fn met<'a>(&'a self, value: &Stored, room: &'a mut Vec<u64>) -> Option<&'a [u64]> {
        let words = self.free.len();
        let row = |maps: &'a [u64], row: usize| Some(&maps[row * words..(row + 1) * words]);
        match (&self.values, value) {
            (Values::Number(numbers), Stored::Int(v)) => Some(numbers.met(*v, words, room)),
            (Values::Code { rows, maps }, Stored::Code(code)) => row(maps, rows.get(code).copied().unwrap_or(0)),
            (Values::Flag { maps }, Stored::Bool(v)) => row(maps, usize::from(*v)),
            (Values::Set(sets), Stored::Set(codes)) => Some(sets.met(codes, words, room)),
            _ => None,
        }
    }
}

impl Numbers {
    fn new(demands: &[Demand<'_>], words: usize) -> Numbers {
        let cut_of = |d: &Demand<'_>| if let Leaf::AtLeast { cut, .. } = d.leaf { *cut } else { i64::MIN };
        let mut cuts: Vec<i64> = demands.iter().map(cut_of).collect();
        cuts.sort_unstable();
        cuts.dedup();
        // place → first row and the row after the last one
        let mut intervals: HashMap<usize, (usize, usize)> = HashMap::new();
        for demand in demands {
            let from = cuts.partition_point(|cut| *cut < cut_of(demand)) + 1;
            let interval = intervals.entry(demand.place).or_insert((0, cuts.len() + 1));
            if demand.negative { interval.1 = interval.1.min(from) } else { interval.0 = interval.0.max(from) }
        }
        let mut by_row = vec![Vec::new(); cuts.len() + 2];
        let mut now = vec![u64::MAX; words];
        for (place, (from, to)) in intervals {
            clear(&mut now, place);
            if from < to {
                by_row[from].push(Change { place: place as u32, begins: true });
                by_row[to].push(Change { place: place as u32, begins: false });
            }
        }
        let (mut kept, mut starts, mut changes) = (Vec::new(), Vec::with_capacity(cuts.len() + 2), Vec::new());
        for (row, own) in by_row.into_iter().take(cuts.len() + 1).enumerate() {
            starts.push(changes.len() as u32);
            own.iter().for_each(|change| change.apply(&mut now));
            changes.extend(own);
            if row % EVERY == 0 {
                kept.extend_from_slice(&now);
            }
        }
        starts.push(changes.len() as u32);
        Numbers { cuts, kept, starts, changes }
    }

    #[inline(always)]
    fn met<'a>(&'a self, value: i64, words: usize, room: &'a mut Vec<u64>) -> &'a [u64] {
        let row = self.cuts.partition_point(|cut| *cut <= value);
        let base = row / EVERY;
        let kept = &self.kept[base * words..(base + 1) * words];
        let changes = &self.changes[self.starts[base * EVERY + 1] as usize..self.starts[row + 1] as usize];
        if changes.is_empty() {
            return kept;
        }
        room.clear();
        room.extend_from_slice(kept);
        changes.iter().for_each(|change| change.apply(room));
        room
    }
}

impl Change {
    #[inline(always)]
    fn apply(self, bits: &mut [u64]) {
        if self.begins { set(bits, self.place as usize) } else { clear(bits, self.place as usize) }
    }
}

impl Sets {
    fn new(demands: &[Demand<'_>], words: usize) -> Sets {
        let rows = rows_of(demands, 0);
        let mut sets = Sets { wanted: vec![0; rows.len() * words], refused: vec![0; rows.len() * words], asking: vec![0; words], rows };
        for demand in demands {
            let by_code = if demand.negative { &mut sets.refused } else { &mut sets.wanted };
            for row in demand.leaf.codes().iter().filter_map(|c| sets.rows.get(c)) {
                set(&mut by_code[row * words..(row + 1) * words], demand.place);
            }
            if !demand.negative {
                set(&mut sets.asking, demand.place);
            }
        }
        sets
    }

    #[inline(always)]
    fn met<'a>(&'a self, codes: &[u32], words: usize, room: &'a mut Vec<u64>) -> &'a [u64] {
        room.clear();
        room.extend(self.asking.iter().map(|asking| !asking));
        let rows = || codes.iter().filter_map(|code| self.rows.get(code)).map(|row| row * words..(row + 1) * words);
        rows().for_each(|row| room.iter_mut().zip(&self.wanted[row]).for_each(|(met, wanted)| *met |= wanted));
        rows().for_each(|row| room.iter_mut().zip(&self.refused[row]).for_each(|(met, refused)| *met &= !refused));
        room
    }
}

fn flags(demands: &[Demand<'_>], words: usize) -> Values {
    let mut maps = vec![u64::MAX; 2 * words];
    for demand in demands {
        // a demand for true forbids the row of false
        let row = usize::from(demand.negative);
        clear(&mut maps[row * words..(row + 1) * words], demand.place);
    }
    Values::Flag { maps }
}

/// Row numbers for the codes that demands name, from `first` on.
fn rows_of(demands: &[Demand<'_>], first: usize) -> HashMap<u32, usize> {
    let mut rows = HashMap::new();
    for code in demands.iter().flat_map(|d| d.leaf.codes()) {
        let next = first + rows.len();
        rows.entry(*code).or_insert(next);
    }
    rows
}

fn codes(demands: &[Demand<'_>], words: usize) -> Values {
    let rows = rows_of(demands, 1);
    let mut maps = vec![u64::MAX; (rows.len() + 1) * words];
    let mut named = vec![false; rows.len() + 1];
    for demand in demands {
        named.fill(false);
        demand.leaf.codes().iter().filter_map(|c| rows.get(c)).for_each(|&row| named[row] = true);
        for (row, named) in named.iter().enumerate() {
            if *named == demand.negative {
                clear(&mut maps[row * words..(row + 1) * words], demand.place);
            }
        }
    }
    Values::Code { rows, maps }
}
