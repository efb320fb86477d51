//! Child records as columns, grouped by the row they belong to.
//!
//! Start at [`ChildStore`]. The records of one type lie in chunks, one for each block of rows ([`chunk`]), so that a
//! change of a row's records costs its chunk at most. Codes are numbers of a dictionary that the chunks share.
//!
//! Invariant: for every type there are as many chunks as blocks of rows, and a chunk knows every row of its block.
pub(crate) mod chunk;

use crate::bits::ROWS;
use crate::children::chunk::{Cells, Chunk};
use crate::column::Stored;
use crate::dictionary::Dictionary;
use crate::table::value_of;
use liangu_expr::row::Row;
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::value::{Reason, Value};
use std::sync::Arc;

/// The values of one child record, by the position of the field in the child's schema.
pub type ChildRecord = Arc<[Value]>;

/// For each child type and row its records, if it is known which there are.
#[derive(Clone, Debug, Default)]
pub struct ChildStore {
    by_type: Vec<ChildTable>,
}

/// The child records of one type.
#[derive(Clone, Debug)]
pub(crate) struct ChildTable {
    schema: Arc<Schema>,
    /// By field; none where the field holds no codes.
    dictionaries: Vec<Option<Dictionary>>,
    pub chunks: Vec<Chunk>,
}

impl ChildStore {
    pub(crate) fn new(schema: &Schema) -> ChildStore {
        ChildStore { by_type: schema.children.values().map(|child| ChildTable::new(child.schema.clone())).collect() }
    }

    pub(crate) fn grow(&mut self, rows: usize) {
        self.by_type.iter_mut().for_each(|t| t.grow(rows));
    }

    /// Whether that changes anything.
    pub(crate) fn set(&mut self, row: usize, child: ChildIx, records: Option<&[ChildRecord]>) -> bool {
        self.by_type.get_mut(child.0 as usize).is_some_and(|table| table.set(row, records))
    }

    pub(crate) fn table(&self, child: ChildIx) -> Option<&ChildTable> {
        self.by_type.get(child.0 as usize)
    }

    /// The records of a row; `None` if it is not known which there are.
    pub(crate) fn of(&self, row: usize, child: ChildIx) -> Option<impl Iterator<Item = ChildView<'_>>> {
        let table = self.table(child)?;
        let chunk = table.chunks.get(row / ROWS)?;
        let records = chunk.records(row % ROWS)?;
        Some(records.map(move |at| ChildView { table, chunk, at }))
    }
}

impl ChildTable {
    fn new(schema: Arc<Schema>) -> ChildTable {
        let dictionary = |ty: &Type| match ty {
            Type::Code(list) | Type::Set(list) => Some(Dictionary::of(list)),
            Type::Text | Type::Ref(_) => Some(Dictionary::default()),
            _ => None,
        };
        let dictionaries = schema.fields.values().map(|field| dictionary(&field.ty)).collect();
        ChildTable { schema, dictionaries, chunks: Vec::new() }
    }

    pub fn dictionary(&self, field: FieldIx) -> Option<&Dictionary> {
        self.dictionaries.get(field.0 as usize)?.as_ref()
    }

    fn grow(&mut self, rows: usize) {
        let schema = &self.schema;
        let chunk = || Chunk::new(schema.fields.values().map(|field| Cells::of(&field.ty)).collect());
        let before = self.chunks.len().saturating_sub(1);
        self.chunks.resize_with(rows.div_ceil(ROWS), chunk);
        for (i, chunk) in self.chunks.iter_mut().enumerate().skip(before) {
            chunk.grow((rows - i * ROWS).min(ROWS));
        }
    }

    fn set(&mut self, row: usize, records: Option<&[ChildRecord]>) -> bool {
        let Some(chunk) = self.chunks.get_mut(row / ROWS) else { return false };
        let mut columns = Vec::with_capacity(self.dictionaries.len());
        for (at, (dictionary, field)) in self.dictionaries.iter_mut().zip(self.schema.fields.values()).enumerate() {
            let mut cell = |record: &ChildRecord| record.get(at).map_or(Stored::Unknown, |v| stored(v, &field.ty, dictionary.as_mut()));
            columns.push(records.unwrap_or_default().iter().map(&mut cell).collect());
        }
        let changes = !chunk.has(row % ROWS, records.map(<[_]>::len), &columns);
        if changes {
            chunk.set(row % ROWS, records.map(<[_]>::len), columns);
        }
        changes
    }
}

/// A value in the column's terms; one of another shape than the field's type is not used.
fn stored(value: &Value, ty: &Type, dictionary: Option<&mut Dictionary>) -> Stored {
    match (value, ty, dictionary) {
        (Value::Bool(v), Type::Bool, _) => Stored::Bool(*v),
        (Value::Int(v), Type::Int(_) | Type::Days, _) => Stored::Int(*v),
        (Value::Int(v), Type::Double, _) => Stored::Double(*v as f64),
        (Value::Double(v), Type::Double, _) if v.is_finite() => Stored::Double(*v),
        (Value::Date(d), Type::Date, _) => Stored::Int(i64::from(d.days())),
        (Value::Text(t), Type::Text | Type::Code(_) | Type::Ref(_), Some(dictionary)) => Stored::Code(dictionary.intern(t)),
        (Value::List(codes), Type::Set(_), Some(dictionary)) => {
            let text = |code: &Value| if let Value::Text(t) = code { Some(dictionary.intern(t)) } else { None };
            let mut numbers: Vec<u32> = codes.iter().filter_map(text).collect();
            numbers.sort_unstable();
            numbers.dedup();
            Stored::Set(numbers)
        }
        _ => Stored::Unknown,
    }
}

/// A child record as the row back end reads it.
pub(crate) struct ChildView<'a> {
    table: &'a ChildTable,
    chunk: &'a Chunk,
    at: usize,
}

impl Row for ChildView<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        let Some((name, decl)) = self.table.schema.fields.get_index(field.0 as usize) else { return Value::Null };
        let value = value_of(&decl.ty, self.table.dictionary(field), self.chunk.get(field, self.at));
        value.unwrap_or_else(|| Value::Unknown(Reason::Missing { field: name.clone(), year }))
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}
