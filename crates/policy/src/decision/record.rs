//! The record of a decision, and deciding again.
use super::basis::Basis;
use super::frozen::Frozen;
use super::judge::{Decision, Judge, Judgements};
use liangu_base::Date;
use liangu_expr::schema::Schema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// The form of records written now.
pub const FORMAT: u32 = 1;

/// What was decided on a claim, by whom, on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub format: u32,
    /// Id of the claim, of the outside form.
    pub claim: String,
    /// Digest of the basis and of the frozen file.
    pub basis: String,
    pub file: String,
    pub judgements: Judgements,
    pub decision: Decision,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    pub outcome: Outcome,
    /// Fen.
    pub amount: i64,
    pub reason: String,
    /// Account, and the name it had; none where the program decided.
    pub by: Option<String>,
    pub by_name: String,
    pub on: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Granted,
    Refused,
}

impl Record {
    pub fn new(claim: &str, frozen: &Frozen, judgements: Judgements, decision: Decision, verdict: Verdict) -> Record {
        let (basis, file) = (frozen.basis.clone(), frozen.digest());
        Record { format: FORMAT, claim: claim.to_owned(), basis, file, judgements, decision, verdict }
    }

    pub fn canonical(&self) -> String {
        super::canonical(self)
    }

    /// SHA-256 of the canonical form, in hex.
    pub fn digest(&self) -> String {
        super::digest_of(self)
    }
}

/// What was and what comes out now, at a place as `decision.items.0.amount`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    pub path: String,
    pub was: Json,
    pub now: Json,
}

/// Decides again from what was frozen; nothing: the same comes out.
pub fn replay(record: &Record, basis: &Basis, schema: &Schema, frozen: &Frozen) -> Vec<Difference> {
    let judge = Judge::new(basis.clone(), schema, frozen.day, frozen.judged_year);
    replay_with(record, &judge, frozen)
}

/// As [`replay`], by a judge that was made for the record's basis and day.
pub fn replay_with(record: &Record, judge: &Judge, frozen: &Frozen) -> Vec<Difference> {
    let again = judge.adjudicate(frozen, &record.judgements);
    let now = Record { basis: judge.basis().digest(), file: frozen.digest(), decision: again, ..record.clone() };
    let mut found = Vec::new();
    compare("", &json(record), &json(&now), &mut found);
    let granted = record.verdict.outcome == Outcome::Granted;
    if let Some(due) = now.decision.money.amount.filter(|due| granted && record.verdict.amount > *due) {
        found.push(Difference { path: "verdict.amount".to_owned(), was: record.verdict.amount.into(), now: due.into() });
    }
    found
}

fn json(record: &Record) -> Json {
    serde_json::to_value(record).unwrap_or(Json::Null)
}

fn compare(path: &str, was: &Json, now: &Json, found: &mut Vec<Difference>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match (was, now) {
        (Json::Object(a), Json::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let of = |object: &serde_json::Map<String, Json>, key: &str| object.get(key).cloned().unwrap_or(Json::Null);
            keys.into_iter().for_each(|key| compare(&below(key), &of(a, key), &of(b, key), found));
        }
        (Json::Array(a), Json::Array(b)) => {
            for at in 0..a.len().max(b.len()) {
                let of = |array: &[Json]| array.get(at).cloned().unwrap_or(Json::Null);
                compare(&below(&at.to_string()), &of(a), &of(b), found);
            }
        }
        _ if was != now => found.push(Difference { path: path.to_owned(), was: was.clone(), now: now.clone() }),
        _ => {}
    }
}
