//! What authoring answers with.
use crate::views::{Permission, Raw, Words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A policy as authors see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyHead {
    pub id: String,
    pub title: Words,
    /// 文号
    pub number: Option<String>,
    pub issuer: Words,
    pub level: Option<String>,
    pub region: Option<String>,
    pub kind: Option<String>,
    pub published: Option<String>,
    pub valid_from: Option<String>,
    pub valid_to: Option<String>,
    pub window_from: Option<String>,
    pub window_to: Option<String>,
    /// No version of it has come into force yet.
    pub draft: bool,
    pub synthetic: bool,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VersionLine {
    pub number: i64,
    /// `draft`, `checked`, `scheduled`, `in_force`, `superseded`, `withdrawn` or `discarded`.
    pub state: String,
    /// For `If-Match`.
    pub revision: i64,
    pub author: Option<String>,
    pub checked_by: Option<String>,
    pub approved_by: Option<String>,
    pub effective_from: Option<String>,
    pub effective_to: Option<String>,
    pub saved_by: Option<String>,
    pub saved_at: Option<String>,
    pub note: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyVersion {
    #[serde(flatten)]
    pub line: VersionLine,
    pub policy: PolicyHead,
    /// The document: clauses, items, money, dates, cases.
    pub content: Raw,
    /// By command; `save` too.
    pub can: BTreeMap<String, Permission>,
    /// The version in force that it is compared with.
    pub base: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyVersions {
    pub policy: PolicyHead,
    /// Newest first.
    pub versions: Vec<VersionLine>,
    /// `open`.
    pub can: BTreeMap<String, Permission>,
}

/// A version with its policy, in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuthoringLine {
    #[serde(flatten)]
    pub line: VersionLine,
    pub policy: PolicyHead,
}

/// What an author has to do with.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct AuthoringList {
    /// Drafts I wrote in.
    pub mine: Vec<AuthoringLine>,
    /// Checked, waiting for another person.
    pub waiting: Vec<AuthoringLine>,
    /// Drafts of others.
    pub others: Vec<AuthoringLine>,
    pub scheduled: Vec<AuthoringLine>,
    /// Came into force or ended lately.
    pub recent: Vec<AuthoringLine>,
}

/// The head of a policy that is to be written: raw values by field of `policy`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = BTreeMap<String, Raw>)]
pub struct NewPolicy(pub serde_json::Map<String, serde_json::Value>);

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenVersion {}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveContent {
    pub content: Raw,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionOrder {
    #[serde(default)]
    pub note: Option<String>,
    /// Of `approve`: the first day in force; none: today.
    #[serde(default)]
    pub effective_from: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitText {
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SplitClauses {
    pub clauses: Vec<SplitClause>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SplitClause {
    pub article: Option<String>,
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Differences {
    /// The version it is compared with; none: what was on file before versions were kept.
    pub from: Option<i64>,
    pub differences: Vec<DifferenceLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceLine {
    /// `added`, `removed` or `changed`.
    pub change: String,
    /// `clause`, `item`, `money`, `dates` or `cases`.
    pub part: String,
    pub key: String,
    pub label: Words,
    pub before: Option<Words>,
    pub after: Option<Words>,
}

/// What a withdrawal would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct Withdrawal {
    /// Firms in the reader's scope that fit now.
    pub firms: u64,
    pub money_fen: Option<i64>,
    pub names: Vec<FirmLine>,
    /// Policies that name this one, or ask for the title it grants.
    pub policies: Vec<crate::views::Titled>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FirmLine {
    pub id: String,
    pub name: String,
    pub region: Option<Words>,
    pub amount_fen: Option<i64>,
    /// Key of the clause in the way, of a firm one step away; empty: the items together.
    pub clause: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingView {
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    pub message: Words,
    pub hint: Option<Words>,
    /// UTF-16 offsets in the text.
    pub start: Option<u32>,
    pub end: Option<u32>,
}

#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Trial {
    /// None while the rule does not type.
    pub counts: Option<TrialCounts>,
    pub money: Option<TrialMoney>,
    pub pool: Option<TrialPool>,
    pub groups: TrialGroups,
    pub names: TrialNames,
    pub against: Option<TrialAgainst>,
    pub strictest: Option<Strictest>,
    pub most_missing: Option<MostMissing>,
    pub clauses: Vec<TrialClause>,
    pub items: Vec<TrialItem>,
    pub findings: Vec<FindingView>,
    pub coverage: CoverageView,
    pub cases: Vec<CaseView>,
    /// Deciding clauses without a case that fails on them alone.
    pub uncovered: Vec<String>,
    /// What still keeps the version from being checked.
    pub missing: Vec<Words>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct TrialCounts {
    pub yes: u64,
    pub no: u64,
    pub unknown: u64,
    pub near: u64,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct TrialMoney {
    pub total_fen: i64,
    /// Firms whose amount is known.
    pub firms: u64,
    pub unknown_firms: u64,
    /// The amounts are the most there can be.
    pub ceiling: bool,
}

/// The second stage over all that fit: budget and quota.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct TrialPool {
    pub budget_fen: Option<i64>,
    pub quota: Option<u32>,
    /// What all that fit would get together.
    pub asked_fen: i64,
    /// What the pool pays, and to how many firms.
    pub granted_fen: i64,
    pub firms: u64,
    /// Share that is paid where amounts are cut, in basis points.
    pub paid_share: Option<i64>,
}

#[derive(Debug, Default, Serialize, ToSchema)]
pub struct TrialGroups {
    pub region: Vec<GroupLine>,
    pub industry: Vec<GroupLine>,
    pub size: Vec<GroupLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct GroupLine {
    pub code: String,
    pub label: Words,
    pub yes: u64,
    pub near: u64,
    pub unknown: u64,
}

#[derive(Debug, Default, Serialize, ToSchema)]
pub struct TrialNames {
    pub yes: Vec<FirmLine>,
    pub near: Vec<FirmLine>,
    pub unknown: Vec<FirmLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TrialAgainst {
    /// None: in force before versions were kept.
    pub version: Option<i64>,
    pub gained: TrialChange,
    pub lost: TrialChange,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TrialChange {
    pub count: u64,
    pub names: Vec<FirmLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Strictest {
    pub clause: String,
    /// Firms that this clause alone keeps out.
    pub removes: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MostMissing {
    pub field: String,
    pub label: Words,
    pub firms: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TrialClause {
    pub key: String,
    /// The text; of a clause that came as a tree, the text of the tree.
    pub when: Option<String>,
    /// The tree of the text, where it types.
    pub condition: Option<Raw>,
    pub sentence: Option<Words>,
    pub findings: Vec<FindingView>,
    pub yes: Option<u64>,
    pub no: Option<u64>,
    pub unknown: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TrialItem {
    pub key: String,
    pub sentence: Option<Words>,
    pub amount_sentence: Option<Words>,
    pub findings: Vec<FindingView>,
    pub firms: Option<u64>,
    pub money_fen: Option<i64>,
}

#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct CoverageView {
    pub deciding: u64,
    pub expressed: u64,
    pub person: u64,
    pub information: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CaseView {
    pub key: String,
    pub passes: bool,
    /// `yes`, `no` or `unknown`.
    pub answer: String,
    pub amount_fen: Option<i64>,
    pub why: Option<Words>,
}

/// What the condition editor offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleVocabulary {
    pub facts: Vec<RuleFact>,
    pub collections: Vec<RuleCollection>,
    pub functions: Vec<RuleFunction>,
    pub parameters: Vec<RuleParameter>,
    pub lists: Vec<RuleParameter>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RuleFact {
    pub name: String,
    pub label: Words,
    /// `bool`, `number`, `date`, `code`, `set` or `text`.
    #[serde(rename = "type")]
    pub kind: String,
    pub unit: Option<Words>,
    /// Names of the ways to write its numbers, as `wan`.
    pub units: Vec<RuleUnit>,
    pub list: Option<String>,
    pub yearly: bool,
    pub group: Option<Words>,
    pub ops: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RuleUnit {
    pub code: String,
    pub label: Words,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RuleCollection {
    pub name: String,
    pub label: Words,
    pub facts: Vec<RuleFact>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RuleFunction {
    pub name: String,
    pub signature: String,
    pub about: Words,
    pub example: String,
    pub result: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RuleParameter {
    pub name: String,
    pub label: Words,
    /// The value in force for the whole country or region, in words.
    pub value: Option<Words>,
}
