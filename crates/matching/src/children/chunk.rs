//! The child records of the rows of one block, column by column.
//!
//! Invariants: records lie in the order of their rows; `ends` never falls; every column has a cell for each record.
use crate::bits::Block;
use crate::column::Stored;
use crate::mask::Mask;
use liangu_expr::schema::{FieldIx, Type};
use std::ops::Range;

#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    /// Rows of which it is known which records there are.
    pub reported: Block,
    /// For each row of the block the end of its records.
    ends: Vec<u32>,
    columns: Vec<ChildColumn>,
}

/// The cells of one field.
#[derive(Clone, Debug)]
pub(crate) struct ChildColumn {
    pub known: Mask,
    pub cells: Cells,
}

#[derive(Clone, Debug)]
pub(crate) enum Cells {
    /// True records; subset of the known ones.
    Bool(Mask),
    /// Integers; dates and lengths of time as days.
    Int(Vec<i64>),
    Double(Vec<f64>),
    /// Numbers of the dictionary.
    Code(Vec<u32>),
    /// Ascending numbers of the dictionary.
    Set(Vec<Box<[u32]>>),
    /// Of a type that no column holds.
    Nothing,
}

impl Cells {
    pub fn of(ty: &Type) -> Cells {
        match ty {
            Type::Bool => Cells::Bool(Mask::default()),
            Type::Int(_) | Type::Date | Type::Days => Cells::Int(Vec::new()),
            Type::Double => Cells::Double(Vec::new()),
            Type::Text | Type::Ref(_) | Type::Code(_) => Cells::Code(Vec::new()),
            Type::Set(_) => Cells::Set(Vec::new()),
            Type::Children(_) | Type::Null => Cells::Nothing,
        }
    }
}

impl Chunk {
    pub fn new(columns: Vec<Cells>) -> Chunk {
        let columns = columns.into_iter().map(|cells| ChildColumn { known: Mask::default(), cells }).collect();
        Chunk { reported: Block::ZERO, ends: Vec::new(), columns }
    }

    /// Makes room for so many rows, the records of the new ones unknown.
    pub fn grow(&mut self, rows: usize) {
        if self.ends.len() < rows {
            self.ends.resize(rows, self.len() as u32);
        }
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    pub fn column(&self, field: FieldIx) -> Option<&ChildColumn> {
        self.columns.get(field.0 as usize)
    }

    /// The records of a row; `None` if it is not known which there are.
    pub fn records(&self, row: usize) -> Option<Range<usize>> {
        if self.reported.get(row) { self.range(row) } else { None }
    }

    fn range(&self, row: usize) -> Option<Range<usize>> {
        let end = *self.ends.get(row)? as usize;
        Some(row.checked_sub(1).map_or(0, |before| self.ends[before] as usize)..end)
    }

    /// The row of the block that each record belongs to.
    pub fn owners(&self) -> Vec<u32> {
        let mut owners = Vec::with_capacity(self.len());
        for (row, end) in self.ends.iter().enumerate() {
            owners.resize(*end as usize, row as u32);
        }
        owners
    }

    pub fn get(&self, field: FieldIx, at: usize) -> Stored {
        let Some(column) = self.column(field).filter(|column| column.known.get(at)) else { return Stored::Unknown };
        match &column.cells {
            Cells::Bool(t) => Stored::Bool(t.get(at)),
            Cells::Int(v) => Stored::Int(v[at]),
            Cells::Double(v) => Stored::Double(v[at]),
            Cells::Code(v) => Stored::Code(v[at]),
            Cells::Set(v) => Stored::Set(v[at].to_vec()),
            Cells::Nothing => Stored::Unknown,
        }
    }

    /// Whether these are the records of a row: their number, and their cells by field.
    pub fn has(&self, row: usize, records: Option<usize>, columns: &[Vec<Stored>]) -> bool {
        let range = self.records(row);
        if range.as_ref().map(Range::len) != records {
            return false;
        }
        let range = range.unwrap_or_default();
        let same =
            |(field, cells): (usize, &Vec<Stored>)| range.clone().zip(cells).all(|(at, cell)| self.get(FieldIx(field as u32), at) == *cell);
        columns.iter().enumerate().all(same)
    }

    /// Replaces the records of a row: their number, none if it is not known which there are, and their cells by field.
    pub fn set(&mut self, row: usize, records: Option<usize>, columns: Vec<Vec<Stored>>) {
        let (Some(range), count) = (self.range(row), records.unwrap_or(0)) else { return };
        let len = self.len();
        self.reported.put(row, records.is_some());
        for (column, cells) in self.columns.iter_mut().zip(columns) {
            column.set(range.clone(), len, cells);
        }
        let (end, removed) = ((range.start + count) as u32, range.len() as u32);
        self.ends[row] = end;
        for later in &mut self.ends[row + 1..] {
            *later = *later - removed + count as u32;
        }
    }
}

impl ChildColumn {
    fn set(&mut self, range: Range<usize>, len: usize, new: Vec<Stored>) {
        let known: Vec<bool> = new.iter().map(|cell| *cell != Stored::Unknown).collect();
        self.known.splice((range.start, range.end), len, &known);
        match &mut self.cells {
            Cells::Bool(t) => {
                let new: Vec<bool> = new.iter().map(|cell| *cell == Stored::Bool(true)).collect();
                t.splice((range.start, range.end), len, &new);
            }
            Cells::Int(v) => drop(v.splice(range, new.iter().map(|cell| if let Stored::Int(n) = cell { *n } else { 0 }))),
            Cells::Double(v) => drop(v.splice(range, new.iter().map(|cell| if let Stored::Double(x) = cell { *x } else { 0.0 }))),
            Cells::Code(v) => drop(v.splice(range, new.iter().map(|cell| if let Stored::Code(n) = cell { *n } else { 0 }))),
            Cells::Set(v) => {
                let codes = |cell: Stored| if let Stored::Set(codes) = cell { codes.into() } else { Box::default() };
                drop(v.splice(range, new.into_iter().map(codes)));
            }
            Cells::Nothing => {}
        }
    }
}
