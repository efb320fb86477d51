//! Conversions between types.
use super::{error, unmet};
use crate::row::Context;
use crate::time::{Duration, Timestamp};
use crate::value::Value;

/// Doubles beyond these do not become whole numbers; 2⁶³ itself is no `i64`, and CEL leaves out its negative too.
const INT_END: f64 = 9_223_372_036_854_775_808.0;
const UINT_END: f64 = 18_446_744_073_709_551_616.0;

fn or_error(value: Option<Value>, what: &str) -> Value {
    value.unwrap_or_else(|| Value::Unknown(error(what)))
}

pub fn int(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Int(n) => Value::Int(*n),
        Value::Uint(n) => or_error(i64::try_from(*n).ok().map(Value::Int), "range: beyond int"),
        Value::Double(x) if *x > -INT_END && *x < INT_END => Value::Int(*x as i64),
        Value::Double(_) => Value::Unknown(error("range: beyond int")),
        Value::Text(t) => or_error(t.parse().ok().map(Value::Int), "cannot convert the string to int"),
        Value::Timestamp(t) => Value::Int(t.seconds()),
        _ => unmet(),
    }
}

pub fn uint(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Uint(n) => Value::Uint(*n),
        Value::Int(n) => or_error(u64::try_from(*n).ok().map(Value::Uint), "range: beyond uint"),
        Value::Double(x) if *x >= 0.0 && *x < UINT_END => Value::Uint(*x as u64),
        Value::Double(_) => Value::Unknown(error("range: beyond uint")),
        Value::Text(t) => or_error(t.parse().ok().map(Value::Uint), "cannot convert the string to uint"),
        _ => unmet(),
    }
}

pub fn double(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Double(x) => Value::Double(*x),
        Value::Int(n) => Value::Double(*n as f64),
        Value::Uint(n) => Value::Double(*n as f64),
        Value::Text(t) => or_error(t.parse().ok().map(Value::Double), "cannot convert the string to double"),
        _ => unmet(),
    }
}

pub fn string(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Bytes(b) => or_error(std::str::from_utf8(b).ok().map(|t| Value::Text(t.into())), "invalid UTF-8"),
        other => text(other).map_or_else(unmet, |t| Value::Text(t.into())),
    }
}

/// The text of a value that has one.
pub(crate) fn text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(t) => t.to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Int(n) => n.to_string(),
        Value::Uint(n) => n.to_string(),
        Value::Double(x) => decimal(*x),
        Value::Date(d) => d.to_string(),
        Value::Timestamp(t) => t.to_string(),
        Value::Duration(d) => d.to_string(),
        _ => return None,
    })
}

/// The shortest text that reads back; with an exponent below 0.0001 and from a million on where digits are missing.
pub(crate) fn decimal(x: f64) -> String {
    if x.is_nan() {
        return "NaN".to_string();
    }
    if x.is_infinite() {
        return if x > 0.0 { "+Inf" } else { "-Inf" }.to_string();
    }
    let scientific = format!("{x:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    if (-4..21).contains(&power) {
        return format!("{x}");
    }
    format!("{digits}e{}{:02}", if power < 0 { '-' } else { '+' }, power.abs())
}

pub fn bytes(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Bytes(b) => Value::Bytes(b.clone()),
        Value::Text(t) => Value::Bytes(t.as_bytes().into()),
        _ => unmet(),
    }
}

pub fn bool(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Bool(b) => Value::Bool(*b),
        Value::Text(t) => match &**t {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Value::Bool(true),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Value::Bool(false),
            _ => Value::Unknown(error("cannot convert the string to bool")),
        },
        _ => unmet(),
    }
}

pub fn timestamp(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Timestamp(t) => Value::Timestamp(*t),
        Value::Int(n) => or_error(Timestamp::from_seconds(*n).map(Value::Timestamp), "range: beyond timestamp"),
        Value::Text(t) => or_error(Timestamp::parse(t).map(Value::Timestamp), "range: no timestamp, as 2009-02-13T23:31:30Z is one"),
        _ => unmet(),
    }
}

pub fn duration(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Duration(d) => Value::Duration(*d),
        Value::Text(t) => or_error(Duration::parse(t).map(Value::Duration), "range: no duration, as 1h30m is one"),
        _ => unmet(),
    }
}

pub fn dynamic(arguments: &[Value], _: &Context) -> Value {
    arguments[0].clone()
}

pub fn type_of(arguments: &[Value], _: &Context) -> Value {
    Value::Type(arguments[0].type_name())
}
