//! What keeps policies from fitting a firm, counted by the fact that stands in the way.
use super::explain::first_fact;
use super::firm::Firm;
use super::service::State;
use crate::views::Words;
use liangu_base::Text;
use liangu_expr::schema::FieldIx;
use liangu_matching::engine::PolicyKey;
use liangu_matching::firm::Near;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// The reason that is no fact: the window for applications is over.
const WINDOW: &str = "window_to";

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReasonCount {
    /// Name of the fact that the failing clause asks.
    pub key: String,
    pub label: Words,
    pub count: u64,
}

/// Why policies do not fit a firm: the fact that the first failing clause of each asks.
pub(super) struct Reasons<'a> {
    state: &'a State,
    facts: HashMap<PolicyKey, FieldIx>,
}

impl<'a> Reasons<'a> {
    pub fn new(state: &'a State, row: usize) -> Reasons<'a> {
        let fact = |failing: Near| {
            let clause = state.engine.rule(failing.policy)?.clauses().get(failing.clause)?;
            Some((failing.policy, first_fact(clause)?.0))
        };
        Reasons { state, facts: state.engine.failing(row).into_iter().filter_map(fact).collect() }
    }

    /// Name of the fact; the window, for a policy whose applications have closed.
    pub fn key<'f>(&self, firm: &Firm<'f>, policy: PolicyKey) -> Option<&'f str> {
        if self.state.policies.closed(policy) {
            return Some(WINDOW);
        }
        self.facts.get(&policy).and_then(|place| firm.field(*place)).map(|field| field.name.as_str())
    }

    /// The most frequent first.
    pub fn counted(&self, firm: &Firm<'_>, policies: &[PolicyKey]) -> Vec<ReasonCount> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for key in policies.iter().filter_map(|policy| self.key(firm, *policy)) {
            *counts.entry(key).or_default() += 1;
        }
        let label = |key: &str| match firm.record.fields.get(key).filter(|_| key != WINDOW) {
            Some(field) => Words::from(&field.label),
            None => Words::from(&Text::fixed("申报期已过", "Applications have closed")),
        };
        let mut reasons: Vec<ReasonCount> =
            counts.into_iter().map(|(key, count)| ReasonCount { key: key.to_owned(), label: label(key), count }).collect();
        reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
        reasons
    }
}
