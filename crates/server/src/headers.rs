//! Headers of every answer: the request's number, and what a browser is told to refuse.
use crate::router::{fresh_number, well_formed};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

pub(crate) const REQUEST: HeaderName = HeaderName::from_static("x-request-id");

/// Only what comes from this server runs or is shown. Styles may be written into the page, since the web's parts make
/// theirs at run time; scripts may not.
const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
    connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// Gives the request a number, or keeps a well-formed one, and writes one line about it when it is answered.
pub(crate) async fn number(mut request: Request, next: Next) -> Response {
    let own = request.headers().get(&REQUEST).and_then(|id| id.to_str().ok()).filter(|id| well_formed(id)).map(str::to_owned);
    let number = own.unwrap_or_else(fresh_number);
    let value = HeaderValue::from_str(&number).unwrap_or(HeaderValue::from_static("unknown"));
    request.headers_mut().insert(REQUEST, value.clone());
    let (method, path, begun) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let mut response = next.run(request).await;
    response.headers_mut().insert(REQUEST, value);
    let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = number, %method, path, status = response.status().as_u16(), duration_ms, "request");
    response
}

pub(crate) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
