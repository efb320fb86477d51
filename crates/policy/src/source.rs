//! The rule of a document as text: what is stored beside it, shown, exported, and typed again on every day.
//!
//! The text is put together from what authors wrote; typed in the same frame it is the same rule as
//! [`crate::Compiled::rule`].
use crate::compile::Compiled;
use crate::content::{Clause, Content, Item};

/// The rule; none where nothing decides or a condition does not type.
pub fn rule(content: &Content, compiled: &Compiled) -> Option<String> {
    if !compiled.sound {
        return None;
    }
    let mut parts: Vec<String> = content.deciding(None).filter_map(|c| Some(bracketed(c.when.as_deref()?))).collect();
    let items: Option<Vec<String>> = content.items.iter().map(|item| of_item(item, content, compiled)).collect();
    match items.as_deref() {
        Some([]) | None => {}
        Some([only]) => parts.push(only.clone()),
        Some(many) => parts.push(format!("({})", many.join(" || "))),
    }
    (!parts.is_empty()).then(|| parts.join(" && "))
}

/// An item's own conditions; none where it asks nothing of its own.
fn of_item(item: &Item, content: &Content, compiled: &Compiled) -> Option<String> {
    let (bound, outside): (Vec<&Clause>, Vec<&Clause>) = content.deciding(Some(&item.key)).partition(|c| is_bound(c, compiled));
    let mut parts: Vec<String> = outside.iter().filter_map(|c| Some(bracketed(c.when.as_deref()?))).collect();
    if let Some(bind) = &item.bind {
        let inside: Vec<String> = bound.iter().filter_map(|c| Some(bracketed(c.when.as_deref()?))).collect();
        let inside = if inside.is_empty() { "true".to_owned() } else { inside.join(" && ") };
        parts.push(format!("{}.exists({}, {inside})", bind.child, bind.variable));
    }
    match &parts[..] {
        [] => None,
        [only] => Some(only.clone()),
        many => Some(format!("({})", many.join(" && "))),
    }
}

/// A clause's expression over the firm: a bound one within its macro.
pub fn clause(clause: &Clause, content: &Content, compiled: &Compiled) -> Option<String> {
    let when = clause.when.as_deref().filter(|w| !w.trim().is_empty())?;
    let bind = clause.item.as_deref().and_then(|key| content.item(key)).and_then(|item| item.bind.as_ref());
    match bind.filter(|_| is_bound(clause, compiled)) {
        Some(bind) => Some(format!("{}.exists({}, {when}\n)", bind.child, bind.variable)),
        None => Some(when.to_owned()),
    }
}

fn is_bound(clause: &Clause, compiled: &Compiled) -> bool {
    compiled.clauses.iter().any(|c| c.key == clause.key && c.is_bound())
}

/// The line ends before the bracket, so that a comment at the end does not swallow it.
fn bracketed(text: &str) -> String {
    if text.contains("//") { format!("({text}\n)") } else { format!("({text})") }
}
