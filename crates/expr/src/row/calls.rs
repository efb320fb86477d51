//! Row meanings of the functions of [`crate::functions`], over known arguments.
use super::{Context, failed, order};
use crate::value::Value;
use liangu_base::date::{Date, days_in_month};

const WHOLE: i64 = 10_000;

fn ints(arguments: &[Value]) -> Option<Vec<i64>> {
    arguments.iter().map(|a| if let Value::Int(n) = a { Some(*n) } else { None }).collect()
}

fn int(n: Option<i64>) -> Value {
    n.map_or_else(|| failed("overflow or division by zero"), Value::Int)
}

/// `a` as a part of `b` in basis points, for positive `b`.
fn part(a: i64, b: i64) -> Option<i64> {
    if b > 0 { a.checked_mul(WHOLE).map(|a| a / b) } else { None }
}

pub fn growth(arguments: &[Value], _: &Context) -> Value {
    int(ints(arguments).and_then(|a| part(a[0].checked_sub(a[1])?, a[1])))
}

pub fn ratio(arguments: &[Value], _: &Context) -> Value {
    int(ints(arguments).and_then(|a| part(a[0], a[1])))
}

pub fn share(arguments: &[Value], _: &Context) -> Value {
    int(ints(arguments).and_then(|a| a[0].checked_mul(a[1])).map(|p| p / WHOLE))
}

pub fn sum(arguments: &[Value], _: &Context) -> Value {
    int(total(arguments))
}

pub fn mean(arguments: &[Value], _: &Context) -> Value {
    int(total(arguments).map(|t| t / arguments.len() as i64))
}

/// From left to right, so that overflow is where SQL has it.
fn total(arguments: &[Value]) -> Option<i64> {
    ints(arguments)?.into_iter().try_fold(0i64, i64::checked_add)
}

fn date(arguments: &[Value], f: impl FnOnce(Date) -> i64) -> Value {
    match arguments {
        [Value::Date(d)] => Value::Int(f(*d)),
        _ => failed("not a date"),
    }
}

/// The greatest `n` with `since` plus `n` months not after `today`.
pub(crate) fn full_months(since: Date, today: Date) -> i64 {
    let ((y1, m1, d1), (y2, m2, d2)) = (since.ymd(), today.ymd());
    let months = (i64::from(y2) * 12 + i64::from(m2)) - (i64::from(y1) * 12 + i64::from(m1));
    months - i64::from(d2 < d1.min(days_in_month(y2, m2)))
}

pub fn years_since(arguments: &[Value], context: &Context) -> Value {
    date(arguments, |d| full_months(d, context.today).div_euclid(12))
}

pub fn months_since(arguments: &[Value], context: &Context) -> Value {
    date(arguments, |d| full_months(d, context.today))
}

pub fn days_since(arguments: &[Value], context: &Context) -> Value {
    date(arguments, |d| i64::from(context.today.days()) - i64::from(d.days()))
}

pub fn year_of(arguments: &[Value], _: &Context) -> Value {
    date(arguments, |d| i64::from(d.year()))
}

pub fn min(arguments: &[Value], _: &Context) -> Value {
    arguments.iter().min_by(|a, b| order(a, b).unwrap_or(std::cmp::Ordering::Equal)).cloned().unwrap_or(Value::Null)
}

pub fn max(arguments: &[Value], _: &Context) -> Value {
    arguments.iter().max_by(|a, b| order(a, b).unwrap_or(std::cmp::Ordering::Equal)).cloned().unwrap_or(Value::Null)
}

pub fn abs(arguments: &[Value], _: &Context) -> Value {
    int(ints(arguments).and_then(|a| a[0].checked_abs()))
}

pub fn in_set(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [code @ Value::Text(_), Value::List(set)] => Value::Bool(set.contains(code)),
        _ => failed("not a set"),
    }
}
