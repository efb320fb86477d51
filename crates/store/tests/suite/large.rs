//! A region at full size, or a fiftieth of it unless `LIANGU_SOAK=1`: everything that is loaded is there.
use crate::bench::*;
use crate::model::{added_field, model_with};
use liangu_base::Text;
use liangu_model::Model;
use liangu_model::record::FieldType;
use liangu_store::{Bulk, CellRef, Change, Commit, Condition, Query, Store, Value, Years};
use std::sync::Arc;
use std::time::Instant;

const SINGLE: usize = 20;
const YEARLY: usize = 12;
const YEARS: [i32; 3] = [2023, 2024, 2025];

/// Firms with 45 fact fields.
fn wide() -> Arc<Model> {
    model_with("wide", |records| {
        let enterprise = records.iter_mut().find(|r| r.name == "enterprise").expect("the record");
        for (count, prefix, flags) in [(SINGLE, "s", "f"), (YEARLY, "y", "yf")] {
            for n in 0..count {
                let field = added_field(&format!("{prefix}{n:02}"), FieldType::Int, flags);
                enterprise.fields.insert(field.name.clone(), field);
            }
        }
    })
}

fn firm(n: u64) -> Bulk {
    let sizes = ["micro", "small", "medium", "large"];
    let mut v = values([
        ("name", t(&format!("娄底市第{n}精密机械制造有限公司"))),
        ("credit_code", t(&format!("91431300MA{n:08}"))),
        ("region", t(["431302", "431382", "431300"][n as usize % 3])),
        ("size_class", t(sizes[n as usize % 4])),
        ("certs", Value::set(["sme"])),
        ("established", Value::Date(day("2001-01-01").add_days((n % 9000) as i32))),
        ("dishonest", Value::Bool(n.is_multiple_of(97))),
        ("registered_capital", Value::Int(n as i64 * 1_000_000)),
    ]);
    v.extend((0..SINGLE).map(|f| (format!("s{f:02}"), Value::Int((n as i64 * 31 + f as i64) % 1000))));
    let year = |y: i32| {
        let mut v = values([
            ("revenue", Value::Int(n as i64 * 7 + i64::from(y))),
            ("employees", Value::Int(n as i64 % 500)),
            ("rd_ratio", Value::Int(300)),
        ]);
        v.extend((0..YEARLY).map(|f| (format!("y{f:02}"), Value::Int((n as i64 * 17 + f as i64) % 1000))));
        (y, v)
    };
    let years: Years = YEARS.map(year).into_iter().collect();
    Bulk { change: Change::Create { record: "enterprise".into(), id: id(n), values: v, years }, facts: Vec::new() }
}

fn policy(n: u64) -> impl Iterator<Item = Bulk> {
    let policy_id = 1_000_000 + n * 10;
    let title = Value::Bilingual(Text::new(format!("关于支持第{n}类企业技术改造和设备更新的若干措施"), format!("Measures {n}")));
    let summary = t("对符合条件的企业按设备投资额的一定比例给予补助，同一企业每年最高不超过二百万元。");
    let values_of_policy = values([
        ("title", title),
        ("number", t(&format!("示政发〔2026〕{n}号"))),
        ("summary", summary),
        ("published", Value::Date(day("2026-01-01"))),
    ]);
    let clause = move |k: u64| {
        let article = t("企业上一年度主营业务收入不低于二千万元，且研发费用占比不低于百分之三。");
        bulk(create(
            "policy_clause",
            policy_id + k,
            values([("policy", Value::Ref(id(policy_id))), ("position", Value::Int(k as i64)), ("article", article)]),
        ))
    };
    std::iter::once(bulk(create("policy", policy_id, values_of_policy))).chain((1..=6).map(clause))
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let value = work();
    println!("{what}: {:.2} s", begun.elapsed().as_secs_f64());
    value
}

fn load(store: &Store, firms: u64, policies: u64) {
    let head = Commit { stamp: stamp("statistics", "2026-03-31"), ..Commit::new(noon(0), "load") };
    let receipt = timed("firms", || store.commit_many(&head, (1..=firms).map(firm)).unwrap());
    assert_eq!(receipt.sequence, firms as i64);
    let receipt = timed("policies", || store.commit_many(&head, (1..=policies).flat_map(policy)).unwrap());
    assert_eq!(receipt.sequence, (firms + policies * 7) as i64);
}

#[test]
fn a_region_is_loaded_scanned_and_searched() {
    let soak = std::env::var("LIANGU_SOAK").is_ok_and(|v| v == "1");
    let (firms, policies) = if soak { (66_905, 11_762) } else { (1_338, 235) };
    for engine in engines() {
        let bench = Bench::new(engine, wide());
        let store = timed("open", || bench.open());
        println!("{}", engine.label());
        load(&store, firms, policies);
        let names: Vec<String> = (0..YEARLY).map(|f| format!("y{f:02}")).chain((0..SINGLE).map(|f| format!("s{f:02}"))).collect();
        let mut fields: Vec<&str> = names.iter().map(String::as_str).collect();
        fields.extend(["region", "size_class", "certs", "established", "revenue", "employees"]);
        let (mut rows, mut sum, mut text) = (0u64, 0i64, 0usize);
        timed("scan", || {
            store
                .read(|r| {
                    r.scan("enterprise", &fields, &YEARS, &mut |row| {
                        rows += 1;
                        for f in 0..fields.len() {
                            match (f < YEARLY || f >= fields.len() - 2, f) {
                                (true, f) => (0..3).try_for_each(|y| row.year_value(y, f).map(|c| sum += c.int().unwrap_or(0)))?,
                                (false, f) => match row.value(f)? {
                                    CellRef::Int(n) => sum += n,
                                    CellRef::Text(s) => text += s.len(),
                                    _ => {}
                                },
                            }
                        }
                        Ok(())
                    })
                })
                .unwrap();
        });
        assert_eq!(rows, firms);
        assert!(sum > 0 && text > 0);
        let facts = store.read(|r| r.facts("enterprise", id(firms))).unwrap();
        assert_eq!(facts.len(), 6 + SINGLE + 3 * (3 + YEARLY));
        let query = Query {
            text: Some("精密机械 娄底".into()),
            conditions: vec![Condition::Within { field: "region".into(), codes: vec!["431300".into()] }],
            ..Query::default()
        };
        let page = timed("search", || store.query("enterprise", &query).unwrap());
        assert_eq!(page.total, Some(firms));
        timed("first page", || store.query("enterprise", &Query::default()).unwrap());
        let fields = ["region", "size_class", "certs"].map(str::to_owned);
        timed("facets", || store.read(|r| r.facts("enterprise", id(1)).and_then(|_| r.facets("enterprise", &query, &fields))).unwrap());
        let found = timed("policy search", || {
            store.query("policy", &Query { text: Some(format!("示政发〔2026〕{policies}号")), ..Query::default() }).unwrap()
        });
        assert_eq!(found.items[0].id, id(1_000_000 + policies * 10));
        timed("edit", || commit(&store, vec![update("enterprise", 1, 1, values([("contact", t("王"))]))])).unwrap();
        println!("size: {} MB", store.size_bytes().unwrap() / 1_000_000);
    }
}
