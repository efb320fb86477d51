//! The policies turned on their side: which of them a value of one column allows, as bits over policies.
//!
//! One record against all policies is then one AND per column, and a look at those of the policies still possible that
//! have more to them. Top-level conjuncts over one column are in the index under the policy's own place; the
//! alternatives of a group get places of their own behind the policies, as does a second demand on one set. Counts,
//! derived leaves and deeper groups are the rest, evaluated one by one.
//!
//! Invariant: the index describes the policies of the moment it was built; policies changed since are named stale by
//! the engine and answered by their programs.
mod values;

use crate::column::{Data, Stored};
use crate::engine::{Engine, Policy};
use crate::lower::Leaf;
use crate::program::Ref;
use crate::tree::{State, Tree};
use pulp::Arch;
use values::{Demand, OfColumn};

#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Words of bits over slots; alternatives begin with the next word.
    slot_words: usize,
    words: usize,
    columns: Vec<(u32, OfColumn)>,
    groups: Groups,
    /// By slot: what of its policy is neither a demand on one column nor a group of alternatives.
    rest: Vec<Vec<Tree<Ref>>>,
    /// Slots with such a part.
    has_rest: Vec<u64>,
    /// Slots with a clause over several columns.
    wide: Vec<u64>,
}

/// Groups of alternatives, of which one must hold, one after another in the order of slots.
#[derive(Debug, Default)]
struct Groups {
    /// Slots with a group.
    owners: Vec<u64>,
    all: Vec<Group>,
    /// By slot: its first group; one more ends the last.
    first: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    /// Its alternatives' places: the first one and their number.
    place: u32,
    count: u32,
}

/// True and possible bits over slots.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    pub t: Vec<u64>,
    pub p: Vec<u64>,
}

/// What the index is made from, while it is made.
struct Making<'a> {
    engine: &'a Engine,
    demands: Vec<Vec<Demand<'a>>>,
    next_place: usize,
}

impl Index {
    pub fn new(engine: &Engine) -> Index {
        let slots = engine.slots.len();
        let slot_words = slots.div_ceil(64);
        let mut index = Index {
            slot_words,
            words: 0,
            columns: Vec::new(),
            groups: Groups { owners: vec![0; slot_words], ..Groups::default() },
            rest: vec![Vec::new(); slots],
            has_rest: vec![0; slot_words],
            wide: vec![0; slot_words],
        };
        let mut making = Making { engine, demands: Vec::new(), next_place: slot_words * 64 };
        making.demands.resize_with(engine.table.columns.len(), Vec::new);
        for (slot, policy) in engine.slots.iter().enumerate() {
            index.groups.first.push(index.groups.all.len() as u32);
            if let Some(policy) = policy {
                index.divide(&mut making, slot, policy);
            }
        }
        index.groups.first.push(index.groups.all.len() as u32);
        index.words = making.next_place.div_ceil(64);
        for (column, demands) in making.demands.iter().enumerate().filter(|(_, d)| !d.is_empty()) {
            index.columns.push((column as u32, OfColumn::new(&engine.table.columns[column].data, demands, index.words)));
        }
        index
    }

    /// Divides a policy into demands on columns, groups of alternatives and the rest.
    fn divide(&mut self, making: &mut Making<'_>, slot: usize, policy: &Policy) {
        let mut parts = Vec::new();
        for clause in &policy.clauses {
            let before = parts.len();
            flatten(clause, &mut parts);
            if parts.len() > before + 1 {
                set(&mut self.wide, slot);
            }
        }
        // the policy's own demands first: of a set, its place has room for one
        parts.retain(|part| !making.demand(slot, part));
        for part in parts {
            let alternatives = match part {
                Tree::Or(parts) => parts.iter().collect(),
                other => vec![other],
            };
            match making.group(&alternatives) {
                Some((place, count)) if count > 0 => {
                    self.groups.all.push(Group { place, count });
                    set(&mut self.groups.owners, slot);
                }
                _ => {
                    self.rest[slot].push(part.clone());
                    set(&mut self.has_rest, slot);
                }
            }
        }
    }

    /// Policies, by slot, that may be one step away: at most one column fails them or is unknown, or it is not one
    /// column that makes a clause.
    pub fn nearly(&self, values: &[Stored]) -> Vec<u64> {
        let (mut one, mut more, mut room) = (vec![0u64; self.slot_words], vec![0u64; self.slot_words], Vec::new());
        for (column, of) in &self.columns {
            let met = of.met(&values[*column as usize], &mut room);
            for ((one, more), met) in one.iter_mut().zip(&mut more).zip(met.unwrap_or(&of.free)) {
                *more |= *one & !met;
                *one |= !met;
            }
        }
        more.iter_mut().zip(&self.wide).for_each(|(m, wide)| *m = !*m | wide);
        more
    }

    /// The answers by slot. `values` are those of the columns, `state` gives the leaves of the rests.
    pub fn answer(&self, values: &[Stored], state: impl Fn(Ref) -> State) -> Answered {
        let Answered { mut t, mut p } = Arch::new().dispatch(|| self.demands_met(values));
        self.groups.settle(&mut t, &mut p);
        // the rest costs more and is looked at only where it can still matter
        for word in 0..self.slot_words {
            let mut left = p[word] & self.has_rest[word];
            while left != 0 {
                let at = left.trailing_zeros() as usize;
                left &= left - 1;
                let state = self.rest[word * 64 + at].iter().fold(0b11, |all, part| all & part.state(&state));
                t[word] &= !(u64::from(!state & 1) << at);
                p[word] &= !(u64::from(!state >> 1 & 1) << at);
            }
        }
        t.truncate(self.slot_words);
        p.truncate(self.slot_words);
        Answered { t, p }
    }

    /// Places whose demands on known columns are met: possible; those that ask for no unknown one: true.
    #[inline(always)]
    fn demands_met(&self, values: &[Stored]) -> Answered {
        let (mut p, mut free, mut room) = (vec![u64::MAX; self.words], vec![u64::MAX; self.words], Vec::with_capacity(self.words));
        for (column, of) in &self.columns {
            match of.met(&values[*column as usize], &mut room) {
                Some(met) => meet(&mut p, met),
                None => meet(&mut free, &of.free),
            }
        }
        meet(&mut free, &p);
        Answered { t: free, p }
    }
}

impl Groups {
    /// Takes the policies out of which a group does not hold, or cannot.
    fn settle(&self, t: &mut [u64], p: &mut [u64]) {
        for (word, owners) in self.owners.iter().enumerate() {
            let mut left = p[word] & owners;
            while left != 0 {
                let own = left & left.wrapping_neg();
                left ^= own;
                let slot = word * 64 + own.trailing_zeros() as usize;
                let (mut sure, mut possible) = (true, true);
                for group in &self.all[self.first[slot] as usize..self.first[slot + 1] as usize] {
                    sure &= any(t, group);
                    possible &= any(p, group);
                }
                t[word] &= !(u64::from(!sure) * own);
                p[word] &= !(u64::from(!possible) * own);
            }
        }
    }
}

/// Whether one of the group's places is set.
#[inline(always)]
fn any(bits: &[u64], group: &Group) -> bool {
    let (word, at) = (group.place as usize / 64, group.place % 64);
    if at + group.count <= 64 {
        return bits[word] >> at << (64 - group.count) != 0;
    }
    (group.place..group.place + group.count).any(|at| bits[at as usize / 64] >> (at % 64) & 1 == 1)
}

impl<'a> Making<'a> {
    /// Puts a leaf under a place; false where one column alone does not decide it, or the place asks its set already.
    fn demand(&mut self, place: usize, part: &Tree<Ref>) -> bool {
        let Some((column, leaf, negative)) = self.simple(part) else { return false };
        if self.is_set(column) && self.demands[column].last().is_some_and(|d| d.place == place) {
            return false;
        }
        self.demands[column].push(Demand { place, leaf, negative });
        true
    }

    /// Gives each alternative a place: first place and number. None where one of them is more than demands on columns.
    fn group(&mut self, alternatives: &[&Tree<Ref>]) -> Option<(u32, u32)> {
        let mut leaves = Vec::with_capacity(alternatives.len());
        for alternative in alternatives {
            let mut parts = Vec::new();
            flatten(alternative, &mut parts);
            let parts = parts.into_iter().map(|part| self.simple(part)).collect::<Option<Vec<_>>>()?;
            let sets = parts.iter().map(|part| part.0).filter(|column| self.is_set(*column));
            if sets.clone().enumerate().any(|(n, column)| sets.clone().take(n).any(|other| other == column)) {
                return None;
            }
            leaves.push(parts);
        }
        let first = self.next_place;
        for parts in leaves {
            for (column, leaf, negative) in parts {
                self.demands[column].push(Demand { place: self.next_place, leaf, negative });
            }
            self.next_place += 1;
        }
        Some((first as u32, alternatives.len() as u32))
    }

    fn is_set(&self, column: usize) -> bool {
        matches!(self.engine.table.columns[column].data, Data::Set(_))
    }

    /// Column, leaf and whether it is negated, of a part that one column decides.
    fn simple(&self, part: &Tree<Ref>) -> Option<(usize, &'a Leaf, bool)> {
        let Tree::Leaf { leaf, negative } = part else { return None };
        match self.engine.leaves.leaf(leaf.leaf) {
            Leaf::Known { .. } | Leaf::Derived(_) => None,
            leaf => Some((leaf.column()? as usize, leaf, *negative)),
        }
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

#[inline(always)]
fn meet(left: &mut [u64], right: &[u64]) {
    left.iter_mut().zip(right).for_each(|(l, r)| *l &= r);
}
