//! Which facts of firms are in conflict and which are stale, kept in memory.
//!
//! The first question walks all facts once; from then on the journal says which firms changed, and only those are read
//! again. Turning of the day begins anew, since it makes facts stale.
use super::sheet::stale;
use crate::eligibility::FIRM;
use crate::fault::Outcome;
use liangu_base::{Date, Id};
use liangu_model::record::{Model, Record};
use liangu_store::{Condition, FactPlace, Query, Reader, Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// Beyond this many entries of the journal everything is read anew.
const MOST: u32 = 2000;
/// Ids asked for at a time.
const PORTION: usize = 500;

#[derive(Default)]
pub(crate) struct Index(Mutex<Option<Known>>);

/// Invariant: true at journal sequence `sequence` on `day`.
#[derive(Clone)]
pub(crate) struct Known {
    sequence: i64,
    day: Date,
    pub conflicts: BTreeSet<FactPlace>,
    /// Firms by field.
    pub stale: BTreeMap<String, BTreeSet<Id>>,
}

impl Index {
    /// The index at the head of the journal.
    pub fn at(&self, store: &Store, model: &Model, today: Date) -> Outcome<Known> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = store.read(|reader| {
            let record = &model.records[FIRM];
            let mut known = match kept.take().filter(|known| known.day == today) {
                Some(known) => known,
                None => return read_all(reader, record, today),
            };
            let entries = reader.journal(known.sequence, MOST)?;
            if entries.len() >= MOST as usize {
                return read_all(reader, record, today);
            }
            let changed: BTreeSet<Id> = entries.iter().filter(|entry| entry.record == FIRM).map(|entry| entry.id).collect();
            for id in changed {
                known.forget(id);
                known.read(reader, record, id, true)?;
            }
            known.sequence = entries.last().map_or(known.sequence, |entry| entry.sequence);
            Ok(known)
        })?;
        Ok(kept.insert(known).clone())
    }
}

fn read_all(reader: &mut Reader<'_>, record: &Record, today: Date) -> Result<Known, StoreError> {
    let mut known = Known { sequence: reader.head()?, day: today, conflicts: BTreeSet::new(), stale: BTreeMap::new() };
    let is_fact = |field: &str| record.fields.get(field).is_some_and(|field| field.fact);
    let twice: Vec<FactPlace> = reader.spoken_of_twice()?.into_iter().filter(|place| is_fact(&place.field)).collect();
    let mut ids: Vec<Id> = twice.iter().map(|place| place.id).collect();
    ids.dedup();
    // Other record types have facts too.
    for portion in ids.chunks(PORTION) {
        let query = Query { conditions: vec![Condition::Ids(portion.to_vec())], limit: PORTION as u32, total: false, ..Query::default() };
        for firm in reader.query(FIRM, &query)?.items {
            known.read(reader, record, firm.id, false)?;
        }
    }
    let fresh: Vec<(&str, Date)> = record
        .fields
        .values()
        .filter_map(|field| Some((field.name.as_str(), today.add_months(-i32::try_from(field.fresh?).ok()?))))
        .collect();
    if let Some(latest) = fresh.iter().map(|(_, day)| *day).max() {
        let names: Vec<&str> = fresh.iter().map(|(name, _)| *name).collect();
        for (place, last) in reader.silent_since(&names, latest)? {
            if fresh.iter().any(|(name, day)| *name == place.field && last < *day) {
                known.stale.entry(place.field).or_default().insert(place.id);
            }
        }
    }
    Ok(known)
}

impl Known {
    fn forget(&mut self, id: Id) {
        self.conflicts.retain(|place| place.id != id);
        for firms in self.stale.values_mut() {
            firms.remove(&id);
        }
    }

    /// Takes in one firm: its conflicts, and with `ages` what is stale.
    fn read(&mut self, reader: &mut Reader<'_>, record: &Record, id: Id, ages: bool) -> Result<(), StoreError> {
        let facts = reader.facts(FIRM, id)?;
        for fact in facts.iter().filter(|fact| fact.current && fact.contested) {
            self.conflicts.insert(FactPlace { id, field: fact.field.clone(), year: fact.year });
        }
        if ages {
            for field in record.fields.values().filter(|field| stale(field, &facts, self.day)) {
                self.stale.entry(field.name.clone()).or_default().insert(id);
            }
        }
        Ok(())
    }
}
