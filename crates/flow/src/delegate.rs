//! Handing the duty of an open case to a colleague.
use crate::case::{Actor, Case, EventKind, Holder, Step};
use crate::clock;
use crate::definition::{Definition, Kind};
use crate::enter::{barred, watch_unassigned};
use crate::refusal::{Refusal, refused};
use liangu_base::{Instant, WorkCalendar};

/// Whether `actor` may hand the case over: its holder, or who stands above because that role is told when a case is late
/// or nobody takes it (colleagues of the role on duty do not), in an open or timed state whose duty a role has.
pub fn may_delegate(definition: &Definition, case: &Case, actor: &Actor) -> Result<(), Refusal> {
    let state = definition.state(&case.state).ok_or_else(|| refused::removed_state(&case.state))?;
    let worked_on = matches!(state.kind, Kind::Open | Kind::Timed { .. });
    if !worked_on || state.duty.role().is_none() {
        return Err(refused::not_delegable());
    }
    let holder = case.holder == Holder::Account(actor.account.clone());
    let late = definition.escalation.iter().filter(|e| e.after >= 0).map(|e| &e.to);
    let mut told = late.chain(definition.unassigned.iter().map(|u| &u.to));
    let over = told.any(|role| Some(role.as_str()) != state.duty.role() && actor.roles.contains(role));
    if holder || over { Ok(()) } else { Err(refused::may_not_delegate()) }
}

/// `to` becomes the holder; it must have the role of the state's duty and not be barred by its own earlier command.
pub fn delegate(
    definition: &Definition,
    case: &Case,
    to: &Actor,
    actor: &Actor,
    now: Instant,
    calendar: &WorkCalendar,
) -> Result<Step, Refusal> {
    may_delegate(definition, case, actor)?;
    let Some(state) = definition.state(&case.state) else {
        return Err(refused::removed_state(&case.state));
    };
    let role = state.duty.role().unwrap_or_default();
    if !to.roles.iter().any(|r| r == role) {
        return Err(refused::wrong_role(&to.name));
    }
    let next = Holder::Account(to.account.clone());
    if case.holder == next {
        return Err(refused::holds_already(&to.name));
    }
    if let Some((command, earlier)) = barred(definition, case, &case.state, &to.account) {
        let label = |name: &str| definition.command(name).map(|c| c.label.clone()).unwrap_or_default();
        return Err(refused::delegate_barred(&to.name, &label(earlier), &label(command)));
    }
    let mut step = Step::of(case.clone());
    let from = std::mem::replace(&mut step.case.holder, next);
    step.case.held.insert(role.to_owned(), to.account.clone());
    watch_unassigned(definition, &mut step.case, state, false, now.date_beijing(), calendar);
    clock::settle(definition, &mut step.case, calendar);
    step.say(EventKind::Delegated { from, to: to.account.clone() }, now, Some(&actor.account));
    Ok(step)
}
