//! Import: a file of records is uploaded, mapped, previewed, and written in batches that can be resumed; bad rows come
//! back as a file to correct.
//!
//! An import is a document of the store ([`state::Import`]) beside its file. Until it is started nothing else is
//! written. Each batch is one commit that carries its rows and the import's new state, so that a program killed at any
//! moment goes on exactly where the last commit ended. Rows are written in the name, within the scope and with the
//! rights of the account that uploaded them, looked up anew when the work goes on.
//!
//! | module | what |
//! |---|---|
//! | [`state`] | what is kept and shown of an import |
//! | `upload` | a file comes in, its sheets and head are looked at, a mapping is proposed |
//! | `heads`, `cell` | what a column's head and a cell mean |
//! | `reading`, `existing`, `decide` | a row as values; the record it is about; what is to be done |
//! | `preview` | the first rows as they will be read, problems by column |
//! | `run` | batches, resuming, cancelling |
//! | `bad` | rows that were not taken, as a workbook |
mod bad;
mod cell;
mod decide;
mod existing;
mod heads;
mod preview;
mod reading;
mod run;
pub mod state;
mod upload;

pub use preview::{FieldOffer, Preview, PreviewCell, PreviewColumn, PreviewRow};
pub use state::{ColumnPlan, Existing, ImportView, Imports, MoneyUnit, Plan, Progress, Stage};

use crate::fault::{Fault, FieldFault};
use crate::signal::Signal;
pub use liangu_workbook::Limits;
use liangu_workbook::Unreadable;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// Rows of a batch: one commit.
pub const BATCH: usize = 1000;

/// What the running program knows of imports: their limits, and that there is work.
#[derive(Default)]
pub struct Exchange {
    limits: RwLock<Limits>,
    signal: Signal,
    /// One import is worked on at a time.
    working: Mutex<()>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Exchange {
    pub fn limits(&self) -> Limits {
        *self.limits.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set_limits(&self, limits: Limits) {
        *self.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
    }

    /// Somebody started an import, or the program is to stop.
    pub fn signal(&self) -> &Signal {
        &self.signal
    }
}

impl From<Unreadable> for Fault {
    fn from(error: Unreadable) -> Fault {
        Fault::Invalid(vec![FieldFault::new("file", error.code, error.text)])
    }
}
