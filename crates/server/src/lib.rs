//! The door: HTTP over the use cases, the interface's document, the embedded web.
//!
//! Start at [`table`], the one table of routes; router, OpenAPI document and the authorization test all follow from it.
//! A handler is a sentence: it reads the request, calls one use case and answers. It gets no store, only a
//! [`liangu_app::Caller`], so that it cannot forget whose request it is. Every answer that is not 2xx is
//! `application/problem+json`, made in [`problem`] alone.
pub mod call;
pub mod handlers;
mod headers;
pub mod openapi;
pub mod problem;
pub mod route;
mod router;
mod serve;
pub mod table;
mod web;

pub use router::{Settings, router};
pub use serve::{ServeOptions, serve};
