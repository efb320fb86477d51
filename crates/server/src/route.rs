//! What a route is: method, path, who may call it, what it says of itself, what goes in and comes out, and its handler.
//!
//! Invariant: a route without an access entry is refused to everyone, and [`unguarded`] names it.
use crate::call::{Body, Call, Reply};
use axum::http::{Method, StatusCode};
use liangu_app::Outcome;
use liangu_base::Text;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// Who may call a route; what he then sees is cut by his scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// Anyone with an account.
    SignedIn,
    /// An account with a one-time password too: signing out and choosing a password.
    SignedInUnchanged,
    /// An account with one of these roles.
    Role(&'static [&'static str]),
}

/// How much a call may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Read,
    /// Changes something; needs the guard header.
    Write,
    /// Makes something; needs the guard header and a request key.
    Create,
    /// Tries a secret; needs the guard header and is throttled.
    SignIn,
}

/// What the path names, so that the authorization test knows what to put in and what to expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Nothing,
    /// `{id}` is a firm: invisible to another firm.
    Firm,
    /// `{record}` and `{id}`: any record.
    Record,
    /// `{record}` alone.
    RecordType,
    /// `{id}` is a policy, public.
    Policy,
    /// `{id}` is a contest of a fact.
    Contest,
    /// `{id}` is an account.
    Account,
    /// `{id}` is a notice.
    Notice,
    /// `{id}` is a webhook.
    Webhook,
    /// `{id}` is a claim.
    Claim,
    /// `{id}` is a budget.
    Budget,
    /// `{id}` is an award run.
    AwardRun,
    /// `{id}` is a batch of payments.
    PaymentBatch,
    /// `{id}` is a recovery.
    Recovery,
    /// `{id}` is an indicator.
    Figure,
    /// `{list}` is a code list, public.
    List,
}

/// A query parameter: name and what it means.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub name: &'static str,
    pub about: &'static str,
}

/// A schema with all it refers to.
#[derive(Clone)]
pub struct Shape {
    pub name: String,
    pub schema: RefOr<Schema>,
    pub parts: Vec<(String, RefOr<Schema>)>,
}

impl Shape {
    fn of<T: ToSchema>() -> Shape {
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        Shape { name: T::name().into_owned(), schema: T::schema(), parts }
    }
}

type Handler = Box<dyn Fn(&Call<'_>) -> Outcome<Reply> + Send + Sync>;

pub struct Route {
    pub method: Method,
    /// With `{name}` for what varies.
    pub path: &'static str,
    /// Operation id.
    pub name: &'static str,
    pub access: Option<Access>,
    pub class: Class,
    pub subject: Subject,
    pub summary: Text,
    pub parameters: &'static [Parameter],
    /// Takes any parameter, since what there is depends on the record type.
    pub open_parameters: bool,
    /// Most bytes of a body.
    pub body_limit: usize,
    /// The body is a file to import: its limit is that of imports.
    pub takes_a_file: bool,
    pub request: Option<Shape>,
    /// `None`: no body, or a body that is not JSON.
    pub response: Option<Shape>,
    pub status: StatusCode,
    pub media_type: &'static str,
    /// Needs `If-Match`.
    pub versioned: bool,
    pub handler: Handler,
}

/// Most bytes of an ordinary body.
pub const BODY_LIMIT: usize = 1 << 20;

fn route(method: Method, path: &'static str, name: &'static str, class: Class, handler: Handler) -> Route {
    Route {
        method,
        path,
        name,
        access: None,
        class,
        subject: Subject::Nothing,
        summary: Text::fixed("", ""),
        parameters: &[],
        open_parameters: false,
        body_limit: BODY_LIMIT,
        takes_a_file: false,
        request: None,
        response: None,
        status: StatusCode::OK,
        media_type: "application/json",
        versioned: false,
        handler,
    }
}

/// Reads something.
pub fn get<T: Serialize + ToSchema + 'static>(path: &'static str, name: &'static str, f: fn(&Call<'_>) -> Outcome<T>) -> Route {
    let handler: Handler = Box::new(move |call| Reply::json(StatusCode::OK, &f(call)?));
    Route { response: Some(Shape::of::<T>()), ..route(Method::GET, path, name, Class::Read, handler) }
}

/// Reads something with headers of its own.
pub fn get_reply<T: ToSchema + 'static>(path: &'static str, name: &'static str, f: fn(&Call<'_>) -> Outcome<Reply>) -> Route {
    Route { response: Some(Shape::of::<T>()), ..route(Method::GET, path, name, Class::Read, Box::new(f)) }
}

/// Reads a file.
pub fn get_file(path: &'static str, name: &'static str, media_type: &'static str, f: fn(&Call<'_>) -> Outcome<Reply>) -> Route {
    Route { media_type, ..route(Method::GET, path, name, Class::Read, Box::new(f)) }
}

/// Changes something by a body; the handler makes the reply.
pub fn change<B: DeserializeOwned + ToSchema + 'static, T: ToSchema + 'static>(
    method: Method,
    path: &'static str,
    name: &'static str,
    f: fn(&Call<'_>, B) -> Outcome<Reply>,
) -> Route {
    let handler: Handler = Box::new(move |call| f(call, Body::read(call)?));
    Route { request: Some(Shape::of::<B>()), response: Some(Shape::of::<T>()), ..route(method, path, name, Class::Write, handler) }
}

/// Changes something without a body.
pub fn act<T: ToSchema + 'static>(method: Method, path: &'static str, name: &'static str, f: fn(&Call<'_>) -> Outcome<Reply>) -> Route {
    Route { response: Some(Shape::of::<T>()), ..route(method, path, name, Class::Write, Box::new(f)) }
}

impl Route {
    pub fn open_to(self, access: Access) -> Route {
        Route { access: Some(access), ..self }
    }

    pub fn about(self, subject: Subject) -> Route {
        Route { subject, ..self }
    }

    pub fn says(self, zh: &'static str, en: &'static str) -> Route {
        Route { summary: Text::fixed(zh, en), ..self }
    }

    pub fn takes(self, parameters: &'static [Parameter]) -> Route {
        Route { parameters, ..self }
    }

    /// Parameters beyond the declared ones are the use case's to judge.
    pub fn takes_conditions(self) -> Route {
        Route { open_parameters: true, ..self }
    }

    /// Makes something: needs a request key, answers 201.
    pub fn creates(self) -> Route {
        Route { class: Class::Create, status: StatusCode::CREATED, ..self }
    }

    /// Needs a request key, answers 200.
    pub fn once(self) -> Route {
        Route { class: Class::Create, ..self }
    }

    pub fn tries_a_secret(self) -> Route {
        Route { class: Class::SignIn, ..self }
    }

    /// Needs `If-Match` with the version that was read.
    pub fn on_a_version(self) -> Route {
        Route { versioned: true, ..self }
    }

    /// Answers 204 without a body.
    pub fn answers_nothing(self) -> Route {
        Route { status: StatusCode::NO_CONTENT, response: None, ..self }
    }

    pub fn with_body_up_to(self, body_limit: usize) -> Route {
        Route { body_limit, ..self }
    }

    /// The body is a file to import.
    pub fn takes_a_file(self) -> Route {
        Route { takes_a_file: true, ..self }
    }

    /// The names in braces, in order.
    pub fn path_parameters(&self) -> Vec<&'static str> {
        let name = |part: &'static str| part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        self.path.split('/').filter_map(name).collect()
    }
}

/// Routes that nobody said who may call.
pub fn unguarded(routes: &[Route]) -> Vec<String> {
    routes.iter().filter(|route| route.access.is_none()).map(|route| format!("{} {}", route.method, route.path)).collect()
}
