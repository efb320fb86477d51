//! Tables that people send: workbooks (.xlsx) and delimited text, read row by row within stated limits; workbooks written.
//!
//! Start at [`Book`]: it finds out what a file is, names its sheets and gives [`Rows`]. Invariants: memory does not grow
//! with the number of rows; what a part may inflate to is counted while it inflates, whatever its directory says; no
//! entity, link or formula is ever followed, of a formula the value is read that was stored with it. [`Writer`] makes a
//! workbook whose texts are texts, also those that begin like a formula. [`bank`] is the file of payments and its answer.
pub mod bank;
mod book;
mod delimited;
mod fault;
mod number;
mod sheet;
mod writer;
mod xlsx;
mod xml;
mod zip;

pub use book::{Book, Rows, SheetInfo};
pub use fault::Unreadable;
pub use writer::{Out, Writer};

use std::io::{Read, Seek};

/// What a file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// How many times its packed size a part may inflate to.
    pub ratio: u64,
    /// Parts of an archive.
    pub entries: usize,
    /// Cells with a value, over all rows of a sheet.
    pub cells: u64,
    /// Columns from the first.
    pub columns: usize,
    /// Bytes of a workbook's shared texts, which are kept while it is read.
    pub shared_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file_bytes: 64 << 20, ratio: 100, entries: 1000, cells: 8_000_000, columns: 500, shared_bytes: 96 << 20 }
    }
}

/// Characters of a cell, as Excel has it.
pub const CELL_CHARACTERS: usize = 32_767;
/// Sheets of a workbook.
pub const SHEETS: usize = 200;

/// Where a file's bytes come from.
pub trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// What kind of value a cell holds; [`Cell::text`] says which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Empty,
    Text,
    /// Plain decimal digits, at most 15 significant ones unless the file has more.
    Number,
    /// A number shown as percent: `0.032` stands for 3.2 %.
    Percent,
    /// `2024-01-02`, with a time `2024-01-02T10:30:00`.
    Date,
    /// `1` or `0`.
    Bool,
    /// The error's name, as `#N/A`.
    Error,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub kind: Kind,
    pub text: String,
}

/// One row of a sheet, up to its last cell with a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// As the program that made the file counts, from 1.
    pub number: u64,
    pub cells: Vec<Cell>,
}

impl Row {
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column).filter(|cell| cell.kind != Kind::Empty)
    }

    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.kind == Kind::Empty)
    }
}

/// Cells shown as one: rows and columns from 1 and 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub first_row: u64,
    pub last_row: u64,
    pub first_column: usize,
    pub last_column: usize,
}

/// The letters of a column, `A` for 0.
pub fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (column % 26) as u8);
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().map(|letter| *letter as char).collect()
}
