//! After the firm's cap: what the firm already got this year, and what it got of other policies.
use crate::content::{How, Money};
use crate::frame::Frame;
use liangu_base::{Date, Lang, Text};
use serde::{Deserialize, Serialize};

/// Money a firm got of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// Document number or title, as [`crate::content::Against::policy`] names it.
    pub policy: String,
    pub paid_on: Date,
    /// Fen.
    pub amount: i64,
}

/// Why an amount became less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The rest of what one firm can get in a year; fen.
    YearCap { left: i64 },
    /// The other policy and what was deducted; fen.
    Deducted { policy: String, by: i64 },
    /// A percentage of the other's award replaces the amount; fen.
    TopUp { policy: String, amount: i64 },
    /// Paid by the other policy already, which excludes this one.
    Excluded { policy: String },
    /// Only the difference to the other's higher or lower award; fen.
    Difference { policy: String, other: i64 },
    /// Below the least that is paid; fen.
    BelowFloor { floor: i64 },
    /// Rounded down to a multiple; fen.
    Rounded { step: i64 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Fen.
    pub amount: i64,
    pub steps: Vec<Step>,
}

/// Constants of the second half, in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub year_cap: Option<i64>,
    pub round_down: Option<i64>,
    pub floor: Option<i64>,
}

impl Limits {
    /// Those of a document that do not depend on the firm.
    pub fn of(money: &Money, frame: &Frame) -> Limits {
        let constant = |text: &Option<String>| super::constant(text.as_deref()?, frame);
        Limits { year_cap: constant(&money.year_cap), round_down: constant(&money.round_down), floor: constant(&money.floor) }
    }
}

impl Step {
    /// The step in words; `said` says an amount.
    pub fn words(&self, said: impl Fn(i64) -> Text) -> Text {
        let amount = |fen: i64| {
            let text = said(fen);
            (text.zh.to_string(), text.get(Lang::En).to_owned())
        };
        match self {
            Step::YearCap { left } => {
                let (zh, en) = amount(*left);
                Text::new(format!("今年上限还剩 {zh}"), format!("{en} of this year's limit are left"))
            }
            Step::Deducted { policy, by } => {
                let (zh, en) = amount(*by);
                Text::new(format!("扣除《{policy}》已兑现的 {zh}"), format!("less {en} paid by \"{policy}\""))
            }
            Step::TopUp { policy, amount: fen } => {
                let (zh, en) = amount(*fen);
                Text::new(format!("按《{policy}》已兑现金额配套，得 {zh}"), format!("{en} on top of \"{policy}\""))
            }
            Step::Excluded { policy } => Text::new(format!("已享受《{policy}》，不再享受"), format!("excluded by \"{policy}\"")),
            Step::Difference { policy, other } => {
                let (zh, en) = amount(*other);
                Text::new(format!("《{policy}》已兑现 {zh}，只补差额"), format!("\"{policy}\" paid {en}; only the difference is paid"))
            }
            Step::BelowFloor { floor } => {
                let (zh, en) = amount(*floor);
                Text::new(format!("不足 {zh}，不予兑现"), format!("below {en}, nothing is paid"))
            }
            Step::Rounded { step } => {
                let (zh, en) = amount(*step);
                Text::new(format!("按 {zh} 取整"), format!("rounded down to multiples of {en}"))
            }
        }
    }
}

/// Settles an amount (fen, at most the firm's cap) of the policy `own` for a payment on `day` against past awards.
pub fn settle(amount: i64, own: &[&str], day: Date, awards: &[Award], money: &Money, limits: Limits) -> Settled {
    let mut settled = Settled { amount: amount.max(0), steps: Vec::new() };
    if let Some(cap) = limits.year_cap {
        let is_own = |award: &&Award| own.contains(&award.policy.as_str()) && award.paid_on.year() == day.year();
        let got: i64 = awards.iter().filter(is_own).map(|award| award.amount).fold(0, i64::saturating_add);
        let left = cap.saturating_sub(got).max(0);
        if settled.amount > left {
            settled.amount = left;
            settled.steps.push(Step::YearCap { left });
        }
    }
    for against in &money.against {
        let other = awards.iter().filter(|award| award.policy == against.policy).map(|award| award.amount).fold(0, i64::saturating_add);
        if other == 0 {
            continue;
        }
        let policy = against.policy.clone();
        match against.how {
            How::Exclusive => {
                settled.amount = 0;
                settled.steps.push(Step::Excluded { policy });
            }
            How::TopUp => {
                let part = i64::try_from(i128::from(other) * i128::from(against.percent.unwrap_or(0)) / 10_000).unwrap_or(i64::MAX);
                settled.amount = settled.amount.min(part);
                settled.steps.push(Step::TopUp { policy, amount: settled.amount });
            }
            How::Higher => {
                settled.amount = settled.amount.saturating_sub(other).max(0);
                settled.steps.push(Step::Difference { policy, other });
            }
            How::Deduct => {
                let by = other.min(settled.amount);
                settled.amount -= by;
                settled.steps.push(Step::Deducted { policy, by });
            }
        }
    }
    finish(settled, limits)
}

/// Rounding, then the floor: the last steps, after the pool where there is one.
pub fn finish(mut settled: Settled, limits: Limits) -> Settled {
    if let Some(step) = limits.round_down.filter(|step| *step > 0)
        && settled.amount % step != 0
    {
        settled.amount -= settled.amount % step;
        settled.steps.push(Step::Rounded { step });
    }
    if let Some(floor) = limits.floor
        && settled.amount > 0
        && settled.amount < floor
    {
        settled.amount = 0;
        settled.steps.push(Step::BelowFloor { floor });
    }
    settled
}
