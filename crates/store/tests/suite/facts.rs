//! Facts: who says what, whose word the row shows, what is contested.
use crate::bench::*;
use liangu_store::{Change, Commit, FactEntry, Outranked, Receipt, Store, Value, Years};

fn say(store: &Store, at: i64, facts: Vec<FactEntry>) -> Receipt {
    store.commit(Commit { facts, ..Commit::new(noon(at), "say") }).unwrap()
}

fn size(store: &Store) -> Value {
    value(store, "enterprise", 1, "size_class")
}

#[test]
fn the_better_source_counts_whenever_it_speaks() {
    on_each(|bench| {
        let store = bench.open();
        commit(&store, vec![firm(1, "甲", "431300")]).unwrap();
        say(&store, 1, vec![fact(1, "size_class", None, t("micro"), "firm", "2026-01-01")]);
        assert_eq!(size(&store), t("micro"));
        say(&store, 2, vec![fact(1, "size_class", None, t("small"), "tax", "2025-06-01")]);
        assert_eq!(size(&store), t("small"), "the tax office outranks the firm, though its word is older");
        let receipt = say(&store, 3, vec![fact(1, "size_class", None, t("large"), "firm", "2026-05-01")]);
        assert_eq!(receipt.outranked, [Outranked { id: id(1), field: "size_class".into(), year: None }]);
        assert_eq!(size(&store), t("small"));
        say(&store, 4, vec![fact(1, "size_class", None, t("medium"), "statistics", "2026-05-01")]);
        assert_eq!(size(&store), t("medium"), "of equal rank, and later");
        say(&store, 5, vec![fact(1, "size_class", None, t("micro"), "statistics", "2024-05-01")]);
        assert_eq!(size(&store), t("medium"), "an older word that arrives late changes nothing");
        say(&store, 6, vec![fact(1, "size_class", None, Value::Null, "statistics", "2026-06-01")]);
        assert_eq!(size(&store), t("small"), "a word taken back leaves the next best");
        let conflicts = store.read(|r| r.conflicts("enterprise", id(1))).unwrap();
        assert!(conflicts.iter().all(|f| f.field == "size_class"), "the region is not contested");
        let current: Vec<_> = conflicts.iter().filter(|f| f.current).map(|f| (f.source.as_str(), f.value.clone())).collect();
        assert_eq!(current, [("tax", t("small"))]);
        assert_eq!(conflicts.len(), 6, "everything said is kept");
    });
}

#[test]
fn an_edit_by_a_weaker_source_is_kept_but_does_not_count() {
    on_each(|bench| {
        let store = bench.open();
        commit(&store, vec![firm(1, "甲", "431300")]).unwrap();
        say(&store, 1, vec![fact(1, "revenue", Some(2025), Value::Int(100), "tax", "2026-03-01")]);
        let years = Years::from([(2025, values([("revenue", Value::Int(900))])), (2024, values([("revenue", Value::Int(800))]))]);
        let edit = Change::Update {
            record: "enterprise".into(),
            id: id(1),
            expected_version: None,
            values: values([("contact", t("李"))]),
            years,
        };
        let receipt = store.commit(Commit { stamp: stamp("firm", "2026-04-01"), ..commit_of(vec![edit]) }).unwrap();
        assert_eq!(receipt.outranked, [Outranked { id: id(1), field: "revenue".into(), year: Some(2025) }]);
        let years = store.read(|r| r.years("enterprise", id(1))).unwrap();
        assert_eq!((&years[&2025]["revenue"], &years[&2024]["revenue"]), (&Value::Int(100), &Value::Int(800)));
        assert_eq!(value(&store, "enterprise", 1, "contact"), t("李"));
        let facts = store.read(|r| r.facts("enterprise", id(1))).unwrap();
        let of_2025: Vec<_> = facts.iter().filter(|f| f.year == Some(2025)).map(|f| (f.source.as_str(), f.current, f.contested)).collect();
        assert_eq!(of_2025, [("firm", false, true), ("tax", true, true)]);
    });
}

#[test]
fn a_new_record_with_several_sources_shows_the_best() {
    on_each(|bench| {
        let store = bench.open();
        let facts = vec![
            fact(1, "size_class", None, t("large"), "firm", "2026-01-01"),
            fact(1, "size_class", None, t("small"), "tax", "2025-01-01"),
            fact(1, "employees", Some(2025), Value::Int(12), "statistics", "2026-01-31"),
        ];
        let receipt = store.commit(Commit { facts, ..commit_of(vec![firm(1, "甲", "431300")]) }).unwrap();
        assert_eq!((receipt.sequence, receipt.outranked.len()), (1, 1), "one record, one line");
        assert_eq!(size(&store), t("small"));
        assert_eq!(store.read(|r| r.years("enterprise", id(1))).unwrap()[&2025]["employees"], Value::Int(12));
    });
}
