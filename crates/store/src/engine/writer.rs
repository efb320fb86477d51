//! The one writing path.
//!
//! SQLite: one thread owns the order. It takes what is waiting, runs each piece in its own savepoint inside one
//! `BEGIN IMMEDIATE … COMMIT`, and answers after the commit: one wait for the disk serves the whole group. If the group
//! cannot be committed as a whole, each piece is run again alone, so that a full disk or a failing statement hits only
//! whom it concerns. PostgreSQL: each piece in a transaction of its own, tried again when two could not be ordered.
//! A large import takes the connection for itself ([`Writer::exclusive`]).
use super::pool::Pool;
use super::{Access, Conn};
use crate::error::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

/// Pieces committed together at most.
const GROUP: usize = 128;
/// Savepoint around each piece of a group.
const PIECE: &str = "piece";
/// Attempts when transactions of PostgreSQL collide.
const ATTEMPTS: u32 = 12;

pub enum Writer {
    Sqlite(Queue),
    Postgres(Arc<Pool>),
}

/// The thread that owns the order, and the way to it.
pub struct Queue {
    conn: Arc<Mutex<Conn>>,
    sender: Option<Mutex<Sender<Task>>>,
    thread: Option<JoinHandle<()>>,
}

/// Whoever has dropped the store may move its files or open them anew: closing the last connection removes the log by name,
/// so it must not happen later.
impl Drop for Queue {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // A panic of the thread was answered where it happened.
            let _ = thread.join();
        }
    }
}

type Outcome = Result<(), StoreError>;

/// A piece of work: it can be run again, and is told how it ended.
pub struct Task {
    work: Box<dyn FnMut(&mut Conn) -> Outcome + Send>,
    answer: Box<dyn FnOnce(Outcome) + Send>,
}

impl Writer {
    pub fn sqlite(conn: Conn) -> Writer {
        let conn = Arc::new(Mutex::new(conn));
        let (queue, waiting) = channel();
        let shared = Arc::clone(&conn);
        let thread = std::thread::Builder::new()
            .name("liangu-writer".into())
            .spawn(move || serve(&shared, &waiting))
            .expect("a thread for the writer can be started");
        Writer::Sqlite(Queue { conn, sender: Some(Mutex::new(queue)), thread: Some(thread) })
    }

    /// Runs `work` in a transaction and answers when it is on disk. `work` may run more than once.
    pub fn write<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        match self {
            Writer::Postgres(pool) => attempt(pool, work),
            Writer::Sqlite(queue) => {
                let (done, answer) = channel();
                let result = Arc::new(Mutex::new(None));
                let kept = Arc::clone(&result);
                let task = Task {
                    work: Box::new(move |conn| {
                        *lock(&kept) = Some(work(conn)?);
                        Ok(())
                    }),
                    answer: Box::new(move |outcome| {
                        let _ = done.send(outcome);
                    }),
                };
                let gone = || StoreError::Unavailable("the writer has stopped".into());
                let sender = queue.sender.as_ref().ok_or_else(gone)?;
                lock(sender).send(task).map_err(|_| gone())?;
                answer.recv().map_err(|_| gone())??;
                let value = lock(&result).take();
                value.ok_or_else(gone)
            }
        }
    }

    /// One transaction on the caller's thread; other writers wait.
    pub fn exclusive<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match self {
            Writer::Sqlite(queue) => whole(&mut lock(&queue.conn), work),
            Writer::Postgres(pool) => finish(&mut *pool.begin(Access::Write)?, work),
        }
    }

    /// The writing connection outside a transaction, for checkpoints and settings.
    pub fn bare<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match self {
            Writer::Sqlite(queue) => work(&mut lock(&queue.conn)),
            Writer::Postgres(pool) => work(&mut *pool.lend()?),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|broken| broken.into_inner())
}

fn whole<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> Result<T, StoreError> {
    conn.begin(Access::Write)?;
    finish(conn, work)
}

/// The rest of a transaction that has begun.
fn finish<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> Result<T, StoreError> {
    let outcome = guarded(conn, work).and_then(|value| conn.commit().map(|()| value));
    if outcome.is_err() {
        conn.rollback();
    }
    outcome
}

fn attempt<T>(pool: &Pool, mut work: impl FnMut(&mut Conn) -> Result<T, StoreError>) -> Result<T, StoreError> {
    let mut tries = 0;
    loop {
        let outcome = finish(&mut *pool.begin(Access::Write)?, &mut work);
        tries += 1;
        match outcome {
            Err(StoreError::Conflict) if tries < ATTEMPTS => std::thread::sleep(Duration::from_millis(u64::from(tries) * 7)),
            Err(StoreError::Conflict) => return Err(StoreError::Busy),
            other => return other,
        }
    }
}

/// A panic inside the work must not take the writer with it.
fn guarded<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_| Err(StoreError::Unavailable("the change stopped half-way and was undone".into())))
}

fn serve(conn: &Mutex<Conn>, waiting: &Receiver<Task>) {
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        let mut conn = lock(conn);
        while group.len() < GROUP
            && let Ok(next) = waiting.try_recv()
        {
            group.push(next);
        }
        match together(&mut conn, &mut group) {
            Ok(outcomes) => {
                for (task, outcome) in group.into_iter().zip(outcomes) {
                    (task.answer)(outcome);
                }
            }
            Err(_) => {
                for mut task in group {
                    let outcome = whole(&mut conn, &mut task.work);
                    (task.answer)(outcome);
                }
            }
        }
    }
}

/// The outcomes after a common commit, or an error if the group as a whole came to nothing.
fn together(conn: &mut Conn, group: &mut [Task]) -> Result<Vec<Outcome>, StoreError> {
    conn.begin(Access::Write)?;
    let outcomes = run_group(conn, group).and_then(|outcomes| conn.commit().map(|()| outcomes));
    if outcomes.is_err() {
        conn.rollback();
    }
    outcomes
}

fn run_group(conn: &mut Conn, group: &mut [Task]) -> Result<Vec<Outcome>, StoreError> {
    let mut outcomes = Vec::with_capacity(group.len());
    for task in group {
        conn.savepoint(PIECE)?;
        let outcome = guarded(conn, &mut task.work);
        match &outcome {
            Ok(()) => conn.release(PIECE)?,
            // The database may have given up the whole transaction; then the group is run piece by piece.
            Err(_) if conn.in_transaction() => conn.rollback_to(PIECE)?,
            Err(error) => return Err(error.clone()),
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}
