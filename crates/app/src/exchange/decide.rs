//! What becomes of rows: created, changed, left as they are, or given back with the reason.
use super::existing::Known;
use super::reading::{Interpreter, Reading, Trouble};
use super::state::Existing;
use crate::access;
use crate::fault::{Fault, Outcome};
use crate::reads::Reads as _;
use crate::records::inherits;
use liangu_base::text::Text;
use liangu_base::{Id, Lang};
use liangu_model::record::{Field, FieldType};
use liangu_store::{Change, Condition, FactEntry, Item, Query, Value, Values, Years};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is done about one row.
pub(super) struct Decision {
    pub row: u64,
    pub action: Action,
}

pub(super) enum Action {
    Create {
        id: Id,
        change: Change,
    },
    Update {
        id: Id,
        change: Option<Change>,
        facts: Vec<FactEntry>,
    },
    /// Its year was added to what an earlier row of the batch does.
    Joined,
    Unchanged,
    Skipped,
    Bad(Vec<Trouble>),
}

/// Records of a batch that exist already.
#[derive(Default)]
struct Stored {
    items: BTreeMap<Id, Item>,
    /// By role, those that it may change.
    reach: HashMap<String, HashSet<Id>>,
    visible: HashSet<Id>,
}

fn bad(text: Text) -> Action {
    Action::Bad(vec![Trouble { column: None, text }])
}

impl Interpreter<'_> {
    pub fn decide(&self, known: &mut Known, batch: &[Reading]) -> Outcome<Vec<Decision>> {
        let found = self.find_all(known, batch)?;
        let ids: HashSet<Id> = found.iter().flatten().copied().collect();
        let stored = self.stored(&ids.into_iter().collect::<Vec<_>>())?;
        let mut decisions: Vec<Decision> = Vec::with_capacity(batch.len());
        // Of files by year: the row of this batch that is about the record already.
        let mut begun: HashMap<String, usize> = HashMap::new();
        for (reading, found) in batch.iter().zip(found) {
            let key = self.by_year().then(|| self.keys(reading).into_iter().next()).flatten();
            let earlier = key.as_ref().and_then(|key| begun.get(key)).copied();
            let action = if !reading.troubles.is_empty() {
                Action::Bad(reading.troubles.clone())
            } else if let Some(at) = earlier {
                self.join(&mut decisions[at].action, reading)
            } else {
                match found {
                    Some(id) => self.change(&stored, id, reading)?,
                    None => self.create(known, reading)?,
                }
            };
            if let (Some(key), Action::Create { .. } | Action::Update { .. }) = (key, &action) {
                begun.insert(key, decisions.len());
            }
            decisions.push(Decision { row: reading.row, action });
        }
        Ok(decisions)
    }

    fn stored(&self, ids: &[Id]) -> Outcome<Stored> {
        let (caller, record) = (&self.caller, self.record);
        let mut stored = Stored::default();
        if ids.is_empty() {
            return Ok(stored);
        }
        stored.items = caller.app.store.get_many(&record.name, ids)?.into_iter().map(|item| (item.id, item)).collect();
        let roles = access::roles_that_update(caller.principal, record);
        if let Some(of) = inherits(record) {
            for item in stored.items.values() {
                if caller.visible_child(&record.name, of, item.id).is_ok() {
                    stored.visible.insert(item.id);
                }
                for role in &roles {
                    if caller.reaches_parent(of, &item.values, &[role])? {
                        stored.reach.entry((*role).to_owned()).or_default().insert(item.id);
                    }
                }
            }
            return Ok(stored);
        }
        let among = |query: Query| -> Outcome<HashSet<Id>> {
            let conditions = vec![Condition::Ids(ids.to_vec())];
            let query = Query { conditions, limit: ids.len() as u32, total: false, ..query };
            Ok(caller.app.store.query(&record.name, &query)?.items.iter().map(|item| item.id).collect())
        };
        stored.visible = among(caller.rows(&record.name)?)?;
        for role in roles {
            stored.reach.insert(role.to_owned(), among(caller.rows_in_roles(&record.name, &[role]))?);
        }
        Ok(stored)
    }

    fn create(&self, known: &mut Known, reading: &Reading) -> Outcome<Action> {
        let record = self.record;
        let given = |field: &Field| reading.values.get(&field.name).is_some_and(|value| !value.is_null());
        let wanted = record.fields.values().filter(|field| field.required && !field.read_only && !field.yearly && field.default.is_none());
        let missing = wanted.filter(|field| !matches!(field.ty, FieldType::Number { .. }) && !given(field));
        let troubles: Vec<Trouble> = missing
            .map(|field| {
                let (zh, en) = (format!("缺少{}；请填写。", field.label.zh), format!("{} is missing; give it.", field.label.get(Lang::En)));
                Trouble { column: None, text: Text::new(zh, en) }
            })
            .collect();
        if !troubles.is_empty() {
            return Ok(Action::Bad(troubles));
        }
        let id = self.caller.app.next_id();
        let roles: Vec<&str> = record.can_create.iter().map(String::as_str).collect();
        if let Err(why) = self.in_scope(&roles, id, &reading.values)? {
            return Ok(bad(why));
        }
        self.made(known, reading, id);
        let (values, years) = (reading.values.clone(), reading.years.clone());
        Ok(Action::Create { id, change: Change::Create { record: record.name.clone(), id, values, years } })
    }

    fn in_scope(&self, roles: &[&str], id: Id, values: &Values) -> Outcome<Result<(), Text>> {
        match self.caller.stays_in_scope(self.record, roles, id, values) {
            Ok(()) => Ok(Ok(())),
            Err(Fault::Forbidden { why, .. }) => Ok(Err(why)),
            Err(Fault::NotFound) => Ok(Err(Text::fixed("所属记录不存在。", "the record it belongs to does not exist."))),
            Err(other) => Err(other),
        }
    }

    fn change(&self, stored: &Stored, id: Id, reading: &Reading) -> Outcome<Action> {
        let Some(item) = stored.items.get(&id) else { return Ok(Action::Skipped) };
        if !stored.visible.contains(&id) {
            return Ok(bad(Text::fixed(
                "已有这条记录，但不在你的管辖范围；请联系管理员。",
                "this record exists outside what you are in charge of; ask an administrator.",
            )));
        }
        let years = if reading.years.is_empty() { Years::new() } else { self.caller.app.store.years(&self.record.name, id)? };
        let adds_year = self.by_year()
            && !reading.years.iter().any(|(year, values)| {
                years.get(year).is_some_and(|stored| values.keys().any(|name| stored.get(name).is_some_and(|value| !value.is_null())))
            });
        match self.plan.existing {
            Existing::Skip if !adds_year => return Ok(Action::Skipped),
            Existing::Report if !adds_year => {
                let (zh, en) = (crate::records::title_of(self.record, &item.values, Lang::Zh), id.text(&self.record.prefix));
                return Ok(bad(Text::new(
                    format!("已登记：{zh}；如需更新，请选择“更新”后重新导入。"),
                    format!("{zh} is on the register already ({en}); to change it, import with \"update\"."),
                )));
            }
            _ => {}
        }
        let plain = if self.plan.existing == Existing::Update { reading.values.clone() } else { Values::new() };
        self.differences(stored, item, &plain, &years, reading)
    }

    fn differences(&self, stored: &Stored, item: &Item, plain: &Values, years: &Years, reading: &Reading) -> Outcome<Action> {
        let (record, id) = (self.record, item.id);
        let mut edit =
            Edit { interpreter: self, stored, id, values: Values::new(), years: Years::new(), facts: Vec::new(), refused: Vec::new() };
        for (name, value) in plain {
            let before = item.values.get(name).unwrap_or(&Value::Null);
            edit.put(name, None, before, kept_side(before, value));
        }
        for (year, values) in &reading.years {
            for (name, value) in values {
                let before = years.get(year).and_then(|stored| stored.get(name)).unwrap_or(&Value::Null);
                edit.put(name, Some(*year), before, value.clone());
            }
        }
        let Edit { values, years, facts, refused, .. } = edit;
        if !refused.is_empty() {
            return Ok(Action::Bad(refused));
        }
        if values.is_empty() && years.is_empty() && facts.is_empty() {
            return Ok(Action::Unchanged);
        }
        let mut after = item.values.clone();
        after.extend(values.clone());
        after.extend(facts.iter().filter(|fact| fact.year.is_none()).map(|fact| (fact.field.clone(), fact.value.clone())));
        let roles: Vec<&str> = stored.reach.iter().filter(|(_, ids)| ids.contains(&id)).map(|(role, _)| role.as_str()).collect();
        if let Err(why) = self.in_scope(&roles, id, &after)? {
            return Ok(bad(why));
        }
        let change = (!values.is_empty() || !years.is_empty()).then(|| Change::Update {
            record: record.name.clone(),
            id,
            expected_version: Some(item.version),
            values,
            years,
        });
        Ok(Action::Update { id, change, facts })
    }

    /// Adds another year to what an earlier row of the batch does.
    fn join(&self, earlier: &mut Action, reading: &Reading) -> Action {
        match earlier {
            Action::Create { change: Change::Create { years, .. }, .. } => {
                for (year, values) in &reading.years {
                    years.entry(*year).or_default().extend(values.clone());
                }
            }
            Action::Update { id, change, facts } => {
                for (year, values) in &reading.years {
                    for (name, value) in values {
                        let is_fact = self.record.fields.get(name).is_some_and(|field| field.fact);
                        if is_fact {
                            facts.push(self.fact(*id, name, Some(*year), value.clone()));
                        } else if let Some(Change::Update { years, .. }) = change {
                            years.entry(*year).or_default().insert(name.clone(), value.clone());
                        }
                    }
                }
            }
            _ => {}
        }
        Action::Joined
    }

    fn fact(&self, id: Id, field: &str, year: Option<i32>, value: Value) -> FactEntry {
        let (source, as_of) = (self.plan.source.clone(), self.plan.as_of);
        FactEntry { record: self.record.name.clone(), id, field: field.to_owned(), year, value, source, as_of }
    }
}

/// A file with one side of a bilingual text leaves the other as it is.
fn kept_side(before: &Value, value: &Value) -> Value {
    match (before, value) {
        (Value::Bilingual(before), Value::Bilingual(text)) => {
            let side = |new: &str, old: &str| if new.is_empty() { old.to_owned() } else { new.to_owned() };
            Value::Bilingual(Text::new(side(&text.zh, &before.zh), side(&text.en, &before.en)))
        }
        _ => value.clone(),
    }
}

/// The change of one record as it is put together.
struct Edit<'e, 'a> {
    interpreter: &'e Interpreter<'a>,
    stored: &'e Stored,
    id: Id,
    values: Values,
    years: Years,
    facts: Vec<FactEntry>,
    refused: Vec<Trouble>,
}

impl Edit<'_, '_> {
    fn put(&mut self, name: &str, year: Option<i32>, before: &Value, value: Value) {
        let Some(field) = self.interpreter.record.fields.get(name).filter(|_| *before != value) else { return };
        let roles = access::updating_roles(self.interpreter.caller.principal, self.interpreter.record, field);
        if !roles.iter().any(|role| self.stored.reach.get(*role).is_some_and(|ids| ids.contains(&self.id))) {
            let (zh, en) =
                (format!("你的角色不能修改“{}”。", field.label.zh), format!("your roles may not change {}.", field.label.get(Lang::En)));
            self.refused.push(Trouble { column: None, text: Text::new(zh, en) });
            return;
        }
        match (field.fact, year) {
            (true, _) => self.facts.push(self.interpreter.fact(self.id, name, year, value)),
            (false, Some(year)) => drop(self.years.entry(year).or_default().insert(name.to_owned(), value)),
            (false, None) => drop(self.values.insert(name.to_owned(), value)),
        }
    }
}
