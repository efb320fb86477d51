//! Messages taken out of the outbox: one thread a target, so that one that does not answer holds up nobody else.
use super::mail::{self, Postman};
use super::state::{Ended, Parcel, State};
use super::webhooks::Hook;
use super::{MAIL, NOTICE, PAGE, STATE, put};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use liangu_base::Instant;
use liangu_store::{Commit, Message};
use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Seconds between two looks at the outbox.
const LOOK_SECONDS: u64 = 1;
/// Messages after which a target's state is written; after a crash as many may go out twice.
const BATCH: usize = 20;
/// Messages of one turn of a target.
const TURN: usize = 400;

/// What is known between two looks.
#[derive(Default)]
pub struct Outgoing {
    busy: Mutex<HashSet<String>>,
    /// Journal sequence at which nothing was left to do, and when something is to be tried again.
    idle: Mutex<Option<(i64, i64)>>,
    /// Up to here the outbox is marked as sent.
    floor: AtomicI64,
    stopped: Mutex<bool>,
    stopping: Condvar,
}

impl Outgoing {
    /// Ends [`run`], and the streams of live notices.
    pub fn stop(&self) {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stopping.notify_all();
    }

    pub fn is_stopped(&self) -> bool {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the next look; false when the program stops.
    fn wait(&self) -> bool {
        let stopped = self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.stopping.wait_timeout_while(stopped, Duration::from_secs(LOOK_SECONDS), |stopped| !*stopped);
        !*waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn take(&self, target: &str) -> bool {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).insert(target.to_owned())
    }

    fn release(&self, target: &str) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(target);
    }

    fn is_busy(&self) -> bool {
        !self.busy.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

/// Sends what is due until the program stops. Tries under way are not waited for: they are repeated after the next start.
pub fn run(app: &Arc<App>) {
    loop {
        match app.outgoing_due() {
            Ok(targets) => targets.into_iter().for_each(|target| start(app, target)),
            Err(fault) => tracing::warn!(?fault, "the outbox cannot be read; it is tried again"),
        }
        if !app.outgoing.wait() {
            return;
        }
    }
}

fn start(app: &Arc<App>, target: String) {
    if !app.outgoing.take(&target) {
        return;
    }
    let app = app.clone();
    std::thread::spawn(move || {
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| app.deliver(&target))) {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => tracing::warn!(?fault, target, "sending failed; it is tried again"),
            Err(_) => tracing::error!(target, "sending panicked; it is tried again"),
        }
        app.outgoing.release(&target);
    });
}

impl App {
    pub fn outgoing(&self) -> &Outgoing {
        &self.outgoing
    }

    /// Sends everything that is due now, each target on a thread of its own, and waits for all of them.
    ///
    /// # Errors
    /// What the store answers; what a target answers is kept with its messages.
    pub fn send_due(&self) -> Outcome<()> {
        let targets = self.outgoing_due()?;
        let done: Vec<Outcome<()>> = std::thread::scope(|scope| {
            let threads: Vec<_> = targets.iter().map(|target| scope.spawn(move || self.deliver(target))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(Fault::Internal("a sender panicked".into())))).collect()
        });
        done.into_iter().collect::<Outcome<Vec<()>>>()?;
        self.outgoing_due().map(drop)
    }

    /// Targets with something to do. Costs one read of the journal's head while nothing happens.
    fn outgoing_due(&self) -> Outcome<Vec<String>> {
        let (head, now) = (self.store.head()?, self.now());
        let idle = *self.outgoing.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.is_some_and(|(seen, next)| seen == head && now.micros() < next) {
            return Ok(Vec::new());
        }
        let mut due = Vec::new();
        let mut next = i64::MAX;
        let mut floor: Option<i64> = None;
        for target in self.targets()? {
            let (state, _) = self.target_state(&target)?;
            floor = Some(floor.map_or(state.cursor, |floor| floor.min(state.cursor)));
            next = next.min(state.next_at().unwrap_or(i64::MAX));
            let fresh = state.is_open() && !self.store.read(|reader| reader.outbox(state.cursor, 1))?.is_empty();
            if fresh || state.due(now).is_some() {
                due.push(target);
            }
        }
        self.sweep(floor, now)?;
        let quiet = due.is_empty() && !self.outgoing.is_busy();
        *self.outgoing.idle.lock().unwrap_or_else(PoisonError::into_inner) = quiet.then_some((head, next));
        Ok(due)
    }

    fn targets(&self) -> Outcome<Vec<String>> {
        let mut targets: Vec<String> = self.hooks()?.iter().filter(|hook| hook.active).map(Hook::target).collect();
        if mail::active_server(self)?.is_some() {
            targets.push(MAIL.to_owned());
        }
        Ok(targets)
    }

    /// Marks as sent what no target waits for; without a target, everything.
    fn sweep(&self, floor: Option<i64>, now: Instant) -> Outcome<()> {
        let from = self.outgoing.floor.load(Ordering::Relaxed);
        let to = match floor {
            Some(floor) => floor,
            None => self.store.read(|reader| reader.outbox(from, PAGE))?.last().map_or(from, |last| last.n),
        };
        if to > from {
            self.store.outbox_sent_through(from, to, now)?;
            self.outgoing.floor.store(to, Ordering::Relaxed);
        }
        Ok(())
    }

    /// One turn of a target: retries whose time has come, then what is new, until it fails or enough is done.
    fn deliver(&self, target: &str) -> Outcome<()> {
        let Some(mut sender) = self.sender(target)? else { return Ok(()) };
        let (mut state, mut version) = self.target_state(target)?;
        let mut since_saved = 0;
        let mut fresh: Vec<Message> = Vec::new();
        for _ in 0..TURN {
            if self.outgoing.is_stopped() {
                break;
            }
            let Some((parcel, left)) = self.next_parcel(&state, &mut fresh)? else { break };
            let ended = sender.send(&parcel, &left)?;
            state.ended(parcel, ended, self.now());
            since_saved += 1;
            if since_saved == BATCH {
                version = self.keep_state(target, &state, version)?;
                since_saved = 0;
            }
        }
        sender.close();
        if since_saved > 0 {
            self.keep_state(target, &state, version)?;
        }
        Ok(())
    }

    fn next_parcel(&self, state: &State, fresh: &mut Vec<Message>) -> Outcome<Option<(Parcel, Vec<String>)>> {
        if let Some(retry) = state.due(self.now()) {
            return Ok(Some((retry.parcel.clone(), retry.left.clone())));
        }
        if !state.is_open() {
            return Ok(None);
        }
        if fresh.is_empty() {
            *fresh = self.store.read(|reader| reader.outbox(state.cursor, PAGE))?;
            fresh.reverse();
        }
        Ok(fresh.pop().map(|Message { n, at, topic, payload }| (Parcel { n, at: at.micros(), topic, payload }, Vec::new())))
    }

    fn keep_state(&self, target: &str, state: &State, version: i64) -> Outcome<i64> {
        let value = serde_json::to_value(state).map_err(|error| Fault::Internal(format!("state of {target}: {error}")))?;
        let mut commit = Commit::new(self.now(), "outgoing.state");
        commit.documents.push(put(STATE, target, Some(value), Some(version), false));
        self.write(commit)?;
        Ok(version + 1)
    }

    fn sender(&self, target: &str) -> Outcome<Option<Sender<'_>>> {
        if target == MAIL {
            return Ok(mail::active_server(self)?.map(|(server, from)| Sender::Mail(Postman::new(self, server, from))));
        }
        Ok(self.hook(target)?.filter(|hook| hook.active).map(Sender::Web))
    }
}

enum Sender<'a> {
    Mail(Postman<'a>),
    Web(Hook),
}

impl Sender<'_> {
    fn send(&mut self, parcel: &Parcel, left: &[String]) -> Outcome<Ended> {
        match self {
            Sender::Mail(postman) if parcel.topic == NOTICE => postman.send(parcel, left),
            Sender::Web(hook) if hook.takes(&parcel.topic) => Ok(hook.send(parcel)),
            _ => Ok(Ended::Nobody),
        }
    }

    fn close(self) {
        if let Sender::Mail(postman) = self {
            postman.close();
        }
    }
}
