//! SQLite: one file `liangu.db` in the data directory, write-ahead log, every commit on disk before it is answered.
use super::Row;
use super::cell::{Cell, CellRef};
use crate::error::StoreError;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi, params_from_iter};
use std::path::Path;
use std::time::Duration;

/// How long a statement waits for another process's lock.
const BUSY: Duration = Duration::from_secs(5);

pub struct Sqlite {
    conn: Connection,
}

/// What a connection is opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Writer,
    Reader,
    /// A backup while it is written; it needs no log.
    Archive,
    /// A backup that is read; it must stay as it is.
    Archived,
}

impl Sqlite {
    pub fn open(file: &Path, role: Role) -> Result<Sqlite, StoreError> {
        let flags = match role {
            Role::Reader => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Role::Archived => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Role::Writer | Role::Archive => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let conn = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|e| failure(&e))?;
        conn.busy_timeout(BUSY).map_err(|e| failure(&e))?;
        conn.set_prepared_statement_cache_capacity(256);
        let opened = Sqlite { conn };
        opened.batch(match role {
            Role::Writer => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;
                 PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;"
            }
            Role::Reader => {
                "PRAGMA query_only = ON; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824;"
            }
            Role::Archived => "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
            Role::Archive => {
                "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
            }
        })?;
        Ok(opened)
    }

    pub fn run(&self, sql: &str, params: &[Cell]) -> Result<u64, StoreError> {
        let mut statement = self.conn.prepare_cached(sql).map_err(|e| failure(&e))?;
        statement.execute(params_from_iter(params)).map(|n| n as u64).map_err(|e| failure(&e))
    }

    pub fn each(&self, sql: &str, params: &[Cell], row: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached(sql).map_err(|e| failure(&e))?;
        let mut rows = statement.query(params_from_iter(params)).map_err(|e| failure(&e))?;
        while let Some(found) = rows.next().map_err(|e| failure(&e))? {
            row(&Row::Sqlite(found))?;
        }
        Ok(())
    }

    pub fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.conn.execute_batch(sql).map_err(|e| failure(&e))
    }

    pub fn is_autocommit(&self) -> bool {
        self.conn.is_autocommit()
    }

    /// Copies the whole database into `file` while others read and write.
    pub fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let mut target = Connection::open(file).map_err(|e| failure(&e))?;
        {
            let backup = rusqlite::backup::Backup::new(&self.conn, &mut target).map_err(|e| failure(&e))?;
            // In one step: a copy in several would begin anew whenever somebody writes in between.
            match backup.step(-1).map_err(|e| failure(&e))? {
                rusqlite::backup::StepResult::Done => {}
                _ => return Err(StoreError::Busy),
            }
        }
        // The copy carries the log mode of its source; alone in a folder it must be one file.
        target.execute_batch("PRAGMA journal_mode = DELETE;").map_err(|e| failure(&e))
    }

    /// Empty when the file is sound.
    pub fn integrity(&self) -> Result<Option<String>, StoreError> {
        let mut first = None;
        self.each("PRAGMA integrity_check", &[], &mut |row| {
            if first.is_none() {
                first = Some(row.text(0)?);
            }
            Ok(())
        })?;
        Ok(first.filter(|answer| answer != "ok"))
    }
}

pub fn cell<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> Result<CellRef<'r>, StoreError> {
    match row.get_ref(column).map_err(|e| failure(&e))? {
        ValueRef::Null => Ok(CellRef::Null),
        ValueRef::Integer(n) => Ok(CellRef::Int(n)),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(CellRef::Text(text)),
            Err(_) => Err(StoreError::damaged("a text in the database is not UTF-8")),
        },
        ValueRef::Blob(bytes) => Ok(CellRef::Bytes(bytes)),
        ValueRef::Real(_) => Err(StoreError::damaged("a fractional number in the database")),
    }
}

/// What went wrong, in the store's terms.
pub fn failure(error: &rusqlite::Error) -> StoreError {
    let Some(code) = error.sqlite_error() else {
        return StoreError::Unavailable(error.to_string());
    };
    match code.code {
        ErrorCode::ConstraintViolation => match code.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID
            | ffi::SQLITE_CONSTRAINT_FOREIGNKEY => StoreError::Constraint(error.to_string()),
            _ => StoreError::Unavailable(error.to_string()),
        },
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(error.to_string()),
        // A write refused by the file system: in practice the disk is full or the quota is used up.
        ErrorCode::SystemIoFailure if code.extended_code == ffi::SQLITE_IOERR_WRITE => StoreError::Full,
        _ => StoreError::Unavailable(error.to_string()),
    }
}
