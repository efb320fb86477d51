//! Row meanings of steps, periods between days and first years.
use super::calls::full_months;
use super::{Context, failed, holds, order};
use crate::typed::Compare;
use crate::value::Value;
use liangu_base::date::Date;

pub fn floor_to(arguments: &[Value], _: &Context) -> Value {
    let floored = match arguments {
        [Value::Int(n), Value::Int(step)] if *step > 0 => {
            let whole = n - n % step;
            if n % step < 0 { whole.checked_sub(*step) } else { Some(whole) }
        }
        _ => None,
    };
    floored.map_or_else(|| failed("overflow or a step that is not above zero"), Value::Int)
}

/// The first threshold that is unknown, or the value if it is.
fn unknown(arguments: &[Value]) -> Option<Value> {
    arguments.iter().step_by(2).find(|a| matches!(a, Value::Unknown(_))).cloned()
}

/// The value after the thresholds that lie on this side.
fn stepped(arguments: &[Value], passed: Compare) -> Value {
    if let Some(unknown) = unknown(arguments) {
        return unknown;
    }
    let thresholds = arguments.iter().step_by(2).skip(1);
    let steps = thresholds.take_while(|t| order(&arguments[0], t).is_some_and(|o| holds(passed, o))).count();
    arguments.get(1 + 2 * steps).cloned().unwrap_or_else(|| failed("no value for this step"))
}

pub fn bands(arguments: &[Value], _: &Context) -> Value {
    stepped(arguments, Compare::Ge)
}

pub fn tiers(arguments: &[Value], _: &Context) -> Value {
    stepped(arguments, Compare::Gt)
}

fn period(arguments: &[Value], f: impl FnOnce(Date, Date) -> i64) -> Value {
    match arguments {
        [Value::Date(a), Value::Date(b)] => Value::Int(f(*a, *b)),
        _ => failed("not a date"),
    }
}

pub fn months_between(arguments: &[Value], _: &Context) -> Value {
    period(arguments, full_months)
}

pub fn years_between(arguments: &[Value], _: &Context) -> Value {
    period(arguments, |a, b| full_months(a, b).div_euclid(12))
}

/// The most months that can be added: more would leave the calendar from any day.
pub(crate) const MOST_MONTHS: i64 = 200_000;

pub fn add_months(arguments: &[Value], _: &Context) -> Value {
    let moved = match arguments {
        [Value::Date(date), Value::Int(months)] if months.unsigned_abs() <= MOST_MONTHS as u64 => {
            let moved = date.add_months(*months as i32);
            // the library stops at the ends of the calendar
            let (year, month, _) = date.ymd();
            let wanted = i64::from(year) * 12 + i64::from(month) + months;
            let (year, month, _) = moved.ymd();
            (i64::from(year) * 12 + i64::from(month) == wanted).then_some(moved)
        }
        _ => None,
    };
    moved.map_or_else(|| failed("a day outside the calendar"), Value::Date)
}

/// As typed by `check::steps::first_reach`: the threshold, the year of foundation, the year of the first figure, that
/// figure and the earlier ones.
pub fn first_reach(arguments: &[Value], _: &Context) -> Value {
    let [threshold, founded, year, now, earlier @ ..] = arguments else { return failed("no figures") };
    let reached = |figure: &Value| order(figure, threshold).map(|o| o.is_ge());
    if reached(now) == Some(false) || earlier.iter().any(|figure| reached(figure) == Some(true)) {
        return Value::Bool(false);
    }
    let before =
        |back: usize| matches!((founded, year), (Value::Int(f), Value::Int(y)) if y.checked_sub(back as i64).is_some_and(|y| *f > y));
    let open = earlier.iter().enumerate().find(|(back, figure)| reached(figure).is_none() && !before(back + 1));
    match (reached(now), open) {
        (Some(true), None) => Value::Bool(true),
        _ => {
            let doubt = arguments.iter().find(|a| matches!(a, Value::Unknown(_)));
            doubt.cloned().unwrap_or_else(|| failed("not a figure"))
        }
    }
}
