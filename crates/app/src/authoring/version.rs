//! A version on file: a row that says where it stands, and the document that says what it is.
use crate::eligibility::{CLAUSE, POLICY};
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::{App, Caller};
use liangu_base::{Date, Id, Instant, Text};
use liangu_policy::Content;
use liangu_policy::content::{
    Benefit, BenefitKind, Case, Clause, ClauseKind, Confidence, Dates, Item as Offer, MAX_CASES, MAX_CLAUSES, MAX_ITEMS,
};
use liangu_policy::release::State;
use liangu_store::{Condition, DocumentPut, Item, Query, Sort, Value, Values};
use std::sync::Arc;

/// The record type of versions.
pub(crate) const VERSION: &str = "policy_version";
/// The kind of document that holds what a version says.
const DOCUMENT: &str = "policy_content";
/// The kind of document that holds what is in force, under the policy's id: what firms are answered by.
pub(crate) const IN_FORCE: &str = "policy_in_force";
/// Versions of one policy that are read.
const MOST_VERSIONS: u32 = 5_000;
/// Longest document in bytes of JSON.
const MOST_BYTES: usize = 1 << 18;
/// Longest expression in bytes.
const MOST_TEXT: usize = 4_000;
/// Years that a policy may judge.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// The row.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub id: Id,
    /// Version of the row, for optimistic changes.
    pub revision: i64,
    pub policy: Id,
    pub number: i64,
    pub state: State,
    /// Version in force when it was begun.
    pub base: Option<i64>,
    pub author_name: Option<String>,
    /// Accounts that wrote in it.
    pub writers: Vec<String>,
    pub checked_by: Option<String>,
    pub approved_by: Option<String>,
    pub effective_from: Option<Date>,
    pub effective_to: Option<Date>,
    pub saved_by: Option<String>,
    pub saved_at: Option<Instant>,
    pub note: Option<String>,
}

impl Version {
    pub fn read(item: &Item) -> Outcome<Version> {
        let values = &item.values;
        let text = |field: &str| match values.get(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let int = |field: &str| match values.get(field) {
            Some(Value::Int(n)) => Some(*n),
            _ => None,
        };
        let damaged = || Fault::Internal(format!("version {} of a policy is damaged", item.id));
        let Some(Value::Ref(policy)) = values.get("policy") else { return Err(damaged()) };
        Ok(Version {
            id: item.id,
            revision: item.version,
            policy: *policy,
            number: int("number").ok_or_else(damaged)?,
            state: text("state").as_deref().and_then(State::parse).ok_or_else(damaged)?,
            base: int("base"),
            author_name: text("author_name"),
            writers: text("writers").map(|all| all.split('|').filter(|w| !w.is_empty()).map(str::to_owned).collect()).unwrap_or_default(),
            checked_by: text("checked_by"),
            approved_by: text("approved_by"),
            effective_from: super::frame::date(values, "effective_from"),
            effective_to: super::frame::date(values, "effective_to"),
            saved_by: text("saved_by"),
            saved_at: match values.get("saved_at") {
                Some(Value::Instant(at)) => Some(*at),
                _ => None,
            },
            note: text("note"),
        })
    }

    /// Document under the version's id.
    pub fn put(id: Id, content: &Content) -> Outcome<DocumentPut> {
        let value = serde_json::to_value(content).map_err(|e| Fault::Internal(e.to_string()))?;
        Ok(DocumentPut { kind: DOCUMENT.to_owned(), key: key(id), value: Some(value), expected_version: None, journal: false })
    }
}

fn key(id: Id) -> String {
    id.text("pver")
}

/// The document of a policy in force, kept beside its versions.
pub(crate) fn put_in_force(policy: Id, content: &Content) -> Outcome<DocumentPut> {
    let value = serde_json::to_value(content).map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(DocumentPut { kind: IN_FORCE.to_owned(), key: policy.to_string(), value: Some(value), expected_version: None, journal: false })
}

/// What a policy in force says; none where it came without a document.
pub(crate) fn in_force(app: &App, policy: Id) -> Outcome<Option<Content>> {
    let Some(document) = app.store.document(IN_FORCE, &policy.to_string())? else { return Ok(None) };
    serde_json::from_value(document.value).map(Some).map_err(|e| Fault::Internal(format!("document of policy {policy}: {e}")))
}

/// Reads a document that a person sent.
///
/// # Errors
/// Invalid where it is not of the form, with the place in it.
pub(crate) fn read_content(json: &serde_json::Value) -> Outcome<Content> {
    if json.to_string().len() > MOST_BYTES {
        return Err(crate::fault::invalid(
            "content",
            "too_long",
            "政策内容超过 256 KB，请拆成几项政策。",
            "The content is over 256 KB; split the policy.",
        ));
    }
    let content: Content = serde_json::from_value(json.clone()).map_err(|error| {
        let error = where_it_is(json).unwrap_or_else(|| error.to_string());
        crate::fault::invalid("content", "shape", format!("政策内容不合格式：{error}"), format!("The content is not of the form: {error}"))
    })?;
    within_limits(&content)?;
    Ok(content)
}

/// The first part that is not of the form, by its place.
fn where_it_is(json: &serde_json::Value) -> Option<String> {
    fn first<T: serde::de::DeserializeOwned>(json: &serde_json::Value, list: &str) -> Option<String> {
        let parts = json.get(list)?.as_array()?.iter().enumerate();
        parts.into_iter().find_map(|(at, part)| serde_json::from_value::<T>(part.clone()).err().map(|e| format!("{list}[{at}]：{e}")))
    }
    first::<Clause>(json, "clauses").or_else(|| first::<Offer>(json, "items")).or_else(|| first::<Case>(json, "cases"))
}

/// # Errors
/// Invalid for what no policy needs: it would only cost time.
fn within_limits(content: &Content) -> Outcome<()> {
    let refuse = |zh: String, en: String| Err(crate::fault::invalid("content", "too_long", zh, en));
    for (zh, en, count, most) in [
        ("条款", "clauses", content.clauses.len(), MAX_CLAUSES),
        ("支持项", "items", content.items.len(), MAX_ITEMS),
        ("用例", "cases", content.cases.len(), MAX_CASES),
    ] {
        if count > most {
            return refuse(
                format!("{zh}最多 {most} 个，现有 {count} 个；请拆成几项政策。"),
                format!("At most {most} {en}, not {count}; split the policy."),
            );
        }
    }
    let of_item = |item: &Offer| [item.benefit.amount.clone(), item.benefit.cap.clone()];
    let texts = content.clauses.iter().map(|c| c.when.clone()).chain(content.items.iter().flat_map(of_item));
    if texts.flatten().any(|text| text.len() > MOST_TEXT) {
        return refuse(
            format!("一条表达式最多 {MOST_TEXT} 字节；请拆成几条。"),
            format!("An expression has at most {MOST_TEXT} bytes; split it."),
        );
    }
    let long = |clause: &Clause| clause.text.zh.chars().count() > 1000 || clause.article.as_ref().is_some_and(|a| a.chars().count() > 80);
    if content.clauses.iter().any(long) {
        return refuse(
            "条文最多 1,000 字，条号最多 80 字。".to_owned(),
            "A clause has at most 1,000 characters, its number 80.".to_owned(),
        );
    }
    if content.dates.judged_year.is_some_and(|year| !YEARS.contains(&year)) {
        return refuse("评价年度应在 2000 至 2100 之间。".to_owned(), "The judged year lies between 2000 and 2100.".to_owned());
    }
    Ok(())
}

/// SHA-256 over the canonical JSON, in hex: what was checked and approved.
pub(crate) fn digest(content: &Content) -> String {
    crate::sha256_hex(serde_json::to_string(content).unwrap_or_default().as_bytes())
}

impl Caller<'_> {
    /// All versions of a policy, newest first.
    pub(crate) fn versions_of(&self, policy: Id) -> Outcome<Vec<Version>> {
        let of_policy = Condition::In { field: "policy".to_owned(), values: vec![Value::Ref(policy)] };
        let newest = Sort { field: "number".to_owned(), descending: true };
        let query = Query { conditions: vec![of_policy], sort: Some(newest), limit: MOST_VERSIONS, total: false, ..self.rows(VERSION)? };
        self.app.store.query(VERSION, &query)?.items.iter().map(Version::read).collect()
    }

    pub(crate) fn version_numbered(&self, policy: Id, number: i64) -> Outcome<Version> {
        self.versions_of(policy)?.into_iter().find(|version| version.number == number).ok_or(Fault::NotFound)
    }

    /// What a version says.
    pub(crate) fn content_of(&self, version: &Version) -> Outcome<Content> {
        let document = self.app.store.document(DOCUMENT, &key(version.id))?;
        let document = document.ok_or_else(|| Fault::Internal(format!("version {} has no document", version.id)))?;
        serde_json::from_value(document.value).map_err(|e| Fault::Internal(format!("document of version {}: {e}", version.id)))
    }

    /// What is or was last in force: the document of that version, or the clauses on file of a policy without versions.
    pub(crate) fn content_in_force(&self, policy: &Item, versions: &[Version]) -> Outcome<(Option<i64>, Content)> {
        match versions.iter().find(|version| version.state == State::InForce) {
            Some(version) => Ok((Some(version.number), self.content_of(version)?)),
            None => match versions.iter().find(|version| matches!(version.state, State::Withdrawn | State::Superseded)) {
                Some(version) => Ok((Some(version.number), self.content_of(version)?)),
                None => Ok((None, self.content_of_rows(policy)?)),
            },
        }
    }

    /// The document of a policy that came without one: its clauses, and what it offers as a ceiling.
    fn content_of_rows(&self, policy: &Item) -> Outcome<Content> {
        let rows = self.app.store.children(CLAUSE, policy.id)?;
        let clauses = rows.iter().enumerate().map(|(at, row)| clause(at, &row.values)).collect();
        let text = |field: &str| match policy.values.get(field) {
            Some(Value::Bilingual(text)) => text.clone(),
            _ => Text::default(),
        };
        let amount_max = match policy.values.get("amount_max") {
            Some(Value::Int(fen)) => Some(format!("yuan({})", fen / 100)),
            _ => None,
        };
        let certificate = match policy.values.get("grants") {
            Some(Value::Text(code)) => Some(code.clone()),
            _ => None,
        };
        let kind = if certificate.is_some() { BenefitKind::Title } else { BenefitKind::Money };
        let offer = Offer {
            key: "i1".to_owned(),
            label: text("title"),
            bind: None,
            benefit: Benefit {
                kind,
                cap: None,
                ceiling: amount_max.is_some(),
                amount: amount_max,
                text: text("amount_text"),
                certificate,
                ..Benefit::default()
            },
        };
        let year = match policy.values.get("judged_year") {
            Some(Value::Int(year)) => i32::try_from(*year).ok(),
            _ => None,
        };
        let dates = Dates { judged_year: year, cut_off: super::frame::date(&policy.values, "cut_off") };
        Ok(Content { dates, clauses, items: vec![offer], ..Content::default() })
    }

    /// The policy, if this reader sees it.
    pub(crate) fn policy_item(&self, policy: &str) -> Outcome<Arc<Item>> {
        let id = self.id(POLICY, policy)?;
        Ok(Arc::new(self.visible(POLICY, id)?))
    }
}

fn clause(at: usize, values: &Values) -> Clause {
    let text = |field: &str| match values.get(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    Clause {
        key: format!("c{}", at + 1),
        article: text("article"),
        text: match values.get("text") {
            Some(Value::Bilingual(text)) => text.clone(),
            _ => Text::default(),
        },
        kind: match text("kind").as_deref() {
            Some("deciding") => ClauseKind::Deciding,
            Some("person") => ClauseKind::Person,
            _ => ClauseKind::Information,
        },
        when: text("when"),
        item: None,
        confidence: match text("confidence").as_deref() {
            Some("confirmed") => Some(Confidence::Confirmed),
            Some("known") => Some(Confidence::Known),
            Some("unsure") => Some(Confidence::Unsure),
            _ => None,
        },
    }
}
