//! Random definitions without problems, random commands and moments: what the crate promises holds after every step.
mod invariants;
mod made;

use crate::claim::{calendar, claim, day, names};
use invariants::{Ledger, hold};
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_base::{Instant, WorkCalendar};
use liangu_flow::*;
use made::{actor, definition};

/// Lives tried; a long run asks for more.
fn lives() -> u64 {
    if std::env::var_os("LIANGU_SOAK").is_some() { 40_000 } else { 600 }
}

const STEPS: usize = 40;

#[test]
fn every_life_of_every_definition_keeps_what_is_promised() {
    let calendar = calendar();
    let mut reached = std::collections::BTreeSet::new();
    for seed in 0..lives() {
        let mut random = SplitMix64::new(seed);
        let definition = if seed % 5 == 0 { claim() } else { definition(&mut random) };
        let mut life = Life::begin(&definition, &mut random, &calendar);
        for _ in 0..STEPS {
            life.step(&definition, &mut random, &calendar, seed);
        }
        reached.extend(life.kinds);
    }
    let all = ["began", "carried", "decided", "delegated", "fired", "refused", "reopened", "reprojected"];
    assert_eq!(reached.iter().copied().collect::<Vec<_>>(), all, "every way to step was taken");
}

/// A case goes on under definitions that have nothing to do with the one it began with, but for names.
#[test]
fn carried_over_anywhere_it_keeps_what_is_promised() {
    let calendar = calendar();
    let mut carried = 0;
    for seed in 0..lives() {
        let mut random = SplitMix64::new(seed ^ 0xc0ffee);
        let mut definition = definition(&mut random);
        let mut life = Life::begin(&definition, &mut random, &calendar);
        for _ in 0..4 {
            for _ in 0..STEPS / 4 {
                life.step(&definition, &mut random, &calendar, seed);
            }
            let mut next = made::definition(&mut random);
            next.version = definition.version + 1;
            let gone = definition.states.keys().filter(|s| !next.states.contains_key(*s));
            let open = next.states.iter().filter(|(_, s)| !matches!(s.kind, Kind::Draft)).map(|(n, _)| n.clone()).next();
            next.moved = gone.filter_map(|s| Some((s.clone(), open.clone()?))).collect();
            let step = carry_over(&next, &life.case, life.now, &calendar).expect("every state goes on somewhere");
            life.ledger.forget();
            definition = next;
            life.take(step, "carried", &definition, &calendar, seed);
            carried += 1;
        }
    }
    assert!(carried > 1_000);
}

/// One case through random commands and moments, with a ledger of its own beside it.
struct Life {
    case: Case,
    now: Instant,
    ledger: Ledger,
    kinds: Vec<&'static str>,
}

impl Life {
    fn begin(definition: &Definition, random: &mut SplitMix64, calendar: &WorkCalendar) -> Life {
        let first = day("2025-12-01").add_days(random.below(420) as i32);
        let now = Instant::start_of(first).plus_seconds(random.below(86_400) as i64);
        let starts: Vec<&String> = definition.begins().collect();
        let state = *random.pick(&starts);
        let step = begin_in(definition, state, now, calendar).expect("a start");
        let mut life = Life { case: step.case.clone(), now, ledger: Ledger::default(), kinds: vec![] };
        life.take(step, "began", definition, calendar, 0);
        life
    }

    fn take(&mut self, step: Step, kind: &'static str, definition: &Definition, calendar: &WorkCalendar, seed: u64) {
        self.kinds.push(kind);
        if step.events.iter().any(|e| e.kind == EventKind::Reopened) {
            self.kinds.push("reopened");
        }
        self.ledger.enter(definition, &self.case, &step.case, self.now, calendar);
        self.case = step.case;
        hold(definition, &self.case, self.now, calendar, seed);
        self.ledger.agree(definition, &self.case, self.now, calendar, seed);
    }

    fn step(&mut self, definition: &Definition, random: &mut SplitMix64, calendar: &WorkCalendar, seed: u64) {
        self.pass(definition, random, calendar, seed);
        match random.below(10) {
            0 => {
                let (to, by) = (actor(random), actor(random));
                if let Ok(step) = delegate(definition, &self.case, &to, &by, self.now, calendar) {
                    self.take(step, "delegated", definition, calendar, seed);
                }
            }
            1 => {
                if let Some(step) = reproject(definition, &self.case, self.now, &WorkCalendar::default()) {
                    assert!(step.case.clocks.keys().eq(self.case.clocks.keys()));
                    self.kinds.push("reprojected");
                }
            }
            2 => {
                let same = Definition { version: self.case.version + 1, ..definition.clone() };
                let step = carry_over(&same, &self.case, self.now, calendar).expect("nothing was removed");
                let back = Case { version: self.case.version, ..step.case };
                assert_eq!(back, self.case, "seed {seed}: only the version differs");
                self.kinds.push("carried");
            }
            _ => self.command(definition, random, calendar, seed),
        }
    }

    /// Some time passes; timers fire on time, late or not at all.
    fn pass(&mut self, definition: &Definition, random: &mut SplitMix64, calendar: &WorkCalendar, seed: u64) {
        let seconds = *random.pick(&[60, 3_600 * 9, 86_400, 86_400 * 3, 86_400 * 12]);
        let until = self.now.plus_seconds(seconds);
        let on_time = random.below(3) > 0;
        while let Some(moment) = due(definition, &self.case).filter(|d| *d <= until && on_time) {
            self.now = moment.max(self.now);
            let step = fire(definition, &self.case, self.now, calendar).expect("what is due does something");
            self.take(step, "fired", definition, calendar, seed);
        }
        self.now = until;
    }

    fn command(&mut self, definition: &Definition, random: &mut SplitMix64, calendar: &WorkCalendar, seed: u64) {
        let actor = actor(random);
        let name = definition.commands.get_index(random.below(definition.commands.len() as u64) as usize).expect("a command").0;
        let command = &definition.commands[name];
        let all = names("reason question reply");
        let given: Vec<&str> = all.iter().map(String::as_str).filter(|_| random.below(4) > 0).collect();
        let offered = commands(definition, &self.case, &actor, self.now, calendar);
        let free = offered.iter().any(|o| o.name == name && o.refusal.is_none()) || command.by == ["system"];
        match decide(definition, &self.case, name, &actor, &given, self.now, calendar) {
            Ok(step) => {
                assert!(free, "seed {seed}: {name} is offered before it is taken");
                self.ledger.gave(command, name, &actor, seed);
                assert_eq!(step.case.state, command.to);
                self.take(step, "decided", definition, calendar, seed);
            }
            Err(refusal) => {
                let needs = command.needs.iter().any(|n| !given.contains(&n.as_str()));
                assert!(!free || needs || command.by == ["system"], "seed {seed}: {name} was offered: {refusal:?}");
                assert!(!refusal.text.zh.is_empty() && !refusal.text.en.is_empty());
                self.kinds.push("refused");
            }
        }
    }
}
