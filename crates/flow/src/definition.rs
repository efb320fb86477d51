//! What a flow says: states, commands, clocks, escalations. Read from a pack, checked by [`crate::check`].
use crate::case::Name;
use indexmap::IndexMap;
use liangu_base::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A flow. Periods are whole working days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// From 1; raised with every change, so that running cases can be carried over.
    pub version: u32,
    /// State in which a case begins.
    pub start: Name,
    /// Further states in which the program may begin a case ([`crate::begin_in`]).
    pub other_starts: Vec<Name>,
    pub states: IndexMap<Name, State>,
    pub commands: IndexMap<Name, Command>,
    pub clocks: IndexMap<Name, Clock>,
    pub escalation: Vec<Escalation>,
    pub unassigned: Option<Unassigned>,
    /// State of an earlier version → state in which its cases go on.
    pub moved: BTreeMap<Name, Name>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub label: Text,
    pub kind: Kind,
    pub duty: Duty,
}

/// What a state is, and thereby what time does in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Not handed in: no clock runs and nothing is promised.
    Draft,
    /// An office works on it: clocks run.
    Open,
    /// Waits for somebody outside: clocks stand still; after `lapses` working days it goes to `to` by itself.
    Waiting { lapses: u32, to: Name },
    /// A period that must pass, a public notice for example: clocks stand still; it ends by itself.
    Timed { ends: u32, to: Name },
    /// Finished. With `reopen`, commands lead out of it for that many working days.
    Done { outcome: Outcome, reopen: Option<u32> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Fulfilled,
    Refused,
    Withdrawn,
}

/// Who must act next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    Firm,
    /// The pool of a role, until one of them takes it.
    Role(String),
    /// Of finished cases only.
    Nobody,
}

/// A promise in working days. The day on which it starts is not counted; it ends with the end of its last day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    pub label: Text,
    pub days: u32,
    /// States whose entering starts it; none: it starts when the case is handed in (leaves a draft, begins in another
    /// state, or is reopened), provided that a command that stops it can still be given.
    pub starts: Vec<Name>,
    /// Commands that stop it; whatever runs stops when the case is done.
    pub stops: Vec<Name>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Command {
    pub label: Text,
    pub from: Vec<Name>,
    pub to: Name,
    /// Roles that may give it: roles of packs, [`FIRM`] for the firm itself, [`SYSTEM`] for operations of the program.
    pub by: Vec<String>,
    /// Only who holds the case may give it.
    pub holder_only: bool,
    /// Who gives it becomes the holder.
    pub takes: bool,
    /// Two persons: whoever gave one of these last may not give this.
    pub not: Vec<Name>,
    /// Inputs without which it is refused: `reason`, `question`, `reply`.
    pub needs: Vec<Name>,
    /// Asked before it is given.
    pub confirm: Option<Text>,
}

/// Who is told when a clock has come so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    pub clock: Name,
    /// Working days after the end of the due day; negative: that many working days still remain.
    pub after: i32,
    pub to: String,
}

/// Who is told when nobody of the role has taken an open case for `days` working days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unassigned {
    pub days: u32,
    pub to: String,
}

/// In [`Command::by`]: the firm whose case it is.
pub const FIRM: &str = "firm";
/// In [`Command::by`]: the program's own operations, never a person.
pub const SYSTEM: &str = "system";

impl Definition {
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.get(name)
    }

    pub fn command(&self, name: &str) -> Option<&Command> {
        self.commands.get(name)
    }

    /// Commands that may be given in a state.
    pub fn exits<'a>(&'a self, state: &'a str) -> impl Iterator<Item = (&'a Name, &'a Command)> {
        self.commands.iter().filter(move |(_, c)| c.from.iter().any(|f| f == state))
    }

    /// All states in which a case may begin.
    pub fn begins(&self) -> impl Iterator<Item = &Name> {
        std::iter::once(&self.start).chain(&self.other_starts)
    }

    pub(crate) fn kind(&self, state: &str) -> Option<&Kind> {
        self.states.get(state).map(|s| &s.kind)
    }
}

impl Kind {
    pub fn is_done(&self) -> bool {
        matches!(self, Kind::Done { .. })
    }

    /// Clocks stand still in it.
    pub fn pauses(&self) -> bool {
        matches!(self, Kind::Waiting { .. } | Kind::Timed { .. })
    }

    /// Period and target of the state's own timer.
    pub fn timer(&self) -> Option<(u32, &Name)> {
        match self {
            Kind::Waiting { lapses, to } => Some((*lapses, to)),
            Kind::Timed { ends, to } => Some((*ends, to)),
            _ => None,
        }
    }
}

impl Duty {
    pub fn role(&self) -> Option<&str> {
        match self {
            Duty::Role(role) => Some(role),
            _ => None,
        }
    }
}
