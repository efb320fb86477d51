//! Payments: claims that are to be paid leave in batches that two persons sign, as a file for the bank; what the bank
//! answers is compared with what was sent and applied once.
//!
//! Start at [`draw`]; [`effects`] is what signing, handing over and cancelling change; [`answer`] compares, and decides
//! nothing that is in doubt; [`apply`] writes what is certain. [`settings`] says how the bank wants its file.
//!
//! Invariants: a payment holds its claim by a unique slot until it failed or was cancelled, and a claim that is paid has
//! left the states from which one is drawn, so none is paid twice; money moves from reserved to spent in the commit that
//! records the payment; the two signatures are of two persons, and whoever drew the batch may give the first, never the
//! second.
mod answer;
mod apply;
mod draw;
mod effects;
mod row;
mod settings;
mod view;
mod wire;

pub(crate) use effects::on_command;
pub(crate) use row::{date, int, reference, text};
pub(crate) use view::{numbered, state_label};
pub use wire::*;

use crate::Caller;
use crate::fault::{Outcome, forbidden};

pub(crate) const BATCH: &str = "payment_batch";
pub(crate) const PAYMENT: &str = "payment";
/// Role that draws batches, hands them to the bank and takes the bank's answer.
pub(crate) const FINANCE: &str = "finance";
/// Payments of a batch.
const MOST: u32 = 1000;

impl Caller<'_> {
    /// # Errors
    /// Forbidden to others than finance.
    fn may_pay(&self) -> Outcome<()> {
        if self.principal.has(FINANCE) {
            return Ok(());
        }
        Err(forbidden("finance", "拨付由财政人员办理。", "Payments are made by finance."))
    }
}
