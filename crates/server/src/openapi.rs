//! The OpenAPI 3.1 document, made from the table of routes.
use crate::problem::Problem;
use crate::route::{Access, Class, Route, Shape};
use crate::table;
use axum::http::StatusCode;
use serde_json::{Map, Value as Json, json};
use utoipa::{PartialSchema, ToSchema};

/// The document of the program's own table.
pub fn document(version: &str) -> Json {
    of(&table::routes(), version)
}

/// The document of a table.
pub fn of(routes: &[Route], version: &str) -> Json {
    let mut paths: Map<String, Json> = Map::new();
    let mut schemas: Map<String, Json> = Map::new();
    add_problem(&mut schemas);
    for route in routes {
        for shape in [&route.request, &route.response].into_iter().flatten() {
            add(&mut schemas, shape);
        }
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.as_str().to_lowercase()] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "链谷 Liangu",
            "version": version,
            "description": "The operating system of an industrial region. Money is in fen, percent in basis points, area in m²; what is unknown is null. Ids are opaque.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": crate::call::COOKIE}},
        },
    })
}

fn add_problem(schemas: &mut Map<String, Json>) {
    let mut parts = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut parts);
    for (name, schema) in parts {
        schemas.insert(name, json!(schema));
    }
}

/// Arrays and free-form values are written in place, everything with fields by name.
fn add(schemas: &mut Map<String, Json>, shape: &Shape) {
    for (name, schema) in &shape.parts {
        schemas.entry(name.clone()).or_insert_with(|| json!(schema));
    }
    if is_named(shape) {
        schemas.entry(shape.name.clone()).or_insert_with(|| json!(shape.schema));
    }
}

fn is_named(shape: &Shape) -> bool {
    json!(shape.schema).get("properties").is_some() || json!(shape.schema).get("allOf").is_some()
}

fn reference(shape: &Shape) -> Json {
    if is_named(shape) { json!({"$ref": format!("#/components/schemas/{}", shape.name)}) } else { json!(shape.schema) }
}

fn operation(route: &Route) -> Json {
    let mut operation = json!({
        "operationId": route.name,
        "summary": route.summary.en,
        "x-summary-zh": route.summary.zh,
        "x-class": class(route.class),
        "x-access": access(route.access),
        "parameters": parameters(route),
        "responses": responses(route),
        "security": match route.access {
            Some(Access::Public) => json!([{}, {"session": []}]),
            _ => json!([{"session": []}]),
        },
    });
    if let Some(request) = &route.request {
        operation["requestBody"] = json!({"required": true, "content": {"application/json": {"schema": reference(request)}}});
    }
    operation
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Read => "read",
        Class::Write => "write",
        Class::Create => "create",
        Class::SignIn => "sign_in",
    }
}

fn access(access: Option<Access>) -> Json {
    match access {
        None => json!([]),
        Some(Access::Public) => json!(["public"]),
        Some(Access::SignedIn | Access::SignedInUnchanged) => json!(["signed_in"]),
        Some(Access::Role(roles)) => json!(roles),
    }
}

fn parameters(route: &Route) -> Vec<Json> {
    let text = json!({"type": "string"});
    let header = |name: &str, about: &str| json!({"name": name, "in": "header", "required": true, "description": about, "schema": text});
    let mut parameters: Vec<Json> =
        route.path_parameters().iter().map(|name| json!({"name": name, "in": "path", "required": true, "schema": text})).collect();
    for parameter in route.parameters {
        parameters.push(json!({"name": parameter.name, "in": "query", "required": false, "description": parameter.about, "schema": text}));
    }
    if route.open_parameters {
        parameters.push(json!({
            "name": "conditions", "in": "query", "required": false, "style": "form", "explode": true,
            "description": "where.F=a,b; from.F=…; to.F=… for the fields F that the record type declares",
            "schema": {"type": "object", "additionalProperties": text},
        }));
    }
    if route.class != Class::Read {
        parameters.push(header("X-Liangu", "`web`, or any word: a request that changes something is refused without it"));
    }
    if route.class == Class::Create {
        parameters.push(header("Idempotency-Key", "One per intent; a repeat is answered from the first"));
    }
    if route.versioned {
        parameters.push(header("If-Match", "The version that was read, quoted"));
    }
    parameters
}

fn responses(route: &Route) -> Json {
    let mut responses = Map::new();
    let mut good = json!({"description": route.status.canonical_reason().unwrap_or("OK")});
    match (&route.response, route.status) {
        (Some(response), _) => good["content"] = json!({route.media_type: {"schema": reference(response)}}),
        (None, StatusCode::NO_CONTENT) => {}
        (None, _) => good["content"] = json!({route.media_type: {"schema": {"type": "string"}}}),
    }
    responses.insert(route.status.as_str().to_owned(), good);
    for status in problems(route) {
        let description = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Problem");
        let schema = json!({"$ref": format!("#/components/schemas/{}", Problem::name())});
        responses
            .insert(status.to_string(), json!({"description": description, "content": {"application/problem+json": {"schema": schema}}}));
    }
    Json::Object(responses)
}

/// The problems a route may answer with.
fn problems(route: &Route) -> Vec<u16> {
    let mut problems = vec![400, 401, 403, 404, 405, 500, 503];
    if route.class != Class::Read {
        problems.extend([409, 413, 415, 422, 507]);
    }
    if route.class == Class::SignIn {
        problems.push(429);
    }
    if route.versioned {
        problems.extend([412, 428]);
    }
    problems.sort_unstable();
    problems
}
