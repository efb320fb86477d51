//! The model and its code lists.
use crate::call::{Call, Reply};
use axum::http::{StatusCode, header};
use liangu_app::Outcome;
use liangu_app::model_view::ModelView;

pub fn model(call: &Call<'_>) -> Outcome<ModelView> {
    Ok(call.caller.model_view())
}

/// A list changes with the model alone, so that a client may keep it until the model's digest changes.
pub fn list(call: &Call<'_>) -> Outcome<Reply> {
    let list = call.caller.code_list(call.part("list"))?;
    let etag = format!("\"{}\"", &call.caller.app.model().hash);
    let reply = if call.has(&etag) { Reply::nothing(StatusCode::NOT_MODIFIED) } else { Reply::json(StatusCode::OK, &list)? };
    Ok(reply.with(header::ETAG, &etag).with(header::CACHE_CONTROL, "private, max-age=300"))
}
