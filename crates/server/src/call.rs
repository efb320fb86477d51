//! One request as a handler sees it, and what it answers.
use crate::handlers::events::Hub;
use crate::route::{Class, Route};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use liangu_app::{App, Caller, Fault, FieldFault, Outcome, RequestKey, accounts::SignedIn, bad_request, sha256_hex};
use liangu_base::Text;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Most characters of a request key.
const KEY_LIMIT: usize = 100;

/// One request, authenticated and let through by the route's access entry.
pub struct Call<'a> {
    pub caller: Caller<'a>,
    pub route: &'a Route,
    /// Values of the names in braces.
    pub path: &'a [(String, String)],
    pub query: &'a [(String, String)],
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// Where the request comes from.
    pub address: &'a str,
    /// The session's token, if the cookie has one.
    pub token: Option<&'a str>,
    /// Whether cookies go over TLS only.
    pub secure_cookies: bool,
    /// The installation, for what goes on after the answer.
    pub shared: &'a Arc<App>,
    /// Who listens for live notices.
    pub hub: &'a Arc<Hub>,
}

impl Call<'_> {
    /// A name of the path.
    pub fn part(&self, name: &str) -> &str {
        self.path.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A parameter that is a whole number.
    pub fn number(&self, name: &str) -> Outcome<Option<i64>> {
        let wrong =
            || bad_request("parameter_value", format!("参数“{name}”应为整数。"), format!("Parameter \"{name}\" must be a whole number."));
        self.param(name).map(|text| text.parse().map_err(|_| wrong())).transpose()
    }

    /// The version of `If-Match: "3"`.
    ///
    /// # Errors
    /// Version missing without the header; a bad request for anything but one quoted number.
    pub fn version(&self) -> Outcome<i64> {
        let Some(text) = self.header(header::IF_MATCH) else { return Err(Fault::VersionMissing) };
        let number = text.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|number| number.parse().ok());
        number.ok_or_else(|| {
            bad_request("if_match", "If-Match 应为带引号的版本号，例如 \"3\"。", "If-Match must be a quoted version such as \"3\".")
        })
    }

    /// The key under which this request is done once.
    ///
    /// # Errors
    /// A bad request without `Idempotency-Key` or with one longer than 100 visible characters.
    pub fn key(&self) -> Outcome<RequestKey> {
        let key = self.header(HeaderName::from_static("idempotency-key")).unwrap_or_default();
        if key.is_empty() || key.len() > KEY_LIMIT || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(bad_request(
                "idempotency_key",
                format!("新建类请求须带 Idempotency-Key，最多 {KEY_LIMIT} 个可见字符；重试时保持不变。"),
                format!(
                    "A request that creates needs an Idempotency-Key of at most {KEY_LIMIT} visible characters; keep it when you retry."
                ),
            ));
        }
        let parts: String = self.path.iter().map(|(_, value)| format!(" {value}")).collect();
        Ok(RequestKey { operation: format!("{}{parts}", self.route.name), key: key.to_owned(), body_hash: sha256_hex(self.body) })
    }

    fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Whether the client has this version already.
    pub fn has(&self, etag: &str) -> bool {
        let known = self.header(header::IF_NONE_MATCH).unwrap_or_default();
        known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
    }

    pub(crate) fn needs_key(&self) -> bool {
        self.route.class == Class::Create
    }
}

/// The JSON body of a request.
pub struct Body;

impl Body {
    /// # Errors
    /// A bad request where it is no JSON, invalid where it is not the shape wanted.
    pub fn read<B: DeserializeOwned>(call: &Call<'_>) -> Outcome<B> {
        if call.needs_key() {
            call.key()?;
        }
        serde_json::from_slice(call.body).map_err(|error| {
            if error.is_data() {
                let text = Text::new(format!("内容不合要求：{error}"), format!("The content is not what is wanted: {error}"));
                Fault::Invalid(vec![FieldFault::new("", "shape", text)])
            } else {
                bad_request("json", format!("不是合法的 JSON：{error}"), format!("This is not JSON: {error}"))
            }
        })
    }
}

/// What a handler answers.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// Instead of `body`: what comes bit by bit.
    pub stream: Option<axum::body::Body>,
}

impl Reply {
    pub fn json<T: Serialize>(status: StatusCode, body: &T) -> Outcome<Reply> {
        let body = serde_json::to_vec(body).map_err(|error| Fault::Internal(format!("answer: {error}")))?;
        Ok(Reply { body, ..Reply::nothing(status) }.with(header::CONTENT_TYPE, "application/json"))
    }

    pub fn nothing(status: StatusCode) -> Reply {
        Reply { status, headers: HeaderMap::new(), body: Vec::new(), stream: None }
    }

    pub fn file(name: &str, media_type: &str, body: Vec<u8>) -> Reply {
        let plain: String = name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') { c } else { '_' }).collect();
        // A name of other letters goes beside it as RFC 6266 has it.
        let other = if plain == name { String::new() } else { format!("; filename*=UTF-8''{}", percent_encoded(name)) };
        Reply { body, ..Reply::nothing(StatusCode::OK) }
            .with(header::CONTENT_TYPE, media_type)
            .with(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{plain}\"{other}"))
    }

    /// A header; one that cannot be written is left out.
    pub fn with(mut self, name: HeaderName, value: &str) -> Reply {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(name, value);
        }
        self
    }

    /// With the version as `ETag: "3"`.
    pub fn versioned(self, version: i64) -> Reply {
        self.with(header::ETAG, &format!("\"{version}\""))
    }

    /// With the session's cookie.
    pub fn with_session(self, call: &Call<'_>, signed_in: &SignedIn) -> Reply {
        let secure = if call.secure_cookies { "; Secure" } else { "" };
        self.with(header::SET_COOKIE, &format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict{secure}", signed_in.token))
    }

    pub fn without_session(self) -> Reply {
        self.with(header::SET_COOKIE, &format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"))
    }
}

fn percent_encoded(text: &str) -> String {
    let one = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(one).collect()
}

/// Name of the session's cookie.
pub const COOKIE: &str = "liangu";

/// The token in a request's cookies.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| *name == COOKIE).map(|(_, value)| value).filter(|value| !value.is_empty())
}
