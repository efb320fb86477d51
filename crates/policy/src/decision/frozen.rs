//! What one claim rests on, as it was when it was handed in.
use crate::amount::Award;
use liangu_base::Date;
use liangu_expr::value::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Facts are sorted by name and year; what was asked and not on file stands without a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// [`super::Basis::digest`] of what the claim is judged by.
    pub basis: String,
    /// Id of the firm, of the outside form.
    pub firm: String,
    /// The day on which the claim was handed in first: it is judged as of this day.
    pub day: Date,
    /// The year a bare yearly fact means where the policy names none.
    pub judged_year: i32,
    /// The day on which the facts were taken.
    pub taken_on: Date,
    pub facts: Vec<FrozenFact>,
    /// By collection, in the order on file; of each record what is known.
    pub children: BTreeMap<String, Vec<BTreeMap<String, Known>>>,
    /// Keys of the items that are claimed; none: all.
    #[serde(default)]
    pub items: Vec<String>,
    /// What the firm got or was promised before.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// The day on which these were looked up, and by whose year the year's cap counts.
    pub granted_on: Date,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrozenFact {
    pub field: String,
    /// Calendar year of a yearly fact.
    pub year: Option<i32>,
    pub value: Option<Known>,
    pub source: Option<String>,
    pub as_of: Option<Date>,
}

/// Whose word a fact is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub source: String,
    pub as_of: Date,
}

/// A value that is known. Codes and references are texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    Bool(bool),
    /// In the smallest unit.
    Int(i64),
    Text(String),
    Date(Date),
    Set(Vec<String>),
}

/// Money the firm got, or that is promised to it and not paid yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// Document number or title.
    pub policy: String,
    pub on: Date,
    /// Fen.
    pub amount: i64,
}

impl Frozen {
    /// SHA-256 of the canonical form, in hex.
    pub fn digest(&self) -> String {
        super::digest_of(self)
    }

    /// Whether the item is claimed.
    pub fn claims(&self, item: &str) -> bool {
        self.items.is_empty() || self.items.iter().any(|key| key == item)
    }

    pub fn fact(&self, field: &str, year: Option<i32>) -> Option<&FrozenFact> {
        self.facts.iter().find(|fact| fact.field == field && fact.year == year)
    }

    pub(super) fn awards(&self) -> Vec<Award> {
        let award = |grant: &Grant| Award { policy: grant.policy.clone(), paid_on: grant.on, amount: grant.amount };
        self.grants.iter().map(award).collect()
    }
}

impl Known {
    /// None for what is unknown, and for a value that no fact has, as a number that is not whole.
    pub fn of(value: &Value) -> Option<Known> {
        let text = |value: &Value| if let Value::Text(text) = value { Some(text.to_string()) } else { None };
        Some(match value {
            Value::Bool(yes) => Known::Bool(*yes),
            Value::Int(n) => Known::Int(*n),
            Value::Text(text) => Known::Text(text.to_string()),
            Value::Date(date) => Known::Date(*date),
            Value::List(codes) => Known::Set(codes.iter().map(text).collect::<Option<_>>()?),
            _ => return None,
        })
    }

    pub fn value(&self) -> Value {
        match self {
            Known::Bool(yes) => Value::Bool(*yes),
            Known::Int(n) => Value::Int(*n),
            Known::Text(text) => Value::Text(text.as_str().into()),
            Known::Date(date) => Value::Date(*date),
            Known::Set(codes) => Value::List(codes.iter().map(|code| Value::Text(code.as_str().into())).collect()),
        }
    }
}
