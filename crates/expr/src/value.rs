//! Values of the row back end and the three answers.
use crate::time::{Duration, Timestamp};
use indexmap::IndexMap;
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
    /// Computing failed, as by overflow, division by zero or a key that is not there. CEL calls it an error.
    Failed(String),
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
    // What follows is computed over bare values only: no field of a record has such a value.
    Uint(u64),
    Bytes(Arc<[u8]>),
    Map(Arc<Map>),
    Timestamp(Timestamp),
    Duration(Duration),
    /// A type, by its CEL name.
    Type(&'static str),
    Optional(Option<Box<Value>>),
}

/// In the order in which the keys were written. Invariant: no two keys are equal numbers of different types.
pub type Map = IndexMap<Key, Value>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Text(Arc<str>),
}

impl From<Key> for Value {
    fn from(key: Key) -> Value {
        match key {
            Key::Bool(b) => Value::Bool(b),
            Key::Int(n) => Value::Int(n),
            Key::Uint(n) => Value::Uint(n),
            Key::Text(t) => Value::Text(t),
        }
    }
}

impl Value {
    /// The name of its type in CEL; a day, which CEL has not, is a `date`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Unknown(_) => "error",
            Value::Null => "null_type",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Uint(_) => "uint",
            Value::Double(_) => "double",
            Value::Text(_) => "string",
            Value::Bytes(_) => "bytes",
            Value::Date(_) => "date",
            Value::List(_) => "list",
            Value::Map(_) => "map",
            Value::Timestamp(_) => "google.protobuf.Timestamp",
            Value::Duration(_) => "google.protobuf.Duration",
            Value::Type(_) => "type",
            Value::Optional(_) => "optional_type",
        }
    }
}
