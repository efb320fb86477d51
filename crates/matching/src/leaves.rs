//! The distinct leaves of a set of policies, arranged by column for evaluation.
//!
//! Invariants: a leaf's number is stable while any policy uses it; numbers of unused leaves are given again. A leaf's
//! known bits are found at [`Ref::known`]: 0 is "always known", odd places are columns', even ones derived leaves'.
use crate::bits::{Bits, Block, ROWS};
use crate::column::{Column, Data};
use crate::derived::Derived;
use crate::lower::Leaf;
use crate::program::Ref;
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Debug, Default)]
pub(crate) struct Leaves {
    numbers: HashMap<Leaf, u32>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    pub columns: Vec<OfColumn>,
    /// Derived leaves by number, with their answers.
    pub derived: Vec<(u32, Cached)>,
}

#[derive(Debug)]
struct Slot {
    leaf: Leaf,
    uses: u32,
    known: u32,
}

/// The leaves of one column.
#[derive(Debug, Default)]
pub(crate) struct OfColumn {
    /// Cuts in ascending order.
    pub cuts: Vec<(i64, u32)>,
    pub lists: Lists,
    /// Code → leaves of `lists` that name it.
    pub naming: HashMap<u32, Vec<u32>>,
    pub flag: Option<u32>,
    pub known: Option<u32>,
}

/// Lists of codes one after another, so that reading all of them is one stream.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    codes: Vec<u32>,
    /// Leaf and the end of its codes.
    ends: Vec<(u32, u32)>,
}

impl Lists {
    fn push(&mut self, codes: &[u32], number: u32) {
        self.codes.extend_from_slice(codes);
        self.ends.push((number, self.codes.len() as u32));
    }

    fn remove(&mut self, number: u32) {
        let old = std::mem::take(self);
        old.iter().filter(|&(n, _)| n != number).for_each(|(n, codes)| self.push(codes, n));
    }

    #[inline(always)]
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut start = 0;
        self.ends.iter().map(move |&(number, end)| {
            let codes = &self.codes[start as usize..end as usize];
            start = end;
            (number, codes)
        })
    }
}

/// The answers of a derived leaf for all rows.
#[derive(Clone, Debug)]
pub(crate) struct Cached {
    pub leaf: Arc<Derived>,
    pub t: Bits,
    pub known: Bits,
    /// Place of the known bits.
    pub place: u32,
}

impl Leaves {
    pub fn new(columns: usize) -> Leaves {
        Leaves { columns: std::iter::repeat_with(OfColumn::default).take(columns).collect(), ..Leaves::default() }
    }

    /// Numbers given out, unused ones included.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Places of known bits.
    pub fn known_len(&self) -> usize {
        1 + 2 * self.columns.len().max(self.derived.len())
    }

    /// Makes room for that many columns.
    pub fn grow(&mut self, columns: usize) {
        self.columns.resize_with(columns, OfColumn::default);
    }

    pub fn find(&self, leaf: &Leaf) -> Option<Ref> {
        self.numbers.get(leaf).map(|&number| Ref { leaf: number, known: self.slots[number as usize].known })
    }

    /// Takes a leaf into use. `answers` is asked for the bits of a derived leaf that is new.
    pub fn acquire(&mut self, leaf: &Leaf, answers: impl FnOnce(&Derived) -> (Bits, Bits)) -> Ref {
        if let Some(found) = self.find(leaf) {
            self.slots[found.leaf as usize].uses += 1;
            return found;
        }
        let number = self.free.pop().unwrap_or(self.slots.len() as u32);
        let known = match leaf {
            Leaf::Known { .. } => 0,
            Leaf::Derived(_) => 2 + 2 * self.derived.len() as u32,
            other => 1 + 2 * other.column().unwrap_or(0),
        };
        match leaf {
            Leaf::AtLeast { column, cut } => {
                let cuts = &mut self.columns[*column as usize].cuts;
                cuts.insert(cuts.partition_point(|&(c, _)| c < *cut), (*cut, number));
            }
            Leaf::AnyOf { column, codes } => {
                let of = &mut self.columns[*column as usize];
                of.lists.push(codes, number);
                codes.iter().for_each(|&c| of.naming.entry(c).or_default().push(number));
            }
            Leaf::Flag { column } => self.columns[*column as usize].flag = Some(number),
            Leaf::Known { column } => self.columns[*column as usize].known = Some(number),
            Leaf::Derived(derived) => {
                let (t, known_bits) = answers(derived);
                self.derived.push((number, Cached { leaf: derived.clone(), t, known: known_bits, place: known }));
            }
        }
        let slot = Slot { leaf: leaf.clone(), uses: 1, known };
        match self.slots.get_mut(number as usize) {
            Some(place) => *place = slot,
            None => self.slots.push(slot),
        }
        self.numbers.insert(leaf.clone(), number);
        Ref { leaf: number, known }
    }

    /// Ends one use of a leaf. A derived leaf stays cached, since its place is part of other references.
    pub fn release(&mut self, number: u32) {
        let slot = &mut self.slots[number as usize];
        slot.uses -= 1;
        if slot.uses > 0 || matches!(slot.leaf, Leaf::Derived(_)) {
            return;
        }
        self.numbers.remove(&slot.leaf);
        self.free.push(number);
        match &slot.leaf {
            Leaf::AtLeast { column, .. } => self.columns[*column as usize].cuts.retain(|&(_, n)| n != number),
            Leaf::AnyOf { column, codes } => {
                let of = &mut self.columns[*column as usize];
                of.lists.remove(number);
                for code in codes.iter() {
                    if let Some(naming) = of.naming.get_mut(code) {
                        naming.retain(|&n| n != number);
                    }
                }
            }
            Leaf::Flag { column } => self.columns[*column as usize].flag = None,
            Leaf::Known { column } => self.columns[*column as usize].known = None,
            Leaf::Derived(_) => {}
        }
    }

    /// The answers of a derived leaf that is or was in use.
    pub fn cached(&self, leaf: &Leaf) -> Option<&Cached> {
        self.find(leaf).and_then(|found| self.cached_at(found.leaf))
    }

    pub fn cached_at(&self, number: u32) -> Option<&Cached> {
        let place = self.slots[number as usize].known;
        let (_, cached) = self.derived.get((place / 2).checked_sub(1)? as usize)?;
        (cached.place == place).then_some(cached)
    }

    pub fn leaf(&self, number: u32) -> &Leaf {
        &self.slots[number as usize].leaf
    }

    /// Fills the true and known bits of every leaf for one block.
    #[inline(always)]
    pub fn evaluate<'a, const W: usize>(
        &self,
        columns: impl Iterator<Item = &'a Column>,
        block: usize,
        leaves: &mut [Block],
        known: &mut [Block],
    ) {
        known[0] = Block::ONES;
        for (i, (of, column)) in self.columns.iter().zip(columns).enumerate() {
            if of.is_empty() {
                continue;
            }
            known[1 + 2 * i] = column.known.blocks[block];
            of.evaluate::<W>(column, block, leaves);
        }
        for (number, cached) in &self.derived {
            leaves[*number as usize] = cached.t.blocks[block];
            known[cached.place as usize] = cached.known.blocks[block];
        }
    }
}

impl OfColumn {
    pub fn is_empty(&self) -> bool {
        self.cuts.is_empty() && self.lists.ends.is_empty() && self.flag.is_none() && self.known.is_none()
    }

    #[inline(always)]
    fn evaluate<const W: usize>(&self, column: &Column, block: usize, leaves: &mut [Block]) {
        let known = &column.known.blocks[block];
        if let Some(number) = self.known {
            leaves[number as usize] = *known;
        }
        match &column.data {
            Data::Bool(bits) => {
                if let Some(number) = self.flag {
                    leaves[number as usize] = bits.blocks[block];
                }
            }
            Data::Int(n) => {
                let values = &n.values[block * ROWS..];
                let mut sweep = n.order[block].sweep(values);
                for &(cut, number) in &self.cuts {
                    leaves[number as usize] = *sweep.at_least(cut);
                }
            }
            Data::Double(_) => {}
            Data::Code(codes) if !codes.closed => {
                let values = &codes.values[block * ROWS..];
                for (number, list) in self.lists.iter() {
                    let out = &mut leaves[number as usize];
                    *out = Block::ZERO;
                    known.ones().filter(|&at| list.binary_search(&values[at]).is_ok()).for_each(|at| out.set(at));
                }
            }
            Data::Code(crate::column::Codes { inverted, .. }) | Data::Set(crate::column::Sets { inverted, .. }) => {
                let inverted = &inverted[block];
                for (number, list) in self.lists.iter() {
                    inverted.any_of::<W>(list, &mut leaves[number as usize]);
                }
            }
        }
    }
}
