//! Slows guessing down without letting a stranger lock a person out.
//!
//! Per account and address five failures, then waits that double from one to fifteen minutes; per account, over all
//! addresses, a wait after thirty, which an address that has signed in to the account before does not feel; per address
//! ten failures at once, one more every thirty seconds. Lives in memory and is bounded; a restart forgives.
use liangu_base::Instant;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const PER_PAIR: u32 = 5;
const PER_ACCOUNT: u32 = 30;
const PER_ADDRESS: u32 = 10;
const ADDRESS_REFILL_SECONDS: i64 = 30;
const FIRST_WAIT_SECONDS: i64 = 60;
const LONGEST_WAIT_SECONDS: i64 = 15 * 60;
/// Failures older than this no longer count.
const MEMORY_SECONDS: i64 = 15 * 60;
/// Entries of each table; beyond it the forgotten ones are swept.
const ENTRIES: usize = 100_000;

#[derive(Default)]
pub struct Throttle {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    pairs: HashMap<(String, String), Failures>,
    accounts: HashMap<String, Failures>,
    addresses: HashMap<String, Failures>,
    known: HashMap<(String, String), Instant>,
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

/// What a try may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    Allowed,
    /// Answered like a wrong password.
    Locked,
    /// The address alone is too busy; seconds to wait.
    TooMany(u64),
}

impl Throttle {
    pub fn may_try(&self, login: &str, address: &str, now: Instant) -> Try {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = pair(login, address);
        if let Some(failures) = state.addresses.get(address) {
            let left = PER_ADDRESS.saturating_sub(failures.left(now, ADDRESS_REFILL_SECONDS));
            if left == 0 {
                return Try::TooMany(ADDRESS_REFILL_SECONDS.unsigned_abs());
            }
        }
        let pair_waits = state.pairs.get(&pair).is_some_and(|failures| failures.waits(PER_PAIR, now));
        let account_waits = state.accounts.get(&pair.0).is_some_and(|failures| failures.waits(PER_ACCOUNT, now));
        if pair_waits || (account_waits && !state.known.contains_key(&pair)) {
            return Try::Locked;
        }
        Try::Allowed
    }

    pub fn failed(&self, login: &str, address: &str, now: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = pair(login, address);
        let address_count = state.addresses.get(address).map_or(0, |failures| failures.left(now, ADDRESS_REFILL_SECONDS));
        state.addresses.insert(address.to_owned(), Failures { count: address_count + 1, last: now });
        count(state.accounts.entry(pair.0.clone()).or_insert(Failures { count: 0, last: now }), now);
        count(state.pairs.entry(pair).or_insert(Failures { count: 0, last: now }), now);
        state.sweep(now);
    }

    pub fn succeeded(&self, login: &str, address: &str, now: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = pair(login, address);
        state.pairs.remove(&pair);
        state.known.insert(pair, now);
    }
}

fn pair(login: &str, address: &str) -> (String, String) {
    (login.to_lowercase(), address.to_owned())
}

fn count(failures: &mut Failures, now: Instant) {
    let forgotten = seconds(failures.last, now) > MEMORY_SECONDS;
    failures.count = if forgotten { 1 } else { failures.count.saturating_add(1) };
    failures.last = now;
}

fn seconds(earlier: Instant, later: Instant) -> i64 {
    later.micros_since(earlier) / 1_000_000
}

impl Failures {
    /// Failures left when one is forgiven every `refill` seconds.
    fn left(self, now: Instant, refill: i64) -> u32 {
        let forgiven = u32::try_from((seconds(self.last, now) / refill).max(0)).unwrap_or(u32::MAX);
        self.count.saturating_sub(forgiven)
    }

    fn waits(self, free: u32, now: Instant) -> bool {
        let Some(beyond) = self.count.checked_sub(free) else { return false };
        let wait = FIRST_WAIT_SECONDS.saturating_mul(1 << beyond.min(8)).min(LONGEST_WAIT_SECONDS);
        seconds(self.last, now) < wait
    }
}

impl State {
    fn sweep(&mut self, now: Instant) {
        let fresh = |failures: &Failures| seconds(failures.last, now) <= MEMORY_SECONDS;
        if self.pairs.len() + self.accounts.len() + self.addresses.len() > ENTRIES {
            self.pairs.retain(|_, failures| fresh(failures));
            self.accounts.retain(|_, failures| fresh(failures));
            self.addresses.retain(|_, failures| fresh(failures));
        }
        if self.known.len() > ENTRIES {
            self.known.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Throttle, Try};
    use liangu_base::Instant;

    const HOME: &str = "10.0.0.1";

    #[test]
    fn five_failures_then_growing_waits() {
        let throttle = Throttle::default();
        let at = |second: i64| Instant::from_millis(second * 1000);
        for second in 0..5 {
            assert_eq!(throttle.may_try("Wang", HOME, at(second)), Try::Allowed);
            throttle.failed("wang", HOME, at(second));
        }
        assert_eq!(throttle.may_try("WANG", HOME, at(5)), Try::Locked);
        assert_eq!(throttle.may_try("wang", HOME, at(4 + 60)), Try::Allowed);
        throttle.failed("wang", HOME, at(64));
        assert_eq!(throttle.may_try("wang", HOME, at(64 + 60)), Try::Locked);
        assert_eq!(throttle.may_try("wang", HOME, at(64 + 120)), Try::Allowed);
    }

    #[test]
    fn strangers_do_not_lock_a_known_address_out() {
        let throttle = Throttle::default();
        let now = Instant::from_millis(0);
        throttle.succeeded("wang", HOME, now);
        for stranger in 0..40 {
            throttle.failed("wang", &format!("10.0.1.{stranger}"), now);
        }
        assert_eq!(throttle.may_try("wang", HOME, now), Try::Allowed);
        assert_eq!(throttle.may_try("wang", "10.0.2.1", now), Try::Locked);
    }

    #[test]
    fn one_address_over_many_logins_runs_dry_and_refills() {
        let throttle = Throttle::default();
        let now = Instant::from_millis(0);
        for login in 0..10 {
            throttle.failed(&format!("login{login}"), HOME, now);
        }
        assert_eq!(throttle.may_try("another", HOME, now), Try::TooMany(30));
        assert_eq!(throttle.may_try("another", HOME, Instant::from_millis(30_000)), Try::Allowed);
    }
}
