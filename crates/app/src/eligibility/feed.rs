//! Bringing the engine up to the journal: each entry says which record changed; the record as it now stands is read.
use super::cards::{FIRM, PARAMETER, POLICY};
use super::columns::oracle_value;
use super::service::{Judged, State, judged};
use crate::fault::{Fault, Outcome};
use liangu_base::Id;
use liangu_expr::schema::ChildIx;
use liangu_expr::value::{Reason, Value as Seen};
use liangu_matching::table::{Cell, FactKey};
use liangu_model::record::{Model, Record};
use liangu_store::{JournalEntry, Reader, Store, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Beyond this many entries everything is loaded anew.
const MOST: u32 = 2000;

/// False when there is too much to take in one by one, or a rule asks for facts that were not loaded.
pub(crate) fn take_in(store: &Store, model: &Arc<Model>, state: &mut State) -> Outcome<bool> {
    store.read(|reader| Ok(take_in_from(reader, model, state)))?
}

fn take_in_from(reader: &mut Reader<'_>, model: &Arc<Model>, state: &mut State) -> Outcome<bool> {
    let entries = reader.journal(state.sequence, MOST)?;
    if entries.len() >= MOST as usize {
        return Ok(false);
    }
    let (mut firms, mut policies) = (BTreeSet::new(), BTreeSet::new());
    for entry in &entries {
        match entry.record.as_str() {
            FIRM => drop(firms.insert(entry.id)),
            POLICY => {
                state.policies.changed = entry.sequence;
                policies.insert(entry.id);
            }
            // every rule that names it means something else now
            PARAMETER => return Ok(false),
            name => {
                if let Some(child) = model.records.get(name).filter(|child| child.child_of.as_ref().is_some_and(|of| of.record == FIRM)) {
                    firms.extend(parents(reader, model, child, entry)?);
                }
            }
        }
    }
    for firm in firms {
        refresh_firm(reader, model, state, firm)?;
    }
    for policy in policies {
        if !refresh_policy(reader, model, state, policy)? {
            return Ok(false);
        }
    }
    state.sequence = entries.last().map_or(state.sequence, |entry| entry.sequence);
    Ok(true)
}

/// The firms a child entry concerns: where it is, and where it was.
fn parents(reader: &mut Reader<'_>, model: &Model, child: &Record, entry: &JournalEntry) -> Outcome<Vec<Id>> {
    let Some(of) = &child.child_of else { return Ok(Vec::new()) };
    let prefix = &model.records[FIRM].prefix;
    let stated = entry.changes.iter().filter(|change| change.field == of.field).flat_map(|change| [&change.from, &change.to]);
    let mut parents: Vec<Id> = stated.filter_map(|id| Id::parse(prefix, id.as_str()?).ok()).collect();
    if let Some(row) = reader.get(&child.name, entry.id)?
        && let Some(Value::Ref(parent)) = row.values.get(&of.field)
    {
        parents.push(*parent);
    }
    Ok(parents)
}

fn refresh_firm(reader: &mut Reader<'_>, model: &Model, state: &mut State, id: Id) -> Outcome<()> {
    let Some(item) = reader.get(FIRM, id)? else {
        if let Some(row) = state.rows.remove(&id) {
            state.engine.remove_row(row);
        }
        return Ok(());
    };
    let years = reader.years(FIRM, id)?;
    let row = match state.rows.get(&id) {
        Some(row) => *row,
        None => {
            let row = state.engine.append();
            state.rows.insert(id, row);
            state.ids.push(id);
            row
        }
    };
    let (record, schema, judged_year) = (&model.records[FIRM], &model.schemas[FIRM], crate::judged_year(state.today));
    for key in state.engine.table().facts().to_vec() {
        let Some(field) = schema.fields.get_index(key.field.0 as usize).and_then(|(name, _)| record.fields.get(name)) else { continue };
        let values = if field.yearly { years.get(&(judged_year + key.year)) } else { Some(&item.values) };
        let value = values.and_then(|values| values.get(&field.name)).unwrap_or(&Value::Null);
        let seen = oracle_value(value, &field.ty, model);
        set(state, row, key, seen.as_ref())?;
    }
    for (place, (name, child)) in schema.children.iter().enumerate() {
        let owner = model.records.values().find(|r| r.child_of.as_ref().is_some_and(|of| of.record == FIRM && of.name == *name));
        let Some(owner) = owner else { continue };
        let rows = reader.children(&owner.name, id)?;
        let records = rows.iter().map(|row| child_values(model, owner, &child.schema, &row.values)).collect();
        state.engine.set_children(row, ChildIx(place as u32), Some(records)).map_err(|e| Fault::Internal(e.to_string()))?;
    }
    Ok(())
}

fn set(state: &mut State, row: usize, key: FactKey, seen: Option<&Seen>) -> Outcome<()> {
    with_cell(seen, |cell| state.engine.set(row, &[(key, cell)])).map_err(|e| Fault::Internal(e.to_string()))
}

/// Hands the value over as the table takes it.
pub(crate) fn with_cell<T>(seen: Option<&Seen>, take: impl FnOnce(Cell<'_>) -> T) -> T {
    match seen {
        Some(Seen::Bool(yes)) => take(Cell::Bool(*yes)),
        Some(Seen::Int(n)) => take(Cell::Int(*n)),
        Some(Seen::Date(date)) => take(Cell::Date(*date)),
        Some(Seen::Text(text)) => take(Cell::Text(text)),
        Some(Seen::List(list)) => {
            let code = |code: &'_ Seen| if let Seen::Text(code) = code { Some(code.clone()) } else { None };
            let codes: Vec<_> = list.iter().filter_map(code).collect();
            take(Cell::Set(&codes.iter().map(AsRef::as_ref).collect::<Vec<&str>>()))
        }
        _ => take(Cell::Unknown),
    }
}

/// A child's values in the order of its schema.
pub(crate) fn child_values(
    model: &Model,
    owner: &Record,
    schema: &liangu_expr::schema::Schema,
    values: &liangu_store::Values,
) -> Arc<[Seen]> {
    let value = |name: &String| {
        let field = owner.fields.get(name)?;
        oracle_value(values.get(name)?, &field.ty, model)
    };
    schema.fields.keys().map(|name| value(name).unwrap_or(Seen::Unknown(Reason::Missing { field: name.clone(), year: 0 }))).collect()
}

/// False when the rule asks for facts that were not loaded.
fn refresh_policy(reader: &mut Reader<'_>, model: &Model, state: &mut State, id: Id) -> Outcome<bool> {
    state.policies.refused.remove(&id);
    let policy = reader.get(POLICY, id)?;
    let judged = policy.as_ref().map_or(Judged::Not, |policy| judged(&state.rules, policy));
    let key = state.policies.keys.get(&id).copied();
    match (judged, &policy) {
        (Judged::By(rule), Some(policy)) => {
            if !state.needs.cover(&rule, model, &model.records[FIRM]) {
                return Ok(false);
            }
            let key = state.policies.key(policy, state.today);
            if let Err(why) = state.engine.put(key, rule) {
                state.engine.remove(key);
                state.policies.refuse(model, policy, why.to_string());
            }
        }
        (judged, policy) => {
            key.map(|key| state.engine.remove(key));
            if let (Judged::Refused(reason), Some(policy)) = (judged, policy) {
                state.policies.refuse(model, policy, reason);
            }
        }
    }
    Ok(true)
}
