//! The answer to a keystroke: a rule that is being written, over all rows a reader sees.
//!
//! Start at [`Engine::trial`]. Every count is of the rows of the scope alone. The parts of the rule are answered one
//! by one and joined, so that an edit costs the part that it changed (see [`crate::recent`]).
use crate::bits::{Bits, Block};
use crate::engine::Engine;
use crate::lower::Refused;
use crate::naive;
pub use crate::partition::{GroupCount, Partition};
use crate::recent::{Answers, Column};
use crate::table::FactKey;
use liangu_expr::typed::Typed;
use liangu_expr::value::Answer;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is asked of a rule.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    /// The top-level conjuncts; without any, all rows fit.
    pub parts: &'a [Arc<Typed>],
    /// The rule that this one would replace.
    pub before: Option<&'a Typed>,
    /// The rows that count; none: all of them.
    pub scope: Option<&'a Bits>,
    /// Fen for each row that fits.
    pub amount: Option<&'a Typed>,
    pub items: &'a [ItemAsk],
    pub partitions: &'a [&'a Partition],
}

/// One of the things a rule grants.
#[derive(Clone, Debug, Default)]
pub struct ItemAsk {
    /// Whom of those that fit it is for; none: all of them.
    pub gate: Option<Arc<Typed>>,
    /// Fen.
    pub amount: Option<Arc<Typed>>,
}

/// What a rule would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    pub yes: Bits,
    pub unknown: Bits,
    /// Rows whose answer is no for one part alone, all others being yes.
    pub near: Bits,
    pub counts: Counts,
    /// None without an amount.
    pub money: Option<Money>,
    /// In the order of [`Ask::items`].
    pub items: Vec<ItemCount>,
    /// In the order of [`Ask::parts`].
    pub by_part: Vec<PartCount>,
    /// Yes now, not yes before; empty where nothing was before.
    pub gained: Bits,
    /// Yes before, not yes now.
    pub lost: Bits,
    /// In the order of [`Ask::partitions`] and of their codes.
    pub groups: Vec<Vec<GroupCount>>,
    /// Of the facts that the rule reads, the one that is not on file for most rows whose answer is unknown, and for
    /// how many.
    pub most_missing: Option<(FactKey, u32)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub yes: u32,
    pub no: u32,
    pub unknown: u32,
    /// Of those that are no.
    pub near: u32,
}

/// What the rows that fit get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// Fen.
    pub total: i128,
    /// Rows that get more than nothing.
    pub firms: u32,
    /// Rows that fit and whose amount is unknown: they are not in the total.
    pub unknown: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemCount {
    pub firms: u32,
    pub money: Option<Money>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartCount {
    pub yes: u32,
    pub no: u32,
    pub unknown: u32,
    /// Rows that this part alone keeps out.
    pub removes: u32,
}

impl Engine {
    /// What a rule would do that need not be saved.
    ///
    /// # Errors
    /// If the rule, an amount or a gate reads a fact the table lacks.
    pub fn trial(&self, ask: &Ask<'_>) -> Result<Trial, Refused> {
        let live = &self.table.live;
        let rows = ask.scope.map_or_else(|| live.clone(), |scope| live.within(scope));
        let parts = ask.parts.iter().map(|part| self.truth(&part.root)).collect::<Result<Vec<_>, _>>()?;
        let (mut trial, kept_out) = joined(&rows, &parts);
        for (count, kept_out) in trial.by_part.iter_mut().zip(&kept_out) {
            count.removes = kept_out.count() as u32;
        }
        let size = |rows: &Bits| rows.count() as u32;
        let (yes, unknown, near) = (size(&trial.yes), size(&trial.unknown), size(&trial.near));
        trial.counts = Counts { yes, unknown, near, no: size(&rows) - yes - unknown };
        if let Some(before) = ask.before {
            let before = self.truth(&before.root)?.t.within(&rows);
            (trial.gained, trial.lost) = (trial.yes.without(&before), before.without(&trial.yes));
        }
        if let Some(amount) = ask.amount {
            trial.money = Some(money(&*self.numbers(&amount.root)?, &trial.yes));
        }
        trial.items = ask.items.iter().map(|item| self.item(item, &trial.yes)).collect::<Result<_, _>>()?;
        trial.groups = ask.partitions.iter().map(|p| p.counts(&trial.yes, &trial.near, &trial.unknown)).collect();
        trial.most_missing = self.most_missing(ask.parts, &trial.unknown);
        Ok(trial)
    }

    /// The answer of a rule for one row; no for a removed one.
    pub fn row_answer(&self, rule: &Typed, row: u32) -> Answer {
        naive::answer(&self.table, row as usize, rule, &self.context)
    }

    /// The amount of each of these rows; none where it is unknown.
    ///
    /// # Errors
    /// If the amount reads a fact the table lacks.
    pub fn amounts(&self, amount: &Typed, rows: impl Iterator<Item = u32>) -> Result<Vec<Option<i64>>, Refused> {
        let column = self.numbers(&amount.root)?;
        Ok(rows.map(|row| column.get(row as usize)).collect())
    }

    fn item(&self, item: &ItemAsk, yes: &Bits) -> Result<ItemCount, Refused> {
        let gated = item.gate.as_ref().map(|gate| self.truth(&gate.root)).transpose()?.map(|gate| yes.within(&gate.t));
        let rows = gated.as_ref().unwrap_or(yes);
        let money = item.amount.as_ref().map(|amount| Ok(money(&*self.numbers(&amount.root)?, rows))).transpose()?;
        Ok(ItemCount { firms: rows.count() as u32, money })
    }

    fn most_missing(&self, parts: &[Arc<Typed>], unknown: &Bits) -> Option<(FactKey, u32)> {
        let facts: BTreeSet<FactKey> = parts.iter().flat_map(|part| crate::derived::reads(&part.root).facts).collect();
        let missing = |fact: FactKey| Some((fact, unknown.without(&self.table.columns[self.table.place(fact)?].known).count() as u32));
        let most = facts.into_iter().filter_map(missing).reduce(|most, next| if next.1 > most.1 { next } else { most });
        most.filter(|(_, rows)| *rows > 0)
    }
}

/// Joins the parts over the rows that count; beside it, for each part the rows that it alone keeps out.
pub(crate) fn joined(rows: &Bits, parts: &[Arc<Answers>]) -> (Trial, Vec<Bits>) {
    let none = || Bits { blocks: vec![Block::ZERO; rows.blocks.len()] };
    let mut trial = Trial { yes: none(), unknown: none(), near: none(), gained: none(), lost: none(), ..Trial::default() };
    trial.by_part = vec![PartCount::default(); parts.len()];
    let mut kept_out = vec![none(); parts.len()];
    for (block, rows) in rows.blocks.iter().enumerate() {
        let (mut yes, mut possible) = (*rows, *rows);
        // rows that are not yes for one part, and for more than one
        let (mut one, mut more) = (Block::ZERO, Block::ZERO);
        for (part, count) in parts.iter().zip(&mut trial.by_part) {
            let (t, may) = (&part.t.blocks[block], part.possible(block));
            yes = yes.with(t, |a, b| a & b);
            possible = possible.with(&may, |a, b| a & b);
            let not_yes = rows.with(t, |rows, t| rows & !t);
            more = more.with(&one.with(&not_yes, |a, b| a & b), |a, b| a | b);
            one = one.with(&not_yes, |a, b| a | b);
            let [in_scope, no] = [rows.count(), rows.with(&may, |rows, may| rows & !may).count()];
            let is_yes = in_scope - not_yes.count();
            count.yes += is_yes;
            count.no += no;
            count.unknown += in_scope - is_yes - no;
        }
        let alone = one.with(&more, |one, more| one & !more);
        for (part, kept_out) in parts.iter().zip(&mut kept_out) {
            let here = alone.with(&part.possible(block), |alone, may| alone & !may);
            trial.near.blocks[block] = trial.near.blocks[block].with(&here, |a, b| a | b);
            kept_out.blocks[block] = here;
        }
        trial.unknown.blocks[block] = possible.with(&yes, |possible, yes| possible & !yes);
        trial.yes.blocks[block] = yes;
    }
    (trial, kept_out)
}

fn money(amounts: &Column, rows: &Bits) -> Money {
    let mut money = Money::default();
    for row in rows.rows() {
        match amounts.get(row as usize) {
            Some(amount) => {
                money.total += i128::from(amount);
                money.firms += u32::from(amount > 0);
            }
            None => money.unknown += 1,
        }
    }
    money
}
