//! Random definitions and actors.
use crate::claim::{clock, command, escalation, state};
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_flow::*;

const ROLES: [&str; 3] = ["officer", "reviewer", "finance"];

/// Few people with few roles, so that two persons are often one.
pub fn actor(random: &mut SplitMix64) -> Actor {
    let account = *random.pick(&["ann", "bob", "cem", "firm", "system"]);
    let roles = match account {
        "system" => vec!["system".to_owned()],
        "firm" => vec![],
        "cem" => vec!["officer".to_owned(), "leader".to_owned()],
        _ => ROLES.iter().map(|r| (*r).to_owned()).collect(),
    };
    Actor { account: account.into(), name: account.into(), roles, is_firm: account == "firm" }
}

/// The next of the random definitions that has no problems.
pub fn definition(random: &mut SplitMix64) -> Definition {
    loop {
        let definition = attempt(random);
        if check(&definition).is_empty() {
            return definition;
        }
    }
}

fn attempt(random: &mut SplitMix64) -> Definition {
    let middle: Vec<String> = (0..2 + random.below(4)).map(|n| format!("s{n}")).collect();
    let ends = ["kept", "closed"];
    let mut states = vec![state("draft", Kind::Draft, "firm")];
    let any = |random: &mut SplitMix64, but: &str| loop {
        let to = if random.below(4) == 0 { (*random.pick(&ends)).to_owned() } else { random.pick(&middle).clone() };
        if to != but {
            return to;
        }
    };
    for name in &middle {
        let days = 1 + random.below(8) as u32;
        let kind = match random.below(5) {
            0 => Kind::Waiting { lapses: days, to: any(random, name) },
            1 => Kind::Timed { ends: days, to: any(random, name) },
            _ => Kind::Open,
        };
        let duty = if matches!(kind, Kind::Waiting { .. }) { "firm" } else { random.pick(&ROLES) };
        states.push(state(name, kind, duty));
    }
    states.push(state("kept", Kind::Done { outcome: Outcome::Fulfilled, reopen: None }, ""));
    states.push(state("closed", Kind::Done { outcome: Outcome::Refused, reopen: Some(1 + random.below(10) as u32) }, ""));
    let mut commands = vec![command("hand_in", "draft", &middle[0], "firm"), command("reopen", "closed", &any(random, "closed"), "firm")];
    for n in 0..middle.len() * 2 + random.below(4) as usize {
        commands.push(random_command(random, n, &middle, &states, &any));
    }
    Definition {
        version: 1,
        start: "draft".into(),
        other_starts: if random.below(3) == 0 { vec![middle[middle.len() - 1].clone()] } else { vec![] },
        clocks: clocks(random, &middle, commands.len()),
        escalation: escalations(random),
        unassigned: (random.below(2) == 0).then(|| Unassigned { days: 1 + random.below(3) as u32, to: "leader".into() }),
        states: states.into_iter().collect(),
        commands: commands.into_iter().collect(),
        moved: Default::default(),
    }
}

fn random_command(
    random: &mut SplitMix64,
    n: usize,
    middle: &[String],
    states: &[(String, State)],
    any: &dyn Fn(&mut SplitMix64, &str) -> String,
) -> (String, Command) {
    // The first ones leave each state in turn, so that few states are dead ends.
    let from = middle.get(n).unwrap_or_else(|| random.pick(middle)).clone();
    let duty = |name: &str| states.iter().find(|(s, _)| s == name).map(|(_, s)| s.duty.clone());
    let role = |duty: Option<Duty>| match duty {
        Some(Duty::Role(role)) => role,
        _ => "firm".to_owned(),
    };
    let to = if random.below(6) == 0 { from.clone() } else { any(random, "") };
    let (name, mut made) = command(&format!("c{n}"), &from, &to, &role(duty(&from)));
    match random.below(9) {
        0 => made.by.push("system".into()),
        1 => made.by.push("officer".into()),
        2 => made.holder_only = true,
        3 => made.needs = vec!["reason".into()],
        4 | 7 if n > 0 => made.not = vec![format!("c{}", random.below(n as u64))],
        5 if matches!(duty(&to), Some(Duty::Role(_))) => {
            made.takes = true;
            made.by = vec![role(duty(&to))];
        }
        6 => made.from.push(random.pick(middle).clone()),
        _ => {}
    }
    made.from.dedup();
    (name, made)
}

/// Often one that runs to the end, so that many definitions pass; sometimes only such as must be met by states.
fn clocks(random: &mut SplitMix64, middle: &[String], commands: usize) -> indexmap::IndexMap<String, Clock> {
    let mut made = Vec::new();
    if random.below(4) > 0 {
        made.push(clock("whole", 1 + random.below(15) as u32, "", ""));
    }
    for n in 0..random.below(3) {
        let starts = if random.below(3) == 0 { String::new() } else { random.pick(middle).clone() };
        let stops = if random.below(2) == 0 { String::new() } else { format!("c{}", random.below(commands as u64 - 2)) };
        made.push(clock(&format!("k{n}"), 1 + random.below(9) as u32, &starts, &stops));
    }
    if made.is_empty() || random.below(6) == 0 {
        made.extend(middle.iter().map(|s| clock(&format!("in_{s}"), 1 + random.below(5) as u32, s, "")));
    }
    made.into_iter().collect()
}

fn escalations(random: &mut SplitMix64) -> Vec<Escalation> {
    let after = |random: &mut SplitMix64| random.below(9) as i32 - 1;
    let mut made = Vec::new();
    for clock in ["whole", "k0"] {
        if random.below(3) == 0 {
            made.push(escalation(clock, after(random), "leader"));
        }
    }
    made
}
