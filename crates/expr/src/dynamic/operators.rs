//! Operators over values of any type: equality and order across numbers, arithmetic, indexing, membership.
use super::{Outcome, error, no_overload, takes_optional};
use crate::row;
use crate::typed::{Arith, Compare};
use crate::value::{Key, Map, Reason, Value};
use cel::common::ast::operators as op;
use std::cmp::Ordering;

pub(super) fn binary(operator: &str, left: Value, right: Value) -> Outcome {
    let compared = |compare| order(&left, &right).map(|o| Value::Bool(o.is_some_and(|o| row::holds(compare, o))));
    let outcome = match operator {
        op::EQUALS => return Ok(Value::Bool(equal(&left, &right))),
        op::NOT_EQUALS => return Ok(Value::Bool(!equal(&left, &right))),
        op::LESS => compared(Compare::Lt),
        op::LESS_EQUALS => compared(Compare::Le),
        op::GREATER => compared(Compare::Gt),
        op::GREATER_EQUALS => compared(Compare::Ge),
        op::IN => member(&left, &right).map(Value::Bool),
        op::INDEX => return index(left, right),
        _ if takes_optional(operator) => return optional_index(left, right),
        op::ADD => add(&left, &right),
        op::SUBSTRACT => subtract(&left, &right),
        op::MULTIPLY => numbers(&left, &right, i64::checked_mul, u64::checked_mul, Some(|a, b| a * b)),
        op::DIVIDE => numbers(&left, &right, i64::checked_div, u64::checked_div, Some(|a, b| a / b)),
        _ => numbers(&left, &right, i64::checked_rem, u64::checked_rem, None),
    };
    outcome.ok_or_else(|| no_overload(operator, &[&left, &right])).and_then(|value| match value {
        Value::Unknown(reason) => Err(reason),
        value => Ok(value),
    })
}

/// Numbers are equal by value whatever their type; values of different types are not equal.
pub(crate) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Map(a), Value::Map(b)) => a.len() == b.len() && a.iter().all(|(key, a)| find(b, key).is_some_and(|b| equal(a, b))),
        (Value::Optional(a), Value::Optional(b)) => match (a, b) {
            (Some(a), Some(b)) => equal(a, b),
            (a, b) => a.is_none() && b.is_none(),
        },
        (Value::Null, Value::Null) => true,
        (Value::Type(a), Value::Type(b)) => a == b,
        _ => order(a, b).flatten() == Some(Ordering::Equal),
    }
}

/// `None` where values of these types have no order, `Some(None)` for what is not a number.
pub(crate) fn order(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    use Value::{Bool, Bytes, Date, Double, Duration, Int, Text, Timestamp, Uint};
    Some(match (a, b) {
        (Double(a), Double(b)) => a.partial_cmp(b),
        (Double(a), Int(b)) => whole_and_double((*b).into(), *a).map(Ordering::reverse),
        (Double(a), Uint(b)) => whole_and_double((*b).into(), *a).map(Ordering::reverse),
        (Int(a), Double(b)) => whole_and_double((*a).into(), *b),
        (Uint(a), Double(b)) => whole_and_double((*a).into(), *b),
        (Int(a), Uint(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
        (Uint(a), Int(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
        (Int(a), Int(b)) => Some(a.cmp(b)),
        (Uint(a), Uint(b)) => Some(a.cmp(b)),
        (Bool(a), Bool(b)) => Some(a.cmp(b)),
        (Text(a), Text(b)) => Some(a.cmp(b)),
        (Bytes(a), Bytes(b)) => Some(a.cmp(b)),
        (Date(a), Date(b)) => Some(a.cmp(b)),
        (Timestamp(a), Timestamp(b)) => Some(a.cmp(b)),
        (Duration(a), Duration(b)) => Some(a.cmp(b)),
        _ => return None,
    })
}

/// Without rounding: a whole number is compared with the whole part first.
fn whole_and_double(whole: i128, double: f64) -> Option<Ordering> {
    if double.is_nan() {
        return None;
    }
    // beyond the reach of both integer types the conversion stops at its ends, which keeps the order
    let floor = double.floor();
    Some(whole.cmp(&(floor as i128)).then(if floor < double { Ordering::Less } else { Ordering::Equal }))
}

fn member(element: &Value, of: &Value) -> Option<bool> {
    match of {
        Value::List(items) => Some(items.iter().any(|item| equal(element, item))),
        Value::Map(map) => Some(lookup(element.clone()).is_ok_and(|key| find(map, &key).is_some())),
        _ => None,
    }
}

fn failed(what: &str) -> Value {
    Value::Unknown(error(what))
}

fn numbers(
    a: &Value,
    b: &Value,
    int: fn(i64, i64) -> Option<i64>,
    uint: fn(u64, u64) -> Option<u64>,
    double: Option<fn(f64, f64) -> f64>,
) -> Option<Value> {
    let overflow = |zero: bool| failed(if zero { "divide by zero" } else { "overflow" });
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(int(*a, *b).map_or_else(|| overflow(*b == 0), Value::Int)),
        (Value::Uint(a), Value::Uint(b)) => Some(uint(*a, *b).map_or_else(|| overflow(*b == 0), Value::Uint)),
        (Value::Double(a), Value::Double(b)) => double.map(|f| Value::Double(f(*a, *b))),
        _ => None,
    }
}

fn add(a: &Value, b: &Value) -> Option<Value> {
    Some(match (a, b) {
        (Value::Text(a), Value::Text(b)) => Value::Text(format!("{a}{b}").into()),
        (Value::Bytes(a), Value::Bytes(b)) => Value::Bytes(a.iter().chain(b.iter()).copied().collect()),
        (Value::List(a), Value::List(b)) => Value::List(a.iter().chain(b).cloned().collect()),
        (Value::Timestamp(t), Value::Duration(d)) | (Value::Duration(d), Value::Timestamp(t)) => {
            t.plus(*d).map_or_else(|| failed("overflow"), Value::Timestamp)
        }
        (Value::Duration(a), Value::Duration(b)) => a.plus(*b).map_or_else(|| failed("overflow"), Value::Duration),
        (Value::Date(_), Value::Int(_)) => row::compute(Arith::Add, a.clone(), b.clone()),
        (Value::Int(_), Value::Date(_)) => row::compute(Arith::Add, b.clone(), a.clone()),
        _ => return numbers(a, b, i64::checked_add, u64::checked_add, Some(|a, b| a + b)),
    })
}

fn subtract(a: &Value, b: &Value) -> Option<Value> {
    Some(match (a, b) {
        (Value::Timestamp(a), Value::Timestamp(b)) => a.since(*b).map_or_else(|| failed("overflow"), Value::Duration),
        (Value::Timestamp(t), Value::Duration(d)) => t.minus(*d).map_or_else(|| failed("overflow"), Value::Timestamp),
        (Value::Duration(a), Value::Duration(b)) => a.minus(*b).map_or_else(|| failed("overflow"), Value::Duration),
        (Value::Date(_), Value::Int(_) | Value::Date(_)) => row::compute(Arith::Sub, a.clone(), b.clone()),
        _ => return numbers(a, b, i64::checked_sub, u64::checked_sub, Some(|a, b| a - b)),
    })
}

pub(super) fn negate(value: Value) -> Outcome {
    match value {
        Value::Int(n) => n.checked_neg().map(Value::Int).ok_or_else(|| error("overflow")),
        Value::Double(x) => Ok(Value::Double(-x)),
        Value::Duration(d) => d.negated().map(Value::Duration).ok_or_else(|| error("overflow")),
        other => Err(no_overload("-", &[&other])),
    }
}

/// A value as a key of a map; a double without fraction is the whole number.
pub(super) fn key(value: Value) -> Result<Key, Reason> {
    Ok(match value {
        Value::Bool(b) => Key::Bool(b),
        Value::Int(n) => Key::Int(n),
        Value::Uint(n) => Key::Uint(n),
        Value::Text(t) => Key::Text(t),
        other => return Err(error(format!("unsupported key type: {}", other.type_name()))),
    })
}

/// The value at a key; equal numbers are one key.
pub(crate) fn find<'m>(map: &'m Map, key: &Key) -> Option<&'m Value> {
    let other = match key {
        Key::Int(n) => u64::try_from(*n).ok().map(Key::Uint),
        Key::Uint(n) => i64::try_from(*n).ok().map(Key::Int),
        _ => None,
    };
    map.get(key).or_else(|| map.get(&other?))
}

pub(super) fn insert(map: &mut Map, key: Key, value: Value) -> Result<(), Reason> {
    if find(map, &key).is_some() {
        return Err(error("repeated key"));
    }
    map.insert(key, value);
    Ok(())
}

/// A whole number that equals the value.
fn whole(value: &Value) -> Option<i128> {
    match value {
        Value::Int(n) => Some((*n).into()),
        Value::Uint(n) => Some((*n).into()),
        Value::Double(x) if x.fract() == 0.0 => Some(*x as i128),
        _ => None,
    }
}

/// The key by which a value is looked up.
fn lookup(value: Value) -> Result<Key, Reason> {
    match (&value, whole(&value)) {
        (Value::Double(_), Some(n)) => {
            i64::try_from(n).map(Key::Int).or_else(|_| u64::try_from(n).map(Key::Uint)).map_err(|_| no_key(&value))
        }
        (Value::Double(_), None) => Err(no_key(&value)),
        _ => key(value),
    }
}

fn no_key(key: &Value) -> Reason {
    error(format!("no such key: {}", super::text(key)))
}

fn index(of: Value, at: Value) -> Outcome {
    match of {
        Value::List(mut items) => match whole(&at) {
            Some(n) => match usize::try_from(n).ok().filter(|n| *n < items.len()) {
                Some(n) => Ok(items.swap_remove(n)),
                None => Err(error(format!("index out of bounds: {n}"))),
            },
            None => Err(error(format!("invalid argument: a list has no position of type {}", at.type_name()))),
        },
        Value::Map(map) => {
            let key = lookup(at.clone())?;
            find(&map, &key).cloned().ok_or_else(|| no_key(&at))
        }
        Value::Optional(_) => optional_index(of, at),
        other => Err(no_overload(op::INDEX, &[&other, &at])),
    }
}

/// An element that may be absent, also of a value that may be absent.
fn optional_index(of: Value, at: Value) -> Outcome {
    let found = match of {
        Value::Optional(None) => return Ok(Value::Optional(None)),
        Value::Optional(Some(inner)) => return optional_index(*inner, at),
        Value::Map(map) => lookup(at).ok().and_then(|key| find(&map, &key).cloned()),
        Value::List(_) => match whole(&at) {
            Some(_) => index(of, at).ok(),
            None => return index(of, at),
        },
        other => return Err(no_overload(op::OPT_INDEX, &[&other, &at])),
    };
    Ok(Value::Optional(found.map(Box::new)))
}

/// `of.name`.
pub(super) fn field(of: Value, name: &str) -> Outcome {
    match of {
        Value::Map(map) => map.get(&Key::Text(name.into())).cloned().ok_or_else(|| error(format!("no such key: {name}"))),
        Value::Optional(_) => optional_index(of, Value::Text(name.into())),
        other => Err(error(format!("type '{}' does not support field selection", other.type_name()))),
    }
}
