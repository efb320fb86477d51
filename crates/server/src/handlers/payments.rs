//! Payments and what comes back: batches, the bank's file and its answer, recoveries.
use crate::call::{Call, Reply};
use axum::http::{StatusCode, header};
use liangu_app::Outcome;
use liangu_app::payments::{BankAnswer, BankFileSettings, NewPaymentBatch, PayablePolicy, PaymentBatchView, SaveBankFile};
use liangu_app::recovery::RecoveryView;

pub fn payable(call: &Call<'_>) -> Outcome<Vec<PayablePolicy>> {
    call.caller.payable()
}

pub fn draw(call: &Call<'_>, new: NewPaymentBatch) -> Outcome<Reply> {
    let batch = call.caller.draw_batch(&new, &call.key()?)?;
    let place = format!("/api/payment-batches/{}", batch.id);
    Ok(Reply::json(StatusCode::CREATED, &batch)?.versioned(batch.version).with(header::LOCATION, &place))
}

pub fn read(call: &Call<'_>) -> Outcome<Reply> {
    shown(&call.caller.payment_batch(call.part("id"))?)
}

fn shown(batch: &PaymentBatchView) -> Outcome<Reply> {
    Ok(Reply::json(StatusCode::OK, batch)?.versioned(batch.version))
}

pub fn file(call: &Call<'_>) -> Outcome<Reply> {
    let (name, bytes) = call.caller.payment_file(call.part("id"))?;
    Ok(Reply::file(&name, "text/csv", bytes))
}

/// The body is the bank's file.
pub fn preview(call: &Call<'_>) -> Outcome<Reply> {
    let answer: BankAnswer = call.caller.preview_bank_answer(call.part("id"), call.body)?;
    Reply::json(StatusCode::OK, &answer)
}

/// The body is the bank's file.
pub fn apply(call: &Call<'_>) -> Outcome<Reply> {
    shown(&call.caller.apply_bank_answer(call.part("id"), call.version()?, call.body, &call.key()?)?)
}

pub fn bank_file(call: &Call<'_>) -> Outcome<Reply> {
    settings(&call.caller.bank_file()?)
}

pub fn save_bank_file(call: &Call<'_>, save: SaveBankFile) -> Outcome<Reply> {
    settings(&call.caller.save_bank_file(call.version()?, &save)?)
}

fn settings(file: &BankFileSettings) -> Outcome<Reply> {
    Ok(Reply::json(StatusCode::OK, file)?.versioned(file.version))
}

pub fn recovery(call: &Call<'_>) -> Outcome<RecoveryView> {
    call.caller.recovery(call.part("id"))
}
