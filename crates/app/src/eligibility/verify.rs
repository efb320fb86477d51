//! Two ways to an answer must agree: the matching columns with the database, and with the row meaning of the language.
//!
//! For an operator, over everything on file and without a scope. Start at [`verify`]: columns are loaded freshly and
//! compared over one snapshot. The engine answers a rule for all firms by its program over leaves, and a firm for all
//! rules by its index; SQL answers per rule, the row meaning per pair, over the engine's own table and over the firm's
//! record as the pages read it.
mod compare;
mod shapes;

pub use shapes::{Part, Shape};

use super::cards::{FIRM, POLICY};
use super::columns::Needs;
use super::service::{State, read_snapshot};
use crate::administration::RefusedPolicy;
use crate::fault::Outcome;
use crate::installation;
use liangu_base::{Date, Id, Instant, Text};
use liangu_model::record::Model;
use liangu_store::{Reader, Store};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Differences that are told one by one; all are counted.
const TOLD: usize = 20;

#[derive(Clone, Copy, Debug)]
pub struct VerifyOptions {
    /// Rules compared over all firms, of as many shapes as there are; `None` is all.
    pub policies: Option<usize>,
    /// Pairs of a rule and a firm compared with the row meaning, over the table and over the record.
    pub pairs: usize,
    /// The row meaning over the table is asked of every firm for every chosen rule.
    pub every_pair: bool,
    pub seed: u64,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Loaded { firms: usize, policies: usize },
    Policies { done: usize, of: usize },
    Pairs { done: usize, of: usize },
}

#[derive(Debug, Serialize)]
pub struct Report {
    /// `SQLite` or `PostgreSQL`.
    pub database: &'static str,
    /// The day by which rules are judged.
    pub today: Date,
    pub seed: u64,
    pub firms: usize,
    /// Rules in force that the columns judge.
    pub rules: usize,
    /// Rules in force that the columns do not judge, and why.
    pub refused: Vec<RefusedPolicy>,
    /// Rules compared with the database over all firms.
    pub policies: usize,
    /// Answers of the columns compared with those of the database.
    pub answers: u64,
    /// Pairs compared with the row meaning.
    pub pairs: u64,
    /// Compared rules by part; a rule counts under each of its parts.
    pub parts: BTreeMap<Part, usize>,
    pub shapes: Vec<ShapeCount>,
    pub differences: u64,
    /// The first differences.
    pub first: Vec<Difference>,
}

/// Compared rules of one shape.
#[derive(Debug, Serialize)]
pub struct ShapeCount {
    pub parts: Shape,
    pub policies: usize,
}

/// The second way to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Sql,
    /// The row meaning over the engine's table.
    Table,
    /// The row meaning over the record on file.
    Record,
}

/// `yes`, `no` and `unknown`; `absent` where one side does not know the firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    Yes,
    No,
    Unknown,
    Absent,
}

/// What the columns and another way say of one firm.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    pub policy: String,
    pub way: Way,
    #[serde(flatten)]
    pub what: What,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum What {
    Answers {
        firm: String,
        columns: Seen,
        other: Seen,
    },
    /// The database did not answer the rule at all.
    Refused {
        reason: Text,
    },
}

/// Compares freshly loaded columns with the database and the row meaning.
///
/// # Errors
/// When the store holds no installation or cannot be read; a difference is no error.
pub fn verify(store: &Store, now: Instant, options: &VerifyOptions, progress: &mut dyn FnMut(Progress)) -> Outcome<Report> {
    let today = installation::read(store)?.today(now);
    let mut run = |reader: &mut Reader<'_>| {
        Columns::load(reader, store.model(), today).and_then(|columns| columns.compare(reader, options, progress))
    };
    let report = store.read(|reader| Ok(run(reader)))??;
    Ok(Report { database: store.engine().label(), ..report })
}

/// The matching columns of one state of the store.
pub struct Columns {
    state: State,
    model: Arc<Model>,
}

impl Columns {
    /// # Errors
    /// When the store cannot be read.
    pub fn load(reader: &mut Reader<'_>, model: &Arc<Model>, today: Date) -> Outcome<Columns> {
        Ok(Columns { state: read_snapshot(reader, model, today, &Needs::default())?, model: model.clone() })
    }
}

/// Differences as they are found.
struct Found<'a> {
    model: &'a Model,
    count: u64,
    first: Vec<Difference>,
}

impl Found<'_> {
    fn add(&mut self, policy: Id, way: Way, what: impl FnOnce(&Model) -> What) {
        self.count += 1;
        if self.first.len() < TOLD {
            let policy = policy.text(&self.model.records[POLICY].prefix);
            self.first.push(Difference { policy, way, what: what(self.model) });
        }
    }

    fn answers(&mut self, policy: Id, firm: Id, way: Way, columns: Seen, other: Seen) {
        if columns != other {
            self.add(policy, way, |model| What::Answers { firm: firm.text(&model.records[FIRM].prefix), columns, other });
        }
    }
}
