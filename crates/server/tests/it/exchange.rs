//! Import and export: upload, mapping, preview, batches, bad rows that come back and are taken once corrected.
use crate::support::{Client, Database, TestApp, databases, region};
use axum::http::Method;
use liangu_workbook::{Book, Limits, Out, Row, Writer};
use serde_json::{Value as Json, json};
use std::io::Cursor;

/// Rows of a workbook's first sheet as text.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book = Book::open(Cursor::new(bytes), &Limits::default()).expect("a workbook");
    let (mut rows, mut row, mut all) = (book.rows(0).expect("a sheet"), Row::default(), Vec::new());
    while rows.next_row(&mut row).expect("a row") {
        all.push(row.cells.iter().map(|cell| cell.text.clone()).collect());
    }
    all
}

fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = Writer::new(Cursor::new(Vec::new()), "企业").expect("a writer");
    for row in rows {
        writer.row(row.iter().map(|text| if text.is_empty() { Out::Empty } else { Out::Text(text.clone()) })).expect("a row");
    }
    writer.finish().expect("a workbook").into_inner()
}

async fn upload(client: &mut Client, record: &str, name: &str, bytes: Vec<u8>) -> crate::support::Answer {
    let path = format!("/api/imports?record={record}&name={name}");
    let key = liangu_app::sha256_hex(&bytes);
    let headers = [("x-liangu", "web"), ("idempotency-key", &key[..40]), ("content-type", "application/octet-stream")];
    client.send(Method::POST, &path, &headers, Some(bytes)).await
}

async fn put(client: &mut Client, path: &str, body: &Json) -> crate::support::Answer {
    client.send(Method::PUT, path, &[("x-liangu", "web")], Some(body.to_string().into())).await
}

/// Starts the import and does what the program does beside its requests.
async fn run(app: &TestApp, client: &mut Client, id: &str) -> Json {
    client.post(&format!("/api/imports/{id}/start"), json!({})).await.ok();
    work(app);
    client.get(&format!("/api/imports/{id}")).await.ok()
}

fn work(app: &TestApp) {
    std::thread::scope(|scope| scope.spawn(|| app.app.run_imports().expect("imports are worked on")).join().expect("no panic"));
}

fn field<'j>(import: &'j Json, head: &str) -> &'j Json {
    let columns = import["plan"]["columns"].as_array().expect("columns");
    &columns.iter().find(|column| column["head"] == head).expect("the column")["field"]
}

const HEADS: [&str; 6] = ["企业全称", "统一社会信用代码", "所在县市", "2025年营业收入（万元）", "成立时间", "经营地址"];

fn line(name: &str, code: &str, region: &str, revenue: &str, established: &str) -> Vec<String> {
    [name, code, region, revenue, established, "=人民路 1 号"].map(str::to_owned).to_vec()
}

fn firms() -> Vec<Vec<String>> {
    vec![
        vec!["涟源市企业情况表".to_owned()],
        HEADS.map(str::to_owned).to_vec(),
        line("涟源甲机械有限公司", &region::credit_code(100), "涟源市", "1,234.5", "2020年3月1日"),
        line("涟源乙机械有限公司", &region::credit_code(101), "涟源", "约三百", "2020-03-01"),
        line("娄星丙机械有限公司", &region::credit_code(102), "娄星区", "10", "2020-03-01"),
        line("涟源湘石机械有限公司", &region::credit_code(0), "涟源市", "1800", ""),
        line("涟源甲机械有限公司", &region::credit_code(100), "涟源市", "1", ""),
    ]
}

#[tokio::test]
async fn from_upload_to_corrected_rows_on_every_database() {
    for database in databases() {
        from_upload_to_corrected_rows(database).await;
    }
}

async fn from_upload_to_corrected_rows(database: Database) {
    let app = TestApp::on(database);
    let mut officer = app.persona("officer").await;
    let import = upload(&mut officer, "enterprise", "firms.xlsx", workbook(&firms())).await.created();
    let id = import["id"].as_str().expect("an id").to_owned();
    assert_eq!(
        (import["plan"]["head_row"].clone(), import["progress"]["rows"].clone()),
        (json!(2), json!(5)),
        "the title row is passed over"
    );
    assert_eq!(*field(&import, "所在县市"), json!(null), "unknown heads are left to the person");
    assert_eq!(*field(&import, "企业全称"), "name");
    let preview = officer.get(&format!("/api/imports/{id}/preview")).await.ok();
    assert_eq!(preview["missing"], json!([{"zh": "注册地", "en": "Region of registration"}]));
    assert_eq!(officer.get("/api/records/enterprise").await.ok()["total"], 2, "nothing is written yet");

    let mut plan = import["plan"].clone();
    plan["columns"][2]["field"] = json!("region");
    put(&mut officer, &format!("/api/imports/{id}/plan"), &plan).await.ok();
    let preview = officer.get(&format!("/api/imports/{id}/preview")).await.ok();
    let actions: Vec<&str> = preview["rows"].as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["create", "bad", "bad", "skip", "bad"], "{preview}");
    assert_eq!(preview["columns"][3]["problems"], 1);
    assert_eq!(preview["rows"][0]["cells"][3]["shown"]["zh"], "1,234.5 万元");

    let done = run(&app, &mut officer, &id).await;
    let counts = ["created", "updated", "skipped", "bad", "done"].map(|name| done["progress"][name].as_u64().unwrap());
    assert_eq!((done["stage"].clone(), counts), (json!("done"), [1, 0, 1, 3, 5]), "{database:?}");
    let made = officer.get("/api/records/enterprise?q=%E6%B6%9F%E6%BA%90%E7%94%B2%E6%9C%BA%E6%A2%B0").await.ok();
    let made = officer.get(&format!("/api/records/enterprise/{}", made["items"][0]["id"].as_str().expect("the firm"))).await.ok();
    assert_eq!(
        (made["years"]["2025"]["revenue"].clone(), made["values"]["established"].clone()),
        (json!(1_234_500_000_i64), json!("2020-03-01"))
    );
    assert_eq!(made["values"]["address"], "=人民路 1 号");

    let mut bad = rows(&officer.get(&format!("/api/imports/{id}/bad-rows")).await.is(200).bytes);
    assert_eq!(bad[0][6], "错误");
    assert!(bad[1][6].contains("2025年营业收入（万元）：“约三百”不是数"), "{bad:?}");
    assert!(bad[2][6].contains("管辖"), "{bad:?}");
    assert!(bad[3][6].contains("与第 3 行重复"), "{bad:?}");
    bad[1][3] = "300".to_owned();
    bad[2][2] = "涟源市".to_owned();
    bad.truncate(3);
    let again = upload(&mut officer, "enterprise", "again.xlsx", workbook(&bad)).await.created();
    assert_eq!(*field(&again, "所在县市"), "region", "the mapping is remembered");
    let done = run(&app, &mut officer, again["id"].as_str().unwrap()).await;
    assert_eq!((done["progress"]["created"].clone(), done["progress"]["bad"].clone()), (json!(2), json!(0)), "{done}");
}

#[tokio::test]
async fn existing_records_are_updated_within_scope_and_unchanged_ones_left() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let text = format!(
        "统一社会信用代码,年度,营业收入(元),经营地址\n{0},2024,100,新地址\n{0},2025,18000000,新地址\n{1},2025,5,x\n",
        region::credit_code(0),
        region::credit_code(2)
    );
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    let import = upload(&mut officer, "enterprise", "years.csv", gbk.into_owned()).await.created();
    let id = import["id"].as_str().unwrap().to_owned();
    let mut plan = import["plan"].clone();
    plan["existing"] = json!("update");
    put(&mut officer, &format!("/api/imports/{id}/plan"), &plan).await.ok();
    let done = run(&app, &mut officer, &id).await;
    let counts = ["created", "updated", "bad"].map(|name| done["progress"][name].as_u64().unwrap());
    assert_eq!(counts, [0, 2, 1], "the firm of another county is refused: {done}");
    let firm = officer.get(&format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"))).await.ok();
    assert_eq!((firm["years"]["2024"]["revenue"].clone(), firm["values"]["address"].clone()), (json!(10_000), json!("新地址")));
    assert_eq!(firm["years"]["2025"]["revenue"], region::wan(1800));
}

#[tokio::test]
async fn an_exported_list_comes_back_unchanged() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    for record in ["enterprise", "policy", "park"] {
        let file = admin.get(&format!("/api/records/{record}/export?format=xlsx")).await;
        assert!(file.is(200).header("content-disposition").contains(".xlsx"));
        let import = upload(&mut admin, record, "back.xlsx", file.bytes.clone()).await.created();
        let id = import["id"].as_str().unwrap().to_owned();
        let mut plan = import["plan"].clone();
        plan["existing"] = json!("update");
        put(&mut admin, &format!("/api/imports/{id}/plan"), &plan).await.ok();
        let done = run(&app, &mut admin, &id).await;
        let progress = &done["progress"];
        assert_eq!(progress["unchanged"], progress["rows"], "{record}: {}", admin.get(&format!("/api/imports/{id}/preview")).await.text());
        assert!(progress["rows"].as_u64().unwrap() > 0);
    }
}

#[tokio::test]
async fn existing_policies_are_found_by_number_or_title_and_issuer() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let text = "政策名称,发文机关,层级,支持方式,数据性质,文号\n\
        《规模企业奖励》,娄底市工业和信息化局,市级,奖励,真实政策,\n\
        新的办法,娄底市科技局,市级,补助,real,娄科发〔2026〕1号\n\
        新的办法（修订）,娄底市科技局,市级,补助,real,娄科发[2026]1号\n";
    let import = upload(&mut officer, "policy", "policies.csv", text.as_bytes().to_vec()).await.created();
    let done = run(&app, &mut officer, import["id"].as_str().unwrap()).await;
    let counts = ["created", "skipped", "bad"].map(|name| done["progress"][name].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1], "{done}");
}

#[tokio::test]
async fn an_interrupted_import_goes_on_and_ends_the_same() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let mut text = "企业名称,统一社会信用代码,注册地,从业人数 2025\n".to_owned();
    for number in 0..2500 {
        text.push_str(&format!("试验企业{number},{},涟源市,{number}\n", region::credit_code(1000 + number)));
    }
    let import = upload(&mut admin, "enterprise", "many.csv", text.into_bytes()).await.created();
    let id = import["id"].as_str().unwrap().to_owned();
    admin.post(&format!("/api/imports/{id}/start"), json!({})).await.ok();
    let mut interrupted = 0;
    let mut ended = false;
    while !ended {
        app.store.faults().fail_at(2000 + 1700 * interrupted);
        ended = std::thread::scope(|scope| scope.spawn(|| app.app.run_imports().is_ok()).join().expect("no panic"));
        interrupted += i64::from(!ended);
    }
    app.store.faults().fail_at(0);
    assert!(interrupted > 2, "it was cut off {interrupted} times");
    let done = admin.get(&format!("/api/imports/{id}")).await.ok();
    let counts = ["rows", "done", "created", "bad", "batches"].map(|name| done["progress"][name].as_u64().unwrap());
    assert_eq!((done["stage"].clone(), counts), (json!("done"), [2500, 2500, 2500, 0, 3]));
    assert_eq!(admin.get("/api/records/enterprise").await.ok()["total"], 2504);
}

#[tokio::test]
async fn a_cancelled_import_keeps_what_it_wrote_and_can_go_on() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let text = format!("企业名称,统一社会信用代码,注册地\n新企业,{},涟源市\n", region::credit_code(300));
    let import = upload(&mut officer, "enterprise", "one.csv", text.into_bytes()).await.created();
    let id = import["id"].as_str().unwrap().to_owned();
    officer.post(&format!("/api/imports/{id}/start"), json!({})).await.ok();
    let cancelled = officer.post(&format!("/api/imports/{id}/cancel"), json!({})).await.ok();
    assert_eq!(cancelled["stage"], "cancelled");
    work(&app);
    assert_eq!(officer.get("/api/records/enterprise").await.ok()["total"], 2);
    assert_eq!(run(&app, &mut officer, &id).await["progress"]["created"], 1);
    officer.post(&format!("/api/imports/{id}/start"), json!({})).await.problem(409, "import_stage");
}

#[tokio::test]
async fn what_cannot_be_read_writes_nothing_and_others_see_nothing() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let refused = upload(&mut officer, "enterprise", "x.xlsx", b"PK\x03\x04 no archive".to_vec()).await.problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "damaged");
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("已损坏"));
    upload(&mut officer, "enterprise", "x.csv", b"a,b\n".to_vec()).await.problem(422, "invalid");
    upload(&mut officer, "organisation", "x.csv", b"a,b\n1,2\n".to_vec()).await.problem(403, "import");
    upload(&mut officer, "policy_version", "x.csv", b"a,b\n1,2\n".to_vec()).await.problem(403, "import");
    upload(&mut officer, "nothing", "x.csv", b"a,b\n1,2\n".to_vec()).await.problem(404, "not_found");
    assert_eq!(officer.get("/api/imports").await.ok()["imports"], json!([]));
    let import = upload(&mut officer, "enterprise", "x.csv", "企业名称,注册地\na,b\n".into()).await.created();
    let path = format!("/api/imports/{}", import["id"].as_str().unwrap());
    app.persona("reviewer").await.get(&path).await.problem(404, "not_found");
    app.persona("administrator").await.get(&path).await.ok();
    let mut plan = import["plan"].clone();
    plan["columns"][0]["field"] = json!("synthetic");
    put(&mut officer, &format!("{path}/plan"), &plan).await.ok();
    officer.get(&format!("{path}/preview")).await.problem(422, "invalid");
    plan["columns"][0]["field"] = json!("revenue");
    put(&mut officer, &format!("{path}/plan"), &plan).await.ok();
    let asks = officer.post(&format!("{path}/start"), json!({})).await.problem(422, "invalid");
    assert_eq!(asks["errors"][0]["code"], "year");
    officer.delete(&path).await.is(204);
    officer.get(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn documents_are_read_by_those_who_see_the_record_and_kept_by_those_who_change_it() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let path = format!("/api/records/policy/{}/files", app.region.policy_id("scale"));
    let attach = |key: &'static str| (Method::POST, format!("{path}?name=%E5%8E%9F%E6%96%87.pdf"), key);
    let (method, to, key) = attach("doc-1");
    let headers = [("x-liangu", "web"), ("idempotency-key", key)];
    let made = officer.send(method.clone(), &to, &headers, Some(b"%PDF-1.7".to_vec())).await.created();
    let repeated = officer.send(method, &to, &headers, Some(b"%PDF-1.7".to_vec())).await.created();
    assert_eq!((made["id"].clone(), made["media_type"].clone()), (repeated["id"].clone(), json!("application/pdf")));
    let mut anyone = app.anonymous();
    assert_eq!(anyone.get(&path).await.ok(), json!([made]));
    let file = format!("{path}/{}", made["id"].as_str().unwrap());
    let read = anyone.get(&file).await;
    assert_eq!((read.is(200).bytes.as_slice(), read.header("content-type")), (b"%PDF-1.7".as_slice(), "application/pdf"));
    assert!(read.header("content-disposition").ends_with("filename*=UTF-8''%E5%8E%9F%E6%96%87.pdf"));
    app.persona("leader").await.delete(&file).await.problem(403, "update");
    anyone.delete(&file).await.problem(401, "unauthenticated");
    let firm = format!("/api/records/enterprise/{}/files", app.region.firm_id("louxing"));
    app.persona("firm").await.get(&firm).await.problem(404, "not_found");
    officer.delete(&file).await.is(204);
    assert_eq!(anyone.get(&path).await.ok(), json!([]));
}
