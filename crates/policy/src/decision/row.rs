//! A frozen firm as the language reads it.
use super::frozen::{Frozen, Known};
use liangu_expr::row::Row;
use liangu_expr::schema::{ChildIx, FieldIx, Schema};
use liangu_expr::value::{Reason, Value};
use std::collections::{BTreeMap, HashMap};

/// Names resolved against the schema of the day. What the file does not hold is unknown; a collection it does not hold is
/// not reported.
pub struct FrozenFirm {
    facts: HashMap<(FieldIx, i32), Value>,
    children: HashMap<ChildIx, Vec<FrozenChild>>,
}

struct FrozenChild(HashMap<FieldIx, Value>);

impl FrozenFirm {
    pub fn new(frozen: &Frozen, schema: &Schema) -> FrozenFirm {
        let facts = frozen.facts.iter().filter_map(|fact| {
            let (at, _, decl) = schema.fields.get_full(&fact.field)?;
            let offset = if decl.yearly { fact.year? - frozen.judged_year } else { 0 };
            Some(((FieldIx(at as u32), offset), fact.value.as_ref()?.value()))
        });
        let children = frozen.children.iter().filter_map(|(name, records)| {
            let (at, _, child) = schema.children.get_full(name)?;
            Some((ChildIx(at as u32), records.iter().map(|record| FrozenChild::new(record, &child.schema)).collect()))
        });
        FrozenFirm { facts: facts.collect(), children: children.collect() }
    }
}

impl FrozenChild {
    fn new(record: &BTreeMap<String, Known>, schema: &Schema) -> FrozenChild {
        let known = |(name, value): (&String, &Known)| Some((FieldIx(schema.fields.get_index_of(name)? as u32), value.value()));
        FrozenChild(record.iter().filter_map(known).collect())
    }
}

impl Row for FrozenFirm {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.facts.get(&(field, year)).cloned().unwrap_or(Value::Unknown(Reason::Missing { field: String::new(), year }))
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        let records = self.children.get(&child)?;
        Some(records.iter().map(|record| Box::new(record) as Box<dyn Row>).collect())
    }
}

impl Row for &FrozenChild {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.0.get(&field).cloned().unwrap_or(Value::Unknown(Reason::Missing { field: String::new(), year }))
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}
