//! What each part shows by itself: names that exist, periods, duties that go with kinds, sizes.
use super::say::say;
use super::{MOST_CLOCKS, MOST_COMMANDS, MOST_DAYS, MOST_STATES, Place, Problem};
use crate::definition::{Clock, Command, Definition, Duty, Kind, State};

pub(super) fn check(d: &Definition) -> Vec<Problem> {
    let mut out = Vec::new();
    head(d, &mut out);
    d.states.iter().for_each(|(name, s)| state(d, name, s, &mut out));
    d.commands.iter().for_each(|(name, c)| command(d, name, c, &mut out));
    d.clocks.iter().for_each(|(name, c)| clock(d, name, c, &mut out));
    escalations(d, &mut out);
    moved(d, &mut out);
    out
}

fn head(d: &Definition, out: &mut Vec<Problem>) {
    if d.version == 0 {
        say(
            out,
            Place::Flow,
            (Some("version"), None),
            "flow_version",
            ("流程的 version 从 1 开始".into(), "the version of a flow begins with 1".into()),
            ("写作 version: 1，每次修改加一", "write version: 1 and add one with every change"),
        );
    }
    let sizes =
        [("states", d.states.len(), MOST_STATES), ("commands", d.commands.len(), MOST_COMMANDS), ("clocks", d.clocks.len(), MOST_CLOCKS)];
    for (key, found, most) in sizes.into_iter().filter(|(_, found, most)| found > most) {
        let text = (format!("{key} 有 {found} 项，最多 {most} 项"), format!("{found} {key}, at most {most} are possible"));
        say(out, Place::Flow, (Some(key), None), "flow_too_large", text, ("把流程拆成两种记录", "split the flow into two record types"));
    }
    for start in d.begins() {
        let key = if *start == d.start { "start" } else { "other_starts" };
        if known_state(d, Place::Flow, key, start, out) && d.kind(start).is_some_and(Kind::is_done) {
            let text = (format!("起点 {start} 是已办结的状态"), format!("the start {start} is a finished state"));
            say(
                out,
                Place::Flow,
                (Some(key), Some(start)),
                "start_done",
                text,
                ("从草稿或在办的状态开始", "start in a draft or an open state"),
            );
        }
    }
}

fn known_state(d: &Definition, place: Place, key: &'static str, name: &str, out: &mut Vec<Problem>) -> bool {
    let known = d.states.contains_key(name);
    if !known {
        let text = (format!("没有状态 {name}"), format!("there is no state {name}"));
        say(out, place, (Some(key), Some(name)), "unknown_state", text, ("写 states 里有的名称", "use a name that stands under states"));
    }
    known
}

fn known_command(d: &Definition, place: Place, key: &'static str, name: &str, out: &mut Vec<Problem>) {
    if !d.commands.contains_key(name) {
        let text = (format!("没有操作 {name}"), format!("there is no command {name}"));
        say(
            out,
            place,
            (Some(key), Some(name)),
            "unknown_command",
            text,
            ("写 commands 里有的名称", "use a name that stands under commands"),
        );
    }
}

fn known_clock(d: &Definition, place: Place, name: &str, out: &mut Vec<Problem>) {
    if !d.clocks.contains_key(name) {
        let text = (format!("没有时限 {name}"), format!("there is no clock {name}"));
        say(
            out,
            place,
            (Some("clock"), Some(name)),
            "unknown_clock",
            text,
            ("写 clocks 里有的名称", "use a name that stands under clocks"),
        );
    }
}

fn state(d: &Definition, name: &str, s: &State, out: &mut Vec<Problem>) {
    let place = || Place::State(name.to_owned());
    match (&s.duty, s.kind.is_done()) {
        (Duty::Nobody, false) => {
            let text = (format!("状态 {name} 没有人负责"), format!("nobody has the duty in state {name}"));
            say(
                out,
                place(),
                (Some("duty"), None),
                "no_duty",
                text,
                ("写作 duty: firm 或 duty: 某角色", "write duty: firm or duty: a role"),
            );
        }
        (Duty::Firm | Duty::Role(_), true) => {
            let text = (format!("状态 {name} 已办结，不再有人负责"), format!("state {name} is finished, so nobody has a duty in it"));
            say(out, place(), (Some("duty"), None), "duty_done", text, ("删去 duty", "remove duty"));
        }
        _ => {}
    }
    if let Some((days, to)) = s.kind.timer() {
        let key = if matches!(s.kind, Kind::Waiting { .. }) { "lapses" } else { "ends" };
        period(place(), key, days, out);
        if known_state(d, place(), "to", to, out) && (to == name || d.kind(to) == Some(&Kind::Draft)) {
            let text = (format!("状态 {name} 到期后不能转到 {to}"), format!("state {name} cannot go to {to} when its time is over"));
            say(
                out,
                place(),
                (Some("to"), Some(to)),
                "timer_target",
                text,
                ("转到另一个状态，不是草稿", "let it go to another state that is no draft"),
            );
        }
    }
    if let Kind::Done { reopen: Some(days), .. } = s.kind {
        period(place(), "reopen", days, out);
    }
}

fn period(place: Place, key: &'static str, days: u32, out: &mut Vec<Problem>) {
    if !(1..=MOST_DAYS).contains(&days) {
        let text = (format!("{key} 应在 1 至 {MOST_DAYS} 个工作日之间"), format!("{key} must be 1 to {MOST_DAYS} working days"));
        say(
            out,
            place,
            (Some(key), None),
            "bad_period",
            text,
            ("写工作日数，如 10；到期才有人处理", "give working days, as 10: something must happen when they are over"),
        );
    }
}

fn command(d: &Definition, name: &str, c: &Command, out: &mut Vec<Problem>) {
    let place = || Place::Command(name.to_owned());
    if c.from.is_empty() {
        let text = (format!("操作 {name} 不能在任何状态下办理"), format!("command {name} can be given in no state"));
        say(out, place(), (Some("from"), None), "no_from", text, ("写作 from: [状态]", "write from: [state]"));
    }
    if c.by.is_empty() {
        let text = (format!("操作 {name} 没有人可以办理"), format!("nobody may give command {name}"));
        say(out, place(), (Some("by"), None), "nobody_may", text, ("写作 by: [firm] 或 by: [某角色]", "write by: [firm] or by: [a role]"));
    }
    let mut known = known_state(d, place(), "to", &c.to, out);
    for from in &c.from {
        known &= known_state(d, place(), "from", from, out);
    }
    c.not.iter().for_each(|n| known_command(d, place(), "not", n, out));
    if !known {
        return;
    }
    for from in &c.from {
        from_state(d, name, c, from, out);
    }
    takes(d, name, c, out);
}

fn from_state(d: &Definition, name: &str, c: &Command, from: &str, out: &mut Vec<Problem>) {
    let place = || Place::Command(name.to_owned());
    if let Some(Kind::Done { reopen: None, .. }) = d.kind(from) {
        let text = (format!("{from} 已办结，操作 {name} 不能从它出发"), format!("{from} is finished, so command {name} cannot leave it"));
        say(
            out,
            place(),
            (Some("from"), Some(from)),
            "done_left",
            text,
            ("在该状态写 reopen: 工作日数，或从 from 里删去它", "give that state reopen: with working days, or take it out of from"),
        );
    }
    if d.kind(&c.to) == Some(&Kind::Draft) && d.kind(from) != Some(&Kind::Draft) {
        let text =
            (format!("操作 {name} 把已提交的办件变回草稿"), format!("command {name} turns a case that was handed in back into a draft"));
        say(
            out,
            place(),
            (Some("to"), Some(&c.to)),
            "back_to_draft",
            text,
            (
                "退回补正用 kind: waiting 的状态，时限会暂停并有期限",
                "return it to a state of kind: waiting; clocks pause there and it has an end",
            ),
        );
    }
}

fn takes(d: &Definition, name: &str, c: &Command, out: &mut Vec<Problem>) {
    let role = d.state(&c.to).and_then(|s| s.duty.role());
    if c.takes && (role.is_none() || c.by.iter().any(|b| Some(b.as_str()) != role)) {
        let text = (
            format!("操作 {name} 使办理人成为经办人，但状态 {} 由别人负责", c.to),
            format!("command {name} makes its giver the holder, but others have the duty in {}", c.to),
        );
        say(
            out,
            Place::Command(name.to_owned()),
            (Some("takes"), None),
            "takes_duty",
            text,
            ("takes 的 by 只写目标状态 duty 的那个角色", "with takes, let by be just the role that has the duty in the state it leads to"),
        );
    }
}

fn clock(d: &Definition, name: &str, c: &Clock, out: &mut Vec<Problem>) {
    let place = || Place::Clock(name.to_owned());
    period(place(), "days", c.days, out);
    for start in &c.starts {
        if known_state(d, place(), "starts", start, out) && matches!(d.kind(start), Some(Kind::Draft | Kind::Done { .. })) {
            let text = (format!("时限 {name} 不能在状态 {start} 里起算"), format!("clock {name} cannot start in state {start}"));
            say(
                out,
                place(),
                (Some("starts"), Some(start)),
                "clock_start",
                text,
                ("从在办、等待或计时的状态起算", "start it in an open, waiting or timed state"),
            );
        }
    }
    c.stops.iter().for_each(|s| known_command(d, place(), "stops", s, out));
}

fn escalations(d: &Definition, out: &mut Vec<Problem>) {
    for (i, e) in d.escalation.iter().enumerate() {
        known_clock(d, Place::Escalation(i), &e.clock, out);
        if e.after.unsigned_abs() > MOST_DAYS {
            let text = (format!("after 最多 {MOST_DAYS} 个工作日"), format!("after is at most {MOST_DAYS} working days"));
            say(out, Place::Escalation(i), (Some("after"), None), "bad_period", text, ("把 after 改近一些", "bring after closer"));
        }
        let days = d.clocks.get(&e.clock).map_or(u32::MAX, |c| c.days);
        if e.after < 0 && e.after.unsigned_abs() > days {
            let text = (
                format!("时限 {} 只有 {days} 个工作日，不能在到期前 {} 日催办", e.clock, e.after.unsigned_abs()),
                format!(
                    "clock {} has {days} working days, so nobody can be told {} days before it is due",
                    e.clock,
                    e.after.unsigned_abs()
                ),
            );
            say(out, Place::Escalation(i), (Some("after"), None), "escalation_early", text, ("把 after 改近一些", "bring after closer"));
        }
        if d.escalation[..i].contains(e) {
            let text: (String, String) = ("这一条催办写了两次".into(), "this escalation is written twice".into());
            say(out, Place::Escalation(i), (None, None), "escalation_twice", text, ("删去一条", "remove one"));
        }
    }
    if let Some(unassigned) = &d.unassigned {
        period(Place::Unassigned, "days", unassigned.days, out);
    }
}

fn moved(d: &Definition, out: &mut Vec<Problem>) {
    for (old, new) in &d.moved {
        known_state(d, Place::Moved(old.clone()), "moved", new, out);
        if d.states.contains_key(old) {
            let text = (format!("状态 {old} 还在，不需要并入别的状态"), format!("state {old} is still there and needs no successor"));
            say(out, Place::Moved(old.clone()), (Some("moved"), Some(old)), "moved_kept", text, ("删去这一行", "remove this line"));
        }
    }
}
