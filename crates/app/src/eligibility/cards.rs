//! A policy as a list shows it.
use super::life::Life;
use crate::Caller;
use crate::views::Words;
use liangu_base::Text;
use liangu_store::{Item, Value, Values};
use serde::Serialize;
use utoipa::ToSchema;

/// The record type of policies.
pub(crate) const POLICY: &str = "policy";
/// The record type of firms.
pub(crate) const FIRM: &str = "enterprise";
/// The record type of reference data that rules name.
pub(crate) const PARAMETER: &str = "parameter";
/// The record type of clauses.
pub(crate) const CLAUSE: &str = "policy_clause";

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyCard {
    pub id: String,
    pub title: String,
    /// 文号
    pub number: Option<String>,
    pub issuer: Option<String>,
    pub level: Option<String>,
    pub kind: Option<String>,
    pub region: Option<String>,
    /// Fen: a ceiling, not a promise.
    pub amount_max: Option<i64>,
    pub amount_text: Option<Words>,
    /// Last day of the window for applications.
    pub deadline: Option<String>,
    /// `in_force`, `ended` or `upcoming`.
    pub status: String,
    /// `application`, `automatic` or `declared`.
    pub grant_mode: Option<String>,
    /// `real` or `demonstration`.
    pub series: String,
}

impl Caller<'_> {
    pub(crate) fn card(&self, policy: &Item) -> PolicyCard {
        let record = &self.app.model.records[POLICY];
        let word = |field: &str| match policy.values.get(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            Some(Value::Bilingual(text)) => Some(text.get(self.lang).to_owned()),
            Some(Value::Date(date)) => Some(date.to_string()),
            _ => None,
        };
        PolicyCard {
            id: policy.id.text(&record.prefix),
            title: self.title(record, &policy.values),
            number: word("number"),
            issuer: word("issuer"),
            level: word("level"),
            kind: word("kind"),
            region: word("region"),
            amount_max: amount(&policy.values),
            amount_text: bilingual(&policy.values, "amount_text").map(Words::from),
            deadline: word("window_to"),
            status: Life::on(self.app.today(), &policy.values).name().to_owned(),
            grant_mode: word("grant_mode"),
            series: word("series").unwrap_or_else(|| "real".to_owned()),
        }
    }
}

pub(crate) fn amount(values: &Values) -> Option<i64> {
    match values.get("amount_max") {
        Some(Value::Int(fen)) => Some(*fen),
        _ => None,
    }
}

pub(crate) fn bilingual<'v>(values: &'v Values, field: &str) -> Option<&'v Text> {
    match values.get(field) {
        Some(Value::Bilingual(text)) => Some(text),
        _ => None,
    }
}
