//! What an administrator looks after: packs, journal, calendar, database, backups, the matching engine.
use crate::fault::{Outcome, forbidden};
use crate::model_view::PackModel;
use crate::reads::Reads as _;
use crate::records::{HistoryPage, next, shown};
use crate::{ADMINISTRATOR, App, Caller};
use liangu_base::Id;
use liangu_store::JournalEntry;
use serde::Serialize;
use utoipa::ToSchema;

const JOURNAL_LIMIT: u32 = 50;

#[derive(Debug, Serialize, ToSchema)]
pub struct Administration {
    pub packs: Vec<PackModel>,
    pub journal: JournalState,
    pub calendar: Vec<CalendarYear>,
    pub database: DatabaseState,
    /// When the last backup was made, as far as this installation knows.
    pub last_backup: Option<String>,
    pub matching: MatchingState,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JournalState {
    pub last_sequence: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarYear {
    pub year: i32,
    pub published: bool,
    /// The notice of the State Council's General Office.
    pub notice: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DatabaseState {
    /// `SQLite` or `PostgreSQL`.
    pub kind: String,
    pub size_bytes: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MatchingState {
    pub rows: u64,
    pub policies: u64,
    /// Policies the engine does not judge, and why; none is dropped in silence.
    pub refused: Vec<RefusedPolicy>,
    pub loaded_in_ms: u64,
    /// Journal sequence that the engine has taken in.
    pub sequence: i64,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RefusedPolicy {
    pub id: String,
    pub title: String,
    pub reason: String,
}

impl Caller<'_> {
    fn looks_after(&self) -> Outcome<()> {
        if self.principal.has(ADMINISTRATOR) {
            return Ok(());
        }
        Err(forbidden("role", "只有系统管理员可以查看。", "Only an administrator may look here."))
    }

    pub fn administration(&self) -> Outcome<Administration> {
        self.looks_after()?;
        let store = &self.app.store;
        let last_backup = store.document("backup", "last")?;
        Ok(Administration {
            packs: self.packs(),
            journal: JournalState { last_sequence: store.head()? },
            calendar: self.app.calendar_years(),
            database: DatabaseState { kind: store.engine().label().to_owned(), size_bytes: store.size_bytes()? },
            last_backup: last_backup.and_then(|backup| backup.value["at"].as_str().map(str::to_owned)),
            matching: self.app.eligibility.state(),
        })
    }

    /// The journal of the whole installation, newest first, before `after`.
    pub fn journal(&self, after: Option<i64>) -> Outcome<HistoryPage> {
        self.looks_after()?;
        let entries = self.app.store.journal_before(after, JOURNAL_LIMIT)?;
        let next = next(&entries);
        let actors = self.actors(&entries)?;
        let items = entries.into_iter().map(|entry| {
            let (record, id) = (entry.record.clone(), self.outside_id(&entry));
            crate::records::HistoryEntry { record: Some(record), id: Some(id), ..shown(entry, &actors, |_| true) }
        });
        Ok(HistoryPage { items: items.collect(), next })
    }

    pub(crate) fn journal_of(&self, record: &str, id: Id, after: Option<i64>) -> Outcome<HistoryPage> {
        let entries = self.app.store.history(record, id, after, JOURNAL_LIMIT)?;
        let actors = self.actors(&entries)?;
        let next = next(&entries);
        Ok(HistoryPage { items: entries.into_iter().map(|entry| shown(entry, &actors, |_| true)).collect(), next })
    }

    fn outside_id(&self, entry: &JournalEntry) -> String {
        let prefix = match self.app.model.records.get(&entry.record) {
            Some(record) => record.prefix.as_str(),
            None if entry.record == "account" => crate::accounts::PREFIX,
            None => "id",
        };
        entry.id.text(prefix)
    }
}

impl App {
    /// The years around today, so that a year still to be loaded is seen in time.
    fn calendar_years(&self) -> Vec<CalendarYear> {
        let file: serde_json::Value = serde_json::from_str(liangu_packs::standards::HOLIDAYS).unwrap_or_default();
        let this = self.today().year();
        let year = |year: i32| {
            let entry = &file["years"][year.to_string()];
            CalendarYear {
                year,
                published: entry["published"].as_bool().unwrap_or(false),
                notice: entry["notice"].as_str().map(str::to_owned),
            }
        };
        (this - 1..=this + 1).map(year).collect()
    }
}
