//! A small installation with claims that wait for their money, on each database of the test run; gone when dropped.
use liangu_app::claims::budget::new_budget_values;
use liangu_app::flows::CommandInputs;
use liangu_app::installation::{Installation, initialise};
use liangu_app::payments::{NewPaymentBatch, PaymentBatchView};
use liangu_app::secrets::SystemSecrets;
use liangu_app::views::Raw;
use liangu_app::{App, Caller, Options, Outcome, Principal, RequestKey};
use liangu_base::credit_code::CreditCode;
use liangu_base::{Clock, Date, Id, Instant, Lang, Text, WorkCalendar};
use liangu_flow::Actor;
use liangu_policy::decision::{Basis, Frozen, FrozenFact, Known};
use liangu_store::{Change, Commit, Config, DocumentPut, Item, Query, Stamp, Store, Value, Values, Years};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Fen that each claim is granted; the budget has just enough for all.
pub const GRANTED: i64 = 50_000_000;
/// Revenue of 2025 at which the money is due.
pub const WANTED: i64 = 2_000_000_000;

struct Stopped(Instant);

impl Clock for Stopped {
    fn now(&self) -> Instant {
        self.0
    }
}

pub struct Place {
    pub app: Arc<App>,
    pub store: Store,
    pub claims: Vec<Id>,
    pub firms: Vec<Id>,
    /// One of each firm.
    pub loans: Vec<Id>,
    folder: PathBuf,
}

static PLACES: AtomicU32 = AtomicU32::new(0);

pub fn id(kind: u64, n: u64) -> Id {
    Id::v7(1_700_000_000_000 + kind * 1_000_000 + n, u128::from(n) + 1)
}

fn day() -> Date {
    Date::from_ymd(2026, 11, 20).unwrap()
}

fn at() -> Instant {
    Instant::at_beijing(day(), 9, 0, 0).unwrap()
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// With so many claims, on SQLite and, where `LIANGU_TEST_PG` names a server, on PostgreSQL.
pub fn places(claims: u64) -> Vec<Place> {
    let server = std::env::var("LIANGU_TEST_PG").ok().filter(|url| !url.is_empty());
    let required = std::env::var("LIANGU_REQUIRE_PG").is_ok_and(|v| v == "1");
    assert!(server.is_some() || !required, "LIANGU_REQUIRE_PG=1 but LIANGU_TEST_PG names no server; run the tests by scripts/pg-test.sh");
    std::iter::once(None).chain(server.map(Some)).map(|url| Place::open(url, claims)).collect()
}

pub fn person(n: u64, role: &str) -> Principal {
    Principal {
        account: Some(id(9, n)),
        name: format!("{role}{n}"),
        roles: vec![role.to_owned()],
        region: Some("431300".to_owned()),
        ..Principal::anonymous()
    }
}

pub fn key(name: &str) -> RequestKey {
    RequestKey { operation: "test".to_owned(), key: name.to_owned(), body_hash: name.to_owned() }
}

impl Place {
    /// Of the loan that each firm has, where the policy wants one of a hundred ten thousands.
    pub const PRINCIPAL: i64 = 200_000_000;

    pub fn loan(firm: Id, principal: i64) -> Values {
        values([("enterprise", Value::Ref(firm)), ("name", Value::text("流动资金贷款")), ("principal", Value::Int(principal))])
    }

    fn open(url: Option<String>, claims: u64) -> Place {
        let name = format!("payments_{}_{}", std::process::id(), PLACES.fetch_add(1, Ordering::SeqCst));
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let config = match url {
            None => Config::Sqlite { dir: folder.clone() },
            Some(url) => Config::Postgres { url, schema: Some(name), files: folder.clone() },
        };
        let model = Arc::new(liangu_packs::load(vec![]).expect("the packs are sound"));
        let store = Store::open(&config, &model, "431300").unwrap();
        let installation = Installation { name: Text::fixed("测试", "Test"), region: "431300".into(), demonstration: false, as_of: None };
        initialise(&store, &installation, &SystemSecrets, at()).unwrap();
        let firms: Vec<Id> = (0..claims).map(|n| id(2, n)).collect();
        register(&store, &firms);
        let options = Options { clock: Arc::new(Stopped(at())), secrets: Arc::new(SystemSecrets), version: "test".into() };
        let app = App::open(store.clone(), options).unwrap();
        let claims = grant(&app, &store, &firms);
        let loans = (0..claims.len() as u64).map(|n| id(6, n)).collect();
        Place { app, store, claims, firms, loans, folder }
    }

    pub fn by<'a>(&'a self, who: &'a Principal) -> Caller<'a> {
        Caller::new(&self.app, who, Lang::Zh)
    }

    pub fn draw(&self, who: &Principal, request: &str) -> Outcome<PaymentBatchView> {
        self.by(who).draw_batch(&NewPaymentBatch { claims: Vec::new(), policy: Some(id(1, 0).text("pol")) }, &key(request))
    }

    pub fn order(&self, who: &Principal, record: &str, id: &str, command: &str, version: i64) -> Outcome<i64> {
        let inputs = BTreeMap::from([("reason".to_owned(), Raw(json!("核对无误")))]);
        Ok(self.by(who).command(record, id, command, version, &CommandInputs { inputs }, None)?.version)
    }

    /// Drawn by one, signed by two others, handed to the bank.
    pub fn sent(&self, request: &str) -> PaymentBatchView {
        let (one, two, three) = (person(1, "finance"), person(2, "finance"), person(3, "leader"));
        let batch = self.draw(&one, request).unwrap();
        for (who, command) in [(&two, "sign_first"), (&three, "sign_second"), (&one, "export")] {
            let version = self.by(&one).payment_batch(&batch.id).unwrap().version;
            self.order(who, "payment_batch", &batch.id, command, version).unwrap();
        }
        self.by(&one).payment_batch(&batch.id).unwrap()
    }

    pub fn rows(&self, record: &str) -> Vec<Item> {
        self.store.query(record, &Query { limit: 1000, ..Query::default() }).unwrap().items
    }

    /// Total, reserved and spent are what claims and payments say; nothing is over budget, no claim is paid twice.
    pub fn books_agree(&self) {
        let int = |item: &Item, field: &str| if let Some(Value::Int(n)) = item.values.get(field) { *n } else { 0 };
        let is = |item: &Item, field: &str, value: &str| item.values.get(field) == Some(&Value::text(value));
        let sum = |record: &str, field: &str, states: &[&str]| -> i64 {
            self.rows(record).iter().filter(|row| states.iter().any(|s| is(row, "state", s))).map(|row| int(row, field)).sum()
        };
        let budget = self.rows("budget").remove(0);
        assert_eq!(int(&budget, "reserved"), sum("claim", "amount", &["payable", "paying"]), "reserved is what is promised");
        let back: i64 = self.rows("recovery").iter().map(|row| int(row, "repaid")).sum();
        assert_eq!(int(&budget, "spent"), sum("payment", "amount", &["paid"]) - back, "spent is what was paid and did not come back");
        assert!(int(&budget, "reserved") + int(&budget, "spent") <= int(&budget, "total"));
        assert_eq!(sum("payment", "amount", &["paid"]), sum("claim", "amount", &["paid"]), "none is paid twice");
    }
}

fn create(record: &str, id: Id, values: Values) -> Change {
    Change::Create { record: record.to_owned(), id, values, years: Years::new() }
}

fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
    values.map(|(name, value)| (name.to_owned(), value)).into()
}

fn both(zh: &str) -> Value {
    Value::Bilingual(Text::new(zh.to_owned(), zh.to_owned()))
}

fn register(store: &Store, firms: &[Id]) {
    let policy = values([
        ("title", both("规模企业奖励")),
        ("issuer", both("娄底市工业和信息化局")),
        ("level", Value::text("city")),
        ("kind", Value::text("reward")),
        ("region", Value::text("431300")),
        ("series", Value::text("demonstration")),
        ("published", Value::Date(Date::from_ymd(2026, 1, 5).unwrap())),
        ("when", Value::text("revenue >= wan(2000)")),
    ]);
    let mut changes = vec![create("policy", id(1, 0), policy)];
    for (n, firm) in firms.iter().enumerate() {
        let code = CreditCode::with_check_digits("91", "431300", &format!("MA4{n:05}")).unwrap().as_str().to_owned();
        let flat = values([
            ("name", Value::text(format!("涟源湘石机械, \"{n}\"号有限公司"))),
            ("credit_code", Value::text(code)),
            ("region", Value::text("431382")),
        ]);
        let years = Years::from([(2025, values([("revenue", Value::Int(WANTED + 1))]))]);
        changes.push(Change::Create { record: "enterprise".to_owned(), id: *firm, values: flat, years });
        changes.push(create("loan", id(6, n as u64), Place::loan(*firm, Place::PRINCIPAL)));
    }
    let stamp = Some(Stamp { source: "tax".into(), as_of: day() });
    store.commit(Commit { changes, stamp, ..Commit::new(at(), "test.seed") }).unwrap();
}

/// Claims that came without application, consented to and noticed long enough: their money is reserved.
fn grant(app: &App, store: &Store, firms: &[Id]) -> Vec<Id> {
    let calendar: WorkCalendar = serde_json::from_str(liangu_packs::standards::HOLIDAYS).unwrap();
    let definition = app.model().records["claim"].flow.clone().unwrap();
    let before = Instant::at_beijing(day().add_days(-20), 9, 0, 0).unwrap();
    let begun = liangu_flow::begin_in(&definition, "consenting", before, &calendar).unwrap();
    let firm = Actor { account: "acc_firm".into(), name: "企业".into(), roles: vec!["firm".into()], is_firm: true };
    let noticed = liangu_flow::decide(&definition, &begun.case, "consent", &firm, &[], before, &calendar).unwrap();
    let payable = liangu_flow::fire(&definition, &noticed.case, at(), &calendar).unwrap().case;
    assert_eq!(payable.state, "payable");
    let content = json!({
        "clauses": [{"key": "scale", "text": {"zh": "规模", "en": "Scale"}, "kind": "deciding", "when": "revenue >= wan(2000)"},
            {"key": "loan", "text": {"zh": "贷款", "en": "A loan"}, "kind": "deciding", "when": "loans.exists(l, l.principal >= wan(100))"}],
        "items": [{"key": "reward", "label": {"zh": "奖励", "en": "Reward"}, "benefit": {"kind": "money", "amount": "wan(50)"}}],
    });
    let policy = id(1, 0).text("pol");
    let basis = Basis { policy: policy.clone(), content: serde_json::from_value(content).unwrap(), ..Basis::default() };
    let put = |kind: &str, key: String, value: Json| DocumentPut {
        kind: kind.into(),
        key,
        value: Some(value),
        expected_version: None,
        journal: false,
    };
    let mut commit = Commit::new(at(), "test.grant");
    commit.documents.push(put("claim_basis", basis.digest(), serde_json::to_value(&basis).unwrap()));
    let total = GRANTED * firms.len() as i64;
    let mut budget = new_budget_values(app, id(1, 0), "规模企业奖励", 2026, total);
    budget.insert("reserved".to_owned(), Value::Int(total));
    commit.changes.push(create("budget", id(3, 0), budget));
    let claims: Vec<Id> = (0..firms.len() as u64).map(|n| id(4, n)).collect();
    for (claim, firm) in claims.iter().zip(firms) {
        let row = values([
            ("policy", Value::Ref(id(1, 0))),
            ("enterprise", Value::Ref(*firm)),
            ("region", Value::text("431382")),
            ("origin", Value::text("automatic")),
            ("period", Value::Int(2026)),
            ("slot", Value::text(claim.to_string())),
            ("basis", Value::text(basis.digest())),
            ("amount", Value::Int(GRANTED)),
            ("budget_year", Value::Int(2026)),
            ("payee_name", Value::text("=湘石, \"机械\"")),
            ("payee_bank", Value::text("中国银行涟源支行")),
            ("payee_account", Value::text("6216000000000001234")),
            ("state", Value::text("payable")),
            ("holder_role", Value::text("finance")),
            ("entered_at", Value::Instant(at())),
            ("flow", Value::text(serde_json::to_string(&payable).unwrap())),
        ]);
        commit.changes.push(create("claim", *claim, row));
        commit.documents.push(put("claim_file", claim.to_string(), serde_json::to_value(frozen(app, &basis, *firm)).unwrap()));
    }
    store.commit(commit).unwrap();
    claims
}

fn frozen(app: &App, basis: &Basis, firm: Id) -> Frozen {
    let known = |(field, value): (&String, &Value)| match value {
        Value::Ref(id) => Some((field.clone(), Known::Text(id.text("ent")))),
        Value::Text(text) => Some((field.clone(), Known::Text(text.clone()))),
        Value::Int(n) => Some((field.clone(), Known::Int(*n))),
        _ => None,
    };
    let fields = &app.model().schemas["enterprise"].children["loans"].schema.fields;
    let loan = Place::loan(firm, Place::PRINCIPAL);
    let loan = loan.iter().filter(|(field, _)| fields.contains_key(*field)).filter_map(known).collect();
    let revenue = FrozenFact {
        field: "revenue".to_owned(),
        year: Some(2025),
        value: Some(Known::Int(WANTED + 1)),
        source: Some("tax".to_owned()),
        as_of: Some(day()),
    };
    Frozen {
        basis: basis.digest(),
        firm: firm.text("ent"),
        day: day(),
        judged_year: 2025,
        taken_on: day(),
        facts: vec![revenue],
        children: BTreeMap::from([("loans".to_owned(), vec![loan])]),
        items: Vec::new(),
        grants: Vec::new(),
        granted_on: day(),
    }
}
