//! The policies turned on their side: which of them a value of one column allows, as bits over policies.
//!
//! One record against all policies is then one AND per column, and a look at the rest of those policies that are
//! still possible. Top-level conjuncts over one column are in the index; alternatives, counts, derived leaves and a
//! second demand on the same set are the rest, evaluated one by one.
//!
//! Invariant: the index describes the policies of the moment it was built; policies changed since are named stale by
//! the engine and answered by their programs.
use crate::column::{Data, Stored};
use crate::engine::{Engine, Policy};
use crate::lower::Leaf;
use crate::program::Ref;
use crate::tree::{State, Tree};
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(Debug, Default)]
pub(crate) struct Index {
    words: usize,
    columns: Vec<(u32, OfColumn)>,
    /// The part of each slot's policy that is not in the index.
    rest: Vec<Vec<Tree<Ref>>>,
    /// Slots that have such a part.
    has_rest: Vec<u64>,
    /// Slots with a clause over several columns.
    wide: Vec<u64>,
}

/// Bits over slots for one column.
#[derive(Debug)]
struct OfColumn {
    /// Policies without a demand on the column: true whatever it holds.
    free: Vec<u64>,
    values: Values,
}

#[derive(Debug)]
enum Values {
    /// The rows of `maps` belong to the numbers below the first cut, from the first on, and so forth.
    Number {
        cuts: Vec<i64>,
        maps: Vec<u64>,
    },
    /// The first row of `maps` belongs to all codes that are not in `rows`.
    Code {
        rows: HashMap<u32, usize>,
        maps: Vec<u64>,
    },
    /// False, true.
    Flag {
        maps: Vec<u64>,
    },
    Set(SetMaps),
}

/// Policies ask for one of some codes, or for none of some codes.
#[derive(Debug)]
struct SetMaps {
    rows: HashMap<u32, usize>,
    /// By code: policies that ask for it.
    wanted: Vec<u64>,
    /// By code: policies that refuse it.
    refused: Vec<u64>,
    /// Policies that ask for any code.
    asking: Vec<u64>,
}

/// A demand of a policy on a column.
struct Demand<'a> {
    slot: usize,
    leaf: &'a Leaf,
    negative: bool,
}

impl Index {
    pub fn new(engine: &Engine) -> Index {
        let words = engine.slots.len().div_ceil(64);
        let mut index = Index {
            words,
            columns: Vec::new(),
            rest: vec![Vec::new(); engine.slots.len()],
            has_rest: vec![0; words],
            wide: vec![0; words],
        };
        let mut demands: Vec<Vec<Demand<'_>>> = Vec::new();
        demands.resize_with(engine.table.columns.len(), Vec::new);
        for (slot, policy) in engine.slots.iter().enumerate() {
            if let Some(policy) = policy {
                index.divide(engine, slot, policy, &mut demands);
            }
        }
        for (column, demands) in demands.iter().enumerate().filter(|(_, d)| !d.is_empty()) {
            let values = match &engine.table.columns[column].data {
                Data::Int(_) => numbers(demands, words),
                Data::Bool(_) => flags(demands, words),
                Data::Set(_) => sets(demands, words),
                Data::Code(_) | Data::Double(_) => codes(demands, words),
            };
            let mut free = vec![u64::MAX; words];
            demands.iter().for_each(|d| clear(&mut free, d.slot));
            index.columns.push((column as u32, OfColumn { free, values }));
        }
        index
    }

    /// Divides a policy into demands on columns and the rest.
    fn divide<'a>(&mut self, engine: &'a Engine, slot: usize, policy: &Policy, demands: &mut [Vec<Demand<'a>>]) {
        let mut parts = Vec::new();
        for clause in &policy.clauses {
            let before = parts.len();
            flatten(clause, &mut parts);
            if parts.len() > before + 1 {
                set(&mut self.wide, slot);
            }
        }
        for part in parts {
            let demand = match part {
                Tree::Leaf { leaf, negative } => Some((engine.leaves.leaf(leaf.leaf), *negative)),
                _ => None,
            };
            let place = demand.and_then(|(leaf, negative)| match leaf {
                Leaf::Known { .. } | Leaf::Derived(_) => None,
                leaf => leaf.column().map(|c| (c as usize, Demand { slot, leaf, negative })),
            });
            match place {
                // of a set, one demand per policy is in the index
                Some((column, demand))
                    if !matches!(engine.table.columns[column].data, Data::Set(_))
                        || demands[column].last().is_none_or(|d| d.slot != slot) =>
                {
                    demands[column].push(demand);
                }
                _ => {
                    self.rest[slot].push(part.clone());
                    set(&mut self.has_rest, slot);
                }
            }
        }
    }

    /// True and possible bits over slots, without the rests, for the values of the columns.
    fn demands_met(&self, value: impl Fn(u32) -> Stored) -> (Vec<u64>, Vec<u64>) {
        let (mut t, mut p) = (vec![u64::MAX; self.words], vec![u64::MAX; self.words]);
        for (column, of) in &self.columns {
            match self.met(of, &value(*column)) {
                Some(met) => {
                    meet(&mut t, &met);
                    meet(&mut p, &met);
                }
                None => meet(&mut t, &of.free),
            }
        }
        (t, p)
    }

    /// Policies, by slot, that may be one step away: at most one column fails them or is unknown, or it is not one
    /// column that makes a clause.
    pub fn nearly(&self, value: impl Fn(u32) -> Stored) -> Vec<u64> {
        let (mut one, mut more) = (vec![0u64; self.words], vec![0u64; self.words]);
        for (column, of) in &self.columns {
            let met = self.met(of, &value(*column));
            for ((one, more), met) in one.iter_mut().zip(&mut more).zip(met.as_deref().unwrap_or(&of.free)) {
                *more |= *one & !met;
                *one |= !met;
            }
        }
        more.iter_mut().zip(&self.wide).for_each(|(m, wide)| *m = !*m | wide);
        more
    }

    /// Policies whose demands on a column a value meets; `None` if it is unknown.
    fn met<'a>(&self, of: &'a OfColumn, value: &Stored) -> Option<Cow<'a, [u64]>> {
        let row = |maps: &'a [u64], row: usize| Some(Cow::Borrowed(&maps[row * self.words..(row + 1) * self.words]));
        match (&of.values, value) {
            (Values::Number { cuts, maps }, Stored::Int(v)) => row(maps, cuts.partition_point(|cut| cut <= v)),
            (Values::Code { rows, maps }, Stored::Code(code)) => row(maps, rows.get(code).copied().unwrap_or(0)),
            (Values::Flag { maps }, Stored::Bool(v)) => row(maps, usize::from(*v)),
            (Values::Set(maps), Stored::Set(codes)) => Some(Cow::Owned(self.allowed(maps, codes))),
            _ => None,
        }
    }

    fn row<'a>(&self, maps: &'a [u64], row: usize) -> &'a [u64] {
        &maps[row * self.words..(row + 1) * self.words]
    }

    fn allowed(&self, maps: &SetMaps, codes: &[u32]) -> Vec<u64> {
        let (mut found, mut refused) = (maps.asking.iter().map(|a| !a).collect::<Vec<u64>>(), vec![0u64; self.words]);
        for &row in codes.iter().filter_map(|code| maps.rows.get(code)) {
            found.iter_mut().zip(self.row(&maps.wanted, row)).for_each(|(f, w)| *f |= w);
            refused.iter_mut().zip(self.row(&maps.refused, row)).for_each(|(r, w)| *r |= w);
        }
        found.iter_mut().zip(&refused).for_each(|(f, r)| *f &= !r);
        found
    }

    /// The answers by slot. `value` gives the columns, `state` the leaves of the rests.
    pub fn answer(&self, value: impl Fn(u32) -> Stored, state: impl Fn(Ref) -> State) -> Vec<State> {
        let (t, p) = self.demands_met(value);
        let slots = self.rest.len();
        let mut states: Vec<State> = Vec::with_capacity(self.words * 64);
        for (t, p) in t.iter().zip(&p) {
            states.extend((0..64).map(|at| (t >> at & 1) as u8 | ((p >> at & 1) as u8) << 1));
        }
        states.truncate(slots);
        for (word, (&possible, &rest)) in p.iter().zip(&self.has_rest).enumerate() {
            let mut left = possible & rest;
            while left != 0 {
                let slot = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                states[slot] = self.rest[slot].iter().fold(states[slot], |all, part| all & part.state(&state));
            }
        }
        states
    }
}

fn flatten<'a>(tree: &'a Tree<Ref>, out: &mut Vec<&'a Tree<Ref>>) {
    match tree {
        Tree::And(parts) => parts.iter().for_each(|p| flatten(p, out)),
        other => out.push(other),
    }
}

fn set(bits: &mut [u64], at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}

fn clear(bits: &mut [u64], at: usize) {
    bits[at / 64] &= !(1 << (at % 64));
}

fn meet(left: &mut [u64], right: &[u64]) {
    left.iter_mut().zip(right).for_each(|(l, r)| *l &= r);
}

/// Policies demand intervals of numbers: each row of bits is the one before it with some policies begun or ended.
fn numbers(demands: &[Demand<'_>], words: usize) -> Values {
    let cut_of = |d: &Demand<'_>| if let Leaf::AtLeast { cut, .. } = d.leaf { *cut } else { i64::MIN };
    let mut cuts: Vec<i64> = demands.iter().map(cut_of).collect();
    cuts.sort_unstable();
    cuts.dedup();
    // slot → first row and the row after the last one
    let mut intervals: HashMap<usize, (usize, usize)> = HashMap::new();
    for demand in demands {
        let from = cuts.partition_point(|cut| *cut < cut_of(demand)) + 1;
        let interval = intervals.entry(demand.slot).or_insert((0, cuts.len() + 1));
        if demand.negative { interval.1 = interval.1.min(from) } else { interval.0 = interval.0.max(from) }
    }
    let (mut begin, mut end) = (vec![Vec::new(); cuts.len() + 2], vec![Vec::new(); cuts.len() + 2]);
    let mut now = vec![u64::MAX; words];
    for (slot, (from, to)) in intervals {
        clear(&mut now, slot);
        if from < to {
            begin[from].push(slot);
            end[to].push(slot);
        }
    }
    let mut maps = Vec::with_capacity((cuts.len() + 1) * words);
    for row in 0..=cuts.len() {
        end[row].iter().for_each(|&slot| clear(&mut now, slot));
        begin[row].iter().for_each(|&slot| set(&mut now, slot));
        maps.extend_from_slice(&now);
    }
    Values::Number { cuts, maps }
}

fn flags(demands: &[Demand<'_>], words: usize) -> Values {
    let mut maps = vec![u64::MAX; 2 * words];
    for demand in demands {
        // a demand for true forbids the row of false
        let row = usize::from(demand.negative);
        clear(&mut maps[row * words..(row + 1) * words], demand.slot);
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
                clear(&mut maps[row * words..(row + 1) * words], demand.slot);
            }
        }
    }
    Values::Code { rows, maps }
}

fn sets(demands: &[Demand<'_>], words: usize) -> Values {
    let rows = rows_of(demands, 0);
    let mut maps = SetMaps { wanted: vec![0; rows.len() * words], refused: vec![0; rows.len() * words], asking: vec![0; words], rows };
    for demand in demands {
        let by_code = if demand.negative { &mut maps.refused } else { &mut maps.wanted };
        for row in demand.leaf.codes().iter().filter_map(|c| maps.rows.get(c)) {
            set(&mut by_code[row * words..(row + 1) * words], demand.slot);
        }
        if !demand.negative {
            set(&mut maps.asking, demand.slot);
        }
    }
    Values::Set(maps)
}
