//! Identifiers: UUID version 7 inside (RFC 9562), a prefixed text outside.
//!
//! The first 48 bits are the unix time in milliseconds, so ids sort by creation. The outside form
//! is `prefix_` and 26 characters of Crockford base 32 in lower case, which a person can read out:
//! `ent_01jx5q0h8qe2v8y6v5m3b2c1d0`. Uniqueness and order within one process: [`IdSequence`].

use crate::display_by_explain;
use crate::text::{Explain, Text};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A 128-bit identifier. Serialised as the hyphenated UUID.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub u128);

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const TEXT_LENGTH: usize = 26;
const VERSION_7: u128 = 7 << 76;
const VARIANT: u128 = 2 << 62;

impl Id {
    /// Version 7 from a unix time in milliseconds (48 bits are used) and 74 of the random bits.
    pub const fn v7(unix_ms: u64, random: u128) -> Id {
        let time = ((unix_ms as u128) & 0xffff_ffff_ffff) << 80;
        let random_a = ((random >> 62) & 0xfff) << 64;
        let random_b = random & 0x3fff_ffff_ffff_ffff;
        Id(time | VERSION_7 | random_a | VARIANT | random_b)
    }

    pub const fn unix_ms(self) -> u64 {
        (self.0 >> 80) as u64
    }

    /// Big-endian, so that bytes sort as ids do.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    pub const fn from_bytes(bytes: [u8; 16]) -> Id {
        Id(u128::from_be_bytes(bytes))
    }

    /// The outside form: `id.text("ent")` is `ent_…`.
    pub fn text(self, prefix: &str) -> String {
        let mut out = String::with_capacity(prefix.len() + 1 + TEXT_LENGTH);
        out.push_str(prefix);
        out.push('_');
        for place in (0..TEXT_LENGTH).rev() {
            out.push(ALPHABET[((self.0 >> (5 * place)) & 31) as usize] as char);
        }
        out
    }

    /// Reads the outside form. Upper case and the look-alikes i, l (1) and o (0) are accepted.
    pub fn parse(prefix: &str, text: &str) -> Result<Id, IdError> {
        let text = text.trim();
        let Some(body) = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')) else {
            return Err(IdError::Prefix { expected: prefix.to_owned(), found: text.to_owned() });
        };
        let length = body.chars().count();
        if length != TEXT_LENGTH {
            return Err(IdError::Length { found: length });
        }
        let mut value: u128 = 0;
        for (index, letter) in body.chars().enumerate() {
            let Some(digit) = crockford_value(letter) else {
                return Err(IdError::Letter { position: index + 1, found: letter });
            };
            if index == 0 && digit > 7 {
                return Err(IdError::Letter { position: 1, found: letter });
            }
            value = (value << 5) | digit;
        }
        Ok(Id(value))
    }
}

fn crockford_value(letter: char) -> Option<u128> {
    let lower = match letter.to_ascii_lowercase() {
        'i' | 'l' => '1',
        'o' => '0',
        other => other,
    };
    ALPHABET.iter().position(|&c| c as char == lower).map(|p| p as u128)
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let v = self.0;
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            (v >> 96) as u32,
            (v >> 80) as u16,
            (v >> 64) as u16,
            (v >> 48) as u16,
            v & 0xffff_ffff_ffff
        )
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = IdError;

    /// Reads the hyphenated UUID of any version.
    fn from_str(text: &str) -> Result<Id, IdError> {
        let bytes = text.as_bytes();
        let hyphens = [8, 13, 18, 23];
        let shaped = bytes.len() == 36
            && bytes.iter().enumerate().all(|(i, b)| if hyphens.contains(&i) { *b == b'-' } else { b.is_ascii_hexdigit() });
        if !shaped {
            return Err(IdError::Uuid { found: text.to_owned() });
        }
        let digits: String = text.chars().filter(|c| *c != '-').collect();
        u128::from_str_radix(&digits, 16).map(Id).map_err(|_| IdError::Uuid { found: text.to_owned() })
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Hands out strictly increasing version 7 ids, also when the clock stands still or goes back.
#[derive(Clone, Debug, Default)]
pub struct IdSequence {
    last_ms: u64,
    last_random: u128,
}

const RANDOM_MASK: u128 = (1 << 74) - 1;

impl IdSequence {
    /// Time and randomness come from the caller; within one millisecond the random part counts up.
    pub fn next(&mut self, unix_ms: u64, random: u128) -> Id {
        if unix_ms > self.last_ms {
            self.last_ms = unix_ms;
            // The top bit is left free, so that counting up cannot run over within a millisecond.
            self.last_random = random & (RANDOM_MASK >> 1);
        } else if self.last_random == RANDOM_MASK {
            self.last_ms += 1;
            self.last_random = random & (RANDOM_MASK >> 1);
        } else {
            self.last_random += 1;
        }
        Id::v7(self.last_ms, self.last_random)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdError {
    /// The text names another kind of record, or none.
    Prefix { expected: String, found: String },
    /// The part after the prefix must have 26 characters.
    Length { found: usize },
    /// Position within the 26 characters, from 1.
    Letter { position: usize, found: char },
    /// Not 8-4-4-4-12 hexadecimal digits.
    Uuid { found: String },
}

impl Explain for IdError {
    fn text(&self) -> Text {
        match self {
            IdError::Prefix { expected, found } => Text::new(
                format!("编号“{found}”不是以“{expected}_”开头;请核对是否复制了另一类记录的编号。"),
                format!("The id \"{found}\" does not begin with \"{expected}_\"; check whether it belongs to another kind of record."),
            ),
            IdError::Length { found } => Text::new(
                format!("编号下划线后应有{TEXT_LENGTH}个字符,现有{found}个;请完整复制。"),
                format!("An id has {TEXT_LENGTH} characters after the underscore, this one has {found}; copy it completely."),
            ),
            IdError::Letter { position, found } => Text::new(
                format!("编号下划线后第{position}位“{found}”无效;请重新复制编号。"),
                format!("Character {position} after the underscore, \"{found}\", cannot occur in an id; copy the id again."),
            ),
            IdError::Uuid { found } => Text::new(
                format!("“{found}”不是8-4-4-4-12形式的UUID;请核对。"),
                format!("\"{found}\" is not a UUID of the form 8-4-4-4-12; check it."),
            ),
        }
    }
}

display_by_explain!(IdError);

#[cfg(test)]
mod tests;
