//! What a value may be at all, beyond its type: the least and the most, not after today, the form of a text.
//!
//! Bounds keep slips out (a share of 270 %, a firm founded next year); they bind what is written, never what lies on
//! file already. [`Bounds::breach`] is the one judgement; who writes gives the day.
use liangu_base::Date;

/// Bounds of a field; nothing is bound by default. Numbers are in the field's smallest unit, dates are days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    pub least: Option<i64>,
    pub most: Option<i64>,
    /// A date that cannot lie after today.
    pub past: bool,
    pub pattern: Option<Pattern>,
}

/// A form of text that the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// A telephone number in China or abroad: mobile, landline with or without area code and extension, 400 and 95xxx.
    Phone,
    /// Six digits.
    Postcode,
}

/// The names under which packs write them.
pub(crate) const PATTERNS: &[(&str, Pattern)] = &[("phone", Pattern::Phone), ("postcode", Pattern::Postcode)];

/// Which bound a value breaks; numbers as in [`Bounds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    Below(i64),
    Above(i64),
    /// The day after which it may not lie.
    After(Date),
    Form(Pattern),
}

/// A value as bounds see it.
#[derive(Clone, Copy, Debug)]
pub enum Bounded<'a> {
    Number(i64),
    Date(Date),
    Text(&'a str),
}

impl Bounds {
    /// The first bound that `value` breaks on `today`; an empty text breaks none, since it says nothing.
    pub fn breach(&self, value: Bounded<'_>, today: Date) -> Option<Breach> {
        let number = match value {
            Bounded::Number(n) => n,
            Bounded::Date(date) if self.past && date > today => return Some(Breach::After(today)),
            Bounded::Date(date) => i64::from(date.days()),
            Bounded::Text(text) => return self.pattern.filter(|p| !text.is_empty() && !p.fits(text)).map(Breach::Form),
        };
        let below = self.least.filter(|least| number < *least).map(Breach::Below);
        below.or_else(|| self.most.filter(|most| number > *most).map(Breach::Above))
    }
}

impl Pattern {
    fn fits(self, text: &str) -> bool {
        match self {
            Pattern::Postcode => text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()),
            Pattern::Phone => phone(text),
        }
    }
}

/// 5 to 15 digits, of which signs that people write between them may stand; a number with 11 digits that begins with 1
/// is a mobile and goes on with 3 to 9.
fn phone(text: &str) -> bool {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let between = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '(' | ')' | '（' | '）' | '转');
    let signs = text.strip_prefix('+').unwrap_or(text).chars().all(between);
    let mobile = digits.len() != 11 || digits[0] != '1' || ('3'..='9').contains(&digits[1]);
    signs && (5..=15).contains(&digits.len()) && mobile
}

#[cfg(test)]
mod tests {
    use super::{Bounded, Bounds, Breach, Pattern};
    use liangu_base::Date;

    #[test]
    fn what_breaks_a_bound() {
        let day = |d| Date::from_ymd(2026, 11, d).expect("a day");
        let share = Bounds { least: Some(0), most: Some(10_000), ..Bounds::default() };
        let founded = Bounds { past: true, ..Bounds::default() };
        let phone = Bounds { pattern: Some(Pattern::Phone), ..Bounds::default() };
        let text = |t| phone.breach(Bounded::Text(t), day(20));
        assert_eq!(share.breach(Bounded::Number(10_000), day(20)), None);
        assert_eq!(share.breach(Bounded::Number(27_000), day(20)), Some(Breach::Above(10_000)));
        assert_eq!(share.breach(Bounded::Number(-1), day(20)), Some(Breach::Below(0)));
        assert_eq!(founded.breach(Bounded::Date(day(20)), day(20)), None);
        assert_eq!(founded.breach(Bounded::Date(day(21)), day(20)), Some(Breach::After(day(20))));
        for good in ["13800001111", "0738-8312345", "+86 138 0000 1111", "400-800-1234", "（0738）8312345 转 8001", "95598", ""] {
            assert_eq!(text(good), None, "{good}");
        }
        for bad in ["abc", "1234", "12000001111", "13800001111x", "1380000111122223333"] {
            assert_eq!(text(bad), Some(Breach::Form(Pattern::Phone)), "{bad}");
        }
    }
}
