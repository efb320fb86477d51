//! Real national criteria as policies: data, not model. They become records of `policy` and `policy_clause`.
use liangu_base::{Date, Fen, Text};
use serde::Deserialize;

const FILES: [&str; 3] = [
    include_str!("../policy/criteria.yaml"),
    include_str!("../policy/criteria_giants.yaml"),
    include_str!("../policy/criteria_others.yaml"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    policies: Vec<PolicyRecord>,
}

/// A policy with its clauses. Codes are those of the policy pack's lists.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRecord {
    /// Name within these files; stable, for tests and for finding a policy again.
    pub key: String,
    pub title: Text,
    #[serde(default)]
    pub number: Option<String>,
    pub issuer: Text,
    pub level: String,
    /// Code of GB/T 2260; none for national policies.
    #[serde(default)]
    pub region: Option<String>,
    pub kind: String,
    #[serde(default)]
    pub grant_mode: Option<String>,
    /// Code of the title it grants.
    #[serde(default)]
    pub grants: Option<String>,
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub framework: Option<String>,
    #[serde(default)]
    pub published: Option<Date>,
    #[serde(default)]
    pub valid_from: Option<Date>,
    #[serde(default)]
    pub valid_to: Option<Date>,
    #[serde(default)]
    pub window_from: Option<Date>,
    #[serde(default)]
    pub window_to: Option<Date>,
    pub confidence: String,
    #[serde(default)]
    amount_max_wan: Option<i64>,
    #[serde(default)]
    pub amount_text: Option<Text>,
    pub summary: Text,
    pub clauses: Vec<ClauseRecord>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseRecord {
    #[serde(default)]
    pub article: Option<String>,
    pub text: Text,
    /// `deciding`, `person` or `information`.
    pub kind: String,
    /// Expression over `enterprise`, of every deciding clause.
    #[serde(default)]
    pub when: Option<String>,
    #[serde(default)]
    confidence: Option<String>,
}

impl PolicyRecord {
    /// The most a firm can get.
    pub fn amount_max(&self) -> Option<Fen> {
        self.amount_max_wan.map(|wan| Fen(wan * 1_000_000))
    }

    /// The rule of the policy: all deciding clauses hold. None if nothing decides.
    pub fn when(&self) -> Option<String> {
        let parts: Vec<String> = self.clauses.iter().filter_map(|c| c.when.as_ref()).map(|w| format!("({w})")).collect();
        (!parts.is_empty()).then(|| parts.join(" && "))
    }

    pub fn clause_confidence<'a>(&'a self, clause: &'a ClauseRecord) -> &'a str {
        clause.confidence.as_deref().unwrap_or(&self.confidence)
    }
}

/// All criteria, in the order of the files. Panics if a file compiled in is not of this form, which a test excludes.
pub fn criteria() -> Vec<PolicyRecord> {
    FILES.iter().flat_map(|text| serde_saphyr::from_str::<File>(text).expect("criteria have their form").policies).collect()
}
