//! From stored rows to the engine's table: every fact that some rule reads, child records beside them.
//!
//! References are written as ids of the outside form. A collection of children is known as it is on file: none on file
//! is none.
use crate::fault::{Fault, Outcome};
use liangu_base::{Date, Id};
use liangu_expr::reads::Reads;
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::typed::Typed;
use liangu_expr::value::{Reason, Value};
use liangu_matching::table::{Cell, FactKey, Table, TableBuilder};
use liangu_model::record::{FieldType, Model, Record};
use liangu_store::{CellRef, Reader, StoreError};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The table and which row is which firm.
pub(crate) struct Loaded {
    pub table: Table,
    pub ids: Vec<Id>,
    pub rows: HashMap<Id, usize>,
}

/// Columns of one scan: SQLite gives at most 2,000.
pub(crate) const MOST_COLUMNS: usize = 1_600;

/// What the rules of a table read: the columns it has. A rule that reads more makes a new table necessary.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needs {
    facts: BTreeSet<FactKey>,
    /// Fields of child records by collection.
    children: BTreeMap<ChildIx, BTreeSet<FieldIx>>,
}

impl Needs {
    /// What these rules read of `record`, and what the record's own scopes read.
    pub fn of<'r>(model: &Model, record: &Record, rules: impl Iterator<Item = &'r Typed>) -> Needs {
        let schema = &model.schemas[&record.name];
        let mut needs = Needs::default();
        rules.for_each(|rule| needs.add(&rule.reads(), record, schema));
        for scope in record.scope.values().filter_map(|source| crate::language::boolean(source, schema).ok()) {
            needs.add(&scope.reads(), record, schema);
        }
        needs
    }

    fn add(&mut self, reads: &Reads, record: &Record, schema: &Schema) {
        self.facts.extend(columns_of(reads, record, schema));
        for child in &reads.children {
            self.children.entry(*child).or_default();
        }
        for (child, field) in &reads.child_facts {
            self.children.entry(*child).or_default().insert(*field);
        }
    }

    /// Adds what a rule reads.
    pub fn ask(&mut self, rule: &Typed, model: &Model, record: &Record) {
        self.add(&rule.reads(), record, &model.schemas[&record.name]);
    }

    /// Columns that one scan of the store would read: years are read for every yearly fact at once.
    pub fn columns(&self, schema: &Schema) -> usize {
        let yearly = |key: &&FactKey| schema.fields.get_index(key.field.0 as usize).is_some_and(|(_, decl)| decl.yearly);
        let (by_year, flat): (Vec<&FactKey>, Vec<&FactKey>) = self.facts.iter().partition(yearly);
        let fields: BTreeSet<FieldIx> = by_year.iter().map(|key| key.field).collect();
        let years: BTreeSet<i32> = by_year.iter().map(|key| key.year).collect();
        flat.len() + fields.len() * years.len()
    }

    /// What these needs and a rule's together are, if one scan can read them.
    pub fn with(&self, rule: &Typed, model: &Model, record: &Record) -> Option<Needs> {
        let mut needs = self.clone();
        needs.ask(rule, model, record);
        (needs.columns(&model.schemas[&record.name]) <= MOST_COLUMNS).then_some(needs)
    }

    pub fn join(&mut self, other: &Needs) {
        self.facts.extend(other.facts.iter().copied());
        for (child, fields) in &other.children {
            self.children.entry(*child).or_default().extend(fields.iter().copied());
        }
    }

    /// Whether a table of these columns can answer the rule.
    pub fn cover(&self, rule: &Typed, model: &Model, record: &Record) -> bool {
        let reads = rule.reads();
        let fields = |child: &ChildIx| self.children.get(child);
        columns_of(&reads, record, &model.schemas[&record.name]).all(|key| self.facts.contains(&key))
            && reads.children.iter().all(|child| fields(child).is_some())
            && reads.child_facts.iter().all(|(child, field)| fields(child).is_some_and(|fields| fields.contains(field)))
    }

    fn reads_child(&self, child: ChildIx, field: usize) -> bool {
        self.children.get(&child).is_some_and(|fields| fields.contains(&FieldIx(field as u32)))
    }
}

/// The facts that can be columns: free texts cannot, and a rule that reads one is refused by the engine.
fn columns_of<'r>(reads: &'r Reads, record: &'r Record, schema: &'r Schema) -> impl Iterator<Item = FactKey> + 'r {
    let is_column = |place: FieldIx| {
        let field = schema.fields.get_index(place.0 as usize).and_then(|(name, _)| record.fields.get(name));
        field.is_some_and(|field| {
            use FieldType::{Bilingual, CreditCode, Instant, Number, Rule, Text};
            !matches!(field.ty, Text { .. } | Bilingual { .. } | CreditCode | Number { .. } | Rule { .. } | Instant)
        })
    };
    reads.facts.iter().filter(move |(place, _)| is_column(*place)).map(|(place, year)| FactKey::new(*place, *year))
}

/// One column: where its cells are in a scanned row, and what they are.
struct Source<'m> {
    column: usize,
    /// Position among the scanned fields.
    field: usize,
    /// Position among the scanned years, of a yearly field.
    year: Option<usize>,
    ty: &'m Type,
    stored: &'m FieldType,
}

/// Loads what is needed of all rows of `record` as of the judged year.
pub(crate) fn load(reader: &mut Reader<'_>, model: &Model, record: &str, judged_year: i32, needs: &Needs) -> Outcome<Loaded> {
    let (record, schema) = (&model.records[record], &model.schemas[record]);
    let keys: Vec<FactKey> = needs.facts.iter().copied().collect();
    let mut builder = TableBuilder::new(schema, &keys);
    let (mut names, mut offsets): (Vec<&str>, Vec<i32>) = (Vec::new(), Vec::new());
    let mut sources = Vec::new();
    for key in &keys {
        let Some((name, decl)) = schema.fields.get_index(key.field.0 as usize) else { continue };
        let (Some(column), stored) = (builder.column(*key), &record.fields[name]) else { continue };
        let year = stored.yearly.then(|| place_of(&mut offsets, key.year));
        sources.push(Source { column, field: place_of(&mut names, name.as_str()), year, ty: &decl.ty, stored: &stored.ty });
    }
    let mut children = children_of(reader, model, record, needs)?;
    let (mut ids, mut rows) = (Vec::new(), HashMap::new());
    let years: Vec<i32> = offsets.iter().map(|offset| judged_year + offset).collect();
    reader.scan(&record.name, &names, &years, &mut |row| {
        rows.insert(row.id, builder.row());
        ids.push(row.id);
        for source in &sources {
            let cell = match source.year {
                Some(year) => row.year_value(year, source.field)?,
                None => row.value(source.field)?,
            };
            put(&mut builder, source.column, cell, (source.ty, source.stored), model)?;
        }
        for (child, by_parent) in &mut children {
            let records = by_parent.remove(&row.id).unwrap_or_default();
            builder.children(*child, records).map_err(refused)?;
        }
        Ok(())
    })?;
    Ok(Loaded { table: builder.build(), ids, rows })
}

/// Where the item stands in the list, to which it is added if it is new.
fn place_of<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
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

/// The child records that are needed, by collection and parent; of fields nobody reads nothing is known.
fn children_of(reader: &mut Reader<'_>, model: &Model, record: &Record, needs: &Needs) -> Outcome<Vec<(ChildIx, ByParent)>> {
    let schema = &model.schemas[&record.name];
    let mut all = Vec::new();
    for (place, (name, child)) in schema.children.iter().enumerate() {
        let place = ChildIx(place as u32);
        if !needs.children.contains_key(&place) {
            continue;
        }
        let owner = model.records.values().find(|r| r.child_of.as_ref().is_some_and(|of| of.record == record.name && of.name == *name));
        let owner = owner.ok_or_else(|| Fault::Internal(format!("no record type behind {}.{name}", record.name)))?;
        let parent = &owner.child_of.as_ref().ok_or_else(|| Fault::Internal(format!("{} has no parent", owner.name)))?.field;
        let mut scanned: Vec<&str> = Vec::new();
        let read: Vec<Option<(usize, &Type, &FieldType)>> = (child.schema.fields.iter().enumerate())
            .map(|(at, (name, decl))| {
                let field = owner.fields.get(name).filter(|_| needs.reads_child(place, at))?;
                Some((place_of(&mut scanned, name.as_str()), &decl.ty, &field.ty))
            })
            .collect();
        let unknown: Vec<Value> =
            child.schema.fields.keys().map(|name| Value::Unknown(Reason::Missing { field: name.clone(), year: 0 })).collect();
        let parent_at = place_of(&mut scanned, parent.as_str());
        let mut by_parent: ByParent = HashMap::new();
        reader.scan(&owner.name, &scanned, &[], &mut |row| {
            let CellRef::Bytes(id) = row.value(parent_at)? else { return Ok(()) };
            let Ok(id) = <[u8; 16]>::try_from(id) else { return Ok(()) };
            let mut values = Vec::with_capacity(read.len());
            for (read, unknown) in read.iter().zip(&unknown) {
                let known = match read {
                    Some((at, ty, field)) => value(row.value(*at)?, ty, field, model),
                    None => None,
                };
                values.push(known.unwrap_or_else(|| unknown.clone()));
            }
            by_parent.entry(Id::from_bytes(id)).or_default().push(values.into());
            Ok(())
        })?;
        all.push((place, by_parent));
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
