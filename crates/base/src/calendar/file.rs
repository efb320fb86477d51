//! The shape of `holidays.json` and its checks.

use super::{WorkCalendar, YearDays, day_of_year};
use crate::date::{Date, is_leap_year};
use crate::display_by_explain;
use crate::text::{Explain, Text};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Only what decides working days is read; names, sources and confidence stay in the file.
#[derive(Clone, Debug, Deserialize)]
pub struct HolidayFile {
    pub years: BTreeMap<i32, HolidayYear>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct HolidayYear {
    /// Whether the State Council's notice is in the file.
    pub published: bool,
    /// Days off by the notice, weekends within a holiday included.
    pub off_days: Vec<Date>,
    /// Weekend days that are worked instead.
    pub makeup_workdays: Vec<Date>,
    /// Checked against the days when given.
    #[serde(default)]
    pub workday_count: Option<u32>,
}

impl TryFrom<HolidayFile> for WorkCalendar {
    type Error = CalendarError;

    fn try_from(file: HolidayFile) -> Result<WorkCalendar, CalendarError> {
        let mut calendar = WorkCalendar::default();
        for (year, notice) in file.years {
            if notice.published {
                calendar.years.insert(year, year_days(year, &notice)?);
            } else if let Some(date) = notice.off_days.iter().chain(&notice.makeup_workdays).next() {
                return Err(CalendarError::DayInUnpublishedYear { year, date: *date });
            }
        }
        Ok(calendar)
    }
}

fn year_days(year: i32, notice: &HolidayYear) -> Result<YearDays, CalendarError> {
    let first = Date::from_ymd(year, 1, 1).ok_or(CalendarError::YearOutOfRange { year })?;
    let mut days = YearDays::default();
    for offset in 0..365 + i32::from(is_leap_year(year)) {
        days.set(offset as usize, first.add_days(offset).weekday() <= 5);
    }
    for date in notice.off_days.iter().chain(&notice.makeup_workdays) {
        if date.year() != year {
            return Err(CalendarError::DayOfOtherYear { year, date: *date });
        }
    }
    for date in &notice.off_days {
        days.set(day_of_year(*date), false);
    }
    for date in &notice.makeup_workdays {
        if date.weekday() <= 5 {
            return Err(CalendarError::MakeUpOnWeekday { date: *date });
        }
        if notice.off_days.contains(date) {
            return Err(CalendarError::OffAndWorked { date: *date });
        }
        days.set(day_of_year(*date), true);
    }
    let counted = days.0.iter().map(|word| word.count_ones()).sum();
    match notice.workday_count {
        Some(stated) if stated != counted => Err(CalendarError::Count { year, stated, counted }),
        _ => Ok(days),
    }
}

/// Why a holiday file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarError {
    YearOutOfRange { year: i32 },
    DayInUnpublishedYear { year: i32, date: Date },
    DayOfOtherYear { year: i32, date: Date },
    MakeUpOnWeekday { date: Date },
    OffAndWorked { date: Date },
    Count { year: i32, stated: u32, counted: u32 },
}

impl Explain for CalendarError {
    fn text(&self) -> Text {
        match self {
            CalendarError::YearOutOfRange { year } => Text::new(
                format!("节假日文件中的年份{year}无效;请改为1至9999。"),
                format!("The year {year} in the holiday file is out of range; use 1 to 9999."),
            ),
            CalendarError::DayInUnpublishedYear { year, date } => Text::new(
                format!("{year}年标为未公布,却列有{date};请标为已公布或删去该日。"),
                format!("{year} is marked as not published but lists {date}; mark it as published or remove the day."),
            ),
            CalendarError::DayOfOtherYear { year, date } => Text::new(
                format!("{date}列在{year}年之下;请移到它所属的年份。"),
                format!("{date} is listed under {year}; move it to its own year."),
            ),
            CalendarError::MakeUpOnWeekday { date } => Text::new(
                format!("调休上班日{date}本是周一至周五;请对照通知改正。"),
                format!("The make-up day {date} is a Monday to Friday anyway; correct it after the notice."),
            ),
            CalendarError::OffAndWorked { date } => Text::new(
                format!("{date}既列为放假又列为上班;请对照通知改正。"),
                format!("{date} is listed both as off and as worked; correct it after the notice."),
            ),
            CalendarError::Count { year, stated, counted } => Text::new(
                format!("{year}年写明{stated}个工作日,按所列日期为{counted}个;请对照通知改正。"),
                format!("{year} states {stated} working days but its days give {counted}; correct it after the notice."),
            ),
        }
    }
}

display_by_explain!(CalendarError);
