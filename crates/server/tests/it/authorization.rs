//! Every route × every kind of person against what the table says, and two planted weaknesses that must be caught.
//!
//! The matrix judges two things only: whether the door opens, by the access entry, and whether one firm sees another's
//! records. It asks with well-formed paths and empty bodies, so that what passes the door may still be refused for its
//! content; 401, 403 and 404 are what counts.
use crate::support::{Client, TestApp};
use axum::http::Method;
use liangu_app::Outcome;
use liangu_server::call::Call;
use liangu_server::route::{Access, Class, Route, Subject, get, unguarded};
use liangu_server::table::routes;
use serde_json::{Value as Json, json};

/// The people of the matrix: nobody, each persona, and the account of another firm.
const PEOPLE: [&str; 9] = ["nobody", "firm", "officer", "reviewer", "finance", "park", "leader", "administrator", "other_firm"];

/// What a call may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    SignInFirst,
    Forbidden,
    /// Another firm's: as if it were not there.
    Invisible,
    /// The door opens.
    Opens,
}

async fn client(app: &TestApp, person: &str) -> Client {
    match person {
        "nobody" => app.anonymous(),
        "other_firm" => app.account("other", &["firm"], Some(&app.region.firm_id("louxing"))).await,
        persona => app.persona(persona).await,
    }
}

/// The route's path about the firm `lianyuan`, which the persona `firm` belongs to.
fn path(app: &TestApp, route: &Route) -> String {
    let firm = app.region.firm_id("lianyuan");
    let policy = app.region.policy_id("scale");
    let id = match route.subject {
        Subject::Firm | Subject::Record => firm,
        Subject::Policy => policy.clone(),
        Subject::Account => liangu_base::Id::v7(1, 1).text("acc"),
        Subject::Contest => liangu_base::Id::v7(1, 3).text("ctst"),
        Subject::Notice => liangu_base::Id::v7(1, 5).text("ntc"),
        Subject::AwardRun => liangu_base::Id::v7(1, 10).text("awr"),
        Subject::PaymentBatch => liangu_base::Id::v7(1, 6).text("pay"),
        Subject::Recovery => liangu_base::Id::v7(1, 7).text("rcv"),
        Subject::Claim => liangu_base::Id::v7(1, 8).text("clm"),
        Subject::Budget => liangu_base::Id::v7(1, 9).text("bud"),
        Subject::Webhook => liangu_base::Id::v7(1, 4).text("whk"),
        Subject::Figure => "firms".to_owned(),
        _ => String::new(),
    };
    let answer = liangu_base::Id::v7(1, 2).text("ans");
    let mut path = route.path.to_owned();
    for (name, value) in [
        ("{record}", "enterprise"),
        ("{id}", &id),
        ("{policy}", &policy),
        ("{group}", "fits"),
        ("{answer}", &answer),
        ("{list}", "region"),
        ("{number}", "1"),
        ("{command}", "check"),
        ("{fact}", "revenue"),
        ("{import}", "imp_1"),
        ("{file}", "file_1"),
        ("{claim}", "clm_1"),
    ] {
        path = path.replace(name, value);
    }
    path
}

fn expected(route: &Route, person: &str) -> Expected {
    let signed_in = person != "nobody";
    let role = if person == "other_firm" { "firm" } else { person };
    match route.access {
        None => return Expected::Forbidden,
        Some(Access::Public) => {}
        Some(_) if !signed_in => return Expected::SignInFirst,
        Some(Access::SignedIn | Access::SignedInUnchanged) => {}
        Some(Access::Role(roles)) if !roles.contains(&role) => return Expected::Forbidden,
        Some(Access::Role(_)) => {}
    }
    match route.subject {
        // Firms are not public, whatever the door says; the firm is in Lianyuan and in no park.
        Subject::Record | Subject::RecordType if !signed_in => Expected::SignInFirst,
        Subject::Record | Subject::Firm if ["other_firm", "park"].contains(&person) => Expected::Invisible,
        _ => Expected::Opens,
    }
}

async fn ask(client: &mut Client, app: &TestApp, route: &Route) -> u16 {
    let headers: &[(&str, &str)] = match route.class {
        Class::Read => &[],
        _ => &[("x-liangu", "web"), ("idempotency-key", "matrix"), ("if-match", "\"1\"")],
    };
    let body = (route.method != Method::GET).then(|| body(app, route).to_string().into_bytes());
    client.send(route.method.clone(), &path(app, route), headers, body).await.status.as_u16()
}

/// The least that passes for a body, so that the use case is reached.
fn body(app: &TestApp, route: &Route) -> Json {
    match route.name {
        "create_record" => json!({"values": {}}),
        "answer" => json!({"field": "legal_person", "value": true}),
        "contest" => json!({"field": "region", "claimed": "431302", "reason": "moved"}),
        "settle_conflict" => json!({"field": "region", "withdraw": "tax", "reason": "checked"}),
        "decide_contest" => json!({"decision": "reject", "reason": "checked"}),
        "import_shapes" => json!({"type": "FeatureCollection", "features": []}),
        "delegate" => json!({"account": liangu_base::Id::v7(1, 1).text("acc")}),
        "start_claim" => json!({"policy": app.region.policy_id("high_tech")}),
        "create_account" => json!({"login": "", "name": "", "roles": []}),
        _ => json!({}),
    }
}

/// Differences between the table and what the program does; empty when it keeps its word.
async fn differences(app: &TestApp, routes: &[Route]) -> Vec<String> {
    let mut found = Vec::new();
    for person in PEOPLE {
        let signed_in = client(app, person).await;
        for route in routes.iter().filter(|route| !["sign_out", "events"].contains(&route.name)) {
            let status = ask(&mut signed_in.clone(), app, route).await;
            let wanted = expected(route, person);
            let is_right = match wanted {
                Expected::SignInFirst => status == 401,
                Expected::Forbidden => status == 403,
                Expected::Invisible => status == 404,
                Expected::Opens => status != 401 || route.class == Class::SignIn,
            };
            // A use case may refuse what the door lets in (403), and not find what is not there (404).
            let may_refuse = [403, 404].contains(&status) && refuses(route, person);
            let opens_wide = wanted != Expected::Opens || ![403, 404].contains(&status) || may_refuse;
            if !is_right || !opens_wide {
                found.push(format!("{person} {} {}: {status}, wanted {wanted:?}", route.method, route.path));
            }
        }
    }
    found
}

/// What use cases refuse beyond the door; reviewed line by line.
fn refuses(route: &Route, person: &str) -> bool {
    match route.name {
        // A demonstration is not set up; nothing has this token, persona, account or answer.
        "set_up" | "sign_in_as" | "account" | "update_account" | "account_history" | "one_time_password" => true,
        // Only a firm's own people answer for it, and nobody takes back an answer that was never given.
        "answer" => person != "firm",
        "undo_answer" => true,
        "withdraw_answer" | "contest" => person != "firm",
        // Contests exist for firms and the offices in charge; nobody has raised this one.
        "contests" => ["finance", "park", "leader"].contains(&person),
        "decide_contest" => true,
        // This policy has no versions yet.
        "policy_version" | "save_version" | "try_version" | "order_version" | "version_difference" => true,
        // Nobody has this import, and the firm has no such document.
        "import" | "plan_import" | "preview_import" | "start_import" | "cancel_import" | "discard_import" | "bad_rows" => true,
        "attachment" | "detach" => true,
        "attach" => !["firm", "officer", "administrator"].contains(&person),
        // Only a firm's own people claim for it; nobody has this claim, this budget, or a grant in notice.
        "start_claim" => person != "firm",
        "claim" | "save_claim" | "judge_clause" | "change_budget" | "public_notice" | "object" => true,
        // Nobody has begun this run.
        "award_run" | "award_lines" | "award_list" => true,
        // The body names no policy.
        "set_budget" => true,
        // Firms are no cases, and nobody has this notice.
        "case" | "order" | "delegate" | "read_notice" => true,
        // Who only watches asks for no match.
        "request_match" => ["finance", "park", "leader"].contains(&person),
        // Nobody has this webhook.
        "change_webhook" | "delete_webhook" | "try_webhook" => true,
        // Nobody has drawn this batch, and nothing is recovered.
        "payment_batch" | "payment_file" | "preview_bank_answer" | "apply_bank_answer" | "recovery" => true,
        // Who may create and change firms is the pack's word.
        "create_record" => !["officer", "administrator"].contains(&person),
        "update_record" => !["firm", "officer", "administrator"].contains(&person),
        _ => false,
    }
}

#[tokio::test]
async fn every_route_keeps_its_word_to_everyone() {
    let app = TestApp::new();
    let routes = routes();
    assert_eq!(unguarded(&routes), Vec::<String>::new());
    let found = differences(&app, &routes).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A handler that reaches past its caller and shows any firm to anyone with an account.
fn forgets_scope(call: &Call<'_>) -> Outcome<Vec<String>> {
    let anyone = liangu_app::Principal { account: call.caller.principal.account, ..liangu_app::Principal::operator() };
    let wide = liangu_app::Caller { principal: &anyone, ..call.caller };
    Ok(vec![wide.record("enterprise", call.part("id"))?.title])
}

#[tokio::test]
async fn a_planted_handler_that_forgets_scope_is_caught() {
    let planted = || get("/api/firms/{id}/leak", "leak", forgets_scope).open_to(Access::SignedIn).about(Subject::Firm);
    let app = TestApp::with_routes(routes().into_iter().chain([planted()]).collect());
    let found = differences(&app, &[planted()]).await;
    assert_eq!(
        found,
        ["park GET /api/firms/{id}/leak: 200, wanted Invisible", "other_firm GET /api/firms/{id}/leak: 200, wanted Invisible"]
    );
}

#[tokio::test]
async fn a_planted_route_without_an_access_entry_is_caught_and_stays_shut() {
    let planted = || get("/api/planted", "planted", |_| Ok(vec!["secret".to_owned()]));
    assert_eq!(unguarded(&[planted()]), ["GET /api/planted"]);
    let app = TestApp::with_routes(routes().into_iter().chain([planted()]).collect());
    for person in ["nobody", "administrator"] {
        client(&app, person).await.get("/api/planted").await.problem(403, "role");
    }
}

#[test]
fn all_routes_go_through_the_table() {
    let source = include_str!("../../src/router.rs");
    assert_eq!(source.matches(".route(").count(), 1, "routes are added by the table alone");
    for (name, source) in [("serve.rs", include_str!("../../src/serve.rs")), ("web.rs", include_str!("../../src/web.rs"))] {
        assert!(!source.contains(".route("), "{name} adds a route beside the table");
    }
}
