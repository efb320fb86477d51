//! Cases as people and time move them, told on the pack of the examples: a firm asks for a training, an officer arranges
//! it, the firm is asked back, everybody is told in time.
use crate::support::{Client, Database, TestApp, databases};
use axum::http::Method;
use liangu_model::SourceFile;
use serde_json::{Value as Json, json};

/// The pack of the examples, its flow possibly changed.
fn training(change: impl Fn(&str) -> String) -> Vec<SourceFile> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/packs/training");
    let read = |name: &str| {
        let text = std::fs::read_to_string(format!("{dir}/{name}")).expect("the example is there");
        SourceFile { pack: "training".into(), path: name.into(), text: if name == "request.yaml" { change(&text) } else { text } }
    };
    ["pack.yaml", "course.yaml", "request.yaml"].into_iter().map(read).collect()
}

fn on(database: Database) -> TestApp {
    TestApp::with_packs(database, training(str::to_owned))
}

const LIST: &str = "/api/records/training_request";

/// A case as its reader sees it, with the commands' names.
struct Case {
    path: String,
}

impl Case {
    /// A draft of the persona `firm`.
    async fn drafted(app: &TestApp) -> Case {
        let mut firm = app.persona("firm").await;
        let values = json!({"enterprise": app.region.firm_id("lianyuan"), "topic": "digital", "people": 12});
        let made = firm.post(LIST, json!({ "values": values })).await.created();
        assert_eq!((&made["values"]["state"], &made["values"]["promised"]), (&json!("draft"), &Json::Null));
        Case { path: format!("{LIST}/{}", made["id"].as_str().expect("an id")) }
    }

    async fn submitted(app: &TestApp) -> Case {
        let case = Case::drafted(app).await;
        case.order(app, "firm", "submit", json!({})).await;
        case
    }

    async fn view(&self, client: &mut Client) -> Json {
        client.get(&format!("{}/flow", self.path)).await.ok()
    }

    async fn tried(&self, client: &mut Client, command: &str, version: i64, inputs: Json) -> crate::support::Answer {
        let path = format!("{}/commands/{command}", self.path);
        client.on_version(Method::POST, &path, version, json!({ "inputs": inputs })).await
    }

    /// A persona gives a command on what it sees.
    async fn order(&self, app: &TestApp, persona: &str, command: &str, inputs: Json) -> Json {
        self.give(&mut app.persona(persona).await, command, inputs).await.ok()
    }

    async fn give(&self, client: &mut Client, command: &str, inputs: Json) -> crate::support::Answer {
        let version = self.view(client).await["version"].as_i64().expect("a version");
        self.tried(client, command, version, inputs).await
    }

    async fn state(&self, app: &TestApp) -> String {
        self.view(&mut app.persona("leader").await).await["state"].as_str().expect("a state").to_owned()
    }

    fn id(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

fn names<'j>(list: &'j Json, field: &str) -> Vec<&'j str> {
    list.as_array().expect("a list").iter().map(|one| one[field].as_str().unwrap_or_default()).collect()
}

fn allowed(view: &Json) -> Vec<&str> {
    let commands = view["commands"].as_array().expect("commands").iter();
    commands.filter(|one| one["allowed"] == true).map(|one| one["name"].as_str().unwrap_or_default()).collect()
}

/// Texts of a person's unread notices, the newest first.
async fn told(client: &mut Client) -> Vec<String> {
    let page = client.get("/api/notices?unread=true").await.ok();
    page["items"].as_array().expect("notices").iter().map(|one| one["text"]["zh"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_whole_life() {
    for database in databases() {
        let app = on(database);
        let mut firm = app.persona("firm").await;
        let mut officer = app.persona("officer").await;
        let case = Case::drafted(&app).await;
        assert_eq!(allowed(&case.view(&mut firm).await), ["submit", "withdraw"]);
        assert_eq!(officer.get("/api/inbox").await.ok()["items"], json!([]), "a draft is the firm's own");

        case.order(&app, "firm", "submit", json!({})).await;
        let inbox = officer.get("/api/inbox?record=training_request").await.ok();
        let item = &inbox["items"][0];
        assert_eq!((&item["unassigned"], &item["mine"], &item["state"]), (&json!(true), &json!(false), &json!("submitted")));
        assert_eq!(item["firm"]["title"], "涟源湘石机械有限公司");
        assert_eq!(inbox["groups"], json!({"overdue": 0, "today": 0, "soon": 1, "later": 0, "paused": 0}));
        let view = case.view(&mut firm).await;
        // 20 November 2026 is a Friday: ten working days end on 4 December.
        assert_eq!((&view["promised"], &view["lamp"]["colour"]), (&json!("2026-12-04"), &json!("amber")));

        let taken = case.give(&mut officer, "sign_for", json!({})).await;
        assert_eq!(taken.header("etag"), "\"3\"");
        assert_eq!(taken.ok()["values"]["holder_name"], "演示officer");
        case.give(&mut officer, "ask", json!({})).await.problem(422, "invalid");
        case.give(&mut officer, "ask", json!({"question": "几天？"})).await.ok();
        assert!(told(&mut firm).await[0].contains("几天？"), "the firm is told what is asked");
        let todo = firm.get("/api/inbox").await.ok();
        assert_eq!((&todo["show"], names(&todo["items"], "state")), (&json!("todo"), vec!["asking"]));
        case.give(&mut firm, "answer", json!({"reply": "两天", "note": "内部"})).await.ok();
        let view = case.view(&mut officer).await;
        assert_eq!((&view["state"], &view["holder"]["mine"]), (&json!("arranging"), &json!(true)), "back to who asked");
        assert!(told(&mut officer).await[0].contains("回到您手中"));
        case.give(&mut officer, "arrange", json!({})).await.ok();

        let view = case.view(&mut firm).await;
        assert_eq!(names(&view["steps"], "command"), ["submit", "sign_for", "ask", "answer", "arrange"]);
        assert_eq!(names(&view["steps"], "by_name"), ["演示firm", "演示officer", "演示officer", "演示firm", "演示officer"]);
        assert_eq!(view["steps"][2]["inputs"], json!({"question": "几天？"}));
        assert_eq!(view["steps"][3]["inputs"], json!({"reply": "两天"}), "notes are for offices");
        assert_eq!(firm.get("/api/inbox?show=done").await.ok()["items"][0]["lamp"]["colour"], "done");
        let journal = firm.get(&format!("{}/history", case.path)).await.ok();
        assert_eq!(names(&journal["items"], "command")[..2], ["training_request.arrange", "training_request.answer"]);
    }
}

#[tokio::test]
async fn whoever_may_not_is_told_why() {
    let app = on(Database::Sqlite);
    let case = Case::submitted(&app).await;
    let mut leader = app.persona("leader").await;
    let mut firm = app.persona("firm").await;
    let mut officer = app.persona("officer").await;
    case.give(&mut leader, "sign_for", json!({})).await.problem(403, "not_yours");
    case.give(&mut firm, "answer", json!({"reply": "x"})).await.problem(409, "other_state");
    case.give(&mut officer, "cancel", json!({})).await.problem(404, "not_found");
    case.give(&mut officer, "sign_for", json!({})).await.ok();
    let mut second = app.account("second", &["officer"], None).await;
    case.give(&mut second, "arrange", json!({})).await.problem(403, "not_holder");
    case.give(&mut officer, "decline", json!({"reason": "字".repeat(4001)})).await.problem(422, "invalid");
    case.tried(&mut officer, "decline", 1, json!({"reason": "x"})).await.problem(412, "stale");
    let path = format!("{}/commands/decline", case.path);
    officer.post(&path, json!({"inputs": {"reason": "x"}})).await.problem(428, "version_missing");
    // Another firm's case, and a record without a flow, are not there.
    let mut other = app.account("other", &["firm"], Some(&app.region.firm_id("louxing"))).await;
    other.get(&format!("{}/flow", case.path)).await.problem(404, "not_found");
    case.tried(&mut other, "withdraw", 3, json!({})).await.problem(404, "not_found");
    let enterprise = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    officer.get(&format!("{enterprise}/flow")).await.problem(404, "not_found");
    // What is with the office is not the firm's to change; the office's own field is.
    firm.patch(&case.path, 3, json!({"values": {"people": 5}})).await.problem(403, "no_duty");
    officer.get("/api/inbox?show=todo").await.problem(400, "show");
    officer.get("/api/inbox?group=never").await.problem(400, "group");
    officer.get("/api/inbox?record=enterprise").await.problem(404, "not_found");
}

#[tokio::test]
async fn of_many_at_once_one_wins() {
    for database in databases() {
        let app = on(database);
        let case = Case::submitted(&app).await;
        let mut tries = tokio::task::JoinSet::new();
        for at in 0..64 {
            let mut client = app.persona("officer").await;
            let path = format!("{}/commands/sign_for", case.path);
            let key = format!("race-{at}");
            tries.spawn(async move {
                let headers = [("x-liangu", "web"), ("if-match", "\"2\""), ("idempotency-key", key.as_str())];
                client.send(Method::POST, &path, &headers, Some(b"{}".to_vec())).await.status.as_u16()
            });
        }
        let mut statuses = tries.join_all().await;
        statuses.sort_unstable();
        assert_eq!((statuses[0], statuses[1], statuses[63]), (200, 412, 412), "{statuses:?}");
        let view = case.view(&mut app.persona("officer").await).await;
        assert_eq!(names(&view["steps"], "command"), ["submit", "sign_for"]);
    }
}

#[tokio::test]
async fn a_repeated_request_is_answered_like_the_first() {
    let app = on(Database::Sqlite);
    let case = Case::submitted(&app).await;
    let mut officer = app.persona("officer").await;
    let path = format!("{}/commands/sign_for", case.path);
    let headers = [("x-liangu", "web"), ("if-match", "\"2\""), ("idempotency-key", "once")];
    for _ in 0..3 {
        let answer = officer.send(Method::POST, &path, &headers, Some(b"{}".to_vec())).await;
        assert_eq!(answer.ok()["values"]["state"], "arranging");
    }
    assert_eq!(case.view(&mut officer).await["steps"].as_array().expect("steps").len(), 2);
}

#[tokio::test]
async fn time_acts_and_late_time_acts_still() {
    for database in databases() {
        let app = on(database);
        let case = Case::submitted(&app).await;
        let mut leader = app.persona("leader").await;
        app.tick();
        assert_eq!(told(&mut leader).await, Vec::<String>::new(), "nothing is due yet");
        // Friday evening, Monday evening: nobody has taken it for a working day.
        app.advance_days(4);
        app.tick();
        app.tick();
        let mut leader = app.persona("leader").await;
        let notices = told(&mut leader).await;
        assert_eq!(notices.len(), 1, "{notices:?}");
        assert!(notices[0].contains("已有 1 个工作日无人签收"), "{notices:?}");
        let mut officer = app.persona("officer").await;
        let inbox = officer.get("/api/inbox?group=overdue").await.ok();
        assert_eq!(inbox["items"][0]["lamp"]["colour"], "red", "the first contact is late");
        assert_eq!(inbox["groups"]["overdue"], 1);

        case.give(&mut officer, "sign_for", json!({})).await.ok();
        case.give(&mut officer, "ask", json!({"question": "?"})).await.ok();
        // The program slept for two months: the wait lapses all the same.
        app.advance_days(60);
        let mut firm = app.persona("firm").await;
        let late = case.give(&mut firm, "answer", json!({"reply": "too late"})).await;
        late.problem(409, "other_state");
        app.tick();
        assert_eq!(case.state(&app).await, "lapsed");
        let view = case.view(&mut app.persona("firm").await).await;
        assert_eq!(names(&view["steps"], "command"), ["submit", "escalated", "overdue", "sign_for", "ask", "lapsed"]);
        assert_eq!(view["steps"][5]["by_name"], Json::Null);
        assert_eq!(view["lamp"]["colour"], "done");
    }
}

#[tokio::test]
async fn withdrawn_refused_and_taken_up_again() {
    let app = on(Database::Sqlite);
    let mut firm = app.persona("firm").await;
    let withdrawn = Case::submitted(&app).await;
    withdrawn.order(&app, "firm", "withdraw", json!({})).await;
    assert_eq!(allowed(&withdrawn.view(&mut firm).await), Vec::<&str>::new());
    assert_eq!(app.persona("officer").await.get("/api/inbox?show=all").await.ok()["items"], json!([]));

    let refused = Case::submitted(&app).await;
    refused.order(&app, "officer", "decline", json!({"reason": "名额已满"})).await;
    assert!(told(&mut firm).await[0].contains("名额已满"));
    let view = refused.view(&mut firm).await;
    assert!(view["next"]["zh"].as_str().expect("words").contains("可以再次提出"));
    refused.order(&app, "firm", "ask_again", json!({"reason": "下月也可以"})).await;
    let view = refused.view(&mut firm).await;
    assert_eq!((&view["state"], &view["reopened"]), (&json!("submitted"), &json!(1)));
    refused.order(&app, "officer", "decline", json!({"reason": "仍无名额"})).await;
    app.advance_days(30);
    let mut firm = app.persona("firm").await;
    refused.give(&mut firm, "ask_again", json!({"reason": "再来"})).await.problem(409, "too_late");
}

#[tokio::test]
async fn a_case_is_handed_over() {
    let app = on(Database::Sqlite);
    let case = Case::submitted(&app).await;
    let mut second = app.account("second", &["officer"], None).await;
    let mut officer = app.persona("officer").await;
    case.give(&mut officer, "sign_for", json!({})).await.ok();
    let path = format!("/api/colleagues?record=training_request&id={}", case.id());
    let colleagues = officer.get(&path).await.ok();
    assert_eq!(names(&colleagues, "name"), ["second"], "those of the role, not himself");
    assert_eq!(names(&officer.get("/api/colleagues?role=leader").await.ok(), "name"), Vec::<&str>::new(), "the leader is of the city");
    let to = |account: &Json| json!({ "account": account });
    let delegate = format!("{}/delegate", case.path);
    second.on_version(Method::POST, &delegate, 3, to(&colleagues[0]["id"])).await.problem(403, "not_holder");
    let leader = app.persona("leader").await.get("/api/session").await.ok()["account"]["id"].clone();
    officer.on_version(Method::POST, &delegate, 3, to(&leader)).await.problem(422, "invalid");
    let answer = officer.on_version(Method::POST, &delegate, 3, to(&colleagues[0]["id"])).await;
    assert_eq!(answer.ok()["values"]["holder_name"], "second");
    assert!(told(&mut second).await[0].contains("转由您办理"));
    assert_eq!(names(&second.get("/api/inbox?show=mine").await.ok()["items"], "state"), ["arranging"]);
    case.give(&mut officer, "arrange", json!({})).await.problem(403, "not_holder");
    case.give(&mut second, "arrange", json!({})).await.ok();
}

#[tokio::test]
async fn running_cases_go_on_under_another_flow() {
    for database in databases() {
        let mut app = on(database);
        let (case, draft) = (Case::submitted(&app).await, Case::drafted(&app).await);
        case.order(&app, "officer", "sign_for", json!({})).await;
        let before = case.view(&mut app.persona("officer").await).await;
        app.advance_minutes(1);
        app.upgrade(training(|flow| {
            let renamed = flow.replace("  version: 1\n", "  version: 2\n  moved: {arranging: planning}\n").replace("arranging", "planning");
            renamed.replace("moved: {planning: planning}", "moved: {arranging: planning}")
        }));
        app.tick();
        let after = case.view(&mut app.persona("officer").await).await;
        assert_eq!((&after["state"], &after["promised"]), (&json!("planning"), &before["promised"]), "what was promised stays");
        assert_eq!(after["holder"], before["holder"]);
        assert_eq!(names(&after["steps"], "command"), ["submit", "sign_for", "carried", "moved"]);
        let version = after["version"].clone();
        app.tick();
        assert_eq!(case.view(&mut app.persona("officer").await).await["version"], version, "carried once");
        case.order(&app, "officer", "arrange", json!({})).await;
        draft.order(&app, "firm", "submit", json!({})).await;
        assert_eq!(draft.state(&app).await, "submitted");
    }
}

#[tokio::test]
async fn pages_of_the_inbox_and_of_notices_hold_together() {
    let app = on(Database::Sqlite);
    for _ in 0..7 {
        Case::submitted(&app).await;
    }
    let mut officer = app.persona("officer").await;
    let taken = officer.get("/api/inbox?limit=1").await.ok()["items"][0].clone();
    let case = Case { path: format!("{LIST}/{}", taken["id"].as_str().expect("an id")) };
    case.give(&mut officer, "sign_for", json!({})).await.ok();
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = officer.get(&format!("/api/inbox?limit=3{after}")).await.ok();
        seen.extend(names(&page["items"], "id").into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 7, "the held one and the pool, each once");
    assert_eq!(seen.last().map(String::as_str), taken["id"].as_str(), "its first contact is made, so it presses least");
    officer.get("/api/inbox?after=x").await.problem(400, "after");

    app.advance_days(4);
    app.tick();
    let mut leader = app.persona("leader").await;
    let page = leader.get("/api/notices?limit=4").await.ok();
    assert_eq!((page["unread"].as_u64(), page["items"].as_array().map(Vec::len)), (Some(6), Some(4)));
    let rest = leader.get(&format!("/api/notices?limit=4&after={}", page["next"].as_str().expect("more"))).await.ok();
    assert_eq!((rest["items"].as_array().map(Vec::len), &rest["next"]), (Some(2), &Json::Null));
    let one = page["items"][0]["id"].as_str().expect("an id");
    leader.post(&format!("/api/notices/{one}/read"), json!({})).await.is(204);
    assert_eq!(leader.get("/api/notices").await.ok()["unread"], 5);
    let mut colleague = app.account("leader2", &["leader"], None).await;
    assert_eq!(colleague.get("/api/notices").await.ok()["unread"], 6, "reading is each one's own");
    app.persona("officer").await.post(&format!("/api/notices/{one}/read"), json!({})).await.problem(404, "not_found");
    leader.post("/api/notices/read", json!({})).await.is(204);
    assert_eq!(leader.get("/api/notices").await.ok()["unread"], 0);
}
