//! The one error of every use case: a closed set, so that the door maps each kind to one HTTP status in one place.
//!
//! The public side is bilingual and says what to do next; what only an operator may see (a database's own words) is in
//! [`Fault::Internal`] and goes to the log, never to a client.
use liangu_base::text::{Explain, Text};
use liangu_store::StoreError;

pub type Outcome<T> = Result<T, Fault>;

#[derive(Debug)]
pub enum Fault {
    /// Nobody is signed in and the thing is not public.
    Unauthenticated,
    /// Signed in, visible, but not allowed; `code` is stable for clients.
    Forbidden { code: &'static str, why: Text },
    /// Absent, or present and invisible to this reader: the two look the same.
    NotFound,
    /// The request cannot be read: an unknown parameter, a cursor of another list.
    BadRequest { code: &'static str, why: Text },
    /// The state of things refuses it: a value that must be unique, a request still being worked on.
    Conflict { code: &'static str, why: Text, fields: Vec<FieldFault> },
    /// The record has a newer version than the one the change was made on.
    Stale { record: String, id: liangu_base::Id },
    /// Fields that do not pass, all of them at once.
    Invalid(Vec<FieldFault>),
    /// The version the change is based on was not stated.
    VersionMissing,
    /// Too many tries; seconds to wait.
    TooMany { retry_after: u64 },
    /// The database is away or busy; seconds to wait.
    Unavailable { retry_after: u64, cause: String },
    /// The disk is full; nothing was written.
    Full,
    /// A fault of the program; the text is for the log.
    Internal(String),
}

/// What is wrong with one field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Name of the field; of a yearly value `years.2025.revenue`.
    pub field: String,
    pub code: &'static str,
    pub message: Text,
}

impl FieldFault {
    pub fn new(field: impl Into<String>, code: &'static str, message: Text) -> FieldFault {
        FieldFault { field: field.into(), code, message }
    }
}

/// An unreadable request: `code` is stable, `zh` and `en` say what to do.
pub fn bad_request(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault::BadRequest { code, why: Text::new(zh.into(), en.into()) }
}

/// A refusal to someone who may see the thing.
pub fn forbidden(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault::Forbidden { code, why: Text::new(zh.into(), en.into()) }
}

/// One field that does not pass.
pub fn invalid(field: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault::Invalid(vec![FieldFault::new(field, code, Text::new(zh.into(), en.into()))])
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        let text = error.text();
        match error {
            StoreError::Stale { record, id, .. } => Fault::Stale { record, id },
            StoreError::Unique { field, .. } => {
                let fields = vec![FieldFault::new(field, "unique", text.clone())];
                Fault::Conflict { code: "unique", why: text, fields }
            }
            StoreError::Missing { .. } => Fault::NotFound,
            StoreError::Referenced { .. } => Fault::Conflict { code: "referenced", why: text, fields: vec![] },
            StoreError::Invalid(problems) => Fault::Invalid(problems.into_iter().map(field_fault).collect()),
            StoreError::KeyReused => invalid(
                "Idempotency-Key",
                "key_reused",
                "这个请求编号已用于另一份内容；请重新打开表单再提交。",
                "This request key was used for other content; open the form again and submit.",
            ),
            StoreError::InProgress => Fault::Conflict { code: "in_progress", why: text, fields: vec![] },
            StoreError::Full => Fault::Full,
            StoreError::Busy => Fault::Unavailable { retry_after: 1, cause: text.en.into_owned() },
            StoreError::Unavailable(cause) => Fault::Unavailable { retry_after: 3, cause },
            StoreError::Unknown(why) => Fault::BadRequest { code: "unknown", why: *why },
            other => Fault::Internal(format!("{other:?}")),
        }
    }
}

fn field_fault(problem: liangu_store::FieldProblem) -> FieldFault {
    let field = match problem.year {
        Some(year) => format!("years.{year}.{}", problem.field),
        None => problem.field,
    };
    FieldFault::new(field, problem.code, problem.message)
}
