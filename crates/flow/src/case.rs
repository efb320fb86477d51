//! One piece of work under a definition, and what a step does to it. A case is kept as JSON.
use liangu_base::{Date, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of a state, command, clock or input.
pub type Name = String;

/// Where a piece of work stands. Only this crate changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Version of the definition it follows.
    pub version: u32,
    pub state: Name,
    pub holder: Holder,
    /// Clocks that have been started, stopped ones among them.
    #[serde(default)]
    pub clocks: BTreeMap<Name, Run>,
    /// When it came into its state.
    pub entered: Instant,
    /// When it was handed in first; a draft has none.
    #[serde(default)]
    pub opened: Option<Instant>,
    /// Timer of its state: a lapse, an end, or nobody having taken it.
    #[serde(default)]
    pub timer: Option<Due>,
    /// How often somebody was told that it is late or lies about.
    #[serde(default)]
    pub escalated: u32,
    /// Command → account that gave it last.
    #[serde(default)]
    pub acted: BTreeMap<Name, String>,
    /// Role → account that held it last for that role; a returned case goes back to it.
    #[serde(default)]
    pub held: BTreeMap<String, String>,
    #[serde(default)]
    pub reopened: u32,
}

/// Who has the duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The case is done.
    Nobody,
    /// Anyone of the role; nobody has taken it.
    Role(String),
    Account(String),
    Firm,
}

/// A clock that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub started: Date,
    pub state: RunState,
    /// Working days relative to the due day up to which everybody has been told.
    #[serde(default)]
    pub told: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// `left` working days counted from `from` give `due`; negative: it was late when it went on.
    Running { from: Date, left: i32, due: Date, provisional: bool, next: Next },
    /// Working days that were left; negative: days it was late.
    Paused { left: i32 },
    /// Day on which it stopped and working days that were left; negative: days it was late.
    Stopped { on: Date, left: i32 },
}

/// The next notice of a running clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// Given when this day has ended.
    pub on: Date,
    /// Working days relative to the due day.
    pub after: i32,
}

/// A timer: acts when `date` has ended (Beijing midnight).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub what: What,
    /// `days` working days after `from` is `date`.
    pub from: Date,
    pub days: u32,
    pub date: Date,
    /// A year without published holidays was counted; the date may move.
    pub provisional: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A waiting state gives up.
    Lapse,
    /// A timed state is over.
    End,
    /// Nobody of the role has taken it.
    Unassigned,
}

/// Who acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    pub account: String,
    pub name: String,
    pub roles: Vec<String>,
    /// Acts for the firm whose case it is.
    pub is_firm: bool,
}

/// The new case, and what happened in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub case: Case,
    pub events: Vec<Event>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    #[serde(flatten)]
    pub kind: EventKind,
    pub at: Instant,
    /// Account; none where time or the program acted.
    pub by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EventKind {
    /// Came into a state (`from` none: began there), by a command if one is named.
    Entered {
        from: Option<Name>,
        to: Name,
        command: Option<Name>,
    },
    /// A waiting state gave up.
    Lapsed {
        from: Name,
        to: Name,
    },
    /// A timed state was over.
    Ended {
        from: Name,
        to: Name,
    },
    /// A finished case was taken up again; follows the entering.
    Reopened,
    Assigned {
        to: String,
    },
    Delegated {
        from: Holder,
        to: String,
    },
    /// A role is told; without a clock: nobody has taken the case.
    Escalated {
        clock: Option<Name>,
        after: i32,
        to: String,
    },
    /// The holder is told that a clock is late, on its due day and every five working days after.
    Overdue {
        clock: Name,
        after: i32,
    },
    /// Follows another version of the definition.
    Carried {
        from: u32,
        to: u32,
    },
    /// A date moved because the calendar changed; without a clock: the timer of the state.
    Reprojected {
        clock: Option<Name>,
        was: Date,
        due: Date,
    },
}

impl Actor {
    /// The program itself: gives commands that are `by: [system]`.
    pub fn system() -> Actor {
        Actor {
            account: crate::definition::SYSTEM.into(),
            name: String::new(),
            roles: vec![crate::definition::SYSTEM.into()],
            is_firm: false,
        }
    }
}

impl Case {
    /// Whether a date of it counted a year without published holidays ([`crate::reproject`] when they are).
    pub fn is_provisional(&self) -> bool {
        let of = |run: &Run| matches!(run.state, RunState::Running { provisional: true, .. });
        self.clocks.values().any(of) || self.timer.as_ref().is_some_and(|t| t.provisional)
    }
}

impl Run {
    /// The last day of a running clock.
    pub fn due(&self) -> Option<Date> {
        match self.state {
            RunState::Running { due, .. } => Some(due),
            _ => None,
        }
    }

    /// Runs or stands still, but has not stopped.
    pub fn is_alive(&self) -> bool {
        !matches!(self.state, RunState::Stopped { .. })
    }
}

impl Step {
    pub(crate) fn of(case: Case) -> Step {
        Step { case, events: Vec::new() }
    }

    pub(crate) fn say(&mut self, kind: EventKind, at: Instant, by: Option<&str>) {
        self.events.push(Event { kind, at, by: by.map(str::to_owned) });
    }
}
