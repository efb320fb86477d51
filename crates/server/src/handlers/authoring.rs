//! Writing policies: versions, trials, releases.
use crate::call::{Call, Reply};
use axum::http::{StatusCode, header};
use liangu_app::authoring::{
    AuthoringList, Differences, NewPolicy, OpenVersion, PolicyVersion, PolicyVersions, RuleVocabulary, SaveContent, SplitClauses,
    SplitText, Trial, VersionOrder, Withdrawal,
};
use liangu_app::{Fault, Outcome};

pub fn list(call: &Call<'_>) -> Outcome<AuthoringList> {
    call.caller.authoring(call.param("q"))
}

pub fn vocabulary(call: &Call<'_>) -> Outcome<RuleVocabulary> {
    call.caller.rule_vocabulary()
}

pub fn split(call: &Call<'_>, text: SplitText) -> Outcome<Reply> {
    let clauses: SplitClauses = call.caller.split_text(&text.text)?;
    Reply::json(StatusCode::OK, &clauses)
}

pub fn draft(call: &Call<'_>, new: NewPolicy) -> Outcome<Reply> {
    let version = call.caller.draft_policy(&new, &call.key()?)?;
    made(&version)
}

pub fn versions(call: &Call<'_>) -> Outcome<PolicyVersions> {
    call.caller.policy_versions(call.part("id"))
}

pub fn open(call: &Call<'_>, open: OpenVersion) -> Outcome<Reply> {
    let version = call.caller.open_version(call.part("id"), &open, &call.key()?)?;
    made(&version)
}

pub fn read(call: &Call<'_>) -> Outcome<Reply> {
    shown(&call.caller.policy_version(call.part("id"), number(call)?)?)
}

pub fn save(call: &Call<'_>, content: SaveContent) -> Outcome<Reply> {
    shown(&call.caller.save_version(call.part("id"), number(call)?, call.version()?, &content)?)
}

pub fn order(call: &Call<'_>, order: VersionOrder) -> Outcome<Reply> {
    shown(&call.caller.order_version(call.part("id"), number(call)?, call.part("command"), call.version()?, &order)?)
}

pub fn attempt(call: &Call<'_>, content: SaveContent) -> Outcome<Reply> {
    let trial: Trial = call.caller.try_version(call.part("id"), number(call)?, &content.content.0)?;
    Reply::json(StatusCode::OK, &trial)
}

pub fn difference(call: &Call<'_>) -> Outcome<Differences> {
    call.caller.version_difference(call.part("id"), number(call)?, call.number("from")?)
}

pub fn withdrawal(call: &Call<'_>) -> Outcome<Withdrawal> {
    call.caller.withdrawal(call.part("id"))
}

fn number(call: &Call<'_>) -> Outcome<i64> {
    call.part("number").parse().map_err(|_| Fault::NotFound)
}

fn shown(version: &PolicyVersion) -> Outcome<Reply> {
    Ok(Reply::json(StatusCode::OK, version)?.versioned(version.line.revision))
}

fn made(version: &PolicyVersion) -> Outcome<Reply> {
    let place = format!("/api/policies/{}/versions/{}", version.policy.id, version.line.number);
    Ok(Reply::json(StatusCode::CREATED, version)?.versioned(version.line.revision).with(header::LOCATION, &place))
}
