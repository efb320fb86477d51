//! Jobs and outgoing messages: written with the change they belong to, taken one by one afterwards.
//!
//! A job runs at least once: it is finished only when its work is done. Both numbers are gapless per installation.
use crate::Store;
use crate::error::StoreError;
use crate::read::Reader;
use liangu_base::Instant;
use serde_json::Value as Json;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueJob {
    pub n: i64,
    pub kind: String,
    pub payload: Json,
    pub run_at: Instant,
    pub attempts: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub n: i64,
    pub at: Instant,
    pub topic: String,
    pub payload: Json,
}

fn parsed(text: &str) -> Result<Json, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::damaged(e.to_string()))
}

impl Reader<'_> {
    /// Jobs whose time has come, the longest waiting first.
    pub fn due_jobs(&mut self, at: Instant, limit: u32) -> Result<Vec<DueJob>, StoreError> {
        self.conn.all(
            "SELECT n, kind, payload, run_at, attempts FROM job WHERE tenant = ?1 AND done_at IS NULL AND run_at <= ?2 ORDER BY run_at, n LIMIT ?3",
            &[self.inner.tenant.as_str().into(), at.into(), i64::from(limit).into()],
            |row| Ok(DueJob { n: row.int(0)?, kind: row.text(1)?, payload: parsed(&row.text(2)?)?, run_at: row.instant(3)?, attempts: row.int(4)? }),
        )
    }

    /// Messages not sent yet, oldest first.
    pub fn outbox(&mut self, after: i64, limit: u32) -> Result<Vec<Message>, StoreError> {
        self.conn.all(
            "SELECT n, at, topic, payload FROM outbox WHERE tenant = ?1 AND n > ?2 AND sent_at IS NULL ORDER BY n LIMIT ?3",
            &[self.inner.tenant.as_str().into(), after.into(), i64::from(limit).into()],
            |row| Ok(Message { n: row.int(0)?, at: row.instant(1)?, topic: row.text(2)?, payload: parsed(&row.text(3)?)? }),
        )
    }
}

impl Store {
    pub fn finish_job(&self, n: i64, at: Instant) -> Result<(), StoreError> {
        self.write_statement("UPDATE job SET done_at = ?3, attempts = attempts + 1 WHERE tenant = ?1 AND n = ?2", vec![n.into(), at.into()])
    }

    /// The job failed and is tried again at `run_at`.
    pub fn delay_job(&self, n: i64, run_at: Instant, error: &str) -> Result<(), StoreError> {
        self.write_statement(
            "UPDATE job SET run_at = ?3, error = ?4, attempts = attempts + 1 WHERE tenant = ?1 AND n = ?2",
            vec![n.into(), run_at.into(), error.into()],
        )
    }

    pub fn outbox_sent(&self, n: i64, at: Instant) -> Result<(), StoreError> {
        self.write_statement("UPDATE outbox SET sent_at = ?3 WHERE tenant = ?1 AND n = ?2", vec![n.into(), at.into()])
    }

    /// Everything after `from` up to `to` is sent.
    pub fn outbox_sent_through(&self, from: i64, to: i64, at: Instant) -> Result<(), StoreError> {
        self.write_statement(
            "UPDATE outbox SET sent_at = ?4 WHERE tenant = ?1 AND n > ?2 AND n <= ?3 AND sent_at IS NULL",
            vec![from.into(), to.into(), at.into()],
        )
    }
}
