//! The case within a row, and the row's fields that follow from a case.
use super::flow_of;
use crate::accounts::PREFIX;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::{App, flows::actor};
use liangu_base::{Date, Id};
use liangu_flow::{Case, Definition, Duty, Holder, Kind, RunState};
use liangu_model::record::{FLOW_DUE, Record};
use liangu_store::{Item, Value, Values};

/// The case of a row, as it was written.
///
/// # Errors
/// Internal for a row that no flow ever wrote.
pub(crate) fn case_of(item: &Item) -> Outcome<Case> {
    let Some(Value::Text(json)) = item.values.get("flow") else {
        return Err(Fault::Internal(format!("case {} has no flow", item.id)));
    };
    serde_json::from_str(json).map_err(|error| Fault::Internal(format!("flow of case {}: {error}", item.id)))
}

/// The flow's fields of a new row: at the start, or in one of the flow's other starts.
///
/// # Errors
/// Not found for a record type without a flow, a conflict for a state in which no case begins.
pub(crate) fn begin(app: &App, record: &str, state: Option<&str>) -> Outcome<Values> {
    let (record, definition) = flow_of(app, record)?;
    let (now, calendar) = (app.moment(), app.calendar());
    let step = match state {
        None => liangu_flow::begin(definition, now, calendar),
        Some(state) => liangu_flow::begin_in(definition, state, now, calendar).map_err(actor::refused)?,
    };
    values_of(app, record, definition, &step.case)
}

/// The fields of a row whose case this is. `pressing` is the day by which somebody must act next: the earliest last day
/// of a clock that runs, or the day on which a wait lapses.
///
/// # Errors
/// What the store answers when it is asked for the holder's name.
pub(crate) fn values_of(app: &App, record: &Record, definition: &Definition, case: &Case) -> Outcome<Values> {
    let state = definition.state(&case.state);
    let role = match (&case.holder, state.map(|state| &state.duty)) {
        (Holder::Role(role), _) => Value::text(role.clone()),
        (Holder::Firm, _) => Value::text(liangu_flow::definition::FIRM),
        (Holder::Account(_), Some(Duty::Role(role))) => Value::text(role.clone()),
        _ => Value::Null,
    };
    let (holder, name) = match &case.holder {
        Holder::Account(account) => (Value::text(account.clone()), Value::text(name_of(app, account)?)),
        _ => (Value::Null, Value::Null),
    };
    let promise = liangu_flow::promise(definition, case);
    let done = state.is_some_and(|state| state.kind.is_done());
    let json = serde_json::to_string(case).map_err(|error| Fault::Internal(format!("case: {error}")))?;
    let values = [
        ("state", Value::text(case.state.clone())),
        ("holder_role", role),
        ("holder", holder),
        ("holder_name", name),
        ("promised", promise.map_or(Value::Null, |promise| Value::Date(promise.date))),
        ("promise_provisional", promise.map_or(Value::Null, |promise| Value::Bool(promise.provisional))),
        ("opened_at", case.opened.map_or(Value::Null, Value::Instant)),
        ("closed_at", if done { Value::Instant(case.entered) } else { Value::Null }),
        ("entered_at", Value::Instant(case.entered)),
        ("reopened", Value::Int(case.reopened.into())),
        ("pressing", pressing(definition, case).map_or(Value::Null, Value::Date)),
        (FLOW_DUE, liangu_flow::due(definition, case).map_or(Value::Null, Value::Instant)),
        ("flow", Value::text(json)),
    ];
    let known = values.into_iter().filter(|(name, _)| record.fields.contains_key(*name));
    Ok(known.map(|(name, value)| (name.to_owned(), value)).collect())
}

fn pressing(definition: &Definition, case: &Case) -> Option<Date> {
    let running = case.clocks.values().filter_map(|run| match run.state {
        RunState::Running { due, .. } => Some(due),
        _ => None,
    });
    let waits = matches!(definition.state(&case.state)?.kind, Kind::Waiting { .. });
    let lapses = case.timer.as_ref().filter(|_| waits).map(|timer| timer.date);
    running.chain(lapses).min()
}

/// Name of an account of the outside form; empty for one that is gone.
pub(super) fn name_of(app: &App, account: &str) -> Outcome<String> {
    let Ok(id) = Id::parse(PREFIX, account) else { return Ok(String::new()) };
    Ok(app.store.account(id)?.map_or_else(String::new, |account| account.name))
}

/// The firm whose case a row is: its field `enterprise`, else its first reference to a firm.
pub(super) fn firm_of(record: &Record, values: &Values) -> Option<Id> {
    match values.get(firm_field(record)?) {
        Some(Value::Ref(firm)) => Some(*firm),
        _ => None,
    }
}

/// Name of the field that [`firm_of`] reads.
pub(super) fn firm_field(record: &Record) -> Option<&str> {
    let refers = |name: &&str| {
        use liangu_model::record::FieldType;
        matches!(record.fields.get(*name).map(|field| &field.ty), Some(FieldType::Ref { record }) if record == crate::eligibility::FIRM)
    };
    Some("enterprise").filter(|name| refers(name)).or_else(|| record.fields.keys().map(String::as_str).find(|name| refers(name)))
}
