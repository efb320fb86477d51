//! What is wrong with a code, or with a list of them.

use crate::display_by_explain;
use crate::text::{Explain, Text};

/// A code that the classification does not have, as typed by a person or found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    pub code: String,
}

impl Explain for UnknownCode {
    fn text(&self) -> Text {
        let code = &self.code;
        Text::new(
            format!("代码“{code}”不在分类目录中;请从列表中选择,或核对所用标准的版本。"),
            format!(
                "The code \"{code}\" is not in the classification; choose one from the list, or check which edition of the standard it comes from."
            ),
        )
    }
}

/// Why a list of entries is no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeTreeError {
    /// Empty, or with white space, `/` or `|` in it.
    BadCode {
        code: String,
    },
    Duplicate {
        code: String,
    },
    UnknownParent {
        code: String,
        parent: String,
    },
    UnknownSuccessor {
        code: String,
        successor: String,
    },
    /// The code is its own ancestor.
    Cycle {
        code: String,
    },
    /// A place of one's own may not look like a national code.
    InventedNationalCode {
        code: String,
    },
    /// The source file is not shaped as expected.
    Malformed {
        what: String,
    },
}

impl Explain for CodeTreeError {
    fn text(&self) -> Text {
        match self {
            CodeTreeError::BadCode { code } => Text::new(
                format!("代码“{code}”为空或含有空白、“/”、“|”;请改正。"),
                format!("The code \"{code}\" is empty or contains white space, \"/\" or \"|\"; correct it."),
            ),
            CodeTreeError::Duplicate { code } => {
                Text::new(format!("代码“{code}”出现两次;请删去一条。"), format!("The code \"{code}\" occurs twice; remove one of the two."))
            }
            CodeTreeError::UnknownParent { code, parent } => Text::new(
                format!("代码“{code}”的上级“{parent}”不存在;请先加入上级或改正。"),
                format!("The parent \"{parent}\" of \"{code}\" does not exist; add it or correct the reference."),
            ),
            CodeTreeError::UnknownSuccessor { code, successor } => Text::new(
                format!("已撤销代码“{code}”的接续代码“{successor}”不存在;请改正。"),
                format!("The successor \"{successor}\" of the abolished code \"{code}\" does not exist; correct it."),
            ),
            CodeTreeError::Cycle { code } => Text::new(
                format!("代码“{code}”成了自己的上级;请改正其上级。"),
                format!("The code \"{code}\" is its own ancestor; correct its parent."),
            ),
            CodeTreeError::InventedNationalCode { code } => Text::new(
                format!("自设区域的代码“{code}”形似国家区划代码;请使用含字母的内部代码,例如“zone-{code}”。"),
                format!(
                    "The code \"{code}\" of a locally defined area looks like a national code; use an internal code with letters, such as \"zone-{code}\"."
                ),
            ),
            CodeTreeError::Malformed { what } => Text::new(
                format!("分类数据文件有误:{what};请对照说明改正。"),
                format!("The classification file is malformed: {what}; correct it after its description."),
            ),
        }
    }
}

display_by_explain!(UnknownCode, CodeTreeError);
