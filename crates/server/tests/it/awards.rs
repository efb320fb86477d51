//! Awards without application, from the freeze to the claims, against a count made from the seed alone; what must refuse
//! a run; and granting that is cut off anywhere and goes on.
mod wrong;

use crate::support::region::{credit_code, wan};
use crate::support::{Client, TestApp, databases};
use axum::http::Method;
use liangu_app::claims::budget::new_budget_values;
use liangu_base::{Date, Id, IdSequence};
use liangu_store::{Change, Commit, DocumentPut, Stamp, Value, Values, Years};
use serde_json::{Value as Json, json};
use std::cell::Cell;
use std::collections::BTreeMap;

const FIRMS: usize = 620;
const POLICY: &str = "scale";
const NUMBER: &str = "娄工信〔2026〕7 号";

/// 1 % of revenue up to 600,000 yuan; 700,000 a year; not with one policy, less what another paid.
fn content(person: bool) -> Json {
    let mut clauses = vec![
        json!({"key": "c1", "text": {"zh": "在娄底市注册。", "en": "Registered in Loudi."}, "kind": "deciding", "when": "within(region, \"431300\")"}),
        json!({"key": "c2", "text": {"zh": "营业收入达标。", "en": "Revenue."}, "kind": "deciding", "when": "revenue >= wan(2000)"}),
        // on file for the seeded firms alone
        json!({"key": "c4", "text": {"zh": "有从业人员。", "en": "Has employees."}, "kind": "deciding", "when": "employees >= 1"}),
    ];
    if person {
        clauses.push(json!({"key": "c3", "text": {"zh": "由专家评审。", "en": "Judged by experts."}, "kind": "person"}));
    }
    json!({
        "clauses": clauses,
        "items": [{"key": "i1", "label": {"zh": "奖励", "en": "Award"},
                   "benefit": {"kind": "money", "amount": "share(revenue, percent(1))", "cap": "wan(60)", "text": {"zh": "按营业收入 1% 奖励", "en": "1 % of revenue"}}}],
        "money": {"year_cap": "wan(70)", "floor": "wan(1)", "against": [{"policy": "设备补助", "how": "exclusive"}, {"policy": "贷款贴息", "how": "deduct"}]}
    })
}

/// The `n`-th firm of the seed: revenue and awards as policy, year and fen.
fn seeded(n: usize) -> (i64, Vec<(&'static str, i32, i64)>) {
    let revenue = wan(1900) + n as i64 * 9_876_500;
    let mut awards = Vec::new();
    if n.is_multiple_of(11) {
        awards.push(("设备补助", 2023, wan(1)));
    }
    if n.is_multiple_of(7) {
        awards.push(("贷款贴息", 2026, wan(25)));
    }
    if n.is_multiple_of(13) {
        awards.push((NUMBER, 2026, wan(65)));
    }
    (revenue, awards)
}

/// Fen that the `n`-th firm must get, counted without the program's help.
fn due(n: usize) -> i64 {
    let (revenue, awards) = seeded(n);
    let sum = |name: &str| awards.iter().filter(|(policy, ..)| *policy == name).map(|(.., fen)| fen).sum::<i64>();
    if revenue < wan(2000) || sum("设备补助") > 0 {
        return 0;
    }
    let formula = (revenue / 100).min(wan(60)).min(wan(70) - sum(NUMBER));
    let left = (formula - sum("贷款贴息")).max(0);
    if left < wan(1) { 0 } else { left }
}

struct World {
    app: TestApp,
    firms: BTreeMap<String, usize>,
    officer: Client,
    first: Client,
    second: Client,
}

/// An officer and two reviewers of the city, firms with their history, the policy in force and its budget.
async fn world(app: TestApp, total: Option<i64>) -> World {
    let firms = blocking(|| {
        let firms = seed(&app);
        release(&app, false);
        if let Some(total) = total {
            budget(&app, total);
        }
        firms
    });
    let officer = app.account("chen", &["officer"], None).await;
    let first = app.persona("reviewer").await;
    let second = app.account("tan", &["reviewer"], None).await;
    World { app, firms, officer, first, second }
}

const BUDGET: Id = Id::v7(9, 9);

fn budget(app: &TestApp, total: i64) {
    let values = new_budget_values(&app.app, app.region.policy(POLICY), "规模企业奖励", app.app.today().year().into(), total);
    blocking(|| write(app, vec![Change::Create { record: "budget".into(), id: BUDGET, values, years: Years::new() }], vec![]));
}

fn change_budget(app: &TestApp, total: i64) {
    let values = values([("total", Value::Int(total))]);
    let change = Change::Update { record: "budget".into(), id: BUDGET, expected_version: None, values, years: Years::new() };
    blocking(|| write(app, vec![change], vec![]));
}

fn grant(app: &TestApp, firm: Id, policy: &str, fen: i64) {
    let paid = Value::Date(Date::from_ymd(2026, 2, 2).expect("a day"));
    let values = values([("enterprise", Value::Ref(firm)), ("policy", Value::text(policy)), ("amount", Value::Int(fen)), ("paid", paid)]);
    write(app, vec![Change::Create { record: "support_grant".into(), id: Id::v7(9, 8), values, years: Years::new() }], vec![]);
}

fn write(app: &TestApp, changes: Vec<Change>, documents: Vec<DocumentPut>) {
    let stamp = Some(Stamp { source: "market_regulation".into(), as_of: Date::from_ymd(2026, 3, 1).expect("a day") });
    let now = app.app.now();
    app.store.commit(Commit { changes, documents, stamp, day: app.app.today(), ..Commit::new(now, "test.seed") }).expect("it is valid");
}

fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn seed(app: &TestApp) -> BTreeMap<String, usize> {
    let mut ids = IdSequence::default();
    let (mut firms, mut changes) = (BTreeMap::new(), Vec::new());
    for n in 0..FIRMS {
        let (revenue, awards) = seeded(n);
        let id = ids.next(1_000, n as u128);
        firms.insert(id.text("ent"), n);
        let region = if n % 2 == 0 { "431302" } else { "431382" };
        let flat = values([
            ("name", Value::text(format!("娄底第{n}实业有限公司"))),
            ("credit_code", Value::text(credit_code(100 + n))),
            ("region", Value::text(region)),
        ]);
        let years = Years::from([(app.app.judged_year(), values([("revenue", Value::Int(revenue)), ("employees", Value::Int(10))]))]);
        changes.push(Change::Create { record: "enterprise".into(), id, values: flat, years });
        for (policy, year, fen) in awards {
            let paid = Date::from_ymd(year, 2, 1).expect("a day");
            let values = values([
                ("enterprise", Value::Ref(id)),
                ("policy", Value::text(policy)),
                ("amount", Value::Int(fen)),
                ("paid", Value::Date(paid)),
            ]);
            changes.push(Change::Create { record: "support_grant".into(), id: ids.next(1_000, n as u128), values, years: Years::new() });
        }
    }
    write(app, changes, vec![]);
    firms
}

/// Puts the document in force, as a release does.
fn release(app: &TestApp, person: bool) {
    let id = app.region.policy(POLICY);
    let values = values([
        ("grant_mode", Value::text("automatic")),
        ("number", Value::text(NUMBER)),
        ("when", Value::text("within(region, \"431300\") && revenue >= wan(2000) && employees >= 1")),
    ]);
    let change = Change::Update { record: "policy".into(), id, expected_version: None, values, years: Years::new() };
    let document = DocumentPut {
        kind: "policy_in_force".into(),
        key: id.to_string(),
        value: Some(content(person)),
        expected_version: None,
        journal: false,
    };
    write(app, vec![change], vec![document]);
}

fn blocking<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}

/// At most so many batches.
fn work(app: &TestApp, batches: usize) {
    assert!(works(app, batches), "the store answers");
}

/// Whether the store answered when it was asked for runs.
fn works(app: &TestApp, batches: usize) -> bool {
    blocking(|| {
        let left = Cell::new(batches);
        let go_on = || left.replace(left.get().saturating_sub(1)) > 0;
        app.app.work_on_awards(&go_on).is_ok()
    })
}

impl World {
    async fn start(&mut self) -> String {
        let policy = self.app.region.policy_id(POLICY);
        let run = self.officer.post("/api/award-runs", json!({"policy": policy})).await.created();
        assert_eq!(run["state"], "preparing");
        run["id"].as_str().expect("an id").to_owned()
    }

    async fn run(&mut self, run: &str) -> Json {
        self.officer.get(&format!("/api/award-runs/{run}")).await.ok()
    }

    /// From the start to the first signature.
    async fn signed_once(&mut self) -> String {
        let run = self.start().await;
        command(&mut self.officer.clone(), &run, "freeze").await.ok();
        work(&self.app, usize::MAX);
        command(&mut self.officer.clone(), &run, "dry_run").await.ok();
        command(&mut self.first.clone(), &run, "sign_first").await.ok();
        run
    }

    async fn lines(&mut self, run: &str, show: &str) -> Vec<Json> {
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.officer.get(&format!("/api/award-runs/{run}/lines?show={show}&limit=200{after}")).await.ok();
            all.extend(page["items"].as_array().expect("lines").iter().cloned());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return all,
            }
        }
    }

    /// Every claim of the run: firm and fen.
    async fn claims(&mut self) -> Vec<(usize, i64, String)> {
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.first.get(&format!("/api/records/claim?limit=200{after}")).await.ok();
            for item in page["items"].as_array().expect("claims") {
                let firm = self.firms[item["values"]["enterprise"].as_str().expect("a firm")];
                let state = item["values"]["state"].as_str().expect("a state").to_owned();
                all.push((firm, item["values"]["amount"].as_i64().expect("an amount"), state));
            }
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        all.sort();
        all
    }
}

async fn command(client: &mut Client, run: &str, command: &str) -> crate::support::Answer {
    with_reason(client, run, command, json!({})).await
}

async fn with_reason(client: &mut Client, run: &str, command: &str, inputs: Json) -> crate::support::Answer {
    let version = client.get(&format!("/api/award-runs/{run}")).await.ok()["version"].as_i64().expect("a version");
    client.on_version(Method::POST, &format!("/api/records/award_run/{run}/commands/{command}"), version, json!({"inputs": inputs})).await
}

fn expected() -> Vec<(usize, i64, String)> {
    (0..FIRMS).filter(|n| due(*n) > 0).map(|n| (n, due(n), "consenting".to_owned())).collect()
}

fn total() -> i64 {
    (0..FIRMS).map(due).sum()
}

#[tokio::test]
async fn what_is_granted_is_the_list_and_the_list_is_right_to_the_fen_on_every_database() {
    for database in databases() {
        let mut world = world(TestApp::on(database), Some(total())).await;
        let offers = world.officer.get("/api/award-runs/policies").await.ok();
        assert_eq!((&offers["items"][0]["ready"], &offers["items"][0]["firms"]), (&json!(true), &json!(fitting())), "{offers}");
        let run = world.signed_once().await;
        let tried = world.run(&run).await;
        assert_eq!((&tried["candidates"], &tried["total"]), (&json!(fitting()), &json!(total())), "{database:?}");
        assert_eq!(tried["budget"]["left"], total(), "nothing is set aside before the second signature");
        let lines = world.lines(&run, "all").await;
        assert_eq!(lines.len(), fitting());
        for line in &lines {
            let n = world.firms[line["firm"]["id"].as_str().expect("a firm")];
            assert_eq!((line["amount"].as_i64(), line["skipped"].is_null()), (Some(due(n)), due(n) > 0), "firm {n}: {line}");
        }
        let skipped: u64 = tried["skipped_by"].as_array().expect("reasons").iter().filter_map(|by| by["count"].as_u64()).sum();
        assert_eq!(skipped as usize, lines.iter().filter(|line| line["amount"] == 0).count());

        command(&mut world.second.clone(), &run, "sign_second").await.ok();
        assert_eq!(world.run(&run).await["budget"]["reserved"], total(), "the whole sum in the commit of the signature");
        work(&world.app, usize::MAX);
        let granted = world.run(&run).await;
        assert_eq!(granted["state"], "granted", "{granted}");
        assert_eq!((&granted["created_count"], &granted["created_total"]), (&tried["firms"], &json!(total())));
        assert_eq!(world.claims().await, expected());
        let csv = world.officer.get(&format!("/api/award-runs/{run}/export?show=granted")).await.is(200).text();
        assert_eq!(csv.lines().count(), 1 + expected().len());
        let signed: Vec<String> =
            granted["signatures"].as_array().expect("signatures").iter().map(|s| s["command"].as_str().expect("a word").into()).collect();
        assert_eq!(signed, ["freeze", "dry_run", "sign_first", "sign_second"]);
        let again = world.officer.post("/api/award-runs", json!({"policy": world.app.region.policy_id(POLICY)})).await.created();
        assert_eq!(again["state"], "preparing", "the policy is free for another run");
    }
}

fn fitting() -> usize {
    (0..FIRMS).filter(|n| seeded(*n).0 >= wan(2000)).count()
}

#[tokio::test]
async fn granting_cut_off_anywhere_goes_on_and_makes_no_claim_twice() {
    for database in databases() {
        let mut world = world(TestApp::on(database), Some(total())).await;
        let run = world.signed_once().await;
        command(&mut world.second.clone(), &run, "sign_second").await.ok();
        work(&world.app, 1);
        let half = world.run(&run).await;
        let made = world.claims().await.len();
        assert!(half["state"] == "granting" && made > 0 && made < expected().len(), "{half}");
        assert_eq!(half["created_count"], made);
        // a fault at every place of the next batch: nothing of it is left, and the next call does it whole
        for statement in [1, 7, 40, 200, 900] {
            world.app.store.faults().fail_at(statement);
            works(&world.app, 1);
            world.app.store.faults().fail_at(0);
            assert_eq!(world.run(&run).await["created_count"], world.claims().await.len(), "fault at statement {statement}");
        }
        // the program ends and another one opens the same store
        let options = liangu_app::Options {
            clock: world.app.clock.clone(),
            secrets: std::sync::Arc::new(liangu_app::secrets::SystemSecrets),
            version: "test".into(),
        };
        blocking(|| {
            let reopened = liangu_app::App::open(world.app.store.clone(), options).expect("it opens again");
            reopened.work_on_awards(&|| true).expect("the store answers");
            std::mem::forget(reopened);
        });
        let granted = world.run(&run).await;
        assert_eq!((&granted["state"], &granted["created_total"]), (&json!("granted"), &json!(total())));
        assert_eq!(world.claims().await, expected(), "{database:?}");
        assert_eq!(granted["budget"]["reserved"], total());
    }
}

#[tokio::test]
async fn two_persons_sign_and_neither_prepared_it() {
    let mut world = world(TestApp::new(), Some(total())).await;
    let mut both = world.app.account("both", &["officer", "reviewer"], None).await;
    let run = world.start().await;
    command(&mut both, &run, "freeze").await.ok();
    work(&world.app, usize::MAX);
    command(&mut both, &run, "dry_run").await.ok();
    command(&mut both, &run, "sign_first").await.problem(403, "two_persons");
    command(&mut world.first.clone(), &run, "sign_first").await.ok();
    command(&mut world.first.clone(), &run, "sign_second").await.problem(403, "two_persons");
    command(&mut both, &run, "sign_second").await.problem(403, "two_persons");
    command(&mut world.officer.clone(), &run, "sign_second").await.problem(403, "not_yours");
    let mut finance = world.app.persona("finance").await;
    command(&mut finance, &run, "sign_second").await.problem(403, "not_yours");
    assert!(world.claims().await.is_empty());
    with_reason(&mut world.second.clone(), &run, "send_back", json!({})).await.problem(422, "invalid");
    with_reason(&mut world.second.clone(), &run, "send_back", json!({"reason": "核对名单"})).await.ok();
    assert_eq!(world.run(&run).await["state"], "frozen");
}

#[tokio::test]
async fn a_run_is_refused_where_a_person_must_judge_where_money_lacks_and_where_the_world_moved_on() {
    let mut world = world(TestApp::new(), None).await;
    let policy = world.app.region.policy_id(POLICY);
    world.officer.post("/api/award-runs", json!({"policy": world.app.region.policy_id("research")})).await.problem(409, "not_automatic");
    blocking(|| release(&world.app, true));
    world.officer.post("/api/award-runs", json!({"policy": policy})).await.problem(409, "not_covered");
    blocking(|| release(&world.app, false));
    let mut county = world.app.persona("officer").await;
    county.post("/api/award-runs", json!({"policy": policy})).await.problem(403, "leaves_scope");
    world.first.post("/api/award-runs", json!({"policy": policy})).await.problem(403, "role");

    let run = world.start().await;
    world.officer.post("/api/award-runs", json!({"policy": policy})).await.problem(409, "open_run");
    command(&mut world.officer.clone(), &run, "freeze").await.ok();
    work(&world.app, usize::MAX);
    command(&mut world.officer.clone(), &run, "dry_run").await.ok();
    command(&mut world.first.clone(), &run, "sign_first").await.problem(409, "no_budget");
    budget(&world.app, total() - 1);
    command(&mut world.first.clone(), &run, "sign_first").await.problem(409, "budget");
    change_budget(&world.app, total());
    command(&mut world.first.clone(), &run, "sign_first").await.ok();

    // a firm of the list is paid by another policy before the second signature
    let paid = world.firms.iter().find(|(_, n)| due(**n) > 0).expect("one gets money").0;
    let firm = Id::parse("ent", paid).expect("an id");
    blocking(|| grant(&world.app, firm, "设备补助", wan(1)));
    command(&mut world.second.clone(), &run, "sign_second").await.problem(409, "changed_since");
    assert_eq!(world.run(&run).await["budget"]["reserved"], 0);
    with_reason(&mut world.second.clone(), &run, "cancel", json!({"reason": "资料有变"})).await.ok();
    assert!(world.claims().await.is_empty());
    world.start().await;
}
