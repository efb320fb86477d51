//! One population in three places: in memory for rows, in databases for SQL, in columns; and what each says of it.
use crate::expressions::Expressions;
use crate::records::{CHILD_TYPES, IDS, Record, TestTables, YEARLY, day, list, script, text, type_of};
use indexmap::IndexMap;
use liangu_base::date::Date;
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_base::text::Text;
use liangu_expr::row::{Context, eval_node};
use liangu_expr::schema::{Child, ChildIx, FieldDecl, FieldIx, Schema, Type};
use liangu_expr::sql::{Dialect, lower};
use liangu_expr::typed::{Node, Typed};
use liangu_expr::value::Value;
use liangu_matching::engine::Engine;
use liangu_matching::table::{Cell, FactKey, Table, TableBuilder};
use liangu_matching::trial::Ask;
use rusqlite::Connection;
use std::sync::Arc;

/// A back end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Row,
    Sqlite,
    Postgres,
    Columns,
}

pub struct World {
    records: Vec<Record>,
    context: Context,
    sqlite: Connection,
    postgres: Option<postgres::Client>,
    columns: Engine,
}

impl World {
    /// So many records drawn from the seed, on a day drawn from it.
    pub fn new(seed: u64, records: usize, postgres: Option<&str>) -> World {
        let mut random = SplitMix64::new(seed);
        let context = context(day(&mut random));
        let records: Vec<Record> = (0..records).map(|_| Record::random(&mut random)).collect();
        let sqlite = Connection::open_in_memory().expect("a database in memory");
        sqlite.execute_batch(&script(&records, Dialect::Sqlite)).expect("the records in SQLite");
        let postgres = postgres.map(|url| {
            let mut client = postgres::Client::connect(url, postgres::NoTls).expect("the server of LIANGU_TEST_PG");
            let tables = script(&records, Dialect::Postgres).replace("CREATE TABLE", "CREATE TEMPORARY TABLE");
            client.batch_execute(&tables).expect("the records in PostgreSQL");
            client
        });
        let columns = Engine::new(table(&records), Vec::new(), context.clone(), 1).0;
        World { records, context, sqlite, postgres, columns }
    }

    pub fn places(&self) -> Vec<Place> {
        let all = [Place::Row, Place::Sqlite, Place::Columns, Place::Postgres];
        all[..if self.postgres.is_some() { 4 } else { 3 }].to_vec()
    }

    /// What a back end says of every record; unknown and null are one.
    pub fn said(&mut self, place: Place, node: &Node) -> Vec<Value> {
        match place {
            Place::Row => self.records.iter().map(|record| plain(eval_node(node, record, &self.context))).collect(),
            Place::Sqlite => self.in_sqlite(node),
            Place::Postgres => self.in_postgres(node),
            Place::Columns => self.in_columns(node),
        }
    }

    pub fn shown(&self, record: usize) -> String {
        format!("{:?} on {}", self.records[record], self.context.today)
    }

    fn statement(&self, node: &Node, dialect: Dialect) -> String {
        let sql = lower(node, &TestTables(dialect), dialect, &self.context);
        format!("SELECT {} FROM r ORDER BY r.id", sql.unwrap_or_else(|r| panic!("{}: {:?}", r.text.en, node.kind)))
    }

    fn in_sqlite(&self, node: &Node) -> Vec<Value> {
        let statement = self.statement(node, Dialect::Sqlite);
        let read = |cell: Option<i64>| cell.map_or(Value::Null, |n| value(n, &node.ty));
        let mut prepared = self.sqlite.prepare(&statement).unwrap_or_else(|e| panic!("{e}\n{statement}"));
        let rows = prepared.query_map([], |row| row.get(0)).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        rows.unwrap_or_else(|e| panic!("{e}\n{statement}")).into_iter().map(read).collect()
    }

    fn in_postgres(&mut self, node: &Node) -> Vec<Value> {
        let statement = self.statement(node, Dialect::Postgres);
        let Some(client) = &mut self.postgres else { return Vec::new() };
        let rows = client.query(&statement, &[]).unwrap_or_else(|e| panic!("{e:?}\n{statement}"));
        let read = |row: &postgres::Row| match node.ty {
            Type::Bool => row.get::<_, Option<bool>>(0).map(Value::Bool),
            _ => row.get::<_, Option<i64>>(0).map(|n| value(n, &node.ty)),
        };
        rows.iter().map(|row| read(row).unwrap_or(Value::Null)).collect()
    }

    fn in_columns(&self, node: &Node) -> Vec<Value> {
        let typed = Arc::new(Typed { source: "".into(), root: node.clone() });
        let rows = self.records.len();
        if matches!(node.ty, Type::Bool) {
            let ask = Ask { parts: std::slice::from_ref(&typed), ..Ask::default() };
            let trial = self.columns.trial(&ask).unwrap_or_else(|r| panic!("{r:?}: {:?}", node.kind));
            return (0..rows).map(|r| if trial.unknown.get(r) { Value::Null } else { Value::Bool(trial.yes.get(r)) }).collect();
        }
        let amounts = self.columns.amounts(&typed, 0..rows as u32).unwrap_or_else(|r| panic!("{r:?}: {:?}", node.kind));
        amounts.into_iter().map(|n| n.map_or(Value::Null, |n| value(n, &node.ty))).collect()
    }
}

/// A random expression that all back ends carry: a condition or a number.
pub fn expression(expressions: &mut Expressions) -> Node {
    let ty = type_of(usize::from(expressions.random.chance(0.35)), &expressions.list);
    let depth = 1 + expressions.random.below(4) as u32;
    expressions.of(&ty, depth)
}

fn context(today: Date) -> Context {
    Context::new(today, 2024)
        .with_param("user", "region", text("4313"))
        .with_param("user", "firm", text("ent_02"))
        .with_param("user", "rate", Value::Double(0.03))
        .with_param("user", "regions", Value::List(vec![text("43"), text("C")]))
}

fn value(stored: i64, ty: &Type) -> Value {
    if matches!(ty, Type::Bool) { Value::Bool(stored != 0) } else { Value::Int(stored) }
}

fn plain(value: Value) -> Value {
    if matches!(value, Value::Unknown(_)) { Value::Null } else { value }
}

fn record(name: &str, fields: usize, children: IndexMap<String, Child>) -> Arc<Schema> {
    let list = list();
    let field = |n: usize| (format!("f{n}"), FieldDecl { label: Text::default(), ty: type_of(n, &list), yearly: n == YEARLY });
    let fields = (0..fields).map(field).collect();
    Arc::new(Schema { record: name.into(), label: Text::default(), fields, children, params: IndexMap::new() })
}

fn table(records: &[Record]) -> Table {
    let kin = Child { label: Text::default(), schema: record("k", CHILD_TYPES, IndexMap::new()), complete_since: None };
    let schema = record("r", YEARLY + 1, IndexMap::from([("k".to_owned(), kin)]));
    let mut builder = TableBuilder::all(&schema, &[0, -1]);
    for record in records {
        builder.row();
        for (at, value) in record.values.iter().enumerate() {
            let key = FactKey::new(FieldIx(at.min(YEARLY) as u32), if at > YEARLY { -1 } else { 0 });
            put(&mut builder, key, value);
        }
        let children = record.children.iter().map(|c| Arc::from(c.as_slice())).collect();
        builder.children(ChildIx(0), children).expect("the children");
    }
    builder.build()
}

fn put(builder: &mut TableBuilder, key: FactKey, value: &Value) {
    let codes: Vec<&str> = match value {
        Value::List(items) => items.iter().filter_map(|i| if let Value::Text(t) = i { Some(&**t) } else { None }).collect(),
        _ => Vec::new(),
    };
    let cell = match value {
        Value::Bool(b) => Cell::Bool(*b),
        Value::Int(n) => Cell::Int(*n),
        Value::Double(x) => Cell::Double(*x),
        Value::Text(t) => Cell::Text(t),
        Value::Date(d) => Cell::Date(*d),
        Value::List(_) => Cell::Set(&codes),
        _ => Cell::Unknown,
    };
    builder.set(key, cell).unwrap_or_else(|e| panic!("{e:?}: {value:?}, one of {IDS:?}"));
}
