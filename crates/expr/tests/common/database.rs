//! The rows of a test in SQLite, in the storage forms of the SQL back end.
use super::Facts;
use liangu_expr::schema::{ChildIx, FieldIx, Schema};
use liangu_expr::sql::{ChildTable, Tables};
use liangu_expr::value::Value;
use rusqlite::Connection;

pub const YEARS: [i32; 12] = [0, -1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11];

pub struct InSqlite<'s>(pub &'s Schema);

impl Tables for InSqlite<'_> {
    fn column(&self, field: FieldIx, year: i32) -> String {
        format!("r.f{}_{}", field.0, -year)
    }
    fn child(&self, child: ChildIx) -> Option<ChildTable> {
        let fields = self.0.children[child.0 as usize].schema.fields.len();
        Some(ChildTable {
            from: format!("child{}", child.0),
            on: "{c}.of = r.id".to_string(),
            columns: (0..fields).map(|f| format!("{{c}}.f{f}_0")).collect(),
            complete: true,
        })
    }
    fn constant_ref(&self, text: &str) -> Option<String> {
        Some(format!("'{}'", text.replace('\'', "''")))
    }
}

fn stored(value: &Value) -> rusqlite::types::Value {
    use rusqlite::types::Value as Sql;
    match value {
        Value::Unknown(_) | Value::Null => Sql::Null,
        Value::Bool(b) => Sql::Integer((*b).into()),
        Value::Int(n) => Sql::Integer(*n),
        Value::Double(x) => Sql::Real(*x),
        Value::Text(t) => Sql::Text(t.to_string()),
        Value::Date(d) => Sql::Integer(d.days().into()),
        Value::List(codes) => {
            Sql::Text(codes.iter().fold("|".to_string(), |s, c| if let Value::Text(t) = c { format!("{s}{t}|") } else { s }))
        }
        other => panic!("no field is {other:?}"),
    }
}

/// Creates the tables and puts the rows in, numbered from 0.
pub fn load(schema: &Schema, rows: &[Facts]) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    let columns =
        |fields: usize, years: &[i32]| (0..fields).flat_map(|f| years.iter().map(move |y| format!("f{f}_{}", -y))).collect::<Vec<_>>();
    let own = columns(schema.fields.len(), &YEARS);
    connection.execute_batch(&format!("CREATE TABLE r (id INTEGER PRIMARY KEY, {})", own.join(", "))).unwrap();
    for (child, (_, c)) in schema.children.iter().enumerate() {
        connection
            .execute_batch(&format!("CREATE TABLE child{child} (of INTEGER, {})", columns(c.schema.fields.len(), &[0]).join(", ")))
            .unwrap();
    }
    let insert = |table: &str, id: usize, row: &Facts, fields: usize, years: &[i32]| {
        let mut values = vec![rusqlite::types::Value::Integer(id as i64)];
        values.extend(
            (0..fields)
                .flat_map(|f| years.iter().map(move |y| (f, *y)))
                .map(|(f, y)| row.facts.get(&(FieldIx(f as u32), y)).map_or(rusqlite::types::Value::Null, stored)),
        );
        let marks = vec!["?"; values.len()].join(", ");
        connection
            .prepare_cached(&format!("INSERT INTO {table} VALUES ({marks})"))
            .unwrap()
            .execute(rusqlite::params_from_iter(values))
            .unwrap();
    };
    for (id, row) in rows.iter().enumerate() {
        insert("r", id, row, schema.fields.len(), &YEARS);
        for (child, (_, c)) in schema.children.iter().enumerate() {
            for record in row.children.get(&ChildIx(child as u32)).into_iter().flatten().flatten() {
                insert(&format!("child{child}"), id, record, c.schema.fields.len(), &[0]);
            }
        }
    }
    connection
}
