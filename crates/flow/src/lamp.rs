//! How a case stands on a day, for lists: colour and working days.
use crate::case::{Case, Run, RunState};
use crate::clock::{end_of, left};
use crate::definition::{Clock, Definition, Kind};
use liangu_base::{Date, Instant, WorkCalendar};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Colour {
    /// A clock's last day has ended.
    Red,
    /// At most a fifth of a clock's days is left, at least one.
    Amber,
    Green,
    /// A draft, or clocks stand still: waiting, or a period passes.
    Paused,
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lamp {
    pub colour: Colour,
    /// Working days left until the end of the day that decides; 0: its last day is today; negative: over. While clocks
    /// stand still, of the state's own timer. None for drafts and for what is done.
    pub days: Option<i32>,
    /// A year without published holidays was counted; the date may move.
    pub provisional: bool,
}

/// The day promised to the one who applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    pub date: Date,
    pub provisional: bool,
}

/// Of several running clocks the most urgent decides: by colour, then by days.
pub fn lamp(definition: &Definition, case: &Case, now: Instant, calendar: &WorkCalendar) -> Lamp {
    let today = now.date_beijing();
    let none = |colour| Lamp { colour, days: None, provisional: false };
    match definition.kind(&case.state) {
        None | Some(Kind::Draft) => none(Colour::Paused),
        Some(Kind::Done { .. }) => none(Colour::Done),
        Some(Kind::Waiting { .. } | Kind::Timed { .. }) => {
            let of =
                |t: &crate::Due| Lamp { colour: Colour::Paused, days: Some(left(calendar, today, t.date)), provisional: t.provisional };
            case.timer.as_ref().map_or(none(Colour::Paused), of)
        }
        Some(Kind::Open) => {
            let running = case.clocks.iter().filter(|(_, run)| matches!(run.state, RunState::Running { .. }));
            let lamps = running.map(|(name, run)| clock_lamp(definition.clocks.get(name), run, now, calendar));
            lamps.min_by_key(|l| (l.colour, l.days)).unwrap_or(none(Colour::Green))
        }
    }
}

/// How one clock stands: paused with the days that are left, done when it has stopped. `clock` is none where the definition
/// knows it no longer.
pub fn clock_lamp(clock: Option<&Clock>, run: &Run, now: Instant, calendar: &WorkCalendar) -> Lamp {
    match run.state {
        RunState::Running { due, provisional, .. } => {
            let days = left(calendar, now.date_beijing(), due);
            let soon = clock.map_or(1, |c| i32::try_from(c.days.div_ceil(5)).unwrap_or(i32::MAX));
            let colour = match days {
                _ if now >= end_of(due) => Colour::Red,
                d if d <= soon.max(1) => Colour::Amber,
                _ => Colour::Green,
            };
            Lamp { colour, days: Some(days), provisional }
        }
        RunState::Paused { left } => Lamp { colour: Colour::Paused, days: Some(left), provisional: false },
        RunState::Stopped { left, .. } => Lamp { colour: Colour::Done, days: Some(left), provisional: false },
    }
}

/// The latest due day among running clocks; none while they stand still or have stopped.
pub fn promise(_definition: &Definition, case: &Case) -> Option<Promise> {
    let running = case.clocks.values().filter_map(|run| match run.state {
        RunState::Running { due, provisional, .. } => Some(Promise { date: due, provisional }),
        _ => None,
    });
    running.max_by_key(|p| p.date)
}
