//! What goes in and comes out of claims as JSON. Money is fen.
use crate::eligibility::{Leaf, SourceNote};
use crate::views::{Permission, Titled, Words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Begins a claim.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClaim {
    /// Id of the policy.
    pub policy: String,
    /// Keys of the items claimed; none: all that may fit.
    #[serde(default)]
    pub items: Vec<String>,
}

/// A claim as the firm fills it in. What is absent stays; materials, where given, are the whole list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SaveClaim {
    pub payee_name: Option<String>,
    pub payee_bank: Option<String>,
    pub payee_account: Option<String>,
    pub contact: Option<String>,
    pub note: Option<String>,
    pub items: Option<Vec<String>>,
    pub materials: Option<Vec<SaveMaterial>>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SaveMaterial {
    /// Of a material on file; none: a new one.
    pub id: Option<String>,
    /// Key of the clause it speaks to.
    pub clause: Option<String>,
    pub name: String,
    pub note: Option<String>,
    /// Id of a document attached to the claim (`/api/records/claim/{id}/files`).
    pub file: Option<String>,
}

/// What an officer found on a clause.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgeClause {
    pub clause: String,
    /// Of a clause on child records: which of [`ClaimClause::records`], from one.
    #[serde(default)]
    pub record: Option<u64>,
    /// `yes`, `no`, or null to take it back.
    pub answer: Option<String>,
    #[serde(default)]
    pub note: String,
}

/// A claim as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimView {
    pub id: String,
    pub version: i64,
    pub number: String,
    /// A state of the flow; clocks and commands: `/api/records/claim/{id}/flow`.
    pub state: String,
    pub state_label: Words,
    pub policy: Titled,
    pub policy_number: Option<String>,
    pub policy_version: Option<i64>,
    pub firm: Titled,
    pub region: Option<String>,
    /// `application` or `automatic`.
    pub origin: String,
    pub period: i64,
    pub submitted_on: Option<String>,
    pub decided_on: Option<String>,
    pub notice_until: Option<String>,
    pub paid_on: Option<String>,
    pub note: Option<String>,
    pub reason: Option<String>,
    /// `yes`, `no` or `unknown`, with what persons have judged.
    pub answer: String,
    /// The day as of which facts were taken; none: facts are shown as they stand now.
    pub frozen_on: Option<String>,
    /// The day as of which it is judged.
    pub judged_as_of: String,
    pub clauses: Vec<ClaimClause>,
    /// Every fact the claim rests on, by name and year; those without a value were asked and are not on file.
    pub facts: Vec<FileFact>,
    pub items: Vec<ClaimItem>,
    pub money: MoneyTrace,
    /// What is still asked of the firm.
    pub wanted: Vec<WantedMaterial>,
    pub materials: Vec<Material>,
    /// None for those who may not read it.
    pub payee: Option<Payee>,
    pub budget: Option<BudgetLine>,
    pub objections: Vec<ObjectionView>,
    pub decision: Option<DecisionNote>,
    pub can: ClaimCan,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimClause {
    pub key: String,
    pub article: Option<String>,
    pub text: Words,
    /// `deciding`, `person` or `information`.
    pub kind: String,
    /// Key of the item it belongs to; none: common to all.
    pub item: Option<String>,
    /// `yes`, `no` or `unknown`: what counts; none for information.
    pub answer: Option<String>,
    /// Of the facts alone.
    pub facts: Option<String>,
    pub judged: Option<JudgementView>,
    /// Whether a person's word can count here.
    pub judgeable: bool,
    /// What the clause asks, as the program understands it.
    pub sentence: Option<Words>,
    /// Leaf by leaf, with the values that count for the claim.
    pub parts: Vec<Leaf>,
    /// Ids of materials that speak to it.
    pub materials: Vec<String>,
    /// Of a clause on child records: each of them.
    pub records: Vec<ClauseRecord>,
}

/// A fact in a claim's file.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileFact {
    pub field: String,
    pub label: Words,
    /// Calendar year of a yearly fact.
    pub year: Option<i32>,
    pub value: Option<Words>,
    pub source: Option<SourceNote>,
    pub as_of: Option<String>,
}

/// A child record that a clause speaks of, as the file keeps it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClauseRecord {
    /// From one.
    pub position: u64,
    pub title: Words,
    pub facts: Vec<RecordFact>,
    /// `yes`, `no` or `unknown`: what counts.
    pub answer: String,
    pub judged: Option<JudgementView>,
    /// Whether a person's word can count here.
    pub judgeable: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RecordFact {
    pub field: String,
    pub label: Words,
    pub value: Words,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JudgementView {
    /// `yes` or `no`.
    pub answer: String,
    pub by_name: String,
    pub on: String,
    pub note: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimItem {
    pub key: String,
    pub label: Words,
    pub text: Words,
    pub claimed: bool,
    pub answer: String,
    /// Fen; none where it is no amount or not known.
    pub amount: Option<i64>,
    /// How the amount is computed.
    pub formula: Option<Words>,
    /// Of an item paid by record: place among the firm's records, from one, and fen.
    pub records: Vec<PaidRecord>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PaidRecord {
    pub position: u64,
    pub amount: Option<i64>,
}

/// From items to what is due, in order.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoneyTrace {
    pub steps: Vec<MoneyStep>,
    /// What comes out; none while it is not known.
    pub computed: Option<i64>,
    /// What was granted.
    pub decided: Option<i64>,
    /// The computed amount is the most there can be.
    pub ceiling: bool,
    /// Whether the policy gives money that can be computed.
    pub is_money: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MoneyStep {
    pub label: Words,
    pub fen: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WantedMaterial {
    /// Key of the clause.
    pub clause: String,
    pub label: Words,
    pub why: Words,
    /// Facts that would do as well, by field: the firm may answer them.
    pub fields: Vec<String>,
    /// Without it the claim cannot be handed in.
    pub required: bool,
    pub provided: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Material {
    pub id: String,
    pub clause: Option<String>,
    pub name: String,
    pub note: Option<String>,
    /// Id of the attached document.
    pub file: Option<String>,
    pub provided_on: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Payee {
    pub name: Option<String>,
    pub bank: Option<String>,
    pub account: Option<String>,
    pub contact: Option<String>,
}

/// A policy's budget of a year, in fen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BudgetLine {
    pub id: String,
    pub version: i64,
    pub policy: Titled,
    pub year: i64,
    pub total: i64,
    pub reserved: i64,
    pub spent: i64,
    pub left: i64,
}

/// Sets a policy's budget of a year.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBudget {
    pub policy: String,
    pub year: i64,
    /// Fen.
    pub total: i64,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeBudget {
    /// Fen; not below what is reserved and spent.
    pub total: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionView {
    pub id: String,
    /// `open`, `upheld` or `dismissed`.
    pub state: String,
    pub by_name: String,
    /// None for those who may not read it.
    pub contact: Option<String>,
    pub reason: String,
    pub raised_on: String,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_on: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionNote {
    /// SHA-256 of the decision record in canonical form, in hex.
    pub digest: String,
    /// `granted` or `refused`.
    pub outcome: String,
    pub amount: i64,
    pub reason: String,
    pub by_name: String,
    pub on: String,
}

/// Commands of the flow have their own reasons; these are the claim's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimCan {
    /// Fill in: payee, contact, materials.
    pub edit: Permission,
    /// Correct payee and contact; longer than all else, so that a payment that failed can be made.
    pub payee: Permission,
    pub judge: Permission,
    pub object: Permission,
}

/// A grant in public notice.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicNotice {
    pub claim: String,
    pub number: String,
    pub policy: Titled,
    pub firm: String,
    pub region: Option<String>,
    /// Fen.
    pub amount: Option<i64>,
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PublicNotices {
    pub items: Vec<PublicNotice>,
    pub total: u64,
    pub next: Option<String>,
}

/// Somebody objects to a grant in public notice.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObjection {
    pub name: String,
    /// Telephone or address, for the reviewer alone.
    pub contact: String,
    pub reason: String,
}

/// Received; it is answered by the reviewer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionReceived {
    pub id: String,
    pub state: String,
}
