//! What happened to a record: the journal's entries, with the fields the reader may read.
use crate::fault::Outcome;
use crate::reads::Reads as _;
use crate::views::Raw;
use crate::{Caller, access};
use liangu_base::{Id, Text};
use liangu_store::JournalEntry;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

const HISTORY_LIMIT: u32 = 50;

#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryPage {
    pub items: Vec<HistoryEntry>,
    /// Sequence to go on from.
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryEntry {
    pub sequence: i64,
    pub at: String,
    /// `None`: the program itself or the console.
    pub actor: Option<Actor>,
    pub command: String,
    pub changes: Vec<Changed>,
    /// Record type and id; in the journal of the whole installation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Actor {
    pub name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Changed {
    /// Of a yearly field `2025.revenue`.
    pub field: String,
    pub from: Raw,
    pub to: Raw,
}

impl Caller<'_> {
    /// Newest first, before `after`.
    pub fn history(&self, record: &str, id: &str, after: Option<i64>) -> Outcome<HistoryPage> {
        let id = self.id(record, id)?;
        self.visible(record, id)?;
        let entries = self.app.store.history(record, id, after, HISTORY_LIMIT)?;
        let record = self.record_type(record)?;
        let readable = |field: &str| record.fields.get(field).is_some_and(|field| access::reads(self.principal, field));
        let next = next(&entries);
        let actors = self.actors(&entries)?;
        let items = entries.into_iter().map(|entry| shown(entry, &actors, readable)).collect();
        Ok(HistoryPage { items, next })
    }

    /// Names of the accounts that acted.
    pub(crate) fn actors(&self, entries: &[JournalEntry]) -> Outcome<HashMap<Id, String>> {
        let mut names = HashMap::new();
        for id in entries.iter().filter_map(|entry| entry.actor) {
            if let std::collections::hash_map::Entry::Vacant(place) = names.entry(id) {
                let account = self.app.store.account(id)?;
                let gone = || Text::fixed("已删除的账户", "a deleted account").get(self.lang).to_owned();
                place.insert(account.map_or_else(gone, |account| account.name));
            }
        }
        Ok(names)
    }
}

pub(crate) fn next(entries: &[JournalEntry]) -> Option<String> {
    let full = entries.len() >= HISTORY_LIMIT as usize;
    entries.last().filter(|_| full).map(|entry| entry.sequence.to_string())
}

pub(crate) fn shown(entry: JournalEntry, actors: &HashMap<Id, String>, readable: impl Fn(&str) -> bool) -> HistoryEntry {
    let changes = entry.changes.into_iter().filter(|change| readable(&change.field));
    HistoryEntry {
        sequence: entry.sequence,
        at: entry.at.to_rfc3339_beijing(),
        actor: entry.actor.and_then(|id| actors.get(&id)).map(|name| Actor { name: name.clone() }),
        command: entry.command,
        changes: changes
            .map(|change| Changed {
                field: match change.year {
                    Some(year) => format!("{year}.{}", change.field),
                    None => change.field,
                },
                from: Raw(change.from),
                to: Raw(change.to),
            })
            .collect(),
        record: None,
        id: None,
    }
}
