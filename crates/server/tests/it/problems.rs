//! Every answer that is not 2xx is a problem in the reader's language, whatever went wrong.
use crate::support::{Client, TestApp, nobody};
use axum::http::Method;
use serde_json::{Value as Json, json};

/// Asks, and checks the form of the problem.
async fn problem(client: &mut Client, method: Method, path: &str, headers: &[(&str, &str)], body: &[u8], status: u16, code: &str) -> Json {
    let answer = client.send(method, path, headers, Some(body.to_vec())).await;
    let problem = answer.problem(status, code);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    assert_eq!(problem["status"], status, "{path}");
    assert_eq!(problem["instance"].as_str().unwrap(), path.split('?').next().unwrap());
    assert_eq!(problem["request"], answer.header("x-request-id"), "{path}");
    for field in ["type", "title", "detail"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{path}: {field}");
    }
    problem
}

#[tokio::test]
async fn whatever_goes_wrong_is_a_problem() {
    let app = TestApp::new();
    let mut officer = app.persona("officer").await;
    let web: &[(&str, &str)] = &[("x-liangu", "web"), ("idempotency-key", "k")];
    let firm = format!("/api/records/enterprise/{}", app.region.firm_id("lianyuan"));
    let missing = format!("/api/records/enterprise/{}", nobody("ent"));
    let text: &[(&str, &str)] = &[("x-liangu", "web"), ("content-type", "text/plain")];
    let huge = vec![b' '; (1 << 20) + 1];
    for (method, path, headers, body, status, code) in [
        (Method::GET, "/api/nothing", &[][..], &b""[..], 404, "not_found"),
        (Method::GET, missing.as_str(), &[], b"", 404, "not_found"),
        (Method::GET, "/api/records/nothing", &[], b"", 404, "not_found"),
        (Method::DELETE, "/api/hall", web, b"", 405, "method"),
        (Method::POST, "/api/session", &[], b"{}", 403, "guard"),
        (Method::POST, "/api/session", text, b"{}", 415, "media_type"),
        (Method::POST, "/api/session", web, &huge, 413, "too_large"),
        (Method::POST, "/api/session", web, b"{\"login\":", 400, "json"),
        (Method::POST, "/api/session", web, b"{\"login\": 1}", 422, "invalid"),
        (Method::POST, "/api/records/enterprise", &[("x-liangu", "web")], b"{}", 400, "idempotency_key"),
        (Method::PATCH, firm.as_str(), web, b"{}", 428, "version_missing"),
        (Method::PATCH, firm.as_str(), &[("x-liangu", "web"), ("if-match", "3")], b"{}", 400, "if_match"),
        (Method::GET, "/api/records/enterprise?colour=red", &[], b"", 400, "unknown_parameter"),
        (Method::GET, "/api/records/enterprise?where.colour=red", &[], b"", 400, "unknown_parameter"),
        (Method::GET, "/api/records/enterprise?where.region=999999", &[], b"", 400, "parameter_value"),
        (Method::GET, "/api/records/enterprise?limit=1000", &[], b"", 400, "limit"),
        (Method::GET, "/api/records/enterprise?after=zz", &[], b"", 400, "unknown"),
        (Method::GET, "/api/hall?colour=red", &[], b"", 400, "unknown_parameter"),
        (Method::GET, "/assets/nothing.js", &[], b"", 404, "not_found"),
        (Method::GET, "/api/administration", &[], b"", 403, "role"),
    ] {
        problem(&mut officer, method, path, headers, body, status, code).await;
    }
}

#[tokio::test]
async fn a_problem_speaks_the_readers_language() {
    let app = TestApp::new();
    let mut client = app.anonymous();
    let title = |lang: &'static str| {
        let mut client = client.clone();
        async move { client.send(Method::GET, "/api/nothing", &[("accept-language", lang)], None).await.json()["title"].clone() }
    };
    assert_eq!(title("en-GB,zh;q=0.5").await, "Not found");
    assert_eq!(title("zh-CN").await, "没有找到");
    assert_eq!(title("fr").await, "没有找到");
    assert_eq!(client.get("/api/nothing").await.json()["title"], "没有找到");
}

#[tokio::test]
async fn a_panic_is_a_problem_and_the_next_request_is_served() {
    let mut routes = liangu_server::table::routes();
    routes.push(
        liangu_server::route::get::<()>("/api/panics", "panics", |_| panic!("planted")).open_to(liangu_server::route::Access::Public),
    );
    let app = TestApp::with_routes(routes);
    let mut client = app.anonymous();
    let problem = problem(&mut client, Method::GET, "/api/panics", &[], b"", 500, "internal").await;
    assert!(!problem.to_string().contains("planted"), "what panicked stays in the log");
    client.get("/api/session").await.ok();
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::new();
    let mut client = app.anonymous();
    for path in ["/", "/api/session", "/api/nothing", "/healthz", "/policies"] {
        let answer = client.get(path).await;
        assert!(answer.header("content-security-policy").contains("script-src 'self';"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
    let kept = client.send(Method::GET, "/api/session", &[("x-request-id", "mine-1")], None).await;
    assert_eq!(kept.header("x-request-id"), "mine-1");
    let signed_in = client.post("/api/demo/session", json!({"persona": "firm"})).await;
    let cookie = signed_in.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}
