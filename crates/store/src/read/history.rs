//! What happened to a record, and who says what about it.
use super::Reader;
use crate::engine::Row;
use crate::error::StoreError;
use crate::value::Value;
use crate::write::facts::{Word, current, date, latest};
use liangu_base::{Date, Id, Instant};
use serde_json::Value as Json;

/// One line of the journal: what one commit did to one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Without gaps, in the order of commits.
    pub sequence: i64,
    pub at: Instant,
    pub actor: Option<Id>,
    pub command: String,
    pub request: Option<String>,
    /// A record type, `account` or `document`.
    pub record: String,
    pub id: Id,
    /// Version after the change.
    pub version: i64,
    pub kind: ChangeKind,
    pub changes: Vec<FieldChange>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    Created,
    Updated,
    Deleted,
}

/// Values in the API's raw form; null is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    pub field: String,
    pub year: Option<i32>,
    pub from: Json,
    pub to: Json,
}

/// One entry of a source about one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub field: String,
    pub year: Option<i32>,
    pub value: Value,
    pub source: String,
    pub as_of: Date,
    pub recorded_at: Instant,
    pub recorded_by: Option<Id>,
    pub sequence: i64,
    /// The row shows this one.
    pub current: bool,
    /// Another source's latest word differs from the one that counts and was not entered before it: who entered the
    /// counting word later had the others before him.
    pub contested: bool,
}

const LINE: &str = "SELECT sequence, at, actor, command, request, record, id, version, changes FROM journal";

fn entry(row: &Row<'_>) -> Result<JournalEntry, StoreError> {
    let changes: Json = serde_json::from_str(&row.text(8)?).map_err(|e| StoreError::damaged(e.to_string()))?;
    let (kind, changes) = field_changes(changes)?;
    Ok(JournalEntry {
        sequence: row.int(0)?,
        at: row.instant(1)?,
        actor: row.opt_id(2)?,
        command: row.text(3)?,
        request: row.opt_text(4)?,
        record: row.text(5)?,
        id: row.id(6)?,
        version: row.int(7)?,
        kind,
        changes,
    })
}

/// `{"c": {field: to}}`, `{"u": {field: [from, to]}}`, `{"d": {field: from}}`; a year is written `field@2025`.
fn field_changes(mut line: Json) -> Result<(ChangeKind, Vec<FieldChange>), StoreError> {
    let kinds = [("c", ChangeKind::Created), ("u", ChangeKind::Updated), ("d", ChangeKind::Deleted)];
    let found = kinds.iter().find_map(|(key, kind)| Some((*kind, line.get_mut(*key)?.take())));
    let Some((kind, Json::Object(fields))) = found else {
        return Err(StoreError::damaged("a line of the journal has no changes"));
    };
    let changes = fields.into_iter().map(|(name, value)| {
        let (field, year) = match name.rsplit_once('@') {
            Some((field, year)) if year.parse::<i32>().is_ok() => (field.to_owned(), year.parse().ok()),
            _ => (name, None),
        };
        let (from, to) = match (kind, value) {
            (ChangeKind::Created, to) => (Json::Null, to),
            (ChangeKind::Deleted, from) => (from, Json::Null),
            (ChangeKind::Updated, mut pair) => (pair[0].take(), pair[1].take()),
        };
        FieldChange { field, year, from, to }
    });
    Ok((kind, changes.collect()))
}

/// Whether some source's latest word contradicts the one at `counts`, unseen by it.
fn differs(words: &[Word], counts: usize) -> bool {
    let against = |at: usize| !words[at].value.is_null() && words[at].value != words[counts].value;
    latest(words).into_iter().any(|at| against(at) && words[at].sequence >= words[counts].sequence)
}

impl Reader<'_> {
    /// The last sequence of the journal; 0 before the first.
    pub fn head(&mut self) -> Result<i64, StoreError> {
        let params = [self.tenant().into()];
        Ok(self.conn.one("SELECT value FROM counter WHERE tenant = ?1 AND name = 'journal'", &params, |row| row.int(0))?.unwrap_or(0))
    }

    /// Oldest first.
    pub fn journal(&mut self, after: i64, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        let params = [self.tenant().into(), after.into(), i64::from(limit).into()];
        self.conn.all(&format!("{LINE} WHERE tenant = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3"), &params, entry)
    }

    /// Newest first, from before `before` on.
    pub fn journal_before(&mut self, before: Option<i64>, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        let params = [self.tenant().into(), before.unwrap_or(i64::MAX).into(), i64::from(limit).into()];
        self.conn.all(&format!("{LINE} WHERE tenant = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3"), &params, entry)
    }

    /// Lines about one record, newest first, from before `before` on.
    pub fn history(&mut self, record: &str, id: Id, before: Option<i64>, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        let params = [self.tenant().into(), id.into(), before.unwrap_or(i64::MAX).into(), record.into(), i64::from(limit).into()];
        let sql = format!("{LINE} WHERE tenant = ?1 AND id = ?2 AND sequence < ?3 AND record = ?4 ORDER BY sequence DESC LIMIT ?5");
        self.conn.all(&sql, &params, entry)
    }

    /// Everything on file about a record, by field, year, and the newest entry first.
    pub fn facts(&mut self, record: &str, id: Id) -> Result<Vec<Fact>, StoreError> {
        self.facts_until(record, id, Date::MAX)
    }

    /// What is on file now about days up to `day`: current is what would count if nothing had been said about later ones.
    pub fn facts_until(&mut self, record: &str, id: Id, day: Date) -> Result<Vec<Fact>, StoreError> {
        let layout = self.layout(record)?;
        let params = [self.tenant().into(), id.into()];
        let sql = "SELECT field, period, source, sequence, value, as_of, recorded_at, recorded_by FROM fact
                   WHERE tenant = ?1 AND id = ?2 ORDER BY field, period, sequence DESC";
        let mut facts = self.conn.all(sql, &params, |row| {
            let field = row.text(0)?;
            let json = serde_json::from_str(&row.text(4)?).map_err(|e| StoreError::damaged(e.to_string()))?;
            // Facts of a field that was removed or has another type now stay on file as they were.
            let value = layout.field(&field).ok().and_then(|f| Value::from_json(&json, &f.ty, layout.model()).ok());
            let value = value.unwrap_or_else(|| Value::Text(json.to_string()));
            let year = Some(row.int(1)? as i32).filter(|year| *year != 0);
            let (recorded_at, recorded_by) = (row.instant(6)?, row.opt_id(7)?);
            Ok(Fact {
                field,
                year,
                value,
                source: row.text(2)?,
                as_of: date(row.int(5)?)?,
                recorded_at,
                recorded_by,
                sequence: row.int(3)?,
                current: false,
                contested: false,
            })
        })?;
        facts.retain(|fact| fact.as_of <= day);
        for group in facts.chunk_by_mut(|a, b| a.field == b.field && a.year == b.year) {
            let words: Vec<Word> = group
                .iter()
                .map(|f| Word { source: f.source.clone(), as_of: f.as_of, sequence: f.sequence, value: f.value.clone() })
                .collect();
            let Some(counts) = current(layout.model(), &words) else { continue };
            let contested = differs(&words, counts);
            group.iter_mut().for_each(|f| f.contested = contested);
            group[counts].current = true;
        }
        Ok(facts)
    }

    /// Facts about which sources differ.
    pub fn conflicts(&mut self, record: &str, id: Id) -> Result<Vec<Fact>, StoreError> {
        let mut facts = self.facts(record, id)?;
        facts.retain(|f| f.contested);
        Ok(facts)
    }
}
