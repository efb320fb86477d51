//! Facts as such: the dictionary, everything on file about a firm, conflicts of sources, contests.
use crate::call::{Call, Reply};
use axum::http::StatusCode;
use liangu_app::Outcome;
use liangu_app::facts::{ConflictPage, ContestPage, DecideContest, FactEntryView, FactOpened, FirmFacts, NewContest, SettleConflict};

pub fn dictionary(call: &Call<'_>) -> Outcome<Vec<FactEntryView>> {
    call.caller.fact_dictionary()
}

pub fn open(call: &Call<'_>) -> Outcome<FactOpened> {
    call.caller.fact(call.part("fact"))
}

pub fn conflicts(call: &Call<'_>) -> Outcome<ConflictPage> {
    call.caller.fact_conflicts(call.param("field"), call.param("region"), call.number("after")?, call.param("limit"))
}

pub fn of_firm(call: &Call<'_>) -> Outcome<FirmFacts> {
    call.caller.firm_facts(call.part("id"))
}

pub fn withdraw(call: &Call<'_>) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.withdraw_own(call.part("id"), call.part("fact"), call.number("year")?)?)
}

pub fn settle(call: &Call<'_>, settle: SettleConflict) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.settle_conflict(call.part("id"), &settle, &call.key()?)?)
}

pub fn contest(call: &Call<'_>, new: NewContest) -> Outcome<Reply> {
    Reply::json(StatusCode::CREATED, &call.caller.contest(call.part("id"), &new, &call.key()?)?)
}

pub fn contests(call: &Call<'_>) -> Outcome<ContestPage> {
    call.caller.contests(call.param("state"), call.param("after"), call.param("limit"))
}

pub fn decide(call: &Call<'_>, decide: DecideContest) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.decide_contest(call.part("id"), &decide)?)
}
