//! A browser: keeps its cookie, sends the guard header and a fresh request key, reads answers.
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::Value as Json;
use std::sync::atomic::{AtomicU32, Ordering};
use tower::ServiceExt as _;

static KEY: AtomicU32 = AtomicU32::new(0);

#[derive(Clone)]
pub struct Client {
    router: Router,
    pub cookie: Option<String>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    asked: String,
}

impl Client {
    pub fn new(router: Router) -> Client {
        Client { router, cookie: None }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    pub async fn post(&mut self, path: &str, body: Json) -> Answer {
        let key = format!("key-{}", KEY.fetch_add(1, Ordering::Relaxed));
        self.post_with_key(path, &key, body).await
    }

    pub async fn post_with_key(&mut self, path: &str, key: &str, body: Json) -> Answer {
        self.send(Method::POST, path, &[("x-liangu", "web"), ("idempotency-key", key)], Some(body.to_string().into())).await
    }

    pub async fn patch(&mut self, path: &str, version: i64, body: Json) -> Answer {
        self.on_version(Method::PATCH, path, version, body).await
    }

    pub async fn put(&mut self, path: &str, version: i64, body: Json) -> Answer {
        self.on_version(Method::PUT, path, version, body).await
    }

    /// As written by someone who read that version.
    pub async fn on_version(&mut self, method: Method, path: &str, version: i64, body: Json) -> Answer {
        let version = format!("\"{version}\"");
        self.send(method, path, &[("x-liangu", "web"), ("if-match", &version)], Some(body.to_string().into())).await
    }

    pub async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[("x-liangu", "web")], None).await
    }

    /// As written: no header is added but the cookie and, for a body, `application/json` unless another is given.
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Vec<u8>>) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(path);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("liangu={cookie}"));
        }
        if body.is_some() && !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.unwrap_or_default())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        self.take_cookie(&parts.headers);
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes, asked: format!("{method} {path}") }
    }

    fn take_cookie(&mut self, headers: &HeaderMap) {
        let Some(set) = headers.get(header::SET_COOKIE).and_then(|value| value.to_str().ok()) else { return };
        let value = set.split(';').next().and_then(|pair| pair.split_once('=')).map(|(_, value)| value.to_owned());
        self.cookie = value.filter(|value| !value.is_empty());
    }
}

impl Answer {
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    #[track_caller]
    pub fn ok(&self) -> Json {
        self.is(200).json()
    }

    #[track_caller]
    pub fn created(&self) -> Json {
        self.is(201).json()
    }

    /// The problem, whose status and code must be these.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Json {
        let problem = self.is(status).json();
        assert_eq!(problem["code"], code, "{}: {}", self.asked, self.text());
        problem
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Answer {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.asked, self.text());
        self
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
