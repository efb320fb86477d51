//! Documents attached to a record: who sees the record reads them, who may change it adds and removes them; to a claim,
//! its firm while it fills it in.
//!
//! Adding and removing stand in the journal; the bytes lie in the store's files and never change.
use crate::fault::{Fault, Outcome, invalid};
use crate::{Caller, RequestKey, claims};
use liangu_base::{Id, Text};
use liangu_store::{DocumentPut, FileMeta, StoredFile};
use serde::Serialize;
use utoipa::ToSchema;

/// Prefix of the outside ids.
const PREFIX: &str = "file";
/// Kind of the journal's lines.
const KIND: &str = "attachment";
/// Bytes of a document.
pub const ATTACHMENT_BYTES: usize = 20 << 20;
/// Documents of a record.
const MOST: usize = 50;
/// Characters of a name.
const NAME: usize = 200;

/// What a document may be, by the end of its name; anything else is taken as bytes.
const MEDIA: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("txt", "text/plain; charset=utf-8"),
];

/// A document of a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attachment {
    pub id: String,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    pub created_at: String,
}

impl From<&StoredFile> for Attachment {
    fn from(file: &StoredFile) -> Attachment {
        Attachment {
            id: file.meta.id.text(PREFIX),
            name: file.meta.name.clone(),
            media_type: file.meta.media_type.clone(),
            size: file.size,
            created_at: file.created_at.to_rfc3339_beijing(),
        }
    }
}

impl Caller<'_> {
    /// Oldest first.
    ///
    /// # Errors
    /// Not found where the record is out of sight.
    pub fn attachments(&self, record: &str, id: &str) -> Outcome<Vec<Attachment>> {
        let id = self.id(record, id)?;
        self.visible(record, id)?;
        Ok(self.app.store.read(|reader| reader.files_of(record, id))?.iter().map(Attachment::from).collect())
    }

    /// # Errors
    /// Forbidden where the record may not be changed; invalid for an empty document, a bad name, or one too many.
    pub fn attach(&self, record: &str, id: &str, name: &str, bytes: &[u8], key: &RequestKey) -> Outcome<Attachment> {
        let id = self.changeable(record, id)?;
        let name: String = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(NAME).collect();
        if name.trim().is_empty() || bytes.is_empty() {
            return Err(invalid("file", "empty", "请选择一个有内容的文件。", "Choose a file with content."));
        }
        if self.app.store.read(|reader| reader.files_of(record, id))?.len() >= MOST {
            let (zh, en) = (format!("一条记录最多附 {MOST} 个文件。"), format!("A record has at most {MOST} documents."));
            return Err(invalid("file", "too_many", zh, en));
        }
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let media = MEDIA.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, media)| media);
        let file = self.app.next_id();
        let meta = FileMeta { id: file, name, media_type: media.to_owned(), record: Some(record.to_owned()), record_id: Some(id) };
        let stored = self.app.store.put_file(&meta, bytes, self.principal.account, self.now())?;
        let mut commit = self.commit(&format!("{record}.attach"));
        let value = serde_json::json!({"record": record, "id": id, "name": stored.meta.name, "sha256": stored.sha256});
        commit.documents.push(line(file, Some(value)));
        let receipt = self.commit_once(commit, Some(key), move |_| serde_json::json!({"file": file}))?;
        let first = receipt.replayed.as_ref().and_then(|first| serde_json::from_value::<Id>(first["file"].clone()).ok());
        if let Some(first) = first {
            self.app.store.remove_file(file)?;
            return self.stored(record, id, first).map(|file| Attachment::from(&file));
        }
        Ok(Attachment::from(&stored))
    }

    /// Name, media type and bytes.
    ///
    /// # Errors
    /// Not found where the record is out of sight or has no such document.
    pub fn attachment(&self, record: &str, id: &str, file: &str) -> Outcome<(String, String, Vec<u8>)> {
        let id = self.id(record, id)?;
        self.visible(record, id)?;
        let stored = self.stored(record, id, Id::parse(PREFIX, file).map_err(|_| Fault::NotFound)?)?;
        let bytes = self.app.store.file_bytes(stored.meta.id)?;
        Ok((stored.meta.name, stored.meta.media_type, bytes))
    }

    /// # Errors
    /// Forbidden where the record may not be changed; not found without such a document.
    pub fn detach(&self, record: &str, id: &str, file: &str) -> Outcome<()> {
        let id = self.changeable(record, id)?;
        let stored = self.stored(record, id, Id::parse(PREFIX, file).map_err(|_| Fault::NotFound)?)?;
        let mut commit = self.commit(&format!("{record}.detach"));
        commit.documents.push(line(stored.meta.id, None));
        self.app.write(commit)?;
        Ok(self.app.store.remove_file(stored.meta.id)?)
    }

    fn changeable(&self, record: &str, id: &str) -> Outcome<Id> {
        let id = self.id(record, id)?;
        let item = self.visible(record, id)?;
        let may = match record {
            claims::CLAIM => claims::may_attach(self, &item)?,
            _ => self.may_update(self.record_type(record)?, id)?,
        };
        match may.reason {
            None => Ok(id),
            Some(reason) => Err(Fault::Forbidden { code: "update", why: Text::from(reason) }),
        }
    }

    fn stored(&self, record: &str, id: Id, file: Id) -> Outcome<StoredFile> {
        let stored = self.app.store.read(|reader| reader.file(file))?;
        let own = |file: &StoredFile| file.meta.record.as_deref() == Some(record) && file.meta.record_id == Some(id);
        stored.filter(own).ok_or(Fault::NotFound)
    }
}

fn line(file: Id, value: Option<serde_json::Value>) -> DocumentPut {
    DocumentPut { kind: KIND.to_owned(), key: file.to_string(), value, expected_version: None, journal: true }
}
