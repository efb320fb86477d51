//! Questions to the facts of all records at once: where sources differ, what is old, how well fields are filled.
use super::Reader;
use super::condition::column;
use super::history::Fact;
use crate::error::StoreError;
use crate::query::Query;
use crate::sql::Sql;
use liangu_base::{Date, Id};

/// A fact by record, field and year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactPlace {
    pub id: Id,
    pub field: String,
    /// Of a yearly field.
    pub year: Option<i32>,
}

impl Reader<'_> {
    /// Facts of which more than one source has spoken, of every record type, in order of ids. It walks all facts: about
    /// a second for four million.
    pub fn spoken_of_twice(&mut self) -> Result<Vec<FactPlace>, StoreError> {
        let sql = "SELECT id, field, period FROM fact WHERE tenant = ?1
                   GROUP BY id, field, period HAVING count(DISTINCT source) > 1 ORDER BY id, field, period";
        let params = [self.tenant().into()];
        self.conn.all(sql, &params, |row| {
            Ok(FactPlace { id: row.id(0)?, field: row.text(1)?, year: Some(row.int(2)? as i32).filter(|year| *year != 0) })
        })
    }

    /// Of `fields` without years, the facts of which no source has spoken since `day`, with the day of the last word.
    /// It walks all facts, as [`Reader::spoken_of_twice`] does.
    pub fn silent_since(&mut self, fields: &[&str], day: Date) -> Result<Vec<(FactPlace, Date)>, StoreError> {
        if fields.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new("SELECT id, field, max(as_of) FROM fact WHERE tenant = ");
        sql.bind(self.tenant()).push(" AND period = 0 AND value <> 'null' AND field IN ");
        sql.list(fields.iter().map(|field| (*field).into()));
        sql.push(" GROUP BY id, field HAVING max(as_of) < ").bind(day).push(" ORDER BY id, field");
        self.conn.all(&sql.text, &sql.params, |row| {
            let days = i32::try_from(row.int(2)?).ok().and_then(Date::from_days);
            let last = days.ok_or_else(|| StoreError::damaged("a day outside the calendar"))?;
            Ok((FactPlace { id: row.id(0)?, field: row.text(1)?, year: None }, last))
        })
    }

    /// Every entry about one fact, the newest first.
    pub fn words(&mut self, record: &str, place: &FactPlace) -> Result<Vec<Fact>, StoreError> {
        let mut facts = self.facts(record, place.id)?;
        facts.retain(|fact| fact.field == place.field && fact.year == place.year);
        Ok(facts)
    }

    /// How many rows the query lets through, and how many of them have a value in each field.
    pub fn filled(&mut self, record: &str, query: &Query, fields: &[&str]) -> Result<(u64, Vec<u64>), StoreError> {
        let layout = self.layout(record)?;
        let mode = self.mode(&layout, query)?;
        let rows = self.rows(&layout, query, mode, None)?;
        let mut counts = String::new();
        for field in fields {
            counts.push_str(&format!(", count({})", column(&layout, query, field)?));
        }
        let sql = format!("{}SELECT count(*){counts} {}", rows.with, rows.sql.text);
        let found = self.conn.one(&sql, &rows.sql.params, |row| {
            (0..=fields.len()).map(|at| Ok(row.int(at)? as u64)).collect::<Result<Vec<u64>, StoreError>>()
        })?;
        let mut found = found.unwrap_or_else(|| vec![0; fields.len() + 1]).into_iter();
        Ok((found.next().unwrap_or(0), found.collect()))
    }
}
