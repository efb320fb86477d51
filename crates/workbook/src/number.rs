//! Numbers and days as workbooks store them.
use liangu_base::Date;

/// Significant digits that a stored number has.
const DIGITS: usize = 15;

/// A stored number as plain decimal digits, rounded to 15 significant ones as spreadsheets show it. Whole numbers with
/// more digits stay as they are, so that whoever reads them can see that they are no longer true.
pub fn plain(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(raw.to_owned());
    }
    let value: f64 = raw.parse().ok().filter(|value: &f64| value.is_finite())?;
    if value == 0.0 {
        return Some("0".to_owned());
    }
    let scientific = format!("{value:.*e}", DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    if !(-30..=60).contains(&exponent) {
        return None;
    }
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent + 1;
    let text = if point <= 0 {
        format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
    } else if point as usize >= digits.len() {
        format!("{digits}{}", "0".repeat(point as usize - digits.len()))
    } else {
        format!("{}.{}", &digits[..point as usize], &digits[point as usize..])
    };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    Some(format!("{sign}{text}"))
}

/// A stored day: whole days and the part of a day after 1899-12-30, or after 1904-01-01. The 29th of February 1900, which
/// never was, is no day.
pub fn date(raw: &str, since_1904: bool) -> Option<String> {
    let value: f64 = raw.trim().parse().ok()?;
    if !(1.0..2_958_466.0).contains(&value) {
        return None;
    }
    let mut seconds = ((value - value.floor()) * 86_400.0).round() as i64;
    let mut days = value.floor() as i32;
    if seconds == 86_400 {
        (seconds, days) = (0, days + 1);
    }
    let begin = match (since_1904, days) {
        (true, _) => Date::from_ymd(1904, 1, 1),
        (false, 60) => return None,
        (false, 1..=59) => Date::from_ymd(1899, 12, 31),
        (false, _) => Date::from_ymd(1899, 12, 30),
    };
    let day = Date::from_days(begin?.days().checked_add(days)?)?;
    if seconds == 0 {
        return Some(day.to_string());
    }
    Some(format!("{day}T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

/// What the format of a number makes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    General,
    Percent,
    Date,
}

/// The formats that every program knows by number.
pub fn built_in(id: u32) -> Format {
    match id {
        9 | 10 => Format::Percent,
        14..=22 | 27..=36 | 50..=58 => Format::Date,
        _ => Format::General,
    }
}

/// A format as written: what stands in quotes, brackets or after a backslash says nothing.
pub fn written(code: &str) -> Format {
    let mut characters = code.chars();
    let mut plain = String::new();
    while let Some(character) = characters.next() {
        match character {
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '[' => drop(characters.by_ref().find(|c| *c == ']')),
            '\\' | '_' | '*' => drop(characters.next()),
            other => plain.push(other.to_ascii_lowercase()),
        }
    }
    let first = plain.split(';').next().unwrap_or_default();
    if first.contains('%') {
        return Format::Percent;
    }
    let is_date = !first.contains("general") && first.contains(['y', 'd']) || first.contains("m月") || first.contains('年');
    if is_date { Format::Date } else { Format::General }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_numbers_read_as_people_wrote_them() {
        for (raw, wanted) in [
            ("42", "42"),
            ("0.1", "0.1"),
            ("0.30000000000000004", "0.3"),
            ("12345.670000000001", "12345.67"),
            ("1.5E+3", "1500"),
            ("-2.5e-3", "-0.0025"),
            ("9.1431300123456998E+17", "914313001234570000"),
            ("914313001234567890", "914313001234567890"),
        ] {
            assert_eq!(plain(raw).as_deref(), Some(wanted), "{raw}");
        }
        assert_eq!(plain("1e999"), None);
    }

    #[test]
    fn stored_days_of_both_calendars() {
        assert_eq!(date("45293", false).as_deref(), Some("2024-01-02"));
        assert_eq!(date("1", false).as_deref(), Some("1900-01-01"));
        assert_eq!(date("60", false), None);
        assert_eq!(date("43831", true).as_deref(), Some("2024-01-02"));
        assert_eq!(date("45293.4375", false).as_deref(), Some("2024-01-02T10:30:00"));
    }

    #[test]
    fn formats_tell_days_from_numbers() {
        for code in ["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]d/m/yy", "yyyy/m/d;@"] {
            assert_eq!(written(code), Format::Date, "{code}");
        }
        for code in ["General", "#,##0.00", "[Red]0", "0.00E+00", "\"day\"0"] {
            assert_eq!(written(code), Format::General, "{code}");
        }
        assert_eq!(written("0.0%"), Format::Percent);
    }
}
