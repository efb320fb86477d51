//! Moments in time: microseconds since 1970-01-01T00:00:00Z, shown in Beijing time (UTC+08:00).
//!
//! The reading of a real clock belongs to the shell; everything else takes an [`Instant`] or a
//! [`Clock`]. China keeps one offset without daylight saving, so no time zone data is needed.

use crate::date::Date;
use crate::display_by_explain;
use crate::text::{Explain, Text};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;
const BEIJING: i64 = 8 * 3600 * MICROS_PER_SECOND;

/// A moment, to the microsecond. Serialised as RFC 3339 in Beijing time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64);

impl Instant {
    /// 0001-01-01T00:00:00 in Beijing.
    pub const MIN: Instant = Instant(Date::MIN.days() as i64 * MICROS_PER_DAY - BEIJING);
    /// The last microsecond of 9999-12-31 in Beijing.
    pub const MAX: Instant = Instant((Date::MAX.days() as i64 + 1) * MICROS_PER_DAY - BEIJING - 1);

    /// From microseconds since the unix epoch; what lies outside the years 1 to 9999 is cut to them.
    pub const fn from_micros(micros: i64) -> Instant {
        if micros < Instant::MIN.0 {
            Instant::MIN
        } else if micros > Instant::MAX.0 {
            Instant::MAX
        } else {
            Instant(micros)
        }
    }

    pub const fn from_millis(millis: i64) -> Instant {
        Instant::from_micros(millis.saturating_mul(1000))
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since the unix epoch, rounded down.
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// A wall clock time in Beijing; `None` for 25:00 and the like.
    pub const fn at_beijing(date: Date, hour: u32, minute: u32, second: u32) -> Option<Instant> {
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let seconds = (hour * 3600 + minute * 60 + second) as i64;
        Some(Instant(date.days() as i64 * MICROS_PER_DAY + seconds * MICROS_PER_SECOND - BEIJING))
    }

    /// The first microsecond of the day in Beijing.
    pub const fn start_of(date: Date) -> Instant {
        Instant(date.days() as i64 * MICROS_PER_DAY - BEIJING)
    }

    /// The last microsecond of the day in Beijing.
    pub const fn end_of(date: Date) -> Instant {
        Instant((date.days() as i64 + 1) * MICROS_PER_DAY - BEIJING - 1)
    }

    /// The day the calendar on the wall shows in Beijing.
    pub const fn date_beijing(self) -> Date {
        match Date::from_days((self.0 + BEIJING).div_euclid(MICROS_PER_DAY) as i32) {
            Some(date) => date,
            None => Date::MAX,
        }
    }

    /// Hour, minute, second on the clock in Beijing.
    pub const fn time_beijing(self) -> (u32, u32, u32) {
        let seconds = (self.0 + BEIJING).rem_euclid(MICROS_PER_DAY) / MICROS_PER_SECOND;
        ((seconds / 3600) as u32, (seconds / 60 % 60) as u32, (seconds % 60) as u32)
    }

    pub const fn plus_micros(self, micros: i64) -> Instant {
        Instant::from_micros(self.0.saturating_add(micros))
    }

    pub const fn plus_seconds(self, seconds: i64) -> Instant {
        self.plus_micros(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// Microseconds from `earlier` to `self`.
    pub const fn micros_since(self, earlier: Instant) -> i64 {
        self.0 - earlier.0
    }

    /// Reads RFC 3339 with any offset: `2026-11-24T09:30:00+08:00`, `2026-11-24T01:30:00.25Z`.
    /// Digits beyond the microsecond are dropped; leap seconds (`:60`) are refused.
    pub fn from_rfc3339(text: &str) -> Result<Instant, InstantError> {
        parse_rfc3339(text.trim()).ok_or_else(|| InstantError { found: text.to_owned() })
    }

    /// `2026-11-24T09:30:00+08:00`; with six digits of fraction when there is one.
    pub fn to_rfc3339_beijing(self) -> String {
        let date = self.date_beijing();
        let (hour, minute, second) = self.time_beijing();
        match self.0.rem_euclid(MICROS_PER_SECOND) {
            0 => format!("{date}T{hour:02}:{minute:02}:{second:02}+08:00"),
            micros => format!("{date}T{hour:02}:{minute:02}:{second:02}.{micros:06}+08:00"),
        }
    }
}

fn parse_rfc3339(text: &str) -> Option<Instant> {
    if !text.is_ascii() || text.len() < 20 {
        return None;
    }
    let (date, rest) = (&text[..10], &text[10..]);
    let date_shaped = date.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !date_shaped || !matches!(rest.as_bytes()[0], b'T' | b't' | b' ') {
        return None;
    }
    let date = Date::parse(date).ok()?;
    let (time, mut rest) = (&rest[1..9], &rest[9..]);
    if time.as_bytes()[2] != b':' || time.as_bytes()[5] != b':' {
        return None;
    }
    let (hour, minute, second) = (two_digits(&time[0..2])?, two_digits(&time[3..5])?, two_digits(&time[6..8])?);
    let mut micros = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return None;
        }
        micros = format!("{:0<6}", &fraction[..digits.min(6)]).parse().ok()?;
        rest = &fraction[digits..];
    }
    let offset_minutes = match rest {
        "Z" | "z" => 0,
        _ if rest.len() == 6 && rest.as_bytes()[3] == b':' => {
            let (hours, minutes) = (two_digits(&rest[1..3])?, two_digits(&rest[4..6])?);
            let sign = match rest.as_bytes()[0] {
                b'+' => 1,
                b'-' => -1,
                _ => return None,
            };
            if hours > 23 || minutes > 59 {
                return None;
            }
            sign * i64::from(hours * 60 + minutes)
        }
        _ => return None,
    };
    let local = Instant::at_beijing(date, hour, minute, second)?.0 + BEIJING + micros;
    let utc = local - offset_minutes * 60 * MICROS_PER_SECOND;
    (Instant::MIN.0..=Instant::MAX.0).contains(&utc).then_some(Instant(utc))
}

fn two_digits(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339_beijing())
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
        Instant::from_rfc3339(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Where "now" comes from. The shell implements it over the system's clock.
pub trait Clock: Send + Sync {
    fn now(&self) -> Instant;
}

/// A clock that stands still: tests, replays and everything judged `as of` a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedClock(pub Instant);

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        self.0
    }
}

/// The text is no RFC 3339 time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstantError {
    pub found: String,
}

impl Explain for InstantError {
    fn text(&self) -> Text {
        let found = &self.found;
        Text::new(
            format!("“{found}”不是有效时间;请写成带时区的形式,例如2026-03-01T09:30:00+08:00。"),
            format!("\"{found}\" is not a time; write it with its offset, for example 2026-03-01T09:30:00+08:00."),
        )
    }
}

display_by_explain!(InstantError);

#[cfg(test)]
mod tests;
