//! Full months and years up to the day of evaluation.
use super::{Lowering, Refusal, constant};
use crate::functions;
use crate::row;
use crate::typed::{Compare, Kind, Node};
use crate::value::Value;
use liangu_base::date::Date;

/// Days from 0000-03-01 to 1970-01-01: a year that begins in March has its leap day last, and all dates are positive.
const MARCH: i64 = 719_468;

/// A table of one row: `month`, counted from March of the year 0, and `day` of the month. `fence` as
/// [`Lowering::fence`] gives it.
fn civil(date: &str, fence: &str) -> String {
    let days = format!("SELECT ({date} + {MARCH}) / 146097 AS era, ({date} + {MARCH}) % 146097 AS doe{fence}");
    let year = format!("SELECT era, doe, (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365 AS yoe FROM ({days}) AS d1{fence}");
    let month = format!("SELECT era * 400 + yoe AS year, doe - (365 * yoe + yoe / 4 - yoe / 100) AS doy FROM ({year}) AS d2{fence}");
    format!(
        "(SELECT year * 12 + (5 * doy + 2) / 153 AS month, doy - (153 * ((5 * doy + 2) / 153) + 2) / 5 + 1 AS day FROM ({month}) AS d3{fence})"
    )
}

impl Lowering<'_> {
    /// Full months from a date to today: a month is full on the same day, or on the last day of a shorter month.
    pub(super) fn months(&mut self, date: String) -> String {
        let today = self.context.today;
        let (year, month, day) = today.ymd();
        let now = i64::from(year) * 12 + i64::from(month) - 3;
        let begun = if today == today.last_of_month() { "0".to_owned() } else { format!("CASE WHEN a.day > {day} THEN 1 ELSE 0 END") };
        let fence = self.fence();
        let months = self.once(&[date], |d| format!("(SELECT {now} - a.month - {begun} FROM {} AS a)", civil(&d[0], fence)));
        self.cast(&months)
    }

    /// Full months from one date to another.
    pub(super) fn period(&mut self, dates: &[String]) -> String {
        let fence = self.fence();
        let months = self.once(dates, |d| {
            let (from, to, next) = (civil(&d[0], fence), civil(&d[1], fence), civil(&format!("({} + 1)", d[1]), fence));
            let begun = "CASE WHEN a.day > b.day AND c.day > 1 THEN 1 ELSE 0 END";
            format!("(SELECT b.month - a.month - {begun} FROM {from} AS a, {to} AS b, {next} AS c)")
        });
        self.cast(&months)
    }

    /// Full years of a number of months, rounded down.
    pub(super) fn whole_years(&mut self, months: String) -> String {
        let years = self.once(&[months], |m| format!("(CASE WHEN {0} >= 0 THEN {0} / 12 ELSE -((11 - {0}) / 12) END)", m[0]));
        self.cast(&years)
    }

    /// The same day some months later, or the last day of a shorter month; null outside the calendar.
    pub(super) fn later(&mut self, date: String, months: String) -> String {
        let fence = self.fence();
        let first = |m: &str| format!("(({m} / 12) * 365 + {m} / 48 - {m} / 1200 + {m} / 4800 + (153 * ({m} % 12) + 2) / 5 - {MARCH})");
        let day = self.once(&[date, months], |d| {
            let month = format!("SELECT a.month + {} AS m, a.day AS d FROM {} AS a{fence}", d[1], civil(&d[0], fence));
            let length =
                format!("SELECT m, d, {} AS f, {} - {} AS l FROM ({month}) AS e1{fence}", first("m"), first("(m + 1)"), first("m"));
            let (min, max) = (Date::MIN.days(), Date::MAX.days());
            let wanted = format!("SELECT m, f + CASE WHEN d < l THEN d ELSE l END - 1 AS n FROM ({length}) AS e2{fence}");
            format!("(SELECT CASE WHEN m >= 0 AND n BETWEEN {min} AND {max} THEN n END FROM ({wanted}) AS e3{fence})")
        });
        self.cast(&day)
    }

    /// The year of a date.
    pub(super) fn year(&mut self, date: String) -> String {
        let fence = self.fence();
        let year = self.once(&[date], |d| format!("(SELECT (a.month + 2) / 12 FROM {} AS a)", civil(&d[0], fence)));
        self.cast(&year)
    }

    /// `years_since(date) >= 3` and its kin as a comparison of the date itself, which an index serves. The functions
    /// fall as the date grows.
    pub(super) fn date_cut(&mut self, how: Compare, call: &Node, bound: &Node) -> Option<Result<String, Refusal>> {
        let Kind::Call(name @ ("years_since" | "months_since" | "days_since"), arguments) = &call.kind else { return None };
        let [date] = &arguments[..] else { return None };
        if !constant(bound) || constant(date) {
            return None;
        }
        let Value::Int(n) = row::eval_node(bound, &super::Nothing, self.context) else { return None };
        let meaning = functions::meaning(name)?;
        let count = |days: i32| match Date::from_days(days).map(|d| (meaning.row)(&[Value::Date(d)], self.context)) {
            Some(Value::Int(n)) => Some(n),
            _ => None,
        };
        let (at_least, more) = (last_with(&count, n)?, last_with(&count, n.saturating_add(1))?);
        let (at_least, more) = (self.integer(at_least.into()), self.integer(more.into()));
        let date = match self.expr(date) {
            Ok(date) => date,
            refusal => return Some(refusal),
        };
        Some(Ok(self.once(&[date], |d| {
            let d = &d[0];
            match how {
                Compare::Ge => format!("({d} <= {at_least})"),
                Compare::Gt => format!("({d} <= {more})"),
                Compare::Lt => format!("({d} > {at_least})"),
                Compare::Le => format!("({d} > {more})"),
                Compare::Eq => format!("({d} <= {at_least} AND {d} > {more})"),
                Compare::Ne => format!("({d} > {at_least} OR {d} <= {more})"),
            }
        })))
    }
}

/// The last day whose count is at least `n`; the day before all days if there is none.
fn last_with(count: &dyn Fn(i32) -> Option<i64>, n: i64) -> Option<i32> {
    let (mut held, mut not) = (Date::MIN.days() - 1, Date::MAX.days() + 1);
    while not - held > 1 {
        let middle = held + (not - held) / 2;
        if count(middle)? >= n { held = middle } else { not = middle }
    }
    Some(held)
}
