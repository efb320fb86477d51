//! What is written beside records: documents, accounts, outbox, jobs, and the counters.
use super::Head;
use crate::commit::{DocumentPut, Receipt};
use crate::engine::Conn;
use crate::engine::insert::Rows;
use crate::error::StoreError;
use liangu_base::Id;
use serde_json::{Value as Json, json};

/// Record types of the journal for what is not in the model.
pub const DOCUMENT: &str = "document";
pub const ACCOUNT: &str = "account";

/// The first of `count` new numbers of a counter; the counter's row stays locked until the commit.
pub fn count(tenant: &str, conn: &mut Conn, name: &str, count: i64) -> Result<i64, StoreError> {
    let last = conn.one(
        "INSERT INTO counter (tenant, name, value) VALUES (?1, ?2, ?3) ON CONFLICT (tenant, name) DO UPDATE SET value = counter.value + ?3 RETURNING value",
        &[tenant.into(), name.into(), count.into()],
        |row| row.int(0),
    )?;
    last.map(|last| last - count + 1).ok_or_else(|| StoreError::damaged("a counter gave no number"))
}

/// A line of the journal for something that is not a record.
fn line(
    head: &Head<'_>,
    conn: &mut Conn,
    receipt: &mut Receipt,
    record: &str,
    id: Id,
    version: i64,
    changes: &Json,
) -> Result<(), StoreError> {
    let sequence = head.sequences(conn, 1)?;
    let mut rows = Rows::new("journal", &super::JOURNAL_COLUMNS);
    head.line(&mut rows.cells, sequence, record, id, version, &changes.to_string());
    conn.insert(&rows)?;
    receipt.sequence = sequence;
    Ok(())
}

pub fn documents(head: &Head<'_>, conn: &mut Conn, receipt: &mut Receipt) -> Result<(), StoreError> {
    for put in &head.commit.documents {
        let (from, version) = document(head, conn, put)?;
        if put.journal {
            let name = format!("{}/{}", put.kind, put.key);
            let changes = json!({"u": {name: [from, put.value]}});
            line(head, conn, receipt, DOCUMENT, Id(0), version, &changes)?;
        }
    }
    Ok(())
}

/// The value before and the version after.
fn document(head: &Head<'_>, conn: &mut Conn, put: &DocumentPut) -> Result<(Option<Json>, i64), StoreError> {
    let tenant = head.inner.tenant.as_str();
    let key = [tenant.into(), put.kind.as_str().into(), put.key.as_str().into()];
    let lock = if conn.engine() == crate::engine::Engine::Postgres { " FOR UPDATE" } else { "" };
    let found =
        conn.one(&format!("SELECT value, version FROM document WHERE tenant = ?1 AND kind = ?2 AND key = ?3{lock}"), &key, |row| {
            Ok((row.text(0)?, row.int(1)?))
        })?;
    let current = found.as_ref().map_or(0, |(_, version)| *version);
    if put.expected_version.is_some_and(|expected| expected != current) {
        return Err(StoreError::Stale { record: DOCUMENT.into(), id: Id(0), current });
    }
    let from = found.map(|(text, _)| serde_json::from_str(&text)).transpose().map_err(|e| StoreError::damaged(e.to_string()))?;
    let Some(value) = &put.value else {
        conn.run("DELETE FROM document WHERE tenant = ?1 AND kind = ?2 AND key = ?3", &key)?;
        return Ok((from, current + 1));
    };
    let mut params = key.to_vec();
    params.extend([value.to_string().into(), (current + 1).into(), head.commit.at.into(), current.into()]);
    // Two that both found nothing: the second one's conflict is with a version it did not see.
    let written = conn.run(
        "INSERT INTO document (tenant, kind, key, value, version, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (tenant, kind, key) DO UPDATE SET value = ?4, version = ?5, at = ?6 WHERE document.version = ?7",
        &params,
    )?;
    if written == 0 { Err(StoreError::Conflict) } else { Ok((from, current + 1)) }
}

pub fn accounts(head: &Head<'_>, conn: &mut Conn, receipt: &mut Receipt) -> Result<(), StoreError> {
    for change in &head.commit.accounts {
        let (id, version, changes) = crate::accounts::write(&head.inner.tenant, conn, change)?;
        receipt.versions.insert(id, version);
        line(head, conn, receipt, ACCOUNT, id, version, &changes)?;
    }
    Ok(())
}

pub fn messages(head: &Head<'_>, conn: &mut Conn) -> Result<(), StoreError> {
    let tenant = head.inner.tenant.as_str();
    if !head.commit.outbox.is_empty() {
        let first = count(tenant, conn, "outbox", head.commit.outbox.len() as i64)?;
        for (n, message) in (first..).zip(&head.commit.outbox) {
            conn.run(
                "INSERT INTO outbox (tenant, n, at, topic, payload) VALUES (?1, ?2, ?3, ?4, ?5)",
                &[tenant.into(), n.into(), head.commit.at.into(), message.topic.as_str().into(), message.payload.to_string().into()],
            )?;
        }
    }
    if !head.commit.jobs.is_empty() {
        let first = count(tenant, conn, "job", head.commit.jobs.len() as i64)?;
        for (n, job) in (first..).zip(&head.commit.jobs) {
            conn.run(
                "INSERT INTO job (tenant, n, kind, payload, run_at, attempts) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
                &[tenant.into(), n.into(), job.kind.as_str().into(), job.payload.to_string().into(), job.run_at.into()],
            )?;
        }
    }
    Ok(())
}
