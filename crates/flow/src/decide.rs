//! A person or the program gives a command.
use crate::case::{Actor, Case, Due, Holder, Name, Step, What};
use crate::clock;
use crate::definition::{Command, Definition, Duty, FIRM, Kind, SYSTEM};
use crate::enter::{barred, by_command};
use crate::refusal::{Refusal, refused};
use liangu_base::{Instant, Text, WorkCalendar};

/// A command that leads out of the present state, and why this actor cannot give it, if so. Inputs are not looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer<'a> {
    pub name: &'a Name,
    pub command: &'a Command,
    pub refusal: Option<Refusal>,
}

/// The case after `command`, or why it is refused. `given` names the inputs that are present and not empty.
///
/// Once the time of a waiting or timed state is over nothing is done in it any more, whether or not its timer has been
/// fired ([`crate::fire`]) already: what counts is the deadline, not the moment at which the program looked.
pub fn decide(
    definition: &Definition,
    case: &Case,
    command: &str,
    actor: &Actor,
    given: &[&str],
    now: Instant,
    calendar: &WorkCalendar,
) -> Result<Step, Refusal> {
    let Some((name, command)) = definition.commands.get_key_value(command) else {
        return Err(refused::unknown_command(command));
    };
    may(definition, case, command, actor, now, calendar)?;
    let missing: Vec<Name> = command.needs.iter().filter(|n| !given.contains(&n.as_str())).cloned().collect();
    if !missing.is_empty() {
        return Err(refused::needs(&command.label, missing));
    }
    let mut step = Step::of(case.clone());
    by_command(definition, &mut step, (name, command), actor, now, calendar);
    Ok(step)
}

/// What can be done next, in the order of the definition; commands of the program alone are left out.
pub fn commands<'a>(definition: &'a Definition, case: &Case, actor: &Actor, now: Instant, calendar: &WorkCalendar) -> Vec<Offer<'a>> {
    let Some((state, _)) = definition.states.get_key_value(&case.state) else {
        return Vec::new();
    };
    let person = |c: &Command| c.by.iter().any(|b| b != SYSTEM);
    let offer = |(name, command): (&'a Name, &'a Command)| Offer {
        name,
        command,
        refusal: may(definition, case, command, actor, now, calendar).err(),
    };
    definition.exits(state).filter(|(_, c)| person(c)).map(offer).collect()
}

fn may(
    definition: &Definition,
    case: &Case,
    command: &Command,
    actor: &Actor,
    now: Instant,
    calendar: &WorkCalendar,
) -> Result<(), Refusal> {
    let Some(state) = definition.state(&case.state) else {
        return Err(refused::removed_state(&case.state));
    };
    if !command.from.contains(&case.state) {
        return Err(refused::other_state(&command.label, &state.label));
    }
    let over = |t: &Due| t.what != What::Unassigned && clock::end_of(t.date) <= now;
    if case.timer.as_ref().is_some_and(over) {
        return Err(refused::timer_due(&state.label));
    }
    if let Kind::Done { reopen: Some(days), .. } = state.kind {
        let until = calendar.add_workdays(case.entered.date_beijing(), days).date;
        if now >= clock::end_of(until) {
            return Err(refused::too_late(&command.label, until));
        }
    }
    if !has_role(command, actor) {
        return Err(refused::not_yours(&command.label));
    }
    if command.holder_only {
        holds(case, command, actor)?;
    }
    apart(definition, case, command, actor)
}

fn has_role(command: &Command, actor: &Actor) -> bool {
    command.by.iter().any(|role| match role.as_str() {
        FIRM => actor.is_firm,
        role => actor.roles.iter().any(|r| r == role),
    })
}

fn holds(case: &Case, command: &Command, actor: &Actor) -> Result<(), Refusal> {
    let taking = command.takes;
    match &case.holder {
        Holder::Account(account) if *account == actor.account => Ok(()),
        Holder::Firm if actor.is_firm => Ok(()),
        Holder::Role(_) if taking => Ok(()),
        Holder::Role(_) => Err(refused::unassigned(&command.label)),
        _ => Err(refused::not_holder(&command.label)),
    }
}

/// Two persons: the command itself, and what whoever takes the case would have to do next.
fn apart(definition: &Definition, case: &Case, command: &Command, actor: &Actor) -> Result<(), Refusal> {
    let label = |name: &str| definition.command(name).map(|c| c.label.clone()).unwrap_or_default();
    if let Some(earlier) = command.not.iter().find(|n| case.acted.get(*n) == Some(&actor.account)) {
        return Err(refused::two_persons(&command.label, &label(earlier)));
    }
    let takes_role = command.takes && matches!(definition.state(&command.to).map(|s| &s.duty), Some(Duty::Role(_)));
    match barred(definition, case, &command.to, &actor.account) {
        Some((next, earlier)) if takes_role => Err(refused::two_persons(&said(&command.label, &label(next)), &label(earlier))),
        _ => Ok(()),
    }
}

/// "Take (Approve)": what taking would lead to.
fn said(command: &Text, next: &Text) -> Text {
    Text::new(format!("{}({})", command.zh, next.zh), format!("{} ({})", command.en, next.en))
}
