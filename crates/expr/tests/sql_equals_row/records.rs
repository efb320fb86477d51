//! Records with gaps and extreme values, as the row back end reads them and as tables of a database.
use liangu_base::date::Date;
use liangu_base::random::{Random, RandomExt, SplitMix64};
use liangu_expr::row::Row;
use liangu_expr::schema::{ChildIx, CodeEntry, CodeList, FieldIx, Type, Unit};
use liangu_expr::sql::{ChildTable, Dialect, Tables};
use liangu_expr::value::{Reason, Value};
use std::sync::Arc;

pub const CODES: [&str; 6] = ["43", "4313", "431302", "4301", "C", "湘'军"];
pub const TEXTS: [&str; 10] = ["", "娄底", "娄底市'新化县", "a", "A", "%_?1", "back\\slash?2", "链谷|\"", "ab", "娄"];
pub const IDS: [&str; 3] = ["ent_01", "ent_02", "ent_03"];
pub const NUMBERS: [i64; 16] = [
    i64::MIN,
    i64::MIN + 1,
    -5_000_000_000,
    -10_001,
    -3,
    -1,
    0,
    1,
    2,
    3,
    7,
    10_000,
    4_294_967_296,
    922_337_203_685_478,
    i64::MAX - 1,
    i64::MAX,
];
pub const DOUBLES: [f64; 9] = [-1.5, 0.0, 0.03, 0.1, 2.5, 1e300, -1e300, 5e-324, 123_456_789.123_456_79];
/// The fields of the record and of its children, by position; the last of the record is yearly.
pub const TYPES: usize = 10;
pub const YEARLY: usize = 9;
pub const CHILD_TYPES: usize = 8;

pub fn list() -> Arc<CodeList> {
    let parents = [("43", None), ("4313", Some("43")), ("431302", Some("4313")), ("4301", Some("43")), ("C", None), ("湘'军", Some("C"))];
    let entry = |(code, parent): (&str, Option<&str>)| {
        (code.to_owned(), CodeEntry { label: Default::default(), parent: parent.map(str::to_owned) })
    };
    Arc::new(CodeList { name: "region".into(), label: Default::default(), codes: parents.into_iter().map(entry).collect() })
}

pub fn type_of(field: usize, list: &Arc<CodeList>) -> Type {
    match field {
        0 => Type::Bool,
        1 | 2 | YEARLY => Type::Int(Unit::One),
        3 => Type::Date,
        4 => Type::Text,
        5 => Type::Code(list.clone()),
        6 => Type::Set(list.clone()),
        7 => Type::Ref("ent".into()),
        _ => Type::Double,
    }
}

pub fn number(random: &mut SplitMix64) -> i64 {
    match random.below(4) {
        0 => *random.pick(&NUMBERS),
        1 => random.between(-20, 20),
        2 => random.between(-100_000_000, 100_000_000),
        _ => random.next_u64() as i64 >> random.below(64),
    }
}

/// The first and the last day, ends of February, and the days about the day of evaluation.
pub fn day(random: &mut SplitMix64) -> Date {
    let date = |y, m, d| Date::from_ymd(y, m, d).expect("a day");
    let edges = [
        Date::MIN,
        Date::MAX,
        date(2024, 2, 29),
        date(2023, 2, 28),
        date(2023, 3, 1),
        date(2024, 12, 31),
        date(1970, 1, 1),
        date(1900, 2, 28),
    ];
    match random.below(3) {
        0 => *random.pick(&edges),
        1 => date(2024, 2, 29).add_days(random.between(-800, 800) as i32),
        _ => Date::from_days(random.between(i64::from(Date::MIN.days()), i64::from(Date::MAX.days())) as i32).expect("in range"),
    }
}

pub fn text(t: &str) -> Value {
    Value::Text(t.into())
}

fn value(field: usize, random: &mut SplitMix64) -> Value {
    match field {
        _ if random.chance(0.25) => Value::Unknown(Reason::Missing { field: "x".into(), year: 0 }),
        0 => Value::Bool(random.chance(0.5)),
        1 | YEARLY => Value::Int(number(random)),
        2 => Value::Int(random.between(-3, 12)),
        3 => Value::Date(day(random)),
        4 => text(random.pick::<&str>(&TEXTS)),
        5 => text(random.pick::<&str>(&CODES)),
        6 => Value::List(CODES.iter().filter(|_| random.chance(0.3)).map(|c| text(c)).collect()),
        7 => text(random.pick::<&str>(&IDS)),
        _ => Value::Double(*random.pick(&DOUBLES)),
    }
}

/// Values by position of the field; of the record the yearly field of this year is followed by that of the year before.
#[derive(Clone, Debug)]
pub struct Record {
    pub values: Vec<Value>,
    pub children: Vec<Vec<Value>>,
}

impl Record {
    pub fn random(random: &mut SplitMix64) -> Record {
        let values = (0..=YEARLY).chain([YEARLY]).map(|f| value(f, random)).collect();
        let children = (0..random.below(4)).map(|_| (0..CHILD_TYPES).map(|f| value(f, random)).collect()).collect();
        Record { values, children }
    }
}

impl Row for Record {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.values[field.0 as usize + usize::from(year == -1)].clone()
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        Some(self.children.iter().map(|c| Box::new(Child(c)) as Box<dyn Row>).collect())
    }
}

struct Child<'a>(&'a [Value]);

impl Row for Child<'_> {
    fn fact(&self, field: FieldIx, _: i32) -> Value {
        self.0[field.0 as usize].clone()
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

/// `r` is the record, `y` its years, `k` its children; columns are `f0`, `f1`, ….
pub struct TestTables(pub Dialect);

impl Tables for TestTables {
    fn column(&self, field: FieldIx, year: i32) -> String {
        if field.0 as usize == YEARLY {
            return format!(
                "(SELECT years.amount FROM yearly_values AS years WHERE years.record = r.id AND years.of_year = 2024 + {year} AND years.record IS NOT NULL)"
            );
        }
        format!("r.f{}", field.0)
    }

    fn child(&self, _: ChildIx) -> Option<ChildTable> {
        let columns = (0..CHILD_TYPES).map(|n| format!("{{c}}.f{n}")).collect();
        Some(ChildTable { from: "k".into(), on: "{c}.record = r.id".into(), columns, complete: true })
    }

    fn constant_ref(&self, id: &str) -> Option<String> {
        let hex: String = IDS.contains(&id).then(|| id.bytes().map(|b| format!("{b:02x}")).collect())?;
        Some(if self.0 == Dialect::Sqlite { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") })
    }
}

/// The tables and their rows as one script.
pub fn script(records: &[Record], dialect: Dialect) -> String {
    let types = match dialect {
        Dialect::Sqlite => ["INTEGER", "INTEGER", "INTEGER", "INTEGER", "TEXT", "TEXT", "TEXT", "BLOB", "REAL"],
        Dialect::Postgres => ["BOOLEAN", "BIGINT", "BIGINT", "BIGINT", "TEXT", "TEXT", "TEXT", "BYTEA", "DOUBLE PRECISION"],
    };
    let columns = |n: usize| types[..n].iter().enumerate().map(|(n, t)| format!(", f{n} {t}")).collect::<String>();
    let mut out = format!(
        "CREATE TABLE r (id BIGINT{}); CREATE TABLE k (record BIGINT{}); CREATE TABLE yearly_values (record BIGINT, of_year BIGINT, amount BIGINT);\n",
        columns(TYPES - 1),
        columns(CHILD_TYPES)
    );
    let row = |values: &[Value]| values.iter().enumerate().map(|(n, v)| format!(", {}", stored(n, v, dialect))).collect::<String>();
    for (id, record) in records.iter().enumerate() {
        out.push_str(&format!("INSERT INTO r VALUES ({id}{});\n", row(&record.values[..YEARLY])));
        for child in &record.children {
            out.push_str(&format!("INSERT INTO k VALUES ({id}{});\n", row(child)));
        }
        for (year, value) in [2024, 2023].iter().zip(&record.values[YEARLY..]) {
            out.push_str(&format!("INSERT INTO yearly_values VALUES ({id}, {year}, {});\n", stored(YEARLY, value, dialect)));
        }
    }
    out
}

fn stored(field: usize, value: &Value, dialect: Dialect) -> String {
    let quoted = |t: &str| format!("'{}'", t.replace('\'', "''"));
    match value {
        Value::Text(id) if field == 7 => TestTables(dialect).constant_ref(id).expect("a known id"),
        Value::Text(t) => quoted(t),
        Value::Bool(b) => if *b { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Int(n) => n.to_string(),
        Value::Date(d) => d.days().to_string(),
        Value::Double(x) if dialect == Dialect::Postgres => format!("'{x:e}'::double precision"),
        Value::Double(x) => format!("{x:e}"),
        Value::List(codes) => {
            let codes: String = codes.iter().map(|c| if let Value::Text(c) = c { format!("{c}|") } else { String::new() }).collect();
            quoted(&format!("|{codes}"))
        }
        Value::Unknown(_) | Value::Null => "NULL".to_owned(),
        other => panic!("no field is {other:?}"),
    }
}
