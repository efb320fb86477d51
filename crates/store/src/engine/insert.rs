//! Many rows into one table.
use super::cell::Cell;
use super::{Conn, Kind};
use crate::error::StoreError;
use crate::sql::quoted;
use std::fmt::Write as _;

/// From this many rows on PostgreSQL gets them as a stream instead of one statement each.
const STREAM: usize = 8;

/// Rows of one table, collected: cells row after row.
pub struct Rows<'c> {
    pub table: &'c str,
    pub columns: &'c [&'c str],
    pub cells: Vec<Cell>,
}

impl<'c> Rows<'c> {
    pub fn new(table: &'c str, columns: &'c [&'c str]) -> Rows<'c> {
        Rows { table, columns, cells: Vec::new() }
    }

    fn count(&self) -> usize {
        self.cells.len() / self.columns.len()
    }

    fn column_list(&self) -> String {
        self.columns.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(", ")
    }
}

impl Conn {
    pub fn insert(&mut self, rows: &Rows<'_>) -> Result<(), StoreError> {
        debug_assert!(rows.cells.len().is_multiple_of(rows.columns.len()));
        if rows.count() >= STREAM && matches!(self.kind, Kind::Postgres(_)) {
            self.faults.check()?;
            let sql = format!("COPY {} ({}) FROM STDIN", quoted(rows.table), rows.column_list());
            let text = copy_text(rows);
            return match &mut self.kind {
                Kind::Postgres(client) => client.copy_in(&sql, text.as_bytes()),
                Kind::Sqlite(_) => Ok(()),
            };
        }
        let marks: Vec<String> = (1..=rows.columns.len()).map(|n| format!("?{n}")).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", quoted(rows.table), rows.column_list(), marks.join(", "));
        rows.cells.chunks(rows.columns.len()).try_for_each(|row| self.run(&sql, row).map(|_| ()))
    }
}

/// PostgreSQL's text form of rows: tabs between values, `\N` for null, bytes in hexadecimal.
fn copy_text(rows: &Rows<'_>) -> String {
    let mut out = String::with_capacity(rows.cells.len() * 12);
    for (n, cell) in rows.cells.iter().enumerate() {
        match cell {
            Cell::Null => out.push_str("\\N"),
            Cell::Bool(b) => out.push(if *b { 't' } else { 'f' }),
            Cell::Int(n) => {
                let _ = write!(out, "{n}");
            }
            Cell::Text(text) => text.chars().for_each(|letter| match letter {
                '\\' => out.push_str("\\\\"),
                '\t' => out.push_str("\\t"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                other => out.push(other),
            }),
            Cell::Bytes(bytes) => {
                out.push_str("\\\\x");
                bytes.iter().for_each(|b| {
                    let _ = write!(out, "{b:02x}");
                });
            }
        }
        out.push(if (n + 1) % rows.columns.len() == 0 { '\n' } else { '\t' });
    }
    out
}
