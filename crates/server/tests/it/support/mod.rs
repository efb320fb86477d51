//! [`TestApp`]: a small region in a temporary store, and a client for each kind of person.
mod client;
pub mod region;

pub use client::{Answer, Client};

use axum::Router;
use liangu_app::accounts::personas::{self, PersonaAccount};
use liangu_app::installation::{Installation, initialise};
use liangu_app::secrets::{Secrets, SystemSecrets};
use liangu_app::{App, Options};
use liangu_base::{Clock, Date, Id, IdSequence, Instant, Text};
use liangu_model::{Model, SourceFile};
use liangu_server::route::Route;
use liangu_server::{Settings, router, table};
use liangu_store::{Change, Commit, Config, Store, Value, Values, Years};
use region::Region;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

/// The day of every test.
pub const TODAY: (i32, u32, u32) = (2026, 11, 20);

const TENANT: &str = "431300";

static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| model(vec![]));

fn model(packs: Vec<SourceFile>) -> Arc<Model> {
    Arc::new(liangu_packs::load(packs).expect("the packs are sound"))
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A clock that a test moves.
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::Relaxed))
    }
}

pub struct TestApp {
    pub app: Arc<App>,
    pub store: Store,
    pub clock: Arc<TestClock>,
    pub region: Region,
    pub set_up_token: Option<String>,
    router: Router,
    dir: PathBuf,
    config: Config,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// SQLite always; PostgreSQL where `LIANGU_TEST_PG` names a server.
pub fn databases() -> Vec<Database> {
    let postgres = std::env::var("LIANGU_TEST_PG").is_ok();
    assert!(postgres || std::env::var("LIANGU_REQUIRE_PG").is_err(), "LIANGU_REQUIRE_PG is set and LIANGU_TEST_PG is not");
    if postgres { vec![Database::Sqlite, Database::Postgres] } else { vec![Database::Sqlite] }
}

impl TestApp {
    /// A demonstration of the small region with its seven personas, on SQLite.
    pub fn new() -> TestApp {
        TestApp::on(Database::Sqlite)
    }

    pub fn on(database: Database) -> TestApp {
        TestApp::start(database, true, table::routes(), MODEL.clone())
    }

    /// With packs beside those that come with the program.
    pub fn with_packs(database: Database, packs: Vec<SourceFile>) -> TestApp {
        TestApp::start(database, true, table::routes(), model(packs))
    }

    /// The same data under other packs, as after an upgrade of the program.
    pub fn upgrade(&mut self, packs: Vec<SourceFile>) {
        let (config, clock) = (&self.config, &self.clock);
        let work = || {
            let model = model(packs);
            Store::migrate(config, &model).expect("the plan is carried out");
            let store = Store::open(config, &model, TENANT).expect("the store opens");
            let options = Options { clock: clock.clone(), secrets: Arc::new(SystemSecrets), version: "test".into() };
            let app = App::open(store.clone(), options).expect("the app opens");
            (app, store)
        };
        let (app, store) = blocking(work);
        std::mem::forget(app.clone());
        // The earlier one ends with the process: its connections must not be dropped on a thread of async tests.
        std::mem::forget(std::mem::replace(&mut self.app, app));
        std::mem::forget(std::mem::replace(&mut self.store, store));
        self.router = router(self.app.clone(), table::routes(), Settings { secure_cookies: false });
    }

    /// The same region served by another table of routes.
    pub fn with_routes(routes: Vec<Route>) -> TestApp {
        TestApp::start(Database::Sqlite, true, routes, MODEL.clone())
    }

    /// Gives a policy another rule, as a release does.
    pub fn rule(&self, policy: &str, when: &str) {
        let values = Values::from([("when".to_owned(), Value::text(when))]);
        let id = self.region.policy(policy);
        let change = Change::Update { record: "policy".to_owned(), id, expected_version: None, values, years: Years::new() };
        self.store.commit(Commit { changes: vec![change], ..Commit::new(self.clock.now(), "test.rule") }).expect("the rule is written");
    }

    /// A fresh real installation: nobody can sign in yet.
    pub fn fresh() -> TestApp {
        TestApp::start(Database::Sqlite, false, table::routes(), MODEL.clone())
    }

    /// Opened on a thread of its own, as the program opens a store before its runtime: the PostgreSQL client blocks, and
    /// must neither be made nor dropped on a thread that runs async tests; its connections end with the process.
    fn start(database: Database, demonstration: bool, routes: Vec<Route>, model: Arc<Model>) -> TestApp {
        blocking(|| TestApp::made(database, demonstration, routes, model))
    }

    fn made(database: Database, demonstration: bool, routes: Vec<Route>, model: Arc<Model>) -> TestApp {
        std::thread::scope(|scope| {
            let built = scope.spawn(|| {
                let app = TestApp::build(database, demonstration, routes, &model);
                if matches!(database, Database::Postgres) {
                    std::mem::forget(app.app.clone());
                }
                app
            });
            built.join().expect("the application opens")
        })
    }

    fn build(database: Database, demonstration: bool, routes: Vec<Route>, model: &Arc<Model>) -> TestApp {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("liangu_it_{}_{number}", std::process::id());
        let dir = std::env::temp_dir().join(&name);
        let config = match database {
            Database::Sqlite => Config::Sqlite { dir: dir.clone() },
            Database::Postgres => Config::Postgres {
                url: std::env::var("LIANGU_TEST_PG").expect("databases() looked"),
                schema: Some(name),
                files: dir.clone(),
            },
        };
        let store = Store::open(&config, model, TENANT).expect("a store in a temporary place");
        let day = Date::from_ymd(TODAY.0, TODAY.1, TODAY.2).expect("a day");
        let clock = Arc::new(TestClock(AtomicI64::new(Instant::at_beijing(day, 9, 0, 0).expect("an hour").micros())));
        let installation = Installation {
            name: Text::fixed("娄底链谷（测试）", "Liangu Loudi (test)"),
            region: "431300".into(),
            demonstration,
            // Days pass with the clock, which starts on the day of every test.
            as_of: None,
        };
        let set_up_token = initialise(&store, &installation, &SystemSecrets, clock.now()).expect("a fresh installation");
        let mut ids = IdSequence::default();
        let region = Region::seed(&store, clock.now(), &mut ids);
        if demonstration {
            let people = people(&region);
            personas::create(&store, &people, clock.now(), || ids.next(clock.now().millis().unsigned_abs(), 7)).expect("personas");
        }
        let options = Options { clock: clock.clone(), secrets: Arc::new(SystemSecrets), version: "test".into() };
        let app = App::open(store.clone(), options).expect("the app opens");
        let router = router(app.clone(), routes, Settings { secure_cookies: false });
        TestApp { app, store, clock, region, set_up_token, router, dir, config }
    }

    pub fn anonymous(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// Signed in as a persona.
    pub async fn persona(&self, key: &str) -> Client {
        let mut client = self.anonymous();
        client.post("/api/demo/session", serde_json::json!({"persona": key})).await.ok();
        client
    }

    /// An account with a password of its own, made and first signed in to by the ordinary ways.
    pub async fn account(&self, login: &str, roles: &[&str], firm: Option<&str>) -> Client {
        let mut admin = self.persona("administrator").await;
        let new = serde_json::json!({"login": login, "name": login, "roles": roles, "firm": firm, "region": "431300"});
        let made = admin.post("/api/accounts", new).await.created();
        let path = format!("/api/accounts/{}/password", made["id"].as_str().expect("an id"));
        let once = admin.post(&path, serde_json::json!({})).await.ok();
        let mut client = self.anonymous();
        client.post("/api/session", serde_json::json!({"login": login, "password": once["password"]})).await.ok();
        client.post("/api/session/password", serde_json::json!({"old": once["password"], "new": PASSWORD})).await.ok();
        client
    }

    /// Days of the calendar.
    pub fn advance_days(&self, days: i64) {
        self.advance_minutes(days * 24 * 60);
    }

    /// Does what is due by the clock.
    pub fn tick(&self) {
        blocking(|| self.app.tick().expect("work by the clock"));
    }

    pub fn advance_minutes(&self, minutes: i64) {
        self.clock.0.fetch_add(minutes * 60_000_000, Ordering::Relaxed);
    }
}

/// The password that accounts of tests choose.
pub const PASSWORD: &str = "blue stone bridge";

/// Runs what blocks away from the thread that drives the test, as the server does.
pub fn blocking<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.dir));
    }
}

fn people(region: &Region) -> Vec<PersonaAccount> {
    personas::keys()
        .map(|key| PersonaAccount {
            key: key.to_owned(),
            name: format!("演示{key}"),
            firm: (key == "firm").then_some(region.firm("lianyuan")),
            organisation: None,
            park: (key == "park").then_some(region.park),
            region: match key {
                "firm" | "park" => None,
                "officer" => Some("431382".into()),
                _ => Some("431300".into()),
            },
        })
        .collect()
}

/// A token nobody has.
pub fn stranger_token() -> String {
    let mut bytes = [0; 8];
    SystemSecrets.fill(&mut bytes);
    format!("stranger{}", u64::from_be_bytes(bytes))
}

/// An id of the outside form that names nothing.
pub fn nobody(prefix: &str) -> String {
    Id::v7(1, 1).text(prefix)
}
