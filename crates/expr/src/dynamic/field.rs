//! The field's own functions over bare values: units and days.
use super::{error, operators, unmet};
use crate::check::calls;
use crate::row::Context;
use crate::value::Value;
use liangu_base::date::Date;
use std::cmp::Ordering;

/// `wan(2000)` and its like, in the smallest unit.
pub(crate) fn measure(name: &str, arguments: &[Value]) -> Value {
    let decimal = match &arguments[0] {
        Value::Int(n) => Some((i128::from(*n), 0)),
        Value::Uint(n) => Some((i128::from(*n), 0)),
        Value::Double(x) => calls::decimal(*x),
        _ => return unmet(),
    };
    let measured = decimal.ok_or(["至多四位小数", "takes at most four places"]).and_then(|(m, places)| calls::measure(name, m, places));
    measured.map_or_else(|[_, en]| Value::Unknown(error(format!("{name} {en}"))), |(n, _)| Value::Int(n))
}

pub(crate) fn date(arguments: &[Value], _: &Context) -> Value {
    match &arguments[0] {
        Value::Date(date) => Value::Date(*date),
        Value::Text(text) => Date::parse(text).map_or_else(|_| Value::Unknown(error("no date, as 2024-01-01 is one")), Value::Date),
        _ => unmet(),
    }
}

fn extreme(arguments: &[Value], wanted: Ordering) -> Value {
    let mut best = &arguments[0];
    for argument in arguments {
        match operators::order(argument, best) {
            Some(order) if order == Some(wanted) => best = argument,
            Some(_) => {}
            None => return unmet(),
        }
    }
    best.clone()
}

pub(crate) fn min(arguments: &[Value], _: &Context) -> Value {
    extreme(arguments, Ordering::Less)
}

pub(crate) fn max(arguments: &[Value], _: &Context) -> Value {
    extreme(arguments, Ordering::Greater)
}
