//! Awards without application (免申即享): every firm that fits is frozen, planned, signed by two, and granted a claim that
//! it only has to consent to.
//!
//! A run is a case (`award_run`); persons move it by the generic commands, whose work stands in `effects`: the officer
//! freezes and tries, two others sign. What takes long, freezing thousands of firms and making their claims, is done in
//! batches by `work`, each one commit with the run's progress, so that a program killed at any moment goes on exactly
//! where the last commit ended.
//!
//! Invariants: what is granted is the dry run's list to the fen, or a firm of it is named with the reason why it is not;
//! the whole sum is reserved by the commit of the second signature, with the promise to each firm, so that no other
//! award overlooks it; a firm has one claim of a policy and period (the claim's slot).
//!
//! | module | what |
//! |---|---|
//! | `run`, `files` | the row, and what is kept beside it in chunks |
//! | `ready`, `start` | whether a policy can be granted like this; a run begins |
//! | `effects` | commands of persons: freeze, dry run, signatures |
//! | `trial` | the list of a dry run, planned by [`liangu_policy::award`] |
//! | `sign` | what still has to hold when somebody signs; money reserved, firms promised |
//! | `work`, `freeze`, `grant` | batches |
//! | `drift` | what became of the frozen firms since |
//! | `view`, `lines`, `export` | what people see |
mod drift;
mod effects;
mod export;
mod files;
mod freeze;
mod grant;
mod lines;
mod promise;
mod ready;
mod run;
mod sign;
mod start;
mod trial;
mod view;
mod wire;
mod work;

pub(crate) use effects::{on_command, on_offer};
pub(crate) use promise::{decided, pending};
pub use wire::{AwardBudget, AwardLine, AwardLines, AwardOffer, AwardOffers, AwardRun, NewAwardRun, Numbered, Signature, SkipCount};

/// The record type of runs.
pub(crate) const RUN: &str = "award_run";
/// Firms of a chunk: one document, one commit.
const CHUNK: usize = 250;
