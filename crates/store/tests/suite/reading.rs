//! What can be asked, and that pages hold still while others write.
use crate::bench::*;
use liangu_base::Id;
use liangu_store::{CellRef, Change, Commit, Condition, Cursor, Query, Sort, Store, Value, Years};
use std::collections::BTreeSet;

/// Firms 1 to 9; every third has no size class; revenue of 2025 in the order of numbers.
fn nine(store: &Store) {
    let regions = ["431302", "431382", "430100"];
    let changes = (1..=9u64).map(|n| {
        let mut v = values([("name", t(&format!("企业{n}"))), ("region", t(regions[n as usize % 3])), ("dishonest", Value::Bool(n == 4))]);
        if n % 3 != 0 {
            v.insert("size_class".into(), t(if n < 5 { "small" } else { "large" }));
            v.insert("certs".into(), Value::set(if n % 2 == 0 { vec!["sme", "giant"] } else { vec!["sme"] }));
        }
        let years = Years::from([
            (2025, values([("revenue", Value::Int(n as i64 * 100))])),
            (2024, values([("revenue", Value::Int(5000 - n as i64))])),
        ]);
        Change::Create { record: "enterprise".into(), id: id(n), values: v, years }
    });
    commit(store, changes.collect()).unwrap();
}

fn numbers(store: &Store, query: &Query) -> Vec<u64> {
    let page = store.query("enterprise", query).unwrap();
    page.items.iter().map(|item| item.id.unix_ms() - 1_700_000_000_000).collect()
}

fn with(conditions: Vec<Condition>) -> Query {
    Query { conditions, ..Query::default() }
}

#[test]
fn conditions_choose_rows() {
    on_each(|bench| {
        let store = bench.open();
        nine(&store);
        let named = |name: &str| name.to_owned();
        let cases: Vec<(Condition, Vec<u64>)> = vec![
            (Condition::In { field: named("region"), values: vec![t("431302")] }, vec![3, 6, 9]),
            (Condition::In { field: named("region"), values: vec![] }, vec![]),
            (Condition::In { field: named("size_class"), values: vec![t("large"), Value::Null] }, vec![3, 5, 6, 7, 8, 9]),
            (Condition::In { field: named("dishonest"), values: vec![Value::Bool(true)] }, vec![4]),
            (Condition::In { field: named("certs"), values: vec![t("giant")] }, vec![2, 4, 8]),
            (Condition::Within { field: named("region"), codes: vec![named("431300")] }, vec![1, 3, 4, 6, 7, 9]),
            (Condition::Within { field: named("region"), codes: vec![named("430000")] }, (1..=9).collect()),
            (Condition::Within { field: named("region"), codes: vec![named("999999")] }, vec![]),
            (Condition::HasAny { field: named("certs"), codes: vec![named("giant"), named("green")] }, vec![2, 4, 8]),
            (Condition::Known { field: named("size_class"), known: false }, vec![3, 6, 9]),
            (Condition::Range { field: named("name"), from: Some(t("企业3")), to: Some(t("企业5")) }, vec![3, 4, 5]),
            (Condition::Ids(vec![id(2), id(7), id(77)]), vec![2, 7]),
        ];
        for (condition, expected) in cases {
            let query = with(vec![condition.clone()]);
            assert_eq!(numbers(&store, &query), expected, "{condition:?}");
            assert_eq!(store.count("enterprise", &query).unwrap(), expected.len() as u64, "{condition:?}");
        }
    });
}

#[test]
fn yearly_fields_are_those_of_the_year_asked_for() {
    on_each(|bench| {
        let store = bench.open();
        nine(&store);
        let rich = Condition::Range { field: "revenue".into(), from: Some(Value::Int(700)), to: None };
        let by =
            |year: i32| Query { year: Some(year), sort: Some(Sort::parse("-revenue")), conditions: vec![rich.clone()], ..Query::default() };
        assert_eq!(numbers(&store, &by(2025)), [9, 8, 7]);
        assert_eq!(numbers(&store, &by(2024)), (1..=9).collect::<Vec<_>>());
        assert_eq!(numbers(&store, &by(2020)), Vec::<u64>::new());
        let page = store.query("enterprise", &Query { limit: 1, ..by(2025) }).unwrap();
        assert_eq!((page.items[0].values["revenue"].clone(), page.total), (Value::Int(900), Some(3)));
        store.query("enterprise", &Query { year: None, ..by(2025) }).unwrap_err();
    });
}

#[test]
fn rows_without_a_value_come_last_in_either_direction() {
    on_each(|bench| {
        let store = bench.open();
        nine(&store);
        let walk = |sort: &str| {
            let mut seen = Vec::new();
            let mut query = Query { sort: Some(Sort::parse(sort)), limit: 2, ..Query::default() };
            loop {
                seen.extend(numbers(&store, &query));
                query.after = store.query("enterprise", &query).unwrap().next;
                if query.after.is_none() {
                    return seen;
                }
            }
        };
        assert_eq!(walk("size_class"), [5, 7, 8, 1, 2, 4, 3, 6, 9]);
        assert_eq!(walk("-size_class"), [4, 2, 1, 8, 7, 5, 9, 6, 3]);
        assert_eq!(walk("-created_at"), [9, 8, 7, 6, 5, 4, 3, 2, 1]);
        assert_eq!(walk("name"), (1..=9).collect::<Vec<_>>());
    });
}

#[test]
fn a_cursor_of_another_order_or_from_nowhere_is_refused() {
    on_each(|bench| {
        let store = bench.open();
        nine(&store);
        let next = store.query("enterprise", &Query { limit: 2, ..Query::default() }).unwrap().next;
        for after in [next, Some(Cursor::parse("zz")), Some(Cursor::parse("5b5d")), Some(Cursor::parse("é"))] {
            let other = Query { sort: Some(Sort::parse("-region")), after, ..Query::default() };
            assert!(matches!(store.query("enterprise", &other), Err(liangu_store::StoreError::Unknown(_))));
        }
    });
}

#[test]
fn a_walk_during_writes_shows_each_old_row_once() {
    on_each(|bench| {
        let store = bench.open();
        let head = commit_of(vec![]);
        let named = |n: u64, name: String| create("enterprise", n, values([("name", Value::Text(name)), ("region", t("431302"))]));
        store.commit_many(&head, (0..2000u64).map(|n| bulk(named(n + 1, format!("厂{:04}", (n * 7919) % 2000))))).unwrap();
        let mut query = Query { limit: 37, total: false, ..Query::default() };
        let (mut seen, mut extra) = (Vec::new(), 10_000u64);
        loop {
            let page = store.query("enterprise", &query).unwrap();
            seen.extend(page.items.iter().map(|item| item.id));
            // Between two pages rows are added before and after the place, and one seen row goes.
            commit(&store, vec![named(extra, "厂0000a".into()), named(extra + 1, "厂1999z".into())]).unwrap();
            let gone = page.items[0].id;
            let version = page.items[0].version;
            commit(&store, vec![Change::Delete { record: "enterprise".into(), id: gone, expected_version: version }]).unwrap();
            extra += 2;
            query.after = page.next;
            if query.after.is_none() || extra > 11_000 {
                break;
            }
        }
        let unique: BTreeSet<Id> = seen.iter().copied().collect();
        assert_eq!(unique.len(), seen.len(), "no row twice");
        let old = (1..=2000).filter(|n| unique.contains(&id(*n))).count();
        assert_eq!(old, 2000, "no row missed");
    });
}

#[test]
fn facets_show_what_else_could_be_chosen() {
    on_each(|bench| {
        let store = bench.open();
        nine(&store);
        let query = with(vec![
            Condition::In { field: "size_class".into(), values: vec![t("small")] },
            Condition::In { field: "dishonest".into(), values: vec![Value::Bool(false)] },
        ]);
        let fields = ["size_class", "certs", "region"].map(str::to_owned);
        let facets = store.read(|r| r.facets("enterprise", &query, &fields)).unwrap();
        assert_eq!(facets["size_class"], [(Value::Null, 3), (t("large"), 3), (t("small"), 2)]);
        assert_eq!(facets["certs"], [(t("sme"), 2), (t("giant"), 1)]);
        assert_eq!(facets["region"], [(t("430100"), 1), (t("431382"), 1)]);
    });
}

#[test]
fn totals_count_and_add() {
    on_each(|bench| {
        let store = bench.open();
        nine(&store);
        let query = Query { year: Some(2025), ..Query::default() };
        let totals = |split| store.read(|r| r.totals("enterprise", &query, Some("revenue"), split)).unwrap();
        assert_eq!(totals(None).iter().map(|t| (t.count, t.sum)).collect::<Vec<_>>(), [(9, 4500)]);
        let by_region: Vec<_> = totals(Some("region")).into_iter().map(|t| (t.key, t.count, t.sum)).collect();
        assert_eq!(by_region, [(t("430100"), 3, 1500), (t("431302"), 3, 1800), (t("431382"), 3, 1200)]);
    });
}

#[test]
fn a_scan_shows_every_row_in_the_order_of_ids() {
    on_each(|bench| {
        let store = bench.open();
        nine(&store);
        let mut seen = Vec::new();
        store
            .read(|r| {
                r.scan("enterprise", &["revenue", "size_class", "id", "dishonest"], &[2025, 2024, 2020], &mut |row| {
                    assert_eq!(row.value(2)?, CellRef::Bytes(&row.id.to_bytes()));
                    let revenue = |year| row.year_value(year, 0).map(CellRef::int);
                    let size = row.value(1)?.text().map(str::to_owned);
                    seen.push((row.id, size, revenue(0)?, revenue(1)?, revenue(2)?, row.value(3)?.bool()));
                    Ok(())
                })
            })
            .unwrap();
        assert_eq!(seen.len(), 9);
        assert_eq!(seen[3], (id(4), Some("small".into()), Some(400), Some(4996), None, Some(true)));
        assert!(seen.is_sorted_by_key(|row| row.0));
    });
}

#[test]
fn one_reader_sees_one_moment() {
    on_each(|bench| {
        let store = bench.open();
        nine(&store);
        store
            .read(|r| {
                let before = (r.head()?, r.count("enterprise", &Query::default())?);
                commit(&store, vec![firm(50, "后来", "431300")]).unwrap();
                assert_eq!((r.head()?, r.count("enterprise", &Query::default())?), before);
                Ok(())
            })
            .unwrap();
        assert_eq!(store.count("enterprise", &Query::default()).unwrap(), 10);
    });
}

#[test]
fn children_titles_and_finds() {
    on_each(|bench| {
        let store = bench.open();
        let clause = |n: u64, position: i64| {
            create(
                "policy_clause",
                n,
                values([("policy", Value::Ref(id(1))), ("position", Value::Int(position)), ("article", t("第一条"))]),
            )
        };
        let title = Value::Bilingual(liangu_base::Text::new("技改", "Renewal"));
        commit(
            &store,
            vec![
                create("policy", 1, values([("title", title), ("number", t("湘政办发〔2019〕24号"))])),
                clause(2, 3),
                clause(3, 1),
                clause(4, 2),
            ],
        )
        .unwrap();
        let children = store.read(|r| r.children("policy_clause", id(1))).unwrap();
        assert_eq!(children.iter().map(|c| c.id).collect::<Vec<_>>(), [id(3), id(4), id(2)]);
        assert_eq!(
            store.read(|r| r.titles("policy", &[id(1), id(9)])).unwrap().into_iter().collect::<Vec<_>>(),
            [(id(1), "技改".to_owned())]
        );
        assert_eq!(store.read(|r| r.find("policy", "number", &t("湘政办发〔2019〕24号"))).unwrap(), Some(id(1)));
        assert_eq!(store.read(|r| r.get_many("policy_clause", &[id(4), id(2), id(2)])).unwrap().len(), 2);
        store.read(|r| r.children("policy", id(1))).unwrap_err();
    });
}

#[test]
fn tenants_in_one_database_do_not_see_each_other() {
    on_each(|bench| {
        let (here, there) = (bench.open(), Store::open(&bench.config, &bench.model, "430100").unwrap());
        commit(&here, vec![firm(1, "甲", "431300")]).unwrap();
        assert_eq!((there.count("enterprise", &Query::default()).unwrap(), there.read(|r| r.head()).unwrap()), (0, 0));
        assert_eq!(there.get("enterprise", id(1)).unwrap(), None);
        let theirs = Commit { stamp: stamp("officer", "2026-01-01"), ..commit_of(vec![firm(1, "乙", "430100")]) };
        assert_eq!(there.commit(theirs).unwrap().sequence, 1);
        assert_eq!(value(&here, "enterprise", 1, "name"), t("甲"));
        let searched = Query { text: Some("乙".into()), ..Query::default() };
        assert_eq!(here.count("enterprise", &searched).unwrap(), 0);
    });
}
