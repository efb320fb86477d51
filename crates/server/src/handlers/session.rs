//! Signing in and out, the first administrator, the personas of a demonstration.
use crate::call::{Call, Reply};
use axum::http::StatusCode;
use liangu_app::accounts::{SessionView, SetUp, SignedIn, personas::PersonaView};
use liangu_app::{Caller, Outcome};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    pub login: String,
    pub password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub old: String,
    pub new: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonaChoice {
    pub persona: String,
}

pub fn show(call: &Call<'_>) -> Outcome<SessionView> {
    call.caller.session()
}

pub fn sign_in(call: &Call<'_>, credentials: Credentials) -> Outcome<Reply> {
    let signed_in = call.caller.app.sign_in(&credentials.login, &credentials.password, call.address)?;
    begun(call, &signed_in)
}

pub fn sign_out(call: &Call<'_>) -> Outcome<Reply> {
    call.token.map_or(Ok(()), |token| call.caller.app.sign_out(token))?;
    Ok(Reply::nothing(StatusCode::NO_CONTENT).without_session())
}

pub fn change_password(call: &Call<'_>, change: PasswordChange) -> Outcome<Reply> {
    let signed_in = call.caller.change_password(&change.old, &change.new, call.address)?;
    begun(call, &signed_in)
}

pub fn personas(call: &Call<'_>) -> Outcome<Vec<PersonaView>> {
    call.caller.personas()
}

pub fn sign_in_as(call: &Call<'_>, choice: PersonaChoice) -> Outcome<Reply> {
    let signed_in = call.caller.app.sign_in_as(&choice.persona)?;
    begun(call, &signed_in)
}

pub fn set_up(call: &Call<'_>, set_up: SetUp) -> Outcome<Reply> {
    let signed_in = call.caller.app.set_up(&set_up, call.address)?;
    begun(call, &signed_in)
}

/// The session of whoever has just signed in; the one the request came with ends.
fn begun(call: &Call<'_>, signed_in: &SignedIn) -> Outcome<Reply> {
    call.token.map_or(Ok(()), |token| call.caller.app.sign_out(token))?;
    let caller = Caller { principal: &signed_in.principal, ..call.caller };
    Ok(Reply::json(StatusCode::OK, &caller.session()?)?.with_session(call, signed_in))
}
