//! SQL says what the row back end says: random expressions over random records, on SQLite always and on PostgreSQL
//! where `LIANGU_TEST_PG` names a server.
mod expressions;
mod records;

use expressions::{Expressions, node};
use liangu_base::date::Date;
use liangu_base::random::SplitMix64;
use liangu_expr::row::{Context, eval_node};
use liangu_expr::schema::{FieldIx, Type, Unit};
use liangu_expr::sql::{Dialect, lower};
use liangu_expr::typed::{Const, Kind, Node, Source};
use liangu_expr::value::Value;
use records::{IDS, Record, TestTables, list, script, text, type_of};
use rusqlite::Connection;

fn context(today: Date) -> Context {
    Context::new(today, 2024)
        .with_param("user", "region", text("4313"))
        .with_param("user", "firm", text("ent_02"))
        .with_param("user", "rate", Value::Double(0.03))
        .with_param("user", "regions", Value::List(vec![text("43"), text("C")]))
}

fn day(y: i32, m: u32, d: u32) -> Date {
    Date::from_ymd(y, m, d).expect("a day")
}

fn sqlite(records: &[Record]) -> Connection {
    let database = Connection::open_in_memory().expect("a database in memory");
    database.execute_batch(&script(records, Dialect::Sqlite)).expect("the records");
    database
}

/// What SQL says of a record, in the terms of the row back end.
fn read(cell: rusqlite::types::Value, ty: &Type) -> Value {
    use rusqlite::types::Value as Cell;
    match (cell, ty) {
        (Cell::Null, _) => Value::Null,
        (Cell::Integer(n), Type::Bool) => Value::Bool(n != 0),
        (Cell::Integer(n), Type::Date) => Value::Date(Date::from_days(n as i32).expect("a day")),
        (Cell::Integer(n), _) => Value::Int(n),
        (Cell::Real(x), _) => Value::Double(x),
        (Cell::Text(t), Type::Set(_)) => Value::List(t.split('|').filter(|c| !c.is_empty()).map(text).collect()),
        (Cell::Text(t), _) => text(&t),
        (Cell::Blob(b), _) => IDS.iter().find(|id| id.as_bytes() == b).map_or(Value::Null, |id| text(id)),
    }
}

fn ask(database: &Connection, sql: &str, ty: &Type) -> Vec<Value> {
    let statement = format!("SELECT {sql} FROM r ORDER BY r.id");
    let mut prepared = database.prepare(&statement).unwrap_or_else(|e| panic!("{e}\n{sql}"));
    let rows = prepared.query_map([], |row| row.get(0)).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    rows.unwrap_or_else(|e| panic!("{e}\n{sql}")).into_iter().map(|cell| read(cell, ty)).collect()
}

/// Unknown for one reason is unknown for another; a reference that is none is equal to nothing, as in the tables.
fn plain(value: Value, ty: &Type) -> Value {
    match value {
        Value::Unknown(_) => Value::Null,
        Value::Text(id) if matches!(ty, Type::Ref(_)) && !IDS.contains(&&*id) => Value::Null,
        value => value,
    }
}

fn hold(node: &Node, records: &[Record], context: &Context, sql: &str, said: Vec<Value>) {
    for (record, said) in records.iter().zip(said) {
        let meant = plain(eval_node(node, record, context), &node.ty);
        assert_eq!(said, meant, "\n{:?}\n{sql}\n{record:?} on {}", node.kind, context.today);
    }
}

fn types() -> Vec<Type> {
    [0, 0, 0, 1, 1, 3].iter().map(|f| type_of(*f, &list())).collect()
}

#[test]
fn sqlite_says_what_the_row_says() {
    for (seed, today) in
        [day(2024, 2, 29), day(2023, 2, 28), day(2024, 8, 15), day(2026, 1, 31), Date::MIN, Date::MAX].into_iter().enumerate()
    {
        let mut random = SplitMix64::new(seed as u64);
        let records: Vec<Record> = (0..40).map(|_| Record::random(&mut random)).collect();
        let (database, context) = (sqlite(&records), context(today));
        let mut expressions = Expressions { random, list: list(), bound: 0, doubles: true };
        let mut types = types();
        types.push(Type::Double);
        for n in 0..1500 {
            let ty = &types[n % types.len()];
            let node = expressions.of(ty, 1 + n as u32 % 4);
            let sql = lower(&node, &TestTables(Dialect::Sqlite), Dialect::Sqlite, &context)
                .unwrap_or_else(|r| panic!("{}: {:?}", r.text.en, node.kind));
            let said = ask(&database, &sql, ty);
            hold(&node, &records, &context, &sql, said);
        }
    }
}

#[test]
fn postgres_says_what_the_row_says() {
    let Ok(url) = std::env::var("LIANGU_TEST_PG") else {
        assert!(std::env::var("LIANGU_REQUIRE_PG").is_err(), "LIANGU_REQUIRE_PG is set and LIANGU_TEST_PG is not");
        return;
    };
    let mut client = postgres::Client::connect(&url, postgres::NoTls).expect("the server of LIANGU_TEST_PG");
    for (seed, today) in [day(2024, 2, 29), day(2026, 1, 31), Date::MAX].into_iter().enumerate() {
        let mut random = SplitMix64::new(100 + seed as u64);
        let records: Vec<Record> = (0..40).map(|_| Record::random(&mut random)).collect();
        let tables = script(&records, Dialect::Postgres).replace("CREATE TABLE", "CREATE TEMPORARY TABLE");
        client.batch_execute(&format!("DROP TABLE IF EXISTS r, k, yearly_values; {tables}")).expect("the records");
        let context = context(today);
        let mut expressions = Expressions { random, list: list(), bound: 0, doubles: false };
        let types = types();
        for n in 0..1000 {
            let ty = &types[n % types.len()];
            let node = expressions.of(ty, 1 + n as u32 % 4);
            let sql = lower(&node, &TestTables(Dialect::Postgres), Dialect::Postgres, &context)
                .unwrap_or_else(|r| panic!("{}: {:?}", r.text.en, node.kind));
            let rows = client
                .query(&format!("SELECT {sql} FROM r ORDER BY r.id"), &[])
                .unwrap_or_else(|e| panic!("{e:?}\n{sql}\n{:?}", node.kind));
            let cell = |row: &postgres::Row| match ty {
                Type::Bool => row.get::<_, Option<bool>>(0).map(Value::Bool),
                Type::Date => row.get::<_, Option<i64>>(0).map(|n| Value::Date(Date::from_days(n as i32).expect("a day"))),
                _ => row.get::<_, Option<i64>>(0).map(Value::Int),
            };
            let said = rows.iter().map(|row| cell(row).unwrap_or(Value::Null)).collect();
            hold(&node, &records, &context, &sql, said);
        }
    }
}

/// Constants of every double and whole number arrive as they are.
#[test]
fn constants_are_exact() {
    let database = sqlite(&[Record { values: Vec::from([const { Value::Null }; 11]), children: Vec::new() }]);
    let mut random = SplitMix64::new(7);
    let mut doubles = Vec::from([0.1, -0.07, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1.0 / 3.0, 4503599627370497.5, 9_007_199_254_740_993.0]);
    doubles.extend((0..2000).map(|_| f64::from_bits(rand_bits(&mut random))).filter(|x| x.is_finite()));
    let constant = |c, ty| {
        node(
            Kind::If(Box::new(known(0)), Box::new(node(Kind::Const(Const::Null), Type::Null)), Box::new(node(Kind::Const(c), ty))),
            Type::Double,
        )
    };
    for x in doubles {
        let sql = lower(&constant(Const::Double(x), Type::Double), &TestTables(Dialect::Sqlite), Dialect::Sqlite, &context(Date::MIN))
            .expect("lowers");
        assert_eq!(ask(&database, &sql, &Type::Double), [Value::Double(x)], "{sql}");
    }
    for n in records::NUMBERS {
        let sql = lower(&constant(Const::Int(n), Type::Int(Unit::One)), &TestTables(Dialect::Sqlite), Dialect::Sqlite, &context(Date::MIN))
            .expect("lowers");
        assert_eq!(ask(&database, &sql, &Type::Int(Unit::One)), [Value::Int(n)], "{sql}");
    }
}

fn rand_bits(random: &mut SplitMix64) -> u64 {
    liangu_base::random::Random::next_u64(random)
}

fn fact(field: u32) -> Node {
    node(Kind::Fact(Source::Record { field: FieldIx(field), year: 0 }), type_of(field as usize, &list()))
}

fn known(field: u32) -> Node {
    node(Kind::IsKnown(Box::new(fact(field))), Type::Bool)
}

/// A long chain of additions is as long as its parts, not as the powers of two.
#[test]
fn the_text_grows_with_the_expression() {
    let mut sum = fact(1);
    for _ in 0..60 {
        sum = node(Kind::Arith(liangu_expr::typed::Arith::Add, Box::new(sum), Box::new(fact(2))), Type::Int(Unit::One));
    }
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let sql = lower(&sum, &TestTables(dialect), dialect, &context(Date::MIN)).expect("lowers");
        assert!(sql.len() < 20_000, "{} bytes", sql.len());
    }
}

/// What a statement cannot say is refused in words, with the place.
#[test]
fn refusals_say_what_to_do() {
    let within = Kind::WithinOf(Box::new(fact(5)), Box::new(fact(5)));
    let nul = Kind::Compare(
        liangu_expr::typed::Compare::Eq,
        Box::new(fact(4)),
        Box::new(node(Kind::Const(Const::Text("a\0b".into())), Type::Text)),
    );
    for (kind, words) in [(within, "must be the same for all rows"), (nul, "delete it")] {
        let refusal =
            lower(&node(kind, Type::Bool), &TestTables(Dialect::Sqlite), Dialect::Sqlite, &context(Date::MIN)).expect_err("refused");
        assert!(refusal.text.en.contains(words), "{}", refusal.text.en);
        assert!(!refusal.text.zh.is_empty());
    }
}
