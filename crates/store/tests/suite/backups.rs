//! Backups go from either database to either, and what is not whole is refused.
use crate::bench::*;
use crate::model::{model, model_with};
use liangu_base::Text;
use liangu_store::{
    Account, AccountChange, Change, Commit, DocumentPut, Engine, FileMeta, Manifest, Outbox, Query, Store, StoreError, Value, Years,
};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// Something of everything the store keeps.
fn fill(store: &Store) {
    let years = Years::from([(2025, values([("revenue", Value::Int(12_345))])), (2024, values([("employees", Value::Int(7))]))]);
    let firm = |n: u64| Change::Create {
        record: "enterprise".into(),
        id: id(n),
        values: values([
            ("name", t(&format!("涟钢\t{n}\\N\n'\"有限公司"))),
            ("region", t("431302")),
            ("dishonest", Value::Bool(n.is_multiple_of(2))),
            ("certs", Value::set(["sme"])),
        ]),
        years: years.clone(),
    };
    commit(store, (1..=30).map(firm).collect()).unwrap();
    let title = Value::Bilingual(Text::new("技术改造", "Renewal"));
    let account = Account {
        id: id(900),
        login: "officer".into(),
        name: "王".into(),
        password_hash: Some("$argon2id$x".into()),
        roles: vec!["officer".into()],
        firm: None,
        organisation: None,
        region: Some("431300".into()),
        park: None,
        disabled: false,
        must_change: true,
        version: 0,
    };
    let everything = Commit {
        facts: vec![fact(1, "size_class", None, t("small"), "tax", "2026-01-01")],
        documents: vec![DocumentPut {
            kind: "setting".into(),
            key: "name".into(),
            value: Some(json!({"zh": "娄底"})),
            expected_version: None,
            journal: true,
        }],
        accounts: vec![AccountChange::Create(account)],
        outbox: vec![Outbox { topic: "made".into(), payload: json!(1) }],
        ..commit_of(vec![
            create("policy", 100, values([("title", title)])),
            create("request", 101, values([("text", t("停电"))])),
            delete("enterprise", 30, 1),
        ])
    };
    store.commit(everything).unwrap();
    let meta = FileMeta {
        id: id(500),
        name: "章程.pdf".into(),
        media_type: "application/pdf".into(),
        record: Some("enterprise".into()),
        record_id: Some(id(1)),
    };
    store.put_file(&meta, b"%PDF", Some(id(900)), noon(0)).unwrap();
}

fn backed_up(bench: &Bench) -> (Store, PathBuf, Manifest) {
    let store = bench.open();
    fill(&store);
    let dest = bench.folder().join("backup");
    let manifest = store.backup(&dest, noon(5)).unwrap();
    (store, dest, manifest)
}

#[test]
fn a_backup_of_either_database_restores_into_either() {
    for from in engines() {
        for to in engines() {
            let source = Bench::new(from, model());
            let (store, dest, manifest) = backed_up(&source);
            let target = Bench::new(to, model());
            assert_eq!(Store::restore(&dest, &target.config, &target.model, TENANT).unwrap(), manifest);
            let restored = target.open();
            assert_eq!(restored.digest().unwrap(), store.digest().unwrap(), "{} to {}", from.label(), to.label());
            assert_eq!(restored.digest().unwrap(), manifest.tables);
            assert_eq!(restored.file_bytes(id(500)).unwrap(), b"%PDF");
            assert_eq!(restored.read(|r| r.account_by_login("officer")).unwrap(), store.read(|r| r.account_by_login("officer")).unwrap());
            let searched = Query { text: Some("涟钢".into()), ..Query::default() };
            assert_eq!(restored.count("enterprise", &searched).unwrap(), 29);
            let next = commit(&restored, vec![create("request", 102, values([("text", t("x"))]))]).unwrap();
            assert_eq!(next.sequence, store.read(|r| r.head()).unwrap() + 1, "the journal goes on where it was");
            assert_eq!(value(&restored, "request", 102, "number"), t("SQ-2026-000002"));
        }
    }
}

#[test]
fn a_backup_taken_under_writing_is_one_moment() {
    on_each(|bench| {
        let store = bench.open();
        let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (writer, ended) = (store.clone(), std::sync::Arc::clone(&stop));
        let writing = std::thread::spawn(move || {
            let mut n = 1;
            while !ended.load(std::sync::atomic::Ordering::SeqCst) {
                commit(&writer, vec![firm(n, "甲", "431300"), firm(n + 1, "乙", "431300")]).unwrap();
                n += 2;
            }
        });
        while store.read(|r| r.head()).unwrap() < 20 {
            std::thread::yield_now();
        }
        let manifest = store.backup(&bench.folder().join("backup"), noon(1)).unwrap();
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
        writing.join().unwrap();
        let rows = |name: &str| manifest.tables.iter().find(|t| t.name == name).unwrap().rows;
        assert!(rows("enterprise") >= 20 && rows("enterprise").is_multiple_of(2));
        assert_eq!((rows("journal"), rows("fact")), (rows("enterprise"), rows("enterprise")));
        Store::verify_backup(&bench.folder().join("backup")).unwrap();
    });
}

fn restored_to(target: &Bench, dest: &Path) -> StoreError {
    Store::restore(dest, &target.config, &target.model, TENANT).unwrap_err()
}

#[test]
fn one_changed_byte_anywhere_is_noticed() {
    on_each(|bench| {
        let (_store, dest, manifest) = backed_up(bench);
        for file in &manifest.files {
            let path = dest.join(&file.path);
            let whole = fs::read(&path).unwrap();
            let mut broken = whole.clone();
            let middle = broken.len() / 2;
            broken[middle] ^= 1;
            fs::write(&path, &broken).unwrap();
            let target = Bench::new(bench.engine(), model());
            assert!(matches!(restored_to(&target, &dest), StoreError::Damaged(_)), "{}", file.path);
            assert!(!Store::exists(&target.config).unwrap());
            fs::remove_file(&path).unwrap();
            assert!(matches!(restored_to(&target, &dest), StoreError::Damaged(_)), "{}", file.path);
            fs::write(&path, &whole).unwrap();
        }
        // Digests made to fit the files, but not the rows.
        let text = fs::read_to_string(dest.join("manifest.json")).unwrap();
        let journal = manifest.tables.iter().find(|t| t.name == "journal").unwrap();
        fs::write(dest.join("manifest.json"), text.replace(&journal.sha256, &"0".repeat(64))).unwrap();
        let target = Bench::new(bench.engine(), model());
        assert!(matches!(restored_to(&target, &dest), StoreError::Damaged(_)));
        assert!(!Store::exists(&target.config).unwrap());
        fs::write(dest.join("manifest.json"), "{").unwrap();
        assert!(matches!(restored_to(&target, &dest), StoreError::Damaged(_)));
        fs::remove_file(dest.join("manifest.json")).unwrap();
        assert!(matches!(restored_to(&target, &dest), StoreError::Unknown(_)));
    });
}

#[test]
fn nothing_is_overwritten() {
    on_each(|bench| {
        let (store, dest, _) = backed_up(bench);
        let other = Bench::new(bench.engine(), model());
        assert!(
            matches!(Store::restore(&dest, &other.config, &other.model, "430100"), Err(StoreError::Unknown(_))),
            "it is of another city"
        );
        let before = store.digest().unwrap();
        assert!(matches!(store.backup(&dest, noon(6)).unwrap_err(), StoreError::NotEmpty(_)));
        assert!(matches!(restored_to(bench, &dest), StoreError::NotEmpty(_)));
        assert_eq!(store.digest().unwrap(), before);
    });
}

#[test]
fn rows_are_not_restored_under_another_model() {
    for engine in engines() {
        let source = Bench::new(engine, model());
        let (_store, dest, _) = backed_up(&source);
        let target = Bench::new(engine, model_with("model-2", |_| {}));
        match engine {
            Engine::Postgres => assert!(matches!(restored_to(&target, &dest), StoreError::ModelChanged { .. })),
            Engine::Sqlite => {
                Store::restore(&dest, &target.config, &target.model, TENANT).unwrap();
                assert!(matches!(Store::open(&target.config, &target.model, TENANT), Err(StoreError::ModelChanged { .. })));
            }
        }
    }
}
