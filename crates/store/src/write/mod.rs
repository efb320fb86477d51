//! The one write path: a [`Commit`] becomes rows, facts, journal lines and an answer, in one transaction.
//!
//! Order: the idempotency key is claimed; rows are read, locked and checked ([`prepare`]); the counter of the journal is
//! taken, which puts commits in the order of their sequence; everything is written; references to what was deleted are
//! looked for. Any error undoes all of it.
pub mod bulk;
mod diagnose;
pub mod facts;
mod key;
mod prepare;
mod rows;
mod side;
pub mod target;
mod validate;

use crate::Inner;
use crate::commit::{Commit, Outranked, Receipt};
use crate::engine::Conn;
use crate::engine::cell::Cell;
use crate::engine::insert::Rows;
use crate::error::StoreError;
use liangu_base::Id;
pub use prepare::Checked;
pub(crate) use prepare::read_values;
use std::collections::BTreeMap;
use target::{Fate, Target};
pub use validate::check as check_value;

pub const JOURNAL_COLUMNS: [&str; 10] = ["tenant", "sequence", "at", "actor", "command", "request", "record", "id", "version", "changes"];

/// Savepoint before the rows, to which a refused write goes back to be explained.
const ROWS: &str = "rows";

/// Writes a commit inside the open transaction of `conn`.
pub fn run(inner: &Inner, conn: &mut Conn, commit: &Commit) -> Result<Receipt, StoreError> {
    if let Some(key) = &commit.idempotency
        && let Some(replayed) = key::claim(&inner.tenant, conn, key, commit.at)?
    {
        return Ok(replayed);
    }
    let mut receipt = Receipt::default();
    let head = Head { commit, inner };
    head.records(conn, commit.changes.clone(), commit.facts.clone(), &mut Checked::new(), &mut receipt)?;
    side::documents(&head, conn, &mut receipt)?;
    side::accounts(&head, conn, &mut receipt)?;
    side::messages(&head, conn)?;
    if let Some(respond) = &commit.respond {
        receipt.response = Some(respond(&receipt));
    }
    if let Some(key) = &commit.idempotency {
        key::answer(&inner.tenant, conn, key, &receipt)?;
    }
    Ok(receipt)
}

/// Who writes, when and why: the same for every line of a commit.
pub struct Head<'a> {
    pub inner: &'a Inner,
    pub commit: &'a Commit,
}

impl Head<'_> {
    /// Writes changed records and their facts, and adds them to the receipt.
    pub fn records(
        &self,
        conn: &mut Conn,
        changes: Vec<crate::commit::Change>,
        facts: Vec<crate::commit::FactEntry>,
        checked: &mut Checked,
        receipt: &mut Receipt,
    ) -> Result<(), StoreError> {
        if changes.is_empty() && facts.is_empty() {
            return Ok(());
        }
        let inner = self.inner;
        let stamp = self.commit.stamp.as_ref();
        let (layout, tenant, day) = (&inner.layout, inner.tenant.as_str(), self.commit.day);
        let mut prepare = prepare::Prepare { layout, tenant, stamp, day, checked, problems: Vec::new() };
        let mut targets = prepare.targets(conn, changes, facts)?;
        for target in targets.values_mut().filter(|t| t.fate == Fate::Created) {
            rows::number(self, conn, target, receipt)?;
        }
        conn.savepoint(ROWS)?;
        match self.write(conn, &mut targets, receipt) {
            Ok(()) => conn.release(ROWS)?,
            Err(StoreError::Constraint(message)) => {
                conn.rollback_to(ROWS)?;
                return Err(diagnose::unique(inner, conn, &targets, message));
            }
            Err(error) => return Err(error),
        }
        checked.extend(targets.values().filter(|t| t.fate == Fate::Created).map(|t| (t.layout.index, t.id)));
        Ok(())
    }

    fn write(&self, conn: &mut Conn, targets: &mut BTreeMap<Id, Target>, receipt: &mut Receipt) -> Result<(), StoreError> {
        rows::write(self, conn, targets)?;
        let lines = targets.values().filter(|t| t.line.is_some()).count() as i64;
        let mut sequence = self.sequences(conn, lines)?;
        let mut facts = Rows::new("fact", &facts::FACT_COLUMNS);
        let mut journal = Rows::new("journal", &JOURNAL_COLUMNS);
        for target in targets.values() {
            receipt.versions.insert(target.id, target.new_version());
            let Some(line) = &target.line else { continue };
            rows::facts(self, target, sequence, &mut facts.cells);
            let shown = target.facts.iter().filter(|f| !f.shown && !f.value.is_null());
            receipt.outranked.extend(shown.map(|f| Outranked { id: target.id, field: f.field.clone(), year: f.year }));
            self.line(&mut journal.cells, sequence, &target.layout.name, target.id, target.new_version(), line);
            receipt.sequence = sequence;
            sequence += 1;
        }
        conn.insert(&facts)?;
        conn.insert(&journal)?;
        diagnose::referenced(self.inner, conn, targets)
    }

    /// The first of `count` new journal sequences. Later commits wait here until this one is through.
    fn sequences(&self, conn: &mut Conn, count: i64) -> Result<i64, StoreError> {
        if count == 0 {
            return Ok(0);
        }
        side::count(&self.inner.tenant, conn, "journal", count)
    }

    fn line(&self, cells: &mut Vec<Cell>, sequence: i64, record: &str, id: Id, version: i64, changes: &str) {
        let commit = self.commit;
        cells.extend([
            self.inner.tenant.as_str().into(),
            sequence.into(),
            commit.at.into(),
            Cell::from(commit.actor),
            commit.command.as_str().into(),
            Cell::from(commit.request.clone()),
            record.into(),
            id.into(),
            version.into(),
            changes.into(),
        ]);
    }
}
