//! Reading: one [`Reader`] sees one snapshot, whatever is written meanwhile.
mod answers;
mod condition;
mod facts;
mod filter;
mod group;
mod history;
mod page;
mod scan;

pub use facts::FactPlace;
pub(crate) use filter::expression_over;
pub use group::Total;
pub use history::{ChangeKind, Fact, FieldChange, JournalEntry};
pub use page::Page;
pub use scan::ScanRow;

use crate::engine::{Conn, Row};
use crate::error::StoreError;
use crate::layout::{LEADING, RecordLayout};
use crate::query::{Condition, Query};
use crate::search::Lists;
use crate::sql::{Sql, quoted};
use crate::value::{Value, Values, Years};
use crate::{Inner, Store};
use liangu_base::{Id, Instant};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::Arc;

pub struct Reader<'a> {
    pub(crate) inner: &'a Inner,
    pub(crate) conn: &'a mut Conn,
    /// What its searches have looked up so far.
    pub(crate) lists: Lists,
}

/// A record as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: Id,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// All fields with one value; yearly ones of the year that was asked for, if any.
    pub values: Values,
}

/// A named piece of JSON beside the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub kind: String,
    pub key: String,
    pub value: Json,
    pub version: i64,
}

/// An item out of a row that was selected whole; `years` is the column where yearly values begin.
pub(crate) fn item(layout: &RecordLayout, row: &Row<'_>, years: Option<usize>) -> Result<Item, StoreError> {
    let mut values = Values::new();
    let single = crate::write::read_values(layout, &layout.single, row, LEADING)?;
    values.extend(layout.single.iter().zip(single).map(|(place, value)| (place.field.clone(), value)));
    if let Some(offset) = years {
        let yearly = crate::write::read_values(layout, &layout.yearly, row, offset)?;
        values.extend(layout.yearly.iter().zip(yearly).map(|(place, value)| (place.field.clone(), value)));
    }
    Ok(Item { id: row.id(0)?, version: row.int(1)?, created_at: row.instant(2)?, updated_at: row.instant(3)?, values })
}

impl Reader<'_> {
    fn tenant(&self) -> &str {
        &self.inner.tenant
    }

    pub(crate) fn layout(&self, record: &str) -> Result<Arc<RecordLayout>, StoreError> {
        self.inner.layout.record(record).map(Arc::clone)
    }

    pub fn get(&mut self, record: &str, id: Id) -> Result<Option<Item>, StoreError> {
        let layout = self.layout(record)?;
        let params = [self.tenant().into(), id.into()];
        self.conn.one(&layout.select_one, &params, |row| item(&layout, row, None))
    }

    /// The record if the query's scope, filter and conditions let it through.
    pub fn get_in(&mut self, record: &str, id: Id, query: &Query) -> Result<Option<Item>, StoreError> {
        let mut query = Query { limit: 1, total: false, after: None, ..query.clone() };
        query.conditions.push(Condition::Ids(vec![id]));
        Ok(self.query(record, &query)?.items.pop())
    }

    /// Those of the ids that exist, in the order of ids.
    pub fn get_many(&mut self, record: &str, ids: &[Id]) -> Result<Vec<Item>, StoreError> {
        let layout = self.layout(record)?;
        let mut items = Vec::with_capacity(ids.len());
        for portion in ids.chunks(500) {
            let mut sql = Sql::new(&format!("SELECT {} FROM {} WHERE tenant = ", layout.selected(""), layout.table()));
            sql.bind(self.tenant()).push(" AND id IN ").list(portion.iter().map(|id| (*id).into()));
            items.extend(self.conn.all(&sql.text, &sql.params, |row| item(&layout, row, None))?);
        }
        items.sort_by_key(|item| item.id);
        items.dedup_by_key(|item| item.id);
        Ok(items)
    }

    /// The record with this value in a unique field.
    pub fn find(&mut self, record: &str, field: &str, value: &Value) -> Result<Option<Id>, StoreError> {
        let layout = self.layout(record)?;
        let place = layout.place_of(field)?;
        let declared = layout.field(field)?;
        if !declared.unique || declared.yearly {
            return Err(StoreError::no_field(record, field));
        }
        let sql = format!("SELECT id FROM {} WHERE tenant = ?1 AND {} = ?2", layout.table(), quoted(&place.columns[0].0));
        self.conn.one(&sql, &[self.tenant().into(), value.cell(&declared.ty)], |row| row.id(0))
    }

    /// The title field of each, in Chinese where it has two languages.
    pub fn titles(&mut self, record: &str, ids: &[Id]) -> Result<BTreeMap<Id, String>, StoreError> {
        let layout = self.layout(record)?;
        let place = layout.place_of(&layout.record().title)?;
        let column = quoted(&place.columns[0].0);
        let mut titles = BTreeMap::new();
        for portion in ids.chunks(500) {
            // the version is read so that no index covers the statement: SQLite would scan the one by title
            let mut sql = Sql::new(&format!("SELECT id, {column}, version FROM {} WHERE tenant = ", layout.table()));
            sql.bind(self.tenant()).push(" AND id IN ").list(portion.iter().map(|id| (*id).into()));
            titles.extend(self.conn.all(&sql.text, &sql.params, |row| Ok((row.id(0)?, row.opt_text(1)?.unwrap_or_default())))?);
        }
        Ok(titles)
    }

    /// Children of a record, by the record's own order and then by id. All of them: a parent has few.
    pub fn children(&mut self, child_record: &str, parent: Id) -> Result<Vec<Item>, StoreError> {
        let layout = self.layout(child_record)?;
        let Some(child_of) = &layout.record().child_of else {
            return Err(StoreError::unknown(
                format!("“{child_record}”不是子记录类型。"),
                format!("\"{child_record}\" is not a child record type."),
            ));
        };
        let sort = crate::query::Sort::parse(&layout.record().sort);
        let order = match layout.place_of(&sort.field) {
            Ok(place) if layout.place_position(&sort.field) != usize::MAX => {
                let column = quoted(&place.columns[0].0);
                format!("{column} IS NULL, {column}{}, ", if sort.descending { " DESC" } else { "" })
            }
            _ => String::new(),
        };
        let (list, table) = (layout.selected(""), layout.table());
        let sql = format!("SELECT {list} FROM {table} WHERE tenant = ?1 AND {} = ?2 ORDER BY {order}id", quoted(&child_of.field));
        let params = [self.tenant().into(), parent.into()];
        self.conn.all(&sql, &params, |row| item(&layout, row, None))
    }

    pub fn years(&mut self, record: &str, id: Id) -> Result<Years, StoreError> {
        let layout = self.layout(record)?;
        if !layout.has_years() {
            return Ok(Years::new());
        }
        let table = quoted(&layout.year_table());
        let sql = format!("SELECT year, {} FROM {table} WHERE tenant = ?1 AND record = ?2 ORDER BY year", layout.selected_years(""));
        let params = [self.tenant().into(), id.into()];
        let rows =
            self.conn.all(&sql, &params, |row| Ok((row.int(0)? as i32, crate::write::read_values(&layout, &layout.yearly, row, 1)?)))?;
        let named = |values: Vec<Value>| layout.yearly.iter().zip(values).map(|(place, value)| (place.field.clone(), value)).collect();
        Ok(rows.into_iter().map(|(year, values)| (year, named(values))).collect())
    }

    pub fn document(&mut self, kind: &str, key: &str) -> Result<Option<Document>, StoreError> {
        let params = [self.tenant().into(), kind.into(), key.into()];
        self.conn.one("SELECT kind, key, value, version FROM document WHERE tenant = ?1 AND kind = ?2 AND key = ?3", &params, document)
    }

    /// All documents of a kind, by key.
    pub fn documents(&mut self, kind: &str) -> Result<Vec<Document>, StoreError> {
        let params = [self.tenant().into(), kind.into()];
        self.conn.all("SELECT kind, key, value, version FROM document WHERE tenant = ?1 AND kind = ?2 ORDER BY key", &params, document)
    }
}

fn document(row: &Row<'_>) -> Result<Document, StoreError> {
    let value = serde_json::from_str(&row.text(2)?).map_err(|e| StoreError::damaged(e.to_string()))?;
    Ok(Document { kind: row.text(0)?, key: row.text(1)?, value, version: row.int(3)? })
}

impl Store {
    pub fn get(&self, record: &str, id: Id) -> Result<Option<Item>, StoreError> {
        self.read(|r| r.get(record, id))
    }

    pub fn query(&self, record: &str, query: &Query) -> Result<Page, StoreError> {
        self.read(|r| r.query(record, query))
    }

    pub fn count(&self, record: &str, query: &Query) -> Result<u64, StoreError> {
        self.read(|r| r.count(record, query))
    }
}
