//! From stored rows to the engine's table: every fact a rule may read, child records beside them.
//!
//! References are written as ids of the outside form. A collection of children is known as it is on file: none on file
//! is none.
use crate::fault::{Fault, Outcome};
use liangu_base::{Date, Id};
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::value::{Reason, Value};
use liangu_matching::table::{Cell, FactKey, Table, TableBuilder};
use liangu_model::record::{FieldType, Model, Record};
use liangu_store::{CellRef, Reader, StoreError};
use std::collections::HashMap;
use std::sync::Arc;

/// Years of yearly facts that rules may look back, the judged one included.
pub(crate) const YEARS: [i32; 4] = [0, -1, -2, -3];

/// The table and which row is which firm.
pub(crate) struct Loaded {
    pub table: Table,
    pub ids: Vec<Id>,
    pub rows: HashMap<Id, usize>,
}

/// Facts of firms that rules may read: free texts are left out.
pub(crate) fn fact_fields(record: &Record, schema: &Schema) -> Vec<(FieldIx, String, bool)> {
    let wanted = |ty: &FieldType| {
        !matches!(
            ty,
            FieldType::Text { .. }
                | FieldType::Bilingual { .. }
                | FieldType::CreditCode
                | FieldType::Number { .. }
                | FieldType::Rule { .. }
                | FieldType::Instant
        )
    };
    let field = |field: &liangu_model::record::Field| {
        let place = schema.fields.get_index_of(&field.name)?;
        wanted(&field.ty).then(|| (FieldIx(u32::try_from(place).unwrap_or(u32::MAX)), field.name.clone(), field.yearly))
    };
    record.fields.values().filter_map(field).collect()
}

/// Loads all rows of `record` as of the judged year.
pub(crate) fn load(reader: &mut Reader<'_>, model: &Model, record: &str, judged_year: i32) -> Outcome<Loaded> {
    let (record, schema) = (&model.records[record], &model.schemas[record]);
    let fields = fact_fields(record, schema);
    let mut keys = Vec::new();
    for (field, _, yearly) in &fields {
        let years: &[i32] = if *yearly { &YEARS } else { &[0] };
        keys.extend(years.iter().map(|year| FactKey::new(*field, *year)));
    }
    let mut children = children_of(reader, model, record)?;
    let mut builder = TableBuilder::new(schema, &keys);
    let (mut ids, mut rows) = (Vec::new(), HashMap::new());
    let names: Vec<&str> = fields.iter().map(|(_, name, _)| name.as_str()).collect();
    let years: Vec<i32> = YEARS.iter().map(|year| judged_year + year).collect();
    let place = |field: FieldIx, year: i32| builder.column(FactKey::new(field, year));
    let places: Vec<Vec<Option<usize>>> = fields
        .iter()
        .map(|(field, _, yearly)| YEARS.iter().take(if *yearly { YEARS.len() } else { 1 }).map(|year| place(*field, *year)).collect())
        .collect();
    let types: Vec<(&Type, &FieldType)> =
        fields.iter().map(|(field, name, _)| (&schema.fields[field.0 as usize].ty, &record.fields[name].ty)).collect();
    reader.scan(&record.name, &names, &years, &mut |row| {
        rows.insert(row.id, builder.row());
        ids.push(row.id);
        for (at, (_, _, yearly)) in fields.iter().enumerate() {
            for (year, column) in places[at].iter().enumerate() {
                let cell = if *yearly { row.year_value(year, at)? } else { row.value(at)? };
                let Some(column) = column else { continue };
                put(&mut builder, *column, cell, types[at], model)?;
            }
        }
        for (child, by_parent) in children.iter_mut().enumerate() {
            let records = by_parent.remove(&row.id).unwrap_or_default();
            builder.children(ChildIx(child as u32), records).map_err(refused)?;
        }
        Ok(())
    })?;
    Ok(Loaded { table: builder.build(), ids, rows })
}

fn put(
    builder: &mut TableBuilder,
    column: usize,
    cell: CellRef<'_>,
    (ty, field): (&Type, &FieldType),
    model: &Model,
) -> Result<(), StoreError> {
    match cell {
        CellRef::Null => Ok(()),
        CellRef::Int(n) if matches!(ty, Type::Bool) => builder.put(column, Cell::Bool(n != 0)),
        CellRef::Int(n) => builder.put(column, Cell::Int(n)),
        CellRef::Text(text) if matches!(ty, Type::Set(_)) => {
            let codes: Vec<&str> = text.split('|').filter(|code| !code.is_empty()).collect();
            builder.put(column, Cell::Set(&codes))
        }
        CellRef::Text(text) => builder.put(column, Cell::Text(text)),
        CellRef::Bytes(bytes) => builder.put(column, Cell::Text(&reference(bytes, field, model))),
    }
    .map_err(refused)
}

fn refused(error: liangu_matching::table::TableError) -> StoreError {
    StoreError::Damaged(error.to_string())
}

fn reference(bytes: &[u8], field: &FieldType, model: &Model) -> String {
    let prefix = match field {
        FieldType::Ref { record } => model.records.get(record).map_or("id", |record| record.prefix.as_str()),
        _ => "id",
    };
    <[u8; 16]>::try_from(bytes).map(|bytes| Id::from_bytes(bytes).text(prefix)).unwrap_or_default()
}

type ByParent = HashMap<Id, Vec<Arc<[Value]>>>;

/// The child records by parent, in the order of the schema's collections.
fn children_of(reader: &mut Reader<'_>, model: &Model, record: &Record) -> Outcome<Vec<ByParent>> {
    let schema = &model.schemas[&record.name];
    let mut all = Vec::new();
    for (name, child) in &schema.children {
        let owner = model.records.values().find(|r| r.child_of.as_ref().is_some_and(|of| of.record == record.name && of.name == *name));
        let owner = owner.ok_or_else(|| Fault::Internal(format!("no record type behind {}.{name}", record.name)))?;
        let parent = &owner.child_of.as_ref().ok_or_else(|| Fault::Internal(format!("{} has no parent", owner.name)))?.field;
        let known: Vec<&str> = child.schema.fields.keys().map(String::as_str).filter(|field| owner.fields.contains_key(*field)).collect();
        let mut wanted = known.clone();
        wanted.push(parent);
        let mut by_parent: ByParent = HashMap::new();
        reader.scan(&owner.name, &wanted, &[], &mut |row| {
            let CellRef::Bytes(id) = row.value(known.len())? else { return Ok(()) };
            let Ok(id) = <[u8; 16]>::try_from(id) else { return Ok(()) };
            let mut values = Vec::with_capacity(child.schema.fields.len());
            for (name, decl) in &child.schema.fields {
                let value = match known.iter().position(|field| field == name) {
                    Some(place) => value(row.value(place)?, &decl.ty, &owner.fields[name].ty, model),
                    None => None,
                };
                values.push(value.unwrap_or_else(|| Value::Unknown(Reason::Missing { field: name.clone(), year: 0 })));
            }
            by_parent.entry(Id::from_bytes(id)).or_default().push(values.into());
            Ok(())
        })?;
        all.push(by_parent);
    }
    Ok(all)
}

fn value(cell: CellRef<'_>, ty: &Type, field: &FieldType, model: &Model) -> Option<Value> {
    Some(match cell {
        CellRef::Null => return None,
        CellRef::Int(n) => match ty {
            Type::Bool => Value::Bool(n != 0),
            Type::Date => Value::Date(i32::try_from(n).ok().and_then(Date::from_days)?),
            _ => Value::Int(n),
        },
        CellRef::Text(text) if matches!(ty, Type::Set(_)) => {
            Value::List(text.split('|').filter(|code| !code.is_empty()).map(|code| Value::Text(code.into())).collect())
        }
        CellRef::Text(text) => Value::Text(text.into()),
        CellRef::Bytes(bytes) => Value::Text(reference(bytes, field, model).into()),
    })
}

/// A stored value as the row oracle sees it; `None` when unknown.
pub(crate) fn oracle_value(value: &liangu_store::Value, field: &FieldType, model: &Model) -> Option<Value> {
    use liangu_store::Value as Stored;
    Some(match value {
        Stored::Null => return None,
        Stored::Bool(yes) => Value::Bool(*yes),
        Stored::Int(n) => Value::Int(*n),
        Stored::Text(text) => Value::Text(text.as_str().into()),
        Stored::Bilingual(text) => Value::Text(text.zh.as_ref().into()),
        Stored::Date(date) => Value::Date(*date),
        Stored::Instant(at) => Value::Date(at.date_beijing()),
        Stored::Set(codes) => Value::List(codes.iter().map(|code| Value::Text(code.as_str().into())).collect()),
        Stored::Ref(id) => Value::Text(reference(&id.to_bytes(), field, model).into()),
    })
}
