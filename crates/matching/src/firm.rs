//! One row against all policies: answers, what-if, near misses, and the questions worth asking.
use crate::bits;
use crate::column::Stored;
use crate::derived::Derived;
use crate::engine::{Engine, Policy, PolicyKey};
use crate::index::Answered;
use crate::lower::Leaf;
use crate::program::Ref;
use crate::settle;
use crate::table::{Cell, FactKey, TableError};
use crate::tree::{self, NO, State, UNKNOWN, YES, answer_of, state_of};
use crate::view::{Override, RowView};
use liangu_expr::value::Answer;
use std::collections::BTreeMap;

/// A policy and the clause that keeps a row from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    pub policy: PolicyKey,
    /// Which of the top-level conjuncts, in source order.
    pub clause: usize,
}

/// An unknown fact and what its answer decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub fact: FactKey,
    /// Policies, now unknown, that some answer to this question alone makes yes or no.
    pub policies: Vec<PolicyKey>,
    /// Sum of their money, cut at the greatest number.
    pub money: i64,
    /// Policies whose unknown answer rests on this fact, the ones above and those that need further answers.
    pub open: Vec<PolicyKey>,
}

/// The answers of all policies for one row, in the order of [`Engine::policies`].
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// By slot: true, possible, and whether there is a policy.
    t: Vec<u64>,
    p: Vec<u64>,
    used: Vec<u64>,
}

impl Answers {
    pub fn iter(&self) -> impl Iterator<Item = Answer> + '_ {
        let slots = bits::places(&self.used);
        slots.map(|slot| answer_of(self.state(slot)))
    }

    pub fn to_vec(&self) -> Vec<Answer> {
        self.iter().collect()
    }

    fn state(&self, slot: usize) -> State {
        let bit = |bits: &[u64]| (bits[slot / 64] >> (slot % 64) & 1) as u8;
        bit(&self.t) | bit(&self.p) << 1
    }
}

impl Engine {
    /// The answers of all policies for a row. All no for a removed row.
    pub fn firm(&self, row: usize) -> Answers {
        self.answers(&RowView::new(&self.table, row))
    }

    /// As [`Engine::firm`] with some facts replaced, later ones winning; the table stays as it is.
    ///
    /// # Errors
    /// As [`crate::table::Table::set`].
    pub fn firm_what_if(&self, row: usize, facts: &[(FactKey, Cell<'_>)]) -> Result<Answers, TableError> {
        let overrides = self.overrides(row, facts)?;
        let view = RowView { table: &self.table, row, overrides: &overrides };
        Ok(self.answers(&view))
    }

    /// The clause that alone keeps the row from the policy, if it is one step away.
    pub fn near(&self, row: usize, policy: PolicyKey) -> Option<usize> {
        if !self.table.is_live(row) {
            return None;
        }
        let view = RowView::new(&self.table, row);
        let values = self.values(&view);
        near(self.policy_of(policy)?, &|leaf| self.leaf_state(leaf.leaf, &values, &view))
    }

    /// All policies that are one step away for the row, some facts replaced: the answer is no, all clauses but one are yes,
    /// and that one is no.
    ///
    /// # Errors
    /// As [`crate::table::Table::set`].
    pub fn near_all(&self, row: usize, facts: &[(FactKey, Cell<'_>)]) -> Result<Vec<Near>, TableError> {
        let overrides = self.overrides(row, facts)?;
        if !self.table.is_live(row) {
            return Ok(Vec::new());
        }
        let view = RowView { table: &self.table, row, overrides: &overrides };
        let values = self.values(&view);
        let mut nearly = self.index.nearly(&values);
        nearly.resize(self.slots.len().div_ceil(64), 0);
        self.stale.iter().for_each(|slot| nearly[slot / 64] |= 1 << (slot % 64));
        let policies =
            self.slots.iter().enumerate().filter(|(slot, _)| nearly[slot / 64] >> (slot % 64) & 1 == 1).filter_map(|(_, p)| p.as_ref());
        let state = |leaf: Ref| self.leaf_state(leaf.leaf, &values, &view);
        Ok(policies.filter_map(|p| near(p, &state).map(|clause| Near { policy: p.key, clause })).collect())
    }

    /// The policies that a row does not fit, each with the first of its clauses that says no.
    pub fn failing(&self, row: usize) -> Vec<Near> {
        if !self.table.is_live(row) {
            return Vec::new();
        }
        let view = RowView::new(&self.table, row);
        let (values, answers) = (self.values(&view), self.answers(&view));
        let state = |leaf: Ref| self.leaf_state(leaf.leaf, &values, &view);
        let policies = bits::places(&answers.used).filter(|slot| answers.state(*slot) == NO).filter_map(|slot| self.slots[slot].as_ref());
        let failing = |policy: &Policy| policy.clauses.iter().position(|clause| clause.state(&state) == NO);
        policies.filter_map(|policy| failing(policy).map(|clause| Near { policy: policy.key, clause })).collect()
    }

    /// The unknown facts of a row, some replaced, whose answers decide policies, the most money first; `money` gives
    /// the amount of a policy, an unknown one at its cap.
    ///
    /// # Errors
    /// As [`crate::table::Table::set`].
    pub fn questions(
        &self,
        row: usize,
        facts: &[(FactKey, Cell<'_>)],
        money: impl Fn(PolicyKey) -> i64,
    ) -> Result<Vec<Question>, TableError> {
        let overrides = self.overrides(row, facts)?;
        let view = RowView { table: &self.table, row, overrides: &overrides };
        let values = self.values(&view);
        let leaf_state = |leaf: Ref| self.leaf_state(leaf.leaf, &values, &view);
        let mut by_fact: BTreeMap<FactKey, Question> = BTreeMap::new();
        let answers = self.answers(&view);
        let unknown = bits::places(&answers.used).filter(|slot| answers.state(*slot) == UNKNOWN);
        for policy in unknown.filter_map(|slot| self.slots[slot].as_ref()) {
            for (fact, open) in self.candidates(policy, &view, &leaf_state) {
                let settles = settle::settles(&policy.clauses, fact, self, &view, &leaf_state);
                if !open && !settles {
                    continue;
                }
                let question = by_fact.entry(fact).or_insert_with(|| Question { fact, policies: Vec::new(), money: 0, open: Vec::new() });
                question.open.push(policy.key);
                if settles {
                    question.policies.push(policy.key);
                    question.money = question.money.saturating_add(money(policy.key));
                }
            }
        }
        let open_money = |q: &Question| q.open.iter().fold(0i64, |sum, &key| sum.saturating_add(money(key)));
        let mut questions: Vec<(i64, Question)> = by_fact.into_values().map(|q| (open_money(&q), q)).collect();
        questions.sort_by(|(open_a, a), (open_b, b)| {
            (b.money, open_b, b.policies.len(), a.fact).cmp(&(a.money, open_a, a.policies.len(), b.fact))
        });
        Ok(questions.into_iter().map(|(_, q)| q).collect())
    }

    /// Unknown facts whose answer may decide an unknown policy, ascending, and whether its unknown answer rests on
    /// them; it does not where the rule only asks whether the fact is on file.
    fn candidates(&self, policy: &Policy, view: &RowView<'_>, leaf_state: &impl Fn(Ref) -> State) -> BTreeMap<FactKey, bool> {
        let mut facts = BTreeMap::new();
        for clause in &policy.clauses {
            clause.each_leaf(&mut |r| {
                if let Leaf::Known { .. } = self.leaves.leaf(r.leaf) {
                    self.missing(r.leaf, view).into_iter().for_each(|f| {
                        facts.entry(f).or_insert(false);
                    });
                }
            });
            clause.each_open_leaf(leaf_state, &mut |leaf| facts.extend(self.missing(leaf, view).into_iter().map(|f| (f, true))));
        }
        facts
    }

    /// Unknown facts that a leaf reads, ascending.
    pub(crate) fn missing(&self, leaf: u32, view: &RowView<'_>) -> Vec<FactKey> {
        let keys = self.table.facts();
        let unknown = |f: &&FactKey| self.table.place(**f).is_some_and(|p| !view.is_known(p));
        let of = |derived: &Derived| derived.reads.facts.iter().filter(unknown).copied().collect();
        match self.leaves.leaf(leaf) {
            Leaf::Derived(derived) => of(derived),
            simple => match simple.column() {
                Some(column) if column as usize >= keys.len() => of(&self.formulas.all[column as usize - keys.len()]),
                Some(column) => keys.get(column as usize).filter(|f| unknown(f)).copied().into_iter().collect(),
                None => Vec::new(),
            },
        }
    }

    fn overrides(&self, row: usize, facts: &[(FactKey, Cell<'_>)]) -> Result<Vec<Override>, TableError> {
        if row >= self.table.len() {
            return Err(TableError::NoRow { row });
        }
        facts.iter().map(|&(key, cell)| Override::new(&self.table, key, cell)).collect()
    }

    fn answers(&self, view: &RowView<'_>) -> Answers {
        let used = self.used.clone();
        if !self.table.is_live(view.row) {
            return Answers { t: vec![0; used.len()], p: vec![0; used.len()], used };
        }
        let values = self.values(view);
        let state = |leaf: Ref| self.leaf_state(leaf.leaf, &values, view);
        let Answered { mut t, mut p } = self.index.answer(&values, state);
        t.resize(used.len(), 0);
        p.resize(used.len(), 0);
        for &slot in &self.stale {
            if let Some(policy) = &self.slots[slot] {
                let state = tree::all(&policy.clauses, &state);
                let put = |bits: &mut [u64], on: u8| bits[slot / 64] = bits[slot / 64] & !(1 << (slot % 64)) | u64::from(on) << (slot % 64);
                put(&mut t, state & 1);
                put(&mut p, state >> 1);
            }
        }
        Answers { t, p, used }
    }

    fn values(&self, view: &RowView<'_>) -> Vec<Stored> {
        (0..self.table.columns.len()).map(|column| self.stored(column, view)).collect()
    }

    /// The value of a column for the row, formulas of replaced facts evaluated again.
    fn stored(&self, column: usize, view: &RowView<'_>) -> Stored {
        match column.checked_sub(self.table.facts().len()) {
            Some(formula) if self.reads_replaced(&self.formulas.all[formula], view) => {
                self.formulas.all[formula].number(view, &self.context)
            }
            _ => view.stored(column),
        }
    }

    fn reads_replaced(&self, derived: &Derived, view: &RowView<'_>) -> bool {
        view.overrides.iter().any(|o| derived.reads.facts.contains(&self.table.facts()[o.column]))
    }

    /// The state of one leaf, `values` being those of the columns.
    fn leaf_state(&self, number: u32, values: &[Stored], view: &RowView<'_>) -> State {
        let sure = |yes: bool| if yes { YES } else { NO };
        let leaf = self.leaves.leaf(number);
        let value = leaf.column().and_then(|c| values.get(c as usize)).unwrap_or(&Stored::Unknown);
        match (leaf, value) {
            (Leaf::Derived(_), _) => match self.leaves.cached_at(number) {
                Some(cached) if !self.reads_replaced(&cached.leaf, view) => match (cached.known.get(view.row), cached.t.get(view.row)) {
                    (true, yes) => sure(yes),
                    (false, _) => UNKNOWN,
                },
                Some(cached) => state_of(cached.leaf.answer(view, &self.context)),
                None => UNKNOWN,
            },
            (Leaf::Known { .. }, value) => sure(*value != Stored::Unknown),
            (Leaf::AtLeast { cut, .. }, Stored::Int(v)) => sure(v >= cut),
            (Leaf::Flag { .. }, Stored::Bool(v)) => sure(*v),
            (Leaf::AnyOf { codes, .. }, Stored::Code(code)) => sure(codes.binary_search(code).is_ok()),
            (Leaf::AnyOf { codes, .. }, Stored::Set(held)) => sure(held.iter().any(|code| codes.binary_search(code).is_ok())),
            _ => UNKNOWN,
        }
    }
}

fn near(policy: &Policy, leaf_state: &impl Fn(Ref) -> State) -> Option<usize> {
    let mut found = None;
    for (i, clause) in policy.clauses.iter().enumerate() {
        match clause.state(leaf_state) {
            YES => {}
            NO if found.is_none() => found = Some(i),
            _ => return None,
        }
    }
    found
}
