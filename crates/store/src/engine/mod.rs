//! The two databases behind one face: a connection that runs statements and hands out rows.
//!
//! Statements are written once, with `?1 ?2 …` for bound values; [`postgres`] turns them into `$1 $2 …`. Values are
//! always bound, never written into the text, so a question mark with a digit occurs as a placeholder only.
//! Start at [`Conn`]; who gets one when is decided in [`pool`] (readers) and [`writer`] (the one writing path).
pub mod cell;
pub mod insert;
pub mod pool;
pub mod postgres;
pub mod sqlite;
pub mod writer;

use crate::error::StoreError;
use crate::faults::Faults;
use cell::{Cell, CellRef};
use std::sync::Arc;

/// Which database an installation uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn label(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// One unchanging snapshot.
    Read,
    /// SQLite: `BEGIN IMMEDIATE`, so that a read is never followed by a failed upgrade to a write.
    Write,
}

/// One connection. Not shared: whoever has it has the transaction.
pub struct Conn {
    kind: Kind,
    faults: Arc<Faults>,
}

enum Kind {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

/// The row at hand while a query runs.
pub enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a ::postgres::Row),
}

impl Row<'_> {
    pub fn get(&self, column: usize) -> Result<CellRef<'_>, StoreError> {
        match self {
            Row::Sqlite(row) => sqlite::cell(row, column),
            Row::Postgres(row) => row.try_get(column).map_err(|e| postgres::failure(&e)),
        }
    }

    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.get(column)?.int().ok_or_else(|| StoreError::damaged("a number is missing in a row"))
    }

    pub fn text(&self, column: usize) -> Result<String, StoreError> {
        let cell = self.get(column)?;
        cell.text().map(str::to_owned).ok_or_else(|| StoreError::damaged("a text is missing in a row"))
    }

    pub fn opt_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(self.get(column)?.text().map(str::to_owned))
    }

    pub fn id(&self, column: usize) -> Result<liangu_base::Id, StoreError> {
        self.opt_id(column)?.ok_or_else(|| StoreError::damaged("an id is missing in a row"))
    }

    pub fn opt_id(&self, column: usize) -> Result<Option<liangu_base::Id>, StoreError> {
        match self.get(column)? {
            CellRef::Null => Ok(None),
            CellRef::Bytes(bytes) => match <[u8; 16]>::try_from(bytes) {
                Ok(bytes) => Ok(Some(liangu_base::Id::from_bytes(bytes))),
                Err(_) => Err(StoreError::damaged("an id does not have 16 bytes")),
            },
            _ => Err(StoreError::damaged("an id is not stored as bytes")),
        }
    }

    pub fn instant(&self, column: usize) -> Result<liangu_base::Instant, StoreError> {
        Ok(liangu_base::Instant::from_micros(self.int(column)?))
    }
}

impl Conn {
    pub fn sqlite(conn: sqlite::Sqlite, faults: Arc<Faults>) -> Conn {
        Conn { kind: Kind::Sqlite(conn), faults }
    }

    pub fn postgres(conn: postgres::Postgres, faults: Arc<Faults>) -> Conn {
        Conn { kind: Kind::Postgres(Box::new(conn)), faults }
    }

    pub fn engine(&self) -> Engine {
        match self.kind {
            Kind::Sqlite(_) => Engine::Sqlite,
            Kind::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs one statement; the number of rows it changed.
    pub fn run(&mut self, sql: &str, params: &[Cell]) -> Result<u64, StoreError> {
        self.faults.check()?;
        match &mut self.kind {
            Kind::Sqlite(c) => c.run(sql, params),
            Kind::Postgres(c) => c.run(sql, params),
        }
    }

    /// Runs a query and shows each row as it comes.
    pub fn each(&mut self, sql: &str, params: &[Cell], row: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.faults.check()?;
        match &mut self.kind {
            Kind::Sqlite(c) => c.each(sql, params, row),
            Kind::Postgres(c) => c.each(sql, params, row),
        }
    }

    /// All rows of a query, each made into a `T`.
    pub fn all<T>(
        &mut self,
        sql: &str,
        params: &[Cell],
        mut make: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.each(sql, params, &mut |row| {
            found.push(make(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row of a query.
    pub fn one<T>(
        &mut self,
        sql: &str,
        params: &[Cell],
        mut make: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.each(sql, params, &mut |row| {
            if found.is_none() {
                found = Some(make(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Several statements without values, as when tables are made.
    pub fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.faults.check()?;
        self.control(sql)
    }

    fn control(&mut self, sql: &str) -> Result<(), StoreError> {
        match &mut self.kind {
            Kind::Sqlite(c) => c.batch(sql),
            Kind::Postgres(c) => c.batch(sql),
        }
    }

    pub fn begin(&mut self, access: Access) -> Result<(), StoreError> {
        let sql = match (self.engine(), access) {
            (Engine::Sqlite, Access::Read) => "BEGIN",
            (Engine::Sqlite, Access::Write) => "BEGIN IMMEDIATE",
            (Engine::Postgres, Access::Read) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            (Engine::Postgres, Access::Write) => "BEGIN ISOLATION LEVEL READ COMMITTED",
        };
        self.batch(sql)
    }

    pub fn commit(&mut self) -> Result<(), StoreError> {
        self.batch("COMMIT")
    }

    /// Never fails: a connection that cannot roll back is found broken when it is used next.
    pub fn rollback(&mut self) {
        if self.in_transaction() {
            let _ = self.control("ROLLBACK");
        }
    }

    /// Savepoints that may be open together need different names: the databases go back to the innermost of a name.
    pub fn savepoint(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.batch(&format!("SAVEPOINT {name}"))
    }

    pub fn release(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.batch(&format!("RELEASE SAVEPOINT {name}"))
    }

    pub fn rollback_to(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.control(&format!("ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}"))
    }

    /// Whether a transaction is open. SQLite ends it by itself when the disk is full.
    pub fn in_transaction(&self) -> bool {
        match &self.kind {
            Kind::Sqlite(c) => !c.is_autocommit(),
            Kind::Postgres(c) => !c.is_closed(),
        }
    }

    pub fn is_broken(&self) -> bool {
        match &self.kind {
            Kind::Sqlite(_) => false,
            Kind::Postgres(c) => c.is_closed(),
        }
    }

    /// The SQLite connection for what only SQLite has (online backup, integrity check).
    pub fn as_sqlite(&self) -> Option<&sqlite::Sqlite> {
        match &self.kind {
            Kind::Sqlite(c) => Some(c),
            Kind::Postgres(_) => None,
        }
    }
}
