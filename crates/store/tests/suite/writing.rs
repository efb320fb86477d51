//! What a commit writes, what it refuses, and what it leaves when it refuses.
use crate::bench::*;
use crate::model::model_with;
use liangu_base::Explain;
use liangu_store::{Change, Commit, Condition, Idempotency, Query, Store, StoreError, Value, Years};
use serde_json::json;
use std::sync::{Arc, Barrier};

fn problems(error: StoreError) -> Vec<(String, &'static str)> {
    match error {
        StoreError::Invalid(problems) => problems.into_iter().map(|p| (p.field, p.code)).collect(),
        other => panic!("expected problems with values, got {other:?}"),
    }
}

/// Nothing of a refused commit is there: no row, no line, no number.
fn untouched(store: &Store, head: i64, rows: u64) {
    assert_eq!(store.read(|r| r.head()).unwrap(), head);
    assert_eq!(store.read(|r| r.journal(0, 1000)).unwrap().len() as i64, head);
    assert_eq!(store.count("enterprise", &Query::default()).unwrap(), rows);
}

#[test]
fn every_type_comes_back_as_it_was_written() {
    on_each(|bench| {
        let store = bench.open();
        commit(&store, vec![create("park", 1, values([("name", t("娄底经开区"))]))]).unwrap();
        let mut given = values([
            ("name", t("涟钢\"薄板\"有限公司\n")),
            ("credit_code", t("914313001234567890")),
            ("region", t("431302")),
            ("park", Value::Ref(id(1))),
            ("size_class", t("small")),
            ("certs", Value::set(["sme", "giant"])),
            ("established", Value::Date(day("1998-02-28"))),
            ("dishonest", Value::Bool(false)),
            ("registered_capital", Value::Int(-9_007_199_254_740_993)),
            ("contact", Value::Null),
            ("seen_at", Value::Instant(noon(7).plus_micros(1))),
        ]);
        let years = Years::from([(2025, values([("revenue", Value::Int(i64::MAX)), ("employees", Value::Int(0))]))]);
        let change = Change::Create { record: "enterprise".into(), id: id(2), values: given.clone(), years };
        let receipt = commit(&store, vec![change]).unwrap();
        assert_eq!((receipt.sequence, receipt.versions[&id(2)]), (2, 1));
        let found = item(&store, "enterprise", 2);
        assert_eq!(found.values, given);
        let years = store.read(|r| r.years("enterprise", id(2))).unwrap();
        assert_eq!(years[&2025], values([("revenue", Value::Int(i64::MAX)), ("employees", Value::Int(0)), ("rd_ratio", Value::Null)]));

        let title = Value::Bilingual(liangu_base::Text::new("技改补助", "Subsidy"));
        commit(&store, vec![create("policy", 3, values([("title", title.clone()), ("when", t("revenue > wan(1)"))]))]).unwrap();
        assert_eq!(value(&store, "policy", 3, "title"), title);

        given.insert("certs".into(), Value::set(Vec::<String>::new()));
        commit(&store, vec![update("enterprise", 2, 1, values([("certs", Value::set(Vec::<String>::new()))]))]).unwrap();
        assert_eq!(item(&store, "enterprise", 2).values, given, "an empty set is known and not null");
    });
}

#[test]
fn what_the_model_does_not_allow_is_refused_with_every_reason() {
    on_each(|bench| {
        let store = bench.open();
        let long: String = "长".repeat(121);
        let bad = values([
            ("name", t(&long)),
            ("region", t("999999")),
            ("certs", Value::set(["sme", "none"])),
            ("established", t("yesterday")),
            ("park", Value::Ref(id(99))),
            ("revenue", Value::Int(1)),
            ("colour", t("red")),
        ]);
        let mut found = problems(commit(&store, vec![create("enterprise", 1, bad)]).unwrap_err());
        found.sort();
        let expected = [
            ("certs", "not_in_list"),
            ("colour", "unknown_field"),
            ("established", "type"),
            ("name", "too_long"),
            ("park", "no_such_record"),
            ("region", "not_in_list"),
            ("revenue", "needs_year"),
        ];
        assert_eq!(found, expected.map(|(f, c)| (f.to_owned(), c)));
        assert_eq!(
            problems(commit(&store, vec![create("enterprise", 1, values([("contact", t("x"))]))]).unwrap_err()),
            [("name".into(), "required"), ("region".into(), "required")]
        );
        untouched(&store, 0, 0);
        let unsourced = Commit { stamp: None, ..commit_of(vec![firm(1, "甲", "431300")]) };
        assert_eq!(problems(store.commit(unsourced).unwrap_err()), [("region".into(), "needs_source")]);
        let nobody = Commit { stamp: stamp("rumour", "2026-01-01"), ..commit_of(vec![firm(1, "甲", "431300")]) };
        assert_eq!(problems(store.commit(nobody).unwrap_err()), [("region".into(), "needs_source")]);
        untouched(&store, 0, 0);
    });
}

#[test]
fn errors_speak_both_languages() {
    on_each(|bench| {
        let store = bench.open();
        commit(&store, vec![firm(1, "甲", "431300")]).unwrap();
        let stale = commit(&store, vec![update("enterprise", 1, 7, values([("name", t("乙"))]))]).unwrap_err();
        assert_eq!(stale, StoreError::Stale { record: "enterprise".into(), id: id(1), current: 1 });
        assert!(stale.text().zh.contains("第 1 版") && stale.text().en.contains("version 1"));
        let missing = commit(&store, vec![update("enterprise", 2, 1, values([]))]).unwrap_err();
        assert_eq!(missing, StoreError::Missing { record: "enterprise".into(), id: id(2) });
    });
}

#[test]
fn a_unique_value_names_its_holder() {
    on_each(|bench| {
        let store = bench.open();
        let coded =
            |n: u64, code: &str| create("enterprise", n, values([("name", t("甲")), ("region", t("431300")), ("credit_code", t(code))]));
        commit(&store, vec![coded(1, "A"), coded(2, "B")]).unwrap();
        let taken = |error: StoreError| match error {
            StoreError::Unique { field, other, .. } => (field, other),
            other => panic!("expected a unique conflict, got {other:?}"),
        };
        assert_eq!(taken(commit(&store, vec![coded(3, "A")]).unwrap_err()), ("credit_code".into(), id(1)));
        assert_eq!(
            taken(commit(&store, vec![update("enterprise", 2, 1, values([("credit_code", t("A"))]))]).unwrap_err()),
            ("credit_code".into(), id(1))
        );
        assert_eq!(taken(commit(&store, vec![coded(4, "C"), coded(5, "C")]).unwrap_err()), ("credit_code".into(), id(5)));
        assert_eq!(taken(commit(&store, vec![coded(1, "D")]).unwrap_err()), ("id".into(), id(1)));
        untouched(&store, 2, 2);
    });
}

#[test]
fn a_record_that_others_refer_to_stays() {
    on_each(|bench| {
        let store = bench.open();
        let patent = create("patent", 2, values([("enterprise", Value::Ref(id(1))), ("title", t("高强钢"))]));
        commit(&store, vec![firm(1, "甲", "431300"), patent]).unwrap();
        let refused = commit(&store, vec![delete("enterprise", 1, 1)]).unwrap_err();
        assert_eq!(refused, StoreError::Referenced { record: "enterprise".into(), id: id(1), by: "patent".into() });
        commit(&store, vec![delete("enterprise", 1, 1), delete("patent", 2, 1)]).unwrap();
        assert_eq!(store.get("enterprise", id(1)).unwrap(), None);
        let told = store.read(|r| r.history("enterprise", id(1), None, 10)).unwrap();
        let name = told[0].changes.iter().find(|c| c.field == "name").unwrap();
        assert_eq!((name.from.clone(), name.to.clone()), (json!("甲"), json!(null)), "the journal keeps what was deleted");
        let wrong_type = create("patent", 3, values([("enterprise", Value::Ref(id(2))), ("title", t("x"))]));
        assert_eq!(problems(commit(&store, vec![wrong_type]).unwrap_err()), [("enterprise".into(), "no_such_record")]);
    });
}

#[test]
fn history_tells_field_by_field() {
    on_each(|bench| {
        let store = bench.open();
        commit(&store, vec![firm(1, "甲", "431300")]).unwrap();
        let years = Years::from([(2025, values([("employees", Value::Int(30))]))]);
        let change = Change::Update {
            record: "enterprise".into(),
            id: id(1),
            expected_version: Some(1),
            values: values([("name", t("乙"))]),
            years,
        };
        store.commit(Commit { command: "enterprise.update".into(), request: Some("q-1".into()), ..commit_of(vec![change]) }).unwrap();
        assert_eq!(
            commit(&store, vec![update("enterprise", 1, 2, values([("name", t("乙"))]))]).unwrap().sequence,
            0,
            "a change of nothing writes nothing"
        );
        let told = store.read(|r| r.history("enterprise", id(1), None, 10)).unwrap();
        assert_eq!(told.iter().map(|e| (e.sequence, e.version)).collect::<Vec<_>>(), [(2, 2), (1, 1)]);
        assert_eq!((told[0].command.as_str(), told[0].request.as_deref(), told[0].actor), ("enterprise.update", Some("q-1"), Some(id(1))));
        let mut changes: Vec<_> = told[0].changes.iter().map(|c| (c.field.as_str(), c.year, c.from.clone(), c.to.clone())).collect();
        changes.sort_by_key(|c| c.0);
        assert_eq!(changes, [("employees", Some(2025), json!(null), json!(30)), ("name", None, json!("甲"), json!("乙"))]);
    });
}

#[test]
fn running_numbers_have_no_gaps() {
    on_each(|bench| {
        let store = bench.open();
        let ask = |n: u64| create("request", n, values([("text", t("停电"))]));
        let receipt = commit(&store, vec![ask(1), ask(2)]).unwrap();
        assert_eq!(receipt.numbers[&id(2)], values([("number", t("SQ-2026-000002"))]));
        commit(&store, vec![ask(3), ask(3)]).unwrap_err();
        commit(&store, vec![ask(4), create("request", 5, values([]))]).unwrap_err();
        commit(&store, vec![ask(6)]).unwrap();
        assert_eq!(value(&store, "request", 6, "number"), t("SQ-2026-000003"));
    });
}

#[test]
fn what_is_not_given_is_the_default() {
    for engine in engines() {
        let model = model_with("defaults", |records| {
            let policy = records.iter_mut().find(|r| r.name == "policy").unwrap();
            for (name, default) in
                [("amount_max", "wan(5)"), ("region", "\"431300\""), ("published", "date(\"2026-01-01\")"), ("when", "dishonest == false")]
            {
                policy.fields.get_mut(name).unwrap().default = Some(default.into());
            }
        });
        let bench = Bench::new(engine, model);
        let store = bench.open();
        let title = || ("title", Value::Bilingual(liangu_base::Text::new("补助", "Aid")));
        commit(
            &store,
            vec![
                create("policy", 1, values([title()])),
                create("policy", 2, values([title(), ("region", t("430100")), ("published", Value::Null)])),
            ],
        )
        .unwrap();
        let found = item(&store, "policy", 1).values;
        assert_eq!(
            (&found["amount_max"], &found["region"], &found["published"], &found["when"]),
            (&Value::Int(5_000_000), &t("431300"), &Value::Date(day("2026-01-01")), &t("dishonest == false"))
        );
        let given = item(&store, "policy", 2).values;
        assert_eq!(
            (&given["region"], &given["published"]),
            (&t("430100"), &Value::Null),
            "what is given counts, also when it is given as unknown"
        );
    }
}

fn keyed(change: Change, key: &str, body: &str) -> Commit {
    let idempotency =
        Idempotency { scope: "officer POST /enterprise".into(), key: key.into(), body_hash: body.into(), keep_until: noon(72 * 3600) };
    let respond: liangu_store::commit::Respond = Arc::new(|receipt| json!({"sequence": receipt.sequence}));
    Commit { idempotency: Some(idempotency), respond: Some(respond), ..commit_of(vec![change]) }
}

#[test]
fn the_same_request_has_one_effect() {
    on_each(|bench| {
        let store = bench.open();
        let first = store.commit(keyed(firm(1, "甲", "431300"), "k", "b")).unwrap();
        assert_eq!((first.response, first.replayed), (Some(json!({"sequence": 1})), None));
        let again = store.commit(keyed(firm(2, "甲", "431300"), "k", "b")).unwrap();
        assert_eq!(again.replayed, Some(json!({"sequence": 1})));
        assert_eq!(store.commit(keyed(firm(2, "甲", "431300"), "k", "other")).unwrap_err(), StoreError::KeyReused);
        store.commit(keyed(create("enterprise", 3, values([])), "refused", "b")).unwrap_err();
        untouched(&store, 1, 1);
        assert_eq!(
            store.commit(keyed(firm(3, "乙", "431300"), "refused", "b")).unwrap().replayed,
            None,
            "a refused request may be corrected"
        );
        let late = Commit { at: noon(80 * 3600), ..keyed(firm(4, "丙", "431300"), "k", "b") };
        assert_eq!(store.commit(late).unwrap().replayed, None, "the key's time is over");
    });
}

#[test]
fn sixty_four_of_the_same_request_have_one_effect() {
    on_each(|bench| {
        let store = bench.open();
        let start = Arc::new(Barrier::new(64));
        let threads: Vec<_> = (0..64)
            .map(|n| {
                let (store, start) = (store.clone(), Arc::clone(&start));
                std::thread::spawn(move || {
                    start.wait();
                    store.commit(keyed(firm(100 + n, "甲", "431300"), "k", "b")).unwrap()
                })
            })
            .collect();
        let receipts: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(receipts.iter().filter(|r| r.replayed.is_none()).count(), 1);
        assert!(receipts.iter().all(|r| r.sequence == 1 && r.replayed.as_ref().or(r.response.as_ref()) == Some(&json!({"sequence": 1}))));
        untouched(&store, 1, 1);
    });
}

#[test]
fn of_sixty_four_editors_one_wins_each_round() {
    on_each(|bench| {
        let store = bench.open();
        commit(&store, vec![firm(1, "甲", "431300")]).unwrap();
        for round in 0..4i64 {
            let start = Arc::new(Barrier::new(64));
            let threads: Vec<_> = (0..64)
                .map(|n| {
                    let (store, start) = (store.clone(), Arc::clone(&start));
                    std::thread::spawn(move || {
                        start.wait();
                        let name = format!("第{round}轮第{n}人");
                        commit(&store, vec![update("enterprise", 1, round + 1, values([("name", t(&name))]))]).map(|_| name)
                    })
                })
                .collect();
            let answers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
            let winners: Vec<_> = answers.iter().filter_map(|a| a.as_ref().ok()).collect();
            assert_eq!(winners.len(), 1);
            assert_eq!(value(&store, "enterprise", 1, "name"), t(winners[0]));
            let lost = StoreError::Stale { record: "enterprise".into(), id: id(1), current: round + 2 };
            assert!(answers.iter().filter_map(|a| a.as_ref().err()).all(|error| *error == lost));
        }
        let journal = store.read(|r| r.journal(0, 100)).unwrap();
        assert_eq!(journal.iter().map(|e| (e.sequence, e.version)).collect::<Vec<_>>(), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]);
    });
}

#[test]
fn sequences_have_no_gaps_among_many_writers() {
    on_each(|bench| {
        let store = bench.open();
        let threads: Vec<_> = (0..8u64)
            .map(|thread| {
                let store = store.clone();
                std::thread::spawn(move || {
                    for n in 0..20 {
                        let good = firm(1000 * (thread + 1) + n, "甲", "431300");
                        let bad = firm(1000 * (thread + 1) + n, "甲", "000000");
                        commit(&store, vec![bad]).unwrap_err();
                        commit(&store, vec![good]).unwrap();
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let sequences: Vec<i64> = store.read(|r| r.journal(0, 1000)).unwrap().iter().map(|e| e.sequence).collect();
        assert_eq!(sequences, (1..=160).collect::<Vec<_>>());
    });
}

#[test]
fn a_bulk_load_is_whole_or_nothing() {
    on_each(|bench| {
        let store = bench.open();
        let firms = |bad: Option<u64>| {
            (1..=1200u64).map(move |n| {
                let code = if Some(n) == bad { "code-7".to_owned() } else { format!("code-{n}") };
                bulk(create("enterprise", n, values([("name", t("企业")), ("region", t("431302")), ("credit_code", t(&code))])))
            })
        };
        let head = commit_of(vec![]);
        match store.commit_many(&head, firms(Some(1100))).unwrap_err() {
            StoreError::Unique { field, other, .. } => assert_eq!((field.as_str(), other), ("credit_code", id(7))),
            other => panic!("expected a unique conflict, got {other:?}"),
        }
        untouched(&store, 0, 0);
        assert_eq!(store.commit_many(&head, firms(None)).unwrap().sequence, 1200);
        let named =
            Query { conditions: vec![Condition::In { field: "credit_code".into(), values: vec![t("code-7")] }], ..Query::default() };
        assert_eq!(store.query("enterprise", &named).unwrap().items[0].id, id(7));
    });
}
