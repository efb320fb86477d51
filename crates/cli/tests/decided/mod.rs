//! An installation in which one claim is granted and one is begun.
use liangu_app::claims::budget::new_budget_values;
use liangu_app::claims::{NewClaim, SaveClaim};
use liangu_app::flows::CommandInputs;
use liangu_app::secrets::SystemSecrets;
use liangu_app::{App, Caller, Options, Principal, RequestKey};
use liangu_base::credit_code::CreditCode;
use liangu_base::{Clock, Date, Id, Instant, Lang, Text};
use liangu_store::{Change, Commit, DocumentPut, Stamp, Store, Value, Values, Years};
use serde_json::json;
use std::sync::Arc;

/// Fen of a ten thousand.
const WAN: i64 = 1_000_000;

struct Stopped(Instant);

impl Clock for Stopped {
    fn now(&self) -> Instant {
        self.0
    }
}

pub struct Decided {
    /// Number and id of the claim that was granted 500,000 yuan.
    pub number: String,
    pub id: String,
    /// Id of the one that was begun.
    pub draft: String,
}

fn id(n: u128) -> Id {
    Id::v7(1_790_000_000_000, n)
}

fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
    values.map(|(name, value)| (name.to_owned(), value)).into()
}

fn create(record: &str, id: Id, values: Values, years: Years) -> Change {
    Change::Create { record: record.to_owned(), id, values, years }
}

/// Two firms that fit a policy whose document grants half a million.
fn register(store: &Store, at: Instant) {
    let both = |text: &str| Value::Bilingual(Text::new(text.to_owned(), text.to_owned()));
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
    let firm = |n: u128| {
        let code = CreditCode::with_check_digits("91", "431300", &format!("MA4{n:05}")).unwrap().as_str().to_owned();
        let name = Value::text(format!("涟源重放 {n} 号公司"));
        let flat = values([("name", name), ("credit_code", Value::text(code)), ("region", Value::text("431382"))]);
        create("enterprise", id(n), flat, Years::from([(2025, values([("revenue", Value::Int(3000 * WAN))]))]))
    };
    let content = json!({
        "clauses": [{"key": "scale", "text": {"zh": "规模", "en": "Scale"}, "kind": "deciding", "when": "revenue >= wan(2000)"}],
        "items": [{"key": "reward", "label": {"zh": "奖励", "en": "Reward"}, "benefit": {"kind": "money", "amount": "wan(50)"}}],
    });
    let (kind, key) = ("policy_in_force".to_owned(), id(1).to_string());
    let document = DocumentPut { kind, key, value: Some(content), expected_version: None, journal: false };
    let changes = vec![create("policy", id(1), policy, Years::new()), firm(2), firm(3)];
    let stamp = Some(Stamp { source: "tax".into(), as_of: at.date_beijing() });
    store.commit(Commit { changes, stamp, documents: vec![document], ..Commit::new(at, "test.seed") }).unwrap();
}

fn person(n: u128, role: &str, firm: Option<Id>) -> Principal {
    Principal {
        account: Some(id(n)),
        name: role.to_owned(),
        roles: vec!["public".to_owned(), role.to_owned()],
        firm,
        region: Some("431300".to_owned()),
        ..Principal::anonymous()
    }
}

fn order(app: &App, who: &Principal, claim: &str, command: &str) {
    let caller = Caller::new(app, who, Lang::En);
    let version = caller.claim_file(claim).unwrap().version;
    caller.command("claim", claim, command, version, &CommandInputs::default(), None).expect(command);
}

/// Begun by the firm and filled in.
fn begun(app: &App, firm: u128) -> (Principal, String) {
    let own = person(100 + firm, "firm", Some(id(firm)));
    let caller = Caller::new(app, &own, Lang::En);
    let new = NewClaim { policy: id(1).text("pol"), items: Vec::new() };
    let key = RequestKey { operation: "test".to_owned(), key: format!("claim {firm}"), body_hash: String::new() };
    let claim = caller.start_claim(&id(firm).text("ent"), &new, &key).unwrap();
    let (bank, account) = (Some("涟源农商行".to_owned()), Some("62220000111122".to_owned()));
    let save = SaveClaim { payee_bank: bank, payee_account: account, ..SaveClaim::default() };
    caller.save_claim(&claim.id, claim.version, &save).unwrap();
    (own, claim.id)
}

pub fn decided(store: &Store) -> Decided {
    let at = Instant::at_beijing(Date::from_ymd(2026, 11, 20).unwrap(), 9, 0, 0).unwrap();
    register(store, at);
    let options = Options { clock: Arc::new(Stopped(at)), secrets: Arc::new(SystemSecrets), version: "test".into() };
    let app = App::open(store.clone(), options).unwrap();
    let budget = create("budget", id(4), new_budget_values(&app, id(1), "规模企业奖励", 2026, 100 * WAN), Years::new());
    store.commit(Commit { changes: vec![budget], ..Commit::new(at, "test.budget") }).unwrap();
    let (firm, claim) = begun(&app, 2);
    let (officer, reviewer) = (person(11, "officer", None), person(12, "reviewer", None));
    for (who, command) in [(&firm, "submit"), (&officer, "sign_for"), (&officer, "recommend"), (&reviewer, "approve")] {
        order(&app, who, &claim, command);
    }
    let number = Caller::new(&app, &reviewer, Lang::En).claim_file(&claim).unwrap().number;
    Decided { number, id: claim, draft: begun(&app, 3).1 }
}
