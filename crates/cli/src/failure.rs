//! Why a command did not do what it was asked: a sentence in both languages and an exit code.
use liangu_app::Fault;
use liangu_base::text::{Explain, Text};
use liangu_store::StoreError;

pub type Outcome<T> = Result<T, Failure>;

/// Not done.
pub const REFUSED: u8 = 1;
/// Not understood: arguments or files that cannot be read.
pub const MISUSED: u8 = 2;

#[derive(Debug)]
pub struct Failure {
    pub text: Text,
    pub code: u8,
}

impl Failure {
    /// Something stands in the way; the sentence says what to do.
    pub fn refused(zh: impl Into<String>, en: impl Into<String>) -> Failure {
        Failure { text: Text::new(zh.into(), en.into()), code: REFUSED }
    }

    /// The arguments or a file of the caller are wrong.
    pub fn misused(zh: impl Into<String>, en: impl Into<String>) -> Failure {
        Failure { text: Text::new(zh.into(), en.into()), code: MISUSED }
    }

    /// A file that cannot be read or written.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Failure {
        let path = path.display();
        Failure::misused(
            format!("文件 {path} 无法使用：{error}；请核对路径和权限。"),
            format!("The file {path} cannot be used: {error}; check the path and its permissions."),
        )
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure { text: error.text(), code: REFUSED }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        let text = match fault {
            Fault::Forbidden { why, .. } | Fault::BadRequest { why, .. } | Fault::Conflict { why, .. } => why,
            Fault::Invalid(fields) => {
                let join = |side: fn(&Text) -> &str| {
                    fields.iter().map(|f| format!("{}: {}", f.field, side(&f.message))).collect::<Vec<_>>().join("\n")
                };
                Text::new(join(|t| &t.zh), join(|t| &t.en))
            }
            Fault::NotFound => Text::fixed("没有找到；请核对名称。", "Not found; check the name."),
            Fault::Stale { .. } => Text::fixed("记录刚被别人修改；请再试一次。", "Someone has just changed the record; try again."),
            Fault::Full => Text::fixed(
                "磁盘已满，没有写入任何内容；请腾出空间后再试。",
                "The disk is full and nothing was written; free some space and try again.",
            ),
            Fault::Unavailable { cause, .. } => Text::new(
                format!("数据库暂时不可用：{cause}；请稍后再试。"),
                format!("The database is not available: {cause}; try again later."),
            ),
            other => Text::new(
                format!("程序故障：{other:?}；请附日志反馈。"),
                format!("A fault of the program: {other:?}; report it with the log."),
            ),
        };
        Failure { text, code: REFUSED }
    }
}
