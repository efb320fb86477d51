//! Documents beside a claim: what it is judged by, what it rests on, what persons judged, what was decided.
//!
//! Invariants: a basis is kept under its digest and never changes; a decision's file is the one whose digest its record
//! names. Whoever decides again adds a record; earlier ones stay.
use super::CLAIM;
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use liangu_base::Id;
use liangu_policy::decision::{Basis, Frozen, Judgements, Record};
use liangu_store::DocumentPut;
use serde::Serialize;
use serde::de::DeserializeOwned;

const BASIS: &str = "claim_basis";
const FILE: &str = "claim_file";
/// A file on which a decision rests, under the decision's key.
const DECIDED_FILE: &str = "claim_decided_file";
const JUDGEMENTS: &str = "claim_judgements";
const DECISION: &str = "claim_decision";

fn put<T: Serialize>(kind: &str, key: String, value: &T) -> Outcome<DocumentPut> {
    let value = serde_json::to_value(value).map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(DocumentPut { kind: kind.to_owned(), key, value: Some(value), expected_version: None, journal: false })
}

fn get<T: DeserializeOwned>(app: &App, kind: &str, key: &str) -> Outcome<Option<T>> {
    let Some(document) = app.store.document(kind, key)? else { return Ok(None) };
    serde_json::from_value(document.value).map(Some).map_err(|e| Fault::Internal(format!("document {kind} {key}: {e}")))
}

/// The basis, if it is not on file yet.
pub(crate) fn basis_put(app: &App, digest: &str, basis: &Basis) -> Outcome<Option<DocumentPut>> {
    match app.store.document(BASIS, digest)? {
        Some(_) => Ok(None),
        None => put(BASIS, digest.to_owned(), basis).map(Some),
    }
}

pub(crate) fn basis(app: &App, digest: &str) -> Outcome<Basis> {
    get(app, BASIS, digest)?.ok_or_else(|| Fault::Internal(format!("there is no basis {digest}")))
}

/// What a claim rests on.
pub(crate) fn file_put(claim: Id, frozen: &Frozen) -> Outcome<DocumentPut> {
    put(FILE, claim.to_string(), frozen)
}

/// None for a claim that was never handed in.
pub(crate) fn file(app: &App, claim: Id) -> Outcome<Option<Frozen>> {
    get(app, FILE, &claim.to_string())
}

pub(super) fn judgements_put(claim: Id, judgements: &Judgements) -> Outcome<DocumentPut> {
    Ok(DocumentPut { journal: true, ..put(JUDGEMENTS, claim.to_string(), judgements)? })
}

pub(crate) fn judgements(app: &App, claim: Id) -> Outcome<Judgements> {
    Ok(get(app, JUDGEMENTS, &claim.to_string())?.unwrap_or_default())
}

/// The record with the file it rests on.
pub(crate) fn decision_put(claim: Id, nth: usize, record: &Record, frozen: &Frozen) -> Outcome<[DocumentPut; 2]> {
    let key = decision_key(claim, nth);
    Ok([DocumentPut { journal: true, ..put(DECISION, key.clone(), record)? }, put(DECIDED_FILE, key, frozen)?])
}

fn decision_key(claim: Id, nth: usize) -> String {
    format!("{claim}.{nth}")
}

/// Records of a claim, oldest first, each with its file.
pub(crate) fn decisions(app: &App, claim: Id) -> Outcome<Vec<(Record, Frozen)>> {
    let mut found = Vec::new();
    while let Some(record) = get::<Record>(app, DECISION, &decision_key(claim, found.len()))? {
        let key = decision_key(claim, found.len());
        let frozen = get(app, DECIDED_FILE, &key)?.ok_or_else(|| Fault::Internal(format!("decision {key} has no file")))?;
        found.push((record, frozen));
    }
    Ok(found)
}

/// Id of the outside form.
pub(crate) fn outside(app: &App, claim: Id) -> String {
    claim.text(&app.model.records[CLAIM].prefix)
}
