//! Text, bytes and sizes.
use super::{error, unmet};
use crate::row::Context;
use crate::value::Value;

pub fn size(arguments: &[Value], _: &Context) -> Value {
    Value::Int(match &arguments[0] {
        Value::Text(t) => t.chars().count(),
        Value::Bytes(b) => b.len(),
        Value::List(l) => l.len(),
        Value::Map(m) => m.len(),
        _ => return unmet(),
    } as i64)
}

fn pair(arguments: &[Value], test: fn(&str, &str) -> bool) -> Value {
    match arguments {
        [Value::Text(of), Value::Text(part)] => Value::Bool(test(of, part)),
        _ => unmet(),
    }
}

pub fn starts_with(arguments: &[Value], _: &Context) -> Value {
    pair(arguments, |of, part| of.starts_with(part))
}

pub fn ends_with(arguments: &[Value], _: &Context) -> Value {
    pair(arguments, |of, part| of.ends_with(part))
}

pub fn contains(arguments: &[Value], _: &Context) -> Value {
    pair(arguments, |of, part| of.contains(part))
}

/// Anywhere in the text, by a regular expression whose time grows with the text alone.
pub fn matches(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [Value::Text(of), Value::Text(pattern)] => match regex::RegexBuilder::new(pattern).size_limit(1 << 20).build() {
            Ok(pattern) => Value::Bool(pattern.is_match(of)),
            Err(_) => Value::Unknown(error(format!("invalid regular expression: {pattern}"))),
        },
        _ => unmet(),
    }
}
