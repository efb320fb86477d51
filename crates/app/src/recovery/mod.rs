//! After payment: facts that change later are held against what a paid claim rests on, and money that was not due comes
//! back.
//!
//! [`watch`] follows the journal ([`changed`]); [`compare`] says what of a claim's file is contradicted and what would be
//! due by what is known now; [`effects`] is what a recovery's commands change elsewhere.
//!
//! What contradicts:
//! - a yearly fact that counts otherwise for the same year, whenever it is said;
//! - any other fact that would count otherwise if nothing had been said about days after the one on which the file was
//!   taken: a correction names such a day, what a later day says is a change and no correction;
//! - a child record of the file that was changed or taken out; records that were added do not contradict.
//!
//! It is looked for when facts or child records of the firm are written, and once more when the money is paid, since they
//! may have been written between the decision and the payment.
//!
//! Not watched: claims paid more than three years ago; facts that were not known when the file was taken, or are withdrawn
//! without another word; a correction of an undated fact that its source dates after the file was taken, which cannot be
//! told from a change; what persons judged, their materials and reasons; support from elsewhere that becomes known later;
//! a policy that is written anew. A child record bears no dates of its own words, so that one which changed in the course
//! of things opens a recovery too, where it would have changed the money: the officer who checks it says so.
//!
//! Invariants: a claim has at most one open recovery, and one cause opens one, once; the firm is asked by an officer,
//! never by the program.
mod changed;
mod compare;
mod effects;
mod view;
mod watch;

pub(crate) use effects::on_command;
pub use view::{RecoveryChange, RecoveryView};
pub(crate) use watch::watch;

use crate::eligibility::FIRM;
use liangu_model::record::{Model, Record};

pub(crate) const RECOVERY: &str = "recovery";
/// Years after payment in which a claim is watched.
const YEARS: i32 = 3;
/// What contradicts a claim, under the recovery's id.
const CHANGES: &str = "recovery_changes";

/// The record type that a firm's expressions see under this name.
fn child_record<'m>(model: &'m Model, collection: &str) -> Option<&'m Record> {
    let is_it = |record: &&Record| record.child_of.as_ref().is_some_and(|of| of.record == FIRM && of.name == collection);
    model.records.values().find(is_it)
}
