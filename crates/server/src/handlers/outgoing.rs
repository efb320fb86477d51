//! Settings of mail and webhooks, what went out, and requests to match.
use crate::call::{Call, Reply};
use axum::http::StatusCode;
use liangu_app::Outcome;
use liangu_app::eligibility::NewMatchRequest;
use liangu_app::outgoing::{ChangeMail, ChangeWebhook, NewWebhook, OutboxPage, OwnAddress, TryMail, WebhookPage};

pub fn mail(call: &Call<'_>) -> Outcome<Reply> {
    let settings = call.caller.mail_settings()?;
    Ok(Reply::json(StatusCode::OK, &settings)?.versioned(settings.version))
}

pub fn change_mail(call: &Call<'_>, new: ChangeMail) -> Outcome<Reply> {
    let settings = call.caller.change_mail(&new, call.version()?)?;
    Ok(Reply::json(StatusCode::OK, &settings)?.versioned(settings.version))
}

pub fn try_mail(call: &Call<'_>, to: TryMail) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.try_mail(&to)?)
}

pub fn own_address(call: &Call<'_>) -> Outcome<Reply> {
    let own = call.caller.own_address()?;
    Ok(Reply::json(StatusCode::OK, &own)?.versioned(own.version))
}

pub fn change_own_address(call: &Call<'_>, new: OwnAddress) -> Outcome<Reply> {
    let own = call.caller.change_own_address(&new, call.version()?)?;
    Ok(Reply::json(StatusCode::OK, &own)?.versioned(own.version))
}

pub fn webhooks(call: &Call<'_>) -> Outcome<WebhookPage> {
    call.caller.webhooks()
}

pub fn create_webhook(call: &Call<'_>, new: NewWebhook) -> Outcome<Reply> {
    let hook = call.caller.create_webhook(&new, &call.key()?)?;
    Ok(Reply::json(StatusCode::CREATED, &hook)?.versioned(hook.version))
}

pub fn change_webhook(call: &Call<'_>, new: ChangeWebhook) -> Outcome<Reply> {
    let hook = call.caller.change_webhook(call.part("id"), &new, call.version()?)?;
    Ok(Reply::json(StatusCode::OK, &hook)?.versioned(hook.version))
}

pub fn delete_webhook(call: &Call<'_>) -> Outcome<Reply> {
    call.caller.delete_webhook(call.part("id"))?;
    Ok(Reply::nothing(StatusCode::NO_CONTENT))
}

pub fn try_webhook(call: &Call<'_>) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.try_webhook(call.part("id"))?)
}

pub fn outbox(call: &Call<'_>) -> Outcome<OutboxPage> {
    call.caller.outbox(call.param("after"), call.param("limit"))
}

pub fn request_match(call: &Call<'_>, _: NewMatchRequest) -> Outcome<Reply> {
    Reply::json(StatusCode::CREATED, &call.caller.request_match(call.part("id"), &call.key()?)?)
}
