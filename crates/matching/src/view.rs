//! A row of a table as the row back end reads it.
use crate::column::{Column, Data, Stored};
use crate::table::{Cell, FactKey, Table, TableError, value_of};
use liangu_expr::row::Row;
use liangu_expr::schema::{ChildIx, FieldIx};
use liangu_expr::value::{Reason, Value};

/// A fact replaced for one question.
#[derive(Clone, Debug)]
pub(crate) struct Override {
    pub column: usize,
    pub stored: Stored,
    value: Option<Value>,
}

impl Override {
    /// # Errors
    /// As [`Table::set`].
    pub fn new(table: &Table, key: FactKey, cell: Cell<'_>) -> Result<Override, TableError> {
        let column = table.place_of(key)?;
        let stored = peek(&table.columns[column], cell).ok_or_else(|| table.wrong_kind(key.field))?;
        let value = match cell {
            Cell::Unknown => None,
            Cell::Bool(b) => Some(Value::Bool(b)),
            Cell::Int(v) => Some(Value::Int(v)),
            Cell::Double(v) => Some(Value::Double(v)),
            Cell::Text(t) => Some(Value::Text(t.into())),
            Cell::Date(d) => Some(Value::Date(d)),
            Cell::Set(codes) => Some(Value::List(codes.iter().map(|c| Value::Text((*c).into())).collect())),
        };
        Ok(Override { column, stored, value })
    }
}

/// The number of codes that no row ever had and no rule names.
const STRANGE: u32 = u32::MAX;

/// As [`crate::table::stored`], without entering new codes.
fn peek(column: &Column, cell: Cell<'_>) -> Option<Stored> {
    Some(match (&column.data, cell) {
        (_, Cell::Unknown) => Stored::Unknown,
        (Data::Bool(_), Cell::Bool(v)) => Stored::Bool(v),
        (Data::Int(_), Cell::Int(v)) => Stored::Int(v),
        (Data::Int(_), Cell::Date(d)) => Stored::Int(i64::from(d.days())),
        (Data::Double(_), Cell::Double(v)) => Stored::Double(v),
        (Data::Code(c), Cell::Text(t)) => Stored::Code(c.dictionary.find(t).unwrap_or(STRANGE)),
        (Data::Set(s), Cell::Set(codes)) => Stored::Set(codes.iter().map(|c| s.dictionary.find(c).unwrap_or(STRANGE)).collect()),
        _ => return None,
    })
}

/// One row, some of its facts replaced.
pub(crate) struct RowView<'a> {
    pub table: &'a Table,
    pub row: usize,
    pub overrides: &'a [Override],
}

impl<'a> RowView<'a> {
    pub fn new(table: &'a Table, row: usize) -> RowView<'a> {
        RowView { table, row, overrides: &[] }
    }

    fn replaced(&self, column: usize) -> Option<&Override> {
        self.overrides.iter().rev().find(|o| o.column == column)
    }

    pub fn stored(&self, column: usize) -> Stored {
        match self.replaced(column) {
            Some(o) => o.stored.clone(),
            None => self.table.columns[column].get(self.row),
        }
    }

    pub fn is_known(&self, column: usize) -> bool {
        match self.replaced(column) {
            Some(o) => o.stored != Stored::Unknown,
            None => self.table.columns[column].known.get(self.row),
        }
    }
}

impl Row for RowView<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        let missing = || {
            let name = self.table.field(field).map(|(name, _)| name.clone()).unwrap_or_default();
            Value::Unknown(Reason::Missing { field: name, year })
        };
        let (Some(place), Some((_, decl))) = (self.table.place(FactKey::new(field, year)), self.table.field(field)) else {
            return missing();
        };
        let value = match self.replaced(place) {
            Some(o) => o.value.clone(),
            None => {
                let column = &self.table.columns[place];
                value_of(&decl.ty, column.dictionary(), column.get(self.row))
            }
        };
        value.unwrap_or_else(missing)
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        let records = self.table.children.of(self.row, child)?;
        Some(records.map(|record| Box::new(record) as Box<dyn Row + '_>).collect())
    }
}
