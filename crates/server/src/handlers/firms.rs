//! What fits a firm, why, and which firms a policy fits.
use crate::call::{Call, Reply};
use axum::http::StatusCode;
use liangu_app::Outcome;
use liangu_app::eligibility::{Answered, MatchPage, Matches, NewAnswer, PolicyAnswer, PolicyFirms};

pub fn matches(call: &Call<'_>) -> Outcome<Matches> {
    call.caller.matches(call.part("id"))
}

pub fn group(call: &Call<'_>) -> Outcome<MatchPage> {
    let (after, limit) = (call.number("after")?, call.param("limit"));
    call.caller.match_group(call.part("id"), call.part("group"), call.param("reason"), after, limit)
}

pub fn policy(call: &Call<'_>) -> Outcome<PolicyAnswer> {
    call.caller.policy_answer(call.part("id"), call.part("policy"))
}

pub fn answer(call: &Call<'_>, answer: NewAnswer) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.answer(call.part("id"), &answer, &call.key()?)?)
}

pub fn undo(call: &Call<'_>) -> Outcome<Reply> {
    let undone: Answered = call.caller.undo_answer(call.part("id"), call.part("answer"))?;
    Reply::json(StatusCode::OK, &undone)
}

pub fn firms(call: &Call<'_>) -> Outcome<PolicyFirms> {
    call.caller.policy_firms(call.part("id"), call.param("answer"), call.number("after")?)
}
