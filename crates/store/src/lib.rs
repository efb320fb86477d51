//! The only crate that names a database: SQLite by default, PostgreSQL for several servers, one code path over both.
//!
//! [`Store::open`] makes the tables a model asks for and refuses a database made for another model. Everything is
//! written by [`Store::commit`] (one decision, one transaction: rows, facts, journal, outbox, jobs, the answer kept for
//! a repeated request) or [`Store::commit_many`] (imports); everything is read through a [`Reader`], which sees one
//! snapshot. The journal gives each change a gapless sequence at commit. Calls block: use blocking threads.
//!
//! Start at [`commit`] for what can be written, [`query`] for what can be asked, [`tables`] for what lies on disk.
pub mod accounts;
pub mod backup;
pub mod commit;
mod engine;
pub mod error;
pub mod faults;
pub mod files;
mod layout;
mod migrate;
mod open;
pub mod query;
pub mod queue;
pub mod read;
mod search;
mod size;
mod sql;
mod tables;
pub mod value;
mod write;

pub use accounts::{Account, AccountChange, Session};
pub use backup::Manifest;
pub use commit::{Bulk, Change, Commit, DocumentPut, FactEntry, Idempotency, Job, Outbox, Outranked, Receipt, Stamp};
pub use engine::Engine;
pub use engine::cell::CellRef;
pub use error::{FieldProblem, StoreError};
pub use files::{FileMeta, StoredFile};
pub use open::Config;
pub use query::{Condition, Context, Cursor, Query, Scope, Sort};
pub use queue::{DueJob, Message};
pub use read::{ChangeKind, Document, Fact, FactPlace, FieldChange, Item, JournalEntry, Page, Reader, ScanRow, Total};
pub use value::{Value, Values, Years};
pub use write::check_value;

use engine::Access;
use engine::pool::Pool;
use engine::writer::Writer;
use faults::Faults;
use layout::Layout;
use liangu_model::Model;
use std::path::PathBuf;
use std::sync::Arc;

/// An open installation. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

pub(crate) struct Inner {
    layout: Layout,
    tenant: String,
    writer: Writer,
    readers: Arc<Pool>,
    engine: Engine,
    faults: Arc<Faults>,
    /// Data directory: attachments lie in `files/` below it.
    dir: PathBuf,
}

impl Store {
    pub fn model(&self) -> &Arc<Model> {
        &self.0.layout.model
    }

    pub fn tenant(&self) -> &str {
        &self.0.tenant
    }

    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// Planted failures, for tests.
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// Runs `f` over one unchanging snapshot.
    pub fn read<T>(&self, f: impl FnOnce(&mut Reader<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut conn = self.0.readers.begin(Access::Read)?;
        let mut reader = Reader { inner: &self.0, conn: &mut conn, lists: Default::default() };
        let value = f(&mut reader)?;
        conn.commit()?;
        Ok(value)
    }

    /// Writes one decision, whole or not at all; returns when it is on disk.
    pub fn commit(&self, commit: Commit) -> Result<Receipt, StoreError> {
        let inner = Arc::clone(&self.0);
        self.0.writer.write(move |conn| write::run(&inner, conn, &commit))
    }

    /// Writes many records in one transaction, whole or not at all. `head` says who, when, why and from which source;
    /// what it carries besides (documents, accounts, messages) is written with the records. It takes no idempotency key.
    pub fn commit_many(&self, head: &Commit, rows: impl Iterator<Item = Bulk>) -> Result<Receipt, StoreError> {
        let receipt = self.0.writer.exclusive(|conn| write::bulk::run(&self.0, conn, head, rows))?;
        if self.0.engine == Engine::Postgres {
            // The planner has not seen the new rows yet; the load stands whether or not it can look now.
            let _ = self.0.writer.bare(|conn| conn.batch("ANALYZE"));
        }
        Ok(receipt)
    }
}
