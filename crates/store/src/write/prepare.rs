//! From what was asked to [`Target`]s: rows are read and locked, values checked, facts weighed.
//!
//! Invariant: rows are locked in the order of their ids, so that two commits cannot wait for each other; nothing is
//! written here.
use super::facts::{NewFact, resolve};
use super::target::{Fate, Target, YearRow};
use super::validate::Problems;
use crate::commit::{Change, FactEntry, Stamp};
use crate::engine::{Conn, Engine, Row};
use crate::error::{FieldProblem, StoreError};
use crate::layout::{LEADING, Layout, Place, RecordLayout};
use crate::value::{Value, Values, Years};
use liangu_base::{Date, Id};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

pub struct Prepare<'a> {
    pub layout: &'a Layout,
    pub tenant: &'a str,
    pub stamp: Option<&'a Stamp>,
    /// As [`crate::Commit::day`].
    pub day: Date,
    /// Records known to exist, by earlier checks of the same transaction.
    pub checked: &'a mut Checked,
    pub problems: Vec<FieldProblem>,
}

/// Record type (by its position in the model) and id.
pub type Checked = HashSet<(usize, Id)>;

/// A value of a `fact` field that came without a source: some fact entry must speak of it.
struct Unsourced {
    id: Id,
    field: usize,
    year: Option<i32>,
}

impl Prepare<'_> {
    pub fn targets(
        &mut self,
        conn: &mut Conn,
        mut changes: Vec<Change>,
        facts: Vec<FactEntry>,
    ) -> Result<BTreeMap<Id, Target>, StoreError> {
        changes.sort_by_key(Change::id);
        let mut targets = BTreeMap::new();
        let mut unsourced = Vec::new();
        for change in changes {
            if targets.contains_key(&change.id()) {
                return Err(StoreError::unknown("同一记录在一次提交中只能有一项变更。", "A record can have one change in a commit."));
            }
            let target = self.target(conn, change, &mut unsourced)?;
            targets.insert(target.id, target);
        }
        self.enter_facts(conn, &mut targets, facts)?;
        self.sourced(&targets, &unsourced);
        for target in targets.values_mut() {
            resolve(target, conn, self.tenant)?;
            self.required(target);
        }
        self.references(conn, &targets)?;
        if !self.problems.is_empty() {
            return Err(StoreError::Invalid(std::mem::take(&mut self.problems)));
        }
        targets.values_mut().for_each(Target::settle);
        Ok(targets)
    }

    fn target(&mut self, conn: &mut Conn, change: Change, unsourced: &mut Vec<Unsourced>) -> Result<Target, StoreError> {
        let layout = Arc::clone(self.layout.record(change.record())?);
        match change {
            Change::Create { id, mut values, years, .. } => {
                for (name, value) in &layout.defaults {
                    // A default is nobody's word: a fact needs a source that vouches for it.
                    let field = layout.field(name)?;
                    if !field.yearly && (!field.fact || self.stamp.is_some()) {
                        values.entry(name.clone()).or_insert_with(|| value.clone());
                    }
                }
                let new = vec![Value::Null; layout.single.len()];
                let mut target = Target {
                    layout,
                    id,
                    fate: Fate::Created,
                    version: 0,
                    old: Vec::new(),
                    new,
                    years: BTreeMap::new(),
                    facts: Vec::new(),
                    line: None,
                    differs: false,
                };
                self.fill(&mut target, values, years, unsourced);
                Ok(target)
            }
            Change::Update { id, expected_version, values, years, .. } => {
                let mut target = self.load(conn, layout, id)?;
                if expected_version.is_some_and(|v| v != target.version) {
                    return Err(StoreError::Stale { record: target.layout.name.clone(), id, current: target.version });
                }
                for year in years.keys() {
                    self.load_year(conn, &mut target, *year)?;
                }
                self.fill(&mut target, values, years, unsourced);
                Ok(target)
            }
            Change::Delete { id, expected_version, .. } => {
                let mut target = self.load(conn, layout, id)?;
                if expected_version != target.version {
                    return Err(StoreError::Stale { record: target.layout.name.clone(), id, current: target.version });
                }
                target.fate = Fate::Deleted;
                self.load_years(conn, &mut target)?;
                Ok(target)
            }
        }
    }

    fn load(&mut self, conn: &mut Conn, layout: Arc<RecordLayout>, id: Id) -> Result<Target, StoreError> {
        let lock = if conn.engine() == Engine::Postgres { " FOR UPDATE" } else { "" };
        let sql = format!("{}{lock}", layout.select_one);
        let found =
            conn.one(&sql, &[self.tenant.into(), id.into()], |row| Ok((row.int(1)?, read_values(&layout, &layout.single, row, LEADING)?)))?;
        let Some((version, old)) = found else {
            return Err(StoreError::Missing { record: layout.name.clone(), id });
        };
        self.checked.insert((layout.index, id));
        let new = old.clone();
        Ok(Target {
            layout,
            id,
            fate: Fate::Updated,
            version,
            old,
            new,
            years: BTreeMap::new(),
            facts: Vec::new(),
            line: None,
            differs: false,
        })
    }

    fn load_year(&self, conn: &mut Conn, target: &mut Target, year: i32) -> Result<(), StoreError> {
        if target.version == 0 || target.years.contains_key(&year) || !target.layout.has_years() {
            return Ok(());
        }
        let layout = Arc::clone(&target.layout);
        let table = crate::sql::quoted(&layout.year_table());
        let sql = format!("SELECT {} FROM {table} WHERE tenant = ?1 AND record = ?2 AND year = ?3", layout.selected_years(""));
        let found = conn.one(&sql, &[self.tenant.into(), target.id.into(), i64::from(year).into()], |row| {
            read_values(&layout, &layout.yearly, row, 0)
        })?;
        if let Some(old) = found {
            target.years.insert(year, YearRow { new: old.clone(), old: Some(old) });
        }
        Ok(())
    }

    fn load_years(&self, conn: &mut Conn, target: &mut Target) -> Result<(), StoreError> {
        let layout = Arc::clone(&target.layout);
        if !layout.has_years() {
            return Ok(());
        }
        let table = crate::sql::quoted(&layout.year_table());
        let sql = format!("SELECT year, {} FROM {table} WHERE tenant = ?1 AND record = ?2", layout.selected_years(""));
        let found = conn
            .all(&sql, &[self.tenant.into(), target.id.into()], |row| Ok((row.int(0)?, read_values(&layout, &layout.yearly, row, 1)?)))?;
        for (year, old) in found {
            target.years.insert(year as i32, YearRow { new: old.clone(), old: Some(old) });
        }
        Ok(())
    }

    fn fill(&mut self, target: &mut Target, mut values: Values, years: Years, unsourced: &mut Vec<Unsourced>) {
        let layout = Arc::clone(&target.layout);
        let mut problems = Problems::new(&layout, target.id);
        for (at, place) in layout.single.iter().enumerate() {
            if let Some(value) = values.remove(&place.field)
                && let Some(plain) = self.give(target, place, None, value, &mut problems, unsourced)
            {
                target.new[at] = plain;
            }
        }
        for name in values.keys() {
            problems.unknown(name, false);
        }
        for (year, mut values) in years {
            for (at, place) in layout.yearly.iter().enumerate() {
                if let Some(value) = values.remove(&place.field)
                    && let Some(plain) = self.give(target, place, Some(year), value, &mut problems, unsourced)
                {
                    target.year(year).new[at] = plain;
                }
            }
            for name in values.keys() {
                problems.unknown(name, true);
            }
        }
        self.problems.append(&mut problems.found);
    }

    /// Checks a value; one of a `fact` field becomes a fact, any other is given back for the row.
    fn give(
        &mut self,
        target: &mut Target,
        place: &Place,
        year: Option<i32>,
        value: Value,
        problems: &mut Problems<'_>,
        unsourced: &mut Vec<Unsourced>,
    ) -> Option<Value> {
        let layout = Arc::clone(&target.layout);
        let field = layout.field_at(place);
        let value = sorted(value);
        problems.check(field, year, &value, self.day);
        if !field.fact {
            return Some(value);
        }
        if target.fate == Fate::Created && value.is_null() {
            return None;
        }
        match self.stamp {
            Some(stamp) if layout.model().sources.contains_key(&stamp.source) => {
                let (source, as_of) = (stamp.source.clone(), stamp.as_of);
                problems.not_after(field, year, as_of, self.day);
                target.facts.push(NewFact {
                    field_index: place.index,
                    field: field.name.clone(),
                    year,
                    value,
                    source,
                    as_of,
                    shown: false,
                });
            }
            Some(stamp) => problems.no_source(&field.name, &stamp.source),
            None => unsourced.push(Unsourced { id: target.id, field: place.index, year }),
        }
        None
    }

    fn enter_facts(&mut self, conn: &mut Conn, targets: &mut BTreeMap<Id, Target>, mut facts: Vec<FactEntry>) -> Result<(), StoreError> {
        facts.sort_by_key(|f| f.id);
        for entry in facts {
            let target = match targets.entry(entry.id) {
                Entry::Occupied(there) => there.into_mut(),
                Entry::Vacant(place) => place.insert(self.load(conn, Arc::clone(self.layout.record(&entry.record)?), entry.id)?),
            };
            if let Some(year) = entry.year {
                self.load_year(conn, target, year)?;
            }
            self.enter_fact(target, entry);
        }
        Ok(())
    }

    fn enter_fact(&mut self, target: &mut Target, entry: FactEntry) {
        let layout = Arc::clone(&target.layout);
        let mut problems = Problems::new(&layout, target.id);
        match layout.record().fields.get_full(&entry.field) {
            Some((field_index, _, field)) if field.fact && field.yearly == entry.year.is_some() && target.fate != Fate::Deleted => {
                let value = sorted(entry.value);
                problems.check(field, entry.year, &value, self.day);
                problems.not_after(field, entry.year, entry.as_of, self.day);
                if !layout.model().sources.contains_key(&entry.source) {
                    problems.no_source(&entry.field, &entry.source);
                }
                let twice = |f: &NewFact| f.field_index == field_index && f.year == entry.year && f.source == entry.source;
                match target.facts.iter_mut().find(|f| twice(f)) {
                    // The stamped value of the form and an explicit entry of the same source: the entry is more precise.
                    Some(same) => (same.value, same.as_of) = (value, entry.as_of),
                    None => target.facts.push(NewFact {
                        field_index,
                        field: entry.field,
                        year: entry.year,
                        value,
                        source: entry.source,
                        as_of: entry.as_of,
                        shown: false,
                    }),
                }
            }
            _ => problems.unknown(&entry.field, entry.year.is_some()),
        }
        self.problems.append(&mut problems.found);
    }

    fn sourced(&mut self, targets: &BTreeMap<Id, Target>, unsourced: &[Unsourced]) {
        for value in unsourced {
            let Some(target) = targets.get(&value.id) else { continue };
            if !target.facts.iter().any(|f| f.field_index == value.field && f.year == value.year) {
                let mut problems = Problems::new(&target.layout, target.id);
                problems.needs_source(&target.layout.record().fields[value.field], value.year);
                self.problems.append(&mut problems.found);
            }
        }
    }

    /// A new record has all required values; a later change may not empty one.
    fn required(&mut self, target: &Target) {
        if target.fate == Fate::Deleted {
            return;
        }
        let mut problems = Problems::new(&target.layout, target.id);
        for (at, place) in target.layout.single.iter().enumerate() {
            let field = target.layout.field_at(place);
            let given_by_the_store = matches!(field.ty, liangu_model::record::FieldType::Number { .. });
            let emptied = target.fate == Fate::Created || target.old.get(at).is_some_and(|old| !old.is_null());
            let told = self.problems.iter().any(|p| p.id == Some(target.id) && p.field == field.name);
            if field.required && !given_by_the_store && emptied && !told && is_empty(&target.new[at]) {
                problems.required(field);
            }
        }
        self.problems.append(&mut problems.found);
    }

    /// Every new reference leads to a record; on PostgreSQL that record cannot be deleted until the commit.
    fn references(&mut self, conn: &mut Conn, targets: &BTreeMap<Id, Target>) -> Result<(), StoreError> {
        let lock = if conn.engine() == Engine::Postgres { " FOR KEY SHARE" } else { "" };
        for target in targets.values().filter(|t| t.fate != Fate::Deleted) {
            for (field, record) in &target.layout.refs {
                let at = target.layout.place_position(field);
                let (Some(Value::Ref(id)), old) = (target.new.get(at), target.old.get(at)) else { continue };
                let key = (self.layout.record(record)?.index, *id);
                let inside = targets.get(id).is_some_and(|t| t.fate != Fate::Deleted && t.layout.name == *record);
                if old == Some(&Value::Ref(*id)) || inside || self.checked.contains(&key) {
                    continue;
                }
                let sql = format!("SELECT 1 FROM {} WHERE tenant = ?1 AND id = ?2{lock}", self.layout.record(record)?.table());
                if conn.one(&sql, &[self.tenant.into(), (*id).into()], |_| Ok(()))?.is_some() {
                    self.checked.insert(key);
                } else {
                    let mut problems = Problems::new(&target.layout, target.id);
                    problems.no_such_record(target.layout.field(field)?);
                    self.problems.append(&mut problems.found);
                }
            }
        }
        Ok(())
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(s) => s.is_empty(),
        Value::Bilingual(t) => t.zh.is_empty(),
        _ => false,
    }
}

/// Sets are stored in one order, whoever builds them.
fn sorted(value: Value) -> Value {
    match value {
        Value::Set(codes) => Value::set(codes),
        other => other,
    }
}

pub fn read_values(layout: &RecordLayout, places: &[Place], row: &Row<'_>, offset: usize) -> Result<Vec<Value>, StoreError> {
    places.iter().map(|place| read_value(layout, place, row, offset)).collect()
}

pub fn read_value(layout: &RecordLayout, place: &Place, row: &Row<'_>, offset: usize) -> Result<Value, StoreError> {
    let at = offset + place.column;
    let second = if place.columns.len() > 1 { row.get(at + 1)? } else { crate::engine::cell::CellRef::Null };
    Value::read(&layout.field_at(place).ty, row.get(at)?, second)
}
