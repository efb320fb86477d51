//! What can go wrong between a commit and the disk, in both languages, with what to do next.
//!
//! Invariant: whatever is answered with one of these has left nothing behind: no row, no journal line, no key. The one
//! exception is [`StoreError::Unavailable`] out of a commit, whose outcome may be unknown; the same request with the
//! same idempotency key settles it.
use liangu_base::text::{Explain, Text};
use liangu_base::{Id, display_by_explain};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Somebody else changed the record first.
    Stale {
        record: String,
        id: Id,
        current: i64,
    },
    /// Another record has this value in a unique field.
    Unique {
        record: String,
        field: String,
        label: Box<Text>,
        other: Id,
    },
    Missing {
        record: String,
        id: Id,
    },
    /// A record that others refer to cannot be deleted.
    Referenced {
        record: String,
        id: Id,
        by: String,
    },
    Invalid(Vec<FieldProblem>),
    /// The idempotency key was used with another body.
    KeyReused,
    /// The first request with this key has not been answered yet.
    InProgress,
    /// No space on the disk, or the limit of the installation is reached.
    Full,
    /// Too many at once; nothing happened.
    Busy,
    /// The database cannot be reached or refused for a reason of its own.
    Unavailable(String),
    /// The database was made for another model.
    ModelChanged {
        applied: String,
        given: String,
    },
    /// A restore or a new installation wants an empty place.
    NotEmpty(String),
    /// A file, a row or a backup is not what was written.
    Damaged(String),
    /// A record type, field, source, cursor or expression the store does not know.
    Unknown(Box<Text>),
    /// A rule of the database (unique, reference) was broken; the write path says which.
    Constraint(String),
    /// Two transactions could not be put in an order; the write path tries again.
    Conflict,
}

/// What is wrong with one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    pub record: String,
    pub id: Option<Id>,
    pub field: String,
    pub year: Option<i32>,
    /// `required`, `type`, `too_long`, `not_in_list`, `no_such_record`, `unknown_field`, `needs_year`, `read_only`,
    /// `needs_source`, `format`, `range`.
    pub code: &'static str,
    pub message: Text,
}

impl StoreError {
    pub fn damaged(what: impl Into<String>) -> StoreError {
        StoreError::Damaged(what.into())
    }

    pub fn unknown(zh: impl Into<String>, en: impl Into<String>) -> StoreError {
        StoreError::Unknown(Box::new(Text::new(zh.into(), en.into())))
    }

    pub(crate) fn no_record(record: &str) -> StoreError {
        StoreError::unknown(
            format!("没有名为“{record}”的记录类型；请核对名称。"),
            format!("There is no record type \"{record}\"; check the name."),
        )
    }

    pub(crate) fn no_field(record: &str, field: &str) -> StoreError {
        StoreError::unknown(
            format!("记录类型“{record}”没有可用于此处的字段“{field}”；请核对名称。"),
            format!("The record type \"{record}\" has no field \"{field}\" that can be used here; check the name."),
        )
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> StoreError {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreError::Full,
            _ => StoreError::Unavailable(error.to_string()),
        }
    }
}

impl Explain for StoreError {
    fn text(&self) -> Text {
        match self {
            StoreError::Stale { current, .. } => Text::new(
                format!("该记录已被他人修改（现为第 {current} 版）；请对照新内容后重新保存。"),
                format!("Somebody else has changed this record (it is now version {current}); compare and save again."),
            ),
            StoreError::Unique { label, .. } => Text::new(
                format!("已有另一条记录的“{}”是这个值；请打开那条记录，或更正该值。", label.zh),
                format!("Another record already has this value of \"{}\"; open that record or correct the value.", label.en),
            ),
            StoreError::Missing { .. } => Text::fixed(
                "找不到该记录；它可能已被删除，请返回列表。",
                "The record was not found; it may have been deleted, go back to the list.",
            ),
            StoreError::Referenced { by, .. } => Text::new(
                format!("还有“{by}”记录引用它，不能删除；请先处理那些记录。"),
                format!("Records of type \"{by}\" still refer to it, so it cannot be deleted; deal with those first."),
            ),
            StoreError::Invalid(problems) => problems_text(problems),
            StoreError::KeyReused => Text::fixed(
                "同一请求编号曾用于另一内容；请用新编号重新提交。",
                "This request key was used with other content; submit again with a new key.",
            ),
            StoreError::InProgress => Text::fixed(
                "同一请求正在处理；请稍候再查看结果。",
                "The same request is still being handled; wait a moment and look again.",
            ),
            StoreError::Full => Text::fixed(
                "磁盘空间已满，本次未保存任何内容；请管理员腾出空间后重试。",
                "The disk is full and nothing was saved; ask the administrator to free space, then try again.",
            ),
            StoreError::Busy => Text::fixed(
                "当前使用人数较多，本次未保存；请稍后重试。",
                "The system is busy and nothing was saved; try again in a moment.",
            ),
            StoreError::Unavailable(_) => Text::fixed(
                "数据库暂时无法使用；请稍后重试，重复提交不会产生两份。",
                "The database cannot be reached at the moment; try again later, a repeated request has no double effect.",
            ),
            StoreError::ModelChanged { applied, given } => model_changed(applied, given),
            StoreError::NotEmpty(place) => Text::new(
                format!("“{place}”不是空的；请换一个空的位置，以免覆盖已有数据。"),
                format!("\"{place}\" is not empty; choose an empty place, so that no data are overwritten."),
            ),
            StoreError::Damaged(what) => Text::new(
                format!("数据与写入时不符（{what}）；请停止使用并从备份恢复。"),
                format!("The data are not what was written ({what}); stop using them and restore a backup."),
            ),
            StoreError::Unknown(text) => (**text).clone(),
            StoreError::Constraint(_) => Text::fixed(
                "数据与已有记录冲突，未保存；请刷新后核对。",
                "The data contradict existing records and were not saved; reload and check.",
            ),
            StoreError::Conflict => {
                Text::fixed("与他人的操作同时发生，未保存；请重试。", "It collided with another change and was not saved; try again.")
            }
        }
    }
}

fn problems_text(problems: &[FieldProblem]) -> Text {
    let join = |side: fn(&Text) -> &str, between: &str| problems.iter().take(5).map(|p| side(&p.message)).collect::<Vec<_>>().join(between);
    Text::new(join(|t| &t.zh, " "), join(|t| &t.en, " "))
}

fn model_changed(applied: &str, given: &str) -> Text {
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    let (applied, given) = (short(applied), short(given));
    Text::new(
        format!("数据库按模型 {applied} 建立，现有业务包是 {given}；请运行 `liangu pack plan` 查看差异并执行迁移。"),
        format!(
            "The database was made for model {applied}, the packs are {given}; run `liangu pack plan` to see what differs and migrate."
        ),
    )
}

display_by_explain!(StoreError);
