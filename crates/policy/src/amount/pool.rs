//! The second stage, over all that are eligible: ranking, quota, budget.
use crate::content::Cut;

/// A firm that asks, in the order of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    pub firm: usize,
    /// Fen.
    pub amount: i64,
    /// Higher comes first; unknown comes last.
    pub rank: Option<i64>,
}

/// What of a pool a firm gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    pub firm: usize,
    /// Fen.
    pub amount: i64,
}

/// Divides a pool: the highest ranks up to the quota; over the budget (fen) every amount is cut by the same share, or,
/// without a cut, firms are served by rank while the money lasts. Never over budget; fen lost to rounding stay in it.
///
/// Ties are broken by the firm's number, so that the same pool gives the same answer.
pub fn divide(asking: &[Asking], budget: Option<i64>, quota: Option<u32>, cut: Option<Cut>) -> Vec<Granted> {
    let mut order: Vec<Asking> = asking.to_vec();
    order.sort_by_key(|a| (std::cmp::Reverse(a.rank), a.firm));
    if let Some(quota) = quota {
        order.truncate(quota as usize);
    }
    let asked: i128 = order.iter().map(|a| i128::from(a.amount.max(0))).sum();
    let budget = budget.map(|b| i128::from(b.max(0)));
    let mut left = budget.unwrap_or(asked);
    let grant = |a: &Asking| {
        let amount = i128::from(a.amount.max(0));
        let granted = match (budget, cut) {
            (Some(budget), Some(Cut::Proportional)) if asked > budget => amount * budget / asked,
            _ => amount.min(left),
        };
        left -= granted;
        Granted { firm: a.firm, amount: i64::try_from(granted).unwrap_or(i64::MAX) }
    };
    order.iter().map(grant).collect()
}

#[cfg(test)]
mod tests {
    use super::{Asking, divide};
    use crate::content::Cut;

    fn asking(list: &[(i64, Option<i64>)]) -> Vec<Asking> {
        list.iter().enumerate().map(|(firm, (amount, rank))| Asking { firm, amount: *amount, rank: *rank }).collect()
    }

    #[test]
    fn a_pool_is_ranked_then_limited_then_cut_and_never_overspent() {
        let three = asking(&[(100, Some(1)), (200, Some(9)), (300, None)]);
        let got = |budget, quota, cut| divide(&three, budget, quota, cut).iter().map(|g| (g.firm, g.amount)).collect::<Vec<_>>();
        assert_eq!(got(None, None, None), [(1, 200), (0, 100), (2, 300)]);
        assert_eq!(got(None, Some(2), None), [(1, 200), (0, 100)]);
        assert_eq!(got(Some(250), None, None), [(1, 200), (0, 50), (2, 0)]);
        assert_eq!(got(Some(100), None, Some(Cut::Proportional)), [(1, 33), (0, 16), (2, 50)]);
        assert_eq!(got(Some(1000), None, Some(Cut::Proportional)), [(1, 200), (0, 100), (2, 300)]);
        assert_eq!(got(Some(-5), None, None), [(1, 0), (0, 0), (2, 0)]);
    }
}
