//! A database made for one model and brought to another: additions and renames, with everything stored kept.
use crate::bench::*;
use crate::model::{added_field, model, model_with};
use liangu_model::Model;
use liangu_model::record::{FieldType, Record};
use liangu_store::{Change, Query, Store, StoreError, Value, Years};
use std::sync::Arc;

fn enterprise(records: &mut [Record]) -> &mut Record {
    records.iter_mut().find(|r| r.name == "enterprise").expect("the record")
}

/// Firms with some values, in a database of the first model.
fn stored(bench: &Bench) {
    let store = bench.open();
    let years = Years::from([(2025, values([("revenue", Value::Int(500))]))]);
    let v = values([("name", t("甲")), ("region", t("431302")), ("contact", t("王")), ("registered_capital", Value::Int(12_345))]);
    let change = Change::Create { record: "enterprise".into(), id: id(1), values: v, years };
    commit(&store, vec![change, firm(2, "乙", "430100")]).unwrap();
}

fn changed() -> Arc<Model> {
    model_with("model-2", |records| {
        let firm = enterprise(records);
        let mut renamed = firm.fields.shift_remove("contact").unwrap();
        renamed.name = "contact_name".into();
        renamed.was = Some("contact".into());
        firm.fields.insert(renamed.name.clone(), renamed);
        let mut size = firm.fields.shift_remove("size_class").unwrap();
        size.name = "scale".into();
        size.was = Some("size_class".into());
        firm.fields.insert(size.name.clone(), size);
        firm.fields.shift_remove("park");
        for field in [
            added_field("staff", FieldType::Int, "y"),
            added_field("motto", FieldType::Bilingual { limit: 50 }, ""),
            added_field("tax_code", FieldType::Text { limit: 20 }, "u"),
        ] {
            firm.fields.insert(field.name.clone(), field);
        }
        let capital = firm.fields.get_mut("registered_capital").unwrap();
        capital.ty = FieldType::Int;
        capital.convert = Some("old / yuan(1)".into());
        firm.filters = vec!["region".into(), "scale".into()];
        firm.search.push("motto".into());
        let mut product =
            Record { name: "product".into(), prefix: "pro".into(), ..copy(records.iter().find(|r| r.name == "park").unwrap()) };
        product.fields.insert("made".into(), added_field("made", FieldType::Int, "y"));
        records.push(product);
    })
}

fn copy(record: &Record) -> Record {
    let fields = record.fields.values().map(|f| {
        let flags = format!("{}{}", if f.required { "r" } else { "" }, if f.unique { "u" } else { "" });
        (f.name.clone(), added_field(&f.name, f.ty.clone(), &flags))
    });
    Record {
        name: record.name.clone(),
        pack: record.pack.clone(),
        label: record.label.clone(),
        archetype: record.archetype,
        prefix: record.prefix.clone(),
        title: record.title.clone(),
        child_of: None,
        fields: fields.collect(),
        groups: Default::default(),
        columns: Vec::new(),
        filters: Vec::new(),
        facets: Vec::new(),
        sort: record.sort.clone(),
        search: Vec::new(),
        scope: Default::default(),
        can_create: Vec::new(),
        can_update: Default::default(),
        flow: None,
    }
}

#[test]
fn another_model_is_refused_until_the_database_is_migrated() {
    on_each(|bench| {
        stored(bench);
        let store = bench.open();
        commit(&store, vec![update("enterprise", 1, 1, values([("size_class", t("small"))]))]).unwrap();
        drop(store);
        let after = changed();
        match Store::open(&bench.config, &after, TENANT) {
            Err(error @ StoreError::ModelChanged { .. }) => {
                let text = liangu_base::Explain::text(&error);
                assert!(text.zh.contains("liangu pack plan") && text.en.contains("liangu pack plan"));
            }
            other => panic!("expected a refusal, got {:?}", other.map(|_| ())),
        }
        let planned = Store::plan(&bench.config, &after).unwrap();
        assert!(!planned.is_empty() && planned.refused.is_empty());
        assert_eq!(Store::migrate(&bench.config, &after).unwrap(), planned);
        let store = Store::open(&bench.config, &after, TENANT).unwrap();
        let firm = item(&store, "enterprise", 1);
        assert_eq!(
            (&firm.values["contact_name"], &firm.values["scale"], &firm.values["registered_capital"]),
            (&t("王"), &t("small"), &Value::Int(123))
        );
        assert_eq!((&firm.values["motto"], firm.values.get("park")), (&Value::Null, None));
        let facts = store.read(|r| r.facts("enterprise", id(1))).unwrap();
        assert!(facts.iter().any(|f| f.field == "scale" && f.current), "facts follow the new name");
        let motto = Value::Bilingual(liangu_base::Text::new("钢铁报国", "Steel"));
        let years = Years::from([(2025, values([("staff", Value::Int(3))]))]);
        let change = Change::Update {
            record: "enterprise".into(),
            id: id(1),
            expected_version: Some(2),
            values: values([("motto", motto), ("tax_code", t("T1"))]),
            years,
        };
        commit(&store, vec![change]).unwrap();
        assert_eq!(store.count("enterprise", &Query { text: Some("报国".into()), ..Query::default() }).unwrap(), 1);
        assert_eq!(store.count("enterprise", &Query { text: Some("乙".into()), ..Query::default() }).unwrap(), 1);
        assert_eq!(store.read(|r| r.years("enterprise", id(1))).unwrap()[&2025]["revenue"], Value::Int(500));
        commit(&store, vec![update("enterprise", 2, 1, values([("tax_code", t("T1"))]))]).unwrap_err();
        commit(&store, vec![create("product", 50, values([("name", t("硅钢"))]))]).unwrap();
        assert!(Store::plan(&bench.config, &after).unwrap().is_empty());
        assert!(matches!(Store::open(&bench.config, &bench.model, TENANT), Err(StoreError::ModelChanged { .. })));
    });
}

#[test]
fn what_cannot_be_done_without_loss_is_not_done_at_all() {
    on_each(|bench| {
        stored(bench);
        let retyped = model_with("model-3", |records| {
            let firm = enterprise(records);
            firm.fields.insert("motto".into(), added_field("motto", FieldType::Text { limit: 9 }, ""));
            firm.fields.get_mut("established").unwrap().ty = FieldType::Int;
        });
        assert!(matches!(Store::migrate(&bench.config, &retyped), Err(StoreError::Unknown(_))));
        let doubled = model_with("model-4", |records| {
            let firm = enterprise(records);
            firm.fields.insert("motto".into(), added_field("motto", FieldType::Text { limit: 9 }, ""));
            firm.fields.get_mut("region").unwrap().unique = false;
            firm.fields.get_mut("name").unwrap().unique = true;
        });
        let store = bench.open();
        commit(&store, vec![firm(3, "甲", "431300")]).unwrap();
        let before = store.digest().unwrap();
        drop(store);
        match Store::migrate(&bench.config, &doubled) {
            Err(StoreError::Unknown(text)) => assert!(text.en.contains("occur twice")),
            other => panic!("expected a refusal, got {other:?}"),
        }
        assert_eq!(bench.open().digest().unwrap(), before);
    });
}

#[test]
fn what_left_the_packs_is_there_when_it_comes_back() {
    on_each(|bench| {
        stored(bench);
        let without = model_with("without", |records| {
            enterprise(records).fields.shift_remove("contact");
        });
        Store::migrate(&bench.config, &without).unwrap();
        let store = Store::open(&bench.config, &without, TENANT).unwrap();
        assert_eq!(item(&store, "enterprise", 1).values.get("contact"), None);
        commit(&store, vec![update("enterprise", 1, 1, values([("name", t("新名"))]))]).unwrap();
        drop(store);
        Store::migrate(&bench.config, &model()).unwrap();
        assert_eq!(value(&bench.open(), "enterprise", 1, "contact"), t("王"));
    });
}

#[test]
fn a_backup_has_what_left_the_packs() {
    for from in engines() {
        for to in engines() {
            let (source, target) = (Bench::new(from, model()), Bench::new(to, model()));
            stored(&source);
            let without = model_with("without", |records| {
                enterprise(records).fields.shift_remove("contact");
                enterprise(records).fields.shift_remove("employees");
                records.retain(|r| r.name != "request");
            });
            Store::migrate(&source.config, &without).unwrap();
            let dest = source.folder().join("backup");
            Store::open(&source.config, &without, TENANT).unwrap().backup(&dest, noon(0)).unwrap();
            Store::restore(&dest, &target.config, &without, TENANT).unwrap();
            Store::migrate(&target.config, &model()).unwrap();
            let restored = target.open();
            assert_eq!(value(&restored, "enterprise", 1, "contact"), t("王"), "{} to {}", from.label(), to.label());
            commit(&restored, vec![create("request", 9, values([("text", t("x"))]))]).unwrap();
        }
    }
}

#[test]
fn a_newer_format_is_refused() {
    let bench = Bench::new(liangu_store::Engine::Sqlite, model());
    stored(&bench);
    let dir = bench.config.dir().to_owned();
    let file = rusqlite::Connection::open(dir.join("liangu.db")).unwrap();
    file.execute("UPDATE meta SET value = '9' WHERE key = 'format'", []).unwrap();
    assert!(matches!(Store::open(&bench.config, &bench.model, TENANT), Err(StoreError::Unknown(_))));
}
