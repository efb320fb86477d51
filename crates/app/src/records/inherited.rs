//! Child records without a scope of their own: who sees the parent sees them, who may write within the parent's rows
//! may write them. They are listed by their parent, since no query over all of them is cut by a scope.
use crate::Caller;
use crate::fault::{Fault, Outcome, bad_request};
use crate::reads::Reads as _;
use liangu_base::Id;
use liangu_model::record::{ChildOf, Record};
use liangu_store::{Condition, Item, Query, Scope, Value, Values};

/// The parent whose scope the record takes.
pub(crate) fn inherits(record: &Record) -> Option<&ChildOf> {
    record.child_of.as_ref().filter(|_| record.scope.is_empty())
}

fn parent_in(values: &Values, of: &ChildOf) -> Option<Id> {
    match values.get(&of.field) {
        Some(Value::Ref(parent)) => Some(*parent),
        _ => None,
    }
}

impl Caller<'_> {
    /// The child, if this reader sees its parent.
    pub(crate) fn visible_child(&self, record: &str, of: &ChildOf, id: Id) -> Outcome<Item> {
        let row = self.app.store.get_many(record, &[id])?.pop().ok_or(Fault::NotFound)?;
        self.visible(&of.record, parent_in(&row.values, of).ok_or(Fault::NotFound)?)?;
        Ok(row)
    }

    /// The query over the children of one parent, which `where.<parent>` must name.
    pub(crate) fn rows_of_parent(&self, of: &ChildOf, params: &[(String, String)]) -> Outcome<Query> {
        let name = format!("where.{}", of.field);
        let stated = params.iter().find(|(parameter, _)| *parameter == name).map(|(_, id)| id.as_str());
        let Some(parent) = stated else {
            let (zh, en) = (format!("请用参数“{name}”指明属于哪一条记录。"), format!("Say with \"{name}\" whose records these are."));
            return Err(bad_request("parent_missing", zh, en));
        };
        let parent = self.id(&of.record, parent)?;
        self.visible(&of.record, parent)?;
        let conditions = vec![Condition::In { field: of.field.clone(), values: vec![Value::Ref(parent)] }];
        Ok(Query { scope: Scope::All, context: self.context(), conditions, ..Query::default() })
    }

    /// Whether one of `roles` of this person reaches the stored record.
    pub(crate) fn reaches(&self, record: &Record, id: Id, roles: &[&str]) -> Outcome<bool> {
        let Some(of) = inherits(record) else {
            let query = self.rows_in_roles(&record.name, roles);
            return Ok(!roles.is_empty() && self.app.store.get_in(&record.name, id, &query)?.is_some());
        };
        let row = self.app.store.get_many(&record.name, &[id])?.pop().ok_or(Fault::NotFound)?;
        self.reaches_parent(of, &row.values, roles)
    }

    /// Whether one of `roles` of this person reaches the parent that these values name.
    pub(crate) fn reaches_parent(&self, of: &ChildOf, values: &Values, roles: &[&str]) -> Outcome<bool> {
        match (parent_in(values, of), self.app.model.records.get(&of.record)) {
            (Some(parent), Some(record)) if !roles.is_empty() => self.reaches(record, parent, roles),
            _ => Ok(false),
        }
    }
}
