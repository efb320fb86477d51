//! What is wrong with a credit code, where, and what it should be.

use crate::display_by_explain;
use crate::text::{Explain, Text};

/// Positions count from 1 in the normalised code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeError {
    Empty,
    Length {
        found: usize,
    },
    /// Positions 3-8 are digits.
    DivisionDigit {
        position: usize,
        found: char,
    },
    /// Not in the alphabet of GB 32100.
    Letter {
        position: usize,
        found: char,
    },
    /// The 18th character does not fit the others.
    Check {
        expected: char,
        found: char,
        /// Whether characters 9-17 agree among themselves, which tells where to look.
        inner_fits: bool,
    },
}

/// The 17th character does not fit characters 9-16 (GB 11714). The code may still be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganisationCheckWarning {
    pub expected: char,
    pub found: char,
}

/// What was probably meant by a letter that the alphabet leaves out.
fn look_alike(letter: char) -> Option<char> {
    match letter {
        'I' => Some('1'),
        'O' => Some('0'),
        'S' => Some('5'),
        'V' => Some('U'),
        'Z' => Some('2'),
        _ => None,
    }
}

impl Explain for CreditCodeError {
    fn text(&self) -> Text {
        match *self {
            CreditCodeError::Empty => Text::fixed("请填写18位统一社会信用代码。", "Enter the unified social credit code of 18 characters."),
            CreditCodeError::Length { found } => length_text(found),
            CreditCodeError::DivisionDigit { position, found } => Text::new(
                format!("统一社会信用代码第{position}位是“{found}”,第3至8位(登记机关行政区划码)应为数字;请对照营业执照改正。"),
                format!(
                    "Character {position} of the credit code is \"{found}\"; characters 3 to 8 (division of the registering office) are digits. Compare it with the licence."
                ),
            ),
            CreditCodeError::Letter { position, found } => match look_alike(found) {
                Some(meant) => Text::new(
                    format!("统一社会信用代码第{position}位是“{found}”,代码不使用字母I、O、S、V、Z;可能是“{meant}”,请对照营业执照改正。"),
                    format!(
                        "Character {position} of the credit code is \"{found}\"; codes do not use I, O, S, V or Z. It may be \"{meant}\": compare it with the licence."
                    ),
                ),
                None => Text::new(
                    format!("统一社会信用代码第{position}位“{found}”不是可用字符;代码只含数字和大写字母,请对照营业执照改正。"),
                    format!(
                        "Character {position} of the credit code, \"{found}\", cannot occur; a code has digits and letters only. Compare it with the licence."
                    ),
                ),
            },
            CreditCodeError::Check { expected, found, inner_fits } => {
                let (zh, en) = if inner_fits {
                    (
                        "第9至17位自身相符,请先核对第1至8位和第18位",
                        "characters 9 to 17 agree among themselves, so look at 1 to 8 and 18 first",
                    )
                } else {
                    ("第9至17位自身也不符,请先核对这几位", "characters 9 to 17 do not agree among themselves either, so look there first")
                };
                Text::new(
                    format!("统一社会信用代码第18位(校验码)是“{found}”,按前17位应为“{expected}”;{zh}。"),
                    format!("Character 18 (check) of the credit code is \"{found}\", but the 17 in front of it give \"{expected}\"; {en}."),
                )
            }
        }
    }
}

fn length_text(found: usize) -> Text {
    match found {
        15 => Text::fixed(
            "这是15位,像旧的工商注册号;请填写营业执照上的18位统一社会信用代码。",
            "This has 15 characters, like an old registration number; enter the unified social credit code of 18 characters from the licence.",
        ),
        9 => Text::fixed(
            "这是9位,像组织机构代码;请填写包含它的18位统一社会信用代码。",
            "This has 9 characters, like an organisation code; enter the unified social credit code of 18 characters that contains it.",
        ),
        _ => {
            let (zh, en) = if found < super::LENGTH {
                (format!("少{}位", super::LENGTH - found), format!("{} missing", super::LENGTH - found))
            } else {
                (format!("多{}位", found - super::LENGTH), format!("{} too many", found - super::LENGTH))
            };
            Text::new(
                format!("统一社会信用代码应为18位,现有{found}位({zh});请对照营业执照改正。"),
                format!("A credit code has 18 characters, this one has {found} ({en}); compare it with the licence."),
            )
        }
    }
}

impl Explain for OrganisationCheckWarning {
    fn text(&self) -> Text {
        let OrganisationCheckWarning { expected, found } = self;
        Text::new(
            format!("第17位(组织机构代码校验码)是“{found}”,按第9至16位应为“{expected}”;少数早期代码如此,请对照营业执照确认。"),
            format!(
                "Character 17 (check of the organisation code) is \"{found}\", but characters 9 to 16 give \"{expected}\"; a few early codes are like this, so confirm it with the licence."
            ),
        )
    }
}

display_by_explain!(CreditCodeError, OrganisationCheckWarning);
