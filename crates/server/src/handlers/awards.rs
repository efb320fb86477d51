//! Awards without application.
use crate::call::{Call, Reply};
use axum::http::{StatusCode, header};
use liangu_app::Outcome;
use liangu_app::awards::{AwardLines, AwardOffers, AwardRun, NewAwardRun};

pub fn offers(call: &Call<'_>) -> Outcome<AwardOffers> {
    call.caller.award_offers()
}

pub fn start(call: &Call<'_>, new: NewAwardRun) -> Outcome<Reply> {
    let run = call.caller.start_award_run(&new, &call.key()?)?;
    let place = format!("/api/award-runs/{}", run.id);
    Ok(Reply::json(StatusCode::CREATED, &run)?.versioned(run.version).with(header::LOCATION, &place))
}

pub fn read(call: &Call<'_>) -> Outcome<Reply> {
    let run: AwardRun = call.caller.award_run(call.part("id"))?;
    Ok(Reply::json(StatusCode::OK, &run)?.versioned(run.version))
}

pub fn lines(call: &Call<'_>) -> Outcome<AwardLines> {
    call.caller.award_lines(call.part("id"), call.param("show"), call.param("q"), call.number("after")?, call.number("limit")?)
}

pub fn export(call: &Call<'_>) -> Outcome<Reply> {
    let run = call.part("id");
    let file = call.caller.export_award_lines(run, call.param("show"))?;
    Ok(Reply::file(&format!("{run}.csv"), "text/csv; charset=utf-8", file))
}
