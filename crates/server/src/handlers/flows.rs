//! Cases: what waits, where one stands, commands, handing over; and notices.
use crate::call::{Call, Reply};
use axum::http::StatusCode;
use liangu_app::flows::{CommandInputs, Delegation, FlowView, Inbox, InboxQuery, NoticePage};
use liangu_app::records::FullRecord;
use liangu_app::views::Named;
use liangu_app::{Outcome, bad_request};

pub fn inbox(call: &Call<'_>) -> Outcome<Inbox> {
    call.caller.inbox(&InboxQuery {
        record: call.param("record"),
        group: call.param("group"),
        show: call.param("show"),
        after: call.param("after"),
        limit: call.param("limit"),
    })
}

pub fn flow(call: &Call<'_>) -> Outcome<FlowView> {
    call.caller.flow(call.part("record"), call.part("id"))
}

/// With a request key, a repeat is answered like the first.
pub fn command(call: &Call<'_>, inputs: CommandInputs) -> Outcome<Reply> {
    let key = if call.headers.contains_key("idempotency-key") { Some(call.key()?) } else { None };
    let (record, id, command) = (call.part("record"), call.part("id"), call.part("command"));
    shown(&call.caller.command(record, id, command, call.version()?, &inputs, key.as_ref())?)
}

pub fn delegate(call: &Call<'_>, to: Delegation) -> Outcome<Reply> {
    shown(&call.caller.delegate(call.part("record"), call.part("id"), call.version()?, &to)?)
}

/// To whom a case can be handed (`record` and `id`), or everyone of a role (`role`).
pub fn colleagues(call: &Call<'_>) -> Outcome<Vec<Named>> {
    match (call.param("record"), call.param("id"), call.param("role")) {
        (Some(record), Some(id), None) => call.caller.colleagues_for(record, id),
        (None, None, Some(role)) => call.caller.colleagues(role),
        _ => Err(bad_request("parameters", "请给出 record 和 id，或者 role。", "Give record and id, or role.")),
    }
}

pub fn notices(call: &Call<'_>) -> Outcome<NoticePage> {
    call.caller.notices(call.param("unread") == Some("true"), call.param("after"), call.param("limit"))
}

pub fn read_notice(call: &Call<'_>) -> Outcome<Reply> {
    call.caller.read_notice(call.part("id"))?;
    Ok(Reply::nothing(StatusCode::NO_CONTENT))
}

pub fn read_notices(call: &Call<'_>) -> Outcome<Reply> {
    call.caller.read_all_notices()?;
    Ok(Reply::nothing(StatusCode::NO_CONTENT))
}

fn shown(record: &FullRecord) -> Outcome<Reply> {
    Ok(Reply::json(StatusCode::OK, record)?.versioned(record.version))
}
