//! Work that a thread of its own does: it is called when there may be some, and told when the program stops.
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[derive(Default)]
pub struct Signal {
    called: Mutex<Called>,
    changed: Condvar,
}

#[derive(Default)]
struct Called {
    work: bool,
    stop: bool,
}

impl Signal {
    fn held(&self) -> MutexGuard<'_, Called> {
        self.called.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn call(&self) {
        self.held().work = true;
        self.changed.notify_all();
    }

    /// Work under way ends with its batch; it goes on when the program starts again.
    pub fn stop(&self) {
        self.held().stop = true;
        self.changed.notify_all();
    }

    pub fn is_stopped(&self) -> bool {
        self.held().stop
    }

    /// Waits until there may be work; false when the program stops.
    pub fn wait(&self, at_most: Duration) -> bool {
        let waiting = |called: &mut Called| !called.work && !called.stop;
        let waited = self.changed.wait_timeout_while(self.held(), at_most, waiting);
        let (mut called, _) = waited.unwrap_or_else(PoisonError::into_inner);
        called.work = false;
        !called.stop
    }
}
