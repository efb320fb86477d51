//! Live notices: a stream of server-sent events that says how many notices the reader has not read.
//!
//! One look at the journal's head serves all listeners ([`Hub`]); a listener costs a sleeping task. An event's id is the
//! journal's sequence; whoever comes back with the last one he saw (`Last-Event-ID`) is told again only if notices moved
//! since. A listener does not keep its session alive, and its stream ends with the session.
use crate::call::{Call, Reply};
use axum::body::Body;
use axum::http::{StatusCode, header};
use futures_core::Stream;
use liangu_app::outgoing::Unread;
use liangu_app::{App, Caller, Fault, Outcome};
use liangu_base::{Id, Lang};
use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, watch};

pub const MEDIA_TYPE: &str = "text/event-stream";
/// Milliseconds between two looks at the journal.
const LOOK_MILLIS: u64 = 500;
/// Seconds after which a silent stream says that it lives.
const HEARTBEAT_SECONDS: u64 = 25;
/// Streams of one account, and of all.
const OF_ONE: usize = 20;
const OF_ALL: usize = 5_000;
/// Listeners that read their notices at once.
const READERS: usize = 4;
/// Seconds after which a listener that was refused may try again.
const RETRY_SECONDS: u64 = 60;

/// Who listens, and when there is something to look at.
pub struct Hub {
    listeners: Mutex<Listeners>,
    moved: watch::Sender<Moved>,
    readers: Semaphore,
}

#[derive(Default)]
struct Listeners {
    of: HashMap<Id, usize>,
    all: usize,
    is_looking: bool,
}

#[derive(Clone, Copy, Default)]
struct Moved {
    /// Journal sequence up to which notices were looked for.
    sequence: i64,
    has_ended: bool,
}

impl Default for Hub {
    fn default() -> Hub {
        Hub { listeners: Mutex::default(), moved: watch::Sender::default(), readers: Semaphore::new(READERS) }
    }
}

/// A place among the listeners; given back when the stream ends.
struct Seat {
    hub: Arc<Hub>,
    account: Id,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut listeners = self.hub.lock();
        listeners.all -= 1;
        if let Some(own) = listeners.of.get_mut(&self.account) {
            *own -= 1;
            if *own == 0 {
                listeners.of.remove(&self.account);
            }
        }
    }
}

impl Hub {
    fn lock(&self) -> MutexGuard<'_, Listeners> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seat(self: &Arc<Hub>, app: &Arc<App>, account: Id, sequence: i64) -> Outcome<Seat> {
        let mut listeners = self.lock();
        let own = listeners.of.get(&account).copied().unwrap_or_default();
        if own >= OF_ONE || listeners.all >= OF_ALL {
            return Err(Fault::TooMany { retry_after: RETRY_SECONDS });
        }
        listeners.of.insert(account, own + 1);
        listeners.all += 1;
        if !listeners.is_looking {
            listeners.is_looking = true;
            self.moved.send_replace(Moved { sequence, has_ended: false });
            tokio::spawn(look(self.clone(), app.clone()));
        }
        Ok(Seat { hub: self.clone(), account })
    }

    /// Whether nobody listens any more; then nobody looks either.
    fn is_deserted(&self) -> bool {
        let mut listeners = self.lock();
        listeners.is_looking = listeners.all > 0;
        !listeners.is_looking
    }
}

/// Follows the journal while somebody listens.
async fn look(hub: Arc<Hub>, app: Arc<App>) {
    let mut sequence = hub.moved.borrow().sequence;
    loop {
        tokio::time::sleep(Duration::from_millis(LOOK_MILLIS)).await;
        if hub.is_deserted() {
            return;
        }
        if app.outgoing().is_stopped() {
            hub.moved.send_replace(Moved { sequence, has_ended: true });
            hub.lock().is_looking = false;
            return;
        }
        let asked = app.clone();
        // A database that does not answer is asked again.
        if let Ok(Ok((head, moved))) = tokio::task::spawn_blocking(move || asked.notices_since(sequence)).await {
            sequence = head;
            if moved {
                hub.moved.send_replace(Moved { sequence, has_ended: false });
            }
        }
    }
}

pub fn listen(call: &Call<'_>) -> Outcome<Reply> {
    let account = call.caller.principal.account.ok_or(Fault::Unauthenticated)?;
    let last = call.headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse::<i64>().ok());
    let (head, moved) = call.shared.notices_since(last.unwrap_or(i64::MAX))?;
    let seat = call.hub.seat(call.shared, account, head)?;
    let (events, received) = mpsc::channel(4);
    let listener = Listener {
        app: call.shared.clone(),
        seat,
        token: call.token.unwrap_or_default().to_owned(),
        lang: call.caller.lang,
        told: last.filter(|_| !moved).map(|_| call.caller.unread()).transpose()?,
        events,
    };
    tokio::spawn(listener.run());
    let reply = Reply { stream: Some(Body::from_stream(Received(received))), ..Reply::nothing(StatusCode::OK) };
    // Proxies that collect answers would hold events back.
    Ok(reply.with(header::CONTENT_TYPE, MEDIA_TYPE).with(header::HeaderName::from_static("x-accel-buffering"), "no"))
}

struct Received(mpsc::Receiver<String>);

impl Stream for Received {
    type Item = Result<String, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}

struct Listener {
    app: Arc<App>,
    seat: Seat,
    token: String,
    lang: Lang,
    /// What the reader knows already.
    told: Option<Unread>,
    events: mpsc::Sender<String>,
}

impl Listener {
    /// Until the reader goes, his session ends or the program stops.
    async fn run(mut self) {
        let hub = self.seat.hub.clone();
        let mut moved = hub.moved.subscribe();
        if self.say("retry: 3000\n\n".to_owned()).await.is_none() {
            return;
        }
        loop {
            if moved.borrow_and_update().has_ended || self.tell(&hub).await.is_none() {
                return;
            }
            tokio::select! {
                changed = moved.changed() => if changed.is_err() { return },
                () = self.events.closed() => return,
                () = tokio::time::sleep(Duration::from_secs(HEARTBEAT_SECONDS)) => {
                    if self.say(": ok\n\n".to_owned()).await.is_none() { return }
                }
            }
        }
    }

    /// Tells what is unread if the reader does not know it yet; `None` when the stream is over.
    async fn tell(&mut self, hub: &Arc<Hub>) -> Option<()> {
        let (unread, sequence) = self.read(hub).await?;
        if self.told.as_ref() != Some(&unread) {
            let data = serde_json::to_string(&unread).ok()?;
            self.say(format!("id: {sequence}\nevent: notice\ndata: {data}\n\n")).await?;
            self.told = Some(unread);
        }
        Some(())
    }

    /// The unread notices and the sequence they were read at; `None` when the session is over.
    async fn read(&self, hub: &Arc<Hub>) -> Option<(Unread, i64)> {
        let _turn = hub.readers.acquire().await.ok()?;
        let (app, token, lang, account) = (self.app.clone(), self.token.clone(), self.lang, self.seat.account);
        let read = move || -> Outcome<Option<(Unread, i64)>> {
            let principal = app.listening_principal(Some(&token))?;
            if principal.account != Some(account) || principal.must_change_password {
                return Ok(None);
            }
            let (sequence, _) = app.notices_since(i64::MAX)?;
            Ok(Some((Caller::new(&app, &principal, lang).unread()?, sequence)))
        };
        tokio::task::spawn_blocking(read).await.ok()?.ok()?
    }

    async fn say(&self, text: String) -> Option<()> {
        self.events.send(text).await.ok()
    }
}
