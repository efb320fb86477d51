//! PostgreSQL: a client with its prepared statements and the translation of its error codes.
use super::Row;
use super::cell::Cell;
use crate::error::StoreError;
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, NoTls, Statement};
use std::collections::HashMap;
use std::io::Write as _;
use std::time::Duration;

/// Prepared statements a connection keeps; beyond them it starts afresh.
const PREPARED: usize = 400;

pub struct Postgres {
    client: Client,
    prepared: HashMap<String, Statement>,
}

impl Postgres {
    /// `schema` is made by the store's owner, put first in the search path and may not exist yet.
    pub fn open(url: &str, schema: Option<&str>) -> Result<Postgres, StoreError> {
        let mut config: postgres::Config = url.parse().map_err(|e: postgres::Error| StoreError::Unavailable(e.to_string()))?;
        config
            .application_name(&format!("liangu {}", schema.unwrap_or_default()))
            .connect_timeout(Duration::from_secs(5))
            .tcp_user_timeout(Duration::from_secs(30));
        let mut client = config.connect(NoTls).map_err(|e| failure(&e))?;
        // No statement timeout: a commit must never be cancelled while its outcome is unknown.
        client
            .batch_execute(
                "SET synchronous_commit = on; SET lock_timeout = '5s'; SET client_min_messages = warning; SET statement_timeout = 0",
            )
            .map_err(|e| failure(&e))?;
        if let Some(schema) = schema {
            client.batch_execute(&format!("SET search_path = {}", super::super::sql::quoted(schema))).map_err(|e| failure(&e))?;
        }
        Ok(Postgres { client, prepared: HashMap::new() })
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.client.prepare(&dollars(sql)).map_err(|e| failure(&e))?;
        if self.prepared.len() >= PREPARED {
            self.prepared.clear();
        }
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub fn run(&mut self, sql: &str, params: &[Cell]) -> Result<u64, StoreError> {
        let statement = self.prepare(sql)?;
        let rows = self.client.query_raw(&statement, params.iter()).map_err(|e| failure(&e))?;
        drain(rows)
    }

    pub fn each(&mut self, sql: &str, params: &[Cell], row: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let statement = self.prepare(sql)?;
        let mut rows = self.client.query_raw(&statement, params.iter()).map_err(|e| failure(&e))?;
        while let Some(found) = rows.next().map_err(|e| failure(&e))? {
            row(&Row::Postgres(&found))?;
        }
        Ok(())
    }

    pub fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.client.batch_execute(sql).map_err(|e| failure(&e))
    }

    /// Streams rows in the text form of `COPY`.
    pub fn copy_in(&mut self, sql: &str, rows: &[u8]) -> Result<(), StoreError> {
        let mut writer = self.client.copy_in(sql).map_err(|e| failure(&e))?;
        writer.write_all(rows)?;
        writer.finish().map(|_| ()).map_err(|e| failure(&e))
    }

    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }
}

fn drain(mut rows: postgres::RowIter<'_>) -> Result<u64, StoreError> {
    while rows.next().map_err(|e| failure(&e))?.is_some() {}
    Ok(rows.rows_affected().unwrap_or(0))
}

/// `?1` → `$1`.
fn dollars(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut letters = sql.chars().peekable();
    while let Some(letter) = letters.next() {
        let placeholder = letter == '?' && letters.peek().is_some_and(char::is_ascii_digit);
        out.push(if placeholder { '$' } else { letter });
    }
    out
}

/// What went wrong, in the store's terms; SQLSTATE classes are PostgreSQL's appendix A.
pub fn failure(error: &postgres::Error) -> StoreError {
    let Some(db) = error.as_db_error() else {
        return StoreError::Unavailable(error.to_string());
    };
    let message = || format!("{} ({})", db.message(), db.code().code());
    match db.code().code() {
        "23505" | "23503" => StoreError::Constraint(message()),
        "40001" | "40P01" => StoreError::Conflict,
        "53100" => StoreError::Full,
        "55P03" | "53300" => StoreError::Busy,
        "XX001" | "XX002" => StoreError::Damaged(message()),
        _ => StoreError::Unavailable(message()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_become_dollars_and_other_question_marks_stay() {
        assert_eq!(super::dollars("a = ?1 AND b IN (?2, ?13) -- why?"), "a = $1 AND b IN ($2, $13) -- why?");
    }
}
