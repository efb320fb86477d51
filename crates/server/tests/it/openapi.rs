//! The document and the table say the same, and every reference in the document resolves.
use crate::support::TestApp;
use liangu_server::table::routes;
use serde_json::Value as Json;
use std::collections::BTreeSet;

#[tokio::test]
async fn the_document_has_every_route_and_no_other() {
    let document = TestApp::new().anonymous().get("/api/openapi.json").await.ok();
    assert_eq!(document["openapi"], "3.1.0");
    let mut documented = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        documented.extend(operations.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
    }
    let routed: BTreeSet<String> =
        routes().iter().map(|route| format!("{} {}", route.method.as_str().to_lowercase(), route.path)).collect();
    assert_eq!(documented, routed);
}

#[test]
fn every_operation_says_what_it_is_in_both_languages() {
    let mut names = BTreeSet::new();
    for route in routes() {
        assert!(!route.summary.zh.is_empty() && !route.summary.en.is_empty(), "{} has no summary", route.path);
        assert!(names.insert(route.name), "{} is the name of two operations", route.name);
    }
}

#[test]
fn every_reference_resolves_and_every_schema_is_used() {
    let document = liangu_server::openapi::document("test");
    let schemas: BTreeSet<String> = document["components"]["schemas"].as_object().unwrap().keys().cloned().collect();
    let mut referred = BTreeSet::new();
    references(&document, &mut referred);
    assert_eq!(referred.difference(&schemas).collect::<Vec<_>>(), Vec::<&String>::new(), "unresolved");
    assert_eq!(schemas.difference(&referred).collect::<Vec<_>>(), Vec::<&String>::new(), "unused");
}

fn references(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(map) => {
            if let Some(name) = map.get("$ref").and_then(Json::as_str) {
                found.insert(name.trim_start_matches("#/components/schemas/").to_owned());
            }
            map.values().for_each(|value| references(value, found));
        }
        Json::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
