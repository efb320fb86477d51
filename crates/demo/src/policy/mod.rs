//! The policies: the real ones that the policy pack carries, a hand-written set around the persona,
//! and invented ones of the series 示范发 that nobody can take for real.
//!
//! Start at [`policies`]. A policy's rule is the conjunction of its deciding clauses ([`clause::conjunction`]), never
//! written twice.
pub mod clause;
pub mod flagship;
pub mod flagship_open;
mod formula;
pub mod make;
pub mod real;
pub mod stock;
pub mod terms;
pub mod topics;
pub mod words;

use crate::entry::{Datum, Entry};
use crate::ids::Ids;
use crate::organisations::Bodies;
use clause::Clause;
use liangu_base::{Date, Fen, Id, Text};

/// Policies of the demonstration (F185).
pub const POLICIES: usize = 11_762;
/// Of them in force on the day everything is judged by.
pub const IN_FORCE: usize = 2_846;

/// A policy before it becomes a record.
#[derive(Clone, Debug)]
pub struct Policy {
    pub title: Text,
    pub number: Option<String>,
    pub issuer: Text,
    pub department: Option<Id>,
    pub level: &'static str,
    pub region: Option<String>,
    pub kind: &'static str,
    pub mode: &'static str,
    pub series: &'static str,
    pub confidence: Option<&'static str>,
    pub document: &'static str,
    pub framework: Option<&'static str>,
    pub grants: Option<&'static str>,
    pub amount: Option<Fen>,
    pub amount_text: Option<Text>,
    pub summary: Option<Text>,
    pub published: Option<Date>,
    pub valid: (Option<Date>, Option<Date>),
    pub window: (Option<Date>, Option<Date>),
    pub clauses: Vec<Clause>,
    /// Of a policy of the stock: what its version in force says, and its rule, which items make more than a conjunction.
    pub content: Option<Box<stock::Written>>,
}

impl Policy {
    pub fn in_force(&self, day: Date) -> bool {
        self.valid.0.is_none_or(|from| from <= day) && self.valid.1.is_none_or(|to| to >= day)
    }

    /// The policy and its clauses as records.
    pub fn entries(self, ids: &Ids, number: usize, first_clause: usize) -> (Entry, Vec<Entry>) {
        let id = ids.of("policy", number);
        let when = match &self.content {
            Some(written) => written.rule.clone(),
            None => clause::conjunction(&self.clauses),
        };
        let dates = self.content.as_ref().map(|written| written.content.dates);
        let clauses = self
            .clauses
            .into_iter()
            .enumerate()
            .map(|(position, c)| c.entry(id, ids.of("policy_clause", first_clause + position), position))
            .collect();
        let entry = Entry::new("policy", id)
            .with("title", self.title)
            .maybe("number", self.number)
            .with("issuer", self.issuer)
            .maybe("department", self.department)
            .with("level", self.level)
            .maybe("region", self.region)
            .with("document", self.document)
            .maybe("framework", self.framework)
            .with("series", self.series)
            .maybe("confidence", self.confidence)
            .with("kind", self.kind)
            .with("grant_mode", self.mode)
            .maybe("amount_max", self.amount.map(|a| Datum::Int(a.fen())))
            .maybe("amount_text", self.amount_text)
            .maybe("summary", self.summary)
            .maybe("grants", self.grants)
            .maybe("published", self.published)
            .maybe("valid_from", self.valid.0)
            .maybe("valid_to", self.valid.1)
            .maybe("window_from", self.window.0)
            .maybe("window_to", self.window.1)
            .maybe("judged_year", dates.and_then(|d| d.judged_year).map(i64::from))
            .maybe("cut_off", dates.and_then(|d| d.cut_off))
            .maybe("source_url", self.content.and_then(|written| written.source_url))
            .maybe("when", when)
            .with("synthetic", self.series == "demonstration");
        (entry, clauses)
    }
}

/// All policies, in the order of their ids: national criteria, the framework's, the hand-written ones, the invented ones,
/// the stock of real ones.
pub fn policies(seed: u64, as_of: Date, ids: &Ids, bodies: &Bodies) -> Vec<Policy> {
    let mut stocked = stock::policies();
    let mut all = real::criteria();
    for (key, policy) in &mut all {
        if let Some(same) = stocked.iter().position(|(instead_of, _)| instead_of.as_ref() == Some(key)) {
            *policy = stocked.remove(same).1;
        }
    }
    let mut all: Vec<Policy> = all.into_iter().map(|(_, policy)| policy).collect();
    all.extend(flagship::policies(as_of, bodies));
    let in_force = all.iter().filter(|p| p.in_force(as_of)).count();
    let maker = make::Maker::new(seed, as_of, ids, bodies);
    let rest = POLICIES - all.len();
    let mut made = maker.policies(rest, IN_FORCE - in_force);
    // the stock takes the place of the last invented ones, so that the others stay what they are
    for (_, policy) in &stocked {
        let alike = made.iter().rposition(|m| m.in_force(as_of) == policy.in_force(as_of));
        alike.map(|at| made.remove(at));
    }
    all.extend(made);
    all.extend(stocked.into_iter().map(|(_, policy)| policy));
    all
}
