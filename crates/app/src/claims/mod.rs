//! Claims: from match to a grant that can be decided again years later.
//!
//! A firm begins a claim ([`start`]), fills it in ([`edit`]) and hands it in: what it rests on is frozen ([`basing`]) and
//! never looked up again. Officers judge what only a person can, reviewers decide; every command goes through the flow,
//! whose consequences for money, documents and objections stand in [`effects`]. [`view`] is the whole file, [`public`]
//! the public notice, [`replay`] the decision made again.
//!
//! Invariants: one claim of a firm on a policy in a year holds the slot; money is promised only together with the
//! budget's row ([`budget`]) and under the firm's lock ([`grants`]); a decision's record names the digests of its basis
//! and its file.
mod again;
mod basing;
pub mod budget;
mod decide;
mod edit;
mod effects;
mod file;
mod frozen_firm;
mod frozen_view;
mod grants;
mod judges;
mod public;
mod replay;
mod start;
mod values;
mod view;
mod wire;

pub(crate) use basing::Basing;
pub(crate) use edit::may_attach;
pub(crate) use effects::{on_command, on_fired, on_offer};
pub(crate) use file::{basis as basis_of, basis_put, decision_put, file as file_of, file_put, judgements as judgements_of};
pub(crate) use grants::{firm_lock, grants_of, policy_name};
pub(crate) use judges::Judges;
pub use replay::{ReplayTotals, Replayed, replay, replay_all};
pub(crate) use start::{Award, NewRow, new_claim_values, slot};
pub use wire::*;

use crate::fault::{Fault, Outcome};
use liangu_base::Id;
use liangu_store::{Item, Values};

pub(crate) const CLAIM: &str = "claim";
pub(crate) const MATERIAL: &str = "claim_material";
pub(crate) const OBJECTION: &str = "objection";
pub(crate) const BUDGET: &str = "budget";

/// States in which money is promised and not paid.
pub(crate) const PROMISED: [&str; 5] = ["consenting", "notice", "objected", "payable", "paying"];

/// A claim's row as most functions need it.
pub(crate) struct Claim<'i> {
    pub id: Id,
    pub policy: Id,
    pub firm: Id,
    pub values: &'i Values,
}

impl<'i> Claim<'i> {
    pub fn of(item: &'i Item) -> Outcome<Claim<'i>> {
        let wanted = |field: &str| {
            values::reference(&item.values, field).ok_or_else(|| Fault::Internal(format!("claim {} has no {field}", item.id)))
        };
        let (policy, firm) = (wanted("policy")?, wanted("enterprise")?);
        Ok(Claim { id: item.id, policy, firm, values: &item.values })
    }

    pub fn state(&self) -> &'i str {
        values::text(self.values, "state").unwrap_or_default()
    }

    /// Whether its facts are those of the day: they are frozen when it is handed in.
    pub fn is_open_to_the_firm(&self) -> bool {
        ["draft", "correcting"].contains(&self.state())
    }
}
