//! Money over HTTP: drawn, signed by two, handed over in the bank's own form, the answer looked at and recorded once; what
//! failed is paid later; every wrong turn is refused and says why; money that was not due comes back.
mod exports;
mod granted;

use crate::support::{Answer, Client, TestApp, databases, nobody};
use axum::http::Method;
use encoding_rs::GB18030;
use granted::{GRANTED, TOTAL, account, certified, give, money, payable, state};
use liangu_base::Date;
use serde_json::{Value as Json, json};

/// As a bank of the region wants its file: fen, GB 18030, heads and words of its own.
fn form() -> Json {
    let columns = [("reference", "业务编号"), ("payee_account", "账号"), ("payee_name", "户名"), ("amount", "金额"), ("batch", "批次")];
    let columns: Vec<Json> = columns.map(|(field, head)| json!({"field": field, "head": head})).into();
    json!({"encoding": "gb18030", "unit": "fen", "columns": columns, "paid_words": ["已记账"], "failed_words": ["户名不符"]})
}

/// The bank's answer: reference, word, fen, account, reason.
fn answer(lines: &[(&str, &str, i64, &str)]) -> Vec<u8> {
    let line = |(reference, word, fen, reason): &(&str, &str, i64, &str)| format!("{reference},{word},{fen},{reason}\r\n");
    let text = format!("涟源农商行代付回单\r\n业务编号,处理结果,金额,原因\r\n{}", lines.iter().map(line).collect::<String>());
    GB18030.encode(&text).0.into_owned()
}

/// Sends the bank's file; `version` and `key` where it is to be recorded.
async fn upload(client: &mut Client, batch: &Json, file: &[u8], record: Option<(i64, &str)>) -> Answer {
    let id = batch["id"].as_str().expect("an id");
    let octets = [("x-liangu", "web"), ("content-type", "application/octet-stream")];
    match record {
        None => client.send(Method::POST, &format!("/api/payment-batches/{id}/return/preview"), &octets, Some(file.to_vec())).await,
        Some((version, key)) => {
            let version = format!("\"{version}\"");
            let headers = [octets[0], octets[1], ("if-match", version.as_str()), ("idempotency-key", key)];
            client.send(Method::POST, &format!("/api/payment-batches/{id}/return"), &headers, Some(file.to_vec())).await
        }
    }
}

async fn seen(client: &mut Client, batch: &Json) -> Json {
    client.get(&format!("/api/payment-batches/{}", batch["id"].as_str().expect("an id"))).await.ok()
}

fn references(batch: &Json) -> Vec<String> {
    let payments = batch["payments"].as_array().expect("payments").iter();
    payments.map(|payment| payment["reference"].as_str().expect("a reference").to_owned()).collect()
}

fn version(batch: &Json) -> i64 {
    batch["version"].as_i64().expect("a version")
}

async fn draw(app: &TestApp, finance: &mut Client) -> Json {
    finance.post("/api/payment-batches", json!({"policy": app.region.policy_id("high_tech")})).await.created()
}

/// Drawn and signed by finance, signed by the reviewer, handed to the bank.
async fn sent(app: &TestApp, finance: &mut Client) -> Json {
    let batch = draw(app, finance).await;
    let id = batch["id"].as_str().expect("an id");
    give(finance, "payment_batch", id, "sign_first", json!({})).await.ok();
    give(&mut app.persona("reviewer").await, "payment_batch", id, "sign_second", json!({})).await.ok();
    give(finance, "payment_batch", id, "export", json!({})).await.ok();
    seen(finance, &batch).await
}

#[tokio::test]
async fn a_batch_goes_to_the_bank_and_what_comes_back_is_recorded_once() {
    for database in databases() {
        let app = TestApp::on(database);
        let claims = payable(&app, &["=湘石, \"机械\"", "涟源乙公司", "涟源丙公司"]);
        let (mut finance, mut admin) = (app.persona("finance").await, app.persona("administrator").await);
        let waiting = finance.get("/api/payments/payable").await.ok();
        assert_eq!((&waiting[0]["count"], &waiting[0]["total"]), (&json!(3), &json!(3 * GRANTED)), "{database:?}: {waiting}");
        assert_eq!(money(&app, &mut finance).await, [3 * GRANTED, 0, TOTAL - 3 * GRANTED]);
        admin.put("/api/settings/bank-file", 0, form()).await.ok();

        let batch = sent(&app, &mut finance).await;
        assert_eq!((&batch["state"], &batch["count"], &batch["total"]), (&json!("sent"), &json!(3), &json!(3 * GRANTED)));
        let signed: Vec<&str> = (0..3).map(|n| batch["signatures"][n]["by_name"].as_str().expect("a name")).collect();
        assert_eq!(signed, ["演示finance", "演示finance", "演示reviewer"]);
        let path = format!("/api/payment-batches/{}/file", batch["id"].as_str().expect("an id"));
        let file = finance.get(&path).await.is(200).bytes.clone();
        let (text, _, damaged) = GB18030.decode(&file);
        let references = references(&batch);
        let first =
            format!("{},{},\"'=湘石, \"\"机械\"\"\",{GRANTED},{}\r\n", references[0], account(0), batch["number"].as_str().expect("n"));
        assert!(!damaged && text.starts_with("业务编号,账号,户名,金额,批次\r\n") && text.contains(&first), "{text}");
        admin.put("/api/settings/bank-file", 1, json!({"encoding": "utf-8", "unit": "yuan", "columns": form()["columns"]})).await.ok();
        assert_eq!(finance.get(&path).await.is(200).bytes, file, "what was handed over stays as it was");

        let said = answer(&[(&references[0], "已记账", GRANTED, ""), (&references[1], "户名不符", GRANTED, "户名错误")]);
        let preview = upload(&mut finance, &batch, &said, None).await.ok();
        let sum = |count: i64| json!({"count": count, "total": count * GRANTED});
        assert_eq!([&preview["paid"], &preview["failed"], &preview["missing"]], [&sum(1), &sum(1), &sum(1)], "{preview}");
        assert_eq!(version(&seen(&mut finance, &batch).await), version(&batch), "a look writes nothing");
        let half = upload(&mut finance, &batch, &said, Some((version(&batch), "answer"))).await.ok();
        let again = upload(&mut finance, &batch, &said, Some((version(&batch), "answer"))).await.ok();
        assert_eq!((&half["state"], &half["open"], &half), (&json!("sent"), &sum(1), &again), "a repeated request answers as the first");
        upload(&mut finance, &batch, &said, Some((version(&batch), "late"))).await.problem(412, "stale");
        let same = upload(&mut finance, &batch, &said, None).await.ok();
        assert_eq!((&same["unchanged"], &same["paid"]), (&json!(2), &sum(0)));
        assert_eq!(money(&app, &mut finance).await, [2 * GRANTED, GRANTED, TOTAL - 3 * GRANTED]);
        let mut states = Vec::new();
        for claim in &claims {
            states.push(state(&mut finance, claim).await);
        }
        states.sort();
        assert_eq!(states, ["paid", "payable", "paying"]);

        let rest = answer(&[(&references[2], "交易成功", GRANTED, "")]);
        let done = upload(&mut finance, &batch, &rest, Some((version(&half), "rest"))).await.ok();
        assert_eq!([&done["state"], &done["paid"], &done["failed"]], [&json!("settled"), &sum(2), &sum(1)]);
        upload(&mut finance, &batch, &answer(&[(&references[1], "成功", GRANTED, "")]), Some((version(&done), "turned"))).await.ok();
        assert_eq!(money(&app, &mut finance).await[1], 2 * GRANTED, "what is on record as failed is not turned by a later file");

        let later = sent(&app, &mut finance).await;
        assert_eq!(
            (later["payments"].as_array().map(Vec::len), &later["payments"][0]["claim"]["id"]),
            (Some(1), &done["payments"][1]["claim"]["id"])
        );
        let reference = later["payments"][0]["reference"].as_str().expect("a reference");
        let said = format!("业务编号,处理结果\n{reference},成功\n");
        let done = upload(&mut finance, &later, said.as_bytes(), Some((version(&later), "later"))).await.ok();
        assert_eq!((&done["state"], money(&app, &mut finance).await), (&json!("settled"), [0, 3 * GRANTED, TOTAL - 3 * GRANTED]));
        assert_eq!(state(&mut app.persona("firm").await, &claims[0]).await, "paid");
    }
}

#[tokio::test]
async fn two_persons_sign_in_turn() {
    let app = TestApp::new();
    payable(&app, &["涟源甲公司"]);
    let (mut finance, mut reviewer, mut leader) =
        (app.persona("finance").await, app.persona("reviewer").await, app.persona("leader").await);
    let batch = draw(&app, &mut finance).await;
    let id = batch["id"].as_str().expect("an id");
    let path = format!("/api/payment-batches/{id}");
    give(&mut app.persona("officer").await, "payment_batch", id, "sign_first", json!({})).await.problem(404, "not_found");
    give(&mut leader, "payment_batch", id, "sign_second", json!({})).await.problem(409, "other_state");
    give(&mut finance, "payment_batch", id, "export", json!({})).await.problem(409, "other_state");
    finance.get(&format!("{path}/file")).await.problem(409, "not_released");
    upload(&mut finance, &batch, b"x", None).await.problem(409, "not_sent");
    give(&mut reviewer, "payment_batch", id, "sign_first", json!({})).await.ok();
    let why = give(&mut finance, "payment_batch", id, "sign_second", json!({})).await.problem(403, "two_persons");
    assert!(why.to_string().contains("制单"), "it says which step stands in the way: {why}");
    give(&mut reviewer, "payment_batch", id, "sign_second", json!({})).await.problem(403, "two_persons");
    give(&mut reviewer, "payment_batch", id, "sign_first", json!({})).await.problem(409, "other_state");
    let stale = format!("/api/records/payment_batch/{id}/commands/sign_second");
    leader.on_version(Method::POST, &stale, version(&batch), json!({"inputs": {}})).await.problem(412, "stale");
    give(&mut leader, "payment_batch", id, "sign_second", json!({})).await.ok();
    give(&mut leader, "payment_batch", id, "cancel", json!({"reason": "太迟"})).await.problem(409, "other_state");
    give(&mut reviewer, "payment_batch", id, "export", json!({})).await.problem(403, "not_yours");
    reviewer.get(&format!("{path}/file")).await.problem(403, "role");
    assert_eq!(seen(&mut reviewer, &batch).await["file"], false);
    finance.get(&format!("{path}/file")).await.is(200);
    app.persona("firm").await.get(&path).await.problem(403, "role");
}

#[tokio::test]
async fn a_cancelled_batch_gives_its_claims_back() {
    let app = TestApp::new();
    let claims = payable(&app, &["涟源甲公司", "涟源乙公司"]);
    let mut finance = app.persona("finance").await;
    let batch = draw(&app, &mut finance).await;
    let id = batch["id"].as_str().expect("an id");
    give(&mut finance, "payment_batch", id, "cancel", json!({})).await.problem(422, "invalid");
    give(&mut finance, "payment_batch", id, "cancel", json!({"reason": "账号要核对"})).await.ok();
    let cancelled = seen(&mut finance, &batch).await;
    assert_eq!((&cancelled["state"], &cancelled["payments"][0]["state"]), (&json!("cancelled"), &json!("cancelled")));
    assert_eq!(state(&mut finance, &claims[0]).await, "payable");
    assert_eq!(money(&app, &mut finance).await[0], 2 * GRANTED, "the money stays promised");
    assert_eq!(draw(&app, &mut finance).await["count"], 2);
}

#[tokio::test]
async fn what_cannot_be_drawn_is_refused() {
    let app = TestApp::new();
    let claims = payable(&app, &["涟源甲公司", "涟源乙公司"]);
    let mut finance = app.persona("finance").await;
    let path = "/api/payment-batches";
    app.persona("reviewer").await.post(path, json!({"claims": claims})).await.problem(403, "role");
    finance.post(path, json!({})).await.problem(400, "claims");
    finance.post(path, json!({"claims": claims, "policy": app.region.policy_id("high_tech")})).await.problem(400, "claims");
    finance.post(path, json!({"claims": [claims[0], nobody("clm")]})).await.problem(404, "not_found");
    finance.post(path, json!({"policy": app.region.policy_id("scale")})).await.problem(409, "nothing_payable");
    let first = finance.post_with_key(path, "once", json!({"claims": [claims[0], claims[0]]})).await.created();
    assert_eq!(first["count"], 1, "named twice, paid once");
    let again = finance.post_with_key(path, "once", json!({"claims": [claims[0], claims[0]]})).await.created();
    assert_eq!(first, again);
    let refused = finance.post(path, json!({"claims": claims})).await.problem(422, "invalid");
    assert_eq!((refused["errors"].as_array().map(Vec::len), &refused["errors"][0]["code"]), (Some(1), &json!("not_payable")));
    assert_eq!(draw(&app, &mut finance).await["count"], 1);
}

#[tokio::test]
async fn of_the_banks_answer_only_what_is_certain_counts() {
    let app = TestApp::new();
    payable(&app, &["涟源甲公司", "涟源乙公司", "涟源丙公司", "涟源丁公司"]);
    let mut finance = app.persona("finance").await;
    let batch = sent(&app, &mut finance).await;
    let zf = references(&batch);
    let workbook = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook";
    for (what, file) in [
        ("empty", &b""[..]),
        ("not a table", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("a letter", "您好，款项已付。".as_bytes()),
        ("no result", "付款编号,金额\nZF-2026-000001,1\n".as_bytes()),
        ("an old workbook", workbook),
        ("a torn workbook", b"PK\x03\x04 torn"),
    ] {
        let problem = upload(&mut finance, &batch, file, None).await.problem(422, "invalid");
        assert!(problem["errors"][0]["field"] == "file" && problem["errors"][0]["message"].is_string(), "{what}: {problem}");
        upload(&mut finance, &batch, file, Some((version(&batch), &what.replace(" ", "_")))).await.problem(422, "invalid");
    }
    let yuan = GRANTED / 100;
    let said = answer(&[
        (&zf[0], "成功", yuan + 1, ""),
        ("ZF-2026-999999", "成功", yuan, ""),
        (&zf[1], "处理中", yuan, ""),
        (&zf[2], "成功", yuan, ""),
        (&zf[2], "失败", yuan, "账户状态异常"),
        (&zf[3], "失败", yuan, "=cmd|' /C calc'!A1"),
    ]);
    let preview = upload(&mut finance, &batch, &said, None).await.ok();
    let effects: Vec<bool> = preview["rows"].as_array().expect("rows").iter().map(|row| row["effect"] == true).collect();
    assert_eq!(effects, [false, false, false, false, false, true], "{preview}");
    let differs: Vec<&str> = (0..5).map(|n| preview["rows"][n]["difference"]["zh"].as_str().expect("why")).collect();
    assert!(differs[0].contains("不同") && differs[1].contains("不是本批次") && differs[2].contains("处理中"), "{differs:?}");
    assert_eq!((differs[3], &preview["differences"]), (differs[4], &json!(5)));
    let applied = upload(&mut finance, &batch, &said, Some((version(&batch), "answer"))).await.ok();
    assert_eq!((&applied["paid"]["count"], &applied["failed"]["count"], &applied["state"]), (&json!(0), &json!(1), &json!("sent")));
    assert_eq!(money(&app, &mut finance).await, [4 * GRANTED, 0, TOTAL - 4 * GRANTED], "nothing is spent on a doubtful word");
    let exported = finance
        .get(&format!("/api/records/payment/export?format=csv&where.batch={}", batch["id"].as_str().expect("an id")))
        .await
        .is(200)
        .text();
    assert!(exported.contains("'=cmd"), "a formula from the bank is no formula in a sheet: {exported}");
}

#[tokio::test]
async fn how_the_bank_wants_its_file_is_set_by_the_administrator() {
    let app = TestApp::new();
    let (mut finance, mut admin) = (app.persona("finance").await, app.persona("administrator").await);
    let path = "/api/settings/bank-file";
    let usual = finance.get(path).await.ok();
    assert_eq!(
        (&usual["version"], &usual["encoding"], usual["available"].as_array().map(Vec::len)),
        (&json!(0), &json!("utf-8"), Some(11))
    );
    finance.put(path, 0, form()).await.problem(403, "role");
    app.persona("officer").await.get(path).await.problem(403, "role");
    let with = |field: &str, value: Json| {
        let mut form = form();
        form[field] = value;
        form
    };
    let columns = |more: &[(&str, &str)]| {
        let more = more.iter().map(|(field, head)| json!({"field": field, "head": head}));
        Json::from(form()["columns"].as_array().expect("columns").iter().cloned().chain(more).collect::<Vec<_>>())
    };
    for (what, form, field) in [
        ("an encoding", with("encoding", json!("utf-16")), "encoding"),
        ("a unit", with("unit", json!("wan")), "unit"),
        ("no columns", with("columns", json!([])), "columns"),
        ("an unknown column", with("columns", columns(&[("password", "密码")])), "columns"),
        ("a column twice", with("columns", columns(&[("amount", "再一次")])), "columns"),
        ("a head twice", with("columns", columns(&[("firm", "户名")])), "columns"),
        ("a word for both", with("paid_words", json!(["户名不符"])), "paid_words"),
    ] {
        let problem = admin.put(path, 0, form).await.problem(422, "invalid");
        assert_eq!(problem["errors"][0]["field"], field, "{what}: {problem}");
    }
    let saved = admin.put(path, 0, form()).await;
    assert_eq!((saved.header("etag"), &saved.ok()["unit"]), ("\"1\"", &json!("fen")));
    admin.put(path, 0, form()).await.problem(412, "stale");
}

fn day(day: u32) -> Date {
    Date::from_ymd(2026, 11, day).expect("a day")
}

#[tokio::test]
async fn money_that_was_not_due_comes_back() {
    for database in databases() {
        let app = TestApp::on(database);
        let claims = payable(&app, &["涟源甲公司"]);
        app.tick();
        let (mut finance, mut firm, mut officer) = (app.persona("finance").await, app.persona("firm").await, app.persona("officer").await);
        let batch = sent(&app, &mut finance).await;
        let said = answer(&[(&references(&batch)[0], "成功", GRANTED / 100, "")]);
        upload(&mut finance, &batch, &said, Some((version(&batch), "answer"))).await.ok();
        app.tick();
        let listed = |answer: Answer| answer.ok()["items"].as_array().expect("rows").clone();
        certified(&app, &["srdi"], day(29));
        assert!(listed(officer.get("/api/records/recovery").await).is_empty(), "{database:?}: what changed since is no correction");

        certified(&app, &["srdi"], day(20));
        let found = listed(officer.get("/api/records/recovery").await);
        assert_eq!(found.len(), 1, "{database:?}: a correction of the day itself, though a later word counts now");
        let id = found[0]["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/recoveries/{id}");
        let view = officer.get(&path).await.ok();
        assert_eq!(
            (&view["due"], &view["changes"][0]["name"], &view["changes"][0]["as_of"]),
            (&json!(GRANTED), &json!("certs"), &json!("2026-11-20"))
        );
        let told = officer.get("/api/notices?unread=true").await.ok();
        assert_eq!(told["items"][0]["about"], json!({"record": "recovery", "id": id}), "{told}");

        firm.get(&path).await.problem(404, "not_found");
        give(&mut finance, "recovery", &id, "repaid", json!({})).await.problem(409, "other_state");
        give(&mut officer, "recovery", &id, "demand", json!({})).await.ok();
        assert_eq!(firm.get(&path).await.ok()["state"], "demanded");
        assert!(firm.get("/api/notices?unread=true").await.text().contains(&id), "the firm is told");
        give(&mut firm, "recovery", &id, "report", json!({})).await.ok();
        give(&mut finance, "recovery", &id, "not_received", json!({})).await.problem(422, "invalid");
        give(&mut finance, "recovery", &id, "not_received", json!({"reason": "未到账"})).await.ok();
        give(&mut firm, "recovery", &id, "repaid", json!({})).await.problem(403, "not_yours");
        give(&mut finance, "recovery", &id, "repaid", json!({"paid_on": "2027-01-01"})).await.problem(422, "invalid");
        give(&mut finance, "recovery", &id, "repaid", json!({})).await.ok();
        assert_eq!(money(&app, &mut finance).await, [0, 0, TOTAL], "what came back is free again");
        assert_eq!(finance.get(&format!("/api/records/claim/{}", claims[0])).await.ok()["values"]["watch"], "recovered");
        certified(&app, &[], day(20));
        assert_eq!(listed(officer.get("/api/records/recovery").await).len(), 1, "and is not asked for again");
    }
}
