//! Running cases under another version of the definition, or another calendar.
use crate::case::{Case, EventKind, Holder, Step, What};
use crate::clock;
use crate::definition::{Definition, Kind};
use crate::enter::{arrive, holder, run_or_rest, watch_unassigned};
use crate::reach::{Configuration, configurations};
use crate::refusal::{Refusal, refused};
use liangu_base::{Instant, WorkCalendar};
use std::collections::BTreeSet;

/// The case under `definition`. A state that is gone goes on in the one `moved` names. What was promised stays: clocks
/// and timers that go keep their days; clocks that the new definition would have going there are started.
///
/// Refused where the state is gone and `moved` does not name it. A case that follows the version already is unchanged.
pub fn carry_over(definition: &Definition, case: &Case, now: Instant, calendar: &WorkCalendar) -> Result<Step, Refusal> {
    let mut step = Step::of(case.clone());
    if case.version == definition.version {
        return Ok(step);
    }
    let new = &mut step.case;
    let old_role = definition.state(&case.state).and_then(|s| s.duty.role());
    let to = if definition.states.contains_key(&case.state) { Some(&case.state) } else { definition.moved.get(&case.state) };
    let Some((to, state)) = to.and_then(|to| definition.states.get_key_value(to)) else {
        return Err(refused::removed_state(&case.state));
    };
    new.version = definition.version;
    new.clocks.retain(|name, _| definition.clocks.contains_key(name));
    let today = now.date_beijing();
    if *to != case.state {
        arrive(definition, new, Some(&case.state), to, None, now, calendar);
    } else {
        let timer = new.timer.take();
        run_or_rest(new, state, today, calendar);
        let same = |t: &crate::Due| match state.kind {
            Kind::Waiting { .. } => t.what == What::Lapse,
            Kind::Timed { .. } => t.what == What::End,
            _ => false,
        };
        new.timer = timer.clone().filter(same).or(new.timer.take());
        new.holder = kept_holder(definition, case, new, old_role);
        let pool = matches!(new.holder, Holder::Role(_));
        let watched = timer.filter(|t| t.what == What::Unassigned && pool && definition.unassigned.is_some());
        let arrived = pool && case.holder != new.holder;
        if watched.is_some() && state.kind == Kind::Open && !arrived {
            new.timer = watched;
        }
        watch_unassigned(definition, new, state, arrived, today, calendar);
    }
    complete_clocks(definition, new, now, calendar);
    clock::settle(definition, new, calendar);
    step.say(EventKind::Carried { from: case.version, to: definition.version }, now, None);
    if *to != case.state {
        step.say(EventKind::Entered { from: Some(case.state.clone()), to: to.clone(), command: None }, now, None);
    }
    Ok(step)
}

/// Who holds a case whose state stays: the same, as long as the duty is still that one's.
fn kept_holder(definition: &Definition, old: &Case, new: &mut Case, role: Option<&str>) -> Holder {
    let Some(state) = definition.state(&old.state) else { return old.holder.clone() };
    match (&old.holder, role) {
        (Holder::Account(account), Some(role)) if old.held.get(role) == Some(account) => old.holder.clone(),
        _ => holder(definition, new, &old.state, &state.duty, None),
    }
}

/// Starts the clocks that are missing for the case to be in one of the configurations that a definition without
/// problems allows: from there on every open state has a running clock.
fn complete_clocks(definition: &Definition, case: &mut Case, now: Instant, calendar: &WorkCalendar) {
    let Some(kind) = definition.kind(&case.state).cloned() else { return };
    if matches!(kind, Kind::Draft | Kind::Done { .. }) {
        return;
    }
    case.opened.get_or_insert(now);
    let alive: BTreeSet<String> = case.clocks.iter().filter(|(_, r)| r.is_alive()).map(|(n, _)| n.clone()).collect();
    let missing = |c: &Configuration| c.alive.difference(&alive).cloned().collect::<Vec<_>>();
    let possible = configurations(definition);
    let nearest = possible.keys().filter(|c| c.state == case.state).map(missing).min_by_key(Vec::len);
    for name in nearest.unwrap_or_default() {
        let days = definition.clocks.get(&name).map_or(1, |c| c.days);
        clock::start(case, &name, days, now.date_beijing(), calendar);
    }
    if kind.pauses() {
        clock::pause(case, now.date_beijing(), calendar);
    }
}

/// Dates counted anew, after holidays of a year were published; none where no date moves.
pub fn reproject(definition: &Definition, case: &Case, now: Instant, calendar: &WorkCalendar) -> Option<Step> {
    let mut step = Step::of(case.clone());
    let mut moved = Vec::new();
    for (name, run) in &mut step.case.clocks {
        if let (Some(was), Some(state)) = (run.due(), clock::projected_anew(&run.state, calendar)) {
            run.state = state;
            moved.extend(run.due().filter(|due| *due != was).map(|due| (Some(name.clone()), was, due)));
        }
    }
    if let Some(timer) = &mut step.case.timer {
        let anew = clock::timer(timer.what, timer.from, timer.days, calendar);
        if anew.date != timer.date {
            moved.push((None, timer.date, anew.date));
        }
        *timer = anew;
    }
    clock::settle(definition, &mut step.case, calendar);
    for (clock, was, due) in moved {
        step.say(EventKind::Reprojected { clock, was, due }, now, None);
    }
    (step.case != *case).then_some(step)
}
