//! The stock of real policies as policies of the demonstration, each with a version in force, and the dated parameters
//! and lists they name.
use super::Policy;
use super::clause::Clause;
use super::real::code;
use crate::entry::{Document, Entry};
use crate::ids::Ids;
use liangu_base::{Date, Id, Instant};
use liangu_packs::{StockPolicy, parameters, reference, stock};
use liangu_policy::content::{ClauseKind, Confidence};
use liangu_policy::frame::{Head, schema_with_policy};
use liangu_policy::{Content, Frame, compile, source};
use std::sync::Arc;

/// What the version in force says, and the rule that follows from it.
#[derive(Clone, Debug)]
pub struct Written {
    pub content: Content,
    pub rule: Option<String>,
    pub source_url: Option<String>,
}

/// Day on which expressions are put together; the texts do not depend on it.
const ANY_DAY: (i32, u32, u32) = (2026, 1, 1);

/// The frame over the firms of the shipped packs, with the stock's reference data.
pub fn frame() -> Frame {
    let model = liangu_packs::load(Vec::new()).expect("the shipped packs check, which a test holds");
    let schema = &model.schemas["enterprise"];
    let today = Date::from_ymd(ANY_DAY.0, ANY_DAY.1, ANY_DAY.2).expect("a day");
    Frame {
        reference: Arc::new(reference(schema)),
        schema: schema_with_policy(schema),
        today,
        judged_year: today.year() - 1,
        head: Head::default(),
        dates: liangu_policy::content::Dates::default(),
    }
}

/// Each with the key of the national criterion that it is.
pub(super) fn policies() -> Vec<(Option<String>, Policy)> {
    let frame = frame();
    stock().into_iter().map(|record| (record.instead_of.clone(), policy(record, &frame))).collect()
}

fn policy(record: StockPolicy, frame: &Frame) -> Policy {
    let frame = Frame { dates: record.content.dates, ..frame.clone() };
    let compiled = compile(&record.content, &frame);
    let confidence = code(&record.confidence);
    let clauses = record.content.clauses.iter().map(|c| Clause {
        article: c.article.clone(),
        text: c.text.clone(),
        kind: match c.kind {
            ClauseKind::Deciding => "deciding",
            ClauseKind::Person => "person",
            ClauseKind::Information => "information",
        },
        when: source::clause(c, &record.content, &compiled).filter(|_| c.kind == ClauseKind::Deciding),
        confidence: Some(match c.confidence {
            Some(Confidence::Confirmed) => "confirmed",
            Some(Confidence::Known) => "known",
            Some(Confidence::Unsure) => "unsure",
            None => confidence,
        }),
    });
    let rule = source::rule(&record.content, &compiled);
    Policy {
        clauses: clauses.collect(),
        amount: record.amount_max(),
        department: None,
        level: code(&record.level),
        kind: code(&record.kind),
        mode: code(&record.grant_mode),
        series: "real",
        confidence: Some(confidence),
        document: "single",
        framework: record.framework.as_deref().map(code),
        grants: record.grants.as_deref().map(code),
        title: record.title,
        number: record.number,
        issuer: record.issuer,
        region: record.region,
        amount_text: Some(record.amount_text),
        summary: Some(record.summary),
        published: record.published,
        valid: (record.valid_from, record.valid_to),
        window: (record.window_from, record.window_to),
        content: Some(Box::new(Written { content: record.content, rule, source_url: record.source_url })),
    }
}

/// The version in force of a policy of the stock, and its documents: under the version, and under the policy.
pub fn version(ids: &Ids, policy: Id, number: usize, of: &Policy, as_of: Date) -> Option<(Entry, [Document; 2])> {
    let content = serde_json::to_value(&of.content.as_ref()?.content).ok()?;
    let id = ids.of("policy_version", number);
    let saved = Instant::at_beijing(as_of.add_days(-2), 9, 0, 0);
    let entry = Entry::new("policy_version", id)
        .with("policy", policy)
        .with("number", 1)
        .with("name", of.title.zh.to_string())
        .with("state", "in_force")
        .with("author_name", "示范资料")
        .maybe("effective_from", of.valid.0)
        .maybe("saved_at", saved)
        .with("note", if of.series == "demonstration" { "随演示资料装入" } else { "随演示资料装入，条件为本项目转述" })
        .with("synthetic", of.series == "demonstration");
    let documents = [
        Document { kind: "policy_content", key: id.text("pver"), value: content.clone() },
        Document { kind: "policy_in_force", key: policy.to_string(), value: content },
    ];
    Some((entry, documents))
}

/// The parameters and lists as records.
pub fn parameter_entries(ids: &Ids) -> Vec<Entry> {
    let entry = |(number, p): (usize, liangu_packs::Parameter)| {
        Entry::new("parameter", ids.of("parameter", number))
            .with("name", p.name)
            .with("label", p.label)
            .maybe("key", p.key)
            .maybe("list", p.list)
            .maybe("region", p.region)
            .maybe("value", p.value)
            .maybe("valid_from", p.valid_from)
            .maybe("valid_to", p.valid_to)
            .with("source", p.source)
            .with("confidence", code(&p.confidence))
    };
    parameters().into_iter().enumerate().map(entry).collect()
}
