//! Parts of moments and of lengths of time.
use super::{error, unmet};
use crate::row::Context;
use crate::time::{Timestamp, offset};
use crate::value::Value;
use jiff::tz::TimeZoneDatabase;
use liangu_base::date::Date;

/// The day and the second of the day where the second argument says, else in Greenwich.
fn local(arguments: &[Value]) -> Option<(Date, i64)> {
    let Value::Timestamp(t) = arguments.first()? else { return None };
    match arguments.get(1) {
        None => t.local(0),
        Some(Value::Text(zone)) => t.local(ahead(zone, *t)?),
        Some(_) => None,
    }
}

/// How many seconds clocks are ahead of Greenwich at that moment.
fn ahead(zone: &str, at: Timestamp) -> Option<i64> {
    if let Some(fixed) = offset(zone) {
        return Some(fixed);
    }
    let zone = TimeZoneDatabase::bundled().get(zone).ok()?;
    let at = jiff::Timestamp::new(at.seconds(), at.nanos() as i32).ok()?;
    Some(zone.to_offset(at).seconds().into())
}

fn of_day(arguments: &[Value], part: fn(Date) -> i64) -> Value {
    match (arguments, local(arguments)) {
        (_, Some((day, _))) => Value::Int(part(day)),
        ([Value::Timestamp(_), Value::Text(zone)], None) => Value::Unknown(error(format!("no such time zone: {zone}"))),
        _ => unmet(),
    }
}

fn of_time(arguments: &[Value], of_clock: fn(i64) -> i64, of_length: fn(i64) -> i64) -> Value {
    match (arguments, local(arguments)) {
        (_, Some((_, second))) => Value::Int(of_clock(second)),
        ([Value::Timestamp(_), Value::Text(zone)], None) => Value::Unknown(error(format!("no such time zone: {zone}"))),
        ([Value::Duration(d)], None) => Value::Int(of_length(d.seconds())),
        _ => unmet(),
    }
}

pub fn full_year(arguments: &[Value], _: &Context) -> Value {
    of_day(arguments, |d| d.year().into())
}

/// From 0.
pub fn month(arguments: &[Value], _: &Context) -> Value {
    of_day(arguments, |d| i64::from(d.month()) - 1)
}

/// From 1.
pub fn date(arguments: &[Value], _: &Context) -> Value {
    of_day(arguments, |d| d.day().into())
}

/// From 0.
pub fn day_of_month(arguments: &[Value], _: &Context) -> Value {
    of_day(arguments, |d| i64::from(d.day()) - 1)
}

/// Sunday is 0.
pub fn day_of_week(arguments: &[Value], _: &Context) -> Value {
    of_day(arguments, |d| i64::from(d.weekday() % 7))
}

/// From 0.
pub fn day_of_year(arguments: &[Value], _: &Context) -> Value {
    of_day(arguments, |d| Date::from_ymd(d.year(), 1, 1).map_or(0, |first| i64::from(d.days_since(first))))
}

pub fn hours(arguments: &[Value], _: &Context) -> Value {
    of_time(arguments, |second| second / 3600, |seconds| seconds / 3600)
}

pub fn minutes(arguments: &[Value], _: &Context) -> Value {
    of_time(arguments, |second| second / 60 % 60, |seconds| seconds / 60)
}

pub fn seconds(arguments: &[Value], _: &Context) -> Value {
    of_time(arguments, |second| second % 60, |seconds| seconds)
}

/// Of the second that has begun; of a length of time, those beyond its whole seconds.
pub fn milliseconds(arguments: &[Value], _: &Context) -> Value {
    match arguments {
        [Value::Duration(d)] => Value::Int(d.nanos() / 1_000_000),
        [Value::Timestamp(t), ..] if local(arguments).is_some() => Value::Int(i64::from(t.nanos() / 1_000_000)),
        _ => unmet(),
    }
}
