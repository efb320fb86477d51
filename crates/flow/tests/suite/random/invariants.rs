//! What holds after every step, and a second account of clocks and persons kept beside the machine's own.
use liangu_base::{Date, Instant, WorkCalendar};
use liangu_flow::*;
use std::collections::BTreeMap;

pub fn hold(definition: &Definition, case: &Case, now: Instant, calendar: &WorkCalendar, seed: u64) {
    let say = || format!("seed {seed}, {case:#?}");
    let state = definition.state(&case.state).unwrap_or_else(|| panic!("declared state: {}", say()));
    assert_eq!(case.version, definition.version);
    let running = case.clocks.values().filter(|r| r.due().is_some()).count();
    let alive = case.clocks.values().filter(|r| r.is_alive()).count();
    let next = due(definition, case);
    match &state.kind {
        Kind::Draft => assert!(next.is_none() && alive == 0 && case.timer.is_none(), "{}", say()),
        Kind::Open => assert!(running > 0 && running == alive, "clocks run: {}", say()),
        Kind::Waiting { .. } | Kind::Timed { .. } => assert!(running == 0, "clocks stand still: {}", say()),
        Kind::Done { .. } => assert!(next.is_none() && alive == 0 && case.timer.is_none(), "{}", say()),
    }
    let what = case.timer.as_ref().map(|t| t.what);
    match &state.kind {
        Kind::Waiting { .. } => assert_eq!(what, Some(What::Lapse), "{}", say()),
        Kind::Timed { .. } => assert_eq!(what, Some(What::End), "{}", say()),
        Kind::Open => assert!(matches!(what, None | Some(What::Unassigned)), "{}", say()),
        _ => {}
    }
    match (&state.duty, &case.holder) {
        (Duty::Nobody, Holder::Nobody) => assert!(state.kind.is_done()),
        (Duty::Firm, Holder::Firm) => {}
        (Duty::Role(role), Holder::Role(pool)) => assert_eq!(role, pool),
        (Duty::Role(role), Holder::Account(account)) => assert_eq!(case.held.get(role), Some(account), "{}", say()),
        _ => panic!("one holder, who has the duty: {}", say()),
    }
    if !matches!(state.kind, Kind::Draft | Kind::Done { .. }) {
        timer_fires(definition, case, now, calendar, seed);
    }
    let json = serde_json::to_string(case).expect("written");
    assert!(json.len() < 10_000 && serde_json::from_str::<Case>(&json).expect("read") == *case);
}

/// An open case has a moment; before it nothing happens, at it something does, and the next one lies later.
fn timer_fires(definition: &Definition, case: &Case, now: Instant, calendar: &WorkCalendar, seed: u64) {
    assert!(case.opened.is_some(), "seed {seed}");
    let moment = due(definition, case).unwrap_or_else(|| panic!("seed {seed}: an open case has a timer: {case:#?}"));
    assert_eq!(fire(definition, case, moment.plus_micros(-1), calendar), None);
    for late in [0, 3_600, 86_400 * 40] {
        let when = moment.max(now).plus_seconds(late);
        let step = fire(definition, case, when, calendar).unwrap_or_else(|| panic!("seed {seed}: it fires: {case:#?}"));
        assert!(step.case != *case && !step.events.is_empty());
        assert!(due(definition, &step.case).is_none_or(|d| d > when), "seed {seed}: all that was due has been done");
    }
}

/// Who gave which command last, and the working days each clock has run.
#[derive(Default)]
pub struct Ledger {
    given: BTreeMap<String, String>,
    spent: BTreeMap<String, (Date, i32)>,
    since: Option<Date>,
}

impl Ledger {
    /// After a carry-over clocks of one name may be other clocks.
    pub fn forget(&mut self) {
        self.spent.clear();
    }

    /// Two persons: nobody gives a command that is barred by what the same account gave last.
    pub fn gave(&mut self, command: &Command, name: &str, actor: &Actor, seed: u64) {
        for earlier in &command.not {
            assert_ne!(self.given.get(earlier), Some(&actor.account), "seed {seed}: {name} after {earlier} by one person");
        }
        let allowed = command.by.iter().any(|b| (b == "firm" && actor.is_firm) || actor.roles.contains(b));
        assert!(allowed, "seed {seed}: {name} by {actor:?}");
        self.given.insert(name.to_owned(), actor.account.clone());
    }

    /// Counts the working days that passed since the last step for every clock that ran meanwhile.
    pub fn enter(&mut self, definition: &Definition, before: &Case, after: &Case, now: Instant, calendar: &WorkCalendar) {
        let today = now.date_beijing();
        let passed = self.since.map_or(0, |since| calendar.count_workdays(since, today).days);
        for (name, run) in &before.clocks {
            if run.due().is_some()
                && let Some((_, spent)) = self.spent.get_mut(name)
            {
                *spent += passed;
            }
        }
        for (name, run) in &after.clocks {
            let goes_on = before.clocks.get(name).is_some_and(|b| b.is_alive() && b.started == run.started);
            if !goes_on && run.started == today && definition.clocks.contains_key(name) {
                self.spent.insert(name.clone(), (run.started, 0));
            }
        }
        self.since = Some(today);
    }

    /// While a clock is not late, days spent and days left are all its days.
    pub fn agree(&self, definition: &Definition, case: &Case, now: Instant, calendar: &WorkCalendar, seed: u64) {
        for (name, (started, spent)) in &self.spent {
            let (Some(run), Some(clock)) = (case.clocks.get(name), definition.clocks.get(name)) else { continue };
            let left = match run.state {
                RunState::Running { due, .. } => calendar.count_workdays(now.date_beijing(), due).days,
                RunState::Paused { left } => left,
                RunState::Stopped { .. } => continue,
            };
            let wanted = clock.days as i32 - spent;
            if wanted > 0 && run.started == *started {
                assert_eq!(left, wanted, "seed {seed}: clock {name} of {case:#?}");
            }
        }
    }
}
