//! Whatever fails, at whichever statement, leaves the store as it was before or as it is after, and never in between.
use crate::bench::*;
use liangu_base::{RandomExt, SplitMix64};
use liangu_store::{
    Account, AccountChange, Change, Commit, DocumentPut, Engine, Idempotency, Job, JournalEntry, Outbox, Query, Store, StoreError, Value,
    Years,
};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A commit that touches every table there is.
fn everything(n: u64) -> Commit {
    let years = Years::from([(2025, values([("revenue", Value::Int(n as i64))]))]);
    let account = Account {
        id: id(9000 + n),
        login: format!("login-{n}"),
        name: "李".into(),
        password_hash: None,
        roles: vec!["firm".into()],
        firm: None,
        organisation: None,
        region: None,
        park: None,
        disabled: false,
        must_change: false,
        version: 0,
    };
    Commit {
        facts: vec![fact(1, "size_class", None, t("small"), "tax", "2026-01-01")],
        documents: vec![DocumentPut {
            kind: "setting".into(),
            key: "n".into(),
            value: Some(json!(n)),
            expected_version: None,
            journal: true,
        }],
        accounts: vec![AccountChange::Create(account)],
        outbox: vec![Outbox { topic: "t".into(), payload: json!(n) }],
        jobs: vec![Job { kind: "k".into(), payload: json!(n), run_at: noon(0) }],
        idempotency: Some(Idempotency { scope: "s".into(), key: format!("key-{n}"), body_hash: "b".into(), keep_until: noon(999) }),
        respond: Some(Arc::new(|receipt| json!(receipt.sequence))),
        ..commit_of(vec![
            Change::Create {
                record: "enterprise".into(),
                id: id(n),
                values: values([("name", t("新企业")), ("region", t("431302"))]),
                years,
            },
            create("patent", n + 1, values([("enterprise", Value::Ref(id(n))), ("title", t("专利"))])),
            update("enterprise", 1, 1, values([("name", t("改名"))])),
            delete("enterprise", 2, 1),
            create("request", n + 2, values([("text", t("停电"))])),
        ])
    }
}

#[test]
fn the_nth_statement_fails_and_nothing_is_half_written() {
    on_each(|bench| {
        let (mut n, mut refused) = (0, 0);
        loop {
            n += 1;
            // A tenant of its own for each attempt, so that all begin alike.
            let store = Store::open(&bench.config, &bench.model, &format!("t{n:03}")).unwrap();
            commit(&store, vec![firm(1, "甲", "431300"), firm(2, "乙", "431300")]).unwrap();
            let before = store.digest().unwrap();
            store.faults().fail_at(n);
            let outcome = store.commit(everything(100));
            let reached = !store.faults().is_armed();
            store.faults().fail_at(0);
            match outcome {
                // A group that could not begin or end together is run again one by one.
                Ok(receipt) => {
                    assert_eq!((receipt.sequence, receipt.replayed), (9, None));
                    assert_eq!((searched(&store, "改名"), searched(&store, "新企业"), searched(&store, "乙")), (1, 1, 0));
                }
                Err(error) => {
                    assert!(reached && matches!(error, StoreError::Unavailable(_)), "statement {n}: {error:?}");
                    assert_eq!(store.digest().unwrap(), before, "after a failure of statement {n}");
                    assert_eq!((searched(&store, "改名"), searched(&store, "新企业"), searched(&store, "乙")), (0, 0, 1));
                    assert_eq!(store.commit(everything(100)).unwrap().replayed, None, "the failed attempt took no key");
                    refused += 1;
                }
            }
            check_journal(&store);
            if !reached {
                break;
            }
        }
        assert!(refused > 20, "only {refused} of {n} statements failed a commit");
    });
}

fn searched(store: &Store, text: &str) -> u64 {
    store.count("enterprise", &Query { text: Some(text.into()), ..Query::default() }).unwrap()
}

#[test]
fn a_failure_in_a_group_hits_only_its_own() {
    on_each(|bench| {
        let store = bench.open();
        let threads: Vec<_> = (0..16u64)
            .map(|n| {
                let store = store.clone();
                std::thread::spawn(move || {
                    (0..10)
                        .filter(|k| {
                            if n == 0 {
                                store.faults().fail_at(3 + k % 7);
                            }
                            commit(&store, vec![firm(1000 + n * 100 + *k as u64, "甲", "431300")]).is_ok()
                        })
                        .count() as u64
                })
            })
            .collect();
        let acknowledged: u64 = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
        store.faults().fail_at(0);
        assert_eq!(
            store.count("enterprise", &Query::default()).unwrap(),
            acknowledged,
            "what was acknowledged is there, what was refused is not"
        );
        assert!((150..160).contains(&acknowledged), "{acknowledged} of 160 came through: each planted failure costs one commit");
        check_journal(&store);
    });
}

#[test]
fn a_full_disk_refuses_writes_and_keeps_reading() {
    let bench = Bench::new(Engine::Sqlite, crate::model::model());
    let store = bench.open();
    commit(&store, vec![firm(1, "甲", "431300")]).unwrap();
    store.limit_bytes(store.size_bytes().unwrap() + 300_000).unwrap();
    let big = |n: u64| {
        let mut summary = String::new();
        (0..400).for_each(|k| summary.push_str(&format!("第{n}条{k}")));
        let title = Value::Bilingual(liangu_base::Text::new(format!("政策{n}"), String::new()));
        create("policy", n, values([("title", title), ("summary", t(&summary.chars().take(2000).collect::<String>()))]))
    };
    let mut written = 1;
    let refused = loop {
        match commit(&store, vec![big(written * 2), big(written * 2 + 1)]) {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
        assert!(written < 1000, "the limit was never reached");
    };
    assert_eq!(refused, StoreError::Full);
    assert_eq!(store.count("policy", &Query::default()).unwrap(), (written - 1) * 2);
    check_journal(&store);
    assert_eq!(store.commit_many(&commit_of(vec![]), (5000..6000).map(|n| bulk(big(n)))).unwrap_err(), StoreError::Full);
    assert_eq!(store.count("policy", &Query::default()).unwrap(), (written - 1) * 2);
    store.limit_bytes(1 << 30).unwrap();
    commit(&store, vec![big(7000)]).unwrap();
    assert_eq!(store.read(|r| r.head()).unwrap(), 2 + (written as i64 - 1) * 2, "without restart, and without a gap");
}

/// Opens the same place while another process still has it, as after a kill: no closing, no checkpoint.
#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let folder = folder();
    let (live, copy) = (folder.join("live"), folder.join("copy"));
    let store = Store::open(&liangu_store::Config::Sqlite { dir: live.clone() }, &crate::model::model(), TENANT).unwrap();
    for n in 1..=50 {
        commit(&store, vec![firm(n, "甲", "431300")]).unwrap();
    }
    std::fs::create_dir_all(&copy).unwrap();
    for file in ["liangu.db", "liangu.db-wal"] {
        std::fs::copy(live.join(file), copy.join(file)).unwrap();
    }
    let after = Store::open(&liangu_store::Config::Sqlite { dir: copy.clone() }, &crate::model::model(), TENANT).unwrap();
    assert_eq!(after.digest().unwrap(), store.digest().unwrap());
    drop(after);
    let left: Vec<_> = std::fs::read_dir(&copy).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["liangu.db"], "a dropped store is closed, its log is in the database");
    // A log that was cut off in the middle of its last commit: the commit is gone, everything before it is there.
    std::fs::remove_dir_all(&copy).unwrap();
    std::fs::create_dir_all(&copy).unwrap();
    std::fs::copy(live.join("liangu.db"), copy.join("liangu.db")).unwrap();
    let log = std::fs::read(live.join("liangu.db-wal")).unwrap();
    std::fs::write(copy.join("liangu.db-wal"), &log[..log.len() - 100]).unwrap();
    let cut = Store::open(&liangu_store::Config::Sqlite { dir: copy }, &crate::model::model(), TENANT).unwrap();
    assert_eq!(cut.count("enterprise", &Query::default()).unwrap(), cut.read(|r| r.head()).unwrap() as u64);
    assert!(cut.read(|r| r.head()).unwrap() >= 48);
    check_journal(&cut);
    std::fs::remove_dir_all(&folder).unwrap();
}

type Rows = BTreeMap<(String, liangu_base::Id), (i64, BTreeMap<(String, Option<i32>), serde_json::Value>)>;

/// Rows as the journal tells them.
fn replayed(journal: &[JournalEntry]) -> Rows {
    let mut rows = Rows::new();
    for entry in journal.iter().filter(|e| e.record != "account" && e.record != "document") {
        let key = (entry.record.clone(), entry.id);
        let (version, fields) = rows.entry(key.clone()).or_default();
        *version = entry.version;
        for change in &entry.changes {
            let place = (change.field.clone(), change.year);
            assert_eq!(
                fields.get(&place).cloned().unwrap_or_default(),
                change.from,
                "line {} begins where the last one ended",
                entry.sequence
            );
            if change.to.is_null() {
                fields.remove(&place)
            } else {
                fields.insert(place, change.to.clone())
            };
        }
        if entry.kind == liangu_store::ChangeKind::Deleted {
            rows.remove(&key);
        }
    }
    rows
}

fn stored(store: &Store) -> Rows {
    let model = Arc::clone(store.model());
    let mut rows = Rows::new();
    store
        .read(|r| {
            for record in model.records.values() {
                for item in r.query(&record.name, &Query { limit: 100_000, ..Query::default() })?.items {
                    let mut fields = BTreeMap::new();
                    let json = |name: &str, value: &Value| value.to_json(&record.fields[name].ty, &model);
                    fields.extend(item.values.iter().map(|(name, value)| ((name.clone(), None), json(name, value))));
                    for (year, values) in r.years(&record.name, item.id)? {
                        fields.extend(values.iter().map(|(name, value)| ((name.clone(), Some(year)), json(name, value))));
                    }
                    fields.retain(|_, value| !value.is_null());
                    rows.insert((record.name.clone(), item.id), (item.version, fields));
                }
            }
            Ok(())
        })
        .unwrap();
    rows
}

/// Sequences have no gaps, and the rows are what the journal says.
fn check_journal(store: &Store) {
    let journal = store.read(|r| r.journal(0, 1_000_000)).unwrap();
    assert!(journal.iter().map(|e| e.sequence).eq(1..=journal.len() as i64), "sequences without gaps");
    assert_eq!(replayed(&journal), stored(store));
}

fn any_change(random: &mut SplitMix64, ids: &[u64], versions: &BTreeMap<u64, i64>) -> Change {
    let n = ids[random.below(ids.len() as u64) as usize];
    let sizes = ["micro", "small", "medium", "large"];
    let mut v = values([("name", t(&format!("企业{}", random.below(9)))), ("region", t("431302"))]);
    if random.below(2) == 0 {
        v.insert("certs".into(), Value::set(["sme", "giant"].into_iter().take(random.below(3) as usize)));
        v.insert("contact".into(), if random.below(3) == 0 { Value::Null } else { t("王") });
        v.insert("size_class".into(), t(sizes[random.below(4) as usize]));
    }
    let year = 2023 + random.below(3) as i32;
    let revenue = if random.below(4) == 0 { Value::Null } else { Value::Int(random.below(1000) as i64) };
    let years = Years::from([(year, values([("revenue", revenue)]))]);
    let version = versions.get(&n).copied().unwrap_or(0) + i64::from(random.below(8) == 0);
    match random.below(6) {
        0 | 1 => Change::Create { record: "enterprise".into(), id: id(n), values: v, years },
        2 => delete("enterprise", n, version),
        _ => Change::Update { record: "enterprise".into(), id: id(n), expected_version: Some(version), values: v, years },
    }
}

#[test]
fn rows_are_what_the_journal_says_after_any_changes() {
    let rounds = if std::env::var("LIANGU_SOAK").is_ok_and(|v| v == "1") { 20 } else { 2 };
    on_each(|bench| {
        for seed in 0..rounds {
            let store = Store::open(&bench.config, &bench.model, &format!("tenant-{seed}")).unwrap();
            let mut random = SplitMix64::new(seed);
            let ids: Vec<u64> = (1..=8).collect();
            let mut versions: BTreeMap<u64, i64> = BTreeMap::new();
            let (mut done, mut refused) = (0, 0);
            for step in 0..150 {
                let mut changes = vec![any_change(&mut random, &ids, &versions)];
                if random.below(4) == 0 {
                    changes.push(any_change(&mut random, &ids, &versions));
                }
                let source = ["tax", "officer", "firm"][random.below(3) as usize];
                let as_of = day("2026-01-01").add_days(random.below(300) as i32);
                let stamp = Some(liangu_store::Stamp { source: source.into(), as_of });
                match store.commit(Commit { stamp, at: noon(step), ..commit_of(changes.clone()) }) {
                    Ok(receipt) => {
                        done += 1;
                        for change in changes {
                            let n = change.id().unix_ms() - 1_700_000_000_000;
                            match change {
                                Change::Delete { .. } => versions.remove(&n),
                                _ => versions.insert(n, receipt.versions[&id(n)]),
                            };
                        }
                    }
                    Err(_) => refused += 1,
                }
            }
            assert!(done > 20 && refused > 20, "{done} done, {refused} refused: the mix proves too little");
            check_journal(&store);
        }
    });
}

fn close_connections(url: &str, schema: &str) {
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    client
        .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", &[&format!("liangu {schema}")])
        .unwrap();
}

#[test]
fn connections_that_the_server_closed_are_replaced() {
    on_each(|bench| {
        let liangu_store::Config::Postgres { url, schema: Some(schema), .. } = &bench.config else { return };
        let store = bench.open();
        commit(&store, vec![firm(1, "甲", "431300")]).unwrap();
        close_connections(url, schema);
        assert_eq!(store.count("enterprise", &Query::default()).unwrap(), 1);
        commit(&store, vec![firm(2, "乙", "431300")]).unwrap();
    });
}

#[test]
fn a_request_whose_end_nobody_saw_is_settled_by_its_key() {
    on_each(|bench| {
        let liangu_store::Config::Postgres { url, schema: Some(schema), .. } = &bench.config else { return };
        let store = bench.open();
        let writers: Vec<_> = (0..4u64)
            .map(|writer| {
                let store = store.clone();
                std::thread::spawn(move || {
                    let mut again = 0;
                    for n in 0..60 {
                        let number = 1000 * (writer + 1) + n;
                        let key = Idempotency { scope: "s".into(), key: number.to_string(), body_hash: "b".into(), keep_until: noon(999) };
                        let request = Commit { idempotency: Some(key), ..commit_of(vec![firm(number, "甲", "431300")]) };
                        while let Err(error) = store.commit(request.clone()) {
                            assert!(matches!(error, StoreError::Unavailable(_) | StoreError::Busy), "{error:?}");
                            again += 1;
                        }
                    }
                    again
                })
            })
            .collect();
        while !writers.iter().all(|w| w.is_finished()) {
            close_connections(url, schema);
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let again: u64 = writers.into_iter().map(|w| w.join().unwrap()).sum();
        assert!(again > 0, "no request was ever cut off");
        assert_eq!(store.count("enterprise", &Query::default()).unwrap(), 240);
        check_journal(&store);
    });
}

#[test]
fn a_request_still_being_handled_is_said_to_be() {
    on_each(|bench| {
        let liangu_store::Config::Postgres { url, schema: Some(schema), .. } = &bench.config else { return };
        let store = bench.open();
        // Another server has claimed the key and is still at it.
        let mut other = postgres::Client::connect(url, postgres::NoTls).unwrap();
        let claim = format!(
            "BEGIN; INSERT INTO \"{schema}\".idempotency (tenant, scope, key, body_hash, sequence, at, expires) VALUES ('{TENANT}', 's', 'k', 'b', 0, 0, {})",
            noon(999).micros()
        );
        other.batch_execute(&claim).unwrap();
        let key = Idempotency { scope: "s".into(), key: "k".into(), body_hash: "b".into(), keep_until: noon(999) };
        let request = Commit { idempotency: Some(key), ..commit_of(vec![firm(1, "甲", "431300")]) };
        assert_eq!(store.commit(request.clone()).unwrap_err(), StoreError::InProgress);
        other.batch_execute("ROLLBACK").unwrap();
        assert_eq!(store.commit(request).unwrap().replayed, None);
    });
}
