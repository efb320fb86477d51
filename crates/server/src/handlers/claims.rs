//! Claims: begun, filled in, judged; budgets; the public notice and objections to it.
use crate::call::{Call, Reply};
use axum::http::StatusCode;
use liangu_app::Outcome;
use liangu_app::claims::{
    BudgetLine, ChangeBudget, ClaimView, JudgeClause, NewBudget, NewClaim, NewObjection, PublicNotice, PublicNotices, SaveClaim,
};

pub fn start(call: &Call<'_>, new: NewClaim) -> Outcome<Reply> {
    let claim = call.caller.start_claim(call.part("id"), &new, &call.key()?)?;
    Ok(Reply::json(StatusCode::CREATED, &claim)?.versioned(claim.version))
}

pub fn read(call: &Call<'_>) -> Outcome<Reply> {
    shown(&call.caller.claim_file(call.part("id"))?)
}

pub fn save(call: &Call<'_>, save: SaveClaim) -> Outcome<Reply> {
    shown(&call.caller.save_claim(call.part("id"), call.version()?, &save)?)
}

pub fn judge(call: &Call<'_>, judge: JudgeClause) -> Outcome<Reply> {
    shown(&call.caller.judge_clause(call.part("id"), &judge)?)
}

fn shown(claim: &ClaimView) -> Outcome<Reply> {
    Ok(Reply::json(StatusCode::OK, claim)?.versioned(claim.version))
}

pub fn budgets(call: &Call<'_>) -> Outcome<Vec<BudgetLine>> {
    call.caller.budgets(call.param("policy"), call.number("year")?)
}

pub fn set_budget(call: &Call<'_>, new: NewBudget) -> Outcome<Reply> {
    let line = call.caller.set_budget(&new, &call.key()?)?;
    Ok(Reply::json(StatusCode::CREATED, &line)?.versioned(line.version))
}

pub fn change_budget(call: &Call<'_>, change: ChangeBudget) -> Outcome<Reply> {
    let line = call.caller.change_budget(call.part("id"), call.version()?, &change)?;
    Ok(Reply::json(StatusCode::OK, &line)?.versioned(line.version))
}

pub fn public_notices(call: &Call<'_>) -> Outcome<PublicNotices> {
    call.caller.public_notices(call.param("q"), call.param("after"), call.param("limit"))
}

pub fn public_notice(call: &Call<'_>) -> Outcome<PublicNotice> {
    call.caller.public_notice(call.part("claim"))
}

pub fn object(call: &Call<'_>, new: NewObjection) -> Outcome<Reply> {
    Reply::json(StatusCode::CREATED, &call.caller.object(call.part("claim"), &new, &call.key()?)?)
}
