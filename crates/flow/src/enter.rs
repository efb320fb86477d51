//! Coming into a state: clocks, timer and holder follow from the definition.
use crate::case::{Actor, Case, EventKind, Holder, Step, What};
use crate::clock;
use crate::definition::{Command, Definition, Duty, Kind, State};
use crate::reach::stop_in_reach;
use crate::refusal::{Refusal, refused};
use liangu_base::{Date, Instant, WorkCalendar};
use std::collections::BTreeMap;

/// A new case in the start state.
pub fn begin(definition: &Definition, now: Instant, calendar: &WorkCalendar) -> Step {
    begun(definition, &definition.start, now, calendar)
}

/// A new case in another state in which the definition lets cases begin.
pub fn begin_in(definition: &Definition, state: &str, now: Instant, calendar: &WorkCalendar) -> Result<Step, Refusal> {
    match definition.begins().any(|s| s == state) {
        true => Ok(begun(definition, state, now, calendar)),
        false => Err(refused::no_start(state)),
    }
}

fn begun(definition: &Definition, state: &str, now: Instant, calendar: &WorkCalendar) -> Step {
    let mut step = Step::of(Case {
        version: definition.version,
        state: state.to_owned(),
        holder: Holder::Nobody,
        clocks: BTreeMap::new(),
        entered: now,
        opened: None,
        timer: None,
        escalated: 0,
        acted: BTreeMap::new(),
        held: BTreeMap::new(),
        reopened: 0,
    });
    arrive(definition, &mut step.case, None, state, None, now, calendar);
    step.say(EventKind::Entered { from: None, to: state.to_owned(), command: None }, now, None);
    step
}

/// What a command does to the case.
pub(crate) fn by_command(
    definition: &Definition,
    step: &mut Step,
    (name, command): (&str, &Command),
    actor: &Actor,
    now: Instant,
    calendar: &WorkCalendar,
) {
    let (from, before) = (step.case.state.clone(), step.case.holder.clone());
    step.case.acted.insert(name.to_owned(), actor.account.clone());
    let stops = |clock: &str| definition.clocks.get(clock).is_some_and(|c| c.stops.iter().any(|s| s == name));
    clock::stop(&mut step.case, now.date_beijing(), calendar, stops);
    let taker = command.takes.then_some(actor.account.as_str());
    arrive(definition, &mut step.case, Some(&from), &command.to, taker, now, calendar);
    let by = Some(actor.account.as_str());
    let reopened = definition.kind(&from).is_some_and(Kind::is_done);
    step.say(EventKind::Entered { from: Some(from), to: command.to.clone(), command: Some(name.to_owned()) }, now, by);
    if reopened {
        step.case.reopened = step.case.reopened.saturating_add(1);
        step.say(EventKind::Reopened, now, by);
    }
    if let Some(taker) = taker.filter(|t| before != Holder::Account((*t).to_owned())) {
        step.say(EventKind::Assigned { to: taker.to_owned() }, now, by);
    }
}

/// Puts the case into `to`. A command that leads back into its own state leaves timer and start of clocks alone.
pub(crate) fn arrive(
    definition: &Definition,
    case: &mut Case,
    from: Option<&str>,
    to: &str,
    taker: Option<&str>,
    now: Instant,
    calendar: &WorkCalendar,
) {
    let Some(state) = definition.state(to) else { return };
    let today = now.date_beijing();
    let stays = from == Some(to);
    if !stays {
        case.state = to.to_owned();
        case.entered = now;
        case.timer = None;
        start_clocks(definition, case, from, to, now, calendar);
        run_or_rest(case, state, today, calendar);
    }
    case.holder = holder(definition, case, to, &state.duty, taker);
    watch_unassigned(definition, case, state, !stays, today, calendar);
    clock::settle(definition, case, calendar);
}

/// Whether coming from `from` to a state of `kind` hands the case in: clocks without own states start then.
pub(crate) fn hands_in(definition: &Definition, from: Option<&str>, kind: &Kind) -> bool {
    let outside = from.is_none_or(|f| matches!(definition.kind(f), Some(Kind::Draft | Kind::Done { .. })));
    outside && !matches!(kind, Kind::Draft | Kind::Done { .. })
}

/// Clocks that coming from `from` to `to` starts, unless they are going already.
pub(crate) fn started<'a>(
    definition: &'a Definition,
    from: Option<&str>,
    to: &'a str,
) -> impl Iterator<Item = (&'a String, &'a crate::Clock)> {
    let kind = definition.kind(to);
    let handed_in = kind.is_some_and(|k| hands_in(definition, from, k));
    let can_run = kind.is_some_and(|k| !matches!(k, Kind::Draft | Kind::Done { .. }));
    definition.clocks.iter().filter(move |(name, clock)| {
        let here = clock.starts.iter().any(|s| s == to);
        let at_first = clock.starts.is_empty() && handed_in && stop_in_reach(definition, name, to);
        can_run && (here || at_first)
    })
}

fn start_clocks(definition: &Definition, case: &mut Case, from: Option<&str>, to: &str, now: Instant, calendar: &WorkCalendar) {
    if definition.kind(to).is_some_and(|k| hands_in(definition, from, k)) {
        case.opened.get_or_insert(now);
    }
    for (name, clock) in started(definition, from, to) {
        if !case.clocks.get(name).is_some_and(crate::Run::is_alive) {
            clock::start(case, name, clock.days, now.date_beijing(), calendar);
        }
    }
}

pub(crate) fn run_or_rest(case: &mut Case, state: &State, today: Date, calendar: &WorkCalendar) {
    match &state.kind {
        Kind::Draft => {}
        Kind::Open => clock::go_on(case, today, calendar),
        Kind::Waiting { lapses, .. } => {
            clock::pause(case, today, calendar);
            case.timer = Some(clock::timer(What::Lapse, today, *lapses, calendar));
        }
        Kind::Timed { ends, .. } => {
            clock::pause(case, today, calendar);
            case.timer = Some(clock::timer(What::End, today, *ends, calendar));
        }
        Kind::Done { .. } => clock::stop(case, today, calendar, |_| true),
    }
}

/// An open case that nobody of its role has taken is watched from the day it came.
pub(crate) fn watch_unassigned(
    definition: &Definition,
    case: &mut Case,
    state: &State,
    arrived: bool,
    today: Date,
    calendar: &WorkCalendar,
) {
    let in_pool = state.kind == Kind::Open && matches!(case.holder, Holder::Role(_));
    match &definition.unassigned {
        Some(u) if in_pool && arrived => case.timer = Some(clock::timer(What::Unassigned, today, u.days, calendar)),
        _ if !in_pool && case.timer.as_ref().is_some_and(|t| t.what == What::Unassigned) => case.timer = None,
        _ => {}
    }
}

/// Who has the duty in a state: who takes it, else who held it for that role, else the role's pool. Whoever could not
/// give one of the state's commands because of an earlier one (two persons) does not get it back.
pub(crate) fn holder(definition: &Definition, case: &mut Case, state: &str, duty: &Duty, taker: Option<&str>) -> Holder {
    let role = match duty {
        Duty::Nobody => return Holder::Nobody,
        Duty::Firm => return Holder::Firm,
        Duty::Role(role) => role,
    };
    if let Some(taker) = taker {
        case.held.insert(role.clone(), taker.to_owned());
        return Holder::Account(taker.to_owned());
    }
    match case.held.get(role) {
        Some(account) if barred(definition, case, state, account).is_none() => Holder::Account(account.clone()),
        _ => Holder::Role(role.clone()),
    }
}

/// A command of the state's own role that `account` may not give there, and the earlier one that bars it.
pub(crate) fn barred<'a>(definition: &'a Definition, case: &Case, state: &'a str, account: &str) -> Option<(&'a str, &'a str)> {
    let role = definition.state(state)?.duty.role()?;
    let own = definition.exits(state).filter(|(_, c)| c.by.iter().any(|b| b == role));
    let gave = |c: &String| case.acted.get(c).is_some_and(|a| a == account);
    own.filter_map(|(name, c)| c.not.iter().find(|n| gave(n)).map(|n| (name.as_str(), n.as_str()))).next()
}
