//! After the firm's cap: what the firm already got this year, and what it got of other policies.
use crate::content::{How, Money};
use liangu_base::Date;

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
#[derive(Clone, Debug, PartialEq, Eq)]
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
