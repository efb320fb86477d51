//! What fits a firm, why, what is missing; answering, taking back; which firms a policy fits.
use crate::support::{Client, TestApp, databases, region};
use serde_json::{Value as Json, json};

fn titles(list: &Json) -> Vec<&str> {
    list.as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["title"].as_str().or(entry["policy"]["title"].as_str()).expect("a title"))
        .collect()
}

fn counts(matches: &Json) -> [u64; 4] {
    ["fits", "near", "unknown", "no"].map(|group| matches["groups"][group]["count"].as_u64().expect("a count"))
}

async fn matches(client: &mut Client, firm: &str) -> Json {
    client.get(&format!("/api/firms/{firm}/matches")).await.ok()
}

#[tokio::test]
async fn a_firm_sees_what_fits_what_is_near_and_what_we_must_know() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut firm = app.persona("firm").await;
        let seen = matches(&mut firm, &app.region.firm_id("lianyuan")).await;
        assert_eq!((seen["in_force"].clone(), counts(&seen)), (json!(6), [1, 2, 1, 2]), "{database:?}");
        assert_eq!(titles(&seen["fits"]), ["惠企服务券"]);
        assert_eq!(titles(&seen["near"]), ["规模企业奖励", "高新技术企业奖励"], "most money first");
        assert_eq!(titles(&seen["unknown"]), ["研发投入补助"]);
        assert_eq!(seen["groups"]["unknown"]["money"], region::wan(100));
        assert_eq!(seen["reasons"][0]["key"], "region");
        assert_eq!((seen["day"].clone(), seen["judged_year"].clone()), (json!("2026-11-20"), json!(2025)));
    }
}

#[tokio::test]
async fn a_near_miss_says_what_is_what_is_needed_what_is_missing_and_by_when() {
    let app = TestApp::new();
    let mut firm = app.persona("firm").await;
    let seen = matches(&mut firm, &app.region.firm_id("lianyuan")).await;
    let near = &seen["near"][0]["near"];
    assert_eq!((near["have"].clone(), near["need"].clone()), (json!(region::wan(1800)), json!(region::wan(2000))));
    assert_eq!(near["missing"], region::wan(200));
    let text = near["text"]["zh"].as_str().unwrap();
    for part in ["2025 年营业收入", "1,800 万元", "2,000 万元", "还差 200 万元", "2026-12-31"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[tokio::test]
async fn the_question_decides_most_money_and_its_answer_matches_at_once() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut firm = app.persona("firm").await;
        let id = app.region.firm_id("lianyuan");
        let before = matches(&mut firm, &id).await;
        let question = &before["question"];
        assert_eq!((question["field"].clone(), question["year"].clone()), (json!("rd_spend"), json!(2025)));
        assert_eq!(question["decides"], json!({"count": 1, "money": region::wan(100)}));
        assert_eq!(question["choices"][2]["value"], region::wan(300));
        let path = format!("/api/firms/{id}/answers");
        let answer = json!({"field": "rd_spend", "year": 2025, "value": region::wan(300)});
        let answered = firm.post_with_key(&path, "answer", answer.clone()).await.ok();
        assert_eq!((titles(&answered["gained"]), titles(&answered["lost"])), (vec!["研发投入补助"], vec![]), "{database:?}");
        assert_eq!(counts(&answered["matches"]), [2, 2, 0, 2]);
        let again = firm.post_with_key(&path, "answer", answer).await.ok();
        assert_eq!((again["answer_id"].clone(), again["gained"].clone()), (answered["answer_id"].clone(), answered["gained"].clone()));
        let undo = format!("{path}/{}", answered["answer_id"].as_str().unwrap());
        let undone = firm.delete(&undo).await.ok();
        assert_eq!((titles(&undone["gained"]), titles(&undone["lost"])), (vec![], vec!["研发投入补助"]));
        assert_eq!(counts(&undone["matches"]), counts(&before));
        firm.delete(&undo).await.problem(404, "not_found");
        let record = firm.get(&format!("/api/records/enterprise/{id}")).await.ok();
        assert_eq!(record["years"]["2025"].get("rd_spend").cloned().unwrap_or_default(), json!(null), "the firm's word is taken back");
    }
}

#[tokio::test]
async fn an_answer_does_not_outweigh_what_an_office_has_on_file() {
    let app = TestApp::new();
    let mut firm = app.persona("firm").await;
    let id = app.region.firm_id("lianyuan");
    let answer = json!({"field": "revenue", "year": 2025, "value": region::wan(9000)});
    let answered = firm.post(&format!("/api/firms/{id}/answers"), answer).await.ok();
    assert_eq!((answered["gained"].clone(), counts(&answered["matches"])), (json!([]), [1, 2, 1, 2]));
    let record = firm.get(&format!("/api/records/enterprise/{id}")).await.ok();
    assert_eq!(
        (record["years"]["2025"]["revenue"].clone(), record["facts"]["revenue"]["contested"].clone()),
        (json!(region::wan(1800)), json!(true))
    );
}

#[tokio::test]
async fn bad_answers_are_named() {
    let app = TestApp::new();
    let id = app.region.firm_id("lianyuan");
    let path = format!("/api/firms/{id}/answers");
    let mut firm = app.persona("firm").await;
    for (answer, field) in [
        (json!({"field": "colour", "value": 1}), "field"),
        (json!({"field": "contact_name", "value": "x"}), "field"),
        (json!({"field": "rd_spend", "value": 1}), "year"),
        (json!({"field": "legal_person", "year": 2025, "value": true}), "year"),
        (json!({"field": "rd_spend", "year": 1925, "value": 1}), "year"),
        (json!({"field": "rd_spend", "year": 2025, "value": "much"}), "value"),
        (json!({"field": "rd_spend", "year": 2025, "value": null}), "value"),
    ] {
        assert_eq!(firm.post(&path, answer.clone()).await.problem(422, "invalid")["errors"][0]["field"], field, "{answer}");
    }
    let mut officer = app.persona("officer").await;
    officer.post(&path, json!({"field": "legal_person", "value": true})).await.problem(403, "not_its_firm");
}

#[tokio::test]
async fn a_policy_clause_by_clause_with_values_sources_and_the_sentence_of_the_law() {
    let app = TestApp::new();
    let mut firm = app.persona("firm").await;
    let path = format!("/api/firms/{}/matches/{}", app.region.firm_id("lianyuan"), app.region.policy_id("scale"));
    let seen = firm.get(&path).await.ok();
    assert_eq!(seen["summary"], json!({"yes": 1, "no": 1, "unknown": 0, "person": 1, "info": 1}));
    let answers: Vec<&str> = seen["clauses"].as_array().unwrap().iter().map(|clause| clause["answer"].as_str().unwrap()).collect();
    assert_eq!(answers, ["yes", "near", "person", "information"]);
    let clause = &seen["clauses"][1];
    assert_eq!(clause["text"]["zh"], "上年度营业收入不低于 2000 万元");
    let leaf = &clause["parts"][0];
    assert_eq!(
        (leaf["field"].clone(), leaf["year"].clone(), leaf["seen"]["zh"].clone()),
        (json!("revenue"), json!(2025), json!("1,800 万元"))
    );
    assert_eq!((leaf["source"]["name"].clone(), leaf["as_of"].clone()), (json!("market_regulation"), json!("2026-11-20")));
    assert_eq!(leaf["missing"], region::wan(200));
    assert!(leaf["sentence"]["zh"].as_str().unwrap().contains("营业收入"));
    assert!(seen["steps"].as_array().unwrap().iter().any(|step| step["within"]["zh"].as_str().unwrap().contains("2026-12-31")));
}

#[tokio::test]
async fn groups_are_paged_and_cut_by_reason() {
    let app = TestApp::new();
    let mut firm = app.persona("firm").await;
    let base = format!("/api/firms/{}/matches/groups", app.region.firm_id("lianyuan"));
    let first = firm.get(&format!("{base}/near?limit=1")).await.ok();
    assert_eq!((titles(&first["items"]), first["total"].clone()), (vec!["规模企业奖励"], json!(2)));
    let rest = firm.get(&format!("{base}/near?limit=1&after={}", first["next"].as_str().unwrap())).await.ok();
    assert_eq!((titles(&rest["items"]), rest["next"].clone()), (vec!["高新技术企业奖励"], json!(null)));
    assert_eq!(titles(&firm.get(&format!("{base}/no?reason=region")).await.ok()["items"]), ["长沙落户奖励"]);
    assert_eq!(titles(&firm.get(&format!("{base}/no?reason=window_to")).await.ok()["items"]), ["申报期已过的补助"]);
    assert_eq!(firm.get(&format!("{base}/no?reason=industry")).await.ok()["total"], 0);
    firm.get(&format!("{base}/other")).await.problem(404, "not_found");
}

#[tokio::test]
async fn an_edited_firm_and_an_edited_policy_are_matched_by_the_next_request() {
    let app = TestApp::new();
    let (mut firm, mut officer) = (app.persona("firm").await, app.persona("officer").await);
    let id = app.region.firm_id("lianyuan");
    officer.patch(&format!("/api/records/enterprise/{id}"), 1, json!({"years": {"2025": {"revenue": region::wan(2000)}}})).await.ok();
    assert!(titles(&matches(&mut firm, &id).await["fits"]).contains(&"规模企业奖励"));
    let policy = format!("/api/records/policy/{}", app.region.policy_id("scale"));
    app.rule("scale", "revenue >= wan(3000)");
    assert!(titles(&matches(&mut firm, &id).await["near"]).contains(&"规模企业奖励"));
    app.rule("scale", "power.at(-3) >= 1 || awards.exists(a, a.place == 1)");
    assert!(titles(&matches(&mut firm, &id).await["unknown"]).contains(&"规模企业奖励"), "facts that no rule read before are loaded");
    officer.patch(&policy, 3, json!({"values": {"valid_to": "2026-11-01"}})).await.ok();
    assert_eq!(matches(&mut firm, &id).await["in_force"], 5, "an ended policy is not matched");
}

#[tokio::test]
async fn a_rule_that_does_not_type_is_listed_and_never_dropped() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let state = |admin: &mut Client| {
        let mut admin = admin.clone();
        async move { admin.get("/api/administration").await.ok()["matching"].clone() }
    };
    let before = state(&mut admin).await;
    assert_eq!((before["rows"].clone(), before["policies"].clone(), before["refused"].clone()), (json!(4), json!(6), json!([])));
    app.rule("scale", "colour == 3");
    let mut firm = app.persona("firm").await;
    matches(&mut firm, &app.region.firm_id("lianyuan")).await;
    let after = state(&mut admin).await;
    assert_eq!((after["policies"].clone(), after["refused"][0]["title"].clone()), (json!(5), json!("规模企业奖励")));
}

#[tokio::test]
async fn an_office_sees_the_firms_of_a_policy_within_its_scope() {
    let app = TestApp::new();
    let path = format!("/api/policies/{}/firms", app.region.policy_id("scale"));
    let leader = app.persona("leader").await.get(&path).await.ok();
    assert_eq!(leader["counts"], json!({"yes": 2, "near": 1, "unknown": 1, "no": 0}));
    assert_eq!(titles(&leader["items"]), ["涟源青谷新材股份有限公司", "娄星云桥钢构有限公司"]);
    let officer = app.persona("officer").await.get(&path).await.ok();
    assert_eq!(officer["counts"], json!({"yes": 1, "near": 1, "unknown": 0, "no": 0}));
    let regions: Vec<&str> = officer["by_region"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
    assert_eq!(regions, ["431382"], "one firm of another county is a group under five");
    let near = app.persona("park").await.get(&format!("{path}?answer=near")).await.ok();
    assert_eq!((near["counts"]["yes"].clone(), near["items"].clone()), (json!(1), json!([])));
}

#[tokio::test]
async fn the_hall_the_figures_and_the_map_are_open() {
    let app = TestApp::new();
    let mut anyone = app.anonymous();
    let hall = anyone.get("/api/hall").await.ok();
    let policies = &hall["policies"];
    assert_eq!(["total", "in_force", "new_this_week", "closing_this_month"].map(|n| policies[n].as_u64().unwrap()), [7, 6, 0, 1]);
    assert_eq!(titles(&policies["top"])[0], "长沙落户奖励");
    assert_eq!(policies["searches"], json!(["奖励"]));
    let figures = anyone.get("/api/figures").await.ok();
    let firms = figures.as_array().unwrap().iter().find(|figure| figure["id"] == "firms").unwrap();
    assert_eq!(firms["value"].as_f64(), Some(4.0));
    app.app.tick().unwrap();
    let opened = anyone.get("/api/figures/firms").await.ok();
    assert_eq!(opened["history"], json!([{"at": "2026-11-20", "value": 4.0}]));
    assert_eq!(opened["split"].as_array().unwrap().len(), 2);
    assert_eq!(opened["rows"]["total"], 0, "a count is public, its rows are not");
    assert_eq!(app.persona("officer").await.get("/api/figures/firms").await.ok()["rows"]["total"], 2);
    let map = anyone.get("/api/map").await.ok();
    let loudi = map["regions"].as_array().unwrap().iter().find(|region| region["code"] == "431300").unwrap();
    assert_eq!(loudi["counts"], json!({"firms": 4, "policies": 7, "parks": 1}));
    assert_eq!(loudi["tile"], json!({"x": 1, "y": 2}));
    assert_eq!(map["parks"][0]["title"], "涟源高新区");
}

#[tokio::test]
async fn an_administrator_puts_an_official_map_in_place_of_the_tiles() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let put = |shapes: Json| {
        let mut admin = admin.clone();
        async move {
            admin.send(axum::http::Method::PUT, "/api/map/shapes", &[("x-liangu", "web")], Some(shapes.to_string().into_bytes())).await
        }
    };
    put(json!({"type": "Polygon"})).await.problem(422, "invalid");
    let shapes = json!({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"adcode": 431300}, "geometry": {"type": "Polygon", "coordinates": []}}]});
    put(shapes.clone()).await.is(204);
    assert_eq!(admin.get("/api/map").await.ok()["shapes"], shapes);
}
