//! What the program asks to be written, and what it is told.
//!
//! A [`Commit`] is one decision of one person or operation. It is written as a whole or not at all: rows, facts,
//! journal, outbox, jobs, documents and the answer kept for a repeated request.
use crate::accounts::AccountChange;
use crate::value::{Value, Values, Years};
use liangu_base::{Date, Id, Instant};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Builds the answer kept under the idempotency key from what was written.
pub type Respond = Arc<dyn Fn(&Receipt) -> Json + Send + Sync>;

#[derive(Clone)]
pub struct Commit {
    pub actor: Option<Id>,
    pub at: Instant,
    /// The day by which dates are judged: no fact and no `past` date lies after it. In Beijing's time that of `at`,
    /// unless the installation lives on another day.
    pub day: Date,
    /// Name of the command in the journal, as `enterprise.update`.
    pub command: String,
    /// Id of the request, for tracing.
    pub request: Option<String>,
    pub idempotency: Option<Idempotency>,
    /// Source and date for values of `fact` fields that come in creates and updates.
    pub stamp: Option<Stamp>,
    pub changes: Vec<Change>,
    pub facts: Vec<FactEntry>,
    pub documents: Vec<DocumentPut>,
    pub accounts: Vec<AccountChange>,
    pub outbox: Vec<Outbox>,
    pub jobs: Vec<Job>,
    pub respond: Option<Respond>,
}

impl Commit {
    pub fn new(at: Instant, command: &str) -> Commit {
        Commit {
            actor: None,
            at,
            day: at.date_beijing(),
            command: command.to_owned(),
            request: None,
            idempotency: None,
            stamp: None,
            changes: Vec::new(),
            facts: Vec::new(),
            documents: Vec::new(),
            accounts: Vec::new(),
            outbox: Vec::new(),
            jobs: Vec::new(),
            respond: None,
        }
    }
}

impl fmt::Debug for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Commit")
            .field("command", &self.command)
            .field("at", &self.at)
            .field("changes", &self.changes)
            .field("facts", &self.facts)
            .finish_non_exhaustive()
    }
}

/// A repeated request gets the first answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// Who and what, as account and route.
    pub scope: String,
    pub key: String,
    /// Digest of the body: the same key with another body is refused.
    pub body_hash: String,
    pub keep_until: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// A source of the model.
    pub source: String,
    pub as_of: Date,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Create {
        record: String,
        id: Id,
        values: Values,
        years: Years,
    },
    /// `expected_version` of `None` is for operations that decide by other means; people always send what they saw.
    Update {
        record: String,
        id: Id,
        expected_version: Option<i64>,
        values: Values,
        years: Years,
    },
    Delete {
        record: String,
        id: Id,
        expected_version: i64,
    },
}

impl Change {
    pub fn record(&self) -> &str {
        match self {
            Change::Create { record, .. } | Change::Update { record, .. } | Change::Delete { record, .. } => record,
        }
    }

    pub fn id(&self) -> Id {
        match self {
            Change::Create { id, .. } | Change::Update { id, .. } | Change::Delete { id, .. } => *id,
        }
    }
}

/// One source's word on one field. The row takes the value that counts: of the source with the lower rank, then the
/// later `as_of`, then the later entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactEntry {
    pub record: String,
    pub id: Id,
    pub field: String,
    /// Of a yearly field.
    pub year: Option<i32>,
    /// Null withdraws what this source said before.
    pub value: Value,
    pub source: String,
    pub as_of: Date,
}

/// One record of a bulk load with its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    pub change: Change,
    pub facts: Vec<FactEntry>,
}

/// A named piece of JSON beside the records: settings, shapes of the map, values of an indicator by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPut {
    pub kind: String,
    pub key: String,
    /// `None` deletes.
    pub value: Option<Json>,
    /// `Some(0)`: must not exist yet. `None`: whatever is there.
    pub expected_version: Option<i64>,
    /// Whether the journal tells of it; not for secrets and what changes by itself.
    pub journal: bool,
}

/// A message to other parts, written with the change it tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbox {
    pub topic: String,
    pub payload: Json,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub kind: String,
    pub payload: Json,
    pub run_at: Instant,
}

/// What a commit came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Sequence of the last journal line; of the first answer when replayed.
    pub sequence: i64,
    /// New version of each record written.
    pub versions: BTreeMap<Id, i64>,
    /// Running numbers given to new records.
    pub numbers: BTreeMap<Id, Values>,
    /// Values kept on file that do not count, because a better source says something else.
    pub outranked: Vec<Outranked>,
    /// Set when the key was seen before: nothing was written, this was the answer.
    pub replayed: Option<Json>,
    /// What [`Commit::respond`] made.
    pub response: Option<Json>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outranked {
    pub id: Id,
    pub field: String,
    pub year: Option<i32>,
}
