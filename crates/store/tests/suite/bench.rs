//! A place for one test on one database, and short words for what tests write.
use liangu_base::{Date, Id, Instant};
use liangu_model::Model;
use liangu_store::{Bulk, Change, Commit, Config, Engine, FactEntry, Item, Receipt, Stamp, Store, StoreError, Value, Values, Years};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

pub const TENANT: &str = "431300";

/// An empty database of one engine; gone when dropped.
pub struct Bench {
    pub config: Config,
    pub model: Arc<Model>,
    folder: PathBuf,
}

static PLACES: AtomicU32 = AtomicU32::new(0);

pub fn folder() -> PathBuf {
    let n = PLACES.fetch_add(1, Ordering::SeqCst);
    let folder = std::env::temp_dir().join(format!("liangu-store-{}-{n}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

/// The PostgreSQL server of the test run. Where one is required, its absence is a failure.
pub fn server() -> Option<String> {
    let url = std::env::var("LIANGU_TEST_PG").ok().filter(|url| !url.is_empty());
    let required = std::env::var("LIANGU_REQUIRE_PG").is_ok_and(|v| v == "1");
    assert!(url.is_some() || !required, "LIANGU_REQUIRE_PG=1 but LIANGU_TEST_PG names no server; run the tests by scripts/pg-test.sh");
    url
}

impl Bench {
    pub fn new(engine: Engine, model: Arc<Model>) -> Bench {
        let folder = folder();
        let config = match engine {
            Engine::Sqlite => Config::Sqlite { dir: folder.join("data") },
            Engine::Postgres => {
                let schema = format!("test_{}_{}", std::process::id(), PLACES.fetch_add(1, Ordering::SeqCst));
                Config::Postgres { url: server().expect("a server"), schema: Some(schema), files: folder.join("data") }
            }
        };
        Bench { config, model, folder }
    }

    pub fn open(&self) -> Store {
        Store::open(&self.config, &self.model, TENANT).expect("the store opens")
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn engine(&self) -> Engine {
        match self.config {
            Config::Sqlite { .. } => Engine::Sqlite,
            Config::Postgres { .. } => Engine::Postgres,
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Config::Postgres { url, schema: Some(schema), .. } = &self.config
            && let Ok(mut client) = postgres::Client::connect(url, postgres::NoTls)
        {
            let _ = client.batch_execute(&format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE"));
        }
    }
}

/// Runs a test on SQLite, and on PostgreSQL where there is a server.
pub fn on_each(test: impl Fn(&Bench)) {
    for engine in engines() {
        test(&Bench::new(engine, super::model::model()));
    }
}

pub fn engines() -> Vec<Engine> {
    let mut engines = vec![Engine::Sqlite];
    engines.extend(server().map(|_| Engine::Postgres));
    engines
}

pub fn id(n: u64) -> Id {
    Id::v7(1_700_000_000_000 + n, u128::from(n))
}

pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

pub fn noon(n: i64) -> Instant {
    Instant::at_beijing(day("2026-11-24"), 12, 0, 0).expect("a time").plus_seconds(n)
}

pub fn t(text: &str) -> Value {
    Value::text(text)
}

pub fn values<const N: usize>(pairs: [(&str, Value); N]) -> Values {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub fn stamp(source: &str, as_of: &str) -> Option<Stamp> {
    Some(Stamp { source: source.to_owned(), as_of: day(as_of) })
}

pub fn create(record: &str, n: u64, values: Values) -> Change {
    Change::Create { record: record.to_owned(), id: id(n), values, years: Years::new() }
}

pub fn update(record: &str, n: u64, version: i64, values: Values) -> Change {
    Change::Update { record: record.to_owned(), id: id(n), expected_version: Some(version), values, years: Years::new() }
}

pub fn delete(record: &str, n: u64, version: i64) -> Change {
    Change::Delete { record: record.to_owned(), id: id(n), expected_version: version }
}

/// A commit of changes whose facts come from the officer.
pub fn commit_of(changes: Vec<Change>) -> Commit {
    Commit { changes, stamp: stamp("officer", "2026-11-20"), actor: Some(id(1)), ..Commit::new(noon(0), "test") }
}

pub fn commit(store: &Store, changes: Vec<Change>) -> Result<Receipt, StoreError> {
    store.commit(commit_of(changes))
}

pub fn firm(n: u64, name: &str, region: &str) -> Change {
    create("enterprise", n, values([("name", t(name)), ("region", t(region))]))
}

pub fn fact(n: u64, field: &str, year: Option<i32>, value: Value, source: &str, as_of: &str) -> FactEntry {
    FactEntry {
        record: "enterprise".to_owned(),
        id: id(n),
        field: field.to_owned(),
        year,
        value,
        source: source.to_owned(),
        as_of: day(as_of),
    }
}

pub fn item(store: &Store, record: &str, n: u64) -> Item {
    store.get(record, id(n)).expect("a read").expect("the record")
}

pub fn value(store: &Store, record: &str, n: u64, field: &str) -> Value {
    item(store, record, n).values.remove(field).expect("the field")
}

pub fn bulk(change: Change) -> Bulk {
    Bulk { change, facts: Vec::new() }
}
