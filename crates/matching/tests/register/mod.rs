//! A register of firms with yearly figures, projects and leases, gaps everywhere, and random expressions over it as text.
#![allow(dead_code)]
pub mod texts;

use indexmap::IndexMap;
use liangu_base::date::Date;
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_base::text::Text;
use liangu_expr::row::{Context, Row};
use liangu_expr::schema::{Child, ChildIx, CodeEntry, CodeList, FieldDecl, FieldIx, Schema, Type, Unit};
use liangu_expr::typed::Typed;
use liangu_expr::value::Value;
use liangu_expr::{Expect, check};
use liangu_matching::table::{Cell, FactKey, Table, TableBuilder};
use std::collections::HashMap;
use std::sync::Arc;

pub const REGIONS: [(&str, Option<&str>); 5] =
    [("43", None), ("4313", Some("43")), ("431302", Some("4313")), ("431381", Some("4313")), ("44", None)];
pub const SIZES: [&str; 3] = ["micro", "small", "large"];
pub const CERTS: [&str; 3] = ["high_tech", "green", "brand"];
pub const KINDS: [&str; 3] = ["upgrade", "new", "research"];
/// Years before the judged one that have columns.
pub const YEARS: i32 = 11;
const BIG: i64 = i64::MAX / 3;

fn list(name: &str, codes: &[(&str, Option<&str>)]) -> Arc<CodeList> {
    let codes = codes.iter().map(|(c, p)| (c.to_string(), CodeEntry { label: Text::default(), parent: p.map(str::to_owned) })).collect();
    Arc::new(CodeList { name: name.into(), label: Text::default(), codes })
}

fn flat(name: &str, codes: &[&str]) -> Arc<CodeList> {
    list(name, &codes.iter().map(|c| (*c, None)).collect::<Vec<_>>())
}

fn record(name: &str, fields: &[(&str, Type, bool)], children: IndexMap<String, Child>) -> Schema {
    let decl = |ty: &Type, yearly| FieldDecl { label: Text::default(), ty: ty.clone(), yearly };
    let fields = fields.iter().map(|(name, ty, yearly)| (name.to_string(), decl(ty, *yearly))).collect();
    Schema { record: name.into(), label: Text::default(), fields, children, params: IndexMap::new() }
}

pub fn schema() -> Arc<Schema> {
    let region = || Type::Code(list("region", &REGIONS));
    let projects = [
        ("kind", Type::Code(flat("kind", &KINDS)), false),
        ("equipment", Type::Int(Unit::Fen), false),
        ("started", Type::Date, false),
        ("accepted", Type::Bool, false),
        ("certs", Type::Set(flat("cert", &CERTS)), false),
        ("place", region(), false),
        ("partner", Type::Text, false),
    ];
    let leases = [("paid", Type::Int(Unit::Fen), false), ("begins", Type::Date, false), ("state_owned", Type::Bool, false)];
    let child = |name: &str, fields: &[(&str, Type, bool)], complete_since| Child {
        label: Text::default(),
        schema: Arc::new(record(name, fields, IndexMap::new())),
        complete_since,
    };
    let children = IndexMap::from([
        ("projects".to_owned(), child("project", &projects, None)),
        ("leases".to_owned(), child("lease", &leases, Some(FieldIx(7)))),
    ]);
    let fields = [
        ("region", region(), false),
        ("size", Type::Code(flat("size", &SIZES)), false),
        ("certs", Type::Set(flat("cert", &CERTS)), false),
        ("revenue", Type::Int(Unit::Fen), true),
        ("staff", Type::Int(Unit::Person), false),
        ("established", Type::Date, false),
        ("listed_firm", Type::Bool, false),
        ("leases_since", Type::Date, false),
        ("owner", Type::Text, false),
    ];
    Arc::new(record("firm", &fields, children))
}

pub fn context() -> Context {
    Context::new(Date::parse("2025-06-30").unwrap(), 2024)
}

pub fn typed(text: &str, schema: &Schema) -> Arc<Typed> {
    match check(text, schema, Expect::Any) {
        Ok(typed) => Arc::new(typed),
        Err(findings) => panic!("{text}: {findings:?}"),
    }
}

/// A firm as the row back end reads it, apart from any table.
#[derive(Clone, Debug, Default)]
pub struct Firm {
    pub facts: HashMap<FactKey, Value>,
    pub children: HashMap<ChildIx, Vec<Arc<[Value]>>>,
}

struct Record<'a>(&'a [Value]);

impl Row for Record<'_> {
    fn fact(&self, field: FieldIx, _: i32) -> Value {
        self.0.get(field.0 as usize).cloned().unwrap_or(Value::Null)
    }

    fn children(&self, _: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        None
    }
}

impl Row for Firm {
    fn fact(&self, field: FieldIx, year: i32) -> Value {
        self.facts.get(&FactKey::new(field, year)).cloned().unwrap_or(Value::Null)
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        Some(self.children.get(&child)?.iter().map(|record| Box::new(Record(record)) as Box<dyn Row + '_>).collect())
    }
}

fn day(random: &mut SplitMix64) -> Value {
    Value::Date(Date::parse("2022-11-28").unwrap().add_days(random.between(0, 1100) as i32))
}

/// Any value of the type.
fn value(ty: &Type, random: &mut SplitMix64) -> Value {
    match ty {
        Type::Bool => Value::Bool(random.chance(0.5)),
        Type::Date => day(random),
        Type::Text => Value::Text((*random.pick(&["ann", "bo", "chen"])).into()),
        Type::Code(list) => Value::Text(list.codes.get_index(random.below(list.codes.len() as u64) as usize).unwrap().0.as_str().into()),
        Type::Set(list) => {
            let codes = list.codes.keys().filter(|_| random.chance(0.4)).map(|code| Value::Text(code.as_str().into()));
            Value::List(codes.collect())
        }
        _ if random.chance(0.04) => Value::Int(*random.pick(&[BIG, -BIG, i64::MIN, i64::MAX])),
        _ => Value::Int(random.between(-200, 900)),
    }
}

pub fn random_children(child: ChildIx, random: &mut SplitMix64) -> Option<Vec<Arc<[Value]>>> {
    let schema = schema();
    let fields = &schema.children[child.0 as usize].schema.fields;
    let cell = |ty: &Type, random: &mut SplitMix64| if random.chance(0.12) { Value::Null } else { value(ty, random) };
    let record = |random: &mut SplitMix64| fields.values().map(|decl| cell(&decl.ty, random)).collect();
    (!random.chance(0.15)).then(|| (0..random.below(5)).map(|_| record(random)).collect())
}

pub fn random_firm(random: &mut SplitMix64) -> Firm {
    let schema = schema();
    let mut firm = Firm::default();
    for (at, decl) in schema.fields.values().enumerate() {
        for year in 0..=if decl.yearly { YEARS } else { 0 } {
            if !random.chance(0.2) {
                firm.facts.insert(FactKey::new(FieldIx(at as u32), -year), value(&decl.ty, random));
            }
        }
    }
    for child in [ChildIx(0), ChildIx(1)] {
        random_children(child, random).map(|records| firm.children.insert(child, records));
    }
    firm
}

/// Hands a value over as a cell.
pub fn with_cell<T>(value: Option<&Value>, take: impl FnOnce(Cell<'_>) -> T) -> T {
    match value {
        Some(Value::Bool(b)) => take(Cell::Bool(*b)),
        Some(Value::Int(v)) => take(Cell::Int(*v)),
        Some(Value::Date(d)) => take(Cell::Date(*d)),
        Some(Value::Text(t)) => take(Cell::Text(t)),
        Some(Value::List(codes)) => {
            let text = |v: &Value| if let Value::Text(t) = v { t.to_string() } else { String::new() };
            let codes: Vec<String> = codes.iter().map(text).collect();
            take(Cell::Set(&codes.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        _ => take(Cell::Unknown),
    }
}

pub fn table(firms: &[Firm]) -> Table {
    let years: Vec<i32> = (0..=YEARS).map(|year| -year).collect();
    let mut builder = TableBuilder::all(&schema(), &years);
    for firm in firms {
        builder.row();
        for (key, value) in &firm.facts {
            with_cell(Some(value), |cell| builder.set(*key, cell)).unwrap();
        }
        for (child, records) in &firm.children {
            builder.children(*child, records.clone()).unwrap();
        }
    }
    builder.build()
}
