//! Claims from start to payable: facts frozen, what facts do not say judged by a person, two persons, budgets that are
//! never exceeded, objections, and every decision made again to the same answer.
use crate::support::region::{credit_code, wan};
use crate::support::{Client, TestApp, blocking, databases};
use liangu_app::claims::{NewBudget, NewClaim, SaveClaim, replay, replay_all};
use liangu_app::flows::CommandInputs;
use liangu_app::views::Raw;
use liangu_app::{App, Caller, Fault, Principal, RequestKey};
use liangu_base::{Id, Lang};
use liangu_store::{Change, Commit, Stamp, Value, Values, Years};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

async fn give(client: &mut Client, claim: &mut Json, command: &str, inputs: Json) -> crate::support::Answer {
    let id = claim["id"].as_str().expect("an id").to_owned();
    *claim = client.get(&format!("/api/claims/{id}")).await.ok();
    let path = format!("/api/records/claim/{id}/commands/{command}");
    let version = claim["version"].as_i64().expect("a version");
    client.on_version(axum::http::Method::POST, &path, version, json!({"inputs": inputs})).await
}

async fn seen(client: &mut Client, claim: &Json) -> Json {
    client.get(&format!("/api/claims/{}", claim["id"].as_str().expect("an id"))).await.ok()
}

/// A claim on `research`, of which nothing is on file for the firm, handed in with a paper.
async fn handed_in(app: &TestApp, firm: &mut Client) -> Json {
    let path = format!("/api/firms/{}/claims", app.region.firm_id("lianyuan"));
    let mut claim = firm.post(&path, json!({"policy": app.region.policy_id("research")})).await.created();
    assert_eq!((claim["state"].as_str(), claim["answer"].as_str()), (Some("draft"), Some("unknown")));
    give(firm, &mut claim, "submit", json!({})).await.problem(422, "invalid");
    let clause = claim["wanted"][0]["clause"].clone();
    assert_eq!(claim["wanted"][0]["required"], true, "{claim:#}");
    let filled = json!({
        "payee_bank": "涟源农商行", "payee_account": "6222 0000 1111 2222", "note": "研发投入见审计报告",
        "materials": [{"clause": clause, "name": "专项审计报告"}],
    });
    let path = format!("/api/claims/{}", claim["id"].as_str().expect("an id"));
    let saved = firm.put(&path, claim["version"].as_i64().expect("a version"), filled).await.ok();
    assert_eq!(saved["payee"]["name"], "涟源湘石机械有限公司", "the payee is filled in from what is known");
    give(firm, &mut claim, "submit", json!({})).await.ok();
    seen(firm, &claim).await
}

#[tokio::test]
async fn a_claim_goes_from_start_to_payable_and_replays() {
    for database in databases() {
        let app = TestApp::on(database);
        let (mut firm, mut officer, mut reviewer) =
            (app.persona("firm").await, app.persona("officer").await, app.persona("reviewer").await);
        let mut finance = app.persona("finance").await;
        let mut claim = handed_in(&app, &mut firm).await;
        let clause = claim["clauses"][0]["key"].clone();
        let judge = |answer: &str| json!({"clause": clause, "answer": answer, "note": "审计报告载明 120 万元"});
        let path = format!("/api/claims/{}/judge", claim["id"].as_str().expect("an id"));
        officer.post(&path, judge("yes")).await.problem(403, "judge");
        give(&mut officer, &mut claim, "sign_for", json!({})).await.ok();
        give(&mut officer, &mut claim, "recommend", json!({})).await.problem(409, "open_clauses");

        // returned for corrections: nothing that was filled in is lost
        give(&mut officer, &mut claim, "ask", json!({"question": "请补充附件"})).await.ok();
        let returned = seen(&mut firm, &claim).await;
        assert_eq!(
            (returned["note"].as_str(), returned["materials"][0]["name"].as_str()),
            (Some("研发投入见审计报告"), Some("专项审计报告"))
        );
        give(&mut firm, &mut claim, "resubmit", json!({})).await.ok();

        let judged = officer.post(&path, judge("yes")).await.ok();
        assert_eq!((judged["answer"].as_str(), judged["clauses"][0]["judged"]["answer"].as_str()), (Some("yes"), Some("yes")));
        give(&mut officer, &mut claim, "recommend", json!({})).await.ok();
        give(&mut reviewer, &mut claim, "approve", json!({})).await.problem(422, "invalid");
        give(&mut reviewer, &mut claim, "approve", json!({"amount": wan(60)})).await.problem(409, "no_budget");
        let budget = json!({"policy": app.region.policy_id("research"), "year": 2026, "total": wan(100)});
        officer.post("/api/budgets", budget.clone()).await.problem(403, "role");
        let budget = finance.post("/api/budgets", budget).await.created();
        give(&mut reviewer, &mut claim, "approve", json!({"amount": wan(160)})).await.problem(422, "invalid");
        give(&mut reviewer, &mut claim, "approve", json!({"amount": wan(60)})).await.ok();
        let granted = seen(&mut reviewer, &claim).await;
        assert_eq!((granted["state"].as_str(), granted["money"]["decided"].as_i64()), (Some("notice"), Some(wan(60))));
        assert_eq!((granted["budget"]["reserved"].as_i64(), granted["budget"]["left"].as_i64()), (Some(wan(60)), Some(wan(40))));
        assert_eq!(granted["decision"]["outcome"], "granted");
        let path = format!("/api/budgets/{}", budget["id"].as_str().expect("an id"));
        let version = granted["budget"]["version"].as_i64().expect("a version");
        finance.put(&path, version, json!({"total": wan(50)})).await.problem(422, "invalid");

        // anybody reads the notice and may object; the reviewer answers
        let mut public = app.anonymous();
        let notices = public.get("/api/public-notices").await.ok();
        assert_eq!((notices["total"].as_u64(), notices["items"][0]["firm"].as_str()), (Some(1), Some("涟源湘石机械有限公司")));
        let path = format!("/api/public-notices/{}/objections", claim["id"].as_str().expect("an id"));
        public.post(&path, json!({"name": "", "contact": "1", "reason": "重复享受"})).await.problem(422, "invalid");
        public.post(&path, json!({"name": "王某", "contact": "13800000000", "reason": "重复享受"})).await.created();
        public.post(&path, json!({"name": "李某", "contact": "13900000000", "reason": "同上"})).await.created();
        let objected = seen(&mut reviewer, &claim).await;
        assert_eq!((objected["state"].as_str(), objected["objections"].as_array().map(Vec::len)), (Some("objected"), Some(2)));
        give(&mut reviewer, &mut claim, "dismiss", json!({"reason": "经核实没有重复"})).await.ok();
        let dismissed = seen(&mut reviewer, &claim).await;
        assert_eq!(dismissed["objections"].as_array().map(|all| all.iter().all(|one| one["state"] == "dismissed")), Some(true));

        let id = claim["id"].as_str().expect("an id");
        let replayed = blocking(|| replay(&app.app, id).expect("a decision is on record"));
        assert_eq!((replayed.decisions, replayed.differences), (1, vec![]));
    }
}

#[tokio::test]
async fn a_refused_claim_frees_its_slot_and_what_does_not_fit_is_not_begun() {
    let app = TestApp::new();
    let (mut firm, mut officer, mut reviewer) = (app.persona("firm").await, app.persona("officer").await, app.persona("reviewer").await);
    let path = format!("/api/firms/{}/claims", app.region.firm_id("lianyuan"));
    let refusal = firm.post(&path, json!({"policy": app.region.policy_id("scale")})).await.problem(409, "no_fit");
    assert!(refusal.to_string().contains("上年度营业收入不低于 2000 万元"), "{refusal}");
    firm.post(&path, json!({"policy": app.region.policy_id("closed")})).await.problem(409, "not_open");
    let mut claim = handed_in(&app, &mut firm).await;
    firm.post(&path, json!({"policy": app.region.policy_id("research")})).await.problem(409, "claimed");
    give(&mut officer, &mut claim, "sign_for", json!({})).await.ok();
    give(&mut reviewer, &mut claim, "refuse", json!({"reason": "材料不实"})).await.ok();
    let refused = seen(&mut firm, &claim).await;
    assert_eq!((refused["state"].as_str(), refused["reason"].as_str()), (Some("refused"), Some("材料不实")));
    firm.post(&path, json!({"policy": app.region.policy_id("research")})).await.created();
    give(&mut firm, &mut claim, "appeal", json!({"reason": "请复查"})).await.problem(409, "claimed");
    let totals = replay_all(&app.app, &mut |one| assert!(one.agrees, "{one:?}")).expect("decisions are on record");
    assert_eq!((totals.claims, totals.agree, totals.differ), (1, 1, 0));
}

/// Someone of a role, without a browser.
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

fn key(n: usize) -> RequestKey {
    RequestKey { operation: "test".to_owned(), key: format!("k{n}"), body_hash: String::new() }
}

fn command(app: &App, who: &Principal, claim: &str, command: &str, inputs: &[(&str, &str)]) -> Result<(), Fault> {
    let caller = Caller::new(app, who, Lang::Zh);
    let version = caller.claim_file(claim)?.version;
    let inputs: BTreeMap<String, Raw> = inputs.iter().map(|(name, text)| ((*name).to_owned(), Raw(json!(text)))).collect();
    caller.command("claim", claim, command, version, &CommandInputs { inputs }, None).map(drop)
}

#[tokio::test]
async fn sixty_four_claims_race_for_a_budget_of_twenty() {
    const RACE: usize = 64;
    for database in databases() {
        let app = TestApp::on(database);
        let policy = app.region.policy_id("high_tech");
        let work = || {
            let firms: Vec<Id> = (0..RACE).map(|n| Id::v7(8_000, n as u128 + 1)).collect();
            let create = |(n, id): (usize, &Id)| {
                let values = Values::from([
                    ("name".to_owned(), Value::text(format!("竞速 {n} 号公司"))),
                    ("credit_code".to_owned(), Value::text(credit_code(1000 + n))),
                    ("region".to_owned(), Value::text("431382")),
                    ("certs".to_owned(), Value::set(["high_tech"])),
                ]);
                let years = Years::from([(2025, Values::from([("revenue".to_owned(), Value::Int(wan(900)))]))]);
                Change::Create { record: "enterprise".to_owned(), id: *id, values, years }
            };
            let changes = firms.iter().enumerate().map(create).collect();
            let stamp = Some(Stamp { source: "tax".to_owned(), as_of: app.app.today() });
            app.store.commit(Commit { changes, stamp, ..Commit::new(app.app.now(), "test.firms") }).expect("firms are written");
            let (officer, finance) = (person(1, "officer", None), person(2, "finance", None));
            let budget = NewBudget { policy: policy.clone(), year: app.app.today().year().into(), total: wan(20 * 20) + 5 };
            Caller::new(&app.app, &finance, Lang::Zh).set_budget(&budget, &key(9999)).expect("a budget");
            let ready = |(n, firm): (usize, &Id)| {
                let own = person(100 + n as u64, "firm", Some(*firm));
                let caller = Caller::new(&app.app, &own, Lang::Zh);
                let new = NewClaim { policy: policy.clone(), items: Vec::new() };
                let claim = caller.start_claim(&firm.text("ent"), &new, &key(n)).expect("it fits");
                let (bank, account) = (Some("银行".to_owned()), Some("62220000111122".to_owned()));
                let save = SaveClaim { payee_bank: bank, payee_account: account, ..SaveClaim::default() };
                caller.save_claim(&claim.id, claim.version, &save).expect("filled in");
                command(&app.app, &own, &claim.id, "submit", &[]).expect("handed in");
                command(&app.app, &officer, &claim.id, "sign_for", &[]).expect("taken on");
                command(&app.app, &officer, &claim.id, "recommend", &[]).expect("recommended");
                claim.id
            };
            let claims: Vec<String> = firms.iter().enumerate().map(ready).collect();
            let amount = wan(20).to_string();
            let approve = |(n, claim): (usize, &String)| {
                command(&app.app, &person(500 + n as u64, "reviewer", None), claim, "approve", &[("amount", &amount)])
            };
            let results: Vec<Result<(), Fault>> = std::thread::scope(|scope| {
                let all: Vec<_> = claims.iter().enumerate().map(|pair| scope.spawn(move || approve(pair))).collect();
                all.into_iter().map(|one| one.join().expect("no panic")).collect()
            });
            let won = results.iter().filter(|result| result.is_ok()).count();
            let over = results.iter().filter(|result| matches!(result, Err(Fault::Conflict { code: "budget", .. }))).count();
            assert_eq!((won, over), (20, RACE - 20), "{database:?}: {results:?}");
            let line = Caller::new(&app.app, &finance, Lang::Zh).budgets(Some(&policy), None).expect("budgets")[0].clone();
            assert_eq!((line.reserved, line.spent, line.left), (wan(400), 0, 5));
        };
        blocking(work);
    }
}
