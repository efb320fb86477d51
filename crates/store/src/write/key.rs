//! Idempotency keys: a repeated request is answered with the first answer and changes nothing.
//!
//! The key is claimed first, so that on PostgreSQL a second request waits for the first one's commit; its answer is
//! stored last, in the same transaction.
use crate::commit::{Idempotency, Receipt};
use crate::engine::Conn;
use crate::error::StoreError;
use liangu_base::Instant;
use serde_json::Value as Json;

/// `Some`: the answer of the first request.
pub fn claim(tenant: &str, conn: &mut Conn, key: &Idempotency, at: Instant) -> Result<Option<Receipt>, StoreError> {
    loop {
        let claimed = conn.run(
            "INSERT INTO idempotency (tenant, scope, key, body_hash, sequence, at, expires) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6) ON CONFLICT DO NOTHING",
            &[tenant.into(), key.scope.as_str().into(), key.key.as_str().into(), key.body_hash.as_str().into(), at.into(), key.keep_until.into()],
        );
        match claimed {
            Ok(1) => return Ok(None),
            Ok(_) => {}
            // The first request holds its claim longer than one may wait.
            Err(StoreError::Busy) => return Err(StoreError::InProgress),
            Err(error) => return Err(error),
        }
        let found = conn.one(
            "SELECT body_hash, sequence, response, expires FROM idempotency WHERE tenant = ?1 AND scope = ?2 AND key = ?3",
            &[tenant.into(), key.scope.as_str().into(), key.key.as_str().into()],
            |row| Ok((row.text(0)?, row.int(1)?, row.opt_text(2)?, row.instant(3)?)),
        )?;
        match found {
            // Undone or purged in between: claim again.
            None => {}
            Some((_, _, _, expires)) if expires < at => {
                conn.run(
                    "DELETE FROM idempotency WHERE tenant = ?1 AND scope = ?2 AND key = ?3",
                    &[tenant.into(), key.scope.as_str().into(), key.key.as_str().into()],
                )?;
            }
            Some((body, ..)) if body != key.body_hash => return Err(StoreError::KeyReused),
            Some((_, sequence, response, _)) => return replay(sequence, response).map(Some),
        }
    }
}

fn replay(sequence: i64, response: Option<String>) -> Result<Receipt, StoreError> {
    let json = response.map_or(Ok(Json::Null), |text| serde_json::from_str(&text)).map_err(|e| StoreError::damaged(e.to_string()))?;
    Ok(Receipt { sequence, replayed: Some(json), ..Receipt::default() })
}

pub fn answer(tenant: &str, conn: &mut Conn, key: &Idempotency, receipt: &Receipt) -> Result<(), StoreError> {
    let response = receipt.response.as_ref().map(Json::to_string);
    conn.run(
        "UPDATE idempotency SET sequence = ?4, response = ?5 WHERE tenant = ?1 AND scope = ?2 AND key = ?3",
        &[tenant.into(), key.scope.as_str().into(), key.key.as_str().into(), receipt.sequence.into(), response.into()],
    )?;
    Ok(())
}
