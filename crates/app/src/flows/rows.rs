//! Rows that no scope cuts: those the clock works on, the steps of a case that was seen, and notices, which are cut by
//! whom they are for.
use super::{NOTICE, STEP};
use crate::App;
use crate::fault::Outcome;
use liangu_base::{Id, Instant};
use liangu_model::record::FLOW_DUE;
use liangu_store::{Condition, Cursor, Item, Page, Query, Sort, Value};

/// Rows that the clock takes at once.
const BATCH: u32 = 500;
/// Steps of a case that are shown, the newest.
const STEPS: u32 = 300;

fn by(field: &str, descending: bool) -> Option<Sort> {
    Some(Sort { field: field.to_owned(), descending })
}

fn is(field: &str, value: Value) -> Condition {
    Condition::In { field: field.to_owned(), values: vec![value] }
}

/// Cases of a record type whose next timer is due, the longest due first.
pub(super) fn due(app: &App, record: &str, now: Instant, after: Option<Cursor>) -> Outcome<Page> {
    let conditions = vec![Condition::Range { field: FLOW_DUE.to_owned(), from: None, to: Some(Value::Instant(now)) }];
    let query = Query { conditions, sort: by(FLOW_DUE, false), after, limit: BATCH, total: false, ..Query::default() };
    Ok(app.store.query(record, &query)?)
}

/// All cases of a record type, a page.
pub(super) fn all(app: &App, record: &str, after: Option<Cursor>) -> Outcome<Page> {
    let query = Query { sort: by("id", false), after, limit: BATCH, total: false, ..Query::default() };
    Ok(app.store.query(record, &query)?)
}

/// The steps of a case, the oldest first.
pub(super) fn steps(app: &App, case: &str) -> Outcome<Vec<Item>> {
    let conditions = vec![is("case_id", Value::text(case))];
    let query = Query { conditions, sort: by("id", true), limit: STEPS, total: false, ..Query::default() };
    let mut steps = app.store.query(STEP, &query)?.items;
    steps.reverse();
    Ok(steps)
}

/// Whom notices are for.
#[derive(Clone, Debug)]
pub(super) enum For {
    Account(String),
    Firm(Id),
    /// Roles, and the region whose pools are meant with those below it.
    Roles(Vec<String>, String),
}

/// Notices for one of these, the newest first.
pub(super) fn notices(app: &App, to: &For, after: Option<Cursor>, limit: u32) -> Outcome<Page> {
    let conditions = match to {
        For::Account(account) => vec![is("account", Value::text(account.clone()))],
        For::Firm(firm) => vec![is("firm", Value::Ref(*firm))],
        For::Roles(roles, region) => vec![
            Condition::In { field: "role".to_owned(), values: roles.iter().map(|role| Value::text(role.clone())).collect() },
            Condition::Within { field: "region".to_owned(), codes: vec![region.clone()] },
        ],
    };
    let query = Query { conditions, sort: by("id", true), after, limit, total: false, ..Query::default() };
    Ok(app.store.query(NOTICE, &query)?)
}
