//! Whether the program runs and can work, and the interface's document.
use crate::call::{Call, Reply};
use crate::router::word;
use axum::http::StatusCode;
use liangu_app::Outcome;

/// The process answers; the database is not asked.
pub fn alive(_: &Call<'_>) -> Outcome<Reply> {
    Ok(word(StatusCode::OK, "ok"))
}

/// The database answers.
pub fn ready(call: &Call<'_>) -> Outcome<Reply> {
    call.caller.app.ready()?;
    Ok(word(StatusCode::OK, "ready"))
}

pub fn document(call: &Call<'_>) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &crate::openapi::document(&call.caller.app.version))
}
