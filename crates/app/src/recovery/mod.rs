//! After payment: facts that change later are held against what a paid claim rests on, and money that was not due comes
//! back.
//!
//! [`watch`] follows the journal of firms; [`compare`] says what of a claim's frozen facts is contradicted and what would
//! be due by the facts as they are known now; [`effects`] is what a recovery's commands change elsewhere.
//!
//! Invariants: only what is said about the same time contradicts: a yearly fact of the same year, any other fact as of a
//! day not after the one the claim was judged by; a claim has at most one open recovery, and one cause opens one, once;
//! the firm is asked by an officer, never by the program.
mod compare;
mod effects;
mod view;
mod watch;

pub(crate) use effects::on_command;
pub use view::{RecoveryChange, RecoveryView};
pub(crate) use watch::watch;

pub(crate) const RECOVERY: &str = "recovery";
/// Years after payment in which a claim is watched.
const YEARS: i32 = 3;
/// What contradicts a claim, under the recovery's id.
const CHANGES: &str = "recovery_changes";
