//! Time acts: a wait lapses, a period ends, somebody is told that a case is late or that nobody has taken it.
use crate::case::{Case, EventKind, Holder, RunState, Step, What};
use crate::clock;
use crate::definition::Definition;
use crate::enter::arrive;
use liangu_base::{Date, Instant, WorkCalendar};

/// The next moment at which [`fire`] does something; none for drafts and for what is done.
pub fn due(_definition: &Definition, case: &Case) -> Option<Instant> {
    next_day(case).map(clock::end_of)
}

/// The day at whose end something is due.
fn next_day(case: &Case) -> Option<Date> {
    let running = case.clocks.values().filter_map(|run| match run.state {
        RunState::Running { next, .. } => Some(next.on),
        _ => None,
    });
    running.chain(case.timer.as_ref().map(|t| t.date)).min()
}

/// Everything that is due at `now`, in order; none when nothing is. Firing late counts what follows from `now`, and
/// several missed notices that a clock is late are one.
pub fn fire(definition: &Definition, case: &Case, now: Instant, calendar: &WorkCalendar) -> Option<Step> {
    let is_due = |case: &Case| due(definition, case).is_some_and(|d| d <= now);
    if !is_due(case) || definition.state(&case.state).is_none() {
        return None;
    }
    let mut step = Step::of(case.clone());
    while is_due(&step.case) {
        let before = step.events.len();
        timer(definition, &mut step, now, calendar);
        notices(definition, &mut step, now, calendar);
        clock::settle(definition, &mut step.case, calendar);
        if step.events.len() == before {
            break;
        }
    }
    (step.case != *case).then_some(step)
}

fn timer(definition: &Definition, step: &mut Step, now: Instant, calendar: &WorkCalendar) {
    let Some(timer) = step.case.timer.clone().filter(|t| clock::end_of(t.date) <= now) else {
        return;
    };
    if timer.what == What::Unassigned {
        step.case.timer = None;
        if let (Some(unassigned), Holder::Role(_)) = (&definition.unassigned, &step.case.holder) {
            let days = i32::try_from(timer.days).unwrap_or(i32::MAX);
            step.case.escalated = step.case.escalated.saturating_add(1);
            step.say(EventKind::Escalated { clock: None, after: days, to: unassigned.to.clone() }, now, None);
        }
        return;
    }
    let from = step.case.state.clone();
    let Some((_, to)) = definition.kind(&from).and_then(|k| k.timer()) else {
        step.case.timer = None;
        return;
    };
    arrive(definition, &mut step.case, Some(&from), to, None, now, calendar);
    let to = to.clone();
    let kind = if timer.what == What::Lapse { EventKind::Lapsed { from, to } } else { EventKind::Ended { from, to } };
    step.say(kind, now, None);
}

fn notices(definition: &Definition, step: &mut Step, now: Instant, calendar: &WorkCalendar) {
    let names: Vec<String> = step.case.clocks.keys().cloned().collect();
    for name in names {
        let Some(run) = step.case.clocks.get(&name) else { continue };
        let RunState::Running { due, .. } = run.state else { continue };
        let (mut told, mut late) = (run.told, None);
        let mut escalated = Vec::new();
        loop {
            let after = clock::next_after(definition, &name, told);
            if clock::end_of(clock::day_of(calendar, due, after)) > now {
                break;
            }
            let here = definition.escalation.iter().filter(|e| e.clock == name && e.after == after);
            escalated.extend(here.map(|e| (after, e.to.clone())));
            if after >= 0 && after % clock::REMIND == 0 {
                late = Some(after);
            }
            told = Some(after);
        }
        if let Some(run) = step.case.clocks.get_mut(&name) {
            run.told = told;
        }
        step.case.escalated = step.case.escalated.saturating_add(u32::try_from(escalated.len()).unwrap_or(u32::MAX));
        if let Some(after) = late {
            step.say(EventKind::Overdue { clock: name.clone(), after }, now, None);
        }
        for (after, to) in escalated {
            step.say(EventKind::Escalated { clock: Some(name.clone()), after, to }, now, None);
        }
    }
}
