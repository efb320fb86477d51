//! Signing in and out, set-up, one-time passwords, personas, the throttle.
use crate::support::{PASSWORD, TestApp, stranger_token};
use serde_json::json;

#[tokio::test]
async fn nobody_is_signed_in_at_first() {
    let app = TestApp::new();
    let session = app.anonymous().get("/api/session").await.ok();
    assert_eq!(session["account"], json!(null));
    assert_eq!(session["places"], json!(["hall"]));
    assert_eq!(session["installation"]["as_of"], "2026-11-20");
    assert_eq!(session["installation"]["demonstration"], true);
    assert_eq!(session["installation"]["needs_set_up"], false);
}

#[tokio::test]
async fn a_persona_signs_in_without_a_password_and_out_again() {
    let app = TestApp::new();
    let personas = app.anonymous().get("/api/demo/personas").await.ok();
    let keys: Vec<&str> = personas.as_array().unwrap().iter().map(|p| p["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["firm", "officer", "reviewer", "finance", "park", "leader", "administrator"]);
    let mut firm = app.persona("firm").await;
    let session = firm.get("/api/session").await.ok();
    assert_eq!(session["account"]["firm"]["id"], json!(app.region.firm_id("lianyuan")));
    assert_eq!(session["places"], json!(["hall", "my-firm"]));
    let kept = firm.cookie.clone();
    firm.delete("/api/session").await.is(204);
    firm.cookie = kept;
    assert_eq!(firm.get("/api/session").await.ok()["account"], json!(null), "the token is dead, not only the cookie");
}

#[tokio::test]
async fn a_real_installation_has_no_personas_and_is_set_up_once() {
    let app = TestApp::fresh();
    let mut client = app.anonymous();
    client.get("/api/demo/personas").await.problem(404, "not_found");
    client.post("/api/demo/session", json!({"persona": "administrator"})).await.problem(404, "not_found");
    assert_eq!(client.get("/api/session").await.ok()["installation"]["needs_set_up"], true);
    let set_up = |token: &str| json!({"token": token, "login": "chief", "name": "管理员", "password": PASSWORD});
    client.post("/api/set-up", set_up(&stranger_token())).await.problem(403, "set_up_token");
    let token = app.set_up_token.clone().expect("a real installation has one");
    assert_eq!(token.len(), 43);
    let weak = json!({"token": token, "login": "chief", "name": "管理员", "password": "short"});
    assert_eq!(client.post("/api/set-up", weak).await.problem(422, "invalid")["errors"][0]["field"], "password");
    let session = client.post("/api/set-up", set_up(&token)).await.ok();
    assert_eq!(session["account"]["roles"], json!(["administrator"]));
    assert_eq!(session["installation"]["needs_set_up"], false);
    app.anonymous().post("/api/set-up", set_up(&token)).await.problem(404, "not_found");
    app.anonymous().post("/api/session", json!({"login": "chief", "password": PASSWORD})).await.ok();
}

#[tokio::test]
async fn a_one_time_password_opens_nothing_but_the_choice_of_another() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let new = json!({"login": "wang", "name": "王工", "roles": ["officer"], "region": "431300"});
    let made = admin.post("/api/accounts", new).await.created();
    let once = admin.post(&format!("/api/accounts/{}/password", made["id"].as_str().unwrap()), json!({})).await.ok();
    let mut wang = app.anonymous();
    let session = wang.post("/api/session", json!({"login": "wang", "password": once["password"]})).await.ok();
    assert_eq!(session["account"]["must_change_password"], true);
    assert_eq!(session["places"], json!(["hall"]));
    let firm = app.region.firm_id("lianyuan");
    wang.get(&format!("/api/firms/{firm}/matches")).await.problem(403, "must_change_password");
    wang.get("/api/records/enterprise").await.is(404);
    let change = |old: &str, new: &str| json!({"old": old, "new": new});
    let once = once["password"].as_str().unwrap();
    wang.post("/api/session/password", change("wrong", PASSWORD)).await.problem(422, "invalid");
    wang.post("/api/session/password", change(once, once)).await.problem(422, "invalid");
    wang.post("/api/session/password", change(once, PASSWORD)).await.ok();
    assert_eq!(wang.get("/api/records/enterprise").await.ok()["total"], 4);
}

#[tokio::test]
async fn sessions_end_by_time_by_a_new_password_and_by_the_administrator() {
    let app = TestApp::new();
    let mut one = app.account("li", &["officer"], None).await;
    let mut other = app.anonymous();
    other.post("/api/session", json!({"login": "li", "password": PASSWORD})).await.ok();
    one.post("/api/session/password", json!({"old": PASSWORD, "new": "another stone bridge"})).await.ok();
    assert_eq!(other.get("/api/session").await.ok()["account"], json!(null), "a new password ends the other sessions");
    let account = one.get("/api/session").await.ok()["account"].clone();
    let path = format!("/api/accounts/{}", account["id"].as_str().unwrap());
    let mut admin = app.persona("administrator").await;
    let version = admin.get(&path).await.ok()["version"].as_i64().unwrap();
    admin.patch(&path, version, json!({"roles": ["finance"]})).await.ok();
    assert_eq!(one.get("/api/session").await.ok()["account"], json!(null), "a change of roles ends all sessions");
    one.post("/api/session", json!({"login": "li", "password": "another stone bridge"})).await.ok();
    admin.patch(&path, version + 1, json!({"disabled": true})).await.ok();
    one.get("/api/records/enterprise").await.problem(401, "unauthenticated");
    one.post("/api/session", json!({"login": "li", "password": "another stone bridge"})).await.problem(401, "sign_in");
}

#[tokio::test]
async fn a_session_ends_idle_after_two_hours_and_after_twelve_in_all() {
    let app = TestApp::new();
    let mut idle = app.persona("officer").await;
    let mut busy = app.persona("leader").await;
    app.advance_minutes(119);
    assert_ne!(busy.get("/api/session").await.ok()["account"], json!(null));
    app.advance_minutes(2);
    assert_eq!(idle.get("/api/session").await.ok()["account"], json!(null));
    for _ in 0..5 {
        app.advance_minutes(117);
        assert_ne!(busy.get("/api/session").await.ok()["account"], json!(null));
    }
    app.advance_minutes(15);
    assert_eq!(busy.get("/api/session").await.ok()["account"], json!(null), "twelve hours are the end");
}

#[tokio::test]
async fn every_refused_sign_in_says_the_same() {
    let app = TestApp::new();
    app.account("zhao", &["officer"], None).await;
    let try_with = |login: &'static str, password: &'static str| {
        let mut client = app.anonymous();
        async move { client.post("/api/session", json!({"login": login, "password": password})).await.problem(401, "sign_in")["detail"].clone() }
    };
    let unknown = try_with("nobody", PASSWORD).await;
    assert_eq!(try_with("zhao", "wrong").await, unknown);
    assert_eq!(try_with("demo-officer", PASSWORD).await, unknown, "an account without a password");
    for _ in 0..4 {
        try_with("zhao", "wrong").await;
    }
    assert_eq!(try_with("zhao", PASSWORD).await, unknown, "locked after five failures, even with the right password");
}

#[tokio::test]
async fn an_address_that_guesses_is_slowed_down() {
    let app = TestApp::new();
    let mut client = app.anonymous();
    for number in 0..10 {
        let guess = json!({"login": format!("guess{number}"), "password": "guess"});
        client.post("/api/session", guess).await.problem(401, "sign_in");
    }
    let refused = client.post("/api/session", json!({"login": "guess", "password": "guess"})).await;
    refused.problem(429, "too_many");
    assert_eq!(refused.header("retry-after"), "30");
}

#[tokio::test]
async fn an_administrator_does_not_lock_himself_out() {
    let app = TestApp::new();
    let mut admin = app.persona("administrator").await;
    let own = admin.get("/api/session").await.ok()["account"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/accounts/{own}");
    admin.patch(&path, 1, json!({"disabled": true})).await.problem(403, "self");
    admin.patch(&path, 1, json!({"roles": ["officer"]})).await.problem(403, "self");
}
