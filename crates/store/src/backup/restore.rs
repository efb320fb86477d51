//! Putting a backup back: everything is verified before and after, and nothing is overwritten.
use super::{MANIFEST, Manifest, copy_attachments, copy_table, describe, digest, refuse_filled};
use crate::Store;
use crate::engine::{Access, Conn, sqlite, sqlite::Sqlite};
use crate::error::StoreError;
use crate::files::sync_folder;
use crate::layout::Layout;
use crate::migrate::applied_model;
use crate::open::{Config, DATABASE, FORMAT, create, has_table, lock_schema};
use crate::sql::quoted;
use crate::tables::all_tables;
use liangu_model::Model;
use std::fs;
use std::path::Path;
use std::sync::Arc;

impl Store {
    /// Whether a backup is whole: every file has its digest, the database its integrity, every table its rows.
    pub fn verify_backup(src: &Path) -> Result<Manifest, StoreError> {
        let manifest = Manifest::read(src)?;
        if manifest.format != FORMAT {
            return Err(StoreError::unknown(
                format!("备份格式为 {}，本程序只识别 {FORMAT}；请使用相应版本的程序。", manifest.format),
                format!("The backup has format {}, this program knows {FORMAT}; use the program of that version.", manifest.format),
            ));
        }
        for file in &manifest.files {
            let outside = Path::new(&file.path).is_absolute() || file.path.split('/').any(|part| part == "..");
            if outside || describe(src, &file.path)? != *file {
                return Err(StoreError::damaged(format!("{} is not what the backup's {MANIFEST} says", file.path)));
            }
        }
        let mut archive = open_archive(&src.join(DATABASE))?;
        if let Some(broken) = archive.as_sqlite().map(Sqlite::integrity).transpose()?.flatten() {
            return Err(StoreError::damaged(broken));
        }
        compare(&mut archive, &manifest)?;
        Ok(manifest)
    }

    /// Restores into an empty place. A PostgreSQL target wants the model of the backup; an SQLite one is restored as it
    /// was and then opened, or migrated, like any other database.
    pub fn restore(src: &Path, target: &Config, model: &Arc<Model>, tenant: &str) -> Result<Manifest, StoreError> {
        let manifest = Store::verify_backup(src)?;
        refuse_filled(target.dir())?;
        belongs(src, tenant)?;
        match target {
            Config::Sqlite { dir } => {
                let outcome = restore_file(src, dir, &manifest);
                if outcome.is_err() {
                    let _ = fs::remove_dir_all(dir);
                }
                outcome?;
            }
            Config::Postgres { schema, files, .. } => {
                if manifest.model_hash != model.hash {
                    return Err(StoreError::ModelChanged { applied: manifest.model_hash, given: model.hash.clone() });
                }
                let mut conn = target.connect(&Arc::default())?;
                if let Some(schema) = schema {
                    conn.batch(&format!("CREATE SCHEMA IF NOT EXISTS {}", quoted(schema)))?;
                }
                if has_table(&mut conn, "meta")? {
                    return Err(StoreError::NotEmpty(schema.clone().unwrap_or_else(|| "public".into())));
                }
                fs::create_dir_all(files)?;
                copy_attachments(&manifest, src, files)?;
                conn.begin(Access::Write)?;
                let layout = Layout::new(model)?;
                let outcome = restore_rows(src, &mut conn, &layout, &manifest).and_then(|()| conn.commit());
                if outcome.is_err() {
                    conn.rollback();
                    let _ = fs::remove_dir_all(files);
                }
                outcome?;
                let _ = conn.batch("ANALYZE");
            }
        }
        Ok(manifest)
    }
}

fn open_archive(file: &Path) -> Result<Conn, StoreError> {
    Ok(Conn::sqlite(Sqlite::open(file, sqlite::Role::Archived)?, Arc::default()))
}

/// A backup of other installations would look empty to this one.
fn belongs(src: &Path, tenant: &str) -> Result<(), StoreError> {
    let tenants = open_archive(&src.join(DATABASE))?.all("SELECT DISTINCT tenant FROM meta ORDER BY tenant", &[], |row| row.text(0))?;
    if tenants.iter().any(|t| t == tenant) {
        return Ok(());
    }
    let there = tenants.join(", ");
    Err(StoreError::unknown(
        format!("备份属于“{there}”，不是“{tenant}”；请核对备份或系统代码。"),
        format!("The backup is of \"{there}\", not of \"{tenant}\"; check the backup or the installation's code."),
    ))
}

fn compare(conn: &mut Conn, manifest: &Manifest) -> Result<(), StoreError> {
    for expected in &manifest.tables {
        let found = digest::of(conn, &expected.name, expected.columns.clone(), expected.key.clone())?;
        if found != *expected {
            let (name, rows, want) = (&expected.name, found.rows, expected.rows);
            return Err(StoreError::damaged(format!("table {name} has {rows} rows, {want} are expected, or their contents differ")));
        }
    }
    Ok(())
}

/// The database takes its name last: a restore that was interrupted leaves no database.
fn restore_file(src: &Path, dir: &Path, manifest: &Manifest) -> Result<(), StoreError> {
    fs::create_dir_all(dir)?;
    copy_attachments(manifest, src, dir)?;
    let part = dir.join(format!("{DATABASE}.part"));
    fs::copy(src.join(DATABASE), &part)?;
    fs::File::open(&part)?.sync_all()?;
    fs::rename(&part, dir.join(DATABASE))?;
    sync_folder(dir)?;
    let copied = manifest.files.iter().find(|f| f.path == DATABASE);
    if Some(&describe(dir, DATABASE)?) == copied { Ok(()) } else { Err(StoreError::damaged("the database was not copied as it is")) }
}

fn restore_rows(src: &Path, conn: &mut Conn, layout: &Layout, manifest: &Manifest) -> Result<(), StoreError> {
    lock_schema(conn)?;
    let mut archive = open_archive(&src.join(DATABASE))?;
    let tables = all_tables(layout, &applied_model(&mut archive)?);
    create(conn, layout, &tables)?;
    tables.iter().try_for_each(|table| copy_table(&mut archive, conn, table))?;
    crate::search::index::rebuild(layout.all(), conn)?;
    compare(conn, manifest)
}
