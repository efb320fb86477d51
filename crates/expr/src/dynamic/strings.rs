//! Text beyond standard CEL: positions are counted in characters from 0.
use super::{error, unmet};
use crate::row::Context;
use crate::value::Value;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

/// No text that a function makes is longer, in bytes.
const LONGEST: usize = 10_000_000;

fn text(t: impl Into<String>) -> Value {
    let t = t.into();
    if t.len() > LONGEST { Value::Unknown(error("the text is too long")) } else { Value::Text(t.into()) }
}

fn failed(what: impl Into<String>) -> Value {
    Value::Unknown(error(what))
}

fn mapped(arguments: &[Value], f: fn(&str) -> String) -> Value {
    match arguments {
        [Value::Text(t)] => text(f(t)),
        _ => unmet(),
    }
}

pub fn lower_ascii(arguments: &[Value], _: &Context) -> Value {
    mapped(arguments, str::to_ascii_lowercase)
}

pub fn upper_ascii(arguments: &[Value], _: &Context) -> Value {
    mapped(arguments, str::to_ascii_uppercase)
}

pub fn trim(arguments: &[Value], _: &Context) -> Value {
    mapped(arguments, |t| t.trim().to_owned())
}

pub fn reverse(arguments: &[Value], _: &Context) -> Value {
    mapped(arguments, |t| t.chars().rev().collect())
}

/// In double quotes with escapes.
pub fn quote(arguments: &[Value], _: &Context) -> Value {
    mapped(arguments, |t| {
        let escaped = t.chars().map(|c| match c {
            '\u{7}' => "\\a".to_owned(),
            '\u{8}' => "\\b".to_owned(),
            '\u{c}' => "\\f".to_owned(),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            '\u{b}' => "\\v".to_owned(),
            '\\' => "\\\\".to_owned(),
            '"' => "\\\"".to_owned(),
            c => c.to_string(),
        });
        format!("\"{}\"", escaped.collect::<String>())
    })
}

pub fn char_at(arguments: &[Value], _: &Context) -> Value {
    let [Value::Text(t), Value::Int(at)] = arguments else { return unmet() };
    let length = t.chars().count() as i64;
    match t.chars().nth(usize::try_from(*at).unwrap_or(usize::MAX)) {
        Some(c) => text(c),
        None if *at == length => text(""),
        None => failed(format!("index out of range: {at}")),
    }
}

pub fn substring(arguments: &[Value], _: &Context) -> Value {
    let (t, from, to) = match arguments {
        [Value::Text(t), Value::Int(from)] => (t, *from, t.chars().count() as i64),
        [Value::Text(t), Value::Int(from), Value::Int(to)] => (t, *from, *to),
        _ => return unmet(),
    };
    if from < 0 || to > t.chars().count() as i64 || from > to {
        return failed(format!("index out of range: {from} to {to}"));
    }
    text(t.chars().skip(from as usize).take((to - from) as usize).collect::<String>())
}

/// The first place at or after `from` where the part begins.
pub fn index_of(arguments: &[Value], _: &Context) -> Value {
    let (t, part, from) = match arguments {
        [Value::Text(t), Value::Text(part)] => (t, part, 0),
        [Value::Text(t), Value::Text(part), Value::Int(from)] => (t, part, *from),
        _ => return unmet(),
    };
    let starts: Vec<usize> = t.char_indices().map(|(at, _)| at).chain([t.len()]).collect();
    if from < 0 || from as usize >= starts.len() {
        return failed(format!("index out of range: {from}"));
    }
    let found = t[starts[from as usize]..].find(&**part).map(|at| starts[from as usize] + at);
    Value::Int(found.map_or(-1, |at| t[..at].chars().count() as i64))
}

/// The last place at or before `until` where the part begins.
pub fn last_index_of(arguments: &[Value], _: &Context) -> Value {
    let (t, part, until) = match arguments {
        [Value::Text(t), Value::Text(part)] => (t, part, t.chars().count() as i64),
        [Value::Text(t), Value::Text(part), Value::Int(until)] => (t, part, *until),
        _ => return unmet(),
    };
    let starts: Vec<usize> = t.char_indices().map(|(at, _)| at).chain([t.len()]).collect();
    if until < 0 || until as usize >= starts.len() {
        return failed(format!("index out of range: {until}"));
    }
    Value::Int((0..=until as usize).rev().find(|n| t[starts[*n]..].starts_with(&**part)).map_or(-1, |n| n as i64))
}

pub fn replace(arguments: &[Value], _: &Context) -> Value {
    let (t, old, new, times) = match arguments {
        [Value::Text(t), Value::Text(old), Value::Text(new)] => (t, old, new, usize::MAX),
        [Value::Text(t), Value::Text(old), Value::Text(new), Value::Int(n)] => (t, old, new, usize::try_from(*n).unwrap_or(usize::MAX)),
        _ => return unmet(),
    };
    if t.len().saturating_mul(new.len() + 1) > LONGEST.saturating_mul(16) {
        return failed("the text is too long");
    }
    text(t.replacen(&**old, new, times))
}

pub fn split(arguments: &[Value], _: &Context) -> Value {
    let (t, by, times) = match arguments {
        [Value::Text(t), Value::Text(by)] => (t, by, -1),
        [Value::Text(t), Value::Text(by), Value::Int(n)] => (t, by, *n),
        _ => return unmet(),
    };
    if times == 0 {
        return Value::List(Vec::new());
    }
    let most = usize::try_from(times).unwrap_or(usize::MAX);
    if by.is_empty() {
        let mut parts: Vec<Value> = t.chars().map(|c| Value::Text(c.to_string().into())).collect();
        if parts.len() > most {
            let rest: String = t.chars().skip(most - 1).collect();
            parts.truncate(most - 1);
            parts.push(Value::Text(rest.into()));
        }
        return Value::List(parts);
    }
    Value::List(t.splitn(most, &**by).map(|part| Value::Text(part.into())).collect())
}

pub fn join(arguments: &[Value], _: &Context) -> Value {
    let (items, by) = match arguments {
        [Value::List(items)] => (items, ""),
        [Value::List(items), Value::Text(by)] => (items, &**by),
        _ => return unmet(),
    };
    let parts: Option<Vec<&str>> = items.iter().map(|i| if let Value::Text(t) = i { Some(&**t) } else { None }).collect();
    parts.map_or_else(unmet, |parts| text(parts.join(by)))
}

pub fn encode(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [Value::Bytes(bytes)] => text(STANDARD.encode(bytes)),
        _ => unmet(),
    }
}

/// With or without padding.
pub fn decode(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [Value::Text(t)] => match STANDARD_NO_PAD.decode(t.trim_end_matches('=')) {
            Ok(bytes) => Value::Bytes(bytes.into()),
            Err(_) => failed("no base64"),
        },
        _ => unmet(),
    }
}
