//! Backups: a folder that is one consistent moment, whichever database it came from and whichever it goes to.
//!
//! The folder holds `liangu.db` (an SQLite file; of a PostgreSQL installation its rows, copied), the attachments under
//! `files/`, and `manifest.json` with the digest of every file and the number and digest of every table's rows. Rows are
//! digested in the order of their key in a form that both databases share, so that a restored installation can be
//! compared with the one that was backed up. A backup runs while others read and write.
pub mod digest;
mod restore;

use crate::Store;
use crate::engine::insert::Rows;
use crate::engine::{Access, Conn, Engine, sqlite, sqlite::Sqlite};
use crate::error::StoreError;
use crate::files::{self, hex, place, sync_folder, write_whole};
use crate::migrate::applied_model;
use crate::open::DATABASE;
use crate::read::Reader;
use crate::sql::quoted;
use crate::tables::{Table, all_tables};
use liangu_base::{Id, Instant};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

pub const MANIFEST: &str = "manifest.json";
/// Rows moved at a time.
const PORTION: usize = 1000;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub at: Instant,
    /// `SQLite` or `PostgreSQL`: where the rows came from.
    pub engine: String,
    pub model_hash: String,
    pub tables: Vec<TableManifest>,
    pub files: Vec<FileManifest>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableManifest {
    pub name: String,
    pub columns: Vec<String>,
    pub key: Vec<String>,
    pub rows: u64,
    /// SHA-256 over the rows in the order of their key.
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileManifest {
    /// Relative to the folder, with `/`.
    pub path: String,
    pub size: u64,
    pub sha256: String,
}

impl Manifest {
    pub fn read(folder: &Path) -> Result<Manifest, StoreError> {
        let text = fs::read_to_string(folder.join(MANIFEST)).map_err(|_| {
            StoreError::unknown(
                format!("“{}”里没有备份清单 {MANIFEST}；请指明备份所在的文件夹。", folder.display()),
                format!("There is no {MANIFEST} in \"{}\"; name the folder of a backup.", folder.display()),
            )
        })?;
        serde_json::from_str(&text).map_err(|e| StoreError::damaged(format!("{MANIFEST}: {e}")))
    }

    /// One digest over all tables: equal for equal rows, whatever the database.
    pub fn rows_digest(&self) -> String {
        let mut hash = Sha256::new();
        for table in &self.tables {
            hash.update(format!("{} {} {}\n", table.name, table.rows, table.sha256));
        }
        hex(&hash.finalize())
    }
}

impl Store {
    /// Writes a backup into `dest`, which is made and must be empty.
    pub fn backup(&self, dest: &Path, at: Instant) -> Result<Manifest, StoreError> {
        refuse_filled(dest)?;
        fs::create_dir_all(dest)?;
        let outcome = self.write_backup(dest, at);
        if outcome.is_err() {
            // Half a backup must not pass for one.
            let _ = fs::remove_dir_all(dest);
        }
        outcome
    }

    fn write_backup(&self, dest: &Path, at: Instant) -> Result<Manifest, StoreError> {
        let file = dest.join(DATABASE);
        let tables = self.read(stored_tables)?;
        match self.0.engine {
            Engine::Sqlite => {
                let conn = self.0.readers.lend()?;
                conn.as_sqlite().ok_or_else(|| StoreError::damaged("not an SQLite connection"))?.copy_to(&file)?;
            }
            Engine::Postgres => self.copy_rows_to(&file, &tables)?,
        }
        let mut archive = Conn::sqlite(Sqlite::open(&file, sqlite::Role::Archive)?, Arc::default());
        let mut manifest = Manifest {
            format: crate::open::FORMAT.to_owned(),
            at,
            engine: self.0.engine.label().to_owned(),
            model_hash: self.model().hash.clone(),
            tables: tables.iter().map(|t| digest::table(&mut archive, t)).collect::<Result<_, _>>()?,
            files: Vec::new(),
        };
        let attached = archive.all("SELECT id FROM file ORDER BY id", &[], |row| row.id(0))?;
        drop(archive);
        fs::File::open(&file)?.sync_all()?;
        manifest.files.push(describe(dest, DATABASE)?);
        for id in attached {
            manifest.files.push(self.copy_attachment(dest, id)?);
        }
        let json = serde_json::to_vec_pretty(&manifest).map_err(|e| StoreError::damaged(e.to_string()))?;
        write_whole(&dest.join(MANIFEST), &json)?;
        Ok(manifest)
    }

    /// An SQLite file with the rows of this database, all of one moment.
    fn copy_rows_to(&self, file: &Path, tables: &[Table]) -> Result<(), StoreError> {
        let mut archive = Conn::sqlite(Sqlite::open(file, sqlite::Role::Archive)?, Arc::default());
        archive.begin(Access::Write)?;
        for statement in tables.iter().flat_map(|t| t.create(Engine::Sqlite)) {
            archive.batch(&statement)?;
        }
        for statement in self.0.layout.all().flat_map(|r| crate::search::index::create(r, Engine::Sqlite)) {
            archive.batch(&statement)?;
        }
        self.read(|r| tables.iter().try_for_each(|table| copy_table(r.conn, &mut archive, table)))?;
        crate::search::index::rebuild(self.0.layout.all(), &mut archive)?;
        archive.commit()
    }

    fn copy_attachment(&self, dest: &Path, id: Id) -> Result<FileManifest, StoreError> {
        let bytes = self.0.dir.join(place(id));
        let bytes = fs::read(&bytes).map_err(|_| StoreError::damaged(format!("the bytes of file {id} are gone")))?;
        write_whole(&dest.join(place(id)), &bytes)?;
        describe(dest, &place(id).to_string_lossy().replace('\\', "/"))
    }
}

/// Every table with all its columns, of an open installation.
pub(crate) fn stored_tables(reader: &mut Reader<'_>) -> Result<Vec<Table>, StoreError> {
    Ok(all_tables(&reader.inner.layout, &applied_model(reader.conn)?))
}

/// All rows of a table from one database into another.
pub(crate) fn copy_table(from: &mut Conn, to: &mut Conn, table: &Table) -> Result<(), StoreError> {
    let columns: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    let key = table.key.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT {} FROM {} ORDER BY {key}", table.column_list(), quoted(&table.name));
    let mut rows = Rows::new(&table.name, &columns);
    from.each(&sql, &[], &mut |row| {
        for (at, column) in table.columns.iter().enumerate() {
            rows.cells.push(match (column.kind, row.get(at)?) {
                (crate::value::ColumnKind::Bool, cell) if cell.int().is_some() => (cell.int() == Some(1)).into(),
                (_, cell) => cell.to_cell(),
            });
        }
        if rows.cells.len() >= PORTION * columns.len() {
            to.insert(&rows)?;
            rows.cells.clear();
        }
        Ok(())
    })?;
    to.insert(&rows)
}

pub(crate) fn describe(folder: &Path, path: &str) -> Result<FileManifest, StoreError> {
    let mut file = fs::File::open(folder.join(path)).map_err(|_| StoreError::damaged(format!("{path} is missing")))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0u8; 1 << 20];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        size += read as u64;
    }
    Ok(FileManifest { path: path.to_owned(), size, sha256: hex(&hash.finalize()) })
}

/// A folder that has anything in it is not written to.
pub(crate) fn refuse_filled(folder: &Path) -> Result<(), StoreError> {
    let filled = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if filled { Err(StoreError::NotEmpty(folder.display().to_string())) } else { Ok(()) }
}

/// Copies attachments named by a manifest and waits for the disk.
pub(crate) fn copy_attachments(manifest: &Manifest, from: &Path, to: &Path) -> Result<(), StoreError> {
    for file in manifest.files.iter().filter(|f| f.path != DATABASE) {
        write_whole(&to.join(&file.path), &fs::read(from.join(&file.path))?)?;
    }
    let folder = to.join(files::FOLDER);
    if folder.exists() { sync_folder(&folder) } else { Ok(()) }
}
