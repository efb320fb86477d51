//! What a firm got before, and what is promised to it: what caps of a year and other policies are settled against.
//!
//! Paid money stands in the firm's support history; money that is granted and not paid yet stands in its claims, or among
//! what an award run has promised. All are named as the policy that is being settled names them, by document number or by title.
use super::values::{bilingual, date, int, reference, text};
use super::{CLAIM, PROMISED};
use crate::App;
use crate::awards;
use crate::eligibility::POLICY;
use crate::fault::Outcome;
use liangu_base::Id;
use liangu_policy::decision::{Grant, Judge};
use liangu_store::{Condition, DocumentPut, Item, Query, Reader, StoreError, Value, Values};

/// The record type of support a firm received.
const HISTORY: &str = "support_grant";
/// Open claims of one firm that are looked at.
const MOST: u32 = 500;

/// Sorted, so that one state of things has one form. `except`: the claim that is being decided.
pub(crate) fn grants_of(app: &App, reader: &mut Reader<'_>, firm: Id, judge: &Judge, except: Option<Id>) -> Result<Vec<Grant>, StoreError> {
    let mut grants = Vec::new();
    if app.model.records.contains_key(HISTORY) {
        let paid = |row: &Item| {
            let (policy, on, amount) = (text(&row.values, "policy")?, date(&row.values, "paid")?, int(&row.values, "amount")?);
            Some(Grant { policy: policy.to_owned(), on, amount })
        };
        grants.extend(reader.children(HISTORY, firm)?.iter().filter_map(paid));
    }
    if app.model.records.contains_key(CLAIM) {
        let conditions = vec![
            Condition::In { field: "enterprise".to_owned(), values: vec![Value::Ref(firm)] },
            Condition::In { field: "state".to_owned(), values: PROMISED.iter().map(|state| Value::text(*state)).collect() },
        ];
        let claims = reader.query(CLAIM, &Query { conditions, limit: MOST, total: false, ..Query::default() })?.items;
        let policies: Vec<Id> = claims.iter().filter_map(|claim| reference(&claim.values, "policy")).collect();
        let policies = reader.get_many(POLICY, &policies)?;
        for claim in claims.iter().filter(|claim| Some(claim.id) != except) {
            let policy = reference(&claim.values, "policy").and_then(|id| policies.iter().find(|policy| policy.id == id));
            let (Some(policy), Some(amount)) = (policy, int(&claim.values, "amount").filter(|fen| *fen > 0)) else { continue };
            let on = date(&claim.values, "decided_on").unwrap_or(app.today());
            grants.push(Grant { policy: named(&policy.values, judge), on, amount });
        }
    }
    for promised in awards::pending(reader, firm)? {
        if let Some(policy) = reader.get(POLICY, promised.policy)? {
            grants.push(Grant { policy: named(&policy.values, judge), on: promised.on, amount: promised.amount });
        }
    }
    grants.sort();
    Ok(grants)
}

/// The policy as the one being settled names it; else by its number, else by its title.
fn named(policy: &Values, judge: &Judge) -> String {
    let names = names_of(policy);
    let basis = judge.basis();
    let known = |name: &&String| basis.names().contains(&name.as_str()) || basis.content.money.against.iter().any(|a| a.policy == **name);
    names.iter().find(known).or_else(|| names.first()).cloned().unwrap_or_default()
}

fn names_of(policy: &Values) -> Vec<String> {
    text(policy, "number").map(str::to_owned).into_iter().chain([bilingual(policy, "title").zh.to_string()]).collect()
}

/// The name under which a payment of the policy goes on file with the firm.
pub(crate) fn policy_name(policy: &Values) -> String {
    names_of(policy).into_iter().next().unwrap_or_default()
}

/// Put into every commit that promises money to a firm: of two at once the second sees the first.
pub(crate) fn firm_lock(app: &App, firm: Id) -> Outcome<DocumentPut> {
    awards::decided(app, firm)
}
