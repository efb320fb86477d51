//! What lines of the journal concern: firms whose facts or child records were written, and claims that were paid.
use crate::App;
use crate::claims::CLAIM;
use crate::eligibility::FIRM;
use crate::fault::Outcome;
use crate::payments::reference;
use crate::reads::Reads as _;
use liangu_base::Id;
use liangu_model::record::Model;
use liangu_store::{FieldChange, JournalEntry};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Touched {
    pub firms: Vec<Id>,
    pub paid: Vec<Id>,
}

pub(super) fn touched(app: &App, entries: &[JournalEntry]) -> Outcome<Touched> {
    let (mut firms, mut paid) = (BTreeSet::new(), BTreeSet::new());
    // child records whose lines do not say whose they are, by record type
    let mut silent: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
    for entry in entries {
        if entry.record == FIRM {
            firms.insert(entry.id);
        } else if entry.record == CLAIM && entry.changes.iter().any(|change| change.field == "state" && change.to == "paid") {
            paid.insert(entry.id);
        } else if let Some(field) = owner(&app.model, &entry.record) {
            let named = entry.changes.iter().filter(|change| change.field == field);
            let own: Vec<Id> = named.flat_map(|change| of_change(&app.model, change)).collect();
            firms.extend(&own);
            if own.is_empty() {
                silent.entry(&entry.record).or_default().insert(entry.id);
            }
        }
    }
    for (record, ids) in silent {
        let Some(field) = owner(&app.model, record) else { continue };
        let ids: Vec<Id> = ids.into_iter().collect();
        firms.extend(app.store.get_many(record, &ids)?.iter().filter_map(|row| reference(&row.values, field)));
    }
    Ok(Touched { firms: firms.into_iter().collect(), paid: paid.into_iter().collect() })
}

/// The field by which a record belongs to a firm, if it is a child of firms.
fn owner<'m>(model: &'m Model, record: &str) -> Option<&'m str> {
    let child_of = model.records.get(record)?.child_of.as_ref()?;
    (child_of.record == FIRM).then_some(child_of.field.as_str())
}

fn of_change(model: &Model, change: &FieldChange) -> Vec<Id> {
    let prefix = &model.records[FIRM].prefix;
    [&change.from, &change.to].into_iter().filter_map(|said| Id::parse(prefix, said.as_str()?).ok()).collect()
}
