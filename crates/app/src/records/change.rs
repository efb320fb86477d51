//! Creating and changing a record: who may write which field, what the values are, on which version.
//!
//! A change is allowed field by field by the roles that name the field, each within the rows it sees; the new row must
//! lie within the writer's scope too, so that nobody writes a record out of his own sight. All field errors come at once.
//! Facts are written as facts, with source and date.
use super::{FullRecord, inherits};
use crate::access;
use crate::fault::{Fault, FieldFault, Outcome, forbidden, invalid};
use crate::reads::Reads as _;
use crate::views::Raw;
use crate::{Caller, RequestKey};
use liangu_base::{Id, Lang, Text};
use liangu_model::record::{Field, FieldType, Record};
use liangu_store::{Change as StoreChange, Commit, FactEntry, Stamp, Value, Values, Years};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Values of a new record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    #[schema(value_type = BTreeMap<String, Raw>)]
    pub values: Map<String, Json>,
    /// Yearly values by year.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, BTreeMap<String, Raw>>)]
    pub years: BTreeMap<i32, Map<String, Json>>,
    /// Whose word the facts are; by default as the use case says.
    pub source: Option<String>,
}

/// Values that change; what is absent stays, null makes unknown.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Raw>)]
    pub values: Map<String, Json>,
    /// Yearly values by year.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, BTreeMap<String, Raw>>)]
    pub years: BTreeMap<i32, Map<String, Json>>,
    /// Whose word the facts are; by default as the use case says.
    pub source: Option<String>,
}

impl Caller<'_> {
    /// # Errors
    /// Forbidden without a creating role or outside its scope; invalid with every field that does not pass.
    pub fn create(&self, record: &str, new: &NewRecord, key: &RequestKey) -> Outcome<FullRecord> {
        self.create_with(record, new, key, |_, _| {})
    }

    /// As [`Caller::create`]; `beside` adds to the commit what must be written with the record of that id.
    pub(crate) fn create_with(
        &self,
        record: &str,
        new: &NewRecord,
        key: &RequestKey,
        beside: impl FnOnce(Id, &mut Commit),
    ) -> Outcome<FullRecord> {
        let record = self.record_type(record)?;
        if !self.principal.has_any(&record.can_create) {
            return Err(forbidden("create", "你的角色不能新建这类记录。", "Your roles do not create records of this kind."));
        }
        let (mut values, years) = self.typed_values(record, &new.values, &new.years, |_| None)?;
        let roles: Vec<&str> = record.can_create.iter().map(String::as_str).collect();
        let id = self.app.next_id();
        complete(record, &values)?;
        if record.flow.is_some() {
            values.extend(crate::flows::begin(self.app, &record.name, None)?);
        }
        self.stays_in_scope(record, &roles, id, &values)?;
        let mut commit = self.commit(&format!("{}.create", record.name));
        commit.stamp = Some(Stamp { source: self.source(new.source.as_deref(), &roles)?, as_of: self.app.today() });
        commit.changes.push(StoreChange::Create { record: record.name.clone(), id, values, years });
        beside(id, &mut commit);
        let receipt = self.commit_once(commit, Some(key), move |_| serde_json::json!({"id": id}))?;
        let made = receipt.replayed.as_ref().and_then(|first| serde_json::from_value(first["id"].clone()).ok());
        self.full(&record.name, made.unwrap_or(id))
    }

    /// # Errors
    /// Not found when invisible; stale when somebody else was first; forbidden; invalid.
    pub fn update(&self, record: &str, id: &str, version: i64, change: &Change) -> Outcome<FullRecord> {
        let id = self.id(record, id)?;
        let row = self.visible(record, id)?;
        let record = self.record_type(record)?;
        if let Some(reason) = self.may_update(record, id)?.reason {
            return Err(Fault::Forbidden { code: "update", why: reason.into() });
        }
        self.has_duty(record, &row)?;
        let reachable = self.reachable_roles(record, id)?;
        let may = |field: &Field| refusal(self, record, field, &reachable);
        let (mut values, mut years) = self.typed_values(record, &change.values, &change.years, may)?;
        let mut after = row.values.clone();
        after.extend(values.clone());
        let roles: Vec<&str> = reachable.iter().map(String::as_str).collect();
        self.stays_in_scope(record, &roles, id, &after)?;
        let mut commit = self.commit(&format!("{}.update", record.name));
        commit.facts = self.facts_of(record, id, change.source.as_deref(), &roles, &mut values, &mut years)?;
        let expected_version = Some(version);
        commit.changes.push(StoreChange::Update { record: record.name.clone(), id, expected_version, values, years });
        self.app.write(commit)?;
        self.full(&record.name, id)
    }

    /// The updating roles within whose rows the record lies.
    fn reachable_roles(&self, record: &Record, id: Id) -> Outcome<Vec<String>> {
        let mut reachable = Vec::new();
        for role in access::roles_that_update(self.principal, record) {
            if self.reaches(record, id, &[role])? {
                reachable.push(role.to_owned());
            }
        }
        Ok(reachable)
    }

    /// Raw values as the model types them, or every field that does not pass. `refuse` says why a field may not be written.
    fn typed_values(
        &self,
        record: &Record,
        values: &Map<String, Json>,
        years: &BTreeMap<i32, Map<String, Json>>,
        refuse: impl Fn(&Field) -> Option<FieldFault>,
    ) -> Outcome<(Values, Years)> {
        let mut faults = Vec::new();
        let mut read = |prefix: &str, yearly: bool, map: &Map<String, Json>| -> Values {
            let mut typed = Values::new();
            for (name, json) in map {
                match self.typed_value(record, name, json, yearly, &refuse) {
                    Ok(value) => drop(typed.insert(name.clone(), value)),
                    Err(fault) => faults.push(FieldFault { field: format!("{prefix}{name}"), ..fault }),
                }
            }
            typed
        };
        let flat = read("", false, values);
        let by_year: Years = years.iter().map(|(year, map)| (*year, read(&format!("years.{year}."), true, map))).collect();
        if faults.is_empty() { Ok((flat, by_year)) } else { Err(Fault::Invalid(faults)) }
    }

    fn typed_value(
        &self,
        record: &Record,
        name: &str,
        json: &Json,
        yearly: bool,
        refuse: &impl Fn(&Field) -> Option<FieldFault>,
    ) -> Result<Value, FieldFault> {
        let field = record.fields.get(name).filter(|field| access::reads(self.principal, field));
        let field = field.ok_or_else(|| {
            FieldFault::new(name, "unknown_field", Text::fixed("没有这个字段；请核对名称。", "There is no such field; check its name."))
        })?;
        if field.yearly != yearly {
            let text = if field.yearly {
                Text::fixed("这是按年填报的数，请写在 years 的某一年下。", "This is reported by year; put it under a year of `years`.")
            } else {
                Text::fixed("这不是按年填报的数，请写在 values 中。", "This is not reported by year; put it into `values`.")
            };
            return Err(FieldFault::new(name, "needs_year", text));
        }
        if field.read_only {
            return Err(read_only(name));
        }
        if let Some(fault) = refuse(field) {
            return Err(fault);
        }
        let value = Value::from_json(json, &field.ty, &self.app.model).map_err(|why| FieldFault::new(name, "type", why))?;
        if let (FieldType::Rule { of, .. }, Value::Text(source)) = (&field.ty, &value) {
            crate::language::rule(source, &self.app.model.schemas[of]).map_err(|why| FieldFault::new(name, "rule", why))?;
        }
        Ok(value)
    }

    /// Whose word a new record's facts are: the source named, else the one of the writer's role, else the most trusted.
    pub(crate) fn source(&self, named: Option<&str>, roles: &[&str]) -> Outcome<String> {
        let sources = &self.app.model.sources;
        if let Some(name) = named {
            let known = sources.contains_key(name);
            let refused = || invalid("source", "not_in_list", format!("没有数据来源“{name}”。"), format!("There is no source \"{name}\"."));
            return known.then(|| name.to_owned()).ok_or_else(refused);
        }
        let own = roles.iter().copied().find(|role| self.principal.has(role) && sources.contains_key(*role));
        let most = || sources.iter().min_by_key(|(_, source)| source.rank).map(|(name, _)| name.as_str());
        Ok(own.or_else(most).unwrap_or_default().to_owned())
    }

    /// Takes the facts out of a change: each is a correction in the name of the source whose word counts now, so that
    /// the next delivery of that source may say otherwise; a fact nobody has spoken of gets the writer's source.
    fn facts_of(
        &self,
        record: &Record,
        id: Id,
        source: Option<&str>,
        roles: &[&str],
        values: &mut Values,
        years: &mut Years,
    ) -> Outcome<Vec<FactEntry>> {
        let is_fact = |name: &String| record.fields.get(name).is_some_and(|field| field.fact);
        let current: Vec<_> = self.app.store.facts(&record.name, id)?.into_iter().filter(|fact| fact.current).collect();
        let default = self.source(source, roles)?;
        let entry = |field: String, year: Option<i32>, value: Value| {
            let now = current.iter().find(|fact| fact.field == field && fact.year == year).filter(|_| source.is_none());
            let source = now.map_or_else(|| default.clone(), |fact| fact.source.clone());
            FactEntry { record: record.name.clone(), id, field, year, value, source, as_of: self.app.today() }
        };
        let mut facts: Vec<FactEntry> =
            values.extract_if(.., |name, _| is_fact(name)).map(|(name, value)| entry(name, None, value)).collect();
        for (year, values) in years {
            facts.extend(values.extract_if(.., |name, _| is_fact(name)).map(|(name, value)| entry(name, Some(*year), value)));
        }
        Ok(facts)
    }

    pub(crate) fn stays_in_scope(&self, record: &Record, roles: &[&str], id: Id, values: &Values) -> Outcome<()> {
        let own = || self.app.access.scope_in_roles(self.principal, &record.name, roles);
        let reaches = match inherits(record) {
            Some(of) => self.reaches_parent(of, values, roles)?,
            None => crate::language::in_scope(&self.app.model, record, &own(), id, values, &self.context()),
        };
        if reaches {
            return Ok(());
        }
        Err(forbidden(
            "leaves_scope",
            "这样写会使记录超出你的管辖范围；请核对地区、园区或企业。",
            "Written like this the record would lie outside what you are in charge of; check region, park or firm.",
        ))
    }
}

/// Whether a new record has what it must have; said before its scope is judged by what it has.
fn complete(record: &Record, values: &Values) -> Outcome<()> {
    let given = |field: &Field| values.get(&field.name).is_some_and(|value| !value.is_null());
    let wanted = record.fields.values().filter(|field| field.required && !field.read_only && !field.yearly && field.default.is_none());
    let missing = wanted.filter(|field| !matches!(field.ty, FieldType::Number { .. }) && !given(field));
    let fault = |field: &Field| {
        let (zh, en) = (format!("请填写{}。", field.label.zh), format!("Give the {}.", field.label.get(Lang::En).to_lowercase()));
        FieldFault::new(field.name.clone(), "required", Text::new(zh, en))
    };
    let faults: Vec<FieldFault> = missing.map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(Fault::Invalid(faults)) }
}

fn refusal(caller: &Caller<'_>, record: &Record, field: &Field, reachable: &[String]) -> Option<FieldFault> {
    let roles = access::updating_roles(caller.principal, record, field);
    if roles.iter().any(|role| reachable.iter().any(|own| own == role)) {
        return None;
    }
    let text = Text::fixed("你的角色不能修改这个字段。", "Your roles may not change this field.");
    Some(FieldFault::new(field.name.clone(), "not_allowed", text))
}

fn read_only(name: &str) -> FieldFault {
    FieldFault::new(
        name,
        "read_only",
        Text::fixed("这个字段由系统写入，不能修改。", "This field is written by the system and cannot be changed."),
    )
}
