//! One stored value, between the two databases and the rest of the crate.
//!
//! Invariant: what SQLite and PostgreSQL give back for the same row differs in one point only: SQLite has no boolean
//! type and gives 0 and 1. [`CellRef::bool`] and the field type of the reader settle that.
use postgres::types::{FromSql, IsNull, ToSql, Type};
use std::error::Error;

/// An owned value, bound to a placeholder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A value of the row at hand, borrowed from the database's buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellRef<'a> {
    Null,
    /// Numbers, money in fen, days, microseconds, and 0 or 1 for a boolean.
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> CellRef<'a> {
    pub fn int(self) -> Option<i64> {
        match self {
            CellRef::Int(n) => Some(n),
            _ => None,
        }
    }

    pub fn bool(self) -> Option<bool> {
        self.int().map(|n| n != 0)
    }

    pub fn text(self) -> Option<&'a str> {
        match self {
            CellRef::Text(s) => Some(s),
            _ => None,
        }
    }

    pub fn bytes(self) -> Option<&'a [u8]> {
        match self {
            CellRef::Bytes(b) => Some(b),
            _ => None,
        }
    }

    pub fn to_cell(self) -> Cell {
        match self {
            CellRef::Null => Cell::Null,
            CellRef::Int(n) => Cell::Int(n),
            CellRef::Text(s) => Cell::Text(s.to_owned()),
            CellRef::Bytes(b) => Cell::Bytes(b.to_vec()),
        }
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    pub fn id(id: liangu_base::Id) -> Cell {
        Cell::Bytes(id.to_bytes().to_vec())
    }

    pub fn as_ref(&self) -> CellRef<'_> {
        match self {
            Cell::Null => CellRef::Null,
            Cell::Bool(b) => CellRef::Int(i64::from(*b)),
            Cell::Int(n) => CellRef::Int(*n),
            Cell::Text(s) => CellRef::Text(s),
            Cell::Bytes(b) => CellRef::Bytes(b),
        }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

impl From<i64> for Cell {
    fn from(n: i64) -> Cell {
        Cell::Int(n)
    }
}

impl From<bool> for Cell {
    fn from(b: bool) -> Cell {
        Cell::Bool(b)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<Vec<u8>> for Cell {
    fn from(bytes: Vec<u8>) -> Cell {
        Cell::Bytes(bytes)
    }
}

impl From<liangu_base::Id> for Cell {
    fn from(id: liangu_base::Id) -> Cell {
        Cell::id(id)
    }
}

impl From<liangu_base::Instant> for Cell {
    fn from(at: liangu_base::Instant) -> Cell {
        Cell::Int(at.micros())
    }
}

impl From<liangu_base::Date> for Cell {
    fn from(date: liangu_base::Date) -> Cell {
        Cell::Int(i64::from(date.days()))
    }
}

impl rusqlite::ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Bool(b) => ValueRef::Integer(i64::from(*b)),
            Cell::Int(n) => ValueRef::Integer(*n),
            Cell::Text(s) => ValueRef::Text(s.as_bytes()),
            Cell::Bytes(b) => ValueRef::Blob(b),
        }))
    }
}

impl ToSql for Cell {
    fn to_sql(&self, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Cell::Null => Ok(IsNull::Yes),
            Cell::Bool(b) if *ty == Type::BOOL => b.to_sql(ty, out),
            Cell::Bool(b) => int_to_sql(i64::from(*b), ty, out),
            Cell::Int(n) => int_to_sql(*n, ty, out),
            Cell::Text(s) => s.as_str().to_sql(ty, out),
            Cell::Bytes(b) => b.as_slice().to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

fn int_to_sql(n: i64, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
    match *ty {
        Type::BOOL => (n != 0).to_sql(ty, out),
        Type::INT2 => i16::try_from(n)?.to_sql(ty, out),
        Type::INT4 => i32::try_from(n)?.to_sql(ty, out),
        Type::INT8 => n.to_sql(ty, out),
        Type::TEXT | Type::VARCHAR => n.to_string().to_sql(ty, out),
        _ => Err(format!("a number was bound where the statement wants {ty}").into()),
    }
}

impl<'a> FromSql<'a> for CellRef<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<CellRef<'a>, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::BOOL => CellRef::Int(i64::from(bool::from_sql(ty, raw)?)),
            Type::INT2 => CellRef::Int(i64::from(i16::from_sql(ty, raw)?)),
            Type::INT4 => CellRef::Int(i64::from(i32::from_sql(ty, raw)?)),
            Type::INT8 => CellRef::Int(i64::from_sql(ty, raw)?),
            Type::BYTEA => CellRef::Bytes(raw),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR | Type::UNKNOWN => CellRef::Text(std::str::from_utf8(raw)?),
            _ => return Err(format!("a column of type {ty} has no place in the store").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<CellRef<'a>, Box<dyn Error + Sync + Send>> {
        Ok(CellRef::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
