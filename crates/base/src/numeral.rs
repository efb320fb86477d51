//! Exact decimal numbers as people write them, and back: `3,450.5`, `１２００`, `-0.25`.
//!
//! A [`Decimal`] is a whole number and a count of places; no floating point is involved.

/// `mantissa / 10^places`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub mantissa: i128,
    pub places: u32,
}

/// More digits than any amount or area has; keeps later multiplication within 128 bits.
const MOST_DIGITS: usize = 24;

/// Full-width letters, digits and signs become ASCII; all other characters stay.
pub(crate) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '￥' => '¥',
            '−' | '–' | '—' => '-',
            other => other,
        })
        .collect()
}

/// Splits half-width text into the number in front and the unit behind, both trimmed.
pub(crate) fn split_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' '))).unwrap_or(text.len());
    (text[..end].trim(), text[end..].trim())
}

impl Decimal {
    /// Reads half-width text. Commas must group thousands; `None` for anything else.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let whole = ungroup(whole)?;
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(&whole) || !all_digits(fraction) || whole.len() + fraction.len() > MOST_DIGITS {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        Some(Decimal { mantissa: if negative { -mantissa } else { mantissa }, places: fraction.len() as u32 })
    }

    /// `self × num / den` as a whole number with its remainder, both truncated toward zero.
    pub fn scale(self, num: i128, den: i128) -> Option<(i128, i128)> {
        let divisor = 10i128.checked_pow(self.places)?.checked_mul(den)?;
        let product = self.mantissa.checked_mul(num)?;
        Some((product / divisor, product % divisor))
    }

    /// `self × num / den`, halves away from zero.
    pub fn scale_rounded(self, num: i128, den: i128) -> Option<i128> {
        let divisor = 10i128.checked_pow(self.places)?.checked_mul(den)?;
        divide_half_up(self.mantissa.checked_mul(num)?, divisor)
    }
}

fn ungroup(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let well_grouped = (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|g| g.len() == 3);
    well_grouped.then(|| groups.concat())
}

/// Halves away from zero; `den` is positive.
pub(crate) fn divide_half_up(num: i128, den: i128) -> Option<i128> {
    let half = den / 2;
    let shifted = if num < 0 { num.checked_sub(half)? } else { num.checked_add(half)? };
    // An odd divisor has no exact half, so the truncated half decides the same way.
    Some(shifted / den)
}

/// Writes `value / 10^places` with thousands grouped and trailing zeros of the fraction removed,
/// but never fewer than `least` places.
pub(crate) fn write(value: i128, places: u32, least: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let unit = 10u128.pow(places);
    let magnitude = value.unsigned_abs();
    let fraction = format!("{:0width$}", magnitude % unit, width = places as usize);
    let kept = fraction.trim_end_matches('0').len().max(least as usize);
    let whole = group(&(magnitude / unit).to_string());
    if kept == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{}", &fraction[..kept]) }
}

fn group(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests;
