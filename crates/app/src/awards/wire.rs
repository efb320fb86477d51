//! What goes in and comes out of award runs as JSON. Money is fen.
use crate::views::{Titled, Words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Begins a run.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAwardRun {
    /// Id of the policy.
    pub policy: String,
}

/// Policies that are granted without application.
#[derive(Debug, Serialize, ToSchema)]
pub struct AwardOffers {
    pub items: Vec<AwardOffer>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AwardOffer {
    pub policy: Titled,
    /// Whether a run can begin.
    pub ready: bool,
    /// Why not.
    pub why: Option<Words>,
    /// Firms that fit now; none for a policy that is not judged.
    pub firms: Option<u64>,
    pub budget: Option<AwardBudget>,
    /// The run under way.
    pub open_run: Option<Numbered>,
}

/// A record with the number people know it by.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Numbered {
    pub id: String,
    pub number: Option<String>,
}

/// The policy's budget of the run's year, in fen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AwardBudget {
    pub id: String,
    pub year: i64,
    pub total: i64,
    pub reserved: i64,
    pub spent: i64,
    pub left: i64,
}

/// A run as a whole. Its clocks, steps and commands: `/api/records/award_run/{id}/flow`.
#[derive(Debug, Serialize, ToSchema)]
pub struct AwardRun {
    pub id: String,
    pub version: i64,
    pub number: Option<String>,
    pub policy: Titled,
    pub policy_version: Option<i64>,
    pub region: Words,
    /// The day as of which firms are frozen; none before the first freeze.
    pub day: Option<String>,
    pub state: String,
    pub state_label: Words,
    /// Firms that fit; none before the first freeze.
    pub candidates: Option<i64>,
    /// Firms that freezing or granting has been through.
    pub progress: i64,
    /// Firms that get money; none before the first dry run, as the three that follow.
    pub firms: Option<i64>,
    pub total: Option<i64>,
    pub skipped: Option<i64>,
    pub skipped_by: Vec<SkipCount>,
    /// Why it could not go on by itself.
    pub refused: Option<Words>,
    /// Before a signature: what became of the firms since they were frozen.
    pub moved: Option<Words>,
    pub budget: Option<AwardBudget>,
    pub created_count: i64,
    pub created_total: i64,
    pub signatures: Vec<Signature>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SkipCount {
    pub code: String,
    pub reason: Words,
    pub count: u64,
}

/// Who froze, tried and signed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Signature {
    /// `freeze`, `dry_run`, `sign_first` or `sign_second`.
    pub command: String,
    pub by_name: String,
    pub at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AwardLines {
    pub items: Vec<AwardLine>,
    pub next: Option<String>,
    /// Lines that are meant, over all pages.
    pub total: u64,
}

/// A firm of a run.
#[derive(Debug, Serialize, ToSchema)]
pub struct AwardLine {
    pub firm: Titled,
    pub region: Option<Words>,
    pub amount: i64,
    /// What the formula gives before other awards and the pool; none where it cannot be computed.
    pub full: Option<i64>,
    /// Why the firm gets nothing.
    pub skipped: Option<Words>,
    /// Stable name of that reason.
    pub code: Option<String>,
    /// What made it less.
    pub note: Option<Words>,
    pub claim: Option<Numbered>,
}
