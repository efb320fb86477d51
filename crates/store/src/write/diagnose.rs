//! Which rule a refused write broke: the field and the other record are named.
use super::target::{Fate, Target};
use crate::Inner;
use crate::engine::Conn;
use crate::error::StoreError;
use crate::sql::quoted;
use crate::value::Value;
use liangu_base::{Id, Text};
use std::collections::BTreeMap;

/// Called after the writes were undone, so that only other commits' rows and this commit's intentions are there.
pub fn unique(inner: &Inner, conn: &mut Conn, targets: &BTreeMap<Id, Target>, message: String) -> StoreError {
    match search(inner, conn, targets) {
        Ok(Some(found)) => found,
        // What was in the way is gone again, or another commit is about to put it there.
        Ok(None) => StoreError::Constraint(message),
        Err(error) => error,
    }
}

fn search(inner: &Inner, conn: &mut Conn, targets: &BTreeMap<Id, Target>) -> Result<Option<StoreError>, StoreError> {
    for target in targets.values().filter(|t| t.fate != Fate::Deleted) {
        let layout = &target.layout;
        if target.fate == Fate::Created {
            let sql = format!("SELECT id FROM {} WHERE tenant = ?1 AND id = ?2", layout.table());
            if conn.one(&sql, &[inner.tenant.as_str().into(), target.id.into()], |_| Ok(()))?.is_some() {
                return Ok(Some(conflict(target, "id", &Text::fixed("编号", "id"), target.id)));
            }
        }
        for (at, place) in layout.single.iter().enumerate() {
            let (field, value) = (layout.field_at(place), &target.new[at]);
            if !field.unique || value.is_null() {
                continue;
            }
            let sql = format!("SELECT id FROM {} WHERE tenant = ?1 AND {} = ?2 AND id <> ?3", layout.table(), quoted(&place.columns[0].0));
            let params = [inner.tenant.as_str().into(), value.cell(&field.ty), target.id.into()];
            let on_file = conn.one(&sql, &params, |row| row.id(0))?;
            if let Some(other) = on_file.or_else(|| twin(targets, target, &place.field, value)) {
                return Ok(Some(conflict(target, &field.name, &field.label, other)));
            }
        }
    }
    Ok(None)
}

/// Another record of the same commit with the same value.
fn twin(targets: &BTreeMap<Id, Target>, target: &Target, field: &str, value: &Value) -> Option<Id> {
    let same = |t: &&Target| {
        t.id != target.id && t.layout.name == target.layout.name && t.fate != Fate::Deleted && t.new_value(field) == Some(value)
    };
    targets.values().find(same).map(|t| t.id)
}

fn conflict(target: &Target, field: &str, label: &Text, other: Id) -> StoreError {
    StoreError::Unique { record: target.layout.name.clone(), field: field.to_owned(), label: Box::new(label.clone()), other }
}

/// No record may still refer to one that was deleted.
pub fn referenced(inner: &Inner, conn: &mut Conn, targets: &BTreeMap<Id, Target>) -> Result<(), StoreError> {
    for target in targets.values().filter(|t| t.fate == Fate::Deleted) {
        for layout in inner.layout.all() {
            for (field, _) in layout.refs.iter().filter(|(_, record)| *record == target.layout.name) {
                let place = layout.place_of(field)?;
                let sql = format!("SELECT id FROM {} WHERE tenant = ?1 AND {} = ?2 LIMIT 1", layout.table(), quoted(&place.columns[0].0));
                if layout.place_position(field) != usize::MAX
                    && conn.one(&sql, &[inner.tenant.as_str().into(), target.id.into()], |_| Ok(()))?.is_some()
                {
                    return Err(StoreError::Referenced { record: target.layout.name.clone(), id: target.id, by: layout.name.clone() });
                }
            }
        }
    }
    Ok(())
}
