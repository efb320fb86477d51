//! From the table to a running router: limits, guard, session, access entry, handler, answer.
//!
//! The order of a request: number and language; method; guard header; media type; size; then, on a blocking thread,
//! session, access entry and handler. Nothing but the files of the web is served beside the table.
use crate::call::{Call, Reply, token};
use crate::handlers::events::{self, Hub};
use crate::problem::{Asked, Refused};
use crate::route::{Access, Class, Route};
use crate::{headers, web};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Query, RawPathParams, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use liangu_app::{App, Caller, Fault, Principal, secrets};
use liangu_base::Lang;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// What the door is told.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Cookies over TLS only: set where the connection is encrypted up to this program or a proxy before it.
    pub secure_cookies: bool,
}

struct State {
    app: Arc<App>,
    settings: Settings,
    hub: Arc<Hub>,
}

/// The router of a table.
pub fn router(app: Arc<App>, routes: Vec<Route>, settings: Settings) -> Router {
    let state = Arc::new(State { app, settings, hub: Arc::default() });
    let mut by_path: BTreeMap<&'static str, Vec<Route>> = BTreeMap::new();
    for route in routes {
        by_path.entry(route.path).or_default().push(route);
    }
    let mut router = Router::new();
    for (path, routes) in by_path {
        router = router.route(path, methods(&state, routes));
    }
    router
        .fallback(web::serve)
        .layer(axum::middleware::from_fn(headers::secure))
        .layer(CompressionLayer::new().gzip(true))
        .layer(axum::middleware::from_fn(headers::number))
}

fn methods(state: &Arc<State>, routes: Vec<Route>) -> MethodRouter {
    let allowed: Vec<String> = routes.iter().map(|route| route.method.to_string()).collect();
    let allowed = allowed.join(", ");
    let mut methods = MethodRouter::new();
    for route in routes {
        let (state, filter, route) = (state.clone(), filter(&route.method), Arc::new(route));
        let answer = move |params: RawPathParams, request: Request| {
            let (state, route) = (state.clone(), route.clone());
            async move { answer(state, route, params, request).await }
        };
        methods = methods.merge(on(filter, answer));
    }
    methods.fallback(move |request: Request| async move {
        let head = Head::of(&request);
        let mut response = head.asked().refuse(Refused::Method);
        if let Ok(value) = HeaderValue::from_str(&allowed) {
            response.headers_mut().insert(header::ALLOW, value);
        }
        response
    })
}

fn filter(method: &Method) -> MethodFilter {
    match *method {
        Method::POST => MethodFilter::POST,
        Method::PUT => MethodFilter::PUT,
        Method::PATCH => MethodFilter::PATCH,
        Method::DELETE => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    }
}

/// What every answer needs of the request.
#[derive(Clone)]
pub(crate) struct Head {
    pub lang: Lang,
    pub path: String,
    pub request: String,
}

impl Head {
    pub fn of(request: &Request) -> Head {
        Head {
            lang: lang(request.headers()),
            path: request.uri().path().to_owned(),
            request: request.headers().get(headers::REQUEST).and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned(),
        }
    }

    pub fn asked(&self) -> Asked<'_> {
        Asked { lang: self.lang, path: &self.path, request: &self.request }
    }
}

/// The first language of `Accept-Language` that the program speaks; Chinese by default.
fn lang(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    wanted.split(',').find_map(|tag| Lang::parse(tag.split(';').next().unwrap_or_default())).unwrap_or_default()
}

async fn answer(state: Arc<State>, route: Arc<Route>, params: RawPathParams, request: Request) -> Response {
    let head = Head::of(&request);
    let address =
        request.extensions().get::<ConnectInfo<SocketAddr>>().map_or_else(|| "unknown".to_owned(), |from| from.0.ip().to_string());
    let path = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (parts, body) = request.into_parts();
    if let Err(refused) = acceptable(&route, &parts.headers) {
        return head.asked().refuse(refused);
    }
    let file_bytes = usize::try_from(state.app.exchange().limits().file_bytes).unwrap_or(usize::MAX);
    let body_limit = if route.takes_a_file { file_bytes } else { route.body_limit };
    let Ok(body) = to_bytes(body, body_limit).await else { return head.asked().refuse(Refused::TooLarge) };
    let Ok(query) = parameters(&parts.uri) else {
        let fault = liangu_app::bad_request("query", "网址中的参数无法解析。", "The parameters of the address cannot be read.");
        return head.asked().fault(fault, None);
    };
    let asked = Incoming { head: head.clone(), path, query, headers: parts.headers, body: body.into(), address };
    let done = tokio::task::spawn_blocking(move || asked.answer(&state, &route)).await;
    done.unwrap_or_else(|error| {
        tracing::error!(request = head.request, path = head.path, %error, "panic");
        head.asked().refuse(Refused::Panic)
    })
}

/// Guard header and media type of what changes something.
fn acceptable(route: &Route, headers: &HeaderMap) -> Result<(), Refused> {
    if route.class == Class::Read {
        return Ok(());
    }
    if !headers.contains_key(HeaderName::from_static("x-liangu")) {
        return Err(Refused::Guard);
    }
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let json = media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"));
    if route.request.is_some() && !json {
        return Err(Refused::MediaType);
    }
    Ok(())
}

fn parameters(uri: &Uri) -> Result<Vec<(String, String)>, ()> {
    Query::try_from_uri(uri).map(|Query(pairs)| pairs).map_err(drop)
}

/// A request whose body has come in.
struct Incoming {
    head: Head,
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Vec<u8>,
    address: String,
}

impl Incoming {
    fn answer(&self, state: &State, route: &Route) -> Response {
        let asked = self.head.asked();
        let token = token(&self.headers);
        let listens = route.media_type == events::MEDIA_TYPE;
        let found = if listens { state.app.listening_principal(token) } else { state.app.principal(token) };
        let principal = match found {
            Ok(principal) => principal,
            Err(fault) => return asked.fault(fault, None),
        };
        if let Err(refused) = may_call(route, &principal) {
            return asked.refuse(refused);
        }
        let caller = Caller { request: Some(&self.head.request), ..Caller::new(&state.app, &principal, self.head.lang) };
        let call = Call {
            caller,
            route,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            body: &self.body,
            address: &self.address,
            token,
            secure_cookies: state.settings.secure_cookies,
            shared: &state.app,
            hub: &state.hub,
        };
        match declared(&call).and_then(|()| (route.handler)(&call)) {
            Ok(reply) => written(reply),
            Err(Fault::Unauthenticated) if route.class == Class::SignIn => asked.refuse(Refused::SignIn),
            Err(fault) => {
                let current = match &fault {
                    Fault::Stale { record, id } => caller.current(record, *id),
                    _ => None,
                };
                asked.fault(fault, current)
            }
        }
    }
}

/// The route's access entry. Without one nobody passes.
fn may_call(route: &Route, principal: &Principal) -> Result<(), Refused> {
    let signed_in = || principal.is_signed_in().then_some(()).ok_or(Refused::Unauthenticated);
    let unchanged = || if principal.must_change_password { Err(Refused::MustChangePassword) } else { Ok(()) };
    match route.access {
        None => Err(Refused::Role),
        Some(Access::Public) => Ok(()),
        Some(Access::SignedInUnchanged) => signed_in(),
        Some(Access::SignedIn) => signed_in().and_then(|()| unchanged()),
        Some(Access::Role(roles)) => {
            signed_in().and_then(|()| unchanged())?;
            roles.iter().any(|role| principal.has(role)).then_some(()).ok_or(Refused::Role)
        }
    }
}

/// Parameters that the route does not declare are refused.
fn declared(call: &Call<'_>) -> liangu_app::Outcome<()> {
    let known = |name: &str| call.route.open_parameters || call.route.parameters.iter().any(|parameter| parameter.name == name);
    match call.query.iter().find(|(name, _)| !known(name)) {
        Some((name, _)) => Err(liangu_app::records::unknown_parameter(name)),
        None => Ok(()),
    }
}

fn written(reply: Reply) -> Response {
    let body = reply.stream.unwrap_or_else(|| Body::from(reply.body));
    let mut response = (reply.status, body).into_response();
    *response.headers_mut() = reply.headers;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A random number for a request that came without one.
pub(crate) fn fresh_number() -> String {
    secrets::hex(&secrets::random_u128(&secrets::SystemSecrets).to_be_bytes()[..8])
}

/// Whether a number that a client sent may be taken over.
pub(crate) fn well_formed(number: &str) -> bool {
    (1..=64).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// A bare answer, for health checks.
pub(crate) fn word(status: StatusCode, word: &'static str) -> Reply {
    Reply { body: word.as_bytes().to_vec(), ..Reply::nothing(status) }.with(header::CONTENT_TYPE, "text/plain; charset=utf-8")
}
