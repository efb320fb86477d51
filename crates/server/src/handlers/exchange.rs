//! Import of files, and documents attached to records.
use crate::call::{Call, Reply};
use axum::http::{StatusCode, header};
use liangu_app::Outcome;
use liangu_app::exchange::{ImportView, Imports, Plan, Preview};
use liangu_app::records::Attachment;

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub fn list(call: &Call<'_>) -> Outcome<Imports> {
    call.caller.imports()
}

/// The body is the file itself.
pub fn upload(call: &Call<'_>) -> Outcome<Reply> {
    let (record, name) = (call.param("record").unwrap_or_default(), call.param("name").unwrap_or_default());
    if record.is_empty() {
        return Err(liangu_app::bad_request(
            "record",
            "请用参数 record 指明导入哪类记录。",
            "Say with the parameter record what is imported.",
        ));
    }
    let import = call.caller.upload_import(record, name, call.body, &call.key()?)?;
    let place = format!("/api/imports/{}", import.id);
    Ok(Reply::json(StatusCode::CREATED, &import)?.with(header::LOCATION, &place))
}

pub fn read(call: &Call<'_>) -> Outcome<ImportView> {
    call.caller.import(call.part("import"))
}

pub fn plan(call: &Call<'_>, plan: Plan) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.plan_import(call.part("import"), plan)?)
}

pub fn preview(call: &Call<'_>) -> Outcome<Preview> {
    call.caller.preview_import(call.part("import"))
}

pub fn start(call: &Call<'_>) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.start_import(call.part("import"))?)
}

pub fn cancel(call: &Call<'_>) -> Outcome<Reply> {
    Reply::json(StatusCode::OK, &call.caller.cancel_import(call.part("import"))?)
}

pub fn discard(call: &Call<'_>) -> Outcome<Reply> {
    call.caller.discard_import(call.part("import"))?;
    Ok(Reply::nothing(StatusCode::NO_CONTENT))
}

pub fn bad_rows(call: &Call<'_>) -> Outcome<Reply> {
    let (name, bytes) = call.caller.bad_rows(call.part("import"))?;
    Ok(Reply::file(&name, WORKBOOK, bytes))
}

pub fn attachments(call: &Call<'_>) -> Outcome<Vec<Attachment>> {
    call.caller.attachments(call.part("record"), call.part("id"))
}

/// The body is the document itself.
pub fn attach(call: &Call<'_>) -> Outcome<Reply> {
    let name = call.param("name").unwrap_or_default();
    let made = call.caller.attach(call.part("record"), call.part("id"), name, call.body, &call.key()?)?;
    Reply::json(StatusCode::CREATED, &made)
}

pub fn attachment(call: &Call<'_>) -> Outcome<Reply> {
    let (name, media_type, bytes) = call.caller.attachment(call.part("record"), call.part("id"), call.part("file"))?;
    Ok(Reply::file(&name, &media_type, bytes))
}

pub fn detach(call: &Call<'_>) -> Outcome<Reply> {
    call.caller.detach(call.part("record"), call.part("id"), call.part("file"))?;
    Ok(Reply::nothing(StatusCode::NO_CONTENT))
}
