//! Working days by the State Council's yearly notice (国务院办公厅关于节假日安排的通知).
//!
//! A day is worked when the notice makes it a make-up day, or when it is Monday to Friday and not
//! named as off. A year without a notice is unknown: a decision with legal effect refuses
//! ([`UnpublishedYear`]); a promise counts Monday to Friday for such a year and marks its date
//! `provisional`, to be projected again when the year is loaded.
//!
//! Counting: the day of receipt is not counted and a period of N working days ends with the Nth
//! working day. A notice may move days of the December before its year; loading it replaces the
//! whole file, so that year is then right as well.
//!
//! Reads `packs/standards/holidays.json`: `serde_json::from_str::<WorkCalendar>(text)`.

mod file;

pub use file::{CalendarError, HolidayFile, HolidayYear};

use crate::date::Date;
use crate::display_by_explain;
use crate::text::{Explain, Text};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Published years with one bit a day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "HolidayFile")]
pub struct WorkCalendar {
    years: BTreeMap<i32, YearDays>,
}

/// Bit `n` is set when day `n` of the year (from 0) is worked.
#[derive(Clone, Debug, Default)]
struct YearDays([u64; 6]);

/// The end of a period in working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub date: Date,
    /// A year without notice was counted as Monday to Friday; the date may move.
    pub provisional: bool,
}

/// A number of working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkdayCount {
    pub days: i32,
    /// A year without notice was counted as Monday to Friday; the number may change.
    pub provisional: bool,
}

impl WorkCalendar {
    pub fn is_published(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// Years with a notice, ascending.
    pub fn published_years(&self) -> Vec<i32> {
        self.years.keys().copied().collect()
    }

    pub fn is_workday(&self, date: Date) -> Result<bool, UnpublishedYear> {
        let year = date.year();
        match self.years.get(&year) {
            Some(days) => Ok(days.works(day_of_year(date))),
            None => Err(UnpublishedYear { year }),
        }
    }

    /// Whether the day is worked, and whether that is a guess.
    fn presumed(&self, date: Date) -> (bool, bool) {
        match self.is_workday(date) {
            Ok(works) => (works, false),
            Err(_) => (date.weekday() <= 5, true),
        }
    }

    /// For promises: the `n`th working day after `start`, `start` itself for 0.
    pub fn add_workdays(&self, start: Date, n: u32) -> Deadline {
        self.walk(start, n)
    }

    /// For reminders: the day from which `n` working days remain until `end`, `end` counted.
    pub fn subtract_workdays(&self, end: Date, n: u32) -> Deadline {
        let mut deadline = Deadline { date: end, provisional: false };
        let mut left = n;
        while left > 0 && deadline.date > Date::MIN {
            let (works, guess) = self.presumed(deadline.date);
            deadline.provisional |= guess;
            left -= u32::from(works);
            deadline.date = deadline.date.add_days(-1);
        }
        deadline
    }

    fn walk(&self, start: Date, n: u32) -> Deadline {
        let mut deadline = Deadline { date: start, provisional: false };
        let mut left = n;
        while left > 0 && deadline.date < Date::MAX {
            deadline.date = deadline.date.add_days(1);
            let (works, guess) = self.presumed(deadline.date);
            deadline.provisional |= guess;
            left -= u32::from(works);
        }
        deadline
    }

    /// For decisions with legal effect: as [`WorkCalendar::add_workdays`], refused when a needed
    /// year has no notice.
    pub fn add_workdays_strict(&self, start: Date, n: u32) -> Result<Date, UnpublishedYear> {
        let mut date = start;
        let mut left = n;
        while left > 0 && date < Date::MAX {
            date = date.add_days(1);
            left -= u32::from(self.is_workday(date)?);
        }
        Ok(date)
    }

    /// For periods in calendar days, months or years: the day itself when it is worked, otherwise
    /// the next working day (Civil Code, article 203: 民法典第二百零三条).
    pub fn roll_forward(&self, date: Date) -> Deadline {
        let (works, guess) = self.presumed(date);
        if works {
            return Deadline { date, provisional: guess };
        }
        let next = self.walk(date, 1);
        Deadline { date: next.date, provisional: next.provisional || guess }
    }

    /// Working days after `a` up to and including `b`; negative when `b` is earlier.
    pub fn count_workdays(&self, a: Date, b: Date) -> WorkdayCount {
        if b < a {
            let WorkdayCount { days, provisional } = self.count_workdays(b, a);
            return WorkdayCount { days: -days, provisional };
        }
        let mut count = WorkdayCount { days: 0, provisional: false };
        let mut date = a;
        while date < b {
            date = date.add_days(1);
            let (works, guess) = self.presumed(date);
            count.days += i32::from(works);
            count.provisional |= guess;
        }
        count
    }

    /// As [`WorkCalendar::count_workdays`], refused when a needed year has no notice.
    pub fn count_workdays_strict(&self, a: Date, b: Date) -> Result<i32, UnpublishedYear> {
        let (first, last) = (a.min(b).year(), a.max(b).year());
        match (first..=last).find(|year| !self.is_published(*year)) {
            Some(year) if a != b => Err(UnpublishedYear { year }),
            _ => Ok(self.count_workdays(a, b).days),
        }
    }

    pub fn workdays_in_year(&self, year: i32) -> Result<u32, UnpublishedYear> {
        let days = self.years.get(&year).ok_or(UnpublishedYear { year })?;
        Ok(days.0.iter().map(|word| word.count_ones()).sum())
    }
}

impl YearDays {
    fn works(&self, day: usize) -> bool {
        self.0[day / 64] >> (day % 64) & 1 == 1
    }

    fn set(&mut self, day: usize, works: bool) {
        let bit = 1 << (day % 64);
        if works {
            self.0[day / 64] |= bit;
        } else {
            self.0[day / 64] &= !bit;
        }
    }
}

/// From 0 to 365.
fn day_of_year(date: Date) -> usize {
    let (year, _, _) = date.ymd();
    Date::from_ymd(year, 1, 1).map_or(0, |first| date.days_since(first) as usize)
}

/// The notice for a needed year is not loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnpublishedYear {
    pub year: i32,
}

impl Explain for UnpublishedYear {
    fn text(&self) -> Text {
        let year = self.year;
        Text::new(
            format!("{year}年节假日安排尚未载入,无法确定该年的工作日;请管理员在国务院办公厅发布通知后载入{year}年安排,再办理此项。"),
            format!(
                "The holiday arrangement of {year} is not loaded, so its working days are not known; have an administrator load the State Council's notice for {year}, then try again."
            ),
        )
    }
}

display_by_explain!(UnpublishedYear);

#[cfg(test)]
mod tests;
