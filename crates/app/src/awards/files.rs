//! What a run keeps beside its row, in chunks of [`super::CHUNK`] firms in the order of their ids.
//!
//! Documents are named by run, freeze and chunk: a later freeze writes beside an earlier one, never over it.
use super::CHUNK;
use super::run::Run;
use super::wire::SkipCount;
use crate::App;
use crate::claims::{CLAIM, slot};
use crate::eligibility::FIRM;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::views::Words;
use liangu_base::Id;
use liangu_policy::decision::Frozen;
use liangu_store::{DocumentPut, Reader, StoreError, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Ids of the firms that fitted when the freeze was ordered.
const FIRMS: &str = "award_firms";
/// Frozen firms of a chunk.
const FILE: &str = "award_file";
/// Lines of a chunk, written by the dry run, completed by granting.
const LINES: &str = "award_lines";
/// How many firms get nothing for which reason.
const SKIPPED: &str = "award_skipped";

/// A firm as it was frozen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Id of the outside form.
    pub firm: String,
    pub title: String,
    pub credit_code: Option<String>,
    pub region: Option<String>,
    /// Version of the firm's row.
    pub version: i64,
    pub frozen: Frozen,
}

/// A line of the dry run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    pub firm: String,
    pub title: String,
    pub credit_code: Option<String>,
    pub region: Option<String>,
    /// Fen; none where unknown.
    pub full: Option<i64>,
    /// Fen.
    pub amount: i64,
    pub code: Option<String>,
    pub skipped: Option<Words>,
    pub note: Option<Words>,
    /// Id of the claim that was made.
    pub claim: Option<String>,
}

fn name(run: &Run, chunk: usize) -> String {
    format!("{}/{:06}/{chunk:06}", run.item.id, run.round)
}

fn whole(run: &Run) -> String {
    format!("{}/{:06}", run.item.id, run.round)
}

fn put<T: Serialize + ?Sized>(kind: &str, key: String, value: &T) -> Outcome<DocumentPut> {
    let value = serde_json::to_value(value).map_err(|error| Fault::Internal(error.to_string()))?;
    Ok(DocumentPut { kind: kind.to_owned(), key, value: Some(value), expected_version: None, journal: false })
}

fn read<T: DeserializeOwned>(reader: &mut Reader<'_>, kind: &str, key: &str) -> Result<T, StoreError> {
    let document = reader.document(kind, key)?.ok_or_else(|| StoreError::damaged(format!("{kind} {key} is not on file")))?;
    serde_json::from_value(document.value).map_err(|error| StoreError::damaged(format!("{kind} {key}: {error}")))
}

pub(super) fn put_firms(run: &Run, firms: &[String]) -> Outcome<DocumentPut> {
    put(FIRMS, whole(run), firms)
}

/// The firms of a chunk, of those that fitted.
pub(super) fn firms(app: &App, run: &Run, chunk: usize) -> Outcome<Vec<String>> {
    let all: Vec<String> = app.store.read(|reader| read(reader, FIRMS, &whole(run)))?;
    Ok(all.into_iter().skip(chunk * CHUNK).take(CHUNK).collect())
}

pub(super) fn put_file(run: &Run, chunk: usize, entries: &[Entry]) -> Outcome<DocumentPut> {
    put(FILE, name(run, chunk), entries)
}

pub(super) fn file(reader: &mut Reader<'_>, run: &Run, chunk: usize) -> Result<Vec<Entry>, StoreError> {
    read(reader, FILE, &name(run, chunk))
}

pub(super) fn put_lines(run: &Run, chunk: usize, lines: &[Line]) -> Outcome<DocumentPut> {
    put(LINES, name(run, chunk), lines)
}

pub(super) fn lines(reader: &mut Reader<'_>, run: &Run, chunk: usize) -> Result<Vec<Line>, StoreError> {
    read(reader, LINES, &name(run, chunk))
}

pub(super) fn put_skipped(run: &Run, counts: &[SkipCount]) -> Outcome<DocumentPut> {
    put(SKIPPED, whole(run), counts)
}

pub(super) fn skipped(app: &App, run: &Run) -> Outcome<Vec<SkipCount>> {
    let Some(document) = app.store.document(SKIPPED, &whole(run))? else { return Ok(Vec::new()) };
    serde_json::from_value(document.value).map_err(|error| Fault::Internal(format!("{SKIPPED}: {error}")))
}

/// A firm's id from its outside form.
pub(super) fn firm_id(app: &App, firm: &str) -> Option<Id> {
    Id::parse(&app.model.records[FIRM].prefix, firm).ok()
}

/// Those of the firms that have a claim on the run's policy in its year.
pub(super) fn claimed(app: &App, reader: &mut Reader<'_>, run: &Run, firms: &[Id]) -> Result<HashSet<Id>, StoreError> {
    let Some(day) = run.day else { return Ok(HashSet::new()) };
    let mut claimed = HashSet::new();
    for firm in firms {
        let slot = Value::text(slot(app, run.policy, *firm, day.year().into()));
        if reader.find(CLAIM, "slot", &slot)?.is_some() {
            claimed.insert(*firm);
        }
    }
    Ok(claimed)
}
