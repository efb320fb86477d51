//! Opening an installation: connections, tables, and the check that the database belongs to the model.
use crate::engine::cell::Cell;
use crate::engine::pool::Pool;
use crate::engine::writer::Writer;
use crate::engine::{Access, Conn, Engine, postgres::Postgres, sqlite, sqlite::Sqlite};
use crate::error::StoreError;
use crate::faults::Faults;
use crate::layout::Layout;
use crate::sql::quoted;
use crate::tables::{Table, all_tables};
use crate::{Inner, Store};
use liangu_model::Model;
use liangu_model::applied::Applied;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Format of the store's own tables; a newer one is refused.
pub const FORMAT: &str = "1";
pub const DATABASE: &str = "liangu.db";
/// Connections that read at the same time.
const READERS: usize = 8;

/// Where an installation keeps its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Config {
    /// One directory: the database `liangu.db` and attachments in `files/`. Made if absent.
    Sqlite { dir: PathBuf },
    /// `schema` keeps several installations apart in one database; attachments lie below `files`.
    Postgres { url: String, schema: Option<String>, files: PathBuf },
}

impl Config {
    pub fn dir(&self) -> &Path {
        match self {
            Config::Sqlite { dir } => dir,
            Config::Postgres { files, .. } => files,
        }
    }

    fn engine(&self) -> Engine {
        match self {
            Config::Sqlite { .. } => Engine::Sqlite,
            Config::Postgres { .. } => Engine::Postgres,
        }
    }

    /// A connection that may write.
    pub(crate) fn connect(&self, faults: &Arc<Faults>) -> Result<Conn, StoreError> {
        match self {
            Config::Sqlite { dir } => {
                std::fs::create_dir_all(dir)?;
                Ok(Conn::sqlite(Sqlite::open(&dir.join(DATABASE), sqlite::Role::Writer)?, Arc::clone(faults)))
            }
            Config::Postgres { url, schema, .. } => Ok(Conn::postgres(Postgres::open(url, schema.as_deref())?, Arc::clone(faults))),
        }
    }
}

impl Store {
    /// Makes the tables in an empty database. A database made for another model is [`StoreError::ModelChanged`].
    pub fn open(config: &Config, model: &Arc<Model>, tenant: &str) -> Result<Store, StoreError> {
        let layout = Layout::new(model)?;
        let faults = Arc::new(Faults::default());
        let mut conn = config.connect(&faults)?;
        prepare(&mut conn, config, &layout, tenant)?;
        if layout.all().any(|r| !r.record().search.is_empty()) {
            std::thread::spawn(crate::search::words::warm);
        }
        Ok(assemble(config, layout, tenant, conn, faults))
    }

    /// Whether anything has been made at this place yet.
    pub fn exists(config: &Config) -> Result<bool, StoreError> {
        if let Config::Sqlite { dir } = config
            && !dir.join(DATABASE).exists()
        {
            return Ok(false);
        }
        has_table(&mut config.connect(&Arc::default())?, "meta")
    }
}

fn assemble(config: &Config, layout: Layout, tenant: &str, conn: Conn, faults: Arc<Faults>) -> Store {
    let (opener, shared) = (config.clone(), Arc::clone(&faults));
    let readers = Arc::new(Pool::new(READERS, move || match &opener {
        Config::Sqlite { dir } => Ok(Conn::sqlite(Sqlite::open(&dir.join(DATABASE), sqlite::Role::Reader)?, Arc::clone(&shared))),
        Config::Postgres { .. } => opener.connect(&shared),
    }));
    let writer = match config.engine() {
        Engine::Sqlite => Writer::sqlite(conn),
        Engine::Postgres => {
            let (opener, shared) = (config.clone(), Arc::clone(&faults));
            Writer::Postgres(Arc::new(Pool::new(READERS, move || opener.connect(&shared))))
        }
    };
    let inner = Inner { layout, tenant: tenant.to_owned(), writer, readers, engine: config.engine(), faults, dir: config.dir().to_owned() };
    Store(Arc::new(inner))
}

fn prepare(conn: &mut Conn, config: &Config, layout: &Layout, tenant: &str) -> Result<(), StoreError> {
    if let Config::Postgres { schema: Some(schema), .. } = config {
        conn.batch(&format!("CREATE SCHEMA IF NOT EXISTS {}", quoted(schema)))?;
    }
    conn.begin(Access::Write)?;
    let outcome = lock_schema(conn).and_then(|()| match applied(conn)? {
        None => {
            let tables = all_tables(layout, &Applied::default());
            create(conn, layout, &tables).and_then(|()| write_meta(conn, layout, tenant))
        }
        Some((format, _)) if format != FORMAT => Err(StoreError::unknown(
            format!("数据库格式为 {format}，本程序只识别 {FORMAT}；请使用较新的程序。"),
            format!("The database has format {format}, this program knows {FORMAT}; use a newer program."),
        )),
        Some((_, hash)) if hash != layout.model.hash => Err(StoreError::ModelChanged { applied: hash, given: layout.model.hash.clone() }),
        Some(_) => crate::migrate::remember(conn, tenant),
    });
    match outcome {
        Ok(()) => conn.commit(),
        Err(error) => {
            conn.rollback();
            Err(error)
        }
    }
}

/// Two servers that start at once make the tables one after the other.
pub(crate) fn lock_schema(conn: &mut Conn) -> Result<(), StoreError> {
    match conn.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => conn.each("SELECT pg_advisory_xact_lock(7236498263)::text", &[], &mut |_| Ok(())),
    }
}

pub(crate) fn has_table(conn: &mut Conn, table: &str) -> Result<bool, StoreError> {
    let sql = match conn.engine() {
        Engine::Sqlite => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1",
        Engine::Postgres => {
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name::text = ?1"
        }
    };
    Ok(conn.one(sql, &[table.into()], |row| row.int(0))?.unwrap_or(0) > 0)
}

/// Format and hash of the model a database was made for; `None` for an empty one.
pub(crate) fn applied(conn: &mut Conn) -> Result<Option<(String, String)>, StoreError> {
    if !has_table(conn, "meta")? {
        return Ok(None);
    }
    let mut value = |key: &str| conn.one("SELECT value FROM meta WHERE key = ?1 ORDER BY tenant LIMIT 1", &[key.into()], |row| row.text(0));
    Ok(value("format")?.zip(value("model_hash")?))
}

pub(crate) fn create(conn: &mut Conn, layout: &Layout, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables {
        for statement in table.create(conn.engine()) {
            conn.batch(&statement)?;
        }
    }
    for record in layout.all() {
        for statement in crate::search::index::create(record, conn.engine()) {
            conn.batch(&statement)?;
        }
    }
    Ok(())
}

fn write_meta(conn: &mut Conn, layout: &Layout, tenant: &str) -> Result<(), StoreError> {
    let model = Applied::of(&layout.model).json();
    for (key, value) in [("format", FORMAT), ("model_hash", layout.model.hash.as_str()), ("model", model.as_str())] {
        let params: [Cell; 3] = [tenant.into(), key.into(), value.into()];
        conn.run("INSERT INTO meta (tenant, key, value) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", &params)?;
    }
    Ok(())
}
