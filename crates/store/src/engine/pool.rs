//! Idle connections, up to a limit. Whoever finds none waits for a while and is then told that the store is busy.
use super::{Access, Conn};
use crate::error::StoreError;
use std::ops::{Deref, DerefMut};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

const WAIT: Duration = Duration::from_secs(5);

type Open = Box<dyn Fn() -> Result<Conn, StoreError> + Send + Sync>;

pub struct Pool {
    open: Open,
    limit: usize,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Conn>,
    given: usize,
}

/// A connection that goes back when it is dropped; an open transaction is rolled back first.
pub struct Lent<'a> {
    pool: &'a Pool,
    conn: Option<Conn>,
}

impl Pool {
    pub fn new(limit: usize, open: impl Fn() -> Result<Conn, StoreError> + Send + Sync + 'static) -> Pool {
        Pool { open: Box::new(open), limit, state: Mutex::default(), freed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    pub fn lend(&self) -> Result<Lent<'_>, StoreError> {
        let until = Instant::now() + WAIT;
        let mut state = self.state();
        while state.given >= self.limit {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(StoreError::Busy);
            }
            state = self.freed.wait_timeout(state, left).unwrap_or_else(|broken| broken.into_inner()).0;
        }
        state.given += 1;
        let idle = state.idle.pop();
        drop(state);
        match idle.map_or_else(|| (self.open)(), Ok) {
            Ok(conn) => Ok(Lent { pool: self, conn: Some(conn) }),
            Err(error) => {
                self.give_back(None);
                Err(error)
            }
        }
    }

    /// A connection with an open transaction. Idle connections that the server has closed meanwhile are passed over.
    pub fn begin(&self, access: Access) -> Result<Lent<'_>, StoreError> {
        for _ in 0..self.limit {
            let mut conn = self.lend()?;
            match conn.begin(access) {
                Err(_) if conn.is_broken() => {}
                Err(error) => return Err(error),
                Ok(()) => return Ok(conn),
            }
        }
        let mut conn = self.lend()?;
        conn.begin(access)?;
        Ok(conn)
    }

    fn give_back(&self, conn: Option<Conn>) {
        let mut state = self.state();
        state.given -= 1;
        state.idle.extend(conn);
        drop(state);
        self.freed.notify_one();
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut conn = self.conn.take();
        if let Some(c) = &mut conn {
            c.rollback();
        }
        self.pool.give_back(conn.filter(|c| !c.is_broken()));
    }
}

impl Deref for Lent<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        self.conn.as_ref().expect("a lent connection is there until it is dropped")
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn.as_mut().expect("a lent connection is there until it is dropped")
    }
}
