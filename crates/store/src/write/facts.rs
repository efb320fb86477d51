//! Facts: what each source said of a field, and whose word the row shows.
//!
//! Of the sources' latest words (by `as_of`, then by entry) the one of the source with the lowest rank counts; among
//! sources of one rank the later `as_of`, then the later entry. A null takes a source's word back.
use super::target::{Target, YearRow};
use crate::engine::Conn;
use crate::error::StoreError;
use crate::value::Value;
use liangu_base::Date;
use liangu_model::record::Model;
use std::cmp::Reverse;

pub const FACTS_OF_FIELD: &str =
    "SELECT source, sequence, value, as_of FROM fact WHERE tenant = ?1 AND id = ?2 AND field = ?3 AND period = ?4";
pub const FACT_COLUMNS: [&str; 10] =
    ["tenant", "id", "field", "period", "source", "sequence", "value", "as_of", "recorded_at", "recorded_by"];

/// A fact of the commit at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFact {
    pub field_index: usize,
    pub field: String,
    pub year: Option<i32>,
    pub value: Value,
    pub source: String,
    pub as_of: Date,
    /// Whether the row shows it after the commit.
    pub shown: bool,
}

/// One source's word, new or on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub source: String,
    pub as_of: Date,
    /// `i64::MAX` for the commit at hand.
    pub sequence: i64,
    pub value: Value,
}

pub fn rank(model: &Model, source: &str) -> u32 {
    model.sources.get(source).map_or(u32::MAX, |s| s.rank)
}

/// Position of the word that counts; `None` if nobody says anything.
pub fn current(model: &Model, words: &[Word]) -> Option<usize> {
    let latest = latest(words);
    latest.into_iter().filter(|at| !words[*at].value.is_null()).min_by_key(|at| {
        let word = &words[*at];
        (rank(model, &word.source), Reverse(word.as_of), Reverse(word.sequence))
    })
}

/// Positions of the latest word of each source.
pub fn latest(words: &[Word]) -> Vec<usize> {
    let newer = |a: &Word, b: &Word| (a.as_of, a.sequence) > (b.as_of, b.sequence);
    (0..words.len()).filter(|at| !words.iter().any(|other| other.source == words[*at].source && newer(other, &words[*at]))).collect()
}

/// Puts the values that count into the row and its years, and sorts the facts in the order of their table.
pub fn resolve(target: &mut Target, conn: &mut Conn, tenant: &str) -> Result<(), StoreError> {
    target.facts.sort_by(|a, b| (&a.field, a.year, &a.source).cmp(&(&b.field, b.year, &b.source)));
    let mut from = 0;
    while from < target.facts.len() {
        let (field, year) = (target.facts[from].field_index, target.facts[from].year);
        let to = from + target.facts[from..].iter().take_while(|f| f.field_index == field && f.year == year).count();
        let value = resolve_one(target, from..to, conn, tenant)?;
        match (target.layout.slot(field), year) {
            ((false, at), _) => target.new[at] = value,
            ((true, at), Some(year)) => target.year(year).new[at] = value,
            ((true, _), None) => {}
        }
        from = to;
    }
    Ok(())
}

fn resolve_one(target: &mut Target, run: std::ops::Range<usize>, conn: &mut Conn, tenant: &str) -> Result<Value, StoreError> {
    let first = &target.facts[run.start];
    if target.version == 0 && run.len() == 1 {
        let value = first.value.clone();
        target.facts[run.start].shown = true;
        return Ok(value);
    }
    let mut words = Vec::new();
    if target.version > 0 {
        words = on_file(target, first, conn, tenant)?;
    }
    let known = words.len();
    words.extend(target.facts[run.clone()].iter().map(|f| Word {
        source: f.source.clone(),
        as_of: f.as_of,
        sequence: i64::MAX,
        value: f.value.clone(),
    }));
    let Some(at) = current(target.layout.model(), &words) else {
        for fact in &mut target.facts[run] {
            fact.shown = true;
        }
        return Ok(Value::Null);
    };
    if at >= known {
        target.facts[run.start + at - known].shown = true;
    }
    Ok(words.swap_remove(at).value)
}

fn on_file(target: &Target, fact: &NewFact, conn: &mut Conn, tenant: &str) -> Result<Vec<Word>, StoreError> {
    let ty = &target.layout.record().fields[fact.field_index].ty;
    let params = [tenant.into(), target.id.into(), fact.field.as_str().into(), i64::from(fact.year.unwrap_or(0)).into()];
    conn.all(FACTS_OF_FIELD, &params, |row| {
        let json = serde_json::from_str(&row.text(2)?).map_err(|e| StoreError::damaged(e.to_string()))?;
        // A value of a type the field no longer has says nothing about it.
        let value = Value::from_json(&json, ty, target.layout.model()).unwrap_or(Value::Null);
        Ok(Word { source: row.text(0)?, as_of: date(row.int(3)?)?, sequence: row.int(1)?, value })
    })
}

pub fn date(days: i64) -> Result<Date, StoreError> {
    i32::try_from(days).ok().and_then(Date::from_days).ok_or_else(|| StoreError::damaged("a day outside the calendar"))
}

impl Target {
    /// The row of a year, made if there is none.
    pub fn year(&mut self, year: i32) -> &mut YearRow {
        let width = self.layout.yearly.len();
        self.years.entry(year).or_insert_with(|| YearRow { old: None, new: vec![Value::Null; width] })
    }
}
