//! Which record a row is about: by id, by a unique field, of policies by number or by title and issuer, else by title
//! within the parent.
use super::heads::plain;
use super::reading::{Interpreter, Reading};
use crate::eligibility::POLICY;
use crate::fault::Outcome;
use crate::reads::Reads as _;
use crate::records::inherits;
use liangu_base::Id;
use liangu_model::record::{Field, Record};
use liangu_store::{Condition, Item, Query, Value, Values};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Policies fetched at a time.
const PAGE: u32 = 1000;

/// What rows were about so far, and what policies there are.
#[derive(Default)]
pub(super) struct Known {
    seen: HashMap<u64, u64>,
    policies: Option<HashMap<String, Id>>,
}

fn unique_fields(record: &Record) -> impl Iterator<Item = &Field> {
    record.fields.values().filter(|field| field.unique && !field.yearly)
}

/// What policies are known by; punctuation and spaces do not count.
fn policy_keys(values: &Values) -> Vec<String> {
    let text = |name: &str| match values.get(name) {
        Some(Value::Text(text)) => plain(text),
        Some(Value::Bilingual(text)) => plain(&text.zh),
        _ => String::new(),
    };
    let (number, title, issuer) = (text("number"), text("title"), text("issuer"));
    let mut keys = Vec::new();
    if !number.is_empty() {
        keys.push(format!("number {number}"));
    }
    if !title.is_empty() && !issuer.is_empty() {
        keys.push(format!("title {title} {issuer}"));
    }
    keys
}

fn parent(record: &Record, values: &Values) -> Option<Id> {
    let of = record.child_of.as_ref()?;
    match values.get(&of.field) {
        Some(Value::Ref(id)) => Some(*id),
        _ => None,
    }
}

/// Names of what a record is called, for rows without anything unique; `None` when its title is not given.
fn called(record: &Record, values: &Values) -> Option<String> {
    let text = |name: &str| match values.get(name) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Bilingual(text)) => text.zh.to_string(),
        Some(Value::Ref(id)) => id.to_string(),
        _ => String::new(),
    };
    let title = text(&record.title);
    (!title.is_empty()).then(|| format!("{} {title} {}", parent(record, values).unwrap_or(Id(0)), text("kind")))
}

impl Interpreter<'_> {
    /// All that the row's record is known by, for finding it twice in one file.
    pub fn keys(&self, reading: &Reading) -> Vec<String> {
        let mut keys: Vec<String> = reading.id.iter().map(|id| format!("id {id}")).collect();
        if self.record.name == POLICY {
            keys.extend(policy_keys(&reading.values));
        } else {
            let unique = unique_fields(self.record).filter_map(|field| Some((field, reading.text(&field.name)?)));
            keys.extend(unique.map(|(field, text)| format!("{} {text}", field.name)));
            if keys.is_empty() {
                keys.extend(called(self.record, &reading.values));
            }
        }
        keys
    }

    /// The earlier row about the same record, and in files by year of the same year.
    pub fn repeats(&self, known: &mut Known, reading: &Reading) -> Option<u64> {
        let mut first = None;
        for key in self.keys(reading) {
            let mut hasher = DefaultHasher::new();
            (key, reading.year).hash(&mut hasher);
            let row = *known.seen.entry(hasher.finish()).or_insert(reading.row);
            first = first.or((row != reading.row).then_some(row));
        }
        first
    }

    /// The record of each row that can be read; what unique fields say is looked up over one snapshot.
    pub fn find_all(&self, known: &mut Known, batch: &[Reading]) -> Outcome<Vec<Option<Id>>> {
        let by_unique = |reading: &Reading| {
            let field = unique_fields(self.record).find(|field| reading.text(&field.name).is_some())?;
            (reading.id.is_none() && self.record.name != POLICY).then_some(field)
        };
        let looked_up = self.caller.app.store.read(|reader| {
            let mut ids = Vec::with_capacity(batch.len());
            for reading in batch.iter().filter(|reading| reading.troubles.is_empty()) {
                if let Some(field) = by_unique(reading) {
                    ids.push((reading.row, reader.find(&self.record.name, &field.name, &reading.values[&field.name])?));
                }
            }
            Ok(ids)
        })?;
        let mut looked_up = looked_up.into_iter().peekable();
        let mut found = Vec::with_capacity(batch.len());
        for reading in batch {
            found.push(match looked_up.next_if(|(row, _)| *row == reading.row) {
                Some((_, Some(id))) => Some(id),
                _ if !reading.troubles.is_empty() => None,
                Some((_, None)) if unique_fields(self.record).count() == 1 => None,
                _ => self.find(known, reading)?,
            });
        }
        Ok(found)
    }

    fn find(&self, known: &mut Known, reading: &Reading) -> Outcome<Option<Id>> {
        let (store, name) = (&self.caller.app.store, self.record.name.as_str());
        if let Some(id) = reading.id
            && store.get(name, id)?.is_some()
        {
            return Ok(Some(id));
        }
        if name == POLICY {
            let policies = self.policies(known)?;
            return Ok(policy_keys(&reading.values).iter().find_map(|key| policies.get(key).copied()));
        }
        let mut named = false;
        for field in unique_fields(self.record) {
            let Some(value) = reading.values.get(&field.name).filter(|value| !value.is_null()) else { continue };
            named = true;
            if let Some(id) = store.read(|reader| reader.find(name, &field.name, value))? {
                return Ok(Some(id));
            }
        }
        if named { Ok(None) } else { self.by_title(reading) }
    }

    fn by_title(&self, reading: &Reading) -> Outcome<Option<Id>> {
        let (record, store) = (self.record, &self.caller.app.store);
        let Some(wanted) = called(record, &reading.values) else { return Ok(None) };
        let same = |item: &Item| called(record, &item.values).as_ref() == Some(&wanted);
        if let (true, Some(parent)) = (record.child_of.is_some(), parent(record, &reading.values)) {
            return Ok(store.children(&record.name, parent)?.iter().find(|item| same(item)).map(|item| item.id));
        }
        if inherits(record).is_some() {
            return Ok(None);
        }
        let Some(title) = reading.text(&record.title) else { return Ok(None) };
        let conditions = vec![Condition::In { field: record.title.clone(), values: vec![Value::text(title)] }];
        let query = Query { conditions, limit: 50, total: false, ..self.caller.rows(&record.name)? };
        Ok(store.query(&record.name, &query)?.items.iter().find(|item| same(item)).map(|item| item.id))
    }

    /// Policies by what they are known by, read once.
    fn policies<'k>(&self, known: &'k mut Known) -> Outcome<&'k HashMap<String, Id>> {
        if known.policies.is_none() {
            let mut policies = HashMap::new();
            let mut query = Query { limit: PAGE, total: false, ..self.caller.rows(POLICY)? };
            loop {
                let page = self.caller.app.store.query(POLICY, &query)?;
                for item in &page.items {
                    policies.extend(policy_keys(&item.values).into_iter().map(|key| (key, item.id)));
                }
                let Some(next) = page.next else { break };
                query.after = Some(next);
            }
            known.policies = Some(policies);
        }
        Ok(known.policies.get_or_insert_default())
    }

    /// A new policy is known from now on.
    pub fn made(&self, known: &mut Known, reading: &Reading, id: Id) {
        if let Some(policies) = &mut known.policies {
            policies.extend(policy_keys(&reading.values).into_iter().map(|key| (key, id)));
        }
    }
}
