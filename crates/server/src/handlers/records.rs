//! Any record type.
use crate::call::{Call, Reply};
use axum::http::{StatusCode, header};
use liangu_app::Outcome;
use liangu_app::records::{Change, FullRecord, HistoryPage, ItemPage, NewRecord};
use liangu_app::views::Titled;

pub fn list(call: &Call<'_>) -> Outcome<ItemPage> {
    call.caller.list(call.part("record"), call.query)
}

pub fn read(call: &Call<'_>) -> Outcome<Reply> {
    let record = call.caller.record(call.part("record"), call.part("id"))?;
    if call.has(&format!("\"{}\"", record.version)) {
        return Ok(Reply::nothing(StatusCode::NOT_MODIFIED).versioned(record.version));
    }
    shown(StatusCode::OK, &record)
}

pub fn history(call: &Call<'_>) -> Outcome<HistoryPage> {
    call.caller.history(call.part("record"), call.part("id"), call.number("after")?)
}

pub fn create(call: &Call<'_>, new: NewRecord) -> Outcome<Reply> {
    let record = call.caller.create(call.part("record"), &new, &call.key()?)?;
    let place = format!("/api/records/{}/{}", record.record, record.id);
    Ok(shown(StatusCode::CREATED, &record)?.with(header::LOCATION, &place))
}

pub fn update(call: &Call<'_>, change: Change) -> Outcome<Reply> {
    let record = call.caller.update(call.part("record"), call.part("id"), call.version()?, &change)?;
    shown(StatusCode::OK, &record)
}

/// `format` is `csv` (the default) or `xlsx`.
pub fn export(call: &Call<'_>) -> Outcome<Reply> {
    let (format, conditions): (Vec<_>, Vec<_>) = call.query.iter().cloned().partition(|(name, _)| name == "format");
    let record = call.part("record");
    let format = format.first().map_or("csv", |(_, format)| format.as_str());
    if format == "xlsx" {
        let file = call.caller.export_workbook(record, &conditions)?;
        let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        return Ok(Reply::file(&format!("{record}-{}.xlsx", call.caller.app.today()), media, file));
    }
    if format != "csv" {
        let (zh, en) =
            (format!("没有导出格式“{format}”；可用 csv、xlsx。"), format!("There is no format \"{format}\"; csv and xlsx are available."));
        return Err(liangu_app::bad_request("format", zh, en));
    }
    let file = call.caller.export(record, &conditions)?;
    Ok(Reply::file(&format!("{record}-{}.csv", call.caller.app.today()), "text/csv; charset=utf-8", file))
}

pub fn reference(call: &Call<'_>) -> Outcome<Vec<Titled>> {
    call.caller.pick(call.part("record"), call.param("q").unwrap_or_default())
}

fn shown(status: StatusCode, record: &FullRecord) -> Outcome<Reply> {
    Ok(Reply::json(status, record)?.versioned(record.version))
}
