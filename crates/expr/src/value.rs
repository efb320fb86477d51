//! Values of the row back end and the three answers.
use liangu_base::date::Date;
use std::sync::Arc;

/// The answer of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    Yes,
    No,
    Unknown,
}

/// Why a value is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The fact is not on file. Position of the field and years before the judged year.
    Missing { field: String, year: i32 },
    /// Arithmetic failed: overflow, division by zero.
    Arithmetic(String),
    /// Waits for a check in the future.
    Later,
}

/// A value while a row is evaluated. Codes are `Text`, sets are `List` of `Text`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Unknown(Reason),
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Arc<str>),
    Date(Date),
    List(Vec<Value>),
}
