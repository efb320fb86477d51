//! Writing one prepared record: its row, its years, its facts, its running number.
use super::Head;
use super::target::{Fate, Target, json};
use crate::commit::Receipt;
use crate::engine::Conn;
use crate::engine::cell::Cell;
use crate::engine::insert::Rows;
use crate::error::StoreError;
use crate::layout::Place;
use crate::sql::{Sql, quoted};
use crate::value::Value;
use liangu_base::Id;
use liangu_model::record::FieldType;
use std::collections::BTreeMap;

/// Gives a new record the running numbers it lacks, `PREFIX-2026-000123`; the year is Beijing's at the commit.
pub fn number(head: &Head<'_>, conn: &mut Conn, target: &mut Target, receipt: &mut Receipt) -> Result<(), StoreError> {
    let layout = std::sync::Arc::clone(&target.layout);
    let mut given = false;
    for (at, place) in layout.single.iter().enumerate() {
        let FieldType::Number { prefix } = &layout.field_at(place).ty else { continue };
        if !target.new[at].is_null() {
            continue;
        }
        let year = i64::from(head.commit.at.date_beijing().year());
        let tenant = head.inner.tenant.as_str();
        let last = conn.one(
            "INSERT INTO number_sequence (tenant, prefix, year, last) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT (tenant, prefix, year) DO UPDATE SET last = number_sequence.last + 1 RETURNING last",
            &[tenant.into(), prefix.as_str().into(), year.into()],
            |row| row.int(0),
        )?;
        let number = Value::Text(format!("{prefix}-{year}-{:06}", last.unwrap_or(1)));
        receipt.numbers.entry(target.id).or_default().insert(place.field.clone(), number.clone());
        target.new[at] = number;
        given = true;
    }
    if given {
        target.settle();
    }
    Ok(())
}

/// Writes the rows of all targets: new ones table by table, changed ones one by one.
pub fn write(head: &Head<'_>, conn: &mut Conn, targets: &BTreeMap<Id, Target>) -> Result<(), StoreError> {
    let mut created: BTreeMap<usize, Vec<&Target>> = BTreeMap::new();
    for target in targets.values().filter(|t| t.differs) {
        match target.fate {
            Fate::Created => created.entry(target.layout.index).or_default().push(target),
            Fate::Updated => {
                update(head, conn, target)?;
                update_years(head, conn, target)?;
                crate::search::index::update(head.inner, conn, target)?;
            }
            Fate::Deleted => delete(head, conn, target)?,
        }
    }
    created.values().try_for_each(|targets| create(head, conn, targets))
}

/// New records of one type. Types come in the model's order: a record after those it refers to.
fn create(head: &Head<'_>, conn: &mut Conn, targets: &[&Target]) -> Result<(), StoreError> {
    let Some(first) = targets.first() else { return Ok(()) };
    let (tenant, layout) = (head.inner.tenant.as_str(), &first.layout);
    let mut columns = vec!["tenant", "id", "version", "created_at", "updated_at"];
    columns.extend(layout.columns(false));
    let mut rows = Rows::new(&layout.name, &columns);
    for target in targets {
        rows.cells.extend([tenant.into(), target.id.into(), 1.into(), head.commit.at.into(), head.commit.at.into()]);
        for (place, value) in layout.single.iter().zip(&target.new) {
            value.write(&layout.field_at(place).ty, &mut rows.cells);
        }
    }
    conn.insert(&rows)?;
    let mut columns = vec!["tenant", "record", "year"];
    columns.extend(layout.columns(true));
    let table = layout.year_table();
    let mut rows = Rows::new(&table, &columns);
    for target in targets {
        for (year, row) in &target.years {
            year_cells(tenant, target, *year, &row.new, &mut rows.cells);
        }
    }
    conn.insert(&rows)?;
    crate::search::index::add(head.inner, conn, targets)
}

fn year_cells(tenant: &str, target: &Target, year: i32, values: &[Value], cells: &mut Vec<Cell>) {
    cells.extend([tenant.into(), target.id.into(), i64::from(year).into()]);
    for (place, value) in target.layout.yearly.iter().zip(values) {
        value.write(&target.layout.field_at(place).ty, cells);
    }
}

fn delete(head: &Head<'_>, conn: &mut Conn, target: &Target) -> Result<(), StoreError> {
    let (tenant, layout) = (head.inner.tenant.as_str(), &target.layout);
    crate::search::index::update(head.inner, conn, target)?;
    conn.run(&format!("DELETE FROM {} WHERE tenant = ?1 AND id = ?2", layout.table()), &[tenant.into(), target.id.into()])?;
    if layout.has_years() {
        let table = quoted(&layout.year_table());
        conn.run(&format!("DELETE FROM {table} WHERE tenant = ?1 AND record = ?2"), &[tenant.into(), target.id.into()])?;
    }
    Ok(())
}

fn update(head: &Head<'_>, conn: &mut Conn, target: &Target) -> Result<(), StoreError> {
    let layout = &target.layout;
    let mut sql = Sql::new(&format!("UPDATE {} SET version = ", layout.table()));
    sql.bind(target.new_version()).push(", updated_at = ").bind(head.commit.at);
    for (place, (old, new)) in layout.single.iter().zip(target.old.iter().zip(&target.new)) {
        if old != new {
            set(&mut sql, place, &layout.field_at(place).ty, new);
        }
    }
    sql.push(" WHERE tenant = ")
        .bind(head.inner.tenant.as_str())
        .push(" AND id = ")
        .bind(target.id)
        .push(" AND version = ")
        .bind(target.version);
    // The row is locked since it was read; that it still has its version guards the lock itself.
    match conn.run(&sql.text, &sql.params)? {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}

fn set(sql: &mut Sql, place: &Place, ty: &FieldType, value: &Value) {
    let mut cells = Vec::with_capacity(2);
    value.write(ty, &mut cells);
    for ((column, _), cell) in place.columns.iter().zip(cells) {
        sql.push(&format!(", {} = ", quoted(column))).bind(cell);
    }
}

fn update_years(head: &Head<'_>, conn: &mut Conn, target: &Target) -> Result<(), StoreError> {
    let (tenant, layout) = (head.inner.tenant.as_str(), &target.layout);
    for (year, row) in target.years.iter().filter(|(_, row)| row.old.as_ref() != Some(&row.new)) {
        if row.old.is_some() {
            let table = quoted(&layout.year_table());
            conn.run(
                &format!("DELETE FROM {table} WHERE tenant = ?1 AND record = ?2 AND year = ?3"),
                &[tenant.into(), target.id.into(), i64::from(*year).into()],
            )?;
        }
        let mut cells: Vec<Cell> = Vec::with_capacity(3 + layout.yearly.len());
        year_cells(tenant, target, *year, &row.new, &mut cells);
        conn.run(&layout.insert_year, &cells)?;
    }
    Ok(())
}

/// Appends the rows of a target's facts.
pub fn facts(head: &Head<'_>, target: &Target, sequence: i64, cells: &mut Vec<Cell>) {
    for fact in &target.facts {
        let ty = &target.layout.record().fields[fact.field_index].ty;
        cells.extend([
            head.inner.tenant.as_str().into(),
            target.id.into(),
            fact.field.as_str().into(),
            i64::from(fact.year.unwrap_or(0)).into(),
            fact.source.as_str().into(),
            sequence.into(),
            json(&fact.value, ty, target.layout.model()).into(),
            fact.as_of.into(),
            head.commit.at.into(),
            Cell::from(head.commit.actor),
        ]);
    }
}
