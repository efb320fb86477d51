//! What is kept of an import, and what its owner sees of it.
use crate::views::{Named, Words};
use liangu_base::{Date, Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) const KIND: &str = "import";
/// Prefix of the outside ids.
pub(super) const PREFIX: &str = "imp";
/// Mappings of earlier imports, by owner, record type and heads.
pub(super) const MAPPING: &str = "import_mapping";
/// Columns that are no field: the record's own id, and the year of yearly values.
pub const ID_COLUMN: &str = "$id";
pub const YEAR_COLUMN: &str = "$year";
/// After a bilingual field's name: its English side.
pub const ENGLISH: &str = ".en";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Uploaded; nothing is written yet.
    Draft,
    Running,
    Done,
    /// Stopped by a person; what was written stays.
    Cancelled,
    /// Stopped by the program, which says why; it can be resumed.
    Stopped,
}

/// What happens to rows about records that exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Existing {
    #[default]
    Skip,
    Update,
    /// They come back as bad rows.
    Report,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoneyUnit {
    #[default]
    Yuan,
    Wan,
    Yi,
}

/// What a column of the file is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnPlan {
    /// Its head in the file.
    pub head: String,
    /// A field, its English side as `title.en`, `$id`, `$year`; none: the column is left out.
    pub field: Option<String>,
    /// The year of a yearly field, unless a column holds it.
    #[serde(default)]
    pub year: Option<i32>,
    /// Of money without a unit in the cell.
    #[serde(default)]
    pub unit: MoneyUnit,
}

/// How the file is read and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Position of the sheet, from 0.
    pub sheet: usize,
    /// Row of the heads as the file counts, from 1.
    pub head_row: u64,
    pub columns: Vec<ColumnPlan>,
    pub existing: Existing,
    /// Whose word the facts are.
    pub source: String,
    /// Day the facts hold for.
    #[schema(value_type = String)]
    pub as_of: Date,
}

/// Rows so far; the commit that writes rows writes these too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// Rows with content below the head.
    pub rows: u64,
    pub done: u64,
    pub created: u64,
    pub updated: u64,
    /// Records that have these values already.
    pub unchanged: u64,
    pub skipped: u64,
    pub bad: u64,
    pub batches: u64,
}

/// The stored state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Import {
    pub owner: Option<Id>,
    pub record: String,
    pub file: Id,
    pub name: String,
    pub size: u64,
    pub sheets: Vec<Sheet>,
    pub stage: Stage,
    pub plan: Plan,
    pub progress: Progress,
    /// Why it stopped.
    pub why: Option<Words>,
    pub created_at: Instant,
    pub ended_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sheet {
    /// Empty for delimited text.
    pub name: String,
    pub hidden: bool,
}

/// An import as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    pub id: String,
    /// Moves with every change; polled until the stage says that it ended.
    pub version: i64,
    pub record: String,
    /// Name of the file.
    pub name: String,
    pub size: u64,
    pub sheets: Vec<Sheet>,
    pub stage: Stage,
    pub plan: Plan,
    pub progress: Progress,
    pub why: Option<Words>,
    pub created_at: String,
    pub ended_at: Option<String>,
}

impl Import {
    pub fn view(&self, id: Id, version: i64) -> ImportView {
        ImportView {
            id: id.text(PREFIX),
            version,
            record: self.record.clone(),
            name: self.name.clone(),
            size: self.size,
            sheets: self.sheets.clone(),
            stage: self.stage,
            plan: self.plan.clone(),
            progress: self.progress,
            why: self.why.clone(),
            created_at: self.created_at.to_rfc3339_beijing(),
            ended_at: self.ended_at.map(Instant::to_rfc3339_beijing),
        }
    }
}

/// A person's imports, latest first, and what can be imported.
#[derive(Debug, Serialize, ToSchema)]
pub struct Imports {
    pub imports: Vec<ImportView>,
    /// Record types that the roles may write from a file.
    pub records: Vec<Named>,
    /// Bytes of a file.
    pub file_bytes: u64,
}
