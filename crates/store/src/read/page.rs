//! Pages of a list. A page begins after the last row of the one before, by value and id and not by counting, so that
//! rows written meanwhile neither repeat nor hide others.
//!
//! Rows without a value in the sort field come last in either direction; they are a second, shorter query, so that both
//! can walk an index.
use super::condition::{Mode, column};
use super::{Item, Reader, item};
use crate::engine::cell::{Cell, CellRef};
use crate::engine::{Engine, Row};
use crate::error::StoreError;
use crate::layout::{LEADING, RecordLayout};
use crate::query::{Condition, Cursor, Key, Place, Query, Sort};
use crate::sql::Sql;
use liangu_base::Id;
use liangu_model::record::FieldType;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub items: Vec<Item>,
    pub total: Option<u64>,
    pub next: Option<Cursor>,
}

/// The order of a list.
struct Order {
    name: String,
    key: String,
    descending: bool,
    /// Whether the key can be missing.
    nullable: bool,
}

impl Reader<'_> {
    pub fn query(&mut self, record: &str, query: &Query) -> Result<Page, StoreError> {
        let layout = self.layout(record)?;
        let mode = match (&query.after, query.sort.is_none()) {
            // The words are taken as on the first page.
            (Some(after), true) if after.place("any").is_ok() => Mode::AnyWord,
            (Some(after), true) if after.place("all").is_ok() => Mode::AllWords,
            _ => self.mode(&layout, query)?,
        };
        let total = if query.total { Some(self.count_in(&layout, query, mode)?) } else { None };
        let order = order(&layout, query, mode)?;
        let mut last = query.after.as_ref().map(|after| after.place(&order.name)).transpose()?;
        let wanted = query.limit.max(1) as usize;
        let mut rows = Vec::with_capacity(wanted + 1);
        let mut nulls = matches!(&last, Some(place) if place.key == Key::Null) && order.nullable;
        loop {
            let left = wanted + 1 - rows.len();
            rows.extend(self.portion(&layout, query, mode, &order, nulls, last.as_ref(), left)?);
            if rows.len() > wanted || nulls || !order.nullable {
                break;
            }
            (nulls, last) = (true, None);
        }
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next =
            rows.last().filter(|_| more).map(|(item, key)| Cursor::at(&Place { order: order.name.clone(), key: key.clone(), id: item.id }));
        Ok(Page { items: rows.into_iter().map(|(item, _)| item).collect(), total, next })
    }

    #[allow(clippy::too_many_arguments)]
    fn portion(
        &mut self,
        layout: &RecordLayout,
        query: &Query,
        mode: Mode,
        order: &Order,
        nulls: bool,
        last: Option<&Place>,
        limit: usize,
    ) -> Result<Vec<(Item, Key)>, StoreError> {
        let rows = self.rows(layout, query, mode, None)?;
        let key = rows.score.unwrap_or(&order.key);
        let with_years = query.year.is_some() && layout.has_years();
        let years = if with_years { format!(", {}", layout.selected_years("y.")) } else { String::new() };
        let mut sql =
            Sql { text: format!("{}SELECT {}{years}, {key} {}", rows.with, layout.selected("r."), rows.sql.text), params: rows.sql.params };
        let (sign, direction) = if order.descending { ("<", " DESC") } else { (">", "") };
        // SQLite has no statistics: left to itself it walks all rows in order rather than sort the few of one parent
        let sorted = if self.conn.engine() == Engine::Sqlite && narrowed(layout, query) { "+" } else { "" };
        if nulls {
            sql.push(&format!(" AND {key} IS NULL"));
            if let Some(place) = last {
                sql.push(&format!(" AND r.id {sign} ")).bind(place.id);
            }
            sql.push(&format!(" ORDER BY {sorted}r.id{direction}"));
        } else {
            if order.nullable {
                sql.push(&format!(" AND {key} IS NOT NULL"));
            }
            if let Some(place) = last {
                after(&mut sql, key, sign, place);
            }
            sql.push(&format!(" ORDER BY {sorted}{key}{direction}, r.id{direction}"));
        }
        sql.push(" LIMIT ").bind(limit as i64);
        let year_columns = layout.columns(true).len();
        let first_year = LEADING + layout.columns(false).len();
        let key_column = first_year + if with_years { year_columns } else { 0 };
        self.conn.all(&sql.text, &sql.params, |row| Ok((item(layout, row, with_years.then_some(first_year))?, key_of(row, key_column)?)))
    }
}

/// Whether the rows asked for are those of one record: few, and found by an index.
fn narrowed(layout: &RecordLayout, query: &Query) -> bool {
    let of_one = |condition: &Condition| match condition {
        Condition::In { field, values } => {
            let field = layout.record().fields.get(field);
            values.len() == 1 && field.is_some_and(|field| matches!(field.ty, FieldType::Ref { .. }))
        }
        _ => false,
    };
    query.conditions.iter().any(of_one)
}

/// Rows after a place: the plain bound lets the database begin there in the index.
fn after(sql: &mut Sql, key: &str, sign: &str, place: &Place) {
    let cell = match &place.key {
        Key::Null => Cell::Null,
        Key::Int(n) => Cell::Int(*n),
        Key::Text(s) => Cell::text(s.as_str()),
        Key::Id(id) => Cell::id(*id),
    };
    sql.push(&format!(" AND {key} {sign}= ")).bind(cell.clone());
    sql.push(&format!(" AND ({key} {sign} ")).bind(cell);
    sql.push(&format!(" OR r.id {sign} ")).bind(place.id).push(")");
}

fn key_of(row: &Row<'_>, column: usize) -> Result<Key, StoreError> {
    Ok(match row.get(column)? {
        CellRef::Null => Key::Null,
        CellRef::Int(n) => Key::Int(n),
        CellRef::Text(s) => Key::Text(s.to_owned()),
        CellRef::Bytes(b) => {
            Key::Id(<[u8; 16]>::try_from(b).map(Id::from_bytes).map_err(|_| StoreError::damaged("an id does not have 16 bytes"))?)
        }
    })
}

fn order(layout: &RecordLayout, query: &Query, mode: Mode) -> Result<Order, StoreError> {
    let by_words = |name: &str| Order { name: name.to_owned(), key: String::new(), descending: true, nullable: false };
    let sort = match (&query.sort, mode) {
        (Some(sort), _) => sort.clone(),
        (None, Mode::AllWords) => return Ok(by_words("all")),
        (None, Mode::AnyWord) => return Ok(by_words("any")),
        (None, Mode::Rows) => Sort::parse(&layout.record().sort),
    };
    let (key, nullable) = match sort.field.as_str() {
        "" | "id" => ("r.id".to_owned(), false),
        "created_at" => ("r.created_at".to_owned(), false),
        "updated_at" => ("r.updated_at".to_owned(), false),
        field => (column(layout, query, field)?, true),
    };
    let year = query.year.filter(|_| key.starts_with("y.")).map(|year| year.to_string()).unwrap_or_default();
    let name = format!("{}{}{year}", if sort.descending { "-" } else { "+" }, sort.field);
    Ok(Order { name, key, descending: sort.descending, nullable })
}
