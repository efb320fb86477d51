//! What must hold for every expression: printing and typing again changes nothing, SQL and rows agree, and both
//! languages can say it.
mod common;
#[path = "common/database.rs"]
mod database;
#[path = "common/source.rs"]
mod source;

use common::{Facts, IntoValue, Random};
use liangu_base::date::Date;
use liangu_expr::row::{Context, eval};
use liangu_expr::schema::{ChildIx, FieldIx, Schema, Type, Unit};
use liangu_expr::typed::Typed;
use liangu_expr::value::Value;
use liangu_expr::{Expect, check_in, print, sentence, sql};
use source::Writer;

fn random_value(random: &mut Random, ty: &Type) -> Option<Value> {
    if random.one_in(5) {
        return None;
    }
    Some(match ty {
        Type::Bool => Value::Bool(random.one_in(2)),
        Type::Int(Unit::One) => Value::Int(*random.pick(&[0, 1, -1, 2, 3, 7, i64::MAX, i64::MIN])),
        Type::Int(Unit::Fen) => Value::Int(*random.pick(&[
            0,
            1,
            -1,
            1234,
            2_000_000_000,
            1_999_999_999,
            15_000_000_000,
            500_000_000,
            i64::MAX,
            i64::MIN,
            i64::MAX / 10_000,
            i64::MIN / 2,
        ])),
        Type::Int(_) | Type::Days => Value::Int(*random.pick(&[0, 1, -3, 100, 205, 300, 299, -10_000, i64::MAX, i64::MIN + 1])),
        Type::Double => Value::Double(*random.pick(&[0.0, 3.5, 3.499_999, -1.0, 1e300])),
        Type::Date => Value::Date(if random.one_in(8) {
            *random.pick(&[Date::MIN, Date::MAX])
        } else {
            common::today().add_days(random.below(3000) as i32 - 2500)
        }),
        Type::Code(list) => list.codes.keys().nth(random.below(list.codes.len())).unwrap().as_str().into_value(),
        Type::Set(list) => Value::List(list.codes.keys().filter(|_| random.one_in(2)).map(|c| c.as_str().into_value()).collect()),
        Type::Ref(_) => random.pick(&["park_1", "park_2"]).into_value(),
        _ => random.pick(&["娄底精钢", "链谷", "O'Brien|链\"谷\\", ""]).into_value(),
    })
}

fn random_row(random: &mut Random, schema: &Schema) -> Facts {
    let mut row = Facts::default();
    for (ix, decl) in schema.fields.values().enumerate() {
        for year in database::YEARS.into_iter().take(if decl.yearly { 12 } else { 1 }) {
            if let Some(value) = random_value(random, &decl.ty) {
                row.facts.insert((FieldIx(ix as u32), year), value);
            }
        }
    }
    for (ix, child) in schema.children.values().enumerate() {
        let records = (0..random.below(4)).map(|_| random_row(random, &child.schema)).collect();
        row.children.insert(ChildIx(ix as u32), Some(records));
    }
    row
}

/// The value in the storage form of SQL.
fn plain(value: Value) -> Option<i64> {
    match value {
        Value::Bool(b) => Some(b.into()),
        Value::Int(n) => Some(n),
        Value::Date(d) => Some(d.days().into()),
        _ => None,
    }
}

fn typed(source: &str, schema: &Schema, expect: Expect) -> Typed {
    let reference = common::reference();
    check_in(source, schema, expect, &common::setting(&reference)).unwrap_or_else(|f| panic!("{}", f[0].render(source)))
}

fn in_sql(connection: &rusqlite::Connection, typed: &Typed, schema: &Schema, context: &Context) -> Vec<Option<i64>> {
    let lowered = sql::lower(&typed.root, &database::InSqlite(schema), sql::Dialect::Sqlite, context)
        .unwrap_or_else(|r| panic!("{}: {}", typed.source, r.text.en));
    let mut statement =
        connection.prepare(&format!("SELECT {lowered} FROM r ORDER BY id")).unwrap_or_else(|e| panic!("{}\n{lowered}\n{e}", typed.source));
    let rows = statement.query_map([], |row| row.get::<_, Option<i64>>(0)).unwrap().collect::<Result<Vec<_>, _>>();
    rows.unwrap_or_else(|e| panic!("{}\n{lowered}\n{e}", typed.source))
}

#[test]
fn print_sql_and_sentence_follow_the_row() {
    let schema = common::firm();
    let mut random = Random(20_260_722);
    let rows: Vec<Facts> = (0..60).map(|_| random_row(&mut random, &schema)).collect();
    let connection = database::load(&schema, &rows);
    let context = common::context();
    let reference = common::reference();
    let setting = common::setting(&reference);
    let cases = if std::env::var("LIANGU_SOAK").is_ok() { 100_000 } else { 2_500 };
    let (mut yes, mut no, mut unknown) = (0, 0, 0);
    for case in 0..cases {
        let (source, expect) = match case % 5 {
            0 => (Writer::new(&mut random).number([source::Unit::Fen, source::Unit::Percent, source::Unit::One][case % 3], 2), Expect::Any),
            _ => (Writer::new(&mut random).condition(3), Expect::Bool),
        };
        let Ok(first) = check_in(&source, &schema, expect, &setting) else {
            // constants may overflow when folded; anything else is a fault of the writer
            let findings = check_in(&source, &schema, expect, &setting).unwrap_err();
            assert!(findings.iter().all(|f| f.code == "expr.overflow"), "{}", findings[0].render(&source));
            continue;
        };
        let printed = print::print(&first, &schema);
        let again = typed(&printed, &schema, expect);
        assert_eq!(print::print(&again, &schema), printed, "{source}");
        let values: Vec<Option<i64>> = rows.iter().map(|r| plain(eval(&first, r, &context))).collect();
        assert_eq!(rows.iter().map(|r| plain(eval(&again, r, &context))).collect::<Vec<_>>(), values, "{source}\n{printed}");
        assert_eq!(in_sql(&connection, &first, &schema, &context), values, "{source}");
        let said = sentence::text(&first.root, &schema);
        assert!(!said.zh.is_empty() && !said.en.is_empty() && !said.zh.contains("{0}"), "{source}");
        if expect == Expect::Bool {
            yes += values.iter().filter(|v| **v == Some(1)).count();
            no += values.iter().filter(|v| **v == Some(0)).count();
            unknown += values.iter().filter(|v| v.is_none()).count();
        }
    }
    let all = yes + no + unknown;
    assert!([yes, no, unknown].iter().all(|n| n * 10 > all), "all three answers are common: {yes} {no} {unknown}");
}
