//! Policies as officials write them: versions with clauses, items, money and cases, tried on all firms while they type,
//! and released by two people.
//!
//! Start at [`commands`], what is done with a version; [`trial`] is the answer to a keystroke. What a version says is a
//! document ([`liangu_policy::Content`]); what is in force of it is [`project`]ed onto the policy and its clauses, from
//! which everything else reads. [`frame`] is what expressions are typed against.
mod commands;
mod firms;
mod frame;
mod project;
mod trial;
mod version;
mod versions;
mod vocabulary;
mod wire;

pub(crate) use firms::Partitions;
pub(crate) use frame::Rules;
pub(crate) use version::{IN_FORCE, in_force};
pub use wire::*;

use crate::fault::Outcome;
use crate::{App, Caller, Principal};
use liangu_base::Lang;

/// Brings into force what is scheduled up to today.
pub(crate) fn release_due(app: &App) -> Outcome<()> {
    Caller::new(app, &Principal::operator(), Lang::Zh).release_due()
}

impl Caller<'_> {
    /// The language of policies at the head of the journal.
    pub(crate) fn rules(&self) -> Outcome<Rules> {
        Ok(self.app.eligibility.current(&self.app.store, self.now())?.rules.clone())
    }
}
