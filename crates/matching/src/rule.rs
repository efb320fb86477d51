//! One rule, saved or not, against all rows: who fits, who is one step away, what an edit changes; and all pairs.
use crate::bits::{Bits, Block};
use crate::engine::{Engine, PolicyKey, compile};
use crate::leaves::Leaves;
use crate::lower::{self, Leaf, Refused};
use crate::program::{self, Inputs, Pair, Ref};
use crate::sweep::{Programs, Sweep, Work};
use crate::tree::Tree;
use crate::trial;
use liangu_expr::typed::Typed;
use pulp::Simd;
use std::sync::Mutex;

/// Rows for which a rule is true, and for which it is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    pub yes: Bits,
    pub unknown: Bits,
}

/// What replacing one rule by another changes. Ascending rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// Yes after, not yes before.
    pub gained: Vec<u32>,
    /// Yes before, not yes after.
    pub lost: Vec<u32>,
    /// Unknown after, not unknown before.
    pub now_unknown: Vec<u32>,
}

/// The rows that every policy fits, as bits: one block of rows of all policies after the other.
#[derive(Debug, Default)]
pub struct Matches {
    policies: Vec<PolicyKey>,
    bits: Vec<Block>,
}

impl Matches {
    /// Keys in the order of [`Engine::policies`].
    pub fn policies(&self) -> &[PolicyKey] {
        &self.policies
    }

    /// Rows that the policy at that position fits, ascending.
    pub fn rows(&self, position: usize) -> impl Iterator<Item = u32> + '_ {
        let blocks = self.bits.iter().skip(position).step_by(self.policies.len().max(1)).enumerate();
        blocks.flat_map(|(i, block)| block.ones().map(move |at| (i * crate::bits::ROWS + at) as u32))
    }

    /// Number of pairs.
    pub fn len(&self) -> u64 {
        self.bits.iter().map(|b| u64::from(b.count())).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The leaves and clauses of one rule by themselves, if all of them are indexed or at hand.
struct Alone {
    leaves: Leaves,
    clauses: Vec<Tree<Ref>>,
}

impl Engine {
    /// Who fits a rule that need not be saved.
    ///
    /// # Errors
    /// If the rule reads a fact the table lacks.
    pub fn policy(&self, rule: &Typed) -> Result<Fit, Refused> {
        let Some(alone) = self.alone(rule)? else {
            let (answers, live) = (self.truth(&rule.root)?, &self.table.live);
            return Ok(Fit { yes: answers.t.within(live), unknown: live.without(&answers.known) });
        };
        let bits = self.bits_of(&alone, &[compile(&alone.clauses)]);
        let unknown = |(t, p): &(Block, Block)| p.with(t, |p, t| p & !t);
        Ok(Fit {
            unknown: Bits { blocks: bits.iter().map(unknown).collect() },
            yes: Bits { blocks: bits.into_iter().map(|b| b.0).collect() },
        })
    }

    /// The rows that are one step away from a rule, with the clause that keeps them: by clause, in source order.
    ///
    /// # Errors
    /// If the rule reads a fact the table lacks.
    pub fn near_rows(&self, rule: &Typed) -> Result<Vec<Bits>, Refused> {
        let Some(alone) = self.alone(rule)? else {
            let parts = lower::clauses(rule).iter().map(|clause| self.truth(clause)).collect::<Result<Vec<_>, _>>()?;
            return Ok(trial::joined(&self.table.live, &parts).1);
        };
        let codes: Vec<_> = alone.clauses.iter().map(|c| compile(std::slice::from_ref(c))).collect();
        let mut by_clause = vec![Bits::empty(self.table.len()); codes.len()];
        let no = |p: &Block, live: &Block| live.with(p, |live, p| live & !p);
        let bits = self.bits_of(&alone, &codes);
        for (block, live) in self.table.live.blocks.iter().enumerate() {
            let bits = &bits[block * codes.len()..(block + 1) * codes.len()];
            let (mut one, mut more) = (Block::ZERO, Block::ZERO);
            for (t, _) in bits {
                let not_yes = no(t, live);
                more = more.with(&one.with(&not_yes, |a, b| a & b), |a, b| a | b);
                one = one.with(&not_yes, |a, b| a | b);
            }
            let alone = one.with(&more, |one, more| one & !more);
            for (clause, (_, p)) in bits.iter().enumerate() {
                by_clause[clause].blocks[block] = alone.with(&no(p, live), |a, b| a & b);
            }
        }
        Ok(by_clause)
    }

    /// Who gains and who loses if one rule replaces another.
    ///
    /// # Errors
    /// If a rule reads a fact the table lacks.
    pub fn impact(&self, old: &Typed, new: &Typed) -> Result<Impact, Refused> {
        let (old, new) = (self.policy(old)?, self.policy(new)?);
        let rows = |after: &Bits, before: &Bits| after.without(before).rows().collect();
        Ok(Impact { gained: rows(&new.yes, &old.yes), lost: rows(&old.yes, &new.yes), now_unknown: rows(&new.unknown, &old.unknown) })
    }

    /// All pairs that fit.
    pub fn matches(&self, threads: usize) -> Matches {
        let mut matches = Matches::default();
        self.matches_into(threads, &mut matches);
        matches
    }

    /// As [`Engine::matches`], into the memory of an earlier result: fresh memory costs more than matching.
    pub fn matches_into(&self, threads: usize, matches: &mut Matches) {
        matches.policies.clear();
        matches.policies.extend(self.policies());
        let policies = matches.policies.len();
        matches.bits.resize(policies * self.table.live.blocks.len(), Block::ZERO);
        let mut positions = vec![0usize; self.slots.len()];
        self.slots.iter().enumerate().filter(|(_, p)| p.is_some()).enumerate().for_each(|(i, (slot, _))| positions[slot] = i);
        if policies > 0 {
            let blocks = matches.bits.chunks_mut(policies).map(|chunk| Mutex::new(Some(chunk))).collect();
            self.sweep(&self.table.live).run(threads, &MatchWork { programs: &self.programs, positions, blocks });
        }
    }

    /// `None` if the rule has a formula or a derived leaf that no saved policy has: those are computed, and kept, as
    /// [`crate::recent`] does.
    fn alone(&self, rule: &Typed) -> Result<Option<Alone>, Refused> {
        let lowered = lower::lower(rule, &self.table, &self.formulas, &self.context)?;
        let (mut leaves, mut at_hand) = (Leaves::new(self.table.columns.len()), lowered.new.is_empty());
        let derived = |leaf: &Leaf| matches!(leaf, Leaf::Derived(_)) && self.leaves.cached(leaf).is_none();
        lowered.clauses.iter().for_each(|clause| clause.each_leaf(&mut |leaf| at_hand &= !derived(leaf)));
        if !at_hand {
            return Ok(None);
        }
        let known = |leaf: &Leaf| self.leaves.cached(leaf).map(|c| (c.t.clone(), c.known.clone()));
        let mut acquire = |leaf: &Leaf| leaves.acquire(leaf, |d| known(leaf).unwrap_or_else(|| d.answers(&self.table, &self.context, 1)));
        let clauses = lowered.clauses.iter().map(|c| c.map(&mut acquire)).collect();
        Ok(Some(Alone { leaves, clauses }))
    }

    /// True and possible bits of programs, block by block and in each in the order given.
    fn bits_of(&self, alone: &Alone, codes: &[Vec<program::Step>]) -> Vec<(Block, Block)> {
        let programs = Programs::new(codes.iter().enumerate().map(|(slot, code)| (slot as u32, code.clone())));
        let (table, rows, pool) = (&self.table, &self.table.live, &Mutex::default());
        let sweep = Sweep { table, rows, leaves: &alone.leaves, programs: &programs, pool };
        sweep.run(1, &BitsWork { programs: &programs, blocks: rows.blocks.len() }).pop().unwrap_or_default()
    }
}

/// Keeps the bits of few programs.
struct BitsWork<'a> {
    programs: &'a Programs,
    blocks: usize,
}

impl Work for BitsWork<'_> {
    type State = Vec<(Block, Block)>;

    fn state(&self) -> Vec<(Block, Block)> {
        vec![(Block::ZERO, Block::ZERO); self.blocks * self.programs.order.len()]
    }

    #[inline(always)]
    fn block<S: Simd, const V: usize>(
        &self,
        simd: S,
        bits: &mut Vec<(Block, Block)>,
        block: usize,
        inputs: Inputs<'_>,
        stack: &mut [Pair<S, V>],
    ) {
        let own = block * self.programs.order.len();
        for &span in &self.programs.order {
            let (t, p) = &mut bits[own + span.slot as usize];
            program::run(simd, self.programs.code(span), inputs, stack, t, p);
        }
    }
}

/// Writes the true bits of every policy into the block's part of the result.
struct MatchWork<'a, 'b> {
    programs: &'a Programs,
    /// Position of a slot in the result.
    positions: Vec<usize>,
    blocks: Vec<Mutex<Option<&'b mut [Block]>>>,
}

impl Work for MatchWork<'_, '_> {
    type State = ();

    fn state(&self) {}

    #[inline(always)]
    fn block<S: Simd, const V: usize>(&self, simd: S, _: &mut (), block: usize, inputs: Inputs<'_>, stack: &mut [Pair<S, V>]) {
        let Some(out) = self.blocks[block].lock().ok().and_then(|mut place| place.take()) else { return };
        let mut possible = Block::ZERO;
        for &span in &self.programs.order {
            let place = &mut out[self.positions[span.slot as usize]];
            program::run(simd, self.programs.code(span), inputs, stack, place, &mut possible);
        }
    }
}
