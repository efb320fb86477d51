//! Lists, records, changes, history, export.
use crate::support::{Database, TestApp, databases, nobody, region};
use axum::http::Method;
use serde_json::{Value as Json, json};

fn titles(page: &Json) -> Vec<&str> {
    page["items"].as_array().expect("items").iter().map(|item| item["title"].as_str().expect("a title")).collect()
}

#[tokio::test]
async fn lists_are_cut_by_scope_on_every_database() {
    for database in databases() {
        let app = TestApp::on(database);
        let total = |key: &'static str| {
            let app = &app;
            async move { app.persona(key).await.get("/api/records/enterprise").await.ok()["total"].clone() }
        };
        for (key, firms) in [("firm", 1), ("officer", 2), ("reviewer", 4), ("finance", 4), ("park", 1), ("leader", 4), ("administrator", 4)]
        {
            assert_eq!(total(key).await, firms, "{database:?} {key}");
        }
        app.anonymous().get("/api/records/enterprise").await.problem(401, "unauthenticated");
        assert_eq!(app.anonymous().get("/api/records/policy").await.ok()["total"], 7, "policies are public");
    }
}

#[tokio::test]
async fn conditions_text_order_pages_and_facets() {
    let app = TestApp::new();
    let mut leader = app.persona("leader").await;
    let page = leader.get("/api/records/enterprise?where.region=431300&where.certs=high_tech&sort=name").await.ok();
    assert_eq!(page["total"], 2, "a condition on a tree contains what lies below");
    let page = leader.get("/api/records/enterprise?q=%E6%97%A0%E5%A3%B0").await.ok();
    assert_eq!(titles(&page), ["娄星无声商贸有限公司"]);
    let first = leader.get("/api/records/policy?limit=4&facets=kind&sort=-amount_max&where.kind=reward").await.ok();
    assert_eq!((first["total"].clone(), first["items"].as_array().unwrap().len()), (json!(7), 4));
    assert_eq!(titles(&first)[0], "已结束的补助");
    assert_eq!(first["facets"]["kind"], json!([{"code": "reward", "count": 7}]));
    let rest = leader
        .get(&format!("/api/records/policy?limit=4&sort=-amount_max&where.kind=reward&after={}", first["next"].as_str().unwrap()))
        .await
        .ok();
    assert_eq!((rest["items"].as_array().unwrap().len(), rest["next"].clone()), (3, json!(null)));
    let dear =
        leader.get(&format!("/api/records/policy?from.amount_max={}&to.amount_max={}", region::wan(50), region::wan(100))).await.ok();
    assert_eq!(dear["total"], 2);
    let ended = leader.get("/api/records/policy?where.status=ended,upcoming&facets=status").await.ok();
    assert_eq!(titles(&ended), ["已结束的补助"]);
    let counted = |code: &str, count: u64| json!({"code": code, "count": count});
    assert_eq!(ended["facets"]["status"], json!([counted("in_force", 6), counted("upcoming", 0), counted("ended", 1)]));
    assert_eq!(ended["items"][0]["values"]["status"], "ended");
    for status in ["in_force", "upcoming", "ended"] {
        let page = leader.get(&format!("/api/records/policy?where.status={status}")).await.ok();
        let said = page["items"].as_array().unwrap().iter().map(|item| item["values"]["status"].as_str().unwrap());
        assert!(said.into_iter().all(|said| said == status), "the filter and the field agree on {status}");
    }
    leader.get("/api/records/policy?where.status=lost").await.problem(400, "parameter_value");
    let picked = leader.get("/api/reference/enterprise?q=%E6%B9%98%E7%9F%B3").await.ok();
    assert_eq!(picked[0]["id"], json!(app.region.firm_id("lianyuan")));
}

#[tokio::test]
async fn a_record_shows_years_facts_children_and_permission() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let path = format!("/api/records/enterprise/{}", app.region.firm_id("park_firm"));
    let answer = officer.get(&path).await;
    let firm = answer.ok();
    assert_eq!(firm["years"]["2025"]["revenue"], region::wan(5000));
    assert_eq!(
        firm["facts"]["revenue"],
        json!({"source": "market_regulation", "as_of": "2026-11-20", "period": "2025", "contested": false, "stale": false, "band": null})
    );
    assert_eq!(firm["can"]["update"], json!({"allowed": true}));
    assert_eq!(firm["titles"][firm["values"]["park"].as_str().unwrap()], "涟源高新区");
    assert_eq!(answer.header("etag"), "\"1\"");
    officer.send(Method::GET, &path, &[("if-none-match", "\"1\"")], None).await.is(304);
    let policy = officer.get(&format!("/api/records/policy/{}", app.region.policy_id("scale"))).await.ok();
    assert_eq!(policy["children"]["policy_clause"].as_array().unwrap().len(), 4);
    let seen = app.persona("leader").await.get(&path).await.ok();
    assert_eq!(seen["can"]["update"]["allowed"], false);
    assert!(seen["can"]["update"]["reason"]["zh"].as_str().unwrap().contains("政策专员"));
}

#[tokio::test]
async fn invisible_and_absent_look_the_same() {
    let app = TestApp::new();
    let mut firm = app.persona("firm").await;
    let other = app.region.firm_id("louxing");
    let (other, absent) = (format!("/api/records/enterprise/{other}"), format!("/api/records/enterprise/{}", nobody("ent")));
    let strip = |mut problem: Json| {
        problem["instance"] = json!("");
        problem["request"] = json!("");
        problem
    };
    let invisible = strip(firm.get(&other).await.problem(404, "not_found"));
    assert_eq!(invisible, strip(firm.get(&absent).await.problem(404, "not_found")));
    firm.patch(&other, 1, json!({"values": {"address": "x"}})).await.problem(404, "not_found");
    firm.get(&format!("{other}/history")).await.problem(404, "not_found");
}

#[tokio::test]
async fn fields_are_hidden_from_those_who_may_not_read_them() {
    let app = TestApp::new();
    let path = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    let mut leader = app.persona("leader").await;
    assert_eq!(leader.get(&path).await.ok()["values"].get("contact_name"), None);
    assert_eq!(app.persona("officer").await.get(&path).await.ok()["values"]["contact_name"], "联系人");
    let model = leader.get("/api/model").await.ok();
    let enterprise = model["records"].as_array().unwrap().iter().find(|record| record["name"] == "enterprise").unwrap();
    assert!(!enterprise["fields"].as_array().unwrap().iter().any(|field| field["name"] == "contact_name"));
}

#[tokio::test]
async fn a_firm_changes_its_contact_and_nothing_else() {
    let app = TestApp::new();
    let mut firm = app.persona("firm").await;
    let path = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    let changed = firm.patch(&path, 1, json!({"values": {"contact_phone": "0738-1234567"}})).await;
    assert_eq!(changed.ok()["values"]["contact_phone"], "0738-1234567");
    assert_eq!(changed.header("etag"), "\"2\"");
    let refused =
        firm.patch(&path, 2, json!({"values": {"name": "别的名字", "synthetic": true, "colour": 1}})).await.problem(422, "invalid");
    let codes: Vec<(&str, &str)> =
        refused["errors"].as_array().unwrap().iter().map(|e| (e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
    assert_eq!(codes, [("colour", "unknown_field"), ("name", "not_allowed"), ("synthetic", "read_only")]);
}

#[tokio::test]
async fn two_editors_the_second_sees_what_the_first_saved() {
    for database in databases() {
        two_editors(database).await;
    }
}

async fn two_editors(database: Database) {
    let app = TestApp::on(database);
    let (mut one, mut two) = (app.persona("officer").await, app.persona("administrator").await);
    let path = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    one.patch(&path, 1, json!({"values": {"address": "涟源市人民路 1 号"}})).await.ok();
    let stale = two.patch(&path, 1, json!({"values": {"address": "涟源市人民路 2 号"}})).await.problem(412, "stale");
    assert_eq!(stale["current"]["values"]["address"], "涟源市人民路 1 号");
    assert_eq!(stale["current"]["version"], 2);
    two.patch(&path, 2, json!({"values": {"address": "涟源市人民路 2 号"}})).await.ok();
}

#[tokio::test]
async fn an_officer_corrects_a_fact_in_the_name_of_its_source() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let path = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    let body = json!({"values": {"above_scale": true}, "years": {"2025": {"revenue": region::wan(2100)}}, "source": "statistics"});
    let changed = officer.patch(&path, 1, body).await.ok();
    assert_eq!(changed["years"]["2025"]["revenue"], region::wan(1800), "the register's word weighs more than the statistics");
    assert_eq!(changed["values"]["above_scale"], true);
    let changed =
        officer.patch(&path, changed["version"].as_i64().unwrap(), json!({"years": {"2025": {"revenue": region::wan(2100)}}})).await.ok();
    assert_eq!(changed["years"]["2025"]["revenue"], region::wan(2100));
    assert_eq!(changed["facts"]["revenue"]["source"], "market_regulation");
    officer
        .patch(&path, changed["version"].as_i64().unwrap(), json!({"values": {"above_scale": false}, "source": "rumour"}))
        .await
        .problem(422, "invalid");
}

#[tokio::test]
async fn nobody_writes_a_record_out_of_his_own_sight() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let path = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    officer.patch(&path, 1, json!({"values": {"region": "431302"}})).await.problem(403, "leaves_scope");
    let new = |region: &str| json!({"values": {"name": "新企业", "credit_code": region::credit_code(77), "region": region}});
    officer.post("/api/records/enterprise", new("431302")).await.problem(403, "leaves_scope");
    let made = officer.post("/api/records/enterprise", new("431382")).await;
    let id = made.created()["id"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), format!("/api/records/enterprise/{id}"));
    app.persona("firm").await.post("/api/records/enterprise", new("431382")).await.problem(403, "create");
}

#[tokio::test]
async fn child_records_without_a_scope_follow_their_parent() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let certificate = |firm: &str| json!({"values": {"enterprise": app.region.firm_id(firm), "kind": "high_tech", "number": "GR2026"}});
    officer.post("/api/records/certificate", certificate("louxing")).await.problem(403, "leaves_scope");
    let made = officer.post("/api/records/certificate", certificate("lianyuan")).await.created();
    let path = format!("/api/records/certificate/{}", made["id"].as_str().unwrap());
    assert_eq!(officer.patch(&path, 1, json!({"values": {"number": "GR2027"}})).await.ok()["values"]["number"], "GR2027");
    officer.patch(&path, 2, json!({"values": {"enterprise": app.region.firm_id("louxing")}})).await.problem(403, "leaves_scope");
    let of = |firm: &str| format!("/api/records/certificate?where.enterprise={}", app.region.firm_id(firm));
    let mut firm = app.persona("firm").await;
    assert_eq!(firm.get(&path).await.ok()["can"]["update"]["allowed"], false);
    assert_eq!(firm.get(&of("lianyuan")).await.ok()["total"], 1);
    firm.get("/api/records/certificate").await.problem(400, "parent_missing");
    firm.get(&of("louxing")).await.problem(404, "not_found");
    firm.patch(&path, 2, json!({"values": {"number": "x"}})).await.problem(403, "update");
    let mut other = app.account("other", &["firm"], Some(&app.region.firm_id("louxing"))).await;
    other.get(&path).await.problem(404, "not_found");
    app.anonymous().get(&path).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_repeated_request_makes_one_record() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut officer = app.persona("officer").await;
        let new = json!({"values": {"name": "只建一次", "credit_code": region::credit_code(78), "region": "431382"}});
        let first = officer.post_with_key("/api/records/enterprise", "once", new.clone()).await.created();
        let again = officer.post_with_key("/api/records/enterprise", "once", new).await.created();
        assert_eq!(first["id"], again["id"]);
        let other = json!({"values": {"name": "别的", "credit_code": region::credit_code(79), "region": "431382"}});
        officer.post_with_key("/api/records/enterprise", "once", other).await.problem(422, "invalid");
        let mut admin = app.persona("administrator").await;
        assert_eq!(admin.get("/api/records/enterprise").await.ok()["total"], 5, "{database:?}");
    }
}

#[tokio::test]
async fn bad_values_are_named_field_by_field() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let make = |values: Json| {
        let mut officer = officer.clone();
        async move { officer.post("/api/records/enterprise", json!({"values": values})).await }
    };
    let wrong = make(json!({"name": "甲", "credit_code": "91431300MA4L0000X1", "region": "431382"})).await.problem(422, "invalid");
    assert_eq!(wrong["errors"][0]["field"], "credit_code");
    let wrong = make(json!({"name": 7, "region": 5, "revenue": 1, "credit_code": region::credit_code(80)})).await.problem(422, "invalid");
    let fields: Vec<&str> = wrong["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["name", "region", "revenue"], "all at once; a yearly field wants its year");
    let taken = make(json!({"name": "乙", "credit_code": region::credit_code(0), "region": "431382"})).await.problem(409, "unique");
    assert_eq!(taken["errors"][0]["field"], "credit_code");
    let nowhere = make(json!({"name": "丙", "credit_code": region::credit_code(81), "region": "431382", "industry": "Z99"})).await;
    assert_eq!(nowhere.problem(422, "invalid")["errors"][0]["field"], "industry");
    officer.get("/api/session").await.ok();
}

#[tokio::test]
async fn history_and_journal_have_each_write() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let path = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    officer.patch(&path, 1, json!({"values": {"address": "新地址"}})).await.ok();
    let history = officer.get(&format!("{path}/history")).await.ok();
    let last = &history["items"][0];
    assert_eq!((last["command"].clone(), last["actor"]["name"].clone()), (json!("enterprise.update"), json!("演示officer")));
    assert_eq!(last["changes"], json!([{"field": "address", "from": null, "to": "新地址"}]));
    let mut admin = app.persona("administrator").await;
    let journal = admin.get("/api/administration/journal").await.ok();
    let newest = journal["items"].as_array().unwrap().iter().find(|entry| entry["command"] == "enterprise.update").unwrap();
    assert_eq!((newest["record"].clone(), newest["id"].clone()), (json!("enterprise"), json!(app.region.firm_id("lianyuan"))));
    assert_eq!(newest["sequence"], last["sequence"]);
}

#[tokio::test]
async fn a_list_leaves_as_a_file_that_a_spreadsheet_opens() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let path = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    officer.patch(&path, 1, json!({"values": {"address": "=HYPERLINK(\"x\")"}})).await.ok();
    let answer = officer.get("/api/records/enterprise/export?format=csv&sort=name").await;
    answer.is(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"enterprise-2026-11-20.csv\"");
    let text = answer.text();
    let mut lines = text.lines();
    let head = lines.next().unwrap();
    assert!(head.starts_with("\u{feff}企业名称,统一社会信用代码,注册地,"), "{head}");
    assert!(head.contains("营业收入 (元)"), "{head}");
    assert_eq!(lines.count(), 2, "the officer's two firms");
    assert!(text.contains("涟源市") && text.contains("'=HYPERLINK") && text.contains(",18000000,"), "{text}");
    officer.get("/api/records/enterprise/export?format=exe").await.problem(400, "format");
    app.anonymous().get("/api/records/enterprise/export?format=csv").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_code_list_is_kept_until_the_model_changes() {
    let app = TestApp::new();
    let mut client = app.anonymous();
    let answer = client.get("/api/lists/size_class").await;
    assert_eq!(answer.ok()["codes"][0], json!({"code": "micro", "label": {"zh": "微型", "en": "Micro"}, "parent": null}));
    let etag = answer.header("etag").to_owned();
    client.send(Method::GET, "/api/lists/size_class", &[("if-none-match", &etag)], None).await.is(304);
    client.get("/api/lists/nothing").await.problem(404, "not_found");
}
