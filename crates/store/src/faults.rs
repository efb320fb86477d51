//! Planted failures: the n-th statement of a store fails, for tests that walk n through a whole operation.
//!
//! Each store has its own counter, shared by its connections. It is off (0) unless a test sets it.
use crate::error::StoreError;
use std::sync::atomic::{AtomicI64, Ordering};

#[derive(Debug, Default)]
pub struct Faults {
    left: AtomicI64,
}

impl Faults {
    /// The `n`-th statement from now fails, once; 0 turns it off.
    pub fn fail_at(&self, n: i64) {
        self.left.store(n, Ordering::SeqCst);
    }

    /// Whether the planted failure has not happened yet.
    pub fn is_armed(&self) -> bool {
        self.left.load(Ordering::SeqCst) > 0
    }

    pub(crate) fn check(&self) -> Result<(), StoreError> {
        if self.left.load(Ordering::Relaxed) > 0 && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            return Err(StoreError::Unavailable("planted failure".into()));
        }
        Ok(())
    }
}
