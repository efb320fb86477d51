//! A small installation whose clock a test moves: firms in two counties, four policies, budgets that are soon used up, and
//! the people who deal with claims. On each database of the test run; gone when dropped.
use liangu_app::claims::budget::new_budget_values;
use liangu_app::installation::{Installation, initialise};
use liangu_app::secrets::SystemSecrets;
use liangu_app::{App, Caller, Options, Principal, RequestKey};
use liangu_base::credit_code::CreditCode;
use liangu_base::{Clock, Date, Id, Instant, Lang, Text};
use liangu_store::{Account, AccountChange, Change, Commit, Config, DocumentPut, Stamp, Store, StoreError, Value, Values, Years};
use serde_json::{Value as Json, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

pub const FIRMS: u64 = 10;

/// Fen of so many 万元.
pub const fn wan(n: i64) -> i64 {
    n * 1_000_000
}

/// A policy of the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// By a formula; a person judges one clause; not with `Research`.
    Scale,
    /// Up to a ceiling; of most firms the fact is not on file.
    Research,
    /// Without application.
    Automatic,
    /// No money.
    Voucher,
}

pub const POLICIES: [Policy; 4] = [Policy::Scale, Policy::Research, Policy::Automatic, Policy::Voucher];

impl Policy {
    pub fn id(self) -> Id {
        id(1, self as u64)
    }

    fn title(self) -> &'static str {
        ["规模企业奖励", "研发投入补助", "稳岗奖励", "惠企服务券"][self as usize]
    }

    fn rule(self) -> &'static str {
        ["revenue >= wan(500)", "rd_spend >= wan(100)", "revenue >= wan(500)", "within(region, \"430000\")"][self as usize]
    }

    /// Fen of its budget of the year.
    pub fn budget(self) -> Option<i64> {
        [Some(wan(400)), Some(wan(250)), Some(wan(90)), None][self as usize]
    }

    pub fn content(self) -> Option<Json> {
        let clause = |key: &str, text: &str, when: Option<&str>| json!({"key": key, "text": {"zh": text, "en": key}, "kind": if when.is_some() { "deciding" } else { "person" }, "when": when});
        let item = |amount: &str, cap: Option<&str>| json!([{"key": "i1", "label": {"zh": "奖励", "en": "Award"}, "benefit": {"kind": "money", "amount": amount, "cap": cap}}]);
        match self {
            Policy::Scale => Some(json!({
                "clauses": [clause("scale", "营业收入达标", Some(self.rule())), clause("health", "经营状况良好", None)],
                "items": item("share(revenue, percent(2))", Some("wan(60)")),
                "money": {"against": [{"policy": Policy::Research.title(), "how": "exclusive"}]},
            })),
            Policy::Automatic => Some(json!({
                "clauses": [clause("scale", "营业收入达标", Some(self.rule()))],
                "items": item("wan(20)", None),
            })),
            Policy::Research | Policy::Voucher => None,
        }
    }
}

pub struct Moving(AtomicI64);

impl Clock for Moving {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Everyone who acts, by role.
pub struct People {
    pub firms: Vec<Principal>,
    pub officers: Vec<Principal>,
    pub reviewers: Vec<Principal>,
    pub finance: Vec<Principal>,
    pub leader: Principal,
}

impl People {
    pub fn of_role(&self, role: &str) -> &[Principal] {
        match role {
            "firm" => &self.firms,
            "officer" => &self.officers,
            "reviewer" => &self.reviewers,
            "finance" => &self.finance,
            _ => std::slice::from_ref(&self.leader),
        }
    }

    pub fn all(&self) -> Vec<&Principal> {
        ["firm", "officer", "reviewer", "finance", "leader"].iter().flat_map(|role| self.of_role(role)).collect()
    }
}

pub struct Place {
    pub app: Arc<App>,
    pub store: Store,
    pub clock: Arc<Moving>,
    pub people: People,
    folder: PathBuf,
}

static PLACES: AtomicU32 = AtomicU32::new(0);

pub fn id(kind: u64, n: u64) -> Id {
    Id::v7(1_700_000_000_000 + kind * 1_000_000 + n, u128::from(n) + 1)
}

pub fn firm(n: u64) -> Id {
    id(2, n)
}

fn day() -> Date {
    Date::from_ymd(2026, 3, 2).unwrap()
}

fn start() -> Instant {
    Instant::at_beijing(day(), 9, 0, 0).unwrap()
}

pub fn key(name: &str) -> RequestKey {
    RequestKey { operation: "test".to_owned(), key: name.to_owned(), body_hash: name.to_owned() }
}

/// SQLite and, where `LIANGU_TEST_PG` names a server, PostgreSQL (its URL).
pub fn engines() -> Vec<Option<String>> {
    let server = std::env::var("LIANGU_TEST_PG").ok().filter(|url| !url.is_empty());
    let required = std::env::var("LIANGU_REQUIRE_PG").is_ok_and(|v| v == "1");
    assert!(server.is_some() || !required, "LIANGU_REQUIRE_PG=1 but LIANGU_TEST_PG names no server; run the tests by scripts/pg-test.sh");
    std::iter::once(None).chain(server.map(Some)).collect()
}

pub fn places() -> impl Iterator<Item = Place> {
    engines().into_iter().map(Place::open)
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Place {
    pub fn open(url: Option<String>) -> Place {
        let name = format!("claims_{}_{}", std::process::id(), PLACES.fetch_add(1, Ordering::SeqCst));
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let config = match url {
            None => Config::Sqlite { dir: folder.clone() },
            Some(url) => Config::Postgres { url, schema: Some(name), files: folder.clone() },
        };
        let model = Arc::new(liangu_packs::load(vec![]).expect("the packs are sound"));
        // a server that makes many schemas at once may say that it is busy
        let opened = (0..10).map(|_| Store::open(&config, &model, "431300"));
        let mut opened = opened.filter(|one| !matches!(one, Err(StoreError::Busy)));
        let store = opened.next().expect("the server answers").unwrap();
        let installation = Installation { name: Text::fixed("测试", "Test"), region: "431300".into(), demonstration: false, as_of: None };
        initialise(&store, &installation, &SystemSecrets, start()).unwrap();
        let people = people();
        store.commit(seed(&people)).unwrap();
        let clock = Arc::new(Moving(AtomicI64::new(start().micros())));
        let options = Options { clock: clock.clone(), secrets: Arc::new(SystemSecrets), version: "test".into() };
        let app = App::open(store.clone(), options).unwrap();
        let mut commit = Commit::new(start(), "test.budgets");
        for policy in POLICIES {
            let Some(total) = policy.budget() else { continue };
            let values = new_budget_values(&app, policy.id(), policy.title(), 2026, total);
            commit.changes.push(create("budget", id(3, policy as u64), values));
        }
        store.commit(commit).unwrap();
        Place { app, store, clock, people, folder }
    }

    pub fn by<'a>(&'a self, who: &'a Principal) -> Caller<'a> {
        Caller::new(&self.app, who, Lang::Zh)
    }

    pub fn advance_minutes(&self, minutes: i64) {
        self.clock.0.fetch_add(minutes * 60_000_000, Ordering::SeqCst);
    }

    pub fn advance_days(&self, days: i64) {
        self.advance_minutes(days * 24 * 60);
    }
}

fn people() -> People {
    let mut number = 0;
    let mut person = |role: &str, firm: Option<Id>, region: Option<&str>| {
        number += 1;
        Principal {
            account: Some(id(9, number)),
            name: format!("{role}{number}"),
            roles: vec!["public".to_owned(), role.to_owned()],
            firm,
            region: region.map(str::to_owned),
            ..Principal::anonymous()
        }
    };
    People {
        firms: (0..FIRMS).map(|n| person("firm", Some(firm(n)), None)).collect(),
        officers: ["431300", "431300", "431382", "431302"].map(|region| person("officer", None, Some(region))).into(),
        reviewers: ["431300", "431300", "431382"].map(|region| person("reviewer", None, Some(region))).into(),
        finance: ["431300", "431300", "431300"].map(|region| person("finance", None, Some(region))).into(),
        leader: person("leader", None, Some("431300")),
    }
}

pub fn create(record: &str, id: Id, values: Values) -> Change {
    Change::Create { record: record.to_owned(), id, values, years: Years::new() }
}

pub fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
    values.map(|(name, value)| (name.to_owned(), value)).into()
}

pub fn put(kind: &str, key: String, value: Json) -> DocumentPut {
    DocumentPut { kind: kind.to_owned(), key, value: Some(value), expected_version: None, journal: false }
}

fn both(zh: &str) -> Value {
    Value::Bilingual(Text::new(zh.to_owned(), zh.to_owned()))
}

/// Policies with their documents, firms with facts of two years, accounts.
fn seed(people: &People) -> Commit {
    let mut commit = Commit::new(start(), "test.seed");
    for policy in POLICIES {
        let mut row = values([
            ("title", both(policy.title())),
            ("issuer", both("娄底市工业和信息化局")),
            ("level", Value::text("city")),
            ("kind", Value::text("reward")),
            ("region", Value::text("431300")),
            ("series", Value::text("demonstration")),
            ("published", Value::Date(Date::from_ymd(2026, 1, 5).unwrap())),
            ("when", Value::text(policy.rule())),
            ("grant_mode", Value::text(if policy == Policy::Automatic { "automatic" } else { "application" })),
        ]);
        if policy == Policy::Research {
            row.insert("amount_max".to_owned(), Value::Int(wan(40)));
        }
        commit.changes.push(create("policy", policy.id(), row));
        commit.documents.extend(policy.content().map(|content| put("policy_in_force", policy.id().to_string(), content)));
    }
    for n in 0..FIRMS {
        let code = CreditCode::with_check_digits("91", "431300", &format!("MA5{n:05}")).unwrap().as_str().to_owned();
        let flat = values([
            ("name", Value::text(format!("娄底第{n}机械有限公司"))),
            ("credit_code", Value::text(code)),
            ("region", Value::text(if n % 2 == 0 { "431382" } else { "431302" })),
        ]);
        let revenue = values([("revenue", Value::Int(wan(300 + 400 * n as i64)))]);
        let mut last = revenue.clone();
        if n % 3 == 0 {
            last.insert("rd_spend".to_owned(), Value::Int(wan(60 * n as i64)));
        }
        let years = Years::from([(2025, last), (2026, revenue)]);
        commit.changes.push(Change::Create { record: "enterprise".to_owned(), id: firm(n), values: flat, years });
    }
    commit.stamp = Some(Stamp { source: "tax".into(), as_of: day() });
    for person in people.all() {
        commit.accounts.push(AccountChange::Create(Account {
            id: person.account.unwrap(),
            login: person.name.clone(),
            name: person.name.clone(),
            password_hash: None,
            roles: person.roles.clone(),
            firm: person.firm,
            organisation: None,
            region: person.region.clone(),
            park: None,
            disabled: false,
            must_change: false,
            version: 0,
        }));
    }
    commit
}
