//! Runs that go wrong: the policy, the firms, the budget move on, somebody cancels, a batch fails. What the persons
//! concerned are told, and what is left behind.
use super::*;
use liangu_store::Stamp;

/// Puts a document with another cap in force.
fn release_with_cap(app: &TestApp, cap: &str) {
    let mut document = content(false);
    document["items"][0]["benefit"]["cap"] = json!(cap);
    let key = app.region.policy(POLICY).to_string();
    let put = DocumentPut { kind: "policy_in_force".into(), key, value: Some(document), expected_version: None, journal: false };
    blocking(|| write(app, vec![], vec![put]));
}

fn change_policy(app: &TestApp, field: &str, value: Value) {
    let values = values([(field, value)]);
    let id = app.region.policy(POLICY);
    let change = Change::Update { record: "policy".into(), id, expected_version: None, values, years: Years::new() };
    blocking(|| write(app, vec![change], vec![]));
}

/// A later word on a firm.
fn change_firm(app: &TestApp, firm: Id, field: &str, value: i64) {
    let years = Years::from([(app.app.judged_year(), values([(field, Value::Int(value))]))]);
    let change = Change::Update { record: "enterprise".into(), id: firm, expected_version: None, values: Values::new(), years };
    let day = app.app.today();
    let stamp = Some(Stamp { source: "market_regulation".into(), as_of: day });
    let commit = Commit { changes: vec![change], stamp, day, ..Commit::new(app.app.now(), "test.fact") };
    blocking(|| drop(app.store.commit(commit).expect("it is valid")));
}

impl World {
    /// From the start to the dry run.
    async fn tried(&mut self) -> String {
        let run = self.start().await;
        self.frozen_and_tried(&run).await;
        run
    }

    async fn frozen_and_tried(&mut self, run: &str) {
        command(&mut self.officer, run, "freeze").await.ok();
        work(&self.app, usize::MAX);
        command(&mut self.officer, run, "dry_run").await.ok();
    }

    fn firm(&self, n: usize) -> Id {
        let found = self.firms.iter().find(|(_, number)| **number == n).expect("a seeded firm");
        Id::parse("ent", found.0).expect("an id")
    }
}

/// Whether the button is offered, and what stands beside it if not.
async fn offer(client: &mut Client, run: &str, command: &str) -> (bool, String) {
    let flow = client.get(&format!("/api/records/award_run/{run}/flow")).await.ok();
    let commands = flow["commands"].as_array().expect("commands");
    let found = commands.iter().find(|offer| offer["name"] == command).unwrap_or_else(|| panic!("no {command} in {flow}"));
    (found["allowed"] == true, found["why"]["zh"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_policy_superseded_before_a_signature_is_said_on_the_button_and_frozen_anew() {
    let mut world = world(TestApp::new(), Some(total())).await;
    let run = world.tried().await;
    assert_eq!(offer(&mut world.first, &run, "sign_first").await, (true, String::new()));
    release_with_cap(&world.app, "wan(30)");
    let (allowed, why) = offer(&mut world.first, &run, "sign_first").await;
    assert!(!allowed && why.contains("政策在冻结后改了"), "{why}");
    command(&mut world.first, &run, "sign_first").await.problem(409, "changed_since");
    command(&mut world.officer, &run, "dry_run").await.problem(409, "changed_since");

    world.frozen_and_tried(&run).await;
    let anew = world.run(&run).await;
    let capped = |n: usize| due(n).min(wan(30));
    // the deduction comes after the cap, so only firms without one are counted here
    let lines = world.lines(&run, "granted").await;
    for line in &lines {
        let n = world.firms[line["firm"]["id"].as_str().expect("a firm")];
        if n % 7 != 0 {
            assert_eq!(line["amount"], capped(n), "firm {n}");
        }
    }
    assert!(anew["total"].as_i64() < Some(total()) && anew["moved"].is_null(), "{anew}");

    command(&mut world.first, &run, "sign_first").await.ok();
    release_with_cap(&world.app, "wan(20)");
    let (allowed, why) = offer(&mut world.second, &run, "sign_second").await;
    assert!(!allowed && why.contains("先退回"), "{why}");
    command(&mut world.second, &run, "sign_second").await.problem(409, "changed_since");
    release_with_cap(&world.app, "wan(30)");
    change_policy(&world.app, "grant_mode", Value::text("application"));
    command(&mut world.second, &run, "sign_second").await.problem(409, "not_automatic");
    let left = world.run(&run).await;
    assert_eq!((&left["state"], &left["budget"]["reserved"]), (&json!("signed"), &json!(0)));
    with_reason(&mut world.second, &run, "send_back", json!({"reason": "政策改了"})).await.ok();
    command(&mut world.officer, &run, "freeze").await.problem(409, "not_automatic");
    change_policy(&world.app, "grant_mode", Value::text("automatic"));
    world.frozen_and_tried(&run).await;
    assert!(world.claims().await.is_empty());
}

#[tokio::test]
async fn firms_whose_facts_changed_after_the_freeze_are_named_to_those_who_sign() {
    let mut world = world(TestApp::new(), Some(total() + wan(60))).await;
    let run = world.tried().await;
    assert!(world.run(&run).await["moved"].is_null());
    let (gone, other, same) = (world.firm(100), world.firm(200), world.firm(300));
    assert!(due(100) > 0 && due(200) > 0 && due(300) > 0);
    change_firm(&world.app, gone, "employees", 0);
    change_firm(&world.app, other, "revenue", wan(2500));
    change_firm(&world.app, same, "insured_employees", 9);
    let moved = world.run(&run).await["moved"]["zh"].as_str().expect("words").to_owned();
    assert!(moved.contains("1 家已不符合条件（娄底第100实业有限公司）"), "{moved}");
    assert!(moved.contains("1 家的金额有变（娄底第200实业有限公司）"), "{moved}");

    // who signs all the same signs the frozen list
    command(&mut world.first, &run, "sign_first").await.ok();
    assert!(!world.run(&run).await["moved"].is_null());
    with_reason(&mut world.second, &run, "send_back", json!({"reason": "资料有变"})).await.ok();
    world.frozen_and_tried(&run).await;
    let anew = world.run(&run).await;
    assert!(anew["moved"].is_null(), "{anew}");
    assert_eq!(anew["total"], total() - due(100) - due(200) + wan(25), "the new list is by the new facts");

    change_firm(&world.app, other, "revenue", wan(3000));
    command(&mut world.first, &run, "sign_first").await.ok();
    command(&mut world.second, &run, "sign_second").await.ok();
    work(&world.app, usize::MAX);
    assert_eq!(world.run(&run).await["created_total"], anew["total"], "granted is what was signed");
    assert!(world.claims().await.contains(&(200, wan(25), "consenting".to_owned())));
}

#[tokio::test]
async fn a_budget_lowered_between_the_signatures_stops_the_second_and_says_what_is_left() {
    let mut world = world(TestApp::new(), Some(total())).await;
    let run = world.signed_once().await;
    change_budget(&world.app, wan(100));
    let (allowed, why) = offer(&mut world.second, &run, "sign_second").await;
    assert!(!allowed && why.contains("预算只剩 100 万元"), "{why}");
    let refused = command(&mut world.second, &run, "sign_second").await;
    refused.problem(409, "budget");
    let run_now = world.run(&run).await;
    assert_eq!((&run_now["state"], &run_now["budget"]["left"]), (&json!("signed"), &json!(wan(100))));
    assert!(world.claims().await.is_empty());

    change_budget(&world.app, total());
    command(&mut world.second, &run, "sign_second").await.ok();
    let mut finance = world.app.persona("finance").await;
    let budgets = finance.get("/api/budgets").await.ok();
    let line = &budgets.as_array().expect("budgets")[0];
    let path = format!("/api/budgets/{}", line["id"].as_str().expect("an id"));
    let version = line["version"].as_i64().expect("a version");
    finance.on_version(Method::PUT, &path, version, json!({"total": total() - 1})).await.problem(422, "invalid");
    work(&world.app, usize::MAX);
    assert_eq!(world.claims().await, expected());
}

#[tokio::test]
async fn a_run_is_cancelled_before_the_second_signature_and_leaves_nothing_behind() {
    let mut world = world(TestApp::new(), Some(total())).await;
    let states = ["preparing", "freezing", "frozen", "tried", "signed"];
    for state in states {
        let run = world.start().await;
        if state != "preparing" {
            command(&mut world.officer, &run, "freeze").await.ok();
        }
        if !["preparing", "freezing"].contains(&state) {
            work(&world.app, usize::MAX);
        }
        if ["tried", "signed"].contains(&state) {
            command(&mut world.officer, &run, "dry_run").await.ok();
        }
        if state == "signed" {
            command(&mut world.first, &run, "sign_first").await.ok();
        }
        assert_eq!(world.run(&run).await["state"], state);
        command(&mut world.officer, &run, "cancel").await.problem(422, "invalid");
        with_reason(&mut world.officer, &run, "cancel", json!({"reason": "另行安排"})).await.ok();
        work(&world.app, usize::MAX);
        let cancelled = world.run(&run).await;
        assert_eq!((&cancelled["state"], &cancelled["budget"]["reserved"]), (&json!("cancelled"), &json!(0)), "from {state}");
        command(&mut world.officer, &run, "freeze").await.problem(409, "other_state");
        let flow = world.officer.get(&format!("/api/records/award_run/{run}/flow")).await.ok();
        let last = flow["steps"].as_array().and_then(|steps| steps.last()).expect("a step");
        assert_eq!((&last["command"], &last["inputs"]["reason"]), (&json!("cancel"), &json!("另行安排")));
    }
    let run = world.signed_once().await;
    command(&mut world.second, &run, "sign_second").await.ok();
    with_reason(&mut world.officer, &run, "cancel", json!({"reason": "太晚"})).await.problem(409, "other_state");
    work(&world.app, usize::MAX);
    with_reason(&mut world.officer, &run, "cancel", json!({"reason": "太晚"})).await.problem(409, "other_state");
    assert_eq!(world.claims().await, expected(), "what five cancelled runs planned stands in nobody's way");
}

#[tokio::test]
async fn a_batch_that_fails_is_said_on_the_run_until_one_succeeds() {
    let mut world = world(TestApp::new(), Some(total())).await;
    let run = world.signed_once().await;
    command(&mut world.second, &run, "sign_second").await.ok();
    world.app.store.faults().fail_at(7);
    work(&world.app, 1);
    world.app.store.faults().fail_at(0);
    let failed = world.run(&run).await;
    assert_eq!(failed["state"], "granting");
    assert!(failed["refused"]["zh"].as_str().is_some_and(|why| why.contains("自动重试")), "{failed}");
    work(&world.app, usize::MAX);
    let granted = world.run(&run).await;
    assert_eq!((&granted["state"], &granted["refused"]), (&json!("granted"), &Json::Null));
    assert_eq!(world.claims().await, expected());
}
