//! The row of a run, read.
use super::{CHUNK, RUN};
use crate::fault::{Fault, Outcome};
use liangu_base::{Date, Id};
use liangu_store::{Change, Item, Value, Values, Years};

#[derive(Clone, Debug)]
pub(super) struct Run {
    pub item: Item,
    pub policy: Id,
    pub region: String,
    pub state: String,
    /// The day as of which it is frozen, the digest of what it is judged by, and which freeze this is.
    pub day: Option<Date>,
    pub basis: Option<String>,
    pub round: i64,
    pub candidates: usize,
    /// Firms that the batches have been through.
    pub progress: usize,
    pub firms: Option<i64>,
    /// Fen.
    pub total: Option<i64>,
    pub created_count: i64,
    /// Fen.
    pub created_total: i64,
    pub second_by: Option<String>,
    /// The day on which it came into its state.
    pub entered: Option<Date>,
}

impl Run {
    pub fn read(item: Item) -> Outcome<Run> {
        let text = |field: &str| match item.values.get(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let int = |field: &str| match item.values.get(field) {
            Some(Value::Int(n)) => Some(*n),
            _ => None,
        };
        let count = |field: &str| int(field).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let day = match item.values.get("day") {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        };
        let damaged = || Fault::Internal(format!("award run {} is damaged", item.id));
        let Some(Value::Ref(policy)) = item.values.get("policy") else { return Err(damaged()) };
        Ok(Run {
            policy: *policy,
            region: text("region").ok_or_else(damaged)?,
            state: text("state").ok_or_else(damaged)?,
            day,
            basis: text("basis"),
            round: int("round").unwrap_or(0),
            candidates: count("candidates"),
            progress: count("progress"),
            firms: int("firms"),
            total: int("total"),
            created_count: int("created_count").unwrap_or(0),
            created_total: int("created_total").unwrap_or(0),
            second_by: text("second_by"),
            entered: match item.values.get("entered_at") {
                Some(Value::Instant(at)) => Some(at.date_beijing()),
                _ => None,
            },
            item,
        })
    }

    pub fn chunks(&self) -> usize {
        self.candidates.div_ceil(CHUNK)
    }

    /// The day of the freeze, of a run that has one.
    pub fn frozen_day(&self) -> Outcome<Date> {
        self.day.ok_or_else(|| Fault::Internal(format!("award run {} was never frozen", self.item.id)))
    }

    /// An update of the row as it was read.
    pub fn update(&self, values: Values) -> Change {
        Change::Update { record: RUN.to_owned(), id: self.item.id, expected_version: Some(self.item.version), values, years: Years::new() }
    }
}

/// Values by field name.
pub(super) fn values<const N: usize>(pairs: [(&str, Value); N]) -> Values {
    pairs.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

pub(super) fn int(n: usize) -> Value {
    Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
}
