//! Attachments: bytes in the data directory, everything about them in the database.
//!
//! The bytes are on disk before the row that names them is committed, and are never changed; so a row always has its
//! bytes, and a backup that copies the database first and the files after it has them too.
use crate::engine::Row;
use crate::error::StoreError;
use crate::read::Reader;
use crate::{Inner, Store};
use liangu_base::{Id, Instant};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const FOLDER: &str = "files";

/// What is known of an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMeta {
    pub id: Id,
    /// As its owner called it; never a path.
    pub name: String,
    pub media_type: String,
    pub record: Option<String>,
    pub record_id: Option<Id>,
}

/// An attachment that is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    pub meta: FileMeta,
    pub size: u64,
    /// Hexadecimal.
    pub sha256: String,
    pub created_at: Instant,
    pub created_by: Option<Id>,
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Where an attachment's bytes lie below the data directory.
pub(crate) fn place(id: Id) -> PathBuf {
    let name = format!("{:032x}", id.0);
    Path::new(FOLDER).join(&name[30..]).join(name)
}

/// Writes a file so that it is there after a power cut, or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let part = path.with_extension("part");
    let written = fs::File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, path));
    if let Err(error) = written {
        let _ = fs::remove_file(&part);
        return Err(error.into());
    }
    sync_folder(folder)
}

pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    Ok(fs::File::open(folder)?.sync_all()?)
}

const COLUMNS: &str = "id, name, media_type, size, sha256, created_at, created_by, record, record_id";

fn read(row: &Row<'_>) -> Result<StoredFile, StoreError> {
    Ok(StoredFile {
        meta: FileMeta {
            id: row.id(0)?,
            name: row.text(1)?,
            media_type: row.text(2)?,
            record: row.opt_text(7)?,
            record_id: row.opt_id(8)?,
        },
        size: row.int(3)? as u64,
        sha256: row.text(4)?,
        created_at: row.instant(5)?,
        created_by: row.opt_id(6)?,
    })
}

impl Store {
    pub fn put_file(&self, meta: &FileMeta, bytes: &[u8], actor: Option<Id>, at: Instant) -> Result<StoredFile, StoreError> {
        let path = self.0.dir.join(place(meta.id));
        if path.exists() {
            return Err(StoreError::NotEmpty(meta.id.to_string()));
        }
        write_whole(&path, bytes)?;
        let stored = StoredFile {
            meta: meta.clone(),
            size: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes)),
            created_at: at,
            created_by: actor,
        };
        let row = stored.clone();
        let inner: Arc<Inner> = Arc::clone(&self.0);
        let written = self.0.writer.write(move |conn| {
            let marks: Vec<String> = (1..=10).map(|n| format!("?{n}")).collect();
            let sql = format!("INSERT INTO file (tenant, {COLUMNS}) VALUES ({})", marks.join(", "));
            let meta = row.meta.clone();
            let params = [
                inner.tenant.as_str().into(),
                meta.id.into(),
                meta.name.into(),
                meta.media_type.into(),
                (row.size as i64).into(),
                row.sha256.as_str().into(),
                row.created_at.into(),
                row.created_by.into(),
                meta.record.into(),
                meta.record_id.into(),
            ];
            conn.run(&sql, &params).map(|_| ())
        });
        // Without its row nobody would ever find the file again.
        if let Err(error) = written {
            let _ = fs::remove_file(&path);
            return Err(error);
        }
        Ok(stored)
    }

    /// The bytes, if they are still those that were stored.
    pub fn file_bytes(&self, id: Id) -> Result<Vec<u8>, StoreError> {
        let missing = || StoreError::Missing { record: "file".into(), id };
        let stored = self.read(|r| r.file(id))?.ok_or_else(missing)?;
        let bytes = fs::read(self.0.dir.join(place(id))).map_err(|e| {
            if e.kind() == std::io::ErrorKind::NotFound {
                StoreError::damaged(format!("the bytes of file {id} are gone"))
            } else {
                e.into()
            }
        })?;
        if hex(&Sha256::digest(&bytes)) == stored.sha256 {
            Ok(bytes)
        } else {
            Err(StoreError::damaged(format!("the bytes of file {id} have changed")))
        }
    }
}

impl Store {
    /// The bytes as they lie on disk, to be read piece by piece.
    pub fn open_file(&self, id: Id) -> Result<fs::File, StoreError> {
        let missing = || StoreError::Missing { record: "file".into(), id };
        self.read(|r| r.file(id))?.ok_or_else(missing)?;
        Ok(fs::File::open(self.0.dir.join(place(id)))?)
    }

    /// Takes an attachment away: first its row, then its bytes.
    pub fn remove_file(&self, id: Id) -> Result<(), StoreError> {
        self.write_statement("DELETE FROM file WHERE tenant = ?1 AND id = ?2", vec![id.into()])?;
        match fs::remove_file(self.0.dir.join(place(id))) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl Reader<'_> {
    pub fn file(&mut self, id: Id) -> Result<Option<StoredFile>, StoreError> {
        self.conn.one(
            &format!("SELECT {COLUMNS} FROM file WHERE tenant = ?1 AND id = ?2"),
            &[self.inner.tenant.as_str().into(), id.into()],
            read,
        )
    }

    /// Attachments of a record, oldest first.
    pub fn files_of(&mut self, record: &str, id: Id) -> Result<Vec<StoredFile>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM file WHERE tenant = ?1 AND record_id = ?2 AND record = ?3 ORDER BY id");
        self.conn.all(&sql, &[self.inner.tenant.as_str().into(), id.into(), record.into()], read)
    }
}
