//! Two persons: `not` must bar somebody, and must not bar everybody.
use super::say::say;
use super::{Place, Problem};
use crate::definition::Definition;
use crate::reach::after;

pub(super) fn check(d: &Definition, out: &mut Vec<Problem>) {
    for (name, command) in &d.commands {
        let place = || Place::Command(name.clone());
        if bars_itself(d, name) {
            let text = (
                format!("操作 {name} 的 not 绕回它自己：办过一轮的人都不能再办"),
                format!("not of command {name} leads back to itself: whoever took part once could never again"),
            );
            say(
                out,
                place(),
                (Some("not"), None),
                "two_persons_cycle",
                text,
                ("not 只写在前面办理的操作", "let not name commands that come before only"),
            );
            continue;
        }
        for earlier in &command.not {
            let before = d.command(earlier).map(|c| after(d, &c.to)).unwrap_or_default();
            if !command.from.iter().any(|f| before.contains(f.as_str())) {
                let text = (
                    format!("操作 {earlier} 不会在 {name} 之前，not 不起作用"),
                    format!("command {earlier} never comes before {name}, so not bars nobody"),
                );
                say(
                    out,
                    place(),
                    (Some("not"), Some(earlier)),
                    "two_persons_void",
                    text,
                    ("写在它之前办理的操作", "name a command that is given before it"),
                );
            }
        }
    }
}

fn bars_itself(d: &Definition, name: &str) -> bool {
    let (mut seen, mut queue) = (Vec::new(), vec![name]);
    while let Some(at) = queue.pop() {
        for next in d.command(at).map(|c| c.not.as_slice()).unwrap_or_default() {
            if next == name {
                return true;
            }
            if !seen.contains(&next.as_str()) {
                seen.push(next);
                queue.push(next);
            }
        }
    }
    false
}
