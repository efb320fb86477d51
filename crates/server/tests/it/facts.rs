//! Facts: bounds, the dictionary, conflicts and settling them, contests from raising to deciding, ranges chosen by a firm.
use crate::support::{Client, TestApp, databases, region::wan};
use serde_json::{Value as Json, json};

async fn fact(client: &mut Client, firm: &str, field: &str) -> Json {
    let sheet = client.get(&format!("/api/firms/{firm}/facts")).await.ok();
    sheet["facts"].as_array().expect("facts").iter().find(|fact| fact["field"] == field).cloned().unwrap_or_default()
}

fn contest(claimed: i64) -> Json {
    json!({"field": "revenue", "year": 2025, "claimed": claimed, "reason": "审计报告为准"})
}

async fn scale(client: &mut Client, firm: &str) -> Json {
    let matches = client.get(&format!("/api/firms/{firm}/matches")).await.ok();
    let all = ["fits", "near", "unknown"].map(|group| matches[group].as_array().cloned().unwrap_or_default()).concat();
    all.into_iter().find(|one| one["policy"]["title"] == "规模企业奖励").unwrap_or_default()
}

#[tokio::test]
async fn values_beyond_their_bounds_are_refused_whoever_writes_them() {
    for database in databases() {
        let app = TestApp::on(database);
        let id = app.region.firm_id("lianyuan");
        let path = format!("/api/records/enterprise/{id}");
        let mut officer = app.persona("officer").await;
        let version = officer.get(&path).await.ok()["version"].as_i64().expect("a version");
        for (values, years, field, says) in [
            (json!({"established": "2027-01-01"}), json!({}), "established", "不能晚于今天（2026-11-20）"),
            (json!({"contact_phone": "abc"}), json!({}), "contact_phone", "不是电话号码"),
            (json!({"market_share": 27000}), json!({}), "market_share", "不能大于 100%"),
            (json!({}), json!({"2025": {"employees": 99_999_999}}), "years.2025.employees", "不能大于 2,000,000"),
            (json!({}), json!({"2025": {"revenue": -1}}), "years.2025.revenue", "不能小于 0"),
        ] {
            let problem = officer.patch(&path, version, json!({"values": values, "years": years})).await.problem(422, "invalid");
            let error = &problem["errors"][0];
            assert_eq!((error["field"].as_str(), error["code"].as_str()), (Some(field), Some("bounds")), "{database:?} {error}");
            assert!(error["message"].as_str().is_some_and(|text| text.contains(says)), "{says}: {error}");
        }
        let mut firm = app.persona("firm").await;
        let answer = json!({"field": "domestic_rd_share", "year": 2025, "value": 27_000});
        firm.post(&format!("/api/firms/{id}/answers"), answer).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn a_contest_marks_answers_until_an_officer_decides() {
    for database in databases() {
        let app = TestApp::on(database);
        let id = app.region.firm_id("lianyuan");
        let (mut firm, mut officer) = (app.persona("firm").await, app.persona("officer").await);
        let path = format!("/api/firms/{id}/contests");
        let raised = firm.post_with_key(&path, "wrong", contest(wan(2300))).await.created();
        assert_eq!((raised["state"].as_str(), raised["fact"]["zh"].as_str()), (Some("open"), Some("2025 年营业收入")));
        assert_eq!((raised["on_file"]["zh"].as_str(), raised["claimed"]["zh"].as_str()), (Some("1,800 万元"), Some("2,300 万元")));
        let again = firm.post_with_key(&path, "wrong", contest(wan(2300))).await.created();
        assert_eq!(again["id"], raised["id"], "a second click raises nothing");
        firm.post_with_key(&path, "other", contest(wan(2400))).await.problem(409, "contested");
        assert_eq!(scale(&mut firm, &id).await["contested"][0]["field"], "revenue", "{database:?}");
        assert_eq!(fact(&mut firm, &id, "revenue").await["contested"], true);
        let answer = firm.get(&format!("/api/firms/{id}/matches/{}", app.region.policy_id("scale"))).await.ok();
        assert!(answer["clauses"].to_string().contains("\"contested\":true"), "the clause that reads it is marked");

        let open = officer.get("/api/contests").await.ok();
        assert_eq!((open["total"].clone(), open["items"][0]["id"].clone()), (json!(1), raised["id"].clone()));
        let decide = format!("/api/contests/{}/decide", raised["id"].as_str().expect("an id"));
        let uphold = |source: &str| json!({"decision": "uphold", "reason": "经核对审计报告", "source": source});
        officer.post(&decide, uphold("firm")).await.problem(422, "invalid");
        firm.post(&decide, uphold("tax")).await.problem(403, "role");
        let decided = officer.post(&decide, json!({"decision": "uphold", "reason": "经核对审计报告"})).await.ok();
        assert_eq!(decided["state"], "upheld");
        officer.post(&decide, json!({"decision": "reject", "reason": "再看"})).await.problem(409, "decided");

        let after = fact(&mut firm, &id, "revenue").await;
        assert_eq!((after["value"].clone(), after["contested"].clone()), (json!(wan(2300)), json!(false)));
        assert_eq!(after["words"][0]["source"]["name"], "market_regulation", "the source that was contested says the right value now");
        let fits = scale(&mut firm, &id).await;
        assert_eq!((fits["answer"].clone(), fits["contested"].clone()), (json!("yes"), json!([])), "re-matched at once, the mark is gone");
        assert_eq!(firm.get(&format!("/api/firms/{id}/facts")).await.ok()["contests"][0]["answer"], "经核对审计报告");
    }
}

#[tokio::test]
async fn a_contest_that_is_rejected_changes_no_fact_and_nobody_elses_is_seen() {
    let app = TestApp::new();
    let id = app.region.firm_id("lianyuan");
    let (mut firm, mut officer) = (app.persona("firm").await, app.persona("officer").await);
    let raised = firm.post(&format!("/api/firms/{id}/contests"), contest(wan(2300))).await.created();
    let mut other = app.account("other", &["firm"], Some(&app.region.firm_id("louxing"))).await;
    assert_eq!(other.get("/api/contests?state=all").await.ok()["total"], 0);
    let decide = format!("/api/contests/{}/decide", raised["id"].as_str().expect("an id"));
    officer.post(&decide, json!({"decision": "reject", "reason": " "})).await.problem(422, "invalid");
    officer.post(&decide, json!({"decision": "perhaps", "reason": "x"})).await.problem(422, "invalid");
    officer.post(&decide, json!({"decision": "reject", "reason": "与税务申报一致"})).await.ok();
    let after = fact(&mut firm, &id, "revenue").await;
    assert_eq!((after["value"].clone(), after["contested"].clone()), (json!(wan(1800)), json!(false)));
}

#[tokio::test]
async fn bad_contests_are_named() {
    let app = TestApp::new();
    let path = format!("/api/firms/{}/contests", app.region.firm_id("lianyuan"));
    let mut firm = app.persona("firm").await;
    for (body, field) in [
        (json!({"field": "colour", "claimed": 1, "reason": "x"}), "field"),
        (json!({"field": "contact_name", "claimed": "x", "reason": "x"}), "field"),
        (json!({"field": "rd_spend", "year": 2025, "claimed": 1, "reason": "x"}), "field"),
        (json!({"field": "revenue", "year": 1999, "claimed": 1, "reason": "x"}), "field"),
        (json!({"field": "revenue", "year": 2025, "claimed": "much", "reason": "x"}), "claimed"),
        (json!({"field": "revenue", "year": 2025, "claimed": wan(1800), "reason": "x"}), "claimed"),
        (json!({"field": "revenue", "year": 2025, "claimed": null, "reason": ""}), "reason"),
        (json!({"field": "revenue", "year": 2025, "claimed": null, "reason": "长".repeat(1001)}), "reason"),
    ] {
        assert_eq!(firm.post(&path, body.clone()).await.problem(422, "invalid")["errors"][0]["field"], field, "{body}");
    }
    let mut officer = app.persona("officer").await;
    officer.post(&path, contest(wan(2300))).await.problem(403, "not_its_firm");
}

#[tokio::test]
async fn sources_that_differ_are_listed_and_settled() {
    for database in databases() {
        let app = TestApp::on(database);
        let id = app.region.firm_id("lianyuan");
        let (mut firm, mut officer) = (app.persona("firm").await, app.persona("officer").await);
        assert_eq!(officer.get("/api/facts/conflicts").await.ok()["total"], 0);
        firm.post(&format!("/api/firms/{id}/answers"), json!({"field": "revenue", "year": 2025, "value": wan(9000)})).await.ok();
        let listed = officer.get("/api/facts/conflicts?field=revenue&region=431382").await.ok();
        let first = &listed["items"][0];
        assert_eq!((listed["total"].clone(), first["field"].as_str(), first["year"].clone()), (json!(1), Some("revenue"), json!(2025)));
        let says: Vec<&str> = first["words"].as_array().expect("words").iter().filter_map(|word| word["source"]["name"].as_str()).collect();
        assert_eq!(says, ["market_regulation", "firm"], "{database:?}: the one that counts first");
        assert!(first["why"]["zh"].as_str().is_some_and(|why| why.contains("优先")));
        assert_eq!(officer.get("/api/facts/conflicts?region=431302").await.ok()["total"], 0);
        officer.get("/api/facts/conflicts?field=colour").await.problem(400, "field");
        officer.get("/api/facts/conflicts?region=nowhere").await.problem(400, "region");

        let settle = format!("/api/firms/{id}/conflicts");
        let body = |more: Json| {
            let mut body = json!({"field": "revenue", "year": 2025, "reason": "已核对"});
            body.as_object_mut().expect("a body").extend(more.as_object().cloned().unwrap_or_default());
            body
        };
        officer.post(&settle, body(json!({}))).await.problem(422, "invalid");
        officer.post(&settle, body(json!({"withdraw": "bank"}))).await.problem(422, "invalid");
        officer.post(&settle, body(json!({"value": wan(2000), "source": "firm"}))).await.problem(422, "invalid");
        let settled = officer.post(&settle, body(json!({"withdraw": "firm"}))).await.ok();
        assert_eq!((settled["conflicting"].clone(), settled["words"].as_array().map(Vec::len)), (json!(false), Some(1)));
        assert_eq!(officer.get("/api/facts/conflicts").await.ok()["total"], 0);

        firm.post(&format!("/api/firms/{id}/answers"), json!({"field": "revenue", "year": 2025, "value": wan(9000)})).await.ok();
        let settled = officer.post(&settle, body(json!({"value": wan(2100), "source": "market_regulation"}))).await.ok();
        assert_eq!(settled["conflicting"], false, "whoever wrote the better word later had seen the other");
        assert_eq!(fact(&mut firm, &id, "revenue").await["value"], json!(wan(2100)));
    }
}

#[tokio::test]
async fn a_chosen_range_stays_a_range_and_can_be_taken_back_at_any_time() {
    for database in databases() {
        let app = TestApp::on(database);
        let id = app.region.firm_id("lianyuan");
        let (mut firm, mut officer) = (app.persona("firm").await, app.persona("officer").await);
        let path = format!("/api/firms/{id}/answers");
        let chosen = json!({"field": "rd_spend", "year": 2025, "value": wan(300), "band": true});
        firm.post(&path, json!({"field": "rd_spend", "year": 2025, "value": wan(301), "band": true})).await.problem(422, "invalid");
        firm.post(&path, chosen).await.ok();
        let own = fact(&mut firm, &id, "rd_spend").await;
        assert_eq!((own["band"]["zh"].as_str(), own["own"].clone()), (Some("100 至 600 万元"), json!(true)), "{database:?}");
        let seen = officer.get(&format!("/api/records/enterprise/{id}")).await.ok();
        assert_eq!(seen["facts"]["rd_spend"]["band"]["zh"], "100 至 600 万元", "an officer sees a range, too");
        let answer = firm.get(&format!("/api/firms/{id}/matches/{}", app.region.policy_id("research"))).await.ok();
        assert_eq!(answer["clauses"][0]["parts"][0]["seen"]["zh"], "100 至 600 万元（企业选择的区间）");

        let exact = firm.post(&path, json!({"field": "rd_spend", "year": 2025, "value": wan(320)})).await.ok();
        assert_eq!(fact(&mut firm, &id, "rd_spend").await["band"], Json::Null);
        firm.delete(&format!("{path}/{}", exact["answer_id"].as_str().expect("an id"))).await.ok();
        assert_eq!(fact(&mut firm, &id, "rd_spend").await["band"]["zh"], "100 至 600 万元", "undo brings the range back");

        let own = format!("/api/firms/{id}/facts/rd_spend?year=2025");
        officer.delete(&own).await.problem(403, "not_its_firm");
        firm.delete(&own).await.ok();
        assert_eq!(fact(&mut firm, &id, "rd_spend").await, Json::Null, "nobody says anything of it any more");
        firm.delete(&own).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn the_dictionary_says_what_a_fact_means_how_well_it_is_filled_and_who_reads_it() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut officer = app.persona("administrator").await;
        let all = officer.get("/api/facts").await.ok();
        let find = |name: &str| all.as_array().expect("facts").iter().find(|fact| fact["name"] == name).cloned().expect(name);
        let revenue = find("revenue");
        assert_eq!((revenue["grain"].as_str(), revenue["owner"]["zh"].as_str()), (Some("firm_year"), Some("税务局")));
        assert_eq!(
            (revenue["firms"].clone(), revenue["filled"].clone(), revenue["policies"].clone()),
            (json!(4), json!(3), json!(3)),
            "{database:?}"
        );
        assert_eq!((find("credit_grade")["fresh_months"].clone(), find("region")["sensitivity"].clone()), (json!(6), json!("public")));
        assert!(all.as_array().expect("facts").iter().any(|fact| fact["grain"] == "item"), "fields of collections stand there, too");
        let opened = officer.get("/api/facts/revenue").await.ok();
        assert_eq!((opened["without"].as_array().map(Vec::len), opened["read_by"].as_array().map(Vec::len)), (Some(1), Some(3)));
        assert_eq!(opened["sources"][0]["name"], "market_regulation");
        officer.get("/api/facts/colour").await.problem(404, "not_found");
    }
}
