//! All policies against all rows.
//!
//! Invariant: after every call, answers are those of the present table, policies and context: a changed fact
//! re-evaluates the derived leaves that read it, a changed policy its own program, a new day the policies that look
//! at the day.
use crate::bits::Bits;
use crate::derived::Formulas;
use crate::index::Index;
use crate::leaves::Leaves;
use crate::lower::{self, Leaf, Refused};
use crate::program::{self, Ref, Step};
use crate::recent::Recent;
use crate::sweep::{CountWork, Programs, Scratch, Sweep};
use crate::table::Table;
use crate::tree::Tree;
use liangu_expr::row::Context;
use liangu_expr::typed::Typed;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The caller's number of a policy.
pub type PolicyKey = u64;

/// Changed policies that are answered one by one before the index is built again.
const MOST_STALE: usize = 64;

/// Rows for which a policy is true, and for which it is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub policy: PolicyKey,
    pub yes: u32,
    pub unknown: u32,
}

#[derive(Debug)]
pub struct Engine {
    pub(crate) table: Table,
    pub(crate) context: Context,
    pub(crate) leaves: Leaves,
    pub(crate) formulas: Formulas,
    pub(crate) threads: usize,
    pub(crate) slots: Vec<Option<Policy>>,
    /// Slots that hold a policy, as bits.
    pub(crate) used: Vec<u64>,
    by_key: HashMap<PolicyKey, usize>,
    pub(crate) programs: Programs,
    pub(crate) index: Index,
    /// Slots whose policies changed since the index was built.
    pub(crate) stale: Vec<usize>,
    pool: Mutex<Vec<Scratch>>,
    pub(crate) recent: Recent,
}

#[derive(Debug)]
pub(crate) struct Policy {
    pub key: PolicyKey,
    pub rule: Arc<Typed>,
    /// The clauses over leaves, in source order.
    pub clauses: Vec<Tree<Ref>>,
    reads_time: bool,
}

impl Engine {
    /// The engine, and the policies it refuses because they read a fact the table lacks; all others are answered.
    ///
    /// `threads` is how many may work on what is evaluated row by row, now and when policies change.
    pub fn new(
        mut table: Table,
        policies: Vec<(PolicyKey, Arc<Typed>)>,
        context: Context,
        threads: usize,
    ) -> (Engine, Vec<(PolicyKey, Refused)>) {
        policies.iter().for_each(|(_, rule)| lower::learn(rule, &mut table));
        let columns = table.columns.len();
        let mut engine = Engine {
            table,
            context,
            leaves: Leaves::new(columns),
            formulas: Formulas::default(),
            threads,
            slots: Vec::with_capacity(policies.len()),
            used: Vec::new(),
            by_key: HashMap::new(),
            programs: Programs::default(),
            index: Index::default(),
            stale: Vec::new(),
            pool: Mutex::default(),
            recent: Recent::default(),
        };
        let place = |(key, rule)| engine.place(key, rule).err().map(|refused| (key, refused));
        let refused = policies.into_iter().filter_map(place).collect();
        engine.arrange();
        (engine, refused)
    }

    pub fn table(&self) -> &Table {
        &self.table
    }

    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Keys of the policies, in the order of all results.
    pub fn policies(&self) -> impl Iterator<Item = PolicyKey> + '_ {
        self.slots.iter().flatten().map(|p| p.key)
    }

    /// The rule of a policy.
    pub fn rule(&self, key: PolicyKey) -> Option<&Arc<Typed>> {
        self.policy_of(key).map(|p| &p.rule)
    }

    /// Different leaves in use, for figures about the engine.
    pub fn leaf_count(&self) -> usize {
        self.leaves.len()
    }

    pub(crate) fn policy_of(&self, key: PolicyKey) -> Option<&Policy> {
        self.slots.get(*self.by_key.get(&key)?)?.as_ref()
    }

    /// Adds a policy, or replaces the rule of the policy of that key.
    ///
    /// # Errors
    /// If the rule reads a fact the table lacks; then nothing has changed.
    pub fn put(&mut self, key: PolicyKey, rule: Arc<Typed>) -> Result<(), Refused> {
        lower::learn(&rule, &mut self.table);
        let slot = self.place(key, rule)?;
        if let Some(policy) = &self.slots[slot] {
            self.programs.put(slot as u32, &compile(&policy.clauses));
        }
        self.stale.push(slot);
        if self.stale.len() > MOST_STALE {
            self.build_index();
        }
        Ok(())
    }

    /// Removes a policy; false if there is none of that key.
    pub fn remove(&mut self, key: PolicyKey) -> bool {
        let Some(slot) = self.by_key.remove(&key) else { return false };
        self.programs.remove(slot as u32);
        if let Some(policy) = self.slots[slot].take() {
            self.used[slot / 64] &= !(1 << (slot % 64));
            self.release(&policy.clauses);
        }
        true
    }

    /// Lowers a rule and keeps it in its slot, without its program.
    fn place(&mut self, key: PolicyKey, rule: Arc<Typed>) -> Result<usize, Refused> {
        let lowered = lower::lower(&rule, &self.table, &self.formulas, &self.context)?;
        for formula in lowered.new {
            let column = formula.column(&self.table, &self.context, self.threads);
            self.formulas.push(self.table.columns.len() as u32, formula);
            self.table.columns.push(column);
        }
        self.leaves.grow(self.table.columns.len());
        let reads_time = crate::derived::reads(&rule.root).time;
        let (leaves, table, context, threads) = (&mut self.leaves, &self.table, &self.context, self.threads);
        let mut acquire = |leaf: &Leaf| leaves.acquire(leaf, |d| d.answers(table, context, threads));
        let clauses = lowered.clauses.iter().map(|c| c.map(&mut acquire)).collect();
        let policy = Policy { key, rule, clauses, reads_time };
        let slot = *self.by_key.entry(key).or_insert(self.slots.len());
        self.used.resize(self.used.len().max(slot / 64 + 1), 0);
        self.used[slot / 64] |= 1 << (slot % 64);
        if slot == self.slots.len() {
            self.slots.push(Some(policy));
        } else if let Some(old) = self.slots[slot].replace(policy) {
            self.release(&old.clauses);
        }
        Ok(slot)
    }

    fn release(&mut self, clauses: &[Tree<Ref>]) {
        clauses.iter().for_each(|c| c.each_leaf(&mut |r| self.leaves.release(r.leaf)));
    }

    /// Compiles every policy.
    fn arrange(&mut self) {
        let live = self.slots.iter().enumerate().filter_map(|(slot, p)| p.as_ref().map(|p| (slot as u32, compile(&p.clauses))));
        self.programs = Programs::new(live);
        self.build_index();
    }

    fn build_index(&mut self) {
        self.index = Index::new(self);
        self.stale.clear();
    }

    /// The day turns or the parameters change: policies that look at time are lowered again, all derived leaves too.
    ///
    /// The columns of yearly facts count from the judged year: when that changes, the table must be built anew.
    pub fn set_context(&mut self, context: Context) {
        self.context = context;
        self.recent.forget();
        for (i, formula) in self.formulas.all.iter().enumerate() {
            let column = formula.column(&self.table, &self.context, self.threads);
            let place = self.table.facts().len() + i;
            self.table.columns[place] = column;
        }
        for (_, cached) in &mut self.leaves.derived {
            (cached.t, cached.known) = cached.leaf.answers(&self.table, &self.context, self.threads);
        }
        let timed: Vec<(PolicyKey, Arc<Typed>)> =
            self.slots.iter().flatten().filter(|p| p.reads_time).map(|p| (p.key, p.rule.clone())).collect();
        for (key, rule) in timed {
            // what could be lowered for one day can be for another: the facts are the same
            let _ = self.place(key, rule);
        }
        self.arrange();
    }

    /// Yes and unknown for every policy, in the order of [`Engine::policies`].
    pub fn counts(&self, threads: usize) -> Vec<Count> {
        self.counts_of(&self.table.live, threads)
    }

    /// As [`Engine::counts`], of the rows of a reader's scope only.
    pub fn counts_within(&self, scope: &Bits, threads: usize) -> Vec<Count> {
        self.counts_of(&self.table.live.within(scope), threads)
    }

    fn counts_of(&self, rows: &Bits, threads: usize) -> Vec<Count> {
        let sums = self.sweep(rows).run(threads, &CountWork(&self.programs));
        let mut by_slot = vec![[0u32; 2]; self.slots.len()];
        for sums in sums {
            for (span, [yes, possible]) in self.programs.order.iter().zip(sums) {
                let total = &mut by_slot[span.slot as usize];
                total[0] += yes;
                total[1] += possible;
            }
        }
        let live = self.slots.iter().zip(by_slot).filter_map(|(p, sum)| p.as_ref().map(|p| (p.key, sum)));
        live.map(|(policy, [yes, possible])| Count { policy, yes, unknown: possible - yes }).collect()
    }

    pub(crate) fn sweep<'a>(&'a self, rows: &'a Bits) -> Sweep<'a> {
        Sweep { table: &self.table, rows, leaves: &self.leaves, programs: &self.programs, pool: &self.pool }
    }
}

pub(crate) fn compile(clauses: &[Tree<Ref>]) -> Vec<Step> {
    program::compile(&Tree::And(clauses.to_vec()))
}
