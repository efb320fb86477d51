//! A policy from its text to release, by two people, and what must not happen on the way.
use crate::support::{Client, TestApp, databases};
use axum::http::Method;
use serde_json::{Value as Json, json};

/// A subsidy for firms of a size, with its cases.
fn content(threshold: &str) -> Json {
    json!({
        "clauses": [
            {"key": "c1", "article": "第三条", "text": {"zh": "在娄底市注册。", "en": "Registered in Loudi."}, "kind": "deciding", "when": "within(region, \"431300\")"},
            {"key": "c2", "text": {"zh": "营业收入达标。", "en": "Revenue."}, "kind": "deciding", "when": format!("revenue >= {threshold}")},
            {"key": "c3", "text": {"zh": "由专家评审。", "en": "Judged by experts."}, "kind": "person"}
        ],
        "items": [{"key": "i1", "label": {"zh": "奖励", "en": "Award"},
                   "benefit": {"kind": "money", "amount": "share(revenue, percent(1))", "cap": "wan(60)", "text": {"zh": "按营业收入 1% 奖励", "en": "1 % of revenue"}}}],
        "money": {"choose": "sum"},
        "cases": [
            {"key": "k1", "label": {"zh": "达标", "en": "fits"}, "firm": {"region": "431382", "revenue": "wan(9000)"}, "expects": "yes", "amount": "wan(60)"},
            {"key": "k2", "like": "k1", "label": {"zh": "外地", "en": "elsewhere"}, "firm": {"region": "430000"}, "expects": "no", "fails_on": "c1"},
            {"key": "k3", "like": "k1", "label": {"zh": "不足", "en": "too small"}, "firm": {"revenue": "wan(10)"}, "expects": "no", "fails_on": "c2"}
        ]
    })
}

fn head() -> Json {
    json!({"title": {"zh": "规上企业奖励办法", "en": "Award for firms above scale"}, "issuer": {"zh": "娄底市工信局", "en": "Loudi MIIT"},
           "level": "city", "kind": "reward", "region": "431300"})
}

async fn draft(officer: &mut Client) -> (String, i64) {
    let made = officer.post("/api/policies", head()).await.created();
    let path = format!("/api/policies/{}/versions/1", made["policy"]["id"].as_str().expect("an id"));
    (path, made["revision"].as_i64().expect("a revision"))
}

fn revision(version: &Json) -> i64 {
    version["revision"].as_i64().expect("a revision")
}

#[tokio::test]
async fn a_policy_goes_from_text_to_force_by_two_people_on_every_database() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut author = app.persona("officer").await;
        let mut other = app.persona("administrator").await;
        let mut firm = app.persona("firm").await;
        let matches = format!("/api/firms/{}/matches", app.region.firm_id("lianyuan"));
        let judged = firm.get(&matches).await.ok()["in_force"].as_u64().expect("a count");
        let (path, first) = draft(&mut author).await;
        let policy = path.strip_suffix("/versions/1").expect("a version's path").to_owned();
        let public = policy.replace("/api/policies", "/api/records/policy");
        app.anonymous().get(&public).await.problem(404, "not_found");
        let saved = author.put(&path, first, json!({"content": content("wan(2000)")})).await.ok();
        assert_eq!(saved["can"]["check"], json!({"allowed": true}));
        assert_eq!(saved["can"]["approve"]["allowed"], false);
        let checked = author.on_version(Method::POST, &format!("{path}/commands/check"), revision(&saved), json!({})).await.ok();
        assert_eq!(checked["state"], "checked");
        let own = author.on_version(Method::POST, &format!("{path}/commands/approve"), revision(&checked), json!({})).await;
        own.problem(403, "own_work");
        let approved =
            other.on_version(Method::POST, &format!("{path}/commands/approve"), revision(&checked), json!({"note": "同意"})).await.ok();
        assert_eq!((approved["state"].clone(), approved["effective_from"].clone()), (json!("in_force"), json!("2026-11-20")));
        let record = app.anonymous().get(&public).await.ok();
        assert_eq!(record["values"]["when"], "(within(region, \"431300\")) && (revenue >= wan(2000))", "{database:?}");
        assert_eq!(record["values"]["amount_max"], 60_000_000);
        assert_eq!(record["children"]["policy_clause"].as_array().map(Vec::len), Some(3));
        let firms = app.persona("leader").await.get(&format!("{policy}/firms")).await.ok();
        assert_eq!(firms["counts"]["yes"], 2, "who fits follows at once");
        assert_eq!(firm.get(&matches).await.ok()["in_force"], judged + 1, "what a firm sees follows too, read before or not");
    }
}

#[tokio::test]
async fn a_keystroke_shows_counts_money_names_and_what_it_changes() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let mut administrator = app.persona("administrator").await;
    let policy = format!("/api/policies/{}", app.region.policy_id("scale"));
    let opened = administrator.post(&format!("{policy}/versions"), json!({})).await.created();
    assert_eq!(opened["content"]["clauses"].as_array().map(Vec::len), Some(4), "a policy without versions starts from its clauses");
    let path = format!("{policy}/versions/1/trial");
    let trial = administrator.post(&path, json!({"content": content("wan(6000)")})).await.ok();
    assert_eq!(trial["counts"], json!({"yes": 1, "no": 2, "unknown": 1, "near": 2}));
    assert_eq!(trial["money"], json!({"total_fen": 60_000_000, "firms": 1, "unknown_firms": 0, "ceiling": false}));
    assert_eq!(trial["names"]["yes"][0]["name"], "娄星云桥钢构有限公司");
    assert_eq!(trial["names"]["near"][0]["clause"], "c2");
    assert_eq!((trial["against"]["gained"]["count"].clone(), trial["against"]["lost"]["count"].clone()), (json!(0), json!(1)));
    assert_eq!(trial["strictest"], json!({"clause": "c2", "removes": 2}));
    assert_eq!(trial["most_missing"]["field"], "revenue");
    assert_eq!(trial["groups"]["region"][0]["code"], "431302");
    assert_eq!(trial["coverage"], json!({"deciding": 2, "expressed": 2, "person": 1, "information": 0}));
    assert!(trial["cases"].as_array().unwrap().iter().all(|case| case["passes"] == true));
    assert_eq!(
        trial["clauses"][1]["condition"],
        json!({"fact": "revenue", "year": 0, "op": ">=", "value": {"amount": "6000", "unit": "wan"}, "label": {"zh": "营业收入", "en": "Revenue"}, "units": ["wan", "yuan", "yi"]})
    );
    let own = officer.post(&path, json!({"content": content("wan(6000)")})).await.ok();
    assert_eq!(own["counts"]["yes"], 0, "an officer sees the firms of the own region alone");
    let empty = administrator.post(&path, json!({"content": {}})).await.ok();
    assert_eq!(empty["counts"]["yes"], 4);
}

#[tokio::test]
async fn a_tree_and_a_text_are_one_thing_and_mistakes_are_shown_where_they_are() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let (path, _) = draft(&mut officer).await;
    let mut tried = content("wan(2000)");
    tried["clauses"][1]["condition"] = json!({"fact": "revenue", "year": -1, "op": ">", "value": {"amount": "1,500", "unit": "wan"}});
    let trial = officer.post(&format!("{path}/trial"), json!({"content": tried})).await.ok();
    assert_eq!(trial["clauses"][1]["when"], "revenue.at(-1) > wan(1500)");
    tried["clauses"][1]["condition"] = json!({"fact": "revenue", "op": ">"});
    let trial = officer.post(&format!("{path}/trial"), json!({"content": tried})).await.ok();
    assert_eq!(trial["counts"], json!(null));
    assert_eq!(trial["clauses"][1]["findings"][0]["code"], "condition.incomplete");
    let mut wrong = content("wan(2000)");
    wrong["clauses"][0]["when"] = json!("区域 && revenue >= 3");
    let trial = officer.post(&format!("{path}/trial"), json!({"content": wrong})).await.ok();
    assert_eq!(trial["counts"], json!(null));
    let finding = &trial["clauses"][0]["findings"][0];
    assert!(finding["start"].as_u64().unwrap() < finding["end"].as_u64().unwrap(), "{finding}");
    officer.post(&format!("{path}/trial"), json!({"content": {"clauses": 3}})).await.problem(422, "invalid");
    officer.post(&format!("{path}/trial"), json!({"content": {"surprise": 3}})).await.problem(422, "invalid");
}

#[tokio::test]
async fn nothing_untested_is_released_and_nothing_is_lost() {
    let app = TestApp::new();
    let mut author = app.persona("officer").await;
    let mut other = app.persona("administrator").await;
    let (path, first) = draft(&mut author).await;
    let check = format!("{path}/commands/check");
    author.on_version(Method::POST, &check, first, json!({})).await.problem(409, "gate");
    let mut bare = content("wan(2000)");
    bare["cases"].as_array_mut().unwrap().pop();
    let saved = author.put(&path, first, json!({"content": bare})).await.ok();
    let why = author.on_version(Method::POST, &check, revision(&saved), json!({})).await.problem(409, "gate");
    assert!(why["detail"].to_string().contains("用例"), "{why}");
    // two people save from the same state: the second is told, and keeps what he typed
    let mine = author.put(&path, revision(&saved), json!({"content": content("wan(2000)")})).await.ok();
    other.put(&path, revision(&saved), json!({"content": content("wan(1)")})).await.problem(412, "stale");
    // whoever wrote in it cannot approve it
    let theirs = other.put(&path, revision(&mine), json!({"content": content("wan(2000)")})).await.ok();
    let checked = author.on_version(Method::POST, &check, revision(&theirs), json!({})).await.ok();
    let approve = format!("{path}/commands/approve");
    other.on_version(Method::POST, &approve, revision(&checked), json!({})).await.problem(403, "own_work");
    author.put(&path, revision(&checked), json!({"content": content("wan(1)")})).await.problem(409, "state");
    let back = other.on_version(Method::POST, &format!("{path}/commands/return"), revision(&checked), json!({"note": "请补充"})).await.ok();
    assert_eq!((back["state"].clone(), back["note"].clone(), back["checked_by"].clone()), (json!("draft"), json!("请补充"), json!(null)));
    app.persona("firm").await.get(&path).await.problem(403, "role");
    author.on_version(Method::POST, &format!("{path}/commands/dance"), revision(&back), json!({})).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_new_version_supersedes_differs_by_meaning_and_can_be_withdrawn() {
    let app = TestApp::new();
    let mut author = app.persona("officer").await;
    let mut other = app.persona("administrator").await;
    let (path, first) = draft(&mut author).await;
    let policy = path.strip_suffix("/versions/1").unwrap().to_owned();
    let released = release(&mut author, &mut other, &path, first, content("wan(2000)"), json!({})).await;
    assert_eq!(released["state"], "in_force");
    let second = author.post(&format!("{policy}/versions"), json!({})).await.created();
    assert_eq!((second["number"].clone(), second["base"].clone()), (json!(2), json!(1)));
    other.post(&format!("{policy}/versions"), json!({})).await.problem(409, "open");
    let path = format!("{policy}/versions/2");
    let scheduled =
        release(&mut author, &mut other, &path, revision(&second), content("wan(7000)"), json!({"effective_from": "2026-11-22"})).await;
    assert_eq!(scheduled["state"], "scheduled");
    let found = author.get(&format!("{path}/difference")).await.ok();
    assert_eq!(found["from"], 1);
    let keys: Vec<&Json> = found["differences"].as_array().unwrap().iter().map(|d| &d["key"]).collect();
    assert_eq!(keys, ["c2"]);
    let list = author.get("/api/policies/authoring").await.ok();
    assert_eq!(list["scheduled"][0]["number"], 2);
    let impact = other.get(&format!("{policy}/withdrawal")).await.ok();
    assert_eq!((impact["firms"].clone(), impact["money_fen"].clone()), (json!(2), json!(110_000_000)));
    let current = other.get(&format!("{policy}/versions/1")).await.ok();
    let gone = other.on_version(Method::POST, &format!("{policy}/versions/1/commands/withdraw"), revision(&current), json!({})).await.ok();
    assert_eq!(gone["state"], "withdrawn");
    let firms = app.persona("leader").await.get(&format!("{policy}/firms")).await.ok();
    assert_eq!(firms["counts"]["yes"], 0);
}

#[tokio::test]
async fn a_firm_sees_what_a_policy_gives_item_by_item_and_what_it_got_before() {
    let app = TestApp::new();
    let mut author = app.persona("officer").await;
    let mut other = app.persona("administrator").await;
    let (path, first) = draft(&mut author).await;
    let mut written = content("wan(1500)");
    written["items"][0]["benefit"]["amount"] = json!("wan(40)");
    written["cases"][0]["amount"] = json!("wan(40)");
    written["money"] = json!({"choose": "sum", "against": [{"policy": "省级奖励", "how": "deduct"}], "pool": {"quota": 10}});
    release(&mut author, &mut other, &path, first, written, json!({})).await;
    let firm = app.region.firm_id("lianyuan");
    let policy = path.split('/').nth(3).unwrap();
    let answer = format!("/api/firms/{firm}/matches/{policy}");
    let mut people = app.persona("firm").await;
    let before = people.get(&answer).await.ok();
    let given = &before["benefits"];
    assert_eq!((given["total_fen"].clone(), given["settled_fen"].clone()), (json!(40_000_000), json!(null)));
    assert_eq!((given["items"][0]["answer"].clone(), given["items"][0]["amount_fen"].clone()), (json!("yes"), json!(40_000_000)));
    assert_eq!(given["notes"].as_array().map(Vec::len), Some(3), "selection, quota, the other policy");
    let grant = json!({"values": {"enterprise": firm, "policy": "省级奖励", "amount": 15_000_000, "paid": "2026-03-01"}});
    author.post("/api/records/support_grant", grant).await.created();
    let after = people.get(&answer).await.ok();
    assert_eq!(after["benefits"]["settled_fen"], 25_000_000);
    assert_eq!(after["benefits"]["steps"][0]["zh"], "扣除《省级奖励》已兑现的 15 万元");
}

async fn release(author: &mut Client, other: &mut Client, path: &str, at: i64, content: Json, order: Json) -> Json {
    let saved = author.put(path, at, json!({"content": content})).await.ok();
    let checked = author.on_version(Method::POST, &format!("{path}/commands/check"), revision(&saved), json!({})).await.ok();
    other.on_version(Method::POST, &format!("{path}/commands/approve"), revision(&checked), order).await.ok()
}

#[tokio::test]
async fn documents_beyond_every_need_are_refused_before_they_cost_anything() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let (path, first) = draft(&mut officer).await;
    let items: Vec<Json> = (0..3200).map(|n| json!({"key": format!("i{n}"), "benefit": {"amount": "wan(1)"}})).collect();
    let clauses: Vec<Json> = (0..201).map(|n| json!({"key": format!("c{n}")})).collect();
    let cases: Vec<Json> = (0..401).map(|n| json!({"key": format!("k{n}")})).collect();
    let long = format!("revenue >= wan(1{})", " ".repeat(4_000));
    let documents = [
        json!({"items": items}),
        json!({"clauses": clauses}),
        json!({"cases": cases}),
        json!({"clauses": [{"key": "c1", "kind": "deciding", "when": long}]}),
        json!({"dates": {"judged_year": -2_147_483_648i64}}),
        json!({"dates": {"judged_year": 9999}}),
    ];
    for document in documents {
        let body = json!({"content": document});
        officer.post(&format!("{path}/trial"), body.clone()).await.problem(422, "invalid");
        officer.put(&path, first, body).await.problem(422, "invalid");
    }
    let placed =
        officer.post(&format!("{path}/trial"), json!({"content": {"items": [{"key": "i1"}, {"key": 3}]}})).await.problem(422, "invalid");
    assert!(placed.to_string().contains("items[1]"), "{placed}");
    let years = |n: i32| (0..n).map(|y| format!("known(revenue.at(-{y}))")).collect::<Vec<_>>().join(" || ");
    let wide = json!({"content": {"clauses": [{"key": "c1", "kind": "deciding", "when": years(30)}]}});
    assert_eq!(officer.post(&format!("{path}/trial"), wide).await.ok()["counts"]["unknown"], 0);
}

#[tokio::test]
async fn a_rule_that_cannot_be_decided_for_all_firms_is_not_approved() {
    let app = TestApp::new();
    let mut author = app.persona("officer").await;
    let (path, first) = draft(&mut author).await;
    let mut written = content("wan(2000)");
    written["clauses"][1]["when"] = json!("known(name) && revenue >= wan(2000)");
    for at in 0..3 {
        written["cases"][at]["firm"]["name"] = json!("甲");
    }
    let saved = author.put(&path, first, json!({"content": written})).await.ok();
    let refused =
        author.on_version(Method::POST, &format!("{path}/commands/check"), revision(&saved), json!({})).await.problem(409, "gate");
    assert!(refused["detail"].to_string().contains("合起来的规则"), "{refused}");
}

#[tokio::test]
async fn of_two_who_begin_at_once_one_is_told_and_a_withdrawn_policy_lives_again() {
    let app = TestApp::new();
    let mut author = app.persona("officer").await;
    let mut other = app.persona("administrator").await;
    let (path, first) = draft(&mut author).await;
    let policy = path.strip_suffix("/versions/1").unwrap().to_owned();
    release(&mut author, &mut other, &path, first, content("wan(2000)"), json!({})).await;
    let record = policy.replace("/api/policies", "/api/records/policy");
    let version = other.get(&record).await.ok()["version"].as_i64().unwrap();
    other.patch(&record, version, json!({"values": {"judged_year": 2024}})).await.problem(422, "invalid");
    let (mut one, mut two) = (author.clone(), other.clone());
    let open = format!("{policy}/versions");
    let (a, b) = tokio::join!(one.post(&open, json!({})), two.post(&open, json!({})));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let draft = author.get(&format!("{policy}/versions/2")).await.ok();
    author.on_version(Method::POST, &format!("{policy}/versions/2/commands/discard"), revision(&draft), json!({})).await.ok();
    let current = other.get(&format!("{policy}/versions/1")).await.ok();
    other.on_version(Method::POST, &format!("{policy}/versions/1/commands/withdraw"), revision(&current), json!({})).await.ok();
    let third = author.post(&open, json!({})).await.created();
    assert_eq!((third["number"].clone(), third["content"]["cases"].as_array().map(Vec::len)), (json!(3), Some(3)), "nothing is lost");
    release(&mut author, &mut other, &format!("{policy}/versions/3"), revision(&third), content("wan(2000)"), json!({})).await;
    let firms = app.persona("leader").await.get(&format!("{policy}/firms")).await.ok();
    assert_eq!(firms["counts"]["yes"], 2);
}

#[tokio::test]
async fn the_rule_of_a_policy_is_written_by_its_versions_alone() {
    let app = TestApp::new();
    let mut administrator = app.persona("administrator").await;
    let path = format!("/api/records/policy/{}", app.region.policy_id("scale"));
    administrator.patch(&path, 1, json!({"values": {"when": "true"}})).await.problem(422, "invalid");
    administrator.patch(&path, 1, json!({"values": {"number": "娄政发〔2026〕1号"}})).await.ok();
    let clause = administrator.get(&path).await.ok()["children"]["policy_clause"][0]["id"].as_str().unwrap().to_owned();
    administrator
        .patch(&format!("/api/records/policy_clause/{clause}"), 1, json!({"values": {"when": "true"}}))
        .await
        .problem(403, "update");
}

#[tokio::test]
async fn a_text_is_cut_into_clauses_and_the_editor_gets_its_words() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let cut = officer.post("/api/policies/split", json!({"text": "第一条 注册满一年。\n第二条 收入达标。"})).await.ok();
    assert_eq!(cut["clauses"][1], json!({"article": "第二条", "text": "收入达标。"}));
    let words = officer.get("/api/policies/vocabulary").await.ok();
    let named = |list: &str, name: &str| words[list].as_array().unwrap().iter().find(|w| w["name"] == name).cloned().unwrap_or_default();
    assert_eq!(named("facts", "revenue")["units"][0], json!({"code": "wan", "label": {"zh": "万元", "en": "10,000 yuan"}}));
    assert_eq!(named("facts", "certs")["ops"][0], "has_any");
    assert_eq!(named("collections", "projects")["label"]["zh"], "企业项目");
    assert!(!named("functions", "growth").is_null());
}
