//! Numbers beyond standard CEL.
use super::{error, operators, unmet};
use crate::row::Context;
use crate::value::Value;
use std::cmp::Ordering;

fn extreme(arguments: &[Value], wanted: Ordering) -> Value {
    let numbers = match arguments {
        [Value::List(items)] if items.is_empty() => return unmet(),
        [Value::List(items)] => items,
        numbers => numbers,
    };
    if !numbers.iter().all(|n| matches!(n, Value::Int(_) | Value::Uint(_) | Value::Double(_))) {
        return unmet();
    }
    let better = |a: &Value, b: &Value| operators::order(a, b).flatten() == Some(wanted);
    numbers.iter().skip(1).fold(&numbers[0], |best, n| if better(n, best) { n } else { best }).clone()
}

pub fn greatest(arguments: &[Value], _: &Context) -> Value {
    extreme(arguments, Ordering::Greater)
}

pub fn least(arguments: &[Value], _: &Context) -> Value {
    extreme(arguments, Ordering::Less)
}

fn of_double(arguments: &[Value], f: impl Fn(f64) -> Value) -> Value {
    if let [Value::Double(x)] = arguments { f(*x) } else { unmet() }
}

pub fn ceil(arguments: &[Value], _: &Context) -> Value {
    of_double(arguments, |x| Value::Double(x.ceil()))
}

pub fn floor(arguments: &[Value], _: &Context) -> Value {
    of_double(arguments, |x| Value::Double(x.floor()))
}

/// A half goes away from zero.
pub fn round(arguments: &[Value], _: &Context) -> Value {
    of_double(arguments, |x| Value::Double(x.round()))
}

pub fn trunc(arguments: &[Value], _: &Context) -> Value {
    of_double(arguments, |x| Value::Double(x.trunc()))
}

pub fn is_nan(arguments: &[Value], _: &Context) -> Value {
    of_double(arguments, |x| Value::Bool(x.is_nan()))
}

pub fn is_inf(arguments: &[Value], _: &Context) -> Value {
    of_double(arguments, |x| Value::Bool(x.is_infinite()))
}

pub fn is_finite(arguments: &[Value], _: &Context) -> Value {
    of_double(arguments, |x| Value::Bool(x.is_finite()))
}

pub fn abs(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [Value::Int(n)] => n.checked_abs().map_or_else(|| Value::Unknown(error("overflow")), Value::Int),
        [Value::Uint(n)] => Value::Uint(*n),
        [Value::Double(x)] => Value::Double(x.abs()),
        _ => unmet(),
    }
}

pub fn sign(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [Value::Int(n)] => Value::Int(n.signum()),
        [Value::Uint(n)] => Value::Uint((*n).min(1)),
        [Value::Double(x)] => Value::Double(if *x == 0.0 || x.is_nan() { *x } else { x.signum() }),
        _ => unmet(),
    }
}

pub fn sqrt(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [Value::Double(x)] => Value::Double(x.sqrt()),
        [Value::Int(n)] => Value::Double((*n as f64).sqrt()),
        [Value::Uint(n)] => Value::Double((*n as f64).sqrt()),
        _ => unmet(),
    }
}

fn bits(arguments: &[Value], f: fn(u64, u64) -> u64) -> Value {
    match arguments {
        [Value::Int(a), Value::Int(b)] => Value::Int(f(*a as u64, *b as u64) as i64),
        [Value::Uint(a), Value::Uint(b)] => Value::Uint(f(*a, *b)),
        _ => unmet(),
    }
}

pub fn bit_and(arguments: &[Value], _: &Context) -> Value {
    bits(arguments, |a, b| a & b)
}

pub fn bit_or(arguments: &[Value], _: &Context) -> Value {
    bits(arguments, |a, b| a | b)
}

pub fn bit_xor(arguments: &[Value], _: &Context) -> Value {
    bits(arguments, |a, b| a ^ b)
}

pub fn bit_not(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [Value::Int(n)] => Value::Int(!n),
        [Value::Uint(n)] => Value::Uint(!n),
        _ => unmet(),
    }
}

fn shifted(arguments: &[Value], f: fn(u64, u32) -> Option<u64>) -> Value {
    match arguments {
        [_, Value::Int(by)] if *by < 0 => Value::Unknown(error("a shift by a negative number")),
        [Value::Int(n), Value::Int(by)] => Value::Int(f(*n as u64, u32::try_from(*by).unwrap_or(64)).unwrap_or(0) as i64),
        [Value::Uint(n), Value::Int(by)] => Value::Uint(f(*n, u32::try_from(*by).unwrap_or(64)).unwrap_or(0)),
        _ => unmet(),
    }
}

pub fn bit_shift_left(arguments: &[Value], _: &Context) -> Value {
    shifted(arguments, u64::checked_shl)
}

/// Zeros come in from the left.
pub fn bit_shift_right(arguments: &[Value], _: &Context) -> Value {
    shifted(arguments, u64::checked_shr)
}
