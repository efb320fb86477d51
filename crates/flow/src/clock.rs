//! Clocks of a case: start, pause, go on, stop, and the next notice of each.
//!
//! Pausing keeps whole working days: the day of the pause is spent, the day of going on is not counted. A clock that was
//! late stays late by at least one day.
use crate::case::{Case, Due, Next, Run, RunState, What};
use crate::definition::Definition;
use liangu_base::{Date, Deadline, Instant, WorkCalendar};

/// Working days between two notices that a clock is late.
pub(crate) const REMIND: i32 = 5;

/// The moment at which a day has ended: the first of the next day, in Beijing.
pub(crate) fn end_of(day: Date) -> Instant {
    if day == Date::MAX { Instant::MAX } else { Instant::start_of(day.add_days(1)) }
}

/// The day that lies `left` working days from `from`; none left: `from` itself or the next working day.
fn project(calendar: &WorkCalendar, from: Date, left: i32) -> Deadline {
    match left {
        0 => calendar.roll_forward(from),
        1.. => calendar.add_workdays(from, left.unsigned_abs()),
        _ => calendar.subtract_workdays(from, left.unsigned_abs()),
    }
}

fn running(calendar: &WorkCalendar, from: Date, left: i32) -> RunState {
    let Deadline { date, provisional } = project(calendar, from, left);
    RunState::Running { from, left, due: date, provisional, next: Next { on: date, after: 0 } }
}

/// Working days from the end of `day` to the end of `due`; below zero once `due` has ended.
pub(crate) fn left(calendar: &WorkCalendar, day: Date, due: Date) -> i32 {
    let days = calendar.count_workdays(day, due).days;
    if day > due { days.min(-1) } else { days }
}

pub(crate) fn start(case: &mut Case, clock: &str, days: u32, today: Date, calendar: &WorkCalendar) {
    let days = i32::try_from(days).unwrap_or(i32::MAX);
    case.clocks.insert(clock.to_owned(), Run { started: today, state: running(calendar, today, days), told: None });
}

pub(crate) fn pause(case: &mut Case, today: Date, calendar: &WorkCalendar) {
    for run in case.clocks.values_mut() {
        if let RunState::Running { due, .. } = run.state {
            run.state = RunState::Paused { left: left(calendar, today, due) };
        }
    }
}

pub(crate) fn go_on(case: &mut Case, today: Date, calendar: &WorkCalendar) {
    for run in case.clocks.values_mut() {
        if let RunState::Paused { left } = run.state {
            run.state = running(calendar, today, left);
        }
    }
}

/// Stops the clocks that `which` names.
pub(crate) fn stop(case: &mut Case, today: Date, calendar: &WorkCalendar, which: impl Fn(&str) -> bool) {
    for (_, run) in case.clocks.iter_mut().filter(|(name, _)| which(name)) {
        let left = match run.state {
            RunState::Running { due, .. } => left(calendar, today, due),
            RunState::Paused { left } => left,
            RunState::Stopped { .. } => continue,
        };
        run.state = RunState::Stopped { on: today, left };
    }
}

pub(crate) fn timer(what: What, from: Date, days: u32, calendar: &WorkCalendar) -> Due {
    let Deadline { date, provisional } = calendar.add_workdays(from, days);
    Due { what, from, days, date, provisional }
}

/// Sets the next notice of every running clock. Every step ends with it.
pub(crate) fn settle(definition: &Definition, case: &mut Case, calendar: &WorkCalendar) {
    for (name, run) in &mut case.clocks {
        let after = next_after(definition, name, run.told);
        if let RunState::Running { due, next, .. } = &mut run.state {
            *next = Next { on: day_of(calendar, *due, after), after };
        }
    }
}

/// The first notice after `told`: an escalation of the clock, or the holder's own notice on the due day and every
/// [`REMIND`] working days after.
pub(crate) fn next_after(definition: &Definition, clock: &str, told: Option<i32>) -> i32 {
    let later = |after: i32| told.is_none_or(|t| after > t);
    let listed = definition.escalation.iter().filter(|e| e.clock == clock && later(e.after)).map(|e| e.after).min();
    let own = match told {
        Some(t) if t >= 0 => (t / REMIND + 1).saturating_mul(REMIND),
        _ => 0,
    };
    listed.map_or(own, |l| l.min(own))
}

/// The day at whose end the notice `after` is given.
pub(crate) fn day_of(calendar: &WorkCalendar, due: Date, after: i32) -> Date {
    match after {
        0 => due,
        _ => project(calendar, due, after).date,
    }
}

/// As [`running`], for a calendar that has changed; `None` where nothing moves.
pub(crate) fn projected_anew(run: &RunState, calendar: &WorkCalendar) -> Option<RunState> {
    let RunState::Running { from, left, due, provisional, .. } = *run else {
        return None;
    };
    let now = project(calendar, from, left);
    (now != Deadline { date: due, provisional }).then(|| running(calendar, from, left))
}
