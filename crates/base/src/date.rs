//! Civil dates as days since 1970-01-01 in the proleptic Gregorian calendar.
//!
//! The years run from 1 to 9999, the range of the ISO 8601 form `YYYY-MM-DD`. Arithmetic that
//! would leave it stops at [`Date::MIN`] or [`Date::MAX`]. Periods in months and years end on the
//! day of the same number, or on the last day of a shorter month (Civil Code, article 202:
//! 民法典第二百零二条).

use crate::display_by_explain;
use crate::text::{Explain, Text};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A day. Ordered, 4 bytes, serialised as `"2026-11-24"`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i32);

const DAYS_PER_400_YEARS: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01; a year that begins in March has its leap day last.
const MARCH_EPOCH: i64 = 719_468;

impl Date {
    /// 0001-01-01
    pub const MIN: Date = Date(-719_162);
    /// 9999-12-31
    pub const MAX: Date = Date(2_932_896);

    /// `None` for a day that does not exist, such as 2026-02-29.
    pub const fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Date::from_valid_ymd(year, month, day))
    }

    const fn from_valid_ymd(year: i32, month: u32, day: u32) -> Date {
        let march_year = if month <= 2 { year as i64 - 1 } else { year as i64 };
        let era = march_year.div_euclid(400);
        let year_of_era = march_year.rem_euclid(400);
        let march_month = (month as i64 + 9) % 12;
        let day_of_year = (153 * march_month + 2) / 5 + day as i64 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Date((era * DAYS_PER_400_YEARS + day_of_era - MARCH_EPOCH) as i32)
    }

    /// From days since 1970-01-01; `None` outside the years 1 to 9999.
    pub const fn from_days(days: i32) -> Option<Date> {
        if days < Date::MIN.0 || days > Date::MAX.0 { None } else { Some(Date(days)) }
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Reads `YYYY-MM-DD`, and what people paste: `2026/1/5`, `2026.1.5`, `2026年1月5日`.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let refused = || DateError { found: text.to_owned() };
        let trimmed = text.trim();
        let trimmed = trimmed.strip_suffix('日').unwrap_or(trimmed);
        let parts: Vec<&str> = trimmed.split(['-', '/', '.', '年', '月']).collect();
        let [year, month, day] = parts[..] else {
            return Err(refused());
        };
        let number = |part: &str, lengths: std::ops::RangeInclusive<usize>| -> Option<u32> {
            let digits = lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let (Some(year), Some(month), Some(day)) = (number(year, 4..=4), number(month, 1..=2), number(day, 1..=2)) else {
            return Err(refused());
        };
        Date::from_ymd(year as i32, month, day).ok_or_else(refused)
    }

    pub const fn ymd(self) -> (i32, u32, u32) {
        let shifted = self.0 as i64 + MARCH_EPOCH;
        let era = shifted.div_euclid(DAYS_PER_400_YEARS);
        let day_of_era = shifted.rem_euclid(DAYS_PER_400_YEARS);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = era * 400 + year_of_era + if month <= 2 { 1 } else { 0 };
        (year as i32, month as u32, day as u32)
    }

    pub const fn year(self) -> i32 {
        self.ymd().0
    }

    pub const fn month(self) -> u32 {
        self.ymd().1
    }

    pub const fn day(self) -> u32 {
        self.ymd().2
    }

    /// Monday is 1, Sunday is 7.
    pub const fn weekday(self) -> u32 {
        (self.0 + 3).rem_euclid(7) as u32 + 1
    }

    pub const fn add_days(self, days: i32) -> Date {
        let sum = self.0.saturating_add(days);
        if sum < Date::MIN.0 {
            Date::MIN
        } else if sum > Date::MAX.0 {
            Date::MAX
        } else {
            Date(sum)
        }
    }

    /// The same day of another month, or that month's last day: 01-31 plus one month is 02-28 or 02-29.
    pub const fn add_months(self, months: i32) -> Date {
        let (year, month, day) = self.ymd();
        let total = year as i64 * 12 + month as i64 - 1 + months as i64;
        let (year, month) = (total.div_euclid(12), total.rem_euclid(12) as u32 + 1);
        if year < 1 {
            return Date::MIN;
        }
        if year > 9999 {
            return Date::MAX;
        }
        let last = days_in_month(year as i32, month);
        Date::from_valid_ymd(year as i32, month, if day > last { last } else { day })
    }

    pub const fn add_years(self, years: i32) -> Date {
        self.add_months(years.saturating_mul(12))
    }

    /// `later.days_since(earlier)`; negative when the order is reversed.
    pub const fn days_since(self, other: Date) -> i32 {
        self.0 - other.0
    }

    /// Full months from `self` to `other`: the most that can be added to `self` without passing
    /// `other`. Negative when `other` is earlier.
    pub fn months_between(self, other: Date) -> i32 {
        if other < self {
            return -other.months_between(self);
        }
        let (y1, m1, _) = self.ymd();
        let (y2, m2, _) = other.ymd();
        let months = (y2 - y1) * 12 + m2 as i32 - m1 as i32;
        if self.add_months(months) > other { months - 1 } else { months }
    }

    /// Full years from `self` to `other`, as a firm's age or a validity is counted.
    pub fn years_between(self, other: Date) -> i32 {
        self.months_between(other) / 12
    }

    pub const fn first_of_month(self) -> Date {
        let (year, month, _) = self.ymd();
        Date::from_valid_ymd(year, month, 1)
    }

    pub const fn last_of_month(self) -> Date {
        let (year, month, _) = self.ymd();
        Date::from_valid_ymd(year, month, days_in_month(year, month))
    }
}

pub const fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of a month from 1 to 12.
pub const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        Date::parse(text)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        Date::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// The text is no date, or a day that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    pub found: String,
}

impl Explain for DateError {
    fn text(&self) -> Text {
        let found = &self.found;
        Text::new(
            format!("“{found}”不是有效日期;请按“年-月-日”填写,例如2026-03-01。"),
            format!("\"{found}\" is not a date; write year-month-day, for example 2026-03-01."),
        )
    }
}

display_by_explain!(DateError);

#[cfg(test)]
mod tests;
