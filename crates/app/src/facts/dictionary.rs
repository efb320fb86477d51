//! The dictionary of facts: what each fact means, who supplies it, how well it is filled among the firms the reader
//! sees, and which policies read it.
use crate::eligibility::{FIRM, State};
use crate::fault::{Fault, Outcome};
use crate::shown::unit_words;
use crate::views::{Titled, Words};
use crate::{Caller, access, model_view};
use liangu_base::Id;
use liangu_expr::reads::reads;
use liangu_model::record::{Field, FieldType, Record, Sensitivity};
use liangu_store::{Condition, Query};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Firms without the fact that a page names.
const WITHOUT: u32 = 20;
/// Policies that a page names.
const POLICIES: usize = 50;

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FactEntry)]
pub struct FactEntryView {
    pub name: String,
    pub label: Words,
    pub group: Option<Words>,
    /// As in the model.
    #[serde(rename = "type")]
    pub ty: String,
    pub unit: Option<Words>,
    /// `firm`, `firm_year` or `item`: one of a collection of the firm.
    pub grain: String,
    /// The collection, of an item.
    pub collection: Option<Words>,
    /// Who supplies it.
    pub owner: Option<Words>,
    /// Months after which it is stale.
    pub fresh_months: Option<u32>,
    /// `public`, `internal` or `confidential`.
    pub sensitivity: String,
    pub about: Option<Words>,
    /// Policies in force that read it.
    pub policies: u64,
    /// Firms of the reader's scope, and those of them with a value; of yearly facts in the judged year. None of an item.
    pub firms: Option<u64>,
    pub filled: Option<u64>,
    /// Firms of the whole installation whose value is stale; none where the fact never is.
    pub stale: Option<u64>,
    /// Facts of the whole installation on which sources differ.
    pub conflicts: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FactOpened {
    pub fact: FactEntryView,
    /// Sources that have spoken come into question by this order.
    pub sources: Vec<FactSourceRank>,
    pub read_by: Vec<Titled>,
    /// Firms of the reader's scope without a value.
    pub without: Vec<Titled>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FactSourceRank {
    pub name: String,
    pub label: Words,
    pub rank: u32,
}

/// Policies in force by the fact they read; facts of collections as `projects.kind`.
type Readers = BTreeMap<String, BTreeSet<Id>>;

impl Caller<'_> {
    pub fn fact_dictionary(&self) -> Outcome<Vec<FactEntryView>> {
        let record = self.record_type(FIRM)?;
        let fields: Vec<&Field> = access::readable(self.principal, record).into_iter().filter(|field| field.fact).collect();
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let query = Query { year: Some(self.app.judged_year()), ..self.rows(FIRM)? };
        let (firms, filled) = self.app.store.read(|reader| reader.filled(FIRM, &query, &names))?;
        let readers = self.fact_readers()?;
        let known = self.app.facts.at(&self.app.store, &self.app.model, self.app.today())?;
        let mut conflicts: BTreeMap<&str, u64> = BTreeMap::new();
        known.conflicts.iter().for_each(|place| *conflicts.entry(&place.field).or_default() += 1);
        let mut entries: Vec<FactEntryView> = Vec::new();
        for (field, filled) in fields.into_iter().zip(filled) {
            entries.push(FactEntryView {
                firms: Some(firms),
                filled: Some(filled),
                stale: field.fresh.map(|_| known.stale.get(&field.name).map_or(0, |firms| firms.len() as u64)),
                conflicts: conflicts.get(field.name.as_str()).copied().unwrap_or(0),
                policies: readers.get(&field.name).map_or(0, |ids| ids.len() as u64),
                ..self.entry(record, field)
            });
        }
        for (child, name) in self.collections() {
            for field in access::readable(self.principal, child).into_iter().filter(|field| speaks(field)) {
                let path = format!("{name}.{}", field.name);
                let policies = readers.get(&path).map_or(0, |ids| ids.len() as u64);
                let (grain, collection) = ("item".to_owned(), Some(Words::from(&child.label)));
                entries.push(FactEntryView { name: path, grain, collection, policies, ..self.entry(child, field) });
            }
        }
        Ok(entries)
    }

    /// # Errors
    /// Not found for what is no fact of this reader.
    pub fn fact(&self, name: &str) -> Outcome<FactOpened> {
        let fact = self.fact_dictionary()?.into_iter().find(|fact| fact.name == name).ok_or(Fault::NotFound)?;
        let ids: Vec<Id> = self.fact_readers()?.remove(name).unwrap_or_default().into_iter().collect();
        let policies = self.policy_items(&ids[..ids.len().min(POLICIES)])?;
        let title = |id: &Id| policies.get(id).map(|item| self.card(item)).map(|card| Titled { id: card.id, title: card.title });
        let mut sources: Vec<FactSourceRank> = (self.app.model.sources.iter())
            .map(|(name, source)| FactSourceRank { name: name.clone(), label: (&source.label).into(), rank: source.rank })
            .collect();
        sources.sort_by_key(|source| source.rank);
        let without = if fact.grain == "item" { Vec::new() } else { self.firms_without(name)? };
        Ok(FactOpened { sources, read_by: ids.iter().filter_map(title).collect(), without, fact })
    }

    fn firms_without(&self, field: &str) -> Outcome<Vec<Titled>> {
        let record = self.record_type(FIRM)?;
        let conditions = vec![Condition::Known { field: field.to_owned(), known: false }];
        let query = Query { conditions, limit: WITHOUT, total: false, year: Some(self.app.judged_year()), ..self.rows(FIRM)? };
        let page = self.app.store.query(FIRM, &query)?;
        let titled = |item: &liangu_store::Item| Titled { id: item.id.text(&record.prefix), title: self.title(record, &item.values) };
        Ok(page.items.iter().map(titled).collect())
    }

    fn collections(&self) -> Vec<(&Record, &str)> {
        let children = self.app.model.records.values().filter_map(|child| {
            let of = child.child_of.as_ref().filter(|of| of.record == FIRM)?;
            Some((child, of.name.as_str()))
        });
        children.filter(|(child, _)| self.record_type(&child.name).is_ok()).collect()
    }

    fn entry(&self, record: &Record, field: &Field) -> FactEntryView {
        let department = |code: &String| self.app.model.lists.get("department").and_then(|list| list.codes.get(code));
        FactEntryView {
            name: field.name.clone(),
            label: (&field.label).into(),
            group: field.group.as_ref().and_then(|group| record.groups.get(group)).map(Words::from),
            ty: model_view::type_name(field),
            unit: field.unit.and_then(unit_words).map(Words::from),
            grain: if field.yearly { "firm_year" } else { "firm" }.to_owned(),
            collection: None,
            owner: field.owner.as_ref().and_then(department).map(|entry| (&entry.label).into()),
            fresh_months: field.fresh,
            sensitivity: match field.sensitivity {
                Sensitivity::Public => "public",
                Sensitivity::Internal => "internal",
                Sensitivity::Confidential => "confidential",
            }
            .to_owned(),
            about: field.about.as_ref().or(field.help.as_ref()).map(Words::from),
            policies: 0,
            firms: None,
            filled: None,
            stale: None,
            conflicts: 0,
        }
    }

    fn fact_readers(&self) -> Outcome<Readers> {
        let visible = self.visible_policies()?;
        let state = self.app.eligibility.current(&self.app.store, self.now())?;
        let mut readers = readers(&state, &self.app.model.schemas[FIRM]);
        if let Some(visible) = visible {
            readers.values_mut().for_each(|ids| ids.retain(|id| visible.contains(id)));
        }
        Ok(readers)
    }
}

/// Whether a field of a collection can be asked for by a rule.
fn speaks(field: &Field) -> bool {
    use FieldType::{Bilingual, Number, Ref, Rule, Text};
    !matches!(field.ty, Text { .. } | Bilingual { .. } | Number { .. } | Ref { .. } | Rule { .. })
}

fn readers(state: &State, schema: &liangu_expr::schema::Schema) -> Readers {
    let mut readers = Readers::new();
    for key in state.engine.policies() {
        let Some(rule) = state.engine.rule(key) else { continue };
        let policy = state.policies.id(key);
        for read in rule.clauses().iter().map(reads) {
            let own = read.facts.iter().filter_map(|(field, _)| schema.fields.get_index(field.0 as usize)).map(|(name, _)| name.clone());
            let items = read.child_facts.iter().filter_map(|(child, field)| {
                let (name, child) = schema.children.get_index(child.0 as usize)?;
                Some(format!("{name}.{}", child.schema.fields.get_index(field.0 as usize)?.0))
            });
            for name in own.chain(items) {
                readers.entry(name).or_default().insert(policy);
            }
        }
    }
    readers
}
