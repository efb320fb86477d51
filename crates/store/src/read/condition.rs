//! The part of a statement that says which rows: tables, joins, conditions.
use super::Reader;
use super::filter;
use crate::engine::Engine;
use crate::engine::cell::Cell;
use crate::error::StoreError;
use crate::layout::RecordLayout;
use crate::query::{Condition, Query, Scope};
use crate::search::{self, needle::Needle};
use crate::sql::{Sql, quoted};
use crate::value::Value;
use liangu_expr::schema::CodeList;
use liangu_model::record::FieldType;
use std::collections::{HashMap, HashSet};

/// How the words of a query are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// No words.
    Rows,
    /// Rows with all words; those with all of them in the title come first.
    AllWords,
    /// Rows with any word, the more and longer the better. Used when no row has all.
    AnyWord,
}

/// `FROM … WHERE …` with the values bound so far; more may be added to the conditions.
pub struct Rows {
    /// `WITH …`, before the `SELECT`.
    pub with: String,
    pub sql: Sql,
    /// An expression for how well a row fits the words.
    pub score: Option<&'static str>,
}

impl Reader<'_> {
    /// The words of the query, if it has any that can be looked for.
    pub(super) fn needle(&self, layout: &RecordLayout, query: &Query) -> Option<Needle> {
        let text = query.text.as_deref().filter(|t| !t.trim().is_empty())?;
        (!layout.record().search.is_empty()).then(|| Needle::new(text, &layout.model().synonyms))
    }

    /// All words, unless no row has all of them.
    pub(super) fn mode(&mut self, layout: &RecordLayout, query: &Query) -> Result<Mode, StoreError> {
        let Some(needle) = self.needle(layout, query) else { return Ok(Mode::Rows) };
        if !needle.can_loosen() {
            return Ok(Mode::AllWords);
        }
        let rows = self.rows(layout, query, Mode::AllWords, None)?;
        let sql = format!("{}SELECT 1 {} LIMIT 1", rows.with, rows.sql.text);
        let any = self.conn.one(&sql, &rows.sql.params, |_| Ok(()))?.is_some();
        Ok(if any { Mode::AllWords } else { Mode::AnyWord })
    }

    /// `without`: a field whose own conditions do not count, for its facet.
    pub(super) fn rows(&mut self, layout: &RecordLayout, query: &Query, mode: Mode, without: Option<&str>) -> Result<Rows, StoreError> {
        let engine = self.conn.engine();
        let mut sql = Sql::new(&format!("FROM {} r", layout.table()));
        if let Some(year) = query.year.filter(|_| layout.has_years()) {
            sql.push(&format!(" LEFT JOIN {} y ON y.tenant = r.tenant AND y.record = r.id AND y.year = ", quoted(&layout.year_table())))
                .bind(i64::from(year));
        }
        let (mut with, mut score) = (String::new(), None);
        if mode != Mode::Rows
            && let Some(needle) = self.needle(layout, query)
        {
            for form in needle.unbroken() {
                let key = (layout.name.clone(), form.clone());
                if !self.lists.contains_key(&key) {
                    let held = search::hold(self.conn, layout, &self.inner.tenant, form)?;
                    self.lists.insert(key, held);
                }
            }
            let any = mode == Mode::AnyWord;
            let found = search::find(&mut sql.params, layout, (engine, &self.inner.tenant), &needle, any, &self.lists);
            sql.push(&found.join);
            (with, score) = (found.with, Some(found.score));
        }
        sql.push(" WHERE r.tenant = ").bind(self.tenant());
        if let Some(text) = query.text.as_deref().map(str::trim).filter(|t| !t.is_empty() && layout.record().search.is_empty()) {
            in_title(&mut sql, layout, text, engine)?;
        }
        for condition in query.conditions.iter().filter(|c| without.is_none() || c.field() != without) {
            sql.push(" AND ");
            self.condition(&mut sql, layout, query, condition, engine)?;
        }
        if let Some(filter) = &query.filter {
            sql.push(" AND ");
            filter::lower(&mut sql, self.inner, layout, engine, filter, &query.context)?;
        }
        if let Scope::AnyOf(scopes) = &query.scope {
            sql.push(" AND (FALSE");
            for scope in scopes {
                sql.push(" OR ");
                filter::lower(&mut sql, self.inner, layout, engine, scope, &query.context)?;
            }
            sql.push(")");
        }
        Ok(Rows { with, sql, score })
    }

    fn condition(
        &self,
        sql: &mut Sql,
        layout: &RecordLayout,
        query: &Query,
        condition: &Condition,
        engine: Engine,
    ) -> Result<(), StoreError> {
        if let Condition::Ids(ids) = condition {
            sql.push("r.id IN ").list(ids.iter().map(|id| (*id).into()));
            return Ok(());
        }
        let name = condition.field().unwrap_or_default();
        let column = column(layout, query, name)?;
        let field = layout.field(name)?;
        match condition {
            Condition::Ids(_) => {}
            Condition::In { values, .. } if matches!(field.ty, FieldType::Set { .. }) => {
                let codes: Vec<String> = values.iter().flat_map(codes_of).collect();
                has_any(sql, &column, &codes, engine);
            }
            Condition::In { values, .. } => {
                let known: Vec<Cell> =
                    values.iter().filter(|v| !v.is_null()).map(|v| fitting(layout, name, v)).collect::<Result<_, _>>()?;
                sql.push("(").push(&column).push(" IN ").list(known);
                if values.iter().any(Value::is_null) {
                    sql.push(" OR ").push(&column).push(" IS NULL");
                }
                sql.push(")");
            }
            Condition::Range { from, to, .. } => {
                sql.push("(TRUE");
                for (end, sign) in [(from, " >= "), (to, " <= ")] {
                    if let Some(value) = end {
                        sql.push(" AND ").push(&column).push(sign).bind(fitting(layout, name, value)?);
                    }
                }
                sql.push(")");
            }
            Condition::Within { codes, .. } => {
                let FieldType::Code { list } = &field.ty else { return Err(StoreError::no_field(&layout.name, name)) };
                let below = layout.model().lists.get(list).map(|list| descendants(list, codes)).unwrap_or_default();
                sql.push(&column).push(" IN ").list(below.into_iter().map(|c| c.into()));
            }
            Condition::HasAny { codes, .. } => has_any(sql, &column, codes, engine),
            Condition::Known { known, .. } => {
                sql.push(&column).push(if *known { " IS NOT NULL" } else { " IS NULL" });
            }
        }
        Ok(())
    }
}

/// Record types without a full-text index are few in rows: their title is searched as it stands.
fn in_title(sql: &mut Sql, layout: &RecordLayout, text: &str, engine: Engine) -> Result<(), StoreError> {
    let position = if engine == Engine::Sqlite { "instr" } else { "strpos" };
    let place = layout.place_of(&layout.record().title)?;
    sql.push(" AND (FALSE");
    for (column, _) in &place.columns {
        sql.push(&format!(" OR {position}(r.{}, ", quoted(column))).bind(text).push(") > 0");
    }
    sql.push(")");
    Ok(())
}

fn codes_of(value: &Value) -> Vec<String> {
    match value {
        Value::Text(code) => vec![code.clone()],
        Value::Set(codes) => codes.clone(),
        _ => Vec::new(),
    }
}

/// The cell of a value that has the field's type.
fn fitting(layout: &RecordLayout, name: &str, value: &Value) -> Result<Cell, StoreError> {
    let ty = &layout.field(name)?.ty;
    let bilingual = matches!((ty, value), (FieldType::Bilingual { .. }, Value::Text(_)));
    if value.is_null() || !(value.fits(ty) || bilingual) {
        let wanted = crate::value::wanted(ty);
        return Err(StoreError::unknown(format!("筛选条件“{name}”：{}", wanted.zh), format!("Filter \"{name}\": {}", wanted.en)));
    }
    Ok(value.cell(ty))
}

fn has_any(sql: &mut Sql, column: &str, codes: &[String], engine: Engine) {
    sql.push("(FALSE");
    for code in codes {
        let position = if engine == Engine::Sqlite { "instr" } else { "strpos" };
        sql.push(&format!(" OR {position}({column}, ")).bind(format!("|{code}|")).push(") > 0");
    }
    sql.push(")");
}

/// Where a field's (first) column is found; a yearly field needs the query's year.
pub fn column(layout: &RecordLayout, query: &Query, name: &str) -> Result<String, StoreError> {
    let place = layout.place_of(name)?;
    let yearly = layout.field(name)?.yearly;
    if yearly && query.year.is_none() {
        return Err(StoreError::unknown(
            format!("字段“{name}”分年度；查询时请注明年份。"),
            format!("The field \"{name}\" has yearly values; say which year."),
        ));
    }
    Ok(format!("{}.{}", if yearly { "y" } else { "r" }, quoted(&place.columns[0].0)))
}

/// The codes and everything below them.
pub fn descendants(list: &CodeList, codes: &[String]) -> Vec<String> {
    let mut below: HashMap<&str, Vec<&str>> = HashMap::new();
    for (code, entry) in &list.codes {
        if let Some(parent) = &entry.parent {
            below.entry(parent).or_default().push(code);
        }
    }
    let mut seen: HashSet<&str> = HashSet::new();
    let mut open: Vec<&str> = codes.iter().map(String::as_str).collect();
    while let Some(code) = open.pop() {
        if seen.insert(code) {
            open.extend(below.get(code).into_iter().flatten());
        }
    }
    let mut found: Vec<String> = seen.into_iter().map(str::to_owned).collect();
    found.sort();
    found
}
