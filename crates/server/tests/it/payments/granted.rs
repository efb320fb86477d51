//! Claims that wait for their money, brought there by the program's own commands.
use crate::support::region::{credit_code, wan};
use crate::support::{Client, TestApp, blocking};
use axum::http::Method;
use liangu_app::claims::{NewBudget, NewClaim, SaveClaim};
use liangu_app::flows::CommandInputs;
use liangu_app::views::Raw;
use liangu_app::{Caller, Principal, RequestKey};
use liangu_base::{Date, Id, Lang};
use liangu_store::{Change, Commit, FactEntry, Stamp, Value, Values, Years};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Fen that each claim is granted, and of the policy's budget.
pub const GRANTED: i64 = wan(20);
pub const TOTAL: i64 = wan(100);

fn person(number: u64, role: &str, firm: Option<Id>) -> Principal {
    Principal {
        account: Some(Id::v7(9_000, u128::from(number))),
        name: format!("{role} {number}"),
        roles: vec!["public".to_owned(), role.to_owned()],
        firm,
        region: Some("431300".to_owned()),
        ..Principal::anonymous()
    }
}

fn key(name: &str) -> RequestKey {
    RequestKey { operation: "test".to_owned(), key: name.to_owned(), body_hash: String::new() }
}

/// A firm of Lianyuan for each payee that fits the policy `high_tech`; the first is the one of the persona `firm`.
fn firms(app: &TestApp, payees: &[&str]) -> Vec<Id> {
    let certified = Values::from([("certs".to_owned(), Value::set(["high_tech"]))]);
    let own = app.region.firm("lianyuan");
    let first =
        Change::Update { record: "enterprise".into(), id: own, expected_version: None, values: certified.clone(), years: Years::new() };
    let (mut ids, mut changes) = (vec![own], vec![first]);
    for (n, _) in payees.iter().enumerate().skip(1) {
        let id = Id::v7(8_000, n as u128 + 1);
        let named = [("name", format!("涟源付款 {n} 号公司")), ("credit_code", credit_code(2000 + n)), ("region", "431382".to_owned())];
        let mut values = certified.clone();
        values.extend(named.map(|(field, text)| (field.to_owned(), Value::text(text))));
        let years = Years::from([(2025, Values::from([("revenue".to_owned(), Value::Int(wan(900)))]))]);
        changes.push(Change::Create { record: "enterprise".into(), id, values, years });
        ids.push(id);
    }
    let stamp = Some(Stamp { source: "market_regulation".into(), as_of: app.app.today() });
    app.store.commit(Commit { changes, stamp, ..Commit::new(app.app.now(), "test.firms") }).expect("firms are written");
    ids
}

fn order(app: &TestApp, who: &Principal, claim: &str, command: &str, inputs: &[(&str, &str)]) {
    let caller = Caller::new(&app.app, who, Lang::Zh);
    let version = caller.claim_file(claim).expect("it is seen").version;
    let inputs: BTreeMap<String, Raw> = inputs.iter().map(|(name, text)| ((*name).to_owned(), Raw(json!(text)))).collect();
    caller.command("claim", claim, command, version, &CommandInputs { inputs }, None).expect(command);
}

/// A claim of each payee whose public notice is over, in that order.
pub fn payable(app: &TestApp, payees: &[&str]) -> Vec<String> {
    let policy = app.region.policy_id("high_tech");
    let claims = blocking(|| {
        let (officer, reviewer, finance) = (person(1, "officer", None), person(2, "reviewer", None), person(3, "finance", None));
        let budget = NewBudget { policy: policy.clone(), year: 2026, total: TOTAL };
        Caller::new(&app.app, &finance, Lang::Zh).set_budget(&budget, &key("budget")).expect("a budget");
        let of_firm = |(n, firm): (usize, &Id)| {
            let own = person(100 + n as u64, "firm", Some(*firm));
            let caller = Caller::new(&app.app, &own, Lang::Zh);
            let new = NewClaim { policy: policy.clone(), items: Vec::new() };
            let claim = caller.start_claim(&firm.text("ent"), &new, &key(&format!("claim {n}"))).expect("it fits");
            let save = SaveClaim {
                payee_name: Some(payees[n].to_owned()),
                payee_bank: Some("涟源农商行".to_owned()),
                payee_account: Some(account(n)),
                ..SaveClaim::default()
            };
            caller.save_claim(&claim.id, claim.version, &save).expect("filled in");
            order(app, &own, &claim.id, "submit", &[]);
            order(app, &officer, &claim.id, "sign_for", &[]);
            order(app, &officer, &claim.id, "recommend", &[]);
            order(app, &reviewer, &claim.id, "approve", &[("amount", &GRANTED.to_string())]);
            claim.id
        };
        firms(app, payees).iter().enumerate().map(of_firm).collect()
    });
    // five working days of notice; 20 November 2026 is a Friday
    app.advance_days(10);
    app.tick();
    claims
}

/// Account of the nth payee.
pub fn account(n: usize) -> String {
    format!("62220000111122{n:02}")
}

/// The market regulator says as of a day that the firm of the persona `firm` has these certificates.
pub fn certified(app: &TestApp, certs: &[&str], as_of: Date) {
    let entry = FactEntry {
        record: "enterprise".into(),
        id: app.region.firm("lianyuan"),
        field: "certs".into(),
        year: None,
        value: Value::set(certs.iter().copied()),
        source: "market_regulation".into(),
        as_of,
    };
    blocking(|| app.store.commit(Commit { facts: vec![entry], ..Commit::new(app.app.now(), "test.correct") }))
        .expect("the fact is written");
    app.tick();
}

/// Gives a command on a case as a person who has just looked.
pub async fn give(client: &mut Client, record: &str, id: &str, command: &str, inputs: Json) -> crate::support::Answer {
    let flow = client.get(&format!("/api/records/{record}/{id}/flow")).await;
    let version = if flow.status == 200 { flow.json()["version"].as_i64().expect("a version") } else { 1 };
    let path = format!("/api/records/{record}/{id}/commands/{command}");
    client.on_version(Method::POST, &path, version, json!({ "inputs": inputs })).await
}

/// Reserved, spent and left of the policy's budget.
pub async fn money(app: &TestApp, finance: &mut Client) -> [i64; 3] {
    let path = format!("/api/budgets?policy={}", app.region.policy_id("high_tech"));
    let line = finance.get(&path).await.ok()[0].clone();
    ["reserved", "spent", "left"].map(|field| line[field].as_i64().expect("fen"))
}

pub async fn state(client: &mut Client, claim: &str) -> String {
    client.get(&format!("/api/claims/{claim}")).await.ok()["state"].as_str().expect("a state").to_owned()
}
