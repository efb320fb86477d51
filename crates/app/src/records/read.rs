//! One record in full: its values, yearly values, children, what each fact rests on, and whether it may be changed.
use crate::Caller;
use crate::access;
use crate::eligibility::FIRM;
use crate::facts::{bands_of, stale};
use crate::fault::Outcome;
use crate::reads::Reads as _;
use crate::views::{Item, Permission, Raw, ValueMap, Words};
use liangu_base::Id;
use liangu_model::record::Record;
use liangu_store::Fact;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct FullRecord {
    pub record: String,
    pub id: String,
    pub version: i64,
    pub title: String,
    #[schema(value_type = BTreeMap<String, Raw>)]
    pub values: ValueMap,
    /// Yearly values by year.
    #[schema(value_type = BTreeMap<String, BTreeMap<String, Raw>>)]
    pub years: BTreeMap<String, ValueMap>,
    /// By field what the current value rests on; of yearly fields, the latest year.
    pub facts: BTreeMap<String, FactNote>,
    /// Child records by record type.
    pub children: BTreeMap<String, Vec<Item>>,
    /// Titles of the records that `ref` values point to, by id.
    pub titles: BTreeMap<String, String>,
    pub can: Can,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Can {
    pub update: Permission,
}

/// Who said so, and when.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactNote {
    pub source: String,
    pub as_of: Option<String>,
    /// The year of a yearly fact.
    pub period: Option<String>,
    /// Another source says otherwise.
    pub contested: bool,
    /// No source has spoken of it for longer than it stays fresh.
    pub stale: bool,
    /// The ready answer the firm chose, where the value only stands for it.
    pub band: Option<Words>,
}

impl Caller<'_> {
    pub fn record(&self, record: &str, id: &str) -> Outcome<FullRecord> {
        let id = self.id(record, id)?;
        self.full(record, id)
    }

    /// What is there now, for a change that came too late; `None` when it is out of sight.
    pub fn current(&self, record: &str, id: Id) -> Option<serde_json::Value> {
        if record == "account" {
            return serde_json::to_value(self.account(&id.text(crate::accounts::PREFIX)).ok()?).ok();
        }
        serde_json::to_value(self.full(record, id).ok()?).ok()
    }

    pub(crate) fn full(&self, record: &str, id: Id) -> Outcome<FullRecord> {
        let row = self.visible(record, id)?;
        let record = self.record_type(record)?;
        let item = self.item(record, &row);
        Ok(FullRecord {
            record: record.name.clone(),
            titles: self.ref_titles(record, &[&row.values])?,
            years: self.yearly(record, id)?,
            facts: self.fact_notes(record, id)?,
            children: self.children_of(record, id)?,
            can: Can { update: self.may_update(record, id)? },
            id: item.id,
            version: item.version,
            title: item.title,
            values: item.values,
        })
    }

    fn yearly(&self, record: &Record, id: Id) -> Outcome<BTreeMap<String, ValueMap>> {
        if !record.fields.values().any(|field| field.yearly) {
            return Ok(BTreeMap::new());
        }
        let years = self.app.store.years(&record.name, id)?;
        Ok(years.into_iter().map(|(year, values)| (year.to_string(), self.raw(record, &values))).collect())
    }

    fn fact_notes(&self, record: &Record, id: Id) -> Outcome<BTreeMap<String, FactNote>> {
        if !record.fields.values().any(|field| field.fact) {
            return Ok(BTreeMap::new());
        }
        let readable = |fact: &&Fact| record.fields.get(&fact.field).is_some_and(|field| access::reads(self.principal, field));
        let (facts, bands) = self.app.store.read(|reader| {
            let facts = reader.facts(&record.name, id)?;
            let bands = if record.name == FIRM { bands_of(reader, &self.app.model, id, &facts)? } else { HashMap::new() };
            Ok((facts, bands))
        })?;
        let today = self.app.today();
        let mut latest: BTreeMap<&str, &Fact> = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.current).filter(readable) {
            let kept = latest.entry(&fact.field).or_insert(fact);
            if fact.year > kept.year {
                *kept = fact;
            }
        }
        let noted = |(field, fact): (&str, &Fact)| {
            let band = bands.get(&(field.to_owned(), fact.year)).cloned();
            (field.to_owned(), FactNote { stale: stale(&record.fields[field], &facts, today), band, ..note(fact) })
        };
        Ok(latest.into_iter().map(noted).collect())
    }

    fn children_of(&self, record: &Record, id: Id) -> Outcome<BTreeMap<String, Vec<Item>>> {
        let mut children = BTreeMap::new();
        for child in self.app.model.records.values() {
            let own = child.child_of.as_ref().is_some_and(|of| of.record == record.name);
            if own && (child.scope.is_empty() || self.app.access.sees_type(self.principal, &child.name)) {
                let rows = self.app.store.children(&child.name, id)?;
                children.insert(child.name.clone(), rows.iter().map(|row| self.item(child, row)).collect());
            }
        }
        Ok(children)
    }

    /// Whether this reader may change the record, which he sees.
    pub(crate) fn may_update(&self, record: &Record, id: Id) -> Outcome<Permission> {
        let roles = access::roles_that_update(self.principal, record);
        if self.reaches(record, id, &roles)? {
            return Ok(Permission::granted());
        }
        Ok(Permission::refused(access::no_update_reason(&self.app.model, record)))
    }
}

fn note(fact: &Fact) -> FactNote {
    FactNote {
        source: fact.source.clone(),
        as_of: Some(fact.as_of.to_string()),
        period: fact.year.map(|year| year.to_string()),
        contested: fact.contested,
        stale: false,
        band: None,
    }
}
