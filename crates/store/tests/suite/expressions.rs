//! Expressions as filters and scopes: the row's meaning of the language and the database's must agree.
use crate::bench::*;
use liangu_expr::row::{self, Row};
use liangu_expr::schema::{ChildIx, FieldIx, Schema};
use liangu_expr::typed::Typed;
use liangu_expr::value::{Reason, Value as Fact};
use liangu_expr::{Expect, check};
use liangu_model::Model;
use liangu_store::{Change, Context, Query, Reader, Scope, Store, StoreError, Value, Values, Years};
use std::collections::HashMap;
use std::sync::Arc;

fn typed(model: &Model, record: &str, source: &str) -> Arc<Typed> {
    let schema = &model.schemas[record];
    Arc::new(check(source, schema, Expect::Bool).unwrap_or_else(|findings| panic!("{source}: {findings:?}")))
}

/// Sixty firms of every kind, with gaps; two parks; patents for every fourth.
fn region(store: &Store) {
    let park = |n: u64| create("park", n, values([("name", t(&format!("园区{n}")))]));
    commit(store, vec![park(1), park(2)]).unwrap();
    let mut changes = Vec::new();
    for n in 10..70u64 {
        let mut v =
            values([("name", t(&format!("企业{n}'?1\\"))), ("region", t(["431302", "431382", "430100", "431300"][n as usize % 4]))]);
        let mut maybe = |every: u64, name: &str, value: Value| {
            if n % every != 0 {
                v.insert(name.into(), value);
            }
        };
        maybe(5, "size_class", t(["micro", "small", "medium"][n as usize % 3]));
        maybe(7, "certs", Value::set([&["sme"][..], &["giant", "sme"], &[]][n as usize % 3].iter().copied()));
        maybe(4, "established", Value::Date(day("2010-01-01").add_days(n as i32 * 97)));
        maybe(3, "dishonest", Value::Bool(n.is_multiple_of(2)));
        maybe(6, "park", Value::Ref(id(1 + n % 2)));
        let years: Years = [2024, 2025]
            .into_iter()
            .filter(|y| !(n + *y as u64).is_multiple_of(5))
            .map(|y| (y, values([("revenue", Value::Int(n as i64 * 1000 * i64::from(y % 7))), ("rd_ratio", Value::Int(n as i64 * 9))])))
            .collect();
        changes.push(Change::Create { record: "enterprise".into(), id: id(n), values: v, years });
        for k in 0..(if n % 4 == 0 { n % 3 } else { 0 }) {
            let mut patent = values([("enterprise", Value::Ref(id(n))), ("title", t("专利"))]);
            if k == 0 {
                patent.insert("granted".into(), Value::Date(day("2020-01-01").add_days(n as i32 * 50)));
            }
            changes.push(create("patent", 1000 + n * 10 + k, patent));
        }
    }
    commit(store, changes).unwrap();
}

/// A record as the row meaning sees it.
struct Loaded<'a> {
    schema: &'a Schema,
    model: &'a Model,
    id: liangu_base::Id,
    values: Values,
    years: Years,
    children: Vec<Vec<Loaded<'a>>>,
}

impl<'a> Loaded<'a> {
    fn new(r: &mut Reader<'_>, model: &'a Model, schema: &'a Schema, item: liangu_store::Item) -> Result<Loaded<'a>, StoreError> {
        let years = r.years(&schema.record, item.id)?;
        let mut children = Vec::new();
        for child in schema.children.values() {
            let items = r.children(&child.schema.record, item.id)?;
            children.push(items.into_iter().map(|i| Loaded::new(r, model, &child.schema, i)).collect::<Result<_, _>>()?);
        }
        Ok(Loaded { schema, model, id: item.id, values: item.values, years, children })
    }
}

impl Row for Loaded<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Fact {
        let (name, declared) = self.schema.fields.get_index(field.0 as usize).unwrap();
        let record = &self.model.records[&self.schema.record];
        if name == "id" {
            return Fact::Text(self.id.text(&record.prefix).into());
        }
        let value = if declared.yearly { self.years.get(&(2025 + year)).and_then(|v| v.get(name)) } else { self.values.get(name) };
        match value {
            None | Some(Value::Null) => Fact::Unknown(Reason::Missing { field: name.clone(), year }),
            Some(Value::Bool(b)) => Fact::Bool(*b),
            Some(Value::Int(n)) => Fact::Int(*n),
            Some(Value::Date(d)) => Fact::Date(*d),
            Some(Value::Set(codes)) => Fact::List(codes.iter().map(|c| Fact::Text(c.as_str().into())).collect()),
            Some(other) => Fact::Text(other.to_json(&record.fields[name].ty, self.model).as_str().unwrap().into()),
        }
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        let children = self.children.get(child.0 as usize)?;
        Some(children.iter().map(|c| Box::new(Borrowed(c)) as Box<dyn Row + '_>).collect())
    }
}

struct Borrowed<'a>(&'a Loaded<'a>);

impl Row for Borrowed<'_> {
    fn fact(&self, field: FieldIx, year: i32) -> Fact {
        self.0.fact(field, year)
    }

    fn children(&self, child: ChildIx) -> Option<Vec<Box<dyn Row + '_>>> {
        self.0.children(child)
    }
}

const EXPRESSIONS: [&str; 16] = [
    "region == \"431302\"",
    "within(region, \"431300\") && size_class in [\"small\", \"medium\"]",
    "!(size_class == \"micro\") || dishonest",
    "\"giant\" in certs",
    "size(certs) == 0",
    "revenue >= yuan(1000) && revenue.at(-1) < yuan(2000)",
    "revenue > revenue.at(-1)",
    "rd_ratio >= percent(3) && !dishonest",
    "established <= date(\"2015-06-30\")",
    "patents.exists(p, p.granted > date(\"2025-01-01\"))",
    "patents.filter(p, p.granted < today).size() >= 1",
    "patents.size() == 2",
    "has(size_class) && !has(dishonest)",
    "park == user.park",
    "within(region, user.region)",
    "name == \"企业12'?1\\\\\"",
];

fn context() -> Context {
    let params = HashMap::from([
        (("user".to_owned(), "region".to_owned()), t("431300")),
        (("user".to_owned(), "park".to_owned()), Value::Ref(id(2))),
    ]);
    Context { today: day("2026-11-24"), year: 2025, params }
}

#[test]
fn the_database_says_what_the_row_says() {
    on_each(|bench| {
        let store = bench.open();
        region(&store);
        let model = &bench.model;
        let rows: Vec<Loaded<'_>> = store
            .read(|r| {
                let items = r.query("enterprise", &Query { limit: 1000, ..Query::default() })?.items;
                items.into_iter().map(|item| Loaded::new(r, model, &model.schemas["enterprise"], item)).collect()
            })
            .unwrap();
        let language = row::Context::new(day("2026-11-24"), 2025).with_param("user", "region", Fact::Text("431300".into())).with_param(
            "user",
            "park",
            Fact::Text(id(2).text("prk").into()),
        );
        for source in EXPRESSIONS {
            let typed = typed(model, "enterprise", source);
            let expected: Vec<_> =
                rows.iter().filter(|row| row::eval(&typed, *row, &language) == Fact::Bool(true)).map(|row| row.id).collect();
            let query = Query { filter: Some(Arc::clone(&typed)), context: context(), limit: 1000, ..Query::default() };
            let page = store.query("enterprise", &query).unwrap();
            let found: Vec<_> = page.items.iter().map(|i| i.id).collect();
            assert_eq!(found, expected, "{source}");
            assert!(!expected.is_empty() && expected.len() < rows.len(), "{source} chooses nothing or everything and proves nothing");
        }
    });
}

#[test]
fn scopes_add_up_and_unknown_means_no() {
    on_each(|bench| {
        let store = bench.open();
        region(&store);
        let seen = |sources: &[&str], context: Context| {
            let scope = Scope::AnyOf(sources.iter().map(|s| typed(&bench.model, "enterprise", s)).collect());
            let query = Query { scope, context, ..Query::default() };
            let count = store.count("enterprise", &query).unwrap();
            let first = store.read(|r| r.get_in("enterprise", id(13), &query)).unwrap();
            (count, first.is_some())
        };
        let firm = || {
            let mut context = context();
            context.params.insert(("user".into(), "firm".into()), Value::Ref(id(13)));
            context
        };
        assert_eq!(seen(&[], firm()), (0, false));
        assert_eq!(seen(&["true"], firm()), (60, true));
        assert_eq!(seen(&["id == user.firm"], firm()), (1, true));
        assert_eq!(seen(&["id == user.firm"], context()), (0, false), "a reader without a firm sees none");
        assert_eq!(seen(&["park == user.park"], context()).0, 30);
        assert_eq!(seen(&["park == user.park", "id == user.firm", "region == \"430100\""], firm()).0, 45);
    });
}
