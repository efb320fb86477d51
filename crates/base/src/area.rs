//! Land area in square decimetres (0.01 m²), the last place of a cadastral survey.
//!
//! One hectare is 15 mu (亩) and 10,000 m², so one mu is 2000/3 m² (666.67 m² as commonly
//! written). The unit is exact for square metres with two places and for hectares with six; an
//! area given in mu is rounded to it, which is finer than 0.0001 mu, so that areas in mu with up
//! to four places read back as they were written.

use crate::display_by_explain;
use crate::numeral::{self, Decimal};
use crate::text::{Explain, Lang, Text};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An area in square decimetres. Serialised as that whole number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(pub i64);

/// dm² in one m²
const SQUARE_METRE: i128 = 100;
/// dm² in three mu
const THREE_MU: i128 = 200_000;
/// dm² in one hectare
const HECTARE: i128 = 1_000_000;
/// dm² in one square kilometre
const SQUARE_KILOMETRE: i128 = 100_000_000;

impl Area {
    pub const ZERO: Area = Area(0);

    /// `None` on overflow.
    pub const fn from_square_metres(metres: i64) -> Option<Area> {
        match metres.checked_mul(SQUARE_METRE as i64) {
            Some(dm) => Some(Area(dm)),
            None => None,
        }
    }

    /// From tenths of a mu: 624 is 62.4 mu. `None` on overflow.
    pub fn from_tenths_of_mu(tenths: i64) -> Option<Area> {
        let dm = numeral::divide_half_up(i128::from(tenths) * THREE_MU, 30)?;
        i64::try_from(dm).ok().map(Area)
    }

    pub const fn square_decimetres(self) -> i64 {
        self.0
    }

    /// Whole square metres, halves away from zero.
    pub fn square_metres(self) -> i64 {
        self.rounded(1, SQUARE_METRE)
    }

    /// Tenths of a mu, halves away from zero.
    pub fn tenths_of_mu(self) -> i64 {
        self.rounded(30, THREE_MU)
    }

    fn rounded(self, num: i128, den: i128) -> i64 {
        let whole = numeral::divide_half_up(i128::from(self.0) * num, den).unwrap_or_default();
        whole as i64 // smaller than `self`, since `num < den`
    }

    pub fn checked_add(self, other: Area) -> Option<Area> {
        self.0.checked_add(other.0).map(Area)
    }

    pub fn checked_sub(self, other: Area) -> Option<Area> {
        self.0.checked_sub(other.0).map(Area)
    }

    pub fn checked_sum(areas: impl IntoIterator<Item = Area>) -> Option<Area> {
        areas.into_iter().try_fold(Area::ZERO, Area::checked_add)
    }

    /// Reads an area with its unit: `62.4亩`, `3公顷`, `41,600.35平方米`, `1.2平方公里`, and the
    /// signs `m²`, `㎡`, `ha`, `mu`, `km²`.
    pub fn parse(text: &str) -> Result<Area, AreaError> {
        let half = numeral::half_width(text);
        let (number, unit) = numeral::split_unit(&half);
        if number.is_empty() {
            return Err(AreaError::NoNumber { found: text.to_owned() });
        }
        let decimal = Decimal::parse(number).ok_or_else(|| AreaError::Number { found: number.to_owned() })?;
        if decimal.mantissa < 0 {
            return Err(AreaError::Negative { found: text.to_owned() });
        }
        let (num, den) = match unit.to_lowercase().as_str() {
            "亩" | "市亩" | "mu" => (THREE_MU, 3),
            "万亩" => (10_000 * THREE_MU, 3),
            "公顷" | "ha" | "hectare" | "hectares" => (HECTARE, 1),
            "平方米" | "平米" | "㎡" | "m²" | "m2" | "m^2" => (SQUARE_METRE, 1),
            "万平方米" => (10_000 * SQUARE_METRE, 1),
            "平方公里" | "平方千米" | "km²" | "km2" | "km^2" => (SQUARE_KILOMETRE, 1),
            "" => {
                return Err(AreaError::NoUnit { found: text.to_owned() });
            }
            _ => {
                return Err(AreaError::Unit { found: unit.to_owned() });
            }
        };
        let too_large = || AreaError::TooLarge { found: text.to_owned() };
        let dm = decimal.scale_rounded(num, den).ok_or_else(too_large)?;
        i64::try_from(dm).map(Area).map_err(|_| too_large())
    }

    /// In mu with up to four places: `62.4亩`, `62.4 mu`.
    pub fn display_mu(self, lang: Lang) -> String {
        let places = numeral::divide_half_up(i128::from(self.0) * 30_000, THREE_MU).unwrap_or_default();
        let number = numeral::write(places, 4, 0);
        match lang {
            Lang::Zh => format!("{number}亩"),
            Lang::En => format!("{number} mu"),
        }
    }

    /// Exact: `41,600.35平方米`, `41,600.35 m²`.
    pub fn display_square_metres(self, lang: Lang) -> String {
        let number = numeral::write(self.0.into(), 2, 0);
        match lang {
            Lang::Zh => format!("{number}平方米"),
            Lang::En => format!("{number} m²"),
        }
    }

    /// Exact: `4.160035公顷`, `4.160035 ha`.
    pub fn display_hectares(self, lang: Lang) -> String {
        let number = numeral::write(self.0.into(), 6, 0);
        match lang {
            Lang::Zh => format!("{number}公顷"),
            Lang::En => format!("{number} ha"),
        }
    }
}

/// The Chinese reading in mu.
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display_mu(Lang::Zh))
    }
}

impl FromStr for Area {
    type Err = AreaError;

    fn from_str(text: &str) -> Result<Area, AreaError> {
        Area::parse(text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaError {
    NoNumber { found: String },
    Number { found: String },
    Negative { found: String },
    NoUnit { found: String },
    Unit { found: String },
    TooLarge { found: String },
}

impl Explain for AreaError {
    fn text(&self) -> Text {
        match self {
            AreaError::NoNumber { found } => Text::new(
                format!("“{found}”中没有以阿拉伯数字开头的面积;请写成如“62.4亩”。"),
                format!("\"{found}\" does not begin with an area in digits; write it like \"62.4亩\" or \"3 ha\"."),
            ),
            AreaError::Number { found } => Text::new(
                format!("“{found}”不是有效数字;请写成如“41,600.35”。"),
                format!("\"{found}\" is not a number; write it like \"41,600.35\"."),
            ),
            AreaError::Negative { found } => {
                Text::new(format!("面积“{found}”为负数;请核对。"), format!("The area \"{found}\" is negative; check it."))
            }
            AreaError::NoUnit { found } => Text::new(
                format!("面积“{found}”没有单位;请注明亩、公顷或平方米。"),
                format!("The area \"{found}\" has no unit; add 亩 (mu), 公顷 (ha) or 平方米 (m²)."),
            ),
            AreaError::Unit { found } => Text::new(
                format!("不认识面积单位“{found}”;请使用亩、公顷、平方米或平方公里。"),
                format!("The unit \"{found}\" is unknown; use 亩 (mu), 公顷 (ha), 平方米 (m²) or 平方公里 (km²)."),
            ),
            AreaError::TooLarge { found } => Text::new(
                format!("面积“{found}”超出可记录的范围;请核对单位。"),
                format!("The area \"{found}\" is too large to record; check its unit."),
            ),
        }
    }
}

display_by_explain!(AreaError);

#[cfg(test)]
mod tests;
