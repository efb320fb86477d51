//! Notices as letters.
use super::targets::{MailSink, closed_port};
use super::{notice, outbox, send};
use crate::support::{Client, TestApp, databases};
use serde_json::json;

async fn mail(admin: &mut Client, port: u16, version: i64) {
    let settings = json!({"active": true, "host": "127.0.0.1", "port": port, "tls": "none", "user": "liangu", "from": "链谷 <noreply@loudi.example>", "password": "mail-secret"});
    admin.put("/api/settings/mail", version, settings).await.ok();
}

/// Gives an account its address; its id.
async fn reader(app: &TestApp, key: &str, address: &str) -> String {
    let mut client = app.persona(key).await;
    client.put("/api/settings/my-mail", 0, json!({"address": address})).await.ok();
    client.get("/api/session").await.ok()["account"]["id"].as_str().expect("an id").to_owned()
}

fn receivers(sink: &MailSink) -> Vec<String> {
    let mut to: Vec<String> = sink.letters().into_iter().map(|letter| letter.to).collect();
    to.sort();
    to
}

#[tokio::test]
async fn a_notice_reaches_its_account_its_firm_and_its_role_by_mail() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut admin = app.persona("administrator").await;
        let sink = MailSink::start();
        mail(&mut admin, sink.port, 0).await;
        let officer = reader(&app, "officer", "officer@lianyuan.example").await;
        reader(&app, "firm", "firm@lianyuan.example").await;
        reader(&app, "reviewer", "reviewer@loudi.example").await;
        let firm = app.region.firm_id("lianyuan");
        for (to, expected) in [
            (json!({"account": officer}), vec!["officer@lianyuan.example"]),
            (json!({"firm": firm}), vec!["firm@lianyuan.example"]),
            (json!({"role": "officer", "region": "431382"}), vec!["officer@lianyuan.example"]),
            (json!({"role": "officer", "region": "431302"}), vec![]),
            (json!({"role": "reviewer", "region": "431382"}), vec!["reviewer@loudi.example"]),
            (json!({"role": "leader", "region": "431382"}), vec![]),
        ] {
            notice(&app, &to, &["申报 SB-2026-1 待受理"]);
            send(&app);
            assert_eq!(receivers(&sink), expected, "{database:?} {to}");
        }
        assert!(sink.commands().contains(&"AUTH PLAIN AGxpYW5ndQBtYWlsLXNlY3JldA==".to_owned()));
        let mut none = app.persona("officer").await;
        none.put("/api/settings/my-mail", 1, json!({"address": ""})).await.ok();
        notice(&app, &json!({"account": officer}), &["没有人收"]);
        send(&app);
        assert_eq!(receivers(&sink), Vec::<String>::new());
    }
}

#[tokio::test]
async fn one_letter_refused_lets_the_others_go_and_a_server_away_loses_none() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let sink = MailSink::start();
    mail(&mut admin, sink.port, 0).await;
    let (busy, gone) = (reader(&app, "officer", "busy@b.example").await, reader(&app, "leader", "gone@b.example").await);
    let fine = reader(&app, "finance", "fine@b.example").await;
    sink.refuse("busy@b.example", "451 later");
    sink.refuse("gone@b.example", "550 nobody here");
    for account in [&busy, &gone, &fine] {
        notice(&app, &json!({"account": account}), &["提醒"]);
    }
    send(&app);
    assert_eq!((receivers(&sink), sink.connections()), (vec!["fine@b.example".to_owned()], 1));
    let row = |n: &str, state: &str| (n.to_owned(), state.to_owned(), 1);
    assert_eq!(outbox(&mut admin).await, [row("3", "sent"), row("2", "given_up"), row("1", "failed")]);
    sink.accept("busy@b.example");
    app.advance_minutes(1);
    send(&app);
    assert_eq!(receivers(&sink), ["busy@b.example"]);

    mail(&mut admin, closed_port(), 1).await;
    for account in [&fine, &busy] {
        notice(&app, &json!({"account": account}), &["提醒"]);
    }
    send(&app);
    let waiting = outbox(&mut admin).await;
    assert_eq!([waiting[0].1.as_str(), waiting[1].1.as_str()], ["waiting", "failed"]);
    mail(&mut admin, sink.port, 2).await;
    send(&app);
    assert_eq!(receivers(&sink), ["busy@b.example", "fine@b.example"], "set anew, it is tried at once");
}

#[tokio::test]
async fn an_administrator_tries_the_mail_server() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let path = "/api/settings/mail/try";
    admin.post(path, json!({"to": "a@b.cn"})).await.problem(422, "invalid");
    let sink = MailSink::start();
    mail(&mut admin, sink.port, 0).await;
    assert_eq!(admin.post(path, json!({"to": "a@b.cn"})).await.ok()["ok"], true);
    let letters = sink.letters();
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "a@b.cn"));
    assert!(letters[0].text.starts_with("From: =?UTF-8?B?"), "{}", letters[0].text);
    mail(&mut admin, closed_port(), 1).await;
    let failed = admin.post(path, json!({"to": "a@b.cn"})).await.ok();
    assert!(failed["error"]["zh"].as_str().is_some_and(|why| why.contains("连不上")), "{failed}");
    admin.post(path, json!({"to": "a@b.cn>\r\nDATA"})).await.problem(422, "invalid");
}
