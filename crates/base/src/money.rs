//! Money in fen (分, a hundredth of a yuan), exact.
//!
//! Amounts are renminbi. Arithmetic is checked: an overflow is `None`, never a wrong number. A
//! share or a rate is applied as a fraction of whole numbers with a stated [`Rounding`]. Texts of
//! policies speak of 元, 万元 (10,000 yuan) and 亿元 (100,000,000 yuan); all are read and written
//! without floating point.

use crate::display_by_explain;
use crate::numeral::{self, Decimal};
use crate::text::{Explain, Lang, Text};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An amount in fen. Serialised as the whole number of fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

const FEN_PER_YUAN: i64 = 100;
const FEN_PER_WAN: i64 = 10_000 * FEN_PER_YUAN;
const FEN_PER_YI: i64 = 10_000 * FEN_PER_WAN;

/// What happens to a part of a fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Halves away from zero (四舍五入).
    HalfUp,
    /// Toward negative infinity: a payer's benefit.
    Down,
    /// Toward positive infinity.
    Up,
}

impl Fen {
    pub const ZERO: Fen = Fen(0);

    /// For amounts written in the source. Panics beyond ±92 quadrillion yuan; amounts that people
    /// enter come through [`Fen::checked_from_yuan`] or [`Fen::from_wan_text`].
    pub const fn from_yuan(yuan: i64) -> Fen {
        match Fen::checked_from_yuan(yuan) {
            Some(fen) => fen,
            None => panic!("the amount exceeds 64 bits of fen"),
        }
    }

    pub const fn checked_from_yuan(yuan: i64) -> Option<Fen> {
        match yuan.checked_mul(FEN_PER_YUAN) {
            Some(fen) => Some(Fen(fen)),
            None => None,
        }
    }

    /// For thresholds, which the State writes in 万元. Panics on overflow as [`Fen::from_yuan`].
    pub const fn from_wan(wan: i64) -> Fen {
        match wan.checked_mul(FEN_PER_WAN) {
            Some(fen) => Fen(fen),
            None => panic!("the amount exceeds 64 bits of fen"),
        }
    }

    pub const fn fen(self) -> i64 {
        self.0
    }

    pub fn checked_add(self, other: Fen) -> Option<Fen> {
        self.0.checked_add(other.0).map(Fen)
    }

    pub fn checked_sub(self, other: Fen) -> Option<Fen> {
        self.0.checked_sub(other.0).map(Fen)
    }

    pub fn checked_mul(self, times: i64) -> Option<Fen> {
        self.0.checked_mul(times).map(Fen)
    }

    pub fn checked_neg(self) -> Option<Fen> {
        self.0.checked_neg().map(Fen)
    }

    pub fn checked_sum(amounts: impl IntoIterator<Item = Fen>) -> Option<Fen> {
        amounts.into_iter().try_fold(Fen::ZERO, Fen::checked_add)
    }

    /// `self × num / den` to the fen: 30 % is `(30, 100)`. `None` on overflow or when `den` is not
    /// positive.
    pub fn checked_fraction(self, num: i64, den: i64, rounding: Rounding) -> Option<Fen> {
        if den <= 0 {
            return None;
        }
        let (product, den) = (i128::from(self.0) * i128::from(num), i128::from(den));
        let whole = match rounding {
            Rounding::HalfUp => numeral::divide_half_up(product, den)?,
            Rounding::Down => product.div_euclid(den),
            Rounding::Up => -(-product).div_euclid(den),
        };
        i64::try_from(whole).ok().map(Fen)
    }

    /// Reads an amount with its unit: `3450万元`, `3,450.5 万元`, `2.38亿元`, `1200元`, `¥800元`,
    /// full-width digits included. The unit is required, since a bare number is read differently
    /// by different people; parts of a fen are refused.
    pub fn from_wan_text(text: &str) -> Result<Fen, FenError> {
        let half = numeral::half_width(text);
        let trimmed = half.trim();
        let bare = ["人民币", "RMB", "CNY", "¥"].iter().fold(trimmed, |t, sign| t.strip_prefix(sign).unwrap_or(t).trim_start());
        let (number, unit) = numeral::split_unit(bare);
        if number.is_empty() {
            return Err(FenError::NoNumber { found: text.to_owned() });
        }
        let decimal = Decimal::parse(number).ok_or_else(|| FenError::Number { found: number.to_owned() })?;
        let fen = match unit.strip_suffix("人民币").unwrap_or(unit) {
            "分" => 1,
            "元" | "圆" | "yuan" => FEN_PER_YUAN,
            "千元" => 1_000 * FEN_PER_YUAN,
            "万元" | "万" => FEN_PER_WAN,
            "百万元" => 100 * FEN_PER_WAN,
            "千万元" => 1_000 * FEN_PER_WAN,
            "亿元" | "亿" => FEN_PER_YI,
            "万亿元" | "万亿" => 10_000 * FEN_PER_YI,
            "" => {
                return Err(FenError::NoUnit { found: text.to_owned() });
            }
            other => {
                return Err(FenError::Unit { found: other.to_owned() });
            }
        };
        let too_large = || FenError::TooLarge { found: text.to_owned() };
        let (whole, rest) = decimal.scale(i128::from(fen), 1).ok_or_else(too_large)?;
        if rest != 0 {
            return Err(FenError::PartOfFen { found: text.to_owned() });
        }
        i64::try_from(whole).map(Fen).map_err(|_| too_large())
    }

    /// Exact, in yuan: `34,505,000元`, `12.30元`; `CNY 34,505,000`.
    pub fn display_yuan(self, lang: Lang) -> String {
        let least = if self.0 % FEN_PER_YUAN == 0 { 0 } else { 2 };
        let number = numeral::write(self.0.into(), 2, least);
        with_unit(lang, number, "元", "")
    }

    /// Exact, in 万元: `3,450.5万元`. English counts in millions: `CNY 34.505 million`.
    pub fn display_wan(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{}万元", numeral::write(self.0.into(), 6, 0)),
            Lang::En => with_unit(lang, numeral::write(self.0.into(), 8, 0), "", " million"),
        }
    }

    /// Exact, in the unit a reader expects at this size: 元, 万元 or 亿元; yuan, million or billion.
    pub fn display(self, lang: Lang) -> String {
        let size = self.0.unsigned_abs();
        let (million, billion) = (100 * FEN_PER_WAN as u64, 10 * FEN_PER_YI as u64);
        match lang {
            Lang::Zh if size >= FEN_PER_YI as u64 => {
                format!("{}亿元", numeral::write(self.0.into(), 10, 0))
            }
            Lang::Zh if size >= FEN_PER_WAN as u64 => self.display_wan(lang),
            Lang::En if size >= billion => with_unit(lang, numeral::write(self.0.into(), 11, 0), "", " billion"),
            Lang::En if size >= million => self.display_wan(lang),
            _ => self.display_yuan(lang),
        }
    }
}

fn with_unit(lang: Lang, number: String, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => format!("{number}{zh}"),
        Lang::En => format!("CNY {number}{en}"),
    }
}

/// The Chinese reading of [`Fen::display_yuan`].
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display_yuan(Lang::Zh))
    }
}

impl FromStr for Fen {
    type Err = FenError;

    fn from_str(text: &str) -> Result<Fen, FenError> {
        Fen::from_wan_text(text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FenError {
    NoNumber { found: String },
    Number { found: String },
    NoUnit { found: String },
    Unit { found: String },
    PartOfFen { found: String },
    TooLarge { found: String },
}

impl Explain for FenError {
    fn text(&self) -> Text {
        match self {
            FenError::NoNumber { found } => Text::new(
                format!("“{found}”中没有以阿拉伯数字开头的金额;请写成如“3450万元”。"),
                format!("\"{found}\" does not begin with an amount in digits; write it like \"3450万元\" or \"1200元\"."),
            ),
            FenError::Number { found } => Text::new(
                format!("“{found}”不是有效数字;千位用逗号每三位一隔,小数点只写一次,例如“3,450.5”。"),
                format!(
                    "\"{found}\" is not a number; commas separate groups of three digits and there is one decimal point, as in \"3,450.5\"."
                ),
            ),
            FenError::NoUnit { found } => Text::new(
                format!("金额“{found}”没有单位;请注明元、万元或亿元。"),
                format!("The amount \"{found}\" has no unit; add 元, 万元 (10,000 yuan) or 亿元 (100 million yuan)."),
            ),
            FenError::Unit { found } => Text::new(
                format!("不认识金额单位“{found}”;请使用元、万元或亿元。"),
                format!("The unit \"{found}\" is unknown; use 元, 万元 (10,000 yuan) or 亿元 (100 million yuan)."),
            ),
            FenError::PartOfFen { found } => Text::new(
                format!("金额“{found}”不足整分;请精确到分。"),
                format!("The amount \"{found}\" contains a part of a fen; give it to the fen (0.01 yuan)."),
            ),
            FenError::TooLarge { found } => Text::new(
                format!("金额“{found}”超出可记录的范围;请核对单位。"),
                format!("The amount \"{found}\" is too large to record; check its unit."),
            ),
        }
    }
}

display_by_explain!(FenError);

#[cfg(test)]
mod tests;
