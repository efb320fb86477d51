//! Claims, batches and payments leave as tables like all other records: what a reader sees, and no formula of anybody's.
use super::draw;
use super::granted::payable;
use crate::support::{Client, TestApp};

/// Heads and lines of a table.
async fn table(client: &mut Client, record: &str, query: &str) -> (String, Vec<String>) {
    let answer = client.get(&format!("/api/records/{record}/export?format=csv{query}")).await;
    assert!(answer.is(200).header("content-type").starts_with("text/csv"));
    let text = answer.text();
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::to_owned);
    (lines.next().expect("a head"), lines.collect())
}

#[tokio::test]
async fn claims_and_payments_leave_as_tables_of_what_their_reader_sees() {
    let app = TestApp::new();
    payable(&app, &["=湘石", "涟源乙公司"]);
    let (mut finance, mut firm, mut leader) = (app.persona("finance").await, app.persona("firm").await, app.persona("leader").await);
    let batch = draw(&app, &mut finance).await;
    let own = format!("&where.batch={}", batch["id"].as_str().expect("an id"));

    let (head, lines) = table(&mut finance, "claim", "").await;
    assert_eq!(lines.len(), 2);
    assert!(head.contains("编号") && head.contains("银行账号") && lines.concat().contains("'=湘石"), "{head}\n{lines:?}");
    assert!(!["flow", "holder", "slot"].iter().any(|name| head.contains(name)), "what only the program reads stays with it: {head}");
    let (_, lines) = table(&mut finance, "claim", "&where.origin=automatic").await;
    assert!(lines.is_empty(), "filters count: {lines:?}");
    let (_, lines) = table(&mut firm, "claim", "").await;
    assert_eq!(lines.len(), 1, "a firm has its own");
    let (head, _) = table(&mut leader, "claim", "").await;
    assert!(!head.contains("银行账号"), "{head}");

    let (head, lines) = table(&mut finance, "payment", &own).await;
    assert!(lines.len() == 2 && head.contains("银行账号") && lines.concat().contains("'=湘石"), "{head}\n{lines:?}");
    let (head, lines) = table(&mut app.persona("administrator").await, "payment", &own).await;
    assert!(lines.len() == 2 && !head.contains("银行账号") && !head.contains("收款户名"), "{head}");
    firm.get(&format!("/api/records/payment/export?format=csv{own}")).await.problem(404, "not_found");
    let (head, lines) = table(&mut finance, "payment_batch", "").await;
    assert!(head.contains("总额") && lines.len() == 1 && lines[0].contains("400000"), "{head}\n{lines:?}");
    let workbook = finance.get("/api/records/claim/export?format=xlsx").await;
    assert!(workbook.is(200).bytes.starts_with(b"PK"));
}
