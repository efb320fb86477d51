//! Cases by how pressing they are: overdue, today, soon, later, and those whose clocks stand still.
use liangu_base::{Date, WorkCalendar};
use liangu_flow::{Definition, Duty, Kind};
use liangu_store::{Condition, Total, Value};
use serde::Serialize;
use utoipa::ToSchema;

/// Working days that count as soon.
const SOON: u32 = 3;
/// Field of a case by which it is grouped.
pub(super) const PRESSING: &str = "pressing";

#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupCounts {
    pub overdue: u64,
    pub today: u64,
    /// Within three working days.
    pub soon: u64,
    pub later: u64,
    pub paused: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Overdue,
    Today,
    Soon,
    Later,
    Paused,
}

impl Group {
    pub fn read(name: &str) -> Option<Group> {
        Some(match name {
            "overdue" => Group::Overdue,
            "today" => Group::Today,
            "soon" => Group::Soon,
            "later" => Group::Later,
            "paused" => Group::Paused,
            _ => return None,
        })
    }
}

/// The days by which cases are grouped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub today: Date,
    pub soon: Date,
}

impl Days {
    pub fn from(today: Date, calendar: &WorkCalendar) -> Days {
        Days { today, soon: calendar.add_workdays(today, SOON).date }
    }

    /// Condition on [`PRESSING`]; of paused cases none, their states say it.
    pub fn condition(&self, group: Group) -> Option<Condition> {
        let (from, to) = match group {
            Group::Overdue => (None, Some(self.today.add_days(-1))),
            Group::Today => (Some(self.today), Some(self.today)),
            Group::Soon => (Some(self.today.add_days(1)), Some(self.soon)),
            Group::Later => (Some(self.soon.add_days(1)), None),
            Group::Paused => return None,
        };
        Some(Condition::Range { field: PRESSING.to_owned(), from: from.map(Value::Date), to: to.map(Value::Date) })
    }

    /// Adds cases counted by [`PRESSING`]; one without a day counts as later.
    pub fn count(&self, totals: &[Total], counts: &mut GroupCounts) {
        for total in totals {
            let place = match total.key {
                Value::Date(day) if day < self.today => &mut counts.overdue,
                Value::Date(day) if day == self.today => &mut counts.today,
                Value::Date(day) if day <= self.soon => &mut counts.soon,
                _ => &mut counts.later,
            };
            *place += total.count;
        }
    }
}

/// Which states of a flow a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum States {
    /// What offices work on or wait for.
    Office,
    /// What the firm must do.
    FirmTodo,
    /// What others do for the firm.
    FirmRunning,
    Done,
}

impl States {
    /// Names of states: those in which somebody is pressed, those in which clocks stand still.
    pub fn split(self, definition: &Definition) -> (Vec<Value>, Vec<Value>) {
        let (mut pressed, mut paused) = (Vec::new(), Vec::new());
        for (name, state) in &definition.states {
            let firm = state.duty == Duty::Firm;
            let is_paused = match (&state.kind, self) {
                (Kind::Done { .. }, States::Done) => false,
                (Kind::Done { .. }, _) | (_, States::Done) => continue,
                (Kind::Draft, States::FirmTodo) => true,
                (Kind::Draft, _) => continue,
                (_, States::FirmTodo) if !firm => continue,
                (_, States::FirmRunning) if firm => continue,
                (Kind::Open, _) | (Kind::Waiting { .. }, States::FirmTodo) => false,
                (Kind::Waiting { .. } | Kind::Timed { .. }, _) => true,
            };
            let place = if is_paused { &mut paused } else { &mut pressed };
            place.push(Value::text(name.clone()));
        }
        (pressed, paused)
    }
}
