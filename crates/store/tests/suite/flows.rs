//! Records with a flow: the timers have an index, and a state that goes must be empty.
use crate::bench::*;
use crate::model::{added_field, model_with};
use liangu_base::Text;
use liangu_flow::{Definition, Duty, Kind, Outcome, State};
use liangu_model::Model;
use liangu_model::record::{FLOW_DUE, FieldType};
use liangu_store::{Store, StoreError};
use std::sync::Arc;

/// Requests with a flow of these states.
fn with_states(version: u32, states: &[&str], moved: &[(&str, &str)]) -> Arc<Model> {
    model_with(&format!("flow-{version}-{}", states.len() + moved.len()), |records| {
        let kind = Kind::Done { outcome: Outcome::Fulfilled, reopen: None };
        let state = State { label: Text::default(), kind, duty: Duty::Nobody };
        let request = records.iter_mut().find(|r| r.name == "request").expect("the record");
        for field in [added_field("state", FieldType::Text { limit: 20 }, ""), added_field(FLOW_DUE, FieldType::Instant, "")] {
            request.fields.insert(field.name.clone(), field);
        }
        request.flow = Some(Arc::new(Definition {
            version,
            start: "draft".into(),
            states: states.iter().map(|s| ((*s).to_owned(), state.clone())).collect(),
            moved: moved.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect(),
            ..Definition::default()
        }));
    })
}

#[test]
fn a_state_goes_when_no_row_is_in_it_or_a_successor_is_named() {
    on_each(|bench| {
        let first = with_states(1, &["draft", "old"], &[]);
        let config = &bench.config;
        let store = Store::open(config, &first, TENANT).unwrap();
        let request = |n, state| create("request", n, values([("text", t("x")), ("state", t(state))]));
        commit(&store, vec![request(1, "draft"), request(2, "old")]).unwrap();
        drop(store);
        let without = with_states(2, &["draft"], &[]);
        let planned = Store::plan(config, &without).unwrap();
        assert_eq!(planned.refused.len(), 1);
        assert!(planned.refused[0].message.en.contains("state old of request is removed, but 1 cases are in it"));
        assert!(matches!(Store::migrate(config, &without), Err(StoreError::Unknown(_))));
        let moved = with_states(2, &["draft"], &[("old", "draft")]);
        assert!(Store::plan(config, &moved).unwrap().refused.is_empty());
        let store = Store::open(config, &first, TENANT).unwrap();
        commit(&store, vec![update("request", 2, 1, values([("state", t("draft"))]))]).unwrap();
        drop(store);
        assert!(Store::migrate(config, &without).unwrap().refused.is_empty());
        Store::open(config, &without, TENANT).unwrap();
    });
}

#[test]
fn timers_are_found_by_an_index() {
    let bench = Bench::new(liangu_store::Engine::Sqlite, with_states(1, &["draft"], &[]));
    drop(bench.open());
    let file = rusqlite::Connection::open(bench.config.dir().join("liangu.db")).unwrap();
    let sql = format!("EXPLAIN QUERY PLAN SELECT id FROM request WHERE tenant = 't' AND {FLOW_DUE} <= 1 ORDER BY {FLOW_DUE} LIMIT 500");
    let plan: String = file.query_row(&sql, [], |row| row.get(3)).unwrap();
    assert!(plan.contains(&format!("request_{FLOW_DUE}_index")), "{plan}");
}
