//! A record's flow: roles and names here, everything else by [`liangu_flow::check`], each problem at its place.
use super::Cx;
use crate::error::{At, Located};
use crate::names::Bad;
use crate::raw::{Name, RawFlow, RawRecord};
use crate::yaml::{Node, Value};
use liangu_flow::{Place, Problem};

pub(super) fn check(r: &RawRecord, cx: &Cx) {
    let Some(flow) = &r.flow else { return };
    for (part, zh, en) in [("states", "状态", "state"), ("commands", "操作", "command"), ("clocks", "时限", "clock")] {
        for (name, _) in entry(&flow.node, part).map(|(_, n)| entries(n)).unwrap_or_default() {
            // They are codes and words of addresses, not columns: words of SQL are free.
            let verdict = crate::names::check(&name.value);
            cx.name_verdict(name, verdict.or_else(|b| if matches!(b, Bad::Sql | Bad::System) { Ok(()) } else { Err(b) }), zh, en);
        }
    }
    flow.actors.iter().chain(&flow.told).for_each(|role| cx.role_exists(role));
    flow.actors.iter().for_each(|role| sees(role, r, cx));
    let problems = if flow.sound { liangu_flow::check(&flow.definition) } else { Vec::new() };
    for problem in problems {
        let at = place(flow, &problem);
        let (text, hint) = (problem.text, problem.hint);
        cx.say(at, problem.code, (text.zh, text.en), Some((hint.zh, hint.en)));
    }
}

/// Who has the duty or gives commands sees the record.
fn sees(role: &Name, r: &RawRecord, cx: &Cx) {
    let inherits = r.scope.is_empty() && r.child_of.is_some();
    if inherits || !cx.roles.contains(&role.value) || r.scope.iter().any(|(s, _)| s.value == role.value) {
        return;
    }
    let message = (
        format!("角色 {} 在流程里办理 {}，却没有 scope，什么也看不到", role.value, r.name.value).into(),
        format!("role {} acts in the flow of {} but has no scope and sees nothing", role.value, r.name.value).into(),
    );
    let hint = (format!("在 scope 里写 {}: \"…\"", role.value).into(), format!("write {}: \"…\" in scope", role.value).into());
    cx.say(role.at, "writes_unseen", message, Some(hint));
}

fn entries(node: &Node) -> &[(Located<String>, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

fn entry<'a>(node: &'a Node, key: &str) -> Option<(&'a Located<String>, &'a Node)> {
    entries(node).iter().find(|(k, _)| k.value == key).map(|(k, n)| (k, n))
}

/// Where a problem is written: the wrong word, else the value of its key, else the name of its part.
fn place(flow: &RawFlow, problem: &Problem) -> At {
    let of = |part: &str, name: &str| entry(&flow.node, part).and_then(|(_, n)| entry(n, name));
    let (at, node) = match &problem.place {
        Place::Flow => (flow.at, Some(&flow.node)),
        Place::State(name) => located(of("states", name), flow),
        Place::Command(name) => located(of("commands", name), flow),
        Place::Clock(name) => located(of("clocks", name), flow),
        Place::Unassigned => located(entry(&flow.node, "unassigned"), flow),
        Place::Escalation(position) => {
            let item = entry(&flow.node, "escalation").and_then(|(_, n)| match &n.value {
                Value::List(items) => items.get(*position),
                _ => None,
            });
            (item.map_or(flow.at, |n| n.at), item)
        }
        Place::Moved(old) => {
            let line = of("moved", old);
            let to = line.filter(|(_, n)| problem.word.as_ref().is_some_and(|w| is(n, w)));
            return to.map_or(line.map_or(flow.at, |(k, _)| k.at), |(_, n)| n.at);
        }
    };
    let Some((key, value)) = problem.key.and_then(|k| node.and_then(|n| entry(n, k))) else { return at };
    let words = match &value.value {
        Value::List(items) => items.as_slice(),
        Value::Map(_) => return key.at,
        _ => return value.at,
    };
    let wrong = problem.word.as_ref().and_then(|w| words.iter().find(|n| is(n, w)));
    wrong.map_or(key.at, |n| n.at)
}

fn located<'a>(found: Option<(&'a Located<String>, &'a Node)>, flow: &RawFlow) -> (At, Option<&'a Node>) {
    found.map_or((flow.at, None), |(k, n)| (k.at, Some(n)))
}

fn is(node: &Node, word: &str) -> bool {
    matches!(&node.value, Value::Text(t) if t == word)
}
