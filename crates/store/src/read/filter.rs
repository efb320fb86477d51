//! Expressions of the language as conditions of a statement.
//!
//! The language writes the SQL ([`liangu_expr::sql`]); here it learns where facts lie: `r` is the row, yearly facts and
//! child records are subqueries on its id. An unknown answer is null, which no condition lets through.
use crate::Inner;
use crate::engine::Engine;
use crate::error::StoreError;
use crate::layout::RecordLayout;
use crate::query::Context;
use crate::sql::{Sql, quoted};
use crate::value::Value;
use liangu_base::Id;
use liangu_expr::row;
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type};
use liangu_expr::sql::{ChildTable, Dialect, Tables};
use liangu_expr::typed::Typed;
use liangu_expr::value::Value as Fact;
use std::sync::Arc;

/// Writes a condition over the row `r` that is true where the expression is.
pub fn lower(
    sql: &mut Sql,
    inner: &Inner,
    layout: &RecordLayout,
    engine: Engine,
    typed: &Typed,
    context: &Context,
) -> Result<(), StoreError> {
    sql.push(&expression(inner, layout, engine, typed, context)?);
    Ok(())
}

/// The expression as SQL over the row `r`.
pub fn expression(inner: &Inner, layout: &RecordLayout, engine: Engine, typed: &Typed, context: &Context) -> Result<String, StoreError> {
    let model = layout.model();
    let schema = model.schemas.get(&layout.name).ok_or_else(|| StoreError::no_record(&layout.name))?;
    let tables = RecordTables { inner, layout, schema, engine, year: context.year };
    written(typed, &tables, engine, &language_context(layout, schema, context))
}

/// An expression over one stored value, as SQL over its column.
pub(crate) fn expression_over(column: &str, engine: Engine, typed: &Typed) -> Result<String, StoreError> {
    written(typed, &OneColumn { column, engine }, engine, &row::Context::default())
}

fn written(typed: &Typed, tables: &dyn Tables, engine: Engine, context: &row::Context) -> Result<String, StoreError> {
    let dialect = match engine {
        Engine::Sqlite => Dialect::Sqlite,
        Engine::Postgres => Dialect::Postgres,
    };
    liangu_expr::sql::lower(&typed.root, tables, dialect, context).map_err(|refusal| StoreError::Unknown(Box::new(refusal.text)))
}

struct OneColumn<'a> {
    column: &'a str,
    engine: Engine,
}

impl Tables for OneColumn<'_> {
    fn column(&self, _: FieldIx, _: i32) -> String {
        self.column.to_owned()
    }

    fn child(&self, _: ChildIx) -> Option<ChildTable> {
        None
    }

    fn constant_ref(&self, text: &str) -> Option<String> {
        reference(self.engine, text)
    }
}

/// The literal of an id in its outside form.
fn reference(engine: Engine, text: &str) -> Option<String> {
    let outside = text.rsplit_once('_').and_then(|(prefix, _)| Id::parse(prefix, text).ok());
    let id = outside.or_else(|| text.parse().ok())?;
    Some(match engine {
        Engine::Sqlite => format!("x'{:032x}'", id.0),
        Engine::Postgres => format!("'\\x{:032x}'::bytea", id.0),
    })
}

fn language_context(layout: &RecordLayout, schema: &Schema, context: &Context) -> row::Context {
    let declared = |object: &str, field: &str| schema.params.get(object).and_then(|o| o.get(field)).map(|d| &d.ty);
    let mut language = row::Context::new(context.today, context.year);
    for ((object, field), value) in &context.params {
        let fact = match value {
            Value::Null => continue,
            Value::Bool(b) => Fact::Bool(*b),
            Value::Int(n) => Fact::Int(*n),
            Value::Text(s) => Fact::Text(s.as_str().into()),
            Value::Bilingual(t) => Fact::Text(t.zh.as_ref().into()),
            Value::Date(d) => Fact::Date(*d),
            Value::Instant(at) => Fact::Date(at.date_beijing()),
            Value::Set(codes) => Fact::List(codes.iter().map(|c| Fact::Text(c.as_str().into())).collect()),
            Value::Ref(id) => {
                let prefix = match declared(object, field) {
                    Some(Type::Ref(record)) => layout.model().records.get(record).map_or("id", |r| r.prefix.as_str()),
                    _ => "id",
                };
                Fact::Text(id.text(prefix).into())
            }
        };
        language = language.with_param(object, field, fact);
    }
    language
}

struct RecordTables<'a> {
    inner: &'a Inner,
    layout: &'a RecordLayout,
    schema: &'a Schema,
    engine: Engine,
    year: i32,
}

impl Tables for RecordTables<'_> {
    fn column(&self, field: FieldIx, year: i32) -> String {
        let name = self.schema.fields.get_index(field.0 as usize).map_or("", |(name, _)| name.as_str());
        column(self.layout, name, "r", self.year + year)
    }

    fn child(&self, child: ChildIx) -> Option<ChildTable> {
        let (_, child) = self.schema.children.get_index(child.0 as usize)?;
        let layout: &Arc<RecordLayout> = self.inner.layout.record(&child.schema.record).ok()?;
        let of = layout.record().child_of.as_ref()?;
        Some(ChildTable {
            from: layout.table(),
            on: format!("{{c}}.tenant = r.tenant AND {{c}}.{} = r.id", quoted(&of.field)),
            columns: child.schema.fields.keys().map(|name| column(layout, name, "{c}", self.year)).collect(),
            complete: true,
        })
    }

    fn constant_ref(&self, text: &str) -> Option<String> {
        reference(self.engine, text)
    }
}

/// The first column of a field over the row `alias`; a name that the tables do not have is unknown.
fn column(layout: &RecordLayout, name: &str, alias: &str, year: i32) -> String {
    let Ok(place) = layout.place_of(name) else {
        return if name == "id" { format!("{alias}.id") } else { "NULL".to_owned() };
    };
    let column = quoted(&place.columns[0].0);
    if layout.place_position(name) != usize::MAX {
        return format!("{alias}.{column}");
    }
    let table = quoted(&layout.year_table());
    format!("(SELECT {column} FROM {table} WHERE tenant = {alias}.tenant AND record = {alias}.id AND year = {year})")
}
