//! The life of a contest: open until an officer upholds or rejects it, and then for good.
use liangu_base::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Open,
    Upheld,
    Rejected,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Uphold,
    Reject,
}

impl Standing {
    /// As the list `contest_state` writes it.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Upheld => "upheld",
            Standing::Rejected => "rejected",
        }
    }

    pub fn read(name: &str) -> Option<Standing> {
        [Standing::Open, Standing::Upheld, Standing::Rejected].into_iter().find(|standing| standing.name() == name)
    }

    /// # Errors
    /// Why a contest that stands like this cannot be decided.
    pub fn decided(self, decision: Decision) -> Result<Standing, Text> {
        match (self, decision) {
            (Standing::Open, Decision::Uphold) => Ok(Standing::Upheld),
            (Standing::Open, Decision::Reject) => Ok(Standing::Rejected),
            (Standing::Upheld, _) => Err(Text::fixed("这项异议已处理：已更正。", "This contest is decided: the fact was corrected.")),
            (Standing::Rejected, _) => Err(Text::fixed(
                "这项异议已处理：维持原值。企业有新的理由可以重新提出。",
                "This contest is decided: the value stands. The firm may raise it anew with new reasons.",
            )),
        }
    }
}

impl Decision {
    pub fn read(name: &str) -> Option<Decision> {
        match name {
            "uphold" => Some(Decision::Uphold),
            "reject" => Some(Decision::Reject),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, Standing};

    #[test]
    fn a_contest_is_decided_once() {
        for (decision, after) in [(Decision::Uphold, Standing::Upheld), (Decision::Reject, Standing::Rejected)] {
            assert_eq!(Standing::Open.decided(decision), Ok(after));
            assert!(after.decided(Decision::Uphold).is_err() && after.decided(Decision::Reject).is_err());
            assert_eq!(Standing::read(after.name()), Some(after));
        }
    }
}
