//! Moments and lengths of time to the nanosecond, as CEL has them; rules speak of days.
//!
//! Invariant: a [`Timestamp`] lies in the years 1 to 9999, a [`Duration`] within 292 years, which is
//! what 64 bits of nanoseconds hold and what the CEL project's cases ask for. What would leave that is `None`.
use liangu_base::date::Date;
use std::fmt;

const BILLION: i128 = 1_000_000_000;
const DAY: i64 = 86_400;

/// A moment: seconds since 1970-01-01 in Greenwich, rounded down, and the nanoseconds above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A length of time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

impl Timestamp {
    /// From nanoseconds since 1970.
    fn from_total(total: i128) -> Option<Timestamp> {
        let (seconds, nanos) = (i64::try_from(total.div_euclid(BILLION)).ok()?, total.rem_euclid(BILLION) as u32);
        let day = i32::try_from(seconds.div_euclid(DAY)).ok()?;
        Date::from_days(day).map(|_| Timestamp { seconds, nanos })
    }

    fn total(self) -> i128 {
        i128::from(self.seconds) * BILLION + i128::from(self.nanos)
    }

    pub fn from_seconds(seconds: i64) -> Option<Timestamp> {
        Timestamp::from_total(i128::from(seconds) * BILLION)
    }

    /// Seconds since 1970-01-01, rounded down.
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds above [`Timestamp::seconds`].
    pub fn nanos(self) -> u32 {
        self.nanos
    }

    pub fn plus(self, by: Duration) -> Option<Timestamp> {
        Timestamp::from_total(self.total() + i128::from(by.0))
    }

    pub fn minus(self, by: Duration) -> Option<Timestamp> {
        Timestamp::from_total(self.total() - i128::from(by.0))
    }

    pub fn since(self, other: Timestamp) -> Option<Duration> {
        i64::try_from(self.total() - other.total()).ok().map(Duration)
    }

    /// The day and the second of the day where clocks are `offset` seconds ahead of Greenwich; `None` outside the years
    /// 1 to 9999 there.
    pub fn local(self, offset: i64) -> Option<(Date, i64)> {
        let there = self.seconds + offset;
        Some((Date::from_days(i32::try_from(there.div_euclid(DAY)).ok()?)?, there.rem_euclid(DAY)))
    }

    /// Reads the form of RFC 3339, `2009-02-13T23:31:30.5Z`, to the nanosecond.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let (day, rest) = (text.get(..10)?, text.get(10..)?.strip_prefix('T')?);
        let dashes = day.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        let date = if dashes { Date::parse(day).ok()? } else { return None };
        let (clock, rest) = (clock(rest.get(..8)?)?, rest.get(8..)?);
        let (fraction, zone) = match rest.strip_prefix('.') {
            Some(rest) => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                (fraction(&rest[..digits])?, &rest[digits..])
            }
            None => (0, rest),
        };
        let offset = if zone == "Z" { 0 } else { offset(zone).filter(|_| zone.starts_with(['+', '-']))? };
        let seconds = i64::from(date.days()) * DAY + clock - offset;
        Timestamp::from_total(i128::from(seconds) * BILLION + i128::from(fraction))
    }
}

/// `HH:MM:SS` in seconds.
fn clock(text: &str) -> Option<i64> {
    let parts: Vec<i64> = text.split(':').map(two_digits).collect::<Option<_>>()?;
    match parts[..] {
        [h, m, s] if h < 24 && m < 60 && s < 60 => Some(h * 3600 + m * 60 + s),
        _ => None,
    }
}

fn two_digits(text: &str) -> Option<i64> {
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// A fraction of a second as nanoseconds; what is finer is cut off.
fn fraction(digits: &str) -> Option<u32> {
    if digits.is_empty() { None } else { format!("{:0<9}", &digits[..digits.len().min(9)]).parse().ok() }
}

/// `+08:00`, `-02:30`, `02:00` in seconds ahead of Greenwich.
pub fn offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    if hours < 24 && minutes < 60 { Some(sign * (hours * 3600 + minutes * 60)) } else { None }
}

impl Duration {
    /// `nanos` on top of `seconds`.
    pub fn new(seconds: i64, nanos: i64) -> Option<Duration> {
        i64::try_from(i128::from(seconds) * BILLION + i128::from(nanos)).ok().map(Duration)
    }

    pub fn plus(self, other: Duration) -> Option<Duration> {
        self.0.checked_add(other.0).map(Duration)
    }

    pub fn minus(self, other: Duration) -> Option<Duration> {
        self.0.checked_sub(other.0).map(Duration)
    }

    pub fn negated(self) -> Option<Duration> {
        self.0.checked_neg().map(Duration)
    }

    /// Whole seconds, towards zero.
    pub fn seconds(self) -> i64 {
        self.0 / 1_000_000_000
    }

    /// Nanoseconds beyond [`Duration::seconds`], of the same sign.
    pub fn nanos(self) -> i64 {
        self.0 % 1_000_000_000
    }

    /// Reads `1h30m`, `-1.5s`, `20ms`, `0`.
    pub fn parse(text: &str) -> Option<Duration> {
        let (sign, mut rest) = match text.strip_prefix(['-', '+']) {
            Some(rest) => (if text.starts_with('-') { -1 } else { 1 }, rest),
            None => (1, text),
        };
        if rest == "0" {
            return Some(Duration(0));
        }
        let mut total = 0i128;
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            let unit = rest[number..].find(|c: char| c.is_ascii_digit() || c == '.').map_or(rest.len(), |at| number + at);
            let factor: i128 = match &rest[number..unit] {
                "h" => 3600 * BILLION,
                "m" => 60 * BILLION,
                "s" => BILLION,
                "ms" => 1_000_000,
                "us" | "µs" | "μs" => 1_000,
                "ns" => 1,
                _ => return None,
            };
            total = total.checked_add(scaled(&rest[..number], factor)?)?;
            rest = &rest[unit..];
        }
        i64::try_from(sign * total).ok().map(Duration)
    }
}

/// A decimal number times a factor, towards zero.
fn scaled(number: &str, factor: i128) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() + fraction.len() == 0 || whole.len() > 20 || fraction.contains('.') {
        return None;
    }
    let read = |digits: &str| if digits.is_empty() { Some(0i128) } else { digits.parse().ok() };
    let fraction = &fraction[..fraction.len().min(18)];
    Some(read(whole)?.checked_mul(factor)? + read(fraction)? * factor / 10i128.pow(fraction.len() as u32))
}

/// `.5` for half of a billion nanoseconds, nothing for none.
fn decimals(nanos: u32) -> String {
    if nanos == 0 { String::new() } else { format!(".{nanos:09}").trim_end_matches('0').to_string() }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((date, second)) = self.local(0) else { return Err(fmt::Error) };
        let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{date}T{h:02}:{m:02}:{s:02}{}Z", decimals(self.nanos))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}{}s", self.seconds().abs(), decimals(self.nanos().unsigned_abs() as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written() {
        for text in ["2009-02-13T23:31:30Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.5Z"] {
            assert_eq!(Timestamp::parse(text).map(|t| t.to_string()).as_deref(), Some(text));
        }
        for (text, written) in [("1h30m", "5400s"), ("-1.5s", "-1.5s"), ("20ms", "0.02s"), ("0", "0s"), ("1m1.000000001s", "61.000000001s")]
        {
            assert_eq!(Duration::parse(text).map(|d| d.to_string()).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "2009-2-13T23:31:30Z",
            "2009-02-13 23:31:30Z",
            "2009-02-30T00:00:00Z",
            "2009-02-13T24:00:00Z",
            "2009-02-13T00:00:00",
            "",
            "2009年02月13日T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
        for text in ["", "1", "s", "1x", "1.2.3s", "-", "320000000000s", "1s1", ".s"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
        assert_eq!(Timestamp::parse("2009-02-13T23:31:30+08:00").map(|t| t.to_string()).as_deref(), Some("2009-02-13T15:31:30Z"));
        assert_eq!(Timestamp::parse("0001-01-01T00:00:00+00:01"), None);
    }
}
