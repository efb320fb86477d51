//! What an award run gives whom: every firm that fits, before any of them has asked.
//!
//! The order is that of [`crate::amount`]: what one firm gets up to its cap comes in, the year's cap and other
//! policies' awards follow, then the pool over all, then rounding and floor. Exact in fen, and a function of the list
//! alone: the same candidates in the same order give the same plan.
//!
//! Invariants: no line is negative or above what the firm would get by itself; a line has money or a reason, never both;
//! the lines of a pool never exceed its budget, nor their number its quota; the totals are the sums of the lines.
use crate::amount::pool::{Asking, divide};
use crate::amount::settle::{Limits, Settled, Step, finish, settle};
use crate::amount::{Award, constant};
use crate::content::{Content, Cut, Money};
use crate::frame::Frame;
use liangu_base::{Date, Lang, Text};
use liangu_expr::value::Answer;

/// A firm as it was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub answer: Answer,
    /// Fen, up to the firm's cap; none while it or a limit cannot be computed.
    pub capped: Option<i64>,
    /// Year's cap, rounding and floor, which may depend on the firm.
    pub limits: Limits,
    /// What a pool ranks by; unknown comes last.
    pub rank: Option<i64>,
    /// Money of any policy and year that the firm got or has been promised.
    pub awards: Vec<Award>,
    /// It has a claim on this policy for the period already.
    pub claimed: bool,
}

/// The second stage with its constants computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// Fen.
    pub budget: Option<i64>,
    pub quota: Option<u32>,
    pub cut: Option<Cut>,
}

/// What is the same for every firm of a run.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Number and title under which awards of this policy are on file.
    pub own: &'a [&'a str],
    /// The day of the awards: its calendar year is the one of the year's cap.
    pub day: Date,
    pub money: &'a Money,
    pub stage: Option<Stage>,
}

/// Why a firm gets nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Its frozen facts do not fit.
    NotEligible,
    /// It fits, but its amount cannot be computed.
    Unknown,
    /// It has a claim of this policy and period.
    Claimed,
    /// Its amount is nothing by itself.
    Nothing,
    /// Another policy excludes it.
    Excluded { policy: String },
    /// What it got before leaves nothing: the year's cap, a deduction, a difference, a top-up of nothing.
    UsedUp,
    /// Its rank is beyond the quota.
    Quota,
    /// The pool was spent on firms of higher rank.
    Spent,
    /// Below the least that is paid, fen.
    BelowFloor { floor: i64 },
    /// Rounded down to nothing; multiples of fen.
    RoundedAway { step: i64 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Fen before year, other policies, pool, rounding and floor; nothing where unknown.
    pub full: Option<i64>,
    /// Fen.
    pub amount: i64,
    /// What made it less than [`Line::full`], in order.
    pub steps: Vec<Step>,
    /// The pool made it less; fen that it left.
    pub cut: Option<i64>,
    pub skipped: Option<Skip>,
}

/// A run before it is signed. Lines stand in the order of the candidates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub lines: Vec<Line>,
    /// Fen.
    pub total: i128,
    /// Lines with money.
    pub firms: usize,
}

impl Stage {
    /// The pool of a document; its rank is an expression that the caller evaluates per firm.
    pub fn of(content: &Content, frame: &Frame) -> Option<Stage> {
        let pool = content.money.pool.as_ref()?;
        let budget = pool.budget.as_deref().filter(|text| !text.trim().is_empty()).and_then(|text| constant(text, frame));
        Some(Stage { budget, quota: pool.quota, cut: pool.cut })
    }
}

/// Plans a run. Candidates come in the order of their ids: a pool breaks ties by it.
pub fn plan(candidates: &[Candidate], terms: &Terms<'_>) -> Plan {
    let mut lines: Vec<Line> = candidates.iter().map(|candidate| alone(candidate, terms)).collect();
    if let Some(stage) = terms.stage {
        pooled(&mut lines, candidates, stage);
        for (line, candidate) in lines.iter_mut().zip(candidates).filter(|(line, _)| line.skipped.is_none()) {
            let settled = finish(Settled { amount: line.amount, steps: std::mem::take(&mut line.steps) }, candidate.limits);
            (line.amount, line.steps) = (settled.amount, settled.steps);
            line.skipped = (line.amount == 0).then(|| emptied(&line.steps));
        }
    }
    let granted = lines.iter().filter(|line| line.amount > 0);
    let (firms, total) = granted.fold((0, 0), |(firms, total), line| (firms + 1, total + i128::from(line.amount)));
    Plan { lines, total, firms }
}

/// What a firm gets as if it were the only one.
fn alone(candidate: &Candidate, terms: &Terms<'_>) -> Line {
    let skipped = |full: Option<i64>, why: Skip| Line { full, amount: 0, steps: Vec::new(), cut: None, skipped: Some(why) };
    if candidate.answer != Answer::Yes {
        return skipped(None, Skip::NotEligible);
    }
    if candidate.claimed {
        return skipped(candidate.capped, Skip::Claimed);
    }
    let Some(full) = candidate.capped else { return skipped(None, Skip::Unknown) };
    if full <= 0 {
        return skipped(Some(full), Skip::Nothing);
    }
    // before a pool nothing is rounded yet
    let limits = match terms.stage {
        Some(_) => Limits { round_down: None, floor: None, ..candidate.limits },
        None => candidate.limits,
    };
    let Settled { amount, steps } = settle(full, terms.own, terms.day, &candidate.awards, terms.money, limits);
    let skipped = (amount == 0).then(|| emptied(&steps));
    Line { full: Some(full), amount, steps, cut: None, skipped }
}

fn pooled(lines: &mut [Line], candidates: &[Candidate], stage: Stage) {
    let asks = |(firm, line): (usize, &Line)| Asking { firm, amount: line.amount, rank: candidates[firm].rank };
    let asking: Vec<Asking> = lines.iter().enumerate().filter(|(_, line)| line.skipped.is_none()).map(asks).collect();
    let granted = divide(&asking, stage.budget, stage.quota, stage.cut);
    let mut place: Vec<Option<i64>> = vec![None; lines.len()];
    granted.iter().for_each(|grant| place[grant.firm] = Some(grant.amount));
    for ask in &asking {
        let line = &mut lines[ask.firm];
        let amount = place[ask.firm].unwrap_or(0);
        line.cut = (0 < amount && amount < line.amount).then_some(amount);
        line.skipped = match place[ask.firm] {
            None => Some(Skip::Quota),
            Some(0) => Some(Skip::Spent),
            Some(_) => None,
        };
        line.amount = amount;
    }
}

/// Which step left nothing: the last one.
fn emptied(steps: &[Step]) -> Skip {
    match steps.last() {
        Some(Step::BelowFloor { floor }) => Skip::BelowFloor { floor: *floor },
        Some(Step::Rounded { step }) => Skip::RoundedAway { step: *step },
        _ => match steps.iter().find(|step| matches!(step, Step::Excluded { .. })) {
            Some(Step::Excluded { policy }) => Skip::Excluded { policy: policy.clone() },
            _ => Skip::UsedUp,
        },
    }
}

impl Skip {
    /// Stable name, for lists and counts.
    pub fn code(&self) -> &'static str {
        match self {
            Skip::NotEligible => "not_eligible",
            Skip::Unknown => "unknown",
            Skip::Claimed => "claimed",
            Skip::Nothing => "nothing",
            Skip::Excluded { .. } => "excluded",
            Skip::UsedUp => "used_up",
            Skip::Quota => "quota",
            Skip::Spent => "spent",
            Skip::BelowFloor { .. } => "below_floor",
            Skip::RoundedAway { .. } => "rounded_away",
        }
    }

    /// The reason in words; `said` says an amount.
    pub fn words(&self, said: impl Fn(i64) -> Text) -> Text {
        let with = |fen: i64, zh: &dyn Fn(&str) -> String, en: &dyn Fn(&str) -> String| {
            let amount = said(fen);
            Text::new(zh(&amount.zh), en(amount.get(Lang::En)))
        };
        match self {
            Skip::NotEligible => Text::fixed("按冻结的资料不符合条件", "The frozen facts do not fit"),
            Skip::Unknown => Text::fixed("缺少资料，金额算不出", "Facts are missing for the amount"),
            Skip::Claimed => Text::fixed("本期已有这项政策的办件", "There is a claim on this policy for the period already"),
            Skip::Nothing => Text::fixed("按公式应得为零", "The amount comes to nothing"),
            Skip::Excluded { policy } => Text::new(format!("已享受《{policy}》，不再享受"), format!("Excluded by \"{policy}\"")),
            Skip::UsedUp => Text::fixed("已得资金达到上限或已抵扣完", "What the firm got before reaches the limit or uses the amount up"),
            Skip::Quota => Text::fixed("排序在名额之外", "Ranked beyond the quota"),
            Skip::Spent => Text::fixed("排序靠前的企业已用完资金", "The pool was spent on firms of higher rank"),
            Skip::BelowFloor { floor } => {
                with(*floor, &|a| format!("不足 {a}，不予兑现"), &|a| format!("Below {a}, nothing is paid"))
            }
            Skip::RoundedAway { step } => {
                with(*step, &|a| format!("按 {a} 取整后为零"), &|a| format!("Nothing is left when rounded down to multiples of {a}"))
            }
        }
    }
}
