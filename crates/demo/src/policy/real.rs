//! Real documents: the national criteria and the four of the province's 1+3 framework (F254, F255), as the policy pack
//! carries them.
use super::Policy;
use super::clause::Clause;
use liangu_packs::{PolicyRecord, criteria as national};

/// Codes of the policy pack's lists that the criteria use; a code beyond them would be a mistake of the pack.
const CODES: [&str; 44] = [
    "national",
    "province",
    "city",
    "county",
    "park",
    "recognition",
    "reward",
    "subsidy",
    "tax",
    "loan_interest",
    "guarantee",
    "insurance",
    "equity",
    "talent",
    "employment",
    "land",
    "rent",
    "energy",
    "fee",
    "trade",
    "guidance",
    "application",
    "automatic",
    "declared",
    "title",
    "single",
    "main",
    "supporting",
    "parks_1_3",
    "sme_gradient",
    "confirmed",
    "known",
    "unsure",
    "deciding",
    "person",
    "information",
    "tech_sme",
    "innovative_sme",
    "srdi",
    "little_giant",
    "key_little_giant",
    "single_champion",
    "high_tech",
    "green_factory",
];

pub(super) fn code(text: &str) -> &'static str {
    CODES.iter().find(|c| **c == text).copied().unwrap_or("unsure")
}

/// The criteria with their keys.
pub fn criteria() -> Vec<(String, Policy)> {
    national().into_iter().map(|record| (record.key.clone(), policy(record))).collect()
}

fn policy(record: PolicyRecord) -> Policy {
    let optional = |text: &Option<String>| text.as_deref().map(code);
    let clauses = record.clauses.iter().map(|c| Clause {
        article: c.article.clone(),
        text: c.text.clone(),
        kind: code(&c.kind),
        when: c.when.clone(),
        confidence: Some(code(record.clause_confidence(c))),
    });
    Policy {
        clauses: clauses.collect(),
        amount: record.amount_max(),
        department: None,
        level: code(&record.level),
        kind: code(&record.kind),
        mode: optional(&record.grant_mode).unwrap_or("application"),
        series: "real",
        confidence: Some(code(&record.confidence)),
        document: optional(&record.document).unwrap_or("single"),
        framework: optional(&record.framework),
        grants: optional(&record.grants),
        title: record.title,
        number: record.number,
        issuer: record.issuer,
        region: record.region,
        amount_text: record.amount_text,
        summary: Some(record.summary),
        published: record.published,
        valid: (record.valid_from, record.valid_to),
        window: (record.window_from, record.window_to),
        content: None,
    }
}
