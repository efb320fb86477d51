//! The functions of numbers and days.
use super::evaluate::{Numbers, both, each};
use super::plan::Function;
use super::records::Of;
use liangu_base::date::{Date, days_in_month};

/// Basis points of a whole.
const WHOLE: i64 = 10_000;

/// A function of known arguments; unknown where one is unknown.
pub(super) fn call<'a>(function: Function, arguments: Vec<Numbers<'a>>, of: &Of<'a>) -> Numbers<'a> {
    let count = arguments.len() as i64;
    let mut rest = arguments.into_iter();
    let Some(first) = rest.next() else { return of.all(None) };
    let today = of.context.today;
    let fold =
        |first, rest: std::vec::IntoIter<Numbers<'a>>, op: fn(i64, i64) -> Option<i64>| rest.fold(first, |all, next| both(all, &next, op));
    match function {
        Function::Growth => fold(first, rest, |now, before| part(now.checked_sub(before)?, before)),
        Function::Ratio => fold(first, rest, part),
        Function::Share => fold(first, rest, |of, rate| of.checked_mul(rate).map(|p| p / WHOLE)),
        Function::Sum => fold(first, rest, i64::checked_add),
        Function::Mean => each(fold(first, rest, i64::checked_add), |total| Some(total / count)),
        Function::Min => fold(first, rest, |a, b| Some(a.min(b))),
        Function::Max => fold(first, rest, |a, b| Some(a.max(b))),
        Function::Abs => each(first, i64::checked_abs),
        Function::YearsSince => of_day(first, |day| full_months(day, today).div_euclid(12)),
        Function::MonthsSince => of_day(first, |day| full_months(day, today)),
        Function::DaysSince => of_day(first, |day| i64::from(today.days()) - i64::from(day.days())),
        Function::YearOf => of_day(first, |day| i64::from(day.year())),
        Function::MonthsBetween => fold(first, rest, |from, to| Some(full_months(day_of(from)?, day_of(to)?))),
        Function::YearsBetween => fold(first, rest, |from, to| Some(full_months(day_of(from)?, day_of(to)?).div_euclid(12))),
        Function::AddMonths => fold(first, rest, |day, months| add_months(day_of(day)?, months)),
        Function::FloorTo => fold(first, rest, floor_to),
    }
}

/// One number as a part of a positive other, in basis points truncated towards zero.
fn part(part: i64, of: i64) -> Option<i64> {
    if of > 0 { part.checked_mul(WHOLE).map(|part| part / of) } else { None }
}

fn of_day(days: Numbers<'_>, value: impl Fn(Date) -> i64) -> Numbers<'_> {
    each(days, |day| day_of(day).map(&value))
}

fn day_of(days: i64) -> Option<Date> {
    i32::try_from(days).ok().and_then(Date::from_days)
}

/// The multiple of a positive step that is not above the number.
fn floor_to(number: i64, step: i64) -> Option<i64> {
    if step > 0 { number.checked_sub(number.rem_euclid(step)) } else { None }
}

/// The same day so many months later; none outside the calendar.
fn add_months(day: Date, months: i64) -> Option<i64> {
    let month = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    let moved = day.add_months(i32::try_from(months).ok()?);
    // the calendar stops at its ends
    (month(moved).checked_sub(month(day)) == Some(months)).then(|| moved.days().into())
}

/// The greatest `n` with `since` plus `n` months not after `today`.
fn full_months(since: Date, today: Date) -> i64 {
    let ((y1, m1, d1), (y2, m2, d2)) = (since.ymd(), today.ymd());
    let months = (i64::from(y2) * 12 + i64::from(m2)) - (i64::from(y1) * 12 + i64::from(m1));
    months - i64::from(d2 < d1.min(days_in_month(y2, m2)))
}
