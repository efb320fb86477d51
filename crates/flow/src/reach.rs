//! What a definition makes possible: which states, with which clocks going and which roles having a holder.
//!
//! A configuration is a state with the clocks that are alive in it; only finitely many exist, so they are walked all.
use crate::case::Name;
use crate::definition::{Command, Definition, Kind};
use crate::enter::started;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One way to be in a state. Clocks in timed and waiting states are alive, though they stand still.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Configuration {
    pub state: Name,
    pub alive: BTreeSet<Name>,
    /// Roles for which somebody has taken the case.
    pub held: BTreeSet<String>,
}

/// Configurations a check walks at most; a flow that has more is refused as too large.
pub(crate) const MOST: usize = 20_000;

/// All configurations from all starts, each with the one it was first reached from; stops at [`MOST`].
pub(crate) fn configurations(definition: &Definition) -> BTreeMap<Configuration, Option<(Configuration, Name)>> {
    let mut seen = BTreeMap::new();
    let mut queue = VecDeque::new();
    for start in definition.begins() {
        let c = arrived(definition, None, start, &BTreeSet::new(), BTreeSet::new());
        if seen.insert(c.clone(), None).is_none() {
            queue.push_back(c);
        }
    }
    while let Some(c) = queue.pop_front() {
        for (by, next) in followers(definition, &c) {
            if seen.len() < MOST && !seen.contains_key(&next) {
                seen.insert(next.clone(), Some((c.clone(), by)));
                queue.push_back(next);
            }
        }
    }
    seen
}

fn followers(definition: &Definition, at: &Configuration) -> Vec<(Name, Configuration)> {
    let mut out = Vec::new();
    for (name, command) in definition.exits(&at.state) {
        let stops = |c: &Name| definition.clocks.get(c).is_some_and(|k| k.stops.contains(name));
        let alive = at.alive.iter().filter(|c| !stops(c)).cloned().collect();
        out.push((name.clone(), arrived(definition, Some(&at.state), &command.to, &alive, held(definition, command, at))));
    }
    if let Some((_, to)) = definition.kind(&at.state).and_then(Kind::timer) {
        out.push((String::new(), arrived(definition, Some(&at.state), to, &at.alive, at.held.clone())));
    }
    out.retain(|(_, c)| definition.states.contains_key(&c.state));
    out
}

fn held(definition: &Definition, command: &Command, at: &Configuration) -> BTreeSet<String> {
    let mut held = at.held.clone();
    let role = definition.state(&command.to).and_then(|s| s.duty.role());
    held.extend(role.filter(|_| command.takes).map(str::to_owned));
    held
}

fn arrived(definition: &Definition, from: Option<&str>, to: &str, alive: &BTreeSet<Name>, held: BTreeSet<String>) -> Configuration {
    let mut alive = alive.clone();
    if from != Some(to) {
        alive.extend(started(definition, from, to).map(|(n, _)| n.clone()));
    }
    if definition.kind(to).is_some_and(Kind::is_done) {
        alive.clear();
    }
    Configuration { state: to.to_owned(), alive, held }
}

/// States that can come after `state`, itself included.
pub(crate) fn after<'a>(definition: &'a Definition, state: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::from([state]);
    let mut queue = vec![state];
    while let Some(state) = queue.pop() {
        let timer = definition.kind(state).and_then(Kind::timer).map(|(_, to)| to.as_str());
        for to in definition.exits(state).map(|(_, c)| c.to.as_str()).chain(timer) {
            if definition.states.contains_key(to) && seen.insert(to) {
                queue.push(to);
            }
        }
    }
    seen
}

/// As [`after`], without going through the end of the case: what is left of this round.
fn round<'a>(definition: &'a Definition, state: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::from([state]);
    let mut queue = vec![state];
    while let Some(state) = queue.pop() {
        let kind = definition.kind(state);
        let timer = kind.and_then(Kind::timer).map(|(_, to)| to.as_str());
        let exits = definition.exits(state).map(|(_, c)| c.to.as_str()).chain(timer);
        for to in exits.filter(|_| !kind.is_some_and(Kind::is_done)) {
            if definition.states.contains_key(to) && seen.insert(to) {
                queue.push(to);
            }
        }
    }
    seen
}

/// Whether a command that stops the clock can be given in `state` or later, before the case is done; a clock that no
/// command stops ends with the case.
pub(crate) fn stop_in_reach(definition: &Definition, clock: &str, state: &str) -> bool {
    let Some(clock) = definition.clocks.get(clock) else { return false };
    let states = round(definition, state);
    let done = |s: &str| definition.kind(s).is_some_and(Kind::is_done);
    let given = |c: &Command| c.from.iter().any(|f| states.contains(f.as_str()) && !done(f));
    clock.stops.is_empty() || clock.stops.iter().filter_map(|s| definition.command(s)).any(given)
}
