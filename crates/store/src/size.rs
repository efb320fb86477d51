//! How much space an installation takes, and how much it may take.
use crate::Store;
use crate::backup::stored_tables;
use crate::engine::Engine;
use crate::error::StoreError;
use crate::open::DATABASE;

impl Store {
    /// Bytes of the database: the file and its log, or all tables of the schema with their indexes.
    pub fn size_bytes(&self) -> Result<u64, StoreError> {
        match self.0.engine {
            Engine::Sqlite => {
                let size = |name: &str| std::fs::metadata(self.0.dir.join(name)).map_or(0, |m| m.len());
                Ok(size(DATABASE) + size(&format!("{DATABASE}-wal")))
            }
            Engine::Postgres => self.read(|r| {
                let sql = "SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class c
                           WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'";
                Ok(r.conn.one(sql, &[], |row| row.int(0))?.unwrap_or(0) as u64)
            }),
        }
    }

    /// Rows of every table, this installation's only.
    pub fn row_counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(|r| {
            let mut counts = Vec::new();
            for table in stored_tables(r)? {
                let sql = format!("SELECT count(*) FROM {} WHERE tenant = ?1", crate::sql::quoted(&table.name));
                let rows = r.conn.one(&sql, &[r.inner.tenant.as_str().into()], |row| row.int(0))?;
                counts.push((table.name, rows.unwrap_or(0) as u64));
            }
            Ok(counts)
        })
    }

    /// SQLite: the file may not grow beyond this; writes that need more are refused as [`StoreError::Full`].
    /// PostgreSQL's space is its own administrator's matter.
    pub fn limit_bytes(&self, bytes: u64) -> Result<(), StoreError> {
        self.0.writer.bare(|conn| {
            if conn.engine() == Engine::Postgres {
                return Ok(());
            }
            let page = conn.one("PRAGMA page_size", &[], |row| row.int(0))?.unwrap_or(4096);
            conn.each(&format!("PRAGMA max_page_count = {}", bytes as i64 / page), &[], &mut |_| Ok(()))
        })
    }
}
