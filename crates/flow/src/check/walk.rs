//! What only walking shows: states nobody reaches or leaves, clocks that never start or never stop, open states in
//! which nothing runs, pools from which nobody can take.
use super::say::say;
use super::{Place, Problem};
use crate::definition::{Definition, Duty, FIRM, Kind, SYSTEM};
use crate::reach::{Configuration, MOST, after, configurations, stop_in_reach};
use std::collections::{BTreeMap, BTreeSet};

type Walked = BTreeMap<Configuration, Option<(Configuration, String)>>;

pub(super) fn check(d: &Definition, out: &mut Vec<Problem>) {
    let walked = configurations(d);
    if walked.len() >= MOST {
        let text = ("流程的可能情形太多".to_owned(), "the flow allows too many situations".to_owned());
        say(out, Place::Flow, (None, None), "flow_too_large", text, ("减少时限或角色", "use fewer clocks or roles"));
        return;
    }
    let reached: BTreeSet<&str> = walked.keys().map(|c| c.state.as_str()).collect();
    for name in d.states.keys() {
        match reached.contains(name.as_str()) {
            false => unreachable(name, out),
            true => leaving(d, name, out),
        }
    }
    for name in d.states.keys() {
        running(d, name, &walked, out);
        pool(d, name, &walked, out);
    }
    clocks(d, &walked, out);
}

fn unreachable(name: &str, out: &mut Vec<Problem>) {
    let text = (format!("没有操作会到状态 {name}"), format!("nothing leads to state {name}"));
    say(
        out,
        Place::State(name.to_owned()),
        (None, None),
        "unreachable_state",
        text,
        (
            "加一个到它的操作，或删去它；由程序开始的写进 other_starts",
            "add a command that leads to it or remove it; one in which the program begins belongs into other_starts",
        ),
    );
}

fn leaving(d: &Definition, name: &str, out: &mut Vec<Problem>) {
    let Some(state) = d.state(name) else { return };
    let place = || Place::State(name.to_owned());
    let exits = d.exits(name).any(|(_, c)| c.to != name) || state.kind.timer().is_some();
    if let Kind::Done { reopen, .. } = state.kind {
        if reopen.is_some() && !exits {
            let text =
                (format!("状态 {name} 可重新办理，却没有操作从它出发"), format!("state {name} can be reopened, but no command leaves it"));
            say(
                out,
                place(),
                (Some("reopen"), None),
                "reopen_nowhere",
                text,
                ("加一个 from 含它的操作，或删去 reopen", "add a command whose from names it, or remove reopen"),
            );
        }
        return;
    }
    if !exits {
        let text = (format!("状态 {name} 进得去，出不来"), format!("state {name} cannot be left"));
        say(out, place(), (None, None), "dead_end", text, ("加一个从它出发的操作", "add a command that leaves it"));
        return;
    }
    if !after(d, name).iter().any(|s| d.kind(s).is_some_and(Kind::is_done)) {
        let text = (format!("从状态 {name} 永远到不了办结"), format!("from state {name} the case can never be finished"));
        say(out, place(), (None, None), "no_end", text, ("加一个到 kind: done 状态的操作", "add a command to a state of kind: done"));
    }
    let acts = |role: &str| d.exits(name).any(|(_, c)| c.by.iter().any(|b| b == role || b == SYSTEM));
    let idle = match &state.duty {
        Duty::Firm => !acts(FIRM),
        Duty::Role(role) => !acts(role),
        Duty::Nobody => false,
    };
    if idle && state.kind.timer().is_none() {
        let text = (format!("状态 {name} 的负责人没有可办的操作"), format!("who has the duty in state {name} can give no command there"));
        say(
            out,
            place(),
            (Some("duty"), None),
            "idle_duty",
            text,
            ("把 duty 给能办的角色，或在操作的 by 里加上它", "give the duty to a role that can act, or add it to by of a command"),
        );
    }
}

/// An open state must have a running clock however it was reached.
fn running(d: &Definition, name: &str, walked: &Walked, out: &mut Vec<Problem>) {
    if d.kind(name) != Some(&Kind::Open) {
        return;
    }
    if let Some(bare) = walked.keys().find(|c| c.state == name && c.alive.is_empty()) {
        let way = way(bare, walked);
        let text = (
            format!("状态 {name} 里没有时限在走，逾期也没有人知道（经由：{way}）"),
            format!("no clock runs in state {name}, so nobody learns that it is late (by way of: {way})"),
        );
        say(
            out,
            Place::State(name.to_owned()),
            (None, None),
            "no_clock",
            text,
            ("给它一个时限：在 clocks 里写 starts: [该状态]", "give it a clock: under clocks, one with starts: [this state]"),
        );
    }
}

/// `submit → approve → (time)`.
fn way(to: &Configuration, walked: &Walked) -> String {
    let (mut steps, mut at) = (Vec::new(), to);
    while let Some(Some((before, by))) = walked.get(at) {
        steps.push(if by.is_empty() { "(time)" } else { by.as_str() });
        at = before;
    }
    steps.push(at.state.as_str());
    steps.reverse();
    steps.join(" → ")
}

/// In a role's pool all commands of the role want a holder, and none makes one.
fn pool(d: &Definition, name: &str, walked: &Walked, out: &mut Vec<Problem>) {
    let Some(role) = d.state(name).and_then(|s| s.duty.role()) else { return };
    let mut own = d.exits(name).filter(|(_, c)| c.by.iter().any(|b| b == role || b == SYSTEM)).peekable();
    let stuck = own.peek().is_some() && own.all(|(_, c)| c.holder_only && !c.takes);
    let unheld = walked.keys().any(|c| c.state == name && !c.held.contains(role));
    if stuck && unheld && d.state(name).is_some_and(|s| s.kind.timer().is_none()) {
        let text = (
            format!("状态 {name} 可能还没有经办人，而它的操作都只许经办人办理"),
            format!("state {name} may have no holder yet, but all its commands are for the holder only"),
        );
        say(
            out,
            Place::State(name.to_owned()),
            (None, None),
            "pool_stuck",
            text,
            ("加一个 takes: true 的签收操作", "add a command with takes: true"),
        );
    }
}

fn clocks(d: &Definition, walked: &Walked, out: &mut Vec<Problem>) {
    for (name, clock) in &d.clocks {
        let place = || Place::Clock(name.clone());
        if !walked.keys().any(|c| c.alive.contains(name)) {
            let text = (format!("时限 {name} 从不起算"), format!("clock {name} never starts"));
            say(
                out,
                place(),
                (None, None),
                "clock_never_starts",
                text,
                ("写 starts，或写能到达的 stops", "give starts, or stops that can be reached"),
            );
        }
        let on = |c: &&Configuration| c.alive.contains(name) && !stop_in_reach(d, name, &c.state);
        if let Some(stuck) = walked.keys().find(on) {
            let text = (
                format!("时限 {name} 在状态 {} 里还在走，以后再没有操作会停它", stuck.state),
                format!("clock {name} still runs in state {}, after which no command stops it", stuck.state),
            );
            let word = clock.stops.first().map(String::as_str);
            say(
                out,
                place(),
                (Some("stops"), word),
                "clock_never_stops",
                text,
                ("把离开前的那个操作加进 stops", "add the command that leads there to stops"),
            );
        }
    }
}
