//! The digest of a table's rows: the same on both databases.
//!
//! Rows come in the order of their key, which compares by bytes everywhere; each value is written with its kind and
//! length, so that no two different rows give the same bytes.
use super::{TableManifest, stored_tables};
use crate::Store;
use crate::engine::Conn;
use crate::engine::cell::CellRef;
use crate::error::StoreError;
use crate::files::hex;
use crate::sql::quoted;
use crate::tables::Table;
use sha2::{Digest, Sha256};

pub(crate) fn table(conn: &mut Conn, table: &Table) -> Result<TableManifest, StoreError> {
    let columns = table.columns.iter().map(|c| c.name.clone()).collect();
    of(conn, &table.name, columns, table.key.clone())
}

/// Counts and digests the rows of the named columns.
pub(crate) fn of(conn: &mut Conn, name: &str, columns: Vec<String>, key: Vec<String>) -> Result<TableManifest, StoreError> {
    let list = |names: &[String]| names.iter().map(|n| quoted(n)).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT {} FROM {} ORDER BY {}", list(&columns), quoted(name), list(&key));
    let (mut hash, mut rows, mut bytes) = (Sha256::new(), 0u64, Vec::new());
    conn.each(&sql, &[], &mut |row| {
        bytes.clear();
        for column in 0..columns.len() {
            write(row.get(column)?, &mut bytes);
        }
        hash.update(&bytes);
        rows += 1;
        Ok(())
    })?;
    Ok(TableManifest { name: name.to_owned(), columns, key, rows, sha256: hex(&hash.finalize()) })
}

fn write(cell: CellRef<'_>, out: &mut Vec<u8>) {
    let mut sized = |kind: u8, bytes: &[u8]| {
        out.push(kind);
        out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        out.extend_from_slice(bytes);
    };
    match cell {
        CellRef::Null => sized(b'n', &[]),
        CellRef::Int(n) => sized(b'i', &n.to_be_bytes()),
        CellRef::Text(text) => sized(b't', text.as_bytes()),
        CellRef::Bytes(bytes) => sized(b'b', bytes),
    }
}

impl Store {
    /// Rows and digest of every table as they are now, all of one moment.
    pub fn digest(&self) -> Result<Vec<TableManifest>, StoreError> {
        self.read(|r| stored_tables(r)?.iter().map(|t| table(r.conn, t)).collect())
    }
}
