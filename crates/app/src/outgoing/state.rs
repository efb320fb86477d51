//! How far a target is: what it got, what is tried again when, what was given up.
//!
//! Pure. Invariants: a message is past the cursor, in `retry`, or settled; while a retry `holds`, nothing later goes to that
//! target, so a webhook sees its messages in order; a message is given up at the earliest a day after it was written and a
//! day after the target began to fail, so that neither a pause of this program nor a short failure loses any.
use liangu_base::{Instant, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Seconds before the second try; doubled after each.
const FIRST_WAIT: i64 = 10;
const LONGEST_WAIT: i64 = 3600;
/// Seconds after which a message that nobody takes is given up.
pub(super) const PATIENCE: i64 = 86_400;
/// Settled messages that are remembered for the page.
const REMEMBERED: usize = 200;
/// Messages put aside at once; beyond it the target waits.
const ASIDE: usize = 200;

/// How one try ended.
#[derive(Clone, Debug)]
pub(super) enum Ended {
    Taken,
    /// It is tried again; `left` is what remains to be done of it.
    Failed {
        why: Text,
        holds: bool,
        left: Vec<String>,
    },
    /// It will never be taken.
    Refused(Text),
    /// There is nobody to send it to.
    Nobody,
}

/// A message as its target sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Parcel {
    pub n: i64,
    /// Microseconds.
    pub at: i64,
    pub topic: String,
    pub payload: Json,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Retry {
    pub parcel: Parcel,
    pub attempts: u32,
    pub next_at: i64,
    pub why: Text,
    pub holds: bool,
    #[serde(default)]
    pub left: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Settled {
    pub n: i64,
    pub at: i64,
    pub topic: String,
    pub settled_at: i64,
    pub attempts: u32,
    /// Why it was given up.
    #[serde(default)]
    pub gave_up: Option<Text>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    /// Everything up to here is taken up.
    pub cursor: i64,
    #[serde(default)]
    pub retry: Vec<Retry>,
    /// Newest last.
    #[serde(default)]
    pub settled: Vec<Settled>,
    /// Since when every try failed.
    #[serde(default)]
    pub failing_since: Option<i64>,
}

impl State {
    pub fn from_cursor(cursor: i64) -> State {
        State { cursor, ..State::default() }
    }

    /// Whether new messages may go out.
    pub fn is_open(&self) -> bool {
        self.retry.len() < ASIDE && !self.retry.iter().any(|retry| retry.holds)
    }

    /// The oldest message whose next try has come.
    pub fn due(&self, now: Instant) -> Option<&Retry> {
        let first = self.retry.iter().filter(|retry| retry.next_at <= now.micros()).min_by_key(|retry| retry.parcel.n);
        // One that holds goes first even if others are due.
        match self.retry.iter().find(|retry| retry.holds) {
            Some(holding) => Some(holding).filter(|retry| retry.next_at <= now.micros()),
            None => first,
        }
    }

    /// When something is to be tried again.
    pub fn next_at(&self) -> Option<i64> {
        let holding = self.retry.iter().find(|retry| retry.holds).map(|retry| retry.next_at);
        holding.or_else(|| self.retry.iter().map(|retry| retry.next_at).min())
    }

    /// The state after a try of `parcel` at `now`.
    pub fn ended(&mut self, parcel: Parcel, ended: Ended, now: Instant) {
        self.cursor = self.cursor.max(parcel.n);
        let before = self.retry.iter().position(|retry| retry.parcel.n == parcel.n).map(|at| self.retry.remove(at));
        let attempts = before.map_or(0, |retry| retry.attempts) + 1;
        match ended {
            Ended::Nobody => {}
            Ended::Taken => {
                self.failing_since = None;
                self.settle(&parcel, attempts, None, now);
            }
            Ended::Refused(why) => self.settle(&parcel, attempts, Some(why), now),
            Ended::Failed { why, holds, left } => {
                let since = *self.failing_since.get_or_insert(now.micros());
                let begun = if holds { parcel.at.max(since) } else { parcel.at };
                if now.micros() - begun >= PATIENCE * 1_000_000 {
                    self.settle(&parcel, attempts, Some(why), now);
                } else {
                    let next_at = now.plus_seconds(wait(attempts)).micros();
                    self.retry.push(Retry { parcel, attempts, next_at, why, holds, left });
                }
            }
        }
    }

    fn settle(&mut self, parcel: &Parcel, attempts: u32, gave_up: Option<Text>, now: Instant) {
        let topic = parcel.topic.clone();
        self.settled.push(Settled { n: parcel.n, at: parcel.at, topic, settled_at: now.micros(), attempts, gave_up });
        let beyond = self.settled.len().saturating_sub(REMEMBERED);
        self.settled.drain(..beyond);
    }
}

/// Seconds after the `attempts`-th try.
fn wait(attempts: u32) -> i64 {
    FIRST_WAIT.saturating_mul(1 << attempts.saturating_sub(1).min(20)).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::{Ended, PATIENCE, Parcel, State};
    use liangu_base::{Instant, Text};
    use serde_json::Value as Json;

    fn parcel(n: i64, at: Instant) -> Parcel {
        Parcel { n, at: at.micros(), topic: "notice".into(), payload: Json::Null }
    }

    fn failed(holds: bool) -> Ended {
        Ended::Failed { why: Text::fixed("没通", "no"), holds, left: vec![] }
    }

    /// Tries whatever is due at each moment until the message is settled; the seconds between tries.
    fn waits(state: &mut State, from: Instant) -> Vec<i64> {
        let mut waits = Vec::new();
        let mut now = from;
        while let Some(next) = state.next_at() {
            waits.push((next - now.micros()) / 1_000_000);
            now = Instant::from_micros(next);
            let due = state.due(now).expect("its time has come").parcel.clone();
            state.ended(due, failed(true), now);
        }
        waits
    }

    #[test]
    fn tries_come_more_and_more_rarely_and_end_after_a_day() {
        let start = Instant::from_micros(0);
        let mut state = State::default();
        state.ended(parcel(1, start), failed(true), start);
        let waits = waits(&mut state, start);
        assert_eq!(waits[..10], [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
        let whole: i64 = waits.iter().sum();
        assert!((PATIENCE..PATIENCE + 3600).contains(&whole), "{whole}");
        let given_up = state.settled.last().expect("it is told");
        assert!(given_up.gave_up.is_some() && state.is_open(), "{given_up:?}");
    }

    #[test]
    fn a_message_written_before_a_long_pause_is_not_lost_to_one_failure() {
        let mut state = State::default();
        let written = Instant::from_micros(0);
        let back = written.plus_seconds(3 * PATIENCE);
        state.ended(parcel(1, written), failed(true), back);
        assert_eq!((state.retry.len(), state.settled.len()), (1, 0));
        let again = back.plus_seconds(10);
        state.ended(parcel(1, written), Ended::Taken, again);
        assert_eq!((state.retry.len(), state.settled[0].attempts, state.settled[0].gave_up.is_some()), (0, 2, false));
    }

    #[test]
    fn what_holds_keeps_the_order_and_what_does_not_lets_others_pass() {
        let now = Instant::from_micros(0);
        let mut hook = State::default();
        hook.ended(parcel(1, now), failed(true), now);
        assert!(!hook.is_open() && hook.due(now).is_none());
        let mut mail = State::default();
        mail.ended(parcel(1, now), failed(false), now);
        assert!(mail.is_open());
        mail.ended(parcel(2, now), Ended::Taken, now);
        assert_eq!((mail.cursor, mail.retry.len()), (2, 1));
        assert_eq!(mail.due(now.plus_seconds(10)).map(|retry| retry.parcel.n), Some(1));
    }
}
