//! Values that may be absent.
use super::{error, unmet};
use crate::row::Context;
use crate::value::Value;

fn some(value: Value) -> Value {
    Value::Optional(Some(Box::new(value)))
}

pub fn of(arguments: &[Value], _: &Context) -> Value {
    some(arguments[0].clone())
}

pub fn none(_: &[Value], _: &Context) -> Value {
    Value::Optional(None)
}

pub fn of_non_zero(arguments: &[Value], _: &Context) -> Value {
    let empty = match &arguments[0] {
        Value::Null | Value::Bool(false) | Value::Int(0) | Value::Uint(0) | Value::Optional(None) => true,
        Value::Double(x) => *x == 0.0,
        Value::Text(t) => t.is_empty(),
        Value::Bytes(b) => b.is_empty(),
        Value::List(l) => l.is_empty(),
        Value::Map(m) => m.is_empty(),
        Value::Duration(d) => d.seconds() == 0 && d.nanos() == 0,
        _ => false,
    };
    if empty { Value::Optional(None) } else { some(arguments[0].clone()) }
}

pub fn has_value(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Optional(inner) => Value::Bool(inner.is_some()),
        _ => unmet(),
    }
}

pub fn value(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Optional(Some(inner)) => (**inner).clone(),
        Value::Optional(None) => Value::Unknown(error("optional.none() dereference")),
        _ => unmet(),
    }
}

pub fn or_value(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Optional(Some(inner)) => (**inner).clone(),
        Value::Optional(None) => arguments[1].clone(),
        _ => unmet(),
    }
}

pub fn or(arguments: &[Value], _: &Context) -> Value {
    match (&arguments[0], &arguments[1]) {
        (Value::Optional(a), Value::Optional(b)) => Value::Optional(a.clone().or_else(|| b.clone())),
        _ => unmet(),
    }
}
