//! The two check characters.
//!
//! The outer one uses an alphabet of 31 characters without I, O, S, V, Z; the inner one uses all
//! 36, so that a letter has two values: M is 21 outside and 22 inside.

/// GB 32100-2015: a character's value is its place.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// GB 11714-1997
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

pub(super) fn outer_value(letter: char) -> Option<u32> {
    ALPHABET.iter().position(|a| *a as char == letter).map(|p| p as u32)
}

/// The 18th character for the 17 in front of it: weights 3^(i-1) mod 31, (31 - sum mod 31) mod 31.
/// `None` when the text has another length or a foreign character.
pub fn outer_check(first_17: &str) -> Option<char> {
    if first_17.chars().count() != 17 {
        return None;
    }
    let mut sum = 0;
    let mut weight = 1;
    for letter in first_17.chars() {
        sum += outer_value(letter)? * weight;
        weight = weight * 3 % 31;
    }
    Some(ALPHABET[((31 - sum % 31) % 31) as usize] as char)
}

/// The 9th character for the 8 of an organisation code: 11 - sum mod 11, where 10 is X and 11 is 0.
/// `None` when the text has another length or a character other than 0-9 and A-Z.
pub fn organisation_check(first_8: &str) -> Option<char> {
    if first_8.chars().count() != 8 {
        return None;
    }
    let mut sum = 0;
    for (letter, weight) in first_8.chars().zip(INNER_WEIGHTS) {
        if letter.is_ascii_lowercase() {
            return None;
        }
        sum += letter.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}
