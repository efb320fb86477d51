//! Counting: totals, facets, and the numbers of indicators.
use super::Reader;
use super::condition::{Mode, column};
use crate::error::StoreError;
use crate::layout::RecordLayout;
use crate::query::Query;
use crate::value::Value;
use liangu_model::record::FieldType;
use std::collections::BTreeMap;

/// One group of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The value by which it is split; null for unknown, and for everything when it is not split.
    pub key: Value,
    pub count: u64,
    /// Sum of the field that was asked for over rows that have it.
    pub sum: i64,
}

impl Reader<'_> {
    pub fn count(&mut self, record: &str, query: &Query) -> Result<u64, StoreError> {
        let layout = self.layout(record)?;
        let mode = self.mode(&layout, query)?;
        self.count_in(&layout, query, mode)
    }

    pub(super) fn count_in(&mut self, layout: &RecordLayout, query: &Query, mode: Mode) -> Result<u64, StoreError> {
        let rows = self.rows(layout, query, mode, None)?;
        let sql = format!("{}SELECT count(*) {}", rows.with, rows.sql.text);
        Ok(self.conn.one(&sql, &rows.sql.params, |row| row.int(0))?.unwrap_or(0) as u64)
    }

    /// For each field how many rows have each value, the most frequent first. Conditions on the field itself do not
    /// count, so that a reader sees what else could be chosen. A row counts under each code of a set.
    pub fn facets(&mut self, record: &str, query: &Query, fields: &[String]) -> Result<BTreeMap<String, Vec<(Value, u64)>>, StoreError> {
        let layout = self.layout(record)?;
        let mode = self.mode(&layout, query)?;
        let mut facets = BTreeMap::new();
        for name in fields {
            let mut counts: BTreeMap<Value, u64> = BTreeMap::new();
            for total in self.groups(&layout, query, mode, Some(name), None, Some(name))? {
                match total.key {
                    Value::Set(codes) => codes.into_iter().for_each(|code| *counts.entry(Value::Text(code)).or_default() += total.count),
                    other => *counts.entry(other).or_default() += total.count,
                }
            }
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            facets.insert(name.clone(), counts);
        }
        Ok(facets)
    }

    /// Count and sum, split by a field if one is given.
    pub fn totals(&mut self, record: &str, query: &Query, sum: Option<&str>, split: Option<&str>) -> Result<Vec<Total>, StoreError> {
        let layout = self.layout(record)?;
        let mode = self.mode(&layout, query)?;
        self.groups(&layout, query, mode, split, sum, None)
    }

    fn groups(
        &mut self,
        layout: &RecordLayout,
        query: &Query,
        mode: Mode,
        split: Option<&str>,
        sum: Option<&str>,
        without: Option<&str>,
    ) -> Result<Vec<Total>, StoreError> {
        let summed = match sum {
            None => "0".to_owned(),
            Some(name) => {
                let ty = &layout.field(name)?.ty;
                if !matches!(ty, FieldType::Int | FieldType::Money | FieldType::Area | FieldType::Percent) {
                    return Err(StoreError::no_field(&layout.name, name));
                }
                format!("CAST(coalesce(sum({}), 0) AS BIGINT)", column(layout, query, name)?)
            }
        };
        let rows = self.rows(layout, query, mode, without)?;
        let Some(name) = split else {
            let sql = format!("{}SELECT count(*), {summed} {}", rows.with, rows.sql.text);
            return self
                .conn
                .all(&sql, &rows.sql.params, |row| Ok(Total { key: Value::Null, count: row.int(0)? as u64, sum: row.int(1)? }));
        };
        let key = column(layout, query, name)?;
        let ty = &layout.field(name)?.ty;
        let sql = format!("{}SELECT {key}, count(*), {summed} {} GROUP BY {key} ORDER BY {key}", rows.with, rows.sql.text);
        let null = crate::engine::cell::CellRef::Null;
        self.conn.all(&sql, &rows.sql.params, |row| {
            Ok(Total { key: Value::read(ty, row.get(0)?, null)?, count: row.int(1)? as u64, sum: row.int(2)? })
        })
    }
}
