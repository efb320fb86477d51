//! What this installation is: its name, its region, whether it is a demonstration, and by which day it judges.
//!
//! Kept as one settings document. A real installation starts with a set-up token whose hash alone is stored; whoever
//! holds the token makes the first administrator, once.
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::secrets::{Secrets, digest, hex, token};
use liangu_base::{Date, Instant, Text};
use liangu_store::{Commit, DocumentPut, Store};
use serde::{Deserialize, Serialize};

const KIND: &str = "installation";
const SETTINGS: &str = "settings";
pub(crate) const SET_UP: &str = "set_up";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installation {
    pub name: Text,
    /// GB/T 2260 code of the region it serves.
    pub region: String,
    pub demonstration: bool,
    /// A demonstration is judged as of this day for ever; a real installation by the clock.
    pub as_of: Option<Date>,
}

impl Installation {
    pub fn today(&self, now: Instant) -> Date {
        self.as_of.filter(|_| self.demonstration).unwrap_or_else(|| now.date_beijing())
    }
}

/// Makes the store an installation. Of a real one, the set-up token is given back: it is printed once and not kept.
///
/// # Errors
/// Conflict when the store is an installation already.
pub fn initialise(store: &Store, installation: &Installation, secrets: &dyn Secrets, now: Instant) -> Outcome<Option<String>> {
    let settings = serde_json::to_value(installation).map_err(|e| Fault::Internal(e.to_string()))?;
    let mut commit = Commit::new(now, "installation.initialise");
    commit.documents.push(put(SETTINGS, Some(settings), Some(0)));
    let token = (!installation.demonstration).then(|| token(secrets));
    if let Some(token) = &token {
        commit.documents.push(put(SET_UP, Some(serde_json::json!({"sha256": hex(&digest(token))})), Some(0)));
    }
    if store.document(KIND, SETTINGS)?.is_some() {
        let why = Text::fixed(
            "这里已经建有一个系统；请换一个目录或数据库。",
            "There is an installation here already; choose another directory or database.",
        );
        return Err(Fault::Conflict { code: "installed", why, fields: vec![] });
    }
    store.commit(commit)?;
    Ok(token)
}

/// Lets a demonstration be judged as of one day for ever.
///
/// # Errors
/// What the store answers; refused for a real installation.
pub fn stand_still(store: &Store, day: Date, now: Instant) -> Outcome<()> {
    let installation = Installation { as_of: Some(day), ..read(store)? };
    if !installation.demonstration {
        return Err(Fault::Internal("a real installation is judged by the clock".to_owned()));
    }
    let settings = serde_json::to_value(&installation).map_err(|e| Fault::Internal(e.to_string()))?;
    let mut commit = Commit::new(now, "installation.stand_still");
    commit.documents.push(put(SETTINGS, Some(settings), None));
    store.commit(commit)?;
    Ok(())
}

pub(crate) fn read(store: &Store) -> Outcome<Installation> {
    let Some(document) = store.document(KIND, SETTINGS)? else {
        return Err(Fault::Internal("no installation in this store; run `liangu init` first".to_owned()));
    };
    serde_json::from_value(document.value).map_err(|e| Fault::Internal(format!("settings document: {e}")))
}

/// Hash of the set-up token while nobody has used it.
pub(crate) fn set_up_hash(store: &Store) -> Outcome<Option<String>> {
    let document = store.document(KIND, SET_UP)?;
    Ok(document.and_then(|d| d.value.get("sha256").and_then(|v| v.as_str()).map(str::to_owned)))
}

/// Takes the set-up token away, in the commit that makes the first administrator.
pub(crate) fn spend_set_up() -> DocumentPut {
    put(SET_UP, None, None)
}

fn put(key: &str, value: Option<serde_json::Value>, expected_version: Option<i64>) -> DocumentPut {
    DocumentPut { kind: KIND.to_owned(), key: key.to_owned(), value, expected_version, journal: true }
}
