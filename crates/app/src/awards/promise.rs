//! Money promised to a firm by a run whose claim is not made yet: it stands in the document that makes decisions on one
//! firm's money follow each other, so that no other award overlooks it.
use crate::App;
use crate::fault::Outcome;
use liangu_base::{Date, Id};
use liangu_store::{DocumentPut, Reader, StoreError};
use serde::{Deserialize, Serialize};

/// The kind of document under which decisions on one firm's money follow each other.
const KIND: &str = "firm_awards";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct FirmAwards {
    /// How often money was promised to the firm; with every one the document has another version.
    pub decisions: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<Pending>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// Id of the run.
    pub run: String,
    pub policy: Id,
    pub on: Date,
    /// Fen.
    pub amount: i64,
}

/// The document of a firm with its version; 0 before the first promise.
fn read(reader: &mut Reader<'_>, firm: Id) -> Result<(FirmAwards, i64), StoreError> {
    let key = firm.to_string();
    let Some(document) = reader.document(KIND, &key)? else { return Ok((FirmAwards::default(), 0)) };
    let awards = serde_json::from_value(document.value).map_err(|error| StoreError::damaged(format!("{KIND} {key}: {error}")))?;
    Ok((awards, document.version))
}

fn put(firm: Id, awards: &FirmAwards, version: i64) -> Result<DocumentPut, StoreError> {
    let value = serde_json::to_value(awards).map_err(|error| StoreError::damaged(error.to_string()))?;
    Ok(DocumentPut { kind: KIND.to_owned(), key: firm.to_string(), value: Some(value), expected_version: Some(version), journal: false })
}

/// Money that runs have promised to a firm and made no claim of yet.
pub(crate) fn pending(reader: &mut Reader<'_>, firm: Id) -> Result<Vec<Pending>, StoreError> {
    Ok(read(reader, firm)?.0.pending)
}

/// A further decision on a firm's money; what runs have promised stays.
pub(crate) fn decided(app: &App, firm: Id) -> Outcome<DocumentPut> {
    Ok(app.store.read(|reader| {
        let (awards, version) = read(reader, firm)?;
        put(firm, &FirmAwards { decisions: awards.decisions + 1, ..awards }, version)
    })?)
}

/// A run promises money.
pub(super) fn promise(reader: &mut Reader<'_>, firm: Id, pending: Pending) -> Result<DocumentPut, StoreError> {
    let (mut awards, version) = read(reader, firm)?;
    awards.pending.retain(|earlier| earlier.run != pending.run);
    awards.pending.push(pending);
    put(firm, &FirmAwards { decisions: awards.decisions + 1, ..awards }, version)
}

/// What the run promised is a claim now, or will be none.
pub(super) fn redeem(reader: &mut Reader<'_>, firm: Id, run: &str) -> Result<DocumentPut, StoreError> {
    let (mut awards, version) = read(reader, firm)?;
    awards.pending.retain(|pending| pending.run != run);
    put(firm, &awards, version)
}
