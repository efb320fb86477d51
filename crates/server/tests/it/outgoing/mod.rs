//! Mail, webhooks and live notices, against a mail server and receivers that stand on this machine.
mod mails;
mod streams;
mod targets;

use crate::support::{Client, TestApp, blocking, databases};
use liangu_app::outgoing::signature;
use liangu_base::Clock as _;
use liangu_store::{Commit, DocumentPut, Outbox};
use serde_json::{Value as Json, json};
use targets::{Hook, closed_port};

/// Writes notices as the program does: a message of the outbox with what the journal tells.
pub fn notice(app: &TestApp, to: &Json, words: &[&str]) {
    let message = |zh: &&str| Outbox { topic: "notice".into(), payload: json!({"to": to, "text": {"zh": zh, "en": ""}, "about": null}) };
    let told = DocumentPut { kind: "test".into(), key: "notice".into(), value: Some(json!(words)), expected_version: None, journal: true };
    let commit =
        Commit { outbox: words.iter().map(message).collect(), documents: vec![told], ..Commit::new(app.clock.now(), "test.notice") };
    blocking(|| app.store.commit(commit)).expect("the notice is written");
}

/// Sends what is due, away from the thread that drives the test.
pub fn send(app: &TestApp) {
    blocking(|| app.app.send_due()).expect("the store answers");
}

async fn hook(admin: &mut Client, url: &str) -> Json {
    admin.post("/api/webhooks", json!({"url": url, "topics": ["notice"]})).await.created()
}

/// What the outbox page says: words of the message's number, state and attempts, newest first.
async fn outbox(admin: &mut Client) -> Vec<(String, String, i64)> {
    let page = admin.get("/api/outbox").await.ok();
    let text = |row: &Json, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let number = |row: &Json| text(row, "id").split('.').next().unwrap_or_default().to_owned();
    let rows = page["items"].as_array().expect("rows").iter();
    rows.map(|row| (number(row), text(row, "state"), row["attempts"].as_i64().expect("a count"))).collect()
}

fn words(body: &[u8]) -> String {
    let body: Json = serde_json::from_slice(body).expect("JSON");
    body["payload"]["text"]["zh"].as_str().expect("words").to_owned()
}

#[tokio::test]
async fn a_webhook_gets_signed_messages_once_and_in_order() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut admin = app.persona("administrator").await;
        let target = Hook::start();
        notice(&app, &json!({}), &["写在它之前"]);
        let made = hook(&mut admin, &target.url()).await;
        let secret = made["secret"].as_str().expect("a key, told once").to_owned();
        assert!(secret.len() >= 43);
        notice(&app, &json!({}), &["一", "二", "三"]);
        send(&app);
        let received = target.all();
        assert_eq!(received.iter().map(|one| words(&one.body)).collect::<Vec<_>>(), ["一", "二", "三"], "{database:?}");
        for one in &received {
            assert_eq!(one.line, "POST /hook?token=path-secret HTTP/1.1");
            assert_eq!(one.headers["x-liangu-signature"], signature(&secret, &one.body));
            let body: Json = serde_json::from_slice(&one.body).expect("JSON");
            assert_eq!((one.headers["x-liangu-topic"].as_str(), body["topic"].as_str()), ("notice", Some("notice")));
            assert_eq!(one.headers["x-liangu-delivery"], body["id"].to_string());
        }
        send(&app);
        assert!(target.all().is_empty(), "nothing comes twice");
        let sent = |n: &str| (n.to_owned(), "sent".to_owned(), 1);
        assert_eq!(outbox(&mut admin).await, [sent("4"), sent("3"), sent("2")]);
        let listed = admin.get("/api/webhooks").await.ok();
        assert_eq!((listed["items"][0]["last"]["state"].as_str(), listed["items"][0]["waiting"].as_i64()), (Some("sent"), Some(0)));
        let unsent = blocking(|| app.store.read(|r| r.outbox(0, 9))).expect("reads");
        assert!(unsent.is_empty(), "what everyone got is marked as sent");
    }
}

#[tokio::test]
async fn a_failing_webhook_is_tried_again_in_order_and_given_up_after_a_day() {
    for database in databases() {
        let app = TestApp::on(database);
        let mut admin = app.persona("administrator").await;
        let target = Hook::start();
        hook(&mut admin, &target.url()).await;
        target.answers(503);
        notice(&app, &json!({}), &["一", "二"]);
        send(&app);
        assert_eq!(target.all().len(), 1, "the second waits behind the first");
        send(&app);
        assert_eq!(target.all().len(), 0, "not before its time");
        let failed = |n: &str, state: &str, attempts| (n.to_owned(), state.to_owned(), attempts);
        assert_eq!(outbox(&mut admin).await, [failed("2", "waiting", 0), failed("1", "failed", 1)], "{database:?}");
        target.answers(204);
        app.advance_minutes(1);
        send(&app);
        assert_eq!(target.all().iter().map(|one| words(&one.body)).collect::<Vec<_>>(), ["一", "二"]);

        target.answers(500);
        notice(&app, &json!({}), &["三"]);
        for _ in 0..40 {
            send(&app);
            app.advance_minutes(61);
        }
        let mut admin = app.persona("administrator").await;
        assert_eq!(outbox(&mut admin).await[0].1, "given_up");
        let listed = admin.get("/api/webhooks").await.ok();
        let said = listed["items"][0]["last"]["error"]["zh"].as_str().expect("why").to_owned();
        assert!(said.contains("HTTP 500"), "{said}");
        target.all();
        target.answers(200);
        notice(&app, &json!({}), &["四"]);
        send(&app);
        assert_eq!(target.all().iter().map(|one| words(&one.body)).collect::<Vec<_>>(), ["四"]);
    }
}

#[tokio::test]
async fn a_dead_or_silent_target_holds_up_nobody() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let (silent, let_go) = Hook::silent();
    let lively = Hook::start();
    hook(&mut admin, &format!("http://127.0.0.1:{}/", closed_port())).await;
    hook(&mut admin, &silent.url()).await;
    hook(&mut admin, &lively.url()).await;
    notice(&app, &json!({}), &["一", "二"]);
    let sending = std::thread::spawn({
        let app = app.app.clone();
        move || liangu_app::outgoing::run(&app)
    });
    assert_eq!([words(&lively.next().body), words(&lively.next().body)], ["一", "二"]);
    admin.get("/api/records/enterprise").await.ok();
    let_go.send(()).expect("it still waits");
    assert_eq!(words(&silent.next().body), "一");
    app.app.outgoing().stop();
    sending.join().expect("it ends when it is told to");
}

#[tokio::test]
async fn keys_and_passwords_are_told_to_nobody() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let made = hook(&mut admin, "https://oa.example.cn/hook?token=path-secret").await;
    let first = made["secret"].as_str().expect("a key").to_owned();
    let id = made["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/webhooks/{id}");
    let renewed = admin.patch(&path, 1, json!({"new_secret": true})).await.ok();
    let second = renewed["secret"].as_str().expect("a new key").to_owned();
    assert_ne!(first, second);
    admin.patch(&path, 1, json!({"active": false})).await.problem(412, "stale");
    let settings = json!({"active": true, "host": "mail.example.cn", "port": 587, "tls": "starttls", "user": "liangu", "from": "链谷 <a@example.cn>", "password": "mail-secret"});
    admin.put("/api/settings/mail", 0, settings).await.ok();
    let told = admin.get("/api/settings/mail").await.ok();
    assert_eq!((told["has_password"].as_bool(), told["version"].as_i64()), (Some(true), Some(1)));
    let kept =
        json!({"active": false, "host": "mail.example.cn", "port": 587, "tls": "starttls", "user": "liangu", "from": "a@example.cn"});
    assert_eq!(admin.put("/api/settings/mail", 1, kept).await.ok()["has_password"], true, "a password left out is kept");
    for path in ["/api/webhooks", "/api/settings/mail", "/api/outbox", "/api/administration/journal"] {
        let text = admin.get(path).await.text();
        for secret in [&first, &second, "mail-secret"] {
            assert!(!text.contains(secret), "{path}: {text}");
        }
        assert!(path == "/api/webhooks" || !text.contains("path-secret"), "{path}: {text}");
    }
    let journal = blocking(|| app.store.read(|r| r.journal(0, 500))).expect("reads");
    let journal = format!("{journal:?}");
    assert!(
        journal.contains("https://oa.example.cn") && !["path-secret", "mail-secret", &second].iter().any(|secret| journal.contains(secret))
    );
    admin.delete(&path).await.is(204);
    assert_eq!(admin.get("/api/webhooks").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn what_cannot_be_a_target_is_refused() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    for (url, topics, field) in [
        ("ftp://a.cn/", json!(["notice"]), "url"),
        ("https://u:p@a.cn/", json!(["notice"]), "url"),
        ("https://a.cn/", json!(["secrets"]), "topics"),
        ("https://a.cn/", json!([]), "topics"),
    ] {
        let problem = admin.post("/api/webhooks", json!({"url": url, "topics": topics})).await.problem(422, "invalid");
        assert_eq!(problem["errors"][0]["field"], field, "{url}");
    }
    let mail = |host: &str, port: u16, tls: &str, user: &str, from: &str| json!({"active": true, "host": host, "port": port, "tls": tls, "user": user, "from": from});
    for (settings, field) in [
        (mail("a b", 25, "none", "", "a@b.cn"), "host"),
        (mail("a.cn", 0, "none", "", "a@b.cn"), "port"),
        (mail("a.cn", 25, "none", "", "a@b.cn\r\nBcc: x@y.cn"), "from"),
        (mail("a.cn", 25, "none", "liangu", "a@b.cn"), "tls"),
    ] {
        let problem = admin.put("/api/settings/mail", 0, settings.clone()).await.problem(422, "invalid");
        assert_eq!(problem["errors"][0]["field"], field, "{settings}");
    }
    let dead = hook(&mut admin, &format!("http://127.0.0.1:{}/", closed_port())).await;
    let tried = admin.post(&format!("/api/webhooks/{}/try", dead["id"].as_str().expect("an id")), json!({})).await.ok();
    assert_eq!(tried["ok"], false);
    assert!(tried["error"]["zh"].as_str().is_some_and(|why| why.contains("连不上")), "{tried}");
    app.persona("officer").await.get("/api/outbox").await.problem(403, "role");
}
