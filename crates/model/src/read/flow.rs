//! `flow:` of a record.
use super::pairs;
use crate::error::{Errors, Located, text};
use crate::keys::Keys;
use crate::raw::{Name, RawFlow};
use crate::yaml::{Node, Value};
use liangu_flow::definition::{FIRM, SYSTEM};
use liangu_flow::{Clock, Command, Definition, Duty, Escalation, Kind, Outcome, State, Unassigned};
use std::cell::RefCell;

/// Collects the roles on the way.
#[derive(Default)]
struct Roles {
    actors: RefCell<Vec<Name>>,
    told: RefCell<Vec<Name>>,
}

pub(super) fn read(keys: &Keys, errors: &Errors) -> Option<RawFlow> {
    let node = keys.node("flow")?;
    let before = errors.count();
    let inner = keys.map("flow")?;
    let roles = Roles::default();
    let start = inner.required_name("start", ("写出开始的状态，如 start: draft", "name the state a case begins in, as start: draft"));
    if inner.node("version").is_none() {
        let m = text("流程缺少 version", "the flow lacks its version");
        let h = text("写作 version: 1，每次修改加一", "write version: 1 and add one with every change");
        errors.report(inner.at, "missing_key", m, Some(h));
    }
    let definition = Definition {
        version: inner.int("version").map_or(1, |v| days(v.value)),
        start: start.as_ref().map(|s| s.value.clone()).unwrap_or_default(),
        other_starts: plain(inner.names("other_starts")),
        states: pairs(&inner, "states", |k, n| state(k, n, &roles, errors)).into_iter().map(|(k, s)| (k.value, s)).collect(),
        commands: pairs(&inner, "commands", |k, n| command(k, n, &roles, errors)).into_iter().map(|(k, c)| (k.value, c)).collect(),
        clocks: pairs(&inner, "clocks", |k, n| clock(k, n, errors)).into_iter().map(|(k, c)| (k.value, c)).collect(),
        escalation: escalation(&inner, &roles, errors),
        unassigned: unassigned(&inner, &roles),
        moved: pairs(&inner, "moved", |k, n| crate::keys::word(n, &k.value, errors)).into_iter().map(|(k, n)| (k.value, n.value)).collect(),
    };
    inner.finish();
    start?;
    let sound = errors.count() == before;
    let (actors, told) = (roles.actors.into_inner(), roles.told.into_inner());
    Some(RawFlow { at: inner.at, node: node.clone(), definition, sound, actors, told })
}

fn plain(names: Vec<Name>) -> Vec<String> {
    names.into_iter().map(|n| n.value).collect()
}

/// Below zero counts as zero, which the flow's own check refuses.
fn days(value: i64) -> u32 {
    u32::try_from(value.max(0)).unwrap_or(u32::MAX)
}

fn period(keys: &Keys, key: &'static str, example: (&'static str, &'static str), errors: &Errors) -> u32 {
    let found = keys.int(key);
    if keys.node(key).is_none() {
        let m = text(format!("缺少 {key}（工作日数）"), format!("{key} (working days) is missing"));
        errors.report(keys.at, "missing_key", m, Some(text(example.0, example.1)));
        return 1;
    }
    // What is no whole number has been reported.
    found.map_or(1, |d| days(d.value))
}

fn state(name: &Located<String>, node: &Node, roles: &Roles, errors: &Errors) -> Option<State> {
    let keys = Keys::under(name, node, errors)?;
    let label = keys.label("label");
    let kind =
        keys.required_name("kind", ("写作 kind: draft、open、waiting、timed 或 done", "write kind: draft, open, waiting, timed or done"));
    let duty = keys.name("duty");
    let kind = match kind.as_ref().map(|k| k.value.as_str()) {
        Some("draft") => Kind::Draft,
        Some("waiting") => {
            let example = ("写作 lapses: 10, to: 状态——无人回应时转到哪里", "write lapses: 10, to: state, where it goes if nobody answers");
            Kind::Waiting { lapses: period(&keys, "lapses", example, errors), to: target(&keys, example) }
        }
        Some("timed") => {
            let example = ("写作 ends: 5, to: 状态——期满转到哪里", "write ends: 5, to: state, where it goes when the time is over");
            Kind::Timed { ends: period(&keys, "ends", example, errors), to: target(&keys, example) }
        }
        Some("done") => Kind::Done { outcome: outcome(&keys, errors), reopen: keys.int("reopen").map(|d| days(d.value)) },
        Some("open") | None => Kind::Open,
        Some(other) => {
            let m = text(format!("没有状态种类 {other}"), format!("there is no kind {other} of states"));
            let h = text(
                "可用：draft（草稿）、open（在办）、waiting（等待）、timed（计时）、done（办结）",
                "use draft, open, waiting, timed or done",
            );
            errors.report(kind.as_ref().map_or(name.at, |k| k.at), "unknown_kind", m, Some(h));
            // Which keys go with it is not known: none of them is strange.
            for key in ["lapses", "ends", "to", "outcome", "reopen"] {
                keys.node(key);
            }
            Kind::Open
        }
    };
    keys.finish();
    let duty = match duty {
        None => Duty::Nobody,
        Some(n) if n.value == FIRM => Duty::Firm,
        Some(n) => {
            roles.actors.borrow_mut().push(n.clone());
            Duty::Role(n.value)
        }
    };
    Some(State { label, kind, duty })
}

fn target(keys: &Keys, example: (&'static str, &'static str)) -> String {
    keys.required_name("to", example).map(|n| n.value).unwrap_or_default()
}

fn outcome(keys: &Keys, errors: &Errors) -> Outcome {
    const EXAMPLE: (&str, &str) = ("写作 outcome: fulfilled、refused 或 withdrawn", "write outcome: fulfilled, refused or withdrawn");
    let found = keys.required_name("outcome", EXAMPLE);
    match found.as_ref().map(|n| n.value.as_str()) {
        Some("refused") => Outcome::Refused,
        Some("withdrawn") => Outcome::Withdrawn,
        Some("fulfilled") | None => Outcome::Fulfilled,
        Some(other) => {
            let m = text(format!("没有结果 {other}"), format!("there is no outcome {other}"));
            errors.report(found.as_ref().map_or(keys.at, |n| n.at), "unknown_outcome", m, Some(text(EXAMPLE.0, EXAMPLE.1)));
            Outcome::Fulfilled
        }
    }
}

fn command(name: &Located<String>, node: &Node, roles: &Roles, errors: &Errors) -> Option<Command> {
    let keys = Keys::under(name, node, errors)?;
    let by = keys.names("by");
    let of_packs = by.iter().filter(|b| b.value != FIRM && b.value != SYSTEM);
    roles.actors.borrow_mut().extend(of_packs.cloned());
    let command = Command {
        label: keys.label("label"),
        from: plain(keys.names("from")),
        to: target(&keys, ("写出它通向的状态，如 to: reviewing", "name the state it leads to, as to: reviewing")),
        by: plain(by),
        holder_only: keys.flag("holder_only").is_some(),
        takes: keys.flag("takes").is_some(),
        not: plain(keys.names("not")),
        needs: plain(keys.names("needs")),
        confirm: keys.text("confirm"),
    };
    keys.finish();
    Some(command)
}

fn clock(name: &Located<String>, node: &Node, errors: &Errors) -> Option<Clock> {
    let keys = Keys::under(name, node, errors)?;
    let clock = Clock {
        label: keys.label("label"),
        days: period(&keys, "days", ("写作 days: 15", "write days: 15"), errors),
        starts: plain(keys.names("starts")),
        stops: plain(keys.names("stops")),
    };
    keys.finish();
    Some(clock)
}

fn escalation(keys: &Keys, roles: &Roles, errors: &Errors) -> Vec<Escalation> {
    const EXAMPLE: (&str, &str) = ("写作 {clock: resolution, after: -2, to: officer}", "write {clock: resolution, after: -2, to: officer}");
    let Some(node) = keys.node("escalation") else {
        return Vec::new();
    };
    let Value::List(items) = &node.value else {
        let m = text("escalation 应是列表", "escalation must be a list");
        errors.report(node.at, "wrong_kind", m, Some(text(EXAMPLE.0, EXAMPLE.1)));
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in items {
        let Some(inner) = Keys::of(item, "escalation", errors) else { continue };
        let (clock, to) = (inner.required_name("clock", EXAMPLE), inner.required_name("to", EXAMPLE));
        let after = inner.int("after").map_or(0, |a| i32::try_from(a.value).unwrap_or(i32::MAX));
        inner.finish();
        roles.told.borrow_mut().extend(to.clone());
        // An entry that cannot be read keeps its position, so that problems of later ones find theirs.
        let name = |n: Option<Name>| n.map(|n| n.value).unwrap_or_default();
        found.push(Escalation { clock: name(clock), after, to: name(to) });
    }
    found
}

fn unassigned(keys: &Keys, roles: &Roles) -> Option<Unassigned> {
    let inner = keys.map("unassigned")?;
    const EXAMPLE: (&str, &str) = ("写作 unassigned: {days: 1, to: leader}", "write unassigned: {days: 1, to: leader}");
    let (after, to) = (inner.required_name("days", EXAMPLE), inner.required_name("to", EXAMPLE));
    let after = after.and_then(|_| inner.int("days")).map_or(1, |d| days(d.value));
    inner.finish();
    roles.told.borrow_mut().extend(to.clone());
    Some(Unassigned { days: after, to: to?.value })
}
