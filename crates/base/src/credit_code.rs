//! Unified social credit codes (统一社会信用代码, GB 32100-2015) with both check characters.
//!
//! Eighteen characters: registering department (1), type within it (2), GB/T 2260 code of the
//! registering office (3-8), organisation code of GB 11714-1997 with its own check character
//! (9-17), check character (18). A wrong outer check character is an error. A wrong inner one is a
//! [`OrganisationCheckWarning`] only, because some early codes may have been issued without it.
//! Codes that begin with a letter (A army, N rural collectives, Y others) are as valid as any.
//!
//! Invariant: a [`CreditCode`] is upper case, well shaped, and its 18th character is right. The
//! division in it may be abolished (430221); map it for grouping, never rewrite the code.

mod check;
mod error;

pub use check::{organisation_check, outer_check};
pub use error::{CreditCodeError, OrganisationCheckWarning};

use crate::numeral::half_width;
use crate::text::Text;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

pub const LENGTH: usize = 18;

/// A valid code. Serialised as its 18 characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CreditCode([u8; LENGTH]);

/// What a person or a file gives, in the form that is checked: white space, hyphens and invisible
/// characters removed, full-width characters made ASCII, letters in upper case.
pub fn normalise(text: &str) -> String {
    half_width(text)
        .chars()
        .filter(|c| {
            !(c.is_whitespace() || c.is_control() || matches!(c, '-' | '‐' | '‑' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

impl CreditCode {
    /// Normalises and checks. Ask [`CreditCode::organisation_warning`] afterwards.
    pub fn parse(text: &str) -> Result<CreditCode, CreditCodeError> {
        let normal = normalise(text);
        let length = normal.chars().count();
        match length {
            0 => return Err(CreditCodeError::Empty),
            LENGTH => {}
            _ => return Err(CreditCodeError::Length { found: length }),
        }
        let mut code = [0; LENGTH];
        for (index, letter) in normal.chars().enumerate() {
            let position = index + 1;
            if (3..=8).contains(&position) && !letter.is_ascii_digit() {
                return Err(CreditCodeError::DivisionDigit { position, found: letter });
            }
            if check::outer_value(letter).is_none() {
                return Err(CreditCodeError::Letter { position, found: letter });
            }
            code[index] = letter as u8;
        }
        let code = CreditCode(code);
        // All 17 characters in front belong to the alphabet, so there is an expected one.
        let expected = outer_check(&code.as_str()[..17]).unwrap_or_default();
        let found = code.0[17] as char;
        if expected != found {
            let inner_fits = code.organisation_warning().is_none();
            return Err(CreditCodeError::Check { expected, found, inner_fits });
        }
        Ok(code)
    }

    /// Completes a code: `department_type` (2 characters), `division` (6 digits) and the 8
    /// characters of an organisation code get their two check characters. For demonstration data,
    /// which must be marked as such wherever it is shown, since the result may belong to someone.
    pub fn with_check_digits(department_type: &str, division: &str, organisation: &str) -> Result<CreditCode, CreditCodeError> {
        let front = normalise(department_type) + &normalise(division);
        let body = normalise(organisation);
        if !front.is_ascii() || !body.is_ascii() || front.len() != 8 || body.len() != 8 {
            return Err(CreditCodeError::Length { found: front.chars().count() + body.chars().count() + 2 });
        }
        let inner = organisation_check(&body).ok_or_else(|| first_foreign_letter(&body, 9))?;
        let front = format!("{front}{body}{inner}");
        let outer = outer_check(&front).ok_or_else(|| first_foreign_letter(&front, 1))?;
        CreditCode::parse(&format!("{front}{outer}"))
    }

    pub fn as_str(&self) -> &str {
        // Invariant: every byte is an ASCII digit or letter.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Character 1.
    pub fn department(&self) -> char {
        self.0[0] as char
    }

    /// Characters 3-8: the GB/T 2260 code of the registering office when it registered; 100000 is
    /// the national one.
    pub fn division(&self) -> &str {
        &self.as_str()[2..8]
    }

    /// Characters 9-17, the organisation code (组织机构代码) of GB 11714.
    pub fn organisation(&self) -> &str {
        &self.as_str()[8..17]
    }

    /// The organisation code as it was printed alone: `19220382-1`.
    pub fn organisation_hyphenated(&self) -> String {
        format!("{}-{}", &self.as_str()[8..16], &self.as_str()[16..17])
    }

    /// `None` when the check character of the organisation code fits.
    pub fn organisation_warning(&self) -> Option<OrganisationCheckWarning> {
        let expected = organisation_check(&self.as_str()[8..16])?;
        let found = self.0[16] as char;
        (expected != found).then_some(OrganisationCheckWarning { expected, found })
    }

    /// What kind of holder the first two characters say (known practice of the registers).
    pub fn holder(&self) -> Holder {
        match &self.as_str()[..2] {
            "91" => Holder::Enterprise,
            "92" => Holder::SoleProprietor,
            "93" => Holder::FarmersCooperative,
            "11" => Holder::StateOrgan,
            "12" => Holder::PublicInstitution,
            "51" => Holder::SocialAssociation,
            "52" => Holder::PrivateNonEnterprise,
            "53" => Holder::Foundation,
            "N1" | "N2" | "N3" => Holder::RuralCollective,
            _ => Holder::Other,
        }
    }
}

fn first_foreign_letter(text: &str, first_position: usize) -> CreditCodeError {
    let odd = text.chars().enumerate().find(|(_, c)| check::outer_value(*c).is_none());
    let (index, found) = odd.unwrap_or_default();
    CreditCodeError::Letter { position: first_position + index, found }
}

/// The holder of a code, as far as its first two characters say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    Enterprise,
    SoleProprietor,
    FarmersCooperative,
    StateOrgan,
    PublicInstitution,
    SocialAssociation,
    PrivateNonEnterprise,
    Foundation,
    RuralCollective,
    Other,
}

impl Holder {
    pub const fn text(self) -> Text {
        match self {
            Holder::Enterprise => Text::fixed("企业", "enterprise"),
            Holder::SoleProprietor => Text::fixed("个体工商户", "sole proprietor"),
            Holder::FarmersCooperative => Text::fixed("农民专业合作社", "farmers' cooperative"),
            Holder::StateOrgan => Text::fixed("机关", "state organ"),
            Holder::PublicInstitution => Text::fixed("事业单位", "public institution"),
            Holder::SocialAssociation => Text::fixed("社会团体", "social association"),
            Holder::PrivateNonEnterprise => Text::fixed("民办非企业单位", "private non-enterprise unit"),
            Holder::Foundation => Text::fixed("基金会", "foundation"),
            Holder::RuralCollective => Text::fixed("农村集体经济组织", "rural collective economic organisation"),
            Holder::Other => Text::fixed("其他组织", "other organisation"),
        }
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    fn from_str(text: &str) -> Result<CreditCode, CreditCodeError> {
        CreditCode::parse(text)
    }
}

impl Serialize for CreditCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CreditCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CreditCode, D::Error> {
        CreditCode::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
