//! Indicators of claims and requests to match: what is written is what is counted; an average of nothing is unknown.
use crate::support::{Client, TestApp, databases};
use liangu_base::{Clock as _, Date, Id};
use liangu_store::{Change, Commit, Value, Values, Years};
use serde_json::{Value as Json, json};

/// A claim as it lies in the register.
struct Row {
    origin: &'static str,
    state: &'static str,
    /// Yuan.
    amount: i64,
    decision_days: Option<i64>,
}

const ROWS: [Row; 5] = [
    Row { origin: "application", state: "paid", amount: 120_000, decision_days: Some(4) },
    Row { origin: "application", state: "granted", amount: 0, decision_days: Some(9) },
    Row { origin: "application", state: "reviewing", amount: 0, decision_days: None },
    Row { origin: "automatic", state: "paid", amount: 30_000, decision_days: None },
    Row { origin: "automatic", state: "consenting", amount: 50_000, decision_days: None },
];

fn write(app: &TestApp, rows: &[Row]) {
    let today = Date::from_ymd(2026, 11, 20).expect("a day");
    let change = |(number, row): (usize, &Row)| {
        let mut values = Values::from([
            ("policy".to_owned(), Value::Ref(app.region.policy("scale"))),
            ("enterprise".to_owned(), Value::Ref(app.region.firm("lianyuan"))),
            ("region".to_owned(), Value::text("431382")),
            ("origin".to_owned(), Value::text(row.origin)),
            ("period".to_owned(), Value::Int(2026)),
            ("slot".to_owned(), Value::text(format!("slot {number}"))),
            ("amount".to_owned(), Value::Int(row.amount * 100)),
            ("state".to_owned(), Value::text(row.state)),
            ("submitted_on".to_owned(), Value::Date(today)),
        ]);
        if let Some(days) = row.decision_days {
            values.insert("decided_on".to_owned(), Value::Date(today));
            values.insert("decision_days".to_owned(), Value::Int(days));
        }
        Change::Create { record: "claim".to_owned(), id: Id::v7(9, number as u128 + 1), values, years: Years::new() }
    };
    let changes = rows.iter().enumerate().map(change).collect();
    let written = std::thread::scope(|scope| {
        scope.spawn(|| app.store.commit(Commit { changes, ..Commit::new(app.clock.now(), "test.claims") })).join().expect("no panic")
    });
    written.expect("the claims are written");
}

async fn value(client: &mut Client, figure: &str) -> Json {
    client.get(&format!("/api/figures/{figure}")).await.ok()["value"].clone()
}

#[tokio::test]
async fn claims_are_counted_summed_and_averaged() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut leader = app.persona("leader").await;
        assert_eq!(value(&mut leader, "decision_days").await, Json::Null, "an average of nothing is unknown, not zero");
        write(&app, &ROWS);
        for (figure, expected) in [
            ("claims_submitted", 3.0),
            ("claims_completed", 2.0),
            ("automatic_completed", 1.0),
            ("claims_open", 2.0),
            ("money_paid", 15.0),
            ("decision_days", 6.5),
        ] {
            assert_eq!(value(&mut leader, figure).await, expected, "{database:?} {figure}");
        }
        let opened = leader.get("/api/figures/decision_days").await.ok();
        assert_eq!(opened["expression"].as_str().and_then(|text| text.split(' ').next()), Some("average(claim.decision_days)"));
    }
}

#[tokio::test]
async fn a_request_to_match_is_counted_once_a_key() {
    for database in databases() {
        let app = TestApp::on(database);
        let path = format!("/api/firms/{}/match-requests", app.region.firm_id("lianyuan"));
        let mut firm = app.persona("firm").await;
        let first = firm.post_with_key(&path, "once", json!({})).await.created();
        let again = firm.post_with_key(&path, "once", json!({})).await.created();
        assert_eq!((&first["id"], &first["fitting"]), (&again["id"], &again["fitting"]), "{database:?}");
        firm.post(&path, json!({})).await.created();
        app.persona("park").await.post(&path, json!({})).await.problem(404, "not_found");
        app.persona("leader").await.post(&path, json!({})).await.problem(403, "role");
        assert_eq!(value(&mut firm, "match_requests").await, 2.0);
        let matches = firm.get(&format!("/api/firms/{}/matches", app.region.firm_id("lianyuan"))).await.ok();
        assert_eq!(first["fitting"], matches["groups"]["fits"]["count"]);
    }
}
